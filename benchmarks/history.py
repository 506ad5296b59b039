"""How long it takes to read a long history, as ratios in one run.

Usage: python benchmarks/history.py [--commits N] [--records N] [--runs N] [--seed S] [--keep DIR]

The history is invented, labelled 模拟, and the same for the same numbers: the shipped table, to
which fifty-odd authors add records, some ten a commit, a tenth of the commits being merges of short
side branches. It is made by `git fast-import` and packed by `git gc`, as git does itself in time.
`log` and `audit` are measured against `git log -p` of the table, a call of the merge driver on the
shipped table (two records on the same task) against `python -c "import typer"`.
"""

import argparse
import datetime as dt
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from heapq import merge
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple

import yearend
from timing import YARDSTICK, ratio, timed

from yzplan.model import REPORTABLE, ProgressRecord, Status
from yzplan.store.appending import Entry, append
from yzplan.store.emit import entry_lines
from yzplan.store.loading import TASKS, UNITS, load

COMMITS = 2_000
OFFICE = "office"
PROGRAM = (sys.executable, "-m", "yzplan")
LOG, AUDIT, DRIVER = 1.5, 5, 6
"""What is wanted: at most so many yardsticks."""


class Said(NamedTuple):
    """A record: who commits it, to which task, and its lines. In this order records stand in a merge."""

    day: dt.date
    ref: str
    task: int
    author: str
    lines: str


class Batch(NamedTuple):
    """What one author commits at a time: when, the share of their own that came before, the records."""

    day: dt.date
    share: float
    author: str
    said: Sequence[Said]


Ledgers = dict[int, tuple[Said, ...]]
"""What was reported on each task, as it stands in the table."""


class Tip(NamedTuple):
    """A commit of a history: its mark, and what was reported by then."""

    mark: int
    ledgers: Ledgers


def told(ledger: yearend.Ledger) -> list[Said]:
    """The records of a ledger, each with the one who may commit it: the unit, or the office for its acts."""
    found = []
    for task, records in ledger.items():
        authors: dict[str, str] = {}  # of each reference
        for record in records:
            is_office = record.status not in REPORTABLE
            usual = OFFICE if is_office else record.unit
            authors[record.ref] = author = authors[record.retracts] if record.retracts else usual
            lines = "".join(f"{line}\n" for line in entry_lines(record, 4))
            found.append(Said(record.date, record.ref, task, author, lines))
    return found


