"""`update` and `done`: what is written, what is refused, what is said aloud. All reports are 模拟."""

import re
import subprocess

import pytest
from commandline import CommandLine, added, environment, execute, git, program, refused, shown
from goldens import assert_golden, transcript

from yzplan.model import TRANSITIONS

LEAD = "市市场监管局"
"""Who leads tasks 1-7."""


# Writing


def test_a_report_is_appended_and_shown(cli: CommandLine) -> None:
    before = cli.tasks
    answer = cli(
        *(
            "update",
            5,
            "--status",
            "in_progress",
            "--percent",
            "40",
            "--note",
            "模拟：已部署",
            "--date",
            "2022-07-10",
        )
    )
    lines = [
        "    progress:",
        "    - date: 2022-07-10",
        "      unit: 市市场监管局",
        "      status: in_progress",
        "      percent: 40",
        "      note: 模拟：已部署",
    ]
    assert answer.code == 0
    assert shown(answer) == added(before, cli.tasks) == lines
    assert answer.lines[0] == "@@ 第 5 项 @@"
    assert answer.err == "已追加：第 5 项 市市场监管局 推进中，引用码 250d1076\n"


def test_everything_that_can_be_said_is_written(cli: CommandLine) -> None:
    before = cli.tasks
    answer = cli(
        *(
            "done",
            3,
            "--unit",
            "税务",
            "--date",
            "2022-07-30",
            "--completed-on",
            "2022-07-28",
            "--percent",
            "100%",
        ),
        *(
            "--note",
            "模拟：是否: 含 #号",
            "--problem",
            "无",
            "--evidence",
            "模拟〔2022〕12号",
            "--evidence",
            "a, b",
        ),
        *("--measured", "网上办理占比=82.50", "--source", "电话", "--by", "模拟人"),
    )
    assert answer.code == 0
    assert added(before, cli.tasks) == [
        "    progress:",
        "    - date: 2022-07-30",
        "      unit: 市税务局",
        "      status: done",
        "      completed_on: 2022-07-28",
        "      percent: 100",
        "      note: '模拟：是否: 含 #号'",
        "      problem: 无",
        "      evidence: [模拟〔2022〕12号, 'a, b']",
        "      measured: {网上办理占比: 82.5}",
        "      by: 模拟人",
        "      source: 电话",
    ]
    [entry] = cli("show", 3, "--format", "json").json["progress"]
    assert entry["note"] == "模拟：是否: 含 #号"
    assert entry["evidence"] == ["模拟〔2022〕12号", "a, b"]
    assert entry["ref"] in answer.err
    assert cli("check").code == 0


@pytest.mark.parametrize(
    "note",
    [
        "模拟：yes",
        "no",
        "2022-07",
        "12345678",
        "0x1F",
        "1e3",
        "~",
        "null",
        "- 模拟",
        "模拟: 乙",
        "模拟 #丙",
        "'单引号'",
        '"双引号"',
        "{花括号}",
        "[方括号]",
        "*星号",
        "&与",
        "!叹号",
        "%百分",
        "@甲",
        "`反引号`",
        "|竖线",
        ">大于",
        "?问",
        "反斜\\杠",
        "模拟：",
        "—破折号—",
        "😀",
        "𠮷野",
        "=1+1",
    ],
)
def test_any_visible_line_is_a_note_and_comes_back_as_it_was(cli: CommandLine, note: str) -> None:
    assert cli("update", 5, "--status", "blocked", f"--note={note}").code == 0
    answer = cli("show", 5, "--format", "json")
    assert answer.code == 0
    assert answer.json["progress"][0]["note"] == note


def test_done_is_update_with_the_status_done(cli: CommandLine) -> None:
    words = ("--date", "2022-07-20", "--note", "模拟")
    assert cli("done", 5, *words, "--dry-run") == cli("update", 5, "--status", "done", *words, "--dry-run")
    assert cli("update", 5, "--status", "已报完成", "--dry-run") == cli("done", 5, "--dry-run")


def test_the_date_is_today_unless_told(cli: CommandLine) -> None:
    assert "    - date: 2022-09-30" in shown(cli("done", 5, "--dry-run", today="2022-09-30"))


