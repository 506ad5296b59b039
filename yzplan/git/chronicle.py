"""The history told as a ledger: what each commit did, and what is different between two versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from yzplan.errors import DataError
from yzplan.git.history import Commit, Step, opened_history
from yzplan.git.revision import Revision, opened_at
from yzplan.model.changes import AnyEntry, Change, EntryChange, item_of
from yzplan.query.chronicle import ChangeRow, Origin, change_row
from yzplan.store.loading import opened
from yzplan.store.source import Source
from yzplan.store.versions import Version, compare, office_entries


def log_rows(directory: Path, end: Revision, task: int | None = None) -> tuple[list[ChangeRow], list[str]]:
    """What the commits up to one did to the data, the newest first; with `task` to that one alone.

    Also, in Chinese, which commits have data that do not read. Raises DataError where there is no
    repository, or it has not all of the history.
    """
    rows: list[ChangeRow] = []
    unread = []
    with opened_history(directory, [end.commit], task) as history:
        for step in history.steps():
            if step.failure:
                unread.append(f"{step.commit}的数据读不出来，没有列入")
            after = step.after or step.parents[0]
            rows += [_row(change, _origin(step.commit), step.parents[0], after) for change in _own(step)]
    return rows[::-1], unread


def _own(step: Step) -> Iterator[Change]:
    """What a commit did; of the one in which the table begins, what had been recorded by then."""
    is_first = not step.parents[0].tasks
    return (each for each in _told(step.changes) if isinstance(each, EntryChange) or not is_first)


def _told(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes without those that follow from others."""
    return (each for each in changes if isinstance(each, EntryChange) or not each.is_derived)


def diff_rows(directory: Path, start: Revision, end: Revision | None) -> list[ChangeRow]:
    """What is different at `end` (None: in the work tree) from what `start` has, in the order of the file.

    Each with the commit that did it, where the history from the one to the other has one. Raises
    DataError where either does not read.
    """
    before = _version(directory, start)
    after = _version(directory, end, before)
    changes = [*_told(compare(before, after))]
    origins: dict[object, Origin] = {}
    last = end.commit if end else "HEAD"
    with opened_history(directory, [last, f"^{start.commit}"]) as history:
        for step in history.steps() if changes else ():
            origins |= {item_of(change): _origin(step.commit) for change in step.changes}
    return [_row(change, origins.get(item_of(change)), before, after) for change in changes]


def _version(directory: Path, revision: Revision | None, like: Version | None = None) -> Version:
    """What a revision has, or the work tree. Raises DataError, which names the revision and the file."""
    files = opened_at(directory, revision) if revision else opened(directory)
    try:
        tasks, units = map(_readable, files)
        return Version.of(tasks.raw, units.raw, like, (tasks.path, units.path))
    except DataError as error:
        if revision is None:
            raise
        raise revision.blamed(error) from error


def _readable(file: Source | DataError) -> Source:
    if isinstance(file, DataError):
        raise file
    return file


def _row(change: Change, origin: Origin | None, before: Version, after: Version) -> ChangeRow:
    """A change from one version to another as a row."""
    known: Sequence[AnyEntry] = ()
    indicators: Mapping[int, str] = {}
    if isinstance(change, EntryChange):
        known = before.entries(change.task) if change.task else office_entries(before, after)
        indicators = {} if change.task else after.indicator_names
    return change_row(change, origin, known, indicators)


def _origin(commit: Commit) -> Origin:
    return Origin(commit.id, commit.author, commit.email, commit.committed_at.isoformat())
