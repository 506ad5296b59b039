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
    """延期的新时限不晚于印发的完成时限。

    延期只能往后延。印发的时限不能缩短：提前完成不用改时限，照报完成就是。核对新的时限，也核对任务编号。

    错：
        deadline: 2022-09
        text: 整合模拟服务窗口。
        extensions:
        - from: 2022-09
          to: 2022-07
          approved_on: 2022-09-20
          reason: 模拟：方案调整

    改为：
        deadline: 2022-09
        text: 整合模拟服务窗口。
        extensions:
        - from: 2022-09
          to: 2022-11
          approved_on: 2022-09-20
          reason: 模拟：方案调整
    """
    task = asked.task
    for k, entry in asked.extensions:
        if entry.to and entry.to <= task.deadline:
            message = f"第 {task.id} 项延至 {entry.to}，不晚于印发的时限 {task.deadline}"
            yield Finding(("extensions", k, "to"), message, "核对新的时限；记错的用 undo 更正")


def y501_falling_percent(asked: Asked) -> Iterator[Finding]:
    """进度（`percent`）比同一家单位前一次报的低。

    多半是录错了数，或者记到了别的任务下面。确实回落的照实保留，在 `note` 里写明原因。退回以后从头算起，不算
    下降。

    错：
        - date: 2022-07-18
          unit: 市模拟税务局
          status: in_progress
          percent: 60
        - date: 2022-08-15
          unit: 市模拟税务局
          status: in_progress
          percent: 6

    改为：
        - date: 2022-07-18
          unit: 市模拟税务局
          status: in_progress
          percent: 60
        - date: 2022-08-15
          unit: 市模拟税务局
          status: in_progress
          percent: 65
    """
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
    """完成日（`completed_on`）早于该单位报“推进中”或“受阻”的日期。

    那天单位自己说还没有完成。完成日决定按期还是逾期，倒填一个，逾期便成了按期：向单位核实，看佐证上的日期。

    错：
        - date: 2022-07-20
          unit: 市模拟税务局
          status: in_progress
        - date: 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: 2022-07-08

    改为：
        - date: 2022-07-20
          unit: 市模拟税务局
          status: in_progress
        - date: 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: 2022-07-28
    """
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
    """填报日期、完成日、延期的批准日或更正的日期在今天之后。

    还没有到的日子，不会有已经发生的事，多半是年份或月份录错了。到那一天以前，它不起作用。也可能是这台电脑的
    日期不对。

    错：
        - date: 2023-08-04
          unit: 模拟东县
          status: done

    改为：
        - date: 2022-08-04
          unit: 模拟东县
          status: done
    """
    for where, what, day in _days(asked):
        if day > asked.today:
            yield Finding(where, f"{what} {day} 在今天（{asked.today}）之后")


def y504_before_document(asked: Asked) -> Iterator[Finding]:
    """填报日期、完成日、延期的批准日或更正的日期早于文件的印发日（`issued_on`）。

    文件印发以前还没有这些任务，多半是年份录错了。印发以前就已做成的事，完成日照实写，提醒不影响使用。

    错：
        - date: 2021-08-04
          unit: 模拟东县
          status: done

    改为：
        - date: 2022-08-04
          unit: 模拟东县
          status: done
    """
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
    """一项任务的记录不按日期先后排列。

    不影响结果，但看台账的人要来回找。命令写入的总是按先后；手工编辑或手工合并以后，把记录整条移到应在的位
    置，内容一个字也不要动。

    错：
        - date: 2022-08-03
          unit: 模拟东县
          status: done
        - date: 2022-07-15
          unit: 市模拟税务局
          status: in_progress

    改为：
        - date: 2022-07-15
          unit: 市模拟税务局
          status: in_progress
        - date: 2022-08-03
          unit: 模拟东县
          status: done
    """
    for k, (before, record) in enumerate(pairwise(asked.task.progress), start=1):
        if record.date < before.date:
            message = f"第 {asked.task.id} 项 {record.date} 的记录排在 {before.date} 的之后"
            yield Finding(("progress", k, "date"), message)


def y506_illegal_transition(asked: Asked) -> Iterator[Finding]:
    """状态的先后不合转换规则，例如没有报完成就认定。

    命令会拒绝这样的填报；两份各自合规的台账合并以后，或者手工编辑以后，仍可能出现。结果按最后一条算。看清来
    龙去脉：漏记的补上，误记的更正。转换规则见 README“填报”一节。

    错：
        - date: 2022-07-28
          unit: 市模拟税务局
          status: in_progress
        - date: 2022-08-05
          unit: 市模拟税务局
          status: verified

    改为：
        - date: 2022-07-28
          unit: 市模拟税务局
          status: done
        - date: 2022-08-05
          unit: 市模拟税务局
          status: verified
    """
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
    """完成日（`completed_on`）在填报日期之后。

    还没有完成就报了完成：按计划将要完成的，等完成了再报，现在报“推进中”。多半是两个日期写颠倒了，或月份录错
    了。

    错：
        - date: 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: 2022-08-30

    改为：
        - date: 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: 2022-07-28
    """
    for where, history in asked.histories:
        for k, record in history:
            if record.completed_on and record.completed_on > record.date:
                message = f"{where}的完成日 {record.completed_on} 在填报日期 {record.date} 之后"
                yield Finding(("progress", k, "completed_on"), message)


def y508_done_below_hundred(asked: Asked) -> Iterator[Finding]:
    """报完成，而进度不到 100%。

    完成了就是 100%，不必另写进度；还差一点的，不算完成，报“推进中”并写明进度。向单位问清楚是哪一种。

    错：
        status: done
        percent: 90

    改为：
        status: done
        percent: 100
    """
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
