"""What an obligation earns, and a unit's score: each rule of DESIGN §4 worked by hand. Reports are 模拟."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import pytest
from plans import COUNTIES, COUNTY, COUNTY_TOO, HELPER, LEAD, OTHER, extension, plan, record, task

from yzplan.assess.scoring import close_of, obligations, score_of
from yzplan.model import Extension, Period, Plan, ProgressRecord, Scoring, Task, Weights

AUTUMN = Period(2022, 3)


def with_rules(subject: Plan, **rules: Any) -> Plan:
    return replace(subject, header=replace(subject.header, assessment=Scoring(**rules)))


def points(
    *progress: ProgressRecord,
    unit: str = LEAD,
    extensions: tuple[Extension, ...] = (),
    period: Period = AUTUMN,
    complete: Literal["done", "verified"] = "done",
    **rules: Any,
) -> Decimal | None:
    """What the unit's part of a task due in July earns at the close of the period."""
    subject = with_rules(plan(task(progress=progress, extensions=extensions), complete=complete), **rules)
    [found] = obligations(subject, close_of(period), unit)
    return found.points


def score(*tasks: Task, unit: str = LEAD, **rules: Any) -> Decimal | None:
    subject = with_rules(plan(*tasks), **rules)
    return score_of(obligations(subject, close_of(AUTUMN), unit))


def led_by_helper(number: int, *progress: ProgressRecord) -> Task:
    """A task in which the usual roles are exchanged."""
    return replace(
        task(number, progress=progress), lead_unit=HELPER, responsible_units=(LEAD, OTHER, COUNTIES)
    )


# Who is obliged


def test_an_obligation_is_the_leads_each_named_units_and_each_members_of_a_closed_group() -> None:
    found = [(each.part.unit, each.part.role) for each in obligations(plan(task()), close_of(AUTUMN))]
    responsible = [(unit, "responsible") for unit in (HELPER, OTHER, COUNTY, COUNTY_TOO)]
    assert found == [(LEAD, "lead"), *responsible]


# What a part earns


@pytest.mark.parametrize("completed_on", ["2022-06-01", "2022-07-31"])
def test_complete_by_the_last_day_of_the_deadline_earns_100(completed_on: str) -> None:
    assert points(record("2022-08-09", "done", completed_on=completed_on)) == 100


@pytest.mark.parametrize(
    ("completed_on", "expected"),
    [
        ("2022-08-01", 90),  # 100 - 10×1
        ("2022-08-31", 90),
        ("2022-09-01", 80),  # 100 - 10×2
        ("2022-10-01", 70),  # 100 - 10×3
        ("2022-11-30", 60),  # 100 - 10×4
        ("2022-12-01", 60),  # 100 - 10×5 = 50, not below 60
    ],
)
def test_complete_late_earns_10_less_for_each_month_but_60_at_least(completed_on: str, expected: int) -> None:
    assert points(record(completed_on, "done"), period=Period(2022)) == expected


def test_months_are_counted_across_the_turn_of_the_year() -> None:
    # July to February is 7 months: 100 - 5×7
    assert points(record("2023-02-01", "done"), period=Period(2023, 1), late_per_month=5) == 65


def test_months_are_counted_from_the_effective_deadline() -> None:
    granted = extension("2022-08", "2022-07-20")
    assert points(record("2022-08-31", "done"), extensions=(granted,)) == 100
    assert points(record("2022-09-10", "done"), extensions=(granted,)) == 90


@pytest.mark.parametrize(("percent", "expected"), [(0, "0"), (60, "30"), (33.3, "16.65"), (100, "50")])
def test_not_complete_earns_half_the_percent(percent: float, expected: str) -> None:
    assert points(record("2022-08-09", "in_progress", percent=percent)) == Decimal(expected)


def test_the_percent_is_that_of_the_last_record_that_carries_one() -> None:
    assert points(record("2022-08-09", "in_progress", percent=40), record("2022-08-20", "blocked")) == 20


def test_not_complete_and_no_percent_earns_nothing() -> None:
    assert points() == points(record("2022-08-09", "blocked")) == 0


def test_percents_from_before_the_last_return_do_not_count() -> None:
    done, returned = record("2022-07-09", "done", percent=100), record("2022-08-01", "returned")
    assert points(done, returned) == 0
    assert points(done, returned, record("2022-08-09", "in_progress", percent=30)) == 15


def test_what_is_done_again_after_a_return_is_late_from_the_return_on() -> None:
    again = record("2022-08-20", "done", completed_on="2022-07-09")
    assert points(record("2022-07-09", "done"), record("2022-08-01", "returned"), again) == 90


def test_where_the_office_must_verify_done_earns_only_its_percent_and_verified_counts_from_done() -> None:
    done, verified = record("2022-07-09", "done", percent=100), record("2022-09-09", "verified")
    assert points(done, complete="verified") == 50
    assert points(done, verified, complete="verified") == 100


