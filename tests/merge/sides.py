"""Versions of a tasks.yaml as the program and people make them from one another. All of it is 模拟."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tables import COUNTY, HEAD, PART
from tiny import TASKS, edited

from yzplan.merge.files import merge
from yzplan.model import (
    Extension,
    Measure,
    Month,
    OfficeEntry,
    Period,
    ProgressRecord,
    Ranking,
    Status,
    SupervisionEntry,
    ledger_of,
    place_of,
    section_of,
)
from yzplan.model.changes import AnyEntry
from yzplan.store import decode, splice
from yzplan.store.layout import LEDGERS, SECTIONS
from yzplan.store.reading import read
from yzplan.store.source import Source

BASE = edited(
    TASKS,
    (
        "      status: in_progress\n      percent: 40\n",
        """\
      status: in_progress
      percent: 40
    # 底注1
    - date: 2022-07-28
      unit: 市模拟乙局
      status: blocked  # 底注2
      note: 模拟
    - date: 2022-07-28
      unit: 市模拟甲局
      status: in_progress
    # 底注3

    # 底注4
""",
    ),
    ("      measured: {办理时限: 0.5}\n", "      measured: {办理时限: 0.5}\n      # 底注5\n"),
    ("  - id: 3\n", "  # 底注6\n  - id: 3\n"),
    (
        "    text: 年底前完成模拟评价。\n",
        """\
    text: 年底前完成模拟评价。

# 底注7
supervision:
# 底注8
- date: 2022-07-27
  measure: urging
  unit: 市模拟甲局  # 底注9
  tasks: [2]
- date: 2022-07-28
  measure: covert_visit
  unit: 市模拟乙局
  finding: 模拟
# 底注10
- date: 2022-07-28
  measure: reminder
  unit: 模拟东县
# 底注11
""",
    ),
)
"""The tiny plan with more records, on equal days, what the office did, and comments wherever they may."""

Path = tuple[str | int, ...]
OFFICE = 0
"""Instead of a task: the plan, whose ledgers are the office's own."""
PATHS: dict[int, Path] = {
    OFFICE: (),
    1: ("indicators", 0, "tasks", 0),
    2: ("indicators", 0, "tasks", 1),
    3: ("indicators", 1, "tasks", 0),
}


FORMS: dict[str, Callable[[Any], AnyEntry]] = {
    "extensions": decode.extension,
    "progress": decode.record,
    "supervision": decode.supervision,
    "rankings": decode.ranking,
}


class Act(NamedTuple):
    """Something done to a ledger: an entry written, or one taken out or remarked on, counted round."""

    task: int
    entry: AnyEntry | None = None
    place: int = 0
    remark: str = ""


def ledgers() -> list[tuple[int, str]]:
    """All ledgers of the tiny plan: whose, and their keys."""
    return [(task, name) for task in PATHS for name in (SECTIONS if task == OFFICE else LEDGERS)]


def entries(text: str, task: int, name: str) -> list[AnyEntry]:
    """One ledger of a task, or of the office, as a text has it."""
    value = read(Source("tasks.yaml", b"", text)).value
    for step in PATHS[task]:
        value = value[step]
    return [FORMS[name](each) for each in value.get(name, [])]


def recorded(text: str) -> Counter[tuple[int, str]]:
    """How often each entry is recorded, by its task and reference."""
    return Counter((task, entry.ref) for task, name in ledgers() for entry in entries(text, task, name))


def remarks(text: str) -> Counter[str]:
    """How often each comment stands in a text."""
    return Counter(re.findall("# [^ ]*注[0-9]+", text))


def done(text: str, acts: Sequence[Act]) -> str:
    """The text after some acts, written as the program writes, or by hand in the case of a remark."""
    for act in acts:
        text = _after(text, act)
    return text


def _after(text: str, act: Act) -> str:
    document = read(Source("tasks.yaml", b"", text))
    path = PATHS[act.task]
    if isinstance(act.entry, OfficeEntry):
        section = section_of(act.entry)
        known = entries(text, OFFICE, section)
        if act.entry in known:
            return text
        edit = splice.section_insertion(document, section, place_of(known, act.entry), [act.entry])
        return splice.edited(text, [edit])
    if act.entry is not None:
        name = ledger_of(act.entry)
        old = entries(text, act.task, name)
        if act.entry in old:
            return text
        edit = splice.insertion(document, path, name, place_of(old, act.entry), [act.entry])
        return splice.edited(text, [edit])
    name, margin = ("supervision", "") if act.task == OFFICE else ("progress", "    ")
    old = entries(text, act.task, name)
    if not old:
        return text
    place = act.place % len(old)
    at = text.rfind("\n", 0, document.index((*path, name, place))) + 1
    if act.remark:
        return f"{text[:at]}{margin}# {act.remark}\n{text[at:]}"
    if act.task != OFFICE:
        return splice.edited(text, splice.removal(document, path, name, place))
    lines = re.match("- .*\n(?:  .*\n)*", text[at:])
    # The last one stays: a section without any is no list.
    return text[:at] + text[at + len(lines[0]) :] if lines and len(old) > 1 else text


some_day = st.integers(26, 30).map(lambda number: dt.date(2022, 7, number))
some_record = st.builds(
    ProgressRecord,
    date=some_day,
    unit=st.sampled_from([HEAD, PART, COUNTY]),
    status=st.sampled_from([Status.IN_PROGRESS, Status.DONE]),
    note=st.none() | st.sampled_from(["模拟一", "模拟二"]),
)
some_extension = st.builds(
    Extension,
    to=st.sampled_from([Month(2022, 11), Month(2022, 12)]),
    approved_on=some_day,
    reason=st.sampled_from(["模拟一", "模拟二"]),
)
some_measure = st.builds(
    SupervisionEntry,
    date=some_day,
    measure=st.sampled_from([Measure.URGING, Measure.SUMMONS]),
    unit=st.sampled_from([HEAD, PART]),
    tasks=st.sampled_from([(), (1, 3)]),
    note=st.none() | st.sampled_from(["模拟一", "模拟二"]),
)
some_close = st.builds(
    SupervisionEntry, date=some_day, closes=st.just("0123abcd"), recorded_on=st.none() | some_day
)
some_ranking = st.builds(
    Ranking,
    date=some_day,
    period=st.just(Period(2022)),
    indicator=st.sampled_from([1, 2]),
    rank=st.integers(11, 12),
    of=st.just(14),
)
some_office_entry = some_measure | some_close | some_ranking
some_writing = st.tuples(st.sampled_from([2, 2, 2, 3]), some_record | some_extension).map(
    lambda drawn: Act(*drawn)
) | some_office_entry.map(lambda entry: Act(OFFICE, entry))
owners = st.sampled_from([2, 2, OFFICE])
some_removal = st.tuples(owners, st.integers(0, 6)).map(lambda drawn: Act(drawn[0], place=drawn[1]))
some_remark = st.tuples(owners, st.integers(0, 6), st.integers(0, 99)).map(
    lambda drawn: Act(drawn[0], place=drawn[1], remark=f"旁注{drawn[2]}")
)
some_act = some_writing | some_removal | some_remark
appends = st.lists(some_writing, max_size=4)
acts = st.lists(some_act, max_size=4)


def merged(base: str, ours: str, theirs: str) -> str:
    """The text that comes of two sides that do not contradict each other."""
    found = merge(base.encode(), ours.encode(), theirs.encode())
    assert not found.conflicts, found.content.decode()
    return found.content.decode()
