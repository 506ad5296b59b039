"""What a broken data directory is, and what must be said of it. All plans are 模拟.

`§` in an edit is no part of it: it stands on the line where the mistake is to be told.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tiny import TASKS, UNITS, edited

HERE = "§"


class Told(NamedTuple):
    """A diagnostic that must be among those of a run: line ±1, 0 where the file as a whole is meant."""

    file: str
    line: int
    code: str


class Case(NamedTuple):
    """How a data directory is made, what `check` ends with and what it must tell."""

    make: Callable[[Path], object]
    code: int = 0
    told: tuple[Told, ...] = ()
    words: tuple[str, ...] = ()


def files(tasks: bytes | str = TASKS, units: bytes | str = UNITS) -> Callable[[Path], None]:
    """A data directory with these two files."""

    def make(data: Path) -> None:
        for name, content in (("tasks.yaml", tasks), ("units.yaml", units)):
            (data / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def accepted(tasks: bytes | str = TASKS, units: bytes | str = UNITS) -> Case:
    """Both files are right, however they look."""
    return Case(files(tasks, units))


def refused(tasks: bytes | str, line: int, code: str) -> Case:
    """A tasks.yaml that is refused, at a line."""
    return Case(files(tasks), 1, (Told("tasks.yaml", line, code),))


def bytes_at(tasks: bytes, wrong: bytes, code: str) -> Case:
    """A tasks.yaml that is refused where these bytes first stand."""
    return refused(tasks, tasks[: tasks.index(wrong)].count(b"\n") + 1, code)


def _marked(text: str, codes: str, file: str, start: int) -> tuple[str, tuple[Told, ...]]:
    at = text.find(HERE)
    line = text.count("\n", 0, start if at < 0 else at) + 1
    return text.replace(HERE, ""), tuple(Told(file, line, code) for code in codes.split())


def edit(old: str, new: str, codes: str, *more: tuple[str, str], strict: bool = False) -> Case:
    """One edit of the tiny tasks.yaml (after `more` that go unmarked), and the codes told at `§`."""
    before = edited(TASKS, *more)
    content, told = _marked(edited(before, (old, new)), codes, "tasks.yaml", before.index(old))
    return Case(files(content), 1 if told else 0, told, ("--strict",) if strict else ())


def edit_units(old: str, new: str, codes: str) -> Case:
    """The same of the tiny units.yaml."""
    content, told = _marked(edited(UNITS, (old, new)), codes, "units.yaml", UNITS.index(old))
    return Case(files(TASKS, content), 1 if told else 0, told)


def whole(text: str, codes: str) -> Case:
    """Another tasks.yaml altogether; where no `§` stands, its first line is meant."""
    content, told = _marked(text, codes, "tasks.yaml", 0)
    return Case(files(content), 1 if told else 0, told)


def record(facts: str, codes: str, *, strict: bool = False) -> Case:
    """One more record at the end of task 2."""
    last = "      measured: {办理时限: 0.5}\n"
    return edit(last, f"{last}    - {{{facts}}}{HERE}\n", codes, strict=strict)


def noted(note: str, codes: str = "") -> Case:
    """One more record of task 2, in block style, whose note stands so in the file."""
    last = "      measured: {办理时限: 0.5}\n"
    start = f"{last}    - date: 2022-08-05\n      unit: 市模拟甲局\n      status: in_progress\n"
    return (
        edit(last, f"{start}      note: {note}\n", codes)
        if HERE in note
        else edit(last, f"{start}      note: {HERE}{note}\n", codes)
    )
