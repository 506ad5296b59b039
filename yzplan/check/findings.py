"""What a rule reports, and where, in the plan's own terms."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from yzplan.model import Plan

Locator = tuple[str | int, ...]
"""A place in a plan: ("plan", …), ("indicators", 3, …), ("tasks", 120, …), ("supervision", 2, …),
("rankings", 0, …), ("units", 7, …), ("groups", 0, …) or ("authors", "an e-mail"), numbers counting from 0
in the plan's own order."""


class Finding(NamedTuple):
    """A problem: where (at the key there, with `of_key`), the Chinese sentence, and the remedy."""

    where: Locator
    message: str
    hint: str | None = None
    of_key: bool = False


Rule = Callable[[Plan], Iterator[Finding]]
