"""What the office did about the units, and what of it is open. All of it is 模拟."""

import datetime as dt
from dataclasses import replace
from typing import Any

from chance import many
from hypothesis import given
from hypothesis import strategies as st
from naive import DAYS
from plans import COUNTY, HELPER, LEAD, day, plan, task, viewpoint

from yzplan.assess import Viewpoint
from yzplan.model import Measure, Plan, SupervisionEntry
from yzplan.query.supervision import MeasureRow, measure_rows


def did(date: str, measure: str = "rectification", unit: str = LEAD, **facts: Any) -> SupervisionEntry:
    days = {key: day(facts.pop(key)) for key in ("due", "recorded_on") if key in facts}
    return SupervisionEntry(date=day(date), measure=Measure(measure), unit=unit, **days, **facts)


def about(date: str, recorded_on: str | None = None, **which: str) -> SupervisionEntry:
    """A reply, a close or a retraction: `closes=…`, with the reference that it is about."""
    late: Any = {"recorded_on": day(recorded_on)} if recorded_on else {}
    return SupervisionEntry(date=day(date), **late, **which)


def ledger(*entries: SupervisionEntry) -> Plan:
    return replace(plan(task(1)), supervision=entries)


def only(asked: Viewpoint, *entries: SupervisionEntry) -> MeasureRow:
    [row] = measure_rows(ledger(*entries), asked)
    return row


NOTICE = did("2022-08-05", due="2022-08-20", number="模拟〔2022〕5号", tasks=(1,), items=("模拟甲", "模拟乙"))


def test_a_measure_is_open_until_the_office_closes_it() -> None:
    reply, close = about("2022-08-18", replies_to=NOTICE.ref), about("2022-09-01", closes=NOTICE.ref)
    entries = (NOTICE, reply, close)
    assert measure_rows(ledger(*entries), viewpoint("2022-08-04")) == []
    first = only(viewpoint("2022-08-05"), *entries)
    assert first == MeasureRow(
        ref=NOTICE.ref,
        date=day("2022-08-05"),
        measure=Measure.RECTIFICATION,
        unit=LEAD,
        number="模拟〔2022〕5号",
        tasks=(1,),
        finding=None,
        items=("模拟甲", "模拟乙"),
        due=day("2022-08-20"),
        replied_on=None,
        closed_on=None,
        open=True,
        open_days=0,
        overdue=False,
        note=None,
    )
    replied = only(viewpoint("2022-08-31"), *entries)
    assert (replied.replied_on, replied.open, replied.open_days) == (day("2022-08-18"), True, 26)
    assert not replied.overdue
    closed = only(viewpoint("2022-09-01"), *entries)
    assert (closed.closed_on, closed.open, closed.open_days) == (day("2022-09-01"), False, None)


def test_a_reply_is_overdue_from_the_close_of_its_day_on() -> None:
    for as_of, today, expected in (
        ("2022-08-19", "2022-12-31", False),
        ("2022-08-20", "2022-12-31", True),
        ("2022-08-20", "2022-08-20", False),
        ("2022-08-31", "2022-08-20", False),
        ("2022-08-31", "2022-08-21", True),
    ):
        assert only(viewpoint(as_of, today=today), NOTICE).overdue is expected, (as_of, today)
    late = about("2022-08-25", replies_to=NOTICE.ref)
    assert only(viewpoint("2022-08-24"), NOTICE, late).overdue
    assert not only(viewpoint("2022-08-25"), NOTICE, late).overdue
    assert not only(viewpoint("2022-08-31"), NOTICE, about("2022-08-10", closes=NOTICE.ref)).overdue
    assert not only(viewpoint("2022-12"), did("2022-08-05")).overdue


def test_a_referral_is_never_open() -> None:
    row = only(viewpoint("2022-12"), did("2022-08-05", "referral", number="模拟移送1号"))
    assert (row.open, row.open_days, row.overdue, row.closed_on) == (False, None, False, None)


def test_what_was_taken_back_is_gone_once_that_is_known() -> None:
    close = about("2022-09-01", closes=NOTICE.ref)
    undone = about("2022-09-05", retracts=close.ref)
    assert only(viewpoint("2022-08-31"), NOTICE, close, undone).open
    assert only(viewpoint("2022-09-03"), NOTICE, close, undone).open  # as it is known today
    assert not only(viewpoint("2022-09-03", known_at="2022-09-04"), NOTICE, close, undone).open
    all_undone = (NOTICE, close, about("2022-09-06", retracts=NOTICE.ref))
    assert measure_rows(ledger(*all_undone), viewpoint("2022-12")) == []
    assert len(measure_rows(ledger(*all_undone), viewpoint("2022-12", known_at="2022-09-05"))) == 1


