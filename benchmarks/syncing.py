"""Six people who report and sync at the same time: whether all that they said arrives, once, everywhere.

Usage: python benchmarks/syncing.py [--clones N] [--rounds N] [--seed N]

From one bare repository a clone a person, set up by `yzplan setup-git`. In each round all of them at
once report one to three times on tasks that many units share (`yzplan update … --commit`), and run
`yzplan sync`; every command is a process of its own. Everything reported is 模拟, invented and labelled
so. Exits with 1 if in the end a record is lost or doubled, clones differ, or a command failed.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tabulate import tabulate

from yzplan.errors import DataError
from yzplan.store.loading import TASKS, load_plan

CLONES = 6
ROUNDS = 10
SHARED = 8
"""So many tasks are reported on: those in which the most units have a part."""
DATA = Path(__file__).parents[1] / "data"
TODAY = "2022-08-05"


class Turn(NamedTuple):
    """What one person did in a round.

    `notes`: those of the records; `repeats`: how often the sync was done again; `seconds`: how long it
    took; `failed`: what the commands that did not succeed said.
    """

    notes: Sequence[str]
    repeats: int
    seconds: float
    failed: Sequence[str]


class Person(NamedTuple):
    """Somebody with a clone, and what he may report: units with the tasks in which they have a part."""

    number: int
    clone: Path
    parts: Sequence[tuple[str, int]]
    chance: random.Random

    def run(self, *words: str) -> tuple[int, str]:
        """Run a program in the clone: its exit code, and what it said on stderr."""
        done = subprocess.run(
            words,
            cwd=self.clone,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stderr.decode(errors="replace")

    def yzplan(self, *words: str) -> tuple[int, str]:
        """Run a command of yzplan in the clone."""
        return self.run(sys.executable, "-m", "yzplan", *words)

    def must(self, *words: str) -> None:
        """Run a program that has to succeed; the run ends where it does not."""
        code, said = self.run(*words)
        if code:
            raise SystemExit(f"{' '.join(words)} 以 {code} 退出：{said}")

    def turn(self, number: int) -> Turn:
        """Report up to three times, and sync."""
        notes, failed = [], []
        for k in range(self.chance.randint(1, 3)):
            unit, task = self.chance.choice(self.parts)
            note = f"模拟：第{number + 1}轮，第{self.number + 1}人，之{k + 1}"
            code, said = self.yzplan(
                *("update", str(task), "--unit", unit, "--status", "in_progress", "--note", note),
                *("--date", f"2022-08-0{self.chance.randint(1, 5)}", "--commit"),
            )
            notes.append(note)
            if code:
                failed.append(said)
        start = time.perf_counter()
        code, said = self.yzplan("sync")
        seconds = time.perf_counter() - start
        if code:
            failed.append(said)
        repeats = re.search(r"重做了 (\d+) 次", said)
        return Turn(notes, int(repeats[1]) if repeats else 0, seconds, failed)

    @property
    def _environment(self) -> dict[str, str]:
        mine = {f"GIT_{role}_NAME": f"模拟{self.number + 1}" for role in ("AUTHOR", "COMMITTER")}
        mine |= {f"GIT_{role}_EMAIL": f"{self.number + 1}@example.org" for role in ("AUTHOR", "COMMITTER")}
        mine |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "YZPLAN_TODAY": TODAY}
        return os.environ | mine


def begin(site: Path, clones: int, seed: int) -> list[Person]:
    """Make the bare repository, with the shipped table in it, and everybody's clone."""
    plan = load_plan(DATA)
    shared = sorted(plan.tasks, key=lambda task: -len([*plan.parts(task)]))[:SHARED]
    parts = [(part.unit, task.id) for task in shared for part in plan.parts(task)]
    people = [
        Person(number, site / f"clone-{number + 1}", parts, random.Random(f"{seed}/{number}"))  # noqa: S311
        for number in range(clones)
    ]
    first, *others = people
    shutil.copytree(DATA, first.clone / "data")
    first.must("git", "init", "-q", "--bare", "-b", "main", "../upstream.git")
    first.must("git", "init", "-q", "-b", "main")
    first.must("git", "remote", "add", "origin", "../upstream.git")
    set_up = (sys.executable, "-m", "yzplan", "setup-git")
    first.must(*set_up)
    first.must("git", "add", "--all")
    first.must("git", "commit", "-q", "-m", "台账：录入任务表（模拟）")
    first.must("git", "push", "-q", "-u", "origin", "main")
    for person in others:
        first.must("git", "clone", "-q", str(site / "upstream.git"), str(person.clone))
        person.must(*set_up)
    return people


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(description="几个人同时填报、同步")
    parser.add_argument("--clones", type=int, default=CLONES, help=f"几个克隆，默认 {CLONES}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"几轮，默认 {ROUNDS}")
    parser.add_argument("--seed", type=int, default=1, help="种子，默认 1")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        people = begin(Path(folder), asked.clones, asked.seed)
        start = time.perf_counter()
        turns = []
        with ThreadPoolExecutor(len(people)) as pool:
            for number in range(asked.rounds):
                turns += pool.map(lambda person, number=number: person.turn(number), people)
        seconds = time.perf_counter() - start
        failed = [said for turn in turns for said in turn.failed]
        # All pushed their last; whoever was early in the last round has not yet seen the others'.
        failed += [said for code, said in (person.yzplan("sync") for person in people) if code]
        return report(people, turns, failed, seconds)


def report(people: Sequence[Person], turns: Sequence[Turn], failed: Sequence[str], seconds: float) -> int:
    """Print what it came to; 1 where anything is not as it should be."""
    notes = [note for turn in turns for note in turn.notes]
    lost = doubled = unusable = 0
    for person in people:
        try:
            plan = load_plan(person.clone / "data")
        except DataError:
            unusable += 1
            continue
        said = [record.note for task in plan.tasks for record in task.progress]
        lost += sum(note not in said for note in notes)
        doubled += sum(said.count(note) > 1 for note in notes)
    contents = {(person.clone / "data" / TASKS).read_bytes() for person in people}
    longest = sorted(turn.seconds for turn in turns)
    figures = {
        "克隆": len(people),
        "填报的记录": len(notes),
        "同步": len(turns),
        "重做": sum(turn.repeats for turn in turns),
        "失败": len(failed),
        "丢失": lost,
        "重复": doubled,
        "不能用的台账": unusable,
        "不同的台账": len(contents),
        "一次同步（秒，中位）": f"{longest[len(longest) // 2]:.2f}",
        "一次同步（秒，最长）": f"{longest[-1]:.2f}",
        "共（秒）": f"{seconds:.1f}",
    }
    print(tabulate([*figures.items()], disable_numparse=True))
    for said in failed:
        print(said, file=sys.stderr)
    return int(bool(failed or lost or doubled or unusable or len(contents) > 1))


if __name__ == "__main__":
    sys.exit(main())
