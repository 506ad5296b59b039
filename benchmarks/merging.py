"""What the merge driver spares: fifty people report at once, and their branches are merged one after another.

Usage: python benchmarks/merging.py [--seeds N] [--branches N]

From one base, a branch a person makes: one to three updates by `yzplan update`, on tasks that many
units share, and sometimes a comment by hand. All are merged into `main` by `git merge`: with the
driver that `yzplan setup-git` sets up, and without it, where whoever meets a conflict takes the file
of one side (`git checkout --ours` or `--theirs`). Everything reported is 模拟, invented and labelled so.
Exits with 1 if with the driver anything is lost, doubled, garbled or in conflict.
"""

import argparse
import contextlib
import datetime as dt
import io
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import yearend
from tabulate import tabulate

from yzplan.cli.app import run
from yzplan.errors import DataError, ExitCode
from yzplan.model import REPORTABLE, Plan, ProgressRecord, Status, facts
from yzplan.store.emit import entry_lines
from yzplan.store.loading import TASKS, load, load_plan

SEEDS = 20
BRANCHES = 50
SHARED = 15
"""So many tasks are reported on: those in which the most units have a part."""
RECORDS = 400
"""So many reports a whole year has; the base holds those from before the days of the branches."""
DAYS = [dt.date(2022, 8, day) for day in (1, 2, 3, 4, 5)]
COMMENT = "    # 模拟批注：{}\n"
TABLE = f"data/{TASKS}"
SIDES = {"--ours": "无驱动，冲突全取本方", "--theirs": "无驱动，冲突全取对方"}
"""What is taken of a conflict by who does not look."""
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{role}_NAME": "模拟" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "office@example.org" for role in ("AUTHOR", "COMMITTER")},
    "YZPLAN_TODAY": str(DAYS[-1]),
}


class Branch(NamedTuple):
    """What somebody did: the records, each with its task, and the comment lines."""

    name: str
    said: list[tuple[int, ProgressRecord]]
    comments: list[str]


class Outcome(NamedTuple):
    """What came of merging branches; `spared` are merges without a conflict in which text would have one."""

    merges: int = 0
    spared: int = 0
    conflicts: int = 0
    records: int = 0
    lost: int = 0
    doubled: int = 0
    garbled: int = 0
    comments_lost: int = 0
    refused: int = 0
    """In how many clones `check` fails in the end."""
    found_out: int = 0
    """In how many `audit` finds that something was done to the past."""

    def plus(self, other: "Outcome") -> "Outcome":
        """Both together."""
        return Outcome(*map(sum, zip(self, other, strict=True)))

    @property
    def is_harmless(self) -> bool:
        """Whether nobody was asked and nothing went wrong."""
        return not any(self._replace(merges=0, spared=0, records=0))


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers. The run ends where it fails by more than a 1."""
    return _checked(folder, "git", *words)


def _checked(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(words)}：{done.stderr.decode(errors='replace')}")
    return done


def yzplan(repository: Path, *words: str) -> int:
    """Run a command on the data in this process, and return its exit code; nobody hears what it says."""
    with (
        contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")),
        contextlib.redirect_stderr(io.TextIOWrapper(io.BytesIO(), "utf-8")),
    ):
        return run(["--data", str(repository / "data"), *words])


def make_base(repository: Path) -> None:
    """Make the repository that everybody starts from, with a comment above every seventh record."""
    data = repository / "data"
    yearend.write(data, 0)
    ledger = yearend.ledger(load(data).plan, RECORDS)
    past = {
        task: [each for each in said if each.date < DAYS[0] and each.status in REPORTABLE]
        for task, said in ledger.items()
    }
    numbers = count()

    def commented(dash: re.Match[str]) -> str:
        number = next(numbers)
        return (COMMENT.format(f"原有第 {number} 处") if number % 7 == 0 else "") + dash[0]

    text = yearend.table((yearend.DATA / TASKS).read_text(encoding="utf-8"), past, {})
    (data / TASKS).write_text(re.sub(r"^    - date:", commented, text, flags=re.MULTILINE), encoding="utf-8")
    git(repository, "init", "-q", "-b", "main")
    _checked(repository, sys.executable, "-m", "yzplan", "setup-git")
    git(repository, "add", "--all")
    git(repository, "commit", "-q", "-m", "台账：录入任务表（模拟）")
    git(repository, "tag", "base")


def make_branch(repository: Path, plan: Plan, name: str, chance: random.Random) -> Branch:
    """Make a branch in which somebody reports up to three times for one unit, and at times comments on it."""
    git(repository, "checkout", "-q", "-b", name, "base")
    shared = sorted(plan.tasks, key=lambda task: -len([*plan.parts(task)]))[:SHARED]
    parts = [(part.unit, task.id) for task in shared for part in plan.parts(task)]
    unit = chance.choice(sorted({unit for unit, _ in parts}))
    tasks = [task for each, task in parts if each == unit]
    branch = Branch(name, [], [])
    wanted = chance.randint(1, 3)
    while len(branch.said) < wanted:
        status = chance.choice(REPORTABLE)
        said = ProgressRecord(
            date=chance.choice(DAYS),
            unit=unit,
            status=status,
            percent=chance.randint(1, 99) if status is Status.IN_PROGRESS else None,
            note=yearend.invented(chance, yearend.NOTES[status]),
            problem=yearend.invented(chance, yearend.PROBLEMS) if status is Status.BLOCKED else None,
            source=chance.choice(yearend.SOURCES),
        )
        task = chance.choice(tasks)
        options = [f"--{key}={value}" for key, value in facts(said).items()]
        code = yzplan(repository, "update", str(task), *options)
        # What is no legal transition is refused; somebody has then something else to say.
        if code == ExitCode.OK:
            branch.said.append((task, said))
        elif code != ExitCode.BAD_REQUEST:
            raise SystemExit(f"update 没有成功：{code}")
    if chance.random() < 1 / 3:
        file = repository / TABLE
        lines = "".join(f"{line}\n" for line in entry_lines(branch.said[-1][1], 4))
        branch.comments.append(COMMENT.format(name))
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(lines, branch.comments[0] + lines, 1), encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", f"台账（模拟）：{unit}")
    return branch


def merge_all(repository: Path, branches: Iterable[Branch], side: str | None) -> Outcome:
    """Merge the branches into a new `main`. At a conflict a side is taken, or the merge is given up."""
    git(repository, "checkout", "-q", "-B", "main", "base")
    outcome = Outcome()
    for branch in branches:
        is_hard = side is None and conflicts_as_text(repository, branch.name)
        is_merged = git(repository, "merge", "-q", "--no-ff", "--no-edit", branch.name).returncode == 0
        outcome = outcome.plus(Outcome(merges=1, spared=is_hard and is_merged, conflicts=not is_merged))
        if is_merged:
            continue
        if side:
            git(repository, "checkout", "-q", side, "--", TABLE)
            git(repository, "commit", "-q", "-a", "--no-edit")
        else:
            git(repository, "merge", "--abort")
    return outcome


def conflicts_as_text(repository: Path, branch: str) -> bool:
    """Whether git's own merge of the table finds a conflict: between here and a branch from the base."""
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / revision for revision in ("HEAD", "base", branch)]
        for file in files:
            file.write_bytes(git(repository, "cat-file", "blob", f"{file.name}:{TABLE}").stdout)
        words = ["git", "merge-file", "-p", "-q", *map(str, files)]
        return subprocess.run(words, capture_output=True, check=False).returncode != 0


