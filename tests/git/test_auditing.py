"""`audit` finds every way in which a history can be tampered with, and no honest work. Real git, 模拟."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

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
    STRANGER,
    THIRD,
    URGED,
    Plan,
    begin,
)
from jsonschema import Draft202012Validator

from yzplan.render.answer_schemas import answer_schema

UNDO = "  提示：提交过的记录不改不删；录错的用 yzplan undo 更正，再报一条\n"
SECOND = "    text: 建立模拟工作机制。\n"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    return begin(tmp_path / "plan", monkeypatch)


@pytest.fixture
def unguarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan that does not say who speaks for whom."""
    return begin(tmp_path / "plan", monkeypatch, authors="")


# Honest work


def test_honest_work_passes(plan: Plan) -> None:
    plan.record(JIA, JIA_DONE)
    plan.git("switch", "-q", "-c", "bing")
    plan.record(BING, BING_BEGUN, behind=THIRD)
    plan.git("switch", "-q", "main")
    plan.record(
        OFFICE, "    - date: 2022-08-22\n      unit: 市模拟甲局\n      status: verified\n", behind=JIA_DONE
    )
    plan.merge("bing")
    answer = plan.audit()
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"没有问题：全部历史到 {plan.head[:10]}，5 次提交，5 次改了数据\n"


def test_what_says_the_same_is_no_change(plan: Plan) -> None:
    plan.change("      percent: 40\n", "      # 模拟：电话核实\n      percent: 40.0\n")
    plan.change("aliases: [甲局, 模拟甲]", "aliases: [ 甲局, '模拟甲' ]", plan.units)
    plan.commit(STRANGER)
    plan.tasks.write_bytes(plan.tasks.read_bytes().replace(b"\n", b"\r\n"))
    plan.commit(STRANGER)
    assert plan.passes()


def test_another_layout_is_read_all_the_same(plan: Plan) -> None:
    plan.change("    text: 建立模拟工作机制。\n", "    text: >-\n      建立模拟工作机制。\n")
    plan.commit(STRANGER)
    plan.record(JIA, JIA_DONE)
    assert plan.passes()
    plan.change("percent: 40", "percent: 60")
    plan.commit(JIA)
    assert "Y601" in plan.found()


def test_both_sides_may_say_the_same(plan: Plan) -> None:
    plan.git("switch", "-q", "-c", "same")
    plan.record(JIA, JIA_DONE)
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_DONE)
    plan.git("commit", "-q", "--allow-empty", "-m", "模拟")
    plan.merge("same")
    assert plan.passes()


def test_criss_cross_merges_pass(plan: Plan) -> None:
    plan.git("switch", "-q", "-c", "bing")
    plan.record(BING, BING_BEGUN, behind=THIRD)
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_DONE)
    plan.git("branch", "jia")
    plan.merge("bing")
    plan.git("switch", "-q", "bing")
    plan.merge("jia")
    plan.record(OFFICE, JIA_BLOCKED, behind=JIA_DONE)
    plan.git("switch", "-q", "main")
    plan.merge("bing")
    assert plan.passes()


# What was recorded


@pytest.mark.parametrize("who", [JIA, OFFICE])
def test_an_edited_record(plan: Plan, who: str) -> None:
    plan.record(JIA, JIA_DONE)
    plan.change("percent: 40", "percent: 60")
    plan.commit(who)
    assert plan.found() == (
        f"data/tasks.yaml:35:1: Y601 提交 C（模拟{who}，2022-09-04）"
        f"改动了已有的记录：第 2 项 市模拟甲局 2022-07-15 推进中（进度：40 → 60）\n{UNDO}"
    )


def test_a_removed_record(plan: Plan) -> None:
    plan.change(
        "    - date: 2022-07-15\n      unit: 市模拟甲局\n      status: in_progress\n      percent: 40\n", ""
    )
    plan.commit(OFFICE)
    assert plan.found() == (
        "data/tasks.yaml:29:1: Y602 提交 C（模拟office，2022-09-03）"
        f"删去了已有的记录：第 2 项 市模拟甲局 2022-07-15 推进中\n{UNDO}"
    )


