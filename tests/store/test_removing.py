"""Taking an entry out of the ledgers again: its lines go, all else stays, whoever else writes.

Plans, units, reports and extensions are 模拟.
"""

import datetime as dt
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from chance import many
from hands import comments, files, some_entry
from hypothesis import given
from hypothesis import strategies as st
from tables import (
    HEAD,
    a_record,
    an_entry,
    an_extension,
    is_only_added_to,
    made,
    names,
    state_of,
    text_of,
    told,
    write,
)
from tiny import TASKS, edited

from yzplan.errors import DataError, RequestError
from yzplan.model import Plan, ProgressRecord
from yzplan.store import reading, writing
from yzplan.store.appending import Entry, remove
from yzplan.store.loading import load_plan
from yzplan.store.splice import LEDGERS

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]

FIRST, SECOND, EXTENSION = (
    """\
    - date: 2022-07-15
      unit: 市模拟甲局
      status: in_progress
      percent: 40
""",
    """\
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
      measured: {办理时限: 0.5}
""",
    """\
    extensions:
    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}
""",
)
"""Of task 2 of the tiny plan: its records, and its only extension with the key."""


def rid(directory: Path, entry: Entry, *, dry_run: bool = False) -> str:
    return remove(directory, lambda plan: entry, dry_run=dry_run)


def first_record(plan: Plan) -> Entry:
    return Entry(task=2, record=plan.by_id[2].progress[0])


def second_record(plan: Plan) -> Entry:
    return Entry(task=2, record=plan.by_id[2].progress[-1])


def only_extension(plan: Plan) -> Entry:
    return Entry(task=2, record=plan.by_id[2].extensions[0])


# --- whole files


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize(
    ("choose", "lines"),
    [(first_record, FIRST), (second_record, SECOND), (only_extension, EXTENSION)],
    ids=["first record", "second record", "only extension"],
)
@pytest.mark.usefixtures("yaml_loader")
def test_the_lines_go_and_are_told(
    tmp_path: Path, choose: Callable[[Plan], Entry], lines: str, newline: str, bom: str
) -> None:
    def as_written(text: str) -> bytes:
        return (bom + text.replace("\n", newline)).encode()

    here = made(tmp_path / "data", as_written(TASKS))
    assert remove(here, choose) == lines.replace("\n", newline)
    assert (here / "tasks.yaml").read_bytes() == as_written(edited(TASKS, (lines, "")))
    assert names(here) == ["tasks.yaml", "units.yaml"]


@pytest.mark.usefixtures("yaml_loader")
def test_all_can_go_one_after_the_other(here: Path) -> None:
    for choose in (second_record, only_extension, first_record):
        remove(here, choose)
    assert text_of(here) == edited(TASKS, (f"{EXTENSION}    progress:\n{FIRST}{SECOND}", ""))


def test_of_two_that_say_the_same_the_first_goes(tmp_path: Path) -> None:
    here = made(tmp_path / "data", edited(TASKS, (SECOND, f"{SECOND}    # 又一次\n{SECOND}")))
    remove(here, second_record)
    assert text_of(here) == edited(TASKS, (SECOND, f"    # 又一次\n{SECOND}"))


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.usefixtures("yaml_loader")
def test_a_file_without_a_last_newline_still_has_none(tmp_path: Path, newline: str) -> None:
    before = TASKS.removesuffix("\n").replace("\n", newline).encode()
    here = made(tmp_path / "data", before)
    entry = Entry(task=3, record=an_extension())
    [(_, added)] = write(here, entry).added
    assert not text_of(here).endswith("\n")
    assert rid(here, entry) == added
    assert (here / "tasks.yaml").read_bytes() == before


# --- refusals


@pytest.mark.usefixtures("untouched")
def test_a_dry_run_tells_what_would_go_and_writes_nothing(here: Path) -> None:
    assert remove(here, only_extension, dry_run=True) == EXTENSION
    assert not (here / ".yzplan.lock").exists()


