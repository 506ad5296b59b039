"""`supervise`: what the office did is written, answered, closed, taken back, listed. All of it is 模拟."""

import pytest
from commandline import CommandLine, added, execute, git, refused, shown

COUNTY = "零陵区"
VISIT = ("--measure", "暗访", "--unit", "零陵", "--finding", "模拟：窗口无人")


def did(cli: CommandLine, *words: str | int, today: str = "2022-09-01") -> str:
    """What is said of a command that succeeds."""
    answer = cli(*words, today=today)
    assert answer.code == 0, answer.err
    return answer.err


def add(cli: CommandLine, *words: str, today: str = "2022-09-01") -> str:
    """The reference of what the office did."""
    return did(cli, "supervise", "add", *words, today=today).rstrip().rsplit(" ", 1)[1]


def row(cli: CommandLine, ref: str, *words: str, today: str = "2022-09-01") -> dict[str, object]:
    rows = cli("supervise", "list", "--format", "json", *words, today=today).json
    [found] = [each for each in rows if each["ref"] == ref]
    return dict(found)


def status(cli: CommandLine, number: int) -> str:
    """The status of the county's own part of a task."""
    rows = cli("list", "--unit", COUNTY, "--role", "responsible", "--format", "json", today="2022-12-31").json
    return str(next(each for each in rows if each["id"] == number)["part"]["status"])


# What is written


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            "--measure 提示函 --unit 税务 --number 模拟〔2022〕5号 --task 36-37 --task 38 --due 2022-09-15",
            ["reminder", "市税务局", "number: 模拟〔2022〕5号", "tasks: [36, 37, 38]", "due: 2022-09-15"],
        ),
        ("--measure urging --unit 零陵", ["urging", COUNTY]),
        (
            "--measure 整改通知 --unit 零陵 --item 模拟一 --item 模拟二 --note 模拟",
            ["rectification", COUNTY, "items: [模拟一, 模拟二]", "note: 模拟"],
        ),
        ("--measure 督导检查 --unit 零陵 --finding 模拟", ["inspection", COUNTY, "finding: 模拟"]),
        ("--measure 明查 --unit 零陵 --finding 模拟", ["open_visit", COUNTY, "finding: 模拟"]),
        ("--measure covert_visit --unit 零陵 --finding 模拟", ["covert_visit", COUNTY, "finding: 模拟"]),
        (
            "--measure 移送问责 --unit 零陵 --number 模拟移送1号 --task 5",
            ["referral", COUNTY, "number: 模拟移送1号", "tasks: [5]"],
        ),
        ("--measure 约谈 --unit 零陵 --number 模拟约1号", ["summons", COUNTY, "number: 模拟约1号"]),
    ],
)
def test_each_measure_is_one_entry_at_the_end(cli: CommandLine, words: str, lines: list[str]) -> None:
    before = cli.tasks
    answer = cli("supervise", "add", *words.split(), today="2022-09-01")
    assert answer.code == 0, answer.err
    measure, unit, *facts = lines
    expected = [
        "supervision:",
        "- date: 2022-09-01",
        f"  measure: {measure}",
        f"  unit: {unit}",
        *(f"  {fact}" for fact in facts),
    ]
    assert answer.lines[0] == "@@ supervision @@"
    assert [line for line in added(before, cli.tasks) if line] == shown(answer) == expected
    [listed] = cli("supervise", "list", "--format", "json", today="2022-09-01").json
    assert (listed["measure"], listed["unit"], listed["open"]) == (measure, unit, measure != "referral")
    assert answer.err.endswith(f"，引用码 {listed['ref']}\n")
    assert cli("check", "--strict", today="2022-09-01").code == 0


def test_several_units_get_an_entry_each(cli: CommandLine) -> None:
    words = ("supervise", "add", "--measure", "督办函", "-u", "税务", "-u", "零陵", "--task", "36")
    assert did(cli, *words).count("已追加：督办函 ") == 2
    rows = cli("supervise", "list", "--format", "json", today="2022-09-01").json
    assert [(each["unit"], each["tasks"]) for each in rows] == [("市税务局", [36]), (COUNTY, [36])]


