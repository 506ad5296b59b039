"""Y4xx and Y5xx: what a well-formed ledger may hold and should not, or should at least be said aloud.

One function a code; its docstring is the manual of the code. Each looks at one task, or at the office's
own ledgers, so that a command that adds an entry can say what is odd about it, in the same words as
`check`. Places are relative to the task, or else to the plan. What has been taken back is left out.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from yzplan.assess import COMPLETE
from yzplan.check.asked import (
    AnyAsked,
    Asked,
    AskedOffice,
    History,
    OddityRule,
    OfficeRule,
    day_key,
    said_at_once,
)
from yzplan.check.findings import Finding
from yzplan.check.measured import y509_target_missed, y514_measured_without_target
from yzplan.check.office_oddities import (
    y402_due_before_it_was_sent,
    y517_ranked_twice,
    y518_closed_twice,
)
from yzplan.check.printed import y511_wording_later_than_deadline, y516_deadline_in_another_year
from yzplan.errors import code_of
from yzplan.model import (
    TRANSITIONS,
    LedgerEntry,
    OfficeEntry,
    Plan,
    ProgressRecord,
    Status,
    Task,
    number_text,
)


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
        last: ProgressRecord | None = None
        for k, record in history:
            if record.status is Status.RETURNED:
                last = None
            if record.percent is None:
                continue
            # What was said on one day is Y510's.
            if last and last.percent and record.percent < last.percent and not said_at_once(last, record):
                message = f"{where}的进度由 {number_text(last.percent)}% 降为 {number_text(record.percent)}%"
                yield Finding(("progress", k, "percent"), message)
            last = record


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


def y503_future_date(asked: AnyAsked) -> Iterator[Finding]:
    """填报日期、完成日，延期的批准日，督办、排名、更正的日期在今天之后。

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
    for where, what, day in asked.days():
        if day > asked.today:
            yield Finding(where, f"{what} {day} 在今天（{asked.today}）之后")


def y504_before_document(asked: AnyAsked) -> Iterator[Finding]:
    """填报日期、完成日，延期的批准日，督办、排名、更正的日期早于文件的印发日（`issued_on`）。

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
    for where, what, day in asked.days():
        if day < issued_on:
            yield Finding(where, f"{what} {day} 早于文件印发日 {issued_on}")


def y505_out_of_order(asked: AnyAsked) -> Iterator[Finding]:
    """一项任务的记录或延期，或者督办、排名，不按日期先后排列。

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
    for name, owner, entries, what in asked.ledgers():
        for k, (before, entry) in enumerate(pairwise(entries), start=1):
            if entry.known_on < before.known_on:
                message = f"{owner} {entry.known_on} 的{what}排在 {before.known_on} 的之后"
                yield Finding((name, k, day_key(entry)), message)


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
    return illegal_transitions(asked.histories)


def illegal_transitions(histories: Iterable[tuple[str, History]]) -> Iterator[Finding]:
    """Where the status of a part of a task is followed by one that may not follow it."""
    for where, history in histories:
        before: ProgressRecord | None = None
        for k, record in history:
            if record.status is None:
                continue
            status = before.status if before and before.status else Status.NOT_STARTED
            # What was said on one day is Y510's.
            if record.status not in TRANSITIONS[status] and not (before and said_at_once(before, record)):
                message = f"{where}由“{status.label}”记为“{record.status.label}”，不合转换规则"
                yield Finding(("progress", k, "status"), message)
            before = record


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


def y510_same_day_contradiction(asked: Asked) -> Iterator[Finding]:
    """同一家单位同一天报了不同的状态或进度。

    两份台账合并以后常见，先后便靠不住了；结果按排在后面的一条算。向单位问清哪一条是对的，另一条更正。认定、
    退回、中止是办公室作出的，与单位当天所报不算矛盾。

    错：
        - date: 2022-08-20
          unit: 市模拟市监局
          status: done
        - date: 2022-08-20
          unit: 市模拟市监局
          status: in_progress
          percent: 60

    改为：
        - date: 2022-08-20
          unit: 市模拟市监局
          status: in_progress
          percent: 60
    """
    hint = "以排在后面的为准；误报的用 undo 更正"
    for where, history in asked.histories:
        for (_, before), (k, record) in pairwise(history):
            if not (before.status and record.status and said_at_once(before, record)):
                continue
            day = f"{where}{record.date} 一天"
            if before.status is not record.status:
                message = f"{day}既报“{before.status.label}”，又报“{record.status.label}”"
                yield Finding(("progress", k, "status"), message, hint)
            elif None not in (before.percent, record.percent) and before.percent != record.percent:
                percents = f"{number_text(before.percent or 0)}%，又报 {number_text(record.percent or 0)}%"
                yield Finding(("progress", k, "percent"), f"{day}既报 {percents}", hint)


