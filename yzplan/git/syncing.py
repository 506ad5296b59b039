"""Bringing a branch and its upstream together: fetch, merge here, check, push.

Nothing is to be seen of it before all has succeeded. The merge is made in a scratch tree, the work
tree follows last. Who is stopped before the push has changed nothing; who is stopped after it lacks
nothing but what the next run fetches.
"""

import contextlib
import datetime as dt
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

from yzplan.errors import DataError, RequestError
from yzplan.git.branch import Branch, changed_files, find_branch, named
from yzplan.git.merging import hindrance
from yzplan.git.revision import Revision, opened_at
from yzplan.git.running import git
from yzplan.git.scratch import scratch_tree
from yzplan.git.trees import located, path_of
from yzplan.git.unattended import unattended
from yzplan.store.examining import examine_sources
from yzplan.store.loading import TASKS, UNITS
from yzplan.store.saving import LOCK, locked, undisturbed

ATTEMPTS = 20
"""How often it is all done again because somebody was faster, before giving up."""

_LANDINGS = 25
_LANDING_PAUSE_SECONDS = 0.2
"""How long the last step waits for another program to finish a write or a commit here."""


class Synced(NamedTuple):
    """What a sync came to: how many commits of others came in, and how many of one's own went out.

    `is_merged`: whether both had to be merged; `repeats`: how often somebody was faster; `said`: what
    merge drivers and hooks said of the merge, as they wrote it.
    """

    upstream: str
    fetched: int
    pushed: int
    is_merged: bool
    repeats: int
    said: str


@dataclass
class _Sync:
    """One sync under way.

    `checked`: the commits that passed; `refused`: why the remote did not take the last push, and the
    commit that its branch had before.
    """

    directory: Path
    today: dt.date
    branch: Branch
    upstream: str
    pushed: int = 0
    is_merged: bool = False
    said: str = ""
    checked: set[str] = field(default_factory=set)
    refused: tuple[str, DataError] | None = None


def sync(directory: Path, today: dt.date) -> Synced:
    """Bring the branch that the data's work tree stands on and its upstream together.

    Of both only what passes `check`, as of today, goes in or out. Raises RequestError where the work
    tree is not in a state for it, DataError where the remote cannot be reached or refuses, the merge
    conflicts or the data are wrong; work tree, index and branch are then what they were.
    """
    branch = find_branch(located(directory / TASKS)[0])
    if changed := changed_files(branch.top):
        raise RequestError(
            f"有没有提交的改动，没有同步：{named(changed)}",
            "先提交（填报命令加 --commit，或用 git commit -a），再运行 yzplan sync",
        )
    under_way = _Sync(directory, today, branch, branch.upstream)
    with scratch_tree(branch.common, _head(branch)) as tree:
        for attempt in range(ATTEMPTS):
            if attempt:
                # Those who were refused together had better not come back together.
                time.sleep(random.uniform(0.1, 0.3 + 0.1 * attempt))  # noqa: S311 - nothing is secret
            fetched = _attempted(under_way, tree)
            if fetched is not None:
                return Synced(
                    under_way.upstream,
                    fetched,
                    under_way.pushed,
                    under_way.is_merged,
                    attempt,
                    under_way.said,
                )
    raise DataError(
        f"上游 {under_way.upstream} 一直有人抢先推送，试了 {ATTEMPTS} 次没有推送成",
        "稍后再运行 yzplan sync；这里什么都没有改动",
    )


def _attempted(sync: _Sync, tree: Path) -> int | None:
    """Do it all once: how many commits came in, or None where it is to be done again."""
    here = _head(sync.branch)
    there = _fetched(sync, tree)
    if sync.refused and sync.refused[0] == there:
        # Nobody was faster: it is the push itself that they do not want.
        raise sync.refused[1]
    ahead, behind = _count(tree, there, here), _count(tree, here, there)
    if ahead:
        _check(sync, here, "本地已提交的数据", "没有推送", "逐处改正并提交，再运行 yzplan sync")
    goal = here
    if behind:
        by_hand = "git pull --no-rebase"
        goal = _merged(sync, tree, here, there) if ahead else there
        whose = "合并后的数据" if ahead else f"上游 {sync.upstream} 的数据"
        _check(sync, goal, whose, "没有同步", f"用 {by_hand} 取来，逐处改正并提交，再运行 yzplan sync")
        _refuse_overwriting(sync.branch.top, here, goal)
    if ahead:
        if error := _refused(sync, goal):
            sync.refused = there, error
            return None
        sync.pushed += ahead
        sync.is_merged |= bool(behind)
    return behind if goal == here or _landed(sync, here, goal) else None


