"""Any ledger at all, for property tests (模拟).

Late reports, corrections, returns after done, done again, suspensions, several extensions, late ones
and corrected ones, illegal transitions, files out of order.
"""

import datetime as dt

import naive
from hypothesis import strategies as st
from plans import COUNTY, HELPER, LEAD, plan, task

from yzplan.model import Extension, Month, Plan, ProgressRecord, Status, Task

MONTH_ENDS = [*(Month(2022, month).last_day for month in range(5, 13)), Month(2023, 1).last_day]
DAYS = [*naive.each_day()]
# Days about the turn of a month, where mistakes of one day would show, come up often.
TURNS = [close + dt.timedelta(days=shift) for close in MONTH_ENDS[:-1] for shift in (-5, -1, 0, 1, 5)]
SPEAKERS = [LEAD, HELPER, COUNTY]
OFTEN = [*Status, *[Status.DONE, Status.RETURNED] * 3, Status.VERIFIED]
"""Completions and returns more often than the rest: what follows what matters most among these."""

some_day = st.sampled_from(TURNS) | st.sampled_from(DAYS)
some_moment = st.none() | some_day
MONTHS = [*(Month(2022, month) for month in range(5, 13)), Month(2023, 1), Month(2023, 2)]
some_month = st.sampled_from(MONTHS)


@st.composite
def records(draw: st.DrawFn) -> ProgressRecord:
    date = draw(some_day)
    shift = draw(st.none() | st.sampled_from([-40, -10, -1, 0, 0, 3]))
    return ProgressRecord(
        date=date,
        unit=draw(st.sampled_from([LEAD, LEAD, LEAD, HELPER, COUNTY])),
        status=draw(st.sampled_from(OFTEN)),
        completed_on=None if shift is None else date + dt.timedelta(days=shift),
        percent=draw(st.none() | st.sampled_from([0, 30, 99.5, 100])),
        note=draw(st.none() | st.sampled_from(["模拟一", "模拟二"])),
    )


@st.composite
def extensions(draw: st.DrawFn) -> Extension:
    approved = draw(some_day)
    return Extension(
        to=draw(some_month),
        approved_on=approved,
        reason="模拟",
        recorded_on=draw(st.none() | st.integers(0, 60).map(lambda days: approved + dt.timedelta(days=days))),
    )


@st.composite
def tasks(draw: st.DrawFn, number: int = 1) -> Task:
    said = draw(st.lists(records(), max_size=8))
    granted = draw(st.lists(extensions(), max_size=3))
    if said:
        said += [
            ProgressRecord(date=draw(some_day), unit=wrong.unit, retracts=wrong.ref, note="模拟更正")
            for wrong in draw(st.lists(st.sampled_from(said), max_size=2, unique_by=id))
        ]
    if granted:
        granted += [
            Extension(approved_on=draw(some_day), reason="模拟更正", retracts=wrong.ref)
            for wrong in draw(st.lists(st.sampled_from(granted), max_size=1))
        ]
    if draw(st.booleans()):
        said.sort(key=lambda entry: entry.date)
    return task(
        number,
        deadline=str(draw(st.sampled_from(MONTHS[1:7]))),
        progress=said,
        extensions=granted,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    return plan(
        *[draw(tasks(number)) for number in (1, 2)], complete=draw(st.sampled_from(["done", "verified"]))
    )
