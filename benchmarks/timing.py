"""Whole processes timed against a yardstick: absolute times say more about the machine than the program."""

import os
import pty
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

YARDSTICK = [sys.executable, "-c", "import typer"]


def timed(command: list[str], environment: dict[str, str], *, terminal: bool = False) -> float:
    """Seconds of one run of the command; on a pseudo-terminal if asked."""
    output = subprocess.DEVNULL
    master = None
    if terminal:
        master, output = pty.openpty()
    try:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.DEVNULL)
        if master is not None:
            os.close(output)
            while _read(master):
                pass
        if process.wait() != 0:
            raise SystemExit(f"{command} ended with {process.returncode}")
        return time.perf_counter() - start
    finally:
        if master is not None:
            os.close(master)


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux says EIO when the other side is closed
        return b""


def ratio(
    run: Callable[[], float], environment: dict[str, str], runs: int, yardstick: list[str] = YARDSTICK
) -> float:
    """The median over pairs of runs of how many yardsticks the run takes."""
    run()
    return statistics.median(run() / timed(yardstick, environment) for _ in range(runs))