def test_a_removed_extension_and_one_that_was_altered(plan: Plan) -> None:
    line = "    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}\n"
    plan.change(line, line.replace("2022-11", "2022-12"))
    plan.commit(OFFICE)
    plan.change("    extensions:\n" + line.replace("2022-11", "2022-12"), "")
    plan.commit(OFFICE)
    assert plan.found() == (
        "data/tasks.yaml:33:1: Y601 提交 C（模拟office，2022-09-03）"
        f"改动了已有的记录：第 2 项 2022-09-20 延至 2022-11（新时限：2022-11 → 2022-12）\n{UNDO}"
        "data/tasks.yaml:29:1: Y602 提交 C（模拟office，2022-09-04）"
        f"删去了已有的记录：第 2 项 2022-09-20 延至 2022-12\n{UNDO}"
    )


def test_a_revert_of_a_record(plan: Plan) -> None:
    plan.record(JIA, JIA_DONE)
    plan.git("revert", "--no-edit", "HEAD", who=JIA)
    assert plan.found() == (
        "data/tasks.yaml:29:1: Y602 提交 C（模拟jia，2022-09-03）"
        f"删去了已有的记录：第 2 项 市模拟甲局 2022-08-20 已报完成\n{UNDO}"
    )


def test_a_removed_task_takes_its_records_with_it(plan: Plan) -> None:
    text = plan.tasks.read_bytes().decode()
    start, end = text.index("  - id: 2\n"), text.index("\n- id: 2\n")
    plan.tasks.write_bytes((text[:start] + text[end:]).encode())
    plan.commit(OFFICE)
    codes = [line.split()[1] for line in plan.found().splitlines() if "Y" in line]
    assert codes == ["Y602", "Y602", "Y602", "Y651"]


def test_replaced_objects_hide_nothing(plan: Plan) -> None:
    before = plan.head
    plan.change("percent: 40", "percent: 60")
    plan.git("replace", before, plan.commit(JIA))
    assert "Y601" in plan.found()


# The office's own ledgers


def test_what_the_office_recorded_passes(plan: Plan) -> None:
    plan.record(OFFICE, OFFICE_LEDGERS.removeprefix(THIRD), behind=THIRD)
    plan.git("switch", "-q", "-c", "closed")
    plan.record(OFFICE, CLOSED, behind="  due: 2022-08-19\n")
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_DONE)
    plan.merge("closed")
    assert plan.passes()


def test_entries_of_the_office_that_were_altered_or_removed(plan: Plan) -> None:
    plan.record(OFFICE, OFFICE_LEDGERS.removeprefix(THIRD), behind=THIRD)
    plan.change("  due: 2022-08-19\n", "  due: 2022-09-19\n")
    plan.commit(OFFICE)
    text = plan.tasks.read_bytes().decode()
    plan.tasks.write_bytes(text[: text.index("\nrankings:")].encode())
    plan.commit(OFFICE)
    assert plan.found() == (
        "data/tasks.yaml:57:1: Y601 提交 C（模拟office，2022-09-04）改动了已有的记录："
        "督办 市模拟甲局 2022-08-05 督办函 模拟〔2022〕督1号（反馈时限：2022-08-19 → 2022-09-19）\n"
        f"{UNDO}"
        "data/tasks.yaml: Y602 提交 C（模拟office，2022-09-05）删去了已有的记录："
        "全省排名 2022-08-20 2022Q2 指标 2 第 12/14\n"
        f"{UNDO}"
    )


def test_entries_of_the_office_by_a_unit(plan: Plan) -> None:
    plan.record(OFFICE, OFFICE_LEDGERS.removeprefix(THIRD), behind=THIRD)
    plan.record(JIA, CLOSED, behind="  due: 2022-08-19\n")
    assert plan.found() == (
        "data/tasks.yaml:63:1: Y607 提交 C（模拟jia，2022-09-04）"
        f"jia@example.org（市模拟甲局）不能作出 督办 2022-08-25 办结 {URGED}\n"
        "  提示：认定、退回、中止、延期、督办、全省排名由办公室的人提交\n"
    )
    [problem] = plan.audit("--format", "json").json["diagnostics"]
    assert (problem["task"], problem["unit"]) == (None, None)


