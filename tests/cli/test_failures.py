"""The one boundary where every failure becomes a sentence and an exit code."""

import subprocess
import sys
from typing import Never

import pytest
import typer
from commandline import CommandLine, environment, execute

from yzplan.cli import queries
from yzplan.errors import DataError, RequestError, YzplanError

BROKEN = """
import sys
from yzplan.cli import app
from yzplan.query import select
def listed(*arguments):
    raise ZeroDivisionError("模拟缺陷")
select.listed = listed
sys.exit(app.run(["list"]))
"""


def broken(cli: CommandLine, error: BaseException) -> None:
    """Let `list` fail in the middle."""

    def listed(*arguments: object) -> Never:
        raise error

    cli.monkeypatch.setattr("yzplan.query.select.listed", listed)


def test_a_bug_is_one_sentence_and_exit_code_4(cli: CommandLine) -> None:
    broken(cli, ZeroDivisionError("模拟缺陷"))
    answer = cli("list")
    assert (answer.code, answer.raw) == (4, b"")
    assert answer.err == (
        "程序出错（ZeroDivisionError：模拟缺陷）\n"
        "  提示：这是 yzplan 的缺陷；设 YZPLAN_DEBUG=1 重试，把输出告知开发者\n"
    )


def test_with_yzplan_debug_a_bug_shows_its_traceback(cli: CommandLine) -> None:
    broken(cli, ZeroDivisionError("模拟缺陷"))
    cli.monkeypatch.setenv("YZPLAN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError, match="模拟缺陷"):
        cli("list")


@pytest.mark.parametrize(("debug", "code", "shows"), [(None, 4, False), ("1", 1, True)])
def test_a_bug_in_a_process(cli: CommandLine, debug: str | None, code: int, shows: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN],
        cwd=cli.here,
        env=environment({"YZPLAN_DEBUG": debug}),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    assert ("Traceback" in done.stderr.decode()) is shows
    assert "模拟缺陷" in done.stderr.decode()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (RequestError("模拟请求有误", "模拟提示"), 2, "模拟请求有误\n  提示：模拟提示\n"),
        (DataError("模拟数据有误"), 3, "模拟数据有误\n"),
        (YzplanError("模拟失败"), 4, "模拟失败\n"),
        (KeyboardInterrupt(), 130, ""),
        (typer.Abort(), 130, ""),
        (RecursionError("模拟"), 4, "程序出错（RecursionError：模拟）"),
        (OSError(5, "模拟"), 4, "程序出错（OSError：[Errno 5] 模拟）"),
        (UnicodeEncodeError("gbk", "模", 0, 1, "模拟"), 4, "程序出错（UnicodeEncodeError："),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_every_failure_has_its_exit_code(
    cli: CommandLine, error: BaseException, code: int, said: str
) -> None:
    broken(cli, error)
    answer = cli("list")
    assert answer.code == code
    assert answer.err.startswith(said) if said else answer.err == ""


def test_a_bad_clock_is_a_wrong_request(cli: CommandLine) -> None:
    answer = cli("list", today="gestern")
    assert answer.code == 2
    assert answer.err.startswith("环境变量 YZPLAN_TODAY：看不懂的日期“gestern”\n")


def test_the_clock_is_read_where_yzplan_today_is_not_set(cli: CommandLine) -> None:
    answer = cli("list", "--format", "json", today="")
    assert answer.code == 0
    assert "截至 20" in answer.err


def test_version(cli: CommandLine) -> None:
    from yzplan import __version__

    assert cli("--version").out == f"yzplan {__version__}\n"


def test_a_shell_is_told_how_to_complete(cli: CommandLine) -> None:
    def completed(*typed: str) -> list[str]:
        line = {"COMP_WORDS": " ".join(["yzplan", *typed]), "COMP_CWORD": str(len(typed))}
        return execute(cli.here, env={"_YZPLAN_COMPLETE": "complete_bash", **line}).lines

    assert completed("ov") == ["overdue"]
    assert completed("overdue", "--kn") == ["--known-at"]


def test_every_command_is_in_a_group_of_the_manual(cli: CommandLine) -> None:
    page = cli("--help").out
    assert [line for line in page.splitlines() if line.endswith("：") and not line.startswith(" ")] == [
        "查询：",
        "填报：",
        "报告：",
        "督办：",
        "数据：",
        "git：",
        "选项：",
    ]
    assert queries.PANEL == "查询"


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 100, 200])
def test_manual_pages_fit_the_terminal(cli: CommandLine, columns: int) -> None:
    from wcwidth import wcswidth

    for command in (
        "",
        "list",
        "show",
        "due",
        "overdue",
        "units",
        "indicators",
        "summary",
        "update",
        "done",
        "check",
        "supervise",
        "supervise add",
        "rank add",
        "summons",
    ):
        page = cli(*command.split(), "--help", columns=columns)
        assert max(map(wcswidth, page.lines)) <= max(columns, 60)
        assert not {"Usage", "Options", "Show this message"} & {*page.out.split()}