def test_what_is_entered_later_says_so(cli: CommandLine) -> None:
    ref = add(cli, *VISIT, "--date", "2022-08-20", "--due", "2022-08-30")
    assert "  recorded_on: 2022-09-01\n" in cli.tasks
    assert row(cli, ref, "--known-at", "2022-09-01")["date"] == "2022-08-20"
    assert cli("supervise", "list", "--known-at", "2022-08-31", "--format", "json").json == []


def test_the_same_said_again_even_on_another_day_is_not_written_again(cli: CommandLine) -> None:
    words = ("supervise", "add", *VISIT, "--date", "2022-09-01")
    ref = add(cli, *words[2:])
    before = cli.tasks
    for today in ("2022-09-01", "2022-09-05"):
        assert did(cli, *words, today=today) == "暗访 零陵区：已有同样的记录，没有重复写入\n"
    assert cli.tasks == before
    did(cli, "supervise", "undo", ref, "--reason", "模拟")
    assert f"这条记录（{ref}）已更正作废" in refused(cli, *words)


def test_a_day_to_come_is_said_aloud(cli: CommandLine) -> None:
    said = did(cli, "supervise", "add", *VISIT, "--date", "2022-09-08")
    assert said.startswith("注意：督办台账 零陵区 暗访的日期 2022-09-08 在今天（2022-09-01）之后")


def test_a_dry_run_writes_nothing(cli: CommandLine) -> None:
    before = cli.tasks
    answer = cli("supervise", "add", *VISIT, "--dry-run", today="2022-09-01")
    assert (answer.code, cli.tasks) == (0, before)
    assert answer.err.startswith("将追加（未写入）：暗访 零陵区")


# Replies and closes


def test_a_reply_keeps_it_open_and_the_office_closes_it(cli: CommandLine) -> None:
    ref = add(cli, *VISIT, "--due", "2022-09-10")
    assert row(cli, ref, today="2022-09-12") | {"overdue": True, "open_days": 11} == row(
        cli, ref, today="2022-09-12"
    )
    words = ("supervise", "reply", ref[:4], "--number", "模拟零〔2022〕1号", "--date", "2022-09-09")
    assert did(cli, *words, today="2022-09-12").startswith(
        f"零陵区 2022-09-01 的暗访已有回复，仍未办结；办结用 yzplan supervise close {ref}\n"
    )
    replied = row(cli, ref, today="2022-09-12")
    assert (replied["replied_on"], replied["open"], replied["overdue"]) == ("2022-09-09", True, False)
    assert row(cli, ref, "--known-at", "2022-09-11")["replied_on"] is None
    assert did(cli, "supervise", "close", ref.upper(), today="2022-09-20").startswith(
        "零陵区 2022-09-01 的暗访已办结\n"
    )
    closed = row(cli, ref, today="2022-09-20")
    assert (closed["closed_on"], closed["open"], closed["open_days"]) == ("2022-09-20", False, None)
    assert row(cli, ref, "--as-of", "2022-09-19", today="2022-09-20")["open"] is True
    assert cli("supervise", "list", "--open", "--format", "json", today="2022-09-20").json == []
    assert cli("check", "--strict", today="2022-09-20").code == 0


def test_it_is_closed_once(cli: CommandLine) -> None:
    ref = add(cli, *VISIT)
    did(cli, "supervise", "close", ref)
    [close] = [line for line in cli.tasks.splitlines() if "closes" in line]
    assert close == f"  closes: '{ref}'"
    assert did(cli, "supervise", "close", ref) == f"办结 {ref}：已有同样的记录，没有重复写入\n"
    said = refused(cli, "supervise", "close", ref, "--note", "模拟", "--date", "2022-09-03")
    assert said.startswith(
        "零陵区 2022-09-01 的暗访已于 2022-09-01 办结\n  提示：办结有误的，先用 yzplan supervise undo "
    )
    wrong = said.split("undo ")[1][:8]
    assert did(cli, "supervise", "undo", wrong, "--reason", "模拟：没有整改").startswith(
        "零陵区 2022-09-01 的暗访：2022-09-01 的办结作废，恢复为未办结\n"
    )
    assert row(cli, ref)["open"] is True
    did(cli, "supervise", "close", ref, "--note", "模拟")
    assert did(cli, "supervise", "reply", ref).startswith(
        "注意：零陵区 2022-09-01 的暗访已于 2022-09-01 办结\n"
    )


