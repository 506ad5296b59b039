"""From what a command line says to records in the ledger, and what is said aloud on the way."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yzplan.assess import Viewpoint, records_of, state_of
from yzplan.cli import output
from yzplan.cli.reading import find_task, parse_choice, parse_numbers
from yzplan.cli.session import Session
from yzplan.errors import RequestError
from yzplan.model import REPORTABLE, TRANSITIONS, Directory, Group, Plan, ProgressRecord, Status, Task
from yzplan.store.appending import Appended, Entry, append
from yzplan.store.source import hidden_character


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is reported, before it is known of which unit and tasks."""

    date: dt.date
    status: Status
    completed_on: dt.date | None = None
    percent: int | float | None = None
    note: str | None = None
    problem: str | None = None
    evidence: tuple[str, ...] = ()
    measured: tuple[tuple[str, int | float], ...] = ()
    source: str | None = None
    by: str | None = None


# From words to a report


def parse_reportable(text: str | None) -> Status:
    """A status that a unit may report of itself. Raises RequestError for any other."""
    words = "、".join(f"{each.value}（{each.label}）" for each in REPORTABLE)
    if text is None:
        raise RequestError("没有写 --status", f"可用：{words}")
    for status in set(Status) - set(REPORTABLE):
        if text.strip().casefold() in (status.value, status.label):
            raise RequestError(f"“{status.label}”不能由单位自己填报", f"可用：{words}")
    return parse_choice(text, Status, "状态", among=REPORTABLE)


def one_line(what: str, text: str | None) -> str | None:
    """The text without spaces around it; None if nothing is left. Refused unless it is one visible line."""
    if text is None or not (text := text.strip()):
        return None
    if "\n" in text or "\r" in text:
        raise RequestError(f"{what}只能写一行", "去掉换行，或分几次填报")
    if hidden := hidden_character(text) or ("U+0009 TAB" if "\t" in text else None):
        raise RequestError(f"{what}里有看不见的字符 {hidden}", "去掉该字符；从别处粘贴时常会带上")
    return text


def parse_percent(text: str | None) -> int | float | None:
    """A percent 0-100, with or without the sign. Raises RequestError for anything else."""
    if text is None:
        return None
    value = parse_number(text.strip().removesuffix("%").removesuffix("％"), f"进度“{text}”")
    if not 0 <= value <= 100:
        raise RequestError(f"进度“{text}”不在 0–100 之间", "写作 80 或 80%")
    return value


def parse_number(text: str, what: str) -> int | float:
    """A plain number. Raises RequestError for what is none, or none that the ledger can hold."""
    key = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", key):
        raise RequestError(f"{what}不是数字", "只写数字，如 80 或 5.4")
    value = float(key)
    return int(value) if value.is_integer() else value


def parse_measured(text: str) -> tuple[str, int | float]:
    """A measured value, `网上办理占比=82`. Raises RequestError for anything else."""
    name, found, value = text.replace("＝", "=").rpartition("=")
    if not found or not name.strip():
        raise RequestError(f"看不懂的实测值“{text}”", "写作 指标=值，如 网上办理占比=82")
    return one_line("指标名", name) or "", parse_number(value.strip().removesuffix("%"), f"实测值“{text}”")


# From a report to records


def record(session: Session, ids: Sequence[str], unit: str | None, report: Report, *, dry_run: bool) -> None:
    """Append the report to the tasks' ledgers and say what was added; remarks go to stderr."""
    numbers = parse_numbers(ids)
    remarks: list[str] = []

    def decide(plan: Plan) -> list[Entry]:
        remarks[:] = []
        entries = []
        for number in numbers:
            task = find_task(plan, number)
            entry = Entry(task=number, record=_record(plan, task, unit, report))
            entries.append(entry)
            if entry.record not in task.progress:
                _check_transition(plan, task, entry.record)
                remarks.extend(_oddities(plan, task, entry.record, session.today))
        return entries

    appended = append(session.directory, decide, dry_run=dry_run)
    _tell(appended, remarks, dry_run=dry_run)


