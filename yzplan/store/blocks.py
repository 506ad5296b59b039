"""A text of YAML cut at its lines into what its keys and dashes hold, and their comments, unparsed.

Only columns are looked at, so that a text of any indentation can be cut and none is changed by it. What
looks like a key within a text of several lines is taken for one: whoever puts blocks together anew
has to read the result and compare.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from yzplan.store.pieces import IrregularError

_KEY = re.compile(
    r""" *(?:- +)?(?:'((?:[^'\n]|'')*)'|"([^"\\\n]*)"|([^\s'"\[\]{},#&*!|>%@`?][^\n]*?)) *:(?=[ \n])"""
)
_WRITTEN = r"""(?:'([^'\n]+)'|"([^"\\\n]+)"|([^'"\n]+?)) *(?:(?<= )#.*)?$"""
_LEAD = re.compile(r" *(?:- +)?")
_COMMENT_OR_NOTHING = re.compile(r" *(?:#[^\n]*)?\n")


class Block(NamedTuple):
    """The lines of a key and its value, or of an item of a list; and the comment and blank lines above.

    `key`: that of a mapping; empty for an item of a list.
    """

    key: str
    above: str
    text: str

    @property
    def whole(self) -> str:
        """Its lines with those above."""
        return self.above + self.text

    def opened(self) -> tuple[str, str] | None:
        """The line of the key, and the lines below, which hold the value; None if it begins on that line."""
        line, end, rest = self.text.partition("\n")
        found = _KEY.match(line + end)
        return (line + end, rest) if found and _COMMENT_OR_NOTHING.match(line + end, found.end()) else None

    def named(self, key: str) -> str:
        """What stands behind a key of the mapping that an item is, as it is written but for its quotes.

        Raises IrregularError where no such key has a line.
        """
        column = len(_LEAD.match(self.text)[0])  # type: ignore[index]
        start = rf"(?:\A *- +|^ {{{column}}}){key}: +"
        found = re.search(start + _WRITTEN, self.text, re.MULTILINE)
        if not found:
            raise IrregularError
        return str(found[1] or found[2] or found[3])


class Cut(NamedTuple):
    """The blocks of a mapping or a list, and the comment and blank lines below them."""

    blocks: list[Block]
    tail: str


NOTHING = Cut([], "")


def cut_mapping(text: str) -> Cut:
    """The blocks of a mapping, which may be an item of a list: then the dash is in its first block.

    A comment goes with what it stands above, unless it stands deeper. Raises IrregularError where a
    line is neither a key nor deeper than the keys.
    """
    lines = _content_lines(text, None)
    first = next(lines, None)
    if first is None:
        return Cut([], text)
    column = len(_LEAD.match(text, first)[0])  # type: ignore[index]
    starts = [first]
    for at in _content_lines(text, column, first + 1):
        if text[at : at + column].strip():
            raise IrregularError
        if not text.startswith(("- ", "-\n"), at + column):
            starts.append(at)
    found = _cut(text, starts, column)
    return found._replace(blocks=[block._replace(key=_key(block.text)) for block in found.blocks])


def cut_list(text: str, *, is_ledger: bool = False) -> Cut:
    """The blocks of a list. Raises IrregularError where it is none whose items have dashes.

    A comment goes with what it stands above, unless it stands deeper; in a ledger with what it stands above
    in any case, since a new record is written right below the one that was last.
    """
    first = next(_content_lines(text, None), None)
    if first is None:
        return Cut([], text)
    column = len(re.compile(" *").match(text, first)[0])  # type: ignore[index]
    starts = [*_content_lines(text, column, first)]
    if not all(text.startswith((" " * column + "- ", " " * column + "-\n"), at) for at in starts):
        raise IrregularError
    return _cut(text, starts, len(text) if is_ledger else column)


def _cut(text: str, starts: list[int], column: int) -> Cut:
    """The blocks that begin at `starts`; a comment deeper than `column` goes with what it stands below."""
    blocks = []
    above = text[: starts[0]]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        middle = _end_of(text, end, column)
        blocks.append(Block("", above, text[start:middle]))
        above = text[middle:end]
    return Cut(blocks, above)


def _end_of(text: str, end: int, column: int) -> int:
    """Where the lines above `end` begin that are blank, or comments not deeper than `column`."""
    while True:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end]
        inside = line.lstrip(" ")
        if inside != "\n" and (inside[0] != "#" or len(line) - len(inside) > column):
            return end
        end = start


def _content_lines(text: str, column: int | None, start: int = 0) -> Iterator[int]:
    """Where the lines begin that are neither blank nor comments and no deeper than `column`."""
    return (found.start() for found in _lines_to(column).finditer(text, start))


@cache
def _lines_to(column: int | None) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,{'' if column is None else column}}}(?=[^ \n#])", re.MULTILINE)


def _key(text: str) -> str:
    found = _KEY.match(text)
    if not found:
        raise IrregularError
    single, double, plain = found.groups()
    return single.replace("''", "'") if single is not None else double or plain