def test_a_merge_that_lost_or_made_up_entries_of_the_office(plan: Plan) -> None:
    plan.record(OFFICE, OFFICE_LEDGERS.removeprefix(THIRD), behind=THIRD)
    plan.git("switch", "-q", "-c", "closed")
    plan.record(OFFICE, CLOSED, behind="  due: 2022-08-19\n")
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_DONE)
    plan.day += 1
    plan.git("merge", "-q", "--no-commit", "closed")
    plan.change(CLOSED, "")
    plan.change(
        "  of: 14\n", "  of: 14\n- date: 2022-08-21\n  period: 2022Q2\n  unit: 模拟东县\n  rank: 1\n  of: 9\n"
    )
    plan.commit(OFFICE)
    assert [line.partition("）")[2] for line in plan.found().splitlines()[::2]] == [
        f"合并丢了一方的内容：督办 2022-08-25 办结 {URGED}",
        "合并自己夹带了内容：全省排名 模拟东县 2022-08-21 2022Q2 第 1/9",
    ]


# Merges


def _two_sides(plan: Plan) -> None:
    """jia's record on a branch, and another on main, at one place, so that git cannot merge them as text."""
    plan.git("switch", "-q", "-c", "jia")
    plan.record(JIA, JIA_DONE)
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_BLOCKED)
    plan.day += 1
    plan.git("merge", "-q", "jia", code=1)


@pytest.mark.parametrize(("side", "lost"), [("ours", "2022-08-20 已报完成"), ("theirs", "2022-08-25 受阻")])
def test_a_merge_that_took_one_side_only(plan: Plan, side: str, lost: str) -> None:
    _two_sides(plan)
    plan.git("checkout", f"--{side}", "data/tasks.yaml")
    plan.commit(OFFICE)
    assert plan.found() == (
        "data/tasks.yaml:29:1: Y603 提交 C（模拟office，2022-09-06）"
        f"合并丢了一方的内容：第 2 项 市模拟甲局 {lost}\n"
        "  提示：照那一方的提交补回；以后用 yzplan sync 合并\n"
    )


def test_a_merge_by_a_strategy_that_looks_at_one_side_only(plan: Plan) -> None:
    _two_sides(plan)
    plan.git("merge", "--abort")
    plan.git("merge", "-q", "-s", "ours", "-m", "模拟", "jia")
    assert "Y603" in plan.found()


def test_a_merge_that_lost_the_correction_of_a_fact(plan: Plan) -> None:
    plan.git("switch", "-q", "-c", "office")
    plan.change("  leader: null\n  lead_unit: 市模拟甲局", "  leader: 模拟市长\n  lead_unit: 市模拟甲局")
    plan.commit(OFFICE)
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_DONE)
    plan.git("merge", "-q", "-s", "ours", "-m", "模拟", "office")
    assert (
        "Y603 提交 C（模拟office，2022-09-04）合并丢了一方的内容：指标 1 leader：模拟市长 → （无）"
        in plan.found()
    )


def test_a_merge_that_kept_both_sides(plan: Plan) -> None:
    _two_sides(plan)
    _without_markers(plan)
    plan.commit(OFFICE)
    assert plan.passes()


def _without_markers(plan: Plan) -> None:
    """Take the markers of a conflict out, and leave both sides."""
    lines = plan.tasks.read_bytes().decode().splitlines(keepends=True)
    plan.tasks.write_bytes("".join(line for line in lines if line[0] not in "<=>").encode())


@pytest.mark.parametrize("who", [JIA, OFFICE])
def test_a_forged_merge(plan: Plan, who: str) -> None:
    plan.git("switch", "-q", "-c", "bing")
    plan.record(BING, BING_BEGUN, behind=THIRD)
    plan.git("switch", "-q", "main")
    plan.record(JIA, JIA_BLOCKED)
    plan.day += 1
    plan.git("merge", "-q", "--no-commit", "bing")
    plan.change("percent: 40", "percent: 60")
    plan.change(
        BING_BEGUN, BING_BEGUN + "    - date: 2022-08-23\n      unit: 市模拟丙局\n      status: done\n"
    )
    plan.change("年底前完成模拟评价", "年底前争取完成模拟评价")
    plan.commit(who)
    where = f"提交 C（模拟{who}，2022-09-06）合并"
    hint = "  提示：照各方的提交恢复；要改的，另作一次提交\n"
    assert plan.found() == (
        f"data/tasks.yaml:29:1: Y604 {where}自己删去了内容：第 2 项 市模拟甲局 2022-07-15 推进中\n{hint}"
        f"data/tasks.yaml:35:1: Y604 {where}自己夹带了内容：第 2 项 市模拟甲局 2022-07-15 推进中\n{hint}"
        f"data/tasks.yaml:56:1: Y604 {where}自己改动了内容："
        f"第 3 项 text：年底前完成模拟评价。 → 年底前争取完成模拟评价。\n{hint}"
        f"data/tasks.yaml:63:1: Y604 {where}自己夹带了内容：第 3 项 市模拟丙局 2022-08-23 已报完成\n{hint}"
    )


