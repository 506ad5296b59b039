"""The shape of the data (Y1xx): what is not as a noun wants it, told in Chinese at its line.

And one mistake is told once: what only follows from it is not reported, and all the rest is.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tiny import TASKS, UNITS, Edit, edited, problems

from yzplan.errors import DataError, code_of
from yzplan.store import shape
from yzplan.store.loading import load


def test_the_tiny_plan_is_valid() -> None:
    assert problems() == ""


def typo(place: str, key: str, hint: str) -> str:
    return f"tasks.yaml:{place}: Y101 未知的键“{key}”\n  提示：{hint}\n"


def missing(place: str, key: str) -> str:
    return f"tasks.yaml:{place}: Y102 缺少键“{key}”\n  提示：补上“{key}: …”一行\n"


def bad_text(place: str, value: str, hint: str) -> str:
    return f"tasks.yaml:{place}: Y104 “{value}”写法不对\n  提示：{hint}\n"


MONTH = "月份写作 2022-07"
DAY = "日期写作 2022-07-31"
LINE = "须为一行文字，首尾不留空格"
QUOTE = "像数字的文字请加引号"
FILL = "补上内容，或删去这个键"
STATUSES = "可用：not_started、in_progress、blocked、done、verified、returned、suspended"

IN_TASKS: dict[str, tuple[Edit, str]] = {
    # Y101
    "a misspelt key": (
        ("    deadline: 2022-07\n", "    deadlin: 2022-07\n"),
        typo("23:5", "deadlin", "是否为“deadline”？"),
    ),
    "a misspelt key that may be absent": (
        ("status: done", "satus: done"),
        typo("41:7", "satus", "是否为“status”？"),
    ),
    "a misspelt list": (
        ("  responsible_units: [市模拟甲局", "  responsible_unit: [市模拟甲局"),
        typo("49:3", "responsible_unit", "是否为“responsible_units”？"),
    ),
    "a key that resembles none": (
        ("  open_ended: 等市直相关单位", "  备注: 无"),
        typo("17:3", "备注", "这里还可用的键：open_ended、errata"),
    ),
    "a key that resembles one that is there": (
        ("    text: 建立模拟工作机制。\n", "    text: 建立模拟工作机制。\n    text2: 又一句。\n"),
        typo(
            "32:5",
            "text2",
            "这里还可用的键：errata、targets、leader、lead_unit、responsible_units",
        ),
    ),
    "a key where all are there": (
        ("totals: {indicators: 2, tasks: 3}", "totals: {indicators: 2, tasks: 3, units: 6}"),
        typo("9:37", "units", "核对键名与所在的层级"),
    ),
    "a key at the wrong level": (
        ("totals: {indicators: 2, tasks: 3}", "totals: {indicators: 2, tasks: 3}\ntasks: []"),
        typo("10:1", "tasks", "这里还可用的键：supervision、rankings"),
    ),
    "a key of escaped newlines": (
        ("  open_ended: 等市直相关单位", '  "甲\\n\\t乙": 无'),
        typo("17:3", "甲↵⇥乙", "这里还可用的键：open_ended、errata"),
    ),
    # Y102
    "a missing key of the header": (("  year: 2022\n", ""), missing("3:3", "year")),
    "a missing deadline": (("    deadline: 2022-12\n", ""), missing("52:5", "deadline")),
    "a missing total": ((", tasks: 3}", "}"), missing("9:11", "tasks")),
    "a total below nothing": (
        ("tasks: 3}", "tasks: -1}"),
        "tasks.yaml:9:34: Y105 “-1”不在允许之列\n  提示：须不小于 0\n",
    ),
    "a missing unit of a record": (("      unit: 市模拟甲局\n", ""), missing("35:7", "unit")),
    # Y103
    "a number for a text": (
        ("text: 年底前完成模拟评价。", "text: 2022"),
        f"tasks.yaml:54:11: Y103 应为文字，实为整数 2022\n  提示：{QUOTE}\n",
    ),
    "a decimal for a month": (
        ("deadline: 2022-12", "deadline: 2022.10"),
        f"tasks.yaml:53:15: Y103 应为月份，实为小数 2022.10\n  提示：{MONTH}\n",
    ),
    "a number for a month that may be absent": (
        ("to: 2022-11", "to: 202211"),
        f"tasks.yaml:33:27: Y103 应为月份，实为整数 202211\n  提示：{MONTH}\n",
    ),
    "a number for a day": (
        ("issued_on: 2022-05-23", "issued_on: 20220523"),
        f"tasks.yaml:6:14: Y103 应为日期，实为整数 20220523\n  提示：{DAY}\n",
    ),
    "a truth value for a text": (
        ("leader: null\n  lead_unit: 市模拟甲局", "leader: true\n  lead_unit: 市模拟甲局"),
        "tasks.yaml:14:11: Y103 应为文字，实为真假值\n",
    ),
    "nothing for a text": (
        ("text: 年底前完成模拟评价。", "text:"),
        f"tasks.yaml:54:10: Y103 应为文字，实为空值\n  提示：{FILL}\n",
    ),
    "nothing for a list": (
        ("    - date: 2022-07-15", "    台账:\n    - date: 2022-07-15"),
        f"tasks.yaml:34:14: Y103 应为列表，实为空值\n  提示：{FILL}\n"
        + typo("35:5", "台账", "这里还可用的键：errata、targets、leader、lead_unit、responsible_units"),
    ),
    "a text for a list": (
        ("responsible_units: [市模拟甲局, 模拟相关单位]", "responsible_units: 市模拟甲局、模拟相关单位"),
        "tasks.yaml:49:22: Y103 应为列表，实为文字\n",
    ),
    "a list for a text": (
        ("lead_unit: 市模拟丙局", "lead_unit: [市模拟丙局]"),
        "tasks.yaml:48:14: Y103 应为文字，实为列表\n",
    ),
    "a text for a record": (
        ("    - date: 2022-08-03\n", "    - 已完成\n    - date: 2022-08-03\n"),
        "tasks.yaml:39:7: Y103 应为键值对，实为文字\n",
    ),
    "a text for a number": (
        ("percent: 40", "percent: 四成"),
        "tasks.yaml:38:16: Y103 应为数字，实为文字\n",
    ),
    "a quoted number": (("percent: 40", "percent: '40'"), "tasks.yaml:38:16: Y103 应为数字，实为文字\n"),
    "a decimal for a count": (
        ("  - id: 3", "  - id: 3.0"),
        "tasks.yaml:52:9: Y103 应为整数，实为小数 3.0\n",
    ),
    "a list for a measured value": (
        ("办理时限: 0.5", "办理时限: [0.5]"),
        "tasks.yaml:43:24: Y103 应为数字，实为列表\n",
    ),
    "a text for measured values": (
        ("measured: {办理时限: 0.5}", "measured: 办理时限 0.5"),
        "tasks.yaml:43:17: Y103 应为键值对，实为文字\n",
    ),
    "a text for an amount": (
        ("value: 80,", "value: 八成,"),
        "tasks.yaml:28:41: Y103 应为数字，或两个数的列表，实为文字\n",
    ),
    "one number for a range": (
        ("value: 80,", "value: [80],"),
        "tasks.yaml:28:41: Y103 应为数字，或两个数的列表，实为列表\n",
    ),
    "a text for a truth value": (
        ("unit: '%', quote", "unit: '%', soft: 是, quote"),
        "tasks.yaml:28:62: Y103 应为真假值（true 或 false），实为文字\n",
    ),
    # Y104
    "a month of October as a date": (
        ("deadline: 2022-12", "deadline: 2022-12-31"),
        bad_text("53:15", "2022-12-31", MONTH),
    ),
    "a thirteenth month": (("deadline: 2022-12", "deadline: 2022-13"), bad_text("53:15", "2022-13", MONTH)),
    "a month of one digit": (("deadline: 2022-12", "deadline: 2022-7"), bad_text("53:15", "2022-7", MONTH)),
    "a month in Chinese": (
        ("deadline: 2022-12", "deadline: 2022年7月"),
        bad_text("53:15", "2022年7月", MONTH),
    ),
    "a month of full-width digits": (
        ("deadline: 2022-12", "deadline: ２０２２-12"),
        bad_text("53:15", "２０２２-12", MONTH),
    ),
    "a month of the year 0": (
        ("deadline: 2022-12", "deadline: 0000-12"),
        bad_text("53:15", "0000-12", MONTH),
    ),
    "a day that is none": (
        ("date: 2022-07-15", "date: 2022-02-30"),
        bad_text("35:13", "2022-02-30", f"没有这一天；{DAY}"),
    ),
    "a day with slashes": (("date: 2022-07-15", "date: 2022/7/15"), bad_text("35:13", "2022/7/15", DAY)),
    "a day with a time": (
        ("date: 2022-07-15", "date: 2022-07-15 08:00"),
        bad_text("35:13", "2022-07-15 08:00", DAY),
    ),
    "an empty text": (
        ("text: 年底前完成模拟评价。", "text: ''"),
        f"tasks.yaml:54:11: Y104 文字是空的\n  提示：{LINE}\n",
    ),
    "a blank text": (("text: 年底前完成模拟评价。", "text: '　'"), bad_text("54:11", "　", LINE)),
    "a text with a space at its end": (
        ("lead_unit: 市模拟丙局", "lead_unit: '市模拟丙局 '"),
        bad_text("48:14", "市模拟丙局 ", LINE),
    ),
    "a text of two lines": (
        ("text: 年底前完成模拟评价。", "text: |-\n      年底前完成\n      模拟评价。"),
        bad_text("54:11", "年底前完成↵模拟评价。", LINE),
    ),
    "a long text with a space at its end": (
        ("text: 年底前完成模拟评价。", f"text: '{'长' * 40} '"),
        bad_text("54:11", "长" * 29 + "…", LINE),
    ),
    "an empty name of a measured value": (
        ("办理时限: 0.5", "'': 0.5"),
        f"tasks.yaml:43:18: Y104 文字是空的\n  提示：{LINE}\n",
    ),
    "a reference of other digits": (
        ("status: done", "retracts: '3F9A2C1B'"),
        bad_text("41:17", "3F9A2C1B", "引用码是 8 位小写十六进制数，加单引号"),
    ),
    "a fingerprint that is too short": (
        ("wording: 'e9322861490c'", "wording: 'e93228'"),
        bad_text("18:12", "e93228", "指纹是 12 位小写十六进制数，加单引号"),
    ),
    # Y105
    "a percent above 100": (
        ("percent: 40", "percent: 140"),
        "tasks.yaml:38:16: Y105 “140”不在允许之列\n  提示：须不大于 100\n",
    ),
    "a percent below 0": (
        ("percent: 40", "percent: -0.5"),
        "tasks.yaml:38:16: Y105 “-0.5”不在允许之列\n  提示：须不小于 0\n",
    ),
    "a number below 1": (
        ("  - id: 3", "  - id: 0"),
        "tasks.yaml:52:9: Y105 “0”不在允许之列\n  提示：须不小于 1\n",
    ),
    "a year of another age": (
        ("  year: 2022", "  year: 22"),
        "tasks.yaml:7:9: Y105 “22”不在允许之列\n  提示：须不小于 2000\n",
    ),
    "an unknown status": (
        ("status: in_progress", "status: finished"),
        f"tasks.yaml:37:15: Y105 “finished”不在允许之列\n  提示：{STATUSES}\n",
    ),
    "a status in Chinese": (
        ("status: in_progress", "status: 推进中"),
        f"tasks.yaml:37:15: Y105 “推进中”不在允许之列\n  提示：{STATUSES}\n",
    ),
    "a status that is a number": (
        ("status: in_progress", "status: 1"),
        f"tasks.yaml:37:15: Y105 “1”不在允许之列\n  提示：{STATUSES}\n",
    ),
    "an unknown comparison": (
        ("op: '>='", "op: ≥"),
        "tasks.yaml:28:28: Y105 “≥”不在允许之列\n  提示：可用：>=、<=、>、<、=、between\n",
    ),
    "an unknown rule of the assessment": (
        ("  totals:", "  assessment: {on_tme: 100}\n  totals:"),
        "tasks.yaml:9:16: Y101 未知的键“on_tme”\n  提示：是否为“on_time”？\n",
    ),
    "a floor above 100": (
        ("  totals:", "  assessment: {late_floor: 101}\n  totals:"),
        "tasks.yaml:9:28: Y105 “101”不在允许之列\n  提示：须不大于 100\n",
    ),
    "a weight of nothing": (
        ("  totals:", "  assessment: {weights: {lead: 0}}\n  totals:"),
        "tasks.yaml:9:32: Y105 “0”不在允许之列\n  提示：须大于 0\n",
    ),
    "a negative weight": (
        ("  totals:", "  assessment: {weights: {responsible: -1}}\n  totals:"),
        "tasks.yaml:9:39: Y105 “-1”不在允许之列\n  提示：须大于 0\n",
    ),
    "a share as a percent": (
        ("  totals:", "  assessment: {open_share: 50}\n  totals:"),
        "tasks.yaml:9:28: Y105 “50”不在允许之列\n  提示：须不大于 1\n",
    ),
    "points that are text": (
        ("  totals:", "  assessment: {silent: 六十}\n  totals:"),
        "tasks.yaml:9:24: Y103 应为数字，实为文字\n",
    ),
    "an adjustment without a reason, of a day that is none, of too much": (
        (
            "  totals:",
            "  assessment:\n    adjustments:\n"
            "    - {date: 2022-02-30, unit: 市模拟甲局, points: 500}\n  totals:",
        ),
        "tasks.yaml:11:7: Y102 缺少键“reason”\n  提示：补上“reason: …”一行\n"
        "tasks.yaml:11:14: Y104 “2022-02-30”写法不对\n  提示：没有这一天；日期写作 2022-07-31\n"
        "tasks.yaml:11:47: Y105 “500”不在允许之列\n  提示：须不大于 100\n",
    ),
    "adjustments that are no list": (
        ("  totals:", "  assessment: {adjustments: 2}\n  totals:"),
        "tasks.yaml:9:29: Y103 应为列表，实为整数 2\n",
    ),
    "a policy that is none": (
        ("  totals:", "  policy: {complete: checked}\n  totals:"),
        "tasks.yaml:9:22: Y105 “checked”不在允许之列\n  提示：可用：done、verified\n",
    ),
}


@pytest.mark.parametrize(("edit", "said"), IN_TASKS.values(), ids=IN_TASKS)
def test_what_is_not_as_it_should_be_is_told_at_its_place(edit: Edit, said: str) -> None:
    assert problems(tasks=edited(TASKS, edit)) == said


KINDS = "可用：市直部门、事业单位、中央省驻永单位、法检、国企/公用事业、群团、县市区、管理区、经开区"
IN_UNITS: dict[str, tuple[str, str]] = {
    "an unknown kind": (
        edited(UNITS, ("kind: 国企/公用事业", "kind: 企业")),
        f"units.yaml:14:9: Y105 “企业”不在允许之列\n  提示：{KINDS}\n",
    ),
    "a group neither closed nor open": (
        edited(UNITS, ("kind: open", "kind: opened")),
        "units.yaml:25:9: Y105 “opened”不在允许之列\n  提示：可用：closed、open\n",
    ),
    "a name that cannot be read": (
        edited(UNITS, ("- name: 模拟东县", "- name: [模拟东县]")),
        "units.yaml:15:9: Y103 应为文字，实为列表\n",
    ),
    "a misspelt name": (
        edited(UNITS, ("- name: 市模拟丙局", "- nmae: 市模拟丙局")),
        "units.yaml:10:3: Y101 未知的键“nmae”\n  提示：是否为“name”？\n",
    ),
    "aliases that are no list": (
        edited(UNITS, ("aliases: [甲局, 模拟甲]", "aliases: 甲局")),
        "units.yaml:6:12: Y103 应为列表，实为文字\n",
    ),
    "members that are no list": (
        edited(UNITS, ("members: [模拟东县, 模拟西区]", "members: 模拟东县、模拟西区")),
        "units.yaml:23:12: Y103 应为列表，实为文字\n",
    ),
    "a misspelt section": (
        f"{UNITS}authrs:\n  jia@example.org: 市模拟甲局\n",
        "units.yaml:26:1: Y101 未知的键“authrs”\n  提示：是否为“authors”？\n",
    ),
    "authors that are a list": (
        f"{UNITS}authors: [jia@example.org]\n",
        "units.yaml:26:10: Y103 应为键值对，实为列表\n",
    ),
    "an author of several units": (
        f"{UNITS}authors:\n  jia@example.org: [市模拟甲局, 市模拟乙局]\n",
        "units.yaml:27:20: Y103 应为文字，实为列表\n",
    ),
    "an e-mail with a space behind it": (
        f"{UNITS}authors:\n  'jia@example.org ': 市模拟甲局\n",
        f"units.yaml:27:3: Y104 “jia@example.org ”写法不对\n  提示：{LINE}\n",
    ),
    "a unit that an author speaks for and that cannot be read": (
        edited(UNITS, ("- name: 模拟东县", "- name: [模拟东县]"))
        + "authors:\n  dong@example.org: 模拟东县\n",
        "units.yaml:15:9: Y103 应为文字，实为列表\n",
    ),
    "units that are no list": ("units: 无\n", "units.yaml:1:8: Y103 应为列表，实为文字\n"),
    "a misspelt root": (
        edited(UNITS, ("units:\n", "unit:\n")),
        "units.yaml:2:1: Y101 未知的键“unit”\n  提示：是否为“units”？\n",
    ),
    "a list for the whole": ("- name: 市模拟甲局\n", "units.yaml:1:1: Y103 应为键值对，实为列表\n"),
    "a text for the whole": ("单位名录\n", "units.yaml:1:1: Y103 应为键值对，实为文字\n"),
}


@pytest.mark.parametrize(("units", "said"), IN_UNITS.values(), ids=IN_UNITS)
def test_what_is_wrong_with_the_register_is_told_once_and_not_at_every_task(units: str, said: str) -> None:
    assert problems(units=units) == said


def test_every_code_of_the_shape_is_in_these_tests() -> None:
    tested = "\n".join(said for _, said in [*IN_TASKS.values(), *IN_UNITS.values()])
    assert [rule for rule in shape.EXPLAINERS if f" {code_of(rule)} " not in tested] == []


# --- one mistake, one diagnostic


MEASURED = "办理时限"
"""A key whose name is the user's own."""


