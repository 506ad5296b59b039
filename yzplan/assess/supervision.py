"""Replaying the office's own ledgers: what it did about a unit, and what came of it by a day's close."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from yzplan.assess.replay import live
from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import Measure, Ranking, SupervisionEntry

E = TypeVar("E", SupervisionEntry, Ranking)


class Case(NamedTuple):
    """Something that the office did about a unit, at the close of a day.

    `replied_on` is the day of the unit's first reply, `closed_on` that of the office's close; None
    where there was none by then.
    """

    measure: Measure
    unit: str
    entry: SupervisionEntry
    replied_on: dt.date | None
    closed_on: dt.date | None

    @property
    def is_open(self) -> bool:
        """Whether the office still has it on its hands. A reply alone closes nothing."""
        return self.measure.is_closable and self.closed_on is None

    def is_overdue(self, viewpoint: Viewpoint) -> bool:
        """Whether the unit has let the day pass by which its reply was due.

        As with deadlines, a day that is not over yet has not passed.
        """
        due = self.entry.due
        return (
            self.is_open
            and self.replied_on is None
            and due is not None
            and due <= viewpoint.as_of
            and due < viewpoint.today
        )


def happened(entries: Iterable[E], viewpoint: Viewpoint) -> list[E]:
    """The entries that are known, not taken back, and of the day asked about or before, by date, each once.

    Equal dates keep their order in the file. A retraction removes an entry from every answer that
    knows of the retraction.
    """
    known = [entry for entry in entries if viewpoint.knows(entry.known_on)]
    once = {entry.ref: entry for _, entry in live(known) if entry.date <= viewpoint.as_of}
    return sorted(once.values(), key=lambda entry: entry.date)


def cases(entries: Iterable[SupervisionEntry], viewpoint: Viewpoint) -> list[Case]:
    """What the office had done by the day asked about, by date, each with its reply and its close."""
    found = happened(entries, viewpoint)
    replied: dict[str, dt.date] = {}
    closed: dict[str, dt.date] = {}
    for entry in found:
        if entry.replies_to:
            replied.setdefault(entry.replies_to, entry.date)
        elif entry.closes:
            closed.setdefault(entry.closes, entry.date)
    return [
        Case(entry.measure, entry.unit, entry, replied.get(entry.ref), closed.get(entry.ref))
        for entry in found
        if entry.measure and entry.unit
    ]
