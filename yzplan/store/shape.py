"""Y1xx: the shape of the data, judged by pydantic and told in Chinese at its line.

pydantic is imported here and only when a file's bytes have not been validated before.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from yzplan.errors import Diagnostic
from yzplan.model import Erratum, Extension, Header, Policy, PrintedPage, ProgressRecord, Target, Totals
from yzplan.model.shape import DAY_PATTERN, MONTH_PATTERN, REF_PATTERN, yaml_key
from yzplan.model.units import Group, Register, Unit
from yzplan.store.layout import IndicatorEntry, PlanFile, TaskEntry
from yzplan.store.reading import Document
from yzplan.store.syntax import Explainer, Explanation

Location = tuple[str | int, ...]

# The noun at the end of each key, for suggestions and placeholders.
_NOUN_OF_KEY: dict[str, type] = {
    "plan": Header,
    "totals": Totals,
    "policy": Policy,
    "indicators": IndicatorEntry,
    "printed": PrintedPage,
    "errata": Erratum,
    "tasks": TaskEntry,
    "targets": Target,
    "extensions": Extension,
    "progress": ProgressRecord,
    "units": Unit,
    "groups": Group,
}


def y101_unknown_key(key: str, known: Sequence[str]) -> Explanation:
    """键名不认识：写错了字，或放错了层级。认识的键见 `yzplan schema`。"""
    near = difflib.get_close_matches(key, known, n=1)
    return Explanation(
        f"未知的键“{key}”", f"是否为“{near[0]}”？" if near else f"这里可用的键：{'、'.join(known)}"
    )


def y102_missing_key(key: str) -> Explanation:
    """缺少必须有的键。"""
    return Explanation(f"缺少键“{key}”", f"补上“{key}: …”一行")


def y103_wrong_type(expected: str, found: str) -> Explanation:
    """值的类型不对，例如该写文字处写了数字。"""
    hint = "文字若像数字或日期，请加引号" if expected == "文字" else None
    return Explanation(f"应为{expected}，而这里是{found}", hint)


def y104_bad_text(value: str, expected: str) -> Explanation:
    """文字的写法不合要求，例如月份、日期、引用码的格式，或空白文字。"""
    return Explanation(f"“{value}”的写法不对", expected)


def y105_bad_value(value: str, expected: str) -> Explanation:
    """值不在允许的范围或选项之内。"""
    return Explanation(f"“{value}”不在允许的范围内", expected)


EXPLAINERS: tuple[Explainer, ...] = (
    y101_unknown_key,
    y102_missing_key,
    y103_wrong_type,
    y104_bad_text,
    y105_bad_value,
)

_PATTERNS = {
    MONTH_PATTERN: "月份写作 2022-07",
    DAY_PATTERN: "日期写作 2022-07-31",
    REF_PATTERN: "引用码是 8 位十六进制数，加单引号",
}
_TYPES = {
    "string": "文字",
    "int": "整数",
    "float": "数字",
    "number": "数字",
    "amount": "数字，或两个数的列表",
    "bool": "true 或 false",
    "tuple": "列表",
    "list": "列表",
    "dataclass": "键值",
    "mapping": "键值",
    "dict": "键值",
    "enum": "选项",
}


@cache
def adapter(root: type) -> Any:
    """pydantic's validator of a file's root noun (PlanFile or Register)."""
    from pydantic import TypeAdapter

    return TypeAdapter(root)


def shape_errors(document: Document, root: type) -> list[tuple[Location, Diagnostic]]:
    """What is wrong with the shape of a file's value: (path into the value, diagnostic), as found."""
    from pydantic import ValidationError

    try:
        adapter(root).validate_python(document.value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        return [_explained(document, root, item) for item in found]
    return []


def _explained(document: Document, root: type, error: Any) -> tuple[Location, Diagnostic]:
    location, kind, value, context = error["loc"], error["type"], error["input"], error.get("ctx", {})
    rule: Callable[..., Explanation]
    arguments: tuple[Any, ...]
    of_key = False
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        rule, arguments, of_key = y101_unknown_key, (str(location[-1]), keys_of(noun_at(location[:-1], root))), True
    elif kind in ("missing", "missing_keyword_only_argument", "missing_argument"):
        rule, arguments, of_key = y102_missing_key, (str(location[-1]),), True
        return location, document.diagnostic(location[:-1], rule, *arguments, of_key=False)
    elif kind == "string_pattern_mismatch" or kind == "string_too_short":
        expected = _PATTERNS.get(context.get("pattern", ""), "须为一行文字，不能为空，首尾不留空格")
        if "{12}" in context.get("pattern", ""):
            expected = "文字指纹是 12 位十六进制数，加单引号"
        rule, arguments = y104_bad_text, (_short(value), expected)
    elif kind == "value_error":
        rule, arguments = y104_bad_text, (_short(value), "没有这一天；日期写作 2022-07-31")
    elif kind in ("literal_error", "enum"):
        expected = context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        rule, arguments = y105_bad_value, (_short(value), f"可用：{expected}")
    elif kind.endswith(("_than", "_than_equal")):
        sign, bound = next(iter(context.items()))
        words = {"ge": "不小于", "le": "不大于", "gt": "大于", "lt": "小于"}
        rule, arguments = y105_bad_value, (_short(value), f"须{words[sign]} {bound:g}")
    else:
        expected = _TYPES.get(kind.split("_")[0], "别的写法")
        rule, arguments = y103_wrong_type, (expected, kind_of(value))
    return location, document.diagnostic(location, rule, *arguments, of_key=of_key)


def noun_at(location: Iterable[str | int], root: type) -> type:
    """The noun whose fields stand at a path of a file."""
    return next((_NOUN_OF_KEY[step] for step in reversed([*location]) if step in _NOUN_OF_KEY), root)


def keys_of(noun: type) -> list[str]:
    """The keys a noun may have in the file, in order."""
    return [yaml_key(part.name) for part in fields(noun)]


def kind_of(value: Any) -> str:
    """What a value of the file is, in a word."""
    if value is None:
        return "空值"
    if isinstance(value, bool):
        return "真假值"
    for kind, word in ((str, "文字"), (int, "整数"), (float, "小数"), (list, "列表"), (dict, "键值")):
        if isinstance(value, kind):
            return f"{word} {value}" if kind in (int, float) else word
    return type(value).__name__


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 30 else f"{text[:29]}…"


ROOTS: dict[str, type] = {"tasks.yaml": PlanFile, "units.yaml": Register}
"""The root noun of each data file."""