def scalars(text: str) -> Iterator[tuple[bool, int, int]]:
    """Every scalar of a text: whether it is a key, and where it begins and ends."""

    def walk(node: yaml.Node, is_key: bool) -> Iterator[tuple[bool, int, int]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield from walk(key, True)
                yield from walk(value, False)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item, False)
        else:
            yield is_key, node.start_mark.index, node.end_mark.index

    return walk(yaml.compose(text, yaml.SafeLoader), False)


def each_scalar(is_key: bool) -> list[object]:
    return [
        pytest.param(text, start, end, id=f"{name} {text[:start].count(chr(10)) + 1} {text[start:end][:12]}")
        for name, text in (("tasks", TASKS), ("units", UNITS))
        for key, start, end in scalars(text)
        if key is is_key and text[start:end] != MEASURED
    ]


def said_of(text: str, spoilt: str) -> list[str]:
    said = problems(tasks=spoilt) if text is TASKS else problems(units=spoilt)
    return [line for line in said.splitlines() if not line.startswith("  提示：")]


def place_of(text: str, index: int) -> str:
    name = "tasks.yaml" if text is TASKS else "units.yaml"
    return f"{name}:{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


@pytest.mark.parametrize(("text", "start", "end"), each_scalar(is_key=False))
def test_a_value_of_a_wrong_type_is_told_once(text: str, start: int, end: int) -> None:
    (said,) = said_of(text, text[:start] + "[[]]" + text[end:])
    assert said.split(": ")[0] == place_of(text, start)
    assert said.split(" ")[1] in ("Y103", "Y105")


