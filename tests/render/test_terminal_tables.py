"""Tables for a terminal, drawn without one."""

import re

import pytest
from sample import Row, sample
from wcwidth import wcswidth

from yzplan.render.terminal import bar, clean, draw, folded, listing_parts

ROWS = (Row(1, "推行模拟事项网上办理", "12个"), Row(22, "模" * 200, "9件"), Row(333, "", "345项"))


def drawn(width: int, *rows: Row, colour: bool = False, chosen: tuple[str, ...] = ()) -> list[str]:
    return draw(listing_parts(sample(*rows, chosen=chosen), width), width, colour=colour).splitlines()


def test_a_wide_terminal_has_all_columns_and_a_narrow_one_the_narrow_set() -> None:
    assert drawn(120, *ROWS)[0].split() == ["序号", "内容", "数量"]
    assert drawn(80, *ROWS)[0].split() == ["序号", "内容"]


def test_columns_asked_for_are_shown_in_brief_where_it_is_narrow() -> None:
    assert drawn(120, ROWS[0], chosen=("id", "amount"))[1].split() == ["1", "12个"]
    assert drawn(80, ROWS[0], chosen=("id", "amount"))[1].split() == ["1", "1"]


def test_the_long_column_has_two_lines_and_then_an_ellipsis() -> None:
    lines = drawn(40, *ROWS)
    assert lines[1:] == [
        "   1 推行模拟事项网上办理",
        f"  22 {'模' * 17}",
        f"     {'模' * 17}…",
        " 333",
    ]


def test_with_too_little_room_rows_are_stacked_and_whole() -> None:
    lines = drawn(20, *ROWS)
    assert lines[0] == "1"
    assert lines[1:3] == ["  推行模拟事项网上办", "  理"]
    assert "".join(line.strip() for line in lines).count("模") == 201
    assert "…" not in "".join(lines)


@pytest.mark.parametrize("width", range(8, 140))
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert all(wcswidth(line) <= width for line in drawn(width, *ROWS))


def test_an_empty_list_has_its_heading() -> None:
    assert drawn(80) == ["序号 内容"]


@pytest.mark.parametrize(
    "text", ["[red]甲[/red]", "[1]", ":smile:", "[link=x]", "*甲*", "2022-07-31", "\\[甲]"]
)
def test_data_are_no_markup(text: str) -> None:
    assert drawn(80, Row(1, text))[1] == f"   1 {text}"
    assert re.sub("\x1b\\[[0-9;]*m", "", drawn(80, Row(1, text), colour=True)[1]) == f"   1 {text}"


def test_colour_is_sent_only_where_it_is_wanted() -> None:
    assert "\x1b[31m9件" in "\n".join(drawn(120, *ROWS, colour=True))
    assert "\x1b" not in "".join(drawn(120, *ROWS))


def test_no_line_ends_with_spaces() -> None:
    assert all(line == line.rstrip() for line in drawn(80, *ROWS))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x1b[31m乙", r"甲\x1b[31m乙"),
        ("甲\n乙\t丙", r"甲\x0a乙\x09丙"),
        ("甲\x07\x9b", r"甲\x07\x9b"),
        ("甲\u202e乙", r"甲\x202e乙"),
        ("甲　乙\xa0丙", "甲　乙\xa0丙"),
        ("平常的文字 abc", "平常的文字 abc"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert not any("\x1b" in line or "\x9b" in line for line in drawn(80, Row(1, text)))


@pytest.mark.parametrize(
    ("value", "whole", "width", "length"),
    [(0, 10, 20, 0), (5, 10, 20, 10), (10, 10, 20, 20), (1, 1000, 20, 1), (0, 0, 20, 0), (3, 3, 0, 1)],
)
def test_bars(value: int, whole: int, width: int, length: int) -> None:
    assert bar(value, whole, width) == "█" * length


def test_folded_text_stands_behind_its_margin() -> None:
    assert folded("一二三四五六", 8, margin=2).plain == "  一二三\n  四五六"
    assert folded("一二三", 1, margin=2).plain == "  一\n  二\n  三"