def test_a_merge_of_three_branches(plan: Plan) -> None:
    for who, lines, behind in ((JIA, JIA_DONE, None), (BING, BING_BEGUN, THIRD)):
        plan.git("switch", "-q", "-c", who, "main")
        plan.record(who, lines, **({"behind": behind} if behind else {}))
    plan.git("switch", "-q", "main")
    plan.day += 1
    plan.git("merge", "-q", "-m", "模拟", JIA, BING)
    assert plan.passes()
    plan.git("reset", "-q", "--hard", "HEAD~1")
    tree = plan.git("rev-parse", f"{BING}^{{tree}}").strip()
    parents = [word for each in ("main", JIA, BING) for word in ("-p", each)]
    forged = plan.git("commit-tree", tree, *parents, "-m", "模拟").strip()
    plan.git("reset", "-q", "--hard", forged)
    assert "合并丢了一方的内容：第 2 项 市模拟甲局 2022-08-20 已报完成" in plan.found()


def test_a_squashed_branch(plan: Plan) -> None:
    plan.change("      measured: {办理时限: 0.5}\n", "      measured: {办理时限: 0.5}\n" + JIA_DONE)
    plan.record(JIA, BING_BEGUN, behind=THIRD)
    assert plan.found() == (
        "data/tasks.yaml:59:1: Y609 提交 C（模拟jia，2022-09-03）"
        "jia@example.org（市模拟甲局）的一个提交里有 2 个单位的记录（市模拟甲局、市模拟丙局），"
        "像是压缩合并的\n"
        "  提示：找回原来的分支，用普通的合并，不用 squash\n"
    )


# Who


def test_a_record_of_another_unit(plan: Plan) -> None:
    plan.record(BING, JIA_DONE)
    assert plan.found() == (
        "data/tasks.yaml:44:1: Y606 提交 C（模拟bing，2022-09-03）"
        "bing@example.org（市模拟丙局）不能报 第 2 项 市模拟甲局 2022-08-20 已报完成\n"
        "  提示：请该单位或办公室的人提交；bing@example.org 只能报市模拟丙局的\n"
    )


def test_a_record_by_a_stranger(plan: Plan) -> None:
    plan.record(STRANGER, JIA_DONE)
    assert plan.found() == (
        "data/tasks.yaml:44:1: Y606 提交 C（模拟nobody，2022-09-03）"
        "nobody@example.org（没有登记）不能报 第 2 项 市模拟甲局 2022-08-20 已报完成\n"
        "  提示：请办公室在 units.yaml 的 authors 里登记 nobody@example.org\n"
    )


def test_an_address_is_the_same_in_capitals(plan: Plan) -> None:
    plan.change("jia@example.org", "Jia@Example.org", plan.units)
    plan.commit(OFFICE)
    start = plan.head
    plan.record(JIA, JIA_DONE)
    assert plan.passes(f"{start}..")


@pytest.mark.parametrize("status", ["verified", "returned", "suspended"])
def test_an_act_of_the_office_by_a_unit(plan: Plan, status: str) -> None:
    plan.record(JIA, f"    - date: 2022-08-22\n      unit: 市模拟甲局\n      status: {status}\n")
    assert "jia@example.org（市模拟甲局）不能作出 第 2 项 市模拟甲局 2022-08-22" in plan.found()
    assert "Y607" in plan.found()


def test_an_extension_by_a_unit(plan: Plan) -> None:
    extension = "    - {to: 2022-12, approved_on: 2022-10-20, reason: 模拟}\n"
    plan.record(JIA, extension, behind="reason: 模拟延期}\n")
    assert plan.found() == (
        "data/tasks.yaml:34:1: Y607 提交 C（模拟jia，2022-09-03）"
        "jia@example.org（市模拟甲局）不能作出 第 2 项 2022-10-20 延至 2022-12\n"
        "  提示：认定、退回、中止、延期、督办、全省排名由办公室的人提交\n"
    )


