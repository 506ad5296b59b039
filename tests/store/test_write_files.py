"""Several output files at once: all are ready before the first takes its place."""

import os
from pathlib import Path

import pytest

from yzplan.errors import DataError
from yzplan.store import saving
from yzplan.store.saving import write_files

FILES = {"甲.txt": "新甲".encode(), "乙.txt": "新乙".encode()}


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def told(folder: Path, files: dict[str, bytes] = FILES) -> str:
    with pytest.raises(DataError) as caught:
        write_files(folder, files)
    return str(caught.value)


def test_they_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    write_files(tmp_path / "年" / "月", FILES)
    assert held(tmp_path / "年" / "月") == {"甲.txt": "新甲", "乙.txt": "新乙"}


def test_what_was_there_is_replaced_and_the_rest_left(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("旧甲", "utf-8")
    (tmp_path / "甲.txt").chmod(0o640)
    (tmp_path / "丙.txt").write_text("旧丙", "utf-8")
    write_files(tmp_path, FILES)
    assert held(tmp_path) == {"甲.txt": "新甲", "乙.txt": "新乙", "丙.txt": "旧丙"}
    assert (tmp_path / "甲.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("fails", [1, 2])
def test_where_the_disk_is_full_nothing_is_written(
    fails: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter(range(1, 9))

    def full(descriptor: int) -> None:
        if next(calls) == fails:
            raise OSError(28, "No space left on device")

    (tmp_path / "甲.txt").write_text("旧甲", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    name = ("甲.txt", "乙.txt")[fails - 1]
    assert told(tmp_path) == f"写不了 {tmp_path / name}：磁盘已满\n  提示：没有改动任何文件；排除原因后再试"
    assert held(tmp_path) == {"甲.txt": "旧甲"}


def test_a_folder_made_in_vain_is_gone_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(5, "I/O error")

    monkeypatch.setattr(os, "fsync", broken)
    assert "磁盘读写出错" in told(tmp_path / "年" / "月")
    assert held(tmp_path) == {}


def test_where_the_last_step_fails_it_is_told_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, calls = os.replace, iter(range(1, 9))

    def broken(source: Path, target: Path) -> None:
        if next(calls) == 2:
            raise OSError(5, "I/O error")
        replace(source, target)

    (tmp_path / "乙.txt").write_text("旧乙", "utf-8")
    monkeypatch.setattr(saving.os, "replace", broken)
    assert told(tmp_path) == (
        f"写不了 {tmp_path / '乙.txt'}：磁盘读写出错\n  提示：已写好 甲.txt，其余没有写；排除原因后再试"
    )
    assert held(tmp_path) == {"甲.txt": "新甲", "乙.txt": "旧乙"}


def test_what_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "乙.txt").mkdir()
    assert told(tmp_path) == (
        f"{tmp_path / '乙.txt'} 不是普通文件，不能写入\n  提示：移走它，或换一个目录；没有写入任何文件"
    )
    assert not (tmp_path / "甲.txt").exists()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "夹").write_text("旧", "utf-8")
    assert told(tmp_path / "夹").startswith(f"写不了 {tmp_path / '夹'}：那里已有别的文件\n")
    assert "路径中有一段不是目录" in told(tmp_path / "夹" / "月")
    assert held(tmp_path) == {"夹": "旧"}