def test_what_is_suspended_at_the_close_is_not_counted() -> None:
    suspended = record("2022-08-09", "suspended")
    assert points(suspended) is None
    assert points(suspended, record("2022-09-09", "in_progress", percent=10)) == 5
    assert points(record("2022-10-09", "suspended")) == 0


def test_only_what_is_due_by_the_close_counts() -> None:
    done = record("2022-06-09", "done")
    assert points(done, period=Period(2022, 2)) is None
    assert points(done, period=Period(2022, 3)) == 100
    assert points(done, extensions=(extension("2022-10", "2022-07-20"),)) is None
    assert points(done, extensions=(extension("2022-10", "2022-10-20"),)) == 100  # approved after the close


# Who has said nothing follows the lead


def test_a_silent_unit_follows_the_lead_but_earns_60_at_most() -> None:
    assert points(record("2022-07-09", "done"), unit=HELPER) == 60
    assert points(record("2022-09-09", "done"), unit=HELPER) == 60  # the lead's 80
    assert points(record("2022-08-09", "in_progress", percent=80), unit=HELPER) == 40
    assert points(unit=HELPER) == 0
    assert points(record("2022-08-09", "suspended"), unit=HELPER) is None


def test_a_unit_with_a_record_of_its_own_in_effect_by_the_close_does_not_follow() -> None:
    lead, own = record("2022-07-09", "done"), record("2022-09-30", "in_progress", HELPER, percent=10)
    assert points(lead, own, unit=HELPER) == 5
    assert points(lead, replace(own, date=Period(2022, 4).last_day), unit=HELPER) == 60


def test_one_members_report_is_not_anothers() -> None:
    lead, own = record("2022-07-09", "done"), record("2022-07-09", "done", COUNTY)
    assert points(lead, own, unit=COUNTY) == 100
    assert points(lead, own, unit=COUNTY_TOO) == 60


# The score


def test_a_score_is_the_mean_weighted_2_for_lead_and_1_for_responsible() -> None:
    # (2×100 + 1×90) / 3 = 96.666…
    on_time, late = record("2022-07-09", "done"), record("2022-08-09", "done", LEAD)
    assert score(task(1, progress=[on_time]), led_by_helper(2, late)) == Decimal("96.67")


@pytest.mark.parametrize(
    ("percents", "expected"),
    [
        ([0.01], "0.01"),  # 0.005, a half goes up
        ([0.03], "0.02"),  # 0.015
        ([0.05], "0.03"),  # 0.025, not to the even digit
        ([0.009], "0.00"),  # 0.0045
        ([100, 0, 0], "16.67"),  # 50/3
        ([50, 0, 0], "8.33"),  # 25/3
        ([4.35, 0], "1.09"),  # 2.175/2 = 1.0875
    ],
)
def test_a_score_has_two_decimals_rounded_half_up(percents: list[float], expected: str) -> None:
    tasks = [
        task(number, progress=[record("2022-08-09", "in_progress", percent=percent)])
        for number, percent in enumerate(percents, 1)
    ]
    assert str(score(*tasks)) == expected


def test_no_digit_of_what_the_office_writes_is_lost() -> None:
    """A mean that lies above or below a half by its thirtieth digit."""

    def scored(percent: float, share: float) -> Decimal | None:
        entry = record("2022-08-09", "in_progress", percent=percent)
        return score(task(progress=[entry]), open_share=share)

    assert scored(0.500000000000001, 0.00999999999999998) == 0  # 0.00499999999999999999999999999998
    assert scored(0.500000000000001, 0.00999999999999999) == Decimal("0.01")  # 0.005000000000000004…


def test_a_unit_to_which_nothing_was_due_has_no_score() -> None:
    assert score(task(deadline="2022-10", progress=[record("2022-06-09", "done")])) is None
    assert score(task(progress=[record("2022-08-09", "suspended")])) is None
    assert score_of([]) is None


# The rules are the office's


def test_the_office_may_set_every_number() -> None:
    on_time, late = record("2022-07-09", "done"), record("2022-09-09", "done")
    assert points(on_time, on_time=80) == 80
    assert points(late, late_per_month=2.5) == 95  # 100 - 2.5×2
    assert points(late, late_per_month=30) == 60
    assert points(late, late_per_month=30, late_floor=35) == 40  # 100 - 30×2
    assert points(on_time, unit=HELPER, silent=75.5) == Decimal("75.5")
    assert points(on_time, unit=HELPER, silent=100) == 100
    assert points(record("2022-08-09", "blocked", percent=50), open_share=0.7) == 35
    # (3×100 + 1×90) / 4 = 97.5
    tasks = task(1, progress=[on_time]), led_by_helper(2, record("2022-08-09", "done", LEAD))
    assert score(*tasks, weights=Weights(lead=3)) == Decimal("97.5")
