"""What state a part is in at the close of a day, and since when it is complete (DESIGN §2, §3).

All ledgers are 模拟. A ledger is written in the order of the file.
"""

from typing import Any

import pytest
from plans import HELPER, LEAD, LONG_AFTER, day, plan, record, retraction, task, viewpoint

from yzplan.assess.replay import State, state_of
from yzplan.assess.standing import part_position, position
from yzplan.model import ProgressRecord, Status

DONE = record("2022-07-20", "done")
RETURN = record("2022-08-05", "returned", note="模拟：佐证不全")


def state(
    *records: ProgressRecord,
    as_of: str = LONG_AFTER,
    known_at: str | None = None,
    complete: Any = "done",
) -> State:
    subject = task(progress=records)
    return position(plan(subject, complete=complete), subject, viewpoint(as_of, known_at=known_at)).state


def completed(*records: ProgressRecord, **asked: Any) -> str | None:
    found = state(*records, **asked).completed_on
    return str(found) if found else None


# The state is the status of the last record in effect


def test_nothing_reported_is_not_started() -> None:
    assert state() == State(status=Status.NOT_STARTED, completed_on=None, percent=None, last_record=None)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2022-06-09", "not_started"),
        ("2022-06-10", "in_progress"),
        ("2022-07-01", "blocked"),
        ("2022-07-19", "blocked"),
        ("2022-07-20", "done"),
        ("2022-07-25", "verified"),
        ("2022-08-05", "returned"),
        ("2022-08-06", "in_progress"),
        ("2022-08-20", "suspended"),
        ("2022-09-01", "in_progress"),
    ],
)
def test_the_last_record_in_effect_decides(as_of: str, status: str) -> None:
    ledger = [
        record("2022-06-10", "in_progress"),
        record("2022-07-01", "blocked"),
        DONE,
        record("2022-07-25", "verified"),
        RETURN,
        record("2022-08-06", "in_progress"),
        record("2022-08-20", "suspended"),
        record("2022-09-01", "in_progress"),
    ]
    found = state(*ledger, as_of=as_of)
    assert found.status == status
    assert (found.last_record.status if found.last_record else "not_started") == status


def test_of_equal_dates_the_later_in_the_file_is_last() -> None:
    begun, stuck = record("2022-07-01", "in_progress"), record("2022-07-01", "blocked")
    assert state(begun, stuck).status is Status.BLOCKED
    assert state(stuck, begun).status is Status.IN_PROGRESS


def test_a_file_out_of_order_is_replayed_by_date() -> None:
    assert state(DONE, record("2022-06-10", "in_progress")).status is Status.DONE


@pytest.mark.parametrize(
    "statuses",
    [
        pytest.param(["verified"], id="verified-out-of-nothing"),
        pytest.param(["returned", "verified"], id="returned-then-verified"),
        pytest.param(["verified", "done"], id="done-after-verified"),
        pytest.param(["done", "suspended"], id="suspended-though-done"),
        pytest.param(["suspended", "returned"], id="returned-though-suspended"),
        pytest.param(["done", "in_progress"], id="in-progress-after-done"),
    ],
)
def test_replay_is_total_whatever_the_transitions(statuses: list[str]) -> None:
    ledger = [record(f"2022-07-{10 + at}", status) for at, status in enumerate(statuses)]
    found = state(*ledger)
    assert found.status == statuses[-1]
    assert (found.completed_on is not None) == (statuses[-1] in ("done", "verified"))


def test_only_the_units_own_records_speak_of_its_part() -> None:
    ledger = [record("2022-07-01", "blocked"), record("2022-07-05", "done", HELPER)]
    subject = task(progress=ledger)
    asked = viewpoint("2022-07")
    assert position(plan(subject), subject, asked).state.status is Status.BLOCKED
    assert part_position(plan(subject), subject, LEAD, asked).state.status is Status.BLOCKED
    assert part_position(plan(subject), subject, HELPER, asked).state.status is Status.DONE


def test_a_correction_alone_is_no_report() -> None:
    mistaken = record("2022-07-01", "blocked")
    assert state(mistaken, retraction("2022-07-02", mistaken)) == State()
    assert state_of([retraction("2022-07-02", mistaken)], day("2022-07-31")) == State()


# Two clocks: a record takes effect on its completion day if it has one, else on its date


def test_a_completion_counts_from_the_day_it_was_reported() -> None:
    assert completed(DONE) == "2022-07-20"


