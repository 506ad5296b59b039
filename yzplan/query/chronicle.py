"""What `log` and `diff` answer: what happened to the ledger and the table, and who committed it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from yzplan.assess import live
from yzplan.model import Extension, ProgressRecord, Ranking, SupervisionEntry, facts
from yzplan.model.changes import AnyEntry, Change, EntryChange, FactChange
from yzplan.model.shape import Noun, noun
from yzplan.model.supervision import OfficeEntry, origin_of


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
    what it is a fact of, by number, name or e-mail, and `key` under which key it stands. Of a ranking
    `name` is the indicator's, if one is ranked. `task` is that of a task's own entries and facts, and
    `unit` the one that an entry is about, a reply or a close included. `before`, `after`: what it was and
    is; for a new record `before` is what the unit's part was reported as last.
    """

    commit: str | None
    author: str | None
    email: str | None
    committed_at: str | None
    recorded_on: dt.date | None
    task: int | None
    unit: str | None
    kind: Literal[
        "record",
        "extension",
        "supervision",
        "ranking",
        "plan",
        "indicator",
        "task",
        "unit",
        "group",
        "author",
    ]
    action: Literal["added", "removed", "altered"]
    name: int | str | None
    key: str | None
    ref: str | None
    before: Any
    after: Any


def change_row(
    change: Change, origin: Origin | None, known: Sequence[AnyEntry], indicators: Mapping[int, str]
) -> ChangeRow:
    """A change as a row.

    `known`: what the ledgers of its task held before; of an entry of the office's, what the office's hold
    before and after. `indicators`: their names, by number.
    """
    commit, author, email, committed_at = origin or (None, None, None, None)
    told = _of_entry(change, known, indicators) if isinstance(change, EntryChange) else _of_fact(change)
    return ChangeRow(commit=commit, author=author, email=email, committed_at=committed_at, **told)


def _of_entry(
    change: EntryChange, known: Sequence[AnyEntry], indicators: Mapping[int, str]
) -> dict[str, Any]:
    entry = change.after or change.before
    assert entry  # noqa: S101 - a change has one of them
    before = facts(change.before) if change.before else None
    unit = name = None
    if isinstance(entry, ProgressRecord):
        unit, before = entry.unit, before or _last_said(entry, known)
    elif isinstance(entry, OfficeEntry):
        origin = origin_of(entry, [each for each in known if isinstance(each, OfficeEntry)])
        unit = origin.unit
        if isinstance(origin, Ranking):
            name = indicators.get(origin.indicator or 0)
    return {
        "recorded_on": entry.known_on,
        "task": change.task,
        "unit": unit,
        "kind": _KINDS[type(entry)],
        "action": _action(change.before, change.after),
        "name": name,
        "key": None,
        "ref": entry.ref,
        "before": before,
        "after": facts(change.after) if change.after else None,
    }


_KINDS: Mapping[type, str] = {
    ProgressRecord: "record",
    Extension: "extension",
    SupervisionEntry: "supervision",
    Ranking: "ranking",
}


def _last_said(entry: ProgressRecord, before: Sequence[AnyEntry]) -> dict[str, Any] | None:
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
