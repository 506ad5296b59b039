"""From a data directory to a plan, or to everything that is wrong with it."""

import os
from dataclasses import dataclass
from pathlib import Path

from yzplan.errors import DataError, Diagnostic
from yzplan.model import Plan
from yzplan.store import decode, verdicts
from yzplan.store.reading import Document, Source, read, read_file

TASKS = "tasks.yaml"
UNITS = "units.yaml"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The data as it was at one moment: both files, read, and the plan they make."""

    directory: Path
    tasks: Document
    units: Document
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


def load(directory: Path) -> Snapshot:
    """The plan in a data directory.

    Raises DataError with every problem of both files, sorted by place; nothing invalid gets past it.
    """
    if not os.path.isdir(directory):  # noqa: PTH112 (Path.is_dir raises where it may not look)
        raise DataError(f"数据目录不存在或进不去：{directory}", "用 --data 指明 tasks.yaml 所在的目录")
    return _snapshot(directory, _open(directory / TASKS), _open(directory / UNITS))


def _open(path: Path) -> Document:
    """The file as read; what made it unreadable is among its problems."""
    shown = _shown(path)
    try:
        return read(read_file(path, shown))
    except DataError as error:
        return Document(Source(shown, b"", ""), None, {}, [*error.diagnostics])


def _shown(path: Path) -> str:
    """The path as people would type it from here; symbolic links stay as they are named."""
    try:
        return str(Path(os.path.normpath(path.absolute())).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def load_sources(directory: Path, tasks_source: Source, units_source: Source) -> Snapshot:
    """The plan that two texts make. Raises DataError as `load` does."""
    return _snapshot(directory, read(tasks_source), read(units_source))


def _snapshot(directory: Path, tasks: Document, units: Document) -> Snapshot:
    problems = [*tasks.problems, *units.problems]
    key = verdicts.verdict_key(tasks.source.raw, units.source.raw)
    if problems or not verdicts.is_known_valid(key):
        from yzplan.store.validating import judge

        problems += judge(tasks, units)
        if problems:
            raise unusable(problems)
        verdicts.remember_valid(key)
    return Snapshot(directory, tasks, units, decode.plan(tasks.value, units.value))


def unusable(problems: list[Diagnostic]) -> DataError:
    """The error that tells all problems of the data."""
    return DataError(f"数据有 {len(problems)} 处问题，无法使用", "逐处改正后再试", problems)
