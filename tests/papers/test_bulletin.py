"""季度通报 (三、保障措施 1): what it says of a small invented ledger, and of quarters that are special."""

from decimal import Decimal

import pytest
from plans import month, plan, record, shipped, task
from simulated import simulated
from writing import stamp, written

from yzplan.errors import RequestError
from yzplan.model import Plan
from yzplan.papers.bulletin import bulletin, ends
from yzplan.papers.composing import built_in
from yzplan.papers.paper import Paper
from yzplan.query.boards import BoardRow

AUTUMN = """\
关于2022年第三季度优化营商环境/重点任务落实情况的通报
第2期
各县市区人民政府，各管理区，永州经济技术开发区，市直和中央、省驻永有关单位：
按照《模拟方案》（模拟〔2022〕1号）每季度组织开展阶段工作评估、进行情况通报的要求，对2022年第三季度重点任务落实情况进行了评估。现将有关情况通报如下：
# 一、总体情况
全市优化营商环境重点任务共9项。本季度到期5项，其中中止1项，应完成4项，已完成3项（按期2项、逾期1项），逾期未完成1项，完成率75.0%。
截至2022年9月30日，累计应完成7项，已完成5项（按期3项、逾期2项），逾期未完成2项，完成率71.4%。其余任务中，未到期1项，中止1项（不计入应完成）。
与2022年第二季度末相比，累计完成（含提前完成）由1项增加到5项；逾期未完成仍为2项；完成率由33.3%提高到71.4%。
# 二、指标进展
到期任务全部完成的指标1个：模拟指标乙（2项）。
有逾期未完成任务的指标1个：模拟指标（2项）。
各指标完成情况见附件。
# 三、牵头单位和县市区情况
## （一）牵头单位
没有到期任务全部按期完成的牵头单位。
逾期未完成任务最多的牵头单位是模拟牵头局（2项）。
## （二）县市区
按计分规则，得分居前的是模拟乙县（49.14分）；得分居后的是模拟甲县（47.14分）。各县市区得分见附件。
# 四、存在问题
## （一）部分任务逾期未完成
截至2022年9月30日，逾期未完成任务2项，其中本季度到期1项，以前季度到期1项。清单见附件。
各牵头单位逾期未完成任务
牵头单位 | 逾期未完成 | 其中新增 | 其中结转 | 任务序号
模拟牵头局 | 2 | 1 | 1 | 2、4
按逾期未完成项数由多到少排列，项数相同的按时限先后、任务序号排列。
## （二）部分任务跨季度逾期
以前季度到期、至2022年9月30日仍未完成的任务1项：第2项（模拟牵头局，时限2022年6月）。
## （三）进展报送不及时
本季度需要报送进展的单位2家，均有漏报：
有漏报的单位
单位 | 漏报月份 | 漏报合计（项次）
模拟牵头局 | 7月（1项）、8月（2项）、9月（2项） | 5
模拟协办局 | 7月（1项） | 1
# 五、工作要求
逾期未完成任务的牵头单位要逐项查明原因，明确整改措施和完成时间，于【整改期限】前将整改情况书面报模拟领导小组办公室；责任单位要按照职责分工协同落实。
有漏报的单位要尽快补报，今后按月报送进展和存在问题。
2022年第四季度到期任务1项。各牵头单位要加强调度，确保按期完成。
附件1 任务完成情况统计表（按指标）
一级指标 | 任务数 | 应完成 | 按期完成 | 逾期完成 | 逾期未完成 | 未到期 | 中止 | 完成率
模拟指标 | 5 | 5 | 3 | 0 | 2 | 0 | 0 | 60.0%
模拟指标乙 | 3 | 2 | 0 | 2 | 0 | 1 | 0 | 100.0%
模拟指标丙 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | —
合计 | 9 | 7 | 3 | 2 | 2 | 1 | 1 | 71.4%
截至2022年9月30日，按任务表次序排列。
附件2 牵头单位完成情况及排名
牵头单位 | 任务数 | 应完成 | 按期完成 | 逾期完成 | 逾期未完成 | 未到期 | 中止 | 完成率 | 得分 | 名次
模拟协办局 | 3 | 2 | 0 | 2 | 0 | 1 | 0 | 100.0% | 90.00 | 1
模拟牵头局 | 5 | 5 | 3 | 0 | 2 | 0 | 0 | 60.0% | 66.00 | 2
模拟责任局 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | — | 不适用 | —
合计 | 9 | 7 | 3 | 2 | 2 | 1 | 1 | 71.4% |  |
截至2022年9月30日，按名次排列，同分同名次；标“—”的不参加排名，或没有到期任务。
附件3 县市区完成情况及排名
名次 | 单位 | 应完成 | 按期完成 | 逾期完成 | 未完成 | 得分 | 其中加减分
1 | 模拟乙县 | 7 | 3 | 2 | 2 | 49.14 | +2
2 | 模拟甲县 | 7 | 3 | 2 | 2 | 47.14 |
截至2022年9月30日。项数按单位各自承担的任务计。按名次排列，同分同名次。
附件4 责任单位完成情况及排名
名次 | 单位 | 应完成 | 按期完成 | 逾期完成 | 未完成 | 得分
1 | 模拟牵头局 | 2 | 0 | 2 | 0 | 60.00
2 | 模拟协办局 | 5 | 3 | 0 | 2 | 42.00
3 | 模拟责任局 | 5 | 2 | 0 | 3 | 35.00
截至2022年9月30日。项数按单位各自承担的任务计。按名次排列，同分同名次。
附件5 逾期未完成任务清单
序号 | 重点工作任务 | 完成时限 | 牵头单位 | 类别 | 逾期天数 | 最近填报
2 | 模拟任务2。 | 2022年6月 | 模拟牵头局 | 结转 | 92天 | 6月25日推进中（60%）；模拟：方案已印发
4 | 模拟任务4。 | 2022年7月 | 模拟牵头局 | 新增 | 61天 | 7月20日受阻
逾期天数自时限次日起算至2022年9月30日；本季度以前到期的为结转。
附件6 计分规则说明
计分规则：按期完成100分；逾期完成每晚一个月减10分，不低于60分；未完成的按进度的50%计；自己没有填报、随牵头单位的，最多60分；未到期、中止的不计。得分是各项的加权平均（牵头2、责任1），四舍\
五入到两位小数，另计加减分；同分同名次。文件没有规定计分办法，以上由办公室制定。
加减分：
2022年9月1日，模拟乙县加2分：模拟：经验得到推广
"""


