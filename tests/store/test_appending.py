"""Adding records to tasks.yaml: only lines are added, in date order, all or none, whatever else happens.

Plans, units and reports are 模拟.
"""

import datetime as dt
import difflib
import errno
import itertools
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from tiny import TASKS, UNITS, edited, sealed

from yzplan.errors import DataError, RequestError
from yzplan.model import Plan, ProgressRecord, Status, facts, fingerprint
from yzplan.store import reading, writing
from yzplan.store.appending import Appended, Entry, append
from yzplan.store.emit import scalar
from yzplan.store.loading import load, load_plan

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]

HEAD, PART, OTHER, COUNTY = "市模拟甲局", "市模拟乙局", "市模拟丙局", "模拟东县"
"""Of the tiny plan: the lead of tasks 1 and 2, their responsible unit, the lead of task 3, their county."""


def a_record(
    date: str = "2022-08-05", unit: str = HEAD, status: str = "blocked", **given: Any
) -> ProgressRecord:
    return ProgressRecord(date=dt.date.fromisoformat(date), unit=unit, status=Status(status), **given)


def an_entry(task: int, date: str = "2022-08-05", unit: str = HEAD, **given: Any) -> Entry:
    return Entry(task=task, record=a_record(date, unit, **given))


def write(directory: Path, *entries: Entry, dry_run: bool = False) -> Appended:
    return append(directory, lambda plan: entries, dry_run=dry_run)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A data directory with the tiny plan."""
    return made(tmp_path / "模拟", TASKS)


def made(directory: Path, tasks: str | bytes) -> Path:
    directory.mkdir(exist_ok=True)
    content = tasks.encode() if isinstance(tasks, str) else tasks
    (directory / "tasks.yaml").write_bytes(content)
    (directory / "units.yaml").write_bytes(UNITS.encode())
    return directory


def text_of(directory: Path) -> str:
    return (directory / "tasks.yaml").read_bytes().decode()


def names(directory: Path) -> list[str]:
    """What is in a directory besides the lock, which stays."""
    return sorted(path.name for path in directory.iterdir() if path.name != ".yzplan.lock")


def ledger(directory: Path, task: int) -> list[ProgressRecord]:
    return [*load_plan(directory).by_id[task].progress]


def state_of(path: Path) -> tuple[object, ...]:
    """All that would tell that a file was written to."""
    found = path.stat()
    return path.read_bytes(), found.st_mtime_ns, found.st_ino, found.st_mode


@pytest.fixture
def untouched(here: Path) -> Iterator[None]:
    """The test must leave the file alone, and nothing beside it."""
    before = state_of(here / "tasks.yaml")
    yield
    assert state_of(here / "tasks.yaml") == before
    assert names(here) == ["tasks.yaml", "units.yaml"]


def told(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        call()
    return str(caught.value)


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


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (a_record(note="一行\n两行"), None),
        (a_record(note="空格在末 "), "空格在末"),
        (a_record(note="看不见\u200b"), "看不见"),
        (a_record(note="\x1b[31m红"), "看不见"),
        (a_record(unit="没有这家"), "没有这家"),
        (a_record(unit=OTHER), "无关"),
        (a_record(percent=101), "101"),
        (a_record(measured={"甲": float("nan")}), "应为数字"),
        (a_record(measured={"甲": 10**18}), "1000000000000000000"),
        (a_record(measured={"甲" * 1100: 1}), "语法"),
        (ProgressRecord(date=dt.date(2022, 8, 5), unit=HEAD, note="两样都没有"), "status"),
        (ProgressRecord(date=dt.date(2022, 8, 5), unit=HEAD, retracts="0123abcd"), "0123abcd"),
    ],
)
@pytest.mark.usefixtures("untouched", "yaml_loader")
def test_what_would_not_read_back_is_not_written(
    here: Path, record: ProgressRecord, reason: str | None
) -> None:
    said = told(lambda: write(here, an_entry(2), Entry(task=1, record=record)))
    assert "没有写入" in said
    assert reason is None or reason in said
    # No place is told: it would be one in a text that nobody can look at.
    assert re.search(r":\d+:\d+", said) is None


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


def is_only_added_to(before: str, after: str) -> bool:
    """Whether the lines of the old text, with their newlines, are all in the new one, in order.

    The last one may have got the newline that it lacked.
    """
    newline = "\r\n" if "\r\n" in before else "\n"
    old, new = (
        (text if text.endswith(newline) else text + newline).splitlines(keepends=True)
        for text in (before, after)
    )
    rest = iter(new)
    return all(line in rest for line in old)


# --- all or none, once


def test_several_tasks_are_written_together(here: Path) -> None:
    appended = write(here, an_entry(3, unit=OTHER), an_entry(1), an_entry(2))
    assert [task for task, _ in appended.added] == [1, 2, 3]
    assert [ledger(here, task)[-1].unit for task in (1, 2, 3)] == [HEAD, HEAD, OTHER]


@pytest.mark.usefixtures("untouched")
def test_one_wrong_entry_keeps_all_from_being_written(here: Path) -> None:
    told(lambda: write(here, an_entry(1), an_entry(2), an_entry(3, unit="没有这家")))


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


def test_a_directory_without_data_is_told_and_not_made(tmp_path: Path) -> None:
    nowhere = tmp_path / "没有"
    assert told(lambda: write(nowhere, an_entry(1))).startswith(f"数据目录不存在或进不去：{nowhere}\n")
    assert not nowhere.exists()
    nowhere.mkdir()
    assert "Y001" in told(lambda: write(nowhere, an_entry(1)))
    assert [*nowhere.iterdir()] == []


# --- somebody else writes, too


def meddling(directory: Path, *contents: str) -> tuple[Callable[[Plan], list[Entry]], list[Plan]]:
    """A decision during which somebody else saves the file: each time, the next of the contents."""
    seen: list[Plan] = []
    left = iter(contents)

    def decide(plan: Plan) -> list[Entry]:
        seen.append(plan)
        for content in itertools.islice(left, 1):
            (directory / "tasks.yaml").write_text(content, encoding="utf-8")
        return [an_entry(1)]

    return decide, seen


THEIRS = """\
    progress:
    - date: 2022-08-01
      unit: 市模拟乙局
      status: in_progress
