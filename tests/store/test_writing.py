"""Writing tasks.yaml: what cannot be read back is not written, and nothing is lost, whoever else writes.

Plans, units and reports are 模拟.
"""

import datetime as dt
import errno
import itertools
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tables import (
    HEAD,
    OTHER,
    PART,
    a_record,
    an_entry,
    an_extension,
    is_only_added_to,
    ledger,
    names,
    state_of,
    text_of,
    told,
    write,
)
from tiny import TASKS, edited

from yzplan.errors import RequestError
from yzplan.model import LedgerEntry, Month, Plan, ProgressRecord
from yzplan.store import writing
from yzplan.store.appending import Entry, append
from yzplan.store.loading import load_plan


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
        (an_extension(reason="一行\n两行"), None),
        (an_extension(reason=""), "文字是空的"),
        (an_extension(reason="看不见\u200b"), "看不见"),
        (an_extension(document=" 空格在首"), "空格在首"),
        (an_extension(to=Month(999, 7)), "0999-07"),
        (an_extension(from_=Month(2022, 13)), "2022-13"),
        (an_extension(to=None), "延期须写明 to"),
        (an_extension(retracts="0123abcd"), "0123abcd"),
        (an_extension(to=None, retracts="ABCDEF01"), "ABCDEF01"),
    ],
)
@pytest.mark.usefixtures("untouched", "yaml_loader")
def test_what_would_not_read_back_is_not_written(here: Path, record: LedgerEntry, reason: str | None) -> None:
    said = told(lambda: write(here, an_entry(2), Entry(task=1, record=record)))
    assert "没有写入" in said
    assert reason is None or reason in said
    # No place is told: it would be one in a text that nobody can look at.
    assert re.search(r":\d+:\d+", said) is None


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
