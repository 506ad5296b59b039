"""The province's rankings, and whom the document's rule reaches. All of it is 模拟."""

import datetime as dt
from dataclasses import replace
from typing import Any

from chance import many
from hypothesis import given
from hypothesis import strategies as st
from naive import DAYS
from plans import COUNTY, COUNTY_TOO, HELPER, LEAD, OTHER, SOURCE, day, plan, task, viewpoint

from yzplan.assess import Viewpoint
from yzplan.model import Indicator, Measure, Period, Plan, Ranking, SupervisionEntry
from yzplan.query.rankings import RULE, ranking_rows, summons_rows

Q3 = Period(2022, 3)
YEAR = Period(2022)


def ranked(date: str, rank: int, of: int = 14, period: Period = Q3, **facts: Any) -> Ranking:
    """A result: of indicator 1 where no `unit` is given."""
    late = {"recorded_on": day(facts.pop("recorded_on"))} if "recorded_on" in facts else {}
    subject = {} if "unit" in facts else {"indicator": facts.pop("indicator", 1)}
    return Ranking(date=day(date), period=period, rank=rank, of=of, **subject, **late, **facts)


SECOND = Indicator(id=2, name="模拟指标乙", lead_unit=HELPER, responsible_units=(LEAD, "市直相关单位"))


def results(*entries: Ranking, supervision: tuple[SupervisionEntry, ...] = ()) -> Plan:
    """Two indicators: 1 of the lead with two named units and the counties, 2 of a named unit."""
    base = plan(task(1))
    groups = (
        *base.register.groups,
        replace(base.register.groups[0], name="市直相关单位", kind="open", members=()),
    )
    return replace(
        base,
        indicators=(*base.indicators, SECOND),
        register=replace(base.register, groups=groups),
        rankings=entries,
        supervision=supervision,
    )


def reached(subject: Plan, as_of: str = "2022-12", **asked: Any) -> list[tuple[str, str | None, int, int]]:
    """Whom the rule reaches: unit, role, place, of how many. The last 3 places of each kind are low."""
    known_at = asked.pop("known_at", None)
    asked = {"low_indicators": 3, "low_units": 3} | asked
    rows = summons_rows(subject, viewpoint(as_of, known_at=known_at), **asked)
    return [(row.unit, row.role, row.rank, row.of) for row in rows]


CHAIN = [(LEAD, "lead"), (HELPER, "responsible"), (OTHER, "responsible")]
"""Whom indicator 1 reaches: not the counties, which have rankings of their own."""


def test_the_rule_is_quoted_from_the_document() -> None:
    assert RULE in SOURCE.read_text("utf-8")


def test_a_low_indicator_reaches_its_lead_and_its_named_units_but_no_group() -> None:
    assert reached(results(ranked("2022-10-15", 12))) == [(*each, 12, 14) for each in CHAIN]
    assert reached(results(ranked("2022-10-15", 14, indicator=2))) == [
        (HELPER, "lead", 14, 14),
        (LEAD, "responsible", 14, 14),
    ]


def test_low_are_the_last_places() -> None:
    for rank, low, expected in ((12, 3, True), (11, 3, False), (14, 1, True), (13, 1, False), (1, 14, True)):
        assert bool(reached(results(ranked("2022-10-15", rank)), low_indicators=low)) is expected
        county = results(ranked("2022-10-15", rank, unit=COUNTY))
        assert bool(reached(county, low_units=low)) is expected


def test_a_low_unit_reaches_itself() -> None:
    [row] = summons_rows(
        results(ranked("2022-10-15", 120, 122, unit=COUNTY, document="模拟通报")),
        viewpoint("2022-12"),
        low_indicators=None,
        low_units=3,
    )
    assert (row.unit, row.kind, row.role, row.indicator_id, row.indicator) == (
        COUNTY,
        "县市区",
        None,
        None,
        None,
    )
    assert (row.period, row.rank, row.of, row.date) == (Q3, 120, 122, day("2022-10-15"))
    assert (row.document, row.summoned_on) == ("模拟通报", None)


def test_without_a_number_nothing_of_that_kind_is_low() -> None:
    both = results(ranked("2022-10-15", 14), ranked("2022-10-15", 14, unit=COUNTY))
    assert reached(both, low_indicators=None) == [(COUNTY, None, 14, 14)]
    assert reached(both, low_units=None) == [(*each, 14, 14) for each in CHAIN]


def test_indicators_in_their_order_then_units_the_lowest_first() -> None:
    subject = results(
        ranked("2022-10-15", 13, unit=COUNTY),
        ranked("2022-10-15", 14, indicator=2),
        ranked("2022-10-15", 14, unit=COUNTY_TOO),
        ranked("2022-10-15", 12),
    )
    assert [(unit, rank) for unit, _, rank, _ in reached(subject)] == [
        *[(unit, 12) for unit, _ in CHAIN],
        *[(HELPER, 14), (LEAD, 14)],
        *[(COUNTY_TOO, 14), (COUNTY, 13)],
    ]


def test_of_each_kind_the_newest_period_counts_unless_one_is_named() -> None:
    subject = results(
        ranked("2022-07-15", 14, period=Period(2022, 2)),
        ranked("2022-10-15", 1),
        ranked("2022-07-15", 14, period=Period(2022, 2), unit=COUNTY),
    )
    assert reached(subject) == [(COUNTY, None, 14, 14)]
    assert reached(subject, period=Period(2022, 2)) == [
        *[(*each, 14, 14) for each in CHAIN],
        (COUNTY, None, 14, 14),
    ]
    assert reached(subject, as_of="2022-09") == reached(subject, period=Period(2022, 2))
    last_quarter = results(
        ranked("2023-01-10", 14, period=Period(2022, 4)), ranked("2023-01-10", 1, period=YEAR)
    )
    assert reached(last_quarter, as_of="2023-02") == []


