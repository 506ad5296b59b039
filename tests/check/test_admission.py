"""What may enter the ledger, and what is said aloud about it. All records here are 模拟."""

from dataclasses import replace

import pytest
from plans import (
    COUNTIES,
    COUNTY,
    HELPER,
    LEAD,
    day,
    extension,
    extension_retraction,
    month,
    plan,
    record,
    retraction,
    shipped,
    task,
)

from yzplan.check.admission import check_admissible, check_metrics, reporter, status_before
from yzplan.errors import RequestError
from yzplan.model import TRANSITIONS, Extension, ProgressRecord, Status


def refusal_of(new: ProgressRecord, *ledger: ProgressRecord) -> str:
    with pytest.raises(RequestError) as refused:
        check_admissible(task(progress=ledger), new)
    return str(refused.value)


@pytest.mark.parametrize("after", list(Status))
@pytest.mark.parametrize("before", list(Status))
def test_the_table_of_transitions_is_kept(before: Status, after: Status) -> None:
    ledger = [] if before is Status.NOT_STARTED else [record("2022-07-01", before)]
    subject, new = task(progress=ledger), record("2022-07-02", after)
    if after in TRANSITIONS[before]:
        check_admissible(subject, new)
    else:
        with pytest.raises(RequestError, match=f"现为“{before.label}”，不能记为“{after.label}”"):
            check_admissible(subject, new)


def test_a_refusal_tells_what_a_unit_and_what_the_office_may_say_instead() -> None:
    assert refusal_of(record("2022-07-02", "in_progress"), record("2022-07-01", "done")) == (
        "第 1 项 模拟牵头局 现为“已报完成”，不能记为“推进中”\n"
        "  提示：从这里单位可以报：已报完成；办公室可以作出：已认定、退回"
    )


def test_other_units_and_what_was_taken_back_do_not_count() -> None:
    mistaken = record("2022-07-01", "done")
    ledger = [mistaken, record("2022-07-01", "done", HELPER), retraction("2022-07-02", mistaken)]
    check_admissible(task(progress=ledger), record("2022-07-03", "in_progress"))


def test_a_late_report_must_fit_before_what_was_said_since() -> None:
    later = record("2022-06-10", "in_progress")
    check_admissible(task(progress=[later]), record("2022-06-05", "blocked"))
    assert refusal_of(record("2022-06-05", "done"), later) == (
        "第 1 项 模拟牵头局 在 2022-06-10 已报“推进中”，不能在 2022-06-05 补记“已报完成”\n"
        "  提示：填报日期用今天；实际完成日用 --completed-on 写明"
    )
    check_admissible(task(progress=[later]), record("2022-06-11", "done", completed_on="2022-06-05"))


def test_what_was_taken_back_is_said_again_only_with_a_note_of_its_own() -> None:
    mistaken = record("2022-07-01", "in_progress")
    ledger = [mistaken, retraction("2022-07-02", mistaken)]
    assert refusal_of(mistaken, *ledger) == (
        f"第 1 项 模拟牵头局 的这条记录（{mistaken.ref}）已更正作废\n  提示：确要再报，请用 --note 写明缘由"
    )
    check_admissible(task(progress=ledger), record("2022-07-01", "in_progress", note="模拟：确已启动"))


def test_the_lead_reports_by_default_and_members_of_closed_groups_may() -> None:
    subject = task()
    assert reporter(plan(subject), subject, None) == LEAD
    assert reporter(plan(subject), subject, COUNTY) == COUNTY


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (COUNTIES, "“各县市区政府”是一组单位，不是一个单位\n  提示：由成员各自填报：模拟甲县、模拟乙县"),
        ("火星局", "未登记的单位“火星局”\n  提示：用 yzplan units 查看全部单位"),
    ],
)
def test_nobody_else_reports(name: str, said: str) -> None:
    subject = task()
    with pytest.raises(RequestError) as refused:
        reporter(plan(subject), subject, name)
    assert str(refused.value) == said


def test_an_outsider_is_told_who_may_report() -> None:
    subject = shipped().by_id[42]
    with pytest.raises(RequestError) as refused:
        reporter(shipped(), subject, "市教育局")
    assert refused.value.message == "“市教育局”与第 42 项任务无关，不能填报"
    assert refused.value.hint is not None
    assert refused.value.hint.startswith("可填报的单位：市商务局、永州海关、市税务局、零陵区、")


def test_a_metric_must_be_one_that_the_task_sets() -> None:
    subject = shipped().by_id[3]
    check_metrics(subject, ["网上办理占比"])
    with pytest.raises(RequestError, match="第 3 项没有“网办率”这个量化目标"):
        check_metrics(subject, ["网办率"])


# Corrections


def test_a_correction_needs_a_record_that_is_there() -> None:
    assert refusal_of(retraction("2022-07-02", record("2022-07-01", "done"))) == (
        f"第 1 项没有引用码为 {record('2022-07-01', 'done').ref} 的记录\n  提示：用 yzplan show 1 查引用码"
    )


