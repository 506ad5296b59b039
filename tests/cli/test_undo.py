"""`undo`: corrections, and lines taken out that no commit has. All records are 模拟."""

from pathlib import Path

import pytest
from commandline import CommandLine, added, git, refused, shown

LEAD = "市市场监管局"
"""Who leads tasks 1-7."""
EXTEND = (
    *("--to", "2022-10", "--approved-on", "2022-07-20"),
    *("--reason", "模拟：方案调整", "--document", "模拟〔2022〕3号"),
)


def did(cli: CommandLine, command: str, *words: str, today: str = "2022-08-01") -> str:
    """What a command says that succeeds."""
    answer = cli(*command.split(), *words, today=today)
    assert answer.code == 0, answer.err
    return answer.err


def refs(cli: CommandLine, number: int, ledger: str = "progress") -> list[str]:
    """The references of a task's entries, in the order of the file."""
    return [entry["ref"] for entry in cli("show", number, "--format", "json").json[ledger]]


def status(cli: CommandLine, number: int, *words: str) -> str:
    found: str = cli("show", number, "--format", "json", *words, today="2022-09-01").json["status"]
    return found


@pytest.fixture
def reported(cli: CommandLine) -> CommandLine:
    """Task 5: begun, done by mistake, a county at work on its part."""
    did(cli, "update 5 --status in_progress --date 2022-07-01")
    did(cli, "done 5 --date 2022-07-10")
    did(cli, "update 5 --unit 零陵区 --status blocked --date 2022-07-15")
    return cli


# Corrections


def test_a_correction_is_a_record_more(reported: CommandLine) -> None:
    before, ref = reported.tasks, refs(reported, 5)[1]
    answer = reported("undo", 5, ref, "--reason", "模拟：误报", "--by", "模拟人")
    lines = [
        "    - date: 2022-08-01",
        f"      unit: {LEAD}",
        "      note: 模拟：误报",
        "      by: 模拟人",
        f"      retracts: '{ref}'",
    ]
    assert answer.code == 0
    assert added(before, reported.tasks) == shown(answer) == lines
    assert answer.err == (
        f"第 5 项 {LEAD} 2022-07-10 报的“已报完成”作废，现为“推进中”\n"
        f"已追加：第 5 项 {LEAD} 更正 {ref}，引用码 {refs(reported, 5)[-1]}\n"
    )
    entries = reported("show", 5, "--format", "json").json["progress"]
    assert [entry["retracted"] for entry in entries] == [False, True, False, False]


@pytest.mark.parametrize("length", [4, 5, 8])
def test_the_beginning_of_a_reference_is_enough(reported: CommandLine, length: int) -> None:
    ref = refs(reported, 5)[0]
    typed = ref[:length].upper()
    assert f"      retracts: '{ref}'" in shown(reported("undo", 5, typed, "--reason", "模拟"))


def test_without_a_reference_it_is_the_newest_of_the_unit(reported: CommandLine) -> None:
    first, second, of_county = refs(reported, 5)
    for words, ref in (([], second), (["--unit", "零陵"], of_county), ([], first)):
        assert f"      retracts: '{ref}'" in shown(reported("undo", 5, "--reason", "模拟", *words))
    assert refused(reported, "undo", 5, "--reason", "模拟") == (
        f"第 5 项 {LEAD} 没有可以更正的记录\n  提示：用 yzplan show 5 查看\n"
    )


def test_a_record_dated_by_mistake_in_the_future_can_be_corrected_today(cli: CommandLine) -> None:
    did(cli, "done 5 --date 2023-07-10")
    did(cli, "undo 5 --reason 模拟：年份写错")
    assert status(cli, 5, "--as-of", "2023-12-31") == "not_started"
    assert cli("check", "--strict").code == 0


