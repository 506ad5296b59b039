"""Reading many objects of a repository through one process."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from yzplan.errors import DataError
from yzplan.git.running import git, started


class Objects:
    """An open `git cat-file --batch`."""

    def __init__(self, asked: IO[bytes], answers: IO[bytes]) -> None:
        self._asked = asked
        self._answers = answers

    def content(self, object_id: str, kind: str = "blob") -> bytes:
        """The bytes of an object. Raises DataError where git has none of that kind, as in a partial clone."""
        try:
            self._asked.write(f"{object_id}\n".encode())
            self._asked.flush()
            said = self._answers.readline().split()
            if len(said) == 3 and said[1] == kind.encode():
                content = self._answers.read(int(said[2]) + 1)
                if len(content) == int(said[2]) + 1:
                    return content[:-1]
        except (BrokenPipeError, ValueError) as error:
            raise _unreadable(object_id) from error
        raise _unreadable(object_id)


@contextmanager
def opened_objects(folder: Path) -> Iterator[Objects]:
    """The objects of the repository that a folder lies in. Raises DataError where git cannot be run."""
    with started(folder, "cat-file", "--batch") as process:
        assert process.stdin  # noqa: S101 - it is a pipe
        assert process.stdout  # noqa: S101 - so is this
        yield Objects(process.stdin, process.stdout)


def object_ids(folder: Path, commits: Sequence[str], names: Sequence[str]) -> Iterator[list[str | None]]:
    """For each commit, the ids of what it has under some names (paths below its root); None for nothing.

    Raises DataError where git cannot read what it should have.
    """
    asked = "".join(f"{commit}:{name}\n" for commit in commits for name in names)
    done = git(folder, "cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=os.fsencode(asked))
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode or len(lines) != len(commits) * len(names):
        raise DataError("git 读不出历史里的文件", "用 git fsck 检查仓库")
    found = [line.split()[0] if line.endswith(" blob") else None for line in lines]
    for k in range(0, len(found), len(names)):
        yield found[k : k + len(names)]


def _unreadable(object_id: str) -> DataError:
    return DataError(f"git 读不出对象 {object_id}", "部分克隆的先取全（git fetch）；否则用 git fsck 检查仓库")