def test_wrong_references_are_refused(cli: CommandLine) -> None:
    first = add(cli, *VISIT)
    referral = add(cli, "--measure", "移送问责", "--unit", "零陵")
    did(cli, "supervise", "reply", first)
    reply = next(line for line in did(cli, "supervise", "reply", first).splitlines()).split()[0]
    assert reply == "回复"
    replied = cli("supervise", "reply", first, "--note", "模拟", today="2022-09-02").err.rstrip()[-8:]
    for word, said in (
        (first[:3], f"引用码“{first[:3]}”太短\n  提示：至少写前 4 位；引用码见 yzplan supervise list\n"),
        ("zzzz", "督办台账里没有这条记录：zzzz\n  提示：引用码有："),
        (replied, f"记录 {replied} 是一条回复，不是督办\n"),
        (referral, "移送问责没有办结\n  提示：台账只记移送这件事"),
    ):
        assert refused(cli, "supervise", "close", word).startswith(said), word
    assert refused(cli, "supervise", "reply", referral).startswith("移送问责没有回复\n")
    assert refused(cli, "supervise", "close", first, "--date", "2022-08-31").startswith(
        "办结的日期 2022-08-31 早于暗访的日期 2022-09-01\n"
    )
    assert refused(cli, "supervise", "undo", first) == "没有写更正的理由\n  提示：用 --reason 写明\n"
    undone = did(cli, "supervise", "undo", first, "--reason", "模拟").rstrip()[-8:]
    assert refused(cli, "supervise", "undo", undone, "--reason", "模拟").startswith(
        f"记录 {undone} 本身是更正，不能再更正\n"
    )
    for words in (("undo", first, "--reason", "另外"), ("close", first), ("reply", first)):
        assert refused(cli, "supervise", *words).startswith(f"记录 {first} 已经更正过\n")
    assert [
        each["ref"] for each in cli("supervise", "list", "--format", "json", today="2022-09-02").json
    ] == [referral]


def test_where_there_is_nothing_yet(cli: CommandLine) -> None:
    assert refused(cli, "supervise", "close", "abcd1234") == (
        "督办台账里没有这条记录：abcd1234\n  提示：引用码有：无\n"
    )
    answer = cli("supervise", "list")
    assert answer.err == "还没有督办记录，用 yzplan supervise add 登记，截至 2022-08-01\n"
    assert cli("supervise", "list", "--format", "json").json == []


