"""Y1xx: the shape of the data, judged by pydantic and told in Chinese at its line.

pydantic-core is imported only when a file's bytes have not been validated before.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args

from yzplan.errors import Diagnostic
from yzplan.model import Month
from yzplan.model.directory import MAX_SIMILAR
from yzplan.model.shape import DAY_PATTERN, FINGERPRINT_PATTERN, MONTH_PATTERN, REF_PATTERN, Day, yaml_key
from yzplan.store.reading import MAX_DIGITS, Document
from yzplan.store.syntax import MAX_PROBLEMS, Explainer, Explanation, y018_too_many, y019_too_many_problems

Location = tuple[str | int, ...]


def y101_unknown_key(key: str, known: Sequence[str]) -> Explanation:
    """键名不认识：写错了字，或放错了层级。

    不认识的键如果放过，里面的内容便没有人看，填了等于没填。照提示改正键名；提示列出的是这里还可以用的键。确
    实没有对应的键的，写进 `note`。

    错：
        status: done
        complete_on: 2022-07-28

    改为：
        status: done
        completed_on: 2022-07-28
    """
    near = near_key(key, known)
    if near:
        return Explanation(f"未知的键“{key}”", f"是否为“{near}”？")
    hint = f"这里还可用的键：{'、'.join(known)}" if known else "核对键名与所在的层级"
    return Explanation(f"未知的键“{key}”", hint)


def near_key(key: str, known: Sequence[str]) -> str | None:
    """The known key that `key` looks most like, if any; a long one looks like none."""
    if len(key) > MAX_SIMILAR:
        return None
    return next(iter(difflib.get_close_matches(key, known, n=1)), None)


def y102_missing_key(key: str) -> Explanation:
    """缺少必须有的键。

    例如一条进展没有写是哪家单位的，便不知道算在谁的账上。补上这一键；不要照猜测填，拿不准的问清楚再补。

    错：
        - date: 2022-07-15
          status: in_progress

    改为：
        - date: 2022-07-15
          unit: 市模拟税务局
          status: in_progress
    """
    return Explanation(f"缺少键“{key}”", f"补上“{key}: …”一行")


def y103_wrong_type(expected: str, found: str, hint: str | None = None) -> Explanation:
    """值的类型不对，例如该写数字处写了文字。

    数字不带单位和百分号；像数字的文字加引号；可以写几个的，即使只有一个也写成列表 `[…]`；暂时没有内容的，把
    这一键整个删去。

    错：
        percent: 60%

    改为：
        percent: 60
    """
    return Explanation(f"应为{expected}，实为{found}", hint)


def y104_bad_text(value: str, expected: str) -> Explanation:
    """文字的写法不合要求，或者是空的。

    月份写作 2022-07，日期写作 2022-07-31，位数要写足；引用码、指纹是小写十六进制数，加单引号；说明等文字写
    成一行，首尾不留空格。写法统一，才能比较先后、判断逾期。

    错：
        - id: 1
          deadline: 2022年7月

    改为：
        - id: 1
          deadline: 2022-07
    """
    return Explanation(f"“{value}”写法不对" if value else "文字是空的", expected)


def y105_bad_value(value: str, expected: str) -> Explanation:
    """值不在允许的范围或选项之内。

    进度是 0 到 100；状态、单位类别等只能从固定的几种里选，提示里列出了。状态写英文：推进中 `in_progress`，
    受阻 `blocked`，已报完成 `done`，已认定 `verified`，退回 `returned`，中止 `suspended`；未启动不用写，没
    有记录就是未启动。

    错：
        status: 完成

    改为：
        status: done
    """
    return Explanation(f"“{value}”不在允许之列", expected)


EXPLAINERS: tuple[Explainer, ...] = (
    y101_unknown_key,
    y102_missing_key,
    y103_wrong_type,
    y104_bad_text,
    y105_bad_value,
)

_MONTH_HINT = "月份写作 2022-07"
_DAY_HINT = "日期写作 2022-07-31"
_LINE_HINT = "须为一行文字，首尾不留空格"
_PATTERNS = {
    MONTH_PATTERN: _MONTH_HINT,
    DAY_PATTERN: _DAY_HINT,
    REF_PATTERN: "引用码是 8 位小写十六进制数，加单引号",
    FINGERPRINT_PATTERN: "指纹是 12 位小写十六进制数，加单引号",
}
_TYPES = {
    "string": "文字",
    "int": "整数",
    "float": "数字",
    "number": "数字",
    "amount": "数字，或两个数的列表",
    "bool": "真假值（true 或 false）",
    "list": "列表",
    "dict": "键值对",
}


def shape_errors(document: Document, root: type) -> list[tuple[Location, Diagnostic]]:
    """What is wrong with the shape of a file's value: (path into the value, diagnostic), as found."""
    from pydantic_core import ValidationError

    from yzplan.store.schema import Patience, validator

    try:
        validator(root).validate_python(document.value, context=Patience(MAX_PROBLEMS))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        told = [_explained(document, root, item) for item in found[:MAX_PROBLEMS]]
        if len(found) > MAX_PROBLEMS:
            place = document.index(found[MAX_PROBLEMS]["loc"])
            told.append(((), document.source.diagnostic(place, y019_too_many_problems)))
        return told
    return []


