"""What may enter the ledger: whose report, and after what.

Commands refuse what is refused here. A file may hold it all the same, since the union of two legal
ledgers may; replay then takes it as it is.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from yzplan.assess import IN_THE_END, records_of, retracted_refs, state_of
from yzplan.check.measured import unknown_metrics
from yzplan.errors import RequestError
from yzplan.model import (
    REPORTABLE,
    TRANSITIONS,
    Directory,
    Extension,
    LedgerEntry,
    OfficeEntry,
    Plan,
    ProgressRecord,
    Status,
    Task,
    Unit,
    ledger_of,
)


def reporter(plan: Plan, task: Task, name: str | None) -> str:
    """The unit whose part of the task is meant: the one called `name`, by default the lead.

    Raises RequestError for an unknown name, a group, or a unit without a part in the task.
    """
    if name is None:
        return task.lead_unit
    found = one_unit(plan, name, "由成员各自填报", "不能代为填报")
    parts = [part.unit for part in plan.parts(task)]
    if found.name not in parts:
        hint = f"可填报的单位：{'、'.join(parts)}"
        raise RequestError(f"“{found.name}”与第 {task.id} 项任务无关，不能填报", hint)
    return found.name


def one_unit(plan: Plan, name: str, of_members: str, of_nobody: str) -> Unit:
    """The unit of that name.

    Raises RequestError for an unknown name, and for a group, of whose members, if they are known, the
    hint says `of_members`, else `of_nobody`.
    """
    found = Directory(plan.register).find(name)
    if isinstance(found, Unit):
        return found
    hint = f"{of_members}：{'、'.join(found.members)}" if found.members else f"名单不详，{of_nobody}"
    raise RequestError(f"“{found.name}”是一组单位，不是一个单位", hint)


def check_metrics(task: Task, metrics: Iterable[str]) -> None:
    """Raise RequestError for a metric that the task sets no target for."""
    for _, message, hint in unknown_metrics(task, metrics):
        raise RequestError(message, hint)


def check_admissible(task: Task, new: LedgerEntry) -> None:
    """Raise RequestError for an entry that the ledger may not take.

    That is one that was taken back (said again, it needs words of its own, since a retraction is for
    good), a correction of what cannot be corrected, an extension that extends nothing, and a status
    that the table of transitions does not allow between the record before it and the one after it.
    """
    ledger = task.ledger(ledger_of(new))
    if new.ref in retracted_refs(ledger):
        words = "--note" if isinstance(new, ProgressRecord) else "--reason"
        raise RequestError(
            f"{_where(task, new)}的这条记录（{new.ref}）已更正作废", f"确要再报，请用 {words} 写明缘由"
        )
    if new.retracts:
        _check_correction(task, ledger, new.retracts)
    elif isinstance(new, ProgressRecord):
        _check_transition(task, new)
    else:
        _check_extension(task, new)


def _where(task: Task, entry: LedgerEntry) -> str:
    return f"第 {task.id} 项" + (f" {entry.unit} " if isinstance(entry, ProgressRecord) else "延期")


def _check_correction(task: Task, ledger: Sequence[LedgerEntry], ref: str) -> None:
    found = next((entry for entry in ledger if entry.ref == ref), None)
    if found is None:
        raise RequestError(f"第 {task.id} 项没有引用码为 {ref} 的记录", f"用 yzplan show {task.id} 查引用码")
    check_correctable(ledger, found)


def check_correctable(ledger: Iterable[LedgerEntry | OfficeEntry], wrong: LedgerEntry | OfficeEntry) -> None:
    """Raise RequestError for an entry that has been taken back already, or that takes one back itself."""
    if wrong.retracts:
        raise RequestError(f"记录 {wrong.ref} 本身是更正，不能再更正", "要恢复原来的内容，请另报一条")
    if wrong.ref in retracted_refs(ledger):
        raise RequestError(f"记录 {wrong.ref} 已经更正过", "一条记录只更正一次")


def _check_extension(task: Task, new: Extension) -> None:
    if new.to and new.to <= task.deadline:
        raise RequestError(
            f"第 {task.id} 项延至 {new.to}，不晚于印发的时限 {task.deadline}", "核对任务编号与新的时限"
        )
    if new.to and new.to == new.from_:
        raise RequestError(f"第 {task.id} 项的现行时限已是 {new.to}", f"用 yzplan show {task.id} 查看延期")


def status_before(task: Task, unit: str, date: dt.date) -> Status:
    """The status that the unit's part has by its own records when one more, of that date, is added."""
    own = records_of(task, unit, IN_THE_END)
    return state_of((record for record in own if record.date <= date), dt.date.max).status


def _check_transition(task: Task, new: ProgressRecord) -> None:
    own = records_of(task, new.unit, IN_THE_END)
    before = status_before(task, new.unit, new.date)
    after = next((record for record in own if record.date > new.date and record.status), None)
    if new.status and new.status not in TRANSITIONS[before]:
        when = f"截至 {new.date} 为" if after else "现为"
        message = f"{_where(task, new)}{when}“{before.label}”，不能记为“{new.status.label}”"
        raise RequestError(message, _legal_from(before, is_silent=not own and new.unit != task.lead_unit))
    if after and after.status and new.status and after.status not in TRANSITIONS[new.status]:
        message = (
            f"{_where(task, new)}在 {after.date} 已报“{after.status.label}”，"
            f"不能在 {new.date} 补记“{new.status.label}”"
        )
        raise RequestError(message, "填报日期用今天；实际完成日用 --completed-on 写明")


def _legal_from(before: Status, *, is_silent: bool) -> str:
    """What may be recorded from a status on, as a hint."""
    legal = [status for status in Status if status in TRANSITIONS[before]]
    said = "、".join(status.label for status in legal if status in REPORTABLE) or "无"
    office = "、".join(status.label for status in legal if status not in REPORTABLE) or "无"
    silent = "该单位自己没有填报过，现随牵头单位。" if is_silent else ""
    return f"{silent}从这里单位可以报：{said}；办公室可以作出：{office}"
