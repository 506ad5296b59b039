"""Standing (态势): how a state compares with the effective deadline (永政办函〔2022〕18号 附件 完成时限)."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from yzplan.assess.replay import State, in_effect_from, known_extensions, records_of, state_of
from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import Month, Plan, Status, Task


class Standing(StrEnum):
    """How a task, or one unit's part of it, stands."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """What people read."""
        return _WORDS[self][0]

    @property
    def light(self) -> str:
        """Its light, as a character: black-and-white print shows no colours."""
        return _WORDS[self][1]


_WORDS = {
    Standing.NOT_DUE: ("未到期", "绿"),
    Standing.DUE_SOON: ("临期", "黄"),
    Standing.OVERDUE: ("逾期未完成", "红"),
    Standing.ON_TIME: ("按期完成", "绿"),
    Standing.LATE: ("逾期完成", "黄"),
    Standing.SUSPENDED: ("中止", "灰"),
}


class Position(NamedTuple):
    """A task, or one unit's part of it, at a viewpoint.

    `is_due`: the deadline lies by the day asked about. `warning` (预警): it does, but has not passed
    today, so that nothing is missed yet. `days_overdue` counts from the deadline's last day, 0 at
    its own close; None where it is not overdue. `follows_lead` (随牵头单位): the unit has said
    nothing, so its lead's state stands for it.
    """

    state: State
    standing: Standing
    effective_deadline: Month
    is_due: bool
    carried_over: bool
    warning: bool
    days_overdue: int | None
    follows_lead: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether the deadline has come and it is neither complete nor suspended: overdue, or warned of."""
        return self.standing is Standing.OVERDUE or self.warning


def effective_deadline(task: Task, viewpoint: Viewpoint) -> Month:
    """The deadline that holds at the viewpoint: the printed one, or that of the extension approved last.

    Of two approved on one day the later month holds. An extension approved later than the day
    asked about does not move it, so months that were overdue stay so.
    """
    extensions = [(entry.approved_on, entry.to) for entry in known_extensions(task, viewpoint) if entry.to]
    return max(extensions)[1] if extensions else task.deadline


def position(plan: Plan, task: Task, viewpoint: Viewpoint) -> Position:
    """How the task stands: by the records of its lead unit."""
    return part_position(plan, task, task.lead_unit, viewpoint)


def part_position(plan: Plan, task: Task, unit: str, viewpoint: Viewpoint) -> Position:
    """How one unit's part stands: by its own records, or where it has none in effect, by its lead's."""
    return _positions(plan, task, unit, viewpoint)(viewpoint.as_of)


def _positions(plan: Plan, task: Task, unit: str, viewpoint: Viewpoint) -> Callable[[dt.date], Position]:
    """How one unit's part stands at the close of any day, by what is known at the viewpoint."""
    complete_from = Status(plan.header.policy.complete)
    own = records_of(task, unit, viewpoint)
    leads = own if unit == task.lead_unit else records_of(task, task.lead_unit, viewpoint)

    def at(day: dt.date) -> Position:
        state = state_of(own, day, complete_from=complete_from)
        follows_lead = own is not leads and not state.last_record
        if follows_lead:
            state = state_of(leads, day, complete_from=complete_from)
        return _position(task, viewpoint.at(day), state, follows_lead=follows_lead)

    return at


def _position(task: Task, viewpoint: Viewpoint, state: State, *, follows_lead: bool) -> Position:
    deadline = effective_deadline(task, viewpoint)
    last_day = deadline.last_day
    is_due = last_day <= viewpoint.as_of
    warning = False
    if state.status is Status.SUSPENDED:
        standing = Standing.SUSPENDED
    elif state.completed_on:
        standing = Standing.ON_TIME if state.completed_on <= last_day else Standing.LATE
    elif is_due and last_day < viewpoint.today:
        standing = Standing.OVERDUE
    elif is_due or deadline == viewpoint.month:
        standing, warning = Standing.DUE_SOON, is_due
    else:
        standing = Standing.NOT_DUE
    return Position(
        state=state,
        standing=standing,
        effective_deadline=deadline,
        is_due=is_due,
        carried_over=deadline < viewpoint.month,
        warning=warning,
        days_overdue=(viewpoint.as_of - last_day).days if standing is Standing.OVERDUE else None,
        follows_lead=follows_lead,
    )


def overdue_since(plan: Plan, task: Task, viewpoint: Viewpoint, unit: str | None = None) -> dt.date | None:
    """The day on which the task (or that unit's part) went overdue, at whose close it had been missed.

    That is the first day of the unbroken stretch that reaches `viewpoint.as_of`: usually the last
    day of the deadline, later where a completion was returned after it. None where it is neither
    overdue nor about to be.
    """
    position_at = _positions(plan, task, unit or task.lead_unit, viewpoint)
    if not position_at(viewpoint.as_of).is_missed:
        return None
    # The answer changes only on days when something takes effect.
    units = {task.lead_unit, unit or task.lead_unit}
    changes = {day for name in units for day, _ in in_effect_from(records_of(task, name, viewpoint))}
    changes |= {entry.approved_on for entry in known_extensions(task, viewpoint)}
    changes |= {effective_deadline(task, viewpoint.at(day)).last_day for day in changes}
    changes.add(task.deadline.last_day)
    since = viewpoint.as_of
    for day in sorted((day for day in changes if day <= viewpoint.as_of), reverse=True):
        if not position_at(day).is_missed:
            break
        since = day
    return since


def completed_later(plan: Plan, task: Task, viewpoint: Viewpoint, unit: str | None = None) -> dt.date | None:
    """The completion day of a task (or part) that was not complete at the close asked about, if one is known.

    Where the office's policy asks for verification it may lie before that close: verified later, it
    counts from the day it was done.
    """
    position_at = _positions(plan, task, unit or task.lead_unit, viewpoint)
    if position_at(viewpoint.as_of).state.completed_on:
        return None
    return position_at(dt.date.max).state.completed_on