def test_a_unit_may_take_back_its_own_word_and_not_that_of_the_office(plan: Plan) -> None:
    returned = "    - date: 2022-08-22\n      unit: 市模拟甲局\n      status: returned\n      note: 模拟\n"
    plan.record(JIA, JIA_DONE)
    plan.record(OFFICE, returned, behind=JIA_DONE)
    refs = {row["status"]: row["ref"] for row in plan.cli("show", 2, "--format", "json").json["progress"]}
    own = "    - date: 2022-08-23\n      unit: 市模拟甲局\n      note: 模拟\n"
    own += f"      retracts: '{refs['done']}'\n"
    plan.record(JIA, own, behind=returned)
    assert plan.passes()
    plan.record(JIA, own.replace(refs["done"], refs["returned"]), behind=own)
    assert "Y607" in plan.found()


def test_who_speaks_for_whom_is_the_office_to_say(plan: Plan) -> None:
    plan.change("jia@example.org: 市模拟甲局", "jia@example.org: office", plan.units)
    plan.commit(JIA)
    assert plan.found() == (
        "data/units.yaml: Y608 提交 C（模拟jia，2022-09-03）"
        "jia@example.org（市模拟甲局）改了单位名录：jia@example.org：市模拟甲局 → office\n"
        "  提示：单位名录由办公室的人改\n"
    )


def test_who_was_let_in_by_the_same_commit_was_not_let_in_before_it(plan: Plan) -> None:
    plan.change("jia@example.org: 市模拟甲局", "jia@example.org: 市模拟丙局", plan.units)
    plan.record(JIA, BING_BEGUN, behind=THIRD)
    assert [line.split()[1] for line in plan.found().splitlines()[::2]] == ["Y606", "Y608"]


def test_the_list_holds_for_branches_that_are_older_than_it(unguarded: Plan) -> None:
    plan = unguarded
    plan.git("branch", "old")
    plan.units.write_bytes(plan.units.read_bytes() + b"\nauthors:\n  office@example.org: office\n")
    plan.commit(OFFICE)
    start = plan.head
    plan.git("switch", "-q", "old")
    plan.record(STRANGER, JIA_DONE)
    plan.git("switch", "-q", "main")
    plan.merge("old")
    assert "Y606" in plan.found(f"{start}..")


def test_a_root_of_its_own_brings_in_nothing_unseen(plan: Plan) -> None:
    plan.git("switch", "-q", "--orphan", "other")
    plan.git("checkout", "main", "--", "data")
    plan.record(STRANGER, JIA_DONE)
    plan.git("switch", "-q", "main")
    plan.git("merge", "-q", "--allow-unrelated-histories", "-X", "theirs", "-m", "模拟", "other")
    assert "nobody@example.org（没有登记）不能报 第 2 项 市模拟甲局 2022-08-20 已报完成" in plan.found()


def test_without_a_list_nobody_is_asked_who_he_is(unguarded: Plan) -> None:
    unguarded.record(STRANGER, JIA_DONE)
    answer = unguarded.audit()
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.endswith("；没有写明谁代表哪个单位（authors），没有查是谁提交的\n")


# Signatures


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="需要 ssh-keygen")
def test_each_commit_is_signed_by_its_author(plan: Plan, tmp_path: Path) -> None:
    allowed = []
    for who in (OFFICE, JIA):
        key = tmp_path / who
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, timeout=60
        )
        allowed.append(f"{who}@example.org {key.with_suffix('.pub').read_text('ascii')}")
    (tmp_path / "allowed").write_text("".join(allowed), "ascii")
    for name, value in (("gpg.format", "ssh"), ("gpg.ssh.allowedSignersFile", tmp_path / "allowed")):
        plan.git("config", name, str(value))

    def signed(who: str, by: str) -> str:
        plan.day += 1
        words = ("-c", f"user.signingKey={tmp_path / by}", "commit", "-q", "-S", "-a", "-m", "模拟")
        plan.git(*words, who=who)
        return plan.head

    start = plan.head
    plan.change("      measured: {办理时限: 0.5}\n", "      measured: {办理时限: 0.5}\n" + JIA_DONE)
    good = signed(JIA, by=JIA)
    assert plan.passes(f"{start}..", "--signed")
    assert plan.found("--signed") == (
        "data/tasks.yaml: Y611 提交 C（模拟office，2022-09-02）没有签名\n"
        "  提示：请作者用自己的密钥签名，并把公钥交给检查的人\n"
    )
    plan.change(JIA_DONE, JIA_DONE + JIA_BLOCKED)
    signed(JIA, by=OFFICE)
    assert "签名的密钥" in plan.found(f"{good}..", "--signed")
    assert plan.passes(f"{good}..")

    # Somebody claims to be the office, with the signature of an honest commit.
    raw = plan.git("cat-file", "commit", good).replace("模拟jia <jia@", "模拟office <office@")
    (tmp_path / "raw").write_text(raw, "utf-8")
    forged = plan.git("hash-object", "-t", "commit", "-w", str(tmp_path / "raw")).strip()
    plan.git("reset", "-q", "--hard", forged)
    assert "签名不对：与提交的内容不符，或已残缺" in plan.found(f"{start}..", "--signed")


