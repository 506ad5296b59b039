"""Rules and plans of the assessment at random (模拟)."""

from dataclasses import replace

from hypothesis import strategies as st
from plans import COUNTIES, COUNTY, HELPER, LEAD, OTHER
from random_ledgers import plans, some_day

from yzplan.model import Adjustment, Period, Plan, Scoring, Weights

PERIODS = [Period(2022, 2), Period(2022, 3), Period(2022, 4), Period(2022)]
KINDS = ["市直部门", "事业单位", "中央省驻永单位", "法检", "县市区", "管理区"]

some_points = st.sampled_from([0, 7, 33.33, 60, 99.9, 100]) | st.integers(0, 100)
some_weight = st.sampled_from([1, 2, 0.5, 3.7])


@st.composite
def adjustments(draw: st.DrawFn) -> Adjustment:
    return Adjustment(
        date=draw(some_day),
        unit=draw(st.sampled_from([LEAD, HELPER, COUNTY])),
        points=draw(st.sampled_from([-3, -0.125, 0.005, 2, 2.5, 10])),
        reason="模拟",
    )


@st.composite
def scorings(draw: st.DrawFn) -> Scoring:
    if draw(st.booleans()):
        return Scoring(adjustments=tuple(draw(st.lists(adjustments(), max_size=3))))
    on_time = draw(some_points)
    return Scoring(
        on_time=on_time,
        late_per_month=draw(some_points),
        late_floor=min(draw(some_points), on_time),
        silent=draw(some_points),
        open_share=draw(st.sampled_from([0, 0.3, 0.5, 1])),
        weights=Weights(lead=draw(some_weight), responsible=draw(some_weight)),
        adjustments=tuple(draw(st.lists(adjustments(), max_size=3))),
    )


@st.composite
def assessed_plans(draw: st.DrawFn) -> Plan:
    """Two tasks with random ledgers, led by two units; random kinds of units, random rules."""
    subject = draw(plans())
    first, second = subject.tasks
    if draw(st.booleans()):
        second = replace(second, lead_unit=HELPER, responsible_units=(LEAD, OTHER, COUNTIES))
    units = [
        replace(
            unit,
            kind=draw(st.sampled_from([unit.kind, unit.kind, *KINDS])),
            assess=draw(st.sampled_from([None, None, None, "ranked", "listed"])),
        )
        for unit in subject.register.units
    ]
    return replace(
        subject,
        tasks=(first, second),
        register=replace(subject.register, units=tuple(units)),
        header=replace(subject.header, assessment=draw(scorings())),
    )
