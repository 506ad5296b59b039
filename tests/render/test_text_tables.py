"""plain, markdown and html."""

import pytest
from sample import Row, sample
from wcwidth import wcswidth

from yzplan.render.text import html, markdown, plain


def test_plain_is_aligned_by_what_a_terminal_shows() -> None:
    lines = plain(sample(Row(1, "甲", "十"), Row(22, "乙丙", "a"), Row(333, "x", ""))).splitlines()
    assert lines == ["序号  数量  内容", "   1  十    甲", "  22  a     乙丙", " 333        x"]
    assert {
        wcswidth(line[: line.index(text)]) for line, text in zip(lines[1:], ("甲", "乙", "x"), strict=True)
    } == {12}


def test_the_long_column_stands_last_unless_columns_were_asked_for() -> None:
    assert plain(sample(Row(1, "甲", "十"))).splitlines()[0].split() == ["序号", "数量", "内容"]
    asked = sample(Row(1, "甲", "十"), chosen=("text", "id"))
    assert plain(asked).splitlines() == ["内容  序号", "甲       1"]


def test_nothing_is_cut_or_reckoned() -> None:
    long = "推行" * 500
    text = plain(sample(Row(1, long, "2022.10"), Row(2, "1e3", "007"), Row(3, "", "80%")))
    assert long in text
    assert "2022.10" in text
    assert "007" in text
    assert "1e3" in text


def test_an_empty_list_is_empty() -> None:
    assert plain(sample()) == ""


def test_markdown() -> None:
    assert markdown(sample(Row(1, "甲|乙", "7*24"))).splitlines() == [
        "| 序号 | 内容   | 数量  |",
        "|-----:|:-------|:------|",
        r"|    1 | 甲\|乙 | 7\*24 |",
    ]


@pytest.mark.parametrize("mark", [*r"\`*_[]<>|#~&"])
def test_markdown_marks_are_escaped(mark: str) -> None:
    assert f"甲\\{mark}乙" in markdown(sample(Row(1, f"甲{mark}乙")))


def test_an_empty_list_in_markdown_has_its_heading() -> None:
    assert markdown(sample()).splitlines()[0] == "| 序号 | 内容 | 数量 |"


def test_html_escapes_title_and_cells() -> None:
    page = html(sample(Row(1, "<b>&\"'"))._replace(title="模拟 <i>&"))
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "<title>模拟 &lt;i&gt;&amp;</title>" in page
    assert "<h1>模拟 &lt;i&gt;&amp;</h1>" in page
