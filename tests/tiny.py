"""A tiny valid plan (模拟, invented) as text: two indicators, three tasks, six units and two groups."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from yzplan.errors import DataError
from yzplan.model import fingerprint
from yzplan.store.examining import examine_sources
from yzplan.store.loading import Snapshot, load_sources
from yzplan.store.source import Source, decode_source

Edit = tuple[str, str]
"""What stands in the text exactly once, and what is to stand there instead."""

_TASKS = """\
# 模拟数据，仅供测试。
plan:
  title: 模拟市优化营商环境2022年度重点任务实施方案
  document_number: 模拟办函〔2022〕1号
  issued_by: 模拟市人民政府办公室
  issued_on: 2022-05-23
  year: 2022
  office: 模拟市优化营商环境办公室
  totals: {indicators: 2, tasks: 3}

indicators:
- id: 1
  name: 模拟指标甲
  leader: null
  lead_unit: 市模拟甲局
  responsible_units: [市模拟乙局, 各模拟县区]
  open_ended: 等市直相关单位
  wording: '000000000000'
  printed:
  - {from_task: 1}
  tasks:
  - id: 1
    deadline: 2022-07
    text: 推行模拟事项网上办理，网上办理占比至80%以上。
    errata:
    - {printed: 模拟事项, note: 疑为“虚拟事项”；原文保留}
    targets:
    - {metric: 网上办理占比, op: '>=', value: 80, unit: '%', quote: 网上办理占比至80%以上}
  - id: 2
    deadline: 2022-09
    text: 建立模拟工作机制。
    extensions:
    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}
    progress:
    - date: 2022-07-15
      unit: 市模拟甲局
      status: in_progress
      percent: 40
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
      measured: {办理时限: 0.5}

- id: 2
  name: 模拟指标乙
  leader: null
  lead_unit: 市模拟丙局
  responsible_units: [市模拟甲局, 模拟相关单位]
  wording: '000000000000'
  tasks:
  - id: 3
    deadline: 2022-12
    text: 年底前完成模拟评价。
"""

UNITS = """\
# 模拟数据，仅供测试。
units:
- name: 市模拟甲局
  full_name: 模拟市甲管理局
  kind: 市直部门
  aliases: [甲局, 模拟甲]
- name: 市模拟乙局
  kind: 市直部门
  ambiguous: [模拟局]
- name: 市模拟丙局
  kind: 事业单位
  ambiguous: [模拟局]
- name: 模拟丁公司
  kind: 国企/公用事业
- name: 模拟东县
  kind: 县市区
- name: 模拟西区
  kind: 县市区

groups:
- name: 各模拟县区
  kind: closed
  members: [模拟东县, 模拟西区]
- name: 模拟相关单位
  kind: open
"""


def edited(text: str, *edits: Edit) -> str:
    """The text with each edit made in turn."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text


def sealed(text: str) -> str:
    """The text of a tasks.yaml with the wording fingerprints that its tasks now have."""
    fingerprints = (
        fingerprint([[task["id"], task["deadline"], task["text"]] for task in indicator["tasks"]])[:12]
        for indicator in yaml.safe_load(text)["indicators"]
    )
    return re.sub("(?<=wording: ')[0-9a-f]{12}", lambda _: next(fingerprints), text)


TASKS = sealed(_TASKS)


def load(tasks: str = TASKS, units: str = UNITS) -> Snapshot:
    """The plan that two texts make. Raises DataError where they are not valid."""
    sources = (
        decode_source(text.encode(), name) for text, name in ((tasks, "tasks.yaml"), (units, "units.yaml"))
    )
    return load_sources(Path(), *sources)


def problems(tasks: str = TASKS, units: str = UNITS) -> str:
    """All that is wrong with two texts, as a user reads it; empty if nothing is."""
    try:
        load(tasks, units)
    except DataError as error:
        return rendered(error.diagnostics)
    return ""


def examined(tasks: str = TASKS, units: str = UNITS, *, today: str = "2022-10-01") -> str:
    """All that `check` says of two texts on a day."""
    sources: list[Source | DataError] = [
        decode_source(text.encode(), name) for text, name in ((tasks, "tasks.yaml"), (units, "units.yaml"))
    ]
    return rendered(examine_sources(sources, dt.date.fromisoformat(today)).diagnostics)


def rendered(diagnostics: Iterable[object]) -> str:
    """Diagnostics as a user reads them, one below the other."""
    return "".join(f"{diagnostic}\n" for diagnostic in diagnostics)
