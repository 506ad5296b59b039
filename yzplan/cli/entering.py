"""Putting entries into the ledger, and what is said aloud on the way."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from yzplan.assess import retracted_refs
from yzplan.check.admission import check_admissible
from yzplan.check.consequences import consequences, overtaken
from yzplan.check.oddities import new_oddities
from yzplan.cli import output
from yzplan.cli.reading import find_task, parse_numbers
from yzplan.cli.reporting import Report
from yzplan.cli.session import Session
from yzplan.cli.wording import message_for, ref_of, words_for
from yzplan.errors import DataError
from yzplan.model import LedgerEntry, OfficeEntry, Plan, ProgressRecord, Task, ledger_of
from yzplan.store.appending import Appended, Entry, append, is_said
from yzplan.store.loading import TASKS
from yzplan.store.saving import locked

Compose = Callable[[Plan, Task], LedgerEntry]
"""The entry to be made for a task of the plan as it is now. May raise RequestError."""
Decide = Callable[[Plan, list[str]], Sequence[Entry | OfficeEntry]]
"""From the plan as it is now, the entries to add; what is to be said of them is put into the list.

May raise RequestError."""


def record(
    session: Session,
    ids: Sequence[str],
    unit: str | None,
    report: Report,
    *,
    dry_run: bool,
    commit: bool,
    previewed: bool = False,
) -> bool:
    """As `enter`, of the report's record for each task."""

    def compose(plan: Plan, task: Task) -> ProgressRecord:
        return report.record_for(plan, task, unit)

    return enter(session, ids, compose, dry_run=dry_run, commit=commit, previewed=previewed)


def enter(
    session: Session,
    ids: Sequence[str],
    compose: Compose,
    *,
    dry_run: bool,
    commit: bool,
    previewed: bool = False,
) -> bool:
    """As `put`, of an entry for each task."""
    numbers = parse_numbers(ids)

    def decide(plan: Plan, remarks: list[str]) -> list[Entry]:
        entries = []
        for number in numbers:
            task = find_task(plan, number)
            entry = compose(plan, task)
            entries.append(Entry(task=number, record=entry))
            remarks.extend(admitted(plan, task, entry, session.today))
        return entries

    return put(session, decide, dry_run=dry_run, commit=commit, previewed=previewed)


def admitted(plan: Plan, task: Task, entry: LedgerEntry, today: dt.date) -> Iterator[str]:
    """What is to be said of an entry for a task. Raises RequestError for one that the ledger may not take."""
    ledger = task.ledger(ledger_of(entry))
    if entry in ledger and entry.ref not in retracted_refs(ledger):
        yield from overtaken(task, entry)
        return
    check_admissible(task, entry)
    after = task.with_entry(entry)
    yield from consequences(task, after, entry, today)
    yield from (f"注意：{each}" for each in new_oddities(plan, task, after, today))


def put(session: Session, decide: Decide, *, dry_run: bool, commit: bool, previewed: bool = False) -> bool:
    """Append entries, the tasks' and the office's own, and show the lines added; remarks go to stderr.

    To `commit`, too, is made sure to be possible before anything is written, and raises DataError where
    it fails all the same. Returns whether any entry is new. What has been `previewed` in a dry run is
    not shown once more.
    """
    with contextlib.ExitStack() as locks:
        appended = _append(session, decide, locks, dry_run=dry_run, commit=commit, previewed=previewed)
        new = (*appended.new_office, *appended.new)
        if commit and new:
            _commit(session, message_for(new), dry_run=dry_run)
    if commit and not new:
        output.remark(_nothing_committed(session, (*appended.known_office, *appended.known)))
    return bool(new)


def _append(
    session: Session,
    decide: Decide,
    locks: contextlib.ExitStack,
    *,
    dry_run: bool,
    commit: bool,
    previewed: bool,
) -> Appended:
    remarks: list[str] = []
    file = session.directory / TASKS

    def prepare_commit() -> None:
        from yzplan.git.committing import refuse_uncommittable

        # Held until it is committed: else a record that somebody else writes meanwhile would go along.
        if not dry_run:
            locks.enter_context(locked(file.resolve().parent))
        refuse_uncommittable(file)

    def decided(plan: Plan) -> Sequence[Entry | OfficeEntry]:
        remarks.clear()
        entries = decide(plan, remarks)
        if commit and not all(is_said(plan, entry) for entry in entries):
            prepare_commit()
        return entries

    appended = append(session.directory, decided, dry_run=dry_run)
    if not previewed:
        _show(appended, remarks, dry_run=dry_run)
    did = "将追加（未写入）" if dry_run else "已追加"
    for entry in (*appended.new_office, *appended.new):
        output.remark(f"{did}：{words_for(entry)}，引用码 {ref_of(entry)}")
    return appended


def _commit(session: Session, message: str, *, dry_run: bool) -> None:
    """Commit the file just written, or say what the message would be."""
    from yzplan.git.committing import commit_file

    if dry_run:
        output.remark(f"将提交（未写入）：{message.rstrip()}")
        return
    try:
        made = commit_file(session.directory / TASKS, message)
    except KeyboardInterrupt:
        output.remark("中断：记录已经写入，是否已提交请用 git status 查看")
        raise
    output.remark(f"已提交 {made[:10]}：{message.splitlines()[0]}")


def _nothing_committed(session: Session, known: Sequence[Entry | OfficeEntry]) -> str:
    """Why nothing is committed where nothing is new, and which of the entries no commit has yet."""
    from yzplan.git.committed import committed_plans

    plans = [*committed_plans(session.directory)]
    loose = "、".join(words_for(each) for each in known if not any(is_said(plan, each) for plan in plans))
    still = f"；早先写入的{loose}还没有提交，请用 git commit 提交" if loose else ""
    return f"没有新的记录，没有提交{still}"


def _show(appended: Appended, remarks: Sequence[str], *, dry_run: bool) -> None:
    for entry in (*appended.known_office, *appended.known):
        output.remark(f"{words_for(entry)}：已有同样的记录，没有重复写入")
    for text in remarks:
        output.remark(text)
    if appended.added:
        show_lines("+", appended.added, written=not dry_run)


def show_lines(sign: str, changes: Sequence[tuple[int | str, str]], *, written: bool) -> None:
    """Show lines added (`+`) or taken out (`-`), by task or section, as the answer of a command.

    What is written already stays so though nobody can be shown it: then that is remarked, no failure.
    """
    text = "".join(
        f"@@ {f'第 {whose} 项' if isinstance(whose, int) else whose} @@\n"
        + "".join(f"{sign}{line}\n" for line in lines.splitlines() if line)
        for whose, lines in changes
    )
    try:
        output.write(text)
    except (DataError, output.ClosedPipeError) as error:
        if not written:
            raise
        if isinstance(error, DataError):
            output.remark(f"{error.message}；数据已经写好")