def test_an_extension_is_not_corrected_among_the_records() -> None:
    approved = extension("2022-10", "2022-07-20")
    wrong = ProgressRecord(date=day("2022-07-21"), unit=LEAD, note="模拟", retracts=approved.ref)
    with pytest.raises(RequestError) as refused:
        check_admissible(task(extensions=[approved]), wrong)
    assert str(refused.value) == (
        f"第 1 项没有引用码为 {approved.ref} 的记录\n  提示：用 yzplan show 1 查引用码"
    )


def test_a_correction_is_not_corrected() -> None:
    mistaken = record("2022-07-01", "done")
    first = retraction("2022-07-02", mistaken)
    assert refusal_of(retraction("2022-07-03", first), mistaken, first) == (
        f"记录 {first.ref} 本身是更正，不能再更正\n  提示：要恢复原来的内容，请另报一条"
    )


def test_a_record_is_corrected_once() -> None:
    mistaken = record("2022-07-01", "done")
    assert refusal_of(retraction("2022-07-03", mistaken), mistaken, retraction("2022-07-02", mistaken)) == (
        f"记录 {mistaken.ref} 已经更正过\n  提示：一条记录只更正一次"
    )


@pytest.mark.parametrize("status", list(Status))
def test_whatever_was_said_may_be_corrected_though_later_steps_then_look_odd(status: Status) -> None:
    mistaken = record("2022-07-01", status)
    ledger = [mistaken, record("2022-07-02", "done"), record("2022-07-03", "verified")]
    check_admissible(task(progress=ledger), retraction("2022-07-04", mistaken))
    check_admissible(task(progress=ledger), retraction("2022-06-30", mistaken))


# Extensions


def refusal_of_extension(new: Extension, *extensions: Extension) -> str:
    with pytest.raises(RequestError) as refused:
        check_admissible(task(extensions=extensions), new)
    return str(refused.value)


@pytest.mark.parametrize("to", ["2022-07", "2022-06", "2021-12"])
def test_an_extension_goes_beyond_the_printed_deadline(to: str) -> None:
    assert refusal_of_extension(extension(to, "2022-07-20")) == (
        f"第 1 项延至 {to}，不晚于印发的时限 2022-07\n  提示：核对任务编号与新的时限"
    )
    check_admissible(task(), extension("2022-08", "2022-07-20"))


def test_an_extension_changes_the_deadline_that_holds() -> None:
    first = extension("2022-10", "2022-07-20")
    assert refusal_of_extension(
        replace(extension("2022-10", "2022-08-20"), from_=month("2022-10")), first
    ) == ("第 1 项的现行时限已是 2022-10\n  提示：用 yzplan show 1 查看延期")
    for to in ("2022-09", "2022-11"):
        new = replace(extension(to, "2022-08-20"), from_=month("2022-10"))
        check_admissible(task(extensions=[first]), new)


def test_an_extension_that_was_taken_back_is_said_again_only_with_another_reason() -> None:
    mistaken = extension("2022-10", "2022-07-20")
    gone = extension_retraction("2022-07-25", mistaken)
    assert refusal_of_extension(mistaken, mistaken, gone) == (
        f"第 1 项延期的这条记录（{mistaken.ref}）已更正作废\n  提示：确要再报，请用 --reason 写明缘由"
    )
    check_admissible(task(extensions=[mistaken, gone]), replace(mistaken, reason="模拟：确已批准"))


def test_corrections_of_extensions_are_held_to_the_same() -> None:
    approved = extension("2022-10", "2022-07-20")
    gone = extension_retraction("2022-07-25", approved)
    again = extension_retraction("2022-07-26", approved)
    assert refusal_of_extension(gone) == (
        f"第 1 项没有引用码为 {approved.ref} 的记录\n  提示：用 yzplan show 1 查引用码"
    )
    assert refusal_of_extension(again, approved, gone) == (
        f"记录 {approved.ref} 已经更正过\n  提示：一条记录只更正一次"
    )
    assert refusal_of_extension(extension_retraction("2022-07-26", gone), approved, gone) == (
        f"记录 {gone.ref} 本身是更正，不能再更正\n  提示：要恢复原来的内容，请另报一条"
    )
    check_admissible(task(extensions=[approved]), gone)


# What comes before


def test_the_status_before_a_record_is_that_of_its_unit_up_to_its_day() -> None:
    mistaken = record("2022-07-08", "done")
    subject = task(
        progress=[
            record("2022-07-01", "in_progress"),
            record("2022-07-05", "done", HELPER),
            mistaken,
            retraction("2022-07-09", mistaken),
            record("2022-07-10", "done", completed_on="2022-09-01"),
        ]
    )
    days = [day(text) for text in ("2022-06-30", "2022-07-01", "2022-07-09", "2022-07-10")]
    assert [status_before(subject, LEAD, each) for each in days] == [
        Status.NOT_STARTED,
        Status.IN_PROGRESS,
        Status.IN_PROGRESS,
        Status.DONE,
    ]
