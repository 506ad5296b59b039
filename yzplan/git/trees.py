"""Files as a commit has them."""

import os
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError
from yzplan.git.running import complaint, git


class Entry(NamedTuple):
    """What stands in a commit under a file's name.

    `mode`: git's six digits for its kind; `size`: in bytes, None for what is no content (a folder, a
    submodule) or is not there, as in a partial clone.
    """

    mode: str
    object_id: str
    size: int | None


def located(file: Path) -> tuple[Path, str]:
    """The folder that a file really lies in, and its name there: it may be a link into another repository."""
    folder, name = os.path.split(os.path.realpath(file))
    return Path(folder), name


def path_of(folder: Path, which: str) -> str:
    """A path that `git rev-parse` tells of a folder (`--show-toplevel`), absolute but for `--show-prefix`."""
    done = git(folder, "rev-parse", "--path-format=absolute", which)
    return os.fsdecode(done.stdout.removesuffix(b"\n"))


def refuse_outside(folder: Path) -> None:
    """Raises DataError unless a folder lies in the work tree of a git repository."""
    done = git(folder, "rev-parse", "--is-inside-work-tree")
    if done.returncode or done.stdout.strip() != b"true":
        raise DataError(f"{folder} 不在 git 仓库里", complaint(done) or "在数据所在的仓库里运行")


def entry_of(commit: str, folder: Path, name: str) -> Entry | None:
    """What a commit of the folder's repository has as `name` (a path below the folder); None for nothing.

    Raises DataError where git cannot read the commit.
    """
    done = git(folder, "ls-tree", "-l", "-z", commit, "--", name)
    if done.returncode:
        raise _unreadable(commit, name, complaint(done))
    if not done.stdout:
        return None
    mode, _, object_id, size = done.stdout.split(b"\t")[0].decode().split()
    return Entry(mode, object_id, int(size) if size.isdigit() else None)


def content_of(entry: Entry, commit: str, folder: Path, name: str) -> bytes:
    """The bytes of what `entry_of` found, as they are committed. Raises DataError where git has them not."""
    done = git(folder, "cat-file", "blob", entry.object_id)
    if done.returncode:
        raise _unreadable(commit, name, complaint(done))
    return done.stdout


def _unreadable(commit: str, name: str, hint: str | None) -> DataError:
    return DataError(f"{commit} 里的 {name} 读不出来", hint)
