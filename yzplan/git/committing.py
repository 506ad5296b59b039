"""Committing one file: the user's own commit, with his hooks and his signature, and nothing else in it."""

import os
import time
from pathlib import Path

from yzplan.errors import DataError
from yzplan.git.branch import unfinished
from yzplan.git.running import complaint, git
from yzplan.git.trees import located, path_of, refuse_outside

PATIENCE_SECONDS = 5.0
"""How long another git is waited for that is changing the same repository."""
_PAUSE_SECONDS = 0.05


def refuse_uncommittable(file: Path) -> None:
    """Raises DataError unless a change of this file, made now, could be committed alone.

    It could not where there is no repository or no identity, where git is in the middle of something,
    and where the file is not as the current commit has it: then the commit would hold more.
    """
    folder, name = located(file)
    refuse_outside(folder)
    for role in ("AUTHOR", "COMMITTER"):
        known = git(folder, "var", f"GIT_{role}_IDENT")
        if known.returncode:
            raise DataError(
                "git 不知道提交人是谁，没有写入",
                "先用 git config user.name、git config user.email 写明姓名和邮箱",
            )
    state = Path(path_of(folder, "--git-dir"))
    if doing := unfinished(folder, state):
        raise DataError(f"git 正在{doing}，没有写入", "先完成或放弃它（git status 有说明），或去掉 --commit")
    _wait_for_index(state)
    _refuse_changed(folder, name)


def commit_file(file: Path, message: str) -> str:
    """Commit the file as it now is, and nothing else, and return the commit's hash.

    What else is staged stays so. The hooks and the signature are the user's, but nobody is asked for a
    message. Raises DataError, saying that the file is written all the same, where git does not commit.
    """
    folder, name = located(file)
    # The message is UTF-8, whatever the user's commits are in; it is kept as it is, `#` included.
    words = ("-c", "i18n.commitEncoding=UTF-8", "commit", "--quiet", "--cleanup=verbatim", "--file=-")
    # Hooks inherit the variables. A path of theirs shall be the pattern that it is elsewhere.
    variables = {"GIT_EDITOR": ":", "GIT_LITERAL_PATHSPECS": "0"}
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        done = git(
            *(folder, *words, "--only", "--", f":(literal){name}"),
            stdin=message.encode(),
            variables=variables,
        )
        if not done.returncode:
            return git(folder, "rev-parse", "--verify", "HEAD").stdout.decode().strip()
        # Another git was faster: with the index, or with a commit between our reading HEAD and moving it.
        is_busy = b"index.lock" in done.stderr or b"cannot lock ref" in done.stderr
        if not is_busy or time.monotonic() > deadline:
            reason = complaint(done) or "git 没有说明原因，可能是提交钩子不让提交"
            raise DataError(f"记录已经写入 {name}，但没有提交", f"{reason}；排除原因后用 git commit 提交")
        time.sleep(_PAUSE_SECONDS)


def _wait_for_index(state: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (state / "index.lock").exists():
        if time.monotonic() > deadline:
            raise DataError(
                "别的 git 正占着暂存区，没有写入", f"稍后再试；确无 git 在运行时，删去 {state / 'index.lock'}"
            )
        time.sleep(_PAUSE_SECONDS)


def _refuse_changed(folder: Path, name: str) -> None:
    """Raises DataError unless the file is in HEAD, and the same in the index and in the work tree."""
    states = _records(folder, "status", "--porcelain=v2", "--no-renames", "--untracked-files=no", name=name)
    # Other lines than these a user's settings may add.
    changes = [state for state in states if state[:2] in ("1 ", "u ")]
    tracked = _records(folder, "ls-files", "-v", name=name)
    # `A` in either column: HEAD has it not, and the index has it, or has been told that it will.
    if (not tracked and not changes) or any("A" in change[2:4] for change in changes):
        raise DataError(
            f"{name} 还没有提交过，--commit 会把整张表一起提交，没有写入",
            "先用 git add、git commit 提交一次；被 .gitignore 忽略的，先改 .gitignore",
        )
    if changes:
        raise DataError(
            f"{name} 有以前没有提交的改动，--commit 会把它们一起提交，没有写入",
            "先用 git diff HEAD 核对，提交或撤回以后再试",
        )
    if not tracked[0].startswith("H "):
        raise DataError(
            f"git 被告知不看 {name} 的改动（assume-unchanged 或 skip-worktree），没有写入",
            "先用 git update-index --no-assume-unchanged --no-skip-worktree 取消",
        )


def _records(folder: Path, *words: str, name: str) -> list[str]:
    """What git lists of a file, an item a string. Nothing is locked or refreshed for it."""
    done = git(folder, "--no-optional-locks", *words, "-z", "--", name)
    if done.returncode:
        raise DataError(f"git 看不了 {name} 的状态，没有写入", complaint(done))
    return [os.fsdecode(item) for item in done.stdout.split(b"\0") if item]