@pytest.mark.parametrize(("text", "start", "end"), each_scalar(is_key=False))
def test_a_value_that_the_loader_refuses_is_told_once(text: str, start: int, end: int) -> None:
    assert said_of(text, text[:start] + "yes" + text[end:]) == [
        f"{place_of(text, start)}: Y015 “yes”会被读成真假值"
    ]


@pytest.mark.parametrize(("text", "start", "end"), each_scalar(is_key=False))
def test_a_hidden_character_in_a_value_is_told_once(text: str, start: int, end: int) -> None:
    is_quoted = text[start] == "'"
    assert said_of(text, text[: end - is_quoted] + "\u200b" + text[end - is_quoted :]) == [
        f"{place_of(text, end - is_quoted)}: Y005 含有看不见的字符 U+200B ZERO WIDTH SPACE"
    ]


@pytest.mark.parametrize(("text", "start", "end"), each_scalar(is_key=True))
def test_a_misspelt_key_is_told_once(text: str, start: int, end: int) -> None:
    assert said_of(text, text[:end] + "z" + text[end:]) == [
        f"{place_of(text, start)}: Y101 未知的键“{text[start:end]}z”"
    ]


@pytest.mark.parametrize(("text", "start", "end"), each_scalar(is_key=True))
def test_a_key_that_the_loader_refuses_is_told_once(text: str, start: int, end: int) -> None:
    assert said_of(text, text[:start] + "no" + text[end:]) == [
        f"{place_of(text, start)}: Y013 键“no”不是文字"
    ]


