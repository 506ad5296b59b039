"""Adding entries to the ledgers: only lines are added, in date order, all or none, whatever else happens.

Plans, units, reports and extensions are 模拟.
"""

import datetime as dt
import difflib
import itertools
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from chance import many
from hands import NASTY, comments, files, some_entry
from hypothesis import given
from hypothesis import strategies as st
from tables import (
    COUNTY,
    HEAD,
    OTHER,
    PART,
    a_record,
    an_entry,
    an_extension,
    extensions,
    is_only_added_to,
    ledger,
    made,
    names,
    state_of,
    text_of,
    told,
    write,
)
from tiny import TASKS, edited, sealed

from yzplan.errors import RequestError
from yzplan.model import Extension, LedgerEntry, Month, Plan, facts
from yzplan.store import reading
from yzplan.store.appending import Appended, Entry, append
from yzplan.store.loading import load, load_plan

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]

# --- whole files

HAND_WRITTEN = sealed("""\
# 模拟台账，手工维护。
plan:
  title: 模拟方案
  document_number: 模拟办函〔2022〕1号
  issued_by: 模拟市人民政府办公室
  issued_on: 2022-05-23
  year: 2022
  office: 模拟办公室
  totals: {indicators: 2, tasks: 3}

indicators:
  # ==== 指标一 ====
  - id: 1
    name: 模拟指标甲
    lead_unit: 市模拟甲局
    responsible_units:
    - 市模拟乙局   # 配合
    - 各模拟县区
    wording: '000000000000'
    tasks:
      - "id": 1
        deadline: 2022-07   # 月底
        # 以下为进展
        progress:
          # 首次报告
          - date: 2022-07-01
            unit: "市模拟甲局"
            status: in_progress

          # 电话更正
          - {date: 2022-08-20, unit: 市模拟乙局,
             status: blocked}  # 见附件
        text: >-
          推行模拟事项网上办理，
          网上办理占比至80%以上。

      # 第二项
      -
        progress:
        - status: done
          date: 2022-09-01
          note: '分几行写的
            说明'
          unit: 市模拟甲局
        id: 2
        deadline: 2022-09
        text: 建立模拟工作机制。
        # 第二项完

  # ==== 指标二 ====
  - id: 2
    name: 模拟指标乙
    lead_unit: 市模拟丙局
    responsible_units: [市模拟甲局]
    wording: '000000000000'
    tasks:
    - {id: 3, deadline: 2022-12, text: 年底前完成模拟评价。}

# 全文完
""")


@pytest.mark.usefixtures("yaml_loader")
def test_a_hand_written_file_gets_lines_and_keeps_its_own(tmp_path: Path) -> None:
    here = made(tmp_path / "data", HAND_WRITTEN)
    appended = write(
        here,
        an_entry(2, "2022-10-01", COUNTY, note="模拟: 已报 #1"),
        an_entry(1, "2022-07-31", COUNTY, evidence=("台账, 甲",)),
        an_entry(1, "2022-08-20", percent=30),
        an_entry(2, "2022-07-15", PART),
    )
    text = text_of(here)
    assert text == edited(
        HAND_WRITTEN,
        (
            "\n          # 电话更正\n",
            "          - date: 2022-07-31\n            unit: 模拟东县\n            status: blocked\n"
            "            evidence: ['台账, 甲']\n"
            "\n          # 电话更正\n",
        ),
        (
            "  # 见附件\n",
            "  # 见附件\n"
            "          - date: 2022-08-20\n            unit: 市模拟甲局\n            status: blocked\n"
            "            percent: 30\n",
        ),
        (
            "        - status: done\n",
            "        - date: 2022-07-15\n          unit: 市模拟乙局\n          status: blocked\n"
            "        - status: done\n",
        ),
        (
            "          unit: 市模拟甲局\n        id: 2\n",
            "          unit: 市模拟甲局\n"
            "        - date: 2022-10-01\n          unit: 模拟东县\n          status: blocked\n"
            "          note: '模拟: 已报 #1'\n"
            "        id: 2\n",
        ),
    )
    # What is told is what was added, in the order of the file.
    assert [task for task, _ in appended.added] == [1, 1, 2, 2]
    added = [
        line[2:] for line in difflib.ndiff(HAND_WRITTEN.splitlines(), text.splitlines()) if line[0] == "+"
    ]
    assert "".join(lines for _, lines in appended.added).splitlines() == added
    assert [entry.task for entry in appended.new] == [2, 1, 1, 2]
    assert appended.known == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", [True, False], ids=["last newline", "no last newline"])
