"""Putting entries into the ledger, and what is said aloud on the way."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from yzplan.assess import (
    COMPLETE,
    IN_THE_END,
    Viewpoint,
    effective_deadline,
    in_effect_from,
    records_of,
    retracted_refs,
    state_of,
)
from yzplan.check.admission import check_admissible, later_than, status_before
from yzplan.check.oddities import new_oddities
from yzplan.cli import output
from yzplan.cli.reading import find_task, parse_numbers
from yzplan.cli.reporting import Report
from yzplan.cli.session import Session
from yzplan.errors import DataError
from yzplan.model import Extension, LedgerEntry, Plan, ProgressRecord, Status, Task, ledger_of
from yzplan.store.appending import Appended, Entry, append

Compose = Callable[[Plan, Task], LedgerEntry]
"""The entry to be made for a task of the plan as it is now. May raise RequestError."""


def record(
    session: Session,
    ids: Sequence[str],
    unit: str | None,
    report: Report,
    *,
    dry_run: bool,
    previewed: bool = False,
) -> bool:
    """As `enter`, of the report's record for each task."""

    def compose(plan: Plan, task: Task) -> ProgressRecord:
        return report.record_for(plan, task, unit)

    return enter(session, ids, compose, dry_run=dry_run, previewed=previewed)


def enter(
    session: Session, ids: Sequence[str], compose: Compose, *, dry_run: bool, previewed: bool = False
) -> bool:
    """Append an entry to each task's ledger and show the lines added; remarks go to stderr.

    Returns whether any of them is new. What has been `previewed` in a dry run is not shown once more.
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
            remarks.extend(_consequences(task, after, entry, session.today))
            remarks.extend(f"注意：{each}" for each in new_oddities(plan, task, after, session.today))
        return entries

    appended = append(session.directory, decide, dry_run=dry_run)
    if not previewed:
        _show(appended, remarks, dry_run=dry_run)
    did = "将追加（未写入）" if dry_run else "已追加"
    for entry in appended.new:
        output.remark(f"{did}：{words_for(entry)}，引用码 {entry.record.ref}")
    return bool(appended.new)


# What is not plain from an entry itself


def _overtaken(task: Task, entry: LedgerEntry) -> Iterator[str]:
    """What is said of a record that is there already, where it has been overtaken on the same day."""
    if isinstance(entry, ProgressRecord) and entry.status:
        now = status_before(task, entry.unit, entry.date)
        if now is not entry.status:
            yield (
                f"注意：第 {task.id} 项 {entry.unit} 当天其后又记为“{now.label}”；"
                f"确要再报“{entry.status.label}”，请用 --note 写明缘由"
            )


def _consequences(before: Task, after: Task, entry: LedgerEntry, today: dt.date) -> Iterator[str]:
    """What an entry means for the task or for its unit's part."""
    wrong = next((old for old in before.ledger(ledger_of(entry)) if old.ref == entry.retracts), None)
    if wrong and entry.known_on < min(wrong.known_on, today):
        yield f"注意：第 {after.id} 项更正的日期 {entry.known_on} 早于所更正的记录（{wrong.known_on}）"
    if isinstance(entry, Extension):
        if isinstance(wrong, Extension):
            deadline = effective_deadline(after, Viewpoint(as_of=today, today=today))
            yield f"第 {after.id} 项延至 {wrong.to} 作废，现行时限为 {deadline}"
        else:
            yield from _of_extension(after, entry, today)
    elif isinstance(wrong, ProgressRecord) and wrong.status:
        now = status_before(after, entry.unit, dt.date.max)
        where = f"第 {after.id} 项 {entry.unit} "
        yield f"{where}{wrong.date} 报的“{wrong.status.label}”作废，现为“{now.label}”"
    else:
        yield from _of_report(before, after, entry)


def _of_extension(after: Task, entry: Extension, today: dt.date) -> Iterator[str]:
    """What an extension does not do, though it might be thought to."""
    where = f"注意：第 {after.id} 项"
    status = status_before(after, after.lead_unit, dt.date.max)
    if status in COMPLETE or status is Status.SUSPENDED:
        yield f"{where}现为“{status.label}”"
    deadline = effective_deadline(after, Viewpoint(as_of=today, today=today))
    if deadline != entry.to and entry.approved_on <= today:
        yield f"{where}另有以后批准的延期，现行时限仍为 {deadline}"
    if entry.from_ and entry.to and entry.to < entry.from_:
        yield f"{where}的新时限 {entry.to} 早于批准时的时限 {entry.from_}"
    if entry.from_ and entry.approved_on > entry.from_.last_day:
        yield f"{where}的批准日 {entry.approved_on} 在原时限 {entry.from_} 之后，批准以前的逾期不因此消除"


def _of_report(before: Task, after: Task, entry: ProgressRecord) -> Iterator[str]:
    """That a report is older than the last one, or that another day counts than it seems to say."""
    if older := later_than(before, entry):
        yield f"注意：{older}"
    where = f"注意：第 {after.id} 项 {entry.unit} "
    own = records_of(after, entry.unit, IN_THE_END)
    day = next(day for day, record in in_effect_from(own) if record == entry)
    if day != entry.effective_on:
        yield f"{where}退回以后重报，完成日按退回之日 {day} 计"
    completed_on = state_of((record for record in own if record.date <= entry.date), dt.date.max).completed_on
    if entry.status is Status.DONE and completed_on and completed_on != day:
        yield f"{where}以前已报完成，完成日仍按 {completed_on} 计；要更正完成日，先用 undo 作废以前那条"
    if entry.status is Status.VERIFIED and completed_on and completed_on > day:
        yield f"{where}的完成日 {completed_on} 还没有到，自认定之日 {day} 起即算完成"


# Showing


def _show(appended: Appended, remarks: Sequence[str], *, dry_run: bool) -> None:
    for entry in appended.known:
        output.remark(f"{words_for(entry)}：已有同样的记录，没有重复写入")
    for text in remarks:
        output.remark(text)
    if appended.new:
        show_lines("+", appended.added, written=not dry_run)


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
