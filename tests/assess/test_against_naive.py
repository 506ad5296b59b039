"""Any ledger at all, held against the plain second model of `naive.py`; and two laws (DESIGN §1, §3, §12).

Small ledgers are many, large ones few; both are 模拟 (see `random_ledgers`).
"""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import naive
import pytest
from chance import few, many
from hypothesis import given
from hypothesis import strategies as st
from plans import HELPER, LEAD
from random_ledgers import (
    MONTH_ENDS,
    OWES,
    SPEAKERS,
    extensions,
    in_other_turns,
    large,
    later_entries,
    plans,
    records,
    some_day,
    some_moment,
    speakers,
    with_policy,
)

from yzplan.assess.standing import (
    Position,
    completed_later,
    effective_deadline,
    overdue_since,
    part_position,
    position,
)
from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import Directory, Extension, Plan, ProgressRecord
from yzplan.query.missing import missing
from yzplan.query.select import Selection, overdue

some_number = st.integers(0, 2**32)


def said_by(found: Position) -> dict[str, Any]:
    """The program's answer in the words of the plain model."""
    return {
        "status": str(found.state.status),
        "completed_on": found.state.completed_on,
        "percent": found.state.percent,
        "last_record": found.state.last_record,
        "standing": str(found.standing),
        "effective_deadline": tuple(found.effective_deadline),
        "is_due": found.is_due,
        "is_carried_over": found.carried_over,
        "is_warning": found.warning,
        "days_overdue": found.days_overdue,
        "follows_lead": found.follows_lead,
    }


def answers(subject: Plan, asked: Viewpoint, policies: Sequence[str] = OWES) -> list[object]:
    """Everything that can be asked about a plan at a viewpoint."""
    found: list[object] = []
    for each in subject.tasks:
        lead, helper, *_ = units = speakers(subject, each)
        found += [effective_deadline(each, asked), position(subject, each, asked)]
        found += [part_position(subject, each, unit, asked) for unit in units]
        found += [overdue_since(subject, each, asked, unit) for unit in (None, lead, helper)]
        found += [completed_later(subject, each, asked, unit) for unit in (None, lead, helper)]
    found += overdue(subject, Selection(), asked)
    for owes in policies:
        found += missing(with_policy(subject, owes=owes), Selection(), asked)
    return found


@pytest.mark.parametrize("complete", ["done", "verified"])
@many(150)
@given(subject=plans(), known_at=some_moment, today=some_day | st.just(naive.IN_THE_END))
def test_every_month_end_agrees_with_the_plain_model(
    complete: Literal["done", "verified"], subject: Plan, known_at: dt.date | None, today: dt.date
) -> None:
    subject = with_policy(subject, complete=complete)
    plain = {
        (each.id, unit): naive.history(subject, each, unit, known_at=known_at, today=today)
        for each in subject.tasks
        for unit in SPEAKERS
    }
    for close in MONTH_ENDS:
        asked = Viewpoint(as_of=close, today=today, known_at=known_at)
        for each in subject.tasks:
            assert said_by(position(subject, each, asked)) == vars(plain[each.id, LEAD][close])
            for unit in SPEAKERS:
                assert said_by(part_position(subject, each, unit, asked)) == vars(plain[each.id, unit][close])


@pytest.mark.parametrize("unit", [LEAD, HELPER], ids=["lead", "helper"])
@many(100)
@given(subject=plans(), known_at=some_moment, today=some_day | st.just(naive.IN_THE_END))
def test_every_overdue_list_agrees_with_the_plain_model(
    unit: str, subject: Plan, known_at: dt.date | None, today: dt.date
) -> None:
    """The lead is asked for its tasks, the helper for its own parts of them."""
    plain = {
        each.id: naive.history(subject, each, unit, known_at=known_at, today=today) for each in subject.tasks
    }
    selection = Selection(
        units=(Directory(subject.register).find(unit),), role="lead" if unit == LEAD else "responsible"
    )
    for close in MONTH_ENDS:
        asked = Viewpoint(as_of=close, today=today, known_at=known_at)
        missed = [each for each in subject.tasks if plain[each.id][close].is_missed]
        missed.sort(key=lambda each: (plain[each.id][close].effective_deadline, each.id))
        expected = [
            (
                each.id,
                plain[each.id][close].standing,
                naive.missed_since(plain[each.id], close),
                naive.completed_after(subject, each, unit, known_at=known_at),
            )
            for each in missed
        ]
        rows = overdue(subject, selection, asked)
        assert [
            (row.id, row.judged.standing, row.overdue_on, row.completed_later) for row in rows
        ] == expected
        fresh = overdue(subject, selection, asked, only_new=True)
        assert [row.id for row in fresh] == [
            each.id for each in missed if not plain[each.id][close].is_carried_over
        ]


