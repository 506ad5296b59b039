"""Where ledger entries stand in the text: whole lines of them come and go, every other byte stays."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from yzplan.errors import DataError
from yzplan.model import LedgerEntry, OfficeEntry
from yzplan.store import reading
from yzplan.store.emit import entry_lines
from yzplan.store.layout import LEDGERS, SECTIONS
from yzplan.store.reading import Document

_DASH = re.compile(" *-")
_END_OF_DOCUMENT = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
_COMMENTS_BEFORE = re.compile(r"(?:^ *#[^\n]*\n)*\Z", re.MULTILINE)


class Edit(NamedTuple):
    """Whole lines of the text (without BOM): those between `start` and `end` give way to `text`.

    Of edits at one place the one of the lowest `rank` stands first.
    """

    start: int
    end: int
    text: str
    rank: int = 0

    @property
    def order(self) -> tuple[int, int]:
        """By what edits stand in the order of the file."""
        return self.start, self.rank


class _Item(NamedTuple):
    """An entry, from the line of its dash to behind its last character that counts."""

    start: int
    end: int


class _Ledger(NamedTuple):
    """A ledger: where its key ends, in which column its dashes stand, its entries."""

    key_end: int
    is_flow: bool = False
    dash_column: int | None = None
    items: tuple[_Item, ...] = ()


class _Owner(NamedTuple):
    """Where a mapping ends in the text, and its ledgers; `before` is behind what stands above each."""

    column: int
    end: int
    is_flow: bool
    ledgers: Mapping[str, _Ledger]
    before: Mapping[str, int]


Path = tuple[str | int, ...]


def insertion(
    document: Document, task_path: Path, ledger: str, place: int, entries: Sequence[LedgerEntry]
) -> Edit:
    """The edit that puts `entries` behind the first `place` ones of a ledger of the task at `task_path`.

    Raises DataError where the task is written in a form that cannot be edited line by line.
    """
    task = _measured(document, task_path, ledger)
    text = document.source.text
    if found := task.ledgers.get(ledger):
        return _among(text, found, task.column, place, entries)
    # The ledgers are a task's last keys, progress the last of all.
    later = [key for key in LEDGERS[LEDGERS.index(ledger) + 1 :] if key in task.before]
    after = task.before[later[0]] if later else task.end
    return _inserted(text, after, _ledger_lines(ledger, task.column, entries))._replace(rank=_rank(ledger))


def section_insertion(document: Document, section: str, place: int, entries: Sequence[OfficeEntry]) -> Edit:
    """The edit that puts `entries` behind the first `place` ones of one of the office's own ledgers.

    A section that is not there yet begins behind all that the file holds, behind its last comments too;
    supervision goes above rankings. Raises DataError where the file, or the section, is written in a form
    that cannot be edited line by line.
    """
    text = document.source.text
    column = _column_of_keys(document)
    if section in document.value:
        found = _measured_section(document, section, column).ledgers[section]
        return _among(text, found, column, place, entries)
    lines = _ledger_lines(section, column, entries)
    if section == SECTIONS[0] and [*document.value][-1] == SECTIONS[1]:
        return _above(text, document.index((SECTIONS[1],), of_key=True), lines)
    end = _END_OF_DOCUMENT.search(text)
    edit = _inserted(text, end.start() if end else len(text), ["", *lines])
    return edit._replace(rank=_rank(section))


def _rank(ledger: str) -> int:
    """The rank of an edit that begins a ledger: below an entry, in the order of the layout."""
    return 1 + (*LEDGERS, *SECTIONS).index(ledger)


def _ledger_lines(
    ledger: str, column: int, entries: Sequence[LedgerEntry] | Sequence[OfficeEntry]
) -> list[str]:
    """A ledger's key, `column` characters in, and its entries."""
    key = " " * column + f"{ledger}:"
    return [key, *(line for entry in entries for line in entry_lines(entry, column))]


