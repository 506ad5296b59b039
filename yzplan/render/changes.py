"""What happened to the data, as people read it: `log` and `diff`."""

from collections.abc import Mapping
from typing import Any

from yzplan.check.history import shown
from yzplan.model import Status, number_text
from yzplan.model.changes import altered_keys
from yzplan.model.ledger import FIELD_LABELS
from yzplan.model.supervision import office_saying
from yzplan.query.chronicle import ChangeRow
from yzplan.render.columns import spans
from yzplan.render.listing import Column
from yzplan.store import decode

KIND_LABELS = {
    "record": "进展",
    "extension": "延期",
    "supervision": "督办",
    "ranking": "全省排名",
    "plan": "方案",
    "indicator": "指标",
    "task": "任务",
    "unit": "单位",
    "group": "组",
    "author": "作者",
}
ACTION_LABELS = {"added": "增加", "removed": "删去", "altered": "改动"}


def what(row: ChangeRow) -> str:
    """What happened in one line, from what to what: `推进中 40% → 已报完成`."""
    if row.kind not in ("record", "extension", "supervision", "ranking"):
        return _of_fact(row)
    if row.action == "altered":
        return f"改动已有的{KIND_LABELS[row.kind]}：{_altered(row.before, row.after)}"
    if row.action == "removed":
        return f"删去已有的{KIND_LABELS[row.kind]}：{_said_by(row, row.before)}"
    if row.kind in ("supervision", "ranking"):
        return f"{KIND_LABELS[row.kind]} {_said_by(row, row.after)}"
    if row.kind == "extension" or "retracts" in row.after:
        return _entry(row.after)
    return f"{_said(row.before)} → {_entry(row.after)}"


def _said_by(row: ChangeRow, entry: Mapping[str, Any]) -> str:
    """What a row's entry says."""
    if row.kind in ("record", "extension"):
        return _entry(entry)
    form = decode.ranking if row.kind == "ranking" else decode.supervision
    said = office_saying(form(entry), indicator=str(row.name or "") or None)
    on = f"（第 {spans(entry['tasks'])} 项）" if "tasks" in entry else ""
    words = entry.get("finding") or "、".join(entry.get("items", ())) or entry.get("note")
    return f"{said}{on}" + (f"：{words}" if words else "")


def _entry(entry: Mapping[str, Any]) -> str:
    """An entry by what matters most in it, and its own words."""
    words = entry.get("note") or entry.get("reason")
    tail = f"：{words}" if words else ""
    if "retracts" in entry:
        return f"更正 {entry['retracts']}{tail}"
    if "to" in entry:
        return f"延期 {entry.get('from', '')} → {entry['to']}{tail}"
    done = f"（{entry['completed_on']} 完成）" if "completed_on" in entry else ""
    return f"{_said(entry)}{done}{tail}"


def _said(entry: Mapping[str, Any] | None) -> str:
    """A status, and how far: `推进中 40%`."""
    if not entry:
        return Status.NOT_STARTED.label
    percent = f" {number_text(entry['percent'])}%" if "percent" in entry else ""
    return f"{Status(entry['status']).label}{percent}"


def _altered(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return "，".join(
        f"{FIELD_LABELS.get(key, key)} {shown(before.get(key))} → {shown(after.get(key))}"
        for key in altered_keys(before, after)
    )


def _of_fact(row: ChangeRow) -> str:
    whose = "" if row.kind in ("task", "unit") else f"{KIND_LABELS[row.kind]} {row.name or ''}".rstrip()
    if row.key is None and row.action != "altered":
        return f"{ACTION_LABELS[row.action]}{whose or KIND_LABELS[row.kind]}" + (
            f"：{shown(row.after or row.before)}" if row.kind == "author" else ""
        )
    where = f"{whose} {row.key or ''}".strip()
    if row.action == "altered":
        return f"{where}：{shown(row.before)} → {shown(row.after)}"
    return f"{where}：{ACTION_LABELS[row.action]} {shown(row.after if row.before is None else row.before)}"


def _text(key: str) -> Any:
    return lambda row: "" if getattr(row, key) is None else shown(getattr(row, key))


def _committed(row: ChangeRow) -> str:
    return row.committed_at[:10] if row.committed_at else "未提交"


CHANGE_COLUMNS: tuple[Column, ...] = (
    Column(key="committed", heading="提交日期", text=_committed, digest=True),
    Column(key="commit", heading="提交", text=lambda row: (row.commit or "")[:10]),
    Column(key="author", heading="提交人", text=_text("author")),
    Column(key="email", heading="邮箱", text=_text("email")),
    Column(key="committed_at", heading="提交时间", text=_text("committed_at")),
    Column(key="recorded_on", heading="填报日期", text=_text("recorded_on")),
    Column(key="task", heading="项", text=_text("task"), align="right"),
    Column(key="unit", heading="单位", text=_text("unit")),
    Column(key="kind", heading="类别", text=lambda row: KIND_LABELS[row.kind]),
    Column(key="action", heading="动作", text=lambda row: ACTION_LABELS[row.action]),
    Column(key="name", heading="名称", text=_text("name")),
    Column(key="key", heading="键", text=_text("key")),
    Column(key="ref", heading="引用码", text=_text("ref")),
    Column(key="before", heading="原为", text=_text("before"), flexible=True),
    Column(key="after", heading="现为", text=_text("after"), flexible=True),
    Column(key="what", heading="变动", text=what, flexible=True, digest=True),
)

SHOWN = ("committed", "author", "recorded_on", "task", "unit", "what")
NARROW = ("committed", "author", "task", "unit", "what")
