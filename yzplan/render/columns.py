"""The columns of each kind of list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from yzplan.assess import Standing
from yzplan.model import decimal_text, number_text
from yzplan.query.assessed import score_text, signed
from yzplan.render.listing import Column

if TYPE_CHECKING:
    from yzplan.assess import Viewpoint
    from yzplan.model import Role
    from yzplan.query.boards import Assessment, BoardRow
    from yzplan.query.details import TaskDetails
    from yzplan.query.obligations import ObligationRow
    from yzplan.query.reports import Chain, Share, Summary
    from yzplan.query.rows import LastRecord, PartFacts, TaskRow

STYLES = {
    Standing.NOT_DUE: "green",
    Standing.ON_TIME: "green",
    Standing.DUE_SOON: "yellow",
    Standing.LATE: "yellow",
    Standing.OVERDUE: "red",
    Standing.SUSPENDED: "bright_black",
}
"""The colour of a light, for light and dark backgrounds; its character says the same in black and white."""


def plain(key: str) -> Callable[[Any], str]:
    """The cell of a field that is text, a number, a date or a month; nothing where there is none."""

    def text(row: Any) -> str:
        value = getattr(row, key)
        return "" if value is None else str(value)

    return text


def joined(key: str) -> Callable[[Any], str]:
    """The cell of a field that holds several such values."""
    return lambda row: "、".join(map(str, getattr(row, key)))


def percent_text(value: float | None) -> str:
    """A percent as people write it: `80%`, `12.5%`."""
    return "" if value is None else f"{number_text(value)}%"


def _percent(row: "TaskRow | ObligationRow") -> str:
    return "" if row.percent is None else number_text(row.percent)


def moment(asked: "Viewpoint | Summary | TaskDetails | Assessment") -> str:
    """The dates that every answer carries: `截至 2022-07-31`."""
    known = f"，只算 {asked.known_at} 及以前填报的" if asked.known_at else ""
    return f"截至 {asked.as_of}{known}"


# Responsible units


def responsible_text(row: "TaskRow | Chain") -> str:
    """Responsible units as the table prints them: the named ones, 等…, then the closed groups."""
    named = "、".join(name for name in row.responsible_units if name not in row.closed_groups)
    return "，".join(filter(None, [named + (row.open_ended or ""), *row.closed_groups]))


def _responsible_digest(row: "TaskRow") -> str:
    """`市税务局等10家，县市区`: the first, how many, and the closed groups."""
    named, groups = _split(row)
    first = f"{named[0]}等{len(named)}家" if len(named) > 1 else "".join(named)
    return "，".join([*filter(None, [first]), *groups])


def _responsible_brief(row: "TaskRow") -> str:
    """`10家，县市区`; an only one by the beginning of its name (an open group is not one unit)."""
    named, groups = _split(row)
    count = f"{len(named)}家" if len(named) > 1 else "".join(f"{name[:2]}…" for name in named)
    return "，".join([*filter(None, [count]), *groups])


def _split(row: "TaskRow") -> tuple[list[str], list[str]]:
    """The named units, and the closed groups in few characters: 各县市区政府 is 县市区."""
    named = [name for name in row.responsible_units if name not in row.closed_groups]
    return named, [name.removeprefix("各").removesuffix("政府") for name in row.closed_groups]


# Standings


def _standing(row: "TaskRow") -> str:
    return row.judged.standing.label + ("（预警）" if row.judged.warning else "")


def _light(row: "TaskRow") -> str:
    return row.judged.standing.light


def _light_style(row: "TaskRow") -> str:
    return f"{STYLES[row.judged.standing]} reverse"


def _carried(row: "TaskRow") -> str:
    """Whether an overdue task is new on the list; of others there is nothing to say."""
    if row.judged.standing is not Standing.OVERDUE and not row.judged.warning:
        return ""
    return "结转" if row.carried_over else "新增"


def _delay(row: "TaskRow") -> str:
    """New or carried over, and for how long: `结转 31天`; completed since then: `（8月5日完成）`."""
    if row.judged.warning:
        return "预警"
    words = _carried(row) + (f" {row.judged.days_overdue}天" if row.judged.days_overdue else "")
    return words + _later(row)


def _delay_brief(row: "TaskRow") -> str:
    """The same in little room: completed since then, for how long no longer matters."""
    if row.completed_later and not row.judged.warning:
        return f"{_carried(row)} →{row.completed_later:%m-%d}"
    return _delay(row)


def _delay_style(row: "TaskRow") -> str:
    return "bold" if row.carried_over else ""


def _later(row: "TaskRow") -> str:
    day = row.completed_later
    return f"（{day.month}月{day.day}日完成）" if day else ""


def _state(row: "TaskRow") -> str:
    """The status, with the day of completion or the percent."""
    judged = row.judged
    if judged.completed_on:
        return f"{judged.status.label} {judged.completed_on:%m-%d}"
    return f"{judged.status.label} {percent_text(judged.percent)}".rstrip()


def _state_brief(row: "TaskRow") -> str:
    """The same in little room: `完成 07-28`, `认定 07-28`."""
    return _state(row).removeprefix("已报").removeprefix("已")


def _last_record(record: "LastRecord | None") -> str:
    if record is None:
        return ""
    words = [str(record.date), record.status.label if record.status else "", percent_text(record.percent)]
    return " ".join(filter(None, [*words, record.note]))


def role_text(role: "Role") -> str:
    """A unit's role in a task, in a word."""
    return "牵头" if role == "lead" else "责任"


