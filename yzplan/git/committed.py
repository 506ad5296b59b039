"""What git has of the data, by plumbing commands only: no user's settings change an answer."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from yzplan.errors import DataError

_BASES = ("HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD")
"""The commits that a work tree may stand on: its own, and those that are just being brought in."""


def committed_versions(files: Sequence[Path]) -> list[list[bytes]]:
    """The contents of some files, once for each commit that their work tree stands on.

    Nothing committed yet gives an empty list. Raises DataError where they lie in no git repository,
    git cannot be run, or a commit has some of them only.
    """
    # A file may be a link into another folder, whose repository it then is.
    targets = [file.resolve() for file in files]
    _refuse_outside(targets[0].parent)
    versions = []
    for commit in _BASES:
        found = [_blob(commit, target) for target in targets]
        present = [content for content in found if content is not None]
        if present and len(present) < len(targets):
            raise DataError(f"{commit} 里的数据文件不全，无从判断哪些已经提交", "先用 git status 查看情况")
        if present:
            versions.append(present)
    return versions


def _blob(commit: str, file: Path) -> bytes | None:
    """The file as the commit has it; None where there is no such commit, or no such file in it.

    What is there and cannot be read, as in a partial clone without its server, is no such None.
    """
    folder = file.parent
    if _git(folder, "rev-parse", "--verify", "--quiet", commit).returncode:
        return None
    entry = _git(folder, "ls-tree", commit, "--", f":(literal){file.name}")
    found = entry.stdout.split()
    blob = _git(folder, "cat-file", "blob", found[2].decode()) if found else entry
    if blob.returncode:
        raise DataError(f"{commit} 里的 {file.name} 读不出来，无从判断哪些已经提交", _said(blob))
    return blob.stdout if found else None


def _refuse_outside(directory: Path) -> None:
    done = _git(directory, "rev-parse", "--is-inside-work-tree")
    if done.returncode or done.stdout.strip() != b"true":
        hint = _said(done) or "在数据所在的仓库里运行"
        raise DataError(f"{directory} 不在 git 仓库里，无从判断哪些已经提交", hint)


def _said(done: "subprocess.CompletedProcess[bytes]") -> str | None:
    """The last line of what git complained of."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f"git 说：{lines[-1]}" if lines else None


_ELSEWHERE = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES"),
)
"""Variables by which git, for its aliases and hooks, names a repository that need not be the data's."""


def _git(directory: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program; no word of it begins with what a user typed
            ["git", "-C", str(directory), *words],  # noqa: S607 - the user's own git
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise DataError("运行不了 git，无从判断哪些已经提交", "先安装 git") from error