# What is refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--unit 零陵", "没有写督办方式\n"),
        ("--measure 督办函", "没有写督办哪个单位\n"),
        ("--measure 警告 --unit 零陵", "没有“警告”这种督办方式\n  提示：可用：reminder（提示函）、"),
        ("--measure 督办函 --unit 火星局", "未登记的单位“火星局”\n"),
        (
            "--measure 督办函 --unit 各县市区政府",
            "“各县市区政府”是一组单位，不是一个单位\n  提示：几家各写一次 --unit，成员有：",
        ),
        (
            "--measure 督办函 --unit 市直相关单位",
            "“市直相关单位”是一组单位，不是一个单位\n  提示：名单不详，写明是哪家单位\n",
        ),
        (
            "--measure 督办函 --unit 税务 --unit 财政局 --task 36",
            "“市财政局”与第 36 项任务无关\n  提示：与它有关的单位：市税务局、",
        ),
        ("--measure 督办函 --unit 税务 --task 122", "没有第 122 项任务\n"),
        ("--measure 督办函 --unit 税务 --task 五", "看不懂的任务编号“五”"),
        ("--measure 督导检查 --unit 零陵", "督导检查没有写发现的问题\n  提示：用 --finding 写明"),
        ("--measure 明查 --unit 零陵 --finding ", "明查没有写发现的问题\n"),
        ("--measure 督办函 --unit 零陵 --finding 模拟", "督办函没有“发现问题”一栏\n"),
        (
            "--measure 移送问责 --unit 零陵 --finding 模拟",
            "移送问责不能写 --finding\n  提示：台账只记何时、以什么文号移送了哪个单位",
        ),
        (
            "--measure 移送问责 --unit 零陵 --item 模拟 --note 模拟 --due 2022-09-09",
            "移送问责不能写 --item、--due、--note\n",
        ),
        ("--measure 督办函 --unit 零陵 --due 2022-07-31", "反馈时限 2022-07-31 早于日期 2022-08-01\n"),
        ("--measure 督办函 --unit 零陵 --return --task 5", "督办函不能同时退回\n"),
        ("--measure 暗访 --unit 零陵 --finding 模拟 --return", "没有写退回哪些任务\n"),
        (
            "--measure 暗访 --unit 零陵 --finding 模拟 --return --task 5",
            "没有什么可以退回：零陵区在所写的任务上都没有报过完成\n",
        ),
        ("--measure 督办函 --measure 提示函 --unit 零陵", "选项 --measure 写了几次\n"),
        ("--measure 督办函 --unit 零陵 --date 昨天", "看不懂的日期“昨天”\n"),
        ("--measure 督办函 --unit 零陵 零陵", "多出的参数：零陵\n"),
    ],
)
def test_what_cannot_be_recorded_is_refused(cli: CommandLine, words: str, said: str) -> None:
    assert refused(cli, "supervise", "add", *words.split(" ")).startswith(said)


def test_what_is_wrong_of_one_unit_keeps_all_from_being_written(cli: CommandLine) -> None:
    did(cli, "done", 5, "--unit", "零陵", today="2022-08-01")
    words = ("--measure", "暗访", "-u", "零陵", "-u", "道县", "--task", "5", "--finding", "模拟", "--return")
    assert refused(cli, "supervise", "add", *words).startswith("没有什么可以退回：道县")


# 虚报


def test_an_inspection_returns_what_had_been_reported_done(cli: CommandLine) -> None:
    did(cli, "done", 5, 6, "--unit", "零陵", "--date", "2022-07-20")
    did(cli, "update", 7, "--unit", "零陵", "--status", "in_progress", "--date", "2022-07-20")
    before = cli.tasks
    words = ("supervise", "add", *VISIT, "--number", "模拟〔2022〕9号", "--task", "5-7", "--return")
    answer = cli(*words, "--date", "2022-08-20", today="2022-09-01")
    record = [
        "    - date: 2022-09-01",
        "      unit: 零陵区",
        "      status: returned",
        "      note: 模拟：窗口无人",
        "      evidence: [模拟〔2022〕9号]",
    ]
    assert shown(answer)[:10] == [*record, *record]
    assert shown(answer)[10:] == [line for line in added(before, cli.tasks) if line][10:]
    assert answer.err.splitlines()[0] == "第 7 项 零陵区 自己没有报完成（为“推进中”），没有退回"
    assert [line.split("，")[0] for line in answer.err.splitlines()[1:]] == [
        "已追加：暗访 零陵区 模拟〔2022〕9号",
        "已追加：第 5 项 零陵区 退回",
        "已追加：第 6 项 零陵区 退回",
    ]
    assert [status(cli, number) for number in (5, 6, 7)] == ["returned", "returned", "in_progress"]
    words_of_list = ("list", "--unit", COUNTY, "--role", "responsible", "--as-of", "2022-08-31")
    assert cli(*words_of_list, "--format", "json").json[4]["part"]["status"] == "done"
    again = cli(*words, "--date", "2022-08-20", today="2022-09-10")
    assert (again.code, again.raw, again.err.count("已有同样的记录")) == (0, b"", 3)
    assert cli("check", "--strict", today="2022-09-10").code == 0
    ref = row(cli, cli("supervise", "list", "--format", "json", today="2022-09-01").json[0]["ref"])["ref"]
    assert did(cli, "supervise", "undo", str(ref), "--reason", "模拟").splitlines()[1:3] == [
        f"注意：第 {number} 项当时的退回仍然有效；要作废，另用 yzplan undo {number} --unit 零陵区"
        for number in (5, 6)
    ]