def test_a_late_report_counts_from_the_day_of_completion() -> None:
    late = record("2022-08-03", "done", completed_on="2022-07-28")
    assert completed(late) == "2022-07-28"
    assert completed(late, as_of="2022-07-28") == "2022-07-28"
    assert completed(late, as_of="2022-07-27") is None
    assert state(late, as_of="2022-07-27").status is Status.NOT_STARTED


def test_a_late_report_was_not_known_before_it_was_reported() -> None:
    late = record("2022-08-03", "done", completed_on="2022-07-28")
    assert completed(late, as_of="2022-07-31", known_at="2022-08-02") is None
    assert completed(late, as_of="2022-07-31", known_at="2022-08-03") == "2022-07-28"


def test_a_late_report_still_comes_after_what_was_reported_before_it() -> None:
    ledger = [
        record("2022-08-01", "blocked"),
        record("2022-08-03", "done", completed_on="2022-07-28"),
    ]
    assert state(*ledger, as_of="2022-07-31").status is Status.DONE
    assert state(*ledger, as_of="2022-08-01").status is Status.DONE
    assert state(*ledger, as_of="2022-08-01", known_at="2022-08-02").status is Status.BLOCKED


def test_a_completion_announced_for_later_counts_when_the_day_has_come() -> None:
    announced = record("2022-07-20", "done", completed_on="2022-07-25")
    assert state(announced, as_of="2022-07-24").status is Status.NOT_STARTED
    assert completed(announced, as_of="2022-07-25") == "2022-07-25"


# The run: complete since its first record


@pytest.mark.parametrize(
    ("ledger", "since"),
    [
        pytest.param([DONE, record("2022-07-25", "done")], "2022-07-20", id="done-again"),
        pytest.param(
            [DONE, record("2022-07-25", "done", completed_on="2022-07-24")],
            "2022-07-20",
            id="done-again-with-a-later-day",
        ),
        pytest.param([DONE, record("2022-09-01", "verified")], "2022-07-20", id="done-then-verified"),
        pytest.param([record("2022-09-01", "verified")], "2022-09-01", id="verified-at-once"),
        pytest.param([DONE, record("2022-07-22", "in_progress")], None, id="no-longer-done"),
        pytest.param(
            [DONE, record("2022-07-22", "in_progress"), record("2022-07-29", "done")],
            "2022-07-29",
            id="run-broken-by-progress",
        ),
        pytest.param(
            [DONE, record("2022-07-22", "suspended"), record("2022-09-01", "done")],
            "2022-09-01",
            id="run-broken-by-suspension",
        ),
    ],
)
def test_completion_is_the_first_day_of_the_unbroken_run(
    ledger: list[ProgressRecord], since: str | None
) -> None:
    assert completed(*ledger) == since


# A return breaks the completion


def test_a_return_breaks_the_completion() -> None:
    assert completed(DONE, RETURN) is None
    assert completed(DONE, RETURN, as_of="2022-08-04") == "2022-07-20"
    assert state(DONE, RETURN).status is Status.RETURNED


def test_what_is_done_again_counts_from_the_new_day() -> None:
    assert completed(DONE, RETURN, record("2022-08-20", "done")) == "2022-08-20"


@pytest.mark.parametrize(
    ("claimed", "counted"),
    [
        pytest.param("2022-07-20", "2022-08-05", id="before-the-return"),
        pytest.param("2022-08-05", "2022-08-05", id="on-the-day-of-the-return"),
        pytest.param("2022-08-10", "2022-08-10", id="after-the-return"),
    ],
)
def test_after_a_return_completion_is_never_earlier_than_the_return(claimed: str, counted: str) -> None:
    assert completed(DONE, RETURN, record("2022-08-20", "done", completed_on=claimed)) == counted


def test_the_return_that_counts_is_the_last_one() -> None:
    again = record("2022-08-10", "done")
    returned = record("2022-09-05", "returned")
    claimed = record("2022-09-20", "done", completed_on="2022-08-10")
    assert completed(DONE, RETURN, again, returned, claimed) == "2022-09-05"


def test_an_earlier_return_still_binds_after_work_went_on() -> None:
    begun = record("2022-08-08", "in_progress")
    claimed = record("2022-08-20", "done", completed_on="2022-07-28")
    assert completed(DONE, RETURN, begun, claimed) == "2022-08-05"


def test_a_retracted_return_breaks_nothing() -> None:
    taken_back = retraction("2022-08-08", RETURN)
    assert completed(DONE, RETURN, taken_back) == "2022-07-20"
    assert completed(DONE, RETURN, taken_back, as_of="2022-08-06", known_at="2022-08-07") is None


# Corrections


