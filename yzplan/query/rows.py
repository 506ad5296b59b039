"""One row of a list of tasks. Its field names are the JSON keys, whose meaning never changes."""

import datetime as dt
from collections.abc import Iterable

from yzplan.assess import (
    Position,
    Standing,
    Viewpoint,
    completed_later,
    overdue_since,
    part_position,
    position,
)
from yzplan.model import Month, Part, Plan, ProgressRecord, Role, Status, Task
from yzplan.model.shape import Noun, noun


@noun
class LastRecord(Noun):
    """The report that decided a status."""

    date: dt.date
    unit: str
    status: Status | None
    percent: int | float | None
    note: str | None
    ref: str

    @classmethod
    def of(cls, record: ProgressRecord) -> "LastRecord":
        """The row's share of a record."""
        return cls(
            date=record.date,
            unit=record.unit,
            status=record.status,
            percent=record.percent,
            note=record.note,
            ref=record.ref,
        )


@noun
class PartFacts(Noun):
    """The asked unit's own part of the task.

    `follows_lead` where it has said nothing (随牵头单位). `decides` where the question was about the
    part (`--role responsible`), not about the task.
    """

    unit: str
    role: Role
    status: Status
    percent: int | float | None
    completed_on: dt.date | None
    standing: Standing
    days_overdue: int | None
    warning: bool
    follows_lead: bool
    decides: bool = False


@noun
class TaskRow(Noun):
    """A task at a viewpoint. Status, percent (0-100) and standing are the task's, that is its lead's.

    `days_overdue` is null unless overdue. `overdue_on` and `completed_later` belong to what was
    asked about: the task, or with `--role responsible` the unit's part.
    """

    id: int
    indicator_id: int
    indicator: str
    text: str
    deadline: Month
    effective_deadline: Month
    lead_unit: str
    responsible_units: tuple[str, ...]
    closed_groups: tuple[str, ...]
    """Those of the responsible units that are groups whose members are known."""
    open_ended: str | None
    status: Status
    percent: int | float | None
    completed_on: dt.date | None
    standing: Standing
    days_overdue: int | None
    carried_over: bool
    warning: bool
    overdue_on: dt.date | None
    completed_later: dt.date | None
    last_record: LastRecord | None
    part: PartFacts | None = None

    @property
    def judged(self) -> "TaskRow | PartFacts":
        """Whose status and standing the question was about: the part's if it decided, else the task's."""
        return self.part if self.part and self.part.decides else self


def task_facts(
    plan: Plan, task: Task, viewpoint: Viewpoint, part: Part | None = None, *, by_part: bool = False
) -> TaskRow:
    """The row of a task; with `part`, that unit's share of it too.

    `by_part`: the question is about the part, and so are `overdue_on` and `completed_later`.
    """
    found = position(plan, task, viewpoint)
    own = part_position(plan, task, part.unit, viewpoint) if part else found
    judged = own if by_part else found
    unit = part.unit if part and by_part else None
    state = found.state
    return TaskRow(
        id=task.id,
        indicator_id=task.indicator.id,
        indicator=task.indicator.name,
        text=task.text,
        deadline=task.deadline,
        effective_deadline=found.effective_deadline,
        lead_unit=task.lead_unit,
        responsible_units=task.responsible_units,
        closed_groups=closed_groups(plan, task.responsible_units),
        open_ended=task.indicator.open_ended,
        status=state.status,
        percent=state.percent,
        completed_on=state.completed_on,
        standing=found.standing,
        days_overdue=found.days_overdue,
        carried_over=found.carried_over,
        warning=found.warning,
        overdue_on=overdue_since(plan, task, viewpoint, unit) if judged.is_missed else None,
        completed_later=None if judged.state.completed_on else completed_later(plan, task, viewpoint, unit),
        last_record=LastRecord.of(state.last_record) if state.last_record else None,
        part=part_facts(part, own, decides=by_part) if part else None,
    )


def closed_groups(plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are groups whose members are known."""
    return tuple(name for name in names if (group := plan.register.group(name)) and not group.is_open)


def part_facts(part: Part, found: Position, *, decides: bool = False) -> PartFacts:
    """A unit's part as rows show it."""
    return PartFacts(
        unit=part.unit,
        role=part.role,
        status=found.state.status,
        percent=found.state.percent,
        completed_on=found.state.completed_on,
        standing=found.standing,
        days_overdue=found.days_overdue,
        warning=found.warning,
        follows_lead=found.follows_lead,
        decides=decides,
    )
