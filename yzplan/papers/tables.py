"""Tables of papers, from rows of figures: what stands in which column, and how it is said."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from yzplan.model import Month, number_text
from yzplan.papers.filters import listed, percent, short_day
from yzplan.papers.paper import Column, Table
from yzplan.papers.progress import LeadOverdue, Progress
from yzplan.query.assessed import score_text, signed
from yzplan.query.boards import BoardRow
from yzplan.query.missing import MissingRow
from yzplan.query.problem_reports import ProblemReport
from yzplan.query.rows import TaskRow
from yzplan.query.supervision import MeasureRow


class Field(NamedTuple):
    """A column and what its cells say of a row."""

    heading: str
    text: Callable[[Any], str]
    width: int = 4
    align: Literal["left", "centre", "right"] = "centre"


def table(title: str, rows: Sequence[Any], fields: Sequence[Field], note: str = "") -> Table:
    """A table with a line a row. Where tasks' texts are cut, the note below says so."""
    cells = tuple(tuple(field.text(row) for field in fields) for row in rows)
    is_cut = any(
        field.text is gist_of and row[k].endswith(_CUT) for k, field in enumerate(fields) for row in cells
    )
    return Table(
        title=title,
        columns=tuple(Column(field.heading, field.width, field.align) for field in fields),
        rows=cells,
        note=note + (_CUT_NOTE if is_cut else ""),
    )


def field(key: str, heading: str, width: int = 4) -> Field:
    """A column of what rows hold under that key; empty where there is nothing."""

    def text(row: Any) -> str:
        value = getattr(row, key)
        return "" if value is None else str(value)

    return Field(heading, text, width)


# Tasks

_GIST = 40
_CUT = "……"
_CUT_NOTE = f"任务文字以“{_CUT}”结尾的是摘要，全文见方案附件。"


def gist_of(row: Any) -> str:
    """The beginning of a task's text, to the end of a clause: everybody has the plan with the whole of it."""
    text: str = row.text
    if len(text) <= _GIST:
        return text
    beginning = text[: _GIST - len(_CUT)]
    end = max(beginning.rfind(mark) for mark in "。；，：")
    return (beginning[:end] if end > 0 else beginning.rstrip("0123456789.")) + _CUT


def deadline_text(row: TaskRow) -> str:
    """The deadline that holds; with the printed one, where an extension moved it."""
    if row.effective_deadline == row.deadline:
        return row.deadline.chinese
    return f"{row.effective_deadline.chinese}（原为{_month(row.deadline, row.effective_deadline)}）"


def _month(value: Month, beside: Month) -> str:
    return f"{value.month}月" if value.year == beside.year else value.chinese


def standing_text(row: TaskRow) -> str:
    """How a task stands; 预警 where nothing is missed yet."""
    return row.standing.label + ("（预警）" if row.warning else "")


def delay_text(row: TaskRow) -> str:
    """Since how long a task is overdue: `31天`; `0天` at the deadline's own close; `预警` before it."""
    return "预警" if row.warning else f"{row.days_overdue}天"


def report_text(row: TaskRow) -> str:
    """The report that decides how a task stands, and when it was completed after all."""
    record = row.last_record
    words = ["未填报"]
    if record:
        share = "" if record.percent is None else f"（{number_text(record.percent)}%）"
        status = f"{record.status.label}{share}" if record.status else ""
        words = [short_day(record.date) + status, *([record.note] if record.note else [])]
    if row.completed_later:
        words.append(f"{short_day(row.completed_later)}完成")
    return "；".join(words)


NUMBER = field("id", "序号", 2)
TASK = Field("重点工作任务", gist_of, 15, "left")
DEADLINE = Field("完成时限", deadline_text, 5)
ROLE = Field("角色", lambda row: "牵头" if row.role == "lead" else "责任", 2)
LEAD = field("lead_unit", "牵头单位", 5)
STANDING = Field("完成情况", standing_text, 5)
COMPLETED = Field("完成日期", lambda row: short_day(row.completed_on) if row.completed_on else "", 4)
DELAY = Field("逾期天数", delay_text, 2)
REPORT = Field("最近填报", report_text, 6, "left")


def due_table(title: str, rows: Sequence[TaskRow]) -> Table:
    """Tasks that were due in a month, and how they stand."""
    return table(title, rows, (NUMBER, TASK, *_deadline(rows), LEAD, STANDING, COMPLETED))


def coming_table(title: str, rows: Sequence[TaskRow]) -> Table:
    """Tasks that will be due in a month."""
    return table(title, rows, (NUMBER, TASK, *_deadline(rows), LEAD))


