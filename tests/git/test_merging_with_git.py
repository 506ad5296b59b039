"""The merge driver as git calls it: every way in which two histories come together. Real git; all is 模拟."""

from collections.abc import Callable
from pathlib import Path

import pytest
from merging_scenes import (
    COUNTY,
    PART,
    PROGRAM,
    STYLES,
    Clone,
    assert_conflict,
    assert_merged,
    both,
    changed,
    extended,
    ledgers,
    made,
    record,
    records,
    reported,
    set_up,
)
from tiny import TASKS, UNITS

from yzplan.git.merging import driver_command

A, B, C, D = (
    (1, record("甲")),
    (1, record("乙", PART)),
    (1, record("丙", COUNTY)),
    (1, record("丁", date="2022-08-02")),
)
LAST = """\
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
      measured: {办理时限: 0.5}
"""
"""The lines of the last record that the tiny plan's second task has."""


# --- every way in which two histories come together


def merged(clone: Clone) -> None:
    clone.on("乙", reported(*B))
    clone.git("checkout", "-q", "main")
    clone.commit(reported(*A))
    clone.git("merge", "-q", "乙")


def merged_twice(clone: Clone) -> None:
    """The same branch once more, after both went on."""
    merged(clone)
    clone.git("checkout", "-q", "乙")
    clone.commit(reported(*C))
    clone.git("checkout", "-q", "main")
    clone.commit(reported(*D))
    clone.git("merge", "-q", "乙")


def rebased(clone: Clone) -> None:
    clone.on("乙", reported(*B))
    clone.commit(reported(*C))
    clone.git("checkout", "-q", "main")
    clone.commit(reported(*A))
    clone.git("checkout", "-q", "乙")
    clone.git("rebase", "-q", "main")


def rebased_by_patches(clone: Clone) -> None:
    clone.on("乙", reported(*B))
    clone.git("checkout", "-q", "main")
    clone.commit(reported(*A))
    clone.git("checkout", "-q", "乙")
    clone.git("rebase", "-q", "--apply", "main")


def switched(clone: Clone) -> None:
    """To another branch, with something that is not committed yet."""
    clone.on("乙", reported(*B))
    clone.git("checkout", "-q", "main")
    reported(*A)(clone)
    clone.git("checkout", "-q", "-m", "乙")
    clone.git("commit", "-q", "-a", "-m", "模拟")


def cherry_picked(clone: Clone) -> None:
    clone.on("乙", reported(*C))
    clone.commit(reported(*B))
    clone.git("checkout", "-q", "main")
    clone.commit(reported(*A))
    clone.git("cherry-pick", "乙")


def reverted(clone: Clone) -> None:
    clone.commit(reported(*C))
    clone.commit(reported(*A))
    clone.commit(reported(*B))
    clone.git("revert", "--no-edit", "HEAD~2")


def popped(clone: Clone) -> None:
    reported(*B)(clone)
    clone.git("stash", "-q")
    clone.commit(reported(*A))
    clone.git("stash", "pop", "-q")
    assert clone.git("status", "--porcelain") == " M data/tasks.yaml\n"
    clone.git("commit", "-q", "-a", "-m", "模拟")


def pulled(clone: Clone) -> None:
    """With a server between two clones."""
    clone.git("clone", "-q", "--bare", ".", "../服务器.git")
    clone.git("clone", "-q", "../服务器.git", "../另一个")
    other = Clone(clone.here.parent / "另一个")
    set_up(other)
    other.commit(reported(*A))
    other.git("push", "-q")
    clone.git("remote", "add", "origin", "../服务器.git")
    clone.commit(reported(*B))
    clone.git("pull", "-q", "--rebase", "origin", "main")


def cross(clone: Clone) -> None:
    """Let two branches merge each other's first commit, and the second go on from there."""
    clone.on("甲", reported(*A))
    clone.on("乙", reported(*B))
    clone.git("branch", "乙旧")
    clone.git("merge", "-q", "甲")
    clone.commit(reported(*C))
    clone.git("checkout", "-q", "甲")
    clone.git("merge", "-q", "乙旧")


