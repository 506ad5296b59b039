"""Committing one file and nothing else, as the user's own commit. Real git, files of a line or two (模拟)."""

import os
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from commandline import environment

from yzplan.errors import DataError
from yzplan.git import committing
from yzplan.git.committing import commit_file, refuse_uncommittable

MESSAGE = "台账：第5项 模拟局 已报完成\n"
AFTERWARDS = "；排除原因后用 git commit 提交"


@dataclass(frozen=True)
class Repository:
    """A repository with a `data/tasks.yaml` of one line, and another file."""

    here: Path

    def git(self, *words: str, code: int = 0) -> bytes:
        """What git says on stdout, exactly."""
        done = subprocess.run(
            ["git", *words], cwd=self.here, env=environment(), capture_output=True, timeout=60, check=False
        )
        assert done.returncode == code, done.stderr.decode()
        return done.stdout

    @property
    def file(self) -> Path:
        return self.here / "data" / "tasks.yaml"

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").decode().strip()

    def append(self, text: str = "二\n") -> None:
        with self.file.open("a", encoding="utf-8", newline="") as stream:
            stream.write(text)

    def hook(self, name: str, script: str) -> None:
        path = self.here / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def refused(self) -> str:
        """What is said where the file could not be committed."""
        with pytest.raises(DataError) as caught:
            refuse_uncommittable(self.file)
        return str(caught.value)

    def failed(self) -> str:
        """What is said where git does not commit: the file is written, and nothing else is changed."""
        before, index = self.head, self.git("ls-files", "-s")
        with pytest.raises(DataError) as caught:
            commit_file(self.file, MESSAGE)
        assert (self.head, self.git("ls-files", "-s")) == (before, index)
        assert self.git("diff", "--name-only") == b"data/tasks.yaml\n"
        return str(caught.value)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [each for each in os.environ if each.startswith("GIT_") or each == "EMAIL"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    made = Repository(tmp_path / "仓库")
    (made.here / "data").mkdir(parents=True)
    made.file.write_text("一\n", "utf-8")
    (made.here / "other").write_text("甲\n", "utf-8")
    made.git("init", "-q", "-b", "main")
    made.git("config", "user.name", "模拟人")
    made.git("config", "user.email", "a@example.org")
    made.git("add", ".")
    made.git("commit", "-q", "-m", "模拟：初稿")
    return made


# What is committed


def test_the_commit_holds_that_file_alone_with_the_message_as_it_is(repository: Repository) -> None:
    before = repository.head
    refuse_uncommittable(repository.file)
    repository.append()
    message = "台账：2条记录\n\n# 一行\n\n\n-x\n"
    assert commit_file(repository.file, message) == repository.head
    assert repository.git("rev-list", "--count", f"{before}..HEAD") == b"1\n"
    assert repository.git("diff", "--numstat", before, "HEAD") == b"1\t0\tdata/tasks.yaml\n"
    _, _, said = repository.git("cat-file", "commit", "HEAD").partition(b"\n\n")
    assert said.decode() == message
    assert repository.git("status", "--porcelain") == b""


def test_what_else_is_staged_stays_staged_to_the_byte(repository: Repository) -> None:
    (repository.here / "other").write_text("乙\n", "utf-8")
    (repository.here / "new").write_text("丙\n", "utf-8")
    repository.git("add", ".")
    (repository.here / "other").write_text("丁\n", "utf-8")
    staged, unstaged = repository.git("diff", "--cached"), repository.git("diff")
    assert staged
    refuse_uncommittable(repository.file)
    repository.append()
    commit_file(repository.file, MESSAGE)
    assert repository.git("diff", "--cached") == staged
    assert repository.git("diff") == unstaged
    assert repository.git("show", "--format=", "--name-only") == b"data/tasks.yaml\n"


def test_other_files_may_be_in_conflict(repository: Repository) -> None:
    """As after `git stash pop`."""
    (repository.here / "other").write_text("乙\n", "utf-8")
    repository.git("stash", "-q")
    (repository.here / "other").write_text("丙\n", "utf-8")
    repository.git("commit", "-qam", "模拟")
    repository.git("stash", "pop", code=1)
    unmerged = repository.git("ls-files", "-u")
    assert unmerged
    refuse_uncommittable(repository.file)
    repository.append()
    commit_file(repository.file, MESSAGE)
    assert repository.git("ls-files", "-u") == unmerged


def test_a_name_that_is_a_pattern_or_an_option_is_that_file(repository: Repository) -> None:
    names = ["-a", "*.yaml", ":(top)x", "a.yaml"]
    for name in names:
        (repository.here / name).write_text("一\n", "utf-8")
    repository.git("add", ".")
    repository.git("commit", "-q", "-m", "模拟")
    for name in names:
        refuse_uncommittable(repository.here / name)
        for each in names:
            with (repository.here / each).open("a", encoding="utf-8") as stream:
                stream.write("二\n")
        commit_file(repository.here / name, MESSAGE)
        assert repository.git("show", "--format=", "--name-only", "-z") == f"{name}\0".encode()
        repository.git("commit", "-qam", "模拟")


def test_a_link_belongs_to_the_repository_it_leads_to(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "data"
    link.symlink_to(repository.here / "data")
    refuse_uncommittable(link / "tasks.yaml")
    repository.append()
    assert commit_file(link / "tasks.yaml", MESSAGE) == repository.head


def test_a_detached_head_and_a_linked_work_tree_take_commits(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    tree, before = Repository(tmp_path / "tree"), repository.head
    refuse_uncommittable(tree.file)
    tree.append()
    assert commit_file(tree.file, MESSAGE) == tree.head != before
    assert repository.head == before


@pytest.mark.parametrize("settings", [{"core.autocrlf": "true"}, {"core.autocrlf": "input"}], ids=str)
def test_a_clone_with_other_line_ends(repository: Repository, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        repository.git("config", name, value)
    repository.file.unlink()
    repository.git("checkout", "-q", "--", "data")
    end = "\r\n" if settings["core.autocrlf"] == "true" else "\n"
    assert repository.file.read_bytes() == f"一{end}".encode()
    refuse_uncommittable(repository.file)
    repository.append(f"二{end}")
    commit_file(repository.file, MESSAGE)
    assert repository.git("cat-file", "blob", "HEAD:data/tasks.yaml") == "一\n二\n".encode()
    refuse_uncommittable(repository.file)


def test_no_setting_opens_an_editor_or_garbles_the_message(repository: Repository, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    template = tmp_path / "template"
    template.write_text("模拟模板\n", "utf-8")
    for name, value in {
        "core.editor": f"touch '{opened}'; false",
        "commit.template": str(template),
        "commit.cleanup": "scissors",
        "commit.verbose": "true",
        "commit.status": "true",
        "i18n.commitEncoding": "GBK",
        "status.showStash": "true",
        "status.short": "true",
        "status.branch": "true",
        "color.ui": "always",
        "core.quotePath": "true",
        "diff.noprefix": "true",
    }.items():
        repository.git("config", name, value)
    (repository.here / "other").write_text("乙\n", "utf-8")
    repository.git("stash", "-q")
    refuse_uncommittable(repository.file)
    repository.append()
    commit_file(repository.file, MESSAGE)
    header, _, said = repository.git("cat-file", "commit", "HEAD").partition(b"\n\n")
    assert (said.decode(), b"encoding" in header, opened.exists()) == (MESSAGE, False, False)


def test_the_hooks_are_the_users_and_see_what_they_always_see(repository: Repository) -> None:
    """A pattern of theirs is a pattern; nothing waits for what nobody types."""
    repository.hook("pre-commit", "git diff --cached --name-only -- '*.yaml' > .git/seen; cat >> .git/seen")
    repository.hook("commit-msg", 'echo "Signed: 模拟" >> "$1"')
    repository.append()
    commit_file(repository.file, MESSAGE)
    assert (repository.here / ".git" / "seen").read_bytes() == b"data/tasks.yaml\n"
    assert repository.git("log", "-1", "--format=%B").decode() == f"{MESSAGE}Signed: 模拟\n\n"


def test_a_repository_that_the_environment_names_is_not_meant(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = repository.head
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    refuse_uncommittable(repository.file)
    repository.append()
    made = commit_file(repository.file, MESSAGE)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert made == repository.head != before
    assert repository.git("status", "--porcelain") == b""


# What is refused beforehand


def test_outside_a_repository(tmp_path: Path, repository: Repository) -> None:
    lone = tmp_path / "tasks.yaml"
    lone.write_text("一\n", "utf-8")
    with pytest.raises(DataError, match=f"^{tmp_path} 不在 git 仓库里\n  提示：git 说："):
        refuse_uncommittable(lone)


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.here))
    assert repository.refused() == "运行不了 git\n  提示：先安装 git"


@pytest.mark.parametrize("missing", ["user.name", "user.email"])
def test_without_an_identity(repository: Repository, missing: str) -> None:
    """`useConfigOnly` keeps git from inventing one from the names of the login and the machine."""
    repository.git("config", "user.useConfigOnly", "true")
    repository.git("config", "--unset", missing)
    if missing == "user.name":
        # Else the login's name will do.
        repository.git("config", "user.name", "")
    assert repository.refused() == (
        "git 不知道提交人是谁，没有写入\n"
        "  提示：先用 git config user.name、git config user.email 写明姓名和邮箱"
    )


def test_an_identity_of_the_environment_will_do(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("config", "user.useConfigOnly", "true")
    repository.git("config", "--unset", "user.email")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "b@example.org")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "b@example.org")
    refuse_uncommittable(repository.file)


def diverged(repository: Repository) -> None:
    """Two branches that contradict each other about the other file."""
    repository.git("checkout", "-q", "-b", "side")
    (repository.here / "other").write_text("乙\n", "utf-8")
    repository.git("commit", "-qam", "模拟：对方")
    repository.git("checkout", "-q", "main")
    (repository.here / "other").write_text("丙\n", "utf-8")
    repository.git("commit", "-qam", "模拟：本方")


@pytest.mark.parametrize(
    ("command", "doing"),
    [
        ("merge side", "合并（merge）"),
        ("merge --no-commit --no-ff -s ours side", "合并（merge）"),
        ("cherry-pick side", "拣选（cherry-pick）"),
        ("revert side", "还原（revert）"),
        ("rebase side", "变基（rebase）"),
        ("rebase --apply side", "变基（rebase）"),
        ("rebase --exec false --force-rebase HEAD~1", "变基（rebase）"),
    ],
)
def test_while_git_is_in_the_middle_of_something(repository: Repository, command: str, doing: str) -> None:
    diverged(repository)
    repository.git(*command.split(), code=0 if "ours" in command else 1)
    said = f"git 正在{doing}，没有写入\n  提示：先完成或放弃它（git status 有说明），或去掉 --commit"
    assert repository.refused() == said


CHANGED = (
    "tasks.yaml 有以前没有提交的改动，--commit 会把它们一起提交，没有写入\n"
    "  提示：先用 git diff HEAD 核对，提交或撤回以后再试"
)
UNKNOWN = (
    "tasks.yaml 还没有提交过，--commit 会把整张表一起提交，没有写入\n"
    "  提示：先用 git add、git commit 提交一次；被 .gitignore 忽略的，先改 .gitignore"
)


def test_with_changes_of_its_own(repository: Repository) -> None:
    first = repository.file.read_bytes()
    repository.append()
    assert repository.refused() == CHANGED
    repository.git("add", "data")
    assert repository.refused() == CHANGED
    # Staged, and then taken back in the work tree alone.
    repository.file.write_bytes(first)
    assert repository.refused() == CHANGED
    repository.git("reset", "-q")
    refuse_uncommittable(repository.file)
    repository.git("rm", "-q", "--cached", "data/tasks.yaml")
    assert repository.refused() == CHANGED


def test_what_was_only_touched_is_not_changed(repository: Repository) -> None:
    os.utime(repository.file, (1, 1))
    index = (repository.here / ".git" / "index").read_bytes()
    refuse_uncommittable(repository.file)
    assert (repository.here / ".git" / "index").read_bytes() == index


def test_what_no_commit_has(repository: Repository) -> None:
    repository.git("rm", "-q", "--cached", "data/tasks.yaml")
    repository.git("commit", "-q", "-m", "模拟")
    assert repository.refused() == UNKNOWN
    (repository.here / ".gitignore").write_text("data\n")
    assert repository.refused() == UNKNOWN
    for words in (["--intent-to-add", "--force"], ["--force"]):
        repository.git("add", *words, "data/tasks.yaml")
        assert repository.refused() == UNKNOWN


def test_before_the_first_commit(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "new")
    assert repository.refused() == UNKNOWN


def test_what_git_does_not_look_at(repository: Repository) -> None:
    repository.git("update-index", "--assume-unchanged", "data/tasks.yaml")
    assert repository.refused() == (
        "git 被告知不看 tasks.yaml 的改动（assume-unchanged 或 skip-worktree），没有写入\n"
        "  提示：先用 git update-index --no-assume-unchanged --no-skip-worktree 取消"
    )


# Other programs, and failures at the last moment


def test_another_git_is_waited_for(repository: Repository) -> None:
    lock = repository.here / ".git" / "index.lock"

    def waited(step: Callable[[], object]) -> float:
        lock.touch()
        timer = threading.Timer(0.3, lock.unlink)
        timer.start()
        began = time.monotonic()
        step()
        timer.join()
        return time.monotonic() - began

    assert waited(lambda: refuse_uncommittable(repository.file)) >= 0.25
    repository.append()
    assert waited(lambda: commit_file(repository.file, MESSAGE)) >= 0.25
    assert repository.git("status", "--porcelain") == b""


def test_another_git_that_does_not_end_is_not_waited_for_forever(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committing, "PATIENCE_SECONDS", 0.1)
    lock = repository.here / ".git" / "index.lock"
    lock.touch()
    assert repository.refused() == (
        f"别的 git 正占着暂存区，没有写入\n  提示：稍后再试；确无 git 在运行时，删去 {lock}"
    )
    repository.append()
    assert repository.failed().startswith("记录已经写入 tasks.yaml，但没有提交\n  提示：git 说：")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 模拟：检查没有通过\nexit 1", "git 说：模拟：检查没有通过"),
        ("exit 1", "git 没有说明原因，可能是提交钩子不让提交"),
    ],
)
def test_a_hook_that_refuses(repository: Repository, script: str, reason: str) -> None:
    repository.hook("pre-commit", script)
    repository.append()
    assert repository.failed() == f"记录已经写入 tasks.yaml，但没有提交\n  提示：{reason}{AFTERWARDS}"


def test_a_signature_that_cannot_be_made(repository: Repository) -> None:
    repository.git("config", "commit.gpgSign", "true")
    repository.git("config", "gpg.program", "false")
    repository.append()
    assert repository.failed() == (
        "记录已经写入 tasks.yaml，但没有提交\n"
        f"  提示：git 说：fatal: failed to write commit object{AFTERWARDS}"
    )
