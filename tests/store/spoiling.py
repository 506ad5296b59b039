"""Values of the two files, whole and spoilt, for judges that must agree. Everything in them is 模拟."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from tiny import TASKS, UNITS

from yzplan.model import Register
from yzplan.store.layout import PlanFile
from yzplan.store.reading import read
from yzplan.store.source import decode_source

RICH = """
    extensions:
    - {from: 2022-07, to: 2022-10, approved_on: 2022-07-20, reason: 模拟：平台未到位, document: 模拟文号}
    progress:
    - date: 2022-08-03
      unit: 市模拟甲局
      status: done
      completed_on: 2022-07-28
      percent: 100
      evidence: [模拟文号]
      measured: {网上办理占比: 82.5}
"""


OFFICE = """
supervision:
- date: 2022-08-20
  measure: covert_visit
  unit: 市模拟甲局
  number: 模拟文号
  tasks: [1, 2]
  finding: 模拟：办件积压
  items: [补齐材料, 公开指南]
  due: 2022-09-05
  recorded_on: 2022-08-22
- {date: 2022-08-23, replies_to: '3f9a2c1b', note: 模拟}
- {date: 2022-08-24, closes: '3f9a2c1b'}
- {date: 2022-08-25, retracts: '3f9a2c1b', note: 模拟}

rankings:
- date: 2022-12-20
  period: '2022'
  indicator: 1
  rank: 12
  of: 14
  document: 模拟文号
  note: 模拟
  recorded_on: 2022-12-22
- {date: 2022-12-20, period: 2022Q3, unit: 模拟东县, rank: 1, of: 11}
- {date: 2022-12-21, retracts: '3f9a2c1b'}
"""


SETTINGS = """\
  policy: {complete: verified, owes: each_open, low_indicators: 3, low_units: 2}
  assessment:
    on_time: 100
    open_share: 0.5
    weights: {lead: 2, responsible: 1.5}
    adjustments:
    - {date: 2022-08-10, unit: 市模拟甲局, points: -2.5, reason: 模拟, document: 模拟文号}

indicators:
"""

AUTHORS = """
authors:
  jia@example.org: 市模拟甲局
  office@example.org: office
"""


def value_of(text: str) -> Any:
    document = read(decode_source(text.encode(), "模拟.yaml"))
    assert document.problems == []
    return document.value


FILES = [
    (PlanFile, value_of(TASKS.replace("\nindicators:\n", SETTINGS).rstrip("\n") + RICH + OFFICE)),
    (Register, value_of(UNITS + AUTHORS)),
]
"""(the noun that a file holds, a value of it in which all nouns are)."""


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*path, key))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3000),
    st.floats(allow_nan=False),
    st.sampled_from(
        [
            *("", " x", "x", "x\n", "a\nb", "done", "closed", ">=", "3f9a2c1b", "3f9a2c1b77e0"),
            *("2022-07", "2022-13", "2022-07-31", "2022-02-30", "2022-7-1"),
        ]
    ),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["id", "name", "x"]), st.integers(0, 3), max_size=2),
)


@st.composite
def spoilt(draw: st.DrawFn, value: Any) -> Any:
    """The value with one thing in it replaced by junk, removed or renamed, or with junk put beside it."""
    found = copy.deepcopy(value)
    *way, last = draw(st.sampled_from([path for path in _places(found) if path]))
    owner = found
    for step in way:
        owner = owner[step]
    act = draw(st.sampled_from(["replace", "remove", "rename", "add"]))
    if act == "replace":
        owner[last] = draw(JUNK)
    elif act == "remove":
        del owner[last]
    elif isinstance(owner, list):
        owner.append(draw(JUNK))
    else:
        owner[draw(st.sampled_from(["模拟键", "", "键\n"]))] = draw(JUNK) if act == "add" else owner.pop(last)
    return found
