"""Fixtures of the tests of what happens to the data when something goes wrong."""

from pathlib import Path

import pytest
from scenes import Scene, Stage
from tracing import Rehearsal, need_strace


@pytest.fixture
def rehearsals(tmp_path: Path) -> list[Rehearsal]:
    """An update that nothing disturbs, in each of the states that a folder may be in."""
    need_strace()
    return [Rehearsal(Stage(tmp_path / state, state)) for state in ("first", "later")]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A folder with a plan where nobody has written yet."""
    return Stage(tmp_path / "stage", "first").scene()