def _head(branch: Branch) -> str:
    """The branch's commit. Raises DataError where the work tree has left the branch."""
    if commit := branch.head():
        return commit
    raise DataError(f"同步的中途离开了分支 {branch.name}，没有同步", "回到这个分支，再运行 yzplan sync")


def _fetched(sync: _Sync, tree: Path) -> str:
    """The upstream's commit, as it is there now."""
    branch = sync.branch
    # Nobody else writes the scratch tree's own FETCH_HEAD; a remote's relative path is meant from the top.
    own = path_of(tree, "--git-dir")
    done = unattended(
        branch.top,
        *(f"--git-dir={own}", f"--work-tree={branch.top}", "fetch", "--quiet", "--no-tags", "--no-prune"),
        *("--no-recurse-submodules", "--no-auto-gc", "--", branch.remote, branch.ref),
    )
    if not done.returncode:
        return _output(git(tree, "rev-parse", "--verify", "FETCH_HEAD^{commit}"))
    asked = unattended(branch.top, "ls-remote", "--quiet", "--exit-code", "--", branch.remote, branch.ref)
    if asked.returncode == 2:
        short = branch.ref.removeprefix("refs/heads/")
        raise DataError(
            f"上游没有 {short} 这个分支，没有同步", "核对分支的名字；还没有推送过的，先用 git push 推送一次"
        )
    raise DataError(
        f"从上游 {sync.upstream} 取不到数据，没有同步", _said(done) or "核对网络和权限，再运行 yzplan sync"
    )


