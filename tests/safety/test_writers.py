"""Many write at once, some are killed, others read: what was acknowledged is in the ledger, once."""

import datetime as dt
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from chance import FACTOR
from scenes import TODAY, Answer, Scene, ended

from yzplan.model import ProgressRecord, Status
from yzplan.store.loading import load_plan

WRITERS = 8
UNITS = {1: "市模拟甲局", 2: "市模拟乙局", 3: "市模拟丙局"}
"""Who reports on each task."""
KILLED = 0.2
"""Which part of the updates is killed, in the trial in which some are."""


@dataclass
class Trial:
    """What became of the updates. Each has a note of its own, by which it is found again."""

    scene: Scene
    tasks: tuple[int, ...]
    updates: int
    killed_part: float
    acknowledged: dict[str, int] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=dict)
    refused: list[Answer] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    reads: int = 0

    def write(self, writer: int) -> None:
        """What one writer does: one update after the other, each a run of the program."""
        chance = random.Random(writer)
        lasted = 1.0
        for k in range(self.updates):
            task = self.tasks[(writer + k) % len(self.tasks)]
            note = f"模拟：第 {writer} 人第 {k} 次 #{'甲乙丙丁' * 20}#"
            words = ("--status", "in_progress", "--note", note, "--unit", UNITS[task])
            began = time.monotonic()
            with self.scene.start("update", str(task), *words) as running:
                if is_to_die := chance.random() < self.killed_part:
                    with suppress(subprocess.TimeoutExpired):
                        # At any moment, but rather later, when it writes.
                        running.wait(chance.uniform(0.4, 1.1) * lasted)
                    running.kill()
                answer = ended(running)
            if answer.code == 0:
                self.acknowledged[note] = task
                lasted = time.monotonic() - began
            elif is_to_die and answer.code == -signal.SIGKILL:
                self.killed[note] = task
            else:
                self.refused.append(answer)

    def read(self) -> None:
        """What one reader does once: nothing is torn, and all that was acknowledged before is there."""
        before = dict(self.acknowledged)
        plan = load_plan(self.scene.data)
        found = [record.note for task in plan.tasks for record in task.progress if record.note]
        assert before.keys() <= {*found}
        assert len(found) == len({*found})
        self.reads += 1

    def check(self) -> None:
        """What another reader does once, as a run of the program."""
        answer = self.scene.run("check")
        assert answer.code == 0, answer
        self.reads += 1

    def run(self) -> None:
        """Let all writers write, and readers read until they are done."""
        writers = [threading.Thread(target=self.write, args=(k,)) for k in range(WRITERS)]

        def again_and_again(once: Callable[[], None], pause: float) -> None:
            try:
                while any(each.is_alive() for each in writers):
                    once()
                    time.sleep(pause)
            except BaseException as error:
                self.faults.append(error)

        readers = [
            threading.Thread(target=again_and_again, args=(self.read, 0.01)),
            threading.Thread(target=again_and_again, args=(self.check, 0.5)),
        ]
        for each in (*writers, *readers):
            each.start()
        for each in (*writers, *readers):
            each.join()


def reported(task: int, note: str) -> ProgressRecord:
    """The record that an update makes."""
    date = dt.date.fromisoformat(TODAY)
    return ProgressRecord(date=date, unit=UNITS[task], status=Status.IN_PROGRESS, note=note)


@pytest.mark.parametrize(
    ("tasks", "updates", "killed_part"),
    [
        pytest.param((1,), 20, 0, id="all on one task"),
        pytest.param((1, 2, 3), 20 if FACTOR > 1 else 8, KILLED, id="on all tasks, some killed"),
        *([((1, 2, 3), 20, 0), ((1,), 20, KILLED)] if FACTOR > 1 else []),
    ],
)
def test_what_is_acknowledged_is_in_the_ledger_once(
    scene: Scene, tasks: tuple[int, ...], updates: int, killed_part: float
) -> None:
    before = [record for task in load_plan(scene.data).tasks for record in task.progress]
    trial = Trial(scene, tasks, updates, killed_part)
    trial.run()
    assert trial.faults == []
    assert trial.refused == []
    assert len(trial.acknowledged) + len(trial.killed) == WRITERS * updates
    assert len(trial.killed) >= WRITERS * updates * killed_part / 4
    assert trial.reads >= 20

    attempted = trial.acknowledged | trial.killed
    found = []
    for task in load_plan(scene.data).tasks:
        for record in task.progress:
            if record in before:
                before.remove(record)
                continue
            # Whole, and where it belongs: the record of one of the updates.
            assert record.note in attempted
            assert attempted[record.note] == task.id
            assert record == reported(task.id, record.note)
            found.append(record.note)
    assert before == []
    assert len(found) == len({*found})
    assert trial.acknowledged.keys() <= {*found}

    # Nothing is in the way of the next, and it sweeps what the killed left behind.
    assert scene.run("check").code == 0
    assert scene.run("update", "3", "--status", "blocked", "--note", "模拟：最后").code == 0
    assert scene.names == {".yzplan.lock", "tasks.yaml", "units.yaml"}
