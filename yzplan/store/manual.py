"""The manual of every diagnostic code: the docstrings of the rules, in the order of their codes."""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from yzplan import check
from yzplan.errors import code_of
from yzplan.store import shape, syntax

RULES: tuple[Callable[..., Any], ...] = (
    *syntax.EXPLAINERS,
    *shape.EXPLAINERS,
    *check.RULES,
    *check.ODDITY_RULES,
)


class Manual(NamedTuple):
    """One code: what it means in a sentence, and all that its manual says."""

    code: str
    summary: str
    text: str


def manuals() -> list[Manual]:
    """All codes."""
    return [_manual(rule) for rule in RULES]


def _manual(rule: Callable[..., Any]) -> Manual:
    text = inspect.getdoc(rule) or ""
    return Manual(code_of(rule), text.split("\n", 1)[0], text)