def test_an_extension_is_taken_back(cli: CommandLine) -> None:
    did(cli, "extend 8", *EXTEND)
    before, [ref] = cli.tasks, refs(cli, 8, "extensions")
    answer = cli("undo", 8, ref, "--reason", "模拟：批错了", "--date", "2022-08-05", today="2022-08-05")
    lines = ["    - approved_on: 2022-08-05", "      reason: 模拟：批错了", f"      retracts: '{ref}'"]
    assert added(before, cli.tasks) == shown(answer) == lines
    assert answer.err == (
        f"第 8 项延至 2022-10 作废，现行时限为 2022-07\n"
        f"已追加：第 8 项 更正延期 {ref}，引用码 {refs(cli, 8, 'extensions')[-1]}\n"
    )
    assert cli("show", 8, "--format", "json").json["effective_deadline"] == "2022-07"
    known = ("--known-at", "2022-08-04")
    assert cli("show", 8, "--format", "json", *known).json["effective_deadline"] == "2022-10"


def test_what_was_known_before_the_correction_still_counts_it(reported: CommandLine) -> None:
    did(reported, "undo 5 --reason 模拟", today="2022-08-10")
    assert status(reported, 5) == status(reported, 5, "--known-at", "2022-08-10") == "in_progress"
    assert status(reported, 5, "--known-at", "2022-08-09") == "done"
    overdue = ("overdue", "--month", "2022-07", "-i", 1, "--format", "json")
    assert 5 in reported(*overdue, today="2022-09-01").ids
    assert 5 not in reported(*overdue, "--known-at", "2022-08-09", today="2022-09-01").ids


def test_what_rests_on_the_record_is_remarked_on(cli: CommandLine) -> None:
    did(cli, "done 5 --date 2022-07-10")
    did(cli, "verify 5 --date 2022-07-20")
    ref = refs(cli, 5)[0]
    assert did(cli, f"undo 5 {ref} --reason 模拟").splitlines()[:2] == [
        f"第 5 项 {LEAD} 2022-07-10 报的“已报完成”作废，现为“已认定”",
        f"注意：第 5 项 {LEAD} 由“未启动”记为“已认定”，不合转换规则",
    ]


def test_refused_corrections(reported: CommandLine) -> None:
    first, second, of_county = refs(reported, 5)
    did(reported, f"undo 5 {second} --reason 模拟")
    correction = refs(reported, 5)[-1]
    did(reported, "extend 5", *EXTEND)
    [extension] = refs(reported, 5, "extensions")
    known = f"  提示：引用码有：{first}、{second}、{of_county}、{correction}、{extension}\n"
    for words, said in (
        ([first], "没有写更正的理由\n  提示：用 --reason 写明\n"),
        ([first, "--reason", " "], "没有写更正的理由\n  提示：用 --reason 写明\n"),
        ([second, "--reason", "模拟又"], f"记录 {second} 已经更正过\n  提示：一条记录只更正一次\n"),
        (
            [correction, "--reason", "模拟"],
            f"记录 {correction} 本身是更正，不能再更正\n  提示：要恢复原来的内容，请另报一条\n",
        ),
        (["00000000", "--reason", "模拟"], f"第 5 项没有这条记录：00000000\n{known}"),
        (
            [first[:3], "--reason", "模拟"],
            f"引用码“{first[:3]}”太短\n  提示：至少写前 4 位；引用码见 yzplan show 5\n",
        ),
        (
            [of_county, "--reason", "模拟", "--unit", LEAD],
            f"记录 {of_county} 是零陵区的\n  提示：去掉 --unit，或核对引用码\n",
        ),
        (
            [extension, "--reason", "模拟", "--unit", LEAD],
            f"记录 {extension} 是办公室（延期）的\n  提示：去掉 --unit，或核对引用码\n",
        ),
        ([extension, "--reason", "模拟", "--by", "模拟人"], "延期的更正没有填报人一栏\n  提示：去掉 --by\n"),
        (
            ["--reason", "模拟", "--unit", "冷水滩区"],
            "第 5 项 冷水滩区 没有可以更正的记录\n  提示：用 yzplan show 5 查看；延期要写明引用码\n",
        ),
    ):
        assert refused(reported, "undo", 5, *words) == said
    assert refused(reported, "undo", "5-6", "--reason", "模拟") == (
        "undo 一次更正一项任务的一条记录\n  提示：只写一个任务编号\n"
    )
    assert refused(reported, "undo", 4, first, "--reason", "模拟") == (
        f"第 4 项没有这条记录：{first}\n  提示：引用码有：无\n"
    )


