"""How a task stands against its deadline at a date (DESIGN §3). All ledgers are 模拟."""

from collections.abc import Iterable
from typing import Any

import pytest
from plans import (
    COUNTY,
    HELPER,
    LEAD,
    OTHER,
    day,
    extension,
    extension_retraction,
    plan,
    record,
    retraction,
    task,
    viewpoint,
)

from yzplan.assess.standing import (
    Position,
    Standing,
    completed_later,
    effective_deadline,
    overdue_since,
    part_position,
    position,
)
from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import Extension, Month, ProgressRecord, Status

TABLE = """\
not_due 未到期 绿
due_soon 临期 黄
overdue 逾期未完成 红
on_time 按期完成 绿
late 逾期完成 黄
suspended 中止 灰
"""


def standing(
    *records: ProgressRecord,
    as_of: str,
    extensions: Iterable[Extension] = (),
    deadline: str = "2022-07",
    complete: Any = "done",
    **asked: Any,
) -> Position:
    subject = task(deadline=deadline, progress=records, extensions=extensions)
    return position(plan(subject, complete=complete), subject, viewpoint(as_of, **asked))


def test_standings_and_their_lights() -> None:
    assert "".join(f"{each} {each.label} {each.light}\n" for each in Standing) == TABLE


# The deadline ends with the last day of its month


@pytest.mark.parametrize(
    ("as_of", "expected", "days", "is_carried_over"),
    [
        ("2022-05-31", "not_due", None, False),
        ("2022-06-30", "not_due", None, False),
        ("2022-07-01", "due_soon", None, False),
        ("2022-07-30", "due_soon", None, False),
        ("2022-07-31", "overdue", 0, False),
        ("2022-08-01", "overdue", 1, True),
        ("2022-08-31", "overdue", 31, True),
        ("2022-12-31", "overdue", 153, True),
    ],
)
def test_what_is_not_complete_at_the_end_of_the_last_day_is_overdue(
    as_of: str, expected: str, days: int | None, is_carried_over: bool
) -> None:
    found = standing(as_of=as_of)
    assert (found.standing, found.days_overdue, found.carried_over) == (expected, days, is_carried_over)
    assert not found.warning


def test_a_month_means_the_close_of_its_last_day_though_a_sunday() -> None:
    assert viewpoint("2022-07") == viewpoint("2022-07-31")
    assert viewpoint("2022-07").as_of.isoweekday() == 7
    assert standing(as_of="2022-07").standing is Standing.OVERDUE


@pytest.mark.parametrize("status", ["in_progress", "blocked", "returned"])
def test_whatever_is_said_short_of_completion_is_overdue(status: str) -> None:
    assert standing(record("2022-07-10", status, percent=99), as_of="2022-07").standing is Standing.OVERDUE


@pytest.mark.parametrize(
    ("completed_on", "expected"),
    [
        ("2022-06-01", Standing.ON_TIME),
        ("2022-07-31", Standing.ON_TIME),
        ("2022-08-01", Standing.LATE),
        ("2022-08-31", Standing.LATE),
    ],
)
def test_complete_by_the_last_day_is_on_time(completed_on: str, expected: Standing) -> None:
    found = standing(record("2022-09-05", "done", completed_on=completed_on), as_of="2022-09")
    assert (found.standing, found.days_overdue) == (expected, None)


def test_complete_ahead_of_time_is_on_time_at_once() -> None:
    assert standing(record("2022-06-01", "done"), as_of="2022-06").standing is Standing.ON_TIME


def test_what_was_completed_in_august_was_overdue_in_july_and_no_longer_is_in_august() -> None:
    done = record("2022-08-05", "done")
    assert standing(done, as_of="2022-07").standing is Standing.OVERDUE
    assert standing(done, as_of="2022-08-04").days_overdue == 4
    assert standing(done, as_of="2022-08").standing is Standing.LATE


def test_a_late_report_of_a_timely_completion_clears_july_for_who_knows_of_it() -> None:
    late = record("2022-08-03", "done", completed_on="2022-07-28")
    assert standing(late, as_of="2022-07").standing is Standing.ON_TIME
    assert standing(late, as_of="2022-07", known_at="2022-08-02").standing is Standing.OVERDUE
    assert standing(late, as_of="2022-07", known_at="2022-08-03").standing is Standing.ON_TIME


