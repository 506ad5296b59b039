"""What an office is told of a mistake in a template of its own. The figures are 模拟."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yzplan.errors import DataError
from yzplan.papers.composing import Template, compose
from yzplan.papers.paper import Column, Heading, Table

FIGURES = {"a": 1, "day": dt.date(2022, 7, 31), "nothing": None, "tasks": [5], "many": "模" * 500}

MISTAKES = {
    "共{{ b }}项": "没有“b”这个量",
    "{{ day.moth }}": "没有“moth”这一项",
    "{{ nothing.unit }}": "没有“unit”这一项：它所在的量是空的",
    "{{ tasks[7] }}": "没有第“7”个",
    "{{ a|dya }}": "没有“dya”这个过滤器",
    "{% if a is big %}{% endif %}": "没有“big”这种判断",
    "{% iff a %}": "没有“iff”这种标记，或少写了它的开头",
    "{% if a %}甲": "没有写完：少了 }}、%} 或 {% endif %}、{% endfor %} 之类的结尾",
    "{{ a": "没有写完：少了 }}、%} 或 {% endif %}、{% endfor %} 之类的结尾",
    "{# 甲": "标记没有写完",
    "{{ }}": "少写了一个量",
    "{{ a b }}": "“b”写得不是地方",
    "{{ a ？ }}": "看不懂的字符 '？'",
    "{{ ''.__class__ }}": "“__class__”不让用",
    "{% include 'passwd' %}": "模板里不能引用别的模板",
    "{{ a / 0 }}": "除数是 0（ZeroDivisionError：",
    "{{ a + many }}": "几个量不能这样放在一起（TypeError：",
    "{{ 5|day }}": "量的种类不对（AttributeError：",
    "{% for k in range(10000000) %}{% endfor %}": "循环的次数或数字太大（OverflowError：",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "层层相套，没有尽头（RecursionError：",
    "[[tasks]]": "没有表“tasks”（可用的表：没有）",
}


@pytest.mark.parametrize("wrong", MISTAKES)
def test_it_is_told_with_its_line(wrong: str) -> None:
    with pytest.raises(DataError) as caught:
        compose(Template("data/templates/dispatch.md", f"# 模拟\n第二行\n{wrong}\n"), FIGURES, {})
    what, rest = str(caught.value).split(MISTAKES[wrong])
    assert what == "文稿模板 data/templates/dispatch.md:3 用不了："
    assert rest.endswith("\n  提示：改正模板，或删去它，改用自带的")


def test_what_nobody_could_read_is_not_made() -> None:
    endless = "{% for k in range(99999) %}{{ many }}{% endfor %}"
    with pytest.raises(DataError, match="用不了：写出的文字超过 1,000,000 字"):
        compose(Template("data/templates/dispatch.md", endless), FIGURES, {})


@pytest.mark.parametrize("wordless", ["", "模拟。\n", "# ｜\n", "{% if not a %}\n# 模拟\n{% endif %}\n"])
def test_a_paper_without_a_title_is_none(wordless: str) -> None:
    with pytest.raises(DataError, match="用不了：没有标题，即“# ”起头的一行"):
        compose(Template("x.md", wordless), FIGURES, {})


def test_headings_are_as_many_as_chinese_numbers_count() -> None:
    text = "# 模拟\n{% for k in range(COUNT) %}\n## 题\n{% endfor %}\n"
    most = compose(Template("x.md", text.replace("COUNT", "99")), FIGURES, {})
    assert most.blocks[-1] == Heading(1, "九十九、", "题")
    with pytest.raises(DataError, match="md:3 用不了：一级里的标题超过 99 个"):
        compose(Template("x.md", text.replace("COUNT", "100")), FIGURES, {})


PIECES = (
    *(
        "{{ ",
        " }}",
        "{% if ",
        "{% endif %}",
        "{% for k in ",
        "{% endfor %}",
        " %}",
        "{# ",
        " #}",
        "{% set k = ",
    ),
    *("a", "day", "nothing", "tasks", "many", "k", ".x", "[0]", "|day", "|rate(a)", "|", " + ", " == ", "'"),
    *(
        "# ",
        "## ",
        "期号：",
        "主送：",
        "附件：",
        "[[t]]",
        "[[no]]",
        "\n",
        "模拟",
        "｜",
        "(",
        ")",
        "\0",
        "%}",
        "-",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_text_is_a_template_or_has_a_mistake_in_it(pieces: list[str]) -> None:
    table = Table("模拟", (Column("甲"),), (("乙",),))
    try:
        text = compose(Template("x.md", "".join(pieces)), FIGURES, {"t": table})
    except DataError as error:
        assert str(error).startswith("文稿模板 x.md")  # noqa: PT017 - either is right
    else:
        assert all("\0" not in block.text for block in text.blocks if not isinstance(block, Table))
