"""月度调度 (三、保障措施 1): what it says of a small invented ledger, and of months that are special."""

from dataclasses import replace

import pytest
from plans import COUNTY, LEAD, day, extension, plan, record, retraction, shipped, task
from simulated import simulated
from writing import stamp, written

from yzplan.errors import RequestError
from yzplan.model import Plan, ProgressRecord, SupervisionEntry
from yzplan.papers.composing import built_in
from yzplan.papers.dispatch import DispatchFacts, dispatch
from yzplan.papers.paper import Paper

JULY = """\
关于2022年7月优化营商环境/重点任务调度情况的通报
各县市区人民政府，各管理区，永州经济技术开发区，市直和中央、省驻永有关单位：
按照《模拟方案》（模拟〔2022〕1号）每月定期调度的要求，现将2022年7月重点任务落实情况通报如下：
# 一、总体情况
全市优化营商环境重点任务共9项。截至2022年7月31日，应完成6项，已完成3项（按期2项、逾期1项），逾期未完成3项，完成率50.0%。其余任务中，提前完成1项，未到期1项，中止1项（不计入应完成）\
。
与2022年6月底相比，累计完成（含提前完成）由1项增加到4项；逾期未完成由2项增加到3项。
# 二、各指标进展
有逾期未完成任务的指标2个：模拟指标（2项）、模拟指标乙（1项）。
各指标完成情况（截至2022年7月31日）
一级指标 | 任务数 | 应完成 | 按期完成 | 逾期完成 | 逾期未完成 | 提前完成 | 未到期 | 中止 | 完成率
模拟指标 | 5 | 4 | 2 | 0 | 2 | 1 | 0 | 0 | 50.0%
模拟指标乙 | 3 | 2 | 0 | 1 | 1 | 0 | 1 | 0 | 50.0%
模拟指标丙 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | —
合计 | 9 | 6 | 2 | 1 | 3 | 1 | 1 | 1 | 50.0%
按任务表次序排列。
# 三、各牵头单位进展
各牵头单位完成情况（截至2022年7月31日）
牵头单位 | 任务数 | 应完成 | 按期完成 | 逾期完成 | 逾期未完成 | 提前完成 | 未到期 | 中止 | 完成率
模拟牵头局 | 5 | 4 | 2 | 0 | 2 | 1 | 0 | 0 | 50.0%
模拟协办局 | 3 | 2 | 0 | 1 | 1 | 0 | 1 | 0 | 50.0%
模拟责任局 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | —
合计 | 9 | 6 | 2 | 1 | 3 | 1 | 1 | 1 | 50.0%
按任务表次序排列。
# 四、本月到期任务
2022年7月到期任务3项，已按期完成1项，逾期未完成2项，完成率33.3%。各项完成情况见附件。
# 五、逾期未完成任务
截至2022年7月31日，逾期未完成任务3项，其中本月新增2项，以前月份结转1项。清单见附件。其中第7项，据截至2022年8月3日的填报，其后已完成。
各牵头单位逾期未完成任务
牵头单位 | 逾期未完成 | 其中新增 | 其中结转 | 任务序号
模拟牵头局 | 2 | 1 | 1 | 2、4
模拟协办局 | 1 | 1 | 0 | 7
按逾期未完成项数由多到少排列，项数相同的按时限先后、任务序号排列。
# 六、进展报送和存在问题
2022年7月需要报送进展的单位2家，均有漏报：
未报送进展的单位
单位 | 应报项数 | 未报项数 | 未报任务序号 | 最近一次填报
模拟牵头局 | 3 | 1 | 2 | 7月20日
模拟协办局 | 1 | 1 | 7 | 无
各单位本月填报的进展中，反映存在问题2条，涉及任务2项、单位2家，见附件。
# 七、督办事项
截至2022年7月31日，未办结的督办事项2件：提示函1件、暗访1件。其中逾期没有回复的1件，请有关单位尽快回复。
未办结的督办事项
日期 | 方式 | 单位 | 文号 | 任务序号 | 事由 | 反馈时限 | 回复情况
7月6日 | 提示函 | 模拟牵头局 | 模拟〔2022〕7号 | 2 | 说明逾期原因 | 7月20日 | 逾期未回复
7月25日 | 暗访 | 模拟甲县 |  |  | 模拟：窗口没有人值守 |  | 未回复
# 八、下月到期任务和工作要求
2022年8月到期任务1项，已中止。
请逾期未完成任务的牵头单位逐项说明原因，提出整改措施和完成时间，于【整改期限】前书面报模拟领导小组办公室。
请漏报的单位尽快补报。
附件1 2022年7月到期任务完成情况
序号 | 重点工作任务 | 牵头单位 | 完成情况 | 完成日期
3 | 模拟任务3。 | 模拟牵头局 | 按期完成 | 7月29日
4 | 模拟任务4。 | 模拟牵头局 | 逾期未完成 |
7 | 模拟任务7。 | 模拟协办局 | 逾期未完成 |
附件2 逾期未完成任务清单
序号 | 重点工作任务 | 完成时限 | 牵头单位 | 类别 | 逾期天数 | 最近填报
2 | 模拟任务2。 | 2022年6月 | 模拟牵头局 | 结转 | 31天 | 6月25日推进中（60%）；模拟：方案已印发
4 | 模拟任务4。 | 2022年7月 | 模拟牵头局 | 新增 | 0天 | 7月20日受阻
7 | 模拟任务7。 | 2022年7月 | 模拟协办局 | 新增 | 0天 | 未填报；8月1日完成
逾期天数自时限次日起算至2022年7月31日。
附件3 各单位反映的存在问题
序号 | 重点工作任务 | 牵头单位 | 填报单位 | 填报日期 | 存在问题
3 | 模拟任务3。 | 模拟牵头局 | 模拟责任局 | 7月18日 | 模拟：数据接口没有开通
4 | 模拟任务4。 | 模拟牵头局 | 模拟牵头局 | 7月20日 | 模拟：经费没有到位
"""


