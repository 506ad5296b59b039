"""Which tasks a selection means, on the shipped table (DESIGN §5). What is reported here is 模拟."""

from typing import Any

import pytest
from plans import changed, extension, month, record, reported, shipped, viewpoint

from yzplan.assess.standing import Standing
from yzplan.model import Directory, Plan, ProgressRecord, Status
from yzplan.query.rows import TaskRow
from yzplan.query.select import Selection, listed


def rows(plan: Plan | None = None, as_of: str = "2022-07", *, units: str = "", **given: Any) -> list[TaskRow]:
    directory = Directory(shipped().register)
    found = tuple(directory.find(name) for name in units.split())
    return listed(plan or shipped(), Selection(units=found, **given), viewpoint(as_of))


def ids(plan: Plan | None = None, as_of: str = "2022-07", **given: Any) -> list[int]:
    return [row.id for row in rows(plan, as_of, **given)]


def by_lead(number: int, date: str, status: str) -> tuple[int, ProgressRecord]:
    return number, record(date, status, shipped().by_id[number].lead_unit)


TAX_OFFICE_LEADS = range(35, 41)


def test_no_condition_selects_every_task_by_number() -> None:
    assert ids() == list(range(1, 122))


# By unit and role


@pytest.mark.parametrize(
    ("unit", "any_role", "lead", "responsible"),
    [
        pytest.param("市市场监管局", 57, 21, 36, id="lead-of-three-indicators"),
        pytest.param("市行政审批服务局", 86, 26, 60, id="lead-of-most-tasks"),
        pytest.param("市税务局", 51, 6, 45, id="lead-of-one-indicator"),
        pytest.param("市公安局", 59, 0, 59, id="never-lead"),
        pytest.param("市通管办", 7, 0, 7, id="of-one-indicator"),
        pytest.param("零陵区", 121, 0, 121, id="county-through-the-group"),
        pytest.param("金洞管理区", 121, 0, 121, id="management-area-through-the-group"),
        pytest.param("永州经济技术开发区", 121, 0, 121, id="development-zone-through-the-group"),
        pytest.param("各县市区政府", 121, 0, 121, id="closed-group-by-its-name"),
        pytest.param("市直相关单位", 21, 0, 21, id="open-group-by-its-name"),
    ],
)
def test_tasks_of_a_unit(unit: str, any_role: int, lead: int, responsible: int) -> None:
    counts = [len(ids(units=unit, role=role)) for role in (None, "lead", "responsible")]
    assert counts == [any_role, lead, responsible]


def test_the_tasks_a_unit_leads() -> None:
    assert ids(units="市税务局", role="lead") == list(TAX_OFFICE_LEADS)


def test_an_open_group_selects_the_tasks_that_name_it() -> None:
    assert ids(units="市直相关单位") == [*range(72, 88), *range(102, 107)]


def test_an_open_group_is_not_expanded_to_anyone() -> None:
    selected = ids(units="市直相关单位")
    assert not set(selected) & set(ids(units="市公安局"))


def test_of_several_units_any_may_have_a_part() -> None:
    both = ids(units="市通管办 市住房公积金管理中心")
    assert both == sorted({*ids(units="市通管办"), *ids(units="市住房公积金管理中心")})
    assert len(both) == 7 + 12


# The asked unit's own part


def test_without_a_unit_no_row_has_a_part() -> None:
    assert {row.part for row in rows()} == {None}


def test_a_group_has_no_part_of_its_own() -> None:
    assert {row.part for row in rows(units="各县市区政府")} == {None}


def test_a_row_shows_the_units_part_and_role() -> None:
    parts = {row.id: row.part for row in rows(units="市税务局")}
    assert {number for number, part in parts.items() if part and part.role == "lead"} == {*TAX_OFFICE_LEADS}
    assert {part.unit for part in parts.values() if part} == {"市税务局"}
    assert not any(parts[number].follows_lead for number in TAX_OFFICE_LEADS)
    assert all(part.follows_lead for number, part in parts.items() if number not in TAX_OFFICE_LEADS)


def test_a_silent_part_follows_its_lead_and_a_reported_one_does_not() -> None:
    plan = reported(
        shipped(),
        by_lead(1, "2022-07-10", "done"),
        by_lead(2, "2022-07-10", "done"),
        (2, record("2022-07-12", "in_progress", "零陵区", percent=30)),
    )
    first, second = rows(plan, units="零陵区")[:2]
    silent, own = first.part, second.part
    assert silent is not None
    assert own is not None
    assert (silent.status, silent.standing, silent.follows_lead) == (Status.DONE, Standing.ON_TIME, True)
    assert str(silent.completed_on) == "2022-07-10"
    assert (own.status, own.standing, own.follows_lead) == (Status.IN_PROGRESS, Standing.NOT_DUE, False)
    assert (own.percent, own.completed_on) == (30, None)
    assert second.status is Status.DONE, "the row itself stays the task's"


def test_without_a_role_the_tasks_own_state_decides() -> None:
    plan = reported(shipped(), by_lead(1, "2022-07-10", "done"), (2, record("2022-07-10", "done", "零陵区")))
    assert ids(plan, units="零陵区", statuses=(Status.DONE,)) == [1]


def test_with_role_responsible_the_units_own_part_decides() -> None:
    plan = reported(
        shipped(),
        by_lead(1, "2022-07-10", "done"),
        (2, record("2022-07-10", "done", "零陵区")),
        by_lead(3, "2022-07-10", "done"),
        (3, record("2022-07-10", "blocked", "零陵区")),
    )
    assert ids(plan, units="零陵区", role="responsible", statuses=(Status.DONE,)) == [1, 2]
    assert ids(plan, units="零陵区", role="responsible", statuses=(Status.BLOCKED,)) == [3]
    assert ids(plan, units="冷水滩区", role="responsible", statuses=(Status.DONE,)) == [1, 3]


