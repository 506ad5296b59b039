"""One unit's obligations, each with what it earns and why."""

import datetime as dt
from decimal import Decimal

from yzplan.assess import Standing, Viewpoint
from yzplan.assess.scoring import Obligation, months_late, obligations
from yzplan.model import Month, Plan, Role, Scoring, Status, number_text
from yzplan.model.shape import Noun, noun


@noun
class ObligationRow(Noun):
    """An obligation at the close of a period.

    `points` (0-100) is None where it is not counted. `ref` is the reference of the record that they
    come from, the lead's where it follows the lead; None where nobody reported.
    """

    task: int
    text: str
    role: Role
    effective_deadline: Month
    status: Status
    percent: int | float | None
    completed_on: dt.date | None
    standing: Standing
    follows_lead: bool
    points: Decimal | None
    weight: Decimal
    why: str
    ref: str | None


def obligation_rows(plan: Plan, unit: str, viewpoint: Viewpoint) -> list[ObligationRow]:
    """The unit's obligations by task, those that are not counted too."""
    return [obligation_row(plan.header.assessment, each) for each in obligations(plan, viewpoint, unit)]


def obligation_row(rules: Scoring, found: Obligation) -> ObligationRow:
    """An obligation as lists show it."""
    position, state = found.position, found.position.state
    return ObligationRow(
        task=found.task.id,
        text=found.task.text,
        role=found.part.role,
        effective_deadline=position.effective_deadline,
        status=state.status,
        percent=state.percent,
        completed_on=state.completed_on,
        standing=position.standing,
        follows_lead=position.follows_lead,
        points=found.points,
        weight=found.weight,
        why=_why(rules, found),
        ref=state.grounds.ref if state.grounds else None,
    )


def _why(rules: Scoring, found: Obligation) -> str:
    """Why it earns what it earns, with the arithmetic."""
    position, state = found.position, found.position.state
    if position.standing is Standing.SUSPENDED:
        why = "中止，不计"
    elif not position.is_due:
        why = "未到期，不计"
    elif months := months_late(position):
        full, off, floor = map(number_text, (rules.on_time, rules.late_per_month, rules.late_floor))
        why = f"{state.completed_on} 完成，逾期 {months} 个月，{full}-{off}×{months}，不低于 {floor}"
    elif state.completed_on:
        why = f"{state.completed_on} 完成，按期"
    else:
        # Done and yet not complete: the office wants it verified first (plan.policy.complete).
        why = "未认定" if state.status is Status.DONE else f"未完成（{state.status.label}）"
        share = number_text(rules.open_share)
        why += "，没有报进度" if state.percent is None else f"，进度 {number_text(state.percent)}×{share}"
    if not position.follows_lead or not position.is_due:
        return why
    return f"随牵头单位：{why}" + (f"，最多 {number_text(rules.silent)}" if found.points else "")
