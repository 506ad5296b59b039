"""What obligations earn: 年终对县市区、市直单位开展综合考评 (永政办函〔2022〕18号 三、保障措施 1).

All arithmetic is of decimal numbers with digits enough for whatever the files may hold, so that
nothing is rounded but the score itself.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

from yzplan.assess.standing import Position, Standing, part_position
from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import Adjustment, Month, Part, Period, Plan, Scoring, Task, exact

_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)
_CENT = Decimal("0.01")


class Obligation(NamedTuple):
    """A unit's part of a task, how it stands at the close, and the points (0-100) that it earns.

    `points` is None where it is not counted: not yet due, or suspended.
    """

    task: Task
    part: Part
    position: Position
    points: Decimal | None
    weight: Decimal


def close_of(period: Period, known_at: dt.date | None = None) -> Viewpoint:
    """The close of a period, asked about as a day long past: what is judged is the same on every day."""
    return Viewpoint(as_of=period.last_day, today=dt.date.max, known_at=known_at)


def obligations(plan: Plan, viewpoint: Viewpoint, unit: str | None = None) -> list[Obligation]:
    """The obligations of the plan, or of one unit, by task.

    They are each task's lead's, its named responsible units' and those of the members of its closed
    groups; open groups make none.
    """
    rules = plan.header.assessment
    weights = {"lead": exact(rules.weights.lead), "responsible": exact(rules.weights.responsible)}
    found = []
    for task in plan.tasks:
        for part in plan.parts(task):
            if unit in (None, part.unit):
                position = part_position(plan, task, part.unit, viewpoint)
                points = points_of(rules, position)
                found.append(Obligation(task, part, position, points, weights[part.role]))
    return found


def points_of(rules: Scoring, position: Position) -> Decimal | None:
    """The points (0-100) that a part earns; None where it is not counted.

    Complete on time earns `on_time`; complete late, `late_per_month` less for each month, but at
    least `late_floor`; not complete, `open_share` of its percent. What follows the lead earns at
    most `silent`.
    """
    if not position.is_due or position.standing is Standing.SUSPENDED:
        return None
    with localcontext(_EXACT):
        completed_on = position.state.completed_on
        if completed_on is None:
            points = exact(rules.open_share) * exact(position.state.percent or 0)
        elif months := months_late(position):
            points = exact(rules.on_time) - months * exact(rules.late_per_month)
            points = max(points, exact(rules.late_floor))
        else:
            points = exact(rules.on_time)
        return min(points, exact(rules.silent)) if position.follows_lead else points


def months_late(position: Position) -> int:
    """How many months after its effective deadline's a part was completed: 1 for July's in August."""
    completed_on = position.state.completed_on
    return max(Month.of(completed_on).months_after(position.effective_deadline), 0) if completed_on else 0


def score_of(due: Iterable[Obligation]) -> Decimal | None:
    """The weighted mean of what counted obligations earn, to two decimals, rounded half up.

    None, not zero, where there are none.
    """
    with localcontext(_EXACT):
        total = weight = Decimal(0)
        for each in due:
            if each.points is not None:
                total += each.weight * each.points
                weight += each.weight
        return (total / weight).quantize(_CENT) if weight else None


def adjustments_at(plan: Plan, viewpoint: Viewpoint) -> tuple[Adjustment, ...]:
    """The adjustments (加分、扣分) that count by the day asked about, and were known."""
    return tuple(
        entry
        for entry in plan.header.assessment.adjustments
        if entry.date <= viewpoint.as_of and viewpoint.knows(entry.date)
    )


def adjustment_of(unit: str, entries: Iterable[Adjustment]) -> Decimal:
    """The sum of a unit's adjustments, in points, to two decimals, rounded half up."""
    with localcontext(_EXACT):
        return sum((exact(each.points) for each in entries if each.unit == unit), Decimal(0)).quantize(_CENT)
