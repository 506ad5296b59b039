"""What the READMEs tell people to type works, from a fresh copy of the data."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import git

ROOT = Path(__file__).parents[1]
CHINESE = (ROOT / "README.md").read_text("utf-8")
ENGLISH = (ROOT / "README.en.md").read_text("utf-8")
# What says no by its exit code, as its comment in the README tells.
EXPECTED_CODES = {"yzplan overdue --month 2022-07 --fail": 1}


def quick_start(readme: str, heading: str) -> list[str]:
    section = readme.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```bash\n(.*?)```", section, re.DOTALL)
    assert len(blocks) == 1
    return blocks[0].splitlines()


def commands(readme: str) -> list[str]:
    return [
        line.removeprefix("$ ").split("  #")[0].rstrip()
        for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL)
        for line in block.splitlines()
    ]


def test_quick_start_is_two_lines_the_same_in_both_languages() -> None:
    lines = quick_start(CHINESE, "快速开始")
    assert len(lines) == 2
    assert lines == quick_start(ENGLISH, "Quick start")
    assert lines[0].endswith("/yzplan overdue --month 2022-07")
    assert lines[1].endswith("-m pytest")


@pytest.mark.parametrize("readme", [CHINESE, ENGLISH], ids=["README.md", "README.en.md"])
def test_commands_work_in_the_order_shown(readme: str, data_dir: Path) -> None:
    here = data_dir.parent
    git(here, "init", "-q")
    git(here, "config", "user.name", "模拟人")
    git(here, "config", "user.email", "a@example.org")
    environment = os.environ | {"YZPLAN_TODAY": "2022-08-01", "PYTHONPATH": str(ROOT)}
    shown = commands(readme)
    assert len(shown) >= 10
    for command in shown:
        program, *arguments = shlex.split(command)
        assert program == "yzplan"
        if "--commit" in arguments:
            # What the lines before have written is committed by then, as it would be.
            git(here, "add", "data")
            git(here, "commit", "-q", "-m", "模拟")
        done = subprocess.run(
            [sys.executable, "-m", "yzplan", *arguments],
            cwd=here,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )
        assert (command, done.returncode, done.stderr if done.returncode > 1 else "") == (
            command,
            EXPECTED_CODES.get(command, 0),
            "",
        )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("overdue --month 2022-07", "逾期未完成 53 项（新增 48，结转 5），截至 2022-07-31\n"),
        ("overdue --month 2022-07 --new", "逾期未完成 48 项（新增 48，结转 0），截至 2022-07-31\n"),
        ("missing --month 2022-07", "2022年7月漏报 13 个单位，53 项次，截至 2022-07-31\n"),
    ],
)
def test_figures_of_the_readme_hold(command: str, said: str, data_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yzplan", *command.split()],
        cwd=data_dir.parent,
        env=os.environ | {"YZPLAN_TODAY": "2022-09-01", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == said
