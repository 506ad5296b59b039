"""Answers about the whole plan: summary, units, chains (DESIGN §5, domain.md §0). Reports are 模拟."""

from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from plans import (
    COUNTIES,
    COUNTY,
    COUNTY_TOO,
    HELPER,
    changed,
    extension,
    plan,
    record,
    reported,
    shipped,
    task,
    viewpoint,
)

from yzplan.assess.tally import Tally
from yzplan.model import Plan
from yzplan.query.reports import chains, summarize, unit_rows
from yzplan.query.select import Selection, overdue

COUNTS = ("total", "due", "due_done", "on_time", "late", "overdue", "due_soon", "not_due", "suspended")
CLOSES = [f"2022-{number:02d}" for number in range(5, 13)]


def busy() -> Plan:
    """The shipped plan in the middle of the year: done, late, returned, suspended, extended."""
    lead = {task.id: task.lead_unit for task in shipped().tasks}
    subject = reported(
        shipped(),
        (5, record("2022-06-20", "done", lead[5])),
        (38, record("2022-07-08", "done", lead[38])),
        (1, record("2022-07-20", "done", lead[1])),
        (1, record("2022-08-15", "returned", lead[1])),
        (4, record("2022-07-15", "suspended", lead[4])),
        (2, record("2022-07-15", "done", lead[2])),
        (8, record("2022-07-15", "in_progress", lead[8], percent=50)),
    )
    return changed(subject, 50, extensions=(extension("2022-08", "2022-06-25"),))


def counts(tally: Tally) -> dict[str, int]:
    return {key: getattr(tally, key) for key in COUNTS}


def summed(shares: Iterable[Tally]) -> dict[str, int]:
    total: Counter[str] = Counter(dict.fromkeys(COUNTS, 0))
    for share in shares:
        total.update(counts(share))
    return dict(total)


# Summary


@pytest.mark.parametrize("as_of", [*CLOSES, "2022-07-15", "2022-09-01"])
@pytest.mark.parametrize("state", [shipped, busy], ids=["nothing-reported", "mid-year"])
@pytest.mark.parametrize("today", ["2022-07-10", "2022-07-31", "2023-12-31"])
def test_the_summary_counts_what_the_lists_hold(state: Callable[[], Plan], as_of: str, today: str) -> None:
    subject, asked = state(), viewpoint(as_of, today=today)
    found = summarize(subject, asked)
    rows = overdue(subject, Selection(), asked)
    assert found.total.overdue == sum(not row.warning for row in rows)
    assert found.total.due - found.total.due_done == len(rows)
    for share in found.by_lead:
        assert share.overdue == sum(row.lead_unit == share.name and not row.warning for row in rows)
    for share in found.by_indicator:
        assert share.overdue == sum(row.indicator == share.name and not row.warning for row in rows)
    for share in found.by_month:
        assert share.overdue == sum(
            str(row.effective_deadline) == share.name and not row.warning for row in rows
        )


@pytest.mark.parametrize("as_of", CLOSES)
def test_every_division_of_the_summary_adds_up_to_the_total(as_of: str) -> None:
    found = summarize(busy(), viewpoint(as_of))
    for shares in (found.by_indicator, found.by_lead, found.by_month):
        assert summed(shares) == counts(found.total)
    for share in found.shares:
        stood = share.on_time + share.late + share.overdue + share.due_soon + share.not_due + share.suspended
        assert stood == share.total


def test_the_summary_of_july() -> None:
    found = summarize(busy(), viewpoint("2022-07"))
    assert counts(found.total) == {
        "total": 121,
        "due": 51,  # 53 without 4 (suspended) and 50 (extended)
        "due_done": 3,  # 1, 5 and 38
        "on_time": 3,  # 1, 5, and 2 ahead of time
        "late": 1,  # 38
        "overdue": 48,
        "due_soon": 0,
        "not_due": 68,
        "suspended": 1,
    }
    assert str(found.as_of) == "2022-07-31"


def test_the_summary_keeps_the_plans_order() -> None:
    found = summarize(shipped(), viewpoint("2022-07"))
    indicators = shipped().indicators
    assert [share.name for share in found.by_indicator] == [indicator.name for indicator in indicators]
    leads = dict.fromkeys(indicator.lead_unit for indicator in indicators)
    assert [share.name for share in found.by_lead] == [*leads]
    assert [(share.name, share.total) for share in found.by_month] == [
        ("2022-06", 5),
        ("2022-07", 48),
        ("2022-09", 57),
        ("2022-10", 9),
        ("2022-11", 2),
    ]
    assert [share.group_label for share in found.shares] == [
        "合计",
        *["一级指标"] * 18,
        *["牵头单位"] * 13,
        *["时限月份"] * 5,
    ]


def test_months_of_the_summary_are_those_of_the_effective_deadlines() -> None:
    months = {share.name: share.total for share in summarize(busy(), viewpoint("2022-07")).by_month}
    assert (months["2022-06"], months["2022-08"]) == (4, 1)