@pytest.mark.parametrize(("text", "start", "end"), each_scalar(is_key=True))
def test_a_key_given_twice_is_told_once(text: str, start: int, end: int) -> None:
    key = text[start:end]
    line = text.count("\n", 0, start) + 1
    line_start = text.rfind("\n", 0, start) + 1
    if "{" in text[line_start:start]:
        spoilt, column = text[:start] + f"{key}: 0, " + text[start:], start - line_start + len(key) + 6
    else:
        margin = " " * (start - line_start)
        spoilt, column = text[:start] + f"{key}: 0\n{margin}" + text[start:], len(margin) + 1
        line += 1
    name = "tasks.yaml" if text is TASKS else "units.yaml"
    first = text.count("\n", 0, start) + 1
    assert said_of(text, spoilt) == [f"{name}:{line}:{column}: Y014 键“{key}”重复，第 {first} 行已有"]


# --- several mistakes at once


def test_mistakes_of_all_kinds_are_told_together_and_nothing_that_follows_from_them() -> None:
    tasks = edited(
        TASKS,
        ("  year: 2022\n", "  year: 二〇二二\n"),
        ("deadline: 2022-07\n", "deadline: 2022.7\n"),
        ("value: 80,", "value: 080,"),
        ("text: 建立模拟工作机制。", "txet: 建立模拟工作机制。"),
        ("unit: 模拟东县\n", "unit: 外地单位\n"),
        ("status: done", "status: finished"),
        ("measured: {办理时限: 0.5}", "measured: {办理时限: 0.5, 办理时限: 1}"),
        ("lead_unit: 市模拟丙局", "lead_unit: 市模拟丙局\u200b"),
    )
    units = edited(UNITS, ("kind: 事业单位", "kind: 事业"), ("[模拟东县, 模拟西区]", "[模拟东县, 模拟北区]"))
    assert problems(tasks, units) == (
        "tasks.yaml:7:9: Y103 应为整数，实为文字\n"
        f"tasks.yaml:23:15: Y103 应为月份，实为小数 2022.7\n  提示：{MONTH}\n"
        "tasks.yaml:28:41: Y016 “080”作数字有歧义\n"
        "  提示：数字写作 10、1000、0.5 这样；文字请写作 '080'\n"
        + typo("31:5", "txet", "是否为“text”？")
        + "tasks.yaml:40:13: Y201 未登记的单位“外地单位”\n  提示：先在 units.yaml 登记该单位\n"
        f"tasks.yaml:41:15: Y105 “finished”不在允许之列\n  提示：{STATUSES}\n"
        "tasks.yaml:43:29: Y014 键“办理时限”重复，第 43 行已有\n  提示：合并两处内容，只留一个\n"
        "tasks.yaml:48:19: Y005 含有看不见的字符 U+200B ZERO WIDTH SPACE\n  提示：删去该字符\n"
        f"units.yaml:11:9: Y105 “事业”不在允许之列\n  提示：{KINDS}\n"
        "units.yaml:23:19: Y205 组“各模拟县区”的成员“模拟北区”未登记\n  提示：先登记该单位\n"
    )


