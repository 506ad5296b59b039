"""tasks.yaml cut at its lines into tasks, and a task into its records, without parsing what did not change.

A version of a year-end table has half a million YAML events, and a history thousands of versions that
differ in a few records. In the one layout a dash at a known column begins each part, and no line goes
on in the next; a text in which that does not hold is brought to the layout before it is cut.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yzplan.store.layout import LEDGERS

HEAD = ("head", 0)
"""The key of what stands above the first indicator: the plan's header."""

Key = tuple[str, int]
"""What a piece holds: `("indicator", 3)` an indicator's own facts, `("task", 51)` a task, or HEAD."""

_DASHES = {"indicator": b"\n- id: ", "task": b"\n  - id: "}

_QUOTED = r"""'(?:[^'\n]|'')*+'|"(?:[^"\\\n]|\\.)*+\""""
_IN_FLOW = rf"""[^'"\[\]{{}}\n]|{_QUOTED}"""
_FLOW = rf"[\[{{](?:{_IN_FLOW}|[\[{{](?:{_IN_FLOW})*+[\]}}])*+[\]}}]"
_PLAIN = r"""(?:[^\s'"\[\]{},#&*!|>%@`?:-]|[?:-](?=\S))[^\n]*+"""
_VALUE = rf"(?:{_QUOTED}|{_FLOW}|{_PLAIN})"
"""A value that ends on its line. A plain one may hold what a comment behind it says; it ends there too."""
_END = r" *+(?:(?<= )#[^\n]*+)?\n"
_SKIPPED = r" *+(?:#[^\n]*+)?\n"
"""A blank line, or one that is a comment."""

_LINES = re.compile(rf"(?:{_SKIPPED}| *+(?:- )*+(?:[a-z_]++:(?: ++{_VALUE})?|{_VALUE}){_END})*+")
_FACTS = re.compile(
    rf"(?:{_SKIPPED})*+  - id: \d++{_END}(?:{_SKIPPED}|    (?:[a-z_]++:(?: ++{_VALUE})?|- {_VALUE}){_END})*+"
)
_ENTRY = re.compile(
    rf"(?:{_SKIPPED})*+    - [a-z_]++: ++{_VALUE}{_END}(?:{_SKIPPED}|      [a-z_]++: ++{_VALUE}{_END})*+"
)


class IrregularError(Exception):
    """A text cannot be cut at its lines."""


class TaskPieces(NamedTuple):
    """A task cut further: the lines of its own facts, and those of each entry of its ledgers.

    A comment goes with what it stands below, so that the texts in their order are all of the task's
    but the lines of the ledgers' keys.
    """

    facts: str
    ledgers: Mapping[str, list[str]]


def cut(raw: bytes) -> dict[Key, bytes]:
    """The pieces of a tasks.yaml, in their order; joined they are the file.

    Raises IrregularError where two have one key, or there is none but the head. That each piece is in
    the layout is for `cut_task` and `check_lines` to see.
    """
    starts = sorted(_starts(raw))
    pieces: dict[Key, bytes] = {HEAD: raw[: starts[0][0]] if starts else raw}
    for k, (start, key) in enumerate(starts):
        if key in pieces:
            raise IrregularError
        pieces[key] = raw[start : starts[k + 1][0] if k + 1 < len(starts) else len(raw)]
    return pieces


def _starts(raw: bytes) -> Iterator[tuple[int, Key]]:
    for kind, dash in _DASHES.items():
        at = raw.find(dash)
        while at >= 0:
            end = raw.find(b"\n", at + 1)
            number = raw[at + len(dash) : end if end >= 0 else len(raw)].split(b"#")[0].strip()
            if not number.isdigit() or len(number) > 6:
                raise IrregularError
            yield at + 1, (kind, int(number))
            at = raw.find(dash, at + 1)


def cut_task(text: str) -> TaskPieces:
    """The pieces of a task. What `check_facts` and `check_entry` say of each has still to be asked."""
    ends = {name: text.find(f"\n    {name}:\n") for name in LEDGERS}
    places = sorted((at, name) for name, at in ends.items() if at >= 0)
    facts = text[: places[0][0] + 1] if places else text
    ledgers = {}
    for k, (at, name) in enumerate(places):
        start = at + len(f"\n    {name}:")
        end = places[k + 1][0] if k + 1 < len(places) else len(text) - 1
        first, *entries = text[start : end + 1].split("\n    - ")
        if first.strip("\n"):
            raise IrregularError
        ledgers[name] = [f"    - {entry}\n" for entry in entries[:-1]]
        ledgers[name] += [f"    - {entry}" for entry in entries[-1:]]
    return TaskPieces(facts, ledgers)


def check_facts(text: str) -> None:
    """Raises IrregularError unless the facts of a task are in the layout, each value on its line."""
    if not _FACTS.fullmatch(text):
        raise IrregularError


def check_entry(text: str) -> None:
    """Raises IrregularError unless an entry of a ledger is in the layout."""
    if not _ENTRY.fullmatch(text):
        raise IrregularError


def check_lines(text: str) -> None:
    """Raises IrregularError unless every line of a piece that is no task is complete in itself."""
    if not _LINES.fullmatch(text):
        raise IrregularError
