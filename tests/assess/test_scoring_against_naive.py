"""Scores of any ledger under any rules, held against the plain model; and the laws of DESIGN §1, §4, §12."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import naive_scoring
import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from plans import OTHER
from random_ledgers import SPEAKERS, extensions, records, some_day, some_moment
from random_scorings import PERIODS, adjustments, assessed_plans

from yzplan.model import Period, Plan, ProgressRecord
from yzplan.query.boards import assessment


def rows_of(subject: Plan, period: Period, known_at: dt.date | None) -> dict[str, list[dict[str, Any]]]:
    found = assessment(subject, period, known_at)
    keys = ("unit", "rank", "score", "due", "on_time", "late", "undone", "earned", "adjustment")
    every = {**found.boards, "unranked": found.unranked}
    return {
        board: [{key: getattr(row, key) for key in keys} for row in rows] for board, rows in every.items()
    }


@many(100)
@given(subject=assessed_plans(), known_at=some_moment)
def test_every_period_agrees_with_the_plain_model(subject: Plan, known_at: dt.date | None) -> None:
    days = naive_scoring.histories(subject, known_at)
    for period in PERIODS:
        plain = naive_scoring.boards(subject, period.last_day, known_at, days)
        assert rows_of(subject, period, known_at) == plain


@many(100)
@given(subject=assessed_plans(), known_at=some_moment, period=st.sampled_from(PERIODS))
def test_what_is_due_is_on_time_late_or_undone_and_a_score_lies_within_the_rules(
    subject: Plan, known_at: dt.date | None, period: Period
) -> None:
    for row in assessment(subject, period, known_at).rows:
        assert row.due == row.on_time + row.late + row.undone
        assert (row.earned is None) == (row.score is None) == (row.due == 0)
        assert row.earned is None or 0 <= row.earned <= 100
        assert row.earned is None or row.earned.as_tuple().exponent == -2
        assert row.score is None or row.score == Decimal(row.earned or 0) + row.adjustment


@many(100)
@given(subject=assessed_plans(), turns=st.permutations(SPEAKERS), known_at=some_moment)
def test_the_order_in_which_units_reported_on_one_day_changes_no_score(
    subject: Plan, turns: list[str], known_at: dt.date | None
) -> None:
    """Law: of records of equal date, only the order of one unit's own counts."""
    shuffled = [
        replace(each, progress=tuple(sorted(each.progress, key=lambda entry: turns.index(entry.unit))))
        for each in subject.tasks
    ]
    for period in PERIODS:
        assert assessment(replace(subject, tasks=tuple(shuffled)), period, known_at) == assessment(
            subject, period, known_at
        )


@many(100)
@given(subject=assessed_plans(), later=st.data(), known_at=some_day)
def test_what_is_recorded_later_changes_no_score_of_who_did_not_know_it(
    subject: Plan, later: st.DataObject, known_at: dt.date
) -> None:
    """Law: nothing dated after D changes a score with known_at=D, adjustment or whatever it be."""
    after = st.integers(1, 60).map(lambda days: known_at + dt.timedelta(days=days))
    tasks = []
    for each in subject.tasks:
        new = [replace(later.draw(records()), date=later.draw(after)) for _ in range(2)]
        new += [
            ProgressRecord(date=later.draw(after), unit=old.unit, retracts=old.ref, note="模拟更正")
            for old in each.progress
            if not old.retracts and later.draw(st.booleans())
        ]
        granted = replace(later.draw(extensions()), recorded_on=later.draw(after))
        tasks.append(replace(each, progress=(*each.progress, *new), extensions=(*each.extensions, granted)))
    rules = subject.header.assessment
    entry = replace(later.draw(adjustments()), date=later.draw(after))
    grown = replace(
        subject,
        tasks=tuple(tasks),
        header=replace(subject.header, assessment=replace(rules, adjustments=(*rules.adjustments, entry))),
    )
    for period in PERIODS:
        assert assessment(grown, period, known_at) == assessment(subject, period, known_at)


@pytest.mark.parametrize("period", PERIODS, ids=str)
@many(50)
@given(subject=assessed_plans(), data=st.data())
def test_to_say_what_the_lead_said_never_pays_worse_than_silence(
    period: Period, subject: Plan, data: st.DataObject
) -> None:
    """Law: silence does not pay better than an honest report of the same."""
    asked = data.draw(st.sampled_from(subject.tasks))
    alone = [entry for entry in asked.progress if entry.unit == asked.lead_unit]
    silent = replace(subject, tasks=(replace(asked, progress=tuple(alone)),))
    echoed = [replace(entry, unit=OTHER) for entry in alone if not entry.retracts]
    taken_back = {entry.ref: replace(entry, unit=OTHER).ref for entry in alone if not entry.retracts}
    echoed += [
        replace(entry, unit=OTHER, retracts=taken_back[entry.retracts])
        for entry in alone
        if entry.retracts in taken_back
    ]
    honest = replace(subject, tasks=(replace(asked, progress=(*alone, *echoed)),))

    def score(each: Plan) -> Decimal | None:
        [row] = [row for row in assessment(each, period).rows if row.unit == OTHER]
        return row.score

    before, after = score(silent), score(honest)
    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after