@many(100)
@given(subject=plans(), later=st.data(), known_at=some_day, as_of=some_day, today=some_day)
def test_what_is_recorded_later_changes_no_answer_of_who_did_not_know_it(
    subject: Plan, later: st.DataObject, known_at: dt.date, as_of: dt.date, today: dt.date
) -> None:
    """Law: nothing dated after D changes an answer with known_at=D, correction or extension though it be."""
    asked = Viewpoint(as_of=as_of, today=today, known_at=known_at)
    after = st.integers(1, 60).map(lambda days: known_at + dt.timedelta(days=days))
    grown = []
    for each in subject.tasks:
        said = [later.draw(records()) for _ in range(2)]
        granted = [later.draw(extensions())]
        new = [replace(entry, date=later.draw(after)) for entry in said]
        new += [
            ProgressRecord(date=later.draw(after), unit=old.unit, retracts=old.ref, note="模拟更正")
            for old in each.progress
            if not old.retracts and later.draw(st.booleans())
        ]
        permitted = [replace(entry, recorded_on=later.draw(after)) for entry in granted]
        permitted += [
            Extension(approved_on=later.draw(after), reason="模拟更正", retracts=old.ref)
            for old in each.extensions
            if not old.retracts and later.draw(st.booleans())
        ]
        grown.append(
            replace(each, progress=(*each.progress, *new), extensions=(*each.extensions, *permitted))
        )
    assert answers(replace(subject, tasks=tuple(grown)), asked) == answers(subject, asked)


@many(100)
@given(
    subject=plans(),
    turns=st.permutations(SPEAKERS),
    seed=some_number,
    known_at=some_moment,
    as_of=some_day,
    today=some_day,
)
def test_the_order_in_which_units_reported_on_one_day_changes_no_answer(
    subject: Plan, turns: list[str], seed: int, known_at: dt.date | None, as_of: dt.date, today: dt.date
) -> None:
    """Law: of records of equal date, only the order of one unit's own counts."""
    asked = Viewpoint(as_of=as_of, today=today, known_at=known_at)
    reordered = [
        replace(each, progress=tuple(sorted(each.progress, key=lambda entry: turns.index(entry.unit))))
        for each in subject.tasks
    ]
    same_day_only = [
        replace(each, progress=tuple(sorted(each.progress, key=lambda entry: entry.date)))
        for each in reordered
    ]
    interleaved = [in_other_turns(random.Random(seed), each) for each in subject.tasks]
    for shuffled in (reordered, same_day_only, interleaved):
        assert answers(replace(subject, tasks=tuple(shuffled)), asked) == answers(subject, asked)


# Large ledgers

some_large = some_number.map(large)
SOME = ("lead_due", "each_open")
"""Enough of the policies on who owes a report, for what takes so long."""


@few(2)
@given(subject=some_large, known_at=some_moment, today=some_day | st.just(naive.IN_THE_END))
def test_every_month_end_of_a_large_ledger_agrees_with_the_plain_model(
    subject: Plan, known_at: dt.date | None, today: dt.date
) -> None:
    for moment in (None, known_at or naive.DAYS[100]):
        plain = {
            each.id: [
                (unit, naive.history(subject, each, unit, known_at=moment, today=today))
                for unit in speakers(subject, each)
            ]
            for each in subject.tasks
        }
        for close in MONTH_ENDS:
            asked = Viewpoint(as_of=close, today=today, known_at=moment)
            expected = []
            for each in subject.tasks:
                for unit, days in plain[each.id]:
                    assert said_by(part_position(subject, each, unit, asked)) == vars(days[close])
                lead, days = plain[each.id][0]
                assert said_by(position(subject, each, asked)) == vars(days[close])
                if days[close].is_missed:
                    later = naive.completed_after(subject, each, lead, known_at=moment)
                    since = naive.missed_since(days, close)
                    expected.append((days[close].effective_deadline, each.id, since, later))
            assert [
                (row.effective_deadline, row.id, row.overdue_on, row.completed_later)
                for row in overdue(subject, Selection(), asked)
            ] == sorted(expected)


@few(2)
@given(subject=some_large, seed=some_number, known_at=some_day, as_of=some_day, today=some_day)
def test_what_is_recorded_later_changes_no_answer_about_a_large_ledger(
    subject: Plan, seed: int, known_at: dt.date, as_of: dt.date, today: dt.date
) -> None:
    chance = random.Random(seed)
    grown = [later_entries(chance, each, speakers(subject, each), known_at) for each in subject.tasks]
    asked = Viewpoint(as_of=as_of, today=today, known_at=known_at)
    assert answers(replace(subject, tasks=tuple(grown)), asked, SOME) == answers(subject, asked, SOME)


@few(2)
@given(subject=some_large, seed=some_number, known_at=some_moment, as_of=some_day, today=some_day)
def test_the_order_in_which_units_reported_changes_no_answer_about_a_large_ledger(
    subject: Plan, seed: int, known_at: dt.date | None, as_of: dt.date, today: dt.date
) -> None:
    chance = random.Random(seed)
    shuffled = [in_other_turns(chance, each) for each in subject.tasks]
    assert shuffled != [*subject.tasks]
    asked = Viewpoint(as_of=as_of, today=today, known_at=known_at)
    assert answers(replace(subject, tasks=tuple(shuffled)), asked, SOME) == answers(subject, asked, SOME)
