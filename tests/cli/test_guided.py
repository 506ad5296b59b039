"""The guided form of `update`, on a real terminal. All reports are 模拟."""

import sys

import pytest
from commandline import CommandLine, added, execute, git

if sys.platform == "win32":
    pytest.skip("没有伪终端", allow_module_level=True)

from conversation import CTRL_C, CTRL_D, converse

LEAD = "市市场监管局"
"""Who leads tasks 1-7."""
TEXT_5 = "第 5 项　对新办纳税人实行增值税专用发票电子化。"

# What is asked.
UNIT = f"谁的进展（回车为牵头单位 {LEAD}）："
STATUS = "状态：1 推进中  2 受阻  3 已报完成\n选一个："
ONE = "选一个："
PERCENT = "进度 0–100（可不填）："
NOTE = "说明（可不填）："
PROBLEM = "存在问题（可不填）："
DAY = "实际完成日（回车为 2022-08-01）："
EVIDENCE = "佐证，几件用分号隔开（可不填）："
WRITE = "写入？[y/n] "


def progress(*facts: str, unit: str = LEAD) -> list[str]:
    """The lines of a first record of today."""
    head = ["    progress:", "    - date: 2022-08-01", f"      unit: {unit}"]
    return [*head, *(f"      {fact}" for fact in facts)]


def test_a_report_is_asked_for_shown_and_written(cli: CommandLine) -> None:
    before = cli.tasks
    talk = converse(
        cli.here,
        *("update", 5),
        answers=[
            *[(UNIT, ""), (ONE, "2"), (PERCENT, "40%"), (NOTE, "模拟：已部署"), (PROBLEM, "模拟：缺人手")],
            (WRITE, "y"),
        ],
    )
    lines = progress("status: blocked", "percent: 40", "note: 模拟：已部署", "problem: 模拟：缺人手")
    assert added(before, cli.tasks) == lines
    diff = ["@@ 第 5 项 @@", *(f"+{line}" for line in lines)]
    [ref] = [entry["ref"] for entry in cli("show", 5, "--format", "json").json["progress"]]
    assert talk.code == 0
    assert talk.lines == [
        TEXT_5,
        UNIT,
        f"第 5 项　时限 2022-06　逾期未完成　{LEAD}现为“未启动”",
        *STATUS.splitlines()[:1],
        f"{ONE}2",
        f"{PERCENT}40%",
        f"{NOTE}模拟：已部署",
        f"{PROBLEM}模拟：缺人手",
        *diff,
        f"将追加（未写入）：第 5 项 {LEAD} 受阻，引用码 {ref}",
        f"{WRITE}y",
        f"已追加：第 5 项 {LEAD} 受阻，引用码 {ref}",
    ]


def test_a_completion_is_asked_for_its_day_measures_and_evidence(cli: CommandLine) -> None:
    before = cli.tasks
    talk = converse(
        cli.here,
        *("update", 3),
        answers=[
            (UNIT, "税务"),
            (ONE, "已报完成"),
            (DAY, "2022年7月28日"),
            ("实测 网上办理占比（可不填）：", "82.50"),
            (NOTE, ""),
            (EVIDENCE, "模拟〔2022〕1号；模拟台账; "),
            (WRITE, "是"),
        ],
    )
    assert talk.code == 0
    assert added(before, cli.tasks) == progress(
        "status: done",
        "completed_on: 2022-07-28",
        "evidence: [模拟〔2022〕1号, 模拟台账]",
        "measured: {网上办理占比: 82.5}",
        unit="市税务局",
    )


