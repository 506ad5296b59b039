"""Whole answers, character by character; see `goldens` for how the files are written anew."""

import pytest
from commandline import CommandLine
from goldens import assert_golden, transcript

WIDTHS = (20, 80, 160)

SHIPPED = {
    "list": ["list"],
    "list-of-an-indicator": ["list", "--indicator", "纳税", "--month", "2022-07"],
    "show-51": ["show", 51],
    "due": ["due", "--month", "2022-06"],
    "due-nothing": ["due"],
    "overdue": ["overdue", "--month", "2022-06"],
    "overdue-nothing": ["overdue", "--month", "2022-05"],
    "units": ["units"],
    "indicators": ["indicators"],
    "summary": ["summary", "--month", "2022-07"],
    "check": ["check"],
    "schema": ["schema"],
}

TOLD = {
    "story-show-1": ["show", 1],
    "story-show-5": ["show", 5, "--month", "2022-07"],
    "story-show-8": ["show", 8],
    "story-show-74": ["show", 74],
    "story-overdue": ["overdue", "--month", "2022-07", "--unit", "市市场监管局"],
    "story-overdue-of-a-part": [
        "overdue",
        "--month",
        "2022-07",
        "--unit",
        "零陵区",
        "--role",
        "responsible",
        "-i",
        1,
    ],
    "story-list": [
        "list",
        "--indicator",
        "开办企业",
        "--columns",
        "id,status,percent,completed_on,standing,last_record",
    ],
    "story-due": ["due", "--until", "2022-07", "--open", "--indicator", 2],
    "story-summary": ["summary", "--month", "2022-08"],
    "story-assess": ["assess", "--quarter", "2022Q3"],
    "story-assess-explain": ["assess", "--quarter", "2022年第三季度", "--explain", "市场监管"],
}


@pytest.mark.parametrize("name", SHIPPED)
def test_plain_answer(name: str, cli: CommandLine) -> None:
    assert_golden(f"plain/{name}.txt", transcript(*SHIPPED[name], answer=cli(*SHIPPED[name])))


@pytest.mark.parametrize("name", TOLD)
def test_plain_answer_where_units_have_reported(name: str, story: CommandLine) -> None:
    assert_golden(f"plain/{name}.txt", transcript(*TOLD[name], answer=story(*TOLD[name], today="2022-09-01")))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("overdue", ["overdue", "--month", "2022-07"]),
        ("summary", ["summary", "--month", "2022-08"]),
        ("show-5", ["show", 5]),
        ("show-51", ["show", 51]),
        ("indicators", ["indicators"]),
        ("units", ["units"]),
        ("assess", ["assess", "--quarter", "2022Q3"]),
        ("assess-explain", ["assess", "--quarter", "2022Q2", "--explain", "人社局"]),
        ("list-of-a-unit", ["list", "--unit", "市财政局"]),
    ],
)
def test_terminal_answer(name: str, words: list[str], width: int, story: CommandLine) -> None:
    story.monkeypatch.setenv("NO_COLOR", "1")
    answer = story(*words, today="2022-09-01", columns=width, on_terminal=True)
    assert "\x1b" not in answer.out
    assert_golden(f"terminal/{name}-{width}.txt", transcript(*words, answer=answer))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("overdue", ["overdue", "--month", "2022-07", "--unit", "市市场监管局", "--role", "lead"]),
        ("summary", ["summary", "--month", "2022-08"]),
        ("show-5", ["show", 5]),
        ("indicators", ["indicators"]),
    ],
)
def test_terminal_answer_in_colour(name: str, words: list[str], story: CommandLine) -> None:
    story.monkeypatch.setenv("TERM", "xterm-256color")
    answer = story(*words, today="2022-09-01", on_terminal=True)
    assert "\x1b[" in answer.out
    assert_golden(f"terminal/{name}-in-colour.txt", transcript(*words, answer=answer))


@pytest.mark.parametrize("form", ["markdown", "csv", "tsv", "json", "jsonl", "html"])
def test_format_of_the_overdue_list(form: str, cli: CommandLine) -> None:
    extension = {"markdown": "md"}.get(form, form)
    answer = cli("overdue", "--month", "2022-06", "--format", form)
    assert_golden(f"formats/overdue.{extension}", answer.raw)


@pytest.mark.parametrize(
    "command", ["show 5", "summary --month 2022-08", "units", "indicators", "assess --quarter 2022Q3"]
)
def test_json_of_the_other_reports(command: str, story: CommandLine) -> None:
    answer = story(*command.split(), "--format", "json", today="2022-09-01")
    assert_golden(f"formats/{command.split()[0]}.json", answer.raw)


@pytest.mark.parametrize(
    "command",
    [
        *("", "list", "show", "due", "overdue", "missing", "units", "indicators", "summary", "check", "fmt"),
        *("update", "done", "verify", "return", "suspend", "extend", "undo", "assess", "schema", "init"),
        *("dispatch", "bulletin", "notice", "template"),
        "sync",
        *("setup-git", "sync", "log", "diff", "audit"),
        *("supervise", "supervise add", "supervise reply", "supervise close", "supervise undo"),
        *("supervise list", "rank", "rank add", "rank undo", "rank list", "summons"),
    ],
)
def test_help_page(command: str, cli: CommandLine) -> None:
    words = [*command.split(), "--help"]
    answer = cli(*words, columns=80)
    assert_golden(f"help/{command.replace(' ', '-') or 'yzplan'}.txt", transcript(*words, answer=answer))


