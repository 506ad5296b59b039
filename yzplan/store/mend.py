"""Going on after a mistake: the rest of a file is judged although one part of it is wrong.

A wrong part is replaced by a neutral value. What then stands there is not the file's, and some
rules cannot judge without it: neither is reported, since it would only follow from the first mistake.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import MISSING, fields, is_dataclass
from types import EllipsisType
from typing import Any, get_args, get_origin

from yzplan.model.month import Month
from yzplan.model.plan import Op
from yzplan.model.shape import Amount, Count, Day, Total, Year, yaml_key
from yzplan.store.reading import TOLD_APART, Refused
from yzplan.store.shape import Location, keys_of, near_key, noun_at
from yzplan.store.source import REFUSED_CHARACTER

_NEUTRAL: dict[Any, Any] = {
    Month: "0001-01",
    Day: "0001-01-01",
    Year: 2000,
    Total: 0,
    Op: "=",
    Amount: 0,
}
"""What stands for a wrong value, by its type; for a text, and for what is not named here, “？”."""

_ANY = None
_BELOW = ...
Pattern = tuple[str | EllipsisType | None, ...]

_INDICATOR: Pattern = ("indicators", _ANY)
_TASK: Pattern = (*_INDICATOR, "tasks", _ANY)
_RECORD: Pattern = (*_TASK, "progress", _ANY)
_EXTENSION: Pattern = (*_TASK, "extensions", _ANY)
_ACT: Pattern = ("supervision", _ANY)
_RANKING: Pattern = ("rankings", _ANY)
_HISTORY = "Y501 Y502 Y506 Y509 Y510"
"""The rules that judge a record by the unit's others."""

