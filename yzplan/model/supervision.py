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


def ledger_label(entry: OfficeEntry) -> str:
    """What people call the ledger that an entry stands in."""
    return "全省排名" if isinstance(entry, Ranking) else "督办"


def origin_of(entry: OfficeEntry, known: Iterable[OfficeEntry]) -> OfficeEntry:
    """What an entry is about in the end: the measure that it replies to or closes, or the result.

    It is the entry itself where it refers to none, and the last that is `known` where one is missing.
    """
    by_ref = {each.ref: each for each in known}
    while entry.refers_to in by_ref:
        # What was found is taken out, so that no two can refer to each other for ever.
        entry = by_ref.pop(entry.refers_to)
    return entry


def office_line(entry: OfficeEntry, gap: str = " ") -> str:
    """Where an entry stands, about whom, and what it says: `督办 市税务局 督办函 模拟〔2022〕3号`."""
    unit = f"{entry.unit} " if entry.unit else ""
    return f"{ledger_label(entry)} {unit}{office_saying(entry, gap)}"


def office_saying(entry: OfficeEntry, gap: str = " ", indicator: str | None = None) -> str:
    """What an entry says, in few words: `督办函 模拟〔2022〕3号`, `办结 3f9a2c1b`, `2022 指标 13 第 12/14`.

    `gap`: what stands between words and figures; `indicator`: the name of the one ranked, where it is known.
    """
    if entry.retracts:
        return f"更正 {entry.retracts}"
    if isinstance(entry, Ranking):
        whom = indicator or (f"指标{gap}{entry.indicator}" if entry.indicator else "")
        return f"{entry.period} {whom}".rstrip() + f" 第{gap}{entry.rank}/{entry.of}"
    if entry.measure:
        said = entry.measure.label
    else:
        said = f"回复 {entry.replies_to}" if entry.replies_to else f"办结 {entry.closes}"
    return f"{said} {entry.number}" if entry.number else said
