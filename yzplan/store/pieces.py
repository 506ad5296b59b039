"""tasks.yaml cut at its lines into tasks, and a task into its records, without parsing what did not change.

A version of a year-end table has half a million YAML events, and a history thousands of versions that
differ in a few records. In the one layout a dash at a known column begins each part, and no line goes
on in the next; a text in which that does not hold is brought to the layout before it is cut.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from yzplan.store.layout import LEDGERS
from yzplan.store.reading import read
from yzplan.store.source import Source

HEAD = ("head", 0)
"""The key of what stands above the first indicator: the plan's header."""

Key = tuple[str, int]
"""What a piece holds: `("indicator", 3)` an indicator's own facts, `("task", 51)` a task, or HEAD."""

MAX_DIGITS = 6
"""No task has a longer number."""

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
_KEYED = rf"    - [a-z_]++: ++{_VALUE}{_END}(?:{_SKIPPED}|      [a-z_]++: ++{_VALUE}{_END})*+"
_BRACED = rf"    - {_FLOW}{_END}(?:{_SKIPPED})*+"
_ENTRY = re.compile(rf"(?:{_SKIPPED})*+(?:{_KEYED}|{_BRACED})")


_LAST_LINES = {
    "head": re.compile(rf"^indicators:(?: ++\[\])?{_END}(?:{_SKIPPED})*+\Z", re.MULTILINE),
    "indicator": re.compile(rf"^  tasks:{_END}(?:{_SKIPPED})*+\Z", re.MULTILINE),
}


class IrregularError(Exception):
    """A text cannot be cut at its lines."""


class TaskPieces(NamedTuple):
    """A task cut further: the lines of its own facts, and those of each entry of its ledgers.

    A comment goes with what it stands below, so that the texts in their order are all of the task's
    but the lines of the ledgers' keys.
    """

    facts: str
    ledgers: Mapping[str, list[str]]


def normal(raw: bytes) -> bytes:
    """The bytes of a file without a BOM, with line feeds only, and one at its end."""
    text = raw.removeprefix(b"\xef\xbb\xbf")
    text = text.replace(b"\r\n", b"\n") if b"\r" in text else text
    return text if text.endswith(b"\n") or not text else text + b"\n"


def cut(raw: bytes, like: Mapping[Key, bytes] | None = None) -> dict[Key, bytes]:
    """The pieces of a tasks.yaml with line feeds, in their order; joined they are the file.

    Pieces that stand in the ones it is `like` are those same objects, which makes the cut several times
    as fast. Raises IrregularError where two have one key. That each piece is in the layout is for
    `check_facts`, `check_entry` and `check_opening` to see.
    """
    known = like or {}
    pieces: dict[Key, bytes] = {}
    start, key = 0, HEAD
    while True:
        piece = known.get(key, b"")
        end = start + len(piece)
        if piece and raw.startswith(piece, start) and raw.startswith(_STARTS, end - 1):
            # The same as before, up to where the next one begins, most often the same as before.
            pieces[key] = piece
        else:
            end = _next_start(raw, start)
            pieces[key] = piece if raw[start:end] == piece else raw[start:end]
        if end >= len(raw):
            return pieces
        start = end
        key = _key_at(raw, start)
        if key in pieces:
            raise IrregularError


_STARTS = (b"\n  - id: ", b"\n- id: ")


def _next_start(raw: bytes, start: int) -> int:
    """Where the next piece begins behind the first line of the one at `start`; the end if none does."""
    end = len(raw)
    for dash in _STARTS:
        at = raw.find(dash, start, end)
        end = end if at < 0 else at + 1
    return end


def _key_at(raw: bytes, start: int) -> Key:
    """The key of the piece that begins there."""
    kind = "task" if raw.startswith(b" ", start) else "indicator"
    end = raw.find(b"\n", start)
    line = raw[start : end if end >= 0 else len(raw)]
    number = line.split(b":", 1)[1].split(b" #")[0].strip()
    if not number.isdigit() or len(number) > MAX_DIGITS:
        raise IrregularError
    return kind, int(number)


def cut_task(text: str) -> TaskPieces:
    """The pieces of a task. What `check_facts` and `check_entry` say of each has still to be asked."""
    ends = {name: text.find(f"\n    {name}:\n") for name in LEDGERS}
    places = sorted((at, name) for name, at in ends.items() if at >= 0)
    facts = text[: places[0][0] + 1] if places else text
    ledgers = {}
    for k, (at, name) in enumerate(places):
        start = at + len(f"\n    {name}:")
        end = places[k + 1][0] if k + 1 < len(places) else len(text) - 1
        above, *entries = text[start : end + 1].split("\n    - ")
        if not entries and above.strip():
            raise IrregularError
        # What stands between the key and the first dash is above the first entry.
        dashes = [f"{above[1:]}\n    - " if above else "    - ", *["    - "] * len(entries)]
        ledgers[name] = [f"{dash}{entry}\n" for dash, entry in zip(dashes, entries[:-1], strict=False)]
        ledgers[name] += [f"{dashes[len(entries) - 1]}{entry}" for entry in entries[-1:]]
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
    """Raises IrregularError unless every line is complete in itself."""
    if not _LINES.fullmatch(text):
        raise IrregularError


def check_opening(text: str, kind: str) -> None:
    """Raises IrregularError unless a piece that is no task ends with what opens the pieces behind it."""
    check_lines(text)
    if not _LAST_LINES[kind].search(text):
        raise IrregularError


def value_of(text: str) -> Any:
    """The plain value of some lines; None where there are none. Raises IrregularError unless they read."""
    if not text.strip():
        return None
    document = read(Source("", b"", text))
    if document.problems:
        raise IrregularError
    return document.value
