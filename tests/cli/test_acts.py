"""`verify`, `return`, `suspend`, `extend`: the office's acts, and what follows from them. All are 模拟."""

import pytest
from commandline import CommandLine, added, refused, shown

LEAD = "市市场监管局"
"""Who leads tasks 1-7."""
DAY = "--approved-on 2022-07-20"
EXTEND = (
    *("--to", "2022-10", "--approved-on", "2022-07-20"),
    *("--reason", "模拟：方案调整", "--document", "模拟〔2022〕3号"),
)


def did(cli: CommandLine, command: str, *words: str, today: str = "2022-08-01") -> str:
    """What a command says that succeeds. Words with spaces come apart from the command."""
    answer = cli(*command.split(), *words, today=today)
    assert answer.code == 0, answer.err
    return answer.err


def state(cli: CommandLine, number: int, *words: str) -> tuple[str, str, str | None]:
    """A task's status, standing and completion day, as `show` has them on 31 August."""
    shown = cli("show", number, "--format", "json", "--as-of", "2022-08-31", *words, today="2022-09-01").json
    return shown["status"], shown["standing"], shown["completed_on"]


def overdue(cli: CommandLine, month: str, *words: str) -> list[int]:
    """The overdue tasks of the indicators 1 and 2 at the close of a month."""
    chosen = ("-i", "1", "-i", "2", "--format", "json")
    return cli("overdue", "--month", month, *chosen, *words, today="2023-01-01").ids


# Lines


@pytest.mark.parametrize(
    ("command", "words", "lines"),
    [
        ("verify 5", ["--note", "模拟：已核"], ["status: verified", "note: 模拟：已核"]),
        (
            "verify 5 --document 模拟核查表 --by 模拟人",
            ["--document", "模拟 照片"],
            ["status: verified", "evidence: [模拟核查表, '模拟 照片']", "by: 模拟人"],
        ),
        ("return 5", ["--reason", "模拟：材料不全"], ["status: returned", "note: 模拟：材料不全"]),
        ("return 5 --reason 不实 --date 2022-07-30", [], ["status: returned", "note: 不实"]),
    ],
)
def test_an_act_on_what_was_reported_done_is_one_record(
    cli: CommandLine, command: str, words: list[str], lines: list[str]
) -> None:
    did(cli, "done 5 --date 2022-07-20")
    before = cli.tasks
    answer = cli(*command.split(), *words)
    assert answer.code == 0
    date = "2022-07-30" if "--date" in command else "2022-08-01"
    expected = [f"    - date: {date}", f"      unit: {LEAD}", *(f"      {line}" for line in lines)]
    assert added(before, cli.tasks) == shown(answer) == expected
    label = "已认定" if command.startswith("verify") else "退回"
    [entry] = [e for e in cli("show", 5, "--format", "json").json["progress"] if e["status"] != "done"]
    assert answer.err == f"已追加：第 5 项 {LEAD} {label}，引用码 {entry['ref']}\n"


def test_an_act_may_be_about_any_units_part(cli: CommandLine) -> None:
    did(cli, "done 5 --unit 零陵区")
    assert "      unit: 零陵区" in shown(cli("verify", 5, "--unit", "零陵"))
    assert refused(cli, "verify", 5).startswith(f"第 5 项 {LEAD} 现为“未启动”，不能记为“已认定”\n")


def test_a_suspension_is_one_record(cli: CommandLine) -> None:
    before = cli.tasks
    answer = cli("suspend", 5, "--reason", "模拟：上级另有安排", "--document", "模拟〔2022〕8号")
    lines = [
        "    progress:",
        "    - date: 2022-08-01",
        f"      unit: {LEAD}",
        "      status: suspended",
        "      note: 模拟：上级另有安排",
        "      evidence: [模拟〔2022〕8号]",
    ]
    assert added(before, cli.tasks) == shown(answer) == lines
    assert answer.err.startswith(f"已追加：第 5 项 {LEAD} 中止，引用码 ")


def test_an_extension_is_one_entry_before_the_progress(cli: CommandLine) -> None:
    did(cli, "update 4 --status in_progress")
    before = cli.tasks
    answer = cli("extend", 4, *EXTEND, today="2022-07-20")
    lines = [
        "    extensions:",
        "    - from: 2022-07",
        "      to: 2022-10",
        "      approved_on: 2022-07-20",
        "      reason: 模拟：方案调整",
        "      document: 模拟〔2022〕3号",
    ]
    assert added(before, cli.tasks) == shown(answer) == lines
    assert cli.tasks.index("    extensions:\n    - from") < cli.tasks.index("    progress:\n")
    [entry] = cli("show", 4, "--format", "json").json["extensions"]
    assert answer.err == f"已追加：第 4 项 延至 2022-10，引用码 {entry['ref']}\n"
    assert cli("check", "--strict").err.endswith("，1 条进展，1 次延期\n")


