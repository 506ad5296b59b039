"""A corpus of broken data directories: each gets its verdict, and none passes the limits of `limits.py`."""

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from broken import FAMILIES, MINIMUM
from cases import Case
from limits import Run, run

CASES = {f"{family}: {name}": case for family, cases in FAMILIES.items() for name, case in cases.items()}
TODAY = "2022-10-01"
_DIAGNOSTIC = re.compile(r"^(?:.*/)?(\w+\.yaml):(?:(\d+):\d+:)? (Y\d{3}) ", re.MULTILINE)


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[Run]]]:
    """Every case that is asked for, on its way: a few are run at a time, since each is a program."""
    chosen = [
        item.callspec.params["name"]
        for item in request.session.items
        if item.path == request.path and hasattr(item, "callspec")
    ]
    here = tmp_path_factory.mktemp("broken")
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        yield {name: pool.submit(_run, CASES[name], here / str(k)) for k, name in enumerate(chosen)}
        pool.shutdown(cancel_futures=True)


def _run(case: Case, here: Path) -> Run:
    (here / "data").mkdir(parents=True)
    case.make(here / "data")
    return run(here, "check", *case.words, env={"YZPLAN_TODAY": TODAY})


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_gets_its_verdict(name: str, runs: Mapping[str, Future[Run]]) -> None:
    case, found = CASES[name], runs[name].result()
    assert found.code == case.code, found
    told = [(file, int(line or 0), code) for file, line, code in _DIAGNOSTIC.findall(found.out + found.err)]
    for file, line, code in case.told:
        assert any((file, code) == (f, c) and abs(line - at) <= 1 for f, at, c in told), (case.told, told)
    if not case.told:
        assert [code for _, _, code in told if code < "Y5"] == []


def test_the_corpus_has_its_size() -> None:
    counts = {family: len(cases) for family, cases in FAMILIES.items()}
    assert all(counts[family] >= least for family, least in MINIMUM.items()), counts
    assert sum(counts.values()) >= 200
