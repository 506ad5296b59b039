"""What a new entry comes to, in words. All records here are 模拟; the commands' tests say the rest."""

from plans import HELPER, LEAD, day, extension, record, retraction, task

from yzplan.check.consequences import consequences, overtaken
from yzplan.model import LedgerEntry, Task

TODAY = day("2022-08-05")


def said(subject: Task, entry: LedgerEntry) -> list[str]:
    return [*consequences(subject, subject.with_entry(entry), entry, TODAY)]


def test_an_older_record_is_pointed_out() -> None:
    subject = task(progress=[record("2022-07-10", "in_progress"), record("2022-07-20", "blocked", HELPER)])
    assert said(subject, record("2022-07-10", "blocked")) == []
    assert said(subject, record("2022-07-09", "blocked")) == [
        "注意：第 1 项 模拟牵头局 的填报日期 2022-07-09 早于已有的最近一条（2022-07-10），按日期先后插入"
    ]


def test_what_is_done_again_after_a_return_counts_from_the_return() -> None:
    subject = task(progress=[record("2022-07-10", "done"), record("2022-07-20", "returned")])
    assert said(subject, record("2022-08-01", "done", completed_on="2022-07-25")) == []
    assert said(subject, record("2022-08-01", "done", completed_on="2022-07-05")) == [
        "注意：第 1 项 模拟牵头局 退回以后重报，完成日按退回之日 2022-07-20 计"
    ]


def test_a_completion_said_twice_counts_from_the_first() -> None:
    subject = task(progress=[record("2022-07-10", "done")])
    assert said(subject, record("2022-08-01", "done", completed_on="2022-07-10")) == []
    assert said(subject, record("2022-08-01", "done")) == [
        "注意：第 1 项 模拟牵头局 以前已报完成，完成日仍按 2022-07-10 计；要更正，先用 undo 作废以前那条"
    ]
    assert said(subject, record("2022-08-01", "done", HELPER)) == []


def test_verified_before_the_day_of_completion_it_is_complete_at_once() -> None:
    subject = task(progress=[record("2022-07-10", "done", completed_on="2022-09-01")])
    assert said(subject, record("2022-08-01", "verified")) == [
        "注意：第 1 项 模拟牵头局 的完成日 2022-09-01 还没有到，自认定之日 2022-08-01 起即算完成"
    ]


def test_a_correction_tells_what_is_left() -> None:
    mistaken = record("2022-07-20", "done")
    subject = task(progress=[record("2022-07-10", "in_progress"), mistaken])
    left = "第 1 项 模拟牵头局 2022-07-20 报的“已报完成”作废，现为“推进中”"
    assert said(subject, retraction("2022-07-21", mistaken)) == [left]
    assert said(subject, retraction("2022-07-19", mistaken)) == [
        "注意：第 1 项更正的日期 2022-07-19 早于所更正的记录（2022-07-20）",
        left,
    ]


def test_an_extension_tells_what_it_does_not_do() -> None:
    given = extension("2022-11", "2022-07-25")
    subject = task(deadline="2022-07", progress=[record("2022-07-10", "suspended")], extensions=[given])
    assert said(subject, extension("2022-10", "2022-07-20")) == [
        "注意：第 1 项现为“中止”",
        "注意：第 1 项另有以后批准的延期，现行时限仍为 2022-11",
    ]


def test_what_was_overtaken_on_its_day_is_told() -> None:
    done, returned = record("2022-07-10", "done"), record("2022-07-10", "returned")
    assert [*overtaken(task(progress=[done]), done)] == []
    assert [*overtaken(task(progress=[done, returned]), done)] == [
        "注意：第 1 项 模拟牵头局 当天其后又记为“退回”；确要再报“已报完成”，请用 --note 写明缘由"
    ]
    assert done.unit == LEAD
