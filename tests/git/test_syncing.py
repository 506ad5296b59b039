"""sync: nothing is seen of it before it has succeeded. Real git, real bare repositories; data are 模拟."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from commandline import Answer, CommandLine, environment, git, program
from tiny import TASKS, UNITS

OCTOBER = "2022-10-01"
SETTLED = ("config", "user.name", "模拟"), ("config", "user.email", "a@example.org")


@dataclass(kw_only=True)
class Clone:
    """A clone of the bare repository beside it, and a shell that stands in it."""

    here: Path
    cli: CommandLine

    def sync(self) -> Answer:
        return self.cli("sync", today=OCTOBER)

    def git(self, *words: str) -> str:
        return git(self.here, *words).strip()

    def write(self, name: str, content: str) -> None:
        (self.here / name).write_text(content, "utf-8")

    def commit(self, name: str = "说明.txt", content: str = "模拟\n") -> None:
        """Commit one file as it is to be."""
        self.write(name, content)
        self.git("add", name)
        self.git("commit", "-q", "-m", f"模拟：{name}")

    def report(self, task: int, day: str) -> None:
        """Report on a task, and commit it."""
        assert self.cli("update", task, "--status", "in_progress", "--date", day, today=OCTOBER).code == 0
        self.git("commit", "-q", "-a", "-m", f"模拟：第{task}项")

    @property
    def state(self) -> dict[str, bytes]:
        """All that a sync that fails must leave as it is: the files, the index, every branch and HEAD."""
        files = {
            str(path.relative_to(self.here)): path.read_bytes()
            for path in self.here.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(self.here).parts
        }
        files["index"] = (self.here / ".git/index").read_bytes()
        files["HEAD"] = (self.here / ".git/HEAD").read_bytes()
        files["branches"] = self.git("for-each-ref", "refs/heads", "refs/tags").encode()
        return files

    @property
    def litter(self) -> list[str]:
        """What a sync may not leave in the repository, in its own words or in git's."""
        inside = [path.name for path in (self.here / ".git").iterdir() if path.name.startswith("yzplan")]
        trees = self.git("worktree", "list", "--porcelain").count("worktree ")
        return [*inside, *["worktree"] * (trees - 1)]


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository `up.git`, and two clones of it, `a` and `b`; the path between them is relative."""
    site = tmp_path_factory.mktemp("site")
    git(site, "init", "-q", "--bare", "-b", "main", "up.git")
    (site / "a/data").mkdir(parents=True)
    (site / "a/data/tasks.yaml").write_text(TASKS, "utf-8")
    (site / "a/data/units.yaml").write_text(UNITS, "utf-8")
    git(site / "a", "init", "-q", "-b", "main")
    (site / "a/.gitignore").write_text("*.lock\n")
    for words in (*SETTLED, ("add", "."), ("commit", "-q", "-m", "模拟：台账")):
        git(site / "a", *words)
    git(site / "a", "remote", "add", "origin", "../up.git")
    git(site / "a", "push", "-q", "-u", "origin", "main")
    shutil.copytree(site / "a", site / "b")
    return site


@pytest.fixture
def site(_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    return Path(shutil.copytree(_site, tmp_path / "site"))


@pytest.fixture
def a(site: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    return Clone(here=site / "a", cli=CommandLine(here=site / "a", monkeypatch=monkeypatch))


@pytest.fixture
def b(site: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    return Clone(here=site / "b", cli=CommandLine(here=site / "b", monkeypatch=monkeypatch))


def hook(folder: Path, name: str, script: str) -> None:
    path = folder / "hooks" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def done(clone: Clone, said: str) -> None:
    """Sync; it says this, and leaves the clone on a clean tree that is what its upstream is."""
    answer = clone.sync()
    assert (answer.code, answer.out, answer.err) == (0, "", said)
    assert clone.git("status", "--porcelain", "-b") == "## main...origin/main"
    assert not clone.litter


def fails(clone: Clone, code: int, said: str) -> None:
    """Sync; it fails with this whole message, and everything in the clone stays what it was."""
    before = clone.state
    answer = clone.sync()
    assert (answer.code, answer.out, answer.err) == (code, "", said)
    assert clone.state == before
    assert not clone.litter


def test_nothing_to_do(a: Clone) -> None:
    done(a, "与上游 origin/main 一致，没有要取回或推送的\n")


def test_ahead_is_pushed_and_behind_is_fast_forwarded(a: Clone, b: Clone) -> None:
    a.report(1, "2022-09-01")
    a.report(3, "2022-09-02")
    done(a, "已与上游 origin/main 同步：推送 2 个提交\n")
    done(b, "已与上游 origin/main 同步：取回 2 个提交\n")
    assert b.state == a.state | {"index": b.state["index"]}


def test_both_are_merged_with_the_upstream_as_first_parent(a: Clone, b: Clone, site: Path) -> None:
    a.report(1, "2022-09-01")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.report(3, "2022-09-02")
    own = b.git("rev-parse", "HEAD")
    done(b, "已与上游 origin/main 同步：取回 1 个提交，合并后推送 1 个提交\n")
    parents = a.git("rev-parse", "HEAD"), own
    assert (
        b.git("log", "-1", "--format=%P %an %s") == f"{parents[0]} {parents[1]} 模拟 台账：并入 origin/main"
    )
    done(a, "已与上游 origin/main 同步：取回 2 个提交\n")
    tasks = (a.here / "data/tasks.yaml").read_text("utf-8")
    assert "2022-09-01" in tasks
    assert "2022-09-02" in tasks
    assert git(site / "up.git", "for-each-ref", "--format=%(refname)") == "refs/heads/main\n"


def test_what_the_office_did_in_two_clones_comes_together(a: Clone, b: Clone) -> None:
    for clone in (a, b):
        assert clone.cli("setup-git").code == 0
    a.git("add", ".gitattributes", ".gitignore")
    a.git("commit", "-q", "-m", "模拟：设置", "--allow-empty")
    done(a, a_said := "已与上游 origin/main 同步：推送 1 个提交\n")
    b.git("checkout", "-q", "--", ".")
    b.git("clean", "-fdq")
    done(b, "已与上游 origin/main 同步：取回 1 个提交\n")
    add = ("supervise", "add", "--commit", "--measure")
    assert a.cli(*add, "督办函", "--unit", "市模拟甲局").code == 0
    assert b.cli(*add, "暗访", "--unit", "市模拟乙局", "--finding", "模拟").code == 0
    done(a, a_said)
    done(b, "已与上游 origin/main 同步：取回 1 个提交，合并后推送 1 个提交\n")
    tasks = (b.here / "data/tasks.yaml").read_text("utf-8")
    assert tasks.count("\nsupervision:\n") == 1
    assert sorted(line for line in tasks.splitlines() if "measure:" in line) == [
        "  measure: covert_visit",
        "  measure: urging",
    ]


def test_only_the_branchs_own_upstream_is_touched(a: Clone, b: Clone, site: Path) -> None:
    a.git("tag", "模拟")
    a.git("tag", "-a", "-m", "模拟", "v1")
    a.git("branch", "别的")
    a.git("config", "push.followTags", "true")
    a.git("config", "push.default", "matching")
    a.git("config", "branch.main.mergeOptions", "--no-ff --squash")
    a.git("config", "merge.ff", "only")
    b.commit("乙.txt")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.commit("甲.txt")
    done(a, "已与上游 origin/main 同步：取回 1 个提交，合并后推送 1 个提交\n")
    assert git(site / "up.git", "for-each-ref", "--format=%(refname)") == "refs/heads/main\n"


def test_untracked_files_are_no_hindrance(a: Clone, b: Clone) -> None:
    a.report(1, "2022-09-01")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.write("data/草稿.txt", "模拟\n")
    assert b.sync().err == "已与上游 origin/main 同步：取回 1 个提交\n"
    assert b.git("status", "--porcelain", "-z") == "?? data/草稿.txt\0"


def test_it_runs_in_a_linked_work_tree(a: Clone, b: Clone, site: Path) -> None:
    a.commit()
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.git("switch", "-q", "--orphan", "空的")
    b.git("worktree", "add", "-q", str(site / "c"), "main")
    cli = CommandLine(here=site / "c", monkeypatch=b.cli.monkeypatch)
    assert cli("sync", today=OCTOBER).err == "已与上游 origin/main 同步：取回 1 个提交\n"


NO_ID = (
    "git 不知道提交人是谁，不能作合并的提交，没有同步\n"
    "  提示：先用 git config user.name、git config user.email 写明姓名和邮箱\n"
)
DIRTY_HINT = "  提示：先提交（填报命令加 --commit，或用 git commit -a），再运行 yzplan sync\n"


def test_no_repository(a: Clone, site: Path) -> None:
    shutil.rmtree(a.here / ".git")
    answer = a.sync()
    assert answer.code == 3
    assert answer.err.startswith(f"{site}/a/data 不在 git 仓库里\n  提示：git 说：")


def test_changed_files(a: Clone, b: Clone) -> None:
    b.commit()
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.write("data/tasks.yaml", TASKS + "# 模拟\n")
    fails(a, 2, f"有没有提交的改动，没有同步：data/tasks.yaml\n{DIRTY_HINT}")
    a.git("add", "data/tasks.yaml")
    fails(a, 2, f"有没有提交的改动，没有同步：data/tasks.yaml\n{DIRTY_HINT}")
    a.git("rm", "-q", "--cached", "data/units.yaml")
    fails(a, 2, f"有没有提交的改动，没有同步：data/tasks.yaml、data/units.yaml\n{DIRTY_HINT}")


def test_detached_head(a: Clone) -> None:
    a.git("checkout", "-q", "--detach")
    fails(a, 2, "现在不在任何分支上（detached HEAD），没有同步\n  提示：先用 git switch 回到分支\n")


def test_no_upstream(a: Clone) -> None:
    a.git("switch", "-q", "-c", "模拟/新")
    fails(
        a,
        2,
        "分支 模拟/新 没有上游，不知道与谁同步\n"
        "  提示：第一次推送用 git push -u origin 模拟/新；上游已有的，用 git branch -u origin/模拟/新 指明\n",
    )


def test_the_upstream_is_another_local_branch(a: Clone) -> None:
    a.git("switch", "-q", "-c", "新", "--track", "main")
    fails(
        a,
        2,
        "分支 新 的上游是本地的另一个分支，没有同步\n  提示：用 git branch -u 指明远程仓库里的分支\n",
    )


@pytest.mark.parametrize("key", ["branch.main.pushRemote", "remote.pushDefault"])
def test_pushes_go_elsewhere(a: Clone, key: str) -> None:
    a.git("config", key, "fork")
    fails(
        a,
        2,
        "分支 main 从一处取、往另一处推（pushRemote、pushDefault），没有同步\n"
        "  提示：sync 只与上游来往，取和推须是同一处；否则用 git pull、git push 手工做\n",
    )


def test_no_commit_yet(a: Clone) -> None:
    a.git("update-ref", "-d", "HEAD")
    fails(
        a,
        2,
        "分支 main 还没有任何提交，没有同步\n  提示：先用 git add、git commit 提交数据\n",
    )


@pytest.mark.parametrize(
    ("start", "what"),
    [("merge", "合并（merge）"), ("rebase", "变基（rebase）"), ("cherry-pick", "拣选（cherry-pick）")],
)
def test_something_is_unfinished(a: Clone, start: str, what: str) -> None:
    a.git("switch", "-q", "-c", "别的")
    a.commit("说明.txt", "模拟：一\n")
    a.git("switch", "-q", "main")
    a.commit("说明.txt", "模拟：二\n")
    with pytest.raises(subprocess.CalledProcessError):
        a.git(start, "别的")
    hint = "  提示：先完成或放弃它（git status 有说明），再运行 yzplan sync\n"
    fails(a, 2, f"git 正在{what}，没有同步\n{hint}")


def test_the_remote_cannot_be_reached(a: Clone, site: Path) -> None:
    (site / "up.git").rename(site / "gone.git")
    a.commit()
    fails(
        a,
        3,
        "从上游 origin/main 取不到数据，没有同步\n"
        "  提示：git 说：fatal: '../up.git' does not appear to be a git repository\n",
    )


def test_the_remote_does_not_answer(a: Clone) -> None:
    a.git("config", "remote.origin.url", "http://127.0.0.1:1/模拟.git")
    answer = a.sync()
    assert answer.code == 3
    said = "从上游 origin/main 取不到数据，没有同步\n  提示：git 说：fatal: unable to access 'http://127.0.0.1:1/"
    assert answer.err.startswith(said)


def test_the_remote_stops_answering_before_the_push(a: Clone) -> None:
    a.git("config", "remote.origin.pushurl", "../gone.git")
    a.commit()
    fails(
        a,
        3,
        "推送到上游 origin/main 没有成功\n"
        "  提示：git 说：fatal: '../gone.git' does not appear to be a git repository\n",
    )


def test_a_password_in_the_remotes_address_is_not_shown(a: Clone) -> None:
    a.git("config", "branch.main.remote", "http://u:mimi@127.0.0.1:1/x.git")
    answer = a.sync()
    assert answer.err.startswith("从上游 main 取不到数据，没有同步\n")
    assert "mimi" not in answer.err


def test_the_upstream_has_no_such_branch(a: Clone, site: Path) -> None:
    git(site / "up.git", "update-ref", "-d", "refs/heads/main")
    fails(
        a,
        3,
        "上游没有 main 这个分支，没有同步\n  提示：核对分支的名字；还没有推送过的，先用 git push 推送一次\n",
    )


def counted(counter: Path) -> int:
    return len(counter.read_text()) if counter.exists() else 0


def test_a_push_that_a_hook_refuses_is_not_tried_again(a: Clone, b: Clone, site: Path) -> None:
    b.commit("乙.txt")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    hook(site / "up.git", "pre-receive", f"printf x >>'{site}/pushes'; echo 模拟：分支受保护 >&2; exit 1")
    a.commit("甲.txt")
    fails(
        a,
        3,
        "上游 origin/main 不接受推送，没有同步\n"
        "  提示：git 说：[remote rejected] (pre-receive hook declined)；对方说：模拟：分支受保护\n",
    )
    assert counted(site / "pushes") == 1


def test_a_push_that_ones_own_hook_refuses(a: Clone) -> None:
    hook(a.here / ".git", "pre-push", "echo 模拟：先问科长 >&2; exit 1")
    a.commit()
    fails(a, 3, "推送到上游 origin/main 没有成功\n  提示：git 说：模拟：先问科长\n")


def test_somebody_faster_is_merged_and_the_push_repeated(a: Clone, b: Clone, site: Path) -> None:
    """Twice another pushes between our fetch and our push: a hook of ours is that other."""
    b.commit("乙.txt")
    once = (
        f"[ -e '{site}/done' ] && exit 0; touch '{site}/done'; cd '{site}/b' && unset GIT_DIR && git push -q"
    )
    hook(a.here / ".git", "pre-push", once)
    a.commit("甲.txt")
    done(
        a,
        "已与上游 origin/main 同步：取回 1 个提交，合并后推送 1 个提交\n途中有人抢先，重做了 1 次\n",
    )
    assert a.git("log", "--format=%s", "--first-parent") == "台账：并入 origin/main\n模拟：乙.txt\n模拟：台账"


def test_always_somebody_faster(a: Clone, b: Clone, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yzplan.git import syncing

    monkeypatch.setattr(syncing, "ATTEMPTS", 2)
    faster = "git -c user.name=b -c user.email=b@example.org commit -q --allow-empty -m x && git push -q"
    hook(a.here / ".git", "pre-push", f"unset GIT_DIR; cd '{site}/b' && {faster}")
    a.commit("甲.txt")
    fails(
        a,
        3,
        "上游 origin/main 一直有人抢先推送，试了 2 次没有推送成\n"
        "  提示：稍后再运行 yzplan sync；这里什么都没有改动\n",
    )


BY_HAND = "手工合并：git pull --no-rebase，改好冲突的地方，用 git commit -a 提交，再运行 yzplan sync\n"


def test_a_conflict(a: Clone, b: Clone) -> None:
    a.commit("说明.txt", "模拟：甲\n")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.commit("说明.txt", "模拟：乙\n")
    conflict = "与上游 origin/main 的合并有冲突，没有同步：说明.txt\n  提示："
    fails(b, 3, conflict + BY_HAND)
    b.git("config", "rerere.enabled", "true")
    fails(b, 3, conflict + BY_HAND)
    assert not [*(b.here / ".git/rr-cache").glob("*")]


def test_a_conflict_where_the_driver_is_not_set_up(a: Clone, b: Clone) -> None:
    a.commit(".gitattributes", "data/*.yaml text eol=lf merge=yzplan\n")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    done(b, "已与上游 origin/main 同步：取回 1 个提交\n")
    a.report(1, "2022-09-01")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.report(1, "2022-09-02")
    fails(
        b,
        3,
        "与上游 origin/main 的合并有冲突，没有同步：data/tasks.yaml\n"
        f"  提示：这个克隆没有配置按记录合并，先运行 yzplan setup-git 再试；仍有冲突的，{BY_HAND}",
    )
    # A driver that is set up is used, and what it says is passed on.
    b.git("config", "merge.yzplan.driver", "echo 模拟：已按记录合并 >&2")
    b.commit("说明.txt")
    done(b, "模拟：已按记录合并\n已与上游 origin/main 同步：取回 1 个提交，合并后推送 2 个提交\n")


def test_no_common_history(a: Clone, site: Path) -> None:
    a.git("switch", "-q", "--orphan", "另")
    a.write("说明.txt", "模拟\n")
    a.git("add", "说明.txt")
    a.git("commit", "-q", "-m", "模拟")
    other = a.git("rev-parse", "HEAD")
    a.git("switch", "-q", "main")
    a.git("push", "-q", "origin", "-f", f"{other}:main")
    fails(
        a,
        3,
        "本地与上游 origin/main 没有共同的历史，不能合并，没有同步\n"
        "  提示：核对上游是不是同一个仓库：git remote -v\n",
    )


def test_nobody_to_sign_the_merge(a: Clone, b: Clone) -> None:
    a.commit("甲.txt")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.commit("乙.txt")
    for key in ("user.name", "user.email"):
        b.git("config", "--unset", key)
    b.git("config", "user.useConfigOnly", "true")
    fails(b, 2, NO_ID)


def test_a_hook_that_refuses_the_merge(a: Clone, b: Clone) -> None:
    a.commit("甲.txt")
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.commit("乙.txt")
    hook(b.here / ".git", "commit-msg", "echo 模拟：说明不合格 >&2; exit 1")
    fails(b, 3, "与上游 origin/main 的合并没有做成，没有同步\n  提示：git 说：模拟：说明不合格\n")


WRONG_UNIT = ("  lead_unit: 市模拟丙局", "  lead_unit: 市模拟丁局")
Y201 = (
    "data/tasks.yaml:48:14: Y201 未登记的单位“市模拟丁局”\n"
    "  提示：是否为“市模拟甲局”“市模拟乙局”“市模拟丙局”？\n"
)


def test_what_is_wrong_here_is_never_pushed(a: Clone, b: Clone) -> None:
    b.commit()
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.commit("data/tasks.yaml", TASKS.replace(*WRONG_UNIT))
    fails(
        a,
        3,
        Y201.format(48)
        + "本地已提交的数据有 1 处问题，没有推送\n  提示：逐处改正并提交，再运行 yzplan sync\n",
    )


def test_what_is_wrong_after_the_merge_is_never_pushed(a: Clone, b: Clone) -> None:
    """Here a unit goes that nobody needs, there somebody begins to need it: each is right alone."""
    unused = "- name: 模拟丁公司\n  kind: 国企/公用事业\n"
    assert unused in UNITS
    a.commit("data/units.yaml", UNITS.replace(unused, ""))
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")
    b.commit("data/tasks.yaml", TASKS.replace("[市模拟甲局, 模拟相关单位]", "[模拟丁公司, 模拟相关单位]"))
    answer = b.sync()
    assert answer.err.endswith(
        "合并后的数据有 1 处问题，没有同步\n"
        "  提示：用 git pull --no-rebase 取来，逐处改正并提交，再运行 yzplan sync\n"
    )
    fails(b, 3, answer.err)
    assert answer.err.startswith(
        "data/tasks.yaml:49:23: Y201 未登记的单位“模拟丁公司”\n  提示：先在 units.yaml 登记该单位\n"
    )


def test_what_is_wrong_upstream_is_not_let_in(a: Clone, b: Clone) -> None:
    """Y4, which only fails `check`, counts as well."""
    a.commit("data/tasks.yaml", TASKS.replace("to: 2022-11", "to: 2022-09"))
    a.git("push", "-q")
    answer = b.sync()
    assert "Y401" in answer.err
    assert answer.err.endswith(
        "上游 origin/main 的数据有 1 处问题，没有同步\n"
        "  提示：用 git pull --no-rebase 取来，逐处改正并提交，再运行 yzplan sync\n"
    )
    fails(b, 3, answer.err)


def test_a_warning_is_no_hindrance(a: Clone) -> None:
    a.report(1, "2022-11-01")
    assert a.cli("check", "--strict", today=OCTOBER).code == 1
    done(a, "已与上游 origin/main 同步：推送 1 个提交\n")


def test_an_untracked_file_is_not_overwritten(a: Clone, b: Clone) -> None:
    b.commit("新.txt", "模拟：乙\n")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.write("新.txt", "模拟：没有纳入的\n")
    a.commit()
    fails(
        a,
        3,
        "上游新增的文件，这里已有同名而没有纳入 git 的，没有同步：新.txt\n"
        "  提示：把它移开或改名，再运行 yzplan sync\n",
    )


def test_a_lock_that_was_committed(a: Clone, b: Clone) -> None:
    b.write("data/.yzplan.lock", "")
    b.git("add", "-f", "data/.yzplan.lock")
    b.git("commit", "-q", "-m", "模拟：误提交")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    fails(
        a,
        3,
        "上游把写入时用的锁文件提交了，没有同步：data/.yzplan.lock\n"
        "  提示：用 git pull --no-rebase 取来，用 git rm --cached 去掉它，用 yzplan setup-git 使它不再提交\n",
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    from yzplan.git import syncing

    monkeypatch.setattr(syncing, "_LANDINGS", 2)


@pytest.mark.usefixtures("impatient")
def test_what_is_written_here_meanwhile_stays(a: Clone, b: Clone, site: Path) -> None:
    """Another program writes during the push. The push is done, the tree does not follow, nothing is lost."""
    b.report(1, "2022-09-02")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.report(3, "2022-09-01")
    hook(a.here / ".git", "pre-push", "echo '# 模拟：别人正在写' >>data/tasks.yaml")
    head = a.git("rev-parse", "HEAD")
    answer = a.sync()
    assert (answer.code, answer.err) == (
        3,
        "已推送到上游 origin/main 的，本地还没有跟上：又有没有提交的改动：data/tasks.yaml\n"
        "  提示：这里什么都没有改动，也什么都没有丢；提交改动或排除原因，再运行 yzplan sync\n",
    )
    assert a.git("rev-parse", "HEAD") == head
    assert a.git("status", "--porcelain") == "M data/tasks.yaml"
    (a.here / ".git/hooks/pre-push").unlink()
    a.git("commit", "-q", "-a", "-m", "模拟：别人写的")
    done(a, "已与上游 origin/main 同步：取回 2 个提交，合并后推送 1 个提交\n")
    done(b, "已与上游 origin/main 同步：取回 4 个提交\n")
    text = (b.here / "data/tasks.yaml").read_text("utf-8")
    assert [text.count(each) for each in ("date: 2022-09-01", "date: 2022-09-02", "# 模拟：别人正在写")] == [
        1
    ] * 3


def test_what_is_committed_here_meanwhile_goes_too(a: Clone, b: Clone, site: Path) -> None:
    b.commit("乙.txt")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.commit("甲.txt")
    once = f"[ -e '{site}/done' ] && exit 0; touch '{site}/done'; git commit -q --allow-empty -m 模拟：中途"
    hook(a.here / ".git", "pre-push", once)
    done(
        a,
        "已与上游 origin/main 同步：取回 2 个提交，合并后推送 2 个提交\n途中有人抢先，重做了 1 次\n",
    )


ASKING = """
import os, sys
try:
    os.open("/dev/tty", os.O_RDWR)
    asked = "tty"
