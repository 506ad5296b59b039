"""The audit of a plan's history: that nothing recorded was altered or lost, and who recorded it.

Plan 永政办函〔2022〕18号, 三、保障措施: dispatch, rectification and assessment stand on what was reported.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from yzplan.check.history import (
    REMARK_RULES,
    RULES,
    Deed,
    Reproach,
    y610_unreadable,
    y611_signature,
    y612_rewritten,
)
from yzplan.errors import DataError, RequestError, code_of
from yzplan.git.history import Commit, History, Step, commits_of, opened_history
from yzplan.git.revision import Revision, find_revision
from yzplan.git.running import git
from yzplan.git.signatures import signature_problems
from yzplan.model import Extension, section_of
from yzplan.model.changes import AnyEntry, Change, EntryChange, FactChange
from yzplan.model.supervision import OfficeEntry
from yzplan.model.units import email_key
from yzplan.query.audited import AuditReport, HistoryProblem
from yzplan.store.loading import TASKS, UNITS, shown
from yzplan.store.source import sentence
from yzplan.store.versions import EMPTY, Version

_FULL_HASH = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class Range(NamedTuple):
    """The commits that lead to `end`, without those that lead to `start`, if there is one."""

    start: Revision | None
    end: Revision


def find_audited(directory: Path, asked: str | None, since: str | None) -> tuple[Range, Revision | None]:
    """The commits that `A..B` or `B` means, by default all up to HEAD, and the one audited last.

    Where only that is given, the range begins behind it; a full hash that means nothing any more is taken
    for a commit that was lost. Raises RequestError for what means none, DataError where the data lie in no
    repository.
    """
    if asked and "..." in asked:
        raise RequestError(f"看不懂的范围“{asked}”", "写作 起点..终点（两个点），如 v1.0..HEAD")
    first, dots, last = (asked or "HEAD").rpartition("..")
    end = find_revision(directory, last or "HEAD")
    start = find_revision(directory, first or "HEAD") if dots else None
    if since is None:
        return Range(start, end), None
    try:
        audited = find_revision(directory, since)
    except RequestError:
        if not _FULL_HASH.fullmatch(since):
            raise
        return Range(start, end), Revision(since, since)
    return Range(start or audited, end), audited


def audit(
    directory: Path, asked: Range, *, since: Revision | None = None, signed: bool = False
) -> AuditReport:
    """What the commits of a range did that may not be done.

    `since`: a commit that was audited before, and has to be in the history still. `signed`: each commit
    has to be signed by its author. Raises DataError where the repository has not all of the history, or
    a program that verifies signatures is missing.
    """
    revisions = [asked.end.commit, *([f"^{asked.start.commit}"] if asked.start else [])]
    found: list[HistoryProblem] = []
    with opened_history(directory, revisions) as history:
        audited = _Audit(directory, history, asked.start)
        if since:
            found += audited.rewritten(since, asked.end)
        if signed:
            found += audited.unsigned()
        changed = 0
        for step in history.steps():
            changed += 1
            found += audited.of(step)
        end = history.version(asked.end.commit)
    warnings = sum(each.severity == "warning" for each in found)
    return AuditReport(
        problems=len(found) - warnings,
        warnings=warnings,
        start=asked.start and asked.start.commit,
        end=asked.end.commit,
        commits=len(history.commits),
        changed=changed,
        has_authors=isinstance(end, Version) and bool(end.authors),
        diagnostics=tuple(found),
    )


class _Audit:
    """What is to be said of one commit after the other."""

    def __init__(self, directory: Path, history: History, start: Revision | None) -> None:
        self._directory = directory
        self._history = history
        before = history.version(start.commit) if start else EMPTY
        self._authors = before.authors if isinstance(before, Version) else {}
        self._has_begun = start is not None

    def rewritten(self, since: Revision, end: Revision) -> Iterator[HistoryProblem]:
        """That a commit that was audited before is not in the history any more."""
        done = git(self._directory, "merge-base", "--is-ancestor", since.commit, end.commit)
        if done.returncode:
            [commit] = commits_of(self._directory, ["-n", "1", end.commit])
            yield self._problem(commit, y612_rewritten, *y612_rewritten(str(since), str(end)))

    def unsigned(self) -> Iterator[HistoryProblem]:
        """Commits that their authors did not sign."""
        emails = {commit.id: commit.email for commit in self._history.commits}
        problems = signature_problems(self._directory, emails)
        for commit in self._history.commits:
            if why := problems.get(commit.id):
                yield self._problem(commit, y611_signature, *y611_signature(why))

    def of(self, step: Step) -> Iterator[HistoryProblem]:
        """What one commit did."""
        if step.after is None:
            yield self._unreadable(step.commit, step.failure)
            return
        # Who branched off before it was laid down who speaks for whom is bound by it all the same.
        authors = step.parents[0].authors or self._authors
        deed = Deed(
            email=step.commit.email,
            speaks_for=authors.get(email_key(step.commit.email)),
            has_authors=bool(authors),
            is_merge=step.is_merge,
            changes=step.changes,
            lost=step.lost,
            corrected=partial(_entry_of, step.after),
        )
        # The table has to come from somewhere, once.
        if self._has_begun:
            for rule in (*RULES, *REMARK_RULES):
                for reproach in rule(deed):
                    yield self._reproached(step, rule, reproach)
        self._has_begun = self._has_begun or bool(step.after.tasks)
        self._authors = self._authors or step.after.authors

    def _unreadable(self, commit: Commit, failure: DataError | None) -> HistoryProblem:
        """That a commit has data that do not read, where they first do not."""
        found = failure.diagnostics if failure else ()
        reason = found[0].message if found else str(failure)
        name, line = (found[0].path, found[0].line) if found else (TASKS, 0)
        said = y610_unreadable(reason)
        return self._problem(commit, y610_unreadable, *said, name=name, line=line or None)

    def _reproached(self, step: Step, rule: Callable[..., object], reproach: Reproach) -> HistoryProblem:
        """What a rule says of a change, at its place in the commit."""
        change = reproach.change
        entry = (change.after or change.before) if isinstance(change, EntryChange) else None
        return self._problem(
            step.commit,
            rule,
            reproach.message,
            reproach.hint,
            name=UNITS if isinstance(change, FactChange) and change.subject.in_register else TASKS,
            line=_line_of(change, step.after) if step.after else None,
            task=change.task,
            unit=None if entry is None or isinstance(entry, Extension) else entry.unit,
        )

    def _problem(
        self,
        commit: Commit,
        rule: Callable[..., object],
        message: str,
        hint: str,
        *,
        name: str = TASKS,
        line: int | None = None,
        task: int | None = None,
        unit: str | None = None,
    ) -> HistoryProblem:
        when = commit.committed_at
        return HistoryProblem(
            path=shown(self._directory / name),
            line=line,
            column=1 if line else None,
            code=code_of(rule),
            severity="warning" if rule in REMARK_RULES else "error",
            message=sentence(f"{commit}（{commit.author}，{when:%Y-%m-%d}）{message}"),
            hint=sentence(hint),
            commit=commit.id,
            author=commit.author,
            email=commit.email,
            committed_at=when.isoformat(),
            task=task,
            unit=unit,
        )


def _line_of(change: Change, version: Version) -> int | None:
    """Where in the table a change is to be seen; None where it is not one of the table."""
    if isinstance(change, EntryChange):
        entry = change.after or change.before
        if isinstance(entry, OfficeEntry):
            return version.line_of((section_of(entry), 0), change.after)
        return version.line_of(("task", change.task or 0), change.after)
    kind, name = change.subject
    return None if change.subject.in_register else version.line_of((kind, int(name or 0)))


def _entry_of(version: Version, task: int | None, ref: str) -> AnyEntry | None:
    """The entry of a task, or of the office's own ledgers, that has that reference."""
    return next((entry for entry in version.entries(task) if entry.ref == ref), None)
