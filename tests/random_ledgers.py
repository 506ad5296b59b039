"""Ledgers at random (模拟): small ones that hypothesis can shrink, and large ones over the shipped table.

Late reports, corrections, returns after done, done again, suspensions, several extensions, late ones
and corrected ones, illegal transitions, files out of order.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from naive import DAYS
from plans import COUNTY, HELPER, LEAD, plan, shipped, task

from yzplan.model import Extension, Month, Plan, ProgressRecord, Status, Task

MONTH_ENDS = [*(Month(2022, month).last_day for month in range(5, 13)), Month(2023, 1).last_day]
# Days about the turn of a month, where mistakes of one day would show, come up often.
TURNS = [close + dt.timedelta(days=shift) for close in MONTH_ENDS[:-1] for shift in (-5, -1, 0, 1, 5)]
SPEAKERS = [LEAD, HELPER, COUNTY]
OFTEN = [*Status, *[Status.DONE, Status.RETURNED] * 3, Status.VERIFIED]
"""Completions and returns more often than the rest: what follows what matters most among these."""

some_day = st.sampled_from(TURNS) | st.sampled_from(DAYS)
some_moment = st.none() | some_day
MONTHS = [*(Month(2022, month) for month in range(5, 13)), Month(2023, 1), Month(2023, 2)]
some_month = st.sampled_from(MONTHS)


@st.composite
def records(draw: st.DrawFn) -> ProgressRecord:
    date = draw(some_day)
    shift = draw(st.none() | st.sampled_from([-40, -10, -1, 0, 0, 3]))
    return ProgressRecord(
        date=date,
        unit=draw(st.sampled_from([LEAD, LEAD, LEAD, HELPER, COUNTY])),
        status=draw(st.sampled_from(OFTEN)),
        completed_on=None if shift is None else date + dt.timedelta(days=shift),
        percent=draw(st.none() | st.sampled_from([0, 30, 99.5, 100])),
        note=draw(st.none() | st.sampled_from(["模拟一", "模拟二"])),
    )


@st.composite
def extensions(draw: st.DrawFn) -> Extension:
    approved = draw(some_day)
    return Extension(
        to=draw(some_month),
        approved_on=approved,
        reason="模拟",
        recorded_on=draw(st.none() | st.integers(0, 60).map(lambda days: approved + dt.timedelta(days=days))),
    )


@st.composite
def tasks(draw: st.DrawFn, number: int = 1) -> Task:
    said = draw(st.lists(records(), max_size=8))
    granted = draw(st.lists(extensions(), max_size=3))
    if said:
        said += [
            ProgressRecord(date=draw(some_day), unit=wrong.unit, retracts=wrong.ref, note="模拟更正")
            for wrong in draw(st.lists(st.sampled_from(said), max_size=2, unique_by=id))
        ]
    if granted:
        granted += [
            Extension(approved_on=draw(some_day), reason="模拟更正", retracts=wrong.ref)
            for wrong in draw(st.lists(st.sampled_from(granted), max_size=1))
        ]
    if draw(st.booleans()):
        said.sort(key=lambda entry: entry.date)
    return task(
        number,
        deadline=str(draw(st.sampled_from(MONTHS[1:7]))),
        progress=said,
        extensions=granted,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    return with_policy(
        plan(*[draw(tasks(number)) for number in (1, 2)]),
        complete=draw(st.sampled_from(["done", "verified"])),
    )


def with_policy(subject: Plan, **policy: Any) -> Plan:
    """The plan with some settings of its office changed."""
    header = replace(subject.header, policy=replace(subject.header.policy, **policy))
    return replace(subject, header=header)


def speakers(subject: Plan, each: Task) -> list[str]:
    """The lead of a task, the responsible unit that is named first, and a county."""
    parts = [*subject.parts(each)]
    named = [part.unit for part in parts if part.role == "responsible" and part.group is None]
    members = [part.unit for part in parts if part.group]
    return [each.lead_unit, *named[:1], *members[:1]]


OWES = ("lead_due", "lead_open", "each_due", "each_open")
"""What the office's policy may say on who owes a report."""


# Large ones

RECORDS = 2000


