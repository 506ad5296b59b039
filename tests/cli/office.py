"""An office that issues papers: the tiny plan (模拟) in a repository, with nobody's settings."""

import os
from pathlib import Path

from commandline import CommandLine, git
from tiny import TASKS, UNITS, edited

REPORTED = edited(
    TASKS,
    (
        "  - id: 2\n    deadline: 2022-09\n",
        "    progress:\n    - date: 2022-08-03\n      unit: 市模拟甲局\n      status: done\n"
        "      completed_on: 2022-07-28\n      measured: {网上办理占比: 82}\n"
        "  - id: 2\n    deadline: 2022-09\n",
    ),
)
"""The plan after the first task was reported done in July."""


def founded(cli: CommandLine) -> CommandLine:
    """The shell, where a first commit holds the tiny plan."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        cli.monkeypatch.setenv(name, os.devnull)
    git(cli.here, "init", "-q", "-b", "main")
    write(cli.here, TASKS)
    return commit(cli)


def write(here: Path, tasks: str, units: str = UNITS) -> None:
    (here / "data" / "tasks.yaml").write_text(tasks, "utf-8")
    (here / "data" / "units.yaml").write_text(units, "utf-8")


def commit(cli: CommandLine) -> CommandLine:
    git(cli.here, "add", "-A", "data")
    git(cli.here, "commit", "-q", "-m", "模拟")
    return cli


def head(cli: CommandLine) -> str:
    return git(cli.here, "rev-parse", "HEAD").strip()
