"""One mistake more is one diagnostic more: it hides nothing that it does not concern, and nothing follows.

The table (模拟) is valid, and full of what `check` says aloud; each mistake is put into it alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pytest
import yaml
from tiny import UNITS, edited, examined, sealed

from yzplan.check import ODDITY_RULES, RULES
from yzplan.errors import code_of

TASKS = sealed("""\
# 模拟数据，仅供测试。
plan:
  title: 模拟市优化营商环境2022年度重点任务实施方案
  document_number: 模拟办函〔2022〕1号
  issued_by: 模拟市人民政府办公室
  issued_on: 2022-05-23
  year: 2022
  office: 模拟市优化营商环境办公室
  totals: {indicators: 2, tasks: 6}
  policy: {complete: verified, owes: each_due}
  assessment:
    on_time: 90
    late_floor: 50
    weights: {lead: 2}
    adjustments:
    - {date: 2022-08-10, unit: 模拟西区, points: 2, reason: 模拟}
indicators:
- id: 1
  name: 模拟指标甲
  lead_unit: 市模拟甲局
  responsible_units: [市模拟乙局, 各模拟县区]
  wording: '000000000000'
  printed:
  - {from_task: 1}
  - {from_task: 2, name: 模拟指标}
  errata:
  - {printed: 模拟指标, note: 续页少一字}
  tasks:
  - id: 1
    deadline: 2022-07
    text: 网上办理占比至80%以上，停电不超过5小时，或压缩8%以上，成本降至20至28元。
    errata:
    - {printed: 压缩, note: 疑为“压减”；原文保留}
    targets:
    - {metric: 网上办理占比, op: '>=', value: 80, unit: '%', quote: 网上办理占比至80%以上}
    - {metric: 停电时间, op: '<=', value: 5, unit: 小时, quote: 停电不超过5小时, any_of: 停电}
    - {metric: 压缩幅度, op: '>=', value: 8, unit: '%', quote: 压缩8%以上, any_of: 停电}
    - {metric: 成本, op: between, value: [20, 28], unit: 元, quote: 降至20至28元, horizon: 2022-09}
    progress:
    - date: 2022-07-15
      unit: 市模拟甲局
      status: in_progress
      percent: 40
    - date: 2022-07-16
      unit: 市模拟甲局
      status: in_progress
      percent: 30
    - date: 2022-07-28
      unit: 市模拟甲局
      status: done
      completed_on: 2022-07-14
      percent: 90
      measured: {网上办理占比: 70, 停电时间: 6, 压缩幅度: 7, 成本: 30}
      evidence: [模拟〔2022〕1号]
    - date: 2022-09-30
      unit: 市模拟甲局
      status: verified
      note: 模拟
  - id: 2
    deadline: 2022-09
    text: 到2022年底，建立模拟工作机制。
    extensions:
    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期, recorded_on: 2022-09-21}
    - {from: 2022-10, to: 2022-09, approved_on: 2022-09-22, reason: 模拟延期}
    progress:
    - date: 2022-05-01
      unit: 模拟东县
      status: in_progress
    - date: 2022-07-15
      unit: 市模拟甲局
      status: verified
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
    - date: 2022-10-03
      unit: 市模拟乙局
      status: blocked
  - id: 3
    deadline: 2022-09
    text: 公开模拟指南。
    progress:
    - {date: 2022-06-15, unit: 市模拟甲局, status: suspended}
    - {date: 2022-06-15, unit: 市模拟乙局, status: done, completed_on: 2022-06-16, note: '2022'}
    - {date: 2022-06-15, unit: 市模拟乙局, status: blocked, completed_on: 2022-06-14}
    - {date: 2022-06-14, unit: 市模拟甲局, retracts: 'c044a059', note: 模拟更正}

- id: 2
  name: 模拟指标乙
  lead_unit: 市模拟丙局
  responsible_units: [市模拟甲局, 模拟相关单位]
  wording: '000000000000'
  tasks:
  - id: 4
    deadline: 2022-11
    text: 年底前完成模拟评价。
    errata:
    - {printed: 年底前, note: 以时限栏为准}
    progress:
    - {date: 2022-09-15, unit: 市模拟丙局, status: done, completed_on: 2022-10-05}
  - id: 5
    deadline: 2023-12
    text: 三年内完成模拟建设。
    progress:
    - {date: 2022-05-15, unit: 市模拟丙局, status: returned, measured: {进度: 3}}
  - id: 6
    deadline: 2022-08
    text: 第四季度末前完成模拟评价。
    lead_unit: 市模拟乙局
    responsible_units: [市模拟甲局]