def large(seed: int) -> Plan:
    """The shipped table with thousands of records, as a single number decides."""
    chance = random.Random(seed)
    base = shipped()
    # On few days of their own each, so that several often report on a task on one day.
    days = {each.id: [_day(chance) for _ in range(8)] for each in base.tasks}
    said: dict[int, list[ProgressRecord]] = {each.id: [] for each in base.tasks}
    for number in range(RECORDS):
        each = chance.choice(base.tasks)
        date = chance.choice(days[each.id])
        said[each.id].append(_record(chance, speakers(base, each), date, f"模拟{number}"))
    tasks = []
    for each in base.tasks:
        progress = said[each.id]
        progress += [*_corrections(chance, progress)]
        progress.sort(key=lambda entry: entry.date)
        granted = [_extension(chance, f"模拟{number}") for number in range(chance.choice([0, 0, 1, 2, 4]))]
        granted += [
            Extension(approved_on=_day(chance), reason="模拟更正", retracts=old.ref)
            for old in granted
            if chance.random() < 0.2
        ]
        granted.sort(key=lambda entry: entry.known_on)
        tasks.append(replace(each, progress=tuple(progress), extensions=tuple(granted)))
    return with_policy(
        replace(base, tasks=tuple(tasks)), complete=chance.choice(["done", "done", "verified"])
    )


def _day(chance: random.Random) -> dt.date:
    return chance.choice(TURNS if chance.random() < 0.3 else DAYS)


def _record(chance: random.Random, units: list[str], date: dt.date, note: str) -> ProgressRecord:
    shift = chance.choice([None, None, -40, -10, -1, 0, 3])
    return ProgressRecord(
        date=date,
        unit=chance.choice([units[0], *units]),
        status=chance.choice(OFTEN),
        completed_on=None if shift is None else date + dt.timedelta(days=shift),
        percent=chance.choice([None, None, 0, 30, 99.5, 100]),
        note=note,
    )


def _corrections(chance: random.Random, progress: list[ProgressRecord]) -> Iterator[ProgressRecord]:
    for wrong in progress:
        if chance.random() < 0.1:
            late = wrong.date + dt.timedelta(days=chance.randint(0, 40))
            yield ProgressRecord(date=late, unit=wrong.unit, retracts=wrong.ref, note="模拟更正")


def _extension(chance: random.Random, reason: str) -> Extension:
    """Approved before the old deadline or after it, and entered then or later."""
    approved = _day(chance)
    late = chance.choice([None, None, 0, 7, 60])
    return Extension(
        to=chance.choice(MONTHS),
        approved_on=approved,
        reason=reason,
        recorded_on=None if late is None else approved + dt.timedelta(days=late),
    )


def later_entries(chance: random.Random, each: Task, units: list[str], day: dt.date) -> Task:
    """The task with reports, corrections and extensions more, all of them recorded after that day."""

    def after() -> dt.date:
        return day + dt.timedelta(days=chance.randint(1, 60))

    reports = [_record(chance, units, after(), "模拟后来") for _ in range(chance.randint(1, 3))]
    taken_back = [
        ProgressRecord(date=after(), unit=old.unit, retracts=old.ref, note="模拟后来更正")
        for old in each.progress
        if not old.retracts and chance.random() < 0.3
    ]
    granted = [
        replace(_extension(chance, "模拟后来补记"), recorded_on=after()),
        replace(_extension(chance, "模拟后来批准"), approved_on=after(), recorded_on=None),
    ]
    withdrawn = [
        Extension(approved_on=after(), reason="模拟后来更正", retracts=old.ref)
        for old in each.extensions
        if not old.retracts and chance.random() < 0.5
    ]
    progress = [*each.progress, *reports, *taken_back]
    return replace(each, progress=tuple(progress), extensions=(*each.extensions, *granted, *withdrawn))


def in_other_turns(chance: random.Random, each: Task) -> Task:
    """The same records, those of one day in any order that keeps the order of each unit's own."""
    progress: list[ProgressRecord] = []
    for date in sorted({entry.date for entry in each.progress}):
        today = [entry for entry in each.progress if entry.date == date]
        queues = {entry.unit: [own for own in today if own.unit == entry.unit] for entry in today}
        turns = [entry.unit for entry in today]
        chance.shuffle(turns)
        progress += [queues[unit].pop(0) for unit in turns]
    return replace(each, progress=tuple(progress))
