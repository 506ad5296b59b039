"""The plan's history: its commits, the data that each has, and what each did to them."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError
from yzplan.git.objects import Objects, object_ids, opened_objects
from yzplan.git.running import complaint, git
from yzplan.git.trees import located, path_of, refuse_outside
from yzplan.model.changes import Change, EntryChange, fact_changes, item_of
from yzplan.store.loading import TASKS, UNITS
from yzplan.store.versions import EMPTY, Version, compare

_KEPT = 12
"""How many versions are kept in memory: a main line, and what is merged into it."""

_FORMAT = "%x00".join(("%H", "%P", "%an", "%ae", "%ct"))


class Commit(NamedTuple):
    """A commit: who made it, as its author line says, and when it was committed."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    committed_at: dt.datetime

    def __str__(self) -> str:
        return f"提交 {self.id[:10]}"


class Files(NamedTuple):
    """The ids of both files in a commit; None where it has no such file."""

    tasks: str | None
    units: str | None


class Step(NamedTuple):
    """What one commit did to the data.

    `parents`: what its parents have, in their order. `after`: what it has, None where that does not
    read, and `failure` says why. `changes`: its own doing; of a merge, what is otherwise than in each of
    its parents, as it is changed for the first. `lost`: what one parent alone had done, since their common
    ancestors, and a merge has otherwise, as it is changed for that parent.
    """

    commit: Commit
    parents: Sequence[Version]
    after: Version | None
    changes: Sequence[Change]
    lost: Sequence[Change] = ()
    failure: DataError | None = None

    @property
    def is_merge(self) -> bool:
        """Whether it has more than one parent."""
        return len(self.commit.parents) > 1


def _rooted(directory: Path) -> tuple[Path, str]:
    """The repository's top folder that the data lie in, and the way from there to them: `data/`.

    Raises DataError outside of any work tree.
    """
    folder, _ = located(directory / TASKS)
    refuse_outside(folder)
    way = path_of(folder, "--show-prefix")
    if "\n" in way:
        raise DataError("数据目录的路径里有换行，无法查历史", "改名后再试")
    return Path(path_of(folder, "--show-toplevel")), way