def batches(said: Iterable[Said], count: int) -> list[Batch]:
    """The records in about so many batches, in the order of their commits.

    An author reports on the tasks of a month one after another, so that a batch is of a few tasks.
    """
    by_author: dict[str, list[Said]] = defaultdict(list)
    for each in sorted(said, key=lambda each: (each.day.month, each.task, each)):
        by_author[each.author].append(each)
    total = sum(map(len, by_author.values()))
    found = []
    for author, own in by_author.items():
        parts = max(1, round(count * len(own) / total))
        bounds = [len(own) * k // parts for k in range(parts + 1)]
        day = dt.date.min
        for turn, (start, end) in enumerate(pairwise(bounds)):
            # Nobody commits earlier than before: a correction would come before what it corrects.
            day = max(day, *(each.day for each in own[start:end]))
            found.append(Batch(day, turn / parts, author, own[start:end]))
    return sorted(found)


def with_entries(ledgers: Ledgers, said: Iterable[Said]) -> Ledgers:
    """The ledgers with more records, each behind those of its day and before, as an update places it."""
    changed = dict(ledgers)
    for each in said:
        old = changed.get(each.task, ())
        place = bisect_right(old, each.day, key=lambda entry: entry.day)
        changed[each.task] = (*old[:place], each, *old[place:])
    return changed


class History:
    """A history that is being told to `git fast-import`."""

    def __init__(self, stream: IO[bytes], emails: Mapping[str, str]) -> None:
        self.commits = 0
        self._stream = stream
        self._emails = emails
        self._time = 0
        text = yearend.HEADING + (yearend.DATA / TASKS).read_text(encoding="utf-8")
        tasks = [*yearend.TASK.finditer(text)]
        cuts = [0, *(task.end() for task in tasks)]
        self._pieces = [
            (text[start : task.end()], int(task[1])) for start, task in zip(cuts, tasks, strict=False)
        ]
        self._tail = text[cuts[-1] :]
        self._blocks: dict[int, tuple[tuple[Said, ...], str]] = {}

    def commit(
        self,
        parents: Sequence[Tip],
        author: str,
        day: dt.date,
        message: str,
        ledgers: Ledgers,
        units: str | None = None,
    ) -> Tip:
        """Commit the table with these ledgers, and the register of units if it is new."""
        self.commits += 1
        morning = dt.datetime.combine(day, dt.time(9), dt.timezone(dt.timedelta(hours=8)))
        self._time = max(self._time + 60, int(morning.timestamp()))
        who = f"模拟{author} <{self._emails[author]}> {self._time} +0800"
        self._put("commit refs/heads/main", f"mark :{self.commits}", f"author {who}", f"committer {who}")
        self._data(message)
        self._put(*(f"{word} :{tip.mark}" for word, tip in zip(("from", "merge"), parents, strict=False)))
        for name, content in ((TASKS, self._table(ledgers)), (UNITS, units)):
            if content:
                self._put(f"M 100644 inline data/{name}")
                self._data(content)
        return Tip(self.commits, ledgers)

    def _table(self, ledgers: Ledgers) -> str:
        return "".join(text + self._block(task, ledgers) for text, task in self._pieces) + self._tail

    def _block(self, task: int, ledgers: Ledgers) -> str:
        """The lines of a task's ledger; the last ones made are kept, since most tasks are as they were."""
        entries = ledgers.get(task, ())
        known = self._blocks.get(task)
        if not known or known[0] is not entries:
            body = "".join(each.lines for each in entries)
            self._blocks[task] = known = (entries, f"    progress:\n{body}" if body else "")
        return known[1]

    def _put(self, *lines: str) -> None:
        self._stream.write("".join(f"{line}\n" for line in lines).encode())

    def _data(self, text: str) -> None:
        content = text.encode()
        self._stream.write(b"data %d\n%s\n" % (len(content), content))


def merged(base: Ledgers, ours: Ledgers, theirs: Ledgers) -> Ledgers:
    """The ledgers with the records of both sides.

    Of one day, of the records that come next on either side, the smaller reference goes first, as
    the merge driver has it.
    """
    found = dict(ours)
    for task, entries in theirs.items():
        old = base.get(task, ())
        if entries is not old:
            new = [[each for each in side.get(task, ()) if each not in old] for side in (ours, theirs)]
            found |= with_entries({task: old}, merge(*new))
    return found


def tell(history: History, root: Tip, waiting: Sequence[Batch], merges: int, chance: random.Random) -> None:
    """Commit the batches in their order, with so many short side branches."""

    def added(tip: Tip, batch: Batch) -> Tip:
        numbers = sorted({each.task for each in batch.said})
        message = f"台账（模拟）：第{'、'.join(map(str, numbers))}项 {batch.author}"
        return history.commit([tip], batch.author, batch.day, message, with_entries(tip.ledgers, batch.said))

    fork = root
    for k in range(merges):
        window = waiting[len(waiting) * k // merges : len(waiting) * (k + 1) // merges]
        # What one to three of the authors have goes aside, and meanwhile the others commit theirs.
        authors = sorted({batch.author for batch in window})
        aside = chance.sample(authors, min(chance.randint(1, 3), len(authors) - 1))
        ours = theirs = fork
        for batch in window:
            if batch.author in aside:
                theirs = added(theirs, batch)
            else:
                ours = added(ours, batch)
        if theirs is fork:
            fork = ours
            continue
        ledgers = merged(fork.ledgers, ours.ledgers, theirs.ledgers)
        fork = history.commit([ours, theirs], OFFICE, window[-1].day, "合并支线（模拟）", ledgers)


def make(
    repository: Path,
    commits: int = COMMITS,
    records: int = yearend.RECORDS,
    seed: int = yearend.SEED,
) -> None:
    """Make a repository with such a history, packed and checked out.

    units.yaml says whose e-mail speaks for which unit.
    """
    said = told(yearend.ledger(load(yearend.DATA).plan, records, seed))
    waiting = batches(said, commits * 9 // 10)
    merges = max(1, commits - 1 - len(waiting))
    names = [OFFICE, *sorted({each.author for each in said} - {OFFICE})]
    emails = {name: f"{f'unit{k:02}' if k else OFFICE}@example.org" for k, name in enumerate(names)}
    units = (yearend.DATA / UNITS).read_text(encoding="utf-8")
    units += "\nauthors:\n" + "".join(f"  {email}: {name}\n" for name, email in emails.items())
    git(repository.parent, "init", "-q", "-b", "main", str(repository))
    command = ["git", "-C", str(repository), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as importing:
        assert importing.stdin  # noqa: S101 - a pipe
        history = History(importing.stdin, emails)
        root = history.commit([], OFFICE, yearend.ISSUED_ON, "台账：录入任务表（模拟）", {}, units)
        tell(history, root, waiting, merges, random.Random(seed))  # noqa: S311
    if importing.returncode:
        raise SystemExit("git fast-import 没有成功")
    git(repository, "gc", "-q")
    git(repository, "checkout", "-q", "main")


def git(folder: Path, *words: str) -> str:
    """What git prints; the run ends where it fails."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words],  # noqa: S607
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode().strip()


def main() -> None:
    """Make the history, prove it right, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--commits", type=int, default=COMMITS)
    parser.add_argument("--records", type=int, default=yearend.RECORDS)
    parser.add_argument("--seed", type=int, default=yearend.SEED)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--keep", type=Path, help="make it here and keep it; one that is here is taken as it is"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        # Nobody's settings of git decide; and a program that runs from its sources may keep its bytecode.
        os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        os.environ |= {"YZPLAN_CACHE": f"{scratch}/cache", "YZPLAN_TODAY": "2023-01-01"}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        repository = (chosen.keep or Path(scratch) / "history").resolve()
        if not repository.exists():
            start = time.perf_counter()
            make(repository, chosen.commits, chosen.records, chosen.seed)
            print(f"made and packed in {time.perf_counter() - start:.0f} s")
        show(repository, chosen.runs)
        print(f"{'the shipped table':<36} x import typer")
        measure("merge-driver", merging(Path(scratch)), 5 * chosen.runs, YARDSTICK, DRIVER)


def show(repository: Path, runs: int) -> None:
    """Prove that a history ends well, and print how long it takes to read it."""
    data = repository / "data"
    program = [*PROGRAM, "--data", str(data)]
    for words in (["check"], ["fmt", "--check"]):
        done = subprocess.run([*program, *words], capture_output=True, check=False)
        if done.returncode:
            raise SystemExit((done.stdout + done.stderr).decode(errors="replace"))
    commits, merges = (git(repository, "rev-list", "--count", *of, "HEAD") for of in ([], ["--merges"]))
    size = (data / TASKS).stat().st_size / 1e6
    print(f"{commits} commits, of them {merges} merges; the table has {size:.1f} MB")

    yardstick = ["git", "-C", str(repository), "log", "-p", "--", f"data/{TASKS}"]
    environment = dict(os.environ)
    timed(yardstick, environment)
    seconds = statistics.median(timed(yardstick, environment) for _ in range(runs))
    print(f"{f'git log -p takes {seconds:.2f} s':<36} x git log -p")
    root = git(repository, "rev-list", "--max-parents=0", "HEAD")
    for name, argument, wanted in (("log", "51", LOG), ("audit", f"{root}..HEAD", AUDIT)):
        command = [*program, name, argument]
        measure(name, partial(timed, command, environment), runs, yardstick, wanted)


def merging(directory: Path) -> Callable[[], float]:
    """A merge of the shipped table with a record on one task by either of two units: what times it."""
    task = 51
    plan = load(yearend.DATA).plan
    units = [part.unit for part in plan.parts(plan.by_id[task])]
    for side, unit in zip(("base", "ours", "theirs"), (None, *units), strict=False):
        shutil.copytree(yearend.DATA, directory / side)
        if unit:
            said = ProgressRecord(
                date=yearend.LAST_DAY, unit=unit, status=Status.IN_PROGRESS, note="模拟：调度"
            )
            entry = Entry(task=task, record=said)
            append(directory / side, lambda _, entry=entry: [entry])  # type: ignore[misc]
    base, ours, theirs = (directory / side / TASKS for side in ("base", "ours", "theirs"))
    result = directory / TASKS
    command = [*PROGRAM, "merge-driver", str(base), str(result), str(theirs), "7", f"data/{TASKS}"]

    def run() -> float:
        shutil.copyfile(ours, result)
        return timed(command, dict(os.environ))

    return run


def measure(name: str, run: Callable[[], float], runs: int, yardstick: list[str], wanted: float) -> None:
    """Print a command's line."""
    found = ratio(run, dict(os.environ), runs, yardstick)
    print(f"{name:<36} {found:6.2f}   wanted: {wanted}", flush=True)


if __name__ == "__main__":
    main()
