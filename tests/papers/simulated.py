"""A small ledger, invented (模拟), in which each thing that a paper can say of a task happens once."""

from dataclasses import replace

from plans import COUNTY, COUNTY_TOO, HELPER, LEAD, OTHER, day, extension, plan, record, task

from yzplan.model import Adjustment, Indicator, Measure, Plan, Scoring, SupervisionEntry, Task


def led_by(each: Task, unit: str, number: int, name: str) -> Task:
    """The task under another lead and indicator."""
    indicator = Indicator(
        id=number,
        name=name,
        lead_unit=unit,
        responsible_units=(LEAD, *each.responsible_units[2:]),
        wording="0" * 12,
    )
    return replace(each, indicator=indicator, lead_unit=unit, responsible_units=indicator.responsible_units)


def simulated() -> Plan:
    """Nine tasks of three indicators and leads, from June to October."""
    first = [
        task(
            1, deadline="2022-06", progress=[record("2022-06-20", "done"), record("2022-07-05", "verified")]
        ),
        task(
            2,
            deadline="2022-06",
            progress=[record("2022-06-25", "in_progress", percent=60, note="模拟：方案已印发")],
        ),
        task(
            3,
            progress=[
                record("2022-07-10", "in_progress", percent=40),
                record("2022-08-02", "done", completed_on="2022-07-29"),
                record("2022-07-18", "in_progress", HELPER, percent=50, problem="模拟：数据接口没有开通"),
            ],
        ),
        task(4, progress=[record("2022-07-20", "blocked", problem="模拟：经费没有到位")]),
        task(5, deadline="2022-09", progress=[record("2022-07-22", "done")]),
    ]
    second = [
        task(6, deadline="2022-06", progress=[record("2022-07-04", "done", OTHER)]),
        task(7, progress=[record("2022-08-03", "done", OTHER, completed_on="2022-08-01")]),
        task(8, extensions=[extension("2022-10", "2022-07-20")]),
    ]
    third = [task(9, deadline="2022-08", progress=[record("2022-07-06", "suspended", HELPER, note="模拟")])]
    subject = plan(
        *first,
        *(led_by(each, OTHER, 2, "模拟指标乙") for each in second),
        *(led_by(each, HELPER, 3, "模拟指标丙") for each in third),
    )
    reminded = SupervisionEntry(
        date=day("2022-07-06"),
        measure=Measure.REMINDER,
        unit=LEAD,
        number="模拟〔2022〕7号",
        tasks=(2,),
        items=("说明逾期原因",),
        due=day("2022-07-20"),
    )
    urged = SupervisionEntry(
        date=day("2022-07-11"), measure=Measure.URGING, unit=OTHER, tasks=(6,), due=day("2022-08-05")
    )
    closed = SupervisionEntry(date=day("2022-07-15"), closes=urged.ref, note="模拟")
    visited = SupervisionEntry(
        date=day("2022-07-25"), measure=Measure.COVERT_VISIT, unit=COUNTY, finding="模拟：窗口没有人值守"
    )
    scoring = Scoring(
        adjustments=(
            Adjustment(date=day("2022-09-01"), unit=COUNTY_TOO, points=2, reason="模拟：经验得到推广"),
        )
    )
    return replace(
        subject,
        header=replace(subject.header, assessment=scoring),
        supervision=(reminded, urged, closed, visited),
    )
