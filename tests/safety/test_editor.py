"""Somebody saves the table in an editor while an update is at work: neither overwrites the other."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from chance import FACTOR
from scenes import NOTE, UPDATE, Scene, ended, two_at_a_time
from tracing import Rehearsal, Trial, at, strace, trials

THEIRS = "模拟：编辑器里写的"
ADDED = f"""\
    progress:
    - date: 2022-08-02
      unit: 市模拟丙局
      status: blocked
      note: {THEIRS}
"""


def in_place(table: Path, text: str) -> None:
    """Save as editors do that write over the file."""
    table.write_text(text, "utf-8")


def by_rename(table: Path, text: str) -> None:
    """Save as editors do that write another file first."""
    other = table.with_name("tasks.yaml~")
    other.write_text(text, "utf-8")
    other.rename(table)


def stopped(log: Path) -> int:
    """The number of the process that strace has stopped, as soon as it has."""
    for _ in range(6000):
        if log.exists() and (
            found := re.search(r"^(\d+) +--- stopped by SIGSTOP", log.read_text("utf-8"), re.MULTILINE)
        ):
            return int(found[1])
        time.sleep(0.005)
    raise TimeoutError


def test_what_an_editor_saves_in_the_middle_of_an_update_is_kept(rehearsals: list[Rehearsal]) -> None:
    """The update is stopped behind each of its calls in turn, and somebody saves a valid table.

    Between the last look at the table and the swap there is no call at which to stop it, and no
    protection from an editor, which knows of no lock.
    """
    calls = [each for each in trials(rehearsals) if FACTOR > 1 or (each.is_new and each.is_in_data)]
    chosen = [(trial, save) for trial in calls for save in (in_place, by_rename)]

    def saved_at(trial: Trial, save: Callable[[Path, str], None]) -> str:
        scene: Scene = trial.rehearsal.stage.scene()
        log = scene.here / "log"
        with scene.start(*UPDATE, under=strace(log, at(trial.call, "signal=STOP"))) as running:
            process = stopped(log)
            was = trial.rehearsal.state(scene)
            theirs = trial.rehearsal.old.decode() + ADDED
            save(scene.tasks, theirs)
            os.kill(process, signal.SIGCONT)
            answer = ended(running)
        assert answer.code == 0, (str(trial), answer)
        # Who saves behind the swap what he opened before it, overwrites; that is not for us to mend.
        expected = [NOTE, NOTE, THEIRS] if was == "old" else [THEIRS]
        assert scene.notes == expected, (str(trial), answer)
        assert {*theirs.splitlines()} <= {*scene.tasks.read_text("utf-8").splitlines()}
        return was

    states = two_at_a_time(lambda each: saved_at(*each), chosen)
    assert states.count("old") >= 16
    assert states.count("new") >= 6
