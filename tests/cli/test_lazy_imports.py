"""What a command does not need it does not import: start-up time is most of its time."""

import json
import subprocess
import sys

import pytest
from commandline import CommandLine, environment, git

PROGRAM = """
import json, sys
from yzplan.cli.app import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def modules_after(cli: CommandLine, *words: str) -> set[str]:
    """The modules that a process has imported when the command is over."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=cli.here,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    code, modules = json.loads(done.stderr.decode().splitlines()[-1])
    assert code == 0
    return {*modules}


HEAVY = {"rich", "tabulate", "openpyxl", "pydantic", "pydantic_core", "filelock", "wcwidth", "docx", "lxml"}


@pytest.mark.parametrize(
    "command",
    [
        "overdue --month 2022-07 --format json",
        "overdue --month 2022-07 --format csv",
        "list --unit 市税务局 --format jsonl",
        "summary --format json",
        "assess --year 2022 --format json",
        "assess --quarter 2022Q3 --explain 道县 --format csv",
        "assess --year 2022 --attachment --format csv",
        "dispatch --month 2022-07 --format json",
        "bulletin --quarter 2022Q3 --format json",
        "notice --unit 零陵区 --month 2022-07 --format json",
        "notice --all --month 2022-07 --format json",
        "template --format json",
        "schema --format json",
    ],
)
def test_machine_formats_import_nothing_for_people(cli: CommandLine, command: str) -> None:
    modules_after(cli, *command.split())
    assert not HEAVY & modules_after(cli, *command.split())


def test_data_known_to_be_valid_are_not_validated_again(cli: CommandLine) -> None:
    cli.tasks += "# 模拟：这些字节没有人见过\n"
    modules_after(cli, "overdue", "--month", "2022-07")
    assert not {"pydantic", "pydantic_core", "yaml"} & modules_after(cli, "overdue", "--month", "2022-07")


def test_nor_are_those_of_a_revision(cli: CommandLine) -> None:
    cli.tasks += "# 模拟：这些字节也没有人见过\n"
    git(cli.here, "init", "-q")
    git(cli.here, "add", "data")
    git(cli.here, "commit", "-q", "-m", "模拟")
    cli.tasks = "plan: [\n"
    asked = ("overdue", "--month", "2022-07", "--rev", "HEAD", "--format", "json")
    assert "pydantic_core" in modules_after(cli, *asked)
    assert not {*HEAVY, "yaml"} & modules_after(cli, *asked)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_check_imports_nothing_for_a_terminal_or_for_writing(cli: CommandLine, form: str) -> None:
    modules = modules_after(cli, "check", "--format", form)
    assert not {"rich.console", "tabulate", "wcwidth", "filelock"} & modules


def test_plain_text_needs_tabulate_but_nothing_of_a_terminal_table(cli: CommandLine) -> None:
    modules = modules_after(cli, "overdue", "--month", "2022-07")
    assert "tabulate" in modules
    assert not {"rich.table", "rich.console", "openpyxl", "filelock"} & modules


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "overdue --help",
        "update --help",
        "assess --help",
        "notice --help",
        "init --help",
        "--version",
    ],
)
def test_help_reads_no_data(cli: CommandLine, command: str) -> None:
    modules = modules_after(cli, *command.split())
    assert not {"yaml", "pydantic", "tabulate", "filelock", "openpyxl", "yzplan.store"} & modules