def test_the_summary_says_what_was_known() -> None:
    found = summarize(busy(), viewpoint("2022-08", known_at="2022-08-14"))
    assert str(found.known_at) == "2022-08-14"
    assert found.total.overdue == summarize(busy(), viewpoint("2022-08")).total.overdue - 1


# Units


def test_how_many_tasks_each_lead_leads() -> None:
    assert {row.name: row.lead for row in unit_rows(shipped()) if row.lead} == {
        "市行政审批服务局": 26,
        "市市场监管局": 21,
        "市中级人民法院": 15,
        "市住建局": 7,
        "市工信局": 7,
        "市自然资源和规划局": 7,
        "市政府办（金融办）": 7,
        "市财政局": 7,
        "市城管执法局": 6,
        "市税务局": 6,
        "市人社局": 5,
        "市发改委": 4,
        "市商务局": 3,
    }


def test_all_parts_of_the_plan() -> None:
    rows = unit_rows(shipped())
    counties = next(row for row in rows if row.name == "各县市区政府").members
    named = [row for row in rows if not row.kind.endswith("组") and row.name not in counties]
    assert sum(row.lead for row in rows) == 121
    assert sum(row.responsible for row in named) == 1109
    assert [row.responsible for row in rows if row.name in counties] == [121] * 14
    assert sum(1 for each in shipped().tasks for _ in shipped().parts(each)) == 2924 == 121 + 1109 + 14 * 121


def test_groups_come_last_and_count_the_tasks_that_name_them() -> None:
    rows = unit_rows(shipped())
    register = shipped().register
    assert [row.name for row in rows] == [entry.name for entry in (*register.units, *register.groups)]
    assert [(row.name, row.kind, row.lead, row.responsible, len(row.members)) for row in rows[-2:]] == [
        ("各县市区政府", "组", 0, 121, 14),
        ("市直相关单位", "开放的组", 0, 21, 0),
    ]


def test_units_of_each_kind() -> None:
    assert Counter(row.kind for row in unit_rows(shipped())[:-2]) == {
        "市直部门": 30,
        "中央省驻永单位": 5,
        "事业单位": 3,
        "国企/公用事业": 4,
        "法检": 2,
        "群团": 1,
        "县市区": 11,
        "管理区": 2,
        "经开区": 1,
    }


def test_a_unit_row_says_how_the_unit_may_be_called() -> None:
    row = next(row for row in unit_rows(shipped()) if row.name == "市水务公司")
    assert (row.kind, row.full_name, row.ambiguous) == ("国企/公用事业", None, ("shuiwu",))
    assert "自来水公司" in row.aliases
    assert "不是同一单位" in (row.note or "")


# Parts


def test_a_task_has_its_leads_part_then_the_responsible_ones_in_printed_order() -> None:
    parts = [*shipped().parts(shipped().by_id[41])]
    counties = shipped().register.groups[0].members
    assert parts == [
        ("市商务局", "lead", None),
        ("永州海关", "responsible", None),
        ("市税务局", "responsible", None),
        *((name, "responsible", "各县市区政府") for name in counties),
    ]


def test_an_open_group_makes_no_part() -> None:
    parts = [*shipped().parts(shipped().by_id[72])]
    assert [part.unit for part in parts[:2]] == ["市行政审批服务局", "零陵区"]
    assert len(parts) == 15


def test_a_unit_has_one_part_though_named_twice() -> None:
    """A county that leads, or is named beside the group, is not responsible once more through it."""
    subject = changed(plan(task()), 1, lead_unit=COUNTY, responsible_units=(COUNTY_TOO, HELPER, COUNTIES))
    assert [*subject.parts(subject.tasks[0])] == [
        (COUNTY, "lead", None),
        (COUNTY_TOO, "responsible", None),
        (HELPER, "responsible", None),
    ]


# Chains


def test_the_chains_cover_every_task_once() -> None:
    found = chains(shipped())
    assert [chain.id for chain in found] == list(range(1, 19))
    assert [number for chain in found for number in chain.tasks] == list(range(1, 122))
    assert {chain.leader for chain in found} == {None}


def test_a_chain_names_leader_lead_and_the_rest() -> None:
    chain = chains(shipped())[6]
    assert (chain.name, chain.leader, chain.lead_unit) == ("跨境贸易", None, "市商务局")
    assert chain.responsible_units == ("永州海关", "市税务局", "各县市区政府")
    assert chain.open_ended == "等市直相关单位"
    assert chain.tasks == (41, 42, 43)


def test_a_chain_tells_the_months_in_which_its_tasks_are_due() -> None:
    first = chains(shipped())[0]
    assert [str(month) for month in first.deadlines] == ["2022-06", "2022-07", "2022-09", "2022-11"]


def test_an_open_list_is_told_even_where_no_unit_is_named() -> None:
    thirteenth = chains(shipped())[12]
    assert thirteenth.responsible_units == ("市直相关单位", "各县市区政府")
    assert thirteenth.open_ended is None
