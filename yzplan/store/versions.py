"""Versions of the data, of which no more is parsed than differs between two of them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from yzplan.errors import DataError
from yzplan.model import Extension, Ranking, Register, SupervisionEntry
from yzplan.model.changes import AnyEntry, Change, EntryChange, FactChange, Subject, fact_changes
from yzplan.model.supervision import OfficeEntry, origin_of
from yzplan.model.units import email_key
from yzplan.store import decode
from yzplan.store.canonical import canonical_lines, task_lines
from yzplan.store.layout import LEDGERS, SECTIONS, PlanFile, TaskEntry
from yzplan.store.loading import TASKS, UNITS
from yzplan.store.pieces import (
    HEAD,
    IrregularError,
    Key,
    check_entry,
    check_facts,
    check_opening,
    cut,
    cut_further,
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

    @property
    def indicator_names(self) -> Mapping[int, str]:
        """What the indicators are called, by number."""
        return {
            key[1]: _facts(key, _text(piece))["name"]
            for key, piece in self.tasks.items()
            if key[0] == "indicator"
        }

    def entries(self, task: int | None) -> list[AnyEntry]:
        """All entries of a task's ledgers, without a task the office's own; none where there are no such."""
        keys: Sequence[Key] = [(name, 0) for name in SECTIONS] if task is None else [("task", task)]
        return [
            _entry(name, text)
            for key in keys
            for name, texts in cut_further(key, _text(self.tasks.get(key))).ledgers.items()
            for text in texts
        ]

    def line_of(self, key: Key, entry: AnyEntry | None = None) -> int | None:
        """The line, from 1, on which a piece begins, or an entry in it; None where it has no such piece.

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
        for name, texts in cut_further(key, text).ledgers.items() if entry else ():
            for each in texts:
                dash = _DASH.search(each)
                if dash and _entry(name, each) == entry:
                    start = text.find(each) + dash.start()
                    return above + text[:start].count("\n") + 1
        return above + 1


_DASH = re.compile("^ *- ", re.MULTILINE)

EMPTY = Version({}, b"", {})
"""What was before anything."""


def compare(before: Version, after: Version, only: int | None = None) -> Iterator[Change]:
    """What is different in a version, in the order of the file; with `only`, in what is about that task.

    An entry that was altered is told as one change where its unit and date are the same.
    """
    supervision: Key = ("supervision", 0)
    wanted: Sequence[Key] = [("task", only), supervision] if only else [*{**after.tasks, **before.tasks}]
    for key in wanted:
        old, new = before.tasks.get(key), after.tasks.get(key)
        if old is not new and old != new:
            for change in _of_piece(key, old, new):
                if only is None or key != supervision or _is_about(change, only, before, after):
                    yield change
    if only is None and before.register is not after.register:
        yield from _of_register(before.register, after.register)


def _is_about(change: Change, task: int, before: Version, after: Version) -> bool:
    """Whether a changed entry of `supervision` names a task, or is about one that does."""
    known = office_entries(before, after)
    return any(
        isinstance(each, SupervisionEntry) and task in getattr(origin_of(each, known), "tasks", ())
        for each in (change.before, change.after)
    )


def office_entries(*versions: Version) -> list[OfficeEntry]:
    """All entries of the office's own ledgers that some versions have."""
    entries = [each for version in versions for each in version.entries(None)]
    return [each for each in entries if isinstance(each, OfficeEntry)]


def _of_piece(key: Key, before: bytes | None, after: bytes | None) -> Iterator[Change]:
    if key[0] not in _FURTHER:
        yield from _of_facts(key, _text(before), _text(after))
        return
    old, new = cut_further(key, _text(before)), cut_further(key, _text(after))
    if old.facts != new.facts:
        yield from _of_facts(key, old.facts, new.facts)
    for name in (*LEDGERS, *SECTIONS):
        had, has = old.ledgers.get(name, ()), new.ledgers.get(name, ())
        known_before, known = {*had}, {*has}
        gone = [_entry(name, text) for text in had if text not in known]
        come = [_entry(name, text) for text in has if text not in known_before]
        yield from _of_entries(key[1] if key[0] == "task" else None, gone, come)