def _explained(document: Document, root: type, error: Any) -> tuple[Location, Diagnostic]:
    location, kind, value, context = error["loc"], error["type"], error["input"], error.get("ctx", {})
    is_about_key = location[-1:] == ("[key]",)
    location = location[:-1] if is_about_key else location

    def say(rule: Explainer, *arguments: object, of_key: bool = is_about_key) -> tuple[Location, Diagnostic]:
        return location, document.diagnostic(location, rule, *arguments, of_key=of_key)

    if kind == "extra_forbidden":
        key = str(location[-1])
        return say(y101_unknown_key, key, _keys_left(document, location[:-1], root), of_key=True)
    if kind == "missing":
        return say(y102_missing_key, str(location[-1]))
    if kind in ("string_pattern_mismatch", "string_too_short"):
        return say(y104_bad_text, _short(value), _PATTERNS.get(context.get("pattern", ""), _LINE_HINT))
    if kind == "value_error":
        return say(y104_bad_text, _short(value), f"没有这一天；{_DAY_HINT}")
    if kind == "literal_error":
        choices = context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        return say(y105_bad_value, _short(value), f"可用：{choices}")
    if kind == "too_long":
        return say(y018_too_many, f"一处超过 {context['max_length']:,} 项")
    if kind in _BOUNDS:
        (bound,) = context.values()
        return say(y105_bad_value, _short(value), f"须{_BOUNDS[kind]} {bound:g}")
    expected, hint = _expected(kind, value, _field_type(location, root))
    start = document.index(location)
    written = document.source.text[start : start + MAX_DIGITS + 2]
    return say(y103_wrong_type, expected, kind_of(value, written), hint)


_BOUNDS = {"greater_than": "大于", "greater_than_equal": "不小于", "less_than_equal": "不大于"}


def _expected(kind: str, value: Any, field_type: Any) -> tuple[str, str | None]:
    """What should stand where a value of a wrong type stands: in words, and a hint."""
    accepted = (field_type, *get_args(field_type))
    if Month in accepted:
        return "月份", _MONTH_HINT
    if Day in accepted:
        return "日期", _DAY_HINT
    expected = _TYPES.get(kind.split("_")[0], "别的写法")
    if value is None:
        return expected, "补上内容，或删去这个键"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return expected, "像数字的文字请加引号" if expected == "文字" and is_number else None


def _keys_left(document: Document, location: Location, root: type) -> list[str]:
    """The keys that the noun at a path may have and has not."""
    value = document.value
    for step in location:
        value = value[step]
    noun = noun_at(location, root)
    return [key for key in keys_of(noun) if key not in value] if noun else []


def noun_at(location: Location, root: type) -> type | None:
    """The noun that should stand at a path of a file; None where none does, as in `measured`."""
    noun: type | None = root
    for step in location:
        if isinstance(step, str) and noun:
            noun = _nouns_in(noun).get(step)
    return noun


@cache
def _nouns_in(noun: type) -> Mapping[str, type]:
    """The keys of a noun under which nouns stand, one or a list of them, and which."""
    found = {}
    for part in fields(noun):
        kinds = (part.type, *get_args(part.type))
        if inner := next((kind for kind in kinds if isinstance(kind, type) and is_dataclass(kind)), None):
            found[yaml_key(part.name)] = inner
    return found


def _field_type(location: Location, root: type) -> Any:
    """The declared type of the field that a path ends in, if it ends in one."""
    noun = noun_at(location[:-1], root) if location else None
    named = (part.type for part in fields(noun) if yaml_key(part.name) == location[-1]) if noun else ()
    return next(iter(named), None)


def keys_of(noun: type) -> list[str]:
    """The keys a noun may have in the file, in order."""
    return [yaml_key(part.name) for part in fields(noun)]


def kind_of(value: Any, written: str) -> str:
    """What a value of the file is, in a word; a number as it stands at the start of `written`."""
    if value is None:
        return "空值"
    if isinstance(value, bool):
        return "真假值"
    if isinstance(value, int | float):
        found = re.match(r"-?[0-9.]+", written)
        return f"{'整数' if isinstance(value, int) else '小数'} {found[0] if found else value}"
    return "文字" if isinstance(value, str) else "列表" if isinstance(value, list) else "键值对"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 30 else f"{text[:29]}…"
