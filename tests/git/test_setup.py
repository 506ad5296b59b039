"""setup-git: what it writes where, and that it leaves alone what is there. Real git; the plan is 模拟."""

import shlex
import sys
from pathlib import Path

import pytest
from commandline import NEUTRAL, CommandLine, git
from tiny import TASKS, UNITS

PROGRAM = shlex.join([sys.executable, "-P", "-m", "yzplan"]).replace("%", "%%")
DRIVER = (
    f"{PROGRAM} merge-driver %O %A %B %L %P; r=$?; [ $r = 0 ] && exit 0; [ $r = 10 ] && exit 1; "
    "exec git merge-file -q --marker-size=%L -L 本方 -L 基线 -L 对方 %A %O %B"
)
LINE = "data/*.yaml text eol=lf merge=yzplan"
DONE = (
    f"已写入 .gitattributes：{LINE}\n"
    "已写入 .gitignore：.yzplan.lock、.yzplan-*\n"
    "已配置这个克隆：merge.yzplan.name、merge.yzplan.driver\n"
)
NEXT = "接下来：提交 .gitattributes、.gitignore；各人取得以后，在自己的克隆里也运行 yzplan setup-git\n"
NOTHING = ".gitattributes 不必改动\n.gitignore 不必改动\n这个克隆已经配置好\n"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A shell in an empty directory, with nobody's settings."""
    for name in (*NEUTRAL, "CI"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    (tmp_path / "模拟").mkdir()
    return CommandLine(here=tmp_path / "模拟", monkeypatch=monkeypatch)


def plan_in(data: Path) -> Path:
    data.mkdir(parents=True, exist_ok=True)
    (data / "tasks.yaml").write_text(TASKS, "utf-8")
    (data / "units.yaml").write_text(UNITS, "utf-8")
    return data


@pytest.fixture
def repository(shell: CommandLine) -> CommandLine:
    """The shell in a repository that holds the plan, committed."""
    plan_in(shell.here / "data")
    git(shell.here, "init", "-q", "-b", "main")
    commit(shell.here)
    return shell


def commit(here: Path) -> None:
    git(here, "add", "-A")
    git(here, "commit", "-q", "-m", "模拟")


def attributes(here: Path, *names: str) -> list[str]:
    """The attributes of some files, `data/tasks.yaml: merge: yzplan`."""
    asked = git(here, "-c", "core.quotePath=false", "check-attr", "text", "eol", "merge", "--", *names)
    return asked.splitlines()


def wanted(*names: str) -> list[str]:
    return [
        f"{name}: {attribute}" for name in names for attribute in ("text: set", "eol: lf", "merge: yzplan")
    ]


def setting(here: Path, key: str = "merge.yzplan.driver") -> str:
    return git(here, "config", "--local", "--get-all", key).removesuffix("\n")


# --- what it writes


def test_it_writes_attributes_ignored_files_and_the_settings_of_this_clone(repository: CommandLine) -> None:
    here = repository.here
    before = repository.tasks_file.read_bytes()
    answer = repository("setup-git")
    assert (answer.code, answer.raw, answer.err) == (0, b"", DONE + NEXT)
    assert (here / ".gitattributes").read_text() == f"{LINE}\n"
    assert (here / ".gitignore").read_text() == ".yzplan.lock\n.yzplan-*\n"
    assert setting(here) == DRIVER
    assert setting(here, "merge.yzplan.name") == "台账按记录合并"
    assert git(here, "config", "--local", "--get-regexp", "merge").count("\n") == 2
    assert repository.tasks_file.read_bytes() == before
    assert "setup-git" not in repository("check").err


def test_a_second_time_it_changes_nothing_and_reminds_of_the_commit_until_it_is_made(
    repository: CommandLine,
) -> None:
    here = repository.here
    files = (".gitattributes", ".gitignore", ".git/config")
    repository("setup-git")
    before = [(here / name).read_bytes() for name in files]
    assert repository("setup-git").err == NOTHING + NEXT
    git(here, "add", ".gitattributes")
    git(here, "commit", "-q", "-m", "模拟")
    assert repository("setup-git").err == NOTHING + NEXT.replace(".gitattributes、", "")
    commit(here)
    answer = repository("setup-git")
    assert (answer.code, answer.err) == (0, NOTHING)
    assert [(here / name).read_bytes() for name in files] == before


def test_what_the_program_writes_is_ignored(repository: CommandLine) -> None:
    repository("setup-git")
    commit(repository.here)
    (repository.here / "data" / ".yzplan-tasks.yaml.abcdefgh").write_text("模拟", "utf-8")
    (repository.here / ".yzplan-.merge_file_abcdef.abcdefgh").write_text("模拟", "utf-8")
    assert repository("done", 3).code == 0
    assert (repository.here / "data" / ".yzplan.lock").exists()
    assert git(repository.here, "status", "--porcelain") == " M data/tasks.yaml\n"


def test_in_another_clone_only_the_settings_are_lacking(repository: CommandLine) -> None:
    repository("setup-git")
    commit(repository.here)
    git(repository.here.parent, "clone", "-q", "模拟", "克隆")
    clone = CommandLine(here=repository.here.parent / "克隆", monkeypatch=repository.monkeypatch)
    assert clone("setup-git").err == (
        ".gitattributes 不必改动\n.gitignore 不必改动\n"
        "已配置这个克隆：merge.yzplan.name、merge.yzplan.driver\n"
    )
    assert setting(clone.here) == DRIVER


def test_the_program_has_moved(repository: CommandLine) -> None:
    repository("setup-git")
    git(repository.here, "config", "merge.yzplan.driver", DRIVER.replace("merge-driver", "x", 1))
    git(repository.here, "config", "--add", "merge.yzplan.driver", "true")
    assert "已配置这个克隆：merge.yzplan.driver\n" in repository("setup-git").err
    assert setting(repository.here) == DRIVER


def test_nobody_elses_settings_are_touched(
    repository: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor do they stand for those of the clone, which others do not have."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    git_with_settings = (
        f'[merge "yzplan"]\n\tdriver = true\n[core]\n\tattributesFile = {tmp_path}/a\n'
        f"\texcludesFile = {tmp_path}/i\n"
    )
    (tmp_path / "gitconfig").write_text(git_with_settings, "utf-8")
    (tmp_path / "a").write_text("*.yaml text eol=lf merge=yzplan\n")
    (tmp_path / "i").write_text(".yzplan*\n")
    (repository.here / ".git" / "info" / "exclude").write_text(".yzplan*\n")
    assert repository("setup-git").err == DONE + NEXT
    assert (tmp_path / "gitconfig").read_text("utf-8") == git_with_settings
    assert setting(repository.here) == DRIVER


# --- where the data lie


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("data", LINE),
        ("plan/data", "plan/data/*.yaml text eol=lf merge=yzplan"),
        ("计划/数据", "计划/数据/*.yaml text eol=lf merge=yzplan"),
        ("我的 计划/data", '"我的 计划/data/*.yaml" text eol=lf merge=yzplan'),
        ("#计划/!x", '"#计划/\\\\!x/*.yaml" text eol=lf merge=yzplan'),
        ('引"号[1]*/反\\斜?', '"引\\"号\\\\[1]\\\\*/反\\\\\\\\斜\\\\?/*.yaml" text eol=lf merge=yzplan'),
        (".", "/*.yaml text eol=lf merge=yzplan"),
    ],
)
def test_the_line_is_for_the_data_wherever_they_lie(shell: CommandLine, data: str, line: str) -> None:
    here = shell.here
    plan_in(here / data)
    (here / data / "schemas").mkdir()
    git(here, "init", "-q", "-b", "main")
    commit(here)
    answer = shell("setup-git", "--data", data)
    assert (answer.code, answer.err) == (0, DONE.replace(LINE, line) + NEXT)
    files = [f"{data}/{name}".removeprefix("./") for name in ("tasks.yaml", "units.yaml")]
    found = git(here, "check-attr", "-z", "text", "eol", "merge", "--", *files).split("\0")
    assert [": ".join(found[k : k + 3]) for k in range(0, len(found) - 1, 3)] == wanted(*files)
    others = git(here, "check-attr", "merge", "--", "x/tasks.yaml", f"{data}/schemas/x.yaml").splitlines()
    assert [line.split(": ")[-1] for line in others] == ["unspecified"] * 2
    commit(here)
    assert shell("setup-git", "--data", data).err == NOTHING


