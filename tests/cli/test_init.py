"""init: an empty plan, from facts that were given or asked for. Cities, documents and offices are 模拟."""

import datetime as dt
import errno
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from chance import many
from commandline import CommandLine, execute
from goldens import assert_golden, transcript
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from plans import DATA
from tiny import UNITS, edited

from yzplan.cli.app import run
from yzplan.model import Header, Totals
from yzplan.store import file_schemas, reading, saving
from yzplan.store.loading import load_plan
from yzplan.store.source import HIDDEN

FACTS: Mapping[str, str] = {
    "--title": "模拟市优化营商环境2023年度重点任务实施方案",
    "--document-number": "模拟办函〔2023〕3号",
    "--issued-by": "模拟市人民政府办公室",
    "--issued-on": "2023-04-10",
    "--year": "2023",
    "--office": "模拟市优化营商环境工作领导小组办公室",
}
FILES = ["schemas/tasks.json", "schemas/units.json", "tasks.yaml", "units.yaml"]


def options(**changes: str | None) -> list[str]:
    """The options that say all facts, with some changes (None: without)."""
    given = {**FACTS, **{f"--{name.replace('_', '-')}": value for name, value in changes.items()}}
    return [word for name, value in given.items() if value is not None for word in (name, value)]


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder: files with their bytes, folders with None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def shell(cli: CommandLine, tmp_path: Path) -> CommandLine:
    """A shell in an empty directory, on a day after the document was issued."""
    cli.here = tmp_path / "模拟市"
    cli.here.mkdir()
    return cli


@pytest.fixture
def begun(shell: CommandLine) -> CommandLine:
    """A shell in a directory with a plan that was just begun."""
    assert shell("init", *options()).code == 0
    return shell


# --- what is made


def test_a_plan_is_begun_with_two_files_and_their_schemas(shell: CommandLine) -> None:
    answer = shell("init", *options())
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == (
        "已新建 data/tasks.yaml、data/units.yaml、data/schemas/tasks.json、data/schemas/units.json\n"
        "接下来：照文件里的示例登记单位，录入指标与任务，用 yzplan check 检查\n"
    )
    assert sorted(name for name, raw in tree(shell.here / "data").items() if raw is not None) == FILES
    for name in ("tasks.yaml", "units.yaml"):
        assert_golden(f"init/{name}", (shell.here / "data" / name).read_text("utf-8"))


def test_the_schemas_are_those_that_schema_prints_and_hold_the_files(begun: CommandLine) -> None:
    for name in ("tasks", "units"):
        raw = (begun.here / "data" / "schemas" / f"{name}.json").read_bytes()
        assert raw == begun("schema", name).raw
        text = (begun.here / "data" / f"{name}.yaml").read_text("utf-8")
        assert text.startswith(f"# yaml-language-server: $schema=schemas/{name}.json\n")
        Draft202012Validator(json.loads(raw)).validate(_plain(text))


