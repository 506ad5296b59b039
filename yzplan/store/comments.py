"""The comments of a data file, and what each of them stands at.

A comment lies where no value does, so it is looked for between the events of the parser, and
nowhere else: a `#` there begins a comment, and one in a text never does.
"""

import re
from typing import Any, Literal, NamedTuple

import yaml

from yzplan.store import reading

Path = tuple[str | int, ...]
At = Literal["above", "behind", "end", "bracket"]


class Comment(NamedTuple):
    """A comment: its text from `#` on, without space at its end, and what it stands at.

    It stands `above` what is at `path`, or `behind` its key or value, on that line; or at the `end` of the
    collection at `path`, below all that is in it, or behind the closing `bracket` of that collection.
    Of a comment that has a line of its own the blank lines beside it are told.
    """

    start: int
    text: str
    at: At
    path: Path
    is_after_blank: bool = False
    is_before_blank: bool = False


def comments_of(text: str) -> list[Comment]:
    """All comments of a text that reads without a problem, in their order."""
    loader = reading.Loader(text)
    try:
        return _Finder(text).read(loader.get_event)
    finally:
        loader.dispose()


class _Open(NamedTuple):
    """A collection that is being read; in a block its keys or dashes stand `column` characters in."""

    path: Path
    column: int
    is_mapping: bool
    is_flow: bool


_COMMENT = re.compile("#[^\n]*")
_DASH = re.compile("(?:#[^\n]*\n|[^#-])*-")


class _Finder:
    """Goes along the events, knows the way to where it is, and searches what lies between them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Comment] = []
        self._stack: list[_Open] = []
        self._steps: list[Any] = []  # for each of the stack: its open key (None: none is) or next place
        self._ended: list[_Open] = []  # the blocks that ended since something was read, the inner ones first
        self._position = 0  # behind what was read last
        self._last: tuple[At, Path] | None = None  # what a comment behind it stands at; None: at what follows

    def read(self, get_event: Any) -> list[Comment]:
        while not isinstance(event := get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end(event)
        self._search(len(self._text), "end", ())
        return self._found

    def _scalar(self, event: Any) -> None:
        if self._stack and self._stack[-1].is_mapping and self._steps[-1] is None:
            self._steps[-1] = event.value
            self._read(event, ("behind", self._path))
            return
        if event.end_mark.index > event.start_mark.index:  # else it is an empty value, which stands nowhere
            self._dash(event)
            self._read(event, ("behind", self._path))
            if event.style in ("|", ">"):
                self._header(event.start_mark.index)
        self._complete()

    def _start(self, event: Any) -> None:
        self._dash(event)
        if event.flow_style and event.end_mark.index > event.start_mark.index:
            self._read(event, None)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._stack.append(_Open(self._path, event.start_mark.column, is_mapping, bool(event.flow_style)))
        self._steps.append(None if is_mapping else 0)

    def _end(self, event: Any) -> None:
        ended = self._stack.pop()
        self._steps.pop()
        if not ended.is_flow:
            self._ended.append(ended)
        elif event.end_mark.index > event.start_mark.index:
            self._search(event.start_mark.index, "end", ended.path)
            self._position, self._last = event.end_mark.index, ("bracket", ended.path)
        self._complete()

    @property
    def _path(self) -> Path:
        """The way to the value that is being read, or is the next."""
        return (*self._stack[-1].path, self._steps[-1]) if self._stack else ()

    def _complete(self) -> None:
        """A value is complete: what comes next is a key, or the next item."""
        if self._stack:
            self._steps[-1] = None if self._stack[-1].is_mapping else self._steps[-1] + 1

    def _dash(self, event: Any) -> None:
        """Go past the dash of the item that `event` begins, if it is one."""
        if self._stack and not self._stack[-1].is_mapping and not self._stack[-1].is_flow:
            found = _DASH.match(self._text, self._position, event.start_mark.index)
            if found:
                self._search(found.end() - 1, "above", self._path)
                self._position, self._last = found.end(), None

    def _read(self, event: Any, last: tuple[At, Path] | None) -> None:
        """Go past something that stands at the present path."""
        self._search(event.start_mark.index, "above", self._path)
        self._position, self._last = event.end_mark.index, last

    def _header(self, start: int) -> None:
        """Find the comment behind the `|` or `>` that a text of several lines begins with."""
        found = _COMMENT.search(self._text, start, self._text.find("\n", start))
        if found:
            self._found.append(_comment(found, "behind", self._path))

    def _search(self, end: int, at: At, path: Path) -> None:
        """Find the comments before `end`, where what `at` and `path` tell comes next."""
        text = self._text
        if text.find("#", self._position, end) >= 0:
            left = end
            for found in _COMMENT.finditer(text, self._position, end):
                line = text.rfind("\n", 0, found.start()) + 1
                if not text[line : found.start()].strip():
                    # None belongs deeper than the one above it, or the two would change places.
                    left = min(left, found.start() - line)
                    self._found.append(self._on_its_own(found, line, *self._place(left, at, path)))
                elif self._last and line < self._position:
                    self._found.append(_comment(found, *self._last))
                else:
                    self._found.append(_comment(found, at, path))
        self._ended.clear()

    def _place(self, column: int, at: At, path: Path) -> tuple[At, Path]:
        """What a comment in that column stands at: the end of a block that is as deep, or what comes next."""
        inside = self._stack[-1].column if self._stack else -1
        if column > inside:
            deepest = max((each.column for each in self._ended if each.column <= column), default=None)
            # A list and the mapping it stands in may have the same column: then it is the mapping's end.
            for each in reversed(self._ended):
                if each.column == deepest:
                    return "end", each.path
        return at, path

    def _on_its_own(self, found: re.Match[str], line: int, at: At, path: Path) -> Comment:
        text = self._text
        above = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line]
        next_line = found.end() + 1
        below = text[next_line : text.find("\n", next_line) + 1]
        return _comment(found, at, path)._replace(
            is_after_blank=above.isspace(), is_before_blank=below.isspace()
        )


def _comment(found: re.Match[str], at: At, path: Path) -> Comment:
    return Comment(found.start(), found[0].rstrip(), at, path)
