"""A data file as bytes and text, before anything is read from it: places, encoding, hidden characters."""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError, Diagnostic, code_of
from yzplan.store import syntax
from yzplan.store.syntax import Explainer

MAX_BYTES = 32 * 1024 * 1024
BLOCK = 1024
"""How many characters are looked through at most for the place of one of them."""
BOM = "\ufeff"
REFUSED_CHARACTER = "\ufffd"
"""What stands in a value for a character that was refused."""

MAX_TEXT = 10_000
"""How many characters one text of the data may have."""
MAX_SENTENCE = 500
"""How many characters of a sentence are shown; none of ours is half as long."""
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
    """Text of the data on one line, with nothing in it that a terminal obeys."""
    return harmless(text.replace("\n", "↵"))


def harmless(text: str) -> str:
    """Text with nothing in it that a terminal obeys but the ends of its lines."""
    return HIDDEN.sub(REFUSED_CHARACTER, text.replace("\t", "⇥").replace("\r", REFUSED_CHARACTER))


def sentence(text: str) -> str:
    """A sentence that quotes from the data, `visible` and no longer than anybody reads."""
    return visible(text if len(text) <= MAX_SENTENCE else f"{text[:MAX_SENTENCE]}…")


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
        self._blocks: list[tuple[int, int]] | None = None

    def with_text(self, text: str) -> bytes:
        """The bytes of the file with another text, and its BOM where it has one."""
        return ((BOM if self.has_bom else "") + text).encode()

    def place(self, index: int) -> Place:
        """The place of a character; lines end at a line feed, as editors and git count them."""
        if self._blocks is None:
            self._blocks = [*self._counted()]
        block = index // BLOCK
        lines, last = self._blocks[block]
        lines += self.text.count("\n", block * BLOCK, index)
        last = max(last, self.text.rfind("\n", block * BLOCK, index))
        return Place(lines + 1, index - last)

    def _counted(self) -> Iterator[tuple[int, int]]:
        """How many line feeds stand before each block of the text, and where the last of them does.

        Of every line alone it would take a gigabyte where a file is nothing but lines.
        """
        lines, last = 0, -1
        for start in range(0, len(self.text) + 1, BLOCK):
            yield lines, last
            lines += self.text.count("\n", start, start + BLOCK)
            last = max(last, self.text.rfind("\n", start, start + BLOCK))

    def diagnostic(self, index: int, rule: Explainer, *arguments: object) -> Diagnostic:
        """What `rule` says, at the character `index`."""
        place = self.place(index)
        message, hint = rule(*arguments)
        return Diagnostic(
            self.path, place.line, place.column, code_of(rule), sentence(message), hint and sentence(hint)
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