def test_what_cannot_be_understood_is_asked_again_with_the_reason(cli: CommandLine) -> None:
    before = cli.tasks
    wrong = [
        (UNIT, "火星局", "未登记的单位“火星局”\n  提示：用 yzplan units 查看全部单位"),
        (UNIT, "各县市区", "“各县市区政府”是一组单位，不是一个单位\n  提示：由成员各自填报：零陵区、"),
        (UNIT, "市教育局", "“市教育局”与第 5 项任务无关，不能填报\n  提示：可填报的单位："),
        (ONE, "", "请从中选一个\n  提示：1 推进中  2 受阻  3 已报完成\n状态："),
        (ONE, "0", "请从中选一个\n  提示：1 推进中  2 受阻  3 已报完成\n状态："),
        (ONE, "4", "请从中选一个\n  提示：1 推进中  2 受阻  3 已报完成\n状态："),
        (ONE, "认定", "没有“认定”这种状态\n  提示：可用：in_progress（推进中）、"),
        (ONE, "退回", "“退回”不能由单位自己填报\n  提示：由办公室用 yzplan return 作出；"),
        (PERCENT, "120", "进度“120”不在 0–100 之间\n  提示：写作 80 或 80%\n"),
        (PERCENT, "一半", "进度“一半”不是数字\n  提示：只写数字，如 80 或 5.4；小数点用“.”\n"),
        (NOTE, "模拟：\u200b", "说明里有看不见的字符 U+200B ZERO WIDTH SPACE\n  提示：去掉该字符；"),
    ]
    right = [(UNIT, ""), (ONE, "1"), (PERCENT, ""), (NOTE, ""), (WRITE, "y")]
    answers = [(asked, typed) for asked, typed, _ in wrong]
    for asked, typed in right:
        last = max((k for k, (each, _) in enumerate(answers) if each == asked), default=len(answers) - 1)
        answers.insert(last + 1, (asked, typed))
    talk = converse(cli.here, "update", 5, answers=answers)
    assert talk.code == 0
    for asked, typed, said in wrong:
        assert f"{asked}{typed}\n{said}" in talk.screen
    assert added(before, cli.tasks) == progress("status: in_progress")


def test_the_wrong_day_measure_or_consent_is_asked_again(cli: CommandLine) -> None:
    before = cli.tasks
    measure = "实测 网上办理占比（可不填）："
    talk = converse(
        cli.here,
        *("update", 3),
        answers=[
            *[(UNIT, ""), (ONE, "3"), (DAY, "7月1日"), (DAY, ""), (measure, "八成"), (measure, "")],
            *[(NOTE, ""), (EVIDENCE, ""), (WRITE, "好"), (WRITE, "Y")],
        ],
    )
    assert f"{DAY}7月1日\n看不懂的日期“7月1日”\n" in talk.screen
    assert f"{measure}八成\n实测值“八成”不是数字\n" in talk.screen
    assert f"{WRITE}好\n{WRITE}Y\n" in talk.screen
    assert added(before, cli.tasks) == progress("status: done")


@pytest.mark.parametrize(
    ("steps", "choices"),
    [
        (["done 5"], "状态：1 已报完成\n"),
        (["suspend 5 --reason 模拟"], "状态：1 推进中  2 受阻  3 已报完成\n"),
        (["done 5", "return 5 --reason 模拟"], "状态：1 推进中  2 受阻  3 已报完成\n"),
        (["done 5 --completed-on 2022-09-30"], "状态：1 已报完成\n"),
        (["done 5 --unit 零陵区"], "状态：1 推进中  2 受阻  3 已报完成\n"),
    ],
    ids=["done", "suspended", "returned", "done in the future", "of another unit"],
)
def test_only_legal_statuses_are_offered(cli: CommandLine, steps: list[str], choices: str) -> None:
    for step in steps:
        assert cli(*step.split()).code == 0
    assert choices in converse(cli.here, "update", 5, answers=[(UNIT, ""), (ONE, CTRL_C)]).screen


def test_what_is_legal_depends_on_the_day_of_the_report(cli: CommandLine) -> None:
    assert cli("done", 5, "--date", "2022-07-20").code == 0
    words = ("update", 5, "--date", "2022-07-10")
    answers = [(UNIT, ""), (ONE, "1"), (PERCENT, ""), (NOTE, ""), (WRITE, "y")]
    assert converse(cli.here, *words, answers=answers).code == 0
    dates = [entry["date"] for entry in cli("show", 5, "--format", "json").json["progress"]]
    assert dates == ["2022-07-10", "2022-07-20"]