def test_only_what_may_be_returned_is(cli: CommandLine) -> None:
    """As `return` has it: not before something that was recorded later and does not follow a return."""
    did(cli, "done", 5, "--unit", "零陵", "--date", "2022-07-20")
    did(cli, "verify", 5, "--unit", "零陵", "--date", "2022-09-05")
    words = ("supervise", "add", *VISIT, "--task", "5", "--return")
    assert refused(cli, *words).startswith(
        "第 5 项 零陵区 在 2022-09-05 已报“已认定”，不能在 2022-08-01 补记“退回”\n"
    )
    did(cli, *words, today="2022-09-06")
    assert status(cli, 5) == "returned"


# Git


def test_it_can_be_committed_with_what_it_returned(cli: CommandLine) -> None:
    did(cli, "done", 5, "--unit", "零陵", "--date", "2022-07-20")
    for words in (("init", "-q"), ("config", "user.name", "模拟"), ("config", "user.email", "a@example.org")):
        git(cli.here, *words)
    git(cli.here, "add", "data")
    git(cli.here, "commit", "-q", "-m", "模拟")
    words = ("supervise", "add", *VISIT, "--task", "5", "--return", "--commit")
    assert "已提交 " in did(cli, *words)
    assert git(cli.here, "log", "-1", "--format=%B").rstrip() == (
        "台账：2条记录\n\n暗访 零陵区\n第5项 零陵区 退回"
    )
    assert git(cli.here, "status", "--porcelain", "data") == ""
    assert did(cli, *words).endswith("没有新的记录，没有提交\n")
    ref = cli("supervise", "list", "--format", "json", today="2022-09-01").json[0]["ref"]
    did(cli, "supervise", "close", ref, "--commit")
    assert git(cli.here, "log", "-1", "--format=%s") == f"台账：办结 {ref}\n"
    did(cli, "supervise", "reply", ref)
    assert did(cli, "supervise", "reply", ref, "--commit").endswith(
        f"没有新的记录，没有提交；早先写入的回复 {ref}还没有提交，请用 git commit 提交\n"
    )


# The list


@pytest.fixture
def told(cli: CommandLine) -> CommandLine:
    """A shell where the office has done several things."""
    add(
        cli, "--measure", "提示函", "-u", "税务", "--task", "36-38", "--due", "2022-08-15", today="2022-08-05"
    )
    add(cli, "--measure", "督办函", "-u", "道县", "--number", "模拟〔2022〕8号", today="2022-08-10")
    add(cli, *VISIT, "--due", "2022-09-10", today="2022-08-20")
    add(cli, "--measure", "移送问责", "-u", "零陵", today="2022-08-25")
    return cli