def crossed(clone: Clone) -> None:
    """Each side has merged the other's first commit, so that two commits are the base of the last merge."""
    cross(clone)
    clone.commit(reported(*D))
    assert len(clone.git("merge-base", "--all", "甲", "乙").splitlines()) == 2
    clone.git("merge", "-q", "乙")


def removed_and_crossed(clone: Clone) -> None:
    """One side has reverted what both had; a virtual base must not bring it back."""
    cross(clone)
    clone.git("revert", "--no-edit", "甲^1")
    clone.git("merge", "-q", "乙")


def unrelated(clone: Clone) -> None:
    """The same plan in two histories that have no commit in common."""
    clone.commit(reported(*A))
    clone.git("checkout", "-q", "--orphan", "乙")
    clone.commit(lambda there: there.write(TASKS), reported(*B))
    clone.git("merge", "-q", "--allow-unrelated-histories", "main")


@pytest.mark.parametrize(
    ("way", "left"),
    [
        (merged, [A, B]),
        (merged_twice, [A, B, C, D]),
        (rebased, [A, B, C]),
        (rebased_by_patches, [A, B]),
        (switched, [A, B]),
        (cherry_picked, [A, B]),
        (reverted, [A, B]),
        (popped, [A, B]),
        (pulled, [A, B]),
        (crossed, [A, B, C, D]),
        (removed_and_crossed, [B, C]),
        (unrelated, [A, B]),
    ],
)
def test_appends_to_one_task_come_together(
    clone: Clone, way: Callable[[Clone], None], left: list[tuple[int, dict[str, object]]]
) -> None:
    way(clone)
    assert_merged(clone, *left)


def test_a_strategy_that_knows_no_drivers_stops_with_a_conflict(clone: Clone) -> None:
    clone.on("乙", reported(*B))
    clone.on("甲", reported(*A))
    assert_conflict(
        clone.run("merge", "-q", "-s", "resolve", "乙"), clone, "note: 模拟甲\n", "note: 模拟乙\n"
    )
    clone.git("merge", "--abort")
    clone.git("merge", "-q", "-s", "recursive", "乙")
    assert_merged(clone, A, B)


def test_both_orders_give_the_same_bytes(clone: Clone) -> None:
    clone.on("乙", reported(*B))
    clone.on("甲", reported(*A))
    clone.git("checkout", "-q", "-b", "丙", "乙")
    clone.git("merge", "-q", "甲")
    other = clone.file().read_bytes()
    clone.git("checkout", "-q", "甲")
    clone.git("merge", "-q", "乙")
    assert clone.file().read_bytes() == other
    assert_merged(clone, A, B)


# --- what both sides did


def test_the_same_record_is_there_once(clone: Clone) -> None:
    both(clone, [reported(*A), reported(*B)], [reported(*B)])
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)


def test_a_record_that_one_side_removed_is_gone(clone: Clone) -> None:
    """And what the other side wrote below it is there."""
    added = (2, record("甲", date="2022-08-04"))
    both(clone, [changed((LAST, ""))], [reported(*added)])
    clone.git("merge", "-q", "乙")
    gone = records() - ledgers(TASKS.replace(LAST, ""))
    assert gone.total() == 1
    assert ledgers(clone.text()) == records(added) - gone
    assert clone.is_clean


EARLIER = {"from": "2022-11", "to": "2022-12", "approved_on": "2022-10-20", "reason": "模拟延期甲"}
LATER = {"from": "2022-11", "to": "2023-01", "approved_on": "2022-10-21", "reason": "模拟延期乙"}


def test_two_extensions_of_one_task(clone: Clone) -> None:
    both(clone, [extended(LATER)], [extended(EARLIER)])
    clone.git("merge", "-q", "乙")
    assert [line.split("reason: ")[1] for line in clone.text().splitlines() if "approved_on" in line] == [
        "模拟延期}",
        "模拟延期甲}",
        "模拟延期乙}",
    ]
    assert [*(ledgers(clone.text()) - records()).values()] == [1, 1]
    assert clone.is_clean


