"""The invented history on which reading the past is measured, and the simulation of fifty people."""

from pathlib import Path

import history
import merging
import pytest

from yzplan.store.loading import load_plan


@pytest.fixture(autouse=True)
def _neutral(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in merging.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("YZPLAN_CACHE", str(tmp_path / "cache"))


def test_a_history_holds_what_was_asked_for_and_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for repository in (one, other):
        history.make(repository, commits=200, records=500)

    commits, merges = (int(history.git(one, "rev-list", "--count", *of, "HEAD")) for of in ([], ["--merges"]))
    assert 150 < commits < 250
    assert commits / 20 < merges < commits / 5
    assert sum(len(task.progress) for task in load_plan(one / "data").tasks) == 500
    assert history.git(one, "rev-parse", "HEAD") == history.git(other, "rev-parse", "HEAD")


def test_a_history_ends_with_a_table_as_the_program_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YZPLAN_TODAY", "2023-01-01")
    history.make(tmp_path / "made", commits=50, records=500)

    assert merging.yzplan(tmp_path / "made", "check") == 0
    assert merging.yzplan(tmp_path / "made", "fmt", "--check") == 0


def test_no_commit_of_a_history_takes_a_line_away(tmp_path: Path) -> None:
    history.make(tmp_path / "made", commits=50, records=500)

    # Without it git may show lines as gone and come again that have only got neighbours.
    minimal = ("--minimal", "--numstat", "--format=")
    counts = history.git(tmp_path / "made", "log", "-m", *minimal, "--", "data/tasks.yaml")

    assert {line.split("\t")[1] for line in counts.splitlines()} == {"0"}


def test_the_simulation_finds_what_a_careless_merge_loses(tmp_path: Path) -> None:
    merging.make_base(tmp_path / "origin")

    (outcome,) = merging.simulate(1, tmp_path / "origin", branches=6, sides=["--theirs"])

    assert outcome.conflicts > 0
    assert 0 < outcome.lost <= outcome.records
    assert (outcome.doubled, outcome.garbled, outcome.refused, outcome.found_out) == (0, 0, 0, 1)
