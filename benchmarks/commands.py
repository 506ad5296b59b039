"""How long commands take, as ratios to `python -c "import typer"`, whole processes in one run.

Usage: python benchmarks/commands.py [--runs N]

Absolute times say more about the machine than about the program, so each command is run in turn
with the yardstick and the median of the pairwise ratios is printed. A first load is one whose bytes
have not been validated before; a later one finds them in the cache.
"""

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
YARDSTICK = [sys.executable, "-c", "import typer"]
OVERDUE = ["overdue", "--month", "2022-07", "--format"]


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


def ratio(run: Callable[[], float], environment: dict[str, str], runs: int) -> float:
    """The median over pairs of runs of how many yardsticks the run takes."""
    run()
    return statistics.median(run() / timed(YARDSTICK, environment) for _ in range(runs))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    yzplan = [sys.executable, "-m", "yzplan", "--data", str(DATA)]
    with tempfile.TemporaryDirectory() as cache:
        chosen = {"YZPLAN_CACHE": cache, "YZPLAN_TODAY": "2022-08-01", "COLUMNS": "120", "TERM": "xterm"}
        # An installed program has its bytecode; one run from its sources must be allowed to keep it.
        warm = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | chosen
        # A folder cannot be made below a device, so nothing is remembered.
        cold = warm | {"YZPLAN_CACHE": os.devnull}
        cases: list[tuple[str, list[str], dict[str, str], bool]] = [
            ("--help", ["--help"], warm, False),
            ("overdue --format json, first load", [*OVERDUE, "json"], cold, False),
            ("overdue --format json, later", [*OVERDUE, "json"], warm, False),
            ("overdue --format table, first load", [*OVERDUE, "table"], cold, True),
            ("overdue --format table, later", [*OVERDUE, "table"], warm, True),
            ("overdue --format plain, later", [*OVERDUE, "plain"], warm, False),
            ("update --dry-run", ["update", "5", "--status", "done", "--dry-run"], warm, False),
        ]
        print(f"{'command':<36} x import typer")
        for name, arguments, environment, terminal in cases:
            command = [*yzplan, *arguments]
            found = ratio(lambda c=command, e=environment, t=terminal: timed(c, e, terminal=t), warm, runs)
            print(f"{name:<36} {found:5.2f}", flush=True)


if __name__ == "__main__":
    main()
