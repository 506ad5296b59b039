"""The files by which the repository of a plan checks itself: the shell lines of docs/ci run in a clone.

What installs yzplan is not run here but in .ci/adoption; the lines after it use this interpreter's.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml
from commandline import git
from tiny import TASKS, UNITS, edited

from yzplan.cli.app import app
from yzplan.model import Register
from yzplan.store.formatting import formatted
from yzplan.store.layout import PlanFile
from yzplan.store.reading import read
from yzplan.store.source import decode_source

ROOT = Path(__file__).parents[1]
FILES = ("github-actions.yml", "gitlab-ci.yml", "Jenkinsfile")
REPORTS = {"github-actions.yml": "yzplan.sarif", "gitlab-ci.yml": "yzplan.xml", "Jenkinsfile": "yzplan.xml"}
SHELL = {"Jenkinsfile": ["sh", "-xe", "-c"]}
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]


def text_of(name: str) -> str:
    return (ROOT / "docs" / "ci" / name).read_text("utf-8")


def shell_lines(name: str) -> list[str]:
    """What the file has the shell do, in order."""
    if name == "Jenkinsfile":
        return re.findall(r"(?m)^\s*sh '([^']*)'$", text_of(name))
    parsed: dict[Any, Any] = yaml.safe_load(text_of(name))
    if name == "gitlab-ci.yml":
        [job] = parsed.values()
        return list(job["script"])
    [job] = parsed["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


def tidy(text: str, root: type = PlanFile) -> str:
    """A data file in the one layout."""
    return formatted(read(decode_source(text.encode(), "t.yaml")), root)


def clone_of(tmp_path: Path, tasks: str) -> Path:
    """A clone of a repository in which this table, and the units that go with it, are committed."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    (origin / "data").mkdir(parents=True)
    (origin / "data" / "tasks.yaml").write_text(tasks, "utf-8")
    (origin / "data" / "units.yaml").write_text(tidy(UNITS, Register), "utf-8")
    git = ["git", "-c", "user.name=模拟", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "模拟"]):
        subprocess.run([*git, *words], cwd=origin, check=True, timeout=60)
    subprocess.run([*git, "clone", "-q", str(origin), str(clone)], check=True, timeout=60)
    return clone


class Ran(NamedTuple):
    """How far the lines of a job came: what was run, and the last line's code and output."""

    lines: int
    code: int
    said: str


def run_job(name: str, here: Path, tmp_path: Path, **variables: str) -> Ran:
    """Run the lines after the one that installs, as the site does: up to the first that fails."""
    programs = tmp_path / "bin"
    programs.mkdir(parents=True)
    program = programs / "yzplan"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m yzplan "$@"\n', "utf-8")
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "YZPLAN_TODAY": "2022-12-01",
    }
    for word in ("YZPLAN_DATA", "YZPLAN_AUDITED"):
        environment.pop(word, None)
    environment |= variables
    ran = Ran(0, 0, "")
    for line in shell_lines(name)[1:]:
        done = subprocess.run(
            [*SHELL.get(name, BASH), line],
            cwd=here,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
        )
        ran = Ran(ran.lines + 1, done.returncode, done.stdout.decode())
        if ran.code:
            break
    return ran


@pytest.mark.parametrize("name", FILES)
def test_good_data_pass(name: str, tmp_path: Path) -> None:
    clone = clone_of(tmp_path, tidy(TASKS))
    ran = run_job(name, clone, tmp_path)
    assert (ran.code, ran.lines) == (0, len(shell_lines(name)) - 1), ran.said
    assert failures(clone / REPORTS[name]) == []


def test_what_only_warns_passes(tmp_path: Path) -> None:
    warns = edited(TASKS, ("      status: in_progress\n", "      status: done\n"))
    assert run_job("gitlab-ci.yml", clone_of(tmp_path, tidy(warns)), tmp_path).code == 0


@pytest.mark.parametrize("name", FILES)
def test_bad_data_fail_and_the_site_is_told_where(name: str, tmp_path: Path) -> None:
    clone = clone_of(tmp_path, tidy(edited(TASKS, ("tasks: 3}", "tasks: 4}"))))
    ran = run_job(name, clone, tmp_path)
    assert (ran.lines, ran.code) == (2, 1), ran.said
    assert failures(clone / REPORTS[name]) == ["Y302"]
    if name == "github-actions.yml":
        assert "::error file=data/tasks.yaml,line=9,col=34" in ran.said
    else:
        assert "data/tasks.yaml:9:34: Y302 文件称有 4 项任务，表中有 3 项" in ran.said