def part_text(part: "PartFacts") -> str:
    """A unit's part in one line: whose, in which role, and how it stands."""
    role = role_text(part.role)
    follows = "，随牵头单位" if part.follows_lead else ""
    return f"{part.unit}（{role}{follows}）：{part.status.label}，{part.standing.label}"


def _part_brief(row: "TaskRow") -> str:
    """The same in little room, the unit being known: `牵头`, `随牵头`, or what it said itself."""
    if row.part is None:
        return ""
    if row.part.role == "lead":
        return "牵头"
    return "随牵头" if row.part.follows_lead else f"自报{row.part.status.label.removeprefix('已报')}"


TASK_COLUMNS: tuple[Column, ...] = (
    Column(key="light", heading="灯", text=_light, style=_light_style, digest=True),
    Column(key="id", heading="序号", text=plain("id"), align="right"),
    Column(key="indicator_id", heading="指标", text=plain("indicator_id"), align="right"),
    Column(key="indicator", heading="一级指标", text=plain("indicator")),
    Column(key="text", heading="重点工作任务", text=plain("text"), flexible=True),
    Column(key="deadline", heading="完成时限", text=plain("deadline")),
    Column(key="effective_deadline", heading="现行时限", text=plain("effective_deadline")),
    Column(
        key="delay",
        heading="逾期",
        text=_delay,
        style=_delay_style,
        digest=True,
        brief=_delay_brief,
    ),
    Column(key="state", heading="状态", text=_state, digest=True, brief=_state_brief),
    Column(key="lead_unit", heading="牵头单位", text=plain("lead_unit")),
    Column(
        key="responsible_digest",
        heading="责任单位",
        text=_responsible_digest,
        digest=True,
        brief=_responsible_brief,
    ),
    Column(key="responsible_units", heading="责任单位", text=responsible_text, flexible=True),
    Column(key="closed_groups", heading="其中的组", text=joined("closed_groups")),
    Column(key="open_ended", heading="等", text=plain("open_ended")),
    Column(key="part_digest", heading="本单位", text=_part_brief, digest=True),
    Column(key="status", heading="状态", text=lambda row: row.status.label),
    Column(key="percent", heading="进度%", text=_percent, align="right"),
    Column(key="completed_on", heading="完成日", text=plain("completed_on")),
    Column(key="standing", heading="态势", text=_standing),
    Column(key="days_overdue", heading="逾期天数", text=plain("days_overdue"), align="right"),
    Column(key="carried_over", heading="新增结转", text=_carried),
    Column(key="warning", heading="预警", text=lambda row: "预警" if row.warning else ""),
    Column(key="overdue_on", heading="逾期日", text=plain("overdue_on")),
    Column(key="completed_later", heading="其后完成", text=plain("completed_later")),
    Column(
        key="last_record", heading="最近进展", text=lambda row: _last_record(row.last_record), flexible=True
    ),
    Column(
        key="part", heading="本单位", text=lambda row: part_text(row.part) if row.part else "", flexible=True
    ),
)

MISSING_COLUMNS: tuple[Column, ...] = (
    Column(key="unit", heading="单位", text=plain("unit")),
    Column(key="owed", heading="应报", text=plain("owed"), align="right"),
    Column(key="missed", heading="漏报", text=plain("missed"), align="right"),
    Column(key="missing", heading="漏报的任务", text=lambda row: spans(row.missing), flexible=True),
    Column(key="last_reported", heading="上次填报", text=plain("last_reported")),
)

UNIT_COLUMNS: tuple[Column, ...] = (
    Column(key="name", heading="名称", text=plain("name")),
    Column(key="kind", heading="类别", text=plain("kind")),
    Column(key="lead", heading="牵头", text=plain("lead"), align="right"),
    Column(key="responsible", heading="责任", text=plain("responsible"), align="right"),
    Column(key="full_name", heading="全称", text=plain("full_name"), flexible=True),
    Column(key="members", heading="成员", text=joined("members"), flexible=True),
    Column(key="aliases", heading="别名", text=joined("aliases"), flexible=True),
    Column(key="ambiguous", heading="须问明的叫法", text=joined("ambiguous"), flexible=True),
    Column(key="note", heading="备注", text=plain("note"), flexible=True),
)


