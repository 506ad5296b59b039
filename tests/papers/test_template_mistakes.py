"""What an office is told of a mistake in a template of its own. The figures are 模拟."""

import datetime as dt

import pytest

from yzplan.errors import DataError
from yzplan.papers.composing import Template, compose

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
