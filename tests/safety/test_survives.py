"""What an update leaves as it is: how the table is written and linked; all of it where it cannot write."""

import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import tiny
from scenes import NOTE, UPDATE, Scene, Stage

WRITTEN: dict[str, bytes] = {
    "LF": tiny.TASKS.encode(),
    "CRLF": tiny.TASKS.replace("\n", "\r\n").encode(),
    "BOM": b"\xef\xbb\xbf" + tiny.TASKS.encode(),
    "no last newline": tiny.TASKS.rstrip("\n").encode(),
    "comments": tiny.TASKS.replace("    deadline: 2022-09\n", "    deadline: 2022-09   # 模拟批注：'  #\n")
    .replace("indicators:\n", "# 模拟批注\n\nindicators:   # 又一条\n# 缩进不同的批注\n")
    .encode()
    + "\n# 文件末尾的模拟批注\n\n".encode(),
    "all": b"\xef\xbb\xbf"
    + ("# 模拟批注\n" + tiny.TASKS + "# 末尾的模拟批注").replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_an_update_only_adds_lines(scene: Scene, written: str) -> None:
    """Every byte of the table stays, and what is added is written as the table is."""
    before = WRITTEN[written]
    scene.tasks.write_bytes(before)
    answer = scene.run(*UPDATE)
    assert answer.code == 0, answer
    assert scene.notes == [NOTE, NOTE]

    newline = b"\r\n" if b"\r\n" in before else b"\n"
    rest = before.split(newline)
    added = []
    for line in scene.tasks.read_bytes().split(newline):
        if rest and line == rest[0]:
            rest.pop(0)
        else:
            added.append(line.decode())
    assert rest == []
    assert added == [line[1:] for line in answer.out.splitlines() if line.startswith("+")]


def test_the_last_task_of_a_file_without_a_last_newline_is_added_to(scene: Scene) -> None:
    before = tiny.TASKS.rstrip("\n").encode()
    scene.tasks.write_bytes(before)
    assert scene.run("update", "3", "--status", "blocked", "--note", NOTE).code == 0
    assert scene.notes == [NOTE]
    assert scene.tasks.read_bytes().startswith(before + b"\n")


def test_a_linked_table_is_written_where_it_is_and_keeps_its_mode(scene: Scene) -> None:
    real = scene.here / "真的" / "台账.yaml"
    real.parent.mkdir()
    scene.tasks.rename(real)
    real.chmod(0o640)
    scene.tasks.symlink_to("../真的/台账.yaml")
    answer = scene.run(*UPDATE)
    assert answer.code == 0, answer
    assert scene.notes == [NOTE, NOTE]
    assert scene.tasks.readlink() == Path("../真的/台账.yaml")
    assert not real.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    # The lock stands beside the table itself, so that all who link to it wait for each other.
    assert {path.name for path in real.parent.iterdir()} == {".yzplan.lock", real.name}
    assert scene.names == {"tasks.yaml", "units.yaml"}


def test_a_read_only_table_is_refused(scene: Scene) -> None:
    before = scene.tasks.read_bytes()
    scene.tasks.chmod(0o444)
    answer = scene.run(*UPDATE)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == f"{scene.tasks} 是只读文件，没有写入\n  提示：先取消只读，再重做一次\n"
    assert scene.tasks.read_bytes() == before
    assert stat.S_IMODE(scene.tasks.stat().st_mode) == 0o444
    assert scene.names == {".yzplan.lock", "tasks.yaml", "units.yaml"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of its own that is soon full; None where none may be mounted, and the limit has to do."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mounting, check=False, capture_output=True).returncode:
        yield None
        return
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("kind", ["disk", "limit"])
def test_a_full_disk_is_told_and_the_next_update_works(
    small_disk: Path | None, tmp_path: Path, kind: str
) -> None:
    """A disk that is really full; a limit to how large a file may get, which takes the first block."""
    disk = small_disk if kind == "disk" else None
    scene = Stage(disk or tmp_path / "stage", "first").scene()
    before = scene.tasks.read_bytes()
    if disk:
        ballast = disk / "ballast"
        with suppress(OSError):
            ballast.write_bytes(bytes(1024 * 1024))
        answer = scene.run(*UPDATE)
        ballast.unlink()
        reason = "磁盘已满"
    else:
        answer = scene.run(*UPDATE, under=["sh", "-c", 'ulimit -f 1; exec "$@"', "sh"])
        reason = "文件超过了允许的大小"
    assert (answer.code, answer.out) == (3, "")
    sentence, hint = answer.err.splitlines()
    assert sentence.startswith("写不了 ")
    assert sentence.endswith(reason)
    assert hint == "  提示：没有改动任何文件；排除原因后再试"
    assert scene.tasks.read_bytes() == before
    assert scene.names <= {".yzplan.lock", "tasks.yaml", "units.yaml"}

    assert scene.run(*UPDATE).code == 0
    assert scene.notes == [NOTE, NOTE]