def said(subject: Plan, quarter: str, written_on: str, **asked: object) -> Paper:
    return bulletin(subject, stamp("bulletin", quarter, written_on=written_on, **asked), built_in("bulletin"))


def test_the_whole_paper() -> None:
    assert written(said(simulated(), "2022Q3", "2022-10-09", number=2)) == AUTUMN


def paragraphs(paper: Paper) -> list[str]:
    """What it says outside tables and attachments."""
    lines = written(paper._replace(attachments=())).splitlines()
    return [line for line in lines if line.startswith("#") or " | " not in line]


def test_where_all_is_well_the_paper_names_who_did_well_and_no_problem() -> None:
    subject = plan(task(1, progress=[record("2022-07-10", "done")]))
    paper = said(subject, "2022Q3", "2022-10-09", number=3)
    assert paper.issue == "第3期"
    assert paragraphs(paper)[4:] == [
        "# 一、总体情况",
        "全市优化营商环境重点任务共1项。本季度到期1项，已按期完成，完成率100.0%。",
        "截至2022年9月30日，累计应完成1项，已按期完成，完成率100.0%。",
        "与2022年第二季度末相比，累计完成（含提前完成）由0项增加到1项。",
        "# 二、指标进展",
        "到期任务全部完成的指标1个：模拟指标（1项）。",
        "各指标均没有逾期未完成的任务。",
        "各指标完成情况见附件。",
        "# 三、牵头单位和县市区情况",
        "## （一）牵头单位",
        "到期任务全部按期完成的牵头单位1家：模拟牵头局（1项）。【可补充先进做法】",
        "## （二）县市区",
        "按计分规则，各县市区得分相同，为60.00分。",
        "# 四、存在问题",
        "截至2022年9月30日，没有逾期未完成的任务。",
        "# 五、工作要求",
        "2022年第四季度没有任务到期。",
    ]
    assert [each.title for each in paper.attachments] == [
        "任务完成情况统计表（按指标）",
        "牵头单位完成情况及排名",
        "县市区完成情况及排名",
        "责任单位完成情况及排名",
        "计分规则说明",
    ]