def test_where_nothing_may_be_reported_that_is_said(cli: CommandLine) -> None:
    for step in ("done 5", "verify 5"):
        assert cli(*step.split()).code == 0
    talk = converse(cli.here, "update", 5, answers=[(UNIT, "")])
    assert talk.code == 2
    assert talk.screen.endswith(
        f"　{LEAD}现为“已认定”（2022-08-01 报）\n"
        "从现在的状态没有可以填报的\n  提示：已认定的如有不实，由办公室用 yzplan return 退回\n"
    )


def test_several_tasks_are_offered_what_is_legal_for_all(cli: CommandLine) -> None:
    assert cli("done", 4, "--date", "2022-07-20").code == 0
    before = cli.tasks
    talk = converse(
        cli.here,
        *("update", "3-4"),
        answers=[
            *[(UNIT, ""), ("状态：1 已报完成\r\n选一个：", "1"), (DAY, "2022-07-31")],
            *[(NOTE, "模拟：同批完成"), (EVIDENCE, ""), (WRITE, "y")],
        ],
    )
    assert talk.code == 0
    record = progress("status: done", "completed_on: 2022-07-31", "note: 模拟：同批完成")
    assert added(before, cli.tasks) == [*record, *record[1:]]


def test_the_unit_asked_about_is_told_from_whom_its_state_follows(cli: CommandLine) -> None:
    assert cli("update", 5, "--status", "blocked", "--percent", 30, "--date", "2022-07-10").code == 0
    talk = converse(cli.here, "update", 5, answers=[(UNIT, "零陵"), (ONE, CTRL_C)])
    assert (
        "第 5 项　时限 2022-06　逾期未完成　零陵区现为“受阻” 30%（2022-07-10 报），随牵头单位\n"
        in talk.screen
    )


def test_what_was_said_already_is_not_asked(cli: CommandLine) -> None:
    before = cli.tasks
    talk = converse(
        cli.here,
        *(
            "update",
            3,
            "--unit",
            "零陵",
            "--completed-on",
            "2022-07-20",
            "--note",
            "模拟",
            "--evidence",
            "甲",
        ),
        *("--measured", "网上办理占比=82"),
        answers=[(ONE, "done"), (WRITE, "y")],
    )
    assert talk.code == 0
    assert added(before, cli.tasks) == progress(
        *("status: done", "completed_on: 2022-07-20", "note: 模拟", "evidence: [甲]"),
        "measured: {网上办理占比: 82}",
        unit="零陵区",
    )


@pytest.mark.parametrize("answer", ["n", "否", "NO", ""])
def test_without_consent_nothing_is_written(cli: CommandLine, answer: str) -> None:
    before = cli.tasks_file.read_bytes()
    answers = [(ONE, "1"), (PERCENT, ""), (NOTE, ""), (WRITE, answer)]
    talk = converse(cli.here, "update", 5, "--unit", LEAD, answers=answers)
    assert (talk.code, talk.lines[-1]) == (0, "没有写入")
    assert cli.tasks_file.read_bytes() == before


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("at", range(5))
def test_interrupted_at_any_question_nothing_is_written(cli: CommandLine, at: int, key: str) -> None:
    before = cli.tasks_file.read_bytes()
    answers = [(UNIT, ""), (ONE, "1"), (PERCENT, "50"), (NOTE, "模拟"), (WRITE, "y")]
    answers = [*answers[:at], (answers[at][0], key)]
    talk = converse(cli.here, "update", 5, answers=answers)
    assert talk.code == 130
    assert "Traceback" not in talk.screen
    assert cli.tasks_file.read_bytes() == before


