"""Accepting what a table now says: the fingerprints of the official text and deadlines, written anew."""

import copy
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.check.rules import wording_of, y305_altered_wording, y306_unaccepted_wording
from yzplan.errors import DataError, RequestError, code_of
from yzplan.model import Indicator, Plan, Task
from yzplan.store import decode
from yzplan.store.layout import PlanFile
from yzplan.store.loading import TASKS, opened, read_sources
from yzplan.store.reading import Document, read
from yzplan.store.saving import Replacement, digest
from yzplan.store.shape import shape_errors
from yzplan.store.source import decode_source
from yzplan.store.splice import Edit, edited
from yzplan.store.validating import judge
from yzplan.store.writing import carry_out

_WORDING = re.compile(
    r"""(?P<key>wording|'wording'|"wording") *:(?P<value> *(?:'[^'\n]*'|"[^"\n]*"|[0-9a-z~]*))"""
)
_CODES = frozenset(map(code_of, (y305_altered_wording, y306_unaccepted_wording)))


class Unaccepted(NamedTuple):
    """An indicator whose fingerprint is not that of its tasks, and the tasks, as they are."""

    indicator: Indicator
    tasks: tuple[Task, ...]

    @property
    def fingerprint(self) -> str:
        """The fingerprint of what they are."""
        return wording_of(self.tasks)


def unaccepted(directory: Path) -> list[Unaccepted]:
    """The indicators of a data directory whose texts and deadlines, as they are, have not been accepted.

    Raises DataError where anything else is wrong with the data (Y0-Y3), their numbers above all:
    what is to be accepted must be known for certain.
    """
    plan, _, _ = _read(directory)
    return _unaccepted(plan)


def accept(directory: Path, shown: Sequence[Unaccepted]) -> None:
    """Write the fingerprints of what was shown, and nothing else.

    Raises RequestError where something else is to be accepted by now, DataError as `unaccepted` does
    and where the file cannot be written.
    """

    def planned() -> tuple[list[Replacement], None]:
        plan, tasks, units = _read(directory)
        new = {each.indicator.id: each.fingerprint for each in _unaccepted(plan)}
        if new != {each.indicator.id: each.fingerprint for each in shown}:
            raise RequestError("给人看过以后，原文又有变动，没有写入", "再看一遍：重做一次")
        content = _content(tasks, units, new)
        return [Replacement(directory / TASKS, digest(tasks.source.raw), content)], None

    carry_out([directory / TASKS], planned)


def accepted_before(raw: bytes) -> Mapping[str, Sequence[Task]]:
    """The tasks of each indicator of a tasks.yaml, by their fingerprint; none of one that does not read."""
    try:
        document = read(decode_source(raw, TASKS))
    except DataError:
        return {}
    if document.problems or shape_errors(document, PlanFile):
        return {}
    plan = decode.plan(document.value, {"units": []})
    return {wording_of(tasks): tasks for _, tasks in _by_indicator(plan)}


def _read(directory: Path) -> tuple[Plan, Document, Document]:
    tasks, units = read_sources(*opened(directory))
    found = judge(tasks, units)
    others = (each for each in found.problems if each.code not in _CODES)
    problems = [*tasks.problems, *units.problems, *others]
    if problems:
        raise DataError(
            f"数据另有 {len(problems)} 处问题，不能认可原文", "先逐处改正；没有改动文件", problems
        )
    return found.plan, tasks, units


def _unaccepted(plan: Plan) -> list[Unaccepted]:
    return [
        Unaccepted(indicator, tasks)
        for indicator, tasks in _by_indicator(plan)
        if indicator.wording != wording_of(tasks)
    ]


def _by_indicator(plan: Plan) -> list[tuple[Indicator, tuple[Task, ...]]]:
    return [
        (indicator, tuple(task for task in plan.tasks if task.indicator is indicator))
        for indicator in plan.indicators
    ]


def _content(tasks: Document, units: Document, new: Mapping[int, str]) -> bytes:
    """The bytes of tasks.yaml with other fingerprints, proved to differ in nothing else."""
    source = tasks.source
    intended = copy.deepcopy(tasks.value)
    edits = []
    for i, indicator in enumerate(intended["indicators"]):
        if fingerprint := new.get(indicator["id"]):
            edits.append(_edit(tasks, i, f"'{fingerprint}'"))
            indicator["wording"] = fingerprint
    content = source.with_text(edited(source.text, edits))
    again = read(decode_source(content, source.path))
    if again.problems or again.value != intended or judge(again, units)[1]:
        raise DataError(
            f"{source.path} 里 wording 的写法特殊，没有写入", "先用 yzplan fmt 改为规范写法，再认可"
        )
    return content


def _edit(document: Document, i: int, value: str) -> Edit:
    """The edit that gives an indicator a fingerprint, or another one."""
    text = document.source.text
    if "wording" in document.value["indicators"][i]:
        start = document.index(("indicators", i, "wording"), of_key=True)
        if found := _WORDING.match(text, start):
            return Edit(found.start("value"), found.end("value"), f" {value}")
        return Edit(start, start, "")
    # Above its tasks, and the comments that belong to them.
    start = document.index(("indicators", i, "tasks"), of_key=True)
    line = text.rfind("\n", 0, start) + 1
    margin = text[line:start]
    while line and (above := text.rfind("\n", 0, line - 1) + 1) and text[above:line].lstrip().startswith("#"):
        line = above
    newline = "\r\n" if text[:line].endswith("\r\n") else "\n"
    return Edit(line, line, f"{margin}wording: {value}{newline}")