def test_a_beginning_that_several_share_is_refused_with_them(cli: CommandLine) -> None:
    """The notes are chosen so that the two references begin with the same four digits."""
    for note in SHARING:
        did(cli, f"update 5 --status in_progress --date 2022-07-01 --note {note}")
    first, second = refs(cli, 5)
    assert first[:4] == second[:4]
    assert refused(cli, "undo", 5, first[:4], "--reason", "模拟") == (
        f"第 5 项有几条记录的引用码以此开头：{first[:4]}\n  提示：引用码有：{first}、{second}\n"
    )
    assert f"      retracts: '{second}'" in shown(cli("undo", 5, second, "--reason", "模拟"))


SHARING = ("模拟173", "模拟252")


# What no commit has


@pytest.fixture
def committed(reported: CommandLine) -> CommandLine:
    """A git repository in which the records of task 5 are committed."""
    git(reported.here, "init", "-q", "-b", "main")
    commit(reported, "模拟：初稿")
    return reported


def commit(cli: CommandLine, message: str) -> None:
    git(cli.here, "add", "data")
    git(cli.here, "commit", "-q", "-m", message)


def test_lines_that_no_commit_has_are_taken_out(committed: CommandLine) -> None:
    before = committed.tasks_file.read_bytes()
    said = did(committed, "update 7 --status blocked --note 模拟：写错了 --date 2022-07-20")
    dry = committed("undo", 7, "--uncommitted", "--dry-run")
    assert dry.lines == [
        "@@ 第 7 项 @@",
        "-    progress:",
        "-    - date: 2022-07-20",
        f"-      unit: {LEAD}",
        "-      status: blocked",
        "-      note: 模拟：写错了",
    ]
    [ref] = refs(committed, 7)
    assert ref in said
    assert dry.err == f"将删去（未写入）：第 7 项 {LEAD} 受阻，引用码 {ref}\n"
    answer = committed("undo", 7, "--uncommitted")
    assert (answer.code, answer.raw) == (0, dry.raw)
    assert answer.err == f"已删去：第 7 项 {LEAD} 受阻，引用码 {ref}\n"
    assert committed.tasks_file.read_bytes() == before


def test_only_the_newest_that_no_commit_has_goes(committed: CommandLine) -> None:
    before = committed.tasks_file.read_bytes()
    did(committed, "update 5 --unit 零陵区 --status in_progress --date 2022-07-20")
    once = committed.tasks_file.read_bytes()
    did(committed, "done 5 --unit 零陵区 --date 2022-07-25")
    did(committed, "done 5 --date 2022-07-26")
    did(committed, "undo 5 --uncommitted")
    did(committed, "undo 5 --unit 零陵 --uncommitted")
    assert committed.tasks_file.read_bytes() == once
    did(committed, "undo 5 --unit 零陵 --uncommitted")
    assert committed.tasks_file.read_bytes() == before
    assert refused(committed, "undo", 5, "--unit", "零陵", "--uncommitted") == (
        "第 5 项 零陵区 没有还未提交的记录，已经提交的用 --reason 更正\n  提示：用 yzplan show 5 查看\n"
    )


def test_a_committed_record_is_not_taken_out(committed: CommandLine) -> None:
    for ref in refs(committed, 5):
        assert refused(committed, "undo", 5, ref, "--uncommitted") == (
            f"第 5 项的记录 {ref} 已经提交\n  提示：去掉 --uncommitted，用 --reason 写明理由来更正\n"
        )


