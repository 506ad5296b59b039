"""Plans for the tests: small ones made in memory (模拟, invented), and the shipped one, read once.

Dates and months are given as the file writes them, so that a test reads like a ledger.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import (
    Extension,
    Group,
    Header,
    Indicator,
    Month,
    Plan,
    Policy,
    ProgressRecord,
    Register,
    Status,
    Task,
    Totals,
    Unit,
)
from yzplan.store.loading import load

DATA = Path(__file__).parent.parent / "data"
SOURCE = DATA / "source" / "yongzhengbanhan-2022-18.txt"

LEAD = "模拟牵头局"
HELPER = "模拟责任局"
OTHER = "模拟协办局"
COUNTY = "模拟甲县"
COUNTY_TOO = "模拟乙县"
COUNTIES = "各县市区政府"

LONG_AFTER = "2023-12-31"
"""A today on which every deadline of the plan has passed."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def month(text: str) -> Month:
    return Month(int(text[:4]), int(text[5:]))


def viewpoint(as_of: str, *, known_at: str | None = None, today: str = LONG_AFTER) -> Viewpoint:
    """The close of a day (2022-07-31) or of a month (2022-07)."""
    close = month(as_of).last_day if len(as_of) == len("2022-07") else day(as_of)
    return Viewpoint(as_of=close, today=day(today), known_at=day(known_at) if known_at else None)


def record(
    date: str, status: str, unit: str = LEAD, *, completed_on: str | None = None, **facts: Any
) -> ProgressRecord:
    return ProgressRecord(
        date=day(date),
        unit=unit,
        status=Status(status),
        completed_on=day(completed_on) if completed_on else None,
        **facts,
    )


def retraction(date: str, of: ProgressRecord) -> ProgressRecord:
    return ProgressRecord(date=day(date), unit=of.unit, retracts=of.ref, note="模拟更正：记错了")


def extension(to: str, approved_on: str, *, recorded_on: str | None = None) -> Extension:
    return Extension(
        from_=month("2022-07"),
        to=month(to),
        approved_on=day(approved_on),
        reason="模拟延期",
        document="模拟〔2022〕1号",
        recorded_on=day(recorded_on) if recorded_on else None,
    )


def extension_retraction(date: str, of: Extension) -> Extension:
    return Extension(approved_on=day(date), reason="模拟更正：批错了", retracts=of.ref)


def task(
    number: int = 1,
    *,
    deadline: str = "2022-07",
    progress: Iterable[ProgressRecord] = (),
    extensions: Iterable[Extension] = (),
) -> Task:
    indicator = Indicator(
        id=1,
        name="模拟指标",
        lead_unit=LEAD,
        responsible_units=(HELPER, OTHER, COUNTIES),
        wording="0" * 12,
    )
    return Task(
        id=number,
        deadline=month(deadline),
        text=f"模拟任务{number}。",
        extensions=tuple(extensions),
        progress=tuple(progress),
        indicator=indicator,
        leader=None,
        lead_unit=LEAD,
        responsible_units=indicator.responsible_units,
    )


def plan(*tasks: Task, complete: Literal["done", "verified"] = "done") -> Plan:
    return Plan(
        header=Header(
            title="模拟方案",
            document_number="模拟〔2022〕1号",
            issued_by="模拟办公室",
            issued_on=day("2022-05-23"),
            year=2022,
            office="模拟领导小组办公室",
            totals=Totals(indicators=1, tasks=max(len(tasks), 1)),
            policy=Policy(complete=complete),
        ),
        indicators=tuple({each.indicator.id: each.indicator for each in tasks}.values()),
        tasks=tasks,
        register=Register(
            units=(
                *(Unit(name=name, kind="市直部门") for name in (LEAD, HELPER, OTHER)),
                *(Unit(name=name, kind="县市区") for name in (COUNTY, COUNTY_TOO)),
            ),
            groups=(Group(name=COUNTIES, kind="closed", members=(COUNTY, COUNTY_TOO)),),
        ),
    )


@cache
def shipped() -> Plan:
    """The plan of the repository's own data directory, with nothing reported."""
    return load(DATA).plan


def changed(base: Plan, number: int, **fields: Any) -> Plan:
    """The plan with some fields of one task replaced."""
    tasks = [replace(each, **fields) if each.id == number else each for each in base.tasks]
    return replace(base, tasks=tuple(tasks))


def reported(base: Plan, *records: tuple[int, ProgressRecord]) -> Plan:
    """The plan with (task, record) pairs appended to the ledger."""
    for number, entry in records:
        base = changed(base, number, progress=(*base.by_id[number].progress, entry))
    return base