def test_the_first_quarter_of_the_plan_compares_with_nothing_and_leaves_a_place_for_its_number() -> None:
    paper = said(shipped(), "2022Q2", "2022-07-05")
    assert paper.issue == "第　期"
    assert not [line for line in paragraphs(paper) if "相比" in line]
    assert "按计分规则，各县市区得分相同，为0.00分。" in paragraphs(paper)


def test_a_quarter_that_is_not_over_is_a_trial_and_counts_no_missing_report_of_its_last_month() -> None:
    paper = said(simulated(), "2022Q3", "2022-08-20")
    lines = paragraphs(paper)
    assert lines[4] == (
        "2022年第三季度尚未结束，以下为截至2022年8月20日的试算：本季度到期、时限未过的任务不计逾期，"
        "考评计分按未完成计。"
    )
    assert lines[6].startswith(
        "全市优化营商环境重点任务共9项。本季度到期5项，其中中止1项，应完成4项，已完成3项"
    )
    assert [row.months for row in paper.facts.missing] == [(month("2022-07"),), (month("2022-07"),)]


def test_many_carried_over_tasks_are_left_to_the_list() -> None:
    lines = paragraphs(said(shipped(), "2022Q4", "2023-01-05"))
    at = lines.index("## （二）部分任务跨季度逾期")
    assert lines[at + 1] == "以前季度到期、至2022年12月31日仍未完成的任务110项，即附件清单中的结转各项。"


def test_a_quarter_before_the_plan_or_not_begun_is_refused() -> None:
    with pytest.raises(RequestError, match="2022年第一季度早于方案印发（2022-05-23），没有情况可说"):
        said(shipped(), "2022Q1", "2022-07-01")
    with pytest.raises(RequestError, match="2022年第四季度还没有开始（今天 2022-09-30），没有情况可说"):
        said(shipped(), "2022Q4", "2022-09-30")


def board(*scores: str) -> list[BoardRow]:
    return [
        BoardRow(
            board="counties",
            unit=f"模拟{number}",
            rank=1,
            score=Decimal(score) if score else None,
            due=1,
            on_time=0,
            late=0,
            undone=1,
            earned=None,
            adjustment=Decimal(0),
        )
        for number, score in enumerate(scores, 1)
    ]


@pytest.mark.parametrize(
    ("scores", "ahead", "behind"),
    [
        ("9 8 7 6 5 4 3", "9 8 7", "5 4 3"),
        ("9 8 7 6 5", "9 8", "6 5"),
        ("9 9 9 9 7 6 5", "9 9 9 9", "7 6 5"),
        ("9 7 7 7 7 7 7 5", "9", "5"),  # three places would put the many at both ends
        ("9 7 7 7 7 7 7", "9", ""),  # too many are last
        ("9 9 9 9 9 9 5", "", "5"),
        ("9 5", "9", "5"),
        ("9 9", "", ""),
        ("9", "", ""),
        ("", "", ""),
    ],
)
def test_the_ends_of_a_board(scores: str, ahead: str, behind: str) -> None:
    rows = [*board(*scores.split()), *board("")]
    found = [" ".join(str(row.score) for row in end) for end in ends(rows)]
    assert found == [ahead, behind]
