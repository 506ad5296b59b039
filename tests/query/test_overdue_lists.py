"""Overdue and due lists of the shipped table (DESIGN §3, domain.md §0). What is reported here is 模拟."""

from collections import Counter
from typing import Any

import pytest
from plans import changed, day, extension, month, record, reported, retraction, shipped, viewpoint

from yzplan.assess.standing import Standing
from yzplan.model import Directory, Plan, ProgressRecord
from yzplan.query.rows import TaskRow
from yzplan.query.select import Selection, due, overdue

JUNE = [5, 38, 50, 74, 106]


def selected(unit: str | None = None, **conditions: Any) -> Selection:
    units = (Directory(shipped().register).find(unit),) if unit else ()
    return Selection(units=units, **conditions)


def overdue_ids(plan: Plan, as_of: str, *, only_new: bool = False, **conditions: Any) -> list[int]:
    asked = viewpoint(as_of, known_at=conditions.pop("known_at", None))
    return [row.id for row in overdue(plan, selected(**conditions), asked, only_new=only_new)]


def by_lead(number: int, date: str, status: str, **facts: Any) -> tuple[int, ProgressRecord]:
    return number, record(date, status, shipped().by_id[number].lead_unit, **facts)


def row_of(rows: list[TaskRow], number: int) -> TaskRow:
    return next(row for row in rows if row.id == number)


# With nothing reported


@pytest.mark.parametrize(
    ("as_of", "total", "new"),
    [
        ("2022-05", 0, 0),
        ("2022-06", 5, 5),
        ("2022-07", 53, 48),
        ("2022-08", 53, 0),
        ("2022-09", 110, 57),
        ("2022-10", 119, 9),
        ("2022-11", 121, 2),
        ("2022-12", 121, 0),
    ],
)
def test_with_nothing_reported_overdue_at_the_close_is(as_of: str, total: int, new: int) -> None:
    rows = overdue(shipped(), Selection(), viewpoint(as_of))
    assert len(rows) == total
    assert sum(not row.carried_over for row in rows) == new
    assert len(overdue_ids(shipped(), as_of, only_new=True)) == new


def test_july_by_lead() -> None:
    rows = overdue(shipped(), Selection(), viewpoint("2022-07"))
    assert Counter(row.lead_unit for row in rows) == {
        "市市场监管局": 10,
        "市中级人民法院": 9,
        "市行政审批服务局": 8,
        "市城管执法局": 5,
        "市财政局": 4,
        "市住建局": 3,
        "市自然资源和规划局": 3,
        "市政府办（金融办）": 3,
        "市工信局": 2,
        "市税务局": 2,
        "市发改委": 2,
        "市商务局": 1,
        "市人社局": 1,
    }


def test_july_lists_junes_first_and_marks_them_carried_over() -> None:
    rows = overdue(shipped(), Selection(), viewpoint("2022-07"))
    assert [row.id for row in rows[:5]] == JUNE
    assert {(str(row.deadline), row.carried_over, row.days_overdue) for row in rows} == {
        ("2022-06", True, 31),
        ("2022-07", False, 0),
    }
    assert {str(row.overdue_on) for row in rows} == {"2022-06-30", "2022-07-31"}


def test_lists_go_by_deadline_and_then_by_number() -> None:
    rows = overdue(shipped(), Selection(), viewpoint("2022-12"))
    assert [(row.deadline, row.id) for row in rows] == sorted((row.deadline, row.id) for row in rows)


def test_what_is_overdue_stands_overdue() -> None:
    for row in overdue(shipped(), Selection(), viewpoint("2022-09")):
        assert (row.standing, row.warning, row.completed_later) == (Standing.OVERDUE, False, None)


def test_while_the_month_runs_its_own_are_warnings() -> None:
    rows = overdue(shipped(), Selection(), viewpoint("2022-07", today="2022-07-15"))
    assert [row.id for row in rows if not row.warning] == JUNE
    assert Counter(row.standing for row in rows) == {Standing.OVERDUE: 5, Standing.DUE_SOON: 48}
    assert {row.days_overdue for row in rows if row.warning} == {None}


