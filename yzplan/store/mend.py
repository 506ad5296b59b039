"""Going on after a mistake: the rest of a file is judged although one part of it is wrong.

A wrong part is replaced by a neutral value, and its place is remembered as tainted, so that
nothing is reported that only follows from the first mistake.
"""

import copy
from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

from yzplan.model.shape import yaml_key
from yzplan.store.shape import Location, noun_at

_NEUTRAL: dict[str, Any] = {
    "deadline": "0001-01",
    "from": "0001-01",
    "to": "0001-01",
    "horizon": "0001-01",
    "date": "0001-01-01",
    "completed_on": "0001-01-01",
    "approved_on": "0001-01-01",
    "recorded_on": "0001-01-01",
    "issued_on": "0001-01-01",
    "status": "in_progress",
    "retracts": None,
    "op": "=",
    "value": 0,
    "year": 2000,
    "wording": "0" * 12,
}
_LISTS = frozenset(
    ("tasks", "indicators", "units", "groups", "responsible_units", "aliases", "ambiguous", "members")
    + ("printed", "errata", "targets", "extensions", "progress", "evidence")
)


class Mended:
    """A value that can be decoded, and where it is not what the file says."""

    def __init__(self, value: Any, locations: Iterable[Location], root: type) -> None:
        self.value = copy.deepcopy(value)
        self.tainted: set[Location] = set()
        self._root = root
        self._next_id = 0
        for location in locations:
            self._mend(location)

    def is_tainted(self, location: Location) -> bool:
        """Whether a finding at this place may only follow from another mistake."""
        return any(location[: len(tainted)] == tainted for tainted in self.tainted)

    def _mend(self, location: Location) -> None:
        owner, steps = self.value, []
        for step in location[:-1]:
            if not isinstance(owner, dict | list) or not _holds(owner, step):
                break
            inner = owner[step]  # type: ignore[index]
            if not isinstance(inner, dict | list):
                self._replace(owner, step, (*steps, step))
                return
            owner, steps = inner, [*steps, step]
        else:
            if location and isinstance(location[-1], str if isinstance(owner, dict) else int):
                self._replace(owner, location[-1], location)
                return
        if not location:
            self.value = self._neutral_noun(self._root)
        self._taint(tuple(steps))

    def _replace(self, owner: Any, step: str | int, location: Location) -> None:
        self._taint(location)
        if isinstance(owner, list):
            key = next((part for part in reversed(location) if isinstance(part, str)), "")
            owner[step] = self._neutral(key, item=True)
            return
        noun = noun_at(location[:-1], self._root)
        known = {yaml_key(part.name): part for part in fields(noun)}
        part = known.get(str(step))
        if part is None or part.default is not MISSING or part.default_factory is not MISSING:
            owner.pop(step, None)
        else:
            owner[step] = self._neutral(str(step))

    def _neutral(self, key: str, *, item: bool = False) -> Any:
        if key in _LISTS and not item:
            return []
        noun = noun_at((key,), object)
        if noun is not object:
            return self._neutral_noun(noun)
        if key in ("id", "from_task", "indicators_total"):
            self._next_id -= 1
            return self._next_id
        return _NEUTRAL.get(key, "？")

    def _neutral_noun(self, noun: type) -> dict[str, Any]:
        required = [part for part in fields(noun) if part.default is MISSING and part.default_factory is MISSING]
        if noun.__name__ == "Totals":
            return dict.fromkeys(("indicators", "tasks"), 0)
        return {yaml_key(part.name): self._neutral(yaml_key(part.name)) for part in required}

    def _taint(self, location: Location) -> None:
        self.tainted.add(location)
        if location[:1] == ("indicators",):
            # A task's number, deadline or text is part of the wording and of the count.
            if len(location) <= 4 or location[4] in ("id", "deadline", "text"):
                self.tainted.add((*location[:2], "wording"))
            if len(location) <= 4 or location[4] == "id":
                self.tainted |= {("plan", "totals", "tasks"), ("plan", "totals", "indicators")}


def _holds(owner: Any, step: str | int) -> bool:
    return step in owner if isinstance(owner, dict) else isinstance(step, int) and 0 <= step < len(owner)