"""
WITH_THEIRS = edited(TASKS, ("  - id: 2\n    dead", f"{THEIRS}  - id: 2\n    dead"))


@pytest.mark.usefixtures("yaml_loader")
def test_what_somebody_else_wrote_in_between_is_kept(here: Path) -> None:
    decide, seen = meddling(here, WITH_THEIRS, WITH_THEIRS + "# 他们的附注\n")
    appended = append(here, decide)
    assert [len(plan.by_id[1].progress) for plan in seen] == [0, 1, 1]
    ours = "    - date: 2022-08-05\n      unit: 市模拟甲局\n      status: blocked\n"
    assert text_of(here) == WITH_THEIRS.replace(THEIRS, THEIRS + ours) + "# 他们的附注\n"
    assert appended.added == ((1, ours),)
    assert names(here) == ["tasks.yaml", "units.yaml"]


def test_what_somebody_else_said_in_between_is_not_said_again(here: Path) -> None:
    theirs = Path(shutil.copytree(here, here.parent / "theirs"))
    write(theirs, an_entry(1))
    decide, seen = meddling(here, text_of(theirs))
    appended = append(here, decide)
    assert (appended.new, appended.known) == ((), (an_entry(1),))
    assert len(seen) == 2
    assert text_of(here) == text_of(theirs)


def test_what_somebody_else_did_in_between_may_forbid_it(here: Path) -> None:
    def decide(plan: Plan) -> list[Entry]:
        if plan.by_id[1].progress:
            raise RequestError("模拟：已有进展")
        (here / "tasks.yaml").write_text(WITH_THEIRS, encoding="utf-8")
        return [an_entry(1)]

    with pytest.raises(RequestError):
        append(here, decide)
    assert text_of(here) == WITH_THEIRS
    assert names(here) == ["tasks.yaml", "units.yaml"]


def test_an_invalid_file_that_somebody_else_saved_in_between_stays(here: Path) -> None:
    broken = TASKS.replace("deadline: 2022-12", "deadline: 2022-13")
    decide, seen = meddling(here, broken)
    assert f"{here / 'tasks.yaml'}:53:15: Y104 “2022-13”写法不对" in told(lambda: append(here, decide))
    assert len(seen) == 1
    assert text_of(here) == broken
    assert names(here) == ["tasks.yaml", "units.yaml"]


def test_a_file_that_somebody_else_removed_in_between_stays_away(here: Path) -> None:
    def decide(plan: Plan) -> list[Entry]:
        (here / "tasks.yaml").unlink()
        return [an_entry(1)]

    told(lambda: append(here, decide))
    assert names(here) == ["units.yaml"]


def test_who_never_gets_a_word_in_gives_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ATTEMPTS", 3)
    decide, seen = meddling(here, *(f"{TASKS}# {k}\n" for k in range(10)))
    assert told(lambda: append(here, decide)) == (
        "文件一直在被别的程序改动，没有写入\n  提示：关闭正在编辑它的程序后再试；原文件没有改动"
    )
    assert text_of(here) == f"{TASKS}# {len(seen) - 1}\n"
    assert names(here) == ["tasks.yaml", "units.yaml"]


CLERK = """
import datetime as dt, sys
from pathlib import Path
from yzplan.model import ProgressRecord, Status
from yzplan.store.appending import Entry, append