@pytest.mark.parametrize("error", [RequestError("模拟：已经提交"), KeyboardInterrupt(), RuntimeError("模拟")])
@pytest.mark.parametrize("dry_run", [True, False], ids=["dry run", "in earnest"])
@pytest.mark.usefixtures("untouched")
def test_a_refusal_leaves_the_file_alone(here: Path, error: BaseException, dry_run: bool) -> None:
    def refuse(plan: Plan) -> Entry:
        raise error

    with pytest.raises(type(error)) as caught:
        remove(here, refuse, dry_run=dry_run)
    assert caught.value is error
    assert not (here / ".yzplan.lock").exists()


@pytest.mark.parametrize(
    "entry",
    [an_entry(2), an_entry(9), Entry(task=2, record=an_extension()), Entry(task=1, record=an_extension())],
    ids=["record", "task", "extension", "no ledger"],
)
@pytest.mark.usefixtures("untouched")
def test_what_is_not_there_is_not_taken_out(here: Path, entry: Entry) -> None:
    with pytest.raises((ValueError, KeyError)):
        rid(here, entry)


@pytest.mark.parametrize("dry_run", [True, False], ids=["dry run", "in earnest"])
@pytest.mark.usefixtures("yaml_loader")
def test_what_was_corrected_stays(here: Path, dry_run: bool) -> None:
    wrong = first_record(load_plan(here)).record
    correction = ProgressRecord(date=dt.date(2022, 8, 5), unit=HEAD, note="模拟更正", retracts=wrong.ref)
    write(here, Entry(task=2, record=correction))
    before = state_of(here / "tasks.yaml")
    assert told(lambda: remove(here, first_record, dry_run=dry_run)) == (
        f"{here / 'tasks.yaml'} 改后读不回来，没有写入：第 2 项没有引用码为 {wrong.ref} 的记录\n"
        "  提示：核对所报的内容，以及相关任务的写法"
    )
    assert state_of(here / "tasks.yaml") == before
    # The correction itself may go, and then the record.
    rid(here, Entry(task=2, record=correction))
    assert text_of(here) == TASKS
    remove(here, first_record)
    assert text_of(here) == edited(TASKS, (FIRST, ""))


IN_THE_WAY = {
    "the ledger in brackets": (
        edited(
            TASKS,
            (
                "模拟评价。\n",
                "模拟评价。\n    extensions: [{to: 2022-09, approved_on: 2022-08-05, reason: 模拟延期}]\n",
            ),
        ),
        "52:5: 这项任务或其 extensions 写在括号里，不能逐行增减\n"
        "  提示：改为一键一行的写法（extensions: 之下每条以“- ”起行）后再试",
    ),
    "the key behind the dash of the task": (
        edited(
            TASKS,
            (
                "  - id: 3\n",
                "  - extensions:\n"
                "    - {to: 2022-09, approved_on: 2022-08-05, reason: 模拟延期}\n"
                "    id: 3\n",
            ),
        ),
        "52:5: extensions 是这项任务的第一个键，其中唯一的一条不能逐行删去\n"
        "  提示：把 extensions: 移到这项任务的其他键之后再试",
    ),
}


@pytest.mark.parametrize(("tasks", "said"), IN_THE_WAY.values(), ids=IN_THE_WAY)
@pytest.mark.usefixtures("yaml_loader")
def test_what_cannot_go_by_lines_is_refused_by_place(tmp_path: Path, tasks: str, said: str) -> None:
    here = made(tmp_path / "data", tasks)
    before = state_of(here / "tasks.yaml")
    assert told(lambda: rid(here, Entry(task=3, record=an_extension()))) == f"{here / 'tasks.yaml'}:{said}"
    assert state_of(here / "tasks.yaml") == before


@pytest.mark.usefixtures("yaml_loader")
def test_a_comment_that_would_become_text_keeps_its_entry(tmp_path: Path) -> None:
    # Without the key, what stands below it would belong to the text in a block above it.
    before = edited(
        TASKS,
        (
            "    text: 年底前完成模拟评价。\n",
            "    text: |-\n     年底前完成模拟评价。\n"
            "    extensions:\n"
            "      # 第一次\n"
            "      - {to: 2022-09, approved_on: 2022-08-05, reason: 模拟延期}\n",
        ),
    )
    here = made(tmp_path / "data", before)
    assert "没有写入" in told(lambda: rid(here, Entry(task=3, record=an_extension())))
    assert text_of(here) == before


