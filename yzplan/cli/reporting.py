"""From what a command line says to entries in the ledger, and what is said aloud on the way."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yzplan.assess import Viewpoint, effective_deadline, retracted_refs
from yzplan.check.admission import check_admissible, check_metrics, later_than, reporter, status_before
from yzplan.check.oddities import new_oddities
from yzplan.cli import output
from yzplan.cli.reading import find_task, parse_choice, parse_numbers
from yzplan.cli.session import Session
from yzplan.errors import DataError, RequestError
from yzplan.model import REPORTABLE, Extension, LedgerEntry, Plan, ProgressRecord, Status, Task, ledger_of
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
    acts = {Status.VERIFIED: "verify", Status.RETURNED: "return", Status.SUSPENDED: "suspend"}
    for status in set(Status) - set(REPORTABLE):
        if text.strip().casefold() in (status.value, status.label):
            office = f"由办公室用 yzplan {acts[status]} 作出；" if status in acts else ""
            raise RequestError(f"“{status.label}”不能由单位自己填报", f"{office}单位可用：{words}")
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


def required(option: str, what: str, text: str | None) -> str:
    """One line that must not be empty, given with `option`."""
    if line := one_line(what, text):
        return line
    raise RequestError(f"没有写{what}", f"用 {option} 写明")


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


# From a report to entries

Compose = Callable[[Plan, Task], LedgerEntry]
"""The entry to be made for a task of the plan as it is now. May raise RequestError."""


def record(session: Session, ids: Sequence[str], unit: str | None, report: Report, *, dry_run: bool) -> bool:
    """Append the report to the tasks' ledgers and say what was added; remarks go to stderr.

    Returns whether any of it was new.
    """

    def compose(plan: Plan, task: Task) -> ProgressRecord:
        return _record(plan, task, unit, report)

    return enter(session, ids, compose, dry_run=dry_run)


def enter(session: Session, ids: Sequence[str], compose: Compose, *, dry_run: bool) -> bool:
    """Append an entry to each task's ledger and say what was added; remarks go to stderr.

    Returns whether any of them was new.
    """
    numbers = parse_numbers(ids)
    remarks: list[str] = []

    def decide(plan: Plan) -> list[Entry]:
        remarks.clear()
        entries = []
        for number in numbers:
            task = find_task(plan, number)
            entry = compose(plan, task)
            entries.append(Entry(task=number, record=entry))
            ledger = task.ledger(ledger_of(entry))
            if entry in ledger and entry.ref not in retracted_refs(ledger):
                remarks.extend(_overtaken(task, entry))
                continue
            check_admissible(task, entry)
            after = task.with_entry(entry)
            remarks.extend(_consequences(task, after, entry))
            remarks.extend(f"注意：{each}" for each in new_oddities(plan, task, after, session.today))
        return entries

    appended = append(session.directory, decide, dry_run=dry_run)
    _tell(appended, remarks, dry_run=dry_run)
    return bool(appended.new)


def _overtaken(task: Task, entry: LedgerEntry) -> Iterator[str]:
    """What is said of a record that is there already, where it has been overtaken on the same day."""
    if isinstance(entry, ProgressRecord) and entry.status:
        now = status_before(task, entry.unit, entry.date)
        if now is not entry.status:
            yield (
                f"注意：第 {task.id} 项 {entry.unit} 当天其后又记为“{now.label}”；"
                f"确要再报“{entry.status.label}”，请用 --note 写明缘由"
            )


def _consequences(before: Task, after: Task, entry: LedgerEntry) -> Iterator[str]:
    """What an entry means for the task or its unit's part, where that is not plain from the entry itself."""
    wrong = next((old for old in before.ledger(ledger_of(entry)) if old.ref == entry.retracts), None)
    if isinstance(entry, Extension):
        deadline = effective_deadline(after, Viewpoint(as_of=dt.date.max, today=dt.date.max))
        if isinstance(wrong, Extension):
            yield f"第 {after.id} 项延至 {wrong.to} 作废，现行时限为 {deadline}"
        elif deadline != entry.to:
            yield f"注意：第 {after.id} 项另有以后批准的延期，现行时限仍为 {deadline}"
    elif isinstance(wrong, ProgressRecord) and wrong.status:
        now = status_before(after, entry.unit, dt.date.max)
        where = f"第 {after.id} 项 {entry.unit} "
        yield f"{where}{wrong.date} 报的“{wrong.status.label}”作废，现为“{now.label}”"
    elif older := later_than(before, entry):
        yield f"注意：{older}"


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
        output.remark(f"{words_for(entry)}：已有同样的记录，没有重复写入")
    for text in remarks:
        output.remark(text)
    if not appended.new:
        return
    show_lines("+", appended.added, written=not dry_run)
    did = "将追加（未写入）" if dry_run else "已追加"
    for entry in appended.new:
        output.remark(f"{did}：{words_for(entry)}，引用码 {entry.record.ref}")


def words_for(entry: Entry) -> str:
    """An entry in few words: `第 5 项 市税务局 已报完成`."""
    record = entry.record
    where = f"第 {entry.task} 项"
    if isinstance(record, Extension):
        return f"{where} 更正延期 {record.retracts}" if record.retracts else f"{where} 延至 {record.to}"
    what = record.status.label if record.status else f"更正 {record.retracts}"
    return f"{where} {record.unit} {what}"


def show_lines(sign: str, changes: Sequence[tuple[int, str]], *, written: bool) -> None:
    """Show lines added (`+`) or taken out (`-`), by task, as the answer of a command.

    What is written already stays so though nobody can be shown it: then that is remarked, no failure.
    """
    text = "".join(
        f"@@ 第 {number} 项 @@\n" + "".join(f"{sign}{line}\n" for line in lines.splitlines() if line)
        for number, lines in changes
    )
    try:
        output.write(text)
    except (DataError, output.ClosedPipeError) as error:
        if not written:
            raise
        if isinstance(error, DataError):
            output.remark(f"{error.message}；数据已经写好")
