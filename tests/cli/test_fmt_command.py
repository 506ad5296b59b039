"""`fmt`: the one layout, and the acceptance of what the official text now is. All changes are 模拟."""

import os
import re

import pytest
from commandline import CommandLine, execute, git
from conversation import converse
from goldens import assert_golden, transcript

from yzplan.errors import RequestError
from yzplan.store import wording

TEXT = "对新办纳税人实行增值税专用发票电子化。"
"""Of task 5, in indicator 1, whose deadline is 2022-06."""
ANOTHER = "对新办纳税户实行增值税专用发票电子化。"


def change(cli: CommandLine, old: str, new: str) -> None:
    assert cli.tasks.count(old) == 1
    cli.tasks = cli.tasks.replace(old, new)


# --- the layout


@pytest.fixture
def untidy(cli: CommandLine) -> CommandLine:
    """Both files, edited by hand."""
    change(
        cli,
        f"  - id: 5\n    deadline: 2022-06\n    text: {TEXT}\n",
        (f"  - text: \"{TEXT}\"   # 模拟：核对过\n    id: 5\n\n    deadline: '2022-06'\n"),
    )
    units = cli.here / "data" / "units.yaml"
    units.write_text(
        units.read_text("utf-8").replace("[财政局, 财政]", "\n  - 财政局\n  # 模拟\n  - 财政"), "utf-8"
    )
    return cli


def test_what_would_change_is_shown_and_then_changed(untidy: CommandLine) -> None:
    before = untidy.tasks_file.read_bytes()
    transcripts = []
    for words in (["fmt", "--check"], ["fmt"], ["fmt", "--check"], ["fmt"], ["check"]):
        transcripts.append(transcript(*words, answer=untidy(*words)))
        assert (untidy.tasks_file.read_bytes() == before) == (
            words == ["fmt", "--check"] and len(transcripts) == 1
        )
    assert_golden("plain/fmt.txt", "\n".join(transcripts))


def test_data_that_do_not_read_are_left_alone(untidy: CommandLine) -> None:
    untidy.tasks += "? [\n"
    before = untidy.tasks_file.read_bytes()
    for words in (["fmt"], ["fmt", "--check"]):
        answer = untidy(*words)
        assert (answer.code, answer.raw) == (3, b"")
        assert answer.err.splitlines()[-2:] == [
            "数据有 1 处语法或结构问题，不能改写",
            "  提示：逐处改正后再试；没有改动任何文件",
        ]
    assert untidy.tasks_file.read_bytes() == before


def test_a_difference_that_nobody_reads_on_is_no_failure(untidy: CommandLine) -> None:
    read, write = os.pipe()
    os.close(read)
    answer = execute(untidy.here, "fmt", "--check", stdout=write)
    os.close(write)
    assert (answer.code, answer.err) == (0, "")


# --- the wording


@pytest.fixture
def committed(cli: CommandLine) -> CommandLine:
    """The shipped data in a git repository."""
    git(cli.here, "init", "-q", "-b", "main")
    commit(cli)
    return cli


def commit(cli: CommandLine) -> str:
    git(cli.here, "add", "data")
    git(cli.here, "commit", "-q", "-m", "模拟")
    return git(cli.here, "rev-parse", "--short=10", "HEAD").strip()


def accept(cli: CommandLine, *words: str) -> str:
    """What is said where the wording is accepted; only the fingerprint changes."""
    before = cli.tasks_file.read_bytes()
    answer = cli("fmt", "--accept-wording", *words)
    assert answer.code == 0, answer.err
    mask = re.compile(rb"wording: '[0-9a-f]{12}'")
    assert mask.sub(b"", cli.tasks_file.read_bytes()) == mask.sub(b"", before)
    return answer.out + answer.err


CHANGED = f"""\
-第 5 项时限：2022-06
+第 5 项时限：2022-07
-第 5 项原文：{TEXT}
+第 5 项原文：{ANOTHER}
  “对新办纳税人实行增值税专”改为“对新办纳税户实行增值税专”
"""


def alter(cli: CommandLine) -> None:
    change(cli, f"    deadline: 2022-06\n    text: {TEXT}", f"    deadline: 2022-07\n    text: {ANOTHER}")


