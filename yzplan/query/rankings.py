"""全省营商环境评价排名, and whom the document says to summon (约谈) for them."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from yzplan.assess import Viewpoint
from yzplan.assess.supervision import cases, happened
from yzplan.model import Measure, Period, Plan, Role
from yzplan.model.shape import Noun, noun

RULE = "对在全省营商环境评价中排位靠后的县市区、市直牵头单位及责任单位，由市政府对单位主要负责同志进行约谈。"
"""三、保障措施 3, as printed."""


@noun
class RankingRow(Noun):
    """A result of the province's evaluation: of an indicator among the cities, or of a unit among peers."""

    ref: str
    date: dt.date
    period: Period
    indicator_id: int | None
    indicator: str | None
    unit: str | None
    rank: int
    of: int
    document: str | None
    note: str | None


@noun
class SummonsRow(Noun):
    """A unit that the document's rule reaches, for one ranking.

    `role` is the unit's in the indicator that is ranked low; None where the unit itself is.
    `summoned_on`: the first summons recorded since the ranking was made known; None if none is.
    """

    unit: str
    kind: str
    role: Role | None
    indicator_id: int | None
    indicator: str | None
    period: Period
    rank: int
    of: int
    date: dt.date
    document: str | None
    ref: str
    summoned_on: dt.date | None


def ranking_rows(plan: Plan, viewpoint: Viewpoint, period: Period | None = None) -> list[RankingRow]:
    """The results known at a viewpoint, by the day they were made known; of one period if given."""
    names = {indicator.id: indicator.name for indicator in plan.indicators}
    return [
        RankingRow(
            ref=entry.ref,
            date=entry.date,
            period=entry.period,
            indicator_id=entry.indicator,
            indicator=names.get(entry.indicator) if entry.indicator else None,
            unit=entry.unit,
            rank=entry.rank,
            of=entry.of,
            document=entry.document,
            note=entry.note,
        )
        for entry in happened(plan.rankings, viewpoint)
        if entry.period and entry.rank and entry.of and period in (None, entry.period)
    ]


def standing_results(rows: Iterable[RankingRow], period: Period | None = None) -> list[RankingRow]:
    """Of rows by date, the results that stand: of each subject the one made known last.

    They are of the period given, else of the newest one that indicators, and that units, have.
    """
    rows = [*rows]
    found: list[RankingRow] = []
    for of_units in (False, True):
        own = [row for row in rows if (row.unit is not None) is of_units]
        chosen = period or max((row.period for row in own), key=_newness, default=None)
        last = {(row.indicator_id, row.unit): row for row in own if row.period == chosen}
        found += last.values()
    return found


def _newness(period: Period) -> tuple[dt.date, bool]:
    """Which period is the newer: that which ends later; the year rather than its last quarter."""
    return period.last_day, period.quarter is None


def summons_rows(
    plan: Plan,
    viewpoint: Viewpoint,
    *,
    low_indicators: int | None,
    low_units: int | None,
    period: Period | None = None,
) -> list[SummonsRow]:
    """Whom the document's rule (三、保障措施 3) reaches: indicators in their order, then units, lowest first.

    Low (靠后) are the last `low_indicators` and `low_units` places; the document sets no number, and
    without one nothing of that kind is low. A low indicator reaches its lead and its named responsible
    units, in printed order (counties have rankings of their own), a low unit itself.
    """
    kinds = {unit.name: unit.kind for unit in plan.register.units}
    summoned: dict[str, list[dt.date]] = {}
    for case in cases(plan.supervision, viewpoint):
        if case.measure is Measure.SUMMONS:
            summoned.setdefault(case.unit, []).append(case.entry.date)
    results = standing_results(ranking_rows(plan, viewpoint), period)
    results.sort(key=lambda row: (row.indicator_id or math.inf, row.of - row.rank))
    rows = []
    for result in results:
        places = low_indicators if result.unit is None else low_units
        if places is None or result.rank <= result.of - places:
            continue
        for unit, role in _reached(plan, result):
            since = (day for day in summoned.get(unit, ()) if day >= result.date)
            rows.append(
                SummonsRow(
                    unit=unit,
                    kind=kinds[unit],
                    role=role,
                    indicator_id=result.indicator_id,
                    indicator=result.indicator,
                    period=result.period,
                    rank=result.rank,
                    of=result.of,
                    date=result.date,
                    document=result.document,
                    ref=result.ref,
                    summoned_on=min(since, default=None),
                )
            )
    return rows


def _reached(plan: Plan, result: RankingRow) -> Iterator[tuple[str, Role | None]]:
    """The units that one low result reaches, each with its role in the indicator if it is one's."""
    if result.unit is not None:
        yield result.unit, None
        return
    for indicator in plan.indicators:
        if indicator.id == result.indicator_id:
            yield indicator.lead_unit, "lead"
            for name in indicator.responsible_units:
                if plan.register.group(name) is None:
                    yield name, "responsible"
