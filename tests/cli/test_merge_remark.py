"""check says, and no more than says, that this clone does not merge the table as it should. Real git."""

import pytest
from commandline import CommandLine, git

SAID = (
    "注意：tasks.yaml 应按记录合并（.gitattributes 写明 merge=yzplan），"
    "而这个克隆里没有配置 merge.yzplan.driver，git 只按文字合并，容易冲突；用 yzplan setup-git 配置\n"
)
COUNTED = "没有问题：18 项指标，121 项任务，59 个单位，0 条进展\n"


@pytest.fixture
def clone(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A shell in a repository whose attributes ask for the merge driver, with nobody's settings."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    monkeypatch.delenv("CI", raising=False)
    git(cli.here, "init", "-q")
    (cli.here / ".gitattributes").write_text("data/*.yaml text eol=lf merge=yzplan\n")
    git(cli.here, "add", ".")
    git(cli.here, "commit", "-q", "-m", "模拟")
    return cli


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_it_is_said_and_counts_for_nothing(clone: CommandLine, options: tuple[str, ...]) -> None:
    answer = clone("check", *options)
    assert (answer.code, answer.raw, answer.err) == (0, b"", COUNTED + SAID)


def test_it_is_said_from_wherever_the_data_are_checked(
    clone: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "data").symlink_to(clone.here / "data")
    other = CommandLine(here=elsewhere, monkeypatch=clone.monkeypatch)
    assert other("check").err == COUNTED + SAID


def test_nothing_is_said_where_the_driver_is_set_up(clone: CommandLine) -> None:
    git(clone.here, "config", "merge.yzplan.driver", "true")
    assert clone("check").err == COUNTED


def test_it_is_said_where_the_program_is_gone(clone: CommandLine) -> None:
    git(
        clone.here,
        "config",
        "merge.yzplan.driver",
        "'/no/such 100%%/python' -P -m yzplan merge-driver %O; exit",
    )
    gone = "merge.yzplan.driver 所写的程序 /no/such 100%/python 不在"
    assert clone("check").err == COUNTED + SAID.replace("没有配置 merge.yzplan.driver", gone)


def test_nothing_is_said_where_the_attributes_do_not_ask_for_it(clone: CommandLine) -> None:
    (clone.here / ".gitattributes").write_text("data/*.yaml text merge=union\n")
    assert clone("check").err == COUNTED


def test_nothing_is_said_in_ci(clone: CommandLine) -> None:
    clone.monkeypatch.setenv("CI", "true")
    assert clone("check").err == COUNTED


def test_nothing_is_said_of_a_revision(clone: CommandLine) -> None:
    assert SAID not in clone("check", "--rev", "HEAD").err


def test_nothing_is_said_without_git(clone: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone.monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))
    assert clone("check").err == COUNTED


def test_nothing_is_said_outside_a_repository(cli: CommandLine) -> None:
    (cli.here / ".gitattributes").write_text("data/*.yaml text eol=lf merge=yzplan\n")
    assert cli("check").err == COUNTED


def test_the_repository_that_an_alias_names_is_not_asked(clone: CommandLine) -> None:
    """git sets GIT_DIR for its aliases and hooks."""
    clone.monkeypatch.setenv("GIT_DIR", str(clone.here / "nowhere"))
    assert clone("check").err == COUNTED + SAID


def test_a_file_that_is_a_link_in_a_circle_is_told_of(clone: CommandLine) -> None:
    clone.tasks_file.unlink()
    clone.tasks_file.symlink_to("tasks.yaml")
    answer = clone("check", "--data", "data")
    assert answer.code == 3
    assert "Y001 读不了文件：符号链接绕成了圈" in answer.out