# With reports


def test_completed_on_5_august_is_on_julys_list_and_not_on_augusts() -> None:
    plan = reported(shipped(), by_lead(1, "2022-08-05", "done"))
    july = overdue(plan, Selection(), viewpoint("2022-07"))
    assert len(july) == 53
    assert row_of(july, 1).completed_later == day("2022-08-05")
    assert 1 not in overdue_ids(plan, "2022-08")
    unaware = overdue(plan, Selection(), viewpoint("2022-07", known_at="2022-08-04"))
    assert row_of(unaware, 1).completed_later is None


def test_a_late_report_of_a_timely_completion_leaves_julys_list() -> None:
    plan = reported(shipped(), by_lead(1, "2022-08-05", "done", completed_on="2022-07-28"))
    assert len(overdue_ids(plan, "2022-07")) == 52
    assert len(overdue_ids(plan, "2022-07", known_at="2022-08-04")) == 53


def test_a_correction_brings_it_back() -> None:
    number, done = by_lead(1, "2022-07-20", "done")
    plan = reported(shipped(), (number, done), (number, retraction("2022-08-10", done)))
    assert 1 in overdue_ids(plan, "2022-07")
    assert 1 not in overdue_ids(plan, "2022-07", known_at="2022-08-09")


def test_a_suspended_task_is_on_no_list_until_it_is_resumed() -> None:
    plan = reported(shipped(), by_lead(1, "2022-07-10", "suspended"), by_lead(1, "2022-09-05", "in_progress"))
    assert [1 in overdue_ids(plan, as_of) for as_of in ("2022-07", "2022-08", "2022-09")] == [
        False,
        False,
        True,
    ]


def test_an_extension_moves_a_task_to_the_list_of_its_new_month_as_a_new_one() -> None:
    plan = changed(shipped(), 1, extensions=(extension("2022-10", "2022-07-20"),))
    assert len(overdue_ids(plan, "2022-07")) == 52
    assert 1 in overdue_ids(plan, "2022-10", only_new=True)
    row = row_of(overdue(plan, Selection(), viewpoint("2022-10")), 1)
    assert (str(row.deadline), str(row.effective_deadline)) == ("2022-07", "2022-10")
    assert (row.days_overdue, row.carried_over) == (0, False)


def test_an_extension_approved_late_leaves_julys_list_as_it_was() -> None:
    plan = changed(shipped(), 1, extensions=(extension("2022-10", "2022-08-10"),))
    assert [1 in overdue_ids(plan, as_of) for as_of in ("2022-07", "2022-08", "2022-10")] == [
        True,
        False,
        True,
    ]


def test_a_responsible_units_report_leaves_the_task_overdue() -> None:
    plan = reported(shipped(), (1, record("2022-07-10", "done", "市公安局")))
    assert len(overdue_ids(plan, "2022-07")) == 53


# Of a unit


@pytest.mark.parametrize(
    ("unit", "role", "count"),
    [
        pytest.param("市税务局", "lead", 2, id="bureau-as-lead"),
        pytest.param("市税务局", None, 22, id="bureau-in-any-role"),
        pytest.param("零陵区", None, 53, id="county-in-any-role"),
        pytest.param("零陵区", "responsible", 53, id="county-as-responsible"),
        pytest.param("零陵区", "lead", 0, id="county-as-lead"),
        pytest.param("各县市区政府", None, 53, id="closed-group"),
        pytest.param("市直相关单位", None, 7, id="open-group"),
    ],
)
def test_july_of_a_unit(unit: str, role: str | None, count: int) -> None:
    assert len(overdue_ids(shipped(), "2022-07", unit=unit, role=role)) == count


