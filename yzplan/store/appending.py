"""Adding records to the ledger: the one way in which the tool writes tasks.yaml."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from yzplan.errors import DataError
from yzplan.model import Plan, ProgressRecord, Task
from yzplan.model.shape import Noun, noun
from yzplan.store import saving
from yzplan.store.loading import TASKS, Snapshot, load, load_sources
from yzplan.store.source import BOM, decode_source
from yzplan.store.splice import insertion

ATTEMPTS = 50
"""How often a write is planned anew because somebody else was faster, before giving up."""


@noun
class Entry(Noun):
    """A record, and the number of the task it belongs to."""

    task: int
    record: ProgressRecord


@noun
class Appended(Noun):
    """What came of it: the entries that are new, those that had been said already, and the lines added.

    `added` pairs task numbers with the lines inserted for them, in the order of the file.
    """

    new: tuple[Entry, ...]
    known: tuple[Entry, ...]
    added: tuple[tuple[int, str], ...]


Decide = Callable[[Plan], Sequence[Entry]]
"""From the plan as it is now, the entries to add. May raise RequestError; asked again where
somebody else wrote in between, so that what it allows is allowed at the moment of writing."""


def append(directory: Path, decide: Decide, *, dry_run: bool = False) -> Appended:
    """Add entries to the ledger: all of them, or nothing where anything is wrong.

    Every other byte of the file stays. What is in the ledger already is not added again. Raises
    DataError where the data cannot be used or the file cannot be written; it is then unchanged.
    """
    snapshot = load(directory)
    appended, content = _planned(snapshot, decide)
    if dry_run or not appended.new:
        return appended
    with saving.locked(directory):
        for _ in range(ATTEMPTS):
            if saving.replace(directory / TASKS, saving.digest(snapshot.tasks.source.raw), content):
                return appended
            snapshot = load(directory)
            appended, content = _planned(snapshot, decide)
            if not appended.new:
                return appended
    raise DataError("文件一直在被别的程序改动，没有写入", "关闭正在编辑它的程序后再试；原文件没有改动")


def _planned(snapshot: Snapshot, decide: Decide) -> tuple[Appended, bytes]:
    """What is to be added to a snapshot, and the bytes that result, proved to mean just that."""
    new: list[Entry] = []
    known: list[Entry] = []
    tasks = snapshot.plan.by_id
    for entry in decide(snapshot.plan):
        is_known = entry.record in tasks[entry.task].progress or entry in new
        (known if is_known else new).append(entry)
    by_task: dict[int, list[ProgressRecord]] = defaultdict(list)
    for entry in new:
        by_task[entry.task].append(entry.record)

    insertions = sorted(
        (*insertion(snapshot.tasks, _path_of(snapshot, task_id), place, group), task_id)
        for task_id, records in by_task.items()
        for place, group in _places(tasks[task_id], records)
    )
    source = snapshot.tasks.source
    text = source.text
    # Back to front, so that an insertion leaves the indexes of those before it alone.
    for index, lines, _ in reversed(insertions):
        text = text[:index] + lines + text[index:]
    content = ((BOM if source.has_bom else "") + text).encode()

    if new and _read_back(snapshot, content) != _intended(snapshot.plan, by_task):
        raise DataError(
            f"{source.path} 的写法特殊，追加后读回的内容与所报不符，没有写入",
            "请把相关任务改为一键一行的写法后再试，并告知开发者",
        )
    added = tuple((task_id, lines) for _, lines, task_id in insertions)
    return Appended(new=tuple(new), known=tuple(known), added=added), content


def _read_back(snapshot: Snapshot, content: bytes) -> Plan:
    """The plan that the new bytes make. Raises DataError where they make none."""
    path = snapshot.tasks.source.path
    try:
        return load_sources(snapshot.directory, decode_source(content, path), snapshot.units.source).plan
    except DataError as error:
        # Its places are of a text that nobody will see.
        reasons = "；".join(dict.fromkeys(each.message for each in error.diagnostics))
        raise DataError(
            f"{path} 追加后读不回来，没有写入：{reasons}", "核对所报的内容，以及相关任务的写法"
        ) from error


def _places(task: Task, records: list[ProgressRecord]) -> list[tuple[int, list[ProgressRecord]]]:
    """Behind how many of the task's records each new one goes, so that the ledger stays in date order."""
    places: dict[int, list[ProgressRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.date):
        later = [k for k, old in enumerate(task.progress) if old.date > record.date]
        places[later[0] if later else len(task.progress)].append(record)
    return sorted(places.items())


def _intended(plan: Plan, added: dict[int, list[ProgressRecord]]) -> Plan:
    """The plan as it should read once the records have been added."""
    tasks = []
    for task in plan.tasks:
        progress = list(task.progress)
        for place, records in reversed(_places(task, added.get(task.id, []))):
            progress[place:place] = records
        tasks.append(replace(task, progress=tuple(progress)) if task.id in added else task)
    return replace(plan, tasks=tuple(tasks))


def _path_of(snapshot: Snapshot, task_id: int) -> tuple[str | int, ...]:
    """The way into tasks.yaml to a task."""
    return next(
        ("indicators", i, "tasks", j)
        for i, indicator in enumerate(snapshot.tasks.value["indicators"])
        for j, task in enumerate(indicator["tasks"])
        if task["id"] == task_id
    )
