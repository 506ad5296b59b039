"""What can go wrong: diagnostics about data, and the few exceptions a command ends with."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import ClassVar, NamedTuple


class ExitCode(IntEnum):
    """What a command's exit status means; scripts rely on these numbers."""

    OK = 0
    FOUND = 1
    BAD_REQUEST = 2
    BAD_DATA = 3
    BUG = 4
    INTERRUPTED = 130


def code_of(rule: Callable[..., object]) -> str:
    """The code of a rule, which its function name begins with: `y014_duplicate_key` is Y014."""
    return rule.__name__[:4].upper()


class Diagnostic(NamedTuple):
    """One problem of one place in a file.

    `line` and `column` count from 1, as editors do; a file that could not be read at all has 0, 0.
    `code` is stable (Y0xx syntax, Y1xx shape, Y2xx references, Y3xx completeness, Y4xx time and
    state, Y5xx warnings); `message` and `hint` are Chinese sentences.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str | None = None

    @property
    def is_warning(self) -> bool:
        """Whether `check` passes in spite of it (without --strict)."""
        return self.code.startswith("Y5")

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        text = f"{place}: {self.code} {self.message}"
        return f"{text}\n  提示：{self.hint}" if self.hint else text


def by_place(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order of their places."""
    return tuple(sorted(diagnostics, key=lambda d: (d.path, d.line, d.column, d.code)))


class YzplanError(Exception):
    """A failure that the user is told of in one sentence; never a bug of ours."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  提示：{self.hint}" if self.hint else self.message


class RequestError(YzplanError):
    """The request is wrong: an unknown unit, task or month, an option that does not apply."""

    exit_code = ExitCode.BAD_REQUEST


class DataError(YzplanError):
    """The data cannot be used; `diagnostics` says where and why, sorted by place."""

    exit_code = ExitCode.BAD_DATA

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        diagnostics: Iterable[Diagnostic] = (),
    ) -> None:
        super().__init__(message, hint)
        self.diagnostics = by_place(diagnostics)

    def __str__(self) -> str:
        return "\n".join([*map(str, self.diagnostics), super().__str__()])
