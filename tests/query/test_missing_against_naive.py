"""Who is missing, of any ledger at all, held against the plain second model of `naive.py`."""

import datetime as dt

import naive
import pytest
from chance import few, many
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import MONTH_ENDS, OWES, large, plans, some_day, some_moment, with_policy

from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import Plan
from yzplan.query.missing import missing
from yzplan.query.select import Selection


def said_by(subject: Plan, close: dt.date, today: dt.date, known_at: dt.date | None) -> list[naive.Missing]:
    """The program's answer in the words of the plain model."""
    asked = Viewpoint(as_of=close, today=today, known_at=known_at)
    return [
        naive.Missing(row.unit, row.owed, [*row.missing], row.last_reported)
        for row in missing(subject, Selection(), asked)
    ]


@pytest.mark.parametrize("owes", OWES)
@many(60)
@given(subject=plans(), close=st.sampled_from(MONTH_ENDS) | some_day, today=some_day, known_at=some_moment)
def test_who_is_missing_agrees_with_the_plain_model(
    owes: str, subject: Plan, close: dt.date, today: dt.date, known_at: dt.date | None
) -> None:
    subject = with_policy(subject, owes=owes)
    assert said_by(subject, close, today, known_at) == naive.missing(subject, close, known_at=known_at)


@pytest.mark.parametrize("owes", ["lead_due", "lead_open"])
@few(2)
@given(seed=st.integers(0, 2**32), known_at=some_moment)
def test_who_is_missing_of_a_large_ledger_agrees_with_the_plain_model(
    owes: str, seed: int, known_at: dt.date | None
) -> None:
    subject = with_policy(large(seed), owes=owes)
    for close in MONTH_ENDS:
        assert said_by(subject, close, close, known_at) == naive.missing(subject, close, known_at=known_at)
