"""Whether data are as HEAD has them, so that what they say can be said again. Real git; data are 模拟."""

import os
from pathlib import Path

import pytest
from commandline import git

from yzplan.git.issued import commit_of

TEXT = "模拟：一\n模拟：二\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two files and a folder, committed."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    (tmp_path / "data" / "templates").mkdir(parents=True)
    for name in ("tasks.yaml", "units.yaml", "templates/notice.md"):
        (tmp_path / "data" / name).write_bytes(TEXT.encode())
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "-q", "-m", "模拟")
    return tmp_path


def found(here: Path, **changed: bytes | None) -> str | None:
    """What is found of the work tree's files, or of other contents (`tasks`, `units`, `notice`, `other`)."""
    names = {
        "tasks": "tasks.yaml",
        "units": "units.yaml",
        "notice": "templates/notice.md",
        "other": "templates/x.md",
    }
    files: dict[Path, bytes | None] = {}
    for key, name in names.items():
        file = here / "data" / name
        files[file] = changed[key] if key in changed else file.read_bytes() if file.exists() else None
    return commit_of(files)


def head(here: Path) -> str:
    return git(here, "rev-parse", "HEAD").strip()


def test_what_is_committed_has_its_commit(here: Path) -> None:
    assert found(here) == head(here)
    git(here, "commit", "-q", "--allow-empty", "-m", "模拟")
    assert found(here) == head(here)


@pytest.mark.parametrize("key", ["tasks", "units", "notice"])
def test_a_change_that_is_not_committed_is_found_staged_or_not(key: str, here: Path) -> None:
    changed = f"{TEXT}模拟：三\n".encode()
    assert found(here, **{key: changed}) is None
    name = {"tasks": "tasks.yaml", "units": "units.yaml", "notice": "templates/notice.md"}[key]
    (here / "data" / name).write_bytes(changed)
    git(here, "add", "data")
    assert found(here) is None
    git(here, "commit", "-q", "-m", "模拟")
    assert found(here) == head(here)


def test_a_file_that_came_or_went_is_a_change(here: Path) -> None:
    assert found(here, notice=None) is None
    assert found(here, other="模拟\n".encode()) is None


def test_line_endings_count_as_git_checks_them_in(here: Path) -> None:
    crlf = TEXT.replace("\n", "\r\n").encode()
    assert found(here, tasks=crlf) is None
    git(here, "config", "core.autocrlf", "true")
    assert found(here, tasks=crlf, notice=crlf) == head(here)
    git(here, "config", "--unset", "core.autocrlf")
    (here / ".gitattributes").write_text("data/*.yaml text eol=lf\n")
    assert found(here, tasks=crlf) == head(here)
    assert found(here, notice=crlf) is None  # not a .yaml, and so checked in as it is


def test_what_was_committed_with_other_line_endings_is_as_committed(here: Path) -> None:
    """git leaves a file alone that it has with CRLF, whatever autocrlf says."""
    crlf = TEXT.replace("\n", "\r\n").encode()
    (here / "data" / "tasks.yaml").write_bytes(crlf)
    git(here, "add", "data")
    git(here, "commit", "-q", "-m", "模拟")
    git(here, "config", "core.autocrlf", "true")
    assert found(here) == head(here)


def test_outside_a_repository_or_before_the_first_commit_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_bytes(TEXT.encode())
    files: dict[Path, bytes | None] = {tmp_path / "tasks.yaml": TEXT.encode()}
    assert commit_of(files) is None
    git(tmp_path, "init", "-q")
    assert commit_of(files) is None


def test_without_git_there_is_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here))
    assert found(here) is None


def test_what_is_ignored_is_not_committed(here: Path) -> None:
    git(here, "rm", "-q", "-r", "--cached", "data")
    (here / ".gitignore").write_text("data\n")
    git(here, "add", ".gitignore")
    git(here, "commit", "-q", "-m", "模拟")
    assert found(here) is None


def test_a_link_in_the_commit_is_not_the_file(here: Path) -> None:
    file = here / "data" / "units.yaml"
    file.unlink()
    file.symlink_to("tasks.yaml")
    git(here, "add", "data")
    git(here, "commit", "-q", "-m", "模拟")
    file.unlink()
    assert found(here, units=b"tasks.yaml") is None


def test_a_link_into_another_repository_is_not_of_this_commit(
    here: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("别处")
    git(other, "init", "-q")
    (other / "units.yaml").write_bytes(TEXT.encode())
    git(other, "add", "units.yaml")
    git(other, "commit", "-q", "-m", "模拟别处")
    (here / "data" / "units.yaml").unlink()
    (here / "data" / "units.yaml").symlink_to(other / "units.yaml")
    assert found(here) is None
