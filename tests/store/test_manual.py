"""The manual is alive: of each code's two examples the wrong one is told of, by that code alone.

The mended examples stand in the sample below, each at some indentation, and the sample passes. With
the wrong one in its place, `check` says that code of a line of the example and nothing else.
"""

import datetime as dt
from collections.abc import Mapping
from textwrap import indent

import pytest
from tiny import rendered, sealed

from yzplan.check import history
from yzplan.errors import DataError, Diagnostic, code_of
from yzplan.store.examining import examine_sources
from yzplan.store.manual import KINDS, RULES, manuals
from yzplan.store.source import Source, decode_source

UNITS = """\
# 单位名录（模拟）
units:
- {name: 市模拟税务局, kind: 中央省驻永单位, ambiguous: [模拟分局]}
- {name: 市模拟住建局, kind: 市直部门, aliases: [市模拟住建委], ambiguous: [模拟分局]}
- {name: 市模拟市监局, kind: 市直部门}
- {name: 模拟东县, kind: 县市区}
- {name: 模拟西区, kind: 县市区}
groups:
- {name: 各模拟县区, kind: closed, members: [模拟东县, 模拟西区]}
"""

AUTHORS = """\
authors:
  moni-bangong@example.org: office
  moni-dongxian@example.org: 模拟东县
  moni-shuiwu@example.org: 市模拟税务局
  moni-zhujian@example.org: 市模拟住建局
"""

TASKS = sealed("""\
# 模拟数据，仅供测试。
plan:
  title: 模拟市优化营商环境2022年度重点任务实施方案
  document_number: 模拟办函〔2022〕1号
  issued_by: 模拟市人民政府办公室
  issued_on: 2022-05-23
  year: 2022
  office: 模拟市优化营商环境办公室
  totals: {indicators: 4, tasks: 12}
  assessment:
    on_time: 100
    late_floor: 60
    adjustments:
    - {date: 2022-08-10, unit: 模拟东县, points: 2, reason: 模拟：经验在全市推广}

indicators:
- id: 1
  name: 模拟纳税服务
  lead_unit: 市模拟税务局
  responsible_units: [市模拟住建局, 各模拟县区]
  wording: '000000000000'
  printed:
  - {from_task: 1}
  - {from_task: 3}
  tasks:
  - id: 1
    deadline: 2022-07
    text: 推行模拟事项网上办理，力争网上办理占比至80%以上。
    targets:
    - metric: 网上办理占比
      op: '>='
      value: 80
      unit: '%'
      quote: 网上办理占比至80%以上
      soft: true
    progress:
    - date: 2022-07-12
      unit: 市模拟税务局
      status: in_progress
      percent: 60
      note: 模拟：已完成系统改造
    - date: 2022-08-03
      unit: 市模拟税务局
      status: done
      completed_on: 2022-08-03
    - date: 2022-08-04
      unit: 市模拟税务局
      status: done
      percent: 100
      note: '网上办理占比: 82%'
      measured: {网上办理占比: 82}
  - id: 2
    deadline: 2022-07
    text: 建立模拟工作机制。
  - id: 3
    deadline: 2022-09
    text: 清理模拟历史遗留问题。
    progress:
    - date: 2022-08-04
      unit: 模拟东县
      status: done
      note: 模拟：已办结
  - id: 4
    deadline: 2022-09
    text: 优化模拟办事流程。
    progress:
    - date: 2022-07-18
      unit: 市模拟税务局
      status: in_progress
      percent: 60
    - date: 2022-08-15
      unit: 市模拟税务局
      status: in_progress
      percent: 65
  - id: 5
    deadline: 2022-09
    text: 公开模拟办事指南。
    progress:
    - date: 2022-07-20
      unit: 市模拟税务局
      status: in_progress
    - date: 2022-08-03
      unit: 市模拟税务局
      status: done
      completed_on: 2022-07-28
  - id: 6
    deadline: 2022-09
    text: 开展模拟政策宣传。
    progress:
    - date: 2022-07-15
      unit: 市模拟税务局
      status: in_progress
    - date: 2022-08-03
      unit: 模拟东县
      status: done
  - id: 7
    deadline: 2022-09
    text: 落实模拟容缺受理。
    progress:
    - date: 2022-07-15
      unit: 市模拟税务局
      status: done
    - date: 2022-07-18
      unit: 市模拟税务局
      note: 模拟：录错了任务
      retracts: '57e2e014'
    - date: 2022-07-28
      unit: 市模拟税务局
      status: done
    - date: 2022-08-05
      unit: 市模拟税务局
      status: verified
  - id: 8
    deadline: 2022-09
    text: 整合模拟服务窗口。
    extensions:
    - from: 2022-09
      to: 2022-11
      approved_on: 2022-09-20
      reason: 模拟：方案调整

- id: 2
  name: 模拟市场监管
  lead_unit: 市模拟市监局
  responsible_units: [各模拟县区]
  wording: '000000000000'
  tasks:
  - id: 9
    deadline: 2022-12
    text: 年底前完成模拟评价。

- id: 3
  name: 模拟办事成本
  lead_unit: 市模拟市监局
  responsible_units: [各模拟县区]
  wording: '000000000000'
  tasks:
  - id: 10
    deadline: 2022-09
    text: 模拟成本降至220至280元之间，模拟办理时间不超过5个工作日。
    errata:
    - printed: 模拟成本
      note: 口径未写明；原文保留
    targets:
    - metric: 模拟成本
      op: between
      value: [220, 280]
      unit: 元
      quote: 降至220至280元之间
    - metric: 模拟办理时间
      op: '<='
      value: 5
      unit: 工作日
      quote: 不超过5个工作日
    progress:
    - date: 2022-08-10
      unit: 市模拟市监局
      status: in_progress
      measured: {模拟办理时间: 6}
  - id: 11
    deadline: 2022-11
    text: 到2022年底，建成模拟平台。
    errata:
    - printed: 到2022年底
      note: 完成时限栏为2022年11月，以该栏为准
    progress:
    - date: 2022-08-20
      unit: 市模拟市监局
      status: in_progress
      percent: 60

- id: 4
  name: 模拟考核
  lead_unit: 市模拟市监局
  responsible_units: [各模拟县区]
  wording: '000000000000'
  tasks:
  - id: 12
    deadline: 2022-12
    text: 开展模拟考核。

supervision:
- date: 2022-08-10
  measure: reminder
  unit: 市模拟住建局
  due: 2022-08-20
- date: 2022-08-11
  measure: summons
  unit: 市模拟税务局
  note: 模拟
- date: 2022-08-12
  measure: urging
  unit: 市模拟市监局
  tasks: [10, 11]
- date: 2022-08-15
  measure: rectification
  unit: 模拟西区
- date: 2022-08-18
  measure: open_visit
  unit: 模拟东县
  tasks: [9]
  finding: 模拟：窗口无人值守
- date: 2022-08-28
  closes: 'c0b5f6fc'

rankings:
- date: 2022-09-15
  period: 2022Q2
  unit: 模拟东县
  rank: 2
  of: 11
- date: 2022-09-20
  period: 2022Q2
  unit: 模拟西区
  rank: 9
  of: 11
- date: 2022-09-20
  period: 2022Q2
  indicator: 1
  rank: 12
  of: 14
""")

