"""Y4xx and Y5xx: what a well-formed ledger may hold and should not, or should at least be said aloud.

One function a code; its docstring is the manual of the code. Each looks at one task, so that a
command that adds a record can say what is odd about it, in the same words as `check`. Places are
relative to the task. What has been taken back is left out.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from yzplan.assess import live
from yzplan.check.findings import Finding, Locator
from yzplan.errors import code_of
from yzplan.model import TRANSITIONS, Extension, Plan, ProgressRecord, Status, Task, number_text

_History = Sequence[tuple[int, ProgressRecord]]


class Asked(NamedTuple):
    """One task, as seen today, with what its rules look at: all that has not been taken back.

    `histories`: whose part, in words, and its records with their positions in the file, in the order
    of the ledger. `extensions`: with their positions.
    """

    plan: Plan
    task: Task
    today: dt.date
    histories: Sequence[tuple[str, _History]]
    extensions: Sequence[tuple[int, Extension]]

    @classmethod
    def about(cls, plan: Plan, task: Task, today: dt.date) -> "Asked":
        """What the rules look at of a task."""
        units: dict[str, list[tuple[int, ProgressRecord]]] = defaultdict(list)
        for k, record in live(task.progress):
            units[record.unit].append((k, record))
        histories = [
            (f"第 {task.id} 项 {unit} ", sorted(history, key=lambda pair: pair[1].date))
            for unit, history in units.items()
        ]
        return cls(plan, task, today, histories, [*live(task.extensions)])


OddityRule = Callable[[Asked], Iterator[Finding]]


def y401_extension_not_later(asked: Asked) -> Iterator[Finding]:
    """延期（extensions）的新时限不晚于印发的完成时限。提前不是延期；印发的时限不能缩短。"""
    task = asked.task
    for k, entry in asked.extensions:
        if entry.to and entry.to <= task.deadline:
            message = f"第 {task.id} 项延至 {entry.to}，不晚于印发的时限 {task.deadline}"
            yield Finding(("extensions", k, "to"), message, "核对新的时限；记错的用 undo 更正")


def y501_falling_percent(asked: Asked) -> Iterator[Finding]:
    """进度（percent）比前一次报的低。退回以后从头算起，不算下降。"""
    for where, history in asked.histories:
        last = None
        for k, record in history:
            if record.status is Status.RETURNED:
                last = None
            if record.percent is None:
                continue
            if last is not None and record.percent < last:
                message = f"{where}的进度由 {number_text(last)}% 降为 {number_text(record.percent)}%"
                yield Finding(("progress", k, "percent"), message)
            last = record.percent


def y502_completed_before_begun(asked: Asked) -> Iterator[Finding]:
    """完成日（completed_on）早于该单位报“推进中”或“受阻”的日期：那天说还没有完成。"""
    for where, history in asked.histories:
        begun: ProgressRecord | None = None
        for k, record in history:
            if record.completed_on and begun and begun.status and record.completed_on < begun.date:
                message = (
                    f"{where}的完成日 {record.completed_on} 早于 {begun.date} 报的“{begun.status.label}”"
                )
                yield Finding(("progress", k, "completed_on"), message)
            if record.status in (Status.IN_PROGRESS, Status.BLOCKED):
                begun = record


def y503_future_date(asked: Asked) -> Iterator[Finding]:
    """填报日期、完成日、延期的批准日或更正的日期在今天之后。"""
    for where, what, day in _days(asked):
        if day > asked.today:
            yield Finding(where, f"{what} {day} 在今天（{asked.today}）之后")


def y504_before_document(asked: Asked) -> Iterator[Finding]:
    """填报日期、完成日、延期的批准日或更正的日期早于文件的印发日（issued_on）。"""
    issued_on = asked.plan.header.issued_on
    for where, what, day in _days(asked):
        if day < issued_on:
            yield Finding(where, f"{what} {day} 早于文件印发日 {issued_on}")


def _days(asked: Asked) -> Iterator[tuple[Locator, str, dt.date]]:
    """Every day that stands in the ledgers: where, what it is, and the day."""
    for where, history in asked.histories:
        for k, record in history:
            yield ("progress", k, "date"), f"{where}的填报日期", record.date
            if record.completed_on:
                yield ("progress", k, "completed_on"), f"{where}的完成日", record.completed_on
    for k, given in asked.extensions:
        yield ("extensions", k, "approved_on"), f"第 {asked.task.id} 项延期的批准日", given.approved_on
    for name, key in (("progress", "date"), ("extensions", "approved_on")):
        for k, entry in enumerate(asked.task.ledger(name)):
            if entry.retracts:
                yield (name, k, key), f"第 {asked.task.id} 项更正的日期", entry.known_on


def y505_out_of_order(asked: Asked) -> Iterator[Finding]:
    """一项任务的记录不按日期先后排列。不影响结果，但不便查看；命令写入的总是按先后。"""
    for k, (before, record) in enumerate(pairwise(asked.task.progress), start=1):
        if record.date < before.date:
            message = f"第 {asked.task.id} 项 {record.date} 的记录排在 {before.date} 的之后"
            yield Finding(("progress", k, "date"), message)


def y506_illegal_transition(asked: Asked) -> Iterator[Finding]:
    """状态的先后不合转换规则，如没有报完成就认定。命令会拒绝；两份台账合并以后仍可能出现。"""
    for where, history in asked.histories:
        before = Status.NOT_STARTED
        for k, record in history:
            if record.status is None:
                continue
            if record.status not in TRANSITIONS[before]:
                message = f"{where}由“{before.label}”记为“{record.status.label}”，不合转换规则"
                yield Finding(("progress", k, "status"), message)
            before = record.status


def y507_completed_after_report(asked: Asked) -> Iterator[Finding]:
    """完成日（completed_on）在填报日期之后：还没有完成就报了完成。"""
    for where, history in asked.histories:
        for k, record in history:
            if record.completed_on and record.completed_on > record.date:
                message = f"{where}的完成日 {record.completed_on} 在填报日期 {record.date} 之后"
                yield Finding(("progress", k, "completed_on"), message)


def y508_done_below_hundred(asked: Asked) -> Iterator[Finding]:
    """报完成，而进度不到 100%。"""
    for where, history in asked.histories:
        for k, record in history:
            if record.status is Status.DONE and record.percent is not None and record.percent < 100:
                message = f"{where}报完成而进度为 {number_text(record.percent)}%"
                yield Finding(("progress", k, "percent"), message)


ODDITY_RULES: tuple[OddityRule, ...] = (
    y401_extension_not_later,
    y501_falling_percent,
    y502_completed_before_begun,
    y503_future_date,
    y504_before_document,
    y505_out_of_order,
    y506_illegal_transition,
    y507_completed_after_report,
    y508_done_below_hundred,
)


def oddities(plan: Plan, task: Task, today: dt.date) -> Iterator[tuple[str, Finding]]:
    """What every rule finds about one task: (code, finding), places relative to the task."""
    asked = Asked.about(plan, task, today)
    for rule in ODDITY_RULES:
        for finding in rule(asked):
            yield code_of(rule), finding


def new_oddities(plan: Plan, before: Task, after: Task, today: dt.date) -> Iterator[str]:
    """The sentences that `after` gives rise to and `before`, the same task, did not."""
    known = Counter(finding.message for _, finding in oddities(plan, before, today))
    for _, finding in oddities(plan, after, today):
        if not known[finding.message]:
            yield finding.message
        known[finding.message] -= 1
