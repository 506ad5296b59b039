"""Replaying the ledger: what state a unit's part of a task is in at the close of a day.

Replay is total: whatever the order and legality of the records, there is one answer, the status
of the last record in effect.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from yzplan.assess.viewpoint import Viewpoint
from yzplan.model import (
    Extension,
    LedgerEntry,
    OfficeEntry,
    ProgressRecord,
    Ranking,
    Status,
    SupervisionEntry,
    Task,
)

E = TypeVar("E", ProgressRecord, Extension, SupervisionEntry, Ranking)

COMPLETE = frozenset({Status.DONE, Status.VERIFIED})


class State(NamedTuple):
    """A part at the close of a day.

    `completed_on` is None unless the part counts as complete. `percent` (0-100) is that of the
    last record in effect since the last return that carries one. `last_record` is the record that
    decided the status; None where nothing was reported. `grounds` is the record that the
    completion counts from, else the one that the percent is from, else the last.
    """

    status: Status = Status.NOT_STARTED
    completed_on: dt.date | None = None
    percent: int | float | None = None
    last_record: ProgressRecord | None = None
    grounds: ProgressRecord | None = None


def retracted_refs(entries: Iterable[LedgerEntry | OfficeEntry]) -> frozenset[str]:
    """The references that these entries take back (更正)."""
    return frozenset(entry.retracts for entry in entries if entry.retracts)


def live(entries: Sequence[E]) -> Iterator[tuple[int, E]]:
    """The entries that neither are corrections nor have been taken back by one, with their positions."""
    gone = retracted_refs(entries)
    for k, entry in enumerate(entries):
        if not entry.retracts and not (gone and entry.ref in gone):
            yield k, entry


def records_of(task: Task, unit: str, viewpoint: Viewpoint) -> list[ProgressRecord]:
    """The reports on one unit's part that are known and not retracted, in the order of the ledger.

    The order is by date; equal dates keep their order in the file. A retraction removes a record
    from every answer that knows of the retraction.
    """
    known = [record for record in task.progress if record.unit == unit and viewpoint.knows(record.date)]
    return sorted((record for _, record in live(known)), key=lambda record: record.date)


def known_extensions(task: Task, viewpoint: Viewpoint) -> list[Extension]:
    """The task's extensions approved by the day asked about, known and not retracted."""
    known = [entry for entry in task.extensions if viewpoint.knows(entry.known_on)]
    return [entry for _, entry in live(known) if entry.approved_on <= viewpoint.as_of]


def in_effect_from(records: Iterable[ProgressRecord]) -> Iterator[tuple[dt.date, ProgressRecord]]:
    """Records of one unit, in the order of the ledger, each with the day on which it takes effect.

    That is its completion day if it has one, else its date; but what is said after a return never
    counts from before the day on which the return took effect.
    """
    returned_on = dt.date.min
    for record in records:
        day = max(record.effective_on, returned_on)
        if record.status is Status.RETURNED:
            returned_on = day
        yield day, record


def state_of(
    records: Iterable[ProgressRecord], as_of: dt.date, *, complete_from: Status = Status.DONE
) -> State:
    """The state, at the close of `as_of`, of the part that these records (of one unit, in order) speak of.

    The part is complete while in an unbroken run of `done` and `verified`, since the day the first
    record of the run took effect. With `complete_from` verified (plan.policy.complete), only once
    the run holds a `verified`.
    """
    status = Status.NOT_STARTED
    last: ProgressRecord | None = None
    percent: int | float | None = None
    percent_from: ProgressRecord | None = None
    run_began: dt.date | None = None
    first_of_run: ProgressRecord | None = None
    run_verified = False
    for day, record in in_effect_from(records):
        if day > as_of or record.status is None:
            continue
        status, last = record.status, record
        if status in COMPLETE:
            if run_began is None:
                run_began, first_of_run, run_verified = day, record, False
            run_verified = run_verified or status is Status.VERIFIED
        else:
            run_began = None
        if status is Status.RETURNED:
            percent, percent_from = None, None
        if record.percent is not None:
            percent, percent_from = record.percent, record
    counts = run_began is not None and (complete_from is not Status.VERIFIED or run_verified)
    return State(
        status=status,
        completed_on=run_began if counts else None,
        percent=percent,
        last_record=last,
        grounds=first_of_run if counts else percent_from or last,
    )


def evidence_of(task: Task, unit: str, viewpoint: Viewpoint) -> tuple[str, ...]:
    """The evidence (佐证) in the records of a unit's part in effect since the last return, each once."""
    found: dict[str, None] = {}
    for day, record in in_effect_from(records_of(task, unit, viewpoint)):
        if day <= viewpoint.as_of:
            if record.status is Status.RETURNED:
                found.clear()
            else:
                found.update(dict.fromkeys(record.evidence))
    return tuple(found)
