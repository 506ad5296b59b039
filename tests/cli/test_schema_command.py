"""`schema`, and every json answer held to the schema that it prints. Reports are 模拟."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
import typer
import yearend
from commandline import CommandLine, execute, git
from jsonschema import Draft202012Validator
from schemas import explanations, objects

from yzplan.cli.app import app
from yzplan.render.answer_schemas import ANSWERS, MEANINGS, answer_schema, schema_rows
from yzplan.store.file_schemas import FILES

TASKS_OF_A_UNIT = ("--unit 零陵区", "--unit 零陵区 --role responsible", "--unit 各县市区政府")
ASKED: dict[str, Sequence[str]] = {
    "list": ("list", *(f"list {words}" for words in TASKS_OF_A_UNIT)),
    "due": ("due", "due --until 2022-12", *(f"due --month 2022-07 {words}" for words in TASKS_OF_A_UNIT)),
    "overdue": ("overdue", "overdue --month 2022-09", *(f"overdue {words}" for words in TASKS_OF_A_UNIT)),
    "show": ("show 1", "show 2", "show 3", "show 5 --known-at 2022-07-31", "show 8", "show 51", "show 74"),
    "missing": ("missing", "missing --month 2022-07"),
    "units-list": ("units",),
    "indicators": ("indicators",),
    "summary": ("summary", "summary --month 2022-07 --known-at 2022-07-31"),
    "assess": ("assess --quarter 2022Q2", "assess --year 2022 --known-at 2022-08-01"),
    "assess-list": ("assess --year 2022 --sort -score",),
    "assess-explain": ("assess --year 2022 --explain 零陵区", "assess --quarter 2022Q3 --explain 市场监管"),
    "assess-attachment": ("assess --year 2022 --attachment",),
    "dispatch": ("dispatch --month 2022-07", "dispatch --month 2022-09", "dispatch --month 2022-05"),
    "bulletin": ("bulletin --quarter 2022Q3 --number 3", "bulletin --quarter 2022Q2"),
    "notice": ("notice --month 2022-07 --unit 市税务局", "notice --month 2022-08 --unit 零陵区"),
    "notice-list": ("notice --month 2022-07 --all",),
    "paper-diff": ("dispatch --reissue 七月.json --diff",),
    "template": ("template",),
    "supervise-list": ("supervise list",),
    "rank-list": ("rank list",),
    "summons": ("summons --low-indicators 2 --low-units 2",),
    "check": ("check", "check --strict"),
    "log": ("log",),
    "diff": ("diff HEAD",),
    "audit": ("audit",),
    "schema": ("schema",),
}
"""By schema: questions that are answered so."""


OF_HISTORY = ("log", "diff", "audit", "paper-diff")


@cache
def judge_of(name: str) -> Draft202012Validator:
    schema = answer_schema(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def assert_as_its_schema_says(name: str, cli: CommandLine, *questions: str) -> None:
    if name in OF_HISTORY:
        git(cli.here, "init", "-q")
        git(cli.here, "add", "data")
        git(cli.here, "commit", "-q", "--allow-empty", "-m", "模拟")
    if name == "paper-diff":
        assert cli("dispatch", "--month", "2022-07", "-o", "七月.json", today="2022-07-20").code == 0
    for question in questions or ASKED[name]:
        answer = cli(*question.split(), "--format", "json", today="2022-09-01")
        assert answer.code in (0, 1), (question, answer.err)
        problems = [f"{each.json_path}: {each.message}" for each in judge_of(name).iter_errors(answer.json)]
        assert (question, problems) == (question, [])


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_about_the_shipped_table(name: str, cli: CommandLine) -> None:
    assert_as_its_schema_says(name, cli)


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_where_units_have_reported(name: str, story: CommandLine) -> None:
    story.tasks = story.tasks.replace(
        "\nindicators:\n",
        "  assessment:\n    late_per_month: 7.5\n    adjustments:\n"
        "    - {date: 2022-06-30, unit: 零陵区, points: -1.5, reason: 模拟}\n\nindicators:\n",
        1,
    )
    assert_as_its_schema_says(name, story)


def test_each_answer_at_the_end_of_an_invented_year(cli: CommandLine) -> None:
    yearend.write(cli.here / "data", 500)
    for name, questions in ASKED.items():
        assert_as_its_schema_says(name, cli, questions[0])


def test_what_check_finds(cli: CommandLine) -> None:
    for spoilt in (
        cli.tasks.replace("deadline: 2022-07", "deadline: 2022-13", 1),
        cli.tasks.replace("lead_unit: 市市场监管局", "lead_unit: 市住建委", 1),
        "",
    ):
        cli.tasks = spoilt
        found = cli("check", "--format", "json").json
        assert found["diagnostics"]
        assert [*judge_of("check").iter_errors(found)] == []


def answering(command: Any, path: str = "") -> Iterator[str]:
    """The commands that take --format, each with the command that it is within: `supervise list`."""
    for name, each in getattr(command, "commands", {}).items():
        if any(param.name == "format" for param in each.params):
            yield f"{path}{name} "
        yield from answering(each, f"{path}{name} ")


def test_every_command_that_answers_in_json_has_a_schema() -> None:
    paths = [*answering(typer.main.get_command(app))]
    asked = [f"{question} " for questions in ASKED.values() for question in questions]
    assert [path for path in paths if not any(each.startswith(path) for each in asked)] == []
    assert [each for each in asked if not any(each.startswith(path) for path in paths)] == []
    assert [*ASKED] == [*ANSWERS]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_has_all_its_keys_and_no_other(name: str) -> None:
    """Only a unit's part is left out where no unit was asked about, and what an entry of the ledger lacks."""
    may_be_absent = {
        key
        for each in objects(answer_schema(name))
        if "retracted" not in each["properties"]
        for key in each["properties"].keys() - {*each["required"]}
    }
    assert may_be_absent == ({"part"} if name in ("list", "due", "overdue") else set())
    assert all(each["additionalProperties"] is False for each in objects(answer_schema(name)))


