"""Versions of the data, of which no more is parsed than differs between two of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from yzplan.errors import DataError
from yzplan.model import LedgerEntry, ProgressRecord, Register
from yzplan.model.changes import Change, EntryChange, FactChange, Subject, fact_changes
from yzplan.model.units import email_key
from yzplan.store import decode
from yzplan.store.canonical import canonical_lines, task_lines
from yzplan.store.layout import LEDGERS, PlanFile, TaskEntry
from yzplan.store.loading import TASKS, UNITS
from yzplan.store.pieces import (
    HEAD,
    IrregularError,
    Key,
    check_entry,
    check_facts,
    check_opening,
    cut,
    cut_task,
    normal,
    value_of,
)
from yzplan.store.reading import Document, read
from yzplan.store.source import decode_source

_NAMES = {"units": "unit", "groups": "group", "authors": "author"}
"""What the sections of units.yaml hold."""

Pieces = Mapping[Key, bytes]


class Version:
    """Both files as one commit has them; a file that is not there is empty.

    `register`: units.yaml as plain values. What is wrong with the meaning of the data (Y2 and on) is
    nothing to a version.
    """

    def __init__(self, tasks: Pieces, units: bytes, register: Mapping[str, Any]) -> None:
        self.tasks = tasks
        self.units = units
        self.register = register

    @classmethod
    def of(
        cls,
        tasks: bytes,
        units: bytes,
        like: "Version | None" = None,
        names: tuple[str, str] = (TASKS, UNITS),
    ) -> "Version":
        """The version that the bytes of both files make; it shares with one `like` it what is the same.

        Raises DataError, with the problems as diagnostics of the files of those names, where they do not
        read (Y0, Y1).
        """
        like = like or EMPTY
        text = normal(tasks)
        try:
            pieces: dict[Key, bytes] = cut(text, like.tasks) if text.strip() else {}
            for key, piece in pieces.items():
                known = like.tasks.get(key, b"")
                if piece is not known:
                    pieces[key] = _regular(key, piece, known)
        except (IrregularError, UnicodeDecodeError):
            pieces = _recut(tasks, names[0])
        return cls(pieces, units, like.register if units == like.units else _register(units, names[1]))

    @property
    def authors(self) -> Mapping[str, str]:
        """Who speaks for whom: by the key of an e-mail, a unit's name or OFFICE."""
        return {email_key(email): name for email, name in self.register.get("authors", {}).items()}

    def entries(self, task: int) -> list[LedgerEntry]:
        """All entries of a task's ledgers; none where there is no such task."""
        text = self.tasks.get(("task", task), b"").decode()
        ledgers = cut_task(text).ledgers if text else {}
        return [_entry(name, text) for name, texts in ledgers.items() for text in texts]

    def line_of(self, key: Key, entry: LedgerEntry | None = None) -> int | None:
        """The line, from 1, on which a piece begins, or an entry of a task; None where it has neither.

        It is that of the one layout where the file was not in it.
        """
        if key not in self.tasks:
            return None
        above = 0
        for other, piece in self.tasks.items():
            if other == key:
                break
            above += piece.count(b"\n")
        text = self.tasks[key].decode()
        for name, texts in cut_task(text).ledgers.items() if entry else ():
            for each in texts:
                if _entry(name, each) == entry:
                    start = text.find(each) + each.find("    - ")
                    return above + text[:start].count("\n") + 1
        return above + 1


EMPTY = Version({}, b"", {})
"""What was before anything."""


def compare(before: Version, after: Version, only: int | None = None) -> Iterator[Change]:
    """What is different in a version, in the order of the file; with `only`, in that task.

    An entry that was altered is told as one change where its unit and date are the same.
    """
    wanted: Sequence[Key] = [("task", only)] if only is not None else [*{**after.tasks, **before.tasks}]
    for key in wanted:
        old, new = before.tasks.get(key), after.tasks.get(key)
        if old is not new and old != new:
            yield from _of_piece(key, old, new)
    if only is None and before.register is not after.register:
        yield from _of_register(before.register, after.register)


def _of_piece(key: Key, before: bytes | None, after: bytes | None) -> Iterator[Change]:
    if key[0] != "task":
        yield from _of_facts(key, _text(before), _text(after))
        return
    old, new = cut_task(_text(before)), cut_task(_text(after))
    if old.facts != new.facts:
        yield from _of_facts(key, old.facts, new.facts)
    for name in LEDGERS:
        had, has = old.ledgers.get(name, ()), new.ledgers.get(name, ())
        known_before, known = {*had}, {*has}
        gone = [_entry(name, text) for text in had if text not in known]
        come = [_entry(name, text) for text in has if text not in known_before]
        yield from _of_entries(key[1], gone, come)


def _text(piece: bytes | None) -> str:
    return (piece or b"").decode()


