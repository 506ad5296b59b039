"""tasks.yaml cut at its lines into tasks and sections, and those into entries; what did not change unparsed.

A version of a year-end table has half a million YAML events, and a history thousands of versions that
differ in a few records. In the one layout a dash at a known column begins each part, and no line goes
on in the next; a text in which that does not hold is brought to the layout before it is cut.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from yzplan.store.layout import LEDGERS, SECTIONS
from yzplan.store.reading import read
from yzplan.store.source import Source

HEAD = ("head", 0)
"""The key of what stands above the first indicator: the plan's header."""

Key = tuple[str, int]
"""What a piece holds.

`("indicator", 3)` an indicator's own facts, `("task", 51)` a task, `("supervision", 0)` a section of the
office's own entries, or HEAD.
"""

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


def _entry_at(margin: str) -> re.Pattern[str]:
    """An entry of a ledger whose dashes stand behind a margin."""
    keyed = rf"{margin}- [a-z_]++: ++{_VALUE}{_END}(?:{_SKIPPED}|{margin}  [a-z_]++: ++{_VALUE}{_END})*+"
    braced = rf"{margin}- {_FLOW}{_END}(?:{_SKIPPED})*+"
    return re.compile(rf"(?:{_SKIPPED})*+(?:{keyed}|{braced})")


_ENTRIES = {
    **dict.fromkeys(LEDGERS, _entry_at("    ")),
    **dict.fromkeys(SECTIONS, _entry_at("")),
}
_SECTION = re.compile(rf"[a-z]++:{_END}|[a-z]++: ++\[\]{_END}(?=(?:{_SKIPPED})*+\Z)")
"""The line that begins a section; where it says that there are no entries, there are none."""


_LAST_LINES = {
    "head": re.compile(rf"^indicators:(?: ++\[\])?{_END}(?:{_SKIPPED})*+\Z", re.MULTILINE),
    "indicator": re.compile(rf"^  tasks:{_END}(?:{_SKIPPED})*+\Z", re.MULTILINE),
}


class IrregularError(Exception):
    """A text cannot be cut at its lines."""


class Parts(NamedTuple):
    """A task or a section cut further: the lines of its own facts, and those of each entry of its ledgers.

    A comment goes with what it stands below, so that the texts in their order are all of the piece's
    but the lines of the ledgers' keys. A section has no facts.
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


_STARTS = (b"\n  - id: ", b"\n- id: ", *(f"\n{name}:".encode() for name in SECTIONS))


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
    if not line.startswith((b" ", b"-")):
        return line.split(b":", 1)[0].decode(), 0
    number = line.split(b":", 1)[1].split(b" #")[0].strip()
    if not number.isdigit() or len(number) > MAX_DIGITS:
        raise IrregularError
    return kind, int(number)


def cut_further(key: Key, text: str) -> Parts:
    """The parts of a task or a section; none of no text.

    What `check_facts` and `check_entry` say of each has still to be asked. Raises IrregularError where
    there is something between a ledger's key and its first entry.
    """
    if key[0] != "task":
        return Parts("", {key[0]: _cut_section(text)} if text else {})
    ends = {name: text.find(f"\n    {name}:\n") for name in LEDGERS}
    places = sorted((at, name) for name, at in ends.items() if at >= 0)
    facts = text[: places[0][0] + 1] if places else text
    ledgers = {}
    for k, (at, name) in enumerate(places):
        start = at + len(f"\n    {name}:")
        end = places[k + 1][0] if k + 1 < len(places) else len(text) - 1
        ledgers[name] = _cut_entries(text[start : end + 1], "    - ")
    return Parts(facts, ledgers)


def _cut_section(text: str) -> list[str]:
    """The entries of a section."""
    head = _SECTION.match(text)
    if not head:
        raise IrregularError
    return _cut_entries(text[head.end() - 1 :], "- ")


def _cut_entries(text: str, dash: str) -> list[str]:
    """The entries of a ledger; the text begins with the line feed behind its key."""
    above, *entries = text.split(f"\n{dash}")
    if not entries and above.strip():
        raise IrregularError
    # What stands between the key and the first dash is above the first entry.
    dashes = [f"{above[1:]}\n{dash}" if above else dash, *[dash] * len(entries)]
    found = [f"{dash}{entry}\n" for dash, entry in zip(dashes, entries[:-1], strict=False)]
    return found + [f"{dashes[len(entries) - 1]}{entry}" for entry in entries[-1:]]


def check_facts(text: str) -> None:
    """Raises IrregularError unless the facts of a task are in the layout, each value on its line."""
    if not _FACTS.fullmatch(text):
        raise IrregularError


def check_entry(name: str, text: str) -> None:
    """Raises IrregularError unless an entry of the ledger of that name is in the layout."""
    if not _ENTRIES[name].fullmatch(text):
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