def test_where_a_committed_record_was_altered_nothing_is_taken_out(committed: CommandLine) -> None:
    """What stands there now no commit has, and yet its lines are those of a committed record."""
    _, ref, _ = refs(committed, 5)
    committed.tasks = committed.tasks.replace("    - date: 2022-07-10\n", "    - date: 2022-07-11\n")
    said = f"第 5 项已提交的记录 {ref} 不在文件里\n  提示：原行被改过或删过；先用 git diff 核对并恢复\n"
    assert refused(committed, "undo", 5, "--uncommitted") == said
    did(committed, "done 7")
    did(committed, "undo 7 --uncommitted")


def test_what_is_only_staged_no_commit_has(committed: CommandLine) -> None:
    did(committed, "done 7")
    git(committed.here, "add", "data")
    assert did(committed, "undo 7 --uncommitted").startswith(f"已删去：第 7 项 {LEAD} 已报完成，")


def test_with_nothing_committed_yet_everything_may_go(reported: CommandLine) -> None:
    git(reported.here, "init", "-q")
    for unit, count in ((LEAD, 2), ("零陵", 1)):
        for _ in range(count):
            did(reported, f"undo 5 --unit {unit} --uncommitted")
    shipped = Path(__file__).parents[2] / "data" / "tasks.yaml"
    assert reported.tasks_file.read_bytes() == shipped.read_bytes()


def test_an_extension_and_a_correction_are_taken_out_too(committed: CommandLine) -> None:
    before = committed.tasks_file.read_bytes()
    did(committed, "extend 8", *EXTEND)
    [extension] = refs(committed, 8, "extensions")
    did(committed, "undo 5 --reason 模拟")
    correction = refs(committed, 5)[-1]
    assert status(committed, 5) == "in_progress"
    did(committed, f"undo 5 {correction} --uncommitted")
    assert status(committed, 5) == "done"
    did(committed, f"undo 8 {extension} --uncommitted")
    assert committed.tasks_file.read_bytes() == before


def test_a_record_that_was_corrected_stays_until_its_correction_goes(committed: CommandLine) -> None:
    before = committed.tasks_file.read_bytes()
    did(committed, "done 7")
    [ref] = refs(committed, 7)
    did(committed, "undo 7 --reason 模拟")
    assert refused(committed, "undo", 7, ref, "--uncommitted") == (
        f"第 7 项的记录 {ref} 已更正\n  提示：先撤下那条更正\n"
    )
    did(committed, "undo 7 --uncommitted")
    did(committed, "undo 7 --uncommitted")
    assert committed.tasks_file.read_bytes() == before


def test_during_a_merge_what_the_other_side_committed_is_committed(committed: CommandLine) -> None:
    git(committed.here, "checkout", "-q", "-b", "side")
    did(committed, "done 7 --date 2022-07-20")
    commit(committed, "模拟：对方")
    git(committed.here, "checkout", "-q", "main")
    did(committed, "done 12 --date 2022-07-20")
    commit(committed, "模拟：本方")
    git(committed.here, "merge", "-q", "--no-commit", "--no-ff", "side")
    before = committed.tasks_file.read_bytes()
    for number in (7, 12):
        [ref] = refs(committed, number)
        assert refused(committed, "undo", number, ref, "--uncommitted").startswith(
            f"第 {number} 项的记录 {ref} 已经提交\n"
        )
    did(committed, "done 14 --date 2022-07-20")
    did(committed, "undo 14 --uncommitted")
    assert committed.tasks_file.read_bytes() == before


