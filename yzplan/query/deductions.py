"""扣分: which obligations earned less than full points, and why."""

import datetime as dt
from decimal import Decimal

from yzplan.assess import Standing
from yzplan.assess.scoring import close_of, obligations
from yzplan.model import Period, Plan, Role, exact
from yzplan.model.shape import Noun, noun
from yzplan.query.obligations import obligation_row


@noun
class Deduction(Noun):
    """An obligation that earned `points` (0-100), `lost` less than is earned by completing it on time.

    `ref`: the record that they come from, the lead's where it follows the lead; None where nobody reported.
    """

    unit: str
    task: int
    role: Role
    standing: Standing
    points: Decimal
    lost: Decimal
    weight: Decimal
    why: str
    ref: str | None


@noun
class Deductions(Noun):
    """What was deducted in a period, by unit in the order of the register, then by task.

    `counted` = full + short: the obligations that are counted, those of them with full points, and `rows`.
    """

    counted: int
    full: int
    short: int
    rows: tuple[Deduction, ...]


def deductions(plan: Plan, period: Period, known_at: dt.date | None = None) -> Deductions:
    """What every unit lost at the close of the period, over all its obligations that are counted."""
    rules = plan.header.assessment
    most = exact(rules.on_time)
    places = {unit.name: place for place, unit in enumerate(plan.register.units)}
    counted = 0
    rows = []
    for each in obligations(plan, close_of(period, known_at)):
        if each.points is None:
            continue
        counted += 1
        if each.points < most:
            found = obligation_row(rules, each)
            row = Deduction(
                unit=each.part.unit,
                task=each.task.id,
                role=each.part.role,
                standing=each.position.standing,
                points=each.points,
                lost=most - each.points,
                weight=each.weight,
                why=found.why,
                ref=found.ref,
            )
            rows.append(row)
    rows.sort(key=lambda row: (places[row.unit], row.task))
    return Deductions(counted=counted, full=counted - len(rows), short=len(rows), rows=tuple(rows))