class History:
    """Commits, parents before their children, and the data that they and those before them have."""

    def __init__(
        self, objects: Objects, root: Path, names: Sequence[str], commits: Sequence[Commit], only: int | None
    ) -> None:
        self.commits = commits
        self._objects = objects
        self._root = root
        self._names = names
        self._only = only
        self._parents = {commit.id: commit.parents for commit in commits}
        ids = dict.fromkeys(each for commit in commits for each in (commit.id, *commit.parents))
        found = object_ids(root, [*ids], names)
        self._files = {commit: Files(*both) for commit, both in zip(ids, found, strict=True)}
        self._kept: OrderedDict[Files, Version | DataError] = OrderedDict()

    def steps(self) -> Iterator[Step]:
        """What each commit did; those that leave both files alone are left out."""
        for commit in self.commits:
            before = {self._files[each] for each in commit.parents} or {Files(None, None)}
            if before != {self._files[commit.id]}:
                yield self._step(commit)

    def version(self, commit: str, like: Version | None = None) -> Version | DataError:
        """What a commit has, or why it does not read."""
        if commit not in self._files:
            [both] = object_ids(self._root, [commit], self._names)
            self._files[commit] = Files(*both)
        files = self._files[commit]
        if files in self._kept:
            self._kept.move_to_end(files)
            return self._kept[files]
        newest = (each for each in reversed(self._kept.values()) if isinstance(each, Version))
        tasks, units = (self._objects.content(each) if each else b"" for each in files)
        try:
            version: Version | DataError = Version.of(tasks, units, like or next(newest, None))
        except DataError as error:
            version = error
        self._kept[files] = version
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return version

    def _step(self, commit: Commit) -> Step:
        before = self._readable(commit)
        parents = [*before.values()] or [EMPTY]
        after = self.version(commit.id, parents[0])
        if isinstance(after, DataError):
            return Step(commit, parents, None, (), failure=after)
        if len(before) > 1:
            changes, lost = self._of_merge(before, after)
            return Step(commit, parents, after, changes, lost)
        return Step(commit, parents, after, [*compare(parents[0], after, self._only)])

    def _readable(self, commit: Commit) -> dict[str, Version]:
        """A commit's parents, in their order; instead of one whose data do not read, its own parents."""
        found: dict[str, Version] = {}
        waiting = [*commit.parents]
        seen = set()
        while waiting:
            each = waiting.pop(0)
            version = self.version(each)
            if isinstance(version, Version):
                found[each] = version
            elif each not in seen:
                waiting = [*self._parents_of(each), *waiting]
            seen.add(each)
        return found

    def _parents_of(self, commit: str) -> tuple[str, ...]:
        if commit not in self._parents:
            done = git(self._root, "rev-list", "--parents", "-n", "1", "--end-of-options", commit)
            self._parents[commit] = tuple(done.stdout.decode().split()[1:])
        return self._parents[commit]

    def _of_merge(
        self, parents: Mapping[str, Version], after: Version
    ) -> tuple[Sequence[Change], Sequence[Change]]:
        """What a commit with several parents did of its own, and what it lost of one of them."""
        told = [[*_single(compare(parent, after, self._only))] for parent in parents.values()]
        everywhere = set.intersection(*({item_of(each) for each in changes} for changes in told))
        own = [each for each in told[0] if item_of(each) in everywhere]
        # What is there and one parent has not, another has.
        undone = [
            [each for each in changes if each.before is not None and item_of(each) not in everywhere]
            for changes in told
        ]
        if not any(undone):
            return own, ()
        done_by = self._since_bases(parents)
        lost: list[Change] = []
        for k, changes in enumerate(undone):
            others = set().union(*(done for j, done in enumerate(done_by) if j != k))
            lost += [each for each in changes if item_of(each) in done_by[k] - others]
        return own, lost

    def _since_bases(self, parents: Mapping[str, Version]) -> list[set[object]]:
        """For each of some commits, what it has otherwise than every one of their common ancestors."""
        ways = ("--octopus",) if len(parents) > 2 else ()
        done = git(self._root, "merge-base", "--all", *ways, *parents)
        bases = [self.version(each) for each in done.stdout.decode().split()]
        known = [each for each in bases if isinstance(each, Version)] or [EMPTY]

        def since(base: Version, parent: Version) -> set[object]:
            return {item_of(each) for each in _single(compare(base, parent, self._only))}

        return [set.intersection(*(since(base, parent) for base in known)) for parent in parents.values()]


def _single(changes: Iterator[Change]) -> Iterator[Change]:
    """Changes of one thing each: what was altered went and came, and of what is new or gone each fact is."""
    for change in changes:
        if isinstance(change, EntryChange):
            yield from (EntryChange(change.task, each, None) for each in (change.before,) if each)
            yield from (EntryChange(change.task, None, each) for each in (change.after,) if each)
        elif change.key:
            yield change
        else:
            yield from fact_changes(change.subject, change.before or {}, change.after or {})


@contextmanager
def opened_history(directory: Path, revisions: Sequence[str], only: int | None = None) -> Iterator[History]:
    """The commits that `git rev-list` gives for some resolved revisions (`^` before those left out).

    With `only`, what is done to other tasks is left aside. Raises DataError where there is no
    repository, or it has not all of the history.
    """
    root, way = _rooted(directory)
    if git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise DataError("这里是浅克隆，没有全部历史", "先用 git fetch --unshallow 取来")
    commits = commits_of(root, revisions)
    with opened_objects(root) as objects:
        yield History(objects, root, [f"{way}{TASKS}", f"{way}{UNITS}"], commits, only)


def commits_of(root: Path, revisions: Sequence[str]) -> list[Commit]:
    """The commits that `git rev-list` gives for some words, parents before their children."""
    done = git(
        root,
        *("rev-list", "--date-order", "--reverse", "--encoding=UTF-8", f"--format={_FORMAT}"),
        *(*revisions, "--"),
    )
    if done.returncode:
        raise DataError("git 读不出历史", complaint(done))
    lines = done.stdout.decode(errors="replace").split("\n")
    return [_commit(line) for line in lines if "\0" in line]


def _commit(line: str) -> Commit:
    name, parents, author, email, committed = line.split("\0")
    return Commit(name, tuple(parents.split()), author, email, _moment(committed))


def _moment(seconds: str) -> dt.datetime:
    """A moment, in the time zone of this machine; the first of all where it lies beyond the calendar."""
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        return dt.datetime.fromtimestamp(0, dt.UTC)
