"""Standard streams: what goes where, in which bytes, and what happens when they fail. Real processes."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from commandline import CommandLine, environment, execute, program

OVERDUE = ("overdue", "--month", "2022-06")


@pytest.fixture
def here(cli: CommandLine) -> Path:
    """The directory of a copy of the data, for a program to stand in."""
    assert cli("check").code == 0
    return cli.here


def test_piped_output_has_no_colour_and_no_frame(here: Path) -> None:
    for command in (OVERDUE, ("summary",), ("show", 51), ("indicators",), ("units",)):
        answer = execute(here, *command, env={"TERM": "xterm-256color", "FORCE_COLOR": "1", "COLUMNS": "40"})
        assert answer.code == 0
        assert b"\x1b" not in answer.raw
        assert not {*"│─┌┐┃━"} & {*answer.out}
        assert "\x1b" not in answer.err


def test_answers_go_to_stdout_and_remarks_to_stderr(here: Path) -> None:
    answer = execute(here, *OVERDUE, "--format", "json")
    assert len(json.loads(answer.raw)) == 5
    assert answer.err == "逾期未完成 5 项（新增 5，结转 0），截至 2022-06-30\n"


@pytest.mark.parametrize(
    "command", ["list", "list --format html", "list --help", "--help", "units --format json"]
)
def test_a_reader_that_has_read_enough_is_no_error(here: Path, command: str) -> None:
    running = subprocess.Popen(
        program(*command.split()),
        cwd=here,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait(timeout=60) == 0
    assert said in ("", "共 121 项任务，截至 2022-08-01\n", "共 59 个单位，2 个组\n")


def test_head_in_a_shell(here: Path) -> None:
    line = f"set -o pipefail; {' '.join(program('list'))} | head -1"
    done = subprocess.run(
        ["bash", "-c", line], cwd=here, env=environment(), capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stdout.decode().startswith("灯  序号")
    assert done.stdout.count(b"\n") == 1
    assert done.stderr.decode() in ("", "共 121 项任务，截至 2022-08-01\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="没有 /dev/full")  # noqa: PTH110
@pytest.mark.parametrize(
    "command", ["list", "list --format json", "--help", "list --help", "--version", "done 5 --dry-run"]
)
def test_a_full_disk_under_stdout_is_an_error_in_one_sentence(here: Path, command: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        answer = execute(here, *command.split(), stdout=full)
    assert answer.code == 3
    assert answer.err.startswith("写不到标准输出：No space left on device\n  提示：")
    assert answer.err.count("\n") == 2


def test_a_write_that_could_not_be_shown_has_been_made(here: Path) -> None:
    """The ledger comes first; only then is it said: nobody must take what is written for refused."""
    if not Path("/dev/full").exists():
        pytest.skip("没有 /dev/full")
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        told = execute(here, "done", 5, stdout=full)
    assert told.code == 0
    assert told.err.startswith("写不到标准输出：No space left on device；数据已经写好\n已追加：第 5 项")
    again = execute(here, "done", 5)
    assert (again.code, again.raw) == (0, b"")
    assert again.err == "第 5 项 市市场监管局 已报完成：已有同样的记录，没有重复写入\n"


def closed(here: Path, redirection: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", f"{' '.join(program(*words))} {redirection}"],
        cwd=here,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_closed_stdout_is_an_error_in_one_sentence(here: Path) -> None:
    done = closed(here, ">&-", "list")
    assert done.returncode == 3
    assert done.stderr.decode() == "写不到标准输出：已关闭\n  提示：核对重定向的目标\n"


def test_with_stderr_closed_remarks_do_not_stray_into_the_answer(here: Path) -> None:
    done = closed(here, "2>&-", *OVERDUE, "--format", "json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 5


LOCALES = {
    "C": {"LC_ALL": "C"},
    "C, not coerced to UTF-8": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "GBK": {"PYTHONIOENCODING": "gbk"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "Latin 1": {"PYTHONIOENCODING": "latin-1"},
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_machine_formats_are_utf_8_whatever_the_locale(cli: CommandLine, form: str, locale: str) -> None:
    answer = execute(cli.here, *OVERDUE, "--format", form, env=LOCALES[locale])
    assert (answer.code, answer.raw) == (0, cli(*OVERDUE, "--format", form).raw)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("list", 0),
        ("overdue --month 2022-07 --fail", 1),
        ("--help", 0),
        ("lisp", 2),
        ("list --data nowhere", 3),
    ],
)
def test_no_locale_makes_a_traceback(here: Path, locale: str, command: str, code: int) -> None:
    answer = execute(here, *command.split(), env=LOCALES[locale])
    assert answer.code == code
    assert "Traceback" not in answer.err


def test_what_a_stream_cannot_show_becomes_an_escape(here: Path) -> None:
    answer = execute(here, "show", 5, env={"PYTHONIOENCODING": "ascii"})
    assert answer.raw.isascii()
    assert r"\u5bf9\u65b0\u529e\u7eb3\u7a0e\u4eba" in answer.out  # 对新办纳税人


def test_gbk_shows_chinese_as_gbk(here: Path) -> None:
    assert "对新办纳税人" in execute(here, "show", 5, env={"PYTHONIOENCODING": "gbk"}).raw.decode("gbk")


def test_a_chinese_argument_is_understood_in_the_c_locale(here: Path) -> None:
    answer = execute(here, "list", "--unit", "税务", "--role", "lead", "--format", "json", env=LOCALES["C"])
    assert answer.ids == [*range(35, 41)]


def test_a_surrogate_in_an_argument_is_no_traceback(here: Path) -> None:
    """What the shell passes on that is no UTF-8: `--unit $'\\xff'`."""
    done = subprocess.run(
        [*map(os.fsencode, program("list", "--unit")), b"\xff"],
        cwd=here,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("columns", ["20", "1", "0", "-5", "viel", ""])
def test_any_value_of_columns_is_survived(here: Path, columns: str) -> None:
    for command in (OVERDUE, ("--help",)):
        answer = execute(here, *command, env={"COLUMNS": columns})
        assert answer.code == 0
        assert "Traceback" not in answer.err


def test_an_interrupt_ends_with_130_and_without_a_word(here: Path) -> None:
    """The pipe holds less than the answer, so the signal comes in the middle of it."""
    running = subprocess.Popen(
        program("list", "--format", "html"),
        cwd=here,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        # Whoever runs the tests in the background has SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert running.stdout is not None
    assert running.stdout.read(1) == b"<"
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, b"")
