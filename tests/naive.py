"""The rules of DESIGN §3 said a second time, as plainly as possible: day after day, nothing clever.

It shares the nouns with the program (`yzplan.model`) and none of its reckoning (`yzplan.assess`), so
that the two can be held against each other.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from yzplan.model import Extension, Plan, ProgressRecord, Task

FIRST_DAY = dt.date(2022, 5, 1)
LAST_DAY = dt.date(2023, 1, 31)
IN_THE_END = dt.date(2999, 12, 31)


@dataclass(frozen=True)
class Answer:
    """How a unit's part of a task stands at the close of a day."""

    status: str
    completed_on: dt.date | None
    percent: int | float | None
    last_record: ProgressRecord | None
    standing: str
    effective_deadline: tuple[int, int]
    is_due: bool
    is_carried_over: bool
    is_warning: bool
    days_overdue: int | None
    follows_lead: bool

    @property
    def is_missed(self) -> bool:
        return self.standing == "overdue" or self.is_warning


@dataclass(frozen=True)
class Known:
    """What a reader of the ledger knows of one task."""

    records: list[ProgressRecord]
    extensions: list[Extension]


def known(task: Task, known_at: dt.date | None) -> Known:
    """The records and extensions that were known by then and not taken back by then."""
    heard = [each for each in task.progress if known_at is None or each.date <= known_at]
    taken_back = [each.retracts for each in heard if each.retracts is not None]
    records = [each for each in heard if each.retracts is None and each.ref not in taken_back]

    approved = []
    for each in task.extensions:
        entered = each.recorded_on if each.recorded_on is not None else each.approved_on
        if known_at is None or entered <= known_at:
            approved.append(each)
    withdrawn = [each.retracts for each in approved if each.retracts is not None]
    extensions = [each for each in approved if each.retracts is None and each.ref not in withdrawn]
    return Known(in_order_of_dates(records), extensions)


def in_order_of_dates(records: list[ProgressRecord]) -> list[ProgressRecord]:
    """By date; records of one date as they stand in the file."""
    dates = {each.date for each in records}
    return [each for date in sorted(dates) for each in records if each.date == date]


Dated = list[tuple[dt.date, ProgressRecord]]
"""What was said of a part, in the order of the ledger, each with the day on which it takes effect."""


def said_of(unit: str, records: list[ProgressRecord]) -> Dated:
    """What is said after returns counts from the own day of each of them at the earliest."""
    own = [each for each in records if each.unit == unit]
    said = []
    for place, each in enumerate(own):
        returns = [own_day(earlier) for earlier in own[:place] if earlier.status == "returned"]
        said.append((max([own_day(each), *returns]), each))
    return said


def own_day(record: ProgressRecord) -> dt.date:
    return record.date if record.completed_on is None else record.completed_on


def each_day() -> Iterator[dt.date]:
    day = FIRST_DAY
    while day <= LAST_DAY:
        yield day
        day += dt.timedelta(days=1)


DAYS = [*each_day()]


@cache
def end_of(month: tuple[int, int]) -> dt.date:
    """The last day of a month: the day before the first of the next."""
    year, number = month
    following = dt.date(year + 1, 1, 1) if number == 12 else dt.date(year, number + 1, 1)
    return following - dt.timedelta(days=1)


def completion(in_effect: Dated, *, must_be_verified: bool) -> dt.date | None:
    """Walk back from the last record over the run of done and verified."""
    run: Dated = []
    before = list(in_effect)
    while before and before[-1][1].status in ("done", "verified"):
        run.insert(0, before.pop())
    if not run:
        return None
    if must_be_verified and "verified" not in [each.status for _, each in run]:
        return None
    return run[0][0]


def percent(in_effect: Dated) -> int | float | None:
    """The last percent said, looking back no further than the last return."""
    for _, each in reversed(in_effect):
        if each.percent is not None:
            return each.percent
        if each.status == "returned":
            return None
    return None


def history(
    plan: Plan,
    task: Task,
    unit: str,
    *,
    known_at: dt.date | None,
    today: dt.date,
    only: dt.date | None = None,
) -> dict[dt.date, Answer]:
    """How the unit's part stands at the close of every day, or of one only."""
    facts = known(task, known_at)
    must_be_verified = plan.header.policy.complete == "verified"
    deadline = (task.deadline.year, task.deadline.month)
    of_the_unit = said_of(unit, facts.records)
    of_the_lead = said_of(task.lead_unit, facts.records)
    found = {}
    for day in DAYS:
        approved_today = [each.to for each in facts.extensions if each.approved_on == day and each.to]
        if approved_today:
            latest = max(approved_today)
            deadline = (latest.year, latest.month)
        if only is not None and day != only:
            continue

        in_effect = [(since, each) for since, each in of_the_unit if since <= day]
        follows = unit != task.lead_unit and not in_effect
        if follows:
            in_effect = [(since, each) for since, each in of_the_lead if since <= day]
        completed_on = completion(in_effect, must_be_verified=must_be_verified)
        found[day] = answer(in_effect, completed_on, deadline, day, today, follows=follows)
    return found


