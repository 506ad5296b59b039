"""What happens to a task after it was printed: progress records and extensions.

Everything here is append-only in the file: status, completion and overdue are derived from these
records at a date (see `yzplan.assess`), never stored.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import field, fields
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from yzplan.model.month import Month
from yzplan.model.period import Period
from yzplan.model.shape import Day, Line, Noun, Number, Percent, Ref, noun, yaml_key


class Status(StrEnum):
    """The status of a unit's own part of a task (状态)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    VERIFIED = "verified"
    RETURNED = "returned"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "推进中",
    Status.BLOCKED: "受阻",
    Status.DONE: "已报完成",
    Status.VERIFIED: "已认定",
    Status.RETURNED: "退回",
    Status.SUSPENDED: "中止",
}


_OPEN = frozenset({Status.IN_PROGRESS, Status.BLOCKED, Status.DONE, Status.SUSPENDED})

TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    Status.NOT_STARTED: _OPEN,
    Status.IN_PROGRESS: _OPEN,
    Status.BLOCKED: _OPEN,
    Status.RETURNED: _OPEN,
    Status.DONE: frozenset({Status.DONE, Status.VERIFIED, Status.RETURNED}),
    Status.VERIFIED: frozenset({Status.RETURNED}),
    Status.SUSPENDED: frozenset({Status.IN_PROGRESS, Status.BLOCKED, Status.DONE}),
}
"""From each status, what may be recorded next. Commands refuse the rest; replay accepts anything."""

REPORTABLE = (Status.IN_PROGRESS, Status.BLOCKED, Status.DONE)
"""What a unit may say of itself; the other statuses are the office's acts."""


class Referable(Noun):
    """A ledger entry; its reference is the hash of its content, so it is stored nowhere."""

    __slots__ = ("_ref",)
    _ref: str

    @property
    def ref(self) -> str:
        """The entry's reference: 8 hex digits. Hashed once, since the entry is frozen."""
        try:
            return self._ref
        except AttributeError:
            object.__setattr__(self, "_ref", fingerprint(facts(self))[:8])
            return self._ref


@noun
class ProgressRecord(Referable):
    """One report on one unit's part of a task, or (with `retracts`) the correction of one (更正).

    Exactly one of `status` and `retracts` is given. `percent` counts 0-100.
    """

    date: Day
    """When it was reported: what was known when."""
    unit: Line
    """Whose part this is: the lead unit (the task as a whole), a responsible unit or a member of a group."""
    status: Status | None = None
    completed_on: Day | None = None
    percent: Percent | None = None
    note: Line | None = None
    problem: Line | None = None
    evidence: tuple[Line, ...] = ()
    measured: Mapping[Line, Number] = field(default_factory=dict)
    by: Line | None = None
    source: Line | None = None
    retracts: Ref | None = None

    @property
    def effective_on(self) -> dt.date:
        """The day on which it takes effect: its completion day if it has one, else its date."""
        return self.completed_on or self.date

    @property
    def known_on(self) -> dt.date:
        """The day from which it was known."""
        return self.date


@noun
class Extension(Referable):
    """An approved new deadline (延期), or (with `retracts`) the correction of one.

    It moves the effective deadline from `approved_on` on and never the printed one.
    """

    from_: Month | None = None
    to: Month | None = None
    approved_on: Day
    reason: Line
    document: Line | None = None
    recorded_on: Day | None = None
    retracts: Ref | None = None

    @property
    def known_on(self) -> dt.date:
        """The day from which it was known: when it was recorded, else when it was approved."""
        return self.recorded_on or self.approved_on


FIELD_LABELS = {
    "date": "日期",
    "unit": "单位",
    "status": "状态",
    "completed_on": "完成日",
    "percent": "进度",
    "note": "说明",
    "problem": "问题",
    "evidence": "佐证",
    "measured": "实测",
    "by": "填报人",
    "source": "来源",
    "retracts": "更正",
    "from": "原时限",
    "to": "新时限",
    "approved_on": "批准日",
    "reason": "理由",
    "document": "文号",
    "recorded_on": "登记日",
    "measure": "方式",
    "number": "文号",
    "tasks": "任务",
    "finding": "发现问题",
    "items": "整改事项",
    "due": "反馈时限",
    "replies_to": "回复",
    "closes": "办结",
    "period": "评价期",
    "indicator": "指标",
    "rank": "位次",
    "of": "参评数",
}
"""What people call the fields of a ledger entry."""

LedgerEntry = ProgressRecord | Extension


class Dated(Protocol):
    """An entry of any ledger: it is known from a day on."""

    @property
    def known_on(self) -> dt.date:
        """The day from which it was known."""


def saying(entry: LedgerEntry, gap: str = " ") -> str:
    """What an entry says, in a word or two: `已报完成`, `更正 3f9a2c1b`; `延至 2022-10`, with the gap."""
    if isinstance(entry, Extension):
        return f"更正延期 {entry.retracts}" if entry.retracts else f"延至{gap}{entry.to}"
    return entry.status.label if entry.status else f"更正 {entry.retracts}"


def ledger_of(entry: LedgerEntry) -> str:
    """The key of a task under which an entry stands."""
    return "extensions" if isinstance(entry, Extension) else "progress"


def place_of(ledger: Sequence[Dated], new: Dated) -> int:
    """Behind how many entries of a ledger a new one goes, so that it stays in the order of dates.

    Behind all that were known before it or on the same day.
    """
    return next((k for k, old in enumerate(ledger) if old.known_on > new.known_on), len(ledger))


def facts(entry: Any) -> dict[str, Any]:
    """The fields of a noun that say something, by their keys in the file, in the order of the file.

    Values are what the file holds: strings (dates and months ISO), numbers, lists, mappings.
    Empty and absent are the same and left out.
    """
    found = {}
    for name, key in _keys(entry.__class__):
        value = getattr(entry, name)
        if value is not None and value != () and value != {}:
            found[key] = _plain(value)
    return found


@cache
def _keys(noun: Any) -> Sequence[tuple[str, str]]:
    """The fields of a noun, each with its key in the file."""
    return [(part.name, yaml_key(part.name)) for part in fields(noun)]


def _plain(value: Any) -> Any:
    if isinstance(value, Month | Period | dt.date):
        return str(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def fingerprint(content: Any) -> str:
    """sha256, as 64 hex digits, of the content as canonical JSON.

    Canonical: UTF-8, keys sorted, no spaces, not ASCII-escaped, whole numbers without a fraction.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