supervision:
- {date: 2022-05-20, measure: urging, unit: 市模拟乙局, tasks: [1, 6], due: 2022-05-19}
- {date: 2022-08-01, measure: rectification, unit: 模拟西区, note: 模拟}
- {date: 2022-08-03, measure: open_visit, unit: 模拟东县, finding: 模拟, items: [模拟], number: 模拟1号}
- {date: 2022-08-02, replies_to: 'fe8f0a25', number: 模拟2号}
- {date: 2022-08-05, closes: 'fe8f0a25'}
- {date: 2022-08-06, closes: 'fe8f0a25'}
- {date: 2022-08-07, measure: referral, unit: 市模拟丙局}
- {date: 2022-08-07, measure: referral, unit: 市模拟丙局}
- {date: 2022-08-08, measure: summons, unit: 市模拟乙局}
- {date: 2022-08-09, retracts: '20cf26a2', note: 模拟}
- {date: 2022-09-30, measure: reminder, unit: 市模拟甲局, recorded_on: 2022-10-04}
rankings:
- {date: 2022-09-20, period: '2022', indicator: 1, rank: 2, of: 14, document: 模拟3号}
- {date: 2022-09-21, period: '2022', indicator: 1, rank: 3, of: 14}
- {date: 2022-09-19, period: 2022Q2, unit: 模拟东县, rank: 1, of: 2, recorded_on: 2022-09-22}
""")

AUTHORS = """\

authors:
  jia@example.org: 市模拟甲局
  dong@example.org: 模拟东县
  office@example.org: office
"""
TEXTS = {"tasks.yaml": TASKS, "units.yaml": UNITS + AUTHORS}


class Said(NamedTuple):
    """A diagnostic; what it names, and on which column of its line it stands, may change with others."""

    name: str
    line: int
    code: str


_DIAGNOSTIC = re.compile(r"^(\S+):(\d+):(\d+): (Y\d+) ", re.MULTILINE)


def said_of(name: str, text: str) -> list[tuple[Said, int]]:
    """What `check` says when a file has this text: the diagnostics with their columns."""
    texts = {**TEXTS, name: text}
    found = _DIAGNOSTIC.findall(examined(texts["tasks.yaml"], texts["units.yaml"]))
    return [(Said(path, int(line), code), int(column)) for path, line, column, code in found]


def compared(said: Iterable[tuple[Said, int]]) -> tuple[list[Said], list[Said]]:
    """What is said that was not said of the table as it is, and what was and is not any more."""
    now = Counter(each for each, _ in said)
    return [*(now - ODD).elements()], [*(ODD - now).elements()]


ODD = Counter(each for each, _ in said_of("tasks.yaml", TASKS))


def test_the_table_is_valid_and_has_every_oddity() -> None:
    assert {odd.code for odd in ODD} == {code_of(rule) for rule in ODDITY_RULES}


Path = tuple[str | int, ...]


class Scalar(NamedTuple):
    """A key or value of a file, where it is, and the lines of all that it says something of."""

    is_key: bool
    start: int
    end: int
    path: Path
    lines: range


def scalars(name: str) -> Iterator[Scalar]:
    """Every scalar of a file, but for the names of metrics and e-mails, which are the user's own."""

    def walk(node: yaml.Node, path: Path) -> Iterator[Scalar]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if path[-1:] not in (("measured",), ("authors",)):
                    yield scalar(key, (*path, key.value), value)
                yield from walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for k, item in enumerate(node.value):
                yield from walk(item, (*path, k))
        else:
            yield scalar(node, path, node)

    def scalar(node: yaml.Node, path: Path, whole: yaml.Node) -> Scalar:
        last = whole.end_mark.line + (whole.end_mark.column > 0)
        lines = range(node.start_mark.line + 1, last + 1)
        return Scalar(node is not whole, node.start_mark.index, node.end_mark.index, path, lines)

    return walk(yaml.compose(TEXTS[name], yaml.SafeLoader), ())


