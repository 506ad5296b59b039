"""The invented year-end table on which speed is measured: labelled, valid, and as the program writes."""

from dataclasses import replace
from pathlib import Path

import pytest
import yearend

from yzplan.model import Plan, Status
from yzplan.store.appending import Entry, append
from yzplan.store.loading import load

RECORDS = 2000


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    yearend.write(tmp_path / "yearend", RECORDS)
    return tmp_path / "yearend"


@pytest.fixture
def plan(directory: Path) -> Plan:
    return load(directory).plan


def test_the_same_numbers_give_the_same_bytes_and_another_seed_others(
    directory: Path, tmp_path: Path
) -> None:
    yearend.write(tmp_path / "again", RECORDS)
    yearend.write(tmp_path / "other", RECORDS, seed=19)

    made, again, other = (
        (where / "tasks.yaml").read_bytes() for where in (directory, tmp_path / "again", tmp_path / "other")
    )

    assert made == again
    assert made != other


def test_it_holds_as_many_records_as_were_asked_for(plan: Plan) -> None:
    assert sum(len(task.progress) for task in plan.tasks) == RECORDS


def test_the_records_of_a_task_stand_in_date_order(plan: Plan) -> None:
    for task in plan.tasks:
        dates = [record.date for record in task.progress]
        assert dates == sorted(dates)


def test_every_invented_text_is_labelled(directory: Path, plan: Plan) -> None:
    assert (directory / "tasks.yaml").read_text(encoding="utf-8").startswith("# 模拟")
    for task in plan.tasks:
        for record in task.progress:
            texts = filter(None, (record.note, record.problem, *record.evidence))
            assert all(text.startswith("模拟：") for text in texts)
            assert record.note
            assert record.by is None or record.by.startswith("模拟")
        for entry in task.extensions:
            assert entry.reason.startswith("模拟：")
            assert entry.document is None or entry.document.startswith("模拟")


def test_it_has_of_everything_that_a_year_brings(plan: Plan) -> None:
    records = [(task, record) for task in plan.tasks for record in task.progress]

    assert {record.status for _, record in records} >= set(Status) - {Status.NOT_STARTED}
    assert any(record.retracts for _, record in records)
    assert any(record.measured for _, record in records)
    assert any(record.completed_on and record.completed_on < record.date for _, record in records)
    assert {record.unit == task.lead_unit for task, record in records} == {True, False}
    assert any(entry.retracts for task in plan.tasks for entry in task.extensions)


def test_it_is_what_the_program_would_have_written(data_dir: Path) -> None:
    text = (data_dir / "tasks.yaml").read_text(encoding="utf-8")
    progress = yearend.ledger(load(data_dir).plan, records=100)

    append(data_dir, lambda _: [Entry(task=k, record=each) for k, said in progress.items() for each in said])

    written = (data_dir / "tasks.yaml").read_text(encoding="utf-8")
    assert yearend.table(text, progress, {}) == yearend.HEADING + written


def test_without_what_was_reported_it_is_the_shipped_table(directory: Path, data_dir: Path) -> None:
    plan = load(directory).plan
    bare = tuple(replace(task, progress=(), extensions=()) for task in plan.tasks)

    assert replace(plan, tasks=bare) == load(data_dir).plan
