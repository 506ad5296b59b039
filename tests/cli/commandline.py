"""Running the command line: in this process, or as a program of its own."""

import difflib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from yzplan.cli.app import run

TODAY = "2022-08-01"
"""The day on which tests ask, unless they say another: July is over, and August has just begun."""

NEUTRAL = (
    "YZPLAN_DATA",
    "YZPLAN_DEBUG",
    "NO_COLOR",
    "FORCE_COLOR",
    "LC_ALL",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
)
"""Variables of the environment in which somebody runs the tests that must not decide what they see."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a run came to. Remarks go to stderr."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def ids(self) -> list[int]:
        return [row["id"] for row in self.json]

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@dataclass(kw_only=True)
class CommandLine:
    """A shell that stands in a directory, on a day."""

    here: Path
    monkeypatch: pytest.MonkeyPatch

    def __call__(
        self, *words: str | int, today: str = TODAY, columns: int = 80, on_terminal: bool = False
    ) -> Answer:
        """Run a command in this process. stdout is a pipe, or a terminal."""
        kind = _Terminal if on_terminal else io.TextIOWrapper
        out, err = (
            kind(io.BytesIO(), "utf-8", newline="\n"),
            io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n"),
        )
        with self.monkeypatch.context() as patch:
            patch.chdir(self.here)
            patch.setenv("YZPLAN_TODAY", today)
            patch.setenv("COLUMNS", str(columns))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run([str(word) for word in words])
        out.flush()
        err.flush()
        return Answer(code=code, raw=_written(out), err=_written(err).decode())

    @property
    def tasks_file(self) -> Path:
        return self.here / "data" / "tasks.yaml"

    @property
    def tasks(self) -> str:
        return self.tasks_file.read_text("utf-8")

    @tasks.setter
    def tasks(self, text: str) -> None:
        self.tasks_file.write_text(text, "utf-8")


def _written(stream: io.TextIOWrapper) -> bytes:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def environment(changes: Mapping[str, str | None] = {}) -> dict[str, str]:
    """An environment for a program: this one without what could decide, with some changes (None: without)."""
    found = {name: value for name, value in os.environ.items() if name not in (*NEUTRAL, "COLUMNS", "LINES")}
    found |= {"YZPLAN_TODAY": TODAY, "PYTHONWARNINGS": "error"}
    found |= {name: value for name, value in changes.items() if value is not None}
    return {name: value for name, value in found.items() if changes.get(name, "") is not None}


def program(*words: str | int) -> list[str]:
    """The command line that starts yzplan as a program."""
    return [sys.executable, "-m", "yzplan", *map(str, words)]


def execute(
    here: Path,
    *words: str | int,
    env: Mapping[str, str | None] = {},
    stdout: Any = subprocess.PIPE,
) -> Answer:
    """Run a command as a program of its own."""
    done = subprocess.run(
        program(*words),
        cwd=here,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    return Answer(code=done.returncode, raw=done.stdout or b"", err=done.stderr.decode(errors="replace"))


def git(here: Path, *words: str) -> str:
    settings = ("-c", "user.name=模拟", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *settings, *words],
        cwd=here,
        env=environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}),
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode()


def added(before: str, after: str) -> list[str]:
    """The lines that came to a text, which has lost none."""
    changes = [*difflib.ndiff(before.splitlines(), after.splitlines())]
    assert not [line for line in changes if line.startswith("-")]
    return [line[2:] for line in changes if line.startswith("+")]


def shown(answer: Answer) -> list[str]:
    """The lines that a command says it adds."""
    return [line[1:] for line in answer.lines if line.startswith("+")]


def refused(cli: CommandLine, *words: str | int) -> str:
    """What is said of a request that is refused, and changes nothing."""
    before = cli.tasks_file.read_bytes()
    answer = cli(*words)
    assert (answer.code, answer.raw) == (2, b"")
    assert cli.tasks_file.read_bytes() == before
    return answer.err
