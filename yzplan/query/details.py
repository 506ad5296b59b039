"""Everything known about one task."""

import datetime as dt
from typing import Any

from yzplan.assess import Viewpoint, known_records, part_position, retracted_refs
from yzplan.model import Erratum, Month, Plan, Target, Task, facts
from yzplan.model.shape import Noun, noun
from yzplan.query.rows import PartFacts, TaskRow, part_facts, task_facts


@noun
class HistoryEntry(Noun):
    """A progress record or extension of the ledger, as the file has it, with its reference.

    `facts` are its fields by their keys in the file; `retracted` tells whether a later one, known
    at the viewpoint, has taken it back.
    """

    ref: str
    retracted: bool
    facts: dict[str, Any]


@noun
class TaskDetails(Noun):
    """A task with its wording, doubts, targets, units and history. History is in file order."""

    as_of: dt.date
    known_at: dt.date | None
    task: TaskRow
    document_number: str
    leader: str | None
    errata: tuple[Erratum, ...]
    indicator_errata: tuple[Erratum, ...]
    targets: tuple[Target, ...]
    horizon: Month | None
    """The latest month by which the text itself promises something; the deadline column may be earlier."""
    extensions: tuple[HistoryEntry, ...]
    progress: tuple[HistoryEntry, ...]
    parts: tuple[PartFacts, ...]
    """The parts of units that have reported, the lead first."""


def task_details(plan: Plan, task: Task, viewpoint: Viewpoint) -> TaskDetails:
    """All that is known about a task at a viewpoint."""
    spoken = {record.unit for record in known_records(task, viewpoint)}
    records = [record for record in task.progress if viewpoint.knows(record.date)]
    extensions = [entry for entry in task.extensions if viewpoint.knows(entry.known_on)]
    gone = retracted_refs(records), retracted_refs(extensions)
    return TaskDetails(
        as_of=viewpoint.as_of,
        known_at=viewpoint.known_at,
        task=task_facts(plan, task, viewpoint),
        document_number=plan.header.document_number,
        leader=task.leader,
        errata=task.errata,
        indicator_errata=task.indicator.errata,
        targets=task.targets,
        horizon=max((target.horizon for target in task.targets if target.horizon), default=None),
        progress=tuple(_entry(record, gone[0]) for record in records),
        extensions=tuple(_entry(entry, gone[1]) for entry in extensions),
        parts=tuple(
            part_facts(part, part_position(plan, task, part.unit, viewpoint))
            for part in plan.parts(task)
            if part.unit in spoken
        ),
    )


def _entry(entry: Any, gone: frozenset[str]) -> HistoryEntry:
    return HistoryEntry(ref=entry.ref, retracted=entry.ref in gone, facts=facts(entry))