def test_the_list_can_be_selected_sorted_and_cut(told: CommandLine) -> None:
    def units(*words: str, today: str = "2022-09-01") -> list[str]:
        rows = told("supervise", "list", "--format", "json", *words, today=today).json
        return [each["unit"] for each in rows]

    assert units() == ["市税务局", "道县", COUNTY, COUNTY]
    assert units("--unit", "各县市区政府", "--open") == ["道县", COUNTY]
    assert units("--unit", "税务", "-u", "道县") == ["市税务局", "道县"]
    assert units("--measure", "督办函", "--measure", "referral") == ["道县", COUNTY]
    assert units("--overdue") == ["市税务局"]
    assert units("--overdue", today="2022-09-11") == ["市税务局", COUNTY]
    assert units("--month", "2022-07") == []
    assert units("--as-of", "2022-08-10") == ["市税务局", "道县"]
    assert units("--sort", "-date") == [COUNTY, COUNTY, "道县", "市税务局"]
    assert told(
        "supervise", "list", "--columns", "unit,open_days", "--sort", "open_days", "--format", "tsv"
    ).lines == ["unit\topen_days"]
    answer = told(
        "supervise", "list", "--columns", "unit,open_days", "--open", "--format", "csv", today="2022-09-01"
    )
    assert answer.raw.decode("utf-8-sig").splitlines() == [
        "单位,未办结天数",
        "市税务局,27",
        "道县,22",
        "零陵区,12",
    ]
    assert answer.err == "督办 3 件，未办结 3 件，逾期未回复 1 件，截至 2022-09-01\n"
    assert refused(told, "supervise", "list", "--sort", "age").startswith("没有“age”这个键\n")


@pytest.mark.parametrize("form", ["plain", "markdown", "html", "jsonl"])
def test_every_format_has_every_measure(told: CommandLine, form: str) -> None:
    text = told("supervise", "list", "--format", form, today="2022-09-01").out
    refs = [each["ref"] for each in told("supervise", "list", "--format", "json", today="2022-09-01").json]
    assert all(text.count(ref) == 1 for ref in refs)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_narrow_terminal_shows_whose_and_since_when(told: CommandLine, width: int) -> None:
    told.monkeypatch.setenv("NO_COLOR", "1")
    answer = told("supervise", "list", today="2022-09-01", columns=width, on_terminal=True)
    said = "".join(answer.out.split())
    for words in ("2022-08-05", "提示函", "市税务局", "27天", "36–38", "暗访", "移送"):
        assert words in said


def test_an_older_revision_is_listed(told: CommandLine) -> None:
    git(told.here, "init", "-q")
    git(told.here, "add", "data")
    git(told.here, "commit", "-q", "-m", "模拟")
    add(told, "--measure", "约谈", "-u", "道县")
    rows = told("supervise", "list", "--rev", "HEAD", "--format", "json", today="2022-09-01").json
    assert len(rows) == 4


# The group


def test_alone_it_shows_its_help(cli: CommandLine) -> None:
    assert cli("supervise") == cli("supervise", "--help")
    assert cli("rank") == cli("rank", "-h")
    assert cli("supervise").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("supervise lst", "没有“lst”这个命令\n  提示：是否为 list？\n"),
        ("rank xyzzy", "没有“xyzzy”这个命令\n  提示：用 yzplan rank --help 查看全部命令\n"),
        ("supervise close", "缺少参数 REF\n  提示：用法见 yzplan supervise close --help\n"),
        ("supervise list --opn", "没有 --opn 这个选项\n  提示：是否为 --month、--open、--output？\n"),
        ("supervise --opn", "没有 --opn 这个选项\n"),
        ("rank add --rank 0", "“0”不是从 1 起的整数\n"),
    ],
)
def test_its_complaints_are_chinese(cli: CommandLine, words: str, said: str) -> None:
    assert refused(cli, *words.split()).startswith(said)


def test_the_data_may_be_named_anywhere(cli: CommandLine) -> None:
    add(cli, *VISIT)
    expected = cli("supervise", "list", "--format", "json", today="2022-09-01").json
    data = str(cli.tasks_file.parent)
    git(cli.here, "init", "-q", "elsewhere")
    other = CommandLine(here=cli.here / "elsewhere", monkeypatch=cli.monkeypatch)
    for words in (
        ("--data", data, "supervise", "list"),
        ("supervise", "--data", data, "list"),
        ("supervise", "list", "--data", data),
    ):
        assert other(*words, "--format", "json", today="2022-09-01").json == expected


def test_its_commands_are_completed(cli: CommandLine) -> None:
    env = {"_YZPLAN_COMPLETE": "complete_bash", "COMP_WORDS": "yzplan supervise ", "COMP_CWORD": "2"}
    assert execute(cli.here, env=env).lines == ["add", "reply", "close", "undo", "list"]
