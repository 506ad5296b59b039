"""提示、督办: which parts of tasks a unit has to be reminded of at a month's close (及时督促整改)."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from yzplan.assess import Position, Standing, Viewpoint, part_position
from yzplan.model import Month, Part, Plan, Role, Status, Task
from yzplan.model.shape import Noun, noun

Timing = Literal["overdue", "due_now", "due_next", "later"]
Request = Literal["rectify", "report_own", "evidence", "finish", "on_time"]

_IN_THE_END = dt.date.max


@noun
class UrgedPart(Noun):
    """A unit's part of a task that it has to be reminded of.

    `timing`: overdue, due in the month asked about and not missed yet (预警), due in the next month, or
    later (then it has been returned). `returned`: the unit's own part was, for the reason in
    `return_reason`. `request`: what the unit is asked to do. `settled_later`: by what is known, it was
    completed or suspended after the close that was asked about.
    """

    id: int
    indicator: str
    text: str
    role: Role
    deadline: Month
    effective_deadline: Month
    status: Status
    percent: int | float | None
    standing: Standing
    timing: Timing
    carried_over: bool
    days_overdue: int | None
    follows_lead: bool
    returned: bool
    return_reason: str | None
    request: Request
    settled_later: bool


def urged_parts(plan: Plan, viewpoint: Viewpoint, unit: str | None = None) -> Iterator[tuple[str, UrgedPart]]:
    """The parts, of one unit or of all, that somebody has to be reminded of, each with its unit; by task.

    These are what is overdue or warned of, what has been returned, and what is due in the next month and
    open. Units that said nothing follow their lead, but a return of the lead's part is none of theirs.
    """
    for task in plan.tasks:
        for part in plan.parts(task):
            if unit in (None, part.unit):
                found = part_position(plan, task, part.unit, viewpoint)
                if urged := _urged(plan, task, part, found, viewpoint):
                    yield part.unit, urged


def _urged(plan: Plan, task: Task, part: Part, found: Position, viewpoint: Viewpoint) -> UrgedPart | None:
    state = found.state
    returned = state.status is Status.RETURNED and not found.follows_lead
    timing = _timing(found, viewpoint)
    if timing is None or (timing == "later" and not returned):
        return None
    end = part_position(plan, task, part.unit, viewpoint.at(_IN_THE_END)).state
    return UrgedPart(
        id=task.id,
        indicator=task.indicator.name,
        text=task.text,
        role=part.role,
        deadline=task.deadline,
        effective_deadline=found.effective_deadline,
        status=state.status,
        percent=state.percent,
        standing=found.standing,
        timing=timing,
        carried_over=timing == "overdue" and found.carried_over,
        days_overdue=found.days_overdue,
        follows_lead=found.follows_lead,
        returned=returned,
        return_reason=state.last_record.note if returned and state.last_record else None,
        request=_request(found, timing, returned=returned),
        settled_later=end.completed_on is not None or end.status is Status.SUSPENDED,
    )


def _timing(found: Position, viewpoint: Viewpoint) -> Timing | None:
    """When it is or was due; None where it is complete or suspended."""
    if found.standing in (Standing.ON_TIME, Standing.LATE, Standing.SUSPENDED):
        return None
    if found.standing is Standing.OVERDUE:
        return "overdue"
    if found.standing is Standing.DUE_SOON:
        return "due_now"
    return "due_next" if found.effective_deadline.months_after(viewpoint.month) == 1 else "later"


def _request(found: Position, timing: Timing, *, returned: bool) -> Request:
    if returned:
        return "rectify"
    if found.follows_lead:
        return "report_own"
    if found.state.status is Status.DONE:
        return "evidence"  # the office wants it verified first (plan.policy.complete)
    return "finish" if timing == "overdue" else "on_time"