def test_a_correction_removes_a_record_from_its_date_on() -> None:
    correction = retraction("2022-08-02", DONE)
    begun = record("2022-06-10", "in_progress")
    assert state(begun, DONE, correction).status is Status.IN_PROGRESS
    assert state(begun, DONE, correction).last_record == begun
    assert completed(begun, DONE, correction, as_of="2022-07-31") is None


def test_a_correction_changes_no_report_that_did_not_know_of_it() -> None:
    correction = retraction("2022-08-02", DONE)
    assert completed(DONE, correction, known_at="2022-08-01") == "2022-07-20"
    assert completed(DONE, correction, known_at="2022-08-02") is None


def test_a_correction_holds_for_good() -> None:
    correction = retraction("2022-08-02", DONE)
    undone = retraction("2022-08-03", correction)
    assert completed(DONE, correction, undone) is None


def test_what_is_said_again_with_a_note_of_its_own_counts() -> None:
    again = record("2022-07-20", "done", note="模拟：经核实，确已完成")
    assert completed(DONE, retraction("2022-08-02", DONE), again) == "2022-07-20"


def test_the_same_content_stays_corrected() -> None:
    assert completed(DONE, retraction("2022-08-02", DONE), DONE) is None


def test_a_correction_of_a_part_of_the_run_leaves_the_rest() -> None:
    verified = record("2022-07-25", "verified")
    assert completed(DONE, verified, retraction("2022-08-01", DONE)) == "2022-07-25"
    assert completed(DONE, verified, retraction("2022-08-01", verified)) == "2022-07-20"


# Percent


@pytest.mark.parametrize(
    ("ledger", "percent"),
    [
        pytest.param([record("2022-06-10", "in_progress")], None, id="never-said"),
        pytest.param([record("2022-06-10", "in_progress", percent=40)], 40, id="said"),
        pytest.param([record("2022-06-10", "in_progress", percent=0)], 0, id="nought"),
        pytest.param(
            [record("2022-06-10", "in_progress", percent=40), record("2022-07-01", "blocked")],
            40,
            id="kept-by-a-record-without",
        ),
        pytest.param(
            [record("2022-06-10", "in_progress", percent=60), record("2022-07-01", "blocked", percent=50)],
            50,
            id="last-one-counts-though-lower",
        ),
        pytest.param([record("2022-07-01", "done", percent=100), RETURN], None, id="gone-after-a-return"),
        pytest.param(
            [record("2022-07-01", "done", percent=100), record("2022-08-05", "returned", percent=70)],
            70,
            id="of-the-return-itself",
        ),
        pytest.param(
            [
                record("2022-07-01", "done", percent=100),
                RETURN,
                record("2022-08-20", "in_progress", percent=80),
                record("2022-08-25", "blocked"),
            ],
            80,
            id="since-the-return",
        ),
    ],
)
def test_percent_is_that_of_the_last_record_since_a_return_that_carries_one(
    ledger: list[ProgressRecord], percent: int | None
) -> None:
    assert state(*ledger).percent == percent


# The office may count a part as complete only once it is verified (plan.policy.complete)


@pytest.mark.parametrize(
    ("ledger", "since"),
    [
        pytest.param([DONE], None, id="done-only"),
        pytest.param(
            [DONE, record("2022-09-01", "verified")], "2022-07-20", id="from-the-first-day-of-the-run"
        ),
        pytest.param(
            [
                record("2022-08-03", "done", completed_on="2022-07-28"),
                record("2022-09-01", "verified"),
            ],
            "2022-07-28",
            id="from-the-day-of-completion",
        ),
        pytest.param([record("2022-09-01", "verified")], "2022-09-01", id="verified-at-once"),
        pytest.param([DONE, record("2022-07-25", "verified"), RETURN], None, id="returned"),
        pytest.param(
            [DONE, record("2022-07-25", "verified"), RETURN, record("2022-08-20", "done")],
            None,
            id="the-new-run-is-not-verified",
        ),
        pytest.param(
            [
                DONE,
                record("2022-07-25", "verified"),
                RETURN,
                record("2022-08-20", "done"),
                record("2022-08-25", "verified"),
            ],
            "2022-08-20",
            id="the-new-run-is-verified",
        ),
    ],
)
def test_where_verification_is_asked_for(ledger: list[ProgressRecord], since: str | None) -> None:
    assert completed(*ledger, complete="verified") == since


def test_before_the_verification_it_was_not_complete() -> None:
    ledger = [DONE, record("2022-09-01", "verified")]
    assert completed(*ledger, as_of="2022-08-31", complete="verified") is None
    assert completed(*ledger, as_of="2022-09-01", complete="verified") == "2022-07-20"