# Facts


def test_a_printed_fact_changed_by_a_unit(plan: Plan) -> None:
    plan.change("    deadline: 2022-09\n", "    deadline: 2022-12\n")
    plan.commit(JIA)
    assert plan.found() == (
        "data/tasks.yaml:29:1: Y605 提交 C（模拟jia，2022-09-03）"
        "改了印发的内容：第 2 项 deadline：2022-09 → 2022-12\n"
        "  提示：恢复原来的内容；确要更正的，由办公室提交\n"
    )


def test_a_printed_fact_changed_where_nobody_is_the_office(unguarded: Plan) -> None:
    unguarded.change("    deadline: 2022-09\n", "    deadline: 2022-12\n")
    unguarded.commit(OFFICE)
    assert "Y605" in unguarded.found()


def test_what_the_office_changes_is_remarked_on(plan: Plan) -> None:
    plan.change("  leader: null\n  lead_unit: 市模拟甲局", "  leader: 模拟市长\n  lead_unit: 市模拟甲局")
    plan.change("aliases: [甲局, 模拟甲]", "aliases: [甲局, 模拟甲局]", plan.units)
    plan.commit(OFFICE)
    answer = plan.audit()
    assert answer.code == 0
    assert answer.out.replace(plan.head[:10], "C") == (
        "data/tasks.yaml:12:1: Y651 提交 C（模拟office，2022-09-03）"
        "办公室改了 指标 1 leader：（无） → 模拟市长\n"
        "  提示：核对是否与印发的文件一致\n"
        "data/units.yaml: Y652 提交 C（模拟office，2022-09-03）单位名录改了 市模拟甲局 aliases：去掉 模拟甲\n"
        "  提示：核对是否应改\n"
        "data/units.yaml: Y652 提交 C（模拟office，2022-09-03）"
        "单位名录改了 市模拟甲局 aliases：增加 模拟甲局\n"
        "  提示：核对是否应改\n"
    )
    assert answer.err.startswith("没有问题，3 处提醒：")


# What does not read


def test_what_is_hidden_behind_a_broken_commit_is_found(plan: Plan) -> None:
    plan.record(JIA, JIA_DONE)
    good = plan.tasks.read_bytes()
    plan.tasks.write_bytes(b"<<<<<<< HEAD\n" + good)
    plan.commit(JIA)
    plan.tasks.write_bytes(good.replace(b"percent: 40", b"percent: 60"))
    plan.commit(JIA)
    assert plan.found() == (
        "data/tasks.yaml:1:1: Y610 提交 C（模拟jia，2022-09-04）数据读不出来：留有合并冲突标记“<<<<<<<”\n"
        "  提示：以后的提交改好即可；提交以前先用 yzplan check 检查\n"
        "data/tasks.yaml:35:1: Y601 提交 C（模拟jia，2022-09-05）"
        f"改动了已有的记录：第 2 项 市模拟甲局 2022-07-15 推进中（进度：40 → 60）\n{UNDO}"
    )


@pytest.mark.parametrize(("lost", "codes"), [("", ["Y610"]), (JIA_DONE, ["Y610", "Y603"])])
def test_a_merge_that_was_committed_with_its_markers(plan: Plan, lost: str, codes: list[str]) -> None:
    """The commit that mends it is held to what both sides had."""
    _two_sides(plan)
    plan.commit(OFFICE)
    _without_markers(plan)
    if lost:
        plan.change(lost, "")
    plan.commit(OFFICE)
    assert [line.split()[1] for line in plan.found().splitlines()[::2]] == codes


