"""The branch that a work tree stands on, and the upstream that git's settings name for it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError, RequestError
from yzplan.git.running import complaint, git
from yzplan.git.trees import path_of, refuse_outside

_HEADS = "refs/heads/"

_UNFINISHED = {
    "MERGE_HEAD": "合并（merge）",
    "CHERRY_PICK_HEAD": "拣选（cherry-pick）",
    "REVERT_HEAD": "还原（revert）",
}
"""What git is in the middle of, by the commit that it then has a name for."""

_REBASING = ("rebase-merge", "rebase-apply")
"""The folders that git has while it rebases. REBASE_HEAD is not there at every stop, and outlives some."""


class Branch(NamedTuple):
    """A branch that is checked out, and its upstream.

    `top`: the work tree; `common`: the repository, shared by all its work trees; `name`: without
    `refs/heads/`; `remote`: as `branch.<name>.remote` has it, a remote's name or a URL; `ref`: the
    branch there, in full.
    """

    top: Path
    common: Path
    name: str
    remote: str
    ref: str

    @property
    def upstream(self) -> str:
        """The upstream as people call it. A URL is left out: it may hold a password."""
        short = self.ref.removeprefix(_HEADS)
        is_named = not git(self.top, "config", "--get", f"remote.{self.remote}.url").returncode
        return f"{self.remote}/{short}" if is_named else short

    def head(self) -> str | None:
        """The branch's commit; None where it is not what is checked out any more."""
        if _checked_out(self.top) != f"{_HEADS}{self.name}":
            return None
        return _commit(self.top, "HEAD")


def find_branch(folder: Path) -> Branch:
    """The branch that the folder's work tree stands on.

    Raises DataError outside of a repository, RequestError where there is nothing to be synchronized:
    something is unfinished there, no branch is checked out, it has no commit, or no upstream.
    """
    refuse_outside(folder)
    own, common, top = (
        Path(path_of(folder, word)) for word in ("--git-dir", "--git-common-dir", "--show-toplevel")
    )
    if doing := unfinished(folder, own):
        raise RequestError(
            f"git 正在{doing}，没有同步", "先完成或放弃它（git status 有说明），再运行 yzplan sync"
        )
    full = _checked_out(folder)
    if full is None or not full.startswith(_HEADS):
        raise RequestError("现在不在任何分支上（detached HEAD），没有同步", "先用 git switch 回到分支")
    name = full.removeprefix(_HEADS)
    if _commit(folder, "HEAD") is None:
        raise RequestError(f"分支 {name} 还没有任何提交，没有同步", "先用 git add、git commit 提交数据")
    return Branch(top, common, name, *_upstream(folder, name))


def unfinished(folder: Path, state: Path) -> str | None:
    """What git is in the middle of, in words. `state`: where it keeps what it knows of this work tree."""
    for commit, words in _UNFINISHED.items():
        if not git(folder, "rev-parse", "--verify", "--quiet", commit).returncode:
            return words
    return "变基（rebase）" if any((state / each).is_dir() for each in _REBASING) else None


def changed_files(top: Path) -> list[str]:
    """The tracked files of a work tree that differ from its commit, or are staged to. Nothing is touched.

    Raises DataError where git cannot tell.
    """
    done = git(
        top,
        "--no-optional-locks",
        *(
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=no",
            "--ignore-submodules=dirty",
        ),
    )
    if done.returncode:
        raise DataError("git 说不出工作区有没有改动", complaint(done))
    return [each[3:].decode(errors="replace") for each in done.stdout.split(b"\0") if each]


def named(files: Sequence[str]) -> str:
    """Some files in a sentence, the first few by name."""
    shown = "、".join(files[:5])
    return f"{shown} 等 {len(files)} 个文件" if len(files) > 5 else shown


def _upstream(folder: Path, name: str) -> tuple[str, str]:
    """The remote and the branch there that are the upstream of a branch."""
    remote, ref = _setting(folder, f"branch.{name}.remote"), _setting(folder, f"branch.{name}.merge")
    if not remote or not ref or not ref.startswith(_HEADS):
        raise RequestError(
            f"分支 {name} 没有上游，不知道与谁同步",
            f"第一次推送用 git push -u origin {name}；上游已有的，用 git branch -u origin/{name} 指明",
        )
    if remote == ".":
        raise RequestError(
            f"分支 {name} 的上游是本地的另一个分支，没有同步", "用 git branch -u 指明远程仓库里的分支"
        )
    target = _setting(folder, f"branch.{name}.pushRemote") or _setting(folder, "remote.pushDefault")
    if target and target != remote:
        raise RequestError(
            f"分支 {name} 从一处取、往另一处推（pushRemote、pushDefault），没有同步",
            "sync 只与上游来往，取和推须是同一处；否则用 git pull、git push 手工做",
        )
    return remote, ref


def _setting(folder: Path, key: str) -> str:
    return git(folder, "config", "--get", key).stdout.decode(errors="surrogateescape").removesuffix("\n")


def _checked_out(folder: Path) -> str | None:
    done = git(folder, "symbolic-ref", "--quiet", "HEAD")
    return None if done.returncode else done.stdout.decode(errors="surrogateescape").removesuffix("\n")


def _commit(folder: Path, name: str) -> str | None:
    done = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return None if done.returncode else done.stdout.decode().strip()
