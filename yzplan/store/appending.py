"""Adding entries to the ledger, and taking back what nobody has committed yet."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from yzplan.model import LedgerEntry, Plan, Task, ledger_of, place_of
from yzplan.model.shape import Noun, noun
from yzplan.store.loading import Snapshot
from yzplan.store.splice import insertion, removal
from yzplan.store.writing import Draft, write


@noun
class Entry(Noun):
    """A ledger entry, and the number of the task it belongs to."""

    task: int
    record: LedgerEntry


@noun
class Appended(Noun):
    """What came of it: the entries that are new, those that had been said already, and the lines added.

    `added` pairs task numbers with the lines inserted for them, in the order of the file.
    """

    new: tuple[Entry, ...]
    known: tuple[Entry, ...]
    added: tuple[tuple[int, str], ...]


Decide = Callable[[Plan], Sequence[Entry]]
"""From the plan as it is now, the entries to add. May raise RequestError."""


def append(directory: Path, decide: Decide, *, dry_run: bool = False) -> Appended:
    """Add entries to the ledger: all of them, or nothing where anything is wrong.

    What is in the ledger already is not added again. Raises as `write` does.
    """

    def drafted(snapshot: Snapshot) -> Draft[Appended]:
        new: list[Entry] = []
        known: list[Entry] = []
        tasks = snapshot.plan.by_id
        for entry in decide(snapshot.plan):
            is_known = entry.record in tasks[entry.task].ledger(ledger_of(entry.record)) or entry in new
            (known if is_known else new).append(entry)
        intended: dict[int, Task] = {}
        places: dict[tuple[int, str, int], list[LedgerEntry]] = defaultdict(list)
        for entry in sorted(new, key=lambda entry: entry.record.known_on):
            task, name = tasks[entry.task], ledger_of(entry.record)
            places[task.id, name, place_of(task.ledger(name), entry.record)].append(entry.record)
            intended[task.id] = intended.get(task.id, task).with_entry(entry.record)
        edits = sorted(
            (insertion(snapshot.tasks, _path_of(snapshot, number), name, place, entries), number)
            for (number, name, place), entries in places.items()
        )
        added = tuple((number, edit.text) for edit, number in edits)
        return Draft(
            [edit for edit, _ in edits],
            snapshot.plan.with_tasks(intended),
            Appended(new=tuple(new), known=tuple(known), added=added),
        )

    return write(directory, drafted, dry_run=dry_run)


def remove(directory: Path, choose: Callable[[Plan], Entry], *, dry_run: bool = False) -> str:
    """Take one entry out of the ledger again, and return the lines that went.

    Whether it may go, since no commit has it, `choose` has to know: it names the entry in the plan as
    it is now, or raises RequestError. Raises as `write` does.
    """

    def drafted(snapshot: Snapshot) -> Draft[str]:
        entry = choose(snapshot.plan)
        task, name = snapshot.plan.by_id[entry.task], ledger_of(entry.record)
        entries = task.ledger(name)
        place = entries.index(entry.record)
        edits = removal(snapshot.tasks, _path_of(snapshot, task.id), name, place)
        text = snapshot.tasks.source.text
        kept = (*entries[:place], *entries[place + 1 :])
        return Draft(
            edits,
            snapshot.plan.with_tasks({task.id: task.with_ledger(name, kept)}),
            "".join(text[edit.start : edit.end] for edit in edits),
        )

    return write(directory, drafted, dry_run=dry_run)


def _path_of(snapshot: Snapshot, task_id: int) -> tuple[str | int, ...]:
    """The way into tasks.yaml to a task."""
    return next(
        ("indicators", i, "tasks", j)
        for i, indicator in enumerate(snapshot.tasks.value["indicators"])
        for j, task in enumerate(indicator["tasks"])
        if task["id"] == task_id
    )
