"""Fixtures of the tests that merge with git."""

import shutil
from pathlib import Path

import pytest
from merging_scenes import Clone, made


@pytest.fixture(scope="session")
def _merging_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("merging") / "模拟").here


@pytest.fixture
def clone(_merging_template: Path, tmp_path: Path) -> Clone:
    """A repository that is set up, with one commit of the tiny plan."""
    return Clone(Path(shutil.copytree(_merging_template, tmp_path / "模拟")))