def test_an_alias_is_written_as_the_registers_name(cli: CommandLine) -> None:
    assert "      unit: 零陵区" in shown(cli("done", 5, "--unit", "永州市零陵区", "--dry-run"))
    assert "      unit: 市人社局" in shown(cli("done", 5, "-u", "人力资源", "--dry-run"))


def test_empty_words_are_no_words(cli: CommandLine) -> None:
    words = ("--note", "  ", "--problem", "", "--evidence", " ")
    assert shown(cli("done", 5, *words, "--dry-run")) == shown(cli("done", 5, "--dry-run"))


@pytest.mark.parametrize(
    ("typed", "written"), [("80", "80"), ("80%", "80"), ("８０％", "80"), ("12.5", "12.5"), ("0", "0")]
)
def test_percents(cli: CommandLine, typed: str, written: str) -> None:
    answer = cli("update", 5, "--status", "in_progress", "--percent", typed, "--dry-run")
    assert f"      percent: {written}" in shown(answer)


@pytest.mark.parametrize(
    "typed", ["企业开办全流程办理时间=1", "企业开办全流程办理时间＝1", " 企业开办全流程办理时间 = 1.0 "]
)
def test_measured_values(cli: CommandLine, typed: str) -> None:
    answer = cli("done", 1, "--measured", typed, "--dry-run")
    assert "      measured: {企业开办全流程办理时间: 1}" in shown(answer)


# Saying the same again


def test_saying_the_same_twice_changes_nothing_and_is_told(cli: CommandLine) -> None:
    words = ("done", 5, "--date", "2022-07-20", "--note", "模拟")
    assert cli(*words).code == 0
    after_once = cli.tasks_file.read_bytes()
    again = cli(*words)
    assert (again.code, again.raw) == (0, b"")
    assert again.err == "第 5 项 市市场监管局 已报完成：已有同样的记录，没有重复写入\n"
    assert cli.tasks_file.read_bytes() == after_once


def test_the_same_number_twice_in_one_command_is_one_report(cli: CommandLine) -> None:
    answer = cli("done", 5, 5, "3-5", "5,4", "--dry-run")
    assert [line for line in answer.lines if line.startswith("@@")] == [
        f"@@ 第 {number} 项 @@" for number in (3, 4, 5)
    ]


def test_what_some_tasks_know_already_is_written_for_the_others(cli: CommandLine) -> None:
    assert cli("done", 4, "--date", "2022-07-20").code == 0
    answer = cli("done", "4-5", "--date", "2022-07-20")
    assert answer.code == 0
    assert [line for line in answer.lines if line.startswith("@@")] == ["@@ 第 5 项 @@"]
    assert "第 4 项 市市场监管局 已报完成：已有同样的记录，没有重复写入" in answer.err


# Several tasks


def test_several_tasks_at_once(cli: CommandLine) -> None:
    before = cli.tasks
    answer = cli("done", "9-11", 5, "7，8", "--date", "2022-07-20")
    assert answer.code == 0
    assert shown(answer) == added(before, cli.tasks)
    reported = [row["id"] for row in cli("list", "--status", "done", "--format", "json").json]
    assert reported == [5, 7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    "words",
    [
        ("done", "3-5", 122),
        ("done", 1, 2, 0),
        ("done", "1-7", 8, "--unit", "市司法局"),
        ("update", 1, 3, "--status", "in_progress", "--measured", "网上办理占比=80"),
    ],
    ids=["unknown task", "task 0", "unit without a part in one", "metric of another"],
)
def test_several_tasks_are_all_written_or_none(cli: CommandLine, words: tuple[str | int, ...]) -> None:
    assert refused(cli, *words)


def test_an_illegal_step_of_one_stops_all(story: CommandLine) -> None:
    assert "第 1 项 市市场监管局 现为“已报完成”" in refused(story, "update", 4, 1, "--status", "in_progress")


# Dry runs


def test_a_dry_run_shows_and_writes_nothing(cli: CommandLine) -> None:
    before = {path: path.read_bytes() for path in (cli.here / "data").rglob("*") if path.is_file()}
    dry = cli("done", 5, "--date", "2022-07-20", "--dry-run")
    after = {path: path.read_bytes() for path in (cli.here / "data").rglob("*") if path.is_file()}
    assert before == after
    assert dry.code == 0
    assert dry.err == f"将追加（未写入）：第 5 项 {LEAD} 已报完成，引用码 {dry.err.strip()[-8:]}\n"
    assert cli("done", 5, "--date", "2022-07-20").raw == dry.raw