def test_what_was_made_known_last_stands() -> None:
    low, better = ranked("2022-10-15", 14, unit=COUNTY), ranked("2022-10-20", 9, unit=COUNTY)
    assert reached(results(low, better)) == reached(results(better, low)) == []
    assert reached(results(better, low), as_of="2022-10-19") == [(COUNTY, None, 14, 14)]
    undone = Ranking(date=day("2022-10-25"), retracts=better.ref)
    assert reached(results(low, better, undone)) == [(COUNTY, None, 14, 14)]
    assert reached(results(low, better, undone), known_at="2022-10-24") == []


def test_rankings_entered_later_were_not_known_before() -> None:
    subject = results(ranked("2022-10-15", 14, unit=COUNTY, recorded_on="2022-11-02"))
    assert reached(subject, known_at="2022-11-01") == []
    assert reached(subject, known_at="2022-11-02") == [(COUNTY, None, 14, 14)]
    assert ranking_rows(subject, viewpoint("2022-12", known_at="2022-11-01")) == []


def test_a_summons_since_the_ranking_is_shown() -> None:
    def summoned(*days: str, unit: str = COUNTY, measure: Measure = Measure.SUMMONS) -> dt.date | None:
        supervision = tuple(SupervisionEntry(date=day(each), measure=measure, unit=unit) for each in days)
        subject = results(ranked("2022-10-15", 14, unit=COUNTY), supervision=supervision)
        [row] = summons_rows(subject, viewpoint("2022-11"), low_indicators=None, low_units=1)
        return row.summoned_on

    assert summoned("2022-10-14") is None
    assert summoned("2022-10-15") == day("2022-10-15")
    assert summoned("2022-11-20", "2022-10-10", "2022-11-01") == day("2022-11-01")
    assert summoned("2022-12-01") is None
    assert summoned("2022-11-01", unit=LEAD) is None
    assert summoned("2022-11-01", measure=Measure.URGING) is None


def test_the_list_has_every_result_by_date_with_its_subject() -> None:
    first, second = ranked("2022-10-15", 12), ranked("2022-07-15", 3, unit=COUNTY, note="模拟")
    subject = results(first, second)
    rows = ranking_rows(subject, viewpoint("2022-12"))
    assert [(row.ref, row.indicator_id, row.indicator, row.unit, row.rank, row.note) for row in rows] == [
        (second.ref, None, None, COUNTY, 3, "模拟"),
        (first.ref, 1, "模拟指标", None, 12, None),
    ]
    assert ranking_rows(subject, viewpoint("2022-12"), YEAR) == []
    assert [row.ref for row in ranking_rows(subject, viewpoint("2022-08"), Q3)] == [second.ref]


# Any ledger at all, held against a second reading of the rule

PERIODS = [Period(2022, 2), Q3, Period(2022, 4), YEAR]
some_day = st.sampled_from(DAYS)


@st.composite
def ledgers(draw: st.DrawFn) -> Plan:
    entries = [
        Ranking(
            date=draw(some_day),
            period=draw(st.sampled_from(PERIODS)),
            rank=draw(st.integers(1, 5)),
            of=5,
            recorded_on=draw(st.none() | some_day),
            **draw(
                st.sampled_from([{"indicator": 1}, {"indicator": 2}, {"unit": COUNTY}, {"unit": COUNTY_TOO}])
            ),
        )
        for _ in range(draw(st.integers(0, 7)))
    ]
    if entries:
        wrong = draw(st.lists(st.sampled_from(entries), max_size=2))
        entries += [Ranking(date=draw(some_day), retracts=each.ref) for each in wrong]
    summoned = [
        SupervisionEntry(
            date=draw(some_day), measure=Measure.SUMMONS, unit=draw(st.sampled_from([LEAD, COUNTY]))
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return results(*entries, supervision=tuple(summoned))


def plainly(subject: Plan, as_of: dt.date, known_at: dt.date, low: int) -> set[tuple[Any, ...]]:
    """Whom the rule reaches, for which entry, and when summoned since."""
    heard = [each for each in subject.rankings if (each.recorded_on or each.date) <= known_at]
    taken_back = {each.retracts for each in heard}
    valid = [
        each for each in heard if each.retracts is None and each.ref not in taken_back and each.date <= as_of
    ]
    found = set()
    for kind in ("indicator", "unit"):
        own = [each for each in valid if getattr(each, kind) is not None]
        for period in reversed(PERIODS):
            if any(each.period == period for each in own):
                break
        for name in {getattr(each, kind) for each in own}:
            of_it = [each for each in own if getattr(each, kind) == name and each.period == period]
            latest = [each for each in of_it if each.date == max(other.date for other in of_it)][-1:]
            for each in latest:
                if each.rank not in range(6 - low, 6):
                    continue
                units = {1: [LEAD, HELPER, OTHER], 2: [HELPER, LEAD]}.get(name, [name])
                for unit in units:
                    days = [
                        other.date
                        for other in subject.supervision
                        if other.unit == unit and each.date <= other.date <= min(as_of, known_at)
                    ]
                    found.add((unit, each.ref, min(days) if days else None))
    return found


@many(100)
@given(subject=ledgers(), as_of=some_day, known_at=some_day, low=st.integers(1, 5))
def test_any_ledger_agrees_with_the_plain_reading(
    subject: Plan, as_of: dt.date, known_at: dt.date, low: int
) -> None:
    asked = Viewpoint(as_of=as_of, today=as_of, known_at=known_at)
    rows = summons_rows(subject, asked, low_indicators=low, low_units=low)
    assert {(row.unit, row.ref, row.summoned_on) for row in rows} == plainly(subject, as_of, known_at, low)