def test_a_responsible_units_own_list_goes_by_its_own_reports() -> None:
    plan = reported(
        shipped(),
        (5, record("2022-06-20", "done", "零陵区")),
        by_lead(38, "2022-06-20", "done"),
        by_lead(50, "2022-06-20", "done"),
        (50, record("2022-06-10", "in_progress", "零陵区")),
    )
    assert overdue_ids(plan, "2022-06", unit="零陵区", role="responsible") == [50, 74, 106]
    assert overdue_ids(plan, "2022-06", unit="零陵区") == [5, 74, 106]
    assert overdue_ids(plan, "2022-06", unit="冷水滩区", role="responsible") == [5, 74, 106]
    assert overdue_ids(plan, "2022-06") == [5, 74, 106]


def test_a_responsible_units_list_says_when_its_own_part_went_overdue_and_was_completed() -> None:
    plan = reported(
        shipped(),
        (5, record("2022-06-20", "done", "零陵区")),
        (5, record("2022-07-05", "returned", "零陵区")),
        (5, record("2022-08-05", "done", "零陵区")),
        by_lead(5, "2022-06-20", "in_progress"),
    )
    asked = viewpoint("2022-07")
    own = row_of(overdue(plan, selected("零陵区", role="responsible"), asked), 5)
    assert (own.overdue_on, own.completed_later) == (day("2022-07-05"), day("2022-08-05"))
    task = row_of(overdue(plan, selected("零陵区"), asked), 5)
    assert (task.overdue_on, task.completed_later) == (day("2022-06-30"), None)


# Due


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2022-06", "2022-06", 5),
        ("2022-07", "2022-07", 48),
        ("2022-08", "2022-08", 0),
        ("2022-09", "2022-09", 57),
        ("2022-10", "2022-10", 9),
        ("2022-11", "2022-11", 2),
        ("2022-12", "2022-12", 0),
        (None, "2022-07", 53),
        (None, "2022-12", 121),
        ("2022-07", "2022-09", 105),
        ("2022-10", "2022-12", 11),
        ("2022-09", "2022-07", 0),
    ],
)
def test_due_in_a_month_or_until_one(first: str | None, last: str, count: int) -> None:
    rows = due(
        shipped(), Selection(), viewpoint("2022-05"), first=month(first) if first else None, last=month(last)
    )
    assert len(rows) == count
    assert [(row.effective_deadline, row.id) for row in rows] == sorted(
        (row.effective_deadline, row.id) for row in rows
    )


def test_due_marks_what_is_done_and_may_leave_it_out() -> None:
    plan = reported(
        shipped(),
        by_lead(5, "2022-06-10", "done"),
        by_lead(38, "2022-06-10", "suspended"),
        by_lead(50, "2022-06-10", "in_progress"),
    )

    def found(**asked: Any) -> list[int]:
        june = month("2022-06")
        return [
            row.id for row in due(plan, Selection(), viewpoint("2022-06"), first=june, last=june, **asked)
        ]

    assert found() == JUNE
    assert found(only_open=True) == [50, 74, 106]


def test_what_was_completed_late_is_no_longer_open() -> None:
    plan = reported(shipped(), by_lead(5, "2022-07-10", "done"))
    june = month("2022-06")
    rows = due(plan, Selection(), viewpoint("2022-07"), first=june, last=june, only_open=True)
    assert [row.id for row in rows] == [38, 50, 74, 106]


def test_due_goes_by_the_effective_deadline() -> None:
    plan = changed(shipped(), 5, extensions=(extension("2022-08", "2022-06-20"),))
    august = month("2022-08")
    assert [row.id for row in due(plan, Selection(), viewpoint("2022-06"), first=august, last=august)] == [5]
    before = due(plan, Selection(), viewpoint("2022-06-19"), first=august, last=august)
    assert before == []


def test_due_of_a_responsible_unit_is_open_by_its_own_part() -> None:
    plan = reported(shipped(), (5, record("2022-06-10", "done", "零陵区")), by_lead(38, "2022-06-10", "done"))
    june = month("2022-06")

    def found(unit: str, role: str | None) -> list[int]:
        rows = due(
            plan, selected(unit, role=role), viewpoint("2022-06"), first=june, last=june, only_open=True
        )
        return [row.id for row in rows]

    assert found("零陵区", "responsible") == [50, 74, 106]
    assert found("零陵区", None) == [5, 50, 74, 106]
