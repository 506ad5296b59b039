"""The office's own ledgers: entries come at the end of tasks.yaml, in date order, and only lines are added.

Plans, units, measures and rankings are 模拟.
"""

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from chance import many
from hands import comments, files, some_entry, some_office_entry
from hypothesis import given
from hypothesis import strategies as st
from tables import HEAD, OTHER, an_entry, is_only_added_to, made, state_of, text_of, told
from tiny import TASKS

from yzplan.model import Measure, OfficeEntry, Period, Plan, Ranking, SupervisionEntry
from yzplan.store import reading
from yzplan.store.appending import Appended, Entry, append
from yzplan.store.formatting import format_files
from yzplan.store.loading import load_plan

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]


def a_measure(date: str = "2022-08-05", **fields: Any) -> SupervisionEntry:
    """An entry of the office's ledger: by default a letter to the lead unit."""
    given = {"measure": Measure.URGING, "unit": HEAD, "note": "模拟", **fields}
    return SupervisionEntry(date=dt.date.fromisoformat(date), **given)


def a_ranking(date: str = "2022-12-20", **fields: Any) -> Ranking:
    """A result of the province's evaluation: by default of the first indicator."""
    given = {"period": Period(2022), "indicator": 1, "rank": 12, "of": 14, **fields}
    return Ranking(date=dt.date.fromisoformat(date), **given)


def write(here: Path, *entries: Entry | OfficeEntry, dry_run: bool = False) -> Appended:
    return append(here, lambda plan: entries, dry_run=dry_run)


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


def test_what_is_written_is_in_the_one_layout(here: Path) -> None:
    format_files(here)
    write(here, a_ranking())
    write(here, FULL, a_measure())
    write(here, a_ranking(rank=13, note="模拟"))
    assert format_files(here, dry_run=True) == []


SUPERVISION = f"supervision:\n{SHORT_LINES}"
RANKINGS = f"rankings:\n{RANKING_LINES}"
PLACES = {
    # How the file ends, and how it does with a letter more.
    "no newline at the end": ("", f"\n\n{SUPERVISION.rstrip()}"),
    "blank lines at the end": ("\n\n\n", f"\n\n{SUPERVISION}\n\n"),
    "comments at the end": (
        "\n    # 第三项完\n\n# 全文完\n",
        f"\n    # 第三项完\n\n# 全文完\n\n{SUPERVISION}",
    ),
    "a mark at the end": ("\n# 全文完\n...\n# 后记\n", f"\n# 全文完\n\n{SUPERVISION}...\n# 后记\n"),
    "rankings at the end": (f"\n\n{RANKINGS}", f"\n\n{SUPERVISION}\n{RANKINGS}"),
    "rankings with comments above": (
        f"\n# 任务完\n\n# 全省评价\n# 见通报\n{RANKINGS}",
        f"\n# 任务完\n\n{SUPERVISION}\n# 全省评价\n# 见通报\n{RANKINGS}",
    ),
    "rankings without a blank line above": (f"\n{RANKINGS}", f"\n\n{SUPERVISION}\n{RANKINGS}"),
    "a comment behind the last entry": (
        f"\n\nsupervision:  # 督办\n{SHORT_LINES.replace('-05', '-04')}# 全文完\n",
        f"\n\nsupervision:  # 督办\n{SHORT_LINES.replace('-05', '-04')}{SHORT_LINES}# 全文完\n",
    ),
    "a later entry, two spaces deeper": (
        "\n\nsupervision:\n  # 九月\n  - {date: 2022-09-04, measure: summons, unit: 市模拟甲局}\n",
        "\n\nsupervision:\n"
        "  - date: 2022-08-05\n    measure: urging\n    unit: 市模拟甲局\n    note: 模拟\n"
        "  # 九月\n  - {date: 2022-09-04, measure: summons, unit: 市模拟甲局}\n",
    ),
}


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("where", PLACES)
def test_where_a_letter_goes(tmp_path: Path, where: str, newline: str) -> None:
    before, after = (f"\ufeff{TASKS.rstrip()}{end}".replace("\n", newline) for end in PLACES[where])
    here = made(tmp_path / "data", before)
    write(here, a_measure())
    assert text_of(here) == after


