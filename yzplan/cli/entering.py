"""Putting entries into the ledger, and what is said aloud on the way."""

from collections.abc import Callable, Sequence

from yzplan.assess import retracted_refs
from yzplan.check.admission import check_admissible
from yzplan.check.consequences import consequences, overtaken
from yzplan.check.oddities import new_oddities
from yzplan.cli import output
from yzplan.cli.reading import find_task, parse_numbers
from yzplan.cli.reporting import Report
from yzplan.cli.session import Session
from yzplan.errors import DataError
from yzplan.model import Extension, LedgerEntry, Plan, ProgressRecord, Task, ledger_of
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
                remarks.extend(overtaken(task, entry))
                continue
            check_admissible(task, entry)
            after = task.with_entry(entry)
            remarks.extend(consequences(task, after, entry, session.today))
            remarks.extend(f"注意：{each}" for each in new_oddities(plan, task, after, session.today))
        return entries

    appended = append(session.directory, decide, dry_run=dry_run)
    if not previewed:
        _show(appended, remarks, dry_run=dry_run)
    did = "将追加（未写入）" if dry_run else "已追加"
    for entry in appended.new:
        output.remark(f"{did}：{words_for(entry)}，引用码 {entry.record.ref}")
    return bool(appended.new)


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
