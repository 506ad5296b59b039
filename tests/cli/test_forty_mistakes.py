"""Forty mistakes and more, of every kind, in one copy of the real table: one run tells all, and no other.

Whatever is reported in them is 模拟.
"""

import re
from typing import NamedTuple

from commandline import CommandLine

from yzplan.store.manual import manuals

TASKS, UNITS = "tasks.yaml", "units.yaml"


class Mistake(NamedTuple):
    """What stands once in a file, what is put there instead, and where in it the diagnostic points."""

    name: str
    old: str
    new: str
    at: str


def swap(old: str, new: str, at: str) -> Mistake:
    return Mistake(TASKS, old, new, at)


def add(task: int, lines: str, at: str) -> Mistake:
    """A mistake in lines that a task has more."""
    return Mistake(TASKS, f"  - id: {task}\n", f"  - id: {task}\n    {lines}\n", at)


def report(task: int, *records: str, at: str) -> Mistake:
    """A mistake in what is reported of a task; `at` is in the last record."""
    lines = "".join(f"\n    - {{{record}}}" for record in records)
    return add(task, f"progress:{lines}", at)


def extend(task: int, extension: str, at: str) -> Mistake:
    return add(task, f"extensions: [{{{extension}, reason: 模拟}}]", at)


MISTAKES = {
    "Y005": Mistake(UNITS, "隶属长沙海关", "隶属\u200b长沙海关", "\u200b"),
    "Y007": swap("plan:\n", "%YAML 1.2\nplan:\n", "%YAML"),
    "Y010": swap("name: 跨境贸易", "name: &trade 跨境贸易", "&trade"),
    "Y011": swap("name: 办理破产", "name: !!str 办理破产", "!!str"),
    "Y012": add(120, "<<: {leader: 模拟}", "<<"),
    "Y013": add(119, "no: 模拟", "no"),
    "Y014": swap(
        "  wording: '472242a1abb3'", "  open_ended: 等单位\n  wording: '472242a1abb3'", "open_ended: 等单位"
    ),
    "Y015": swap("leader: null\n  lead_unit: 市财政局", "leader: off\n  lead_unit: 市财政局", "off"),
    "Y016": report(41, "date: 2022-07-15, unit: 市商务局, status: in_progress, percent: 010", at="010"),
    "Y101": add(86, "owner: 模拟", "owner"),
    "Y102": Mistake(
        UNITS, "  kind: 中央省驻永单位\n  aliases: [海关,", "  aliases: [海关,", "name: 永州海关"
    ),
    "Y103": swap("69\n    deadline: 2022-10", "69\n    deadline: 202210", "202210"),
    "Y104": report(87, "date: 2022-02-30, unit: 市行政审批服务局, status: in_progress", at="2022-02-30"),
    "Y105": report(88, "date: 2022-07-15, unit: 市市场监管局, status: blocked, percent: 101", at="101"),
    "Y201": report(36, "date: 2022-07-15, unit: 市税务总局, status: blocked", at="市税务总局"),
    "Y202": swap(
        "[市自然资源和规划局, 市公安局, 市住房公积金管理中心,",
        "[市自然资源和规划局, 市公安局, 公积金中心,",
        "公积金中心",
    ),
    "Y203": swap("26\n    deadline: 2022-07", "25\n    deadline: 2022-07\n    leader: null", "25"),
    "Y204": swap("[永州海关, 市税务局,", "[永州海关, 市税务局, 市商务局,", "市商务局"),
    "Y205": Mistake(UNITS, "永州经济技术开发区]", "永州经济技术开发区, 模拟区]", "模拟区"),
    "Y206": Mistake(
        UNITS, "aliases: [水利局, 水利]", "aliases: [水利局, 水利, 市水务公司]", "市水务公司\n  kind"
    ),
    "Y207": report(63, "date: 2022-07-15, unit: 永州海关, status: blocked", at="永州海关"),
    "Y208": report(64, "date: 2022-07-15, unit: 市财政局, note: 模拟, retracts: 'deadbeef'", at="'dead"),
    "Y209": report(65, "date: 2022-07-15, unit: 市财政局, note: 模拟无状态", at="{date"),
    "Y210": swap("quote: 网上办理占比至80%以上", "quote: 网上办理占比达80%以上", "网上办理占比达"),
    "Y211": swap("{from_task: 80}", "{from_task: 71}", "71"),
    "Y212": swap(
        "[市财政局, 市科技局, 市工信局,", "[市财政局, 市科技局, 市财政局, 市工信局,", "市财政局, 市工信局"
    ),
    "Y213": swap(
        "\n\nindicators:\n- id: 1\n", "\n  assessment: {on_time: 50}\n\nindicators:\n- id: 1\n", "{on_time"
    ),
    "Y215": add(55, "lead_unit: 各县市区政府", "各县市区政府"),
    "Y216": swap("value: [220, 280]", "value: 280", "280"),
    "Y217": add(73, "errata: [{printed: 进一步整合}]", "{printed"),
    "Y218": Mistake(
        UNITS,
        "（指标16底本作“市直相关部门”）\n",
        "（指标16底本作“市直相关部门”）\n\nauthors:\n  moni@example.org: 模拟无此局\n",
        "模拟无此局",
    ),
    "Y219": Mistake(UNITS, ": 模拟无此局\n", ": 模拟无此局\n  模拟某人: office\n", "模拟某人"),
    "Y220": Mistake(
        UNITS,
        "模拟某人: office\n",
        "模拟某人: office\n  moni2@example.org: office\n  Moni2@example.org: office\n",
        "Moni2",
    ),
    "Y222": swap(
        "公共交通站点500米覆盖率达到100%}\n",
        "公共交通站点500米覆盖率达到100%}\n"
        "rankings:\n- {date: 2022-07-20, unit: 零陵区, period: 2022Q2, rank: 2}\n",
        "{date: 2022-07-20, unit: 零陵区",
    ),
    "Y223": swap(
        "rank: 2}\n",
        "rank: 2}\n- {date: 2022-07-20, unit: 道县, period: 2022Q2, rank: 12, of: 11}\n",
        "12, of: 11",
    ),
    "Y301": swap("{indicators: 18, ", "{indicators: 19, ", "19"),
    "Y302": swap("tasks: 121}", "tasks: 122}", "122"),
    "Y303": swap("  - id: 121\n", "  - id: 221\n", "221"),
    "Y304": swap(
        "[市直相关单位, 各县市区政府]\n  wording: '59ecc14a4bd5'",
        "[]\n  wording: '59ecc14a4bd5'",
        "劳动力市场监管",
    ),
    "Y305": swap("增值税专用发票电子化", "增值税普通发票电子化", "'b1b068520363'"),
    "Y306": swap("  wording: '0b5aaa5db485'\n", "", "id: 15\n  name: 市场监管"),
    "Y401": extend(8, "from: 2022-07, to: 2022-06, approved_on: 2022-07-20", "2022-06"),
    "Y402": swap(
        "rank: 12, of: 11}\n",
        "rank: 12, of: 11}\n"
        "supervision:\n- {date: 2022-07-15, measure: urging, unit: 零陵区, due: 2022-07-10}\n",
        "2022-07-10}",
    ),
    "Y501": report(
        10,
        "date: 2022-07-15, unit: 市住建局, status: in_progress, percent: 40",
        "date: 2022-07-16, unit: 市住建局, status: in_progress, percent: 30",
        at="30}",
    ),
    "Y502": report(
        11,
        "date: 2022-07-15, unit: 市住建局, status: in_progress",
        "date: 2022-07-20, unit: 市住建局, status: done, completed_on: 2022-07-01",
        at="2022-07-01",
    ),
    "Y503": report(12, "date: 2023-07-15, unit: 市住建局, status: in_progress", at="2023"),
    "Y504": report(13, "date: 2021-07-15, unit: 市住建局, status: in_progress", at="2021"),
    "Y505": report(
        14,
        "date: 2022-07-15, unit: 市住建局, status: in_progress",
        "date: 2022-07-10, unit: 零陵区, status: in_progress",
        at="2022-07-10",
    ),
    "Y506": report(15, "date: 2022-07-15, unit: 市工信局, status: verified", at="verified"),
    "Y507": report(
        16, "date: 2022-07-15, unit: 市工信局, status: done, completed_on: 2022-07-20", at="2022-07-20"
    ),
    "Y508": report(17, "date: 2022-07-15, unit: 市工信局, status: done, percent: 90", at="90"),
    "Y509": report(
        1,
        "date: 2022-07-15, unit: 市市场监管局, status: done, measured: {企业开办全流程办理时间: 3}",
        at="3}",
    ),
    "Y510": report(
        19,
        "date: 2022-07-15, unit: 市工信局, status: in_progress",
        "date: 2022-07-15, unit: 市工信局, status: done",
        at="done",
    ),
    "Y511": swap(
        "printed: 到2022年底, note: 完成时限栏为2022年11月",
        "printed: 万户, note: 完成时限栏为2022年11月",
        "到2022年底，全市市场主体累计总量达到40万户。\n",
    ),
    "Y512": report(
        21,
        "date: 2022-07-15, unit: 市工信局, status: in_progress",
        "unit: 市工信局, date: 2022-07-15, status: in_progress",
        at="{unit",
    ),
    "Y513": report(
        22, "date: 2022-07-15, unit: 市城管执法局, status: blocked, completed_on: 2022-07-14", at="2022-07-14"
    ),
    "Y514": report(
        23, "date: 2022-07-15, unit: 市城管执法局, status: blocked, measured: {办理时间: 1}", at="1}"
    ),
    "Y515": extend(24, "from: 2022-06, to: 2022-10, approved_on: 2022-07-20", "2022-06"),
    "Y518": swap(
        "due: 2022-07-10}\n",
        "due: 2022-07-10}\n"
        "- {date: 2022-07-16, measure: summons, unit: 市工信局}\n"
        "- {date: 2022-07-17, closes: 'e5420108'}\n"
        "- {date: 2022-07-18, closes: 'e5420108', note: 模拟}\n",
        "'e5420108', note",
    ),
}
"""By the code of what is said of them."""

