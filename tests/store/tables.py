"""A data directory with a table in it, and what the tests of writing say to it and ask of it.

Plans, units and entries are 模拟.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny import UNITS

from yzplan.errors import DataError
from yzplan.model import Extension, Month, ProgressRecord, Status
from yzplan.store.appending import Appended, Entry, append
from yzplan.store.loading import load_plan

HEAD, PART, OTHER, COUNTY = "市模拟甲局", "市模拟乙局", "市模拟丙局", "模拟东县"
"""Of the tiny plan: the lead of tasks 1 and 2, their responsible unit, the lead of task 3, their county."""


def a_record(
    date: str = "2022-08-05", unit: str = HEAD, status: str = "blocked", **given: Any
) -> ProgressRecord:
    return ProgressRecord(date=dt.date.fromisoformat(date), unit=unit, status=Status(status), **given)


def an_entry(task: int, date: str = "2022-08-05", unit: str = HEAD, **given: Any) -> Entry:
    return Entry(task=task, record=a_record(date, unit, **given))


def an_extension(approved_on: str = "2022-08-05", recorded_on: str | None = None, **given: Any) -> Extension:
    """An extension to September, approved and recorded on these days."""
    return Extension(
        **{"to": Month(2022, 9), "reason": "模拟延期", **given},
        approved_on=dt.date.fromisoformat(approved_on),
        recorded_on=dt.date.fromisoformat(recorded_on) if recorded_on else None,
    )


def write(directory: Path, *entries: Entry, dry_run: bool = False) -> Appended:
    return append(directory, lambda plan: entries, dry_run=dry_run)


def made(directory: Path, tasks: str | bytes) -> Path:
    directory.mkdir(exist_ok=True)
    content = tasks.encode() if isinstance(tasks, str) else tasks
    (directory / "tasks.yaml").write_bytes(content)
    (directory / "units.yaml").write_bytes(UNITS.encode())
    return directory


def text_of(directory: Path) -> str:
    return (directory / "tasks.yaml").read_bytes().decode()


def names(directory: Path) -> list[str]:
    """What is in a directory besides the lock, which stays."""
    return sorted(path.name for path in directory.iterdir() if path.name != ".yzplan.lock")


def ledger(directory: Path, task: int) -> list[ProgressRecord]:
    return [*load_plan(directory).by_id[task].progress]


def extensions(directory: Path, task: int) -> list[Extension]:
    return [*load_plan(directory).by_id[task].extensions]


def state_of(path: Path) -> tuple[object, ...]:
    """All that would tell that a file was written to."""
    found = path.stat()
    return path.read_bytes(), found.st_mtime_ns, found.st_ino, found.st_mode


def told(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        call()
    return str(caught.value)


def is_only_added_to(before: str, after: str) -> bool:
    """Whether the lines of the old text, with their newlines, are all in the new one, in order.

    The last one may have got the newline that it lacked.
    """
    newline = "\r\n" if "\r\n" in before else "\n"
    old, new = (
        (text if text.endswith(newline) else text + newline).splitlines(keepends=True)
        for text in (before, after)
    )
    rest = iter(new)
    return all(line in rest for line in old)
