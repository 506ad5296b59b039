"""Fixtures that several folders of tests share."""

import shutil
from pathlib import Path

import pytest
import yaml

from yzplan.store import reading

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _verdicts_of_this_test_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YZPLAN_CACHE", str(tmp_path / "cache"))


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], ids=["libyaml", "pure"])
def yaml_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test twice, once with each implementation of PyYAML."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(reading, "Loader", getattr(yaml, request.param))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A copy of the shipped data, to be spoilt."""
    return Path(shutil.copytree(REPOSITORY / "data", tmp_path / "data"))
