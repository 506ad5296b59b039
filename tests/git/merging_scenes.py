"""A repository with the tiny plan whose clone is set up, and branches on which people report. All is 模拟."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from commandline import environment
from tiny import TASKS, UNITS, Edit, edited

from yzplan.git import setup
from yzplan.store.loading import load_plan

TOP, HEAD, PART, COUNTY = "市模拟丙局", "市模拟甲局", "市模拟乙局", "模拟东县"

PROGRAM = [sys.executable, "-P", "-m", "yzplan"]
"""How the driver is called: as a program of its own."""

VERSION = tuple(map(int, re.findall(r"\d+", subprocess.check_output(["git", "version"], text=True))[:2]))
STYLES = ["merge", "diff3", *(["zdiff3"] if VERSION >= (2, 35) else [])]
"""What merge.conflictStyle may be."""

Change = Callable[["Clone"], None]
"""What somebody does to the files of a work tree."""


def git_environment(here: Path) -> dict[str, str]:
    """Nobody's settings, somebody's name, and a cache of this test's own."""
    who = {
        f"GIT_{role}_{what}": f"{what.lower()}@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return environment(
        {
            **who,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_EDITOR": ":",
            "YZPLAN_CACHE": str(here.parent / "cache"),
        }
    )


@dataclass(frozen=True)
class Clone:
    """A work tree, and where in it the data lie."""

    here: Path
    data: str = "data"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run git, which may fail."""
        return subprocess.run(
            ["git", *words],
            cwd=self.here,
            env=git_environment(self.here),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def git(self, *words: str) -> str:
        """Run git, which must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def file(self, name: str = "tasks.yaml") -> Path:
        return self.here / self.data / name

    def text(self, name: str = "tasks.yaml") -> str:
        return self.file(name).read_bytes().decode().replace("\r\n", "\n")

    def write(self, text: str, name: str = "tasks.yaml") -> None:
        """Write a file with the newlines that it has."""
        newline = "\r\n" if b"\r\n" in self.file(name).read_bytes() else "\n"
        self.file(name).write_bytes(text.replace("\n", newline).encode())

    def commit(self, *changes: Change) -> None:
        """Make some changes and commit them together."""
        for change in changes:
            change(self)
        self.git("commit", "-q", "-a", "-m", "模拟")

    def on(self, branch: str, *changes: Change, start: str = "main") -> None:
        """A new branch with one commit of some changes."""
        self.git("checkout", "-q", "-b", branch, start)
        self.commit(*changes)

    @property
    def is_clean(self) -> bool:
        return self.git("status", "--porcelain") == ""


def record(note: str, unit: str = HEAD, date: str = "2022-08-01", **more: object) -> dict[str, object]:
    """A progress record as it is when it is loaded."""
    return {"date": date, "unit": unit, "status": "in_progress", "note": f"模拟{note}", **more}


def reported(task: int, entry: dict[str, object]) -> Change:
    """Append a record to a task, as the commands write it."""
    return lambda clone: clone.write(with_record(clone.text(), task, entry))


def extended(entry: dict[str, object]) -> Change:
    """Write one more extension of task 2 below the one that it has."""
    old = "reason: 模拟延期}\n"
    line = f"    - {{{', '.join(f'{key}: {value}' for key, value in entry.items())}}}\n"
    return lambda clone: clone.write(edited(clone.text(), (old, old + line)))


def changed(*edits: Edit, name: str = "tasks.yaml") -> Change:
    return lambda clone: clone.write(edited(clone.text(name), *edits), name)


def with_record(text: str, task: int, entry: dict[str, object]) -> str:
    """The text with a record at the end of a task, whose last key the ledger is."""
    start = text.index(f"\n  - id: {task}\n") + 1
    ends = [at for mark in ("\n  - id: ", "\n\n- id: ") if (at := text.find(mark, start)) >= 0]
    end = min(ends) + 1 if ends else len(text)
    lines = "".join(f"      {key}: {value}\n" for key, value in entry.items()).replace("      ", "    - ", 1)
    heading = "" if "    progress:\n" in text[start:end] else "    progress:\n"
    return text[:end] + heading + lines + text[end:]


def both(clone: Clone, ours: Iterable[Change], theirs: Iterable[Change]) -> None:
    """Two branches, 乙 with their changes and 甲 with ours, on which the work tree then stands."""
    clone.on("乙", *theirs)
    clone.on("甲", *ours)


def ledgers(text: str) -> Counter[str]:
    """All entries of all ledgers, each with its task and how often it stands there."""
    return Counter(
        _named(task["id"], ledger, entry)
        for indicator in yaml.safe_load(text)["indicators"]
        for task in indicator["tasks"]
        for ledger in ("extensions", "progress")
        for entry in task.get(ledger, ())
    )


def _named(task: int, ledger: str, entry: object) -> str:
    return f"{task} {ledger} {json.dumps(entry, ensure_ascii=False, default=str, sort_keys=True)}"


def records(*entries: tuple[int, dict[str, object]]) -> Counter[str]:
    """What `ledgers` gives of the tiny plan where its tasks have these records too."""
    return ledgers(TASKS) + Counter(_named(task, "progress", entry) for task, entry in entries)


def assert_merged(clone: Clone, *entries: tuple[int, dict[str, object]]) -> None:
    """The plan is valid and holds these records beside its first ones, each once, and git is done."""
    assert ledgers(clone.text()) == records(*entries)
    load_plan(clone.here / clone.data)
    assert clone.is_clean


def assert_conflict(
    done: subprocess.CompletedProcess[str], clone: Clone, *sides: str, name: str = "tasks.yaml"
) -> None:
    """git has stopped with a conflict, and the file shows both sides within ordinary markers."""
    assert done.returncode == 1, (done.stdout, done.stderr)
    text = clone.text(name)
    marks = [line.split(" ")[0] for line in text.splitlines() if line[:7] in ("<" * 7, "=" * 7, ">" * 7)]
    assert marks
    assert marks == ["<" * 7, "=" * 7, ">" * 7] * (len(marks) // 3)
    assert all(text.count(side) == 1 for side in sides), text
    assert clone.git("diff", "--name-only", "--diff-filter=U", "-z").endswith(f"{name}\0")


def made(here: Path, data: str = "data", attributes: Iterable[str] | None = None) -> Clone:
    """A repository with one commit, on main; `attributes`: the lines of its .gitattributes."""
    clone = Clone(here, data)
    clone.file().parent.mkdir(parents=True)
    clone.file().write_text(TASKS, "utf-8")
    clone.file("units.yaml").write_text(UNITS, "utf-8")
    clone.git("init", "-q", "-b", "main", "--template=")
    set_up(clone)
    if attributes is not None:
        (here / ".gitattributes").write_text("".join(f"{line}\n" for line in attributes))
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "模拟")
    return clone


def set_up(clone: Clone) -> None:
    """Run setup-git, as a person does in a clone."""
    setup.set_up(clone.here / clone.data, PROGRAM)