# Refusals


def test_refusals_of_reports(story: CommandLine) -> None:
    """Each whole sentence, with what would be right."""
    requests: list[list[str | int]] = [
        ["update", 5],
        ["update", 5, "--status", "verified"],
        ["update", 5, "--status", "退回"],
        ["update", 5, "--status", "suspended"],
        ["update", 5, "--status", "not_started"],
        ["update", 5, "--status", "fertig"],
        ["done", 5, "--unit", "市教育局"],
        ["done", 42, "--unit", "市教育局"],
        ["done", 5, "--unit", "各县市区"],
        ["done", 74, "--unit", "市直相关单位"],
        ["update", 1, "--status", "in_progress"],
        ["update", 1, "--status", "blocked", "--date", "2022-07-25"],
        ["update", 5, "--status", "in_progress", "--completed-on", "2022-07-01"],
        ["done", 3, "--measured", "网上办理=80"],
        ["done", 5, "--measured", "网上办理占比=80"],
        ["done", 3, "--measured", "网上办理占比"],
        ["done", 3, "--measured", "=80"],
        ["done", 3, "--measured", "网上办理占比=八成"],
        ["done", 3, "--measured", "网上办理占比=80", "--measured", "网上办理占比=90"],
        ["done", 5, "--percent", 120],
        ["done", 5, "--percent", -1],
        ["done", 5, "--percent", "全部"],
        ["done", 5, "--percent", "1e2"],
        ["done", 5, "--percent", "8,0"],
        ["done", 3, "--measured", "网上办理占比=82,5"],
        ["done", 5, "--date", "2022-06-31"],
    ]
    before = story.tasks_file.read_bytes()
    transcripts = []
    for words in requests:
        answer = story(*words, today="2022-08-10")
        assert (answer.code, answer.raw) == (2, b""), words
        transcripts.append(transcript(*words, answer=answer))
    assert story.tasks_file.read_bytes() == before
    assert_golden("refusals/reports.txt", "\n".join(transcripts))


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\n", "只能写一行"),
        ("\r\n", "只能写一行"),
        ("\x1b", "看不见的字符 U+001B"),
        ("\t", "看不见的字符 U+0009 TAB"),
        ("\x00", "看不见的字符 U+0000"),
        ("\x7f", "看不见的字符 U+007F"),
        ("\x85", "看不见的字符 U+0085"),
        ("\u200b", "看不见的字符 U+200B"),
        ("\u2028", "看不见的字符 U+2028"),
        ("\u202e", "看不见的字符 U+202E"),
        ("\ufeff", "看不见的字符 U+FEFF"),
    ],
)
@pytest.mark.parametrize(
    ("option", "what"),
    [
        ("--note", "说明"),
        ("--problem", "问题"),
        ("--evidence", "佐证"),
        ("--by", "填报人"),
        ("--source", "来源"),
    ],
)
def test_a_text_must_be_one_visible_line(
    cli: CommandLine, option: str, what: str, character: str, said: str
) -> None:
    answer = refused(cli, "update", 5, "--status", "blocked", option, f"模拟：甲{character}乙")
    assert answer.startswith(what)
    assert said in answer


def test_legal_steps_are_taken_and_illegal_ones_refused(cli: CommandLine) -> None:
    def step(status: str, day: int) -> int:
        return cli("update", 5, "--status", status, "--date", f"2022-07-{day:02d}").code

    assert [step("blocked", 1), step("in_progress", 2), step("blocked", 3), step("done", 4)] == [0, 0, 0, 0]
    assert step("in_progress", 5) == 2
    assert step("done", 6) == 0
    assert step("in_progress", 3) == 0  # before it was done it was still open


def test_a_step_of_one_unit_does_not_bind_another(cli: CommandLine) -> None:
    assert cli("done", 5).code == 0
    assert cli("update", 5, "--unit", "市税务局", "--status", "in_progress").code == 0


# Said aloud, and written


