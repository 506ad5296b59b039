"""提示函 and 督办函: to whom, about what, and in which words. Reports are 模拟."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import naive
import pytest
from chance import many
from founding import unfounded
from hypothesis import given
from hypothesis import strategies as st
from plans import (
    COUNTIES,
    COUNTY,
    COUNTY_TOO,
    HELPER,
    LEAD,
    OTHER,
    day,
    extension,
    month,
    plan,
    record,
    reported,
    shipped,
    task,
)
from random_ledgers import plans
from writing import written

from yzplan.errors import RequestError
from yzplan.model import Measure, Month, Plan, SupervisionEntry
from yzplan.papers.composing import built_in
from yzplan.papers.notice import NoticeFacts, notice, notice_facts, units_needing
from yzplan.papers.paper import Paper, Stamp
from yzplan.query.select import Selection, overdue

UNITS = [LEAD, HELPER, OTHER, COUNTY, COUNTY_TOO]


def stamp(
    unit: str | None = LEAD, about: str = "2022-07", written_on: str = "2022-08-03", **asked: Any
) -> Stamp:
    return Stamp(
        paper="notice",
        month=month(about),
        unit=unit,
        dated=day(written_on),
        known_at=day(asked.pop("known_at", written_on)),
        written_on=day(written_on),
        program="0",
        template="0" * 12,
        **asked,
    )


def letter(subject: Plan, *about: Any, **asked: Any) -> Paper:
    return notice(subject, stamp(*about, **asked), built_in("notice"))


def facts(subject: Plan, *about: Any, **asked: Any) -> NoticeFacts:
    return notice_facts(subject, stamp(*about, **asked))


def supervised(subject: Plan, *entries: SupervisionEntry) -> Plan:
    return replace(subject, supervision=entries)


def reminder(date: str, unit: str, tasks: Iterable[int], number: str | None = None) -> SupervisionEntry:
    return SupervisionEntry(
        date=day(date), measure=Measure.REMINDER, unit=unit, tasks=tuple(tasks), number=number
    )


def busy() -> Plan:
    """Tasks of all timings."""
    return plan(
        task(1, deadline="2022-06", progress=[record("2022-06-20", "in_progress", percent=60)]),
        task(2, progress=[record("2022-07-20", "done"), record("2022-07-25", "returned", note="佐证不足")]),
        task(3, extensions=[extension("2022-08", "2022-07-10")]),
        task(
            4, deadline="2022-09", progress=[record("2022-07-02", "done"), record("2022-07-03", "returned")]
        ),
        task(5, progress=[record("2022-08-01", "done")]),
        task(6, progress=[record("2022-07-20", "done")]),
        task(7, progress=[record("2022-07-20", "suspended")]),
        task(8, deadline="2022-09"),
        task(9, progress=[record("2022-07-20", "blocked")]),
    )


# What it says


def test_a_letter_that_urges() -> None:
    subject = supervised(
        busy(),
        reminder("2022-07-04", LEAD, [1, 3], "模拟提〔2022〕1号"),
        reminder("2022-07-20", LEAD, [1, 9]),
    )
    paper = letter(subject, reply_by=day("2022-08-10"))
    assert written(paper) == (
        "关于加快推进优化营商环境/重点任务的督办函\n"
        "模拟牵头局：\n"
        "《模拟方案》（模拟〔2022〕1号）明确你单位为牵头单位的任务9项。截至2022年7月31日，"
        "其中5项须抓紧办理，现将有关事项函告如下：\n"
        "# 一、逾期未完成的任务\n"
        "有3项任务逾期未完成，其中以前月份结转1项，2022年7月新增2项。"
        "另有1项当时逾期、其后已完成或中止，不再列入。"
        "逾期未完成的任务中有2项此前已经发函（2022年7月4日提示函模拟提〔2022〕1号，2022年7月20日提示函），"
        "尚未办结。请逐项说明逾期原因，提出完成时间，抓紧完成。\n"
        "# 二、退回的任务\n"
        "有2项任务被退回（其中1项已计入本函其他各类）。"
        "请对照退回原因整改，整改完成后重新填报，并附佐证材料。\n"
        "# 三、即将到期的任务\n"
        "2022年8月到期、尚未完成的任务有1项。请统筹安排，确保按期完成。\n"
        "# 四、有关要求\n"
        "请于2022年8月10日前将办理情况书面报送模拟领导小组办公室。各项任务的情况和要求见附件。\n"
        "联系人及电话：【联系人及电话】\n"
        "附件1 督办任务清单\n"
        "逾期未完成的任务（3项）\n"
        "序号 | 角色 | 重点工作任务 | 完成时限 | 目前状态 | 逾期天数 | 要求\n"
        "1 | 牵头 | 模拟任务1。 | 2022年6月 | 推进中 60% | 31 | 限期完成\n"
        "2 | 牵头 | 模拟任务2。 | 2022年7月 | 退回：佐证不足 | 0 | 整改后重新填报\n"
        "9 | 牵头 | 模拟任务9。 | 2022年7月 | 受阻 | 0 | 限期完成\n"
        "逾期天数计至2022年7月31日。\n"
        "退回的其他任务（1项）\n"
        "序号 | 角色 | 重点工作任务 | 完成时限 | 目前状态 | 要求\n"
        "4 | 牵头 | 模拟任务4。 | 2022年9月 | 退回 | 整改后重新填报\n"
        "下月到期的任务（1项）\n"
        "序号 | 角色 | 重点工作任务 | 完成时限 | 目前状态 | 要求\n"
        "3 | 牵头 | 模拟任务3。 | 2022年8月（原为7月） | 未启动 | 按期完成\n"
    )


def test_a_letter_that_reminds_a_unit_that_has_said_nothing() -> None:
    subject = plan(
        task(1, progress=[record("2022-07-20", "in_progress", percent=50)]), task(2, deadline="2022-08")
    )
    assert written(letter(subject, COUNTY)) == (
        "关于按期推进优化营商环境/重点任务的提示函\n"
        "模拟甲县：\n"
        "《模拟方案》（模拟〔2022〕1号）明确你单位为责任单位的任务2项。截至2022年7月31日，"
        "其中2项须抓紧办理，现将有关事项函告如下：\n"
        "# 一、逾期未完成的任务\n"
        "有1项任务逾期未完成，为2022年7月新增。请逐项说明逾期原因，提出完成时间，抓紧完成。\n"
        "# 二、即将到期的任务\n"
        "2022年8月到期、尚未完成的任务有1项。请统筹安排，确保按期完成。\n"
        "# 三、有关要求\n"
        "清单中注明“随牵头单位”的2项，没有你单位自己的填报，暂按牵头单位的情况列出，"
        "请填报本单位承担部分的进展。\n"
        "请于【回复期限】前将进展情况书面报送模拟领导小组办公室。各项任务的情况和要求见附件。\n"
        "联系人及电话：【联系人及电话】\n"
        "附件1 提示任务清单\n"
        "逾期未完成的任务（1项）\n"
        "序号 | 角色 | 重点工作任务 | 完成时限 | 目前状态 | 逾期天数 | 要求\n"
        "1 | 责任 | 模拟任务1。 | 2022年7月 | 随牵头单位：推进中 50% | 0 | 填报本单位进展\n"
        "逾期天数计至2022年7月31日。\n"
        "下月到期的任务（1项）\n"
        "序号 | 角色 | 重点工作任务 | 完成时限 | 目前状态 | 要求\n"
        "2 | 责任 | 模拟任务2。 | 2022年8月 | 随牵头单位：未启动 | 填报本单位进展\n"
    )


def test_before_the_month_is_over_what_is_due_in_it_is_not_overdue() -> None:
    paper = letter(plan(task(1), task(2, deadline="2022-06")), LEAD, "2022-07", "2022-07-20")
    said = written(paper)
    assert "截至2022年7月20日，其中2项须抓紧办理" in said
    assert "有1项任务逾期未完成，为以前月份结转。" in said
    assert "2022年7月到期、尚未完成的任务有1项。" in said
    assert "\n本月到期的任务（1项）\n" in said
    assert "2 | 牵头 | 模拟任务2。 | 2022年6月 | 未启动 | 31 | 限期完成\n逾期天数计至2022年7月31日。" in said


def test_what_was_done_and_must_be_verified_is_asked_to_be_proved() -> None:
    subject = plan(task(progress=[record("2022-07-20", "done")]), complete="verified")
    [row] = facts(subject).parts
    assert (row.timing, row.request) == ("overdue", "evidence")


def test_words_for_one_and_for_several() -> None:
    several = plan(task(1), task(2))
    assert "有2项任务逾期未完成，均为2022年7月新增。" in written(letter(several))
    assert "有2项任务逾期未完成，均为以前月份结转。" in written(
        letter(several, LEAD, "2022-08", "2022-09-03")
    )
    back = [record("2022-07-02", "done"), record("2022-07-03", "returned")]
    assert "有1项任务被退回（已计入本函其他各类）。" in written(letter(plan(task(1, progress=back))))
    both = plan(task(1, progress=back), task(2, progress=back))
    assert "有2项任务被退回（均已计入本函其他各类）。" in written(letter(both))
    later = plan(task(1, deadline="2022-12", progress=back))
    assert "有1项任务被退回。" in written(letter(later))


def test_next_month_may_be_next_year() -> None:
    subject = plan(task(deadline="2023-01"))
    said = written(letter(subject, LEAD, "2022-12", "2022-12-31"))
    assert "2023年1月到期、尚未完成的任务有1项。" in said


def test_the_leads_return_is_not_the_silent_units() -> None:
    back = [record("2022-07-02", "done"), record("2022-07-03", "returned")]
    subject = plan(task(deadline="2022-12", progress=back), task(2))
    assert [part.id for part in facts(subject, HELPER).parts] == [2]
    overdue_too = facts(plan(task(progress=back)), HELPER)
    assert (overdue_too.returned, overdue_too.parts[0].request) == (0, "report_own")


# Which form


@pytest.mark.parametrize(
    ("subject", "entries", "form"),
    [
        (plan(task(deadline="2022-08")), [], "提示函"),
        (plan(task()), [], "提示函"),
        (plan(task(deadline="2022-06")), [], "督办函"),
        (plan(task(deadline="2022-12", progress=[record("2022-07-03", "returned")])), [], "督办函"),
        (plan(task()), [reminder("2022-07-04", LEAD, [1])], "督办函"),
        (plan(task()), [reminder("2022-07-04", LEAD, [2])], "提示函"),
        (plan(task()), [reminder("2022-07-04", HELPER, [1])], "提示函"),
        (plan(task()), [reminder("2022-08-01", LEAD, [1])], "提示函"),  # after the close
        (plan(task(deadline="2022-08")), [reminder("2022-07-04", LEAD, [1])], "提示函"),  # not overdue
    ],
)
def test_overdue_from_earlier_months_returned_or_spoken_of_before_is_urged(
    subject: Plan, entries: list[SupervisionEntry], form: str
) -> None:
    assert facts(supervised(subject, *entries)).form == form


def test_a_letter_that_was_closed_or_taken_back_is_not_open() -> None:
    earlier = reminder("2022-07-04", LEAD, [1])
    closed = SupervisionEntry(date=day("2022-07-20"), closes=earlier.ref)
    gone = SupervisionEntry(date=day("2022-07-20"), retracts=earlier.ref, note="模拟更正")
    for entry in (closed, gone):
        assert facts(supervised(plan(task()), earlier, entry)).form == "提示函"
        assert facts(supervised(plan(task()), earlier, entry), known_at="2022-08-02").letters == ()


def test_the_office_may_choose_the_form() -> None:
    assert facts(plan(task(deadline="2022-06")), form="提示函").form == "提示函"
    assert facts(plan(task()), form="督办函").form == "督办函"


# To whom


def test_every_unit_of_the_shipped_plan_needs_one_where_nothing_was_reported() -> None:
    found = units_needing(shipped(), stamp(None))
    assert found == tuple(unit.name for unit in shipped().register.units)
    assert len(found) == 59  # 45 units and 14 counties


def test_who_has_done_all_that_is_due_needs_none() -> None:
    subject = plan(task(1, progress=[record("2022-07-20", "done"), record("2022-07-20", "blocked", HELPER)]))
    assert units_needing(subject, stamp(None)) == (HELPER,)  # the others follow the lead
    since = reported(subject, (1, record("2022-08-02", "done", HELPER)))
    assert units_needing(since, stamp(None)) == ()
    assert units_needing(since, stamp(None, known_at="2022-08-01")) == (HELPER,)


def test_only_what_is_overdue_or_returned_needs_to_be_urged() -> None:
    back = [record("2022-07-02", "done", OTHER), record("2022-07-03", "returned", OTHER)]
    subject = plan(task(1, deadline="2022-08", progress=back))
    assert units_needing(subject, stamp(None)) == (LEAD, HELPER, OTHER, COUNTY, COUNTY_TOO)
    assert units_needing(subject, stamp(None, form="督办函")) == (OTHER,)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"unit": COUNTIES}, "“各县市区政府”是一组单位，函要一家一家地发"),
        ({"unit": "模拟没有的局"}, "未登记的单位“模拟没有的局”"),
        ({"unit": HELPER}, "截至 2022-07-31，模拟责任局没有需要提示或督办的任务"),
        ({"unit": OTHER}, "模拟协办局在方案中没有承担任务"),
        ({"unit": LEAD, "form": "督办函"}, "截至 2022-07-31，模拟牵头局没有逾期或退回的任务，不用督办"),
        ({"unit": LEAD, "about": "2022-04"}, "2022年4月早于方案印发（2022-05-23），没有情况可说"),
        ({"unit": LEAD, "about": "2022-09"}, "2022年9月还没有开始（今天 2022-08-03），没有情况可说"),
    ],
)
def test_what_cannot_be_answered(asked: dict[str, Any], message: str) -> None:
    known = task(1, deadline="2022-08", progress=[record("2022-07-20", "done", HELPER)])
    subject = plan(replace(known, responsible_units=(HELPER, COUNTIES)))
    with pytest.raises(RequestError) as error:
        facts(subject, **asked)
    assert error.value.message == message


# Figures


def test_a_leads_overdue_tasks_are_those_that_the_command_lists() -> None:
    unit = "市市场监管局"
    entries = [(1, record("2022-07-20", "done", unit)), (4, record("2022-08-02", "done", unit))]
    subject = reported(shipped(), *entries)
    found = facts(subject, unit)
    led = [part.id for part in found.parts if part.role == "lead" and part.timing == "overdue"]
    selection = Selection(units=(subject.register.units[0],), role="lead")
    assert selection.units[0].name == unit
    rows = overdue(subject, selection, stamp(unit).viewpoint)
    assert led == sorted(row.id for row in rows if not row.completed_later)
    assert [row.id for row in rows if row.completed_later] == [4]


def test_a_county_has_one_letter_with_all_its_tasks() -> None:
    paper = letter(shipped(), "道县")
    assert (paper.facts.responsible, paper.facts.overdue, paper.facts.carried_over) == (121, 53, 5)
    [attachment] = paper.attachments
    assert [len(block.rows) for block in attachment.blocks] == [53]  # none is due in August


MONTHS = [Month(2022, number) for number in range(6, 13)]


@st.composite
def asked(draw: st.DrawFn) -> Stamp:
    about = draw(st.sampled_from(MONTHS))
    written_on = about.last_day + dt.timedelta(days=draw(st.integers(-20, 40)))
    known_at = written_on - dt.timedelta(days=draw(st.sampled_from([0, 0, 5, 40])))
    return replace(stamp(None, str(about), str(written_on)), known_at=known_at)


def plain(subject: Plan, unit: str, asked: Stamp) -> dict[str, Any]:
    """The counts of a letter, reckoned with the plain model, and the tasks it tells of."""
    assert asked.month
    close, after = asked.as_of, Month.of(asked.as_of + dt.timedelta(days=1))
    counts = dict.fromkeys(("overdue", "carried_over", "due_now", "due_next", "returned", "follows_lead"), 0)
    tasks, settled = [], 0
    for each in subject.tasks:
        days = naive.history(subject, each, unit, known_at=asked.known_at, today=asked.written_on)
        stood, end = days[close], [*days.values()][-1]
        if stood.standing in ("on_time", "late", "suspended"):
            continue
        returned = stood.status == "returned" and not stood.follows_lead
        due_next = stood.standing == "not_due" and stood.effective_deadline == (after.year, after.month)
        if stood.standing == "not_due" and not due_next and not returned:
            continue
        if end.completed_on or end.status == "suspended":
            settled += stood.standing == "overdue"
            continue
        tasks.append(each.id)
        counts["overdue"] += stood.standing == "overdue"
        counts["carried_over"] += stood.standing == "overdue" and stood.is_carried_over
        counts["due_now"] += stood.standing == "due_soon"
        counts["due_next"] += due_next
        counts["returned"] += returned
        counts["follows_lead"] += stood.follows_lead
    return {**counts, "settled_later": settled, "tasks": tasks}


@many(50)
@given(subject=plans(), about=asked())
def test_letters_of_any_ledger_agree_with_the_plain_model(subject: Plan, about: Stamp) -> None:
    expected = {unit: plain(subject, unit, about) for unit in UNITS}
    needing = units_needing(subject, about)
    assert needing == tuple(unit for unit in UNITS if expected[unit]["tasks"])
    for unit in needing:
        paper = notice(subject, replace(about, unit=unit), built_in("notice"))
        found = paper.facts
        said = {key: getattr(found, key) for key in expected[unit] if key != "tasks"}
        assert {**said, "tasks": [part.id for part in found.parts]} == expected[unit]
        assert found.overdue == found.carried_over + found.newly_overdue
        assert found.returned == found.returned_counted + found.returned_elsewhere
        assert found.listed == len(found.parts)
        assert len(found.parts) == (found.overdue + found.due_now + found.due_next + found.returned_elsewhere)
        assert (found.form == "督办函") == bool(found.carried_over or found.returned)
        assert sum(len(block.rows) for block in paper.attachments[0].blocks) == len(found.parts)
        assert unfounded(paper) == set()


def test_every_number_that_a_letter_says_is_a_fact() -> None:
    for unit in ("市市场监管局", "道县", "市水务公司"):
        assert unfounded(letter(shipped(), unit)) == set()
