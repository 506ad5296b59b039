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
_LEAD = re.compile(r" *(?:- +)?")
_LONE_DASH = re.compile(r" *-(?: *(?:#[^\n]*)?\n)+")
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
        found = _KEY.match(self.text, _key_line(self.text, 0))
        line = found and _COMMENT_OR_NOTHING.match(self.text, found.end())
        return (self.text[: line.end()], self.text[line.end() :]) if line else None


class Cut(NamedTuple):
    """The blocks of a mapping or a list, and the comment and blank lines below them.

    `column`: in which its keys or dashes stand, counted from 0.
    """

    blocks: list[Block]
    tail: str
    column: int = 0


NOTHING = Cut([], "")


def cut_mapping(text: str) -> Cut:
    """The blocks of a mapping, which may be an item of a list: then the dash is in its first block.

    A comment goes with what it stands above, unless it stands deeper. Raises IrregularError where a
    line is neither a key nor deeper than the keys.
    """
    first = _first_content(text)
    if first is None:
        return Cut([], text)
    key = _key_line(text, first)
    column = len(_LEAD.match(text, key)[0])  # type: ignore[index]
    starts = [first]
    for at in _content_lines(text, column, text.find("\n", key) + 1):
        if text[at : at + column].strip():
            raise IrregularError
        if not text.startswith(("- ", "-\n"), at + column):
            starts.append(at)
    found = _cut(text, starts, column)
    blocks = [block._replace(key=_key(block.text)) for block in found.blocks]
    return found._replace(blocks=blocks, column=column)


def cut_list(text: str, *, is_ledger: bool = False) -> Cut:
    """The blocks of a list. Raises IrregularError where it is none whose items have dashes.

    A comment goes with what it stands above, unless it stands deeper; in a ledger with what it stands above
    in any case, since a new record is written right below the one that was last.
    """
    first = _first_content(text)
    if first is None:
        return Cut([], text)
    column = len(_FIRST.match(text, first)[0])  # type: ignore[index]
    starts = [*_content_lines(text, column, first)]
    if not all(text.startswith((" " * column + "- ", " " * column + "-\n"), at) for at in starts):
        raise IrregularError
    return _cut(text, starts, len(text) if is_ledger else column)._replace(column=column)


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


def _content_lines(text: str, column: int, start: int = 0) -> Iterator[int]:
    """Where the lines begin, from the one at `start` on, that are neither blank nor comments, to a column."""
    first = _FIRST.match(text, start)
    if first and len(first[0]) <= column:
        yield start
    for found in _lines_to(column).finditer(text, start):
        yield found.start() + 1


_FIRST = re.compile(r" *(?=[^ \n#])")


@cache
def _lines_to(column: int) -> re.Pattern[str]:
    # Only from a line feed on, since `^` would be tried at each character of megabytes.
    return re.compile(rf"\n {{0,{column}}}(?=[^ \n#])")


def _first_content(text: str) -> int | None:
    """Where the first line begins that is neither blank nor a comment; None if there is none."""
    at = 0
    while at < len(text):
        if _FIRST.match(text, at):
            return at
        at = text.find("\n", at) + 1 or len(text)
    return None


def _key_line(text: str, start: int) -> int:
    """Where the line of the first key begins: it may stand below the dash that is at `start`."""
    dash = _LONE_DASH.match(text, start)
    return dash.end() if dash else start


def _key(text: str) -> str:
    found = _KEY.match(text, _key_line(text, 0))
    if not found:
        raise IrregularError
    single, double, plain = found.groups()
    return single.replace("''", "'") if single is not None else double or plain