def test_nothing_to_accept(cli: CommandLine) -> None:
    said = "各项指标的原文和时限都与指纹相符，没有要认可的\n"
    assert accept(cli) == accept(cli, "--check") == said


def test_a_changed_wording_is_shown_and_accepted(committed: CommandLine) -> None:
    revision = git(committed.here, "rev-parse", "--short=10", "HEAD").strip()
    alter(committed)
    assert "Y305" in committed("check").out
    before = committed.tasks_file.read_bytes()
    difference = f"@@ 指标 1 开办企业 @@ 与提交 {revision} 相比\n{CHANGED}"
    shown = committed("fmt", "--accept-wording", "--check")
    assert (shown.code, shown.out) == (1, difference)
    assert shown.err == "待认可（未写入）：指标“开办企业”的原文和时限\n"
    assert committed.tasks_file.read_bytes() == before
    assert accept(committed) == f"{difference}已认可：指标“开办企业”的原文和时限，指纹已写入\n"
    assert committed("check", "--strict").code == 0
    assert committed.tasks_file.read_bytes() != before


def test_what_was_last_accepted_is_found_behind_what_was_committed_since(committed: CommandLine) -> None:
    revision = git(committed.here, "rev-parse", "--short=10", "HEAD").strip()
    alter(committed)
    commit(committed)
    committed.tasks += "# 模拟\n"
    commit(committed)
    assert accept(committed).startswith(f"@@ 指标 1 开办企业 @@ 与提交 {revision} 相比\n{CHANGED}")


def test_several_indicators_at_once(committed: CommandLine) -> None:
    alter(committed)
    change(
        committed,
        "全流程1个工作日办结（不含公告时间）。依据上级规定",
        "全流程1个工作日办结（不含公告时间）。按照上级规定",
    )
    change(committed, "推动“互联网+不动产登记”智慧化", "推进“互联网+不动产登记”智慧化")
    said = accept(committed)
    assert re.findall("@@ 指标 ([0-9]+)", said) == ["1", "5"]
    assert said.count("改为") == 3
    assert committed("check", "--strict").code == 0


@pytest.mark.parametrize("how", ["no repository", "no commit", "no git", "another wording"])
def test_without_a_wording_to_compare_with_the_present_one_is_shown(cli: CommandLine, how: str) -> None:
    if how != "no repository":
        git(cli.here, "init", "-q")
    alter(cli)
    if how == "another wording":
        commit(cli)
    elif how == "no git":
        cli.monkeypatch.setenv("PATH", str(cli.here))
    lines = accept(cli).splitlines()
    assert lines[0] == "@@ 指标 1 开办企业 @@ git 里没有与指纹相符的原文可比，现在是"
    assert len(lines) == 2 + 2 * 7
    assert lines[9:11] == [" 第 5 项时限：2022-07", f" 第 5 项原文：{ANOTHER}"]
    assert cli("check", "--strict").code == 0


@pytest.mark.parametrize(
    "written",
    [
        '  wording: "b1b068520363"',
        "  wording: b1b068520363  # 模拟",
        "  'wording' :   'b1b068520363'",
        "  wording: null",
        "  wording: ~  # 模拟",
        "  wording:",
    ],
)
def test_only_the_fingerprint_is_written_however_it_stands(committed: CommandLine, written: str) -> None:
    alter(committed)
    change(committed, "  wording: 'b1b068520363'", written)
    before = committed.tasks
    assert committed("fmt", "--accept-wording").code == 0
    [new] = re.findall(r"(?:wording|'wording') *:.*?('[0-9a-f]{12}')", committed.tasks)[:1]
    value = re.search(r":( *[^ #\n]*)", written)
    assert value
    assert committed.tasks == before.replace(
        f"{written}\n", written.replace(f":{value[1]}", f": {new}") + "\n"
    )
    assert committed("check", "--strict").code == 0


