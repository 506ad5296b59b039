"""`--rev` of queries and reports: answers from the data that git has. Real git; all data are 模拟."""

import os
import shutil
from pathlib import Path

import pytest
from commandline import Answer, CommandLine, git
from tiny import TASKS, UNITS, edited

LATER = edited(
    TASKS,
    ("- id: 2\n  name: 模拟指标乙\n  leader: null\n", "- id: 2\n  name: 模拟指标乙\n  leader: 模拟某\n"),
    (
        "  - id: 2\n    deadline: 2022-09\n",
        """\
    progress:
    - date: 2022-08-03
      unit: 市模拟甲局
      status: done
      completed_on: 2022-07-28
      measured: {网上办理占比: 82}
  - id: 2
    deadline: 2022-09
""",
    ),
)
"""The plan after the first task was reported done in July, and a leader was filled in."""

UNITS_LATER = edited(UNITS, ("aliases: [甲局, 模拟甲]", "aliases: [甲局, 模拟甲, 模拟甲管理局]"))

BROKEN = edited(TASKS, ("lead_unit: 市模拟丙局", "lead_unit: 市模拟丁局"))

ASKED = [
    "list",
    "show 1",
    "due --month 2022-07",
    "overdue --month 2022-07",
    "missing --month 2022-08",
    "units",
    "indicators",
    "summary --month 2022-07",
    "assess --quarter 2022Q3",
    "assess --quarter 2022Q3 --explain 市模拟甲局",
]


@pytest.fixture(scope="session")
def _history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three commits: the plan, of July; with a wrong unit; and as it was told later, of August.

    What stands in the work tree since is no plan at all.
    """
    here = tmp_path_factory.mktemp("history")
    git(here, "init", "-q", "-b", "main")
    commit(here, TASKS, UNITS, "2022-07-20T12:00:00")
    commit(here, BROKEN, UNITS, "2022-07-25T12:00:00")
    commit(here, LATER, UNITS_LATER, "2022-08-05T12:00:00")
    write(here / "data", "plan: [\n", "units: [\n")
    return here


@pytest.fixture
def repository(cli: CommandLine, _history: Path) -> CommandLine:
    """The shell, in a copy of that repository, with nobody's settings."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        cli.monkeypatch.setenv(name, os.devnull)
    shutil.copytree(_history, cli.here, dirs_exist_ok=True)
    return cli


def write(data: Path, tasks: str, units: str) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / "tasks.yaml").write_text(tasks, "utf-8")
    (data / "units.yaml").write_text(units, "utf-8")


def commit(here: Path, tasks: str, units: str, when: str) -> None:
    write(here / "data", tasks, units)
    git(here, "add", "-A", "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", when)
        git(here, "commit", "-q", "-m", "模拟")


def named(cli: CommandLine, revision: str, name: str) -> str:
    """How an answer calls a revision."""
    return f"提交 {git(cli.here, 'rev-parse', revision)[:10]}（{name}）"


@pytest.mark.parametrize("command", ASKED)
def test_a_revision_answers_as_its_files_would(command: str, repository: CommandLine, tmp_path: Path) -> None:
    """The same bytes, and once, beside them, whose they are; what came later is not in them."""
    write(tmp_path / "那时" / "data", TASKS, UNITS)
    words = [*command.split(), "--format", "json"]
    then = repository(*words, "--data", tmp_path / "那时" / "data")
    answer = repository(*words, "--rev", "HEAD~2")
    said = f"数据取自{named(repository, 'HEAD~2', 'HEAD~2')}\n"
    assert (answer.code, answer.raw) == (0, then.raw)
    assert answer.err.count(said) == 1
    assert answer.err.replace(said, "") == then.err
    assert repository(*words, "--rev", "HEAD").raw != then.raw


