"""`check --rev`: the data as git has them, with the work tree left alone. Real git; records are 模拟."""

import os
import re
import shutil
from pathlib import Path

import pytest
from commandline import Answer, CommandLine, execute, git

GOOD = "没有问题：18 项指标，121 项任务，59 个单位"


@pytest.fixture(scope="session")
def _history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two commits: the first with a wrong unit, tagged; the second without. The files are spoilt since."""
    here = tmp_path_factory.mktemp("history")
    data = Path(shutil.copytree(Path(__file__).parents[2] / "data", here / "data"))
    right = (data / "tasks.yaml").read_text("utf-8")
    wrong = right.replace("  lead_unit: 市税务局\n", "  lead_unit: 市税务总局\n")
    git(here, "init", "-q", "-b", "main")
    (data / "tasks.yaml").write_text(wrong, "utf-8")
    commit(here, "模拟：有误")
    git(here, "tag", "v1.0")
    git(here, "tag", "-a", "-m", "模拟", "一稿")
    (data / "tasks.yaml").write_text(right, "utf-8")
    commit(here, "模拟：改正")
    git(here, "branch", "模拟/分支", "HEAD~1")
    (data / "tasks.yaml").write_text("plan: [\n", "utf-8")
    return here


@pytest.fixture
def repository(cli: CommandLine, _history: Path) -> CommandLine:
    """The shell, in a copy of that repository."""
    shutil.copytree(_history, cli.here, dirs_exist_ok=True)
    return cli


def commit(here: Path, message: str) -> None:
    git(here, "add", "-A", "data")
    git(here, "commit", "-q", "-m", message)


def hash_of(here: Path, revision: str) -> str:
    return git(here, "rev-parse", f"{revision}^{{commit}}").strip()


def state(here: Path) -> dict[str, tuple[bytes, int]]:
    """All that lies in a directory and in its repository, with the times at which it was changed."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in here.rglob("*")
        if path.is_file() and not path.is_symlink() and "cache" not in path.parts
    }


def found_wrong(answer: Answer) -> bool:
    """Whether the data of the first commit were checked."""
    said = "Y201 未登记的单位“市税务总局”\n  提示：是否为“市税务局”“市商务局”？\n"
    return answer.code == 1 and re.fullmatch(rf"data/tasks\.yaml:312:14: {said}", answer.out) is not None


def found_right(answer: Answer) -> bool:
    """Whether the data of the second commit were checked."""
    return (answer.code, answer.raw) == (0, b"") and GOOD in answer.err


def test_a_revision_is_checked_and_named(repository: CommandLine) -> None:
    answer = repository("check", "--rev", "HEAD")
    assert found_right(answer)
    assert (
        answer.err
        == f"检查的是提交 {hash_of(repository.here, 'HEAD')[:10]}（HEAD）里的数据\n{GOOD}，0 条进展\n"
    )
    assert repository("check").code == 1


def test_every_name_of_a_commit_will_do(repository: CommandLine) -> None:
    commit = hash_of(repository.here, "v1.0")
    for name in ("HEAD~1", "HEAD^", "@~", "v1.0", "一稿", "模拟/分支", "refs/tags/v1.0", "HEAD^{/有误}"):
        answer = repository("check", "--rev", name)
        assert found_wrong(answer), name
        assert answer.err == f"检查的是提交 {commit[:10]}（{name}）里的数据\n共 1 处问题\n"


def test_a_hash_whole_or_in_part_will_do(repository: CommandLine) -> None:
    commit = hash_of(repository.here, "v1.0")
    for revision in (commit, commit[:8], commit.upper()):
        assert found_wrong(repository("check", "--rev", revision))


