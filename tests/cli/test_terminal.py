"""On a terminal: a real one (a pty of a given size), or one made believe. Reports are 模拟."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import wcwidth
from commandline import CommandLine, environment, program

if sys.platform == "win32":
    pytest.skip("没有伪终端", allow_module_level=True)

import fcntl
import pty
import struct
import termios

COLOUR = re.compile(r"\x1b\[[0-9;]*m")

COMMANDS = [
    "overdue --month 2022-07",
    "overdue --month 2022-05",
    "list",
    "list --unit 市税务局",
    "due --until 2022-12",
    "summary --month 2022-08",
    "show 5",
    "show 9",
    "units",
    "indicators",
    "assess --year 2022",
    "assess --year 2022 --explain 市公安局",
    "list --columns id,indicator,lead_unit,responsible_units,standing,last_record",
]


def width_of(line: str) -> int:
    """How many columns a line takes on a terminal, as another library than the program's counts them."""
    return wcwidth.wcswidth(COLOUR.sub("", line))


def on_terminal(
    here: Path,
    *words: str | int,
    columns: int = 80,
    env: Mapping[str, str | None] = {},
) -> str:
    """What a terminal of so many columns has been sent when a command is over, stderr included."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    running = subprocess.Popen(
        program(*words),
        cwd=here,
        env=environment({"TERM": "xterm-256color", **env}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    sent = b""
    try:
        while chunk := os.read(ours, 65536):
            sent += chunk
    except OSError:  # so Linux says that nobody writes any more
        pass
    os.close(ours)
    assert running.wait(timeout=60) == 0
    return sent.decode().replace("\r\n", "\n")


def test_a_terminal_is_shown_a_coloured_table_that_fits_80_columns(story: CommandLine) -> None:
    screen = on_terminal(story.here, "overdue", "--month", "2022-07", env={"YZPLAN_TODAY": "2022-09-01"})
    assert "\x1b[7;31m红\x1b[0m" in screen
    lines = screen.splitlines()
    assert max(map(width_of, lines)) <= 80
    plain = [COLOUR.sub("", line) for line in lines]
    assert plain[1].split() == ["灯", "序号", "重点工作任务", "现行时限", "逾期", "牵头单位", "责任单位"]
    assert sum(line.startswith("红") for line in plain) == 49
    assert plain[-1] == "逾期未完成 49 项（新增 45，结转 4），截至 2022-07-31"


def test_a_wider_terminal_is_used(cli: CommandLine) -> None:
    lines = on_terminal(cli.here, "overdue", "--month", "2022-07", columns=160).splitlines()
    assert 150 < max(map(width_of, lines)) <= 160
    assert any("市行政审批服务局等10家，县市区" in line for line in lines)


def test_columns_of_the_environment_overrule_the_terminals(cli: CommandLine) -> None:
    lines = on_terminal(
        cli.here, "overdue", "--month", "2022-07", columns=160, env={"COLUMNS": "100"}
    ).splitlines()
    assert 90 < max(map(width_of, lines)) <= 100


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1"}], ids=["TERM=dumb", "NO_COLOR"])
def test_without_colour_the_same_is_said(cli: CommandLine, env: dict[str, str]) -> None:
    coloured = on_terminal(cli.here, "overdue", "--month", "2022-07")
    screen = on_terminal(cli.here, "overdue", "--month", "2022-07", env=env)
    assert "\x1b" not in screen
    assert screen.splitlines() == [COLOUR.sub("", line).rstrip() for line in coloured.splitlines()]


def test_a_piped_answer_leaves_the_remark_on_the_terminal_without_colour(cli: CommandLine) -> None:
    screen = on_terminal(cli.here, "overdue", "--month", "2022-06", "--output", "六月.csv")
    assert screen == "已写入 六月.csv\n逾期未完成 5 项（新增 5，结转 0），截至 2022-06-30\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_wider_than_the_terminal(command: str, story: CommandLine) -> None:
    for columns in (12, 20, 36, 47, 64, 80, 109, 110, 130, 160):
        answer = story(*command.split(), columns=columns, on_terminal=True, today="2022-09-01")
        assert answer.code == 0
        too_wide = [line for line in answer.lines if width_of(line) > columns]
        assert not too_wide, columns


def test_every_task_is_on_the_screen_at_every_width(story: CommandLine) -> None:
    for columns in (20, 40, 64, 80, 110, 160):
        answer = story("list", columns=columns, on_terminal=True, today="2022-09-01")
        lights = [line for line in answer.lines if COLOUR.sub("", line).startswith(("红", "黄", "绿", "灰"))]
        assert len(lights) == 121, columns


def test_a_narrow_terminal_is_told_every_number(story: CommandLine) -> None:
    story.monkeypatch.setenv("NO_COLOR", "1")
    screen = story("summary", "--month", "2022-08", columns=20, on_terminal=True, today="2022-09-01").out
    assert "开办企业7项：应完成3，已完成2，逾期1" in "".join(screen.split())
    assert "…" not in screen


def test_chinese_is_aligned(cli: CommandLine) -> None:
    cli.monkeypatch.setenv("NO_COLOR", "1")
    lines = cli("overdue", "--month", "2022-07", on_terminal=True).lines
    start = width_of(lines[1][: lines[1].index("现行时限")])
    rows = [line for line in lines if line.startswith("红")]
    assert {width_of(line[: line.index("2022-0")]) for line in rows} == {start}


def test_what_is_cut_ends_with_an_ellipsis(cli: CommandLine) -> None:
    cli.monkeypatch.setenv("NO_COLOR", "1")
    screen = cli("list", "-i", 6, on_terminal=True).out
    assert screen.count("…") >= 5
    [text] = [row["text"] for row in cli("list", "-i", 6, "--format", "json").json if row["id"] == 38]
    assert text not in screen


def test_a_light_is_a_character_too(story: CommandLine) -> None:
    story.monkeypatch.setenv("NO_COLOR", "1")
    lines = story("list", "-i", 1, "-i", 2, on_terminal=True, today="2022-09-01").lines
    assert [line[0] for line in lines if line[0] in "红黄绿灰"] == [*"绿黄黄红黄黄绿绿黄灰红黄黄黄"]


def test_nothing_overdue_is_said_on_the_screen_too(cli: CommandLine) -> None:
    answer = cli("overdue", "--month", "2022-05", on_terminal=True)
    assert answer.out == "逾期未完成任务（截至 2022-05-31）：无\n"


def test_an_extended_deadline_is_pointed_out(story: CommandLine) -> None:
    answer = story("overdue", "--month", "2022-10", "-i", 2, on_terminal=True, today="2022-11-01")
    assert "时限有经批准延期的，原定时限见 yzplan show" in answer.out


def test_what_a_note_would_make_the_terminal_do_is_shown_instead(cli: CommandLine) -> None:
    """A note with an ideographic space is shown as it is; ESC does not even get into the ledger."""
    assert cli("update", 5, "--status", "blocked", "--note", "模拟：甲　乙").code == 0
    assert "模拟：甲　乙" in cli("show", 5, on_terminal=True).out