def said(subject: Plan, month: str, written_on: str, **asked: object) -> Paper:
    return dispatch(subject, stamp("dispatch", month, written_on=written_on, **asked), built_in("dispatch"))


def test_the_whole_paper() -> None:
    assert written(said(simulated(), "2022-07", "2022-08-03")) == JULY


def paragraphs(paper: Paper) -> list[str]:
    """What it says outside tables and attachments."""
    lines = written(paper._replace(attachments=())).splitlines()
    return [line for line in lines if line.startswith("#") or " | " not in line]


def test_a_month_in_which_nothing_is_due_says_so_and_shows_what_was_carried_over() -> None:
    paper = said(shipped(), "2022-08", "2022-09-01")
    lines = paragraphs(paper)
    at = lines.index("# 四、本月到期任务")
    assert lines[at + 1] == "2022年8月没有任务到期。以前月份到期、仍未完成的任务有53项，情况见下。"
    assert lines[at + 3] == "截至2022年8月31日，逾期未完成任务53项，均为以前月份结转。清单见附件。"
    assert [(each.title, len(each.blocks[0].rows)) for each in paper.attachments] == [
        ("逾期未完成任务清单", 53),
        ("2022年9月到期任务清单", 57),
    ]


def test_the_month_of_the_plan_itself_has_nothing_to_compare_and_nothing_due() -> None:
    assert paragraphs(said(shipped(), "2022-05", "2022-06-01")) == [
        "关于2022年5月优化营商环境/重点任务调度情况的通报",
        "各县市区人民政府，各管理区，永州经济技术开发区，市直和中央、省驻永有关单位：",
        "按照《永州市优化营商环境2022年度重点任务实施方案》（永政办函〔2022〕18号）每月定期调度的要求，"
        "现将2022年5月重点任务落实情况通报如下：",
        "# 一、总体情况",
        "全市优化营商环境重点任务共121项。截至2022年5月31日，没有任务到期。",
        "# 二、各指标进展",
        "各指标均没有逾期未完成的任务。",
        "各指标完成情况（截至2022年5月31日）",
        "按任务表次序排列。",
        "# 三、各牵头单位进展",
        "各牵头单位完成情况（截至2022年5月31日）",
        "按任务表次序排列。",
        "# 四、本月到期任务",
        "2022年5月没有任务到期。",
        "# 五、逾期未完成任务",
        "截至2022年5月31日，没有逾期未完成的任务。",
        "# 六、进展报送和存在问题",
        "2022年5月没有单位需要报送进展。",
        "各单位本月填报的进展中，没有反映存在问题。",
        "# 七、下月到期任务和工作要求",
        "2022年6月到期任务5项，见附件。请牵头单位加强调度，责任单位按照职责分工协同落实，确保按期完成。",
    ]