def _record(plan: Plan, task: Task, unit: str | None, report: Report) -> ProgressRecord:
    if report.completed_on and report.status is not Status.DONE:
        raise RequestError("--completed-on 只用于报完成", "改用 --status done，或去掉 --completed-on")
    if len({name for name, _ in report.measured}) < len(report.measured):
        raise RequestError("同一个指标写了两个实测值", "每个 --measured 写一个指标")
    known = [target.metric for target in task.targets]
    for name, _ in report.measured:
        if name not in known:
            hint = f"可用：{'、'.join(known)}" if known else "这项任务没有量化目标"
            raise RequestError(f"第 {task.id} 项没有“{name}”这个量化目标", hint)
    return ProgressRecord(
        date=report.date,
        unit=_reporter(plan, task, unit),
        status=report.status,
        completed_on=report.completed_on,
        percent=report.percent,
        note=report.note,
        problem=report.problem,
        evidence=report.evidence,
        measured=dict(report.measured),
        source=report.source,
        by=report.by,
    )


def _reporter(plan: Plan, task: Task, unit: str | None) -> str:
    """The unit whose part it is. Raises RequestError for a group, or a unit without a part in the task."""
    if unit is None:
        return task.lead_unit
    found = Directory(plan.register).find(unit)
    if isinstance(found, Group):
        members = f"由成员各自填报：{'、'.join(found.members)}" if found.members else "名单不详，不能代为填报"
        raise RequestError(f"“{found.name}”是一组单位，不是一个单位", members)
    parts = [part.unit for part in plan.parts(task)]
    if found.name not in parts:
        raise RequestError(
            f"“{found.name}”与第 {task.id} 项任务无关，不能填报", f"可填报的单位：{'、'.join(parts)}"
        )
    return found.name


def _check_transition(plan: Plan, task: Task, new: ProgressRecord) -> None:
    """Refuse what the table of transitions does not allow after what was known by the record's date."""
    everything = Viewpoint(as_of=dt.date.max, today=dt.date.max)
    earlier = [record for record in records_of(task, new.unit, everything) if record.date <= new.date]
    before = state_of(earlier, dt.date.max).status
    if new.status and new.status not in TRANSITIONS[before]:
        message = f"第 {task.id} 项 {new.unit} 现为“{before.label}”，不能记为“{new.status.label}”"
        legal = [status for status in Status if status in TRANSITIONS[before]]
        own = "、".join(status.label for status in legal if status in REPORTABLE) or "无"
        office = "、".join(status.label for status in legal if status not in REPORTABLE)
        raise RequestError(message, f"从这里单位可以报：{own}；办公室可以作出：{office}")


def _oddities(plan: Plan, task: Task, new: ProgressRecord, today: dt.date) -> Iterator[str]:
    """What life allows but should be said aloud."""
    where = f"注意：第 {task.id} 项 {new.unit} "
    if new.date > today:
        yield f"{where}的填报日期 {new.date} 在今天（{today}）之后"
    if new.effective_on < plan.header.issued_on:
        yield f"{where}的日期 {new.effective_on} 早于文件印发日 {plan.header.issued_on}"
    if new.completed_on and new.completed_on > new.date:
        yield f"{where}的完成日 {new.completed_on} 在填报日期 {new.date} 之后"
    own = [record for record in task.progress if record.unit == new.unit and not record.retracts]
    if own and own[-1].date > new.date:
        yield f"{where}的填报日期 {new.date} 早于已有的最近一条（{own[-1].date}），按日期先后插入"
    percents = [record.percent for record in own if record.percent is not None and record.date <= new.date]
    if percents and new.percent is not None and new.percent < percents[-1]:
        yield f"{where}的进度由 {percents[-1]:g}% 降为 {new.percent:g}%"
    if new.status is Status.DONE and new.percent is not None and new.percent < 100:
        yield f"{where}报完成而进度为 {new.percent:g}%"


def _tell(appended: Appended, remarks: Sequence[str], *, dry_run: bool) -> None:
    for entry in appended.known:
        output.remark(f"第 {entry.task} 项 {entry.record.unit} 已有同样的记录，没有重复写入")
    for text in remarks:
        output.remark(text)
    if not appended.new:
        return
    for number, lines in appended.added:
        heading = f"@@ 第 {number} 项 @@\n"
        output.write(heading + "".join(f"+{line}\n" for line in lines.splitlines() if line))
    words = "将追加（未写入）" if dry_run else "已追加"
    for entry in appended.new:
        status = entry.record.status.label if entry.record.status else "更正"
        output.remark(f"{words}：第 {entry.task} 项 {entry.record.unit} {status}，引用码 {entry.record.ref}")
