"""Fixtures of the tests of the command line. All of them work on copies of the shipped data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import NEUTRAL, CommandLine
from ledger import tell_the_story


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all these tests: its entries are found by the content of the data."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def cli(data_dir: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A shell in a directory of this test's own that holds a copy of the shipped data."""
    monkeypatch.setenv("YZPLAN_CACHE", str(cache))
    for name in NEUTRAL:
        monkeypatch.delenv(name, raising=False)
    return CommandLine(here=data_dir.parent, monkeypatch=monkeypatch)


@pytest.fixture(scope="session")
def _story_data(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Path]:
    here = tmp_path_factory.mktemp("story")
    shutil.copytree(Path(__file__).parents[2] / "data", here / "data")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("YZPLAN_CACHE", str(cache))
        tell_the_story(CommandLine(here=here, monkeypatch=monkeypatch))
    return here / "data"


@pytest.fixture
def story(cli: CommandLine, _story_data: Path) -> CommandLine:
    """The same shell, where some units have reported (模拟; see `ledger`)."""
    shutil.copytree(_story_data, cli.here / "data", dirs_exist_ok=True)
    return cli