def test_an_extension_entered_later_says_so(cli: CommandLine) -> None:
    assert shown(cli("extend", 4, *EXTEND, today="2022-08-05"))[-1] == "      recorded_on: 2022-08-05"


def test_a_second_extension_starts_from_the_deadline_that_held(cli: CommandLine) -> None:
    did(cli, "extend 4", *EXTEND)
    words = ("--to", "2022-12", "--approved-on", "2022-09-30", "--reason", "模拟", "--document", "模拟4号")
    assert shown(cli("extend", 4, *words, today="2022-09-30"))[:2] == [
        "    - from: 2022-10",
        "      to: 2022-12",
    ]


@pytest.mark.parametrize("command", ["verify 4-6", "return 4-6 --reason 模拟", "suspend 4-6 --reason 模拟"])
def test_several_at_once(cli: CommandLine, command: str) -> None:
    if not command.startswith("suspend"):
        did(cli, "done 4-6")
    before = cli.tasks
    answer = cli(*command.split())
    assert added(before, cli.tasks) == shown(answer)
    assert [line for line in answer.lines if line.startswith("@@")] == [f"@@ 第 {n} 项 @@" for n in (4, 5, 6)]


def test_several_are_all_written_or_none(cli: CommandLine) -> None:
    did(cli, "done 4-5")
    assert refused(cli, "verify", "4-6").startswith(f"第 6 项 {LEAD} 现为“未启动”")
    assert refused(cli, "return", 4, 5, 122, "--reason", "模拟").startswith("没有第 122 项任务")
    assert refused(cli, "extend", 4, 7, *EXTEND).startswith("第 7 项延至 2022-10，不晚于印发的时限 2022-11")


def test_what_is_said_again_after_a_return_of_the_same_day_needs_words_of_its_own(cli: CommandLine) -> None:
    did(cli, "done 5 --completed-on 2022-07-28")
    did(cli, "return 5 --reason 模拟")
    before = cli.tasks
    assert did(cli, "done 5 --completed-on 2022-07-28").splitlines() == [
        f"第 5 项 {LEAD} 已报完成：已有同样的记录，没有重复写入",
        f"注意：第 5 项 {LEAD} 当天其后又记为“退回”；确要再报“已报完成”，请用 --note 写明缘由",
    ]
    assert cli.tasks == before
    did(cli, "done 5 --completed-on 2022-07-28 --note 模拟：已补正")
    assert state(cli, 5) == ("done", "late", "2022-08-01")


def test_an_extension_that_a_later_one_overrides_is_written_and_remarked_on(cli: CommandLine) -> None:
    did(cli, "extend 8", *EXTEND)
    words = ("--to", "2022-12", "--approved-on", "2022-07-10", "--reason", "模拟", "--document", "模拟2号")
    said = did(cli, "extend 8", *words)
    assert said.startswith(
        "注意：第 8 项另有以后批准的延期，现行时限仍为 2022-10\n已追加：第 8 项 延至 2022-12"
    )


@pytest.mark.parametrize("command", ["verify 5", "return 5 --reason 模拟", "suspend 4 --reason 模拟"])
def test_an_act_said_twice_is_one(cli: CommandLine, command: str) -> None:
    did(cli, "done 5 --date 2022-07-20")
    did(cli, command)
    before = cli.tasks
    again = cli(*command.split())
    assert (again.code, again.raw, cli.tasks) == (0, b"", before)
    assert again.err.endswith("：已有同样的记录，没有重复写入\n")


def test_an_extension_said_again_on_another_day_is_the_same(cli: CommandLine) -> None:
    did(cli, "extend 4", *EXTEND, today="2022-07-20")
    before = cli.tasks
    for today in ("2022-07-20", "2022-08-05", "2022-09-01"):
        again = cli("extend", 4, *EXTEND, today=today)
        assert (again.code, again.raw, cli.tasks) == (0, b"", before)
        assert again.err == "第 4 项 延至 2022-10：已有同样的记录，没有重复写入\n"


@pytest.mark.parametrize(
    "command",
    ["verify 5", "return 5 --reason 模拟", "suspend 4 --reason 模拟", "extend 4"],
)
def test_a_dry_run_shows_and_writes_nothing(cli: CommandLine, command: str) -> None:
    did(cli, "done 5 --date 2022-07-20")
    words = [*command.split(), *(EXTEND if command.startswith("extend") else ())]
    before = cli.tasks
    dry = cli(*words, "--dry-run")
    assert (dry.code, cli.tasks) == (0, before)
    assert dry.err.startswith("将追加（未写入）：")
    assert cli(*words).raw == dry.raw


