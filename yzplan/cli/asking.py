"""Asking a person on a terminal, and only there, for what was not said."""

import contextlib
import sys
from collections.abc import Callable
from typing import TypeVar

from yzplan.cli import output
from yzplan.errors import RequestError

T = TypeVar("T")


def is_possible() -> bool:
    """Whether a person can be asked: both streams are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and output.is_terminal()


def agrees(question: str) -> bool:
    """Whether the person says yes. Enter alone is no answer of consent, nor is the end of the input."""
    while True:
        typed = _asked(f"{question}[y/n] ").casefold()
        if typed in ("y", "yes", "是"):
            return True
        if typed in ("n", "no", "否", ""):
            return False


def _asked(question: str) -> str:
    """One line typed by the person, without spaces around it. KeyboardInterrupt at the end of the input."""
    with contextlib.suppress(ImportError):
        # With it a line of Chinese can be edited: the terminal alone deletes bytes, not characters.
        import readline  # noqa: F401
    try:
        return input(question).strip()
    except EOFError as error:
        output.write("\n")
        raise KeyboardInterrupt from error


def answer(question: str, parse: Callable[[str], T]) -> T:
    """What the person answers; asked again, with the reason, until it can be understood."""
    while True:
        try:
            return parse(_asked(question))
        except RequestError as error:
            output.remark(str(error))