directory, name, unit = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
print("ready", flush=True)
sys.stdin.readline()
for k in range(20):
    record = ProgressRecord(
        date=dt.date(2022, 8, 1) + dt.timedelta(days=k // 2),
        unit=unit, status=Status.BLOCKED, note=f"{name}: {k}",
    )
    append(directory, lambda plan: [Entry(task=1 + k % 2, record=record)])
"""


def test_two_processes_lose_no_record_and_a_reader_never_sees_half(here: Path) -> None:
    before = ledger(here, 2)
    with ExitStack() as stack:
        clerks = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", CLERK, here, name, unit],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for name, unit in (("模拟一", HEAD), ("模拟二", PART))
        ]
        assert [clerk.stdout.readline() for clerk in clerks if clerk.stdout] == ["ready\n", "ready\n"]
        for clerk in clerks:
            if clerk.stdin:
                clerk.stdin.close()
        counts = [2]
        while any(clerk.poll() is None for clerk in clerks):
            counts.append(sum(len(task.progress) for task in load_plan(here).tasks))
    assert [clerk.returncode for clerk in clerks] == [0, 0]
    assert counts == sorted(counts)

    ledgers = {task: ledger(here, task) for task in (1, 2)}
    for records in ledgers.values():
        assert [record.date for record in records] == sorted(record.date for record in records)
    assert [record for record in ledgers[2] if record in before] == before
    notes = [record.note for record in ledgers[1] + ledgers[2] if record not in before]
    assert sorted(notes) == sorted(f"{name}: {k}" for name in ("模拟一", "模拟二") for k in range(20))
    assert is_only_added_to(TASKS, text_of(here))
    assert names(here) == ["tasks.yaml", "units.yaml"]


def test_command_lines_at_once_all_get_through(here: Path) -> None:
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "yzplan", "--data", here, "update", "1", "2", "--unit", unit),
                *("--status", "blocked", "--date", "2022-08-05", "--note", f"模拟: 第 {k} 次"),
            ],
            env={**os.environ, "YZPLAN_TODAY": "2022-08-05"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for k, unit in enumerate((HEAD, PART, "模拟西区", HEAD))
    ]
    said = [each.communicate()[1] for each in running]
    assert [each.returncode for each in running] == [0, 0, 0, 0], said
    for task, before in ((1, 0), (2, 2)):
        notes = {record.note for record in ledger(here, task) if record.note}
        assert notes == {f"模拟: 第 {k} 次" for k in range(4)}
        assert len(ledger(here, task)) == before + 4


# --- files as they are


def test_a_link_stays_one_and_the_mode_stays(here: Path) -> None:
    shelf = here.parent / "shelf"
    shelf.mkdir()
    (here / "tasks.yaml").rename(shelf / "real.yaml")
    (shelf / "real.yaml").chmod(0o640)
    (here / "tasks.yaml").symlink_to("../shelf/real.yaml")
    write(here, an_entry(1))
    assert (here / "tasks.yaml").readlink() == Path("../shelf/real.yaml")
    assert stat.S_IMODE((shelf / "real.yaml").stat().st_mode) == 0o640
    assert ledger(here, 1) == [a_record()]
    assert names(here) == ["tasks.yaml", "units.yaml"]
    assert names(shelf) == ["real.yaml"]


@pytest.mark.usefixtures("untouched")
def test_a_read_only_table_is_not_written(here: Path) -> None:
    (here / "tasks.yaml").chmod(0o444)
    try:
        assert "是只读文件，没有写入" in told(lambda: write(here, an_entry(1)))
    finally:
        (here / "tasks.yaml").chmod(0o644)


def test_what_a_killed_run_left_behind_is_swept(here: Path) -> None:
    (here / ".yzplan-tasks.yaml.abc12345").write_bytes(b"plan:\n")
    write(here, an_entry(1))
    assert names(here) == ["tasks.yaml", "units.yaml"]


FAULTS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EMFILE, errno.EXDEV]


@pytest.mark.parametrize("number", FAULTS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("call", ["mkstemp", "chmod", "fsync", "replace"])
def test_a_fault_is_told_and_the_next_run_writes(here: Path, call: str, number: int) -> None:
    before = state_of(here / "tasks.yaml")

    def failing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    owner: Any = {"mkstemp": tempfile, "chmod": Path}.get(call, os)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, call, failing)
        said = told(lambda: write(here, an_entry(1)))
    sentence, hint = said.split("\n")
    assert re.fullmatch(f"写不了 {re.escape(str(here / 'tasks.yaml'))}：[\u4e00-\u9fff]+", sentence)
    assert hint == "  提示：没有改动任何文件；排除原因后再试"
    assert state_of(here / "tasks.yaml") == before
    assert names(here) == ["tasks.yaml", "units.yaml"]
    write(here, an_entry(1))
    assert ledger(here, 1) == [a_record()]


# --- git

NASTY = [
    "网上办理占比: 82% # 见附件",
    "- 首先；- 其次",
    "[草稿] {待定} & *重点* !紧急 | > 备注",
    "it's ''引号'' \"双引号\" \\n 不是换行",
    "%YAML 1.1",
    "@所有人 `代码`",
    "2022-07-31",
    "010",
    "yes",
    "null",
    "12e45678",
    "<<<<<<< HEAD",
    "---",
    "😀𠮷　全角空格",
    "=1+1",
    "很长的说明，" * 300,
]


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


# --- any plan, any hand, any records

UNITS_OF = {1: [HEAD, PART, COUNTY], 2: [HEAD, PART, "模拟西区"], 3: [OTHER, HEAD]}
DEADLINES = {1: "2022-07", 2: "2022-09", 3: "2022-12"}
some_note = st.sampled_from(NASTY[:-1]) | st.text(
    "甲乙 :#-'\"{}[],&*!|>%@`?=\\😀0e", min_size=1, max_size=20
).map(lambda text: text.strip() or "无")


@st.composite
def records(draw: st.DrawFn, task: int) -> ProgressRecord:
    optional = st.none() | some_note
    return ProgressRecord(
        # Few days, so that many are equal and few are in order.
        date=dt.date(2022, 7, draw(st.integers(28, 31))),
        unit=draw(st.sampled_from(UNITS_OF[task])),
        status=draw(st.sampled_from([Status.IN_PROGRESS, Status.BLOCKED, Status.DONE])),
        percent=draw(st.none() | st.sampled_from([0, 99.5, 100])),
        note=draw(optional),
        evidence=tuple(draw(st.lists(some_note, max_size=2))),
        measured=draw(
            st.dictionaries(st.sampled_from(["甲: 1", "2022", "乙"]), st.sampled_from([0, -1.5, 80]))
        ),
        by=draw(optional),
    )


class Hand:
    """Somebody who writes a valid tasks.yaml, in a way of his own on each line."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.remarks = 0

    def choose(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def pause(self, column: int) -> None:
        """Perhaps comments and blank lines; a comment stands no deeper than what follows."""
        for _ in range(self.choose(0, 0, 0, 1, 2)):
            self.lines.append(self.choose("", self.remark(self.choose(0, column))))

    def remark(self, column: int) -> str:
        self.remarks += 1
        return f"{' ' * column}# 注{self.remarks}：{self.choose('a: b', '- 甲', '{', '“')}"

    def put(self, column: int, text: str) -> None:
        """A line, perhaps with a comment behind it."""
        tail = self.choose("", "", f"  {self.remark(0)}")
        self.lines.append(" " * column + text + tail)

    def text(self, column: int, lead: str, text: str) -> None:
        """A text behind `lead` (a key, perhaps behind a dash), whose key stands at `column`."""
        start = " " * (column - (2 if lead.startswith("- ") else 0)) + lead
        style = self.choose("ours", "double", "single", "literal", "folded", "below")
        deeper = " " * (column + self.choose(1, 2, 4))
        if style == "literal":
            self.lines += [f"{start} |-", deeper + text, *[""] * self.choose(0, 2)]
        elif style == "folded":
            self.lines += [f"{start} >-  {self.remark(0)}", deeper + text, *[""] * self.choose(0, 1)]
        elif style == "below":
            self.put(0, start)
            self.put(0, deeper + scalar(text))
        else:
            quoted = "'" + text.replace("'", "''") + "'"
            # A line may be broken within quotes where there is one space between two words.
            if " " in text and not re.search(r"  | $|^ |\t|\\", text) and self.choose(True, False):
                quoted = quoted.replace(" ", f"\n{deeper}", 1)
            written = {"ours": scalar(text), "double": json.dumps(text, ensure_ascii=False), "single": quoted}
            first, *rest = f"{start} {written[style]}".split("\n")
            self.lines += [first, *rest]

    def key(self, name: str) -> str:
        return self.choose(name, name, f"'{name}'", f'"{name}"') + self.choose("", "", " ") + ":"

    def record(self, column: int, record: ProgressRecord) -> None:
        fields = self.draw(st.permutations([*facts(record).items()]))
        if self.choose(True, False, False):
            inside = ", ".join(f"{key}: {flow(value)}" for key, value in fields)
            self.put(column, f"- {{{inside}}}")
            return
        for k, (key, value) in enumerate(fields):
            if k:
                self.pause(column + 2)
            dash = "" if k else "- "
            where = column + 2
            if isinstance(value, str) and key in ("note", "by"):
                self.text(where, f"{dash}{self.key(key)}", value)
            elif isinstance(value, list) and self.choose(True, False):
                self.put(where - len(dash), f"{dash}{self.key(key)}")
                depth = self.choose(0, 2)
                for item in value:
                    self.put(where + depth, f"- {scalar(item)}")
            else:
                self.put(where - len(dash), f"{dash}{self.key(key)} {flow(value)}")

    def task(self, column: int, number: int, records: list[ProgressRecord]) -> None:
        """A task whose dash stands at `column`."""
        where = column + 2
        parts = ["id", "deadline", "text", "errata", *(["progress"] if records else [])]
        for k, part in enumerate(self.draw(st.permutations(parts))):
            self.pause(where if k else column)
            dash = "" if k else "- "
            start = f"{dash}{self.key(part)}"
            if part == "id":
                self.put(where - len(dash), f"{start} {number}")
            elif part == "deadline":
                self.put(where - len(dash), f"{start} {DEADLINES[number]}")
            elif part == "text":
                self.text(where, start, f"模拟任务 {number} 的原文。")
            elif part == "errata":
                self.put(where - len(dash), f"{start} []")
            else:
                self.put(where - len(dash), start)
                depth = where + self.choose(0, 2, 3)
                for record in records:
                    self.pause(depth)
                    self.record(depth, record)


def flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {scalar(item)}' for key, item in value.items())}}}"
    return scalar(value)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A tasks.yaml with three tasks, as somebody may have written it."""
    hand = Hand(draw)
    hand.lines += TASKS[: TASKS.index("indicators:\n")].splitlines()
    hand.put(0, "indicators:")
    outer = draw(st.sampled_from([0, 2]))
    for indicator, (tasks, lead, others) in enumerate(
        [((1, 2), HEAD, "市模拟乙局, 各模拟县区"), ((3,), OTHER, "市模拟甲局")], 1
    ):
        hand.pause(outer)
        wording = fingerprint([[n, DEADLINES[n], f"模拟任务 {n} 的原文。"] for n in tasks])[:12]
        hand.put(outer, f"- id: {indicator}")
        for line in (f"name: 模拟指标{indicator}", f"lead_unit: {lead}", f"wording: '{wording}'"):
            hand.put(outer + 2, line)
        is_last = draw(st.booleans())
        if not is_last:
            hand.put(outer + 2, f"responsible_units: [{others}]")
        hand.put(outer + 2, "tasks:")
        inner = outer + 2 + draw(st.sampled_from([0, 1, 2]))
        for number in tasks:
            hand.task(inner, number, draw(st.lists(records(number), max_size=3)))
        if is_last:
            hand.pause(outer + 2)
            hand.put(outer + 2, f"responsible_units: [{others}]")
    hand.pause(0)
    text = "\n".join(hand.lines) + draw(st.sampled_from(["", "\n"]))
    return (
        draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    ).encode()


some_entry = st.integers(1, 3).flatmap(
    lambda number: records(number).map(lambda record: Entry(task=number, record=record))
)


def plainly_added(plan: Plan, entries: Sequence[Entry]) -> Plan:
    """The plan with the entries added by the rule itself: before the first later one, else at the end."""
    ledgers = {task.id: [*task.progress] for task in plan.tasks}
    for entry in sorted(entries, key=lambda entry: entry.record.date):
        progress = ledgers[entry.task]
        if entry.record not in progress:
            later = (k for k, old in enumerate(progress) if old.date > entry.record.date)
            progress.insert(next(later, len(progress)), entry.record)
    return replace(plan, tasks=tuple(replace(task, progress=tuple(ledgers[task.id])) for task in plan.tasks))


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


def comments(text: str) -> list[str]:
    return re.findall("# 注[0-9]+", text)