def y512_said_twice(asked: AnyAsked) -> Iterator[Finding]:
    """同一条记录、延期、督办或排名写了两次，内容一字不差。

    多半是手工合并时两边的都留下了。只算一次，但要更正时两处一起作废。删去重复的一条。

    错：
        - date: 2022-08-20
          unit: 市模拟市监局
          status: in_progress
          percent: 60
        - date: 2022-08-20
          unit: 市模拟市监局
          status: in_progress
          percent: 60

    改为：
        - date: 2022-08-20
          unit: 市模拟市监局
          status: in_progress
          percent: 60
    """
    for name, what, entries in asked.sayings():
        # One alone repeats nothing, and its reference would have to be computed.
        for k in _repeated(entries) if len(entries) > 1 else ():
            yield Finding((name, k), f"{what}写了两次", "删去重复的一条")


def _repeated(entries: Iterable[tuple[int, LedgerEntry | OfficeEntry]]) -> Iterator[int]:
    """The positions of the entries that say the same as an earlier one of them."""
    seen = set()
    for k, entry in entries:
        if entry.ref in seen:
            yield k
        seen.add(entry.ref)


def y513_completion_day_of_the_unfinished(asked: Asked) -> Iterator[Finding]:
    """写了完成日（`completed_on`），状态却不是完成。

    记录从完成日起生效，不是完成的写了它，状态便会提前改变。已经完成的改正状态，没有完成的删去完成日。

    错：
        - date: 2022-08-03
          unit: 市模拟税务局
          status: in_progress
          completed_on: 2022-07-28

    改为：
        - date: 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: 2022-07-28
    """
    for where, history in asked.histories:
        for k, record in history:
            if record.completed_on and record.status and record.status not in COMPLETE:
                message = f"{where}记为“{record.status.label}”，却写了完成日 {record.completed_on}"
                yield Finding(("progress", k, "completed_on"), message, "删去完成日，或改正状态")


def y515_extended_from_elsewhere(asked: Asked) -> Iterator[Finding]:
    """延期的原时限（`from`）从来不是这项任务的时限。

    它既不是印发的完成时限，也不是哪一次延期的新时限，多半是记错了任务或月份。新时限照算，依据却对不上。

    错：
        deadline: 2022-09
        text: 整合模拟服务窗口。
        extensions:
        - from: 2022-08
          to: 2022-11

    改为：
        deadline: 2022-09
        text: 整合模拟服务窗口。
        extensions:
        - from: 2022-09
          to: 2022-11
    """
    task = asked.task
    deadlines = {task.deadline, *(entry.to for entry in task.extensions)}
    for k, given in asked.extensions:
        if given.from_ and given.from_ not in deadlines:
            message = (
                f"第 {task.id} 项延期的原时限 {given.from_} 从来不是它的时限（印发的为 {task.deadline}）"
            )
            yield Finding(("extensions", k, "from"), message, "核对任务编号与原时限")


TASK_RULES: tuple[OddityRule, ...] = (
    y401_extension_not_later,
    y501_falling_percent,
    y502_completed_before_begun,
    y503_future_date,
    y504_before_document,
    y505_out_of_order,
    y506_illegal_transition,
    y507_completed_after_report,
    y508_done_below_hundred,
    y509_target_missed,
    y510_same_day_contradiction,
    y511_wording_later_than_deadline,
    y512_said_twice,
    y513_completion_day_of_the_unfinished,
    y514_measured_without_target,
    y515_extended_from_elsewhere,
    y516_deadline_in_another_year,
)
OFFICE_RULES: tuple[OfficeRule, ...] = (
    y402_due_before_it_was_sent,
    y503_future_date,
    y504_before_document,
    y505_out_of_order,
    y512_said_twice,
    y517_ranked_twice,
    y518_closed_twice,
)
ODDITY_RULES: tuple[OddityRule | OfficeRule, ...] = tuple(sorted({*TASK_RULES, *OFFICE_RULES}, key=code_of))
"""Those for tasks and those for the office's own ledgers; some are both."""


def oddities(plan: Plan, task: Task, today: dt.date) -> Iterator[tuple[str, Finding]]:
    """What every rule finds about one task: (code, finding), places relative to the task."""
    asked = Asked.about(plan, task, today)
    for rule in TASK_RULES:
        for finding in rule(asked):
            yield code_of(rule), finding


def office_oddities(plan: Plan, today: dt.date) -> Iterator[tuple[str, Finding]]:
    """What every rule finds about the office's own ledgers: (code, finding)."""
    asked = AskedOffice.about(plan, today)
    for rule in OFFICE_RULES:
        for finding in rule(asked):
            yield code_of(rule), finding


def new_oddities(plan: Plan, before: Task, after: Task, today: dt.date) -> Iterator[str]:
    """The sentences that `after` gives rise to and `before`, the same task, did not."""
    return _new(oddities(plan, before, today), oddities(plan, after, today))


def new_office_oddities(before: Plan, after: Plan, today: dt.date) -> Iterator[str]:
    """The sentences that the office's ledgers of the plan `after` give rise to and those `before` did not."""
    return _new(office_oddities(before, today), office_oddities(after, today))


def _new(before: Iterable[tuple[str, Finding]], after: Iterable[tuple[str, Finding]]) -> Iterator[str]:
    known = Counter(finding.message for _, finding in before)
    for _, finding in after:
        if not known[finding.message]:
            yield finding.message
        known[finding.message] -= 1