def test_a_returned_task_is_overdue_again_and_then_late() -> None:
    ledger = [
        record("2022-07-20", "done"),
        record("2022-08-05", "returned"),
        record("2022-08-20", "done", completed_on="2022-07-20"),
    ]
    stood = {as_of: standing(*ledger, as_of=as_of).standing for as_of in ("2022-07", "2022-08-05", "2022-08")}
    assert stood == {
        "2022-07": Standing.ON_TIME,
        "2022-08-05": Standing.LATE,
        "2022-08": Standing.LATE,
    }
    unknown = standing(*ledger, as_of="2022-08-05", known_at="2022-08-19")
    assert (unknown.standing, unknown.days_overdue) == (Standing.OVERDUE, 5)


def test_what_is_done_again_after_a_return_counts_from_the_return_at_every_close() -> None:
    ledger = [
        record("2022-08-02", "done"),
        record("2022-08-05", "returned"),
        record("2022-08-20", "done", completed_on="2022-07-28"),
    ]
    july, august = standing(*ledger, as_of="2022-07"), standing(*ledger, as_of="2022-08")
    assert (july.standing, july.state.completed_on) == (Standing.OVERDUE, None)
    assert (august.standing, str(august.state.completed_on)) == (Standing.LATE, "2022-08-05")


def test_where_verification_is_asked_for_done_is_overdue_until_verified_and_then_on_time() -> None:
    ledger = [record("2022-07-20", "done"), record("2022-08-10", "verified")]
    assert standing(*ledger, as_of="2022-07", complete="verified").standing is Standing.OVERDUE
    assert standing(*ledger, as_of="2022-08", complete="verified").standing is Standing.ON_TIME


# Suspension


def test_a_suspended_task_is_not_overdue_while_it_is_suspended() -> None:
    ledger = [record("2022-07-10", "suspended"), record("2022-09-15", "in_progress")]
    assert standing(*ledger, as_of="2022-07-09").standing is Standing.DUE_SOON
    assert standing(*ledger, as_of="2022-07").standing is Standing.SUSPENDED
    assert standing(*ledger, as_of="2022-08").days_overdue is None
    resumed = standing(*ledger, as_of="2022-09")
    assert (resumed.standing, resumed.days_overdue) == (Standing.OVERDUE, 61)


def test_a_suspended_task_that_was_completed_counts_from_its_completion() -> None:
    ledger = [record("2022-07-10", "suspended"), record("2022-09-15", "done")]
    assert standing(*ledger, as_of="2022-09").standing is Standing.LATE


# Today: what becomes overdue on a day that is not over yet is a warning


@pytest.mark.parametrize(
    ("as_of", "today", "expected", "is_warning", "days"),
    [
        pytest.param("2022-07-31", "2022-07-15", "due_soon", True, None, id="the-month-is-running"),
        pytest.param("2022-07-31", "2022-07-31", "due_soon", True, None, id="the-last-day-is-not-over"),
        pytest.param("2022-07-31", "2022-08-01", "overdue", False, 0, id="the-last-day-is-over"),
        pytest.param("2022-09-30", "2022-07-31", "due_soon", True, None, id="asked-ahead-on-the-last-day"),
        pytest.param("2022-09-30", "2022-08-15", "overdue", False, 61, id="asked-ahead-when-overdue"),
        pytest.param("2022-07-30", "2022-07-30", "due_soon", False, None, id="due-this-month"),
        pytest.param("2022-06-30", "2022-07-15", "not_due", False, None, id="asked-back"),
    ],
)
def test_a_deadline_that_has_not_passed_today_is_only_a_warning(
    as_of: str, today: str, expected: str, is_warning: bool, days: int | None
) -> None:
    found = standing(as_of=as_of, today=today)
    assert (found.standing, found.warning, found.days_overdue) == (expected, is_warning, days)


def test_what_is_complete_is_no_warning() -> None:
    found = standing(record("2022-07-10", "done"), as_of="2022-07", today="2022-07-15")
    assert (found.standing, found.warning) == (Standing.ON_TIME, False)


# Extensions: the effective deadline


def effective(*extensions: Extension, as_of: str, known_at: str | None = None) -> str:
    return str(effective_deadline(task(extensions=extensions), viewpoint(as_of, known_at=known_at)))