def test_the_first_fingerprint_of_an_indicator_is_written_above_its_tasks(cli: CommandLine) -> None:
    right = cli.tasks
    change(cli, "  wording: 'b1b068520363'\n", "")
    change(cli, "  tasks:\n  - id: 1\n", "  # 模拟\n  tasks:\n  - id: 1\n")
    answer = cli("fmt", "--accept-wording")
    assert answer.out.startswith("@@ 指标 1 开办企业 @@ 还没有指纹，现在是\n 第 1 项时限：2022-07\n")
    assert cli("check", "--strict").code == 0
    assert "  wording: 'b1b068520363'\n  # 模拟\n  tasks:\n  - id: 1\n" in cli.tasks
    cli.tasks = cli.tasks.replace("  # 模拟\n", "")
    assert cli("fmt").code == 0
    assert cli.tasks == right


@pytest.mark.parametrize(
    "written",
    [
        "  wording:\n    b1b068520363\n",
        "  ? wording\n  : b1b068520363\n",
        "  wording: >-\n    b1b068520363\n",
    ],
)
def test_a_fingerprint_written_strangely_is_to_be_formatted_first(
    committed: CommandLine, written: str
) -> None:
    alter(committed)
    change(committed, "  wording: 'b1b068520363'\n", written)
    before = committed.tasks_file.read_bytes()
    answer = committed("fmt", "--accept-wording")
    assert answer.code == 3
    assert answer.err.endswith(
        "里 wording 的写法特殊，没有写入\n  提示：先用 yzplan fmt 改为规范写法，再认可\n"
    )
    assert committed.tasks_file.read_bytes() == before
    assert committed("fmt").code == 0
    assert committed("fmt", "--accept-wording").code == 0
    assert committed("check", "--strict").code == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  - id: 6\n", "  - id: 5\n", "Y203"),
        ("  - id: 121\n", "  - id: 122\n", "Y303"),
        ("  lead_unit: 市市场监管局\n", "  lead_unit: 没有这家\n", "Y201"),
        ("  year: 2022\n", "  year: '2022'\n", "Y103"),
        ("  year: 2022\n", "  year: [\n", "Y008"),
    ],
)
def test_with_anything_else_wrong_nothing_is_accepted(
    committed: CommandLine, old: str, new: str, code: str
) -> None:
    alter(committed)
    committed.tasks = committed.tasks.replace(old, new, 1)
    before = committed.tasks_file.read_bytes()
    answer = committed("fmt", "--accept-wording")
    assert (answer.code, answer.raw) == (3, b"")
    assert f" {code} " in answer.err
    assert "Y305" not in answer.err
    assert "处问题，不能认可原文\n  提示：先逐处改正；没有改动文件\n" in answer.err
    assert committed.tasks_file.read_bytes() == before


@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("n", False), ("", False)])
def test_a_person_is_asked(committed: CommandLine, answer: str, is_written: bool) -> None:
    alter(committed)
    before = committed.tasks_file.read_bytes()
    talk = converse(
        committed.here, "fmt", "--accept-wording", answers=[("认可这些原文和时限？[y/n] ", answer)]
    )
    assert talk.code == 0
    assert CHANGED in talk.screen
    assert talk.lines[-1] == ("已认可：指标“开办企业”的原文和时限，指纹已写入" if is_written else "没有改动")
    assert (committed.tasks_file.read_bytes() != before) == is_written


def test_what_cannot_be_shown_is_not_accepted(committed: CommandLine) -> None:
    alter(committed)
    before = committed.tasks_file.read_bytes()
    read, write = os.pipe()
    os.close(read)
    execute(committed.here, "fmt", "--accept-wording", stdout=write)
    os.close(write)
    assert committed.tasks_file.read_bytes() == before


def test_what_changed_since_it_was_shown_is_not_accepted(committed: CommandLine) -> None:
    alter(committed)
    shown = wording.unaccepted(committed.here / "data")
    change(committed, ANOTHER, TEXT)
    before = committed.tasks_file.read_bytes()
    with pytest.raises(RequestError, match="给人看过以后，原文又有变动，没有写入"):
        wording.accept(committed.here / "data", shown)
    assert committed.tasks_file.read_bytes() == before
    change(committed, TEXT, ANOTHER)
    assert committed("done", 5).code == 3
    wording.accept(committed.here / "data", shown)
    assert committed("done", 5).code == 0
