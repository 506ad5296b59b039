"""What `check` found as sarif, junit and GitHub's commands, each held to the rules of its reader."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from found import END, ODD, TEXTS, UNREADABLE, YEAR, report
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from yzplan.errors import Diagnostic
from yzplan.query.checked import CheckReport
from yzplan.render.junit import junit
from yzplan.render.manual import chapter, page
from yzplan.render.problems import github
from yzplan.render.sarif import sarif
from yzplan.store.manual import manuals

SCHEMAS = Path(__file__).parents[1] / "schemas"
SARIF = Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8")))
CODES = [manual.code for manual in manuals()]

anything = st.text(max_size=40)
diagnostics = st.lists(
    st.builds(
        Diagnostic,
        path=st.just("data/units.yaml"),
        line=st.just(1),
        column=st.integers(1, 12),
        code=st.sampled_from(CODES),
        message=anything,
        hint=st.none() | anything,
    ),
    max_size=6,
)


def run_of(found: CheckReport) -> Any:
    """The run that the log tells of; the log is what the standard's schema allows."""
    log = json.loads(sarif(found, TEXTS, manuals(), "1.2.3"))
    SARIF.validate(log)
    [run] = log["runs"]
    return run


def test_a_log_without_problems() -> None:
    assert run_of(report()) == {
        "tool": {"driver": {"name": "yzplan", "version": "1.2.3", "rules": []}},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [],
    }


def test_places_in_a_log_reach_to_the_end_of_the_line() -> None:
    """Counted in characters, without the BOM and the carriage return."""
    results = run_of(report(YEAR, END, UNREADABLE))["results"]
    where = [result["locations"][0]["physicalLocation"] for result in results]
    assert [place.get("region") for place in where] == [
        {"startLine": 3, "startColumn": 9, "endColumn": 13},
        {"startLine": 4, "startColumn": 1, "endColumn": 1},
        None,
    ]
    assert where[2] == {"artifactLocation": {"uri": "data/units.yaml", "uriBaseId": "%SRCROOT%"}}


def test_results_of_a_log_point_to_the_manuals_of_their_codes() -> None:
    run = run_of(report(ODD, YEAR, END))
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [rule["id"] for rule in rules] == ["Y102", "Y103", "Y503"]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == ["Y503", "Y103", "Y102"]
    assert [result["ruleId"] for result in results] == ["Y503", "Y103", "Y102"]
    [manual] = [manual for manual in manuals() if manual.code == "Y503"]
    assert rules[2]["shortDescription"] == {"text": manual.summary}
    assert rules[2]["fullDescription"]["text"].split() == "".join(manual.text.splitlines()).split()
    assert rules[2]["help"] == {"text": page(manual), "markdown": chapter(manual)}


def test_levels_and_messages_of_a_log() -> None:
    def told(found: CheckReport) -> list[tuple[str, str]]:
        return [(result["level"], result["message"]["text"]) for result in run_of(found)["results"]]

    assert told(report(YEAR, ODD)) == [
        ("error", "应为整数，实为文字\n提示：写作 2022"),
        ("warning", "模拟：日期在今天之后"),
    ]
    assert [level for level, _ in told(report(YEAR, ODD, is_strict=True))] == ["error", "error"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("模拟 计划/a#b?c%d.yaml", {"uriBaseId": "%SRCROOT%"}),
        ("../data/tasks.yaml", {"uriBaseId": "%SRCROOT%"}),
        ("data\\tasks.yaml", {"uriBaseId": "%SRCROOT%"}),
        ("/srv/模拟/tasks.yaml", {}),
    ],
)
def test_a_path_in_a_log_is_a_uri(path: str, location: dict[str, str]) -> None:
    [result] = run_of(report(UNREADABLE._replace(path=path)))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    uri = artifact.pop("uri")
    assert artifact == location
    assert uri.isascii()
    assert not {*uri} & {*" #?\\"}
    assert unquote(uri).removeprefix("file://") == path.replace("\\", "/")


@given(diagnostics)
def test_every_log_is_what_the_schema_allows(found: list[Diagnostic]) -> None:
    results = run_of(report(*found))["results"]
    assert [result["ruleId"] for result in results] == [each.code for each in found]


# JUnit: what Jenkins' junit-10.xsd allows, of the elements that are used here

ATTRIBUTES = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"time"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"skipped", "file", "time", "timestamp"}),
    "testcase": ({"name"}, {"classname", "time", "group"}),
    "failure": (set(), {"type", "message"}),
    "skipped": (set(), {"type", "message"}),
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "skipped"},
    "failure": set[str](),
    "skipped": set[str](),
}


