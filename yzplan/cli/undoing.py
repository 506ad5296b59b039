"""undo: taking back what was recorded by mistake."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yzplan.cli import output
from yzplan.cli.acts import Reason
from yzplan.cli.chinese import EntryCommand
from yzplan.cli.reading import find_entry, find_task, parse_numbers
from yzplan.cli.session import Session, session_of
from yzplan.cli.updates import PANEL, By, Commit, Date, DryRun, UnitName
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yzplan.model import LedgerEntry, Plan, Task
    from yzplan.store.appending import Entry


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("undo", cls=EntryCommand, rich_help_panel=PANEL)(undo)


def undo(
    ctx: typer.Context,
    task_id: Annotated[str, typer.Argument(metavar="ID", help="任务编号")],
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="引用码，见 yzplan show；不写则为该单位最近的一条")
    ] = None,
    unit: UnitName = None,
    reason: Reason = None,
    date: Date = None,
    by: By = None,
    uncommitted: Annotated[
        bool, typer.Option("--uncommitted", help="撤下当前提交里还没有的一条，删去原行，不留更正")
    ] = False,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """更正：一条记录或延期作废。追加一条更正，原行不动；须写理由。

    自更正之日起，除了问更早当时所知的（--known-at），它不再计入任何结果。
    更正不能再更正：要恢复原来的内容，请另报一条。

    刚写错、还没有提交到 git 的（当前提交和正在合并的提交里都没有），可用 --uncommitted 撤下原行，
    给人看过再删；在终端上还会问一声。撤下不留更正，不写理由。
    """
    session = session_of(ctx)
    numbers = parse_numbers([task_id])
    if len(numbers) != 1:
        raise RequestError("undo 一次更正一项任务的一条记录", "只写一个任务编号")
    if uncommitted:
        if reason or date or by:
            raise RequestError(
                "--uncommitted 不留更正，没有理由、日期、填报人可记", "去掉 --reason、--date、--by"
            )
        if commit:
            raise RequestError("--uncommitted 撤下的本来没有提交，没有什么可以提交", "去掉 --commit")
        _remove(session, numbers[0], ref, unit, dry_run=dry_run)
        return

    from yzplan.cli import entering, reporting
    from yzplan.model import Extension, ProgressRecord

    why = reporting.required("--reason", "更正的理由", reason)
    person = reporting.one_line("填报人", by)
    day = date or session.today

    def compose(plan: "Plan", task: "Task") -> "LedgerEntry":
        wrong = _chosen(plan, task, ref, unit, _live_records(task), "没有可以更正的记录")
        if isinstance(wrong, Extension):
            if person:
                raise RequestError("延期的更正没有填报人一栏", "去掉 --by")
            return Extension(approved_on=day, reason=why, retracts=wrong.ref)
        return ProgressRecord(date=day, unit=wrong.unit, note=why, by=person, retracts=wrong.ref)

    entering.enter(session, [task_id], compose, dry_run=dry_run, commit=commit)


def _live_records(task: "Task") -> "list[LedgerEntry]":
    from yzplan.assess import live

    return [record for _, record in live(task.progress)]


def _chosen(
    plan: "Plan",
    task: "Task",
    ref: str | None,
    name: str | None,
    newest_of: "Iterable[LedgerEntry]",
    none: str,
) -> "LedgerEntry":
    """The entry that is meant: that of the reference, else the unit's newest of `newest_of`.

    Raises RequestError where there is none (`none`, in words), or several begin so.
    """
    from yzplan.check.admission import reporter
    from yzplan.model import ProgressRecord

    if ref is None:
        unit = reporter(plan, task, name)
        own = [each for each in newest_of if isinstance(each, ProgressRecord) and each.unit == unit]
        if own:
            return sorted(own, key=lambda record: record.date)[-1]
        extended = "；延期要写明引用码" if task.extensions else ""
        raise RequestError(f"第 {task.id} 项 {unit} {none}", f"用 yzplan show {task.id} 查看{extended}")
    entries: list[LedgerEntry] = [*task.progress, *task.extensions]
    entry = find_entry(entries, ref, f"第 {task.id} 项", f"yzplan show {task.id}")
    if name and (not isinstance(entry, ProgressRecord) or entry.unit != reporter(plan, task, name)):
        owner = entry.unit if isinstance(entry, ProgressRecord) else "办公室（延期）"
        raise RequestError(f"记录 {entry.ref} 是{owner}的", "去掉 --unit，或核对引用码")
    return entry


# What no commit has


def _remove(session: Session, number: int, ref: str | None, unit: str | None, *, dry_run: bool) -> None:
    """Take out lines that no commit has, once they have been shown."""
    from yzplan.cli.asking import agrees, is_possible
    from yzplan.cli.entering import show_lines
    from yzplan.cli.wording import words_for
    from yzplan.store.appending import Entry, remove

    directory = session.directory
    committed = _committed_refs(directory, number)
    chosen: list[Entry] = []

    def choose(plan: "Plan") -> "Entry":
        from yzplan.model import ledger_of

        task = find_task(plan, number)
        if lost := committed - {entry.ref for entry in (*task.progress, *task.extensions)}:
            raise RequestError(
                f"第 {number} 项已提交的记录 {'、'.join(sorted(lost))} 不在文件里",
                "原行被改过或删过；先用 git diff 核对并恢复",
            )
        loose = [record for record in task.progress if record.ref not in committed]
        entry = _chosen(plan, task, ref, unit, loose, "没有还未提交的记录，已经提交的用 --reason 更正")
        if entry.ref in committed:
            raise RequestError(
                f"第 {number} 项的记录 {entry.ref} 已经提交", "去掉 --uncommitted，用 --reason 写明理由来更正"
            )
        if any(other.retracts == entry.ref for other in task.ledger(ledger_of(entry))):
            raise RequestError(f"第 {number} 项的记录 {entry.ref} 已更正", "先撤下那条更正")
        if chosen and chosen[-1].record != entry:
            raise RequestError("给人看过以后，台账又有变动，没有删去", "再看一遍：重做一次")
        chosen.append(Entry(task=number, record=entry))
        return chosen[-1]

    lines = remove(directory, choose, dry_run=True)
    show_lines("-", [(number, lines)], written=False)
    words = f"{words_for(chosen[-1])}，引用码 {chosen[-1].record.ref}"
    if dry_run:
        output.remark(f"将删去（未写入）：{words}")
        return
    if is_possible() and not agrees("删去这几行？"):
        output.remark("没有改动")
        return
    remove(directory, choose)
    output.remark(f"已删去：{words}")


def _committed_refs(directory: Path, number: int) -> frozenset[str]:
    """The references of a task's entries that a commit has."""
    from yzplan.git.committed import committed_plans

    tasks = [task for plan in committed_plans(directory) if (task := plan.by_id.get(number))]
    return frozenset(entry.ref for task in tasks for entry in (*task.progress, *task.extensions))