def test_without_an_extension_the_printed_deadline_holds() -> None:
    assert effective(as_of="2022-12") == "2022-07"


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        pytest.param([extension("2022-10", "2022-07-20")], "2022-10", id="one"),
        pytest.param(
            [extension("2022-10", "2022-07-20"), extension("2022-11", "2022-09-20")], "2022-11", id="two"
        ),
        pytest.param(
            [extension("2022-11", "2022-07-20"), extension("2022-09", "2022-08-20")],
            "2022-09",
            id="the-one-approved-last-though-shorter",
        ),
        pytest.param(
            [extension("2022-09", "2022-08-20"), extension("2022-11", "2022-07-20")],
            "2022-09",
            id="whatever-the-order-of-the-file",
        ),
        pytest.param(
            [extension("2022-10", "2022-07-20"), extension("2022-09", "2022-07-20")],
            "2022-10",
            id="of-equal-days-the-later-month",
        ),
        pytest.param(
            [extension("2022-09", "2022-07-20"), extension("2022-10", "2022-07-20")],
            "2022-10",
            id="of-equal-days-the-later-month-whatever-the-order",
        ),
        pytest.param([extension("2022-06", "2022-06-20")], "2022-06", id="brought-forward"),
    ],
)
def test_of_several_extensions_the_one_approved_last_counts(
    extensions: list[Extension], expected: str
) -> None:
    assert effective(*extensions, as_of="2022-12") == expected


def test_an_extension_holds_from_the_day_it_was_approved() -> None:
    granted = extension("2022-10", "2022-07-20")
    assert effective(granted, as_of="2022-07-19") == "2022-07"
    assert effective(granted, as_of="2022-07-20") == "2022-10"


def test_an_extension_never_moves_the_printed_deadline() -> None:
    assert task(extensions=[extension("2022-10", "2022-07-20")]).deadline == Month(2022, 7)


def test_an_extension_approved_in_time_spares_the_old_month() -> None:
    granted = [extension("2022-10", "2022-07-20")]
    stood = [
        (as_of, standing(as_of=as_of, extensions=granted).standing.value)
        for as_of in ("2022-07-19", "2022-07", "2022-09", "2022-10-30", "2022-10")
    ]
    assert stood == [
        ("2022-07-19", "due_soon"),
        ("2022-07", "not_due"),
        ("2022-09", "not_due"),
        ("2022-10-30", "due_soon"),
        ("2022-10", "overdue"),
    ]
    assert standing(as_of="2022-10", extensions=granted).days_overdue == 0
    assert not standing(as_of="2022-10", extensions=granted).carried_over


def test_an_extension_approved_late_does_not_erase_the_months_before_it() -> None:
    granted = [extension("2022-10", "2022-08-10")]
    stood = [
        (as_of, standing(as_of=as_of, extensions=granted).days_overdue)
        for as_of in ("2022-07", "2022-08-09", "2022-08-10", "2022-08", "2022-10", "2022-11-01")
    ]
    assert stood == [
        ("2022-07", 0),
        ("2022-08-09", 9),
        ("2022-08-10", None),
        ("2022-08", None),
        ("2022-10", 0),
        ("2022-11-01", 1),
    ]


def test_completion_is_measured_by_the_effective_deadline() -> None:
    done = record("2022-09-10", "done")
    assert standing(done, as_of="2022-09").standing is Standing.LATE
    granted = [extension("2022-10", "2022-07-20")]
    assert standing(done, as_of="2022-09", extensions=granted).standing is Standing.ON_TIME


def test_an_extension_entered_later_was_not_known_before() -> None:
    granted = extension("2022-10", "2022-07-20", recorded_on="2022-08-08")
    assert effective(granted, as_of="2022-07") == "2022-10"
    assert effective(granted, as_of="2022-07", known_at="2022-08-07") == "2022-07"
    assert effective(granted, as_of="2022-07", known_at="2022-08-08") == "2022-10"


def test_an_extension_not_entered_later_was_known_when_approved() -> None:
    granted = extension("2022-10", "2022-07-20")
    assert effective(granted, as_of="2022-07", known_at="2022-07-19") == "2022-07"
    assert effective(granted, as_of="2022-07", known_at="2022-07-20") == "2022-10"


def test_a_corrected_extension_never_moved_the_deadline() -> None:
    granted = extension("2022-10", "2022-07-20")
    correction = extension_retraction("2022-09-01", granted)
    assert effective(granted, correction, as_of="2022-07") == "2022-07"
    assert effective(granted, correction, as_of="2022-12") == "2022-07"
    assert effective(granted, correction, as_of="2022-12", known_at="2022-08-31") == "2022-10"


