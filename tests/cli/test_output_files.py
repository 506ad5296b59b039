"""`-o FILE`: the format by its extension, written whole or not at all."""

import json
import os
from pathlib import Path

import pytest
from commandline import CommandLine

OVERDUE = ("overdue", "--month", "2022-06")
FORMATS = {
    ".txt": "plain",
    ".md": "markdown",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".html": "html",
}


def litter(here: Path) -> set[str]:
    """What lies in the directory beside the data."""
    return {path.name for path in here.iterdir()} - {"data", "cache"}


@pytest.mark.parametrize("extension", FORMATS)
def test_the_extension_decides_the_format(cli: CommandLine, extension: str) -> None:
    answer = cli(*OVERDUE, "-o", f"六月{extension}")
    assert (answer.code, answer.raw) == (0, b"")
    assert answer.err == f"已写入 六月{extension}\n逾期未完成 5 项（新增 5，结转 0），截至 2022-06-30\n"
    assert (cli.here / f"六月{extension}").read_bytes() == cli(*OVERDUE, "--format", FORMATS[extension]).raw
    assert litter(cli.here) == {f"六月{extension}"}


@pytest.mark.parametrize("command", ["list", "show 5", "due", "units", "indicators", "summary"])
def test_every_query_takes_it(cli: CommandLine, command: str) -> None:
    assert cli(*command.split(), "--output", "a.json").code == 0
    assert json.loads((cli.here / "a.json").read_bytes()) == cli(*command.split(), "--format", "json").json


def test_capitals_of_an_extension_do_not_matter(cli: CommandLine) -> None:
    assert cli(*OVERDUE, "-o", "六月.JSON").code == 0
    assert len(json.loads((cli.here / "六月.JSON").read_bytes())) == 5


def test_a_format_asked_for_overrules_the_extension(cli: CommandLine) -> None:
    assert cli(*OVERDUE, "-o", "六月.dat", "--format", "csv").code == 0
    assert (cli.here / "六月.dat").read_bytes() == cli(*OVERDUE, "--format", "csv").raw


def test_a_table_in_a_file_is_plain_even_from_a_terminal(cli: CommandLine) -> None:
    assert cli(*OVERDUE, "-o", "六月.txt", on_terminal=True).code == 0
    assert (cli.here / "六月.txt").read_bytes() == cli(*OVERDUE).raw


def test_text_files_are_utf_8_whatever_the_locale(cli: CommandLine) -> None:
    cli.monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    assert cli(*OVERDUE, "-o", "六月.md").code == 0
    assert "对新办纳税人" in (cli.here / "六月.md").read_text("utf-8")


def test_an_existing_file_is_replaced_and_keeps_its_mode(cli: CommandLine) -> None:
    path = cli.here / "六月.csv"
    path.write_text("模拟旧内容" * 10_000, "utf-8")
    path.chmod(0o640)
    assert cli(*OVERDUE, "-o", path).code == 0
    assert path.read_bytes() == cli(*OVERDUE, "--format", "csv").raw
    assert path.stat().st_mode & 0o777 == 0o640
    assert litter(cli.here) == {"六月.csv"}


def test_a_symbolic_link_is_followed(cli: CommandLine) -> None:
    (cli.here / "真.csv").write_text("模拟旧内容", "utf-8")
    (cli.here / "六月.csv").symlink_to("真.csv")
    assert cli(*OVERDUE, "-o", "六月.csv").code == 0
    assert (cli.here / "六月.csv").is_symlink()
    assert (cli.here / "真.csv").read_bytes() == cli(*OVERDUE, "--format", "csv").raw


def test_a_directory_is_no_file(cli: CommandLine) -> None:
    (cli.here / "六月.csv").mkdir()
    answer = cli(*OVERDUE, "-o", "六月.csv")
    assert answer.code == 3
    assert answer.err == "六月.csv 不是普通文件，不能写入\n  提示：给出一个文件名\n"


def test_a_missing_folder_is_not_made(cli: CommandLine) -> None:
    answer = cli(*OVERDUE, "-o", "没有/六月.csv")
    assert answer.code == 3
    assert answer.err.startswith("写不了 没有/六月.csv：")
    assert litter(cli.here) == set()


def test_a_file_in_the_place_of_a_folder(cli: CommandLine) -> None:
    (cli.here / "甲").write_text("模拟", "utf-8")
    answer = cli(*OVERDUE, "-o", "甲/六月.csv")
    assert answer.code == 3
    assert answer.err.startswith("写不了 甲/六月.csv：")


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="需要非 root 用户：root 不受权限约束")
def test_a_read_only_folder_leaves_the_old_file_as_it_was(cli: CommandLine) -> None:
    folder = cli.here / "只读"
    folder.mkdir()
    (folder / "六月.csv").write_text("模拟旧内容", "utf-8")
    folder.chmod(0o555)
    try:
        answer = cli(*OVERDUE, "-o", "只读/六月.csv")
    finally:
        folder.chmod(0o755)
    assert answer.code == 3
    assert answer.err.startswith("写不了 只读/六月.csv：没有写的权限\n")
    assert (folder / "六月.csv").read_text("utf-8") == "模拟旧内容"


def test_when_the_disk_fails_the_old_file_is_as_it_was(cli: CommandLine) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (cli.here / "六月.csv").write_text("模拟旧内容", "utf-8")
    cli.monkeypatch.setattr(os, "fsync", broken)
    answer = cli(*OVERDUE, "-o", "六月.csv")
    assert answer.code == 3
    assert answer.err.startswith("写不了 六月.csv：磁盘已满\n")
    assert (cli.here / "六月.csv").read_text("utf-8") == "模拟旧内容"
    assert litter(cli.here) == {"六月.csv"}


@pytest.mark.parametrize(
    "name", ["data/tasks.yaml", "data/units.yaml", "./data/../data/tasks.yaml", "链接.json"]
)
def test_the_data_itself_is_never_overwritten_by_a_report(cli: CommandLine, name: str) -> None:
    (cli.here / "链接.json").symlink_to("data/tasks.yaml")
    before = {path.name: path.read_bytes() for path in (cli.here / "data").glob("*.yaml")}
    answer = cli("list", "-o", name, "--format", "json")
    assert answer.code == 2
    assert "是数据文件，不能写成报告" in answer.err
    assert {path.name: path.read_bytes() for path in (cli.here / "data").glob("*.yaml")} == before


@pytest.mark.parametrize("name", ["六月.pdf", "六月.xlsx", "六月", ".csv"])
def test_an_unknown_extension_is_refused_before_anything_is_written(cli: CommandLine, name: str) -> None:
    answer = cli(*OVERDUE, "-o", name)
    assert answer.code == 2
    assert answer.err.startswith(f"不知道“{name}”该写成什么格式\n  提示：扩展名用 .txt、.md、")
    assert litter(cli.here) == set()


def test_fail_still_fails(cli: CommandLine) -> None:
    assert cli(*OVERDUE, "--fail", "-o", "六月.csv").code == 1
    assert (cli.here / "六月.csv").exists()
