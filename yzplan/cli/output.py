"""Answers to stdout or a file, remarks to stderr; the only place that writes to a stream."""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yzplan.cli.reading import parse_word
from yzplan.cli.session import Session
from yzplan.errors import DataError, RequestError

if TYPE_CHECKING:
    from yzplan.render.listing import Column, Listing

FORMATS = ("table", "plain", "markdown", "csv", "tsv", "json", "jsonl", "html")
FORMAT_OF_EXTENSION: Mapping[str, str] = {
    ".txt": "plain",
    ".md": "markdown",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".html": "html",
}

BOARD_FORMATS = (*FORMATS, "docx")
BOARD_FORMAT_OF_EXTENSION: Mapping[str, str] = {**FORMAT_OF_EXTENSION, ".docx": "docx"}

PAPER_FORMATS = ("table", "plain", "markdown", "html", "json", "docx")
PAPER_FORMAT_OF_EXTENSION: Mapping[str, str] = {
    ".docx": "docx",
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".txt": "plain",
}

CHECK_FORMATS = ("text", "json", "sarif", "github", "junit")
CHECK_FORMAT_OF_EXTENSION: Mapping[str, str] = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
}


class ClosedPipeError(Exception):
    """Whoever read our output has stopped reading; that is no error."""


def prepare_streams() -> None:
    """Make the streams show what they cannot encode as escapes, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def remark(text: str) -> None:
    """Say something beside the answer, on stderr. What a terminal would obey is replaced in it.

    It may quote what somebody typed, or pasted without seeing all of it.
    """
    if not text.replace("\n", "").isprintable():
        from yzplan.store.source import harmless

        text = harmless(text)
    # stdout first, so that on a terminal a remark stands below the answer it belongs to.
    # A stream that the shell has closed (`2>&-`) is None.
    with contextlib.suppress(AttributeError, OSError, ValueError):
        sys.stdout.flush()
    with contextlib.suppress(AttributeError, OSError, ValueError):
        sys.stderr.write(f"{text}\n")


def write(answer: str | bytes) -> None:
    """Write an answer to stdout. Bytes are written as they are, whatever the locale.

    Raises ClosedPipeError where the reader is gone, DataError where the disk below stdout is full or
    stdout is closed.
    """
    if sys.stdout is None:
        raise DataError("写不到标准输出：已关闭", "核对重定向的目标")
    try:
        if isinstance(answer, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(answer)
        else:
            sys.stdout.write(answer)
        sys.stdout.flush()
    except BrokenPipeError as error:
        # The interpreter flushes stdout once more at exit; that must not fail again.
        _discard_stdout()
        raise ClosedPipeError from error
    except OSError as error:
        _discard_stdout()
        raise DataError(f"写不到标准输出：{error.strerror}", "核对磁盘空间与重定向的目标") from error


def _discard_stdout() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Whether a person at a terminal reads stdout."""
    return sys.stdout is not None and sys.stdout.isatty()


def width() -> int:
    """How many columns there are to write in ($COLUMNS, else the terminal's)."""
    return max(shutil.get_terminal_size().columns, 4)


def has_colour() -> bool:
    """Whether stdout shows colour and the user wants it (no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def asked_format(session: Session, formats: Sequence[str], of_extension: Mapping[str, str]) -> str | None:
    """The format asked for: --format, else that of the -o file's name, else None.

    Raises RequestError for one that is unknown.
    """
    if session.format:
        return parse_word(session.format, formats, "格式")
    if not session.output:
        return None
    extension = Path(session.output).suffix.lower()
    if extension not in of_extension:
        known = "、".join(of_extension)
        raise RequestError(f"不知道“{session.output}”该写成什么格式", f"扩展名用 {known}，或加 --format")
    return of_extension[extension]


def chosen_format(session: Session) -> str:
    """The format of a list or report: the one asked for, else what suits the reader.

    `table` is for a terminal; where none reads it, it is `plain`.
    """
    form = asked_format(session, FORMATS, FORMAT_OF_EXTENSION) or "table"
    return "plain" if form == "table" and not is_for_terminal(session) else form


def refuse_binary(session: Session, form: str) -> None:
    """Raise RequestError where a terminal would be shown what it cannot show."""
    if form == "docx" and is_for_terminal(session):
        raise RequestError("终端上显示不了 docx", "用 -o 写入文件，如 -o 文稿.docx")


def is_for_terminal(session: Session) -> bool:
    """Whether the answer goes to a person at a terminal."""
    return not session.output and is_terminal()


def deliver(session: Session, answer: str | bytes) -> None:
    """Send an answer where it was asked to go: to the -o file, replaced whole or not at all, or to stdout."""
    if session.output:
        from yzplan.store.saving import write_new

        target = Path(session.output)
        if target.resolve().suffix in (".yaml", ".yml"):
            raise RequestError(f"{target} 是数据文件，不能写成报告", "换一个文件名")
        write_new(target, answer.encode() if isinstance(answer, str) else answer)
        remark(f"已写入 {session.output}")
    else:
        write(answer)


Terminal = Callable[[int], list[Any]]
"""What a terminal of so many columns is shown: parts, one below the other."""


def answer(
    session: Session, listing: "Listing", *, report: Any = None, terminal: Terminal | None = None
) -> None:
    """Answer with a list in the format asked for; of a revision's data, say whose they are.

    `report`: what json says instead of the rows, where the answer is one object. `terminal`: what a
    terminal shows instead of the plain table.
    """
    form = chosen_format(session)
    if form == "table":
        from yzplan.render import terminal as screen

        parts = terminal or (lambda columns: screen.listing_parts(listing, columns))
        deliver(session, screen.draw(parts(width()), width(), colour=has_colour()))
    elif form in ("plain", "markdown", "html"):
        from yzplan.render import text

        deliver(session, getattr(text, form)(listing))
    else:
        from yzplan.render import machine

        if report is not None and form == "json":
            deliver(session, machine.json_bytes(report))
        else:
            deliver(session, getattr(machine, f"listing_{form}")(listing))
    if listing.note and form not in ("table", "markdown", "html") and (report is None or form != "json"):
        remark(listing.note)
    if session.revision:
        remark(f"数据取自{session.revision}")


def arranged(session: Session, listing: "Listing") -> "Listing":
    """The list as --sort and --columns want it. Raises RequestError for a key it does not have."""
    columns = {column.key: column for column in listing.columns}
    rows = list(listing.rows)
    for word in reversed(session.sort.split(",") if session.sort else []):
        column = _known(columns, word.strip().removeprefix("-"))
        keyed = [(_sort_key(column, row), row) for row in rows]
        present = [pair for pair in keyed if pair[0] is not None]
        present.sort(key=lambda pair: pair[0], reverse=word.strip().startswith("-"))
        # What says nothing comes last either way.
        rows = [row for _, row in present] + [row for key, row in keyed if key is None]
    chosen = [key.strip() for key in session.columns.split(",")] if session.columns else []
    for key in chosen:
        _known(columns, key)
    return listing._replace(rows=rows, chosen=tuple(dict.fromkeys(chosen)))


def _known(columns: Mapping[str, "Column"], key: str) -> "Column":
    return columns[parse_word(key, tuple(columns), "键")]


def _sort_key(column: "Column", row: Any) -> Any:
    """What a column sorts by: its value where values have an order, else how it reads."""
    value = getattr(row, column.key, None)
    if value is None and not column.digest:
        return None
    has_order = isinstance(value, str | tuple) or hasattr(value, "as_integer_ratio")  # a number, Decimal too
    return value if has_order else column.text(row)
