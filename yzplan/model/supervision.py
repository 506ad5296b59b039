"""What the office itself does and takes in: supervision (督办) and the province's rankings (全省评价排名).

永政办函〔2022〕18号 三、保障措施 orders 督促整改, 明查暗访和督导检查, 问责追责, and 约谈 of those that
the provincial evaluation ranks low (排位靠后). Both are ledgers, written by the office alone: nothing in
them is rewritten.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from yzplan.model.ledger import Referable
from yzplan.model.period import Period
from yzplan.model.shape import Count, Day, Line, Ref, noun


class Measure(StrEnum):
    """What the office did about a unit (督办方式)."""

    REMINDER = "reminder"
    URGING = "urging"
    RECTIFICATION = "rectification"
    INSPECTION = "inspection"
    OPEN_VISIT = "open_visit"
    COVERT_VISIT = "covert_visit"
    REFERRAL = "referral"
    SUMMONS = "summons"

    @property
    def label(self) -> str:
        """What people read."""
        return _LABELS[self]

    @property
    def is_closable(self) -> bool:
        """Whether it stays open until the office closes it.

        A referral does not: the case is decided elsewhere, and only that it was referred is recorded.
        """
        return self is not Measure.REFERRAL

    @property
    def is_inspection(self) -> bool:
        """Whether the office went to see for itself (明查暗访、督导检查): then it found something."""
        return self in (Measure.INSPECTION, Measure.OPEN_VISIT, Measure.COVERT_VISIT)


_LABELS = {
    Measure.REMINDER: "提示函",
    Measure.URGING: "督办函",
    Measure.RECTIFICATION: "整改通知",
    Measure.INSPECTION: "督导检查",
    Measure.OPEN_VISIT: "明查",
    Measure.COVERT_VISIT: "暗访",
    Measure.REFERRAL: "移送问责",
    Measure.SUMMONS: "约谈",
}


@noun
class SupervisionEntry(Referable):
    """One entry of the office's own ledger (督办台账).

    Exactly one of `measure`, `replies_to`, `closes` and `retracts` is given: something the office did
    about a unit, the unit's reply to it, its close, or the correction of an entry.
    """

    date: Day
    """When it happened: the letter's date, the day of the visit, of the reply, of the close."""
    measure: Measure | None = None
    unit: Line | None = None
    number: Line | None = None
    """The document number (文号) of the letter or reply."""
    tasks: tuple[Count, ...] = ()
    finding: Line | None = None
    """What an inspection found."""
    items: tuple[Line, ...] = ()
    """What is to be put right (整改事项)."""
    due: Day | None = None
    """The day by which a reply, or the rectification, is due."""
    note: Line | None = None
    replies_to: Ref | None = None
    closes: Ref | None = None
    retracts: Ref | None = None
    recorded_on: Day | None = None

    @property
    def known_on(self) -> dt.date:
        """The day from which it was known: when it was recorded, else when it happened."""
        return self.recorded_on or self.date

    @property
    def refers_to(self) -> str | None:
        """The reference of the entry that it replies to, closes or corrects."""
        return self.replies_to or self.closes or self.retracts


@noun
class Ranking(Referable):
    """A result of the province's evaluation (全省营商环境评价), or (with `retracts`) the correction of one.

    What is ranked is one of our indicators among the cities, or a unit (a county) among its peers:
    place `rank` of `of`, 1 the best.
    """

    date: Day
    """When the result was made known."""
    period: Period | None = None
    indicator: Count | None = None
    unit: Line | None = None
    rank: Count | None = None
    of: Count | None = None
    document: Line | None = None
    """The document that it stands in."""
    note: Line | None = None
    retracts: Ref | None = None
    recorded_on: Day | None = None

    @property
    def known_on(self) -> dt.date:
        """The day from which it was known: when it was recorded, else when it was made known."""
        return self.recorded_on or self.date

    @property
    def refers_to(self) -> str | None:
        """The reference of the entry that it corrects."""
        return self.retracts


OfficeEntry = SupervisionEntry | Ranking


def section_of(entry: OfficeEntry) -> str:
    """The key of the plan, and of tasks.yaml, under which an entry stands."""
    return "rankings" if isinstance(entry, Ranking) else "supervision"


def origin_of(entry: OfficeEntry, known: Iterable[OfficeEntry]) -> OfficeEntry:
    """What an entry is about in the end: the measure that it replies to or closes, or the result.

    It is the entry itself where it refers to none, and the last that is `known` where one is missing.
    """
    by_ref = {each.ref: each for each in known}
    while entry.refers_to in by_ref:
        # What was found is taken out, so that no two can refer to each other for ever.
        entry = by_ref.pop(entry.refers_to)
    return entry


def office_saying(entry: OfficeEntry, indicator: str | None = None) -> str:
    """What an entry says, in few words: `督办函 零陵区 模拟〔2022〕3号`, `全省排名 2022 零陵区 第12/14`.

    `indicator`: the name of the one that is ranked, where it is known.
    """
    words: tuple[str | None, ...]
    if isinstance(entry, Ranking):
        if entry.retracts:
            return f"更正全省排名 {entry.retracts}"
        ranked = entry.unit or indicator or (f"指标{entry.indicator}" if entry.indicator else None)
        words = ("全省排名", str(entry.period), ranked, f"第{entry.rank}/{entry.of}")
    elif entry.measure:
        words = (entry.measure.label, entry.unit, entry.number)
    elif entry.retracts:
        words = ("更正督办", entry.retracts)
    else:
        words = ("回复", entry.replies_to, entry.number) if entry.replies_to else ("办结", entry.closes)
    return " ".join(word for word in words if word)
