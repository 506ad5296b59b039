"""What a rule reports, and where, in the plan's own terms."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from yzplan.model import Plan

Locator = tuple[str | int, ...]
"""A place in a plan: ("plan", …), ("indicators", 3, …), ("tasks", 120, …), ("units", 7, …) or
("groups", 0, …), numbers counting from 0 in the plan's own order."""


class Finding(NamedTuple):
    """A problem: where, the Chinese sentence, and the remedy."""

    where: Locator
    message: str
    hint: str | None = None


Rule = Callable[[Plan], Iterator[Finding]]
