"""How long commands take, as ratios to `python -c "import typer"`, whole processes in one run.

Usage: python benchmarks/commands.py [--runs N]

Each command is run in turn with the yardstick, and the median of the pairwise ratios is printed:
first on the shipped table, then on that of a year's end (`yearend.py`). For `check` of the latter
the yardstick is a process that loads the file with PyYAML's C parser and no more. A first load is one whose
bytes have not been validated before; a later one finds them in the cache. An update says something
new every time, and writes it to a copy.
"""

import argparse
import os
import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import NamedTuple

import yearend
from timing import YARDSTICK, ratio, timed

from yzplan.store.loading import TASKS

OVERDUE = ["overdue", "--month", "2022-07", "--format"]
UPDATE = ["update", "5", "--status", "done", "--note", "模拟：第 {} 次"]


class Case(NamedTuple):
    """A command; `{}` in it is a number that no other run has."""

    name: str
    arguments: list[str]
    is_first_load: bool = False
    on_terminal: bool = False


SHIPPED = (
    Case("--help", ["--help"]),
    Case("overdue --format json, first load", [*OVERDUE, "json"], is_first_load=True),
    Case("overdue --format json, later", [*OVERDUE, "json"]),
    Case("overdue --format table, first load", [*OVERDUE, "table"], is_first_load=True, on_terminal=True),
    Case("overdue --format table, later", [*OVERDUE, "table"], on_terminal=True),
    Case("overdue --format plain, later", [*OVERDUE, "plain"]),
    Case("update --dry-run", [*UPDATE, "--dry-run"]),
    Case("update", UPDATE),
    Case("check", ["check"]),
)
YEAR_END = (
    Case("overdue --format json, first load", [*OVERDUE, "json"], is_first_load=True),
    Case("overdue --format json, later", [*OVERDUE, "json"]),
    Case("show 51, later", ["show", "51"]),
    Case("update", UPDATE),
    Case("check", ["check"]),
)
YEAR_END_CHECK = (Case("check", ["check"]),)


def bare_load(data: Path) -> list[str]:
    """The command that loads the table of a data directory with PyYAML's C parser."""
    program = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8').read(), yaml.CSafeLoader)"
    return [sys.executable, "-c", program, str(data / TASKS)]


def measure(
    cases: tuple[Case, ...],
    data: Path,
    environment: dict[str, str],
    runs: int,
    yardstick: list[str] = YARDSTICK,
) -> None:
    """Print a line a case."""
    # A folder cannot be made below a device, so nothing is remembered.
    forgetful = environment | {"YZPLAN_CACHE": os.devnull}
    numbers = count()
    for case in cases:

        def run(case: Case = case) -> float:
            arguments = [word.format(next(numbers)) for word in case.arguments]
            command = [sys.executable, "-m", "yzplan", "--data", str(data), *arguments]
            chosen = forgetful if case.is_first_load else environment
            return timed(command, chosen, terminal=case.on_terminal)

        print(f"{case.name:<36} {ratio(run, environment, runs, yardstick):6.2f}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        shipped, year_end, cache = (Path(scratch) / name for name in ("shipped", "yearend", "cache"))
        chosen = {"YZPLAN_CACHE": str(cache), "YZPLAN_TODAY": "2023-01-01", "COLUMNS": "120", "TERM": "xterm"}
        # An installed program has its bytecode; one run from its sources must be allowed to keep it.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | chosen
        shutil.copytree(yearend.DATA, shipped)
        yearend.write(year_end)
        print(f"{'the shipped table':<36} x import typer")
        measure(SHIPPED, shipped, environment, runs)
        print(f"{f'with {yearend.RECORDS:,} records':<36} x import typer")
        measure(YEAR_END, year_end, environment, runs)
        print(f"{'':<36} x yaml.load(text, CSafeLoader)")
        measure(YEAR_END_CHECK, year_end, environment, runs, bare_load(year_end))


if __name__ == "__main__":
    main()