def suites_of(found: CheckReport) -> dict[str, ET.Element]:
    """The suites of a report, by name; it is what the readers' schema allows, and its sums are right."""
    root = ET.fromstring(junit(found, TEXTS, manuals()))
    assert root.tag == "testsuites"
    for element in root.iter():
        required, optional = ATTRIBUTES[element.tag]
        assert required <= {*element.attrib} <= required | optional
        assert {child.tag for child in element} <= CHILDREN[element.tag]
    cases = [*root.iter("testcase")]
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    for group in (root, *root):
        inside = [*group.iter("testcase")]
        assert group.get("tests") == str(len(inside)) != "0"
        assert group.get("failures") == str(len([*group.iter("failure")]))
        assert group.get("errors") == "0"
        assert group.get("skipped") in (None, str(len([*group.iter("skipped")])))
    return {suite.attrib["name"]: suite for suite in root}


def cases(suite: ET.Element) -> list[tuple[str, str | None]]:
    """The code (or name) of each case, and what became of it: None where it passed."""
    return [(case.attrib["name"].split(" ")[0], next((child.tag for child in case), None)) for case in suite]


def test_a_file_without_problems_is_a_case_that_passes() -> None:
    suites = suites_of(report())
    assert [*suites] == ["data/tasks.yaml", "data/units.yaml"]
    assert all(cases(suite) == [("没有问题", None)] for suite in suites.values())


def test_a_code_that_counts_fails_once_in_a_file() -> None:
    again = YEAR._replace(line=2, message="应为文字，实为空值", hint=None)
    suite = suites_of(report(again, YEAR, END))["data/tasks.yaml"]
    assert cases(suite) == [("Y102", "failure"), ("Y103", "failure")]
    failure = suite.findall("testcase/failure")[1]
    assert failure.attrib == {"type": "Y103", "message": "应为文字，实为空值（共 2 处）"}
    assert failure.text == f"{again}\n{YEAR}"


def test_a_warning_is_skipped_and_its_file_passes_unless_it_counts() -> None:
    assert cases(suites_of(report(ODD))["data/units.yaml"]) == [("没有问题", None), ("Y503", "skipped")]
    strict = suites_of(report(ODD, is_strict=True))["data/units.yaml"]
    assert cases(strict) == [("Y503", "failure")]


def test_a_file_that_could_not_be_read_fails() -> None:
    root = ET.fromstring(junit(report(UNREADABLE), ["data/tasks.yaml"], manuals()))
    assert [cases(suite) for suite in root] == [[("没有问题", None)], [("Y001", "failure")]]


@given(diagnostics)
def test_every_report_can_be_read(found: list[Diagnostic]) -> None:
    suite = suites_of(report(*found))["data/units.yaml"]
    counting = {each.code for each in found if not each.is_warning}
    assert {code for code, became in cases(suite) if became == "failure"} == counting


def test_what_xml_cannot_write_is_replaced() -> None:
    suite = suites_of(report(YEAR._replace(message="甲\x00\x1b\ufffe\ud800\t<&>“乙”")))["data/tasks.yaml"]
    assert suite[0][0].get("message") == "甲\ufffd\ufffd\ufffd\ufffd\t<&>“乙”"


# GitHub


def test_commands_name_the_place_where_there_is_one() -> None:
    assert github(report(YEAR, UNREADABLE, ODD)).decode() == (
        "::error file=data/tasks.yaml,line=3,col=9,title=Y103::应为整数，实为文字%0A提示：写作 2022\n"
        "::error file=data/units.yaml,title=Y001::读不了文件：没有权限%0A提示：核对路径与权限\n"
        "::warning file=data/units.yaml,line=1,col=8,title=Y503::模拟：日期在今天之后\n"
    )
    assert github(report(ODD, is_strict=True)).startswith(b"::error ")
    assert github(report()) == b""


def test_what_would_end_a_part_of_a_command_is_escaped() -> None:
    found = Diagnostic("a:b,c%d/t.yaml", 1, 1, "Y103", "100%：a,b:c::error::\r\n完")
    assert github(report(found)).decode() == (
        "::error file=a%3Ab%2Cc%25d/t.yaml,line=1,col=1,title=Y103::100%25：a,b:c::error::%0D%0A完\n"
    )


@given(diagnostics)
def test_a_problem_is_one_line(found: list[Diagnostic]) -> None:
    assert github(report(*found)).count(b"\n") == len(found)
