"""`check --explain`: the manual of the diagnostic codes, and docs/diagnostics.md, which is all of it."""

import re
from pathlib import Path

import pytest
from commandline import CommandLine
from goldens import assert_golden, transcript

from yzplan.render.manual import page
from yzplan.store.manual import Manual, manuals

ROOT = Path(__file__).parents[2]
CODES = [manual.code for manual in manuals()]


@pytest.fixture
def nowhere(cli: CommandLine, tmp_path: Path) -> CommandLine:
    """A shell where there is no data, and none above."""
    (tmp_path / "空").mkdir()
    cli.here = tmp_path / "空"
    cli.monkeypatch.setenv("YZPLAN_DATA", str(tmp_path / "没有"))
    return cli


def test_docs_hold_the_whole_manual(nowhere: CommandLine) -> None:
    answer = nowhere("check", "--explain", "all")
    assert (answer.code, answer.err) == (0, "")
    assert re.findall("^### (.*)$", answer.out, re.MULTILINE) == CODES
    assert_golden(ROOT / "docs" / "diagnostics.md", answer.raw)


def test_pages_in_a_pipe(nowhere: CommandLine) -> None:
    """One of each kind, and what is only a command."""
    words = [
        ["check", "--explain", code] for code in ("Y001", "Y005", "Y101", "Y203", "Y305", "Y401", "Y506")
    ]
    transcripts = [transcript(*each, answer=nowhere(*each, columns=20)) for each in words]
    assert_golden("plain/explain.txt", "\n".join(transcripts))


def test_a_page_on_a_terminal_is_folded_to_its_width(nowhere: CommandLine) -> None:
    words = ["check", "--explain", "Y305"]
    assert_golden(
        "terminal/explain-60.txt", transcript(*words, answer=nowhere(*words, columns=60, on_terminal=True))
    )


@pytest.mark.parametrize("typed", ["y203", "Ｙ２０３", " Y203 "])
def test_a_code_may_be_typed_as_people_type(typed: str, nowhere: CommandLine) -> None:
    assert nowhere("check", "--explain", typed) == nowhere("check", "--explain", "Y203")


@pytest.mark.parametrize("manual", manuals(), ids=CODES)
def test_every_page_can_be_asked_for(manual: Manual, nowhere: CommandLine) -> None:
    answer = nowhere("check", "--explain", manual.code)
    assert (answer.code, answer.out, answer.err) == (0, page(manual), "")


def test_data_may_be_named_all_the_same(nowhere: CommandLine) -> None:
    """An alias may carry --data."""
    assert nowhere("check", "--explain", "Y203", "--data", "没有").code == 0


def test_refusals(nowhere: CommandLine) -> None:
    transcripts = []
    for words in (["Y299"], ["Y1000"], ["zz"], [""], ["all", "--strict"], []):
        typed = ["check", "--explain", *words]
        answer = nowhere(*typed)
        assert (answer.code, answer.raw) == (2, b"")
        transcripts.append(transcript(*typed, answer=answer))
    assert_golden("refusals/explain.txt", "\n".join(transcripts))


@pytest.mark.parametrize("name", ["README.md", "README.en.md", "CONTRIBUTING.md"])
def test_readers_are_told_where_the_manual_is(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "docs/diagnostics.md" in text
    assert "check --explain" in text
