"""Which commit a day means. Real git; the data are 模拟 and never read."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import git

from yzplan.errors import DataError, RequestError
from yzplan.git.revision import find_revision

OTHERS = "写提交、标签或分支，如 HEAD~1、v1.0；或日期，如 2022-07-31"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty repository, where clocks show the time of Hunan."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CST-8")
        time.tzset()
        yield tmp_path
    time.tzset()


@pytest.fixture
def commit(here: Path, monkeypatch: pytest.MonkeyPatch) -> "Committer":
    return Committer(here, monkeypatch)


class Committer:
    """Makes commits of nothing, at times of our choosing."""

    def __init__(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.here, self.monkeypatch = here, monkeypatch

    def __call__(self, when: str, *words: str) -> str:
        """Run a git command that commits (`commit` by default) at a time; the new commit."""
        with self.monkeypatch.context() as patch:
            patch.setenv("GIT_AUTHOR_DATE", "2020-01-01T12:00:00+0800")
            patch.setenv("GIT_COMMITTER_DATE", when)
            git(self.here, *(words or ("commit", "-q", "--allow-empty", "-m", "模拟")))
        return git(self.here, "rev-parse", "HEAD").strip()


def found(here: Path, name: str) -> str:
    return find_revision(here / "data", name).commit


def refused(here: Path, name: str) -> str:
    with pytest.raises(RequestError) as caught:
        find_revision(here / "data", name)
    return str(caught.value)


def test_a_day_means_the_last_commit_by_its_end(here: Path, commit: Committer) -> None:
    """Of its committer, not its author, whom this history has in 2020."""
    first = commit("2022-07-30T09:00:00+0800")
    second = commit("2022-07-31T23:59:59+0800")
    third = commit("2022-08-02T00:00:00+0800")
    days = ("2022-07-30", "2022-07-31", "2022-08-01", "2022-08-02", "9999-12-31")
    assert [found(here, day) for day in days] == [first, second, second, third, third]
    assert refused(here, "2022-07-29") == "到 2022-07-29 为止还没有提交\n  提示：最早的提交在 2022-07-30"


def test_a_day_is_one_of_here(here: Path, commit: Committer) -> None:
    """Wherever the committer was: at 17:00 of London's 31 July it is August in Hunan."""
    first = commit("2022-07-31T15:59:59+0000")
    second = commit("2022-07-31T17:00:00+0100")
    assert found(here, "2022-07-31") == first
    assert found(here, "2022-08-01") == second


@pytest.mark.parametrize("day", ["2022-07-31", "2022-7-31", "2022/7/31", "2022年7月31日", "２０２２-07-31"])
def test_spellings_of_a_day(day: str, here: Path, commit: Committer) -> None:
    first = commit("2022-07-31T12:00:00+0800")
    commit("2022-08-31T12:00:00+0800")
    revision = find_revision(here / "data", day)
    assert (revision.name, revision.commit) == (day, first)
    assert str(revision) == f"提交 {first[:10]}（{day}）"


def test_eight_digits_may_be_a_hash_and_are_no_day(here: Path, commit: Committer) -> None:
    commit("2022-07-31T12:00:00+0800")
    assert refused(here, "20220731") == f"没有“20220731”这个版本\n  提示：{OTHERS}"


def test_a_day_that_is_none(here: Path, commit: Committer) -> None:
    commit("2022-07-31T12:00:00+0800")
    assert refused(here, "2022-02-30") == "没有“2022-02-30”这一天\n  提示：日期写作 2022-07-31"


@pytest.mark.parametrize("ref", ["refs/tags/2022-07-31", "refs/heads/2022-07-31"])
def test_a_ref_of_that_name_wins(ref: str, here: Path, commit: Committer) -> None:
    first = commit("2022-07-01T12:00:00+0800")
    second = commit("2022-07-31T12:00:00+0800")
    assert found(here, "2022-07-31") == second
    git(here, "update-ref", ref, first)
    assert found(here, "2022-07-31") == first


def test_what_was_merged_later_was_not_there(here: Path, commit: Committer) -> None:
    """A commit of July on a branch that was merged in August is none of July's."""
    first = commit("2022-07-01T12:00:00+0800")
    git(here, "checkout", "-q", "-b", "模拟分支")
    commit("2022-07-20T12:00:00+0800")
    git(here, "checkout", "-q", "main")
    merge = commit("2022-08-05T12:00:00+0800", "merge", "-q", "--no-ff", "-m", "模拟", "模拟分支")
    assert found(here, "2022-07-31") == first
    assert found(here, "2022-08-31") == merge


def test_clocks_may_have_been_wrong(here: Path, commit: Committer) -> None:
    """git's own `--until` would look no further than the commit whose clock ran ahead, or behind."""
    commit("2022-07-10T12:00:00+0800")
    commit("2022-09-01T12:00:00+0800")
    third = commit("2022-07-20T12:00:00+0800")
    commit("2022-08-10T12:00:00+0800")
    assert found(here, "2022-07-31") == third
    assert refused(here, "2022-07-09").endswith("最早的提交在 2022-07-10")


def test_a_clock_may_show_a_time_beyond_the_calendar(here: Path, commit: Committer) -> None:
    first = commit("2022-07-10T12:00:00+0800")
    second = commit("@999999999999 +0000")
    assert found(here, "2022-07-31") == first
    assert found(here, "HEAD") == second


def test_a_shallow_clone_says_what_it_lacks(
    here: Path, commit: Committer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    commit("2022-07-10T12:00:00+0800")
    last = commit("2022-08-10T12:00:00+0800")
    clone = tmp_path_factory.mktemp("clone") / "浅"
    git(here, "clone", "-q", "--depth=1", f"file://{here}", str(clone))
    assert found(clone, "2022-08-31") == last
    assert refused(clone, "2022-07-31") == (
        "到 2022-07-31 为止还没有提交\n  提示：最早的提交在 2022-08-10；"
        "这里是浅克隆，更早的提交要先用 git fetch --unshallow 取来"
    )


def test_where_nothing_is_committed(here: Path) -> None:
    assert (
        refused(here, "2022-07-31")
        == "没有“2022-07-31”这个版本：这个仓库还没有提交\n  提示：先用 git add、git commit 提交数据"
    )


def test_a_history_that_git_cannot_read(here: Path, commit: Committer) -> None:
    first = commit("2022-07-10T12:00:00+0800")
    commit("2022-08-10T12:00:00+0800")
    (here / ".git" / "objects" / first[:2] / first[2:]).unlink()
    with pytest.raises(DataError, match=r"^提交历史读不出来\n  提示：git 说："):
        find_revision(here / "data", "2022-08-31")


def test_outside_of_git(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(DataError, match=r" 不在 git 仓库里\n  提示：git 说："):
        find_revision(tmp_path_factory.mktemp("data"), "2022-07-31")
