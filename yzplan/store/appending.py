"""Adding entries to the ledger, and taking back what nobody has committed yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from yzplan.model import LedgerEntry, OfficeEntry, Plan, Task, ledger_of, place_of, section_of
from yzplan.model.shape import Noun, noun
from yzplan.store.loading import Snapshot
from yzplan.store.splice import Edit, insertion, removal, section_insertion
from yzplan.store.writing import Draft, write


@noun
class Entry(Noun):
    """A ledger entry, and the number of the task it belongs to."""

    task: int
    record: LedgerEntry


@noun
class Appended(Noun):
    """What came of it: the entries that are new, those that had been said already, and the lines added.

    `new` and `known` are the tasks' entries, `new_office` and `known_office` the office's own. `added`
    pairs task numbers, or the names of sections (`supervision`), with the lines inserted for them, in the
    order of the file.
    """

    new: tuple[Entry, ...] = ()
    known: tuple[Entry, ...] = ()
    new_office: tuple[OfficeEntry, ...] = ()
    known_office: tuple[OfficeEntry, ...] = ()
    added: tuple[tuple[int | str, str], ...] = ()


def append(
    directory: Path, decide: Callable[[Plan], Sequence[Entry | OfficeEntry]], *, dry_run: bool = False
) -> Appended:
    """Add entries to the ledgers of tasks, and to the office's own: all of them, or nothing.

    `decide` gives, from the plan as it is now, the entries to add, and may raise RequestError. What is in
    a ledger already is not added again. Raises as `write` does.
    """

    def drafted(snapshot: Snapshot) -> Draft[Appended]:
        fresh: list[Entry | OfficeEntry] = []
        said: list[Entry | OfficeEntry] = []
        for entry in decide(snapshot.plan):
            (said if is_said(snapshot.plan, entry) or entry in fresh else fresh).append(entry)
        new, office = _told_apart(fresh)
        known, known_office = _told_apart(said)
        intended = _with_entries(snapshot.plan, new, office)
        insertions: list[tuple[int | str, Edit]] = [
            *_into_tasks(snapshot, new),
            *_into_sections(snapshot, office),
        ]
        insertions.sort(key=lambda pair: pair[1].order)
        appended = Appended(
            new=new,
            known=known,
            new_office=office,
            known_office=known_office,
            added=tuple((whose, edit.text) for whose, edit in insertions),
        )
        return Draft([edit for _, edit in insertions], intended, appended)

    return write(directory, drafted, dry_run=dry_run)


def is_said(plan: Plan, entry: Entry | OfficeEntry) -> bool:
    """Whether a ledger of the plan says the same already."""
    if isinstance(entry, Entry):
        task = plan.by_id.get(entry.task)
        return task is not None and entry.record in task.ledger(ledger_of(entry.record))
    return entry in plan.office_ledger(section_of(entry))


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


def _told_apart(
    entries: Iterable[Entry | OfficeEntry],
) -> tuple[tuple[Entry, ...], tuple[OfficeEntry, ...]]:
    """The tasks' entries and the office's."""
    of_tasks: list[Entry] = []
    of_office: list[OfficeEntry] = []
    for entry in entries:
        if isinstance(entry, Entry):
            of_tasks.append(entry)
        else:
            of_office.append(entry)
    return tuple(of_tasks), tuple(of_office)


def _with_entries(plan: Plan, entries: Iterable[Entry], office: Iterable[OfficeEntry]) -> Plan:
    """The plan with these entries in their places. Of one day, those that come first here do so there."""
    tasks = plan.by_id
    intended: dict[int, Task] = {}
    for entry in sorted(entries, key=lambda entry: entry.record.known_on):
        intended[entry.task] = intended.get(entry.task, tasks[entry.task]).with_entry(entry.record)
    plan = plan.with_tasks(intended)
    for each in sorted(office, key=lambda entry: entry.known_on):
        plan = plan.with_office_entry(each)
    return plan


def _into_tasks(snapshot: Snapshot, entries: Iterable[Entry]) -> Iterator[tuple[int, Edit]]:
    """The edits that put entries into the ledgers of their tasks, by the tasks' numbers."""
    tasks = snapshot.plan.by_id
    places: dict[tuple[int, str, int], list[LedgerEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.record.known_on):
        name = ledger_of(entry.record)
        place = place_of(tasks[entry.task].ledger(name), entry.record)
        places[entry.task, name, place].append(entry.record)
    for (number, name, place), records in places.items():
        yield number, insertion(snapshot.tasks, _path_of(snapshot, number), name, place, records)


def _into_sections(snapshot: Snapshot, entries: Iterable[OfficeEntry]) -> Iterator[tuple[str, Edit]]:
    """The edits that put entries into the office's own ledgers, by the names of these."""
    places: dict[tuple[str, int], list[OfficeEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.known_on):
        name = section_of(entry)
        places[name, place_of(snapshot.plan.office_ledger(name), entry)].append(entry)
    for (name, place), found in places.items():
        yield name, section_insertion(snapshot.tasks, name, place, found)


def _path_of(snapshot: Snapshot, task_id: int) -> tuple[str | int, ...]:
    """The way into tasks.yaml to a task."""
    return next(
        ("indicators", i, "tasks", j)
        for i, indicator in enumerate(snapshot.tasks.value["indicators"])
        for j, task in enumerate(indicator["tasks"])
        if task["id"] == task_id
    )