def _of_entries(task: int, gone: Sequence[LedgerEntry], come: Sequence[LedgerEntry]) -> Iterator[EntryChange]:
    """What happened to the entries whose lines are not in both versions."""
    kept = [entry for entry in gone if entry in come]
    left = [entry for entry in gone if entry not in kept]
    new = [entry for entry in come if entry not in kept]
    for entry in left:
        twin = next((each for each in new if _whose(each) == _whose(entry)), None)
        if twin is not None:
            new.remove(twin)
        yield EntryChange(task, entry, twin)
    yield from (EntryChange(task, None, entry) for entry in new)


def _whose(entry: LedgerEntry) -> tuple[object, ...]:
    """What an altered entry has in common with the one it was."""
    unit = entry.unit if isinstance(entry, ProgressRecord) else None
    return type(entry), entry.known_on, unit


def _of_facts(key: Key, before: str, after: str) -> Iterator[FactChange]:
    kind, number = key
    subject = Subject("plan") if key == HEAD else Subject("task" if kind == "task" else "indicator", number)
    old, new = _facts(key, before), _facts(key, after)
    if old is None or new is None:
        yield FactChange(subject, "", old, new)
        return
    yield from fact_changes(subject, old, new)


@lru_cache(maxsize=1024)
def _facts(key: Key, text: str) -> Any:
    """The facts of a piece, as plain values; None where there is no piece. Raises IrregularError."""
    value = value_of(text)
    try:
        if value is None or key == HEAD:
            return value and value.get("plan")
        return {name: part for name, part in value[0].items() if name != "tasks"}
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise IrregularError from error


@lru_cache(maxsize=8192)
def _entry(name: str, text: str) -> LedgerEntry:
    """The entry that some lines of a ledger hold. Raises IrregularError where they hold none."""
    check_entry(text)
    try:
        [value] = value_of(text)
        return decode.record(value) if name == "progress" else decode.extension(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IrregularError from error


def _of_register(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FactChange]:
    for section, kind in _NAMES.items():
        old, new = _by_name(before.get(section)), _by_name(after.get(section))
        for name in {**new, **old}:
            subject = Subject(kind, name)  # type: ignore[arg-type]
            if name in old and name in new:
                yield from fact_changes(subject, old[name], new[name])
            else:
                yield FactChange(subject, "", old.get(name), new.get(name))


def _by_name(section: Any) -> Mapping[str, Any]:
    if isinstance(section, Mapping):
        return section
    return {each["name"]: each for each in section or ()}


# What can be cut at its lines, and what cannot


def _regular(key: Key, piece: bytes, known: bytes) -> bytes:
    """A piece that can be cut, beside what is known of it: itself, or else a task in the one layout.

    Raises IrregularError where neither will do.
    """
    text = piece.decode()
    if key[0] != "task":
        check_opening(text, key[0])
        _facts(key, text)
        return piece
    try:
        _check_task(key, text, known)
    except IrregularError:
        laid_out = _laid_out(text)
        _check_task(key, laid_out, known)
        return known if laid_out.encode() == known else laid_out.encode()
    return piece


@lru_cache(maxsize=1024)
def _laid_out(text: str) -> str:
    """A task in the one layout, without its comments. Raises IrregularError where it is none."""
    from pydantic_core import ValidationError

    from yzplan.store.schema import validator

    value = value_of(text)
    if _NOT_OF_A_TASK.search(text) or not isinstance(value, list) or len(value) != 1:
        raise IrregularError
    try:
        validator(TaskEntry).validate_python(value[0])
    except ValidationError as error:
        raise IrregularError from error
    return "".join(f"{line}\n" for line in task_lines(value[0]))


_NOT_OF_A_TASK = re.compile(r"^[^ #\n]", re.MULTILINE)
"""What ends the document, or begins another section of it."""


def _check_task(key: Key, text: str, known: bytes) -> None:
    """Raises IrregularError unless a task can be cut, beside what is known of it."""
    new, old = cut_task(text), cut_task(known.decode())
    if new.facts != old.facts:
        check_facts(new.facts)
        _facts(key, new.facts)
    for name, entries in new.ledgers.items():
        seen = {*old.ledgers.get(name, ())}
        for entry in entries:
            if entry not in seen:
                _entry(name, entry)


def _recut(raw: bytes, name: str) -> dict[Key, bytes]:
    """The pieces of a tasks.yaml once it is in the one layout, without its comments.

    Raises DataError unless it has the right shape, and no number twice.
    """
    document = _read(raw, name, PlanFile)
    try:
        return cut("".join(f"{line}\n" for line in canonical_lines(document.value, PlanFile)).encode())
    except IrregularError as error:
        raise DataError(f"{Path(name).name} 里有重复的编号", "用 yzplan check 查看") from error


def _register(raw: bytes, name: str) -> Mapping[str, Any]:
    """What units.yaml says; nothing where it is not there."""
    return _read(raw, name, Register).value if raw.strip() else {}


def _read(raw: bytes, name: str, root: type) -> Document:
    """What a file says. Raises DataError unless it is the noun `root`."""
    from yzplan.store.shape import shape_errors

    document = read(decode_source(raw, name))
    problems = document.problems or [each for _, each in shape_errors(document, root)]
    if problems:
        raise DataError(f"{Path(name).name} 有 {len(problems)} 处语法或结构问题", "逐处改正", problems)
    return document
