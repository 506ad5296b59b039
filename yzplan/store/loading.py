"""From a data directory to a plan, or to everything that is wrong with it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from yzplan.errors import DataError
from yzplan.model import Plan
from yzplan.store import cache, decode
from yzplan.store.source import Source, read_file, visible

if TYPE_CHECKING:
    from yzplan.store.reading import Document

TASKS = "tasks.yaml"
UNITS = "units.yaml"


class Snapshot(NamedTuple):
    """The data as it was at one moment: both files with the places of all that is in them, and the plan."""

    directory: Path
    tasks: "Document"
    units: "Document"
    plan: Plan


def find_data(start: Path) -> Path:
    """The nearest directory `data` at or above `start` that holds tasks.yaml.

    Raises DataError where there is none.
    """
    for folder in (start, *start.parents):
        if os.path.exists(folder / "data" / TASKS):  # noqa: PTH110 (Path.exists raises where it may not look)
            return folder / "data"
    raise DataError(
        "找不到数据：此处及上级目录都没有 data/tasks.yaml",
        "进入计划所在的目录，或用 --data 目录、环境变量 YZPLAN_DATA 指明",
    )


def load_plan(directory: Path) -> Plan:
    """The plan in a data directory.

    Raises DataError with every problem of both files, sorted by place; nothing invalid gets past it.
    """
    return plan_of(directory, *opened(directory))


def plan_of(directory: Path, *files: Source | DataError) -> Plan:
    """The plan that tasks.yaml and units.yaml, as they were opened, make. Raises as `load_plan` does.

    Bytes that are known to be valid are not even parsed again.
    """
    tasks, units = files
    if not isinstance(tasks, DataError) and not isinstance(units, DataError):
        known = cache.recall(cache.key_of(tasks.raw, units.raw))
        if known:
            return decode.plan(*known)
    return load_sources(directory, tasks, units).plan


def load(directory: Path) -> Snapshot:
    """The plan in a data directory, with the places of all that stands in it. Raises as `load_plan` does."""
    return load_sources(directory, *opened(directory))


def load_sources(directory: Path, *files: Source | DataError) -> Snapshot:
    """The plan that tasks.yaml and units.yaml, as they were opened, make. Raises as `load_plan` does.

    Bytes that are known to be valid are not validated again.
    """
    tasks, units = read_sources(*files)
    problems = [*tasks.problems, *units.problems]
    key = cache.key_of(tasks.source.raw, units.source.raw)
    if not problems and cache.is_known(key):
        return Snapshot(directory, tasks, units, decode.plan(tasks.value, units.value))
    from yzplan.store.validating import judge

    found = judge(tasks, units)
    if problems := [*problems, *found.problems]:
        raise DataError(f"数据有 {len(problems)} 处问题，无法使用", "逐处改正后再试", problems)
    cache.remember(key, [tasks.value, units.value])
    return Snapshot(directory, tasks, units, found.plan)


def read_sources(*files: Source | DataError) -> "list[Document]":
    """What is in some files, as they were opened; what made one unreadable is its problem."""
    from yzplan.store.reading import Document, read

    return [
        Document(Source("", b"", ""), None, {}, [*each.diagnostics])
        if isinstance(each, DataError)
        else read(each)
        for each in files
    ]


def opened(directory: Path) -> list[Source | DataError]:
    """Both files, or what made them unreadable."""
    if not os.path.isdir(directory):  # noqa: PTH112 (Path.is_dir raises where it may not look)
        raise DataError(f"数据目录不存在或进不去：{directory}", "用 --data 指明 tasks.yaml 所在的目录")
    found: list[Source | DataError] = []
    for name in (TASKS, UNITS):
        try:
            found.append(read_file(directory / name, shown(directory / name)))
        except DataError as error:
            found.append(error)
    return found


def shown(path: Path) -> str:
    """The path as people would type it from here, inside or above; symbolic links stay as they are named.

    What a terminal would obey is replaced in it.
    """
    return visible(_from_here(path))


def _from_here(path: Path) -> str:
    try:
        here, there = Path.cwd(), Path(os.path.normpath(path.absolute()))
        is_near = there.is_relative_to(here) or here.is_relative_to(there.parent.parent)
        return os.path.relpath(there, here) if is_near else str(path)
    except (ValueError, OSError):
        return str(path)