def test_a_row_is_judged_by_what_selected_it() -> None:
    plan = reported(shipped(), (1, record("2022-07-10", "done", "零陵区")))
    responsible = rows(plan, units="零陵区", role="responsible")[0]
    assert (responsible.standing, responsible.judged.standing) == (Standing.OVERDUE, Standing.ON_TIME)
    lead = rows(plan, units="市市场监管局", role="lead")[0]
    assert (lead.standing, lead.judged.standing) == (Standing.OVERDUE, Standing.OVERDUE)


# By state


def test_by_status() -> None:
    plan = reported(
        shipped(),
        by_lead(1, "2022-07-10", "done"),
        by_lead(2, "2022-07-10", "blocked"),
        by_lead(3, "2022-07-10", "in_progress"),
        by_lead(4, "2022-07-10", "done"),
        by_lead(4, "2022-07-20", "verified"),
    )
    assert ids(plan, statuses=(Status.DONE,)) == [1]
    assert ids(plan, statuses=(Status.BLOCKED, Status.VERIFIED)) == [2, 4]
    assert len(ids(plan, statuses=(Status.NOT_STARTED,))) == 117
    assert ids(plan, "2022-07-09", statuses=(Status.DONE,)) == []


def test_by_standing() -> None:
    plan = reported(
        shipped(),
        by_lead(1, "2022-07-10", "done"),
        by_lead(5, "2022-07-10", "done"),
        by_lead(38, "2022-07-10", "suspended"),
    )
    counts = {standing: len(ids(plan, standings=(standing,))) for standing in Standing}
    assert counts == {
        Standing.ON_TIME: 1,
        Standing.LATE: 1,
        Standing.SUSPENDED: 1,
        Standing.OVERDUE: 50,
        Standing.DUE_SOON: 0,
        Standing.NOT_DUE: 68,
    }
    assert ids(plan, standings=(Standing.ON_TIME, Standing.LATE)) == [1, 5]
    assert len(ids(plan, "2022-09-15", standings=(Standing.DUE_SOON,))) == 57


# By deadline


@pytest.mark.parametrize(
    ("deadline", "count"), [("2022-06", 5), ("2022-07", 48), ("2022-08", 0), ("2022-09", 57), ("2022-12", 0)]
)
def test_by_deadline(deadline: str, count: int) -> None:
    assert len(ids(deadline=month(deadline))) == count


@pytest.mark.parametrize(
    ("before", "count"), [("2022-06", 0), ("2022-07", 5), ("2022-08", 53), ("2022-10", 110), ("2023-01", 121)]
)
def test_due_before_a_month_leaves_the_month_out(before: str, count: int) -> None:
    assert len(ids(due_before=month(before))) == count


def test_deadlines_are_the_effective_ones() -> None:
    plan = changed(shipped(), 5, extensions=(extension("2022-12", "2022-06-20"),))
    assert ids(plan, deadline=month("2022-12")) == [5]
    assert 5 not in ids(plan, due_before=month("2022-08"))
    assert 5 in ids(plan, "2022-06-19", deadline=month("2022-06"))


# By indicator and leader


def test_by_indicator() -> None:
    assert ids(indicators=(1,)) == list(range(1, 8))
    assert ids(indicators=(18, 6)) == [*TAX_OFFICE_LEADS, *range(112, 122)]


def test_by_leader() -> None:
    plan = changed(changed(shipped(), 5, leader="模拟副市长甲"), 6, leader="模拟副市长乙")
    assert ids(plan, leader="模拟副市长甲") == [5]
    assert ids(plan, leader="模拟副市长") == [5, 6]
    assert ids(leader="模拟副市长甲") == []


# By text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("7×24", [83], id="times-sign-for-the-printed-star"),
        pytest.param("7*24小时", [83], id="as-printed"),
        pytest.param("７＊２４", [83], id="full-width"),
        pytest.param("7 × 24", [83], id="spaces"),
        pytest.param("多地联办", [82], id="the-right-word-for-a-doubtful-one"),
        pytest.param("多地连办", [82], id="the-doubtful-word-itself"),
        pytest.param("税务ukey", [4], id="small-letters"),
        pytest.param("UKEY", [4], id="capitals"),
        pytest.param("税务 Ukey", [4], id="space-before-letters"),
        pytest.param("40万户", [7], id="digits-and-characters"),
        pytest.param("包容普惠创新", [*range(112, 122)], id="name-of-the-indicator"),
        pytest.param("执法检查和公共服务", [77], id="across-an-erratum"),
        pytest.param("没有这样的话", [], id="nothing"),
    ],
)
def test_by_text(text: str, found: list[int]) -> None:
    assert ids(text=text) == found


def test_a_times_sign_is_the_printed_star_though_no_note_says_so() -> None:
    assert ids(changed(shipped(), 83, errata=()), text="7×24") == [83]


def test_search_does_not_read_patterns() -> None:
    assert ids(text=".*") == []


# Together


def test_every_condition_must_hold() -> None:
    plan = reported(shipped(), by_lead(35, "2022-07-10", "done"), by_lead(1, "2022-07-10", "done"))
    assert ids(plan, units="市税务局", role="lead", statuses=(Status.DONE,)) == [35]
    assert ids(plan, units="市税务局", indicators=(1,), statuses=(Status.DONE,)) == [1]
    assert ids(plan, units="市税务局", indicators=(3,)) == []
    assert ids(units="市财政局", role="lead", deadline=month("2022-07"), text="合同") != []