RECORD = "    - {date: 2022-08-03, unit: 模拟东县, status: done, percent: 101}\n"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (TASKS + "    progress:\n" + RECORD * 1500, "1056:61"),
        (TASKS + "    progress:\n" + "    - {}\n" * 1500, "556:7"),
    ],
    ids=["wrong values", "missing keys"],
)
def test_a_thousand_mistakes_of_shape_are_told_and_nothing_else_is_judged(text: str, last: str) -> None:
    """Not even that another unit is not registered."""
    *told, note, _ = problems(edited(text, ("lead_unit: 市模拟丙局", "lead_unit: 无名局"))).splitlines()
    assert len(told) == 2000
    assert note == f"tasks.yaml:{last}: Y019 问题过多，超过 1,000 处的没有列出"
    assert "Y201" not in "".join(told)


def test_only_ledgers_are_longer_than_a_thousand_items() -> None:
    units = ", ".join(["市模拟乙局"] * 1001)
    said = problems(edited(TASKS, ("[市模拟乙局, 各模拟县区]", f"[{units}]")))
    assert said == "tasks.yaml:16:22: Y018 内容过多（一处超过 1,000 项）\n  提示：核对是否放错了文件\n"
    record = "    - {date: 2022-08-03, unit: 市模拟丙局, status: in_progress}\n"
    assert problems(TASKS + "    progress:\n" + record * 1001) == ""


