"""An empty plan of another city or year: its header, and comments that show how the rest is written."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from yzplan.errors import DataError, RequestError
from yzplan.model import Header
from yzplan.model.units import Kind
from yzplan.store import saving
from yzplan.store.emit import scalar
from yzplan.store.file_schemas import modeline
from yzplan.store.loading import TASKS, UNITS, load_sources, read_sources
from yzplan.store.source import Source, decode_source, read_file
from yzplan.store.validating import judge

_TASKS = """\
# 任务台账：照文件录入，一字不改。进展、延期以后用 yzplan 的命令填报，不在这里手写。
# 次序：在 units.yaml 登记单位，在这里录入指标与任务，把 totals 改为文件写明的项数，用 yzplan check 检查；
# 与文件核对无误以后，用 yzplan fmt --accept-wording 给各项指标记下原文的指纹，此后改动一个字就能发现。
{header}

indicators: []
# 示例（模拟）。照此录入：去掉上面的 []，以下各行去掉行首的“# ”，换成文件的内容。
# - id: 1
#   name: 模拟指标  # 一级指标
#   leader: null  # 分管市领导；文件没有列的留空
#   lead_unit: 市模拟甲局  # 牵头单位，写 units.yaml 里的 name
#   responsible_units: [市模拟乙局, 各模拟县区]  # 责任单位，按印发的次序；组也写 name
#   tasks:
#   - id: 1
#     deadline: {year}-09  # 完成时限
#     text: 推行模拟事项网上办理，网上办理占比至80%以上。  # 原文
#     targets:  # 原文里的量化目标，没有的不写；quote 照抄原文
#     - {{metric: 网上办理占比, op: '>=', value: 80, unit: '%', quote: 网上办理占比至80%以上}}
"""

_UNITS = """\
# 单位名录：文件所列的牵头单位、责任单位，县市区也逐家登记；任务表里一律写这里的 name。
units: []
# 示例（模拟）。照此登记：去掉上面的 []，以下各行去掉行首的“# ”，换成真实的单位。
# kind 可用：{kinds}。
# - name: 市模拟甲局  # 文件所用的简称
#   full_name: 模拟市甲管理局  # 全称；没有核实的不写
#   kind: 市直部门
#   aliases: [甲局]  # 可以代用的叫法，没有的不写
# - name: 市模拟乙局
#   kind: 市直部门
# - name: 模拟东县
#   kind: 县市区

groups: []
# 示例（模拟），写法同上。
# - name: 各模拟县区
#   kind: closed  # 成员已定；文件没有列名单的写 open，不写 members
#   members: [模拟东县]
"""


def header_lines(header: Header) -> str:
    """The header of a plan that was just begun, as it stands in tasks.yaml: the totals are still 0."""
    facts = (
        f"title: {scalar(header.title)}",
        f"document_number: {scalar(header.document_number)}",
        f"issued_by: {scalar(header.issued_by)}",
        f"issued_on: {header.issued_on}",
        f"year: {header.year}",
        f"office: {scalar(header.office)}",
        "totals: {indicators: 0, tasks: 0}",
    )
    return "\n".join(["plan:", *(f"  {fact}" for fact in facts)])


def check_free(directory: Path) -> None:
    """Raise RequestError unless a new data directory may be made here: nothing is, or an empty directory."""
    try:
        is_free = not any(directory.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        is_free = not os.path.lexists(directory)
    except OSError as error:
        raise saving.failed(directory, error) from error
    if not is_free:
        hint = "init 不动已有的文件；先移开，或换一个目录：yzplan init 目录"
        raise RequestError(f"{directory} 已经有了，没有新建", hint)


def read_register(path: Path) -> Source:
    """The units.yaml of another plan, to be taken over. Raises DataError unless it is valid."""
    source = read_file(path, str(path))
    # Judged alone, as beside a table that could not be read.
    tasks, units = read_sources(DataError(""), source)
    if problems := [*units.problems, *judge(tasks, units).problems]:
        raise DataError(f"{path} 有 {len(problems)} 处问题，不能照抄", "逐处改正后再试", problems)
    return source


def start(
    directory: Path, header: Header, register: Source | None, beside: Mapping[str, bytes]
) -> list[Path]:
    """Make a data directory with an empty plan, all of it or nothing; the files that were made.

    Its register is copied byte for byte, or names no unit yet; other files lie `beside`, by name.
    Raises RequestError where something stands there already, DataError where it cannot be written.
    """
    check_free(directory)
    tasks = modeline("tasks") + _TASKS.format(header=header_lines(header), year=header.year)
    units = modeline("units") + _UNITS.format(kinds="、".join(get_args(Kind)))
    files = {TASKS: tasks.encode(), UNITS: register.raw if register else units.encode()}
    made = load_sources(directory, *(decode_source(raw, name) for name, raw in files.items())).plan
    if made.header != header:
        raise DataError("写成的文件读回来不是所给的内容，没有新建", "请告知开发者")
    files |= beside
    saving.write_directory(directory, files)
    return [directory / name for name in files]