def _plain(text: str) -> object:
    """The values of a file as the language server sees them: dates are text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_directories_on_the_way_are_made_and_a_plan_may_lie_in_another(begun: CommandLine) -> None:
    before = tree(begun.here / "data")
    assert begun("init", "明年/新", *options(year="2024")).code == 0
    assert load_plan(begun.here / "明年" / "新" / "data").header.year == 2024
    assert tree(begun.here / "data") == before


def test_an_empty_data_directory_is_used(shell: CommandLine) -> None:
    (shell.here / "data").mkdir()
    assert shell("init", *options()).code == 0
    assert shell("check", "--strict").code == 0


def test_what_is_made_may_be_read_by_whoever_may_read_new_files(shell: CommandLine) -> None:
    before = os.umask(0o027)
    try:
        assert shell("init", *options()).code == 0
    finally:
        os.umask(before)
    data = shell.here / "data"
    modes = {oct(path.stat().st_mode & 0o777) for path in (data, data / "schemas")}
    assert modes == {"0o750"}
    assert {oct((data / name).stat().st_mode & 0o777) for name in FILES} == {"0o640"}


def test_the_units_of_another_plan_are_taken_over_byte_for_byte(shell: CommandLine) -> None:
    assert shell("init", *options(), "--units", str(DATA / "units.yaml")).code == 0
    assert (shell.here / "data" / "units.yaml").read_bytes() == (DATA / "units.yaml").read_bytes()
    answer = shell("check", "--strict")
    assert (answer.code, answer.err) == (0, "没有问题：0 项指标，0 项任务，59 个单位，0 条进展\n")
    assert shell("list", "--unit", "税务局").err == "没有符合条件的任务，截至 2022-08-01\n"


# --- the plan that was begun


@pytest.mark.parametrize("columns", [0, 80])
def test_every_command_has_an_answer_where_there_are_no_tasks(begun: CommandLine, columns: int) -> None:
    begun.monkeypatch.setenv("NO_COLOR", "1")
    transcripts = []
    for typed in (
        "check",
        "check --strict",
        "list",
        "due",
        "overdue --fail",
        "missing",
        "summary",
        "indicators",
        "units",
        "assess --year 2023",
        "overdue --format json",
        "list --unit 甲局",
        "list --indicator 1",
        "assess --year 2023 --explain 甲局",
        "show 1",
        "update 1",
        "update 1 --status done",
        "done 1-3",
        "verify 1",
        "return 1 --reason 模拟",
        "suspend 1 --reason 模拟",
        "extend 1 --to 2023-10 --approved-on 2023-08-01 --reason 模拟 --document 模拟〔2023〕4号",
        "undo 1 --reason 模拟",
    ):
        words = typed.split()
        answer = begun(*words, today="2023-08-01", columns=columns or 80, on_terminal=bool(columns))
        transcripts.append(transcript(*words, answer=answer))
    name = "terminal/empty-plan-80.txt" if columns else "plain/empty-plan.txt"
    assert_golden(name, "\n".join(transcripts))


def test_the_examples_are_a_plan_once_they_are_taken_out_of_the_comments(begun: CommandLine) -> None:
    """As a person goes on: units, indicators and tasks typed after the examples, then the totals."""
    transcripts = []

    def said() -> None:
        transcripts.append(transcript("check", answer=begun("check", today="2023-08-01")))

    begun.tasks = edited(begun.tasks, ("{indicators: 0, tasks: 0}", "{indicators: 1, tasks: 1}"))
    said()
    begun.tasks = uncommented(begun.tasks)
    said()
    units = begun.here / "data" / "units.yaml"
    units.write_text(uncommented(units.read_text("utf-8")), "utf-8")
    begun.tasks = edited(begun.tasks, ("{indicators: 1, tasks: 1}", "{indicators: 0, tasks: 0}"))
    said()
    begun.tasks = edited(begun.tasks, ("{indicators: 0, tasks: 0}", "{indicators: 1, tasks: 1}"))
    said()
    assert_golden("plain/filling-in-a-plan.txt", "\n".join(transcripts))


def uncommented(text: str) -> str:
    """The text with its examples as data: what the comments tell people to do."""
    lines = [
        line.removeprefix("# ") if line.startswith(("# - ", "#   ")) else line.removesuffix(" []")
        for line in text.splitlines()
    ]
    return "\n".join([*lines, ""])


def test_the_layout_is_the_one_that_fmt_makes_before_and_after_it_is_filled_in(begun: CommandLine) -> None:
    units = begun.here / "data" / "units.yaml"
    assert begun("fmt", "--check").code == 0
    begun.tasks = uncommented(begun.tasks)
    units.write_text(uncommented(units.read_text("utf-8")), "utf-8")
    assert begun("fmt", "--check").code == 0


def test_accepted_wording_makes_it_whole(begun: CommandLine) -> None:
    units = begun.here / "data" / "units.yaml"
    begun.tasks = uncommented(edited(begun.tasks, ("{indicators: 0, tasks: 0}", "{indicators: 1, tasks: 1}")))
    units.write_text(uncommented(units.read_text("utf-8")), "utf-8")
    assert begun("check").code == 1
    assert begun("fmt", "--accept-wording").code == 0
    assert begun("check", "--strict").code == 0
    assert begun("done", 1, today="2023-08-01").code == 0


# --- what is refused


REFUSALS: Mapping[str, list[str]] = {
    "nothing is said": [],
    "one fact is missing": options(office=None),
    "two facts are missing": options(issued_on=None, year=None),
    "a fact is blank": options(title=" \u3000"),
    "a fact of two lines": options(title="模拟\n方案"),
    "a hidden character": options(issued_by="模拟\u200b政府"),
    "a tab": options(office="模拟\t办"),
    "an escape sequence": options(document_number="\x1b[31m模拟"),
    "a month for a day": options(issued_on="2023-04"),
    "a day that is none": options(issued_on="2023-02-30"),
    "a year that is none": options(year="今年"),
    "a year long ago": options(year="1999"),
    "a year far ahead": options(year="3000"),
    "an option said twice": [*options(), "--year", "2024"],
    "two directories": ["甲", "乙", *options()],
    "--data": ["--data", "x", *options()],
    "a plan stands there": ["有计划", *options()],
    "something else stands there": ["有别的", *options()],
    "a file stands there": ["有文件", *options()],
    "a link to nowhere stands there": ["有链接", *options()],
    "a file stands in the way": ["文件/甲", *options()],
    "no such register": [*options(), "--units", "没有.yaml"],
    "a directory for a register": [*options(), "--units", "有别的"],
    "a table for a register": [*options(), "--units", "有计划/data/tasks.yaml"],
    "a register that is not valid": [*options(), "--units", "坏名录.yaml"],
    "a register that is no YAML": [*options(), "--units", "文件"],
}


def test_refusals_change_nothing(shell: CommandLine) -> None:
    here = shell.here
    assert shell("init", "有计划", *options()).code == 0
    (here / "有别的" / "data" / "source").mkdir(parents=True)
    for folder in ("有文件", "有链接"):
        (here / folder).mkdir()
    (here / "有文件" / "data").write_text("模拟", "utf-8")
    (here / "有链接" / "data").symlink_to("不存在")
    (here / "文件").write_text("模拟: [", "utf-8")
    broken = edited(UNITS, ("  kind: 事业单位\n", "  kind: 事业\n"), ("members: [模拟东县", "members: [模拟"))
    (here / "坏名录.yaml").write_text(broken, "utf-8")
    before = tree(here)
    transcripts = []
    for words in REFUSALS.values():
        answer = shell("init", *words)
        assert answer.code in (2, 3), words
        assert (answer.raw, tree(here)) == (b"", before)
        transcripts.append(transcript("init", *words, answer=answer).replace("\n$", "\\n$"))
    before_command = shell("--data", "x", "init", *options())
    assert (before_command.code, before_command.err) == (
        2,
        "init 不看 --data\n  提示：写作 yzplan init 目录\n",
    )
    assert_golden("refusals/init.txt", "\n".join(transcripts))


@pytest.mark.parametrize("failing", ["mkdtemp", "fsync", "replace", "mkdir"])
def test_where_it_cannot_be_written_nothing_is_left(
    shell: CommandLine, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of call fails, one call after another; the directories on the way are gone again too."""
    calls = 0

    def fail_at(last: int) -> None:
        module = {"mkdtemp": saving.tempfile, "mkdir": Path}.get(failing, saving.os)
        real = getattr(module, failing)

        def call(*arguments: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == last:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments, **named)

        patch.setattr(module, failing, call)

    failures = 0
    while True:
        calls = 0
        with monkeypatch.context() as patch:
            fail_at(failures + 1)
            answer = shell("init", "甲/乙", *options())
        if answer.code == 0:
            break
        failures += 1
        assert (answer.code, answer.err) == (
            3,
            "写不了 甲/乙/data：磁盘已满\n  提示：没有改动任何文件；排除原因后再试\n",
        )
        assert tree(shell.here) == {}
    assert failures >= 1
    assert shell("check", "--data", "甲/乙/data", "--strict").code == 0