def test_a_month_that_is_not_over_is_told_as_a_warning() -> None:
    lines = paragraphs(said(simulated(), "2022-07", "2022-07-19"))
    assert lines[3] == (
        "2022年7月尚未结束，以下为截至2022年7月19日掌握的情况：本月到期、尚未完成的任务列为预警，不计逾期；"
        "逾期天数算至2022年7月31日。"
    )
    assert lines[5] == (
        "全市优化营商环境重点任务共9项。截至2022年7月19日，月底前应完成7项，已完成2项（按期1项、逾期1项），"
        "逾期未完成1项，尚未完成4项，完成率28.6%。其余任务中，未到期1项，中止1项（不计入应完成）。"
    )
    assert "预警：2022年7月到期、尚未完成的任务4项，为第3、4、7、8项，请于月底前完成。" in lines
    assert "请尚未报全的单位于月底前报送。" in lines


def test_where_all_is_well_the_paper_says_no_more_than_that() -> None:
    subject = plan(task(1, progress=[record("2022-07-10", "done")]))
    assert (
        written(said(subject, "2022-07", "2022-08-01"))
        == """\
关于2022年7月优化营商环境/重点任务调度情况的通报
各县市区人民政府，各管理区，永州经济技术开发区，市直和中央、省驻永有关单位：
按照《模拟方案》（模拟〔2022〕1号）每月定期调度的要求，现将2022年7月重点任务落实情况通报如下：
# 一、总体情况
全市优化营商环境重点任务共1项。截至2022年7月31日，应完成1项，已按期完成，完成率100.0%。
与2022年6月底相比，累计完成（含提前完成）由0项增加到1项。
# 二、各指标进展
各指标均没有逾期未完成的任务。
各指标完成情况（截至2022年7月31日）
一级指标 | 任务数 | 应完成 | 按期完成 | 逾期未完成 | 未到期 | 完成率
模拟指标 | 1 | 1 | 1 | 0 | 0 | 100.0%
合计 | 1 | 1 | 1 | 0 | 0 | 100.0%
按任务表次序排列。
# 三、各牵头单位进展
各牵头单位完成情况（截至2022年7月31日）
牵头单位 | 任务数 | 应完成 | 按期完成 | 逾期未完成 | 未到期 | 完成率
模拟牵头局 | 1 | 1 | 1 | 0 | 0 | 100.0%
合计 | 1 | 1 | 1 | 0 | 0 | 100.0%
按任务表次序排列。
# 四、本月到期任务
2022年7月到期任务1项，已按期完成，完成率100.0%。各项完成情况见附件。
# 五、逾期未完成任务
截至2022年7月31日，没有逾期未完成的任务。
# 六、进展报送和存在问题
2022年7月没有单位需要报送进展。
各单位本月填报的进展中，没有反映存在问题。
# 七、下月到期任务和工作要求
2022年8月没有任务到期。
附件1 2022年7月到期任务完成情况
序号 | 重点工作任务 | 牵头单位 | 完成情况 | 完成日期
1 | 模拟任务1。 | 模拟牵头局 | 按期完成 | 7月10日
"""
    )