REMARKS = {
    "future": (
        ["update", 5, "--status", "in_progress", "--date", "2022-08-02"],
        "注意：第 5 项 市市场监管局 的填报日期 2022-08-02 在今天（2022-08-01）之后\n",
    ),
    "before the document": (
        ["update", 5, "--status", "in_progress", "--date", "2022-05-22"],
        "注意：第 5 项 市市场监管局 的填报日期 2022-05-22 早于文件印发日 2022-05-23\n",
    ),
    "completed before the document": (
        ["done", 5, "--completed-on", "2022-05-01"],
        "注意：第 5 项 市市场监管局 的完成日 2022-05-01 早于文件印发日 2022-05-23\n",
    ),
    "completed after the report": (
        ["done", 5, "--date", "2022-07-01", "--completed-on", "2022-07-02"],
        "注意：第 5 项 市市场监管局 的完成日 2022-07-02 在填报日期 2022-07-01 之后\n",
    ),
    "falling percent": (
        ["update", 3, "--status", "in_progress", "--percent", "30"],
        "注意：第 3 项 市市场监管局 的进度由 40% 降为 30%\n",
    ),
    "older than the last": (
        ["update", 3, "--status", "in_progress", "--date", "2022-07-09"],
        "注意：第 3 项 市市场监管局 的填报日期 2022-07-09 早于已有的最近一条（2022-07-10），按日期先后插入\n",
    ),
    "done but not whole": (
        ["done", 4, "--percent", "90"],
        "注意：第 4 项 市市场监管局 报完成而进度为 90%\n",
    ),
}


@pytest.mark.parametrize("name", REMARKS)
def test_what_life_allows_is_written_and_remarked_on(cli: CommandLine, name: str) -> None:
    assert cli("update", 3, "--status", "in_progress", "--percent", 40, "--date", "2022-07-10").code == 0
    words, said = REMARKS[name]
    before = cli.tasks
    answer = cli(*words)
    assert answer.code == 0
    assert answer.err.startswith(f"{said}已追加：第 ")
    assert added(before, cli.tasks) == shown(answer) != []
    assert cli("check").code == 0


def test_an_ordinary_report_is_not_remarked_on(cli: CommandLine) -> None:
    assert cli(
        "update", 5, "--status", "in_progress", "--percent", 40, "--date", "2022-07-01"
    ).err.startswith("已追加")
    assert cli(
        "update", 5, "--status", "in_progress", "--percent", 40, "--date", "2022-07-02"
    ).err.startswith("已追加")
    assert cli("done", 5, "--percent", 100).err.startswith("已追加")


def test_records_stay_in_the_order_of_their_dates(cli: CommandLine) -> None:
    for date in ("2022-07-10", "2022-07-20", "2022-07-15", "2022-07-01"):
        assert cli("update", 5, "--status", "in_progress", "--date", date).code == 0
    entries = cli("show", 5, "--format", "json").json["progress"]
    assert [entry["date"] for entry in entries] == [
        "2022-07-01",
        "2022-07-10",
        "2022-07-15",
        "2022-07-20",
    ]


# Transcripts


def test_transcripts_of_update_and_done(cli: CommandLine) -> None:
    """A small day's work, as the terminal shows it."""
    transcripts = []
    for typed in (
        "update 5 --status in_progress --percent 40 --note 模拟：已部署 --date 2022-07-10",
        "update 5 --status in_progress --percent 40 --note 模拟：已部署 --date 2022-07-10",
        "update 5 --unit 零陵 --status blocked --problem 模拟：缺人手 --percent 20",
        "done 4-5 --completed-on 2022-07-28 --evidence 模拟〔2022〕12号 --by 模拟人 --source 电话",
        "done 3 --unit 税务 --measured 网上办理占比=82 --dry-run",
        "update 5 --status in_progress",
        "done 3 122",
    ):
        words = typed.split()
        transcripts.append(transcript(*words, answer=cli(*words)))
    assert_golden("plain/update-and-done.txt", "\n".join(transcripts))


# With git