def test_from_a_folder_below_the_files_at_the_top_are_meant(shell: CommandLine) -> None:
    plan_in(shell.here / "plan" / "data")
    git(shell.here, "init", "-q", "-b", "main")
    below = CommandLine(here=shell.here / "plan" / "data", monkeypatch=shell.monkeypatch)
    answer = below("setup-git")
    assert answer.code == 0
    assert (shell.here / ".gitattributes").read_text() == "plan/data/*.yaml text eol=lf merge=yzplan\n"


def test_data_that_are_a_link_belong_to_the_repository_they_lead_to(repository: CommandLine) -> None:
    elsewhere = CommandLine(here=repository.here.parent, monkeypatch=repository.monkeypatch)
    (elsewhere.here / "data").symlink_to(repository.here / "data")
    assert elsewhere("setup-git").code == 0
    assert (repository.here / ".gitattributes").read_text() == f"{LINE}\n"
    assert not (elsewhere.here / ".gitattributes").exists()


def test_a_linked_work_tree_shares_the_settings_of_its_clone(repository: CommandLine) -> None:
    git(repository.here, "worktree", "add", "-q", "../另一棵")
    tree = CommandLine(here=repository.here.parent / "另一棵", monkeypatch=repository.monkeypatch)
    assert tree("setup-git").err == DONE + NEXT
    assert (tree.here / ".gitattributes").exists()
    assert setting(repository.here) == DRIVER
    assert not (repository.here / ".gitattributes").exists()


