"""The rules of DESIGN §4 said a second time, in fractions, over the plain model of `naive.py`."""

import datetime as dt
from fractions import Fraction
from typing import Any

import naive

from yzplan.model import Plan, Unit

Row = dict[str, Any]
Histories = dict[tuple[int, str], dict[dt.date, naive.Answer]]
"""By task and unit: how the unit's part stands at the close of every day."""


def histories(plan: Plan, known_at: dt.date | None) -> Histories:
    return {
        (task.id, unit.name): naive.history(plan, task, unit.name, known_at=known_at, today=naive.IN_THE_END)
        for unit in plan.register.units
        for task, _ in owed(plan, unit.name)
    }


def fraction(value: float) -> Fraction:
    """A number as it is written in the file."""
    return Fraction(str(value))


def rounded(value: Fraction) -> Fraction:
    """To two decimals, a half away from zero."""
    cents = (abs(value) * 100 + Fraction(1, 2)) // 1
    return Fraction(cents, 100) * (-1 if value < 0 else 1)


def owed(plan: Plan, unit: str) -> list[tuple[Any, str]]:
    """The tasks in which the unit has a part, and in which role."""
    found = []
    members = {group.name: group.members for group in plan.register.groups}
    for task in plan.tasks:
        named = [*task.responsible_units]
        for name in task.responsible_units:
            named += members.get(name, ())
        if task.lead_unit == unit:
            found.append((task, "lead"))
        elif unit in named:
            found.append((task, "responsible"))
    return found


def points(plan: Plan, stood: naive.Answer) -> Fraction:
    rules = plan.header.assessment
    if stood.completed_on is None:
        earned = fraction(stood.percent or 0) * fraction(rules.open_share)
    else:
        earned = fraction(rules.on_time)
        month = stood.effective_deadline
        while naive.end_of(month) < stood.completed_on:
            earned = earned - fraction(rules.late_per_month)
            month = (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)
        if stood.standing == "late" and earned < fraction(rules.late_floor):
            earned = fraction(rules.late_floor)
    if stood.follows_lead and earned > fraction(rules.silent):
        earned = fraction(rules.silent)
    return earned


def row(
    plan: Plan,
    unit: Unit,
    roles: tuple[str, ...],
    close: dt.date,
    known_at: dt.date | None,
    days: Histories,
) -> Row | None:
    """What a board says of a unit, its rank left out; None if it has no such part."""
    weights = plan.header.assessment.weights
    parts = [(task, role) for task, role in owed(plan, unit.name) if role in roles]
    if not parts:
        return None
    counts = {"due": 0, "on_time": 0, "late": 0, "undone": 0}
    earned = []
    for task, role in parts:
        stood = days[task.id, unit.name][close]
        if stood.status == "suspended" or not stood.is_due:
            continue
        counts["due"] += 1
        counts["undone" if stood.standing == "overdue" else stood.standing] += 1
        earned += [(points(plan, stood), fraction(weights.lead if role == "lead" else weights.responsible))]
    mean = None
    if earned:
        mean = rounded(sum(each * weight for each, weight in earned) / sum(weight for _, weight in earned))
    adjusted = Fraction(0)
    for entry in plan.header.assessment.adjustments:
        if entry.unit == unit.name and entry.date <= close and (known_at is None or entry.date <= known_at):
            adjusted += fraction(entry.points)
    adjusted = rounded(adjusted)
    score = None if mean is None else mean + adjusted
    return {"unit": unit.name, "score": score, **counts, "earned": mean, "adjustment": adjusted}


def ranked(rows: list[Row]) -> list[Row]:
    """One more than the number of better ones is a row's rank."""
    scores = [each["score"] for each in rows if each["score"] is not None]
    for each in rows:
        better = [score for score in scores if each["score"] is not None and score > each["score"]]
        each["rank"] = None if each["score"] is None else len(better) + 1
    with_rank = [each for each in rows if each["rank"] is not None]
    without = [each for each in rows if each["rank"] is None]
    return [each for rank in range(1, len(rows) + 1) for each in with_rank if each["rank"] == rank] + without


def boards(plan: Plan, close: dt.date, known_at: dt.date | None, days: Histories) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {"counties": [], "lead": [], "responsible": [], "unranked": []}
    for unit in plan.register.units:
        is_county = unit.kind in ("县市区", "管理区", "经开区")
        stands = unit.assess == "ranked" or (
            unit.assess is None and (is_county or unit.kind in ("市直部门", "事业单位"))
        )
        if not stands:
            places = {"unranked": ("lead", "responsible")}
        elif is_county:
            places = {"counties": ("lead", "responsible")}
        else:
            places = {"lead": ("lead",), "responsible": ("responsible",)}
        for board, roles in places.items():
            said = row(plan, unit, roles, close, known_at, days)
            if said is not None:
                found[board].append(said)
    for board in ("counties", "lead", "responsible"):
        found[board] = ranked(found[board])
    for said in found["unranked"]:
        said["rank"] = None
    return found
