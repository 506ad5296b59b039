"""What `log` and `diff` answer: what happened to the ledger and the table, and who committed it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from yzplan.assess import live
from yzplan.model import LedgerEntry, ProgressRecord, facts
from yzplan.model.changes import Change, EntryChange, FactChange
from yzplan.model.shape import Noun, noun


class Origin(NamedTuple):
    """The commit in which something happened: its full id, its author, when it was committed (ISO 8601)."""

    commit: str
    author: str
    email: str
    committed_at: str


@noun
class ChangeRow(Noun):
    """One thing that happened.

    `commit` and what follows are None for what is not committed yet. `recorded_on`: the day from which
    an entry was known. `kind`: what changed, an entry of a ledger or a fact of something; then `name` is
    what it is a fact of, by number, name or e-mail, and `key` under which key it stands. `before`,
    `after`: what it was and is; for a new record `before` is what the unit's part was reported as last.
    """

    commit: str | None
    author: str | None
    email: str | None
    committed_at: str | None
    recorded_on: dt.date | None
    task: int | None
    unit: str | None
    kind: Literal["record", "extension", "plan", "indicator", "task", "unit", "group", "author"]
    action: Literal["added", "removed", "altered"]
    name: int | str | None
    key: str | None
    ref: str | None
    before: Any
    after: Any


def change_row(change: Change, origin: Origin | None, before: Sequence[LedgerEntry]) -> ChangeRow:
    """A change as a row. `before`: what the ledgers of its task held before."""
    commit, author, email, committed_at = origin or (None, None, None, None)
    told = _of_entry(change, before) if isinstance(change, EntryChange) else _of_fact(change)
    return ChangeRow(commit=commit, author=author, email=email, committed_at=committed_at, **told)


def _of_entry(change: EntryChange, before: Sequence[LedgerEntry]) -> dict[str, Any]:
    entry = change.after or change.before
    assert entry  # noqa: S101 - a change has one of them
    record = entry if isinstance(entry, ProgressRecord) else None
    old = facts(change.before) if change.before else record and _last_said(record, before)
    return {
        "recorded_on": entry.known_on,
        "task": change.task,
        "unit": record and record.unit,
        "kind": "record" if record else "extension",
        "action": _action(change.before, change.after),
        "name": None,
        "key": None,
        "ref": entry.ref,
        "before": old,
        "after": facts(change.after) if change.after else None,
    }


def _last_said(entry: ProgressRecord, before: Sequence[LedgerEntry]) -> dict[str, Any] | None:
    """What was reported last of the same unit's part, up to the same day."""
    known = [
        each
        for each in before
        if isinstance(each, ProgressRecord) and each.unit == entry.unit and each.date <= entry.date
    ]
    said = sorted((record for _, record in live(known)), key=lambda record: record.date)
    last = facts(said[-1]) if said else {}
    return {key: value for key, value in last.items() if key in ("status", "percent")} or None


def _of_fact(change: FactChange) -> dict[str, Any]:
    kind, name = change.subject
    return {
        "recorded_on": None,
        "task": change.task,
        "unit": name if kind == "unit" else None,
        "kind": kind,
        "action": _action(change.before, change.after),
        "name": name or None,
        "key": change.key or None,
        "ref": None,
        "before": change.before,
        "after": change.after,
    }


def _action(before: Any, after: Any) -> str:
    return "added" if before is None else "removed" if after is None else "altered"
