"""督办台账: what the office did about the units, and what of it is open."""

import datetime as dt
from collections.abc import Collection

from yzplan.assess import Viewpoint
from yzplan.assess.supervision import Case, cases
from yzplan.model import Measure, Plan
from yzplan.model.shape import Noun, noun


@noun
class MeasureRow(Noun):
    """Something that the office did about a unit, and how it stands at a viewpoint.

    `open` until the office closes it, `open_days` the days since; None where it is not open (a
    referral never is). `overdue`: the day by which a reply was due has passed without one.
    """

    ref: str
    date: dt.date
    measure: Measure
    unit: str
    number: str | None
    tasks: tuple[int, ...]
    finding: str | None
    items: tuple[str, ...]
    due: dt.date | None
    replied_on: dt.date | None
    closed_on: dt.date | None
    open: bool
    open_days: int | None
    overdue: bool
    note: str | None


def measure_rows(
    plan: Plan,
    viewpoint: Viewpoint,
    *,
    units: Collection[str] = (),
    measures: Collection[Measure] = (),
    only_open: bool = False,
    only_overdue: bool = False,
) -> list[MeasureRow]:
    """What the office had done by the day asked about, by date: of these units and kinds, all if none."""
    rows = [_row(case, viewpoint) for case in cases(plan.supervision, viewpoint)]
    return [
        row
        for row in rows
        if (not units or row.unit in units)
        and (not measures or row.measure in measures)
        and (row.open or not only_open)
        and (row.overdue or not only_overdue)
    ]


def _row(case: Case, viewpoint: Viewpoint) -> MeasureRow:
    entry = case.entry
    return MeasureRow(
        ref=entry.ref,
        date=entry.date,
        measure=case.measure,
        unit=case.unit,
        number=entry.number,
        tasks=entry.tasks,
        finding=entry.finding,
        items=entry.items,
        due=entry.due,
        replied_on=case.replied_on,
        closed_on=case.closed_on,
        open=case.is_open,
        open_days=(viewpoint.as_of - entry.date).days if case.is_open else None,
        overdue=case.is_overdue(viewpoint),
        note=entry.note,
    )