@pytest.mark.usefixtures("yaml_loader")
def test_bom_and_newlines_stay(tmp_path: Path, newline: str, bom: str, end: bool) -> None:
    def as_written(text: str) -> bytes:
        return (bom + (text if end else text.removesuffix("\n")).replace("\n", newline)).encode()

    here = made(tmp_path / "data", as_written(TASKS))
    write(here, an_entry(3, unit=OTHER), an_entry(1), an_entry(2, "2022-08-01"))
    lines = "date: 2022-08-05\n      unit: 市模拟{}局\n      status: blocked\n"
    expected = edited(
        TASKS,
        ("  - id: 2\n    dead", "    progress:\n    - " + lines.format("甲") + "  - id: 2\n    dead"),
        (
            "    - date: 2022-08-03",
            "    - " + lines.format("甲").replace("-05", "-01") + "    - date: 2022-08-03",
        ),
        ("年底前完成模拟评价。\n", "年底前完成模拟评价。\n    progress:\n    - " + lines.format("丙")),
    )
    assert (here / "tasks.yaml").read_bytes() == as_written(expected)
    # And again, where the last line is now one of ours.
    write(here, an_entry(3, "2022-08-06", OTHER))
    expected += "    - " + lines.format("丙").replace("-05", "-06")
    assert (here / "tasks.yaml").read_bytes() == as_written(expected)


IN_BRACKETS = {
    "a task": (HAND_WRITTEN, "57:7"),
    "no record": (edited(TASKS, ("模拟评价。\n", "模拟评价。\n    progress: []\n")), "52:5"),
    "records": (
        edited(
            TASKS,
            (
                "模拟评价。\n",
                "模拟评价。\n    progress: [{date: 2022-08-01, unit: 市模拟丙局, status: blocked}]\n",
            ),
        ),
        "52:5",
    ),
}


@pytest.mark.parametrize(("tasks", "place"), IN_BRACKETS.values(), ids=IN_BRACKETS)
@pytest.mark.usefixtures("yaml_loader")
def test_what_stands_in_brackets_is_refused_by_place_and_the_rest_with_it(
    tmp_path: Path, tasks: str, place: str
) -> None:
    here = made(tmp_path / "data", tasks)
    before = state_of(here / "tasks.yaml")
    assert told(lambda: write(here, an_entry(1), an_entry(3, unit=OTHER))) == (
        f"{here / 'tasks.yaml'}:{place}: 这项任务或其 progress 写在括号里，不能逐行增减\n"
        "  提示：改为一键一行的写法（progress: 之下每条以“- ”起行）后再试"
    )
    assert state_of(here / "tasks.yaml") == before
    # Other tasks of the file are none the worse for it.
    write(here, an_entry(1))
    assert a_record() in ledger(here, 1)


@pytest.mark.usefixtures("yaml_loader")
def test_keys_on_lines_of_their_own_are_added_to_or_refused_but_never_spoilt(tmp_path: Path) -> None:
    tasks = edited(
        TASKS,
        ("    progress:\n    - date: 2022-07-15\n", "    ? progress\n    : - date: 2022-07-15\n"),
        ("      unit: 市模拟甲局\n      status: in", "        unit: 市模拟甲局\n        status: in"),
        ("      percent: 40\n    - date: 2022-08-03\n", "        percent: 40\n      - date: 2022-08-03\n"),
        ("      unit: 模拟东县\n      status", "        unit: 模拟东县\n        status"),
        ("      completed_on: 2022-07-28\n      meas", "        completed_on: 2022-07-28\n        meas"),
    )
    here = made(tmp_path / "data", tasks)
    before = state_of(here / "tasks.yaml")
    assert re.fullmatch(
        rf"{re.escape(str(here / 'tasks.yaml'))} 改后读不回来，没有写入：不合 YAML 语法：.*\n"
        "  提示：核对所报的内容，以及相关任务的写法",
        told(lambda: write(here, an_entry(2, "2022-07-01"))),
    )
    assert state_of(here / "tasks.yaml") == before
    write(here, an_entry(2, "2022-08-01"), an_entry(2, "2022-09-01"))
    assert [str(record.date) for record in ledger(here, 2)] == [
        "2022-07-15",
        "2022-08-01",
        "2022-08-03",
        "2022-09-01",
    ]