def test_somebody_elses_files_that_came_meanwhile_stay(
    shell: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and making, somebody else has put something there."""

    def overtaken(*arguments: object) -> None:
        (shell.here / "data").mkdir(exist_ok=True)
        (shell.here / "data" / "tasks.yaml").write_text("模拟", "utf-8")

    monkeypatch.setattr("yzplan.store.starting.check_free", overtaken)
    answer = shell("init", *options())
    assert (answer.code, answer.err) == (
        3,
        "写不了 data：那里已有别的文件\n  提示：没有改动任何文件；排除原因后再试\n",
    )
    assert tree(shell.here) == {"data": None, "data/tasks.yaml": "模拟".encode()}


@pytest.mark.skipif(os.geteuid() == 0, reason="需要非 root 用户")
def test_a_directory_that_may_not_be_written_is_said_to_be_so(shell: CommandLine) -> None:
    shell.here.chmod(0o555)
    answer = shell("init", *options())
    shell.here.chmod(0o755)
    assert (answer.code, answer.err.splitlines()[0]) == (3, "写不了 data：没有写的权限")


# --- any facts

words = st.lists(
    st.sampled_from(
        [*"\"':#-?[]{}&*!|>%@`,=~<\\/ 　“”《》〔〕（）：，", "- ", ": ", " #", "yes", "null", "2023", "1e3"]
    )
    | st.sampled_from(["优化", "方案", "〔2023〕", "号", "😀", "𠮷", "é"])
    | st.characters(codec="utf-8").filter(lambda c: c not in "\r\n\t" and not HIDDEN.search(c)),
    min_size=1,
    max_size=10,
).map("".join)
facts = words.filter(lambda text: bool(text.strip()))


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@many(40)
@example("“2023”: #1", "- 模拟", "{模拟}", "😀's", "2023-04-10", 2023)
@given(facts, facts, facts, facts, st.dates(min_value=dt.date(1000, 1, 1)).map(str), st.integers(2000, 2999))
def test_any_sensible_facts_are_read_back_as_they_were_given(
    loader: str, title: str, number: str, issuer: str, office: str, day: str, year: int
) -> None:
    given_options = {"title": title, "document-number": number, "issued-by": issuer, "office": office}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", getattr(yaml, loader))
        patch.setattr(file_schemas, "FILES", {})  # the schemas depend on no fact, and take their time
        typed = [f"--{name}={text}" for name, text in given_options.items()]
        assert run(["init", folder, *typed, f"--issued-on={day}", f"--year={year}"]) == 0
        plan = load_plan(Path(folder, "data"))
    assert (plan.tasks, plan.indicators, plan.register.units) == ((), (), ())
    assert plan.header == Header(
        title=title.strip(),
        document_number=number.strip(),
        issued_by=issuer.strip(),
        issued_on=dt.date.fromisoformat(day),
        year=year,
        office=office.strip(),
        totals=Totals(indicators=0, tasks=0),
    )


# --- on a terminal

if sys.platform != "win32":
    from conversation import CTRL_C, CTRL_D, converse

ASKED = ("方案名称：", "发文字号：", "印发机关：", "印发日期：", "年度（回车为 2023）：", "办公室：")
ANSWERED = [(asked, value) for asked, value in zip(ASKED, FACTS.values(), strict=True)]
AGREED = "新建 data？[y/n] "
HEADER = """\
plan:
  title: 模拟市优化营商环境2023年度重点任务实施方案
  document_number: 模拟办函〔2023〕3号
  issued_by: 模拟市人民政府办公室
  issued_on: 2023-04-10
  year: 2023
  office: 模拟市优化营商环境工作领导小组办公室
  totals: {indicators: 0, tasks: 0}
"""


def test_what_was_not_said_is_asked_shown_and_made(shell: CommandLine) -> None:
    answers = [*ANSWERED[:4], (ASKED[4], ""), ANSWERED[5], (AGREED, "y")]
    talk = converse(shell.here, "init", answers=answers)
    assert (talk.code, talk.screen) == (
        0,
        "".join(f"{asked}{typed}\n" for asked, typed in answers[:-1])
        + HEADER
        + f"{AGREED}y\n"
        + "已新建 data/tasks.yaml、data/units.yaml、data/schemas/tasks.json、data/schemas/units.json\n"
        + "接下来：照文件里的示例登记单位，录入指标与任务，用 yzplan check 检查\n",
    )
    assert shell.tasks.startswith("# yaml-language-server")
    assert HEADER in shell.tasks


def test_only_what_was_not_said_is_asked(shell: CommandLine) -> None:
    words = options(title=None, year=None)
    talk = converse(shell.here, "init", *words, answers=[ANSWERED[0], ANSWERED[4], (AGREED, "是")])
    assert talk.code == 0
    assert talk.screen.startswith(f"{ASKED[0]}{FACTS['--title']}\n{ASKED[4]}2023\n{HEADER}")
    assert HEADER in shell.tasks


def test_where_all_is_said_nothing_is_asked(shell: CommandLine) -> None:
    talk = converse(shell.here, "init", *options(), answers=[])
    assert talk.code == 0
    assert talk.screen.startswith("已新建 ")


def test_a_wrong_answer_is_asked_again_with_the_reason(shell: CommandLine) -> None:
    wrong = {
        "方案名称：": ("", "没有写方案名称\n  提示：用 --title 写明\n"),
        "发文字号：": ("模拟\u200b", "发文字号里有看不见的字符 U+200B ZERO WIDTH SPACE\n"),
        "印发日期：": ("4月10日", "看不懂的日期“4月10日”\n"),
        "年度（回车为 2023）：": ("1023", "年度“1023”不对\n  提示：年度写作 2023，在 2000–2999 之间\n"),
    }
    answers = []
    for asked, value in ANSWERED:
        if asked in wrong:
            answers.append((asked, wrong[asked][0]))
        answers.append((asked, value))
    talk = converse(shell.here, "init", answers=[*answers, (AGREED, "好"), (AGREED, "y")])
    assert talk.code == 0
    for asked, (typed, said) in wrong.items():
        assert f"{asked}{typed}\n{said}" in talk.screen
    assert HEADER in shell.tasks


@pytest.mark.parametrize("refusal", ["n", ""])
def test_without_consent_nothing_is_made(shell: CommandLine, refusal: str) -> None:
    talk = converse(shell.here, "init", answers=[*ANSWERED, (AGREED, refusal)])
    assert (talk.code, talk.lines[-1]) == (0, "没有新建")
    assert tree(shell.here) == {}


@pytest.mark.parametrize("key", ["c", "d"])
def test_who_breaks_off_makes_nothing(shell: CommandLine, key: str) -> None:
    answers = [ANSWERED[0], (ASKED[1], CTRL_C if key == "c" else CTRL_D)]
    assert converse(shell.here, "init", answers=answers).code == 130
    assert tree(shell.here) == {}


def test_nobody_is_asked_where_no_plan_can_be_made(begun: CommandLine) -> None:
    talk = converse(begun.here, "init", answers=[])
    assert (talk.code, talk.lines[0]) == (2, "data 已经有了，没有新建")
    talk = converse(begun.here, "init", "别处", "--units", "没有.yaml", answers=[])
    assert (talk.code, talk.lines[0]) == (3, "没有.yaml: Y001 读不了文件：文件不存在")


def test_as_a_program_of_its_own_it_asks_nobody(shell: CommandLine) -> None:
    answer = execute(shell.here, "init", *options(title=None))
    assert (answer.code, answer.err.splitlines()[0]) == (2, "没有写方案名称")
    assert tree(shell.here) == {}