def test_the_last_task_and_the_sections_behind_it_begin_at_one_place(here: Path) -> None:
    appended = write(here, a_ranking(), an_entry(3, unit=OTHER), a_measure())
    progress = "    progress:\n    - date: 2022-08-05\n      unit: 市模拟丙局\n      status: blocked\n"
    assert text_of(here) == f"{TASKS}{progress}\n{SUPERVISION}\n{RANKINGS}"
    assert [whose for whose, _ in appended.added] == [3, "supervision", "rankings"]
    assert (appended.new, appended.new_office) == ((an_entry(3, unit=OTHER),), (a_ranking(), a_measure()))


def test_an_entry_and_a_section_begun_at_one_place(here: Path) -> None:
    write(here, a_measure())
    write(here, a_ranking(), a_measure(note="模拟二"))
    assert text_of(here) == f"{TASKS}\n{SUPERVISION}{SHORT_LINES.rstrip()}二\n\n{RANKINGS}"


def test_what_has_been_said_is_not_said_again(here: Path) -> None:
    write(here, a_measure(), a_ranking())
    before = state_of(here / "tasks.yaml")
    appended = write(here, a_measure(), a_ranking(), an_entry(1), a_measure(), dry_run=True)
    assert (appended.new, appended.new_office) == ((an_entry(1),), ())
    assert appended.known_office == (a_measure(), a_ranking(), a_measure())
    assert write(here, a_measure()) == Appended(known_office=(a_measure(),))
    assert state_of(here / "tasks.yaml") == before


BRACES = {
    "a section": ("\nsupervision: []\n", "tasks.yaml:{line}:14: supervision 写在括号里，或者写法特殊"),
    "a key set apart": (
        "\n?\n  supervision\n:\n- {date: 2022-08-05, measure: urging, unit: 市模拟甲局}\n",
        "supervision 写在括号里，或者写法特殊",
    ),
}


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize("what", BRACES)
def test_what_cannot_be_edited_line_by_line_is_refused(tmp_path: Path, what: str) -> None:
    end, message = BRACES[what]
    here = made(tmp_path / "data", TASKS + end)
    before = state_of(here / "tasks.yaml")
    said = told(lambda: write(here, a_measure()))
    assert message.format(line=TASKS.count("\n") + 2) in said
    assert state_of(here / "tasks.yaml") == before


@pytest.mark.usefixtures("yaml_loader")
def test_a_file_in_braces_is_refused(tmp_path: Path) -> None:
    here = made(tmp_path / "data", TASKS)
    value = reading.read(reading.Source("", b"", TASKS)).value
    (here / "tasks.yaml").write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    assert "整个文件写在括号里" in told(lambda: write(here, a_measure()))


def plainly_added(plan: Plan, entries: Sequence[OfficeEntry]) -> Plan:
    """The plan with the entries added by the rule itself: before the first later one, else at the end."""
    ledgers: dict[type, list[Any]] = {SupervisionEntry: [*plan.supervision], Ranking: [*plan.rankings]}
    for entry in sorted(entries, key=lambda entry: entry.recorded_on or entry.date):
        ledger = ledgers[type(entry)]
        if entry not in ledger:
            known_on = entry.recorded_on or entry.date
            later = (k for k, old in enumerate(ledger) if (old.recorded_on or old.date) > known_on)
            ledger.insert(next(later, len(ledger)), entry)
    return replace(plan, supervision=tuple(ledgers[SupervisionEntry]), rankings=tuple(ledgers[Ranking]))


@pytest.mark.parametrize("loader", LOADERS)
@many(25)
@given(
    content=files(),
    calls=st.lists(st.lists(some_office_entry, min_size=1, max_size=3), min_size=1, max_size=2),
    entry=some_entry,
)
def test_whatever_is_appended_to_whatever_file_only_adds_lines(
    loader: Any, content: bytes, calls: list[list[OfficeEntry]], entry: Entry
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", loader)
        here = made(Path(folder), content)
        plan = load_plan(here)
        for entries in calls:
            before = text_of(here)
            appended = write(here, *entries, entry)
            after = text_of(here)
            if appended.new:
                plan = plan.with_tasks({entry.task: plan.by_id[entry.task].with_entry(entry.record)})
            plan = plainly_added(plan, entries)
            assert load_plan(here) == plan
            assert is_only_added_to(before, after)
            assert comments(after) == comments(before)
            assert after.startswith("\ufeff") == before.startswith("\ufeff")
            assert "\n" not in after.replace("\r\n", "") or "\r\n" not in before
            assert len(after) == len(before) + sum(len(lines) for _, lines in appended.added)