# --- what stands there already


@pytest.mark.parametrize(
    ("present", "after"),
    [
        ("*.md text\n", f"*.md text\n{LINE}\n"),
        ("*.md text", f"*.md text\n{LINE}\n"),
        ("*.md text\r\n", f"*.md text\r\n{LINE}\r\n"),
        ("# 模拟：data/*.yaml merge=yzplan\n", f"# 模拟：data/*.yaml merge=yzplan\n{LINE}\n"),
        ("*.yaml text eol=lf merge=yzplan\n", "*.yaml text eol=lf merge=yzplan\n"),
        ("* text=auto eol=lf\n", f"* text=auto eol=lf\n{LINE}\n"),
    ],
)
def test_lines_are_appended_where_they_are_not_in_effect(
    repository: CommandLine, present: str, after: str
) -> None:
    file = repository.here / ".gitattributes"
    file.write_bytes(present.encode())
    answer = repository("setup-git")
    assert (answer.code, "注意" in answer.err) == (0, False)
    assert file.read_bytes().decode() == after
    assert attributes(repository.here, "data/units.yaml") == wanted("data/units.yaml")


@pytest.mark.parametrize(
    ("present", "added"),
    [
        ("*.lock\n", "*.lock\n.yzplan-*\n"),
        (".yzplan*\n", ".yzplan*\n"),
        ("data/.*\n", "data/.*\n"),
        (".yzplan*\n!.yzplan.lock\n", ".yzplan*\n!.yzplan.lock\n.yzplan.lock\n"),
        ("#.yzplan.lock", "#.yzplan.lock\n.yzplan.lock\n.yzplan-*\n"),
    ],
)
def test_names_are_ignored_that_are_not_yet(repository: CommandLine, present: str, added: str) -> None:
    file = repository.here / ".gitignore"
    file.write_text(present)
    assert repository("setup-git").code == 0
    assert file.read_text() == added