def test_a_table_that_was_removed(plan: Plan) -> None:
    plan.tasks.unlink()
    plan.commit(JIA)
    codes = [line.split()[1] for line in plan.found("--data", "data").splitlines()[::2]]
    assert (codes.count("Y602"), codes.count("Y605")) == (3, 6)


# Ranges


def test_only_a_range_is_audited(plan: Plan) -> None:
    plan.change("percent: 40", "percent: 60")
    bad = plan.commit(JIA)
    plan.record(JIA, JIA_DONE)
    assert plan.passes(f"{bad}..HEAD")
    assert plan.passes("--since-commit", bad)
    assert "Y601" in plan.found(f"{bad}~1..{bad}")
    assert "Y601" in plan.found("HEAD")


def test_a_rewritten_history(plan: Plan) -> None:
    plan.record(JIA, JIA_DONE)
    audited = plan.head
    plan.git("commit", "-q", "--amend", "-m", "模拟：改写", who=JIA)
    plan.git("tag", "audited", audited)
    assert plan.found("--since-commit", "audited") == (
        "data/tasks.yaml: Y612 提交 C（模拟jia，2022-09-03）"
        "历史被改写：提交 C（audited）不在提交 C（HEAD）的历史里\n"
        "  提示：找回原来的历史；没有别的办法的，不写 --since-commit 全部重审\n"
    )


def test_a_commit_that_is_gone_was_rewritten(plan: Plan) -> None:
    gone = "0123456789" * 4
    said = f"历史被改写：提交 0123456789（{gone}）不在提交 {plan.head[:10]}（HEAD）的历史里"
    assert said in plan.audit("--since-commit", gone).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("v9..HEAD",), "没有“v9”这个版本"),
        (("HEAD...HEAD",), "看不懂的范围“HEAD...HEAD”"),
        (("--", "--output=x..HEAD"), "没有“--output=x”这个版本"),
        (("--", "--all"), "没有“--all”这个版本"),
        (("--since-commit", "v9"), "没有“v9”这个版本"),
    ],
)
def test_a_range_that_is_none(plan: Plan, words: tuple[str, ...], said: str) -> None:
    answer = plan.audit(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_shallow_clone_is_refused(plan: Plan, tmp_path: Path) -> None:
    plan.record(JIA, JIA_DONE)
    plan.git("clone", "-q", "--depth", "1", f"file://{plan.here}", str(tmp_path / "shallow"))
    plan.cli.here = tmp_path / "shallow"
    answer = plan.audit()
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "这里是浅克隆，没有全部历史\n  提示：先用 git fetch --unshallow 取来\n"


def test_outside_of_a_repository(plan: Plan, tmp_path: Path) -> None:
    (plan.here / "data").rename(tmp_path / "data")
    plan.cli.here = tmp_path
    answer = plan.audit()
    assert (answer.code, answer.out) == (3, "")
    assert "不在 git 仓库里" in answer.err


# Formats


def test_json_names_the_commit(plan: Plan) -> None:
    bad = plan.record(BING, JIA_DONE)
    answer = plan.audit("--format", "json")
    assert answer.code == 1
    [found] = answer.json["diagnostics"]
    assert (found["commit"], found["email"], found["code"]) == (bad, "bing@example.org", "Y606")
    assert (found["task"], found["unit"], found["line"]) == (2, "市模拟甲局", 44)
    assert answer.json["commits"] == 2
    assert [*Draft202012Validator(answer_schema("audit")).iter_errors(answer.json)] == []


def test_every_format_tells_of_it(plan: Plan) -> None:
    plan.record(BING, JIA_DONE)
    assert plan.audit("--format", "github").out.startswith(
        "::error file=data/tasks.yaml,line=44,col=1,title=Y606::"
    )
    sarif = json.loads(plan.audit("--format", "sarif").out)
    assert [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]] == ["Y606"]
    junit = ET.fromstring(plan.audit("--format", "junit").out)
    assert (junit.attrib["name"], junit.attrib["failures"]) == ("yzplan audit", "1")
    assert [case.attrib["name"] for case in junit.iter("testcase")] == ["Y606 替别的单位报了进展。"]
    assert plan.audit("-o", "found.xml").out == ""
    honest = ET.fromstring(plan.audit("HEAD~1", "--format", "junit").out)
    assert [case.attrib["name"] for case in honest.iter("testcase")] == ["没有问题"]
