"""What may enter the ledger: whose report, after what, and what is to be said aloud about it.

Commands refuse what is refused here. A file may hold it all the same, since the union of two legal
ledgers may; replay then takes it as it is.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from yzplan.assess import Viewpoint, records_of, retracted_refs, state_of
from yzplan.errors import RequestError
from yzplan.model import (
    REPORTABLE,
    TRANSITIONS,
    Directory,
    Group,
    Plan,
    ProgressRecord,
    Status,
    Task,
    number_text,
)


def reporter(plan: Plan, task: Task, name: str | None) -> str:
    """The unit whose part of the task is meant: the one called `name`, by default the lead.

    Raises RequestError for an unknown name, a group, or a unit without a part in the task.
    """
    if name is None:
        return task.lead_unit
    found = Directory(plan.register).find(name)
    if isinstance(found, Group):
        members = f"由成员各自填报：{'、'.join(found.members)}" if found.members else "名单不详，不能代为填报"
        raise RequestError(f"“{found.name}”是一组单位，不是一个单位", members)
    parts = [part.unit for part in plan.parts(task)]
    if found.name not in parts:
        hint = f"可填报的单位：{'、'.join(parts)}"
        raise RequestError(f"“{found.name}”与第 {task.id} 项任务无关，不能填报", hint)
    return found.name


def check_metrics(task: Task, metrics: Iterable[str]) -> None:
    """Raise RequestError for a metric that the task sets no target for."""
    known = [target.metric for target in task.targets]
    for name in metrics:
        if name not in known:
            hint = f"可用：{'、'.join(known)}" if known else "这项任务没有量化目标"
            raise RequestError(f"第 {task.id} 项没有“{name}”这个量化目标", hint)


def check_admissible(task: Task, new: ProgressRecord) -> None:
    """Raise RequestError for a record that the ledger may not take.

    That is one that was taken back (said again, it needs a note of its own, since a retraction is
    for good), and one that the table of transitions does not allow between the record before it
    and the one after it.
    """
    where = f"第 {task.id} 项 {new.unit} "
    if new.ref in retracted_refs(task.progress):
        raise RequestError(f"{where}的这条记录（{new.ref}）已更正作废", "确要再报，请用 --note 写明缘由")
    everything = Viewpoint(as_of=dt.date.max, today=dt.date.max)
    own = records_of(task, new.unit, everything)
    before = state_of((record for record in own if record.date <= new.date), dt.date.max).status
    if new.status and new.status not in TRANSITIONS[before]:
        legal = [status for status in Status if status in TRANSITIONS[before]]
        said = "、".join(status.label for status in legal if status in REPORTABLE) or "无"
        office = "、".join(status.label for status in legal if status not in REPORTABLE)
        message = f"{where}现为“{before.label}”，不能记为“{new.status.label}”"
        raise RequestError(message, f"从这里单位可以报：{said}；办公室可以作出：{office}")
    after = next((record for record in own if record.date > new.date and record.status), None)
    if after and after.status and new.status and after.status not in TRANSITIONS[new.status]:
        message = (
            f"{where}在 {after.date} 已报“{after.status.label}”，不能在 {new.date} 补记“{new.status.label}”"
        )
        raise RequestError(message, "填报日期用今天；实际完成日用 --completed-on 写明")


def oddities(plan: Plan, task: Task, new: ProgressRecord, today: dt.date) -> Iterator[str]:
    """What life allows of a new record but should be said aloud: Chinese sentences."""
    where = f"第 {task.id} 项 {new.unit} "
    if new.date > today:
        yield f"{where}的填报日期 {new.date} 在今天（{today}）之后"
    if new.completed_on and new.completed_on > today:
        yield f"{where}的完成日 {new.completed_on} 在今天（{today}）之后"
    if new.completed_on and new.completed_on > new.date:
        yield f"{where}的完成日 {new.completed_on} 在填报日期 {new.date} 之后"
    if new.effective_on < plan.header.issued_on:
        yield f"{where}的日期 {new.effective_on} 早于文件印发日 {plan.header.issued_on}"
    own = records_of(task, new.unit, Viewpoint(as_of=dt.date.max, today=today))
    if own and own[-1].date > new.date:
        yield f"{where}的填报日期 {new.date} 早于已有的最近一条（{own[-1].date}），按日期先后插入"
    percents = [record.percent for record in own if record.percent is not None and record.date <= new.date]
    if percents and new.percent is not None and new.percent < percents[-1]:
        yield f"{where}的进度由 {number_text(percents[-1])}% 降为 {number_text(new.percent)}%"
    if new.status is Status.DONE and new.percent is not None and new.percent < 100:
        yield f"{where}报完成而进度为 {number_text(new.percent)}%"
