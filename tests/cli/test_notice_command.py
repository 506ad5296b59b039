"""notice: to one unit, or a file for each that needs one. All data are 模拟."""

import os
from pathlib import Path

import pytest
from commandline import CommandLine
from office import commit, founded, write
from tiny import edited

UNITS_WRITTEN_TO = ("市模拟甲局", "市模拟乙局", "模拟东县", "模拟西区")
JULY = ("notice", "--month", "2022-07")


@pytest.fixture
def office(cli: CommandLine) -> CommandLine:
    return founded(cli)


def names(here: Path) -> list[str]:
    return sorted(path.name for path in here.iterdir())


def test_without_a_folder_it_lists_who_would_be_written_to(office: CommandLine) -> None:
    answer = office(*JULY, "--all")
    assert (answer.code, answer.err) == (0, "提示函 4 份，截至 2022-07-31\n")
    assert answer.lines == [
        "单位        发什么  任务  逾期  当月到期  下月到期  退回",
        "市模拟甲局  提示函     1     1         0         0     0",
        "市模拟乙局  提示函     1     1         0         0     0",
        "模拟东县    提示函     1     1         0         0     0",
        "模拟西区    提示函     1     1         0         0     0",
    ]
    assert names(office.here) == [".git", "data"]


def test_a_folder_gets_a_file_a_unit(office: CommandLine) -> None:
    (office.here / "函" / "七月").mkdir(parents=True)
    (office.here / "函" / "七月" / "提示函-市模拟甲局-2022-07.md").write_text("旧", "utf-8")
    (office.here / "函" / "七月" / "别的.txt").write_text("不动", "utf-8")
    answer = office(*JULY, "--all", "--format", "markdown", "-o", "函/七月")
    assert (answer.code, answer.raw, answer.err) == (
        0,
        b"",
        "已写入 函/七月：4 个文件\n提示函 4 份，截至 2022-07-31\n",
    )
    folder = office.here / "函" / "七月"
    files = [f"提示函-{unit}-2022-07.md" for unit in UNITS_WRITTEN_TO]
    assert names(folder) == sorted([*files, "别的.txt"])
    for file, unit in zip(files, UNITS_WRITTEN_TO, strict=True):
        alone = office(*JULY, "--unit", unit, "--format", "markdown")
        assert (folder / file).read_bytes() == alone.raw


def test_one_unit_gets_what_it_needs_unless_it_is_said(office: CommandLine) -> None:
    facts = office(*JULY, "--unit", "甲局", "--format", "json").json
    assert (facts["stamp"]["unit"], facts["stamp"]["form"]) == ("市模拟甲局", "提示函")
    facts = office(*JULY, "--unit", "甲局", "--kind", "督办函", "--format", "json").json
    assert (facts["stamp"]["form"], facts["facts"]["form"]) == ("督办函", "督办函")


def test_where_nobody_needs_one_none_is_written(office: CommandLine) -> None:
    answer = office("notice", "--month", "2022-06", "--all", "-o", "函", "--kind", "督办函")
    assert (answer.code, answer.err) == (0, "没有需要发函的单位，截至 2022-06-30\n")
    assert names(office.here) == [".git", "data"]


def test_a_name_that_no_system_could_hold_is_made_one(office: CommandLine) -> None:
    long = "模拟" * 60
    for name in (f"../模拟/{long}甲", f"../模拟/{long}乙"):
        units = edited(
            office.here.joinpath("data/units.yaml").read_text("utf-8"),
            ("- name: 市模拟乙局", f"- name: {name}\n  kind: 市直部门\n- name: 市模拟乙局"),
        )
        tasks = edited(
            office.tasks, ("responsible_units: [市模拟乙局,", f"responsible_units: [市模拟乙局, {name},")
        )
        write(office.here, tasks, units)
    commit(office)
    assert office(*JULY, "--all", "--format", "markdown", "-o", "函").code == 0
    stem = f"提示函-{f'___模拟_{long}'[:60]}-2022-07"
    assert {f"{stem}.md", f"{stem}-2.md"} < {*names(office.here / "函")}
    assert all(len(name.encode()) <= 255 for name in names(office.here / "函"))
    assert names(office.here) == [".git", "data", "函"]


def test_where_the_disk_is_full_nothing_is_written(office: CommandLine) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    office.monkeypatch.setattr(os, "fsync", full)
    answer = office(*JULY, "--all", "--format", "json", "-o", "函")
    assert (answer.code, answer.err) == (
        3,
        "写不了 函/提示函-市模拟甲局-2022-07.json：磁盘已满\n  提示：没有改动任何文件；排除原因后再试\n",
    )
    assert names(office.here) == [".git", "data"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("", 2, "--unit 与 --all 要写一个，也只写一个\n"),
        ("--unit 甲局 --all", 2, "--unit 与 --all 要写一个，也只写一个\n"),
        ("--unit 甲局 --kind 表扬信", 2, "没有“表扬信”这个函\n  提示：可用：提示函、督办函\n"),
        ("--unit 模拟丁公司", 2, "模拟丁公司在方案中没有承担任务\n"),
        ("--month 2022-05 --unit 甲局", 2, "截至 2022-05-31，市模拟甲局没有需要提示或督办的任务\n"),
        ("--unit 各模拟县区", 2, "“各模拟县区”是一组单位，函要一家一家地发\n"),
        ("--unit 模拟局", 2, "“模拟局”可能指："),
        ("--all --format docx", 2, "没有写明写到哪个目录\n"),
        ("--all -o 函.docx", 2, "--all 写入一个目录，不是文件 函.docx\n"),
        ("--all --format json -o data/tasks.yaml", 3, "写不了 data/tasks.yaml：那里已有别的文件\n"),
        ("--all --format xlsx -o 函", 2, "没有“xlsx”这个格式\n"),
        ("--all --reissue 函.md", 2, "--reissue 照文稿自己记着的重印，不能与 --all 同用\n"),
    ],
)
def test_what_it_refuses(words: str, code: int, said: str, office: CommandLine) -> None:
    before = office.tasks
    month = () if "--reissue" in words else ("--month", "2022-07")
    answer = office("notice", *month, *words.split())
    assert (answer.code, answer.raw) == (code, b"")
    assert answer.err.startswith(said)
    assert (names(office.here), office.tasks) == ([".git", "data"], before)
