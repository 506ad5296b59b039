"""Problems on a terminal: the line of the file, and the mark below the place."""

import re

import pytest
from found import END, ODD, TEXTS, UNREADABLE, YEAR, report
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from yzplan.errors import Diagnostic
from yzplan.render.excerpts import excerpt, problem_parts
from yzplan.render.terminal import draw
from yzplan.render.wrapping import width_of
from yzplan.store.source import HIDDEN


def drawn(width: int, *found: Diagnostic, colour: bool = False, is_strict: bool = False) -> str:
    return draw(problem_parts(report(*found, is_strict=is_strict), TEXTS, width), width, colour=colour)


def test_a_paragraph_a_problem() -> None:
    assert drawn(80, YEAR, END, UNREADABLE, ODD) == (
        "错误 Y103 应为整数，实为文字\n"
        " --> data/tasks.yaml:3:9\n"
        "3 |   year: 二〇二二\n"
        "  |         ^\n"
        "  = 提示：写作 2022\n"
        "\n"
        "错误 Y102 缺少键“indicators”\n"
        " --> data/tasks.yaml:4:1\n"
        "4 |\n"
        "  | ^\n"
        "\n"
        "错误 Y001 读不了文件：没有权限\n"
        "--> data/units.yaml\n"
        " = 提示：核对路径与权限\n"
        "\n"
        "提醒 Y503 模拟：日期在今天之后\n"
        " --> data/units.yaml:1:8\n"
        "1 | units: []\n"
        "  |        ^\n"
        "\n"
        "解释：yzplan check --explain Y103\n"
    )


def test_what_is_long_goes_on_below_itself() -> None:
    long = YEAR._replace(message="应为整数，实为文字" * 3, hint="写作 2022，" * 4)
    assert drawn(24, long) == (
        "错误 Y103 应为整数，实为\n"
        "文字应为整数，实为文字应\n"
        "为整数，实为文字\n"
        " --> data/tasks.yaml:3:9\n"
        "3 |   year: 二〇二二\n"
        "  |         ^\n"
        "  = 提示：写作 2022，写\n"
        "    作 2022，写作 2022，\n"
        "    写作 2022，\n"
        "\n"
        "解释：yzplan check\n"
        "--explain Y103\n"
    )


def test_where_nothing_was_found_nothing_is_shown() -> None:
    assert drawn(80) == ""


def test_a_warning_is_yellow_until_it_counts() -> None:
    assert drawn(80, ODD, colour=True).startswith("\x1b[1;33m提醒 Y503\x1b[0m\x1b[1m 模拟")
    assert drawn(80, ODD, colour=True, is_strict=True).startswith("\x1b[1;31m错误 Y503\x1b[0m\x1b[1m 模拟")


def test_colour_changes_nothing_else() -> None:
    coloured = drawn(40, YEAR, END, UNREADABLE, ODD, colour=True)
    plain = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == drawn(
        40, YEAR, END, UNREADABLE, ODD
    ).splitlines()


@pytest.mark.parametrize("width", [*range(8, 60), 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = drawn(width, YEAR, END, UNREADABLE, ODD).splitlines()
    assert max(map(wcswidth, lines)) <= width


LINE = "    note: 一二三四五六七八九十甲乙丙丁"


@pytest.mark.parametrize(
    ("column", "room", "shown", "offset"),
    [
        (11, 38, LINE, 10),
        (11, 30, "    note: 一二三四五六七八九…", 10),
        (11, 20, "    note: 一二三四…", 10),
        (24, 20, "…六七八九十甲乙丙丁", 17),
        (18, 20, "…四五六七八九十甲乙…", 9),
        (1, 10, "    note:…", 0),
        (5, 4, "… n…", 2),
        (25, 20, "…六七八九十甲乙丙丁", 19),
    ],
)
def test_a_long_line_is_cut_around_the_place(column: int, room: int, shown: str, offset: int) -> None:
    assert excerpt(LINE, column, room) == (shown, offset)


@pytest.mark.parametrize(
    ("line", "column", "shown", "offset"),
    [
        ("a: \x1b[31m红\x07\r", 4, "a: \ufffd[31m红\ufffd", 3),
        ("\tkey: 值", 2, "⇥key: 值", 1),
        ("a\u200b甲\u202e乙", 5, "a\ufffd甲\ufffd乙", 5),
        ("a: [b]  # [red]甲[/red]", 1, "a: [b]  # [red]甲[/red]", 0),
    ],
)
def test_what_cannot_be_seen_is_a_sign(line: str, column: int, shown: str, offset: int) -> None:
    assert excerpt(line, column, 60) == (shown, offset)


@given(line=st.text(max_size=120), room=st.integers(4, 90), data=st.data())
def test_the_place_is_always_shown(line: str, room: int, data: st.DataObject) -> None:
    line = line.replace("\n", "")
    column = data.draw(st.integers(1, len(line) + 1))
    shown, offset = excerpt(line, column, room)
    assert width_of(shown) <= room
    assert offset < room
    assert not HIDDEN.search(shown)
