"""年终考评: 年终对县市区、市直单位开展综合考评 (三、保障措施 1); a quarter's assessment too."""

from yzplan.assess.scoring import close_of
from yzplan.model import Adjustment, Period, Plan, decimal_text, exact
from yzplan.model.shape import noun
from yzplan.papers.composing import Template
from yzplan.papers.drafting import draft
from yzplan.papers.facts import PaperFacts, shared_facts
from yzplan.papers.paper import Paper, Stamp, Table
from yzplan.papers.progress import Progress
from yzplan.papers.scope import check_scope
from yzplan.papers.tables import ROLE, Field, board_table, field, table
from yzplan.query.assessed import rules_text, score_text, signed
from yzplan.query.boards import BOARD_LABELS, Assessment, BoardRow, RankedBoard, assessment
from yzplan.query.deductions import Deductions, deductions
from yzplan.query.distribution import Distribution, distributions
from yzplan.query.reports import summarize


@noun
class AssessmentFacts(PaperFacts):
    """How the units stand at the close of a quarter or year.

    `running`: the period was not over when it was written, so that all is on trial (试算). `method`: the
    rules in words. `adjustments`: those that count, `adjusted` how many they are.
    """

    period: Period
    must_be_verified: bool
    """Whether a part counts as complete only once the office has verified it (plan.policy.complete)."""
    total: Progress
    """All tasks, by their leads."""
    boards: dict[RankedBoard, tuple[BoardRow, ...]]
    unranked: tuple[BoardRow, ...]
    distribution: tuple[Distribution, ...]
    deductions: Deductions
    adjusted: int
    adjustments: tuple[Adjustment, ...]
    method: str


def assess(plan: Plan, stamp: Stamp, template: Template) -> Paper:
    """The paper on the close of a quarter or year (`stamp.period`).

    Raises RequestError for a period before the plan, or one that has not begun; DataError where the
    template cannot be used.
    """
    facts = assessment_facts(plan, stamp)
    boards: dict[str, Table] = {
        board: board_table(f"{BOARD_LABELS[board]}得分及排名", rows) for board, rows in facts.boards.items()
    }
    tables = {
        **boards,
        "unranked": board_table("不排名单位得分", facts.unranked),
        "distribution": table("得分分布", facts.distribution, _DISTRIBUTION, "各档含下限，不含上限。"),
        "adjustments": table("加减分", facts.adjustments, _ADJUSTMENT),
        "deductions": table("", facts.deductions.rows, _DEDUCTION),
    }
    return draft(plan, stamp, template, facts, tables)


def assessment_facts(plan: Plan, stamp: Stamp) -> AssessmentFacts:
    """The figures of a quarter's or year's close. Raises RequestError as `assess` does."""
    period = stamp.period
    assert period  # noqa: S101 - an assessment is about a period
    check_scope(plan, period, stamp.written_on)
    found: Assessment = assessment(plan, period, stamp.known_at)
    return AssessmentFacts(
        **shared_facts(plan, stamp),
        period=period,
        must_be_verified=plan.header.policy.complete == "verified",
        total=Progress.of(summarize(plan, close_of(period, stamp.known_at)).total),
        boards=dict(found.boards),
        unranked=found.unranked,
        distribution=distributions(found),
        deductions=deductions(plan, period, stamp.known_at),
        adjusted=len(found.rules.adjustments),
        adjustments=found.rules.adjustments,
        method=rules_text(found.rules),
    )


_DISTRIBUTION = (
    Field("榜", lambda row: row.label, 6, "left"),
    field("units", "单位数", 3),
    field("from_90", "90分以上", 4),
    field("from_80", "80—90分", 3),
    field("from_70", "70—80分", 3),
    field("from_60", "60—70分", 3),
    field("below_60", "不满60分", 4),
    field("not_applicable", "不适用", 3),
    Field("最高分", lambda row: score_text(row.highest), 3),
    Field("最低分", lambda row: score_text(row.lowest), 3),
)
_ADJUSTMENT = (
    field("date", "日期", 4),
    field("unit", "单位", 6),
    Field("分值", lambda row: signed(exact(row.points)), 2),
    Field("理由", lambda row: row.reason, 8, "left"),
    Field("依据文件", lambda row: row.document or "", 6, "left"),
)
_DEDUCTION = (
    field("unit", "单位", 9),
    field("task", "任务序号", 2),
    ROLE,
    Field("态势", lambda row: row.standing.label, 5),
    Field("得分", lambda row: decimal_text(row.points), 2),
    Field("扣分", lambda row: decimal_text(row.lost), 2),
    Field("权重", lambda row: decimal_text(row.weight), 2),
    Field("依据", lambda row: row.why, 22, "left"),
    field("ref", "填报记录", 4),
)