def _merged(sync: _Sync, tree: Path, here: str, there: str) -> str:
    """The commit that merges both, made in the scratch tree.

    The upstream is the first parent, so that its first-parent history is what it was, push by push.
    """
    if git(tree, "merge-base", here, there).returncode:
        is_shallow = _output(git(tree, "rev-parse", "--is-shallow-repository")) == "true"
        raise DataError(
            f"本地与上游 {sync.upstream} 没有共同的历史，不能合并，没有同步",
            "这里是浅克隆，先用 git fetch --unshallow 取来更早的提交"
            if is_shallow
            else "核对上游是不是同一个仓库：git remote -v",
        )
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if git(tree, "var", who).returncode:
            raise RequestError(
                "git 不知道提交人是谁，不能作合并的提交，没有同步",
                "先用 git config user.name、git config user.email 写明姓名和邮箱",
            )
    done = git(tree, "reset", "--quiet", "--hard", there)
    if not done.returncode:
        done = unattended(
            tree,
            *("-c", "rerere.enabled=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "merge"),
            *("--quiet", "--no-ff", "--commit", "--no-squash", "--no-edit", "--no-autostash", "--no-stat"),
            *("-m", f"台账：并入 {sync.upstream}", here),
        )
    if not done.returncode:
        sync.said = done.stderr.decode(errors="replace").strip()
        return _output(git(tree, "rev-parse", "--verify", "HEAD"))
    entries = git(tree, "ls-files", "--unmerged", "-z").stdout.decode(errors="replace").split("\0")
    conflicts = [*dict.fromkeys(each.partition("\t")[2] for each in entries if each)]
    if not conflicts:
        raise DataError(f"与上游 {sync.upstream} 的合并没有做成，没有同步", _said(done))
    by_hand = "手工合并：git pull --no-rebase，改好冲突的地方，用 git commit -a 提交，再运行 yzplan sync"
    if hindrance(sync.directory / TASKS):
        by_hand = f"这个克隆没有配置按记录合并，先运行 yzplan setup-git 再试；仍有冲突的，{by_hand}"
    raise DataError(f"与上游 {sync.upstream} 的合并有冲突，没有同步：{named(conflicts)}", by_hand)


def _check(sync: _Sync, commit: str, whose: str, outcome: str, hint: str) -> None:
    """Raises DataError with all that `check` holds against the data of a commit; warnings let it pass."""
    if commit in sync.checked:
        return
    files = opened_at(sync.directory, Revision(whose, commit))
    found = examine_sources(files, sync.today).diagnostics
    problems = [each for each in found if not each.is_warning]
    if problems:
        raise DataError(f"{whose}有 {len(problems)} 处问题，{outcome}", hint, problems)
    sync.checked.add(commit)


def _refuse_overwriting(top: Path, here: str, goal: str) -> None:
    """Raises DataError where the work tree has, untracked, what the goal brings in."""
    done = git(top, "diff-tree", "-r", "-z", "--no-renames", "--name-only", "--diff-filter=A", here, goal)
    new = [os.fsdecode(each) for each in done.stdout.split(b"\0") if each]
    if locks := [each for each in new if Path(each).name == LOCK]:
        # It is in the way of its own arrival: the last step holds it.
        raise DataError(
            f"上游把写入时用的锁文件提交了，没有同步：{named(locks)}",
            "用 git pull --no-rebase 取来，用 git rm --cached 去掉它，用 yzplan setup-git 使它不再提交",
        )
    if taken := [each for each in new if os.path.lexists(top / each)]:
        raise DataError(
            f"上游新增的文件，这里已有同名而没有纳入 git 的，没有同步：{named(taken)}",
            "把它移开或改名，再运行 yzplan sync",
        )


def _refused(sync: _Sync, goal: str) -> DataError | None:
    """Push a commit to the upstream. None where it is there now, else what to say if it is refused for good.

    Raises DataError where the remote did not answer.
    """
    branch = sync.branch
    done = unattended(
        branch.top,
        *("push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no"),
        *("--", branch.remote, f"{goal}:{branch.ref}"),
    )
    if not done.returncode:
        return None
    lines = [each.split("\t") for each in done.stdout.decode(errors="replace").splitlines()]
    rejected = [each[2] for each in lines if len(each) == 3 and each[0] == "!"]
    if not rejected:
        raise DataError(
            f"推送到上游 {sync.upstream} 没有成功", _said(done) or "核对网络和权限，再运行 yzplan sync"
        )
    words = [
        each.removeprefix("remote:").strip()
        for each in done.stderr.decode(errors="replace").splitlines()
        if each.startswith("remote:")
    ]
    told = f"；对方说：{'；'.join(filter(None, words[:5]))}" if any(words) else ""
    return DataError(f"上游 {sync.upstream} 不接受推送，没有同步", f"git 说：{rejected[0]}{told}")


def _landed(sync: _Sync, here: str, goal: str) -> bool:
    """Let the branch and its work tree follow to the goal; False where the branch has a new commit by now.

    Other programs write and commit here all the while: the data's lock is held, and what they changed is
    waited for, never overwritten. Raises DataError where it stays in the way.
    """
    folders = {located(sync.directory / name)[0] for name in (TASKS, UNITS)}
    reason = ""
    for _ in range(_LANDINGS):
        with contextlib.ExitStack() as locks:
            try:
                for folder in sorted(folders):
                    locks.enter_context(locked(folder))
            except DataError as error:
                raise _stranded(sync, error.message) from error
            locks.enter_context(undisturbed())
            if sync.branch.head() != here:
                return False
            changed = changed_files(sync.branch.top)
            if not changed:
                done = unattended(
                    sync.branch.top,
                    *("merge", "--quiet", "--ff-only", "--no-squash", "--no-autostash", "--no-stat"),
                    *("--no-overwrite-ignore", goal),
                )
                if not done.returncode:
                    return True
            reason = f"又有没有提交的改动：{named(changed)}" if changed else _said(done) or ""
        time.sleep(_LANDING_PAUSE_SECONDS)
    raise _stranded(sync, reason)


def _stranded(sync: _Sync, reason: str) -> DataError:
    did = "已推送到" if sync.pushed else "已取到"
    return DataError(
        f"{did}上游 {sync.upstream} 的，本地还没有跟上：{reason}",
        "这里什么都没有改动，也什么都没有丢；提交改动或排除原因，再运行 yzplan sync",
    )


def _count(folder: Path, without: str, commit: str) -> int:
    """How many commits one has that the other has not."""
    return int(_output(git(folder, "rev-list", "--count", f"{without}..{commit}", "--")))


def _output(done: CompletedProcess[bytes]) -> str:
    """What git answered. Raises DataError where it did not."""
    if done.returncode:
        raise DataError("git 出错，没有同步", _said(done))
    return os.fsdecode(done.stdout).removesuffix("\n")


def _said(done: CompletedProcess[bytes]) -> str | None:
    """The first line of what git said, which names the reason; advice follows it."""
    lines: Sequence[str] = done.stderr.decode(errors="replace").strip().splitlines()
    return f"git 说：{lines[0]}" if lines else None