def _among(
    text: str,
    found: _Ledger,
    column: int,
    place: int,
    entries: Sequence[LedgerEntry] | Sequence[OfficeEntry],
) -> Edit:
    """The edit that puts entries behind the first `place` ones of a ledger whose key stands `column` in."""
    column = column if found.dash_column is None else found.dash_column
    after = found.items[place - 1].end if place else found.key_end
    return _inserted(text, after, [line for entry in entries for line in entry_lines(entry, column)])


def removal(document: Document, task_path: Path, ledger: str, place: int) -> list[Edit]:
    """The edits that take the entry at `place` out of a ledger of the task at `task_path`.

    With the only entry goes the key. Comments between entries stay. Raises as `insertion` does, and
    where the key stands behind the dash of its task.
    """
    found = _measured(document, task_path, ledger).ledgers[ledger]
    text = document.source.text
    item = found.items[place]
    lines = [_lines(text, item.start, item.end)]
    if len(found.items) == 1:
        key = _lines(text, found.key_end - 1, found.key_end)
        if text[key[0] : document.index(task_path)].strip():
            raise _refusal(
                document,
                task_path,
                f"{ledger} 是这项任务的第一个键，其中唯一的一条不能逐行删去",
                f"把 {ledger}: 移到这项任务的其他键之后再试",
            )
        # A key on a line of its own (`? progress`) begins the lines of its first entry.
        lines = [(key[0], lines[0][1])] if key[1] >= lines[0][0] else [key, *lines]
    start, end = lines[-1]
    if text[end - 1] != "\n":
        # The last line of a file that does not end with a newline: then the one before is the last.
        lines[-1] = (start - (2 if text[:start].endswith("\r\n") else 1), end)
    return [Edit(start, end, "") for start, end in lines]


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits made that do not overlap."""
    # Back to front, so that an edit leaves the indexes of those before it alone.
    for edit in sorted(edits, key=lambda edit: edit.order, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _inserted(text: str, after: int, lines: list[str]) -> Edit:
    """The lines, put behind the line on which the character before `after` stands."""
    # A block scalar ends only where the next thing begins, behind the blank lines between the two.
    while text[after - 1] in " \r\n":
        after -= 1
    index = _line_end(text, after)
    newline = _newline_before(text, index)
    if index and text[index - 1] != "\n":
        return Edit(index, index, "".join(newline + line for line in lines))
    return Edit(index, index, "".join(line + newline for line in lines))


def _above(text: str, key: int, lines: list[str]) -> Edit:
    """The lines, put above the line of a key and the comments above it, with blank lines around them."""
    index = text.rfind("\n", 0, key) + 1
    found = _COMMENTS_BEFORE.search(text, 0, index)
    index = found.start() if found else index
    newline = _newline_before(text, index)
    is_parted = not text[text.rfind("\n", 0, index - 1) + 1 : index].strip()
    return Edit(index, index, "".join(line + newline for line in (*([] if is_parted else [""]), *lines, "")))


def _newline_before(text: str, index: int) -> str:
    """How the last line before `index` ends."""
    before = text.rfind("\n", 0, index)
    return "\r\n" if before > 0 and text[before - 1] == "\r" else "\n"


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole lines from that of `start` to that of the last visible character before `end`."""
    while text[end - 1] in " \r\n":
        end -= 1
    return text.rfind("\n", 0, start) + 1, _line_end(text, end)