class Spoiling(NamedTuple):
    """What becomes of a key or a value; where in it, and with which codes, this is told."""

    of_keys: bool
    spoil: Callable[[str], str]
    told_at: Callable[[str], int]
    codes: tuple[str, ...]


SPOILINGS = {
    "a value of a wrong type": Spoiling(False, lambda old: "[[]]", lambda old: 0, ("Y103", "Y105")),
    "a value that the loader refuses": Spoiling(False, lambda old: "yes", lambda old: 0, ("Y015",)),
    "a value with what nobody sees": Spoiling(
        False, lambda old: f"{old[:-1]}\u200b{old[-1]}", lambda old: len(old) - 1, ("Y005",)
    ),
    "a misspelt key": Spoiling(True, lambda old: f"{old}z", lambda old: 0, ("Y101",)),
    "a key that the loader refuses": Spoiling(True, lambda old: "no", lambda old: 0, ("Y013",)),
    "a key given twice": Spoiling(True, lambda old: f"{old}: 0, {old}", lambda old: len(old) + 5, ("Y014",)),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("kind", SPOILINGS)
def test_a_mistake_anywhere_is_told_and_nothing_else_changes(kind: str, name: str) -> None:
    of_keys, spoil, told_at, codes = SPOILINGS[kind]
    text = TEXTS[name]
    for is_key, start, end, path, lines in scalars(name):
        line_start = text.rfind("\n", 0, start) + 1
        if is_key is not of_keys or (kind == "a key given twice" and "{" not in text[line_start:start]):
            continue
        old = text[start:end]
        said = said_of(name, text[:start] + spoil(old) + text[end:])
        (told,), unjudged = compared(said)
        assert (told.name, told.line) == (name, lines[0])
        assert told.code in codes
        column = start - line_start + 1 + told_at(old)
        assert (told, column) in said or path[-2:-1] == ("value",)  # told of a range as a whole
        assert all(name == odd.name and concerns(path, lines, odd) for odd in unjudged), (path, unjudged)


def concerns(path: Path, lines: range, odd: Said) -> bool:
    """Whether what is odd cannot be judged when something is wrong at a place: it lies there, or goes by it.

    The rules of a task go by the rest of the task, by the lead of its indicator, and by the plan's
    date and year.
    """
    if path[:1] == ("plan",):
        by_issued_on, by_year = ("Y504",), ("Y511", "Y516")
        affected = {(): by_issued_on + by_year, ("issued_on",): by_issued_on, ("year",): by_year}
        return odd.code in affected.get(path[1:2], ())
    if path[0] in SECTIONS:
        return odd.line in SECTIONS[str(path[0])]
    if path[2:] == ("lead_unit",):
        return odd.code == "Y509" and path[1] == int(odd.line > SECOND)
    return odd.line in lines or (path[2:3] == ("tasks",) and task_at(odd.line) == task_at(lines[0]))


_FIRST, _LAST = (TASKS[: TASKS.index(f"\n{name}:")].count("\n") + 2 for name in ("supervision", "rankings"))
SECTIONS = {"supervision": range(_FIRST, _LAST), "rankings": range(_LAST, TASKS.count("\n") + 1)}
"""The lines of the office's own ledgers: what is wrong in one may be what another entry of it goes by."""
SECOND = TASKS[: TASKS.index("- id: 2\n  name")].count("\n")
"""How many lines are above the second indicator."""


def task_at(line: int) -> str:
    """The number of the task that a line of tasks.yaml belongs to."""
    return re.findall(r"^  - id: (\d+)", "\n".join(TASKS.split("\n")[:line]), re.MULTILINE)[-1]


MEANT_WRONG = {
    # What stands in a file, what is to stand there, and where the diagnostic of that code points.
    "Y201 of a record": ("16\n      unit: 市模拟甲局", "16\n      unit: 市模拟申局", "市模拟申局"),
    "Y201 of a lead": ("lead_unit: 市模拟丙局", "lead_unit: 市模拟申局", "市模拟申局"),
    "Y202": (
        "28\n      unit: 市模拟甲局",
        "28\n      unit: 甲局",
        "甲局\n      status: done\n      completed_on: 2022-07-14",
    ),
    "Y203": ("- id: 6\n", "- id: 5\n", "5\n    deadline: 2022-08"),
    "Y204": ("responsible_units: [市模拟甲局]", "responsible_units: [市模拟乙局]", "市模拟乙局]\n"),
    "Y205": ("[模拟东县, 模拟西区]", "[模拟东县, 模拟西区, 模拟北区]", "模拟北区"),
    "Y206": ("aliases: [甲局, 模拟甲]", "aliases: [甲局, 甲 局, 模拟东县]", None),
    "Y207": (
        "15\n      unit: 市模拟甲局\n      status: v",
        "15\n      unit: 市模拟丙局\n      status: v",
        "市模拟丙局\n      status: v",
    ),
    "Y208": ("c044a059", "c044a058", "'c044a058'"),
    "Y209 of a record": ("市模拟乙局\n      status: blocked", "市模拟乙局", "date: 2022-10-03"),
    "Y209 of an extension": ("to: 2022-11", "document: 模拟1号", "{from: 2022-09, document"),
    "Y210 of a target": ("quote: 压缩8%以上", "quote: 压减8%以上", "压减8%以上, any"),
    "Y210 of an erratum": ("printed: 年底前", "printed: 年终前", "{printed: 年终前"),
    "Y211": ("from_task: 2", "from_task: 4", "4, name"),
    "Y212": ("[市模拟甲局, 模拟相关单位]", "[市模拟甲局, 市模拟甲局]", "市模拟甲局]\n  wording"),
    "Y213": ("late_floor: 50", "late_floor: 95", "95\n    weights"),
    "Y214": ("unit: 模拟西区, points", "unit: 模拟丁公司, points", "模拟丁公司, points"),
    "Y215": ("lead_unit: 市模拟丙局", "lead_unit: 各模拟县区", "各模拟县区\n"),
    "Y216": ("value: [20, 28]", "value: 28", "28, unit"),
    "Y217": (", note: 续页少一字", "", "{printed: 模拟指标}"),
    "Y218": ("jia@example.org: 市模拟甲局", "jia@example.org: 市模拟申局", "市模拟申局"),
    "Y219": ("jia@example.org", "模拟某人", "模拟某人"),
    "Y220": ("dong@example.org", "Jia@example.org", "Jia@example.org"),
    "Y221": ("tasks: [1, 6]", "tasks: [1, 7]", "7], due"),
    "Y222": ("finding: 模拟, items", "items", "{date: 2022-08-03, measure"),
    "Y223": ("rank: 3, of: 14", "rank: 15, of: 14", "15, of"),
    "Y224": ("tasks: [1, 6]", "tasks: [1, 4]", "4], due"),
    "Y301": ("{indicators: 2, ", "{indicators: 3, ", "3, tasks"),
    "Y302": ("tasks: 6}", "tasks: 7}", "7}"),
    "Y303": ("- id: 6\n", "- id: 16\n", "16\n    deadline"),
    "Y304": ("responsible_units: [市模拟甲局, 模拟相关单位]", "responsible_units: []", "模拟指标乙"),
    "Y305": ("公开模拟指南", "公布模拟指南", None),
    "Y306": ("  wording: 'e2d22fa45e06'\n  tasks:\n  - id: 4", "  tasks:\n  - id: 4", "id: 2\n  name"),
}


@pytest.mark.parametrize("what", MEANT_WRONG)
def test_a_mistake_in_what_is_meant_is_told_and_nothing_else_changes(what: str) -> None:
    old, new, about = MEANT_WRONG[what]
    (name,) = (name for name, text in TEXTS.items() if old in text)
    text = edited(TEXTS[name], (old, new))
    removed = old.count("\n") - new.count("\n")
    first = TEXTS[name][: TEXTS[name].index(old)].count("\n") + 1
    said = [
        (each._replace(line=each.line + removed * (each.line > first)), column)
        for each, column in said_of(name, text)
    ]
    (told,), unjudged = compared(said)
    assert (told.name, told.code) == (name, what[:4])
    if about:
        assert text.count(about) == 1
        start = text.index(about)
        place = told._replace(line=text.count("\n", 0, start) + 1), start - text.rfind("\n", 0, start)
        assert place in said
    assert all(task_at(odd.line) == task_at(first) for odd in unjudged), unjudged


def test_every_rule_on_what_is_meant_has_its_mistake() -> None:
    assert {what[:4] for what in MEANT_WRONG} == {code_of(rule) for rule in RULES}