def test_git_diff_of_updates_shows_only_added_lines(cli: CommandLine) -> None:
    git(cli.here, "init", "-q")
    git(cli.here, "add", "data/tasks.yaml", "data/units.yaml")
    git(cli.here, "commit", "-q", "-m", "模拟：初稿")
    said: list[str] = []
    for words in (
        "update 5 --status in_progress --percent 40 --date 2022-07-10 --note 模拟：已部署",
        "update 5 --status blocked --date 2022-07-05",
        "done 121 7 14",
        "done 5 --unit 道县 --evidence 模拟〔2022〕1号 --evidence 模拟〔2022〕2号",
        "done 1 --measured 企业开办全流程办理时间=1",
        "done 1 --measured 企业开办全流程办理时间=1",
    ):
        said += shown(cli(*words.split()))
    difference = git(cli.here, "diff", "--no-color", "data/tasks.yaml").splitlines()
    body = difference[4:]
    assert [line for line in body if line.startswith("-")] == []
    assert sorted(line[1:] for line in body if line.startswith("+")) == sorted(said)
    assert git(cli.here, "diff", "--numstat").split()[:2] == [str(len(said)), "0"]


def test_two_processes_at_once_lose_nothing(cli: CommandLine) -> None:
    running = [
        subprocess.Popen(
            program("done", 5, "--unit", unit, "--note", f"模拟：{unit}"),
            cwd=cli.here,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for unit in ("零陵区", "冷水滩区", "祁阳市", "东安县")
    ]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said.decode()
    entries = cli("show", 5, "--format", "json").json["progress"]
    assert {entry["unit"] for entry in entries} == {"零陵区", "冷水滩区", "祁阳市", "东安县"}


def test_as_a_program(cli: CommandLine) -> None:
    answer = execute(cli.here, "done", 5, "--date", "2022-07-20")
    assert answer.code == 0
    assert shown(answer)[0] == "    progress:"
    assert execute(cli.here, "update", 5, "--status", "in_progress").code == 2
    assert execute(cli.here, "done", 5, "--data", "nirgends").code == 3


def test_the_help_page_prints_the_table_of_transitions(cli: CommandLine) -> None:
    """The page spells it out, so that help need not load the nouns; it is the same table."""
    printed: dict[str, set[str]] = {}
    for rule in re.findall(r"(\S+) → ([^；\s]+)", cli("update", "--help").out):
        for before in rule[0].split("、"):
            printed[before.rpartition("；")[2]] = set(rule[1].split("、"))
    assert printed == {
        before.label: {after.label for after in allowed} for before, allowed in TRANSITIONS.items()
    }


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("done 5 --unit 住建 --unit 税务", "--unit"),
        ("update 5 --status blocked --note 模拟 --note 模拟二", "--note"),
        ("return 5 --reason 模拟 --reason 模拟二", "--reason"),
        ("undo 5 -u 住建 --unit 税务 --reason 模拟", "--unit"),
    ],
)
def test_an_option_said_twice_is_refused_since_one_would_be_lost(
    cli: CommandLine, words: str, option: str
) -> None:
    assert refused(cli, *words.split()) == f"选项 {option} 写了几次\n  提示：只写一次；其余的另报一次\n"


def test_what_may_be_said_several_times_may(cli: CommandLine) -> None:
    evidence = ("--evidence", "模拟一", "--evidence", "模拟二")
    assert cli("done", 5, *evidence, "--data", "data", "--data", "data").code == 0


@pytest.mark.parametrize(
    ("typed", "task"), [("0000121", 121), ("005", 5), ("５", 5), ("00-01", None), ("1234567", None)]
)
def test_leading_zeros_do_not_change_a_number(cli: CommandLine, typed: str, task: int | None) -> None:
    answer = cli("update", typed, "--status", "blocked", "--dry-run")
    if task is None:
        assert answer.code == 2
    else:
        assert answer.lines[0] == f"@@ 第 {task} 项 @@"


def test_another_completion_day_does_not_count_and_is_told(cli: CommandLine) -> None:
    assert cli("done", 8, "--date", "2022-07-30").code == 0
    answer = cli("done", 8, "--completed-on", "2022-07-20", "--note", "模拟", today="2022-08-05")
    assert answer.err.splitlines()[0] == (
        "注意：第 8 项 市住建局 以前已报完成，完成日仍按 2022-07-30 计；要更正，先用 undo 作废以前那条"
    )
