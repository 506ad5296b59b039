"""Versions of a tasks.yaml as the program and people make them from one another. All of it is 模拟."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st
from tables import COUNTY, HEAD, PART
from tiny import TASKS, edited

from yzplan.merge.files import merge
from yzplan.model import Extension, LedgerEntry, Month, ProgressRecord, Status, ledger_of, place_of
from yzplan.store import decode, splice
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
)
"""The tiny plan with more records, on equal days, and comments wherever one may stand."""

Path = tuple[str | int, ...]
PATHS: dict[int, Path] = {
    1: ("indicators", 0, "tasks", 0),
    2: ("indicators", 0, "tasks", 1),
    3: ("indicators", 1, "tasks", 0),
}


class Act(NamedTuple):
    """Something done to a task: an entry written, or one taken out or remarked on, counted round."""

    task: int
    entry: LedgerEntry | None = None
    place: int = 0
    remark: str = ""


def entries(text: str, task: int, name: str) -> list[LedgerEntry]:
    """One ledger of a task as a text has it."""
    value = read(Source("tasks.yaml", b"", text)).value
    for step in PATHS[task]:
        value = value[step]
    form = decode.record if name == "progress" else decode.extension
    return [form(each) for each in value.get(name, [])]


def recorded(text: str) -> Counter[tuple[int, str]]:
    """How often each entry is recorded, by its task and reference."""
    return Counter(
        (task, entry.ref)
        for task in PATHS
        for name in ("extensions", "progress")
        for entry in entries(text, task, name)
    )


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
    if act.entry is not None:
        name = ledger_of(act.entry)
        old = entries(text, act.task, name)
        if act.entry in old:
            return text
        edit = splice.insertion(document, path, name, place_of(old, act.entry), [act.entry])
        return splice.edited(text, [edit])
    old = entries(text, act.task, "progress")
    if not old:
        return text
    place = act.place % len(old)
    if not act.remark:
        return splice.edited(text, splice.removal(document, path, "progress", place))
    at = text.rfind("\n", 0, document.index((*path, "progress", place))) + 1
    return f"{text[:at]}    # {act.remark}\n{text[at:]}"


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
some_writing = st.tuples(st.sampled_from([2, 2, 2, 3]), some_record | some_extension).map(
    lambda drawn: Act(*drawn)
)
some_removal = st.integers(0, 6).map(lambda place: Act(2, place=place))
some_remark = st.tuples(st.integers(0, 6), st.integers(0, 99)).map(
    lambda drawn: Act(2, place=drawn[0], remark=f"旁注{drawn[1]}")
)
some_act = some_writing | some_removal | some_remark
appends = st.lists(some_writing, max_size=4)
acts = st.lists(some_act, max_size=4)


def merged(base: str, ours: str, theirs: str) -> str:
    """The text that comes of two sides that do not contradict each other."""
    found = merge(base.encode(), ours.encode(), theirs.encode())
    assert not found.conflicts, found.content.decode()
    return found.content.decode()
