"""What may enter the office's own ledgers, and what comes of it.

Commands refuse what is refused here. A file may hold it all the same, since the union of two legal
ledgers may; replay then takes it as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from yzplan.assess import COMPLETE, IN_THE_END, live, retracted_refs
from yzplan.assess.supervision import Case, cases
from yzplan.check.admission import check_correctable, status_before
from yzplan.errors import RequestError
from yzplan.model import (
    Measure,
    Plan,
    ProgressRecord,
    Ranking,
    Status,
    SupervisionEntry,
    Task,
)

E = TypeVar("E", SupervisionEntry, Ranking)


def as_said(ledger: Sequence[E], new: E) -> E:
    """The entry in force that says the same, though perhaps recorded on another day; else the new one.

    Raises RequestError where the new one has been taken back, which is for good.
    """
    bare = _bare(new)
    for _, old in live(ledger):
        if _bare(old) == bare:
            return old
    if new.ref in retracted_refs(ledger):
        raise RequestError(f"这条记录（{new.ref}）已更正作废", "确要再记，请用 --note 写明缘由，或核对文号")
    return new


def _bare(entry: E) -> E:
    return replace(entry, recorded_on=None)


def check_measure(measure: Measure, new: SupervisionEntry) -> None:
    """Raise RequestError for a measure that says too little, or what is not the office's to say."""
    if measure.is_inspection and not new.finding:
        raise RequestError(f"{measure.label}没有写发现的问题", "用 --finding 写明；没有发现问题的也照实写")
    if not measure.is_inspection and measure is not Measure.REFERRAL and new.finding:
        raise RequestError(
            f"{measure.label}没有“发现问题”一栏",
            "检查发现的问题记在督导检查、明查、暗访里；其余用 --item 或 --note",
        )
    said = [
        option
        for option, value in (
            ("--finding", new.finding),
            ("--item", new.items),
            ("--due", new.due),
            ("--note", new.note),
        )
        if value
    ]
    if measure is Measure.REFERRAL and said:
        raise RequestError(
            f"移送问责不能写 {'、'.join(said)}",
            "台账只记何时、以什么文号移送了哪个单位、涉及哪些任务；案情和结论由有关机关办理，不记在这里",
        )
    if new.due and new.due < new.date:
        raise RequestError(f"反馈时限 {new.due} 早于日期 {new.date}", "核对两个日期")


def check_part(plan: Plan, task: Task, unit: str) -> None:
    """Raise RequestError unless the unit has a part in the task."""
    parts = [part.unit for part in plan.parts(task)]
    if unit not in parts:
        raise RequestError(
            f"“{unit}”与第 {task.id} 项任务无关",
            f"与它有关的单位：{'、'.join(parts)}；不涉及任务的不写 --task",
        )


def case_of(ledger: Sequence[SupervisionEntry], entry: SupervisionEntry) -> Case:
    """What the office did that is meant by an entry, as it stands in the end.

    Raises RequestError for an entry that is a reply, a close or a correction, or has been taken back.
    """
    if entry.measure is None:
        kind = "更正" if entry.retracts else "回复" if entry.replies_to else "办结"
        raise RequestError(f"记录 {entry.ref} 是一条{kind}，不是督办", "督办的引用码见 yzplan supervise list")
    check_correctable(ledger, entry)
    return next(case for case in cases(ledger, IN_THE_END) if case.entry.ref == entry.ref)


def check_answer(ledger: Sequence[SupervisionEntry], case: Case, new: SupervisionEntry) -> None:
    """Raise RequestError for a reply or a close that the case cannot take."""
    what = "办结" if new.closes else "回复"
    if not case.measure.is_closable:
        raise RequestError(
            f"{case.measure.label}没有{what}", "台账只记移送这件事；案件由有关机关办理，结果不记在这里"
        )
    if new.date < case.entry.date:
        raise RequestError(
            f"{what}的日期 {new.date} 早于{case.measure.label}的日期 {case.entry.date}", "核对日期与引用码"
        )
    if new.closes and case.closed_on:
        close = next(entry for _, entry in live(ledger) if entry.closes == case.entry.ref)
        raise RequestError(
            f"{described(case)}已于 {case.closed_on} 办结",
            f"办结有误的，先用 yzplan supervise undo {close.ref} 更正",
        )


def described(case: Case) -> str:
    """Which case it is, in few words: `零陵区 2022-09-01 的暗访`."""
    return f"{case.unit} {case.entry.date} 的{case.measure.label}"


def returned_parts(
    plan: Plan, unit: str, inspection: SupervisionEntry, remarks: list[str]
) -> list[tuple[Task, ProgressRecord]]:
    """The records that return what the unit had reported done on the inspected tasks (虚报), with the tasks.

    They are of the day on which the inspection was known, so that no earlier answer changes. Parts that
    were not reported done are remarked on; RequestError is raised where there are no others.
    """
    tasks = plan.by_id
    found = []
    silent = []
    for number in inspection.tasks:
        task = tasks[number]
        record = ProgressRecord(
            date=inspection.known_on,
            unit=unit,
            status=Status.RETURNED,
            note=inspection.finding,
            evidence=(inspection.number,) if inspection.number else (),
        )
        status = status_before(task, unit, record.date)
        if status in COMPLETE or any(old == record for _, old in live(task.progress)):
            found.append((task, record))
        else:
            silent.append(f"第 {number} 项 {unit} 自己没有报完成（为“{status.label}”），没有退回")
    if not found:
        raise RequestError(
            f"没有什么可以退回：{unit}在所写的任务上都没有报过完成", "核对 --task；不退回的，去掉 --return"
        )
    remarks += silent
    return found


def answered(case: Case, new: SupervisionEntry) -> str:
    """What a reply or a close comes to, as a sentence."""
    if new.closes:
        return f"{described(case)}已办结"
    if case.closed_on:
        return f"注意：{described(case)}已于 {case.closed_on} 办结"
    return f"{described(case)}已有回复，仍未办结；办结用 yzplan supervise close {case.entry.ref}"


def undone(plan: Plan, wrong: SupervisionEntry) -> Iterator[str]:
    """What the correction of an entry comes to, as sentences."""
    known = {case.entry.ref: case for case in cases(plan.supervision, IN_THE_END)}
    of = known.get(wrong.ref)
    if of is None:
        case = known.get(wrong.closes or wrong.replies_to or "")
        if case:
            what = "办结作废，恢复为未办结" if wrong.closes else "回复作废"
            yield f"{described(case)}：{wrong.date} 的{what}"
        return
    yield f"{described(of)}作废" + ("，它的回复、办结不再计" if of.replied_on or of.closed_on else "")
    returned = [
        task.id
        for task in plan.tasks
        if task.id in wrong.tasks
        and any(
            (old.unit, old.status, old.date, old.note)
            == (wrong.unit, Status.RETURNED, wrong.known_on, wrong.finding)
            for _, old in live(task.progress)
        )
    ]
    for number in returned:
        yield f"注意：第 {number} 项当时的退回仍然有效；要作废，另用 yzplan undo {number} --unit {wrong.unit}"


def check_ranking(new: Ranking) -> None:
    """Raise RequestError for a place that there is not."""
    if new.rank and new.of and new.rank > new.of:
        raise RequestError(f"第 {new.rank} 位超出参评数 {new.of}", "--rank 写位次，--of 写参评的个数")