# --- order


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "3x", "3x"),
        ("3a", "5x", "3a 5x"),
        ("3a", "1x", "1x 3a"),
        ("1a 3b 5c", "2x", "1a 2x 3b 5c"),
        # Of equal dates what was there first stays first.
        ("1a 3b 5c", "3x", "1a 3b 3x 5c"),
        ("3a 3b 5c", "3x", "3a 3b 3x 5c"),
        # What one call says of one day stays in the order in which it is said.
        ("3a", "3x 3y 3z", "3a 3x 3y 3z"),
        ("3a", "3z 3y 3x", "3a 3z 3y 3x"),
        ("3a", "6x 5y 4z 5v", "3a 4z 5y 5v 6x"),
        ("2a 4b", "5w 3x 1y 3z", "1y 2a 3x 3z 4b 5w"),
        # A file out of order is left as it is; a record goes before the first later one.
        ("4a 2b", "3x", "3x 4a 2b"),
        ("4a 2b", "4x", "4a 2b 4x"),
        ("4a 2b 6c 1d", "5x 3y 6z", "3y 4a 2b 5x 6c 1d 6z"),
    ],
)
@pytest.mark.usefixtures("yaml_loader")
def test_records_stay_in_date_order(tmp_path: Path, old: str, new: str, expected: str) -> None:
    # A record is named by its day and a letter.
    lines = "".join(
        f"    # {name}\n    - date: 2022-10-0{name[0]}\n      unit: 市模拟丙局\n"
        f"      status: blocked\n      note: {name[1]}\n"
        for name in old.split()
    )
    progress = f"    progress:\n{lines}" if lines else ""
    here = made(tmp_path / "data", edited(TASKS, ("模拟评价。\n", f"模拟评价。\n{progress}")))
    before = text_of(here)
    write(here, *(an_entry(3, f"2022-10-0{name[0]}", OTHER, note=name[1]) for name in new.split()))
    assert [f"{record.date.day}{record.note}" for record in ledger(here, 3)] == expected.split()
    assert is_only_added_to(before, text_of(here))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "3x", "3x"),
        ("3a", "5x", "3a 5x"),
        ("3a", "1x", "1x 3a"),
        ("3a 5b", "3x", "3a 3x 5b"),
        ("3a", "6x 4z 5v", "3a 4z 5v 6x"),
        # What counts is the day of recording, where there is one.
        ("1a 5b", "3-5x", "1a 5b 3-5x"),
        ("1a 2-5b 6c", "4x", "1a 4x 2-5b 6c"),
        ("1a 2-5b 6c", "5x", "1a 2-5b 5x 6c"),
        ("3a", "4z 1-2y", "1-2y 3a 4z"),
        ("3a", "1-4y 4z 2-4x", "3a 1-4y 4z 2-4x"),
        # A file out of order is left as it is.
        ("4a 2b 1-6c", "3x 5y", "3x 4a 2b 5y 1-6c"),
    ],
)
@pytest.mark.usefixtures("yaml_loader")
def test_extensions_stay_in_the_order_in_which_they_were_known(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    def named(name: str) -> Extension:
        # An extension is named by the days of approval and, if there is one, of recording, and a letter.
        approved, *recorded = name[:-1].split("-")
        return an_extension(*(f"2022-10-0{day}" for day in (approved, *recorded)), reason=name)

    lines = "".join(
        f"    # {name}\n"
        f"    - {{{', '.join(f'{key}: {value}' for key, value in facts(named(name)).items())}}}\n"
        for name in old.split()
    )
    listed = f"    extensions:\n{lines}" if lines else ""
    here = made(tmp_path / "data", edited(TASKS, ("模拟评价。\n", f"模拟评价。\n{listed}")))
    before = text_of(here)
    write(here, *(Entry(task=3, record=named(name)) for name in new.split()))
    assert extensions(here, 3) == [named(name) for name in expected.split()]
    assert is_only_added_to(before, text_of(here))


# --- both ledgers


@pytest.mark.parametrize("end", [True, False], ids=["last newline", "no last newline"])
@pytest.mark.usefixtures("yaml_loader")
def test_what_goes_into_both_ledgers_goes_in_at_once(tmp_path: Path, end: bool) -> None:
    here = made(tmp_path / "data", TASKS if end else TASKS.removesuffix("\n"))
    correction = Extension(
        approved_on=dt.date(2022, 9, 21),
        reason="模拟更正：记错了",
        retracts=load_plan(here).by_id[2].extensions[0].ref,
    )
    entries = [
        an_entry(3, unit=OTHER),
        Entry(task=2, record=correction),
        an_entry(2, "2022-08-01"),
        Entry(task=3, record=an_extension("2022-08-05", "2022-08-06", from_=Month(2022, 12))),
        Entry(task=1, record=an_extension(document="模拟办函〔2022〕2号")),
        Entry(task=3, record=an_extension("2022-08-01", to=Month(2023, 1))),
    ]
    appended = write(here, *entries)
    expected = edited(
        TASKS,
        (
            "  - id: 2\n    dead",
            "    extensions:\n    - to: 2022-09\n      approved_on: 2022-08-05\n      reason: 模拟延期\n"
            "      document: 模拟办函〔2022〕2号\n  - id: 2\n    dead",
        ),
        (
            "    progress:\n",
            "    - approved_on: 2022-09-21\n      reason: 模拟更正：记错了\n"
            f"      retracts: '{correction.retracts}'\n    progress:\n",
        ),
        (
            "    - date: 2022-08-03\n",
            "    - date: 2022-08-01\n      unit: 市模拟甲局\n      status: blocked\n    - date: 2022-08-03\n",
        ),
        (
            "年底前完成模拟评价。\n",
            "年底前完成模拟评价。\n"
            "    extensions:\n    - to: 2023-01\n      approved_on: 2022-08-01\n      reason: 模拟延期\n"
            "    - from: 2022-12\n      to: 2022-09\n      approved_on: 2022-08-05\n      reason: 模拟延期\n"
            "      recorded_on: 2022-08-06\n"
            "    progress:\n    - date: 2022-08-05\n      unit: 市模拟丙局\n      status: blocked\n",
        ),
    )
    assert text_of(here) == (expected if end else expected.removesuffix("\n"))
    assert appended.new == tuple(entries)
    # What is told is what was added, in the order of the file.
    assert [task for task, _ in appended.added] == [1, 2, 2, 3, 3]
    text = text_of(here)
    places = [text.index(lines) for _, lines in appended.added]
    assert places == sorted(places)


@pytest.mark.usefixtures("yaml_loader")
def test_an_extension_goes_where_the_other_ledger_is_in_brackets(tmp_path: Path) -> None:
    tasks = edited(TASKS, ("模拟评价。\n", "模拟评价。\n    progress: []  # 还没有\n"))
    here = made(tmp_path / "data", tasks)
    entry = Entry(task=3, record=an_extension())
    write(here, entry)
    lines = "    extensions:\n    - to: 2022-09\n      approved_on: 2022-08-05\n      reason: 模拟延期\n"
    assert text_of(here) == edited(tasks, ("    progress: []", f"{lines}    progress: []"))
    before = state_of(here / "tasks.yaml")
    another = Entry(task=3, record=an_extension(reason="另一次"))
    assert "progress 写在括号里" in told(lambda: write(here, another, an_entry(3, unit=OTHER)))
    assert state_of(here / "tasks.yaml") == before


# --- all or none, once


def test_several_tasks_are_written_together(here: Path) -> None:
    appended = write(here, an_entry(3, unit=OTHER), an_entry(1), an_entry(2))
    assert [task for task, _ in appended.added] == [1, 2, 3]
    assert [ledger(here, task)[-1].unit for task in (1, 2, 3)] == [HEAD, HEAD, OTHER]


@pytest.mark.usefixtures("untouched")
def test_one_wrong_extension_keeps_all_from_being_written(here: Path) -> None:
    wrong = Entry(task=2, record=an_extension(to=None))
    assert "延期须写明 to" in told(lambda: write(here, an_entry(1), an_entry(2), wrong))


@pytest.mark.usefixtures("untouched")
def test_one_wrong_entry_keeps_all_from_being_written(here: Path) -> None:
    said = told(lambda: write(here, an_entry(1), an_entry(2), an_entry(3, unit="没有这家")))
    assert "未登记的单位“没有这家”" in said


@pytest.mark.parametrize("error", [RequestError("模拟：不行"), KeyboardInterrupt(), RuntimeError("模拟")])
@pytest.mark.usefixtures("untouched")
def test_a_refusal_leaves_the_file_alone(here: Path, error: BaseException) -> None:
    def refuse(plan: Plan) -> Sequence[Entry]:
        raise error

    with pytest.raises(type(error)) as caught:
        append(here, refuse)
    assert caught.value is error
    assert not (here / ".yzplan.lock").exists()


@pytest.mark.usefixtures("yaml_loader")
def test_what_has_been_said_is_not_said_again(here: Path) -> None:
    entry = an_entry(1, percent=80, measured={"网上办理占比": 82, "甲": 1}, evidence=("模拟〔2022〕1号",))
    write(here, entry)
    before = state_of(here / "tasks.yaml")
    again = replace(
        entry, record=replace(entry.record, percent=80.0, measured={"甲": 1.0, "网上办理占比": 82.0})
    )
    appended = write(here, entry, again)
    assert (appended.new, appended.added) == ((), ())
    assert appended.known == (entry, again)
    assert state_of(here / "tasks.yaml") == before


@pytest.mark.usefixtures("untouched", "yaml_loader")
def test_an_extension_that_is_there_is_not_added_again(here: Path) -> None:
    [known] = (Entry(task=2, record=record) for record in extensions(here, 2))
    assert known.record == an_extension("2022-09-20", from_=Month(2022, 9), to=Month(2022, 11))
    assert write(here, known) == Appended(new=(), known=(known,), added=())


def test_what_another_task_has_is_new_to_this_one(here: Path) -> None:
    [known] = (Entry(task=2, record=record) for record in extensions(here, 2))
    other = Entry(task=1, record=known.record)
    another = Entry(task=2, record=replace(known.record, recorded_on=dt.date(2022, 9, 20)))
    appended = write(here, known, other, another, other)
    assert (appended.new, appended.known) == ((other, another), (known, other))
    assert extensions(here, 1) == [other.record]
    assert extensions(here, 2) == [known.record, another.record]


def test_what_is_said_twice_at_once_is_written_once(here: Path) -> None:
    appended = write(here, an_entry(1), an_entry(1), an_entry(2), an_entry(1, note="另一条"))
    assert [entry.task for entry in appended.new] == [1, 2, 1]
    assert appended.known == (an_entry(1),)
    assert ledger(here, 1) == [a_record(), a_record(note="另一条")]


@pytest.mark.usefixtures("untouched")
def test_saying_nothing_writes_nothing(here: Path) -> None:
    assert write(here) == Appended(new=(), known=(), added=())


@pytest.mark.usefixtures("untouched")
def test_a_dry_run_tells_what_would_be_added_and_writes_nothing(here: Path) -> None:
    would = write(here, an_entry(2, "2022-08-01"), an_entry(1), dry_run=True)
    assert not (here / ".yzplan.lock").exists()
    copy = Path(shutil.copytree(here, here.parent / "copy"))
    assert write(copy, an_entry(2, "2022-08-01"), an_entry(1)) == would
    assert would.added == (
        (1, "    progress:\n    - date: 2022-08-05\n      unit: 市模拟甲局\n      status: blocked\n"),
        (2, "    - date: 2022-08-01\n      unit: 市模拟甲局\n      status: blocked\n"),
    )


def test_a_dry_run_refuses_what_would_be_refused(here: Path) -> None:
    assert "没有写入" in told(lambda: write(here, an_entry(1, unit=OTHER), dry_run=True))


# --- git


def git(folder: Path, *words: str) -> str:
    """What git answers, whatever the user's configuration."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    identity = ("-c", "user.name=模拟", "-c", "user.email=moni@example.com", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ["git", *identity, *words],
        cwd=folder,
        env=env,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.mark.usefixtures("yaml_loader")
def test_in_the_real_table_git_sees_only_added_lines(data_dir: Path) -> None:
    git(data_dir, "init", "-q")
    git(data_dir, "add", "tasks.yaml", "units.yaml")
    git(data_dir, "commit", "-q", "-m", "模拟")
    plan = load(data_dir).plan
    numbers = [1, 5, 74, 120, 121]
    entries = [
        Entry(
            task=number,
            record=a_record(
                f"2022-08-{30 - k:02d}",
                plan.by_id[number].lead_unit,
                note=f"{text}（模拟）",
                problem=text,
                evidence=(text, f"{text}二"),
            ),
        )
        for k, (number, text) in enumerate(itertools.product(numbers, NASTY[:4]))
    ]
    entries += [
        Entry(task=64, record=a_record("2022-08-01", plan.by_id[64].lead_unit, note=text, by="模拟"))
        for text in NASTY
    ]
    for part in (entries[:7], entries[7:8], entries[8:]):
        write(data_dir, *part)

    expected = {number: [each.record for each in entries if each.task == number] for number in (*numbers, 64)}
    assert load_plan(data_dir) == replace(
        plan,
        tasks=tuple(
            replace(task, progress=tuple(sorted(expected.get(task.id, ()), key=lambda record: record.date)))
            for task in plan.tasks
        ),
    )
    lines = sum(len(facts(entry.record)) for entry in entries) + len(expected)
    assert git(data_dir, "diff", "--numstat") == f"{lines}\t0\ttasks.yaml\n"
    added = [
        line for line in git(data_dir, "diff", "-U0").splitlines() if line[0] in "+-" and line[:3] != "---"
    ]
    assert all(line.startswith("+") for line in added)


# --- any plan, any hand, any entries


def plainly_added(plan: Plan, entries: Sequence[Entry]) -> Plan:
    """The plan with the entries added by the rule itself: before the first later one, else at the end."""

    def known_on(entry: LedgerEntry) -> dt.date:
        return entry.recorded_on or entry.approved_on if isinstance(entry, Extension) else entry.date

    extensions: dict[int, list[LedgerEntry]] = {task.id: [*task.extensions] for task in plan.tasks}
    progress: dict[int, list[LedgerEntry]] = {task.id: [*task.progress] for task in plan.tasks}
    for entry in sorted(entries, key=lambda entry: known_on(entry.record)):
        ledger = (extensions if isinstance(entry.record, Extension) else progress)[entry.task]
        if entry.record not in ledger:
            later = (k for k, old in enumerate(ledger) if known_on(old) > known_on(entry.record))
            ledger.insert(next(later, len(ledger)), entry.record)
    return replace(
        plan,
        tasks=tuple(
            replace(task, extensions=tuple(extensions[task.id]), progress=tuple(progress[task.id]))
            for task in plan.tasks
        ),
    )


@pytest.mark.parametrize("loader", LOADERS)
@many(60)
@given(content=files(), calls=st.lists(st.lists(some_entry, min_size=1, max_size=3), min_size=1, max_size=3))
def test_whatever_is_appended_to_whatever_file_only_adds_lines(
    loader: Any, content: bytes, calls: list[list[Entry]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", loader)
        here = made(Path(folder), content)
        plan = load_plan(here)
        for entries in calls:
            before = text_of(here)
            appended = write(here, *entries)
            after = text_of(here)
            plan = plainly_added(plan, entries)
            assert load_plan(here) == plan
            assert is_only_added_to(before, after)
            assert comments(after) == comments(before)
            assert after.startswith("\ufeff") == before.startswith("\ufeff")
            assert ("\r\n" in after) == ("\r\n" in before)
            assert "\n" not in after.replace("\r\n", "") or "\r\n" not in before
            # What was added is what was told, and no more.
            assert len(after) == len(before) + sum(len(lines) for _, lines in appended.added)
            assert all(lines in after for _, lines in appended.added)
        assert names(here) == ["tasks.yaml", "units.yaml"]