def test_a_past_list_is_asked_again(repository: CommandLine) -> None:
    """By a name and by a day, after the task was reported."""
    assert repository("overdue", "--rev", "HEAD~2", "--month", "2022-07", "--format", "json").ids == [1]
    assert repository("overdue", "--rev", "HEAD", "--month", "2022-07", "--format", "json").ids == []
    answer = repository("overdue", "--rev", "2022-07-24", "--month", "2022-07", "--columns", "id,lead_unit")
    assert answer.err == (
        f"数据取自{named(repository, 'HEAD~2', '2022-07-24')}\n"
        "逾期未完成 1 项（新增 1，结转 0），截至 2022-07-31\n"
    )
    assert repository("check", "--rev", "2022-07-24").err == (
        f"检查的是{named(repository, 'HEAD~2', '2022-07-24')}里的数据\n"
        "没有问题，3 处提醒：2 项指标，3 项任务，6 个单位，2 条进展，1 次延期\n"
    )


def test_into_a_file_the_same_is_written(repository: CommandLine) -> None:
    answer = repository("units", "--rev", "HEAD", "-o", "单位.csv")
    assert answer.err == (
        f"已写入 单位.csv\n数据取自{named(repository, 'HEAD', 'HEAD')}\n共 6 个单位，2 个组\n"
    )
    [row] = [each for each in (repository.here / "单位.csv").read_text("utf-8").splitlines() if "甲" in each]
    assert "模拟甲管理局" in row


def test_data_that_cannot_be_used_are_told_with_their_places(repository: CommandLine) -> None:
    answer = repository("overdue", "--rev", "HEAD~1")
    assert (answer.code, answer.raw, answer.err) == (
        3,
        b"",
        "data/tasks.yaml:48:14: Y201 未登记的单位“市模拟丁局”\n"
        "  提示：是否为“市模拟甲局”“市模拟乙局”“市模拟丙局”？\n"
        f"{named(repository, 'HEAD~1', 'HEAD~1')}里的数据有 1 处问题，无法使用\n"
        "  提示：已经提交的改不了，换一个版本\n",
    )


def test_files_that_a_revision_has_not_are_told(repository: CommandLine) -> None:
    git(repository.here, "rm", "-q", "--cached", "data/units.yaml")
    git(repository.here, "commit", "-q", "-m", "模拟")
    where = named(repository, "HEAD", "HEAD")
    answer = repository("units", "--rev", "HEAD")
    assert (answer.code, answer.raw, answer.err) == (
        3,
        b"",
        f"data/units.yaml: Y001 读不了文件：{where}里没有这个文件\n"
        "  提示：核对路径与权限；数据文件须是普通文件\n"
        f"{where}里的数据有 1 处问题，无法使用\n"
        "  提示：已经提交的改不了，换一个版本\n",
    )


def refused(answer: Answer, code: int = 2) -> str:
    assert (answer.code, answer.raw) == (code, b"")
    return answer.err


def test_what_means_no_commit_is_refused(repository: CommandLine) -> None:
    assert refused(repository("list", "--rev", "nope")) == (
        "没有“nope”这个版本\n  提示：写提交、标签或分支，如 HEAD~1、v1.0；或日期，如 2022-07-31\n"
    )
    assert refused(repository("summary", "--rev", "2022-06-30")) == (
        "到 2022-06-30 为止还没有提交\n  提示：最早的提交在 2022-07-20\n"
    )


def test_a_shallow_clone_says_what_it_lacks(repository: CommandLine, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository.here}", "浅")
    clone = CommandLine(here=tmp_path / "浅", monkeypatch=repository.monkeypatch)
    assert clone("overdue", "--rev", "HEAD", "--month", "2022-07", "--format", "json").ids == []
    assert "git fetch --unshallow" in refused(clone("overdue", "--rev", "HEAD~2"))
    assert "git fetch --unshallow" in refused(clone("overdue", "--rev", "2022-07-20"))


def test_outside_git_it_is_said(cli: CommandLine) -> None:
    said = refused(cli("overdue", "--rev", "HEAD"), code=3)
    assert said.startswith(f"{(cli.here / 'data').resolve()} 不在 git 仓库里\n  提示：git 说：")