def test_where_an_extension_is_corrected_the_one_before_it_holds() -> None:
    first, second = extension("2022-09", "2022-07-20"), extension("2022-11", "2022-09-20")
    assert effective(first, second, extension_retraction("2022-09-25", second), as_of="2022-12") == "2022-09"


# Since when it is overdue


def since(
    *records: ProgressRecord,
    as_of: str,
    extensions: Iterable[Extension] = (),
    unit: str | None = None,
    **asked: Any,
) -> str | None:
    subject = task(progress=records, extensions=extensions)
    found = overdue_since(plan(subject), subject, viewpoint(as_of, **asked), unit)
    return str(found) if found else None


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2022-07-30", None), ("2022-07-31", "2022-07-31"), ("2022-12-31", "2022-07-31")],
)
def test_overdue_since_the_last_day_of_the_deadline(as_of: str, expected: str | None) -> None:
    assert since(as_of=as_of) == expected


def test_overdue_since_the_return_of_what_had_been_done() -> None:
    ledger = [record("2022-07-20", "done"), record("2022-08-05", "returned")]
    assert since(*ledger, as_of="2022-08-04") is None
    assert since(*ledger, as_of="2022-12") == "2022-08-05"


def test_overdue_since_the_deadline_where_the_return_came_before_it() -> None:
    ledger = [record("2022-07-10", "done"), record("2022-07-15", "returned")]
    assert since(*ledger, as_of="2022-12") == "2022-07-31"


def test_overdue_since_the_end_of_the_extension_that_ran_out() -> None:
    assert since(as_of="2022-12", extensions=[extension("2022-10", "2022-07-20")]) == "2022-10-31"


def test_overdue_twice_is_counted_from_the_second_time() -> None:
    granted = [extension("2022-09", "2022-08-10")]
    assert since(as_of="2022-08-09", extensions=granted) == "2022-07-31"
    assert since(as_of="2022-08-10", extensions=granted) is None
    assert since(as_of="2022-10", extensions=granted) == "2022-09-30"


def test_an_extension_that_was_over_when_approved_changes_nothing() -> None:
    assert since(as_of="2022-12", extensions=[extension("2022-08", "2022-09-10")]) == "2022-07-31"


def test_overdue_since_the_day_a_shortened_extension_was_approved() -> None:
    granted = [extension("2022-10", "2022-07-20"), extension("2022-08", "2022-09-10")]
    assert since(as_of="2022-09", extensions=granted) == "2022-09-10"


def test_overdue_since_the_resumption_of_what_was_suspended() -> None:
    ledger = [record("2022-07-10", "suspended"), record("2022-09-15", "in_progress")]
    assert since(*ledger, as_of="2022-08") is None
    assert since(*ledger, as_of="2022-12") == "2022-09-15"


def test_a_correction_makes_it_overdue_from_the_deadline_on() -> None:
    done = record("2022-07-20", "done")
    ledger = [done, retraction("2022-09-01", done)]
    assert since(*ledger, as_of="2022-12") == "2022-07-31"
    assert since(*ledger, as_of="2022-12", known_at="2022-08-31") is None


def test_a_warning_says_from_when_it_will_be_overdue() -> None:
    assert since(as_of="2022-07", today="2022-07-15") == "2022-07-31"


def test_a_part_is_overdue_since_its_own_day() -> None:
    ledger = [
        record("2022-07-20", "done"),
        record("2022-07-20", "done", HELPER),
        record("2022-08-05", "returned", HELPER),
    ]
    assert since(*ledger, as_of="2022-12") is None
    assert since(*ledger, as_of="2022-12", unit=HELPER) == "2022-08-05"
    assert since(*ledger, as_of="2022-12", unit=OTHER) is None


# What was completed later


def later(*records: ProgressRecord, as_of: str, unit: str | None = None, **asked: Any) -> str | None:
    subject = task(progress=records)
    found = completed_later(plan(subject), subject, viewpoint(as_of, **asked), unit)
    return str(found) if found else None


def test_completed_later_is_the_day_after_the_close_on_which_it_was_completed() -> None:
    done = record("2022-08-05", "done")
    assert later(done, as_of="2022-07") == "2022-08-05"
    assert later(done, as_of="2022-08-04") == "2022-08-05"
    assert later(done, as_of="2022-08-05") is None
    assert later(as_of="2022-07") is None


