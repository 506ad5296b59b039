"""What a row and the details of a task say (DESIGN §5). All reports are 模拟."""

from dataclasses import asdict

import pytest
from plans import (
    COUNTIES,
    COUNTY,
    HELPER,
    LEAD,
    OTHER,
    day,
    extension,
    extension_retraction,
    month,
    plan,
    record,
    retraction,
    shipped,
    task,
    viewpoint,
)

from yzplan.query.details import task_details
from yzplan.query.rows import task_facts

BEGUN = record("2022-07-05", "in_progress", percent=40, note="模拟：已启动")
DONE = record("2022-08-03", "done", completed_on="2022-07-28")
COUNTY_DONE = record("2022-07-20", "done", COUNTY)


def test_the_row_of_a_task_with_nothing_reported() -> None:
    subject = task()
    row = asdict(task_facts(plan(subject), subject, viewpoint("2022-07")))
    assert row == {
        "id": 1,
        "indicator_id": 1,
        "indicator": "模拟指标",
        "text": "模拟任务1。",
        "deadline": month("2022-07"),
        "effective_deadline": month("2022-07"),
        "lead_unit": LEAD,
        "responsible_units": (HELPER, OTHER, COUNTIES),
        "closed_groups": (COUNTIES,),
        "open_ended": None,
        "status": "not_started",
        "percent": None,
        "completed_on": None,
        "standing": "overdue",
        "days_overdue": 0,
        "carried_over": False,
        "warning": False,
        "overdue_on": day("2022-07-31"),
        "completed_later": None,
        "last_record": None,
        "part": None,
    }


def test_the_row_of_a_task_is_its_leads() -> None:
    subject = task(progress=[BEGUN, COUNTY_DONE, DONE])
    row = task_facts(plan(subject), subject, viewpoint("2022-07", known_at="2022-07-31"))
    assert (row.status, row.percent, row.standing) == ("in_progress", 40, "overdue")
    assert row.last_record is not None
    assert asdict(row.last_record) == {
        "date": day("2022-07-05"),
        "unit": LEAD,
        "status": "in_progress",
        "percent": 40,
        "note": "模拟：已启动",
        "ref": BEGUN.ref,
    }
    later = task_facts(plan(subject), subject, viewpoint("2022-07"))
    assert (later.status, later.standing, later.completed_on) == ("done", "on_time", day("2022-07-28"))


def test_details_list_the_history_in_file_order_with_references() -> None:
    subject = task(progress=[DONE, BEGUN])
    details = task_details(plan(subject), subject, viewpoint("2022-08"))
    assert [(entry["ref"], entry["retracted"]) for entry in details.progress] == [
        (DONE.ref, False),
        (BEGUN.ref, False),
    ]
    assert details.progress[1] == {
        "date": "2022-07-05",
        "unit": LEAD,
        "status": "in_progress",
        "percent": 40,
        "note": "模拟：已启动",
        "ref": BEGUN.ref,
        "retracted": False,
    }


def test_details_keep_what_was_corrected_and_say_so() -> None:
    correction = retraction("2022-08-10", DONE)
    granted = extension("2022-10", "2022-07-20")
    withdrawn = extension_retraction("2022-08-10", granted)
    subject = task(progress=[BEGUN, DONE, correction], extensions=[granted, withdrawn])

    details = task_details(plan(subject), subject, viewpoint("2022-08"))
    assert [entry["retracted"] for entry in details.progress] == [False, True, False]
    assert [entry["retracted"] for entry in details.extensions] == [True, False]
    assert (details.status, str(details.effective_deadline)) == ("in_progress", "2022-07")

    before = task_details(plan(subject), subject, viewpoint("2022-08", known_at="2022-08-09"))
    assert [entry["ref"] for entry in before.progress] == [BEGUN.ref, DONE.ref]
    assert not any(entry["retracted"] for entry in (*before.progress, *before.extensions))
    assert (before.status, str(before.effective_deadline)) == ("done", "2022-10")


def test_details_show_the_parts_of_those_who_have_spoken_the_lead_first() -> None:
    mistaken = record("2022-07-06", "blocked", OTHER)
    subject = task(progress=[COUNTY_DONE, BEGUN, mistaken, retraction("2022-07-07", mistaken)])
    details = task_details(plan(subject), subject, viewpoint("2022-07"))
    assert [(part.unit, part.role, part.status) for part in details.parts] == [
        (LEAD, "lead", "in_progress"),
        (COUNTY, "responsible", "done"),
    ]


@pytest.mark.parametrize(
    ("number", "horizon"),
    [
        pytest.param(7, "2022-12", id="promised-for-the-end-of-the-year"),
        pytest.param(1, None, id="nothing-promised-beyond-the-deadline"),
    ],
)
def test_details_say_by_when_the_text_itself_promises(number: int, horizon: str | None) -> None:
    subject = shipped().by_id[number]
    details = task_details(shipped(), subject, viewpoint("2022-07"))
    assert details.horizon == (month(horizon) if horizon else None)
    assert (details.targets, details.errata) == (subject.targets, subject.errata)
    assert details.indicator_errata == subject.indicator.errata
    assert details.document_number == "永政办函〔2022〕18号"