def test_data_that_is_a_link_belongs_to_the_repository_it_leads_to(committed: CommandLine) -> None:
    elsewhere = committed.here / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    for name in ("tasks.yaml", "units.yaml"):
        (elsewhere / "data" / name).symlink_to(committed.here / "data" / name)
    outside = CommandLine(here=elsewhere, monkeypatch=committed.monkeypatch)
    before = committed.tasks_file.read_bytes()
    ref = refs(outside, 5)[0]
    assert refused(outside, "undo", 5, ref, "--uncommitted").startswith(f"第 5 项的记录 {ref} 已经提交\n")
    did(outside, "done 7")
    did(outside, "undo 7 --uncommitted")
    assert committed.tasks_file.read_bytes() == before
    assert outside.tasks_file.is_symlink()


def unusable(cli: CommandLine) -> str:
    """What is said where it cannot be known what is committed; nothing changes."""
    before = cli.tasks_file.read_bytes()
    answer = cli("undo", 5, "--uncommitted")
    assert (answer.code, answer.raw) == (3, b"")
    assert cli.tasks_file.read_bytes() == before
    return answer.err


def test_outside_git_nothing_is_taken_out(reported: CommandLine) -> None:
    data = (reported.here / "data").resolve()
    assert unusable(reported).startswith(f"{data} 不在 git 仓库里\n  提示：git 说：")


def test_without_git_nothing_is_taken_out(committed: CommandLine) -> None:
    committed.monkeypatch.setenv("PATH", str(committed.here))
    assert unusable(committed) == "运行不了 git\n  提示：先安装 git\n"


def test_with_half_the_data_committed_nothing_is_taken_out(reported: CommandLine) -> None:
    git(reported.here, "init", "-q")
    git(reported.here, "add", "data/units.yaml")
    git(reported.here, "commit", "-q", "-m", "模拟")
    assert unusable(reported) == (
        "HEAD 里的数据文件不全，无从判断哪些已经提交\n  提示：先用 git status 查看情况\n"
    )


def test_with_a_commit_that_is_no_valid_data_nothing_is_taken_out(committed: CommandLine) -> None:
    right = committed.tasks
    committed.tasks = right.replace("indicators:\n", "indicators: x\n", 1)
    commit(committed, "模拟：写坏了")
    committed.tasks = right
    assert unusable(committed) == (
        "已提交的数据读不了，无从判断哪些还没有提交\n  提示：用 yzplan check --rev HEAD 查看已提交的数据\n"
    )


def test_with_a_commit_that_git_cannot_read_nothing_is_taken_out(committed: CommandLine) -> None:
    """As in a partial clone without its server: that is not the same as nothing committed."""
    blob = git(committed.here, "rev-parse", "HEAD:data/tasks.yaml").strip()
    (committed.here / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    said = unusable(committed)
    assert said.startswith("HEAD 里的 tasks.yaml 读不出来\n  提示：git 说：")


def test_a_repository_that_the_environment_names_is_not_asked(
    committed: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git names one to its aliases and hooks, and it may be another, or seem to begin elsewhere."""
    did(committed, "done 5 --date 2022-07-20")
    git(committed.here, "commit", "-qam", "模拟")
    other = tmp_path / "别处"
    other.mkdir()
    git(other, "init", "-q")
    for repository in (other / ".git", committed.here / ".git"):
        monkeypatch.setenv("GIT_DIR", str(repository))
        assert "没有还未提交的记录" in refused(committed, "undo", 5, "--uncommitted")


def test_what_is_taken_out_leaves_no_reason(committed: CommandLine) -> None:
    for words in ("--reason 模拟", "--date 2022-07-20", "--by 模拟人"):
        assert refused(committed, "undo", 5, "--uncommitted", *words.split()) == (
            "--uncommitted 不留更正，没有理由、日期、填报人可记\n  提示：去掉 --reason、--date、--by\n"
        )


def test_a_correction_dated_back_is_remarked_on(cli: CommandLine) -> None:
    did(cli, "done 5 --date 2022-07-20")
    answer = cli("undo", 5, "--reason", "模拟", "--date", "2022-07-19")
    assert answer.code == 0
    assert answer.err.splitlines()[0] == "注意：第 5 项更正的日期 2022-07-19 早于所更正的记录（2022-07-20）"
