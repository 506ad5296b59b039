"""What `check` or `audit` found, as SARIF 2.1.0 (OASIS), in which analysis tools tell hosting sites."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from yzplan.query.checked import Problem
from yzplan.render.machine import json_bytes
from yzplan.render.manual import chapter, page
from yzplan.render.problems import Report
from yzplan.render.wrapping import paragraphs
from yzplan.store.manual import Manual

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(report: Report, texts: Mapping[str, str], manuals: Sequence[Manual], version: str) -> bytes:
    """A log of one run: what was found, and the manuals of the codes found.

    `texts`: those of the files, without BOM, by path; places reach to the end of their line, where it is
    among them.
    """
    codes = {problem.code for problem in report.diagnostics}
    rules = [_rule(manual) for manual in manuals if manual.code in codes]
    index = {rule["id"]: k for k, rule in enumerate(rules)}
    lines = {path: text.split("\n") for path, text in texts.items()}
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": index[problem.code],
            "level": problem.severity,
            "message": {"text": problem.advice},
            "locations": [{"physicalLocation": _location(problem, lines)}],
        }
        for problem in report.diagnostics
    ]
    run = {
        "tool": {"driver": {"name": "yzplan", "version": version, "rules": rules}},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json_bytes({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(manual: Manual) -> dict[str, Any]:
    return {
        "id": manual.code,
        "shortDescription": {"text": manual.summary},
        "fullDescription": {"text": "\n".join(paragraphs(manual.text))},
        "help": {"text": page(manual), "markdown": chapter(manual)},
    }


def _location(problem: Problem, lines: Mapping[str, list[str]]) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(problem.path)}
    if problem.line and problem.column:
        location["region"] = {"startLine": problem.line, "startColumn": problem.column}
        if problem.path in lines:
            line = lines[problem.path][problem.line - 1].removesuffix("\r")
            location["region"]["endColumn"] = max(len(line) + 1, problem.column)
    return location


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: below the root of the sources, or anywhere on this machine."""
    uri = quote(path.replace("\\", "/"))
    return {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
