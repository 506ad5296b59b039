"""`check` in each of its formats: the whole answer, and where it goes. Mistakes and reports are 模拟."""

import json
import os
from xml.etree import ElementTree as ET

import pytest
from commandline import CommandLine, execute
from goldens import assert_golden, transcript

MISTAKES = (
    ("  - id: 7\n    deadline: 2022-11\n", "  - id: 7\n    deadline: 11\n"),
    ("  lead_unit: 市税务局\n", "  lead_unit: 市税务总局\n"),
    ("    deadline: 2022-09\n    text: 将市政公用", "    deadline: 2022-09\n    text: 将\u200b市政公用"),
)
FORMATS = {"text": ".txt", "json": ".json", "sarif": ".sarif", "junit": ".xml"}
"""Formats, and the ends of the names of their files; github's are for the log alone."""


@pytest.fixture
def spoilt(cli: CommandLine) -> CommandLine:
    """The shell, where three mistakes have been made in tasks.yaml."""
    for old, new in MISTAKES:
        assert cli.tasks.count(old) == 1
        cli.tasks = cli.tasks.replace(old, new)
    return cli


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_on_a_terminal_the_line_is_shown(columns: int, spoilt: CommandLine) -> None:
    spoilt.monkeypatch.setenv("NO_COLOR", "1")
    answer = spoilt("check", columns=columns, on_terminal=True)
    assert answer.code == 1
    assert_golden(f"terminal/check-{columns}.txt", transcript("check", answer=answer))


def test_on_a_terminal_in_colour(story: CommandLine) -> None:
    """Two records are dated in the future: warnings, or errors."""
    story.monkeypatch.setenv("TERM", "xterm-256color")
    warned = story("check", on_terminal=True)
    strict = story("check", "--strict", on_terminal=True)
    assert (warned.code, strict.code) == (0, 1)
    shown = transcript("check", answer=warned) + "\n" + transcript("check", "--strict", answer=strict)
    assert_golden("terminal/check-in-colour.txt", shown)


def test_a_terminal_that_is_dumb_gets_no_colour(spoilt: CommandLine) -> None:
    spoilt.monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in spoilt("check", on_terminal=True).out


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_the_answer_in_a_format(form: str, spoilt: CommandLine) -> None:
    answer = spoilt("check", "--format", form)
    assert (answer.code, answer.err) == (1, "共 3 处问题\n")
    assert answer == spoilt("check", "--format", form, on_terminal=form != "text")
    assert_golden(f"formats/check{FORMATS.get(form, '.github')}", answer.raw)


def test_text_is_the_default(spoilt: CommandLine) -> None:
    assert spoilt("check", "--format", "text") == spoilt("check")
    assert spoilt("check", "--format", "text", on_terminal=True) == spoilt("check", on_terminal=True)


def test_without_problems_every_format_is_whole(cli: CommandLine) -> None:
    said = "没有问题：18 项指标，121 项任务，59 个单位，0 条进展\n"
    answers = {form: cli("check", "--format", form) for form in (*FORMATS, "github")}
    assert {(answer.code, answer.err) for answer in answers.values()} == {(0, said)}
    assert answers["text"].raw == answers["github"].raw == b""
    assert answers["json"].json == {
        "problems": 0,
        "warnings": 0,
        "commit": None,
        "counts": {
            "indicators": 18,
            "tasks": 121,
            "units": 59,
            "records": 0,
            "extensions": 0,
            "corrections": 0,
            "measures": 0,
            "rankings": 0,
        },
        "diagnostics": [],
    }
    assert answers["sarif"].json["runs"][0]["results"] == []
    passed = ET.fromstring(answers["junit"].raw)
    assert (passed.get("tests"), passed.get("failures")) == ("2", "0")