def _deadline(rows: Sequence[TaskRow]) -> tuple[Field, ...]:
    """The deadlines of tasks that are all due in one month: worth a column where some were moved there."""
    return (DEADLINE,) if any(row.effective_deadline != row.deadline for row in rows) else ()


def overdue_table(title: str, rows: Sequence[TaskRow], first: Month, note: str = "") -> Table:
    """Tasks that are overdue, since how long, and what was last heard of them.

    结转 are those that were due before the month `first`.
    """
    origin = Field("类别", lambda row: "结转" if row.effective_deadline < first else "新增", 2)
    return table(title, rows, (NUMBER, TASK, DEADLINE, LEAD, origin, DELAY, REPORT), note)


# Counts

_ALWAYS = ("total", "due", "due_on_time", "overdue", "pending")
_COUNTS = {
    "total": "任务数",
    "due": "应完成",
    "due_on_time": "按期完成",
    "late": "逾期完成",
    "overdue": "逾期未完成",
    "warned": "预警",
    "early": "提前完成",
    "pending": "未到期",
    "suspended": "中止",
}


def progress_table(
    title: str, heading: str, rows: Sequence[Progress], total: Progress, *more: Field, note: str = ""
) -> Table:
    """Indicators or units and how far they have come, the total last; no column where all would be 0."""
    shown = [key for key in _COUNTS if key in _ALWAYS or getattr(total, key)]
    fields = (
        Field(heading, lambda row: "合计" if row is total else row.name, 8, "left"),
        *(field(key, _COUNTS[key], 2 if len(_COUNTS[key]) == 4 else 3) for key in shown),
        Field("完成率", lambda row: percent(row.rate), 3),
        *more,
    )
    return table(title, [*rows, total], fields, note)


def board_table(title: str, rows: Sequence[BoardRow], note: str = "") -> Table:
    """A board of the assessment, or those who are not ranked."""
    fields = [
        field("unit", "单位", 8)._replace(align="left"),
        field("due", "应完成", 3),
        field("on_time", "按期完成", 2),
        field("late", "逾期完成", 2),
        field("undone", "未完成", 3),
        Field("得分", lambda row: score_text(row.score), 4),
    ]
    if any(row.adjustment for row in rows):
        fields.append(Field("其中加减分", lambda row: signed(row.adjustment), 3))
    if any(row.rank for row in rows):
        fields.insert(0, field("rank", "名次", 2))
    return table(title, rows, fields, note)


def lead_overdue_table(title: str, rows: Sequence[LeadOverdue]) -> Table:
    """Lead units and their overdue tasks."""
    fields = (
        field("lead_unit", "牵头单位", 8)._replace(align="left"),
        field("overdue", "逾期未完成", 3),
        field("new", "其中新增", 2),
        field("carried_over", "其中结转", 2),
        Field("任务序号", lambda row: listed(row.tasks), 10, "left"),
    )
    return table(title, rows, fields, "按逾期未完成项数由多到少排列，项数相同的按时限先后、任务序号排列。")


# Reports


def missing_table(title: str, rows: Sequence[MissingRow]) -> Table:
    """Who owed reports and did not give them."""
    fields = (
        field("unit", "单位", 6),
        field("owed", "应报项数", 3),
        field("missed", "未报项数", 3),
        Field("未报任务序号", lambda row: listed(row.missing), 12, "left"),
        Field("最近一次填报", lambda row: short_day(row.last_reported) if row.last_reported else "无", 4),
    )
    return table(title, rows, fields)


def problem_table(title: str, rows: Sequence[ProblemReport]) -> Table:
    """The problems that units reported."""
    fields = (
        field("task", "序号", 2),
        Field("重点工作任务", gist_of, 12, "left"),
        field("lead_unit", "牵头单位", 5),
        field("unit", "填报单位", 5),
        Field("填报日期", lambda row: short_day(row.date), 3),
        Field("存在问题", lambda row: row.problem, 8, "left"),
    )
    return table(title, rows, fields)


def measure_table(title: str, rows: Sequence[MeasureRow]) -> Table:
    """What the office did about units and has not closed."""
    fields = (
        Field("日期", lambda row: short_day(row.date), 3),
        Field("方式", lambda row: row.measure.label, 3),
        field("unit", "单位", 5),
        field("number", "文号", 5),
        Field("任务序号", lambda row: listed(row.tasks), 3),
        Field("事由", lambda row: "；".join(filter(None, [row.finding, *row.items])), 8, "left"),
        Field("反馈时限", lambda row: short_day(row.due) if row.due else "", 3),
        Field("回复情况", _reply_text, 4),
    )
    return table(title, rows, fields)


def _reply_text(row: MeasureRow) -> str:
    if row.replied_on:
        return f"{short_day(row.replied_on)}回复"
    return "逾期未回复" if row.overdue else "未回复"
