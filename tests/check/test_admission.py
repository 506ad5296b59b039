"""What may enter the ledger, and what is said aloud about it. All records here are 模拟."""

import pytest
from plans import COUNTIES, COUNTY, HELPER, LEAD, plan, record, retraction, shipped, task

from yzplan.check.admission import check_admissible, check_metrics, reporter
from yzplan.errors import RequestError
from yzplan.model import TRANSITIONS, ProgressRecord, Status


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