def test_where_warnings_count_they_are_errors_in_every_format(story: CommandLine) -> None:
    """Asked on 1 August, two records of the story are dated in the future."""
    for words, count, level, tag in (([], 0, "warning", "skipped"), (["--strict"], 2, "error", "failure")):
        found = story("check", "--format", "json", *words).json
        assert (found["problems"], found["warnings"]) == (count, 2 - count)
        assert [each["severity"] for each in found["diagnostics"]] == [level, level]
        results = story("check", "--format", "sarif", *words).json["runs"][0]["results"]
        assert [each["level"] for each in results] == [level, level]
        commands = story("check", "--format", "github", *words).lines
        assert [each.split(" ")[0] for each in commands] == [f"::{level}", f"::{level}"]
        report = ET.fromstring(story("check", "--format", "junit", *words).raw)
        assert [each.text.count("Y503") for each in report.iter(tag) if each.text] == [2]


def test_a_file_that_is_missing_is_told_in_every_format(cli: CommandLine) -> None:
    (cli.here / "data" / "units.yaml").unlink()
    answers = {form: cli("check", "--format", form) for form in (*FORMATS, "github")}
    assert {answer.code for answer in answers.values()} == {3}
    [problem] = answers["json"].json["diagnostics"]
    assert (problem["path"], problem["line"], problem["column"]) == ("data/units.yaml", None, None)
    [result] = answers["sarif"].json["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert answers["github"].out.startswith("::error file=data/units.yaml,title=Y001::读不了文件：文件不存在")


@pytest.mark.parametrize("form", FORMATS)
def test_into_a_file(form: str, spoilt: CommandLine) -> None:
    name = f"检查{FORMATS[form]}"
    answer = spoilt("check", "-o", name, on_terminal=True)
    assert (answer.code, answer.raw, answer.err) == (1, b"", f"已写入 {name}\n共 3 处问题\n")
    assert (spoilt.here / name).read_bytes() == spoilt("check", "--format", form).raw


def test_formats_of_lists_are_none_of_check(spoilt: CommandLine) -> None:
    for words, said in (
        (
            ["--format", "sarfi"],
            "没有“sarfi”这个格式\n  提示：是否为 sarif？可用：text、json、sarif、github、junit\n",
        ),
        (["--format", "csv"], "没有“csv”这个格式\n  提示：可用：text、json、sarif、github、junit\n"),
        (
            ["-o", "检查.csv"],
            "不知道“检查.csv”该写成什么格式\n  提示：扩展名用 .txt、.json、.sarif、.xml，或加 --format\n",
        ),
    ):
        answer = spoilt("check", *words)
        assert (answer.code, answer.raw, answer.err) == (2, b"", said)


@pytest.mark.parametrize("form", ["json", "sarif", "github", "junit"])
def test_machine_formats_are_utf_8_whatever_the_locale(form: str, spoilt: CommandLine) -> None:
    answer = execute(spoilt.here, "check", "--format", form, env={"PYTHONIOENCODING": "gbk", "LC_ALL": "C"})
    assert (answer.code, answer.raw) == (1, spoilt("check", "--format", form).raw)


def test_a_bom_and_crlf_do_not_move_a_place(spoilt: CommandLine) -> None:
    before = spoilt("check", "--format", "sarif")
    screen = spoilt("check", on_terminal=True)
    text = spoilt.tasks
    spoilt.tasks_file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert spoilt("check", "--format", "sarif") == before
    assert spoilt("check", on_terminal=True) == screen


def test_a_folder_whose_name_is_no_text_is_told_harmlessly(spoilt: CommandLine) -> None:
    """A name may hold any bytes: some that are no UTF-8, a line feed, and what a terminal obeys."""
    name = os.fsdecode(b"\xff\x1b[31m\n")
    (spoilt.here / "data").rename(spoilt.here / name)
    shown = "\ufffd\ufffd[31m↵/tasks.yaml"
    answers = {form: spoilt("check", "--data", name, "--format", form) for form in (*FORMATS, "github")}
    assert {answer.code for answer in answers.values()} == {1}
    assert not any(b"\x1b" in answer.raw for answer in answers.values())
    assert {each["path"] for each in json.loads(answers["json"].raw)["diagnostics"]} == {shown}
    assert answers["text"].out.startswith(f"{shown}:74:15: Y103 ")
    assert answers["github"].out.startswith(f"::error file={shown},line=74,")
    assert {suite.get("name") for suite in ET.fromstring(answers["junit"].raw)} == {
        shown,
        shown.replace("tasks", "units"),
    }
