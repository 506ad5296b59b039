"""绩效考核: each unit's part of each task with its points and what they rest on.

永政办函〔2022〕18号 三、保障措施 4: 落实情况纳入 2022 年全市优化营商环境绩效考核范畴.
"""

import datetime as dt
from decimal import Decimal

from yzplan.assess import Standing, Viewpoint, evidence_of
from yzplan.assess.scoring import Obligation, close_of, obligations
from yzplan.model import Month, Period, Plan, Role, Status
from yzplan.model.shape import Noun, noun


@noun
class PerformanceRow(Noun):
    """A unit's part of a task at the close of a period, as others judge the unit by it.

    `points` (0-100) is None where it is not counted. `evidence` and `ref` (the record that the points come
    from) are the lead's where the unit said nothing and follows it. `revision`: the commit of the data, None
    where they had not been committed.
    """

    unit: str
    task: int
    text: str
    role: Role
    effective_deadline: Month
    status: Status
    completed_on: dt.date | None
    standing: Standing
    follows_lead: bool
    points: Decimal | None
    weight: Decimal
    evidence: tuple[str, ...]
    ref: str | None
    revision: str | None


def performance_rows(
    plan: Plan, period: Period, known_at: dt.date | None = None, *, revision: str | None = None
) -> list[PerformanceRow]:
    """Every part of every task: by unit in the order of the register, then by task."""
    viewpoint = close_of(period, known_at)
    places = {unit.name: place for place, unit in enumerate(plan.register.units)}
    found = sorted(obligations(plan, viewpoint), key=lambda each: (places[each.part.unit], each.task.id))
    return [_row(each, viewpoint, revision) for each in found]


def _row(found: Obligation, viewpoint: Viewpoint, revision: str | None) -> PerformanceRow:
    position, state = found.position, found.position.state
    speaker = found.task.lead_unit if position.follows_lead else found.part.unit
    return PerformanceRow(
        unit=found.part.unit,
        task=found.task.id,
        text=found.task.text,
        role=found.part.role,
        effective_deadline=position.effective_deadline,
        status=state.status,
        completed_on=state.completed_on,
        standing=position.standing,
        follows_lead=position.follows_lead,
        points=found.points,
        weight=found.weight,
        evidence=evidence_of(found.task, speaker, viewpoint),
        ref=state.grounds.ref if state.grounds else None,
        revision=revision,
    )
