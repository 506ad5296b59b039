"""Data that cannot be used: every problem with its place, at once, and nothing but sentences."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from commandline import Answer, CommandLine


class Spoiling(NamedTuple):
    """One mistake put into tasks.yaml, and what is said of it, at the place where `token` begins."""

    old: str
    new: str
    token: str
    said: str


MISTAKES = {
    "wrong type": Spoiling(
        "  - id: 7\n    deadline: 2022-11\n",
        "  - id: 7\n    deadline: 11\n",
        "11",
        "Y103 应为月份，实为整数 11",
    ),
    "unknown key": Spoiling(
        "  - id: 9\n", "  - id: 9\n    owner: 模拟\n", "owner: 模拟", "Y101 未知的键“owner”"
    ),
    "duplicate key": Spoiling(
        "    deadline: 2022-09\n    text: 将市政公用",
        "    deadline: 2022-09\n    deadline: 2022-10\n    text: 将市政公用",
        "deadline: 2022-10",
        "Y014 键“deadline”重复",
    ),
    "duplicate id": Spoiling("  - id: 26\n", "  - id: 25\n", "25", "Y203 任务编号 25 重复"),
    "unknown unit": Spoiling(
        "  lead_unit: 市税务局\n", "  lead_unit: 市税务总局\n", "市税务总局", "Y201 未登记的单位“市税务总局”"
    ),
    "122 tasks": Spoiling(
        "  - id: 121\n",
        "  - id: 120\n    deadline: 2022-09\n    text: 模拟：多出的一项。\n  - id: 121\n",
        "121}",
        "Y302 文件称有 121 项任务，表中有 122 项",
    ),
}


def spoil(cli: CommandLine, *mistakes: str) -> None:
    for name in mistakes:
        mistake = MISTAKES[name]
        assert cli.tasks.count(mistake.old) == 1, name
        cli.tasks = cli.tasks.replace(mistake.old, mistake.new)


def problems(text: str) -> list[tuple[str, int, int, str]]:
    """The diagnostics in a text: path, line, column, code and message."""
    return [
        (found[1], int(found[2]), int(found[3]), found[4])
        for found in re.finditer(r"(?m)^(\S+\.yaml):(\d+):(\d+): (Y\d{3} .*)$", text)
    ]


def assert_told(cli: CommandLine, text: str, mistake: Spoiling) -> None:
    """The mistake is among the diagnostics, at its place."""
    found = [each for each in problems(text) if each[3].startswith(mistake.said)]
    assert len(found) == 1, text
    [(path, line, column, _)] = found
    assert path == "data/tasks.yaml"
    assert cli.tasks.split("\n")[line - 1][column - 1 :].startswith(mistake.token)


def test_every_problem_of_a_file_is_told_at_once_with_its_place(cli: CommandLine) -> None:
    spoil(cli, *MISTAKES)
    answer = cli("overdue", "--month", "2022-07")
    assert (answer.code, answer.raw) == (3, b"")
    for mistake in MISTAKES.values():
        assert_told(cli, answer.err, mistake)
    places = [(line, column) for _, line, column, _ in problems(answer.err)]
    assert places == sorted(places)
    assert answer.err.endswith(f"数据有 {len(places)} 处问题，无法使用\n  提示：逐处改正后再试\n")
    assert answer.err.count("\n  提示：") == len(places) + 1


def test_check_tells_the_same_on_stdout_and_exits_with_1(cli: CommandLine) -> None:
    spoil(cli, *MISTAKES)
    answer = cli("check")
    assert answer.code == 1
    assert problems(answer.out) == problems(cli("list").err)
    assert answer.err == f"共 {len(problems(answer.out))} 处问题\n"


@pytest.mark.parametrize("name", MISTAKES)
def test_each_problem_alone(cli: CommandLine, name: str) -> None:
    spoil(cli, name)
    answer = cli("list")
    assert answer.code == 3
    assert_told(cli, answer.err, MISTAKES[name])


@pytest.mark.parametrize(
    "command",
    [
        *("list", "show 5", "due", "overdue", "missing", "units", "indicators", "summary"),
        *("done 5", "done 5 --dry-run", "verify 5", "return 5 --reason 模拟", "suspend 5 --reason 模拟"),
        "extend 5 --to 2022-10 --approved-on 2022-07-20 --reason 模拟 --document 模拟3号",
        "undo 5 --reason 模拟",
    ],
)
def test_no_command_uses_bad_data(cli: CommandLine, command: str) -> None:
    spoil(cli, "unknown unit")
    before = cli.tasks
    answer = cli(*command.split())
    assert (answer.code, answer.raw) == (3, b"")
    assert cli.tasks == before


def test_good_data_pass_check(cli: CommandLine) -> None:
    answer = cli("check")
    assert (answer.code, answer.raw) == (0, b"")
    assert answer.err == "没有问题：18 项指标，121 项任务，59 个单位，0 条进展\n"


COUNTED = "18 项指标，121 项任务，59 个单位，10 条进展，1 次延期，1 条更正\n"


def test_check_counts_records(story: CommandLine) -> None:
    answer = story("check", today="2022-08-05")
    assert (answer.code, answer.out, answer.err) == (0, "", f"没有问题：{COUNTED}")


def test_warnings_count_as_problems_only_with_strict(story: CommandLine) -> None:
    """Asked on 1 August, two records of the story are dated in the future."""
    answer, strict = story("check"), story("check", "--strict")
    assert (answer.code, answer.err) == (0, f"没有问题，2 处提醒：{COUNTED}")
    assert (strict.code, strict.err) == (1, f"共 2 处问题：{COUNTED}")
    assert answer.out == strict.out
    for (_, line, column, said), (where, date) in zip(problems(answer.out), LATER, strict=True):
        assert said == f"Y503 {where} 的填报日期 {date} 在今天（2022-08-01）之后"
        assert story.tasks.split("\n")[line - 1][column - 1 :] == date


LATER = (("第 5 项 市市场监管局", "2022-08-05"), ("第 38 项 市税务局", "2022-08-03"))


def test_an_extension_that_is_none_fails_check_alone(cli: CommandLine) -> None:
    """As two people with an editor could leave it; the other commands go on."""
    cli.tasks = cli.tasks.replace(
        "  - id: 8\n",
        "  - id: 8\n    extensions:\n"
        "    - {from: 2022-07, to: 2022-06, approved_on: 2022-07-20, reason: 模拟}\n",
    )
    said = "Y401 第 8 项延至 2022-06，不晚于印发的时限 2022-07"
    for words in (["check"], ["check", "--strict"]):
        answer = cli(*words)
        assert (answer.code, [each[3] for each in problems(answer.out)]) == (1, [said])
        assert answer.err.startswith("共 1 处问题：")
    assert cli("list").code == 0
    assert cli("done", 5).code == 0


def test_problems_and_warnings_are_counted_apart(story: CommandLine) -> None:
    story.tasks = story.tasks.replace("      to: 2022-10\n", "      to: 2022-06\n")
    assert story("check").err == f"共 1 处问题，2 处提醒：{COUNTED}"
    assert story("check", "--strict").err == f"共 3 处问题：{COUNTED}"


def test_changed_wording_is_found(cli: CommandLine) -> None:
    cli.tasks = cli.tasks.replace("增值税专用发票电子化", "增值税普通发票电子化")
    answer = cli("check")
    assert answer.code == 1
    assert "Y305 指标“开办企业”的原文或时限被改动过" in answer.out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"plan: [\n", "Y0"),
        (b"plan:\n\ttitle: x\n", "Y0"),
        (b"", "Y0"),
        (b"# only a comment\n", "Y0"),
        (b"plan: &a {}\nindicators: *a\n", "Y0"),
        ("计划：\n".encode("gbk"), "Y0"),
        ("plan: {}\n".encode("utf-16"), "Y0"),
        (b"\xff\xfe\xfd", "Y0"),
        (b"plan: {title: a\x00b}\n", "Y0"),
        (b"- 1\n- 2\n", "Y1"),
        (b"just text\n", "Y1"),
        (b"<<<<<<< HEAD\nplan: {}\n=======\nplan: {}\n>>>>>>> b\n", "Y0"),
    ],
    ids=[
        "unfinished",
        "tab",
        "empty",
        "comment",
        "anchor",
        "GBK",
        "UTF-16",
        "no text",
        "NUL",
        "list",
        "scalar",
        "conflict",
    ],
)
def test_what_is_no_table_at_all(cli: CommandLine, content: bytes, code: str) -> None:
    cli.tasks_file.write_bytes(content)
    answer = cli("list")
    assert (answer.code, answer.raw) == (3, b"")
    assert re.search(rf"(?m)^data/tasks\.yaml(:\d+:\d+)?: {code}\d\d ", answer.err), answer.err
    assert cli("check").code == 1


@pytest.mark.parametrize("name", ["tasks.yaml", "units.yaml"])
def test_a_missing_file_is_named(cli: CommandLine, name: str) -> None:
    (cli.here / "data" / name).unlink()
    answer = cli("list", "--data", "data")
    assert answer.code == 3
    assert f"data/{name}: Y001 读不了文件：文件不存在" in answer.err


def test_problems_of_both_files_are_told(cli: CommandLine) -> None:
    spoil(cli, "wrong type")
    units = cli.here / "data" / "units.yaml"
    units.write_text(units.read_text("utf-8").replace("kind: 群团", "kind: 社团"), "utf-8")
    paths = [path for path, *_ in problems(cli("list").err)]
    assert {*paths} == {"data/tasks.yaml", "data/units.yaml"}
    assert paths == sorted(paths)


# Where the data is


def nowhere(answer: Answer) -> bool:
    return (answer.code, answer.raw, answer.err) == (
        3,
        b"",
        "找不到数据：此处及上级目录都没有 data/tasks.yaml\n"
        "  提示：进入计划所在的目录，或用 --data 目录、环境变量 YZPLAN_DATA 指明\n",
    )


def elsewhere(cli: CommandLine, path: Path) -> CommandLine:
    """The same shell in another directory."""
    return CommandLine(here=path, monkeypatch=cli.monkeypatch)


def test_no_data_anywhere(cli: CommandLine) -> None:
    cli.tasks_file.rename(cli.here / "tasks.yaml")
    assert nowhere(cli("list"))
    assert nowhere(cli("check"))
    assert nowhere(cli("done", 5))


def test_a_directory_that_is_not_there(cli: CommandLine) -> None:
    for name in ("nirgends", "data/tasks.yaml"):
        answer = cli("list", "--data", name)
        assert answer.code == 3
        assert answer.err.startswith(f"数据目录不存在或进不去：{name}\n")
    assert cli("check", "--data", "nirgends").code == 3


def test_data_are_found_upward_from_a_folder_below(cli: CommandLine) -> None:
    below = cli.here / "data" / "source" / "更深"
    below.mkdir(parents=True)
    assert elsewhere(cli, below)("list").out == cli("list").out
    assert elsewhere(cli, below)("done", 5).code == 0
    assert "progress:" in cli.tasks


def test_the_nearest_data_count(cli: CommandLine) -> None:
    inner = cli.here / "模拟"
    shutil.copytree(cli.here / "data", inner / "data")
    assert elsewhere(cli, inner)("done", 5).code == 0
    assert "progress:" not in cli.tasks
    assert "progress:" in (inner / "data" / "tasks.yaml").read_text("utf-8")


@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_data_may_be_pointed_at(cli: CommandLine, where: str) -> None:
    far = cli.here / "远处"
    (cli.here / "data").rename(far)
    usual = ("overdue", "--month", "2022-07", "--format", "json")
    assert nowhere(cli(*usual))
    if where == "environment":
        cli.monkeypatch.setenv("YZPLAN_DATA", str(far))
        answer = cli(*usual)
    else:
        answer = cli("--data", far, *usual) if where == "before" else cli(*usual, "--data", "远处")
    assert len(answer.json) == 53


def test_the_option_overrules_the_environment_and_the_later_one_the_earlier(cli: CommandLine) -> None:
    cli.monkeypatch.setenv("YZPLAN_DATA", "nirgends")
    assert cli("check").code == 3
    assert cli("check", "--data", "data").code == 0
    assert cli("--data", "nirgends", "check", "--data", "data").code == 0


def test_places_are_told_as_one_would_type_them_from_here(cli: CommandLine) -> None:
    spoil(cli, "wrong type")
    assert elsewhere(cli, cli.here / "data")("check").out.startswith("tasks.yaml:")
    assert elsewhere(cli, cli.here.parent)("check", "--data", cli.here / "data").out.startswith(
        f"{cli.here.name}/data/tasks.yaml:"
    )
    assert elsewhere(cli, cli.here / "data" / "source")("check").out.startswith("../tasks.yaml:")
