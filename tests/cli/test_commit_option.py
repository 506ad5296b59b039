"""`--commit` of the commands that write records. Real git; all records are 模拟."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from commandline import CommandLine, environment, git, program, refused

LEAD = "市市场监管局"
"""Who leads tasks 1-7."""
EXTEND = (
    *("--to", "2022-10", "--approved-on", "2022-07-20"),
    *("--reason", "模拟：方案调整", "--document", "模拟〔2022〕3号"),
)


@pytest.fixture
def ledger(cli: CommandLine) -> CommandLine:
    """A shell in a repository with the table committed, and somebody to commit."""
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        cli.monkeypatch.delenv(f"GIT_{name}", raising=False)
    cli.monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    cli.monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    git(cli.here, "init", "-q", "-b", "main")
    git(cli.here, "config", "user.name", "模拟人")
    git(cli.here, "config", "user.email", "a@example.org")
    git(cli.here, "add", "data")
    git(cli.here, "commit", "-q", "-m", "模拟：初稿")
    return cli


def message(cli: CommandLine) -> str:
    return git(cli.here, "cat-file", "commit", "HEAD").partition("\n\n")[2]


def commits(cli: CommandLine) -> int:
    return int(git(cli.here, "rev-list", "--count", "HEAD"))


def is_clean(cli: CommandLine) -> bool:
    return not git(cli.here, "status", "--porcelain", "--untracked-files=no")


def did(cli: CommandLine, command: str, *words: str) -> str:
    """What a command says that succeeds."""
    answer = cli(*command.split(), *words)
    assert answer.code == 0, answer.err
    return answer.err


def unusable(cli: CommandLine, *words: str | int) -> str:
    """What is said of what cannot be done as the repository is; nothing is written or committed."""
    before, head = cli.tasks_file.read_bytes(), git(cli.here, "rev-list", "--all")
    answer = cli(*words)
    assert (answer.code, answer.raw) == (3, b"")
    assert (cli.tasks_file.read_bytes(), git(cli.here, "rev-list", "--all")) == (before, head)
    return answer.err


# What is committed


@pytest.mark.parametrize(
    ("before", "command", "said"),
    [
        ("", "update 5 --status blocked", f"第5项 {LEAD} 受阻"),
        ("", "done 5 --unit 税务", "第5项 市税务局 已报完成"),
        ("done 5", "verify 5", f"第5项 {LEAD} 已认定"),
        ("done 5", "return 5 --reason 模拟", f"第5项 {LEAD} 退回"),
        ("", "suspend 5 --reason 模拟", f"第5项 {LEAD} 中止"),
        ("", " ".join(["extend 8", *EXTEND]), "第8项 延至2022-10"),
        ("done 5", "undo 5 --reason 模拟", f"第5项 {LEAD} 更正 {{ref}}"),
        (" ".join(["extend 8", *EXTEND]), "undo 8 {ref} --reason 模拟", "第8项 更正延期 {ref}"),
    ],
)
def test_every_command_commits_what_it_wrote(
    ledger: CommandLine, before: str, command: str, said: str
) -> None:
    ref = did(ledger, f"{before} --commit").partition("引用码 ")[2][:8] if before else ""
    answer = ledger(*command.format(ref=ref).split(), "--commit")
    assert answer.code == 0
    expected = f"台账：{said.format(ref=ref)}"
    head = git(ledger.here, "rev-parse", "HEAD")[:10]
    assert answer.err.endswith(f"\n已提交 {head}：{expected}\n")
    assert message(ledger) == f"{expected}\n"
    assert git(ledger.here, "show", "--format=%an", "--name-only") == "模拟人\n\ndata/tasks.yaml\n"
    added = git(ledger.here, "show", "--format=", "--unified=0").splitlines()
    assert [line for line in added if line[0] == "+"][1:] == [li for li in answer.lines if li[0] == "+"]
    assert is_clean(ledger)


@pytest.mark.parametrize(
    ("ids", "words", "expected"),
    [
        (
            "5 7 9-12",
            "--unit 零陵区 --status in_progress",
            "台账：第5、7、9–12项 零陵区 推进中\n\n"
            + "".join(f"第{number}项 零陵区 推进中\n" for number in (5, 7, 9, 10, 11, 12)),
        ),
        (
            "8 7 5",
            "--status blocked",
            f"台账：3条记录\n\n第8项 市住建局 受阻\n第7项 {LEAD} 受阻\n第5项 {LEAD} 受阻\n",
        ),
    ],
    ids=["the same", "of several units"],
)
def test_several_records_are_one_commit(ledger: CommandLine, ids: str, words: str, expected: str) -> None:
    answer = ledger("update", *ids.split(), *words.split(), "--commit")
    assert answer.err.splitlines()[-1].endswith(f"：{expected.splitlines()[0]}")
    assert (message(ledger), commits(ledger)) == (expected, 2)


def test_of_several_only_what_is_new_is_named(ledger: CommandLine) -> None:
    did(ledger, "done 5 --commit")
    assert did(ledger, "done 5 7 --commit").splitlines()[0] == (
        f"第 5 项 {LEAD} 已报完成：已有同样的记录，没有重复写入"
    )
    assert message(ledger) == f"台账：第7项 {LEAD} 已报完成\n"


def test_several_extensions_are_named_together(ledger: CommandLine) -> None:
    did(ledger, "extend 4 8 --commit", *EXTEND)
    assert message(ledger) == "台账：第4、8项 延至2022-10\n\n第4项 延至2022-10\n第8项 延至2022-10\n"


def test_what_else_is_staged_stays_so(ledger: CommandLine) -> None:
    units = ledger.here / "data" / "units.yaml"
    units.write_text(units.read_text("utf-8") + "# 模拟：改了一半\n", "utf-8")
    git(ledger.here, "add", "data/units.yaml")
    staged = git(ledger.here, "diff", "--cached")
    assert staged
    did(ledger, "done 5 --commit")
    assert git(ledger.here, "diff", "--cached") == staged
    assert git(ledger.here, "show", "--format=", "--name-only") == "data/tasks.yaml\n"


def test_words_that_begin_with_dashes_are_words(ledger: CommandLine) -> None:
    """In a note, and in the name of a unit, which stands in the message."""
    units = ledger.here / "data" / "units.yaml"
    for path in (units, ledger.tasks_file):
        path.write_text(path.read_text("utf-8").replace("市税务局", "--amend"), "utf-8")
    git(ledger.here, "commit", "-qam", "模拟：改名")
    did(ledger, "done 5 --unit=--amend --note=--no-verify --evidence=-F --commit")
    assert message(ledger) == "台账：第5项 --amend 已报完成\n"
    assert commits(ledger) == 3


def test_data_that_is_a_link_is_committed_where_it_leads_to(ledger: CommandLine) -> None:
    elsewhere = ledger.here / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "data").symlink_to(ledger.here / "data")
    git(elsewhere, "init", "-q")
    outside = CommandLine(here=elsewhere, monkeypatch=ledger.monkeypatch)
    did(outside, "done 5 --commit")
    assert message(ledger) == f"台账：第5项 {LEAD} 已报完成\n"
    assert is_clean(ledger)


# What is not committed


@pytest.mark.parametrize("is_committed", [True, False])
def test_what_was_recorded_before_is_not_committed_again(ledger: CommandLine, is_committed: bool) -> None:
    did(ledger, "done 5", *["--commit"][: int(is_committed)])
    before = commits(ledger)
    still = f"；早先写入的第 5 项 {LEAD} 已报完成还没有提交，请用 git commit 提交"
    for dry in ([], ["--dry-run"]):
        assert did(ledger, "done 5 --commit", *dry) == (
            f"第 5 项 {LEAD} 已报完成：已有同样的记录，没有重复写入\n"
            f"没有新的记录，没有提交{'' if is_committed else still}\n"
        )
    assert commits(ledger) == before


def test_a_dry_run_shows_the_message_and_changes_nothing(ledger: CommandLine) -> None:
    before = ledger.tasks_file.read_bytes()
    said = did(ledger, "done 5-6 --commit --dry-run").splitlines()
    assert [line.partition("，")[0] for line in said] == [
        f"将追加（未写入）：第 5 项 {LEAD} 已报完成",
        f"将追加（未写入）：第 6 项 {LEAD} 已报完成",
        f"将提交（未写入）：台账：第5–6项 {LEAD} 已报完成",
        "",
        f"第5项 {LEAD} 已报完成",
        f"第6项 {LEAD} 已报完成",
    ]
    assert (ledger.tasks_file.read_bytes(), commits(ledger)) == (before, 1)


def test_lines_that_were_never_committed_are_not_taken_out_by_a_commit(ledger: CommandLine) -> None:
    did(ledger, "done 5")
    assert refused(ledger, "undo", 5, "--uncommitted", "--commit") == (
        "--uncommitted 撤下的本来没有提交，没有什么可以提交\n  提示：去掉 --commit\n"
    )


def outside(cli: CommandLine) -> str:
    (cli.here / ".git").rename(cli.here / "git")
    git(cli.here, "init", "-q", "--bare", "elsewhere")
    cli.monkeypatch.setenv("GIT_DIR", str(cli.here / "elsewhere"))
    return f"{(cli.here / 'data').resolve()} 不在 git 仓库里\n"


def nobody(cli: CommandLine) -> str:
    git(cli.here, "config", "user.useConfigOnly", "true")
    git(cli.here, "config", "--unset", "user.email")
    return "git 不知道提交人是谁，没有写入\n"


def merging(cli: CommandLine) -> str:
    git(cli.here, "checkout", "-q", "-b", "side")
    git(cli.here, "commit", "-q", "--allow-empty", "-m", "模拟：另一支")
    git(cli.here, "checkout", "-q", "main")
    git(cli.here, "merge", "-q", "--no-commit", "--no-ff", "side")
    return "git 正在合并（merge），没有写入\n"


def changed(cli: CommandLine) -> str:
    did(cli, "update 7 --status blocked")
    return "tasks.yaml 有以前没有提交的改动，--commit 会把它们一起提交，没有写入\n"


@pytest.mark.parametrize("prepare", [outside, nobody, merging, changed])
@pytest.mark.parametrize("dry", [[], ["--dry-run"]], ids=["", "dry"])
def test_what_cannot_be_committed_is_not_written(
    ledger: CommandLine, prepare: Callable[[CommandLine], str], dry: list[str]
) -> None:
    said = prepare(ledger)
    assert unusable(ledger, "done", 5, "--commit", *dry).startswith(said)
    assert "  提示：" in unusable(ledger, "extend", 8, *EXTEND, "--commit", *dry)


def hook(cli: CommandLine, script: str) -> None:
    path = cli.here / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(script, "utf-8")
    path.chmod(0o755)


def test_a_hook_that_refuses_leaves_the_record_written(ledger: CommandLine) -> None:
    hook(ledger, "#!/bin/sh\necho 模拟：检查没有通过\nexit 1\n")
    answer = ledger("done", 5, "--commit")
    assert answer.code == 3
    assert answer.lines[0] == "@@ 第 5 项 @@"
    assert answer.err.splitlines()[1:] == [
        "记录已经写入 tasks.yaml，但没有提交",
        "  提示：git 说：模拟：检查没有通过；排除原因后用 git commit 提交",
    ]
    assert git(ledger.here, "diff", "--numstat") == "4\t0\tdata/tasks.yaml\n"
    assert commits(ledger) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="没有 SIGINT")
def test_interrupted_while_a_hook_runs(ledger: CommandLine) -> None:
    """Git is told to end, and leaves no lock behind."""
    begun = ledger.here / "begun"
    hook(ledger, f"#!/bin/sh\ntouch '{begun}'\nexec sleep 5 > /dev/null 2>&1\n")
    with subprocess.Popen(
        program("done", 5, "--commit"),
        cwd=ledger.here,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as running:
        deadline = time.monotonic() + 30
        while not begun.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert err.decode().splitlines()[1:] == ["中断：记录已经写入，是否已提交请用 git status 查看"]
    assert commits(ledger) == 1
    assert git(ledger.here, "diff", "--numstat") == "4\t0\tdata/tasks.yaml\n"
    assert not (ledger.here / ".git" / "index.lock").exists()


# Many at once


def test_commands_at_the_same_time_commit_each_its_own_record(ledger: CommandLine) -> None:
    numbers = (3, 4, 5, 6)
    running = [
        subprocess.Popen(
            program("done", number, "--commit"),
            cwd=ledger.here,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in numbers
    ]
    for each in running:
        _, err = each.communicate(timeout=60)
        assert each.returncode == 0, err.decode()
    bodies = git(ledger.here, "log", "--format=%s", "-4").splitlines()
    assert sorted(bodies) == [f"台账：第{number}项 {LEAD} 已报完成" for number in numbers]
    for k, body in enumerate(bodies):
        patch = git(ledger.here, "show", "--format=", "--unified=0", f"HEAD~{k}")
        assert patch.count("+    - date: ") == 1, body
    assert is_clean(ledger)


@pytest.mark.skipif(sys.platform == "win32", reason="没有 fcntl")
def test_nobody_else_writes_until_it_is_committed(ledger: CommandLine) -> None:
    """What is written between would go along in the commit."""
    hook(
        ledger,
        f"""#!{sys.executable}
