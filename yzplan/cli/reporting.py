"""From what a command line says to records in the ledger, and what is said aloud on the way."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from yzplan.assess import retracted_refs
from yzplan.check.admission import check_admissible, check_metrics, oddities, reporter
from yzplan.cli import output
from yzplan.cli.reading import find_task, parse_choice, parse_numbers
from yzplan.cli.session import Session
from yzplan.errors import RequestError
from yzplan.model import REPORTABLE, Plan, ProgressRecord, Status, Task
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


MAX_DIGITS = 15
"""More digits than these a number of the file would not keep."""


def parse_percent(text: str | None) -> int | float | None:
    """A percent 0-100, with or without the sign. Raises RequestError for anything else."""
    if text is None:
        return None
    value = parse_number(text, f"进度“{text}”")
    if not 0 <= value <= 100:
        raise RequestError(f"进度“{text}”不在 0–100 之间", "写作 80 或 80%")
    return value


def parse_number(text: str, what: str) -> int | float:
    """A plain number, with or without a percent sign and commas between thousands.

    Raises RequestError for what is none, or none that the ledger can hold.
    """
    key = unicodedata.normalize("NFKC", text).strip().removesuffix("%")
    is_plain = re.fullmatch(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?", key)
    if not is_plain or sum(character.isdigit() for character in key) > MAX_DIGITS:
        raise RequestError(f"{what}不是数字", "只写数字，如 80 或 5.4；小数点用“.”")
    value = float(key.replace(",", ""))
    return int(value) if value.is_integer() else value


def parse_measured(text: str) -> tuple[str, int | float]:
    """A measured value, `网上办理占比=82`. Raises RequestError for anything else."""
    name, found, value = text.replace("＝", "=").rpartition("=")
    if not found or not name.strip():
        raise RequestError(f"看不懂的实测值“{text}”", "写作 指标=值，如 网上办理占比=82")
    return one_line("指标名", name) or "", parse_number(value, f"实测值“{text}”")


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
            if entry.record not in task.progress or entry.record.ref in retracted_refs(task.progress):
                check_admissible(task, entry.record)
                remarks.extend(f"注意：{each}" for each in oddities(plan, task, entry.record, session.today))
        return entries

    appended = append(session.directory, decide, dry_run=dry_run)
    _tell(appended, remarks, dry_run=dry_run)


def _record(plan: Plan, task: Task, unit: str | None, report: Report) -> ProgressRecord:
    if report.completed_on and report.status is not Status.DONE:
        raise RequestError("--completed-on 只用于报完成", "改用 --status done，或去掉 --completed-on")
    if len({name for name, _ in report.measured}) < len(report.measured):
        raise RequestError("同一个指标写了两个实测值", "每个 --measured 写一个指标")
    check_metrics(task, (name for name, _ in report.measured))
    return ProgressRecord(
        date=report.date,
        unit=reporter(plan, task, unit),
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
