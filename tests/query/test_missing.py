"""漏报: who owed a report in a month and gave none. All records here are 模拟."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import pytest
from plans import (
    COUNTIES,
    COUNTY,
    COUNTY_TOO,
    HELPER,
    LEAD,
    OTHER,
    day,
    extension,
    plan,
    record,
    retraction,
    task,
    viewpoint,
)

from yzplan.model import Group, Plan, Policy, ProgressRecord, Task, Unit
from yzplan.query.missing import MissingRow, missing
from yzplan.query.select import Selection

Owes = Literal["lead_due", "lead_open", "each_due", "each_open"]


def under(owes: Owes, *tasks: Task, complete: Literal["done", "verified"] = "done") -> Plan:
    """A plan of these tasks under that policy."""
    made = plan(*tasks, complete=complete)
    return replace(made, header=replace(made.header, policy=Policy(owes=owes, complete=complete)))


def silent(subject: Plan, month: str = "2022-07", *, known_at: str | None = None) -> dict[str, list[int]]:
    """Who is missing in a month, on which tasks."""
    rows = missing(subject, Selection(), viewpoint(month, known_at=known_at))
    return {row.unit: [*row.missing] for row in rows}


def of_lead(*progress: ProgressRecord, deadline: str = "2022-07") -> Plan:
    """A task with these records, of which only the lead owes reports while it is due or carried over."""
    return under("lead_due", task(progress=progress, deadline=deadline))


TASKS = (task(1, deadline="2022-06"), task(2, deadline="2022-07"), task(3, deadline="2022-08"))
EACH = (LEAD, HELPER, OTHER, COUNTY, COUNTY_TOO)


@pytest.mark.parametrize(
    ("owes", "expected"),
    [
        ("lead_due", {LEAD: [1, 2]}),
        ("lead_open", {LEAD: [1, 2, 3]}),
        ("each_due", {unit: [1, 2] for unit in EACH}),
        ("each_open", {unit: [1, 2, 3] for unit in EACH}),
    ],
)
def test_the_policy_says_who_owes_and_on_what(owes: Owes, expected: dict[str, list[int]]) -> None:
    assert silent(under(owes, *TASKS)) == expected


def test_by_default_the_lead_owes_on_what_is_due() -> None:
    assert silent(plan(*TASKS)) == {LEAD: [1, 2]}
    assert silent(plan(*TASKS), "2022-05") == {}
    assert silent(plan(*TASKS), "2022-08") == {LEAD: [1, 2, 3]}


def test_a_row_tells_how_many_were_owed_and_when_the_unit_spoke_last() -> None:
    subject = under(
        "lead_due",
        task(1, progress=[record("2022-06-03", "in_progress")]),
        task(2, progress=[record("2022-06-20", "in_progress")]),
        task(3, progress=[record("2022-07-31", "in_progress")]),
        task(4, progress=[record("2022-07-15", "done")]),
        task(5, deadline="2022-08", progress=[record("2022-07-31", "in_progress")]),
    )
    assert missing(subject, Selection(), viewpoint("2022-07")) == [
        MissingRow(unit=LEAD, owed=3, missed=2, missing=(1, 2), last_reported=day("2022-07-31"))
    ]


def test_who_never_spoke_has_no_last_day() -> None:
    [row] = missing(of_lead(), Selection(), viewpoint("2022-07"))
    assert row == MissingRow(unit=LEAD, owed=1, missed=1, missing=(1,), last_reported=None)


@pytest.mark.parametrize("status", ["in_progress", "blocked"])
@pytest.mark.parametrize(
    ("date", "is_missing"),
    [("2022-06-30", True), ("2022-07-01", False), ("2022-07-31", False), ("2022-08-01", True)],
)
def test_a_report_counts_in_the_month_of_its_date(date: str, is_missing: bool, status: str) -> None:
    assert silent(of_lead(record(date, status))) == ({LEAD: [1]} if is_missing else {})


@pytest.mark.parametrize("date", ["2022-06-15", "2022-07-15"])
def test_what_is_complete_owes_nothing(date: str) -> None:
    assert silent(of_lead(record(date, "done"))) == {}


def test_what_is_completed_after_the_month_was_owed_in_it() -> None:
    late = of_lead(record("2022-08-05", "done"))
    assert silent(late) == {LEAD: [1]}
    assert silent(late, "2022-08") == {}


def test_completed_in_july_and_reported_in_august_was_missing_in_july() -> None:
    """Also when it is asked later, with all that is known now."""
    late = of_lead(record("2022-08-05", "done", completed_on="2022-07-20"))
    for known_at in (None, "2022-07-31", "2022-12-31"):
        assert silent(late, known_at=known_at) == {LEAD: [1]}


def test_what_was_not_known_by_then_does_not_count() -> None:
    reported = of_lead(record("2022-07-20", "in_progress"))
    assert silent(reported, known_at="2022-07-19") == {LEAD: [1]}
    assert silent(reported, known_at="2022-07-20") == {}


def test_a_report_that_was_taken_back_within_the_month_is_none() -> None:
    mistaken = record("2022-07-10", "in_progress")
    assert silent(of_lead(mistaken, retraction("2022-07-12", mistaken))) == {LEAD: [1]}


def test_a_report_that_was_taken_back_later_was_one_then() -> None:
    mistaken = record("2022-07-10", "in_progress")
    assert silent(of_lead(mistaken, retraction("2022-08-02", mistaken))) == {}
    assert silent(of_lead(mistaken, retraction("2022-08-02", mistaken)), "2022-08") == {LEAD: [1]}


def test_the_offices_acts_are_no_reports() -> None:
    returned = of_lead(record("2022-06-20", "done"), record("2022-07-05", "returned", note="模拟"))
    assert silent(returned) == {LEAD: [1]}
    [row] = missing(returned, Selection(), viewpoint("2022-07"))
    assert row.last_reported == day("2022-06-20")


def test_a_return_makes_a_report_due_again() -> None:
    done, returned = record("2022-06-20", "done"), record("2022-08-05", "returned", note="模拟")
    assert silent(of_lead(done, returned)) == {}
    assert silent(of_lead(done, returned), "2022-08") == {LEAD: [1]}
    assert silent(of_lead(done, returned, record("2022-08-20", "blocked")), "2022-08") == {}


def test_what_is_suspended_owes_nothing_until_it_is_resumed() -> None:
    suspended = record("2022-07-05", "suspended", note="模拟")
    assert silent(of_lead(suspended)) == {}
    resumed = of_lead(suspended, record("2022-08-02", "in_progress"))
    assert (silent(resumed, "2022-08"), silent(resumed, "2022-09")) == ({}, {LEAD: [1]})


def test_an_extended_task_is_due_in_its_new_month() -> None:
    subject = under("lead_due", task(extensions=[extension("2022-09", "2022-07-20")]))
    assert [silent(subject, f"2022-0{month}") for month in (7, 8, 9)] == [{}, {}, {LEAD: [1]}]


def test_an_extension_entered_after_the_month_was_not_known_in_it() -> None:
    late = extension("2022-09", "2022-07-20", recorded_on="2022-08-05")
    subject = under("lead_due", task(extensions=[late]))
    assert [silent(subject, f"2022-0{month}") for month in (7, 8)] == [{LEAD: [1]}, {}]


def test_each_speaks_for_itself() -> None:
    own = [record("2022-07-10", "in_progress"), record("2022-07-11", "blocked", COUNTY)]
    subject = under("each_due", task(progress=own))
    assert silent(subject) == {HELPER: [1], OTHER: [1], COUNTY_TOO: [1]}


def test_who_has_said_nothing_follows_the_lead_and_owes_nothing_once_that_is_done() -> None:
    subject = under("each_due", task(progress=[record("2022-07-10", "done")]))
    assert silent(subject) == {}
    begun = [record("2022-06-10", "in_progress", HELPER), record("2022-07-10", "done")]
    assert silent(under("each_due", task(progress=begun))) == {HELPER: [1]}


def test_a_part_that_is_done_owes_nothing_though_the_lead_goes_on() -> None:
    own = [record("2022-06-10", "done", HELPER), record("2022-06-11", "in_progress")]
    assert silent(under("each_due", task(progress=own))) == {unit: [1] for unit in EACH if unit != HELPER}


# Of some units only


def asked(*units: Unit | Group, owes: Owes = "each_due") -> list[str]:
    rows: Iterable[MissingRow] = missing(
        under(owes, task()), Selection(units=tuple(units)), viewpoint("2022-07")
    )
    return [row.unit for row in rows]


def test_some_units_are_asked_about() -> None:
    county = Unit(name=COUNTY, kind="县市区")
    helper = Unit(name=HELPER, kind="市直部门")
    members = Group(name=COUNTIES, kind="closed", members=(COUNTY, COUNTY_TOO))
    assert asked(county) == [COUNTY]
    assert asked(county, helper) == [HELPER, COUNTY]
    assert asked(members) == [COUNTY, COUNTY_TOO]
    assert asked(members, helper) == [HELPER, COUNTY, COUNTY_TOO]
    assert asked(Group(name="市直相关单位", kind="open")) == []
    assert asked(county, owes="lead_due") == []


def test_some_indicators_are_asked_about() -> None:
    subject = under("lead_due", task())
    assert missing(subject, Selection(indicators=(2,)), viewpoint("2022-07")) == []
    assert len(missing(subject, Selection(indicators=(1,)), viewpoint("2022-07"))) == 1
