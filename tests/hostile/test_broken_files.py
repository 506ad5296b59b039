"""A corpus of broken data directories: each gets its verdict, and none passes the limits of `limits.py`."""

import re
from pathlib import Path

import pytest
from broken import FAMILIES, MINIMUM
from cases import Case
from chance import FACTOR
from commandline import CommandLine
from limits import assert_harmless, contents, run

CASES = {f"{family}: {name}": case for family, cases in FAMILIES.items() for name, case in cases.items()}
TODAY = "2022-10-01"
_DIAGNOSTIC = re.compile(r"^(?:.*/)?(\w+\.yaml):(?:(\d+):\d+:)? (Y\d{3}) ", re.MULTILINE)

# Starting a program takes longer than reading a small file: of those, every eighth is read by one, and
# all of them where the tests are to look harder.
AS_PROGRAMS = {
    name for k, name in enumerate(CASES) if FACTOR > 1 or name.startswith(("size:", "files:")) or k % 8 == 0
}


def _made(case: Case, here: Path) -> Path:
    (here / "data").mkdir()
    case.make(here / "data")
    return here


def _assert_told(case: Case, code: int, out: str, err: str) -> None:
    told = [(file, int(line or 0), code) for file, line, code in _DIAGNOSTIC.findall(out + err)]
    assert code == case.code, told
    for file, line, wanted in case.told:
        assert any((file, wanted) == (f, c) and abs(line - at) <= 1 for f, at, c in told), (case.told, told)
    if not case.told:
        assert [each for _, _, each in told if each < "Y5"] == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in AS_PROGRAMS])
def test_a_broken_file_gets_its_verdict(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    here = tmp_path / "here"
    here.mkdir()
    _made(case, here)
    before = contents(here)
    found = CommandLine(here=here, monkeypatch=monkeypatch)("check", *case.words, today=TODAY)
    _assert_told(case, found.code, found.out, found.err)
    assert_harmless(found.out, found.err)
    assert contents(here) == before


@pytest.mark.parametrize("name", [name for name in CASES if name in AS_PROGRAMS])
def test_a_program_gives_the_verdict_within_the_limits(name: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    found = run(_made(CASES[name], here), "check", *CASES[name].words, env={"YZPLAN_TODAY": TODAY})
    _assert_told(CASES[name], found.code, found.out, found.err)


def test_the_corpus_has_its_size() -> None:
    counts = {family: len(cases) for family, cases in FAMILIES.items()}
    assert all(counts[family] >= least for family, least in MINIMUM.items()), counts
    assert sum(counts.values()) >= 200