def test_another_merge_is_overruled_and_told(repository: CommandLine) -> None:
    file = repository.here / ".gitattributes"
    file.write_text("*.yaml -text merge=union\n")
    answer = repository("setup-git")
    assert (answer.code, answer.err) == (
        0,
        f"{DONE}注意：数据文件原来的 -text、merge=union 不再生效\n{NEXT}",
    )
    assert file.read_text() == f"*.yaml -text merge=union\n{LINE}\n"
    assert attributes(repository.here, "data/tasks.yaml") == wanted("data/tasks.yaml")


@pytest.mark.parametrize("place", ["data/.gitattributes", ".git/info/attributes"])
def test_one_that_cannot_be_overruled_is_told_and_is_a_failure(repository: CommandLine, place: str) -> None:
    (repository.here / place).write_text("tasks.yaml eol=crlf\nunits.yaml merge=union\n")
    told = (
        "还没有生效：数据文件的属性仍有 eol=crlf、merge=union\n"
        "  提示：别处写明的优先，如 data/.gitattributes、.git/info/attributes；改正那里的，再运行一次\n"
    )
    first, second = repository("setup-git"), repository("setup-git")
    assert (first.code, first.err) == (3, DONE + NEXT + told)
    assert (second.code, second.err) == (3, NOTHING + NEXT + told)
    assert (repository.here / ".gitattributes").read_text() == f"{LINE}\n"


# --- where it cannot be


def test_outside_a_repository(shell: CommandLine) -> None:
    plan_in(shell.here / "data")
    answer = shell("setup-git")
    assert answer.code == 3
    assert answer.err.startswith(f"{shell.here / 'data'} 不在 git 仓库里\n  提示：")
    assert [path.name for path in shell.here.iterdir()] == ["data"]


def test_in_a_bare_repository(shell: CommandLine) -> None:
    git(shell.here, "init", "-q", "--bare")
    plan_in(shell.here / "data")
    answer = shell("setup-git")
    assert (answer.code, answer.err) == (
        3,
        f"{shell.here / 'data'} 不在 git 仓库里\n  提示：在数据所在的仓库里运行\n",
    )


def test_without_data(shell: CommandLine) -> None:
    git(shell.here, "init", "-q")
    answer = shell("setup-git")
    assert (answer.code, answer.err.splitlines()[0]) == (
        3,
        "找不到数据：此处及上级目录都没有 data/tasks.yaml",
    )
    (shell.here / "空").mkdir()
    for name in ("没有", "空"):
        answer = shell("setup-git", "--data", name)
        assert (answer.code, answer.err) == (
            3,
            f"没有 {name}/tasks.yaml\n  提示：用 --data 指明 tasks.yaml 所在的目录\n",
        )
    assert {path.name for path in shell.here.iterdir()} == {".git", "空"}


def test_without_git(repository: CommandLine, tmp_path: Path) -> None:
    repository.monkeypatch.setenv("PATH", str(tmp_path))
    answer = repository("setup-git")
    assert (answer.code, answer.err) == (3, "运行不了 git\n  提示：先安装 git\n")


def test_where_the_configuration_cannot_be_written(repository: CommandLine) -> None:
    (repository.here / ".git" / "config.lock").touch()
    answer = repository("setup-git")
    assert answer.code == 3
    assert answer.err.startswith("写不了这个克隆的 git 配置 merge.yzplan.name\n  提示：git 说：")


@pytest.mark.parametrize("name", [".gitattributes", ".gitignore"])
def test_where_a_file_cannot_be_written(repository: CommandLine, name: str) -> None:
    (repository.here / name).mkdir()
    answer = repository("setup-git")
    assert (answer.code, answer.err) == (
        3,
        f"写不了 {repository.here / name}：是一个目录\n  提示：没有改动任何文件；排除原因后再试\n",
    )
