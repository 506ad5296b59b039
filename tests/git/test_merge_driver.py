"""The hidden command that git runs to merge, run as git runs it. All is 模拟."""

import stat
from pathlib import Path

import pytest
from commandline import CommandLine
from merging_scenes import PART, PROGRAM, ledgers, record, records, with_record
from test_lazy_imports import HEAVY, modules_after
from tiny import TASKS, edited

from yzplan.git.merging import driver_command

A, B = (1, record("甲")), (1, record("乙", PART))
OURS, THEIRS = with_record(TASKS, *A), with_record(TASKS, *B)
LED = "  leader: null\n  lead_unit: 市模拟丙局\n"
ARGUMENTS = ("base", "ours", "theirs", 7, "data/tasks.yaml")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A shell where git has put the three versions of a file."""
    here = tmp_path / "模拟"
    here.mkdir()
    for name, text in (("base", TASKS), ("ours", OURS), ("theirs", THEIRS)):
        (here / name).write_text(text, "utf-8")
    return CommandLine(here=here, monkeypatch=monkeypatch)


def test_it_replaces_ours_by_the_union_and_says_nothing(shell: CommandLine) -> None:
    (shell.here / "ours").chmod(0o640)
    answer = shell("merge-driver", *ARGUMENTS)
    assert (answer.code, answer.raw, answer.err) == (0, b"", "")
    assert ledgers((shell.here / "ours").read_text("utf-8")) == records(A, B)
    assert stat.S_IMODE((shell.here / "ours").stat().st_mode) == 0o640
    assert (shell.here / "base").read_text("utf-8") == TASKS
    assert (shell.here / "theirs").read_text("utf-8") == THEIRS
    assert {path.name for path in shell.here.iterdir()} == {"base", "ours", "theirs"}


def test_a_conflict_is_written_with_markers_of_the_length_that_git_wants(shell: CommandLine) -> None:
    for name, leader in (("ours", "模拟某"), ("theirs", "模拟何某")):
        text = edited(TASKS, (LED, LED.replace("null", leader)))
        (shell.here / name).write_text(text, "utf-8")
    answer = shell("merge-driver", *ARGUMENTS[:3], 9, ARGUMENTS[4])
    assert (answer.code, answer.raw) == (10, b"")
    conflict = (
        f"{'<' * 9} 本方\n  leader: 模拟某\n{'=' * 9}\n  leader: 模拟何某\n{'>' * 9} 对方\n"
        "  lead_unit: 市模拟丙局\n"
    )
    assert (shell.here / "ours").read_text("utf-8") == edited(TASKS, (LED, conflict))


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
def test_what_it_cannot_read_it_leaves_as_it_is(shell: CommandLine, side: str) -> None:
    (shell.here / side).write_text("模拟: [\n", "utf-8")
    before = (shell.here / "ours").read_bytes()
    answer = shell("merge-driver", *ARGUMENTS)
    assert (answer.code, answer.err) == (
        3,
        "data/tasks.yaml 有一边读不出来，不能按记录合并，由 git 按文字合并\n",
    )
    assert (shell.here / "ours").read_bytes() == before


def test_what_is_no_text_is_a_conflict_without_markers(shell: CommandLine) -> None:
    """`git merge-file` fails on it, which a git of today takes for the end of the whole merge."""
    (shell.here / "theirs").write_bytes(THEIRS.encode("utf-16"))
    answer = shell("merge-driver", *ARGUMENTS)
    assert (answer.code, answer.err) == (
        10,
        "data/tasks.yaml 有一边不是文本，没有合并，保留本方的；须人工处理\n",
    )
    assert (shell.here / "ours").read_text("utf-8") == OURS


@pytest.mark.parametrize("missing", ["base", "ours", "theirs"])
def test_a_version_that_is_missing(shell: CommandLine, missing: str) -> None:
    (shell.here / missing).unlink()
    answer = shell("merge-driver", *ARGUMENTS)
    assert (answer.code, answer.err) == (3, f"读不了 {missing}：No such file or directory\n")


def test_where_it_cannot_write_it_changes_nothing(
    shell: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("yzplan.store.saving.os.replace", fail)
    answer = shell("merge-driver", *ARGUMENTS)
    assert (answer.code, answer.err.splitlines()[0]) == (3, "写不了 ours：磁盘已满")
    assert (shell.here / "ours").read_text("utf-8") == OURS
    assert {path.name for path in shell.here.iterdir()} == {"base", "ours", "theirs"}


@pytest.mark.parametrize(
    "words", [ARGUMENTS[:4], (*ARGUMENTS[:3], "七", "x"), (*ARGUMENTS, "x"), (), ("--version",)]
)
def test_it_says_no_to_anything_else_and_never_that_all_is_merged(
    shell: CommandLine, words: tuple[str | int, ...]
) -> None:
    assert shell("merge-driver", *words).code == 2
    assert (shell.here / "ours").read_text("utf-8") == OURS


@pytest.mark.parametrize("path", ["-h", "--help", "--data", "-h/tasks.yaml", "--"])
def test_a_path_is_no_option_whatever_it_begins_with(shell: CommandLine, path: str) -> None:
    assert shell("merge-driver", *ARGUMENTS[:4], path).code == 0
    assert ledgers((shell.here / "ours").read_text("utf-8")) == records(A, B)


def test_people_are_not_told_of_it(shell: CommandLine) -> None:
    assert "merge-driver" not in shell("--help").out
    assert "merge-driver" not in shell("merge").err
    assert shell("merge-driver", "--help").code == 0


def test_it_imports_nothing_that_it_does_not_need(shell: CommandLine) -> None:
    assert not HEAVY & modules_after(shell, "merge-driver", *map(str, ARGUMENTS))


def test_the_setting_calls_it_as_the_design_says() -> None:
    """But for the program, whose path setup-git knows."""
    rest = (
        " merge-driver %O %A %B %L %P; r=$?; [ $r = 0 ] && exit 0; [ $r = 10 ] && exit 1; "
        "exec git merge-file -q --marker-size=%L -L 本方 -L 基线 -L 对方 %A %O %B"
    )
    assert driver_command(["yzplan"]) == f"yzplan{rest}"
    assert driver_command(PROGRAM).endswith(f" -P -m yzplan{rest}")
    assert driver_command(["/百%分/引'号/有 空格"]) == f"""'/百%%分/引'"'"'号/有 空格'{rest}"""