def test_what_was_entered_later_was_not_known_before() -> None:
    entered = did("2022-08-05", recorded_on="2022-09-10")
    closed = about("2022-08-20", recorded_on="2022-09-15", closes=entered.ref)
    entries = ledger(entered, closed)
    assert measure_rows(entries, viewpoint("2022-08", known_at="2022-09-09")) == []
    [row] = measure_rows(entries, viewpoint("2022-08", known_at="2022-09-10"))
    assert row.open
    [row] = measure_rows(entries, viewpoint("2022-08", known_at="2022-09-15"))
    assert row.closed_on == day("2022-08-20")


def test_selections_all_hold_and_rows_are_in_the_order_of_days() -> None:
    entries = (
        did("2022-08-05", "reminder", HELPER, due="2022-08-10"),
        did("2022-08-01", "urging", LEAD),
        did("2022-08-03", "covert_visit", COUNTY, finding="模拟"),
        did("2022-08-03", "referral", COUNTY),
    )
    asked = viewpoint("2022-09")

    def found(**selection: Any) -> list[str]:
        return [row.measure.value for row in measure_rows(ledger(*entries), asked, **selection)]

    assert found() == ["urging", "covert_visit", "referral", "reminder"]
    assert found(units=[COUNTY, HELPER]) == ["covert_visit", "referral", "reminder"]
    assert found(units=[COUNTY], only_open=True) == ["covert_visit"]
    assert found(measures=[Measure.URGING, Measure.REFERRAL]) == ["urging", "referral"]
    assert found(only_overdue=True) == ["reminder"]


def test_an_entry_that_stands_twice_counts_once() -> None:
    assert only(viewpoint("2022-12"), NOTICE, NOTICE) == only(viewpoint("2022-12"), NOTICE)


# Any ledger at all, held against a second reading of the rules

some_day = st.sampled_from(DAYS)


@st.composite
def ledgers(draw: st.DrawFn) -> list[SupervisionEntry]:
    entries: list[SupervisionEntry] = []
    for number in range(draw(st.integers(0, 4))):
        date = draw(some_day)
        entries.append(
            SupervisionEntry(
                date=date,
                measure=draw(st.sampled_from(Measure)),
                unit=draw(st.sampled_from([LEAD, HELPER, COUNTY])),
                number=f"模拟{number}",
                due=draw(st.none() | some_day),
                recorded_on=draw(st.none() | some_day),
            )
        )
    for _ in range(draw(st.integers(0, 6)) if entries else 0):
        which = draw(st.sampled_from(["replies_to", "closes", "retracts"]))
        fact: Any = {which: draw(st.sampled_from(entries)).ref}
        entries.append(SupervisionEntry(date=draw(some_day), recorded_on=draw(st.none() | some_day), **fact))
    return draw(st.permutations(entries)) if entries else []


def plainly(
    entries: list[SupervisionEntry], as_of: dt.date, today: dt.date, known_at: dt.date
) -> dict[str, tuple[dt.date | None, dt.date | None, bool, bool]]:
    """By reference: first reply, first close, open, overdue. Day by day, nothing clever."""
    heard = [each for each in entries if (each.recorded_on or each.date) <= known_at]
    taken_back = [each.retracts for each in heard if each.retracts]
    valid = [each for each in heard if each.retracts is None and each.ref not in taken_back]
    found = {}
    for each in valid:
        if each.measure is None or each.date > as_of:
            continue
        replies = sorted(
            other.date for other in valid if other.replies_to == each.ref and other.date <= as_of
        )
        closes = sorted(other.date for other in valid if other.closes == each.ref and other.date <= as_of)
        is_open = each.measure != "referral" and not closes
        is_late = each.due is not None and each.due <= as_of and each.due < today
        found[each.ref] = (
            replies[0] if replies else None,
            closes[0] if closes else None,
            is_open,
            is_open and is_late and not replies,
        )
    return found


@many(100)
@given(entries=ledgers(), as_of=some_day, today=some_day, known_at=some_day)
def test_any_ledger_agrees_with_the_plain_reading(
    entries: list[SupervisionEntry], as_of: dt.date, today: dt.date, known_at: dt.date
) -> None:
    rows = measure_rows(ledger(*entries), Viewpoint(as_of=as_of, today=today, known_at=known_at))
    said = {row.ref: (row.replied_on, row.closed_on, row.open, row.overdue) for row in rows}
    assert said == plainly(entries, as_of, today, known_at)
    assert len(rows) == len(said)
    assert [row.date for row in rows] == sorted(row.date for row in rows)
    assert [row.open_days for row in rows] == [(as_of - row.date).days if row.open else None for row in rows]
