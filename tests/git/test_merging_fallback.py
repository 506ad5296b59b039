"""A merge whose driver is not there, fails or cannot read a side: a merge of texts. Real git; all is 模拟."""

import os
import shlex
import sys
from pathlib import Path

import pytest
from merging_scenes import (
    PART,
    PROGRAM,
    STYLES,
    Change,
    Clone,
    assert_conflict,
    assert_merged,
    both,
    changed,
    record,
    reported,
)

from yzplan.git.merging import driver_command

A, B = (1, record("甲")), (1, record("乙", PART))
SIDES = ("note: 模拟甲\n", "note: 模拟乙\n")


def conflicting(clone: Clone) -> Clone:
    """With two branches that are one conflict to a merge of texts."""
    both(clone, [reported(*A)], [reported(*B)])
    return clone


def test_a_clone_that_is_not_set_up(clone: Clone) -> None:
    conflicting(clone).git("config", "--remove-section", "merge.yzplan")
    assert_conflict(clone.run("merge", "-q", "乙"), clone, *SIDES)
    assert "<<<<<<< HEAD\n" in clone.text()


def dying(before: str) -> str:
    """A driver that kills itself just before, or after, it replaces what git is to read."""
    return f"""
import os, signal
from yzplan.store import saving
replace = os.replace
def die(*paths):
    if not {before}:
        replace(*paths)
    os.kill(os.getpid(), signal.SIGKILL)
saving.os.replace = die
from yzplan.__main__ import main
main()
"""


PYTHON = [sys.executable, "-P", "-c"]

FAILING = {
    "missing": ["/没有/python", "-m", "yzplan"],
    "a directory": [os.fspath(Path(sys.executable).parent)],
    "an interpreter without this program": [sys.executable, "-I", "-S", "-m", "yzplan"],
    "exit 1": ["sh", "-c", "exit 1"],
    "exit 2": ["sh", "-c", "exit 2"],
    "exit 3": ["sh", "-c", "exit 3"],
    "exit 4": ["sh", "-c", "exit 4"],
    "exit 130": ["sh", "-c", "exit 130"],
    "terminated": ["sh", "-c", "kill -15 $$"],
    "killed": ["sh", "-c", "kill -9 $$"],
    "a traceback": [*PYTHON, "raise RuntimeError"],
    "killed before it replaced": [*PYTHON, dying("True")],
}


@pytest.mark.parametrize("program", FAILING.values(), ids=FAILING)
def test_a_driver_that_fails_leaves_ordinary_markers(clone: Clone, program: list[str]) -> None:
    conflicting(clone).git("config", "merge.yzplan.driver", driver_command(program))
    assert_conflict(clone.run("merge", "-q", "乙"), clone, *SIDES)
    markers = [line for line in clone.text().splitlines() if line[:7] in ("<<<<<<<", ">>>>>>>")]
    assert markers[::2] == ["<<<<<<< 本方"] * (len(markers) // 2)
    assert markers[1::2] == [">>>>>>> 对方"] * (len(markers) // 2)
    leftovers = clone.git("status", "--porcelain", "--ignored").splitlines()
    assert [line for line in leftovers if ".yzplan-" not in line] == ["UU data/tasks.yaml"]


def test_a_driver_that_is_killed_after_it_replaced_has_lost_nothing(clone: Clone) -> None:
    conflicting(clone).git("config", "merge.yzplan.driver", driver_command([*PYTHON, dying("False")]))
    clone.run("merge", "-q", "乙")
    assert [clone.text().count(side) for side in SIDES] == [1, 1]


def test_a_failing_driver_does_no_harm_where_texts_merge(clone: Clone) -> None:
    clone.git("config", "merge.yzplan.driver", driver_command(["false"]))
    elsewhere = (3, record("丙", "市模拟丙局"))
    both(clone, [reported(*A)], [reported(*elsewhere)])
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, elsewhere)


@pytest.mark.parametrize("style", STYLES[1:])
def test_the_users_style_of_markers_is_kept(clone: Clone, style: str) -> None:
    conflicting(clone).git("config", "merge.conflictStyle", style)
    clone.git("config", "merge.yzplan.driver", driver_command(["false"]))
    assert clone.run("merge", "-q", "乙").returncode == 1
    text = clone.text()
    assert all(text.count(side) == 1 for side in SIDES)
    assert "||||||| 基线\n" in text


# --- a side that cannot be read

BROKEN = {
    "no YAML": ("  open_ended: 等市直相关单位\n", "  open_ended: [等市直相关单位\n"),
    "a key twice": ("  year: 2022\n", "  year: 2022\n  year: 2023\n"),
    "markers": ("indicators:\n", "<<<<<<< 甲\nindicators:\n=======\n>>>>>>> 乙\n"),
    "an indentation of its own": ("  year: 2022\n", "   year: 2022\n"),
}


@pytest.mark.parametrize("side", ["ours", "theirs", "base"])
@pytest.mark.parametrize("edit", BROKEN.values(), ids=BROKEN)
def test_a_side_that_cannot_be_read_is_left_to_the_merge_of_texts(
    clone: Clone, side: str, edit: tuple[str, str]
) -> None:
    broken: list[Change] = [changed(edit)]
    if side == "base":
        clone.commit(*broken)
    both(
        clone,
        [reported(*A), *(broken if side == "ours" else [])],
        [reported(*B), *(broken if side == "theirs" else [])],
    )
    done = clone.run("merge", "-q", "乙")
    text = clone.text()
    assert [text.count(each) for each in SIDES] == [1, 1]
    assert done.returncode == 1
    assert "data/tasks.yaml 有一边读不出来，不能按记录合并，由 git 按文字合并\n" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_side_that_is_no_text_is_a_conflict(clone: Clone) -> None:
    def saved_as_utf16(there: Clone) -> None:
        there.file().write_bytes(there.text().encode("utf-16"))

    both(clone, [reported(*A)], [saved_as_utf16])
    ours = clone.text()
    done = clone.run("merge", "-q", "乙")
    assert (done.returncode, clone.text()) == (1, ours)
    assert "data/tasks.yaml 有一边不是文本，没有合并，保留本方的；须人工处理\n" in done.stderr
    assert clone.git("status", "--porcelain") == "UU data/tasks.yaml\n"


# --- how the driver finds the program


@pytest.mark.parametrize("name", ["有 空格", "引'号\"", "百%A分%%号", "$(touch x)`touch y`", "-x;&"])
def test_the_program_may_lie_anywhere(clone: Clone, name: str, tmp_path: Path) -> None:
    place = tmp_path / name
    place.mkdir()
    program = place / "python"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n', "utf-8")
    program.chmod(0o755)
    conflicting(clone).git("config", "merge.yzplan.driver", driver_command([str(program)]))
    clone.git("merge", "-q", "乙")
    assert_merged(clone, A, B)


def test_what_lies_in_the_work_tree_is_no_part_of_the_program(clone: Clone) -> None:
    for name in ("yaml.py", "typer.py", "yzplan.py", "sitecustomize.py"):
        (clone.here / name).write_text("raise SystemExit(0)\n")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "模拟")
    conflicting(clone).git("merge", "-q", "乙")
    assert_merged(clone, A, B)
