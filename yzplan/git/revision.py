"""The data as a revision has them: read from git, with the work tree and the index left alone."""

import datetime as dt
import os
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError, RequestError
from yzplan.git.running import complaint, git
from yzplan.git.trees import content_of, entry_of, refuse_outside
from yzplan.model import looks_like_day, parse_day
from yzplan.store.loading import TASKS, UNITS, shown
from yzplan.store.source import MAX_BYTES, Source, decode_source, refusal
from yzplan.store.syntax import Explainer, y001_unreadable, y002_too_large

_KINDS = {"040000": "是一个目录", "120000": "是符号链接", "160000": "是子模块"}
"""What stands in a tree and is no file, by git's digits for it."""

MAX_NAME = 1000
"""More characters than these no revision is called by, and too many a program cannot be given."""

_SPELLINGS = "写提交、标签或分支，如 HEAD~1、v1.0；或日期，如 2022-07-31"


class Revision(NamedTuple):
    """A commit, and what the user called it."""

    name: str
    commit: str

    def __str__(self) -> str:
        return f"提交 {self.commit[:10]}（{self.name}）"

    def blamed(self, error: DataError) -> DataError:
        """What is wrong with its data, said of it."""
        gap = " " if error.message[:1].isascii() else ""
        what = f"{self}里的{gap}{error.message}"
        return DataError(what, "已经提交的改不了，换一个版本", error.diagnostics)


def find_revision(directory: Path, name: str) -> Revision:
    """The commit that a name (a hash, tag, branch, `HEAD~2` …) means in the data's repository.

    A day with separators (`2022-07-31`), unless a ref is called that, means the last commit by its
    end: see `_last_by`. Raises RequestError where a name means none, DataError where the data lie in
    no repository.
    """
    if not name.isprintable() or not 0 < len(name) <= MAX_NAME:
        raise RequestError("版本名是空的、太长，或含有看不见的字符", _SPELLINGS)
    folder, _ = nearest(directory / TASKS)
    refuse_outside(folder)
    done = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    commit = done.stdout.decode("ascii", "replace").strip()
    # `^HEAD` is a revision to git too: everything but what HEAD has.
    if not done.returncode and commit.isalnum():
        return Revision(name, commit)
    if git(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise RequestError(f"没有“{name}”这个版本：这个仓库还没有提交", "先用 git add、git commit 提交数据")
    if looks_like_day(name):
        return Revision(name, _last_by(folder, parse_day(name)))
    raise RequestError(f"没有“{name}”这个版本", f"{_SPELLINGS}{_shallow_hint(folder)}")


def _last_by(folder: Path, day: dt.date) -> str:
    """The last commit by the end of a day: of HEAD and its first parents the nearest committed by then.

    Every commit's own time is looked at, since `--until` stops at the first clock that was wrong.
    Raises RequestError where there is none by then, DataError where git cannot read the history.
    """
    done = git(folder, "rev-list", "--first-parent", "--timestamp", "HEAD", "--")
    if done.returncode:
        raise DataError("提交历史读不出来", complaint(done))
    found = [line.split() for line in done.stdout.decode("ascii").splitlines()]
    days = [_day_of(int(seconds)) for seconds, _ in found]
    for each, (_, commit) in zip(days, found, strict=True):
        if each <= day:
            return commit
    raise RequestError(f"到 {day} 为止还没有提交", f"最早的提交在 {min(days)}{_shallow_hint(folder)}")


def _day_of(seconds: int) -> dt.date:
    """The local day of a committer's clock; the last of all where it shows a time beyond the calendar."""
    try:
        return dt.date.fromtimestamp(seconds)
    except (OverflowError, ValueError, OSError):
        return dt.date.max


def _shallow_hint(folder: Path) -> str:
    """What to add to a hint in a clone that lacks the older commits."""
    is_shallow = git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    return "；这里是浅克隆，更早的提交要先用 git fetch --unshallow 取来" if is_shallow else ""


def opened_at(directory: Path, revision: Revision) -> list[Source | DataError]:
    """Both files as the revision has them, or what made them unreadable: what `opened` gives of today's.

    Raises DataError where git cannot read what the revision has.
    """
    found: list[Source | DataError] = []
    for path in (directory / TASKS, directory / UNITS):
        try:
            found.append(_read(path, revision))
        except DataError as error:
            if not error.diagnostics:
                raise
            found.append(error)
    return found


def _read(path: Path, revision: Revision) -> Source:
    if found := source_at(path, revision):
        return found
    raise refusal(shown(path), y001_unreadable, f"{revision}里没有这个文件")


def source_at(path: Path, revision: Revision) -> Source | None:
    """A file as the revision has it; None where it has none. Raises DataError where it cannot be read."""

    def refuse(rule: Explainer, argument: object) -> DataError:
        return refusal(shown(path), rule, argument)

    folder, name = nearest(path)
    entry = entry_of(revision.commit, folder, name)
    if entry is None:
        return None
    if kind := _KINDS.get(entry.mode):
        raise refuse(y001_unreadable, f"{revision}里它{kind}")
    if entry.size and entry.size > MAX_BYTES:
        raise refuse(y002_too_large, entry.size)
    return decode_source(content_of(entry, revision.commit, folder, name), shown(path))


def nearest(path: Path) -> tuple[Path, str]:
    """The nearest folder that exists today, and the way from there to a file that need not exist.

    A file or its folder may be a link into another repository, whose revisions are then meant.
    """
    target = Path(os.path.realpath(path))
    folder = next(each for each in target.parents if os.path.isdir(each))  # noqa: PTH112 (Path.is_dir may raise)
    return folder, target.relative_to(folder).as_posix()