def _line_end(text: str, index: int) -> int:
    """Where the line ends that the character before `index` stands on: behind its line feed."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _measured(document: Document, task_path: Path, ledger: str) -> _Owner:
    """Parse the one task at `task_path`. Only its own events are read, however long the file is."""
    start = document.index(task_path)
    task = _walked(document.source.text, start, document.source.place(start).column - 1, LEDGERS)
    if task.is_flow or (ledger in task.ledgers and task.ledgers[ledger].is_flow):
        raise _refusal(
            document,
            task_path,
            f"这项任务或其 {ledger} 写在括号里，不能逐行增减",
            f"改为一键一行的写法（{ledger}: 之下每条以“- ”起行）后再试",
        )
    return task


def _column_of_keys(document: Document) -> int:
    """In which column the keys of the file stand. Raises DataError where they stand in braces."""
    loader = reading.Loader(document.source.text)
    try:
        while not isinstance(event := loader.get_event(), yaml.MappingStartEvent):
            pass
    finally:
        loader.dispose()
    if event.flow_style:
        raise _refusal(document, (), "整个文件写在括号里，不能逐行增减", "用 yzplan fmt 整理后再试")
    mark: Any = event.start_mark
    return int(mark.column)


def _measured_section(document: Document, section: str, column: int) -> _Owner:
    """Parse a section of the file and what stands behind it, which in the layout is little."""
    text = document.source.text
    line = text.rfind("\n", 0, document.index((section,), of_key=True)) + 1
    start = line + column
    found = None
    if not text[line:start].strip() and not text[start].isspace():
        found = _walked(text, start, column, SECTIONS)
    if not found or found.ledgers[section].is_flow:
        raise _refusal(
            document,
            (section,),
            f"{section} 写在括号里，或者写法特殊，不能逐行增减",
            f"改为一键一行的写法（{section}: 之下每条以“- ”起行）后再试",
        )
    return found


def _walked(text: str, start: int, column: int, ledgers: Sequence[str]) -> _Owner:
    """Parse the mapping of which a key stands at `start`, `column` characters in its line, from there on."""
    # It is parsed as if it began the document; its column is kept by spaces, since YAML reads its
    # structure from the columns.
    loader = reading.Loader(" " * column + text[start:])
    try:
        get = loader.get_event
        while not isinstance(event := get(), yaml.MappingStartEvent):
            pass
        walker = _Walker(get, text, start - column)
        return walker.owner(column, ledgers, is_flow=bool(event.flow_style))
    finally:
        loader.dispose()


def _refusal(document: Document, path: Path, message: str, hint: str) -> DataError:
    """What is said, at its place, of what cannot be edited line by line."""
    at = document.place(path)
    return DataError(f"{document.source.path}:{at.line}:{at.column}: {message}", hint)


class _Walker:
    """Events of one mapping, with the end of the last one that stands for characters."""

    def __init__(self, get: Any, text: str, shift: int) -> None:
        self._get = get
        self._text = text
        self._shift = shift
        self.end = 0

    def _next(self) -> Any:
        event: Any = self._get()
        start, end = event.start_mark.index, event.end_mark.index
        # The end of a block has no characters of its own and lies behind comments and blank lines;
        # neither has an empty value.
        if end > start:
            self.end = end + self._shift
        return event

    def _skip(self, event: Any) -> None:
        """Read to the end of the value that `event` begins."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            inner = self._next()
            if isinstance(inner, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(inner, yaml.CollectionEndEvent):
                depth -= 1

    def owner(self, column: int, names: Sequence[str], *, is_flow: bool) -> _Owner:
        """Read the rest of the mapping that owns the ledgers of these names."""
        ledgers: dict[str, _Ledger] = {}
        before: dict[str, int] = {}
        end = 0
        while not is_flow and not isinstance(key := self._next(), yaml.MappingEndEvent):
            if key.value in names:
                # Lines cannot be put above a task's first key, which stands behind its dash.
                if end:
                    before[key.value] = end
                ledgers[key.value] = self._ledger()
            else:
                self._skip(self._next())
            end = self.end
        return _Owner(column, end, is_flow, ledgers, before)

    def _ledger(self) -> _Ledger:
        key_end = self.end
        value = self._next()
        if not isinstance(value, yaml.SequenceStartEvent):
            return _Ledger(key_end)
        if value.flow_style:
            self._skip(value)
            return _Ledger(key_end, is_flow=True)
        mark: Any = value.start_mark
        dash_column = mark.column
        items = []
        gap = key_end
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            start = self._dash(gap, item.start_mark.index + self._shift)
            self._skip(item)
            items.append(_Item(start, self.end))
            gap = self.end
        return _Ledger(key_end, False, dash_column, tuple(items))

    def _dash(self, gap: int, start: int) -> int:
        """Where the line begins whose dash introduces the entry at `start`; `gap` is where to look from."""
        while (line := self._text.rfind("\n", 0, start) + 1) > gap:
            if _DASH.match(self._text, line):
                break
            start = line - 1
        return line