except OSError:
    asked = "none"
wanted = ["GIT_TERMINAL_PROMPT", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_EDITOR"]
print(asked, *(repr(os.environ.get(each)) for each in wanted), file=sys.stderr)
sys.exit(1)
"""


def test_nobody_is_asked_anything(a: Clone, site: Path) -> None:
    """Even on a terminal, even by a program that opens it: an ssh of the user's own is left as it is."""
    (site / "ssh.py").write_text(ASKING)
    a.git("config", "core.sshCommand", f"{sys.executable} {site}/ssh.py")
    a.git("config", "remote.origin.url", "ssh://a@example.invalid/x.git")
    on_terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    done = subprocess.run(
        [sys.executable, "-c", on_terminal, *program("sync")],
        cwd=a.here,
        env=environment({"GIT_ASKPASS": "false"}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stdout.decode().replace("\r\n", "\n") == (
        "从上游 origin/main 取不到数据，没有同步\n  提示：git 说：none '0' '' '' ':'\n"
    )


def test_ssh_asks_nobody_unless_the_user_calls_it_otherwise(
    a: Clone, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssh = site / "ssh"
    ssh.write_text('#!/bin/sh\necho "$@" >&2\nexit 1\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{site}:{os.environ['PATH']}")
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    a.git("config", "remote.origin.url", "ssh://a@example.invalid/x.git")
    assert (
        "提示：git 说：-o BatchMode=yes -o SendEnv=GIT_PROTOCOL a@example.invalid git-upload-pack"
        in a.sync().err
    )
    monkeypatch.setenv("GIT_SSH_COMMAND", f"{ssh} -4")
    assert "提示：git 说：-4 " in a.sync().err


@pytest.fixture
def _signals_are_not_ignored() -> Iterator[None]:
    """A program started in the background, or under nohup, inherits that it ignores some of them."""
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, signal.default_int_handler) for each in ending}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.usefixtures("_signals_are_not_ignored")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_who_is_ended_on_the_way_leaves_nothing(a: Clone, b: Clone, site: Path, sent: signal.Signals) -> None:
    """Ended while it pushes a merge: the scratch tree is there. Only a kill leaves it, to the next run."""
    b.commit("乙.txt")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    a.commit("甲.txt")
    hook(a.here / ".git", "pre-push", f"touch '{site}/reached'; exec sleep 20")
    before = a.state
    running = started(a.here, "sync")
    with running:
        until(lambda: (site / "reached").exists())
        running.send_signal(sent)
        _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (130 if sent == signal.SIGINT else -sent, b"")
    assert a.state == before
    assert bool(a.litter) == (sent == signal.SIGKILL)
    hook(a.here / ".git", "pre-push", "exit 0")
    done(a, "已与上游 origin/main 同步：取回 1 个提交，合并后推送 1 个提交\n")


def until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_three_clones_at_once(a: Clone, site: Path) -> None:
    """Three rounds: each adds a file and syncs, all at the same time. Nothing is lost, all end alike."""
    clones = [site / name for name in "abc"]
    shutil.copytree(site / "b", site / "c")
    for number in range(3):
        for clone in clones:
            (clone / f"{clone.name}{number}.txt").write_text("模拟\n", "utf-8")
            git(clone, "add", ".")
            git(clone, "commit", "-q", "-m", f"模拟：{clone.name}{number}")
        assert [each.code for each in at_once(clones)] == [0, 0, 0]
    assert [each.code for each in at_once(clones)] == [0, 0, 0]
    heads = {git(clone, "rev-parse", "HEAD") for clone in clones}
    assert heads == {git(site / "up.git", "rev-parse", "main")}
    wanted = {f"{clone.name}{number}.txt" for clone in clones for number in range(3)}
    assert wanted == {path.name for path in (site / "a").glob("*.txt")}
    assert not a.litter


def test_two_syncs_and_an_update_in_one_clone_at_once(a: Clone, b: Clone) -> None:
    """A sync waits for the other, and for the update; each may find the other half way and refuse."""
    b.report(3, "2022-09-02")
    done(b, "已与上游 origin/main 同步：推送 1 个提交\n")
    update = ["update", "1", "--status", "in_progress", "--date", "2022-09-01", "--commit"]
    running = [started(a.here, *words) for words in (["sync"], update, ["sync"])]
    answers = [ended(each) for each in running]
    assert {answers[0].code, answers[2].code} <= {0, 2, 3}
    if answers[1].code:
        # It found the sync half way.
        assert "没有写入" in answers[1].err
        a.report(1, "2022-09-01")
    assert a.sync().code == 0
    tasks = (a.here / "data/tasks.yaml").read_text("utf-8")
    assert [tasks.count(each) for each in ("date: 2022-09-01", "date: 2022-09-02")] == [1, 1]
    assert a.git("status", "--porcelain", "-b") == "## main...origin/main"
    assert not a.litter


def started(here: Path, *words: str) -> subprocess.Popen[bytes]:
    """A command under way, as a program of its own."""
    return subprocess.Popen(
        program(*words),
        cwd=here,
        env=environment({"YZPLAN_TODAY": OCTOBER}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(running: subprocess.Popen[bytes]) -> Answer:
    out, err = running.communicate(timeout=60)
    return Answer(code=running.returncode, raw=out, err=err.decode())


def at_once(clones: list[Path]) -> list[Answer]:
    """Sync in all of these at the same time."""
    return [ended(each) for each in [started(clone, "sync") for clone in clones]]
