"""The lines that come of a merge, and the values that they are to have."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from yzplan.merge.blocks import Block
from yzplan.store import pieces


class Conflict(NamedTuple):
    """Lines that both sides changed, each in its way."""

    ours: str
    theirs: str


class Within(NamedTuple):
    """Lines that were merged, and read again, on their own."""

    parts: "Sequence[Part]"


Part = str | Conflict | Within


class Fact(NamedTuple):
    """A key's lines and its value, without the `skipped` first entries of a ledger."""

    block: Block
    value: Any
    skipped: str = ""

    @property
    def parts(self) -> "Sequence[Part]":
        """All of its lines."""
        opened = self.block.opened() if self.skipped else None
        return [opened[0], Within([self.skipped]), opened[1]] if opened else [self.block.text]


class Result(NamedTuple):
    """Lines, and the values that they are to have with ours, and with theirs, where there is a conflict."""

    parts: Sequence[Part]
    ours: Any
    theirs: Any


ABSENT = object()
"""The value of a key that is not there."""
GONE = Result([], ABSENT, ABSENT)


def rendered(parts: Iterable[Part], marked: Callable[[Conflict], str]) -> str:
    """The lines as text, each conflict as `marked` puts it."""
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Conflict):
            texts.append(marked(part))
        else:
            texts.append(rendered(part.parts, marked))
    return "".join(texts)


def own_lines(parts: Iterable[Part], choice: int) -> str:
    """The lines without those that were read on their own, and with one side where there is a conflict."""
    return rendered((part for part in parts if not isinstance(part, Within)), lambda part: part[choice])


def value_of(text: str) -> Any:
    """The plain value of some lines; nothing's is an empty mapping. Raises IrregularError."""
    return pieces.value_of(text) if text.strip() else {}


def content(value: Any) -> str:
    """A value as text that is equal where the value is the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def one_sided(texts: Sequence[str | None]) -> int | None:
    """Whose of base, ours and theirs is to stand, where both say the same or one did not change it."""
    base, ours, theirs = texts
    if ours == theirs or theirs == base:
        return 1
    return 2 if ours == base else None


def settled(base: str, ours: str, theirs: str) -> str:
    """The text of what is the same on both sides, however each writes it."""
    if not ours or not theirs:
        return ours or theirs
    side = one_sided([base, ours, theirs])
    # Where both write it anew, any of the two will do, if only both clones choose the same.
    return min(ours, theirs) if side is None else (base, ours, theirs)[side]


def above_of(blocks: Sequence[Block | None]) -> str:
    """The comment and blank lines above a block that at least one side has."""
    base, ours, theirs = blocks
    if ours and theirs:
        return merged_comments(base.above if base else "", ours.above, theirs.above)
    only = ours or theirs
    return only.above if only else ""


_LINE = re.compile("[^\n]*\n")


def merged_comments(base: str, ours: str, theirs: str) -> str:
    """The comment and blank lines of both sides without those that either took out."""
    side = one_sided([base, ours, theirs])
    if side is not None:
        return (base, ours, theirs)[side]
    known = _LINE.findall(base)
    first, second = sorted(_LINE.findall(text) for text in (ours, theirs))
    kept = [line for line in first if line not in known or line in second]
    return "".join(
        kept + [line for line in second if line.strip() and line not in known and line not in first]
    )
