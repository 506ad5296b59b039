"""漏报: who owed a report in a month, and gave none."""

import datetime as dt
from collections import defaultdict

from yzplan.assess import Viewpoint, part_position, records_of
from yzplan.model import REPORTABLE, Group, Plan, Status, Task
from yzplan.model.shape import Noun, noun
from yzplan.query.select import Selection, tasks_of

_CLOSED = frozenset({Status.DONE, Status.VERIFIED, Status.SUSPENDED})
"""Whoever has said that all is done has no more to say, whether or not the office has verified it."""


@noun
class MissingRow(Noun):
    """A unit that owed reports within a month, and how many of them it did not give.

    `owed` counts the tasks on which it owed one, `missed` those on which it gave none, which are
    `missing`, by number. `last_reported` is the day of its last report on any of these, null where
    it has given none yet.
    """

    unit: str
    owed: int
    missed: int
    missing: tuple[int, ...]
    last_reported: dt.date | None


def missing(plan: Plan, selection: Selection, viewpoint: Viewpoint) -> list[MissingRow]:
    """Who owed a report in the month that `viewpoint.as_of` ends, and gave none: in the plan's order.

    See `owing`.
    """
    return [row for row in owing(plan, selection, viewpoint) if row.missed]


def owing(plan: Plan, selection: Selection, viewpoint: Viewpoint) -> list[MissingRow]:
    """Who owed a report in the month that `viewpoint.as_of` ends, whether they gave it or not.

    `plan.policy.owes` says who owes: the lead, or each unit with a part (groups expanded); on tasks that
    are open and due within the month or carried over, or on all that are open. What counts is what was
    known at the close: a report that came later, though it said that all had been done in time, was
    missing then. Only a unit's own words are reports, not the office's about it.
    """
    known_at = min(viewpoint.as_of, viewpoint.known_at or viewpoint.as_of)
    then = viewpoint._replace(known_at=known_at)
    by_all = plan.header.policy.owes.startswith("each")
    only_due = plan.header.policy.owes.endswith("due")
    asked = {
        name
        for each in selection.units
        for name in (each.members if isinstance(each, Group) else [each.name])
    }
    owed: dict[str, list[int]] = {}
    silent: dict[str, list[int]] = defaultdict(list)
    spoke: dict[str, dt.date] = {}
    for task in tasks_of(plan, selection):
        for part in plan.parts(task):
            if not (by_all or part.role == "lead") or (selection.units and part.unit not in asked):
                continue
            found = part_position(plan, task, part.unit, then)
            if found.state.status in _CLOSED or (only_due and found.effective_deadline > viewpoint.month):
                continue
            owed.setdefault(part.unit, []).append(task.id)
            last = _last_report(task, part.unit, then)
            if last:
                spoke[part.unit] = max(last, spoke.get(part.unit, last))
            if last is None or (last.year, last.month) < viewpoint.month:
                silent[part.unit].append(task.id)
    return [
        MissingRow(
            unit=unit,
            owed=len(numbers),
            missed=len(silent[unit]),
            missing=tuple(silent[unit]),
            last_reported=spoke.get(unit),
        )
        for unit, numbers in owed.items()
    ]


def _last_report(task: Task, unit: str, then: Viewpoint) -> dt.date | None:
    """The day of a unit's last own report on a task."""
    return max(
        (record.date for record in records_of(task, unit, then) if record.status in REPORTABLE), default=None
    )
