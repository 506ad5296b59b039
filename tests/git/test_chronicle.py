"""`log` and `diff` read like a ledger: who, when, which task and unit, from what to what. Real git, 模拟."""

import re
from pathlib import Path

import pytest
from histories import (
    BING,
    BING_BEGUN,
    CLOSED,
    JIA,
    JIA_BLOCKED,
    JIA_DONE,
    OFFICE,
    OFFICE_LEDGERS,
    THIRD,
    URGED,
    Plan,
    begin,
)
from jsonschema import Draft202012Validator
from tiny import sealed

from yzplan.render.answer_schemas import answer_schema

VERIFIED = """\
    - date: 2022-08-22
      unit: 市模拟甲局
      status: verified
"""
EXTENSION = "    - {from: 2022-11, to: 2022-12, approved_on: 2022-10-20, reason: 模拟：再延}\n"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Six commits: the table, a unit's report, the office's word on it, facts, a branch that was merged."""
    plan = begin(tmp_path / "plan", monkeypatch)
    plan.record(JIA, JIA_DONE)
    plan.git("switch", "-q", "-c", "bing")
    plan.record(BING, BING_BEGUN, behind=THIRD)
    plan.git("switch", "-q", "main")
    plan.record(OFFICE, VERIFIED, behind=JIA_DONE)
    plan.change("  leader: null\n  lead_unit: 市模拟甲局", "  leader: 模拟市长\n  lead_unit: 市模拟甲局")
    plan.change("aliases: [甲局, 模拟甲]", "aliases: [甲局]", plan.units)
    plan.change("    deadline: 2022-09\n", "    deadline: 2022-10\n")
    plan.tasks.write_bytes(sealed(plan.tasks.read_bytes().decode()).encode())
    plan.record(OFFICE, EXTENSION, behind="reason: 模拟延期}\n")
    plan.merge("bing")
    return plan


def said(text: str) -> str:
    """A text with commits as `C`."""
    return re.sub(r"[0-9a-f]{10}(?=（| )", "C", text)


LOG = """\
提交日期    提交人      填报日期    项  单位        变动
2022-09-06  模拟office                  市模拟甲局  aliases：删去 模拟甲
2022-09-06  模拟office  2022-10-20   2              延期 2022-11 → 2022-12：模拟：再延
2022-09-06  模拟office               2              deadline：2022-09 → 2022-10
2022-09-06  模拟office                              指标 1 leader：增加 模拟市长
2022-09-05  模拟office  2022-08-22   2  市模拟甲局  已报完成 → 已认定
2022-09-04  模拟bing    2022-08-21   3  市模拟丙局  未启动 → 推进中
2022-09-03  模拟jia     2022-08-20   2  市模拟甲局  推进中 40% → 已报完成
2022-09-02  模拟office  2022-08-03   2  模拟东县    未启动 → 已报完成（2022-07-28 完成）
2022-09-02  模拟office  2022-07-15   2  市模拟甲局  未启动 → 推进中 40%
2022-09-02  模拟office  2022-09-20   2              延期 2022-09 → 2022-11：模拟延期
"""


def test_the_whole_history_the_newest_first(plan: Plan) -> None:
    answer = plan.cli("log")
    assert (answer.code, answer.out) == (0, LOG)
    assert said(answer.err) == "台账的历史（截至提交 C（HEAD））：10 条\n"


def test_the_history_of_a_task_and_of_a_unit(plan: Plan) -> None:
    lines = LOG.splitlines()
    answer = plan.cli("log", 3)
    assert answer.lines[1:] == [
        "2022-09-04  模拟bing  2022-08-21   3  市模拟丙局  未启动 → 推进中",
    ]
    assert len(plan.cli("log", 2).lines) == 1 + sum("   2  " in line for line in lines)
    assert [row["unit"] for row in plan.cli("log", "--unit", "东县", "--format", "json").json] == ["模拟东县"]
    assert said(answer.err) == "第 3 项的历史（截至提交 C（HEAD））：1 条\n"


def test_the_history_up_to_a_revision_or_a_day(plan: Plan) -> None:
    assert plan.cli("log", "--rev", "HEAD~2").out == plan.cli("log", "--rev", "2022-09-05").out
    assert len(plan.cli("log", "--rev", "2022-09-05").lines) == 1 + 5
    assert plan.cli("log", "--rev", "2022-01-01").code == 2


def test_a_history_that_was_tampered_with_is_told_as_it_is(plan: Plan) -> None:
    plan.change("percent: 40", "percent: 60")
    plan.change(JIA_DONE, "")
    plan.commit(JIA)
    assert [line[44:].strip() for line in plan.cli("log").lines[1:3]] == [
        "删去已有的进展：已报完成",
        "改动已有的进展：进度 40 → 60",
    ]


def test_what_a_merge_did_of_its_own_is_told(plan: Plan) -> None:
    plan.git("switch", "-q", "-c", "jia", "HEAD~1")
    plan.record(JIA, JIA_BLOCKED, behind=VERIFIED)
    plan.git("switch", "-q", "main")
    plan.day += 1
    plan.git("merge", "-q", "--no-commit", "jia")
    plan.change("percent: 40", "percent: 60")
    plan.commit(OFFICE)
    rows = plan.cli("log", "--format", "json").json
    assert [(row["action"], row["after"] and row["after"].get("percent")) for row in rows[:3]] == [
        ("added", 60),
        ("removed", None),
        ("added", None),
    ]


def test_commits_that_do_not_read_are_named(plan: Plan) -> None:
    good = plan.tasks.read_bytes()
    plan.tasks.write_bytes(b"<<<<<<< HEAD\n" + good)
    plan.commit(JIA)
    plan.tasks.write_bytes(good)
    plan.commit(JIA)
    answer = plan.cli("log")
    assert (answer.code, answer.out) == (0, LOG)
    assert (
        said(answer.err).startswith("注意：提交 C的数据读不出来，没有列入\n")
        or "读不出来，没有列入" in answer.err
    )


def test_json_has_every_fact(plan: Plan) -> None:
    [row] = plan.cli("log", 3, "--format", "json").json
    commit = plan.git("rev-parse", "bing").strip()
    assert row.pop("committed_at").startswith("2022-09-04T12:00:00")
    assert len(row.pop("ref")) == 8
    assert row == {
        "commit": commit,
        "author": "模拟bing",
        "email": "bing@example.org",
        "recorded_on": "2022-08-21",
        "task": 3,
        "unit": "市模拟丙局",
        "kind": "record",
        "action": "added",
        "name": None,
        "key": None,
        "before": None,
        "after": {"date": "2022-08-21", "unit": "市模拟丙局", "status": "in_progress"},
    }


@pytest.fixture
def supervised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Four commits: the table, a letter and a result, the close of the letter, and its correction."""
    plan = begin(tmp_path / "plan", monkeypatch)
    plan.record(OFFICE, OFFICE_LEDGERS.removeprefix(THIRD), behind=THIRD)
    plan.record(OFFICE, CLOSED, behind="  due: 2022-08-19\n")
    [close, *_] = plan.cli("log", "--format", "json").json
    corrected = f"- date: 2022-08-30\n  retracts: '{close['ref']}'\n  note: 模拟：未到位\n"
    plan.record(OFFICE, corrected, behind=CLOSED)
    return plan


