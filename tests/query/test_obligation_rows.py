"""Why an obligation earns what it earns, and from which record (DESIGN §4). Reports are 模拟."""

from decimal import Decimal
from typing import Literal

import pytest
from plans import HELPER, LEAD, extension, plan, record, retraction, task

from yzplan.assess.scoring import close_of
from yzplan.assess.standing import Standing
from yzplan.model import Extension, Month, Period, ProgressRecord, Status
from yzplan.query.obligations import ObligationRow, obligation_rows

DONE = record("2022-07-09", "done")
LATE = record("2022-09-09", "done")
OPEN = record("2022-07-09", "in_progress", percent=33.5)
STUCK = record("2022-08-09", "blocked")
VERIFIED = record("2022-08-09", "verified")
RETURNED = record("2022-08-09", "returned")
SUSPENDED = record("2022-08-09", "suspended")
OWN = record("2022-08-09", "in_progress", HELPER, percent=80)
LATER = extension("2022-10", "2022-07-20")


def row_of(
    unit: str,
    *progress: ProgressRecord,
    extensions: tuple[Extension, ...] = (),
    complete: Literal["done", "verified"] = "done",
) -> ObligationRow:
    subject = plan(task(progress=progress, extensions=extensions), complete=complete)
    [row] = obligation_rows(subject, unit, close_of(Period(2022, 3)))
    return row


def test_a_row_says_all_that_counts() -> None:
    assert row_of(HELPER, OWN) == ObligationRow(
        task=1,
        text="模拟任务1。",
        role="responsible",
        effective_deadline=Month(2022, 7),
        status=Status.IN_PROGRESS,
        percent=80,
        completed_on=None,
        standing=Standing.OVERDUE,
        follows_lead=False,
        points=Decimal(40),
        weight=Decimal(1),
        why="未完成（推进中），进度 80×0.5",
        ref=OWN.ref,
    )


@pytest.mark.parametrize(
    ("unit", "progress", "why", "source"),
    [
        (LEAD, [DONE], "2022-07-09 完成，按期", DONE),
        (LEAD, [DONE, VERIFIED], "2022-07-09 完成，按期", DONE),
        (LEAD, [LATE], "2022-09-09 完成，逾期 2 个月，100-10×2，不低于 60", LATE),
        (LEAD, [OPEN], "未完成（推进中），进度 33.5×0.5", OPEN),
        (LEAD, [OPEN, STUCK], "未完成（受阻），进度 33.5×0.5", OPEN),
        (LEAD, [STUCK], "未完成（受阻），没有报进度", STUCK),
        (LEAD, [DONE, RETURNED], "未完成（退回），没有报进度", RETURNED),
        (LEAD, [DONE, retraction("2022-08-01", DONE)], "未完成（未启动），没有报进度", None),
        (LEAD, [SUSPENDED], "中止，不计", SUSPENDED),
        (LEAD, [], "未完成（未启动），没有报进度", None),
        (HELPER, [DONE], "随牵头单位：2022-07-09 完成，按期，最多 60", DONE),
        (HELPER, [LATE], "随牵头单位：2022-09-09 完成，逾期 2 个月，100-10×2，不低于 60，最多 60", LATE),
        (HELPER, [OPEN], "随牵头单位：未完成（推进中），进度 33.5×0.5，最多 60", OPEN),
        (HELPER, [STUCK], "随牵头单位：未完成（受阻），没有报进度", STUCK),
        (HELPER, [SUSPENDED], "随牵头单位：中止，不计", SUSPENDED),
        (HELPER, [], "随牵头单位：未完成（未启动），没有报进度", None),
        (HELPER, [DONE, OWN], "未完成（推进中），进度 80×0.5", OWN),
    ],
)
def test_why_and_from_which_record(
    unit: str, progress: list[ProgressRecord], why: str, source: ProgressRecord | None
) -> None:
    row = row_of(unit, *progress)
    assert (row.why, row.ref) == (why, source.ref if source else None)


def test_what_is_not_due_says_so_and_earns_nothing_yet() -> None:
    for unit in (LEAD, HELPER):
        row = row_of(unit, DONE, extensions=(LATER,))
        assert (row.points, row.why) == (None, "未到期，不计")


def test_where_the_office_must_verify_it_says_what_is_still_to_be_verified() -> None:
    assert row_of(LEAD, DONE, complete="verified").why == "未认定，没有报进度"
    assert row_of(LEAD, DONE, VERIFIED, complete="verified").why == "2022-07-09 完成，按期"