def test_every_format_takes_it(repository: CommandLine) -> None:
    answer = repository("check", "--rev", "v1.0", "--format", "json")
    assert answer.json["commit"] == hash_of(repository.here, "v1.0")
    assert [each["line"] for each in answer.json["diagnostics"]] == [312]
    [result] = repository("check", "--rev", "v1.0", "--format", "sarif").json["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 312, "startColumn": 14, "endColumn": 19}


def test_on_a_terminal_the_line_of_the_revision_is_shown(repository: CommandLine) -> None:
    screen = repository("check", "--rev", "v1.0", on_terminal=True).out
    assert "312 | \x1b[0m  lead_unit: 市税务总局\n" in screen


def test_nothing_is_touched(repository: CommandLine) -> None:
    git(repository.here, "add", "data/tasks.yaml")
    before = state(repository.here)
    for revision in ("HEAD", "v1.0", "nope"):
        repository("check", "--rev", revision)
    assert state(repository.here) == before


NO_COMMITS = (
    *("", "nope", "--output=x", "-h", "--help", "--all", "-", "HEAD:data", "HEAD:data/tasks.yaml"),
    *("HEAD~1..HEAD", "HEAD...HEAD~1", "^HEAD", "HEAD^@", "HEAD^!", "HEAD HEAD", "HEAD~2", "0" * 40),
    *("../x", "$(touch x)", "`touch x`", "; touch x", "main@{", "HEAD^{tree}", "v1.0^{blob}"),
    *(
        "HEAD\n",
        "HEAD\nv1.0",
        "HEAD\0",
        "\x1b[31mHEAD",
        "HEAD\u202e",
        os.fsdecode(b"\xff"),
        "HEAD\t",
        "x" * 200_000,
    ),
)


def test_what_names_no_commit_is_refused(repository: CommandLine) -> None:
    before = state(repository.here)
    for revision in NO_COMMITS:
        answer = repository("check", "--rev", revision)
        assert (answer.code, answer.raw) == (2, b""), revision
        if revision.isprintable() and 0 < len(revision) <= 1000:
            said = f"没有“{revision}”这个版本"
        else:
            said = "版本名是空的、太长，或含有看不见的字符"
        assert answer.err == f"{said}\n  提示：写提交、标签或分支，如 HEAD~1、v1.0；或日期，如 2022-07-31\n"
    assert state(repository.here) == before


def test_a_branch_whose_name_looks_like_an_option_is_a_branch(repository: CommandLine) -> None:
    commit = hash_of(repository.here, "v1.0")
    git(repository.here, "update-ref", "refs/heads/--output=x", commit)
    assert found_wrong(repository("check", "--rev", "--output=x"))
    assert found_wrong(repository("check", "--rev=--output=x"))


def test_data_that_the_revision_has_not_cannot_be_read(repository: CommandLine) -> None:
    git(repository.here, "rm", "-q", "--cached", "data/units.yaml")
    git(repository.here, "commit", "-q", "-m", "模拟：少一个")
    where = f"提交 {hash_of(repository.here, 'HEAD')[:10]}（HEAD）"
    answer = repository("check", "--rev", "HEAD")
    assert (answer.code, answer.out) == (
        3,
        f"data/units.yaml: Y001 读不了文件：{where}里没有这个文件\n"
        "  提示：核对路径与权限；数据文件须是普通文件\n",
    )
    answer = repository("check", "--rev", "HEAD", "--data", "别处")
    assert (answer.code, answer.out.count(f"Y001 读不了文件：{where}里没有这个文件\n")) == (3, 2)


@pytest.mark.parametrize(
    ("mode", "kind"), [("120000", "是符号链接"), ("160000", "是子模块"), ("040000", "是一个目录")]
)
def test_what_is_no_file_in_the_revision_cannot_be_read(
    mode: str, kind: str, repository: CommandLine
) -> None:
    here = repository.here
    git(here, "rm", "-q", "--cached", "data/units.yaml")
    if mode == "040000":
        repository.tasks_file.with_name("units.yaml").unlink()
        (here / "data" / "units.yaml").mkdir()
        (here / "data" / "units.yaml" / "x").touch()
        git(here, "add", "data/units.yaml/x")
    else:
        blob = git(here, "rev-parse", "HEAD:data/tasks.yaml" if mode == "120000" else "HEAD").strip()
        git(here, "update-index", "--add", "--cacheinfo", f"{mode},{blob},data/units.yaml")
    git(here, "commit", "-q", "-m", "模拟")
    answer = repository("check", "--rev", "HEAD")
    where = f"提交 {hash_of(here, 'HEAD')[:10]}（HEAD）"
    assert (answer.code, answer.lines[0]) == (3, f"data/units.yaml: Y001 读不了文件：{where}里它{kind}")


def test_what_is_too_large_is_not_read(repository: CommandLine) -> None:
    with repository.tasks_file.open("wb") as stream:
        stream.truncate(32 * 1024 * 1024 + 1)
    commit(repository.here, "模拟：过大")
    answer = repository("check", "--rev", "HEAD")
    assert (answer.code, answer.lines[0]) == (
        1,
        "data/tasks.yaml: Y002 文件过大（33,554,433 字节，上限 32 MiB）",
    )


def test_what_git_cannot_read_is_said(repository: CommandLine) -> None:
    """As in a partial clone without its server."""
    blob = git(repository.here, "rev-parse", "HEAD:data/tasks.yaml").strip()
    (repository.here / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    answer = repository("check", "--rev", "HEAD")
    assert (answer.code, answer.raw) == (3, b"")
    assert answer.err.startswith(
        f"{hash_of(repository.here, 'HEAD')} 里的 tasks.yaml 读不出来\n  提示：git 说："
    )


def test_outside_git_and_without_it(cli: CommandLine) -> None:
    answer = cli("check", "--rev", "HEAD")
    assert (answer.code, answer.raw) == (3, b"")
    data = (cli.here / "data").resolve()
    assert answer.err.startswith(f"{data} 不在 git 仓库里\n  提示：git 说：")
    cli.monkeypatch.setenv("PATH", str(cli.here))
    answer = cli("check", "--rev", "HEAD")
    assert (answer.code, answer.raw, answer.err) == (3, b"", "运行不了 git\n  提示：先安装 git\n")


def test_in_a_repository_without_commits_there_is_no_revision(cli: CommandLine) -> None:
    git(cli.here, "init", "-q")
    assert cli("check", "--rev", "HEAD").code == 2


def test_data_may_lie_in_any_folder_of_any_work_tree(repository: CommandLine, tmp_path: Path) -> None:
    """Asked from elsewhere, in a second work tree, and after the folder is gone from this one."""
    far = CommandLine(here=tmp_path / "别处", monkeypatch=repository.monkeypatch)
    far.here.mkdir()
    assert found_right(far("check", "--rev", "HEAD", "--data", repository.here / "data"))
    git(repository.here, "worktree", "add", "-q", "分出/第二", "v1.0")
    second = CommandLine(here=repository.here / "分出" / "第二", monkeypatch=repository.monkeypatch)
    assert found_wrong(second("check", "--rev", "HEAD"))
    assert found_right(second("check", "--rev", "main"))
    (repository.here / "data").rename(tmp_path / "away")
    assert found_right(repository("check", "--rev", "HEAD", "--data", "data"))


def test_a_folder_below_the_root_is_found_in_the_revision(cli: CommandLine) -> None:
    """A pattern in a name is no pattern."""
    folder = cli.here / "[a-z]*" / "data"
    folder.parent.mkdir()
    (cli.here / "data").rename(folder)
    git(cli.here, "init", "-q")
    git(cli.here, "add", "-A")
    git(cli.here, "commit", "-q", "-m", "模拟")
    (cli.here / "x").mkdir()
    inside = CommandLine(here=folder, monkeypatch=cli.monkeypatch)
    for name in ("GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"):
        cli.monkeypatch.setenv(name, "1")
    assert found_right(inside("check", "--rev", "HEAD"))


def test_a_repository_that_the_environment_names_is_not_asked(
    repository: CommandLine, tmp_path: Path
) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    git(other, "init", "-q")
    for name, value in (
        ("GIT_DIR", other / ".git"),
        ("GIT_WORK_TREE", other),
        ("GIT_INDEX_FILE", other / "i"),
    ):
        repository.monkeypatch.setenv(name, str(value))
    assert found_right(repository("check", "--rev", "HEAD"))


def test_settings_of_the_user_change_no_answer(repository: CommandLine) -> None:
    settings = {
        "core.autocrlf": "true",
        "core.quotePath": "true",
        "color.ui": "always",
        "core.pager": "false",
        "i18n.logOutputEncoding": "GBK",
        "alias.rev-parse": "!false",
        "alias.ls-tree": "!false",
    }
    for name, value in settings.items():
        git(repository.here, "config", name, value)
    assert found_wrong(repository("check", "--rev", "v1.0"))


def test_in_a_clone_with_other_line_ends_the_places_are_the_same(
    repository: CommandLine, tmp_path: Path
) -> None:
    """The work tree has CRLF; what is committed has not."""
    git(repository.here, "checkout", "-q", "-f", "v1.0")
    (repository.here / ".gitattributes").write_text("data/*.yaml text eol=crlf\n")
    git(repository.here, "add", ".gitattributes")
    git(repository.here, "commit", "-q", "-m", "模拟：换行")
    git(tmp_path, "clone", "-q", str(repository.here), "克隆")
    clone = CommandLine(here=tmp_path / "克隆", monkeypatch=repository.monkeypatch)
    assert b"\r\n" in clone.tasks_file.read_bytes()
    assert found_wrong(clone("check", "--rev", "HEAD"))
    assert found_wrong(clone("check"))


def test_a_shallow_clone_says_what_it_lacks(repository: CommandLine, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository.here}", "浅")
    clone = CommandLine(here=tmp_path / "浅", monkeypatch=repository.monkeypatch)
    assert found_right(clone("check", "--rev", "HEAD"))
    answer = clone("check", "--rev", "HEAD~1")
    assert (answer.code, answer.err) == (
        2,
        "没有“HEAD~1”这个版本\n  提示：写提交、标签或分支，如 HEAD~1、v1.0；或日期，如 2022-07-31；"
        "这里是浅克隆，更早的提交要先用 git fetch --unshallow 取来\n",
    )


def test_a_repository_without_work_tree_is_refused(repository: CommandLine, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository.here), "裸.git")
    answer = repository("check", "--rev", "HEAD", "--data", tmp_path / "裸.git" / "data")
    assert (answer.code, answer.raw) == (3, b"")
    assert answer.err.endswith(" 不在 git 仓库里\n  提示：在数据所在的仓库里运行\n")


def test_data_that_is_a_link_belongs_to_the_repository_it_leads_to(
    repository: CommandLine, tmp_path: Path
) -> None:
    outside = CommandLine(here=tmp_path / "外面", monkeypatch=repository.monkeypatch)
    (outside.here / "data").mkdir(parents=True)
    for name in ("tasks.yaml", "units.yaml"):
        (outside.here / "data" / name).symlink_to(repository.here / "data" / name)
    assert found_right(outside("check", "--rev", "HEAD"))
    assert found_wrong(outside("check", "--rev", "v1.0"))
    linked = CommandLine(here=tmp_path / "整个", monkeypatch=repository.monkeypatch)
    linked.here.mkdir()
    (linked.here / "data").symlink_to(repository.here / "data")
    assert found_wrong(linked("check", "--rev", "v1.0"))


def test_links_that_go_in_circles_are_refused(repository: CommandLine, tmp_path: Path) -> None:
    circle = tmp_path / "圈"
    (circle / "data").mkdir(parents=True)
    (circle / "data" / "tasks.yaml").symlink_to("units.yaml")
    (circle / "data" / "units.yaml").symlink_to("tasks.yaml")
    git(circle, "init", "-q")
    assert repository("check", "--rev", "HEAD", "--data", circle / "data").code == 2


def test_as_a_program_it_does_the_same(repository: CommandLine) -> None:
    """With what git gives its hooks in the environment."""
    hook = {"GIT_DIR": ".git", "GIT_PREFIX": "data/", "GIT_LITERAL_PATHSPECS": "0"}
    assert found_wrong(execute(repository.here, "check", "--rev", "v1.0", env=hook))