# Refusals


LEGAL = {
    "未启动": "从这里单位可以报：推进中、受阻、已报完成；办公室可以作出：中止",
    "已报完成": "从这里单位可以报：已报完成；办公室可以作出：已认定、退回",
    "已认定": "从这里单位可以报：无；办公室可以作出：退回",
    "中止": "从这里单位可以报：推进中、受阻、已报完成；办公室可以作出：无",
}


@pytest.mark.parametrize(
    ("steps", "command", "now", "said"),
    [
        ([], "verify 5", "未启动", "已认定"),
        ([], "return 5 --reason 模拟", "未启动", "退回"),
        (["done 5"], "suspend 5 --reason 模拟", "已报完成", "中止"),
        (["done 5", "verify 5"], "verify 5 --note 模拟", "已认定", "已认定"),
        (["done 5", "verify 5"], "done 5 --note 模拟", "已认定", "已报完成"),
        (["suspend 5 --reason 模拟"], "suspend 5 --reason 模拟又", "中止", "中止"),
        (["suspend 5 --reason 模拟"], "return 5 --reason 模拟", "中止", "退回"),
    ],
)
def test_an_illegal_act_is_refused_with_what_is_legal(
    cli: CommandLine, steps: list[str], command: str, now: str, said: str
) -> None:
    for step in steps:
        did(cli, step)
    assert refused(cli, *command.split()) == (
        f"第 5 项 {LEAD} 现为“{now}”，不能记为“{said}”\n  提示：{LEGAL[now]}\n"
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("return 5", "没有写退回的理由\n  提示：用 --reason 写明\n"),
        ("suspend 5", "没有写中止的理由\n  提示：用 --reason 写明\n"),
        ("extend 5", "没有写延至哪个月\n  提示：用 --to 写明，如 --to 2022-10\n"),
        (
            "extend 5 --to 2022-10",
            "没有写批准日\n  提示：用 --approved-on 写明，如 --approved-on 2022-07-20\n",
        ),
        (
            "extend 5 --to 2022-10 --approved-on 2022-07-20",
            "没有写延期的理由\n  提示：用 --reason 写明\n",
        ),
        (
            "extend 5 --to 2022-10 --approved-on 2022-07-20 --reason 模拟",
            "没有写批准的文号或记录\n  提示：用 --document 写明\n",
        ),
        ("return 5 --reason", "选项 --reason 后面要写值\n  提示：用法见 yzplan return --help\n"),
    ],
)
def test_what_must_be_said_is_asked_for(cli: CommandLine, command: str, said: str) -> None:
    assert refused(cli, *command.split()) == said


@pytest.mark.parametrize("command", ["return", "suspend"])
def test_an_empty_reason_is_none(cli: CommandLine, command: str) -> None:
    did(cli, "done 5")
    assert refused(cli, command, 5, "--reason", "  ").endswith("的理由\n  提示：用 --reason 写明\n")


@pytest.mark.parametrize("to", ["2022-06", "2022-05"])
def test_an_extension_that_is_not_later_is_refused(cli: CommandLine, to: str) -> None:
    words = ("--to", to, "--approved-on", "2022-06-20", "--reason", "模拟", "--document", "模拟3号")
    assert refused(cli, "extend", 5, *words) == (
        f"第 5 项延至 {to}，不晚于印发的时限 2022-06\n  提示：核对任务编号与新的时限\n"
    )


def test_an_extension_to_the_month_that_holds_is_refused(cli: CommandLine) -> None:
    did(cli, "extend 4", *EXTEND)
    words = ("--to", "2022-10", "--approved-on", "2022-07-21", "--reason", "模拟", "--document", "模拟4号")
    assert refused(cli, "extend", 4, *words) == (
        "第 4 项的现行时限已是 2022-10\n  提示：用 yzplan show 4 查看延期\n"
    )


def test_an_extension_approved_tomorrow_is_written_and_remarked_on(cli: CommandLine) -> None:
    said = did(cli, "extend 4", *EXTEND, today="2022-07-19")
    assert said.startswith("注意：第 4 项延期的批准日 2022-07-20 在今天（2022-07-19）之后\n已追加：")


# What follows


def test_a_completion_that_is_verified_stays_of_its_day(cli: CommandLine) -> None:
    did(cli, "done 4 --completed-on 2022-07-28")
    assert state(cli, 4) == ("done", "on_time", "2022-07-28")
    did(cli, "verify 4", today="2022-08-20")
    assert state(cli, 4) == ("verified", "on_time", "2022-07-28")