def spans(numbers: Sequence[int]) -> str:
    """Numbers as people write them: `72–87`, `1、3、5–7`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


CHAIN_COLUMNS: tuple[Column, ...] = (
    Column(key="id", heading="序号", text=plain("id"), align="right"),
    Column(key="name", heading="一级指标", text=plain("name")),
    Column(key="tasks", heading="任务", text=lambda row: spans(row.tasks)),
    Column(key="leader", heading="分管市领导", text=lambda row: row.leader or "（待填）"),
    Column(key="lead_unit", heading="牵头单位", text=plain("lead_unit")),
    Column(key="responsible_units", heading="责任单位", text=responsible_text, flexible=True),
    Column(key="closed_groups", heading="其中的组", text=joined("closed_groups")),
    Column(key="open_ended", heading="等", text=plain("open_ended")),
    Column(key="deadlines", heading="完成时限", text=joined("deadlines")),
)


def _count(key: str, heading: str) -> Column:
    def text(row: "Share | BoardRow") -> str:
        return str(getattr(row, key))

    return Column(key=key, heading=heading, text=text, align="right")


SHARE_COLUMNS: tuple[Column, ...] = (
    Column(key="group", heading="分组", text=lambda row: row.group_label),
    Column(key="name", heading="名称", text=plain("name")),
    _count("total", "任务"),
    _count("due", "应完成"),
    _count("due_done", "已完成"),
    _count("on_time", "按期完成"),
    _count("late", "逾期完成"),
    _count("overdue", "逾期未完成"),
    _count("due_soon", "临期"),
    _count("not_due", "未到期"),
    _count("suspended", "中止"),
)


BOARD_COLUMNS: tuple[Column, ...] = (
    Column(key="board", heading="榜", text=lambda row: row.board_label),
    Column(key="rank", heading="名次", text=plain("rank"), align="right"),
    Column(key="unit", heading="单位", text=plain("unit")),
    Column(key="score", heading="得分", text=lambda row: score_text(row.score), align="right"),
    _count("due", "应完成"),
    _count("on_time", "按期完成"),
    _count("late", "逾期完成"),
    _count("undone", "未完成"),
    Column(key="earned", heading="任务得分", text=lambda row: score_text(row.earned), align="right"),
    Column(key="adjustment", heading="加减分", text=lambda row: signed(row.adjustment), align="right"),
)

_FOLLOWS = Column(
    key="follows_lead",
    heading="随牵头",
    text=lambda row: "随牵头单位" if row.follows_lead else "",
)
_POINTS = Column(
    key="points",
    heading="得分",
    text=lambda row: "不计" if row.points is None else decimal_text(row.points),
    align="right",
)
_WEIGHT = Column(key="weight", heading="权重", text=lambda row: decimal_text(row.weight), align="right")

OBLIGATION_COLUMNS: tuple[Column, ...] = (
    Column(key="task", heading="序号", text=plain("task"), align="right"),
    Column(key="text", heading="重点工作任务", text=plain("text"), flexible=True),
    Column(key="role", heading="角色", text=lambda row: role_text(row.role)),
    Column(key="effective_deadline", heading="现行时限", text=plain("effective_deadline")),
    Column(key="status", heading="状态", text=lambda row: row.status.label),
    Column(key="percent", heading="进度%", text=_percent, align="right"),
    Column(key="completed_on", heading="完成日", text=plain("completed_on")),
    Column(key="standing", heading="态势", text=lambda row: row.standing.label),
    _FOLLOWS,
    _POINTS,
    _WEIGHT,
    Column(key="why", heading="依据", text=plain("why"), flexible=True),
    Column(key="ref", heading="引用码", text=plain("ref")),
)

PERFORMANCE_COLUMNS: tuple[Column, ...] = (
    Column(key="unit", heading="单位", text=plain("unit")),
    Column(key="task", heading="序号", text=plain("task"), align="right"),
    Column(key="text", heading="重点工作任务", text=plain("text"), flexible=True),
    Column(key="role", heading="角色", text=lambda row: role_text(row.role)),
    Column(key="effective_deadline", heading="现行时限", text=plain("effective_deadline")),
    Column(key="status", heading="状态", text=lambda row: row.status.label),
    Column(key="completed_on", heading="完成日", text=plain("completed_on")),
    Column(key="standing", heading="态势", text=lambda row: row.standing.label),
    _FOLLOWS,
    _POINTS,
    _WEIGHT,
    Column(key="evidence", heading="佐证", text=lambda row: "、".join(row.evidence)),
    Column(key="ref", heading="引用码", text=plain("ref")),
    Column(key="revision", heading="数据版本", text=plain("revision")),
)
