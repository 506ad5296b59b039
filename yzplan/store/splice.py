"""Where a new record goes in the text: its lines are inserted, and every other byte stays."""

from typing import Any, NamedTuple

import yaml

from yzplan.errors import DataError
from yzplan.model import ProgressRecord
from yzplan.store import reading
from yzplan.store.emit import record_lines
from yzplan.store.reading import Document


class Insertion(NamedTuple):
    """Lines to insert into the text (without BOM) before the character `at`."""

    at: int
    text: str


class _Ends(NamedTuple):
    """Where one task and each of its records end in the text: behind the last character that counts."""

    task: int
    key_column: int
    progress_key: int | None
    progress: tuple[int, ...]
    dash_column: int | None
    is_flow: bool


def insertion(
    document: Document, task_path: tuple[str | int, ...], place: int, records: list[ProgressRecord]
) -> Insertion:
    """The lines that put `records` behind the first `place` records of the task at `task_path`.

    Raises DataError where the task is written in a form that cannot be added to line by line.
    """
    source = document.source
    text = source.text
    start = document.index(task_path)
    ends = _measure(text, start, source.place(start).column - 1)
    if ends.is_flow:
        at = source.place(start)
        raise DataError(
            f"{source.path}:{at.line}:{at.column}: 这项任务或其 progress 写在括号里，不能逐行追加",
            "改为一键一行的写法（progress: 之下每条记录以“- ”起行）后再填报",
        )
    if ends.progress_key is None:
        lines = [" " * ends.key_column + "progress:"]
        column, after = ends.key_column, ends.task
    else:
        lines = []
        column = ends.key_column if ends.dash_column is None else ends.dash_column
        after = ends.progress[place - 1] if place else ends.progress_key
    for record in records:
        lines += record_lines(record, column)
    return _as_insertion(text, after, lines)


def _as_insertion(text: str, after: int, lines: list[str]) -> Insertion:
    """The lines, put behind the line on which the character before `after` stands."""
    # A block scalar ends only where the next thing begins, behind the blank lines between the two.
    while text[after - 1] in " \r\n":
        after -= 1
    end = text.find("\n", after)
    index = len(text) if end < 0 else end + 1
    before = text.rfind("\n", 0, index)
    newline = "\r\n" if before > 0 and text[before - 1] == "\r" else "\n"
    if index and text[index - 1] != "\n":
        return Insertion(index, "".join(newline + line for line in lines))
    return Insertion(index, "".join(line + newline for line in lines))


def _measure(text: str, start: int, column: int) -> _Ends:
    """Parse the one task whose mapping starts at `start`, `column` characters into its line.

    Only the events of this task are read, however long the file is.
    """
    # The task is parsed as if it began the document; its column is kept by spaces, since YAML
    # reads its structure from the columns.
    loader = reading.Loader(" " * column + text[start:])
    shift = start - column
    try:
        get = loader.get_event
        while not isinstance(event := get(), yaml.MappingStartEvent):
            pass
        walker = _Walker(get, shift)
        if event.flow_style:
            return _Ends(0, column, None, (), None, True)
        return walker.task(column)
    finally:
        loader.dispose()


class _Walker:
    """Events of one task, with the end of the last one that stands for characters."""

    def __init__(self, get: Any, shift: int) -> None:
        self._get = get
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

    def task(self, column: int) -> _Ends:
        """Read the rest of a task's mapping."""
        progress_key: int | None = None
        progress: list[int] = []
        dash_column: int | None = None
        is_flow = False
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            if key.value == "progress":
                progress_key = self.end
            value = self._next()
            if key.value != "progress" or not isinstance(value, yaml.SequenceStartEvent):
                self._skip(value)
                continue
            if value.flow_style:
                is_flow = True
                self._skip(value)
                continue
            mark: Any = value.start_mark
            dash_column = mark.column
            while not isinstance(item := self._next(), yaml.SequenceEndEvent):
                self._skip(item)
                progress.append(self.end)
        return _Ends(self.end, column, progress_key, tuple(progress), dash_column, is_flow)