def test_a_return_breaks_the_completion_from_its_day_on(cli: CommandLine) -> None:
    did(cli, "done 4 --completed-on 2022-07-28")
    did(cli, "return 4 --reason 模拟", today="2022-08-10")
    assert state(cli, 4) == ("returned", "overdue", None)
    assert (4 in overdue(cli, "2022-07"), 4 in overdue(cli, "2022-08")) == (False, True)
    did(cli, "done 4 --completed-on 2022-07-30", today="2022-08-15")
    assert state(cli, 4) == ("done", "late", "2022-08-10")
    assert 4 not in overdue(cli, "2022-08")


def test_what_is_suspended_is_not_overdue_until_it_is_resumed(cli: CommandLine) -> None:
    did(cli, "suspend 4 --reason 模拟 --date 2022-07-20")
    assert state(cli, 4) == ("suspended", "suspended", None)
    assert 4 not in overdue(cli, "2022-07") + overdue(cli, "2022-08")
    assert cli("list", "--standing", "suspended", "--format", "json").ids == [4]
    did(cli, "update 4 --status in_progress", today="2022-08-10")
    assert state(cli, 4) == ("in_progress", "overdue", None)
    assert (4 in overdue(cli, "2022-07"), 4 in overdue(cli, "2022-08")) == (False, True)


def test_an_extension_approved_in_time_moves_the_deadline(cli: CommandLine) -> None:
    did(cli, "extend 8", *EXTEND, today="2022-07-20")
    assert [8 in overdue(cli, month) for month in ("2022-07", "2022-09", "2022-10")] == [False, False, True]
    assert cli("list", "--deadline", "2022-10", "--format", "json").ids.count(8) == 1
    facts = cli("show", 8, "--format", "json").json
    assert (facts["deadline"], facts["effective_deadline"]) == ("2022-07", "2022-10")


def test_an_extension_approved_after_the_deadline_leaves_the_months_before_it_overdue(
    cli: CommandLine,
) -> None:
    words = ("--to", "2022-10", "--approved-on", "2022-09-05", "--reason", "模拟", "--document", "模拟3号")
    did(cli, "extend 8", *words, today="2022-09-05")
    months = ("2022-07", "2022-08", "2022-09", "2022-10")
    assert [8 in overdue(cli, month) for month in months] == [True, True, False, True]


def test_an_extension_entered_later_was_not_known_before(cli: CommandLine) -> None:
    did(cli, "extend 8", *EXTEND, today="2022-08-05")
    assert 8 not in overdue(cli, "2022-07")
    assert 8 in overdue(cli, "2022-07", "--known-at", "2022-08-04")
    assert 8 not in overdue(cli, "2022-07", "--known-at", "2022-08-05")


def test_to_verify_what_is_not_complete_yet_is_remarked_on(cli: CommandLine) -> None:
    did(cli, "done 5 --completed-on 2022-09-10")
    answer = cli("verify", 5)
    assert answer.err.splitlines()[0] == (
        "注意：第 5 项 市市场监管局 的完成日 2022-09-10 还没有到，自认定之日 2022-08-01 起即算完成"
    )


def test_a_part_that_follows_its_lead_has_to_be_reported_first(cli: CommandLine) -> None:
    did(cli, "done 5 --date 2022-07-20")
    assert refused(cli, "verify", 5, "--unit", "税务") == (
        "第 5 项 市税务局 现为“未启动”，不能记为“已认定”\n"
        "  提示：该单位自己没有填报过，现随牵头单位。"
        "从这里单位可以报：推进中、受阻、已报完成；办公室可以作出：中止\n"
    )


def test_a_past_state_is_not_called_the_present_one(cli: CommandLine) -> None:
    did(cli, "done 5 --date 2022-07-20")
    assert refused(cli, "return", 5, "--reason", "模拟", "--date", "2022-07-01").startswith(
        "第 5 项 市市场监管局 截至 2022-07-01 为“未启动”，不能记为“退回”\n"
    )


def test_an_extension_that_was_taken_back_is_not_said_again_on_another_day(cli: CommandLine) -> None:
    words = ("extend", 8, *EXTEND)
    assert cli(*words, today="2022-07-25").code == 0
    [given] = cli("show", 8, "--format", "json").json["extensions"]
    did(cli, f"undo 8 {given['ref']} --reason 模拟")
    assert "已更正作废\n  提示：确要再报，请用 --reason 写明缘由\n" in refused(cli, *words)


def test_the_deadline_told_of_is_todays(cli: CommandLine) -> None:
    extend = "extend 8 --reason 模拟 --document 模拟〔2022〕3号 --approved-on"
    did(cli, f"{extend} 2022-09-22 --to 2022-12")
    answer = cli(*f"{extend} 2022-08-01 --to 2022-10".split())
    assert "仍为" not in answer.err
    assert cli("show", 8, "--format", "json").json["effective_deadline"] == "2022-10"
