"""The columns of the office's own ledgers (督办、全省评价排名) and of whom to summon (约谈)."""

from typing import TYPE_CHECKING

from yzplan.query.rankings import RULE
from yzplan.render.columns import joined, plain, role_text, spans
from yzplan.render.listing import Column

if TYPE_CHECKING:
    from yzplan.query.rankings import RankingRow, SummonsRow
    from yzplan.query.supervision import MeasureRow


def _outcome(row: "MeasureRow") -> str:
    """What came of it: `办结 2022-08-20`; `未办结 31天，逾期未回复`; of a referral only that it was made."""
    if row.closed_on:
        return f"办结 {row.closed_on}"
    if not row.open:
        return "已移送"
    answer = f"，{row.replied_on} 回复" if row.replied_on else "，逾期未回复" if row.overdue else ""
    return f"未办结 {row.open_days}天{answer}"


def _outcome_brief(row: "MeasureRow") -> str:
    """The same in little room: `31天 逾期`."""
    if row.closed_on or not row.open:
        return "办结" if row.closed_on else "移送"
    answer = " 已回复" if row.replied_on else " 逾期" if row.overdue else ""
    return f"{row.open_days}天{answer}"


def _outcome_style(row: "MeasureRow") -> str:
    return "red" if row.overdue else "yellow" if row.open else "green"


def _matter(row: "MeasureRow") -> str:
    """What it was about, in the office's words."""
    return "；".join(filter(None, [row.finding, *row.items, row.note]))


MEASURE_COLUMNS: tuple[Column, ...] = (
    Column(key="ref", heading="引用码", text=plain("ref")),
    Column(key="date", heading="日期", text=plain("date")),
    Column(key="measure", heading="方式", text=lambda row: row.measure.label),
    Column(key="unit", heading="单位", text=plain("unit")),
    Column(key="number", heading="文号", text=plain("number")),
    Column(key="tasks", heading="任务", text=lambda row: spans(row.tasks)),
    Column(
        key="outcome",
        heading="办理",
        text=_outcome,
        style=_outcome_style,
        digest=True,
        brief=_outcome_brief,
    ),
    Column(key="matter", heading="事由", text=_matter, digest=True, flexible=True),
    Column(key="finding", heading="发现问题", text=plain("finding"), flexible=True),
    Column(key="items", heading="整改事项", text=joined("items"), flexible=True),
    Column(key="due", heading="反馈时限", text=plain("due")),
    Column(key="replied_on", heading="回复日", text=plain("replied_on")),
    Column(key="closed_on", heading="办结日", text=plain("closed_on")),
    Column(key="open", heading="未办结", text=lambda row: "未办结" if row.open else ""),
    Column(key="open_days", heading="未办结天数", text=plain("open_days"), align="right"),
    Column(key="overdue", heading="逾期未回复", text=lambda row: "逾期" if row.overdue else ""),
    Column(key="note", heading="说明", text=plain("note"), flexible=True),
)


def _subject(row: "RankingRow | SummonsRow") -> str:
    """What was ranked: `指标6 纳税`, or the unit."""
    return row.unit or "" if row.indicator_id is None else f"指标{row.indicator_id} {row.indicator}"


def _place(row: "RankingRow | SummonsRow") -> str:
    return f"第 {row.rank} 位/共 {row.of}"


def _because(row: "SummonsRow") -> str:
    """Which ranking it is for: `指标6 纳税 2022Q3 第 12 位/共 14`; a unit's own needs no name again."""
    of = f"{_subject(row)} " if row.indicator_id is not None else ""
    return f"{of}{row.period.chinese} {_place(row)}"


RANKING_COLUMNS: tuple[Column, ...] = (
    Column(key="ref", heading="引用码", text=plain("ref")),
    Column(key="date", heading="公布日期", text=plain("date")),
    Column(key="period", heading="评价期", text=lambda row: row.period.chinese),
    Column(key="subject", heading="排名对象", text=_subject, digest=True),
    Column(key="place", heading="位次", text=_place, digest=True),
    Column(key="indicator_id", heading="指标", text=plain("indicator_id"), align="right"),
    Column(key="indicator", heading="一级指标", text=plain("indicator")),
    Column(key="unit", heading="单位", text=plain("unit")),
    Column(key="rank", heading="位次", text=plain("rank"), align="right"),
    Column(key="of", heading="参评数", text=plain("of"), align="right"),
    Column(key="document", heading="文件", text=plain("document"), flexible=True),
    Column(key="note", heading="说明", text=plain("note"), flexible=True),
)

SUMMONS_COLUMNS: tuple[Column, ...] = (
    Column(key="unit", heading="单位", text=plain("unit")),
    Column(key="kind", heading="类别", text=plain("kind")),
    Column(key="role", heading="角色", text=lambda row: role_text(row.role) if row.role else "本单位"),
    Column(key="because", heading="依据的排名", text=_because, digest=True, flexible=True),
    Column(key="indicator_id", heading="指标", text=plain("indicator_id"), align="right"),
    Column(key="indicator", heading="一级指标", text=plain("indicator")),
    Column(key="period", heading="评价期", text=lambda row: row.period.chinese),
    Column(key="rank", heading="位次", text=plain("rank"), align="right"),
    Column(key="of", heading="参评数", text=plain("of"), align="right"),
    Column(key="date", heading="公布日期", text=plain("date")),
    Column(key="document", heading="文件", text=plain("document"), flexible=True),
    Column(key="ref", heading="引用码", text=plain("ref")),
    Column(key="summoned_on", heading="已约谈", text=plain("summoned_on")),
)


def summons_note(low_indicators: int | None, low_units: int | None) -> str:
    """What must be read with the candidates: the rule, what 靠后 was taken to be, and who decides."""
    places = [
        f"{what}以最后 {number} 位"
        for what, number in (("指标", low_indicators), ("单位", low_units))
        if number
    ]
    return (
        f"依据：永政办函〔2022〕18号 三、保障措施 3：“{RULE}”文件没有规定几位算靠后，"
        f"这里{'、'.join(places)}为靠后。本表只列人选，是否约谈由市政府决定。"
    )
