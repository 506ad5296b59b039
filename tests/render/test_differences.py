"""Differences as text. The files and tasks are 模拟."""

import re
from dataclasses import replace

import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from plans import task

from yzplan.render.differences import file_difference, wording_difference


def lines(*numbers: int) -> str:
    return "".join(f"第{number}行\n" for number in numbers)


def test_what_does_not_differ_shows_nothing() -> None:
    assert file_difference("模拟.yaml", lines(1, 2), lines(1, 2)) == ""
    assert file_difference("模拟.yaml", "", "") == ""


def test_changes_are_shown_with_three_lines_around_them() -> None:
    old, new = [*range(1, 21)], [*range(1, 6), *range(7, 13), 30, *range(13, 21)]
    assert file_difference("data/模拟.yaml", lines(*old), lines(*new)) == (
        "--- data/模拟.yaml\n"
        "+++ data/模拟.yaml\n"
        "@@ -3,13 +3,13 @@\n"
        " 第3行\n 第4行\n 第5行\n-第6行\n 第7行\n 第8行\n 第9行\n 第10行\n 第11行\n 第12行\n"
        "+第30行\n 第13行\n 第14行\n 第15行\n"
    )


def test_changes_far_apart_are_shown_apart() -> None:
    found = file_difference("模拟.yaml", lines(*range(1, 31)), lines(0, *range(2, 30)))
    assert re.findall("@@.*", found) == ["@@ -1,4 +1,4 @@", "@@ -27,4 +27,3 @@"]


def test_a_file_from_nothing() -> None:
    assert file_difference("模拟.yaml", "", "一\n") == "--- 模拟.yaml\n+++ 模拟.yaml\n@@ -0,0 +1,1 @@\n+一\n"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("一\n二", "一\n二\n", "-二（此处没有换行）\n+二\n"),
        ("一\n二\r\n", "一\n二\n", "-二␍\n+二\n"),
        ("一\r\n二\n", "一\r\n二\r\n", "-二␊\n+二\n"),
    ],
)
def test_ends_of_lines_that_change_can_be_seen(old: str, new: str, shown: str) -> None:
    assert file_difference("模拟.yaml", old, new).endswith(f"@@ -1,2 +1,2 @@\n 一\n{shown}")


def test_equal_ends_of_lines_are_not_shown() -> None:
    assert file_difference("模拟.yaml", "一\r\n二\r\n", "一\r\n三\r\n").endswith("@@\n 一\n-二\n+三\n")


def test_nothing_reaches_a_terminal_that_it_would_obey() -> None:
    shown = file_difference("模拟.yaml", "\x1b[31m红\x9b\u202e\n", "\ta\n")
    assert shown.endswith("@@ -1,1 +1,1 @@\n-\ufffd[31m红\ufffd\ufffd\n+⇥a\n")


some_text = st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=40).map(
    lambda words: "".join(f"{w}\n" for w in words)
)


def patched(old: str, diff: str) -> str:
    """What a unified diff makes of a text."""
    before, after = old.splitlines(keepends=True), []
    place = 0
    for heading, body in re.findall(r"^@@ -(.*?) \+.*@@\n((?:[ +-].*\n)*)", diff, re.MULTILINE):
        start, count = map(int, heading.split(","))
        start -= 1 if count else 0
        after += before[place:start]
        kept = [line[1:] for line in body.splitlines(keepends=True) if line[0] in " -"]
        assert kept == before[start : start + count]
        after += [line[1:] for line in body.splitlines(keepends=True) if line[0] in " +"]
        place = start + count
    return "".join([*after, *before[place:]])


@many(300)
@given(old=some_text, new=some_text, common=some_text, number=st.integers(0, 3))
def test_the_new_text_can_be_made_of_the_old_one_and_the_difference(
    old: str, new: str, common: str, number: int
) -> None:
    old, new = (f"{text}{lines(*range(number))}{common}" for text in (old, new))
    assert patched(old, file_difference("模拟.yaml", old, new)) == new


# --- wordings

FIVE = replace(task(5, deadline="2022-06"), text="对新办纳税人实行增值税专用发票电子化，并免费发放税务设备。")


def test_deadlines_and_texts_that_changed() -> None:
    new = [
        replace(FIVE, text="对新办纳税户实行增值税专用发票电子化，并免费发放税控设备。"),
        task(6, deadline="2022-09"),
        task(8),
    ]
    assert wording_difference([FIVE, task(6), task(7)], new) == (
        "-第 5 项原文：对新办纳税人实行增值税专用发票电子化，并免费发放税务设备。\n"
        "+第 5 项原文：对新办纳税户实行增值税专用发票电子化，并免费发放税控设备。\n"
        "  “对新办纳税人实行增值税专”改为“对新办纳税户实行增值税专”\n"
        "  “并免费发放税务设备。”改为“并免费发放税控设备。”\n"
        "-第 6 项时限：2022-07\n"
        "+第 6 项时限：2022-09\n"
        "-第 7 项时限：2022-07\n"
        "-第 7 项原文：模拟任务7。\n"
        "+第 8 项时限：2022-07\n"
        "+第 8 项原文：模拟任务8。\n"
    )


def test_without_an_old_wording_the_new_one_is_shown() -> None:
    assert wording_difference(None, [FIVE]) == (
        " 第 5 项时限：2022-06\n 第 5 项原文：对新办纳税人实行增值税专用发票电子化，并免费发放税务设备。\n"
    )