def answer(
    in_effect: Dated,
    completed_on: dt.date | None,
    deadline: tuple[int, int],
    day: dt.date,
    today: dt.date,
    *,
    follows: bool,
) -> Answer:
    status = str(in_effect[-1][1].status) if in_effect else "not_started"
    end = end_of(deadline)
    has_come = end <= day
    is_over_today = end < today
    if status == "suspended":
        standing = "suspended"
    elif completed_on is not None and completed_on <= end:
        standing = "on_time"
    elif completed_on is not None:
        standing = "late"
    elif has_come and is_over_today:
        standing = "overdue"
    elif has_come or deadline == (day.year, day.month):
        standing = "due_soon"
    else:
        standing = "not_due"
    return Answer(
        status=status,
        completed_on=completed_on,
        percent=percent(in_effect),
        last_record=in_effect[-1][1] if in_effect else None,
        standing=standing,
        effective_deadline=deadline,
        is_due=has_come,
        is_carried_over=deadline < (day.year, day.month),
        is_warning=standing == "due_soon" and has_come,
        days_overdue=(day - end).days if standing == "overdue" else None,
        follows_lead=follows,
    )


def missed_since(days: dict[dt.date, Answer], day: dt.date) -> dt.date | None:
    """Walk back, day by day, as long as it is missed."""
    if not days[day].is_missed:
        return None
    while day - dt.timedelta(days=1) in days and days[day - dt.timedelta(days=1)].is_missed:
        day -= dt.timedelta(days=1)
    return day


def completed_after(plan: Plan, task: Task, unit: str, *, known_at: dt.date | None) -> dt.date | None:
    """Of a part not complete at the close: its completion day once all that is known has taken effect."""
    records = known(task, known_at).records
    said = said_of(unit, records) or said_of(task.lead_unit, records)
    return completion(said, must_be_verified=plan.header.policy.complete == "verified")


@dataclass(frozen=True)
class Missing:
    """A unit that owed so many reports within a month, and the tasks on which it gave none."""

    unit: str
    owed: int
    missing: list[int]
    last_reported: dt.date | None


def missing(plan: Plan, close: dt.date, *, known_at: dt.date | None = None) -> list[Missing]:
    """Who owed a report in the month that the day ends, as was known at its close, and gave none.

    By default each lead owes one on an open task that is due within the month or carried over. The
    plan's policy may say that every unit with a part owes one, or that one is owed on all open tasks.
    What was reported done is not open, though it may wait to be verified.
    """
    heard_by = close if known_at is None or known_at > close else known_at
    owes = plan.header.policy.owes
    owed: dict[str, list[int]] = {}
    silent: dict[str, list[int]] = {}
    words: dict[str, list[dt.date]] = {}
    for task in plan.tasks:
        units = [part.unit for part in plan.parts(task)]
        for unit in units if owes in ("each_due", "each_open") else [task.lead_unit]:
            stands = history(plan, task, unit, known_at=heard_by, today=IN_THE_END, only=close)[close]
            if stands.status in ("done", "verified", "suspended"):
                continue
            if owes in ("lead_due", "each_due") and stands.effective_deadline > (close.year, close.month):
                continue
            owed.setdefault(unit, []).append(task.id)
            spoken = own_words(task, unit, heard_by)
            words.setdefault(unit, []).extend(spoken)
            if not [day for day in month_until(close) if day in spoken]:
                silent.setdefault(unit, []).append(task.id)
    return [
        Missing(unit, len(owed[unit]), silent[unit], max(words[unit], default=None))
        for unit in owed
        if unit in silent
    ]


def own_words(task: Task, unit: str, heard_by: dt.date) -> list[dt.date]:
    """The days on which the unit itself reported; what the office said about it is no report."""
    return [
        each.date
        for each in known(task, heard_by).records
        if each.unit == unit and each.status in ("in_progress", "blocked", "done")
    ]


def month_until(close: dt.date) -> list[dt.date]:
    """The days of a month until that day."""
    return [close.replace(day=number) for number in range(1, close.day + 1)]
