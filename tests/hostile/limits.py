"""Running the real program on what may be hostile, and holding it to limits that no input may move.

Every run is measured and judged here: it may take 5 seconds of processor time and 300 MB, ends with
an exit code of its own, in sentences without anything that a terminal obeys, and leaves what lies
around it as it was.
"""

import hashlib
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from commandline import environment, program

SECONDS = 5
MEGABYTES = 300
HANGING = 60
"""After how many seconds on the clock a program is ended that waits for something."""

# What a process used counts from the memory of the one that started it, so a small one starts it.
_LAUNCHER = f"""
import os, resource, signal, sys
child = os.fork()
if child == 0:
    signal.alarm({HANGING})
    resource.setrlimit(resource.RLIMIT_CPU, (4 * {SECONDS}, 4 * {SECONDS}))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    os.execv(sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as stream:
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, file=stream)
"""
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a run came to, in seconds of processor time and megabytes at its peak."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


def run(here: Path, *words: str | int, env: Mapping[str, str | None] = {}, may_write: bool = False) -> Run:
    """Run a command in `here`, with a cache of its own.

    Fails where a limit is passed or, unless it `may_write`, where anything under `here` was changed.
    """
    before = None if may_write else contents(here)
    found = _measured(here, words, env)
    shown = f"{words}: {found.code}\n{found.out[:4000]}\n{found.err[:4000]}"
    assert found.code in (0, 1, 2, 3), shown
    assert_harmless(found.out, found.err)
    assert found.seconds < SECONDS, f"{found.seconds:.1f} s\n{shown}"
    assert found.megabytes < MEGABYTES, f"{found.megabytes:.0f} MB\n{shown}"
    assert before is None or contents(here) == before, f"something was written\n{shown}"
    return found


def assert_harmless(*streams: str) -> None:
    """Fail where a stream shows a traceback, or holds anything that a terminal obeys or hides."""
    for stream in streams:
        assert "Traceback" not in stream, stream[:4000]
        assert not (obeyed := _OBEYED.search(stream)), f"{obeyed}\n{stream[:4000]!r}"


def _measured(here: Path, words: tuple[str | int, ...], env: Mapping[str, str | None]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        out, err, used = (Path(folder, name) for name in ("out", "err", "used"))
        with out.open("wb") as stdout, err.open("wb") as stderr:
            subprocess.run(
                [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(used), *program(*words)],
                cwd=here,
                env=environment({"YZPLAN_CACHE": f"{folder}/cache", **env}),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                timeout=2 * HANGING,
                check=True,
            )
        code, seconds, kilobytes = map(float, used.read_text().split())
        return Run(
            code=int(code),
            out=out.read_bytes().decode(),
            err=err.read_bytes().decode(),
            seconds=seconds,
            megabytes=kilobytes / 1024,
        )


def contents(here: Path) -> dict[str, tuple[object, ...]]:
    """All that lies under a directory, without following links, and what would tell that it was changed."""
    found = {}
    for folder, directories, files in os.walk(here):
        for name in (*directories, *files):
            path = Path(folder, name)
            state = path.lstat()
            # What is no file, or larger than any that is read, is told by its state alone.
            is_read = stat.S_ISREG(state.st_mode) and state.st_size < 1 << 26 and os.access(path, os.R_OK)
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if is_read else ""
            kept = (state.st_mode, state.st_ino, state.st_size, state.st_mtime_ns)
            found[str(path)] = (*kept, digest) if stat.S_ISREG(state.st_mode) else kept[:2]
    return found
