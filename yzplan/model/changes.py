"""What is different between two versions of a plan, in the table's own terms."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from yzplan.model.ledger import LedgerEntry, facts, fingerprint
from yzplan.model.supervision import OfficeEntry

SubjectKind = Literal["plan", "indicator", "task", "unit", "group", "author"]


class Subject(NamedTuple):
    """What a fact is about: the plan as a whole, or one thing in it.

    `name`: the number of an indicator or task, the name of a unit or group, an author's e-mail.
    """

    kind: SubjectKind
    name: int | str = ""

    @property
    def in_register(self) -> bool:
        """Whether it stands in the register of units, and not in the table."""
        return self.kind in ("unit", "group", "author")


AnyEntry = LedgerEntry | OfficeEntry


class EntryChange(NamedTuple):
    """An entry that came to a ledger (`before` is None), went, or was altered.

    `task`: to whose ledgers; None for the office's own, which are the plan's.
    """

    task: int | None
    before: AnyEntry | None
    after: AnyEntry | None


class FactChange(NamedTuple):
    """A fact outside the ledgers that is another one: of what, under which key, and both values.

    `key` leads into mappings (`totals.tasks`); an empty one stands for all there is of the subject. None
    is nothing at all. Of a list that gained or lost items each is a change of its own, with nothing on
    the other side; then it `is_item`.
    """

    subject: Subject
    key: str
    before: Any
    after: Any
    is_item: bool = False

    @property
    def task(self) -> int | None:
        """The number of the task that it is a fact of, if it is one of a task."""
        return int(self.subject.name) if self.subject.kind == "task" else None

    @property
    def is_derived(self) -> bool:
        """Whether it follows from other facts, and is held to them by `check`: a fingerprint."""
        return self.key == "wording"


Change = EntryChange | FactChange


def fact_changes(subject: Subject, before: Any, after: Any, key: str = "") -> Iterator[FactChange]:
    """What is different between two plain values, as far in as what they are made of has names."""
    if before == after and isinstance(before, bool) == isinstance(after, bool):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in {**before, **after}:
            inner = f"{key}.{name}" if key else str(name)
            yield from fact_changes(subject, before.get(name), after.get(name), inner)
    elif _is_set(before) and _is_set(after) and (before or after):
        old, new = before or [], after or []
        gone = [item for item in old if item not in new]
        come = [item for item in new if item not in old]
        yield from (FactChange(subject, key, item, None, is_item=True) for item in gone)
        yield from (FactChange(subject, key, None, item, is_item=True) for item in come)
        if not gone and not come and old != new:
            yield FactChange(subject, key, old, new)
    else:
        yield FactChange(subject, key, before, after)


def altered_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The keys under which an entry's facts are not what they were."""
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


def item_of(change: Change) -> object:
    """What is changed, whatever it was before and is after."""
    if isinstance(change, EntryChange):
        entry = change.after or change.before
        return change.task, type(entry), fingerprint(facts(entry))
    value = change.after if change.before is None else change.before
    return change.subject, change.key, change.is_item and fingerprint(value)


def _is_set(value: Any) -> bool:
    """Whether a value is none, or a list of which no item stands twice."""
    return value is None or (
        isinstance(value, list) and all(item not in value[:k] for k, item in enumerate(value))
    )
