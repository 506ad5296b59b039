"""The office's own ledgers: entries come at the end of tasks.yaml, in date order, and only lines are added.

Plans, units, measures and rankings are 模拟.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tables import HEAD, text_of
from tiny import TASKS

from yzplan.model import Measure, OfficeEntry, Period, Ranking, SupervisionEntry
from yzplan.store.appending import Appended, Entry, append_office
from yzplan.store.loading import load_plan


def a_measure(date: str = "2022-08-05", **fields: Any) -> SupervisionEntry:
    """An entry of the office's ledger: by default a letter to the lead unit."""
    given = {"measure": Measure.URGING, "unit": HEAD, "note": "模拟", **fields}
    return SupervisionEntry(date=dt.date.fromisoformat(date), **given)


def a_ranking(date: str = "2022-12-20", **fields: Any) -> Ranking:
    """A result of the province's evaluation: by default of the first indicator."""
    given = {"period": Period(2022), "indicator": 1, "rank": 12, "of": 14, **fields}
    return Ranking(date=dt.date.fromisoformat(date), **given)


def write(here: Path, *entries: Entry | OfficeEntry, dry_run: bool = False) -> Appended:
    return append_office(here, lambda plan: entries, dry_run=dry_run)


FULL = a_measure(
    "2022-08-20",
    measure=Measure.COVERT_VISIT,
    number="模拟督〔2022〕1号",
    tasks=(1, 2),
    finding="模拟: 办件积压 #1",
    items=("补齐材料, 逐件办结", "公开办事指南"),
    due=dt.date(2022, 9, 5),
    recorded_on=dt.date(2022, 8, 22),
    note=None,
)
FULL_LINES = """\
- date: 2022-08-20
  measure: covert_visit
  unit: 市模拟甲局
  number: 模拟督〔2022〕1号
  tasks: [1, 2]
  finding: '模拟: 办件积压 #1'
  items: ['补齐材料, 逐件办结', 公开办事指南]
  due: 2022-09-05
  recorded_on: 2022-08-22
"""
SHORT_LINES = "- date: 2022-08-05\n  measure: urging\n  unit: 市模拟甲局\n  note: 模拟\n"
RANKING_LINES = "- date: 2022-12-20\n  period: '2022'\n  indicator: 1\n  rank: 12\n  of: 14\n"


@pytest.mark.usefixtures("yaml_loader")
def test_both_ledgers_begin_at_the_end_of_the_file_and_grow_in_date_order(here: Path) -> None:
    assert write(here, a_ranking(), FULL).added == (
        ("supervision", f"\nsupervision:\n{FULL_LINES}"),
        ("rankings", f"\nrankings:\n{RANKING_LINES}"),
    )
    assert text_of(here) == f"{TASKS}\nsupervision:\n{FULL_LINES}\nrankings:\n{RANKING_LINES}"
    closed = a_measure("2022-08-21", measure=None, unit=None, closes=FULL.ref)
    assert write(here, a_measure(), closed).new_office == (a_measure(), closed)
    closing = f"- date: 2022-08-21\n  note: 模拟\n  closes: '{FULL.ref}'\n"
    # What was recorded later than it happened stands where it became known.
    assert text_of(here) == (
        f"{TASKS}\nsupervision:\n{SHORT_LINES}{closing}{FULL_LINES}\nrankings:\n{RANKING_LINES}"
    )
    plan = load_plan(here)
    assert plan.supervision == (a_measure(), closed, FULL)
    assert plan.rankings == (a_ranking(),)