def test_a_dry_run_asks_everything_but_for_consent(cli: CommandLine) -> None:
    before = cli.tasks_file.read_bytes()
    answers = [(UNIT, ""), (ONE, "1"), (PERCENT, ""), (NOTE, "")]
    talk = converse(cli.here, "update", 5, "--dry-run", answers=answers)
    assert talk.code == 0
    assert talk.lines[-1].startswith(f"将追加（未写入）：第 5 项 {LEAD} 推进中，引用码 ")
    assert cli.tasks_file.read_bytes() == before


def test_what_is_known_already_needs_no_consent(cli: CommandLine) -> None:
    assert cli("update", 5, "--status", "in_progress").code == 0
    talk = converse(cli.here, "update", 5, answers=[(UNIT, ""), (ONE, "1"), (PERCENT, ""), (NOTE, "")])
    assert (talk.code, talk.lines[-1]) == (0, f"第 5 项 {LEAD} 推进中：已有同样的记录，没有重复写入")


def test_a_status_that_is_given_leaves_nothing_to_ask(cli: CommandLine) -> None:
    assert converse(cli.here, "update", 5, "--status", "blocked", answers=[]).code == 0


def test_a_task_that_is_not_there_is_said_before_anything_is_asked(cli: CommandLine) -> None:
    talk = converse(cli.here, "update", 122, answers=[])
    assert (talk.code, talk.lines[0]) == (2, "没有第 122 项任务")


def test_not_on_a_terminal_nothing_is_asked(cli: CommandLine) -> None:
    answer = execute(cli.here, "update", 5)
    assert (answer.code, answer.raw) == (2, b"")
    assert answer.err.startswith("没有写 --status\n")


# undo --uncommitted


@pytest.mark.parametrize(("answer", "stays"), [("y", False), ("n", True), (CTRL_C, True), (CTRL_D, True)])
def test_lines_are_taken_out_with_consent_only(cli: CommandLine, answer: str, stays: bool) -> None:
    git(cli.here, "init", "-q")
    shipped = cli.tasks_file.read_bytes()
    assert cli("done", 5, "--date", "2022-07-20").code == 0
    reported = cli.tasks_file.read_bytes()
    [ref] = [entry["ref"] for entry in cli("show", 5, "--format", "json").json["progress"]]
    talk = converse(cli.here, "undo", 5, "--uncommitted", answers=[("删去这几行？[y/n] ", answer)])
    lines = ["@@ 第 5 项 @@", *(f"-{line}" for line in added(shipped.decode(), reported.decode()))]
    assert talk.lines[: len(lines)] == lines
    assert cli.tasks_file.read_bytes() == (reported if stays else shipped)
    ends = {"y": f"已删去：第 5 项 {LEAD} 已报完成，引用码 {ref}", "n": "没有改动"}
    assert talk.code == (0 if answer in ends else 130)
    assert answer not in ends or talk.lines[-1] == ends[answer]


def test_a_dry_run_of_undo_asks_nothing(cli: CommandLine) -> None:
    git(cli.here, "init", "-q")
    assert cli("done", 5, "--date", "2022-07-20").code == 0
    before = cli.tasks_file.read_bytes()
    talk = converse(cli.here, "undo", 5, "--uncommitted", "--dry-run", answers=[])
    assert (talk.code, talk.lines[-1][:9]) == (0, "将删去（未写入）：")
    assert cli.tasks_file.read_bytes() == before


def test_what_changed_while_the_person_was_thinking_is_not_taken_out(cli: CommandLine) -> None:
    """The newest record is another one by the time of the answer."""
    git(cli.here, "init", "-q")
    assert cli("update", 5, "--status", "blocked", "--date", "2022-07-20").code == 0
    words = ("undo", 5, "--uncommitted")

    def meanwhile() -> str:
        assert cli("done", 5, "--date", "2022-07-25").code == 0
        return "y"

    talk = converse(cli.here, *words, answers=[("删去这几行？[y/n] ", meanwhile)])
    assert talk.code == 2
    assert "给人看过以后，台账又有变动，没有删去\n  提示：再看一遍：重做一次\n" in talk.screen
    assert len(cli("show", 5, "--format", "json").json["progress"]) == 2
