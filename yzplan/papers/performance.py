"""绩效考核: what each unit did about each task, for those who judge the units by it (三、保障措施 4)."""

from yzplan.assess.scoring import adjustments_at, close_of
from yzplan.model import Period, Plan, decimal_text
from yzplan.model.shape import noun
from yzplan.papers.composing import Template
from yzplan.papers.drafting import draft
from yzplan.papers.facts import PaperFacts, shared_facts
from yzplan.papers.filters import listed
from yzplan.papers.paper import Paper, Stamp
from yzplan.papers.scope import check_scope
from yzplan.papers.tables import ROLE, Field, field, table
from yzplan.query.assessed import rules_text
from yzplan.query.performance import PerformanceRow, performance_rows


@noun
class PerformanceFacts(PaperFacts):
    """What the units' points at the close of a quarter or year rest on.

    `parts`: the rows, of which `counted` earn points; `units`: whose they are. `revision`: the commit of the
    data, None where they had not been committed. The `adjusted` many adjustments are no part of the rows.
    """

    period: Period
    revision: str | None
    units: int
    parts: int
    counted: int
    adjusted: int
    method: str
    rows: tuple[PerformanceRow, ...]


def performance(plan: Plan, stamp: Stamp, template: Template) -> Paper:
    """The paper on the close of a quarter or year (`stamp.period`).

    Raises RequestError for a period before the plan, or one that has not begun; DataError where the
    template cannot be used.
    """
    facts = performance_facts(plan, stamp)
    return draft(plan, stamp, template, facts, {"performance": table("", facts.rows, _COLUMNS)})


def performance_facts(plan: Plan, stamp: Stamp) -> PerformanceFacts:
    """The figures of a quarter's or year's close. Raises RequestError as `performance` does."""
    period = stamp.period
    assert period  # noqa: S101 - it is about a period
    check_scope(plan, period, stamp.written_on)
    rows = performance_rows(plan, period, stamp.known_at, revision=stamp.revision)
    return PerformanceFacts(
        **shared_facts(plan, stamp),
        period=period,
        revision=stamp.revision,
        units=len({row.unit for row in rows}),
        parts=len(rows),
        counted=sum(row.points is not None for row in rows),
        adjusted=len(adjustments_at(plan, close_of(period, stamp.known_at))),
        method=rules_text(plan.header.assessment),
        rows=tuple(rows),
    )


def _state_text(row: PerformanceRow) -> str:
    """The state, and whose it is where the unit said nothing itself."""
    return f"随牵头单位：{row.status.label}" if row.follows_lead else row.status.label


_COLUMNS = (
    field("unit", "单位", 6),
    field("task", "任务序号", 2),
    ROLE,
    Field("状态", _state_text, 5),
    Field("态势", lambda row: row.standing.label, 5),
    Field("得分", lambda row: "不计" if row.points is None else decimal_text(row.points), 2),
    Field("权重", lambda row: decimal_text(row.weight), 2),
    Field("佐证", lambda row: listed(row.evidence), 8, "left"),
    field("ref", "填报记录", 4),
)