@pytest.mark.parametrize("name", ANSWERS)
def test_every_key_of_an_answer_is_explained_in_chinese(name: str) -> None:
    said = explanations(answer_schema(name))
    assert said
    assert [text for text in said if not re.search("[一-鿿]", text)] == []


def test_no_explanation_is_of_a_key_that_is_gone() -> None:
    said = {text for name in ANSWERS for text in explanations(answer_schema(name))}
    assert [text for noun in MEANINGS.values() for text in noun.values() if text not in said] == []


def test_without_a_name_it_lists_all_names(cli: CommandLine) -> None:
    rows = cli("schema", "--format", "json").json
    assert [row["name"] for row in rows] == [*FILES, *ANSWERS]
    assert cli("schema").err == f"共 {len(rows)} 个；用 yzplan schema NAME 查看\n"
    assert cli("schema", "--columns", "name").lines == ["名称", *FILES, *ANSWERS]


@pytest.mark.parametrize("name", [row.name for row in schema_rows()])
def test_with_a_name_it_prints_that_schema(name: str, cli: CommandLine) -> None:
    printed = cli("schema", name)
    assert (printed.code, printed.err) == (0, "")
    assert printed.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    [titled] = [row for row in cli("schema", "--format", "json").json if row["name"] == name]
    assert printed.json["title"] == titled["title"]
    assert cli("schema", name, "--format", "json") == printed


def test_no_data_are_needed(cli: CommandLine) -> None:
    before = cli("schema", "overdue")
    cli.tasks_file.parent.rename(cli.here / "elsewhere")
    assert cli("schema", "overdue") == before


@pytest.mark.parametrize("name", FILES)
def test_the_schema_beside_the_data_is_what_it_prints(name: str, cli: CommandLine) -> None:
    """If not: yzplan schema tasks -o data/schemas/tasks.json, and the same of units."""
    beside = cli.here / "data" / "schemas" / f"{name}.json"
    assert beside.read_bytes() == cli("schema", name).raw
    beside.unlink()
    assert cli("schema", name, "-o", f"data/schemas/{name}.json").err == f"已写入 data/schemas/{name}.json\n"
    assert beside.read_bytes() == cli("schema", name).raw


def test_it_is_utf8_whatever_the_locale(cli: CommandLine) -> None:
    printed = execute(cli.here, "schema", "tasks", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert printed.raw == cli("schema", "tasks").raw


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("overdu", "没有“overdu”这个名称\n  提示：是否为 overdue？可用：tasks、units、list、"),
        ("xyzzy", "没有“xyzzy”这个名称\n  提示：可用：tasks、units、list、"),
        ("tasks units", "多出的参数：units\n"),
        ("tasks --format csv", "JSON Schema 只有 json 一种写法，不排序，也不取列\n  提示：去掉 --format"),
        ("tasks --sort name", "JSON Schema 只有 json 一种写法，不排序，也不取列\n  提示：去掉 --format"),
        ("tasks --columns name", "JSON Schema 只有 json 一种写法，不排序，也不取列\n  提示：去掉 --format"),
        ("--sort id", "没有“id”这个键\n"),
    ],
)
def test_what_it_refuses(words: str, said: str, cli: CommandLine) -> None:
    answer = cli("schema", *words.split())
    assert (answer.code, answer.raw) == (2, b"")
    assert answer.err.startswith(said)
