"""A folder with a plan (模拟), copied for each trial, and the program at work in it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import tiny

from yzplan.store import cache
from yzplan.store.loading import load

TODAY = "2022-08-05"
LITTER = ".yzplan-tasks.yaml.abc12345"
NOTE = "模拟：已部署"
UPDATE = ("update", "1", "2", "--status", "in_progress", "--note", NOTE)
"""The command line that the tests disturb: two records, both or none."""

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Answer:
    """What a run came to."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Scene:
    """The working directory of one trial: `data` in it, and the cache."""

    here: Path

    @property
    def data(self) -> Path:
        return self.here / "data"

    @property
    def tasks(self) -> Path:
        return self.data / "tasks.yaml"

    @property
    def names(self) -> set[str]:
        return {path.name for path in self.data.iterdir()}

    @property
    def notes(self) -> list[str]:
        """The notes of all records, in the order of the file. Raises DataError unless the data is valid."""
        plan = load(self.data).plan
        return [record.note for task in plan.tasks for record in task.progress if record.note]

    @property
    def env(self) -> dict[str, str]:
        """The environment of a run, in which nothing of the user's decides and nothing is random."""
        found = {name: value for name, value in os.environ.items() if not name.startswith("YZPLAN_")}
        return found | {
            "YZPLAN_TODAY": TODAY,
            "YZPLAN_CACHE": str(self.here / "cache" / "yzplan"),
            "PYTHONWARNINGS": "error",
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
        }

    def start(self, *words: str, under: Iterable[str] = ()) -> "subprocess.Popen[str]":
        """Start the program, perhaps under another."""
        return subprocess.Popen(
            [*under, sys.executable, "-m", "yzplan", *words],
            cwd=self.here,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words: str, under: Iterable[str] = ()) -> Answer:
        """Run the program to its end."""
        with self.start(*words, under=under) as running:
            return ended(running)


def ended(running: "subprocess.Popen[str]") -> Answer:
    """What a started run comes to."""
    try:
        out, err = running.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        running.kill()
        raise
    return Answer(running.returncode, out, err)


class Stage:
    """Makes scenes, each a fresh copy of the same folder, in one of two states.

    `first`: nobody has written here yet. There is no cache and no lock.
    `later`: there is a lock, the litter of a killed run, and a cache so full that an entry must go.
    """

    def __init__(self, folder: Path, state: str) -> None:
        self.state = state
        self._folder = folder
        self._made = 0
        self._lock = threading.Lock()
        self.template = Scene(folder / "template")
        self.template.data.mkdir(parents=True)
        self.template.tasks.write_text(tiny.TASKS, "utf-8")
        (self.template.data / "units.yaml").write_text(tiny.UNITS, "utf-8")
        if state == "later":
            (self.template.data / ".yzplan.lock").touch()
            (self.template.data / LITTER).write_text("plan:\n", "utf-8")
            entries = self.template.here / "cache" / "yzplan"
            entries.mkdir(parents=True)
            for k in range(cache.KEPT):
                (entries / f"{k:064}").write_text("模拟", "utf-8")

    def scene(self) -> Scene:
        """Another copy of the folder."""
        with self._lock:
            self._made += 1
            here = self._folder / f"trial-{self._made}"
        shutil.copytree(self.template.here, here)
        return Scene(here)


def two_at_a_time(work: Callable[[T], R], trials: Iterable[T]) -> list[R]:
    """What each trial comes to, in their order."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, trials))
