"""How long papers take on the table of a year's end (`yearend.py`), as ratios of whole processes in one run.

Usage: python benchmarks/papers.py [--runs N]

`assess --format json` is set against `overdue --format json`, both on bytes that have been validated
before; all notices of a month as .docx against one of them; the other papers, too, against that one.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yearend
from timing import ratio, timed

OVERDUE = ["overdue", "--month", "2022-07", "--format", "json"]
NOTICE = ["notice", "--unit", "零陵区", "--month", "2022-09", "-o", "one.docx"]
CASES: Sequence[tuple[str, list[str], list[str]]] = (
    (
        "assess --year --format json / overdue --format json",
        ["assess", "--year", "2022", "--format", "json"],
        OVERDUE,
    ),
    ("notice --all, .docx / one", ["notice", "--all", "--month", "2022-09", "-o", "all"], NOTICE),
    ("dispatch, .docx / one notice", ["dispatch", "--month", "2022-09", "-o", "dispatch.docx"], NOTICE),
    ("bulletin, .docx / one notice", ["bulletin", "--quarter", "2022Q3", "-o", "bulletin.docx"], NOTICE),
    ("assess --year, .docx / one notice", ["assess", "--year", "2022", "-o", "assess.docx"], NOTICE),
)


def main() -> None:
    """Print a line a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        data, cache = Path(scratch) / "yearend", Path(scratch) / "cache"
        chosen = {"YZPLAN_CACHE": str(cache), "YZPLAN_TODAY": "2023-01-10", "YZPLAN_DATA": str(data)}
        # An installed program has its bytecode; one run from its sources must be allowed to keep it.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | chosen
        yearend.write(data)
        os.chdir(scratch)
        for name, asked, yardstick in CASES:

            def command(words: list[str]) -> list[str]:
                return [sys.executable, "-m", "yzplan", *words]

            def run(asked: list[str] = asked) -> float:
                return timed(command(asked), environment)

            print(f"{name:<54} {ratio(run, environment, runs, command(yardstick)):6.2f}", flush=True)


if __name__ == "__main__":
    main()