SUPERVISED = f"""\
提交日期    提交人      填报日期    项  单位        变动
2022-09-05  模拟office  2022-08-30      市模拟甲局  督办 更正 CLOSE：模拟：未到位
2022-09-04  模拟office  2022-08-25      市模拟甲局  督办 办结 {URGED}：模拟：整改到位
2022-09-03  模拟office  2022-08-20                  全省排名 2022Q2 模拟指标乙 第 12/14
2022-09-03  模拟office  2022-08-05      市模拟甲局  督办 督办函 模拟〔2022〕督1号（第 1–2 项）
"""


def test_what_the_office_did_in_words(supervised: Plan) -> None:
    answer = supervised.cli("log")
    ref = supervised.cli("log", "--format", "json").json[1]["ref"]
    assert answer.out.replace(ref, "CLOSE").startswith(SUPERVISED)
    rows = supervised.cli("log", "--unit", "甲局", "--format", "json").json
    assert [row["kind"] for row in rows] == ["supervision"] * 3 + ["record"]
    assert supervised.cli("log", 1, "--columns", "what").lines[1:] == [
        f"督办 更正 {ref}：模拟：未到位",
        f"督办 办结 {URGED}：模拟：整改到位",
        "督办 督办函 模拟〔2022〕督1号（第 1–2 项）",
    ]
    assert supervised.cli("log", 3).out == ""