_SILENCED: tuple[tuple[Pattern, str, int], ...] = (
    # What is wrong (itself, or what holds it, or with `...` a part of it); the rules that cannot
    # judge without it; and how many steps of its path tell where they cannot (0: anywhere).
    (("plan", "totals", _BELOW), "Y301 Y302 Y303", 0),
    (("plan", "issued_on"), "Y504", 0),
    (("plan", "year"), "Y511 Y516", 0),
    (("indicators",), "Y301 Y302", 0),
    ((*_INDICATOR, "tasks"), "Y302", 0),
    ((*_INDICATOR, "tasks"), "Y304", 2),
    ((*_INDICATOR, "responsible_units"), "Y304", 2),
    ((*_INDICATOR, "responsible_units", _BELOW), "Y207", 2),
    ((*_INDICATOR, "lead_unit"), "Y207", 2),
    ((*_INDICATOR, "errata", _ANY, _BELOW), "Y217", 4),
    ((*_TASK, "id"), "Y211 Y305", 2),
    ((*_TASK, "deadline"), "Y305", 2),
    ((*_TASK, "deadline"), "Y401 Y511 Y515 Y516", 4),
    ((*_TASK, "text"), "Y305", 2),
    ((*_TASK, "text"), "Y210 Y511", 4),
    ((*_TASK, "errata", _BELOW), "Y511", 4),
    ((*_TASK, "errata", _ANY, _BELOW), "Y210 Y217", 6),
    ((*_TASK, "targets", _BELOW), "Y509 Y514", 4),
    ((*_TASK, "targets", _ANY, _BELOW), "Y216", 6),
    ((*_TASK, "lead_unit"), "Y204 Y207 Y509", 4),
    ((*_TASK, "responsible_units", _BELOW), "Y204 Y207", 4),
    # A reference is made of the whole record, and so is a repetition.
    ((*_RECORD, _BELOW), "Y208 Y512", 5),
    ((*_EXTENSION, _BELOW), "Y208 Y512", 5),
    ((*_RECORD, "date"), f"{_HISTORY} Y505", 5),
    ((*_RECORD, "date"), "Y507", 6),
    ((*_RECORD, "unit"), _HISTORY, 5),
    ((*_RECORD, "status"), _HISTORY, 5),
    ((*_RECORD, "status"), "Y209 Y513", 6),
    ((*_RECORD, "percent"), "Y501 Y510", 5),
    ((*_RECORD, "measured", _BELOW), "Y509", 5),
    # What is taken back is not known.
    ((*_RECORD, "retracts"), f"{_HISTORY} Y503 Y504 Y507 Y508 Y513 Y514", 5),
    ((*_RECORD, "retracts"), "Y209", 6),
    ((*_EXTENSION, "approved_on"), "Y505", 5),
    ((*_EXTENSION, "recorded_on"), "Y505", 5),
    ((*_EXTENSION, "to"), "Y515", 5),
    ((*_EXTENSION, "to"), "Y209", 6),
    ((*_EXTENSION, "retracts"), "Y401 Y503 Y504 Y515", 5),
    ((*_EXTENSION, "retracts"), "Y209", 6),
    # As with records: an answer may be to what is wrong, and what is taken back is not known.
    ((*_ACT, _BELOW), "Y208 Y512 Y518", 1),
    ((*_ACT, "date"), "Y402", 2),
    ((*_ACT, "date"), "Y505", 1),
    ((*_ACT, "recorded_on"), "Y505", 1),
    ((*_ACT, "unit"), "Y222 Y224", 2),
    ((*_ACT, "finding"), "Y222", 2),
    ((*_ACT, "measure"), "Y209 Y222", 2),
    ((*_ACT, "replies_to"), "Y209", 2),
    ((*_ACT, "closes"), "Y209", 2),
    ((*_ACT, "retracts"), "Y209", 2),
    ((*_ACT, "retracts"), "Y402 Y503 Y504", 1),
    ((*_RANKING, _BELOW), "Y208 Y512 Y517", 1),
    ((*_RANKING, "date"), "Y505", 1),
    ((*_RANKING, "recorded_on"), "Y505", 1),
    ((*_RANKING, "indicator"), "Y209", 2),
    ((*_RANKING, "unit"), "Y209", 2),
    ((*_RANKING, "retracts"), "Y209 Y222", 2),
    ((*_RANKING, "retracts"), "Y503 Y504", 1),
    ((*_RANKING, "period"), "Y222", 2),
    ((*_RANKING, "rank"), "Y222", 2),
    ((*_RANKING, "of"), "Y222 Y223", 2),
    # What has which number, and who has a part in it, is the whole table's.
    ((*_INDICATOR, "id"), "Y221", 0),
    ((*_TASK, "id"), "Y221", 0),
    ((*_INDICATOR, "tasks"), "Y221", 0),
    (("indicators",), "Y221", 0),
    (("indicators", _BELOW), "Y224", 0),
    (("groups", _BELOW), "Y224", 0),
    (("units", _ANY, "name"), "Y224", 0),
    # Who has a task depends on all of these.
    (("indicators", _BELOW), "Y214", 0),
    (("units", _BELOW), "Y214", 0),
    (("groups", _BELOW), "Y214", 0),
    # A name that cannot be read may be the very one that seems to be missing.
    (("units", _ANY, "name"), "Y201 Y202 Y205 Y207 Y218", 0),
    (("units", _ANY, "full_name"), "Y201 Y202", 0),
    (("units", _ANY, "aliases", _BELOW), "Y201 Y202", 0),
    (("groups", _ANY, "name"), "Y201 Y202 Y205 Y207 Y218", 0),
    (("groups", _ANY, "aliases", _BELOW), "Y201 Y202", 0),
    (("groups", _ANY, "members", _BELOW), "Y207", 0),
    (("groups", _ANY, "members"), "Y205", 2),
    (("groups", _ANY, "kind"), "Y205", 2),
)


def _concerns(pattern: Pattern, location: Location) -> bool:
    if pattern[-1] is _BELOW:
        pattern = pattern[:-1]
    elif len(location) > len(pattern):
        return False
    return all(want in (_ANY, step) for want, step in zip(pattern, location, strict=False))


