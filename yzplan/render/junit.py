"""What `check` or `audit` found, as a JUnit report, which Jenkins and GitLab show beside those of tests."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from yzplan.query.checked import Problem
from yzplan.render.problems import Report
from yzplan.store.manual import Manual

_PASSED = "没有问题"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report, files: Iterable[str], manuals: Sequence[Manual], command: str = "check") -> bytes:
    """A suite a file, in it a case a code: failed where it counts, skipped where it only warns.

    A file in which nothing counts has a case that passes. `files`: those that could be read.
    """
    summaries = {manual.code: manual.summary for manual in manuals}
    paths = sorted({*files, *(problem.path for problem in report.diagnostics)})
    suites = [_suite(path, report, summaries) for path in paths]
    root = ET.Element("testsuites", name=f"yzplan {command}")
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.attrib[name]) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _suite(path: str, report: Report, summaries: Mapping[str, str]) -> ET.Element:
    problems = sorted(
        (problem for problem in report.diagnostics if problem.path == path), key=lambda each: each.code
    )
    cases = [
        _case(path, f"{code} {summaries[code]}", [*found])
        for code, found in groupby(problems, key=lambda each: each.code)
    ]
    if all(problem.severity == "warning" for problem in problems):
        cases.insert(0, _case(path, _PASSED, []))
    suite = ET.Element(
        "testsuite",
        name=_legal(path),
        tests=str(len(cases)),
        failures=_count(cases, "failure"),
        errors="0",
        skipped=_count(cases, "skipped"),
        file=_legal(path),
    )
    suite.extend(cases)
    return suite


def _count(cases: Sequence[ET.Element], tag: str) -> str:
    return str(sum(case.find(tag) is not None for case in cases))


def _case(path: str, name: str, problems: Sequence[Problem]) -> ET.Element:
    """One case, about problems of one code: all fail or all are skipped."""
    case = ET.Element("testcase", classname=_legal(path), name=_legal(name))
    if problems:
        first = problems[0]
        more = f"（共 {len(problems)} 处）" if problems[1:] else ""
        tag = "failure" if first.severity == "error" else "skipped"
        told = ET.SubElement(case, tag, type=first.code, message=_legal(first.message + more))
        told.text = _legal("\n".join(map(str, problems)))
    return case


def _legal(text: str) -> str:
    """The text without characters that XML has no way to write."""
    return _NOT_XML.sub("\ufffd", text)