HISTORY = [manual.code for manual in manuals() if manual.code.startswith("Y6")]
ALONE = {
    "Y001": "no such file",
    "Y002": "too large to be read",
    "Y003": "not to be decoded",
    "Y004": "nothing in it",
    "Y006": "nothing below a conflict marker is read",
    "Y008": "nothing below is read",
    "Y009": "nothing below is read",
    "Y017": "nothing below is read",
    "Y018": "nothing below is read",
    "Y019": "a thousand others are told before it",
    "Y214": "who has a task is known only of a table without other mistakes in it",
    "Y221": "which numbers there are is known only of a table without other mistakes in it",
    "Y224": "who has a task is known only of a table without other mistakes in it",
    "Y516": "the wording is altered too",
    "Y517": "two results cannot be compared where one is wrong",
    "Y599": "a thousand others are told before it",
    **dict.fromkeys(HISTORY, "no table shows what commits did"),
}
"""The other codes, and why they cannot be told together with these."""


def test_all_are_told_at_once_and_nothing_else(cli: CommandLine) -> None:
    directory = cli.here / "data"
    texts = {name: (directory / name).read_text("utf-8") for name in (TASKS, UNITS)}
    for name, old, new, _ in MISTAKES.values():
        assert texts[name].count(old) == 1, old
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        (directory / name).write_text(text, "utf-8", newline="\n")

    answer = cli("check", today="2022-10-01")

    expected = sorted(
        (f"data/{mistake.name}", *place_of(texts[mistake.name], mistake), code)
        for code, mistake in MISTAKES.items()
    )
    assert told(answer.out) == expected
    assert len(expected) >= 40
    warnings = sum(code.startswith("Y5") for code in MISTAKES)
    assert (answer.code, answer.err) == (1, f"共 {len(expected) - warnings} 处问题，{warnings} 处提醒\n")


def place_of(text: str, mistake: Mistake) -> tuple[int, int]:
    """Line and column of what is wrong: in what was put there, or elsewhere where the text says it once."""
    where = mistake.new if mistake.at in mistake.new else mistake.at
    assert text.count(where) == 1, where
    index = text.index(where) + where.index(mistake.at)
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def told(out: str) -> list[tuple[str, int, int, str]]:
    found = re.findall(r"^(\S+):(\d+):(\d+): (Y\d{3}) ", out, re.MULTILINE)
    return [(path, int(line), int(column), code) for path, line, column, code in found]


def test_every_code_is_among_them_or_has_its_reason() -> None:
    assert {*MISTAKES} | {*ALONE} == {manual.code for manual in manuals()}
    assert not {*MISTAKES} & {*ALONE}