_FURTHER = frozenset(("task", *SECTIONS))
"""The kinds of pieces that hold ledgers."""


def _text(piece: bytes | None) -> str:
    return (piece or b"").decode()


def _of_entries(
    task: int | None, gone: Sequence[AnyEntry], come: Sequence[AnyEntry]
) -> Iterator[EntryChange]:
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


def _whose(entry: AnyEntry) -> tuple[object, ...]:
    """What an altered entry has in common with the one it was."""
    unit = None if isinstance(entry, Extension) else entry.unit
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
            if value and not {*value} <= {"plan", "indicators"}:
                raise IrregularError
            return value and value.get("plan")
        return {name: part for name, part in value[0].items() if name != "tasks"}
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise IrregularError from error


@lru_cache(maxsize=8192)
def _entry(name: str, text: str) -> AnyEntry:
    """The entry that some lines of a ledger hold. Raises IrregularError where they hold none."""
    check_entry(name, text)
    try:
        [value] = value_of(text)
        return _FORMS[name](value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IrregularError from error


_FORMS: Mapping[str, Callable[[Any], AnyEntry]] = {
    "extensions": decode.extension,
    "progress": decode.record,
    "supervision": decode.supervision,
    "rankings": decode.ranking,
}
"""What an entry is, by the key of its ledger."""


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
    """A piece that can be cut, beside what is known of it: itself, or else what it says in the one layout.

    Raises IrregularError where neither will do.
    """
    text = piece.decode()
    if key[0] not in _FURTHER:
        check_opening(text, key[0])
        _facts(key, text)
        return piece
    try:
        _check_parts(key, text, known)
    except IrregularError:
        laid_out = _task_laid_out(text) if key[0] == "task" else _section_laid_out(key[0], text)
        _check_parts(key, laid_out, known)
        return known if laid_out.encode() == known else laid_out.encode()
    return piece


@lru_cache(maxsize=1024)
def _task_laid_out(text: str) -> str:
    """A task in the one layout, without its comments. Raises IrregularError where it is none."""
    value = value_of(text)
    if _NOT_OF_A_TASK.search(text) or not isinstance(value, list) or len(value) != 1:
        raise IrregularError
    _validate(TaskEntry, value)
    return "".join(f"{line}\n" for line in task_lines(value[0]))


_NOT_OF_A_TASK = re.compile(r"^[^ #\n]", re.MULTILINE)
"""What ends the document, or begins another section of it."""


@lru_cache(maxsize=64)
def _section_laid_out(name: str, text: str) -> str:
    """A section in the one layout, without its comments. Raises IrregularError where it is none."""
    value = value_of(text)
    if _MARK.search(text) or not isinstance(value, dict) or [*value] != [name]:
        raise IrregularError
    if not isinstance(value[name], list):
        raise IrregularError
    _validate(Ranking if name == "rankings" else SupervisionEntry, value[name])
    return "".join(f"{line}\n" for line in canonical_lines(value, PlanFile))


_MARK = re.compile(r"^(?:\.\.\.|---)", re.MULTILINE)
"""What ends the document."""


def _validate(noun: type, values: Sequence[Any]) -> None:
    """Raises IrregularError unless all are the values of such nouns."""
    from pydantic_core import ValidationError

    from yzplan.store.schema import validator

    try:
        for value in values:
            validator(noun).validate_python(value)
    except ValidationError as error:
        raise IrregularError from error


def _check_parts(key: Key, text: str, known: bytes) -> None:
    """Raises IrregularError unless a task or a section can be cut, beside what is known of it."""
    new, old = cut_further(key, text), cut_further(key, known.decode())
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