def test_completed_later_only_if_it_was_known() -> None:
    done = record("2022-08-05", "done")
    assert later(done, as_of="2022-07", known_at="2022-08-04") is None
    assert later(done, as_of="2022-07", known_at="2022-08-05") == "2022-08-05"
    reported_late = record("2022-09-05", "done", completed_on="2022-08-05")
    assert later(reported_late, as_of="2022-07") == "2022-08-05"
    assert later(reported_late, as_of="2022-07", known_at="2022-09-04") is None


def test_completed_later_is_what_stands_in_the_end() -> None:
    done, returned = record("2022-08-05", "done"), record("2022-08-20", "returned")
    again = record("2022-09-10", "done")
    assert later(done, returned, as_of="2022-07") is None
    assert later(done, returned, again, as_of="2022-07") == "2022-09-10"
    assert later(done, returned, again, as_of="2022-07", known_at="2022-08-19") == "2022-08-05"


def test_completed_later_of_a_part_that_follows_its_lead() -> None:
    done = record("2022-08-05", "done")
    assert later(done, as_of="2022-07", unit=HELPER) == "2022-08-05"
    own = record("2022-08-01", "in_progress", HELPER)
    assert later(done, own, as_of="2022-07", unit=HELPER) is None


# Parts


def part(*records: ProgressRecord, unit: str, as_of: str = "2022-07", **asked: Any) -> Position:
    subject = task(progress=records)
    return part_position(plan(subject), subject, unit, viewpoint(as_of, **asked))


def test_a_silent_part_follows_its_lead() -> None:
    found = part(record("2022-07-20", "done", percent=100), unit=COUNTY)
    assert (found.follows_lead, found.standing) == (True, Standing.ON_TIME)
    assert (found.state.status, found.state.percent) == (Status.DONE, 100)
    assert found.state.completed_on == day("2022-07-20")


def test_with_nobody_reporting_a_silent_part_is_overdue_with_its_lead() -> None:
    found = part(unit=COUNTY)
    assert (found.follows_lead, found.standing, found.days_overdue) == (True, Standing.OVERDUE, 0)


def test_a_part_that_has_spoken_stands_for_itself() -> None:
    ledger = [record("2022-07-20", "done"), record("2022-07-10", "in_progress", COUNTY, percent=30)]
    found = part(*ledger, unit=COUNTY)
    assert (found.follows_lead, found.standing, found.state.percent) == (False, Standing.OVERDUE, 30)


def test_a_part_follows_its_lead_until_its_own_record_takes_effect() -> None:
    ledger = [record("2022-07-20", "done"), record("2022-08-10", "blocked", COUNTY)]
    assert part(*ledger, unit=COUNTY, as_of="2022-08-09").follows_lead
    assert not part(*ledger, unit=COUNTY, as_of="2022-08-10").follows_lead
    assert part(*ledger, unit=COUNTY, as_of="2022-08-10", known_at="2022-08-09").follows_lead


def test_a_part_whose_only_record_was_corrected_follows_its_lead_again() -> None:
    mistaken = record("2022-07-10", "in_progress", COUNTY)
    ledger = [mistaken, record("2022-07-20", "done"), retraction("2022-07-25", mistaken)]
    assert part(*ledger, unit=COUNTY).follows_lead
    assert not part(*ledger, unit=COUNTY, known_at="2022-07-24").follows_lead


def test_a_lead_never_follows() -> None:
    assert not part(unit=LEAD).follows_lead


def test_the_task_stands_as_its_lead_does_whatever_the_others_say() -> None:
    ledger = [
        record("2022-07-10", "done", HELPER),
        record("2022-07-10", "done", OTHER),
        record("2022-07-10", "suspended", COUNTY),
    ]
    assert standing(*ledger, as_of="2022-07").standing is Standing.OVERDUE
    assert part(*ledger, unit=COUNTY).standing is Standing.SUSPENDED
    assert part(*ledger, unit=HELPER).standing is Standing.ON_TIME


# The viewpoint


def test_a_viewpoint_asks_about_a_month_with_what_it_knows() -> None:
    asked = viewpoint("2022-07-31", known_at="2022-08-05")
    assert asked.month == Month(2022, 7)
    assert [asked.knows(day(date)) for date in ("2022-08-05", "2022-08-06")] == [True, False]
    assert asked.at(day("2022-06-30")) == viewpoint("2022-06-30", known_at="2022-08-05")


def test_a_viewpoint_without_known_at_knows_all_of_the_file() -> None:
    assert Viewpoint(as_of=day("2022-07-31"), today=day("2022-08-01")).knows(day("2099-12-31"))
