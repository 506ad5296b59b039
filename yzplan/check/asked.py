"""What a rule about one task, or about the office's own ledgers, looks at: all that is not taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from yzplan.assess import live
from yzplan.check.findings import Finding, Locator
from yzplan.model import (
    REPORTABLE,
    Extension,
    LedgerEntry,
    OfficeEntry,
    Plan,
    ProgressRecord,
    Ranking,
    SupervisionEntry,
    Task,
)

History = Sequence[tuple[int, ProgressRecord]]


class DayGiven(NamedTuple):
    """A day that stands in a ledger: where, what it is in words, and the day."""

    where: Locator
    what: str
    day: dt.date


class Ledger(NamedTuple):
    """A ledger with all that is in it: its key, whose it is, and what people call its entries."""

    name: str
    owner: str
    entries: Sequence[LedgerEntry | OfficeEntry]
    what: str = "记录"


class Sayings(NamedTuple):
    """Entries that are alike enough to be the same: of which ledger, their common words, and positions."""

    name: str
    what: str
    entries: Sequence[tuple[int, LedgerEntry | OfficeEntry]]


class AnyAsked(Protocol):
    """What the rules for all ledgers look at."""

    @property
    def plan(self) -> Plan:
        """The plan that has the ledgers."""

    @property
    def today(self) -> dt.date:
        """The day on which it is asked."""

    def ledgers(self) -> Iterator[Ledger]:
        """The ledgers."""

    def days(self) -> Iterator[DayGiven]:
        """Every day on which something was done or known."""

    def sayings(self) -> Iterator[Sayings]:
        """The entries by what and when they say something."""


class Asked(NamedTuple):
    """One task, as seen today, with what its rules look at: all that has not been taken back.

    `histories`: whose part, in words, and its records with their positions in the file, in the order
    of the ledger. `extensions`: with their positions.
    """

    plan: Plan
    task: Task
    today: dt.date
    histories: Sequence[tuple[str, History]]
    extensions: Sequence[tuple[int, Extension]]

    @classmethod
    def about(cls, plan: Plan, task: Task, today: dt.date) -> "Asked":
        """What the rules look at of a task."""
        return cls(plan, task, today, histories(task.id, task.progress), [*live(task.extensions)])

    def ledgers(self) -> Iterator[Ledger]:
        """The task's."""
        owner = f"第 {self.task.id} 项"
        yield Ledger("progress", owner, self.task.progress)
        yield Ledger("extensions", owner, self.task.extensions, "延期")

    def days(self) -> Iterator[DayGiven]:
        """Those of records, extensions and corrections."""
        for where, history in self.histories:
            for k, record in history:
                yield DayGiven(("progress", k, "date"), f"{where}的填报日期", record.date)
                if record.completed_on:
                    yield DayGiven(("progress", k, "completed_on"), f"{where}的完成日", record.completed_on)
        of_task = f"第 {self.task.id} 项"
        for k, given in self.extensions:
            yield DayGiven(("extensions", k, "approved_on"), f"{of_task}延期的批准日", given.approved_on)
            if given.recorded_on:
                yield DayGiven(("extensions", k, "recorded_on"), f"{of_task}延期的补记日", given.recorded_on)
        yield from _corrected_on(self.ledgers())

    def sayings(self) -> Iterator[Sayings]:
        """The records of a unit on a day, and the extensions approved on one."""
        for where, history in self.histories:
            for day, found in groupby(history, key=lambda pair: pair[1].date):
                yield Sayings("progress", f"{where}{day} 的这条记录", [*found])
        extensions = sorted(self.extensions, key=lambda pair: pair[1].approved_on)
        for day, given in groupby(extensions, key=lambda pair: pair[1].approved_on):
            yield Sayings("extensions", f"第 {self.task.id} 项 {day} 批准的延期", [*given])


class AskedOffice(NamedTuple):
    """The office's own ledgers, as seen today: all that has not been taken back, with its positions."""

    plan: Plan
    today: dt.date
    supervision: Sequence[tuple[int, SupervisionEntry]]
    rankings: Sequence[tuple[int, Ranking]]

    @classmethod
    def about(cls, plan: Plan, today: dt.date) -> "AskedOffice":
        """What the rules look at of a plan."""
        return cls(plan, today, [*live(plan.supervision)], [*live(plan.rankings)])

    def ledgers(self) -> Iterator[Ledger]:
        """The office's."""
        for name, entries in self.plan.office_ledgers.items():
            yield Ledger(name, _OWNERS[name], entries)

    def days(self) -> Iterator[DayGiven]:
        """Those on which something happened or was recorded; by when it is due is no such day."""
        for ledger, entries in self._live():
            for k, entry in entries:
                what = subject_of(entry)
                yield DayGiven((ledger, k, "date"), f"{what}的日期", entry.date)
                if entry.recorded_on:
                    yield DayGiven((ledger, k, "recorded_on"), f"{what}的登记日", entry.recorded_on)
        yield from _corrected_on(self.ledgers())

    def sayings(self) -> Iterator[Sayings]:
        """The entries of a day."""
        for ledger, entries in self._live():
            in_order = sorted(entries, key=lambda pair: pair[1].date)
            for day, found in groupby(in_order, key=lambda pair: pair[1].date):
                yield Sayings(ledger, f"{_OWNERS[ledger]} {day} 的这条记录", [*found])

    def _live(self) -> Iterator[tuple[str, Sequence[tuple[int, OfficeEntry]]]]:
        yield "supervision", self.supervision
        yield "rankings", self.rankings


_OWNERS = {"supervision": "督办台账", "rankings": "全省排名"}


def subject_of(entry: OfficeEntry) -> str:
    """What an entry of the office is about, in words, as the beginning of a sentence."""
    if isinstance(entry, Ranking):
        return f"{_OWNERS['rankings']} {entry.period} {entry.unit or f'指标 {entry.indicator}'} "
    if entry.measure:
        return f"{_OWNERS['supervision']} {entry.unit} {entry.measure.label}"
    what = f"对 {entry.replies_to} 的回复" if entry.replies_to else f"{entry.closes} 的办结"
    return f"{_OWNERS['supervision']} {what}"


def day_key(entry: LedgerEntry | OfficeEntry) -> str:
    """The key under which stands from when an entry was known."""
    if not isinstance(entry, ProgressRecord) and entry.recorded_on:
        return "recorded_on"
    return "approved_on" if isinstance(entry, Extension) else "date"


def _corrected_on(ledgers: Iterator[Ledger]) -> Iterator[DayGiven]:
    """The days on which something was taken back."""
    for name, owner, entries, _ in ledgers:
        for k, entry in enumerate(entries):
            if entry.retracts:
                yield DayGiven((name, k, day_key(entry)), f"{owner}更正的日期", entry.known_on)


def histories(task: int, progress: Sequence[ProgressRecord]) -> Sequence[tuple[str, History]]:
    """Whose part of a task, in words, and its records that were not taken back, with their positions."""
    units: dict[str, list[tuple[int, ProgressRecord]]] = defaultdict(list)
    for k, record in live(progress):
        units[record.unit].append((k, record))
    return [
        (f"第 {task} 项 {unit} ", sorted(history, key=lambda pair: pair[1].date))
        for unit, history in units.items()
    ]


OddityRule = Callable[[Asked], Iterator[Finding]]
OfficeRule = Callable[[AskedOffice], Iterator[Finding]]


def said_at_once(before: ProgressRecord, record: ProgressRecord) -> bool:
    """Whether both are the unit's own words of one day, so that neither can be what became of the other."""
    return before.date == record.date and before.status in REPORTABLE and record.status in REPORTABLE