SAMPLE = {"tasks.yaml": TASKS, "units.yaml": UNITS}
TEXTS = [*SAMPLE.items(), ("units.yaml", UNITS + AUTHORS)]
"""The files of the sample, and a register that says who speaks for whom."""
TODAY = dt.date(2022, 10, 1)

HISTORY_RULES = (*history.RULES, *history.EXPLAINERS, *history.REMARK_RULES)
NOT_TEXT = {
    "Y001": "a file that cannot be read has no text",
    "Y002": "an example cannot be 32 MiB long",
    "Y003": "an example is UTF-8, as this file is",
    "Y018": "an example cannot have a million elements",
    "Y019": "an example cannot have a thousand problems",
    "Y599": "nor can it be odd a thousand times",
    **{code_of(rule): "what a commit does no text shows" for rule in HISTORY_RULES},
}
"""Codes whose fault no text shows, and why; their examples are commands."""

PAGES = {manual.code: manual for manual in manuals()}


def told(texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """All that `check` says of two files."""
    sources: list[Source | DataError] = [decode_source(text.encode(), name) for name, text in texts.items()]
    return examine_sources(sources, TODAY).diagnostics


def place_of(example: str) -> tuple[str, str, int, int]:
    """Where the lines of an example stand, further in or not: file, its text, index, indentation."""
    for name, text in TEXTS:
        for margin in range(0, 12, 2):
            index = f"\n{text}".find(f"\n{indent(example, ' ' * margin)}\n")
            if index >= 0:
                return name, text, index, margin
    raise AssertionError(f"the sample has no such lines:\n{example}")


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_the_sample_passes(name: str, text: str) -> None:
    assert rendered(told({**SAMPLE, name: text})) == ""


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize("code", [code for code in PAGES if code not in NOT_TEXT])
def test_the_wrong_example_is_told_of_and_the_mended_one_is_not(code: str) -> None:
    name, text, index, margin = place_of(PAGES[code].right)
    right, wrong = (indent(example, " " * margin) for example in (PAGES[code].right, PAGES[code].wrong))
    first = text.count("\n", 0, index) + 1
    lines = range(first, first + wrong.count("\n") + 1)
    found = told({**SAMPLE, name: text[:index] + wrong + text[index + len(right) :]})
    assert {(each.path, each.code, each.line in lines) for each in found} == {(name, code, True)}, rendered(
        found
    )


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_all_its_parts(code: str) -> None:
    manual = PAGES[code]
    assert manual.summary.endswith("。")
    assert "\n" not in manual.summary
    assert manual.text.endswith("。")
    assert manual.wrong.strip()
    assert manual.right.strip()
    assert manual.wrong != manual.right
    assert "错：" not in manual.text + manual.wrong + manual.right
    assert (code in NOT_TEXT) == manual.wrong.startswith("$ ") == manual.right.startswith("$ ")


def test_each_rule_has_a_code_of_its_own_and_a_kind() -> None:
    codes = [manual.code for manual in manuals()]
    assert codes == sorted({*codes})
    assert len(codes) == len(RULES)
    assert {code[:2] for code in codes} == {*KINDS}
