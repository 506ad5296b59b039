"""The boards of the assessment: who stands on which, and in what order (DESIGN §4). Reports are 模拟."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from plans import (
    COUNTIES,
    COUNTY,
    COUNTY_TOO,
    HELPER,
    LEAD,
    OTHER,
    day,
    plan,
    record,
    reported,
    shipped,
    task,
)

from yzplan.model import Adjustment, Period, Plan, Scoring
from yzplan.query.boards import Assessment, BoardRow, assessment

AUTUMN = Period(2022, 3)


def with_units(subject: Plan, **changes: Mapping[str, Any]) -> Plan:
    """The plan with some fields of some units of the register changed."""
    units = [replace(unit, **changes.get(unit.name, {})) for unit in subject.register.units]
    return replace(subject, register=replace(subject.register, units=tuple(units)))


def with_adjustments(subject: Plan, *entries: Adjustment) -> Plan:
    return replace(subject, header=replace(subject.header, assessment=Scoring(adjustments=entries)))


def adjustment(date: str, unit: str, points: float) -> Adjustment:
    return Adjustment(date=day(date), unit=unit, points=points, reason="模拟")


def said(row: BoardRow) -> tuple[Any, ...]:
    score = None if row.score is None else str(row.score)
    return row.unit, row.rank, score, row.due, row.on_time, row.late, row.undone


def boards(found: Assessment) -> dict[str, list[tuple[Any, ...]]]:
    every = {**found.boards, "unranked": found.unranked}
    return {board: [said(row) for row in rows] for board, rows in every.items()}


def busy() -> Plan:
    """Two tasks, the second with the roles of the two bureaus exchanged."""
    first = task(
        1,
        progress=[
            record("2022-07-09", "done"),
            record("2022-07-09", "in_progress", HELPER, percent=50),
            record("2022-08-09", "done", COUNTY),
        ],
    )
    second = replace(
        task(2, progress=[record("2022-09-09", "done", HELPER), record("2022-07-09", "suspended", COUNTY)]),
        lead_unit=HELPER,
        responsible_units=(LEAD, OTHER, COUNTIES),
    )
    return plan(first, second)


def test_bureaus_are_judged_by_role_and_counties_by_all_they_owe() -> None:
    assert boards(assessment(busy(), AUTUMN)) == {
        "counties": [
            (COUNTY, 1, "90.00", 1, 0, 1, 0),  # the second is suspended
            (COUNTY_TOO, 2, "60.00", 2, 1, 1, 0),  # silent: 100 and 80, 60 at most
        ],
        "lead": [(LEAD, 1, "100.00", 1, 1, 0, 0), (HELPER, 2, "80.00", 1, 0, 1, 0)],
        "responsible": [
            (LEAD, 1, "60.00", 1, 0, 1, 0),
            (OTHER, 1, "60.00", 2, 1, 1, 0),
            (HELPER, 3, "25.00", 1, 0, 0, 1),
        ],
        "unranked": [],
    }


def test_a_unit_of_a_kind_that_stands_on_no_board_is_judged_by_all_it_owes_with_the_weights() -> None:
    found = boards(assessment(with_units(busy(), **{HELPER: {"kind": "法检"}}), AUTUMN))
    assert found["lead"] == [(LEAD, 1, "100.00", 1, 1, 0, 0)]
    assert [row[0] for row in found["responsible"]] == [LEAD, OTHER]
    # (2×80 + 1×25) / 3 = 61.666…
    assert found["unranked"] == [(HELPER, None, "61.67", 2, 0, 1, 1)]


@pytest.mark.parametrize(
    ("kind", "assess", "expected"),
    [
        ("市直部门", None, {"lead", "responsible"}),
        ("事业单位", None, {"lead", "responsible"}),
        ("中央省驻永单位", None, {"unranked"}),
        ("法检", None, {"unranked"}),
        ("国企/公用事业", None, {"unranked"}),
        ("群团", None, {"unranked"}),
        ("县市区", None, {"counties"}),
        ("管理区", None, {"counties"}),
        ("经开区", None, {"counties"}),
        ("中央省驻永单位", "ranked", {"lead", "responsible"}),
        ("群团", "ranked", {"lead", "responsible"}),
        ("管理区", "ranked", {"counties"}),
        ("市直部门", "listed", {"unranked"}),
        ("县市区", "listed", {"unranked"}),
    ],
)
def test_the_kind_decides_the_board_unless_the_register_says_otherwise(
    kind: str, assess: str | None, expected: set[str]
) -> None:
    found = boards(assessment(with_units(busy(), **{LEAD: {"kind": kind, "assess": assess}}), AUTUMN))
    assert {board for board, rows in found.items() if LEAD in [row[0] for row in rows]} == expected


def test_equal_scores_share_a_rank_and_keep_the_order_of_the_register() -> None:
    percents = {HELPER: 10, OTHER: 40, COUNTY: 40, COUNTY_TOO: 90}
    progress = [record("2022-07-09", "in_progress", unit, percent=n) for unit, n in percents.items()]
    kinds = {name: {"kind": "县市区"} for name in percents}
    found = boards(assessment(with_units(plan(task(progress=progress)), **kinds), AUTUMN))
    assert [row[:3] for row in found["counties"]] == [
        (COUNTY_TOO, 1, "45.00"),
        (OTHER, 2, "20.00"),
        (COUNTY, 2, "20.00"),
        (HELPER, 4, "5.00"),
    ]


def test_a_unit_to_which_nothing_was_due_is_not_applicable_and_comes_last() -> None:
    found = boards(assessment(busy(), Period(2022, 2)))
    assert found["lead"] == [(LEAD, None, None, 0, 0, 0, 0), (HELPER, None, None, 0, 0, 0, 0)]
    suspended = reported(busy(), (1, record("2022-07-10", "suspended")))
    assert boards(assessment(suspended, AUTUMN))["lead"] == [
        (HELPER, 1, "80.00", 1, 0, 1, 0),
        (LEAD, None, None, 0, 0, 0, 0),
    ]


def test_an_adjustment_is_added_from_its_date_on_and_shown_apart() -> None:
    subject = with_adjustments(
        busy(),
        adjustment("2022-09-30", LEAD, 2.5),
        adjustment("2022-07-01", LEAD, -4),
        adjustment("2022-10-01", LEAD, -50),
        adjustment("2022-07-01", HELPER, 30),
    )
    found = assessment(subject, AUTUMN)
    rows = [
        (row.unit, row.rank, str(row.earned), str(row.adjustment), str(row.score))
        for row in found.boards["lead"]
    ]
    assert rows == [
        (HELPER, 1, "80.00", "30.00", "110.00"),
        (LEAD, 2, "100.00", "-1.50", "98.50"),
    ]
    assert [entry.points for entry in found.rules.adjustments] == [2.5, -4, 30]


def test_an_adjustment_counts_on_every_board_its_unit_stands_on() -> None:
    found = assessment(with_adjustments(busy(), adjustment("2022-07-01", LEAD, 2)), AUTUMN)
    scores = {row.board: str(row.score) for row in found.rows if row.unit == LEAD}
    assert scores == {"lead": "102.00", "responsible": "62.00"}


def test_an_adjustment_makes_no_score_where_nothing_was_due() -> None:
    found = assessment(with_adjustments(busy(), adjustment("2022-06-01", LEAD, 2)), Period(2022, 2))
    [row] = [row for row in found.boards["lead"] if row.unit == LEAD]
    assert (row.rank, row.score, row.adjustment) == (None, None, 2)


def test_what_was_recorded_later_is_not_known() -> None:
    subject = with_adjustments(busy(), adjustment("2022-09-02", LEAD, 5))
    then = assessment(subject, AUTUMN, known_at=day("2022-09-01"))
    assert then.rules.adjustments == ()
    assert boards(then)["lead"] == [(LEAD, 1, "100.00", 1, 1, 0, 0), (HELPER, 2, "0.00", 1, 0, 0, 1)]


def test_the_shipped_plan_has_14_counties_and_ranks_bureaus_and_institutions_only() -> None:
    found = assessment(shipped(), Period(2022))
    assert [len(rows) for rows in found.boards.values()] == [14, 11, 33]
    assert [row.unit for row in found.unranked] == [
        "市税务局",
        "永州海关",
        "人民银行永州市中心支行",
        "国网永州供电公司",
        "市水务公司",
        "永州新奥燃气公司",
        "市通管办",
        "市中级人民法院",
        "市人民检察院",
        "永州银保监分局",
        "市工商联",
        "市经投集团",
    ]
    assert {(row.score, row.due) for row in found.boards["counties"]} == {(0, 121)}