def test_of_a_file_that_breaks_off_nothing_more_is_said_and_the_other_is_still_judged() -> None:
    tasks = edited(TASKS, ("deadline: 2022-07\n", "deadline: 2022.7\n"), ("unit: 模拟东县\n", "unit: a: b\n"))
    units = edited(UNITS, ("kind: 事业单位", "kind: 事业"), ("[模拟东县, 模拟西区]", "[模拟东县, 模拟北区]"))
    assert problems(tasks, units) == (
        "tasks.yaml:40:14: Y008 不合 YAML 语法：这里不能有“: ”（文字里有冒号加空格的，须加引号）\n"
        "  提示：检查此处及上一行的缩进、“- ”、引号和冒号\n"
        f"units.yaml:11:9: Y105 “事业”不在允许之列\n  提示：{KINDS}\n"
        "units.yaml:23:19: Y205 组“各模拟县区”的成员“模拟北区”未登记\n  提示：先登记该单位\n"
    )


def test_without_a_register_the_table_is_judged_as_far_as_it_can_be() -> None:
    tasks = edited(
        TASKS,
        ("tasks: 3}", "tasks: 4}"),
        ("deadline: 2022-12", "deadline: 2022-13"),
        ("text: 建立模拟工作机制。", "text: 建立模拟协调机制。"),
    )
    assert problems(tasks, units="units: [\n") == (
        "tasks.yaml:9:34: Y302 文件称有 4 项任务，表中有 3 项\n  提示：核对是否漏了或多了（缺少编号 4）\n"
        "tasks.yaml:18:12: Y305 指标“模拟指标甲”的原文或时限被改动过\n"
        "  提示：误改的请恢复原文；确系更正录入差错的，经办公室核定后用 yzplan fmt --accept-wording 认可\n"
        + bad_text("53:15", "2022-13", MONTH)
        + "units.yaml:2:1: Y008 不合 YAML 语法：这里少了内容\n"
        "  提示：检查此处及上一行的缩进、“- ”、引号和冒号\n"
    )