END = "    text: 年底前完成模拟评价。\n"
URGED = "- date: 2022-08-05\n  measure: urging\n  unit: 市模拟甲局\n  tasks: [1]\n"
VISITED = "- date: 2022-08-04\n  measure: open_visit\n  unit: 市模拟乙局\n  finding: 模拟\n"
CLOSED = "- date: 2022-08-25\n  closes: 'b3ecf8f8'\n"
RANKED = "\nrankings:\n- date: 2023-01-06\n  period: '2022'\n  indicator: 2\n  rank: 12\n  of: 14\n"


@pytest.mark.parametrize("way", ["merge", "rebase"])
def test_what_the_office_did_on_two_branches_comes_together(clone: Clone, way: str) -> None:
    """Each side begins the office's own ledgers, goes on in them, and has records of a task, too."""
    begun = f"{END}\nsupervision:\n"
    clone.on("乙", reported(*B), changed((END, f"{begun}{VISITED}")))
    clone.commit(changed((VISITED, VISITED + CLOSED)))
    clone.on("甲", reported(*A), changed((END, f"{begun}{URGED}{RANKED}")))
    clone.git(way, "-q", "乙")
    assert clone.text().endswith(f"{begun}{VISITED}{URGED}{CLOSED}{RANKED}")
    assert_merged(clone, A, B)


NEW_UNIT = "- name: 模拟戊局\n  kind: 市直部门\n"
NEW_ALIAS = "  kind: 市直部门\n  aliases: [模拟乙]\n  ambiguous"


def test_records_and_units_at_once(clone: Clone) -> None:
    both(
        clone,
        [reported(*A), changed(("  kind: 市直部门\n  ambiguous", NEW_ALIAS), name="units.yaml")],
        [reported(*B), changed(("\ngroups:\n", f"{NEW_UNIT}\ngroups:\n"), name="units.yaml")],
    )
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)
    units = UNITS.replace("  kind: 市直部门\n  ambiguous", NEW_ALIAS)
    assert clone.text("units.yaml") == units.replace("\ngroups:\n", f"{NEW_UNIT}\ngroups:\n")


def test_different_facts_of_one_task_and_a_record(clone: Clone) -> None:
    leader = ("  leader: null\n  lead_unit: 市模拟甲局\n", "  leader: 模拟某\n  lead_unit: 市模拟甲局\n")
    both(
        clone,
        [changed(("  open_ended: 等市直相关单位\n", "  open_ended: 等单位\n")), reported(*A)],
        [changed(leader), reported(*B)],
    )
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)
    assert leader[1] in clone.text()
    assert "  open_ended: 等单位\n" in clone.text()


def said(name: str) -> tuple[str, str]:
    return ("  leader: null\n  lead_unit: 市模拟丙局\n", f"  leader: {name}\n  lead_unit: 市模拟丙局\n")


@pytest.mark.parametrize("style", STYLES)
def test_a_fact_that_both_sides_changed_is_a_conflict(clone: Clone, style: str) -> None:
    """And nothing else is: the records have come together."""
    clone.git("config", "merge.conflictStyle", style)
    both(clone, [changed(said("模拟某")), reported(*A)], [changed(said("模拟何某")), reported(*B)])
    done = clone.run("merge", "-q", "乙")
    assert_conflict(done, clone, "模拟某\n", "模拟何某\n")
    resolved = clone.text()
    ours = resolved[: resolved.index("<" * 7)] + resolved[resolved.index("<" * 7) :].split("\n", 1)[1]
    head, rest = ours.split("=" * 7 + "\n")
    clone.write(head + rest.split(">" * 7, 1)[1].split("\n", 1)[1])
    clone.git("commit", "-q", "-a", "-m", "模拟")
    assert_merged(clone, A, B)


def test_bases_that_conflict_with_each_other_are_left_to_the_merge_of_texts(clone: Clone) -> None:
    """Both sides have resolved a conflict, each in a merge of its own; the virtual base has its markers."""
    clone.on("甲", changed(said("模拟某")))
    clone.on("乙", changed(said("模拟何某")))
    clone.git("branch", "乙旧")
    for branch, other in (("乙", "甲"), ("甲", "乙旧")):
        clone.git("checkout", "-q", branch)
        assert clone.run("merge", "-q", other).returncode == 1
        clone.git("checkout", "-q", "甲", "--", "data")
        clone.git("commit", "-q", "-m", "模拟")
    clone.commit(reported(*A))
    clone.git("checkout", "-q", "乙")
    clone.commit(reported(*B))
    done = clone.run("merge", "-q", "甲")
    assert_conflict(done, clone, "note: 模拟甲\n", "note: 模拟乙\n", "leader: 模拟某\n")


