"""Talking to a command on a real pseudo-terminal: wait for what it asks, then type."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from commandline import environment, program

ENTER = "\n"
CTRL_C = "\x03"
CTRL_D = "\x04"
PATIENCE = 60


class Talk(NamedTuple):
    """All that stood on the screen, what was typed included, and the exit code."""

    code: int
    screen: str

    @property
    def lines(self) -> list[str]:
        return self.screen.splitlines()


def converse(
    here: Path,
    *words: str | int,
    answers: Sequence[tuple[str, str | Callable[[], str]]],
    env: Mapping[str, str | None] = {},
) -> Talk:
    """Run a command on a terminal of its own; `answers` pairs what it has just asked with what is typed.

    An answer gets its Enter, unless it is a control character; one that is a function is asked for then.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
    running = subprocess.Popen(
        program(*words),
        cwd=here,
        env=environment({"TERM": "dumb", "LC_ALL": "C.UTF-8", **env}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        # So that Ctrl-C on this terminal reaches the program.
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    try:
        screen = b""
        for asked, answer in answers:
            screen = _read(ours, screen, until=asked.encode())
            typed = answer if isinstance(answer, str) else answer()
            os.write(ours, (typed if typed in (CTRL_C, CTRL_D) else f"{typed}{ENTER}").encode())
        # Python may miss a Ctrl-C that comes in the instant between the question and its waiting for an
        # answer; a person presses it again.
        screen = _read(ours, screen, again=CTRL_C.encode() if answers and answers[-1][1] == CTRL_C else b"")
        return Talk(running.wait(timeout=PATIENCE), screen.decode().replace("\r\n", "\n"))
    finally:
        running.kill()
        running.wait()
        os.close(ours)


def _read(terminal: int, screen: bytes, until: bytes | None = None, again: bytes = b"") -> bytes:
    """The screen, once something came and it ends with `until`; without, once nobody writes to it any more.

    `again` is typed whenever nothing has happened for two seconds.
    """
    deadline = time.monotonic() + PATIENCE
    # The same question may be asked twice in a row: that it stands there already is no sign.
    before = len(screen)
    while until is None or len(screen) == before or not screen.endswith(until):
        while not select.select([terminal], [], [], 2)[0]:
            assert time.monotonic() < deadline, screen.decode()
            os.write(terminal, again)
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # so Linux says that nobody writes any more
            chunk = b""
        if not chunk:
            assert until is None, screen.decode()
            break
        screen += chunk
    return screen
