"""A data file as bytes and text, before anything is read from it: places, encoding, hidden characters."""

import errno
import os
import re
import stat
import unicodedata
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError, Diagnostic, code_of
from yzplan.store import syntax
from yzplan.store.syntax import Explainer

MAX_BYTES = 32 * 1024 * 1024
BOM = "\ufeff"
REFUSED_CHARACTER = "\ufffd"
"""What stands in a value for a character that was refused."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n)"
)
"""What nobody can see, or what makes a screen show something else than is there; not tab, LF, CRLF."""


def hidden_character(text: str) -> str | None:
    """The first character that may not stand in the data, as `U+200B ZERO WIDTH SPACE`, if there is one."""
    found = HIDDEN.search(text)
    return name_of(found[0]) if found else None


def visible(text: str) -> str:
    """A sentence that quotes from the data, on one line and with nothing in it that a terminal obeys."""
    return harmless(text.replace("\n", "↵"))


def harmless(text: str) -> str:
    """Text with nothing in it that a terminal obeys but the ends of its lines."""
    return HIDDEN.sub(REFUSED_CHARACTER, text.replace("\t", "⇥").replace("\r", REFUSED_CHARACTER))


def name_of(character: str) -> str:
    """A character that cannot be shown, by its number and name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


class Place(NamedTuple):
    """A place in a file as editors count: `line` and `column` from 1."""

    line: int
    column: int


class Source:
    """One data file as read: its bytes, its text and, of the text, the places."""

    def __init__(self, path: str, raw: bytes, text: str) -> None:
        self.path = path
        self.raw = raw
        self.has_bom = text.startswith(BOM)
        self.text = text.removeprefix(BOM)
        self._line_starts: list[int] | None = None

    def place(self, index: int) -> Place:
        """The place of a character; lines end at a line feed, as editors and git count them."""
        if self._line_starts is None:
            self._line_starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        line = bisect_right(self._line_starts, index)
        return Place(line, index - self._line_starts[line - 1] + 1)

    def diagnostic(self, index: int, rule: Explainer, *arguments: object) -> Diagnostic:
        """What `rule` says, at the character `index`."""
        place = self.place(index)
        message, hint = rule(*arguments)
        return Diagnostic(
            self.path, place.line, place.column, code_of(rule), visible(message), hint and visible(hint)
        )


def refusal(path: str, rule: Explainer, *arguments: object) -> DataError:
    """What `rule` says of a file as a whole, which therefore cannot be read."""
    problem = Diagnostic(path, 0, 0, code_of(rule), *rule(*arguments))
    return DataError("数据文件读不了", diagnostics=[problem])


def read_file(path: Path, shown: str) -> Source:
    """The file's bytes and text.

    Raises DataError where it is missing, no regular file, too large or not UTF-8. `shown` is the
    path as diagnostics print it.
    """

    def refuse(rule: Explainer, argument: object) -> DataError:
        return refusal(shown, rule, argument)

    try:
        # Not blocking: opening a FIFO would otherwise wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise refuse(syntax.y001_unreadable, reason_of(error)) from error
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise refuse(syntax.y001_unreadable, "是一个目录")
        if not stat.S_ISREG(found.st_mode):
            raise refuse(syntax.y001_unreadable, "不是普通文件")
        if found.st_size > MAX_BYTES:
            raise refuse(syntax.y002_too_large, found.st_size)
        with open(descriptor, "rb", closefd=False) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refuse(syntax.y001_unreadable, reason_of(error)) from error
    finally:
        os.close(descriptor)
    if len(raw) > MAX_BYTES:
        raise refuse(syntax.y002_too_large, len(raw))
    return decode_source(raw, shown)


def reason_of(error: Exception) -> str:
    """An operating-system error as a short Chinese phrase."""
    words = {
        "PermissionError": "没有权限",
        "IsADirectoryError": "是一个目录",
        "NotADirectoryError": "路径中有一段不是目录",
        "FileNotFoundError": "文件不存在",
    }
    if getattr(error, "errno", None) == errno.ELOOP:
        return "符号链接绕成了圈"
    known = words.get(type(error).__name__)
    return known or getattr(error, "strerror", None) or str(error)


def decode_source(raw: bytes, shown: str) -> Source:
    """The text of a file's bytes. Raises DataError unless they are UTF-8, saying what they look like."""
    try:
        return Source(shown, raw, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        encoding, start = "GBK", error.start
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:64]:
            encoding, start = "UTF-16", 0
        text = raw[:start].decode()
        index = len(text.removeprefix(BOM))
        problem = Source(shown, raw, text).diagnostic(index, syntax.y003_not_utf8, encoding)
        raise DataError("数据文件读不了", diagnostics=[problem]) from error