# --- clones of another kind


LINE = "data/*.yaml text eol=lf merge=yzplan"


@pytest.mark.parametrize(
    ("attributes", "autocrlf", "newline"),
    [
        (LINE, "true", b"\n"),
        (LINE.replace("eol=lf", "eol=crlf"), "false", b"\r\n"),
        (LINE.replace(" eol=lf", ""), "true", b"\r\n"),
        (LINE.replace("text eol=lf ", ""), "true", b"\r\n"),
        (LINE.replace("text eol=lf ", ""), "input", b"\n"),
    ],
)
def test_newlines_of_the_work_tree_make_no_difference(
    tmp_path: Path, attributes: str, autocrlf: str, newline: bytes
) -> None:
    origin = made(tmp_path / "模拟", attributes=[attributes])
    origin.git("-c", f"core.autocrlf={autocrlf}", "clone", "-q", ".", "../克隆")
    clone = Clone(tmp_path / "克隆")
    clone.git("config", "core.autocrlf", autocrlf)
    clone.git("config", "merge.yzplan.driver", driver_command(PROGRAM))
    both(clone, [reported(*A)], [reported(*B)])
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)
    raw = clone.file().read_bytes()
    assert raw == raw.replace(b"\r\n", b"\n").replace(b"\n", newline)
    assert "\r" not in clone.git("cat-file", "blob", "HEAD:data/tasks.yaml")


def test_a_side_that_has_committed_other_newlines(tmp_path: Path) -> None:
    """Nothing says that the files are text, and one side's editor has written them anew."""
    clone = made(tmp_path / "模拟", attributes=["data/*.yaml -text merge=yzplan"])

    def rewritten(there: Clone) -> None:
        there.file().write_bytes(there.file().read_bytes().replace(b"\n", b"\r\n"))

    both(clone, [reported(*A)], [rewritten, reported(*B)])
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)
    assert b"\r" not in clone.file().read_bytes()


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_attributes_that_one_side_only_has(tmp_path: Path, side: str) -> None:
    """With the driver or, as an older git may, as text: then with a conflict that shows both."""
    clone = made(tmp_path / "模拟", attributes=[])

    def with_attributes(there: Clone) -> None:
        (there.here / ".gitattributes").write_text(f"{LINE}\n")

    ours, theirs = [reported(*A)], [reported(*B)]
    (ours if side == "ours" else theirs).append(with_attributes)
    both(clone, ours, theirs)
    done = clone.run("merge", "-q", "乙")
    if done.returncode:
        assert_conflict(done, clone, "note: 模拟甲\n", "note: 模拟乙\n")
    else:
        assert_merged(clone, A, B)


@pytest.mark.parametrize("data", ["plan/data", "我的 计划/数据", ".", "-h/[x] 'y'"])
def test_the_data_may_lie_anywhere(tmp_path: Path, data: str) -> None:
    clone = made(tmp_path / "模 拟", data)
    both(clone, [reported(*A)], [reported(*B)])
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)


def test_from_a_linked_work_tree(clone: Clone) -> None:
    both(clone, [reported(*A)], [reported(*B)])
    clone.git("worktree", "add", "-q", "../另一棵", "main")
    tree = Clone(clone.here.parent / "另一棵")
    tree.git("merge", "-q", "甲")
    tree.git("merge", "-q", "乙")
    assert_merged(tree, A, B)


def test_from_a_folder_below(clone: Clone) -> None:
    both(clone, [reported(*A)], [reported(*B)])
    clone.git("-C", "data", "merge", "-q", "乙")
    assert_merged(clone, A, B)


def test_what_looks_odd_now_is_said(clone: Clone) -> None:
    """As a remark of the driver's, which git passes on; the merge stands."""
    both(clone, [reported(*A)], [reported(1, record("戊"))])
    done = clone.run("merge", "-q", "乙")
    assert done.returncode == 0
    assert done.stderr.startswith("注意：data/tasks.yaml：")
    assert_merged(clone, A, (1, record("戊")))
