"""Stamps of invented papers (模拟)."""

import dataclasses
import datetime as dt

from hypothesis import strategies as st

from yzplan.model import Month, Period
from yzplan.papers.paper import Stamp
from yzplan.store.source import HIDDEN

BULLETIN = Stamp(
    paper="bulletin",
    period=Period(2022, 3),
    dated=dt.date(2022, 10, 10),
    number=3,
    document_number="模拟函〔2022〕3号",
    known_at=dt.date(2022, 10, 8),
    written_on=dt.date(2022, 10, 9),
    revision="3f9a2c1b77e0" + "0" * 28,
    program="0.1.0",
    template="ab12ab12ab12",
)
NOTICE = dataclasses.replace(
    BULLETIN,
    paper="notice",
    period=None,
    month=Month(2022, 7),
    unit="市模拟局",
    form="督办函",
    reply_by=dt.date(2022, 8, 20),
    number=None,
)
DRAFT = dataclasses.replace(BULLETIN, revision=None, document_number=None, number=None)

_LINES = (
    st.text(min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda s: s and not HIDDEN.search(s) and "\n" not in s)
)
_MONTHS = st.builds(Month, st.integers(1000, 9999), st.integers(1, 12))
_QUARTERS = st.builds(Period, st.integers(1, 9999), st.integers(1, 4))
_YEARS = st.integers(1, 9999).map(Period)


@st.composite
def stamps(draw: st.DrawFn) -> Stamp:
    """Any stamp that a command can make."""
    paper = draw(st.sampled_from(["dispatch", "bulletin", "assess", "performance", "notice"]))
    is_notice = paper == "notice"
    any_period = st.one_of(_QUARTERS, _YEARS)
    periods = {"bulletin": _QUARTERS, "assess": any_period, "performance": any_period}.get(paper, st.none())
    return Stamp(
        paper=paper,
        month=draw(_MONTHS) if paper in ("dispatch", "notice") else None,
        period=draw(periods),
        unit=draw(_LINES) if is_notice else None,
        form=draw(st.sampled_from(["提示函", "督办函"])) if is_notice else None,
        reply_by=draw(st.none() | st.dates()),
        dated=draw(st.dates()),
        number=draw(st.none() | st.integers(1, 10**6)),
        document_number=draw(st.none() | _LINES),
        red_head=draw(st.booleans()),
        known_at=draw(st.dates()),
        written_on=draw(st.dates()),
        revision=draw(st.none() | st.text("0123456789abcdef", min_size=40, max_size=40)),
        program=draw(_LINES),
        template=draw(st.text("0123456789abcdef", min_size=12, max_size=12)),
    )
