"""Everything known about one task."""

import datetime as dt
from dataclasses import fields
from typing import Any

from yzplan.assess import Viewpoint, part_position, records_of, retracted_refs
from yzplan.model import Erratum, Month, Plan, Target, Task, facts
from yzplan.model.shape import noun
from yzplan.query.rows import PartFacts, TaskRow, part_facts, task_facts

HistoryEntry = dict[str, Any]
"""A progress record or extension: its fields by their keys in the file, its reference (`ref`), and
whether a later one, known at the viewpoint, has taken it back (`retracted`)."""


@noun
class TaskDetails(TaskRow):
    """A task's row, with its wording's doubts, its targets, units and history (in file order)."""

    as_of: dt.date
    known_at: dt.date | None
    document_number: str
    leader: str | None
    errata: tuple[Erratum, ...]
    indicator_errata: tuple[Erratum, ...]
    targets: tuple[Target, ...]
    horizon: Month | None
    """The latest month that a target of the text looks to; the deadline column may be earlier."""
    extensions: tuple[HistoryEntry, ...]
    progress: tuple[HistoryEntry, ...]
    parts: tuple[PartFacts, ...]
    """The parts of units that have reported, the lead first."""


def task_details(plan: Plan, task: Task, viewpoint: Viewpoint) -> TaskDetails:
    """All that is known about a task at a viewpoint."""
    row = task_facts(plan, task, viewpoint)
    records = [record for record in task.progress if viewpoint.knows(record.date)]
    extensions = [entry for entry in task.extensions if viewpoint.knows(entry.known_on)]
    return TaskDetails(
        **{part.name: getattr(row, part.name) for part in fields(row)},
        as_of=viewpoint.as_of,
        known_at=viewpoint.known_at,
        document_number=plan.header.document_number,
        leader=task.leader,
        errata=task.errata,
        indicator_errata=task.indicator.errata,
        targets=task.targets,
        horizon=max((target.horizon for target in task.targets if target.horizon), default=None),
        progress=_history(records),
        extensions=_history(extensions),
        parts=tuple(
            part_facts(part, part_position(plan, task, part.unit, viewpoint))
            for part in plan.parts(task)
            if records_of(task, part.unit, viewpoint)
        ),
    )


def _history(entries: list[Any]) -> tuple[HistoryEntry, ...]:
    gone = retracted_refs(entries)
    return tuple({**facts(entry), "ref": (ref := entry.ref), "retracted": ref in gone} for entry in entries)