import fcntl
with open("data/.yzplan.lock", "rb") as lock:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(0)
raise SystemExit("free")
""",
    )
    did(ledger, "done 5 --commit")
    did(ledger, "done 7")
    assert commits(ledger) == 2


# On a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="没有伪终端")
def test_the_guided_form_commits_what_was_agreed_to(ledger: CommandLine) -> None:
    from conversation import converse

    answers = [
        ("选一个：", "1"),
        ("进度 0–100（可不填）：", ""),
        ("说明（可不填）：", ""),
        ("写入？[y/n] ", "y"),
    ]
    talk = converse(ledger.here, "update", 5, "--unit", LEAD, "--commit", answers=answers)
    assert talk.code == 0
    subject = f"台账：第5项 {LEAD} 推进中"
    head = git(ledger.here, "rev-parse", "HEAD")[:10]
    told = [line for line in talk.lines if "提交" in line]
    assert told == [f"将提交（未写入）：{subject}", f"已提交 {head}：{subject}"]
    assert (message(ledger), is_clean(ledger)) == (f"{subject}\n", True)


@pytest.mark.skipif(sys.platform == "win32", reason="没有伪终端")
def test_the_guided_form_asks_nothing_where_nothing_can_be_committed(ledger: CommandLine) -> None:
    from conversation import converse

    said = changed(ledger)
    talk = converse(ledger.here, "update", 5, "--commit", answers=[])
    assert talk.code == 3
    assert talk.screen.startswith(said)