def test_help_of_the_program_is_what_no_command_at_all_shows(cli: CommandLine) -> None:
    assert cli() == cli("--help") == cli("-h")


def test_refusals_of_usage(cli: CommandLine) -> None:
    """Every kind of complaint that typer has, in Chinese."""
    assert_refusals(
        "usage",
        cli,
        ["overdu"],
        ["xyzzy"],
        [""],
        ["overdue", "--mnth", "2022-07"],
        ["overdue", "--zzz"],
        ["-x"],
        ["--mnth"],
        ["overdue", "--new=1"],
        ["show"],
        ["update"],
        ["overdue", "--month"],
        ["list", "-u"],
        ["--data"],
        ["update", 5, "--status"],
        ["show", 5, 6],
        ["overdue", 7],
        ["units", "市税务局", "市财政局"],
    )


def test_refusals_of_names(cli: CommandLine) -> None:
    """Units, tasks, indicators, keys and words that are unknown, or may mean several."""
    assert_refusals(
        "names",
        cli,
        ["list", "--unit", "市住建委"],
        ["list", "--unit", "火星局"],
        ["list", "--unit", ""],
        ["list", "--unit", "shuiwu"],
        ["list", "--unit", "法院"],
        ["list", "--unit", "市政府办"],
        ["list", "--unit", "管理区"],
        ["list", "--unit", "局"],
        ["list", "--role", "lead"],
        ["list", "--unit", "市税务局", "--role", "leda"],
        ["show", 122],
        ["show", 0],
        ["show", "五"],
        ["show", "5-7"],
        ["show", "7-5"],
        ["done", "1-99999"],
        ["list", "--indicator", 19],
        ["list", "--indicator", "开办公司"],
        ["list", "--indicator", "市场"],
        ["list", "--status", "finished"],
        ["list", "--standing", "done"],
        ["list", "--format", "jsno"],
        ["list", "--sort", "due"],
        ["list", "--columns", "id,name"],
        ["list", "--columns", "id,"],
        ["units", "--sort", "id"],
        ["overdue", "--output", "overdue.pdf"],
        ["overdue", "--output", "overdue"],
        ["overdue", "--output", "data/tasks.yaml", "--format", "json"],
        ["assess", "--year", "2022", "--explain", "各县市区政府"],
        ["assess", "--year", "2022", "--explain", "市住建委"],
    )


def test_refusals_of_times(cli: CommandLine) -> None:
    """Months and days that are none, and two that contradict each other."""
    assert_refusals(
        "times",
        cli,
        ["overdue", "--month", "7月"],
        ["overdue", "--month", 7],
        ["overdue", "--month", "2022-13"],
        ["overdue", "--month", "2022.7"],
        ["overdue", "--month", "7月底"],
        ["overdue", "--month", ""],
        ["overdue", "--as-of", "2022-02-30"],
        ["overdue", "--as-of", "2022-07"],
        ["overdue", "--as-of", "昨天"],
        ["overdue", "--known-at", "31/7/2022"],
        ["overdue", "--month", "2022-07", "--as-of", "2022-07-31"],
        ["due", "--month", "2022-07", "--until", "2022-09"],
        ["done", 5, "--completed-on", "7月28日"],
        ["list", "--deadline", "9月"],
        ["list", "--due-before", "2022"],
        ["assess"],
        ["assess", "--quarter", "2022Q3", "--year", "2022"],
        ["assess", "--quarter", "三季度"],
        ["assess", "--quarter", "2022-07"],
        ["assess", "--year", "今年"],
    )


def test_transcripts_of_the_offices_day(cli: CommandLine) -> None:
    """Verified, returned, suspended, extended, taken back; what is refused, and what came of it."""
    transcripts = []
    for typed in (
        "done 4-6 --completed-on 2022-07-28",
        "verify 4-5 --document 模拟核查表",
        "verify 7",
        "return 5-6 --reason 模拟：佐证不全",
        "return 6",
        "done 6 --completed-on 2022-07-29 --evidence 模拟〔2022〕12号",
        "suspend 2 --reason 模拟：上级另有安排 --dry-run",
        "suspend 2 --reason 模拟：上级另有安排",
        "extend 8 11 --to 2022-10 --approved-on 2022-07-20 --reason 模拟：调整 --document 模拟〔2022〕3号",
        "extend 8 --to 2022-07 --approved-on 2022-07-20 --reason 模拟 --document 模拟〔2022〕3号",
        "undo 2",
        "undo 2 --reason 模拟：录错了任务",
        "undo 2 --reason 模拟",
        "undo 4 --unit 零陵 --reason 模拟",
        "undo 4 12345678 --reason 模拟",
        "show 4",
        "show 8",
        "missing --month 2022-07 --unit 市场监管 --unit 住建",
        "check",
    ):
        words = typed.split()
        transcripts.append(transcript(*words, answer=cli(*words)))
    assert_golden("plain/the-offices-day.txt", "\n".join(transcripts))


def assert_refusals(name: str, cli: CommandLine, *requests: list[str | int]) -> None:
    """Each request is refused with 2, says so on stderr alone, and changes nothing."""
    before = cli.tasks
    transcripts = []
    for words in requests:
        answer = cli(*words)
        assert (answer.code, answer.raw) == (2, b""), words
        transcripts.append(transcript(*words, answer=answer))
    assert cli.tasks == before
    assert_golden(f"refusals/{name}.txt", "\n".join(transcripts))