# --- somebody else writes, too


@pytest.mark.usefixtures("yaml_loader")
def test_what_somebody_else_wrote_in_between_is_kept(here: Path) -> None:
    theirs = an_entry(2, "2022-08-01")
    copy = Path(shutil.copytree(here, here.parent / "copy"))
    seen: list[Plan] = []

    def choose(plan: Plan) -> Entry:
        if not seen:
            write(here, theirs)
        seen.append(plan)
        return first_record(plan)

    assert remove(here, choose) == FIRST
    assert [len(plan.by_id[2].progress) for plan in seen] == [2, 3]
    write(copy, theirs)
    assert text_of(here) == edited(text_of(copy), (FIRST, ""))
    assert names(here) == ["tasks.yaml", "units.yaml"]


def test_what_somebody_else_did_in_between_may_forbid_it(here: Path) -> None:
    def choose(plan: Plan) -> Entry:
        entry = Entry(task=2, record=a_record("2022-07-15", status="in_progress", percent=40))
        if entry.record not in plan.by_id[2].progress:
            raise RequestError("模拟：已经撤下")
        remove(here, first_record)
        return entry

    with pytest.raises(RequestError):
        remove(here, choose)
    assert text_of(here) == edited(TASKS, (FIRST, ""))


def test_who_never_gets_a_word_in_gives_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ATTEMPTS", 3)
    seen: list[Plan] = []

    def choose(plan: Plan) -> Entry:
        seen.append(plan)
        (here / "tasks.yaml").write_text(f"{TASKS}# {len(seen)}\n", encoding="utf-8")
        return first_record(plan)

    assert told(lambda: remove(here, choose)) == (
        "文件一直在被别的程序改动，没有写入\n  提示：关闭正在编辑它的程序后再试；原文件没有改动"
    )
    assert text_of(here) == f"{TASKS}# {len(seen)}\n"
    assert names(here) == ["tasks.yaml", "units.yaml"]


# --- any plan, any hand, any entry


@pytest.mark.parametrize("loader", LOADERS)
@many(60)
@given(content=files(), entry=some_entry)
def test_what_was_just_appended_goes_without_a_trace(loader: Any, content: bytes, entry: Entry) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", loader)
        here = made(Path(folder), content)
        added = write(here, entry).added
        if added:
            assert rid(here, entry) == added[0][1]
        assert (here / "tasks.yaml").read_bytes() == content


@pytest.mark.parametrize("loader", LOADERS)
@many(60)
@given(content=files(), data=st.data())
def test_whatever_is_taken_out_of_whatever_file_only_takes_lines(
    loader: Any, content: bytes, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", loader)
        here = made(Path(folder), content)
        plan = load_plan(here)
        for _ in range(3):
            choices = [(task, name) for task in plan.tasks for name in LEDGERS if task.ledger(name)]
            if not choices:
                break
            task, name = data.draw(st.sampled_from(choices))
            entries = [*task.ledger(name)]
            wrong = data.draw(st.sampled_from(entries))
            before = text_of(here)
            try:
                gone = rid(here, Entry(task=task.id, record=wrong))
                refusal = None
            except DataError as error:
                refusal = str(error)
            after = text_of(here)
            if refusal:
                # The key of an only entry may stand where it cannot go, or keep a comment out of a text.
                assert entries == [wrong]
                assert "第一个键" in refusal or re.search(r": +[|>]-", before)
                assert after == before
                continue
            entries.remove(wrong)
            plan = plan.with_tasks({task.id: replace(task, **{name: tuple(entries)})})
            assert load_plan(here) == plan
            assert is_only_added_to(after, before)
            assert len(before) == len(after) + len(gone)
            assert Counter(comments(before)) == Counter(comments(after)) + Counter(comments(gone))
            # Of a file without a last newline the line above is now the last, and may be a blank one.
            assert after.endswith("\n") or not before.endswith("\n")
        assert names(here) == ["tasks.yaml", "units.yaml"]