def test_what_the_office_did_between_versions(supervised: Plan) -> None:
    forth, back = (
        supervised.cli("diff", *revs, "--columns", "committed,unit,what").lines
        for revs in (("HEAD~3", "HEAD~1"), ("HEAD~1", "HEAD~3"))
    )
    assert forth == [
        "提交日期    单位        变动",
        "2022-09-03  市模拟甲局  督办 督办函 模拟〔2022〕督1号（第 1–2 项）",
        f"2022-09-04  市模拟甲局  督办 办结 {URGED}：模拟：整改到位",
        "2022-09-03              全省排名 2022Q2 模拟指标乙 第 12/14",
    ]
    assert [line.split("删去")[1] for line in back[1:]] == [
        "已有的督办：督办函 模拟〔2022〕督1号（第 1–2 项）",
        f"已有的督办：办结 {URGED}：模拟：整改到位",
        "已有的全省排名：2022Q2 模拟指标乙 第 12/14",
    ]


def test_an_altered_entry_of_the_office_is_told_as_it_is(supervised: Plan) -> None:
    supervised.change("  due: 2022-08-19\n", "  due: 2022-09-19\n")
    supervised.change("  rank: 12\n", "  rank: 11\n")
    assert supervised.cli("diff", "--columns", "what").lines[1:] == [
        "改动已有的督办：反馈时限 2022-08-19 → 2022-09-19",
        "改动已有的全省排名：位次 12 → 11",
    ]


def test_json_of_the_office(supervised: Plan) -> None:
    *_, ranked, urged = supervised.cli("diff", "HEAD~3", "HEAD~2", "--format", "json").json[::-1]
    common = {"task": None, "action": "added", "key": None, "before": None}
    for row in (ranked, urged):
        assert {key: row.pop(key) for key in common} == common
        assert row.pop("commit") == supervised.git("rev-parse", "HEAD~2").strip()
        assert (row.pop("author"), row.pop("email")) == ("模拟office", "office@example.org")
        assert row.pop("committed_at").startswith("2022-09-03T12:00:00")
    assert urged == {
        "recorded_on": "2022-08-05",
        "unit": "市模拟甲局",
        "kind": "supervision",
        "name": None,
        "ref": URGED,
        "after": {
            "date": "2022-08-05",
            "measure": "urging",
            "unit": "市模拟甲局",
            "number": "模拟〔2022〕督1号",
            "tasks": [1, 2],
            "due": "2022-08-19",
        },
    }
    assert len(ranked.pop("ref")) == 8
    assert ranked == {
        "recorded_on": "2022-08-20",
        "unit": None,
        "kind": "ranking",
        "name": "模拟指标乙",
        "after": {"date": "2022-08-20", "period": "2022Q2", "indicator": 2, "rank": 12, "of": 14},
    }
    rows = supervised.cli("log", "--format", "json").json
    assert [*Draft202012Validator(answer_schema("log")).iter_errors(rows)] == []


@pytest.mark.parametrize(("name", "words"), [("log", ("log",)), ("diff", ("diff", "HEAD~4", "HEAD"))])
def test_json_is_as_its_schema_says(plan: Plan, name: str, words: tuple[str, ...]) -> None:
    rows = plan.cli(*words, "--format", "json").json
    assert len({row["kind"] for row in rows}) >= 4
    assert [*Draft202012Validator(answer_schema(name)).iter_errors(rows)] == []


def test_a_difference_between_days(plan: Plan) -> None:
    answer = plan.cli("diff", "2022-09-02", "2022-09-05")
    assert answer.out == (
        "提交日期    提交人      填报日期    项  单位        变动\n"
        "2022-09-03  模拟jia     2022-08-20   2  市模拟甲局  推进中 40% → 已报完成\n"
        "2022-09-05  模拟office  2022-08-22   2  市模拟甲局  推进中 40% → 已认定\n"
    )
    assert said(answer.err) == "提交 C（2022-09-02）至提交 C（2022-09-05）的变动：2 条\n"