# --- the shipped table, spoilt


def told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(data_dir.parent)
    with pytest.raises(DataError) as caught:
        load(data_dir)
    assert caught.value.exit_code == 3
    return str(caught.value)


def spoil(path: Path, *edits: Edit) -> None:
    path.write_text(edited(path.read_text(encoding="utf-8"), *edits), encoding="utf-8")


def at(path: Path, anchor: str, *, plus: int = 0) -> str:
    """The place, as a diagnostic shows it, of the only `anchor` in a file, `plus` characters on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(anchor) == 1
    index = text.index(anchor) + plus
    return f"data/{path.name}:{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


def test_four_mistakes_in_the_shipped_table_are_four_diagnostics(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = data_dir / "tasks.yaml"
    spoil(
        tasks,
        ("totals: {indicators: 18, tasks: 121}", "totals: {indicators: 18, tasks: 122}"),
        ("  - id: 5\n    deadline: 2022-06", "  - id: 5\n    deadline: 2022-13"),
        ("lead_unit: 市住建局", "lead_unit: 住建委"),
        ("  - id: 16\n", "  - id: 15 # 应为16\n"),
    )
    assert told(data_dir, monkeypatch) == (
        f"{at(tasks, 'tasks: 122', plus=7)}: Y302 文件称有 122 项任务，表中有 121 项\n"
        "  提示：核对是否漏了或多了（缺少编号 16、122）\n"
        f"{at(tasks, '2022-13')}: Y104 “2022-13”写法不对\n"
        "  提示：月份写作 2022-07\n"
        f"{at(tasks, 'lead_unit: 住建委', plus=11)}: Y201 未登记的单位“住建委”\n"
        "  提示：是否为“市住建局”？\n"
        f"{at(tasks, '15 # 应为16')}: Y203 任务编号 15 重复\n"
        "  提示：改为文件附件中的编号（缺少编号 16、122）\n"
        "数据有 4 处问题，无法使用\n"
        "  提示：逐处改正后再试"
    )


def test_one_task_too_many_in_the_shipped_table(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = data_dir / "tasks.yaml"
    text = tasks.read_text(encoding="utf-8")
    last = text[text.index("  - id: 121\n") :].replace("id: 121\n", "id: 121 # 又一次\n")
    tasks.write_text(text + last, encoding="utf-8")
    assert told(data_dir, monkeypatch) == (
        f"{at(tasks, 'tasks: 121}', plus=7)}: Y302 文件称有 121 项任务，表中有 122 项\n"
        "  提示：核对是否漏了或多了\n"
        f"{at(tasks, '121 # 又一次')}: Y203 任务编号 121 重复\n"
        "  提示：改为文件附件中的编号\n"
        "数据有 2 处问题，无法使用\n"
        "  提示：逐处改正后再试"
    )


def test_a_register_with_mistakes_of_its_own(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units = data_dir / "units.yaml"
    spoil(
        units,
        ("- name: 市市场监管局\n", "- name: 市市场监管局\n  name: 市场监管局\n"),
        ("  kind: closed", "  kind: close"),
        ("full_name: 中华人民共和国永州海关", "fullname: 中华人民共和国永州海关"),
    )
    assert told(data_dir, monkeypatch) == (
        f"{at(units, '  name: 市场监管局', plus=2)}: Y014 键“name”重复，第 6 行已有\n"
        "  提示：合并两处内容，只留一个\n"
        f"{at(units, 'fullname')}: Y101 未知的键“fullname”\n"
        "  提示：是否为“full_name”？\n"
        f"{at(units, 'kind: close', plus=6)}: Y105 “close”不在允许之列\n"
        "  提示：可用：closed、open\n"
        "数据有 3 处问题，无法使用\n"
        "  提示：逐处改正后再试"
    )


def test_a_register_cut_short_within_a_list(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units = data_dir / "units.yaml"
    text = units.read_text(encoding="utf-8")
    units.write_text(text[: text.index("市市监局")], encoding="utf-8")
    assert told(data_dir, monkeypatch) == (
        "data/units.yaml:9:18: Y008 不合 YAML 语法：这里少了内容\n"
        "  提示：检查此处及上一行的缩进、“- ”、引号和冒号\n"
        "数据有 1 处问题，无法使用\n"
        "  提示：逐处改正后再试"
    )


def test_a_register_that_is_missing(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_dir / "units.yaml").unlink()
    assert told(data_dir, monkeypatch) == (
        "data/units.yaml: Y001 读不了文件：文件不存在\n"
        "  提示：核对路径与权限；数据文件须是普通文件\n"
        "数据有 1 处问题，无法使用\n"
        "  提示：逐处改正后再试"
    )


def test_a_directory_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(tmp_path / "data")
    assert str(caught.value) == (
        f"数据目录不存在或进不去：{tmp_path / 'data'}\n  提示：用 --data 指明 tasks.yaml 所在的目录"
    )
