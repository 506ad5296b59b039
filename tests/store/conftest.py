"""Fixtures of the tests that write a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tables import made, names, state_of
from tiny import TASKS


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A data directory with the tiny plan."""
    return made(tmp_path / "模拟", TASKS)


@pytest.fixture
def untouched(here: Path) -> Iterator[None]:
    """The test must leave the file alone, and nothing beside it."""
    before = state_of(here / "tasks.yaml")
    yield
    assert state_of(here / "tasks.yaml") == before
    assert names(here) == ["tasks.yaml", "units.yaml"]