def test_a_difference_for_a_bulletin(plan: Plan) -> None:
    answer = plan.cli("diff", "HEAD~2", "HEAD", "--format", "markdown", "--columns", "task,unit,what")
    assert said(answer.out) == (
        "| 项 | 单位       | 变动                               |\n"
        "|---:|:-----------|:-----------------------------------|\n"
        "|    |            | 指标 1 leader：增加 模拟市长       |\n"
        "|  2 |            | deadline：2022-09 → 2022-10        |\n"
        "|  2 |            | 延期 2022-11 → 2022-12：模拟：再延 |\n"
        "|  3 | 市模拟丙局 | 未启动 → 推进中                    |\n"
        "|    | 市模拟甲局 | aliases：删去 模拟甲               |\n"
    )


def test_what_is_not_committed_yet(plan: Plan) -> None:
    assert plan.cli("diff").out == ""
    plan.change(VERIFIED, VERIFIED + JIA_BLOCKED)
    answer = plan.cli("diff")
    assert answer.out == (
        "提交日期  提交人  填报日期    项  单位        变动\n"
        "未提交            2022-08-25   2  市模拟甲局  已认定 → 受阻：模拟：缺人\n"
    )
    assert said(answer.err) == "提交 C（HEAD）至现在的文件的变动：1 条\n"
    assert [row["commit"] is None for row in plan.cli("diff", "HEAD~1", "--format", "json").json] == [
        True,
        False,
    ]


def test_a_version_that_does_not_read_is_named(plan: Plan) -> None:
    good = plan.tasks.read_bytes()
    plan.tasks.write_bytes(good.replace(b"percent: 40", b"per: 40"))
    answer = plan.cli("diff")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("data/tasks.yaml:39:7: Y101 未知的键“per”\n")
    plan.commit(JIA)
    plan.tasks.write_bytes(good)
    answer = plan.cli("diff")
    assert answer.code == 3
    assert said(answer.err).endswith(
        "提交 C（HEAD）里的 tasks.yaml 有 1 处语法或结构问题\n  提示：已经提交的改不了，换一个版本\n"
    )


def test_a_script_is_told_of_changes(plan: Plan) -> None:
    assert plan.cli("diff", "HEAD~1", "HEAD", "--exit-code").code == 1
    assert plan.cli("diff", "HEAD", "HEAD", "--exit-code").code == 0
    assert plan.cli("diff", "HEAD~1", "HEAD").code == 0


def test_backwards_what_came_is_what_goes(plan: Plan) -> None:
    forth, back = (
        plan.cli("diff", *revs, "--format", "json").json for revs in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1"))
    )
    assert [(row["action"], row["after"]) for row in forth] == [("added", row["before"]) for row in back]
    assert {row["action"] for row in back} == {"removed"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", 1, 2), "多出的参数"),
        (("log", "1-2"), "log 一次看一项任务的历史"),
        (("log", 9), "没有第 9 项任务"),
        (("log", "--unit", "模拟丁局"), "未登记的单位"),
        (("log", "--rev", "v9"), "没有“v9”这个版本"),
        (("diff", "v9"), "没有“v9”这个版本"),
        (("diff", "HEAD", "HEAD", "HEAD"), "diff 最多比两个版本"),
        (("diff", "--", "--stat"), "没有“--stat”这个版本"),
    ],
)
def test_what_cannot_be_asked(plan: Plan, words: tuple[str | int, ...], said: str) -> None:
    answer = plan.cli(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize("words", [("log",), ("diff",), ("audit",)])
def test_outside_of_a_repository(plan: Plan, tmp_path: Path, words: tuple[str, ...]) -> None:
    (plan.here / "data").rename(tmp_path / "data")
    plan.cli.here = tmp_path
    answer = plan.cli(*words)
    assert (answer.code, answer.out) == (3, "")
    assert "不在 git 仓库里" in answer.err


def test_nobodys_settings_change_an_answer(plan: Plan) -> None:
    before = plan.cli("log").out, plan.cli("diff", "HEAD~3", "HEAD").out
    for key, value in (
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("diff.external", "false"),
        ("i18n.logOutputEncoding", "GBK"),
        ("core.quotePath", "true"),
        ("log.date", "relative"),
    ):
        plan.git("config", key, value)
    assert (plan.cli("log").out, plan.cli("diff", "HEAD~3", "HEAD").out) == before