def refusals(value: Any, root: type, location: Location = ()) -> Iterator[Location]:
    """Where the loader refused something, so that nothing can be said of what stands there.

    A key that was refused or misspelt may have been meant for one that seems to be missing: that
    one's place is given too.
    """
    if isinstance(value, str) and (isinstance(value, Refused) or REFUSED_CHARACTER in value):
        yield location
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from refusals(item, root, (*location, i))
    elif isinstance(value, dict):
        noun = noun_at(location, root)
        known = keys_of(noun) if noun else []
        absent = [key for key in known if key not in value]
        for key, item in value.items():
            if isinstance(key, Refused) or REFUSED_CHARACTER in key:
                yield (*location, key)
                repeated, is_told_apart, _ = key.partition(TOLD_APART)
                meant_keys = [repeated] if is_told_apart and repeated else absent
                yield from ((*location, meant) for meant in meant_keys)
            elif key not in known and (meant := near_key(key, absent)):
                yield (*location, meant)
            yield from refusals(item, root, (*location, key))


def lies_in(location: Location, places: Set[Location]) -> bool:
    """Whether a place is one of `places` or a part of one."""
    return bool(places) and any(location[:depth] in places for depth in range(len(location) + 1))


class Mended:
    """A value that can be decoded, and what cannot be judged of it since it is not what the file says."""

    def __init__(self, value: Any, wrong: Sequence[Location], root: type) -> None:
        self.value = _copied(value) if wrong else value
        self._root = root
        self._next_id = 0
        self._wrong: set[Location] = set()
        self._silenced: dict[str, set[Location]] = defaultdict(set)
        for location in wrong:
            self._mend(location)

    def is_wrong(self, location: Location) -> bool:
        """Whether what stands at a place of this file is not what the file says."""
        return lies_in(location, self._wrong)

    def silences(self, code: str, location: Location) -> bool:
        """Whether a rule's finding, in whichever file, may only follow from what is wrong in this one."""
        return lies_in(location, self._silenced.get(code, frozenset()))

    def doubt(self, location: Location) -> None:
        """Silence what cannot be judged since something is wrong at a place of this file."""
        for pattern, codes, depth in _SILENCED:
            if pattern[0] in keys_of(self._root) and _concerns(pattern, location):
                for code in codes.split():
                    self._silenced[code].add(location[:depth])

    def _mend(self, location: Location) -> None:
        owner = self.value
        for depth, step in enumerate(location):
            if not isinstance(owner, dict if isinstance(step, str) else list):
                location = location[:depth]
                break
            inner = _part(owner, step)
            if depth == len(location) - 1 or not isinstance(inner, dict | list):
                location = location[: depth + 1]
                self._replace(owner, step, location)
                break
            owner = inner
        if not location:
            self.value = self._neutral(self._root)
        self._wrong.add(location)
        self.doubt(location)

    def _replace(self, owner: Any, step: str | int, location: Location) -> None:
        if isinstance(step, int):
            owner[step] = self._neutral(self._type_of_item(location))
            return
        part = self._field(location)
        if part is None or part.default is not MISSING or part.default_factory is not MISSING:
            owner.pop(step, None)
        else:
            owner[step] = self._neutral(part.type)

    def _field(self, location: Location) -> Any:
        """The field of a noun that a path ends in, None where it ends in no such key."""
        noun = noun_at(location[:-1], self._root)
        named = (part for part in fields(noun) if yaml_key(part.name) == location[-1]) if noun else ()
        return next(iter(named), None)

    def _type_of_item(self, location: Location) -> Any:
        part = self._field(location[:-1])
        kinds = [part.type, *get_args(part.type)] if part else []
        return next((get_args(kind)[0] for kind in kinds if get_origin(kind) is tuple), str)

    def _neutral(self, kind: Any) -> Any:
        if kind is Count:
            # Numbers of their own, so that none is taken for a repetition.
            self._next_id -= 1
            return self._next_id
        if is_dataclass(kind):
            return {
                yaml_key(part.name): self._neutral(part.type)
                for part in fields(kind)
                if part.default is MISSING and part.default_factory is MISSING
            }
        return [] if get_origin(kind) is tuple else _NEUTRAL.get(kind, "？")


def _copied(value: Any) -> Any:
    """A copy of a plain value; a year's table has half a million parts, and `deepcopy` takes its time."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _part(owner: Any, step: str | int) -> Any:
    return owner.get(step) if isinstance(owner, dict) else owner[step]