def test_the_day_by_which_to_answer_is_the_office_s_or_a_marked_place() -> None:
    def demanded(**asked: object) -> str:
        lines = paragraphs(said(simulated(), "2022-07", "2022-08-03", **asked))
        return next(line for line in lines if "书面报" in line)

    assert "，于【整改期限】前书面报模拟领导小组办公室。" in demanded()
    assert "，于2022年8月19日前书面报" in demanded(reply_by=day("2022-08-19"))


def problems(*progress: ProgressRecord) -> list[tuple[str, str]]:
    facts: DispatchFacts = said(plan(task(1, progress=progress)), "2022-07", "2022-08-03").facts
    return [(each.unit, each.problem) for each in facts.problems]


def test_a_problem_is_told_in_the_month_of_its_report_until_the_unit_reports_again() -> None:
    mine = record("2022-07-05", "in_progress", problem="模拟甲")
    theirs = record("2022-07-04", "blocked", COUNTY, problem="模拟乙")
    assert problems(theirs, mine) == [(LEAD, "模拟甲"), (COUNTY, "模拟乙")]
    assert problems(mine, theirs, record("2022-07-20", "in_progress")) == [(COUNTY, "模拟乙")]
    assert problems(mine, retraction("2022-07-06", of=mine)) == []
    assert problems(record("2022-06-30", "in_progress", problem="模拟")) == []
    assert problems(record("2022-08-01", "in_progress", problem="模拟")) == []


def test_what_the_office_has_closed_is_not_listed_and_where_it_did_nothing_nothing_is_said() -> None:
    subject = simulated()
    reminded, urged, closed, visited = subject.supervision
    later = replace(closed, closes=reminded.ref)
    settled = replace(subject, supervision=(reminded, urged, closed, later))
    lines = paragraphs(said(settled, "2022-07", "2022-08-03"))
    assert lines[lines.index("# 七、督办事项") + 1] == "截至2022年7月31日，督办事项2件，均已办结。"
    assert "# 七、督办事项" not in paragraphs(said(replace(subject, supervision=()), "2022-07", "2022-08-03"))
    # A reply closes nothing, but then it is not overdue.
    reply = SupervisionEntry(date=day("2022-07-19"), replies_to=reminded.ref)
    answered = replace(subject, supervision=(reminded, reply, visited))
    assert "截至2022年7月31日，未办结的督办事项2件：提示函1件、暗访1件。" in paragraphs(
        said(answered, "2022-07", "2022-08-03")
    )


def test_a_month_before_the_plan_or_not_begun_is_refused() -> None:
    with pytest.raises(RequestError, match="2022年4月早于方案印发（2022-05-23），没有情况可说"):
        said(shipped(), "2022-04", "2022-06-01")
    with pytest.raises(RequestError, match="2022年8月还没有开始（今天 2022-07-31），没有情况可说"):
        said(shipped(), "2022-08", "2022-07-31")
    with pytest.raises(RequestError, match="任务表里还没有任务"):
        said(plan(), "2022-07", "2022-08-01")


def test_a_deadline_that_was_moved_is_shown_with_the_printed_one() -> None:
    moved = task(1, extensions=[extension("2022-09", "2022-07-20")])
    paper = said(plan(moved, task(2, deadline="2022-09")), "2022-08", "2022-09-02")
    assert written(paper).endswith("""\
附件1 2022年9月到期任务清单
序号 | 重点工作任务 | 完成时限 | 牵头单位
1 | 模拟任务1。 | 2022年9月（原为7月） | 模拟牵头局
2 | 模拟任务2。 | 2022年9月 | 模拟牵头局
""")
    paper = said(plan(task(2, deadline="2022-09")), "2022-08", "2022-09-02")
    assert written(paper).endswith("序号 | 重点工作任务 | 牵头单位\n2 | 模拟任务2。 | 模拟牵头局\n")