@pytest.mark.parametrize("name", FILES)
def test_an_untidy_layout_fails(name: str, tmp_path: Path) -> None:
    clone = clone_of(tmp_path, edited(tidy(TASKS), ("  year: 2022\n", "  year:   2022\n")))
    ran = run_job(name, clone, tmp_path)
    assert (ran.lines, ran.code) == (len(shell_lines(name)) - 2, 1), ran.said


@pytest.mark.parametrize("name", FILES)
def test_a_past_that_was_altered_fails_last(name: str, tmp_path: Path) -> None:
    clone = clone_of(tmp_path, tidy(TASKS))
    table = clone / "data" / "tasks.yaml"
    table.write_text(edited(tidy(TASKS), ("percent: 40", "percent: 60")), "utf-8")
    git(clone, "commit", "-q", "-a", "-m", "模拟")
    ran = run_job(name, clone, tmp_path)
    assert (ran.lines, ran.code) == (len(shell_lines(name)) - 1, 1), ran.said
    assert "Y601" in ran.said
    reviewed = git(clone, "rev-parse", "HEAD").strip()
    assert run_job(name, clone, tmp_path / "again", YZPLAN_AUDITED=reviewed).code == 0


def failures(report: Path) -> list[str]:
    """The codes that a report for the site calls failures."""
    if report.suffix == ".sarif":
        [run] = yaml.safe_load(report.read_text("utf-8"))["runs"]
        return [result["ruleId"] for result in run["results"] if result["level"] == "error"]
    return [found.attrib["type"] for found in ET.parse(report).iter("failure")]


@pytest.mark.parametrize("name", FILES)
def test_without_a_source_the_install_line_stops_and_says_so(name: str, tmp_path: Path) -> None:
    """The line begins with what needs no source, so a failure of its own would be seen."""
    install = shell_lines(name)[0]
    assert "YZPLAN_SOURCE" in install
    assert not any("YZPLAN_SOURCE" in line for line in shell_lines(name)[1:])
    environment = {k: v for k, v in os.environ.items() if k != "YZPLAN_SOURCE"} | {"YZPLAN_SOURCE": ""}
    done = subprocess.run(
        [*SHELL.get(name, BASH), install], cwd=tmp_path, env=environment, capture_output=True, timeout=60
    )
    assert done.returncode != 0
    assert "YZPLAN_SOURCE: 没有写明从哪里装" in done.stderr.decode()


def test_no_file_names_an_address() -> None:
    for path in (*(ROOT / "docs" / "ci").iterdir(), ROOT / ".pre-commit-hooks.yaml"):
        assert "://" not in path.read_text("utf-8"), path


def test_the_jenkinsfile_is_whole() -> None:
    """All that can be said of it without Jenkins: its brackets pair, and its parts are there."""
    code = re.sub(r"(?m)^\s*//.*$|'[^'\n]*'|\"[^\"\n]*\"", "", text_of("Jenkinsfile"))
    open_brackets = []
    for character in code:
        if character in "({[":
            open_brackets.append(character)
        elif character in ")}]":
            assert open_brackets.pop() + character in ("()", "{}", "[]")
    assert open_brackets == []
    for part in ("pipeline {", "agent any", "stages {", "post {", "always {"):
        assert code.count(part) == 1, part


@pytest.mark.parametrize("tables", ["data/tasks.yaml", "data/units.yaml", "2023/data/tasks.yaml"])
def test_the_hooks_run_when_a_table_is_committed(tables: str) -> None:
    for hook in hooks():
        assert re.search(hook["files"], tables)


@pytest.mark.parametrize(
    "other", ["data/schemas/tasks.json", "tasks.yaml", "data/tasks.yaml.bak", "mydata/tasks.yaml"]
)
def test_the_hooks_do_not_run_for_other_files(other: str) -> None:
    for hook in hooks():
        assert not re.search(hook["files"], other)


def test_the_hooks_are_commands_of_the_program() -> None:
    assert [hook["id"] for hook in hooks()] == ["yzplan-check", "yzplan-fmt"]
    commands = {command.name for command in app.registered_commands}
    for hook in hooks():
        program, command = hook["entry"].split()
        assert program == "yzplan"
        assert command in commands
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return found