def judged(repository: Path, base: Plan, comments: Iterable[str], branches: Sequence[Branch]) -> Outcome:
    """What became of all that was said: in the base, and on the branches."""
    said = [(task, record) for branch in branches for task, record in branch.said]
    wanted = {(task, record.ref) for task, record in said}
    outcome = Outcome(
        records=len(wanted),
        refused=yzplan(repository, "check") != 0,
        found_out=yzplan(repository, "audit") != 0,
    )
    wanted |= {(task.id, record.ref) for task in base.tasks for record in task.progress}
    text = (repository / TABLE).read_text(encoding="utf-8")
    kept = Counter(text.splitlines(keepends=True))
    outcome = outcome.plus(Outcome(comments_lost=sum(kept[comment] != 1 for comment in comments)))
    try:
        plan = load_plan(repository / "data")
    except DataError:
        return outcome.plus(Outcome(lost=len(wanted)))
    found = Counter((task.id, record.ref) for task in plan.tasks for record in task.progress)
    return outcome.plus(
        Outcome(
            lost=len(wanted - found.keys()),
            doubled=found.total() - len(found),
            garbled=len(found.keys() - wanted) + (bare(plan) != bare(base)),
        )
    )


def bare(plan: Plan) -> Plan:
    """A plan without what was reported."""
    return replace(plan, tasks=tuple(replace(task, progress=()) for task in plan.tasks))


def simulate(seed: int, origin: Path, branches: int, sides: Sequence[str | None]) -> list[Outcome]:
    """What comes of one set of branches, merged in each way: without the driver first."""
    chance = random.Random(f"merging {seed}")  # noqa: S311
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["YZPLAN_CACHE"] = f"{scratch}/cache"
        repository = Path(scratch) / "clone"
        git(Path(scratch), "clone", "-q", "--shared", str(origin), str(repository))
        base = load_plan(repository / "data")
        lines = (repository / TABLE).read_text(encoding="utf-8").splitlines(keepends=True)
        made = [make_branch(repository, base, f"b{k:02}", chance) for k in range(branches)]
        comments = [line for line in lines if line.lstrip().startswith("#")]
        comments += [line for branch in made for line in branch.comments]
        found = []
        for side in sides:
            if side is None:
                _checked(repository, sys.executable, "-m", "yzplan", "setup-git")
            outcome = merge_all(repository, made, side)
            found.append(outcome.plus(judged(repository, base, comments, made)))
        return found


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--branches", type=int, default=BRANCHES)
    chosen = parser.parse_args()
    os.environ.update(ENVIRONMENT)
    ways: list[str | None] = [*SIDES, None]
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor() as pool:
        os.environ["YZPLAN_CACHE"] = f"{scratch}/cache"
        origin = Path(scratch) / "origin"
        make_base(origin)
        simulated = partial(simulate, origin=origin, branches=chosen.branches, sides=ways)
        found = [Outcome() for _ in ways]
        for outcomes in pool.map(simulated, range(chosen.seeds)):
            found = [total.plus(outcome) for total, outcome in zip(found, outcomes, strict=True)]

    print(f"{chosen.seeds} 组模拟，每组 {chosen.branches} 个分支出自同一基线，逐个并入")
    headers = [
        "做法",
        "合并",
        "免去冲突",
        "冲突",
        "新进展",
        "丢失",
        "重复",
        "走样",
        "批注有失",
        "check不通过",
        "audit查出",
    ]
    rows = [(SIDES[way] if way else "有合并驱动", *outcome) for way, outcome in zip(ways, found, strict=True)]
    print(tabulate(rows, headers))
    if not found[-1].is_harmless:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
