"""A file that is replaced is, at every moment and after every failure, the old one or the new one."""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from yzplan.errors import DataError
from yzplan.store import saving
from yzplan.store.saving import Replacement, digest, locked, replace_all, write_new

OLD = "模拟：原有内容\n".encode()
NEW = "模拟：新的内容\n".encode() * 10_000


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with nothing in it but what the test puts there."""
    folder = tmp_path / "模拟"
    folder.mkdir()
    return folder


@pytest.fixture
def file(here: Path) -> Path:
    """A file with the old content."""
    path = here / "tasks.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def told(write: Callable[[], object]) -> str:
    """What is said of a write that fails."""
    with pytest.raises(DataError) as caught:
        write()
    return str(caught.value)


def replace(path: Path, expected: str, content: bytes) -> bool:
    """Replace one file."""
    return replace_all([Replacement(path, expected, content)])


# --- replace


def test_the_content_is_replaced_by_a_new_file(file: Path) -> None:
    inode = file.stat().st_ino
    assert replace(file, digest(OLD), NEW)
    assert file.read_bytes() == NEW
    assert file.stat().st_ino != inode
    assert names(file.parent) == ["tasks.yaml"]


def test_a_reader_that_has_opened_the_old_file_reads_it_to_its_end(file: Path) -> None:
    with file.open("rb") as stream:
        assert replace(file, digest(OLD), NEW)
        assert stream.read() == OLD


def test_what_somebody_else_has_changed_is_left_alone(file: Path) -> None:
    before = file.stat()
    assert not replace(file, digest(b"something else"), NEW)
    assert file.read_bytes() == OLD
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(file.parent) == ["tasks.yaml"]


def test_what_is_changed_at_the_last_moment_is_left_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By the time that the new content is safe on the disk, somebody has saved the file in an editor.
    fsync = os.fsync

    def and_meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        file.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", and_meanwhile)
    assert not replace(file, digest(OLD), NEW)
    assert file.read_bytes() == b"theirs"
    assert names(file.parent) == ["tasks.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o666, 0o755])
@pytest.mark.parametrize("write", ["replace", "write_new"])
def test_the_mode_stays(file: Path, mode: int, write: str) -> None:
    file.chmod(mode)
    if write == "replace":
        assert replace(file, digest(OLD), NEW)
    else:
        write_new(file, NEW)
    assert file.read_bytes() == NEW
    assert mode_of(file) == mode


@pytest.mark.parametrize("mode", [0o400, 0o444, 0o555])
def test_a_read_only_file_is_refused(file: Path, mode: int) -> None:
    # To root, too, to whom the system would allow it.
    file.chmod(mode)
    assert told(lambda: replace(file, digest(OLD), NEW)) == (
        f"{file} 是只读文件，没有写入\n  提示：先取消只读，再重做一次"
    )
    assert file.read_bytes() == OLD
    assert mode_of(file) == mode
    assert names(file.parent) == ["tasks.yaml"]


@pytest.mark.parametrize("link_to", ["../elsewhere/real.yaml", "absolute"])
@pytest.mark.parametrize("write", ["replace", "write_new"])
def test_a_symbolic_link_stays_one(here: Path, link_to: str, write: str) -> None:
    elsewhere = here.parent / "elsewhere"
    elsewhere.mkdir()
    real = elsewhere / "real.yaml"
    real.write_bytes(OLD)
    real.chmod(0o640)
    link, between = here / "tasks.yaml", here / "between.yaml"
    between.symlink_to(real if link_to == "absolute" else link_to)
    link.symlink_to(between)
    if write == "replace":
        assert replace(link, digest(OLD), NEW)
    else:
        write_new(link, NEW)
    assert link.readlink() == between
    assert between.is_symlink()
    assert not real.is_symlink()
    assert real.read_bytes() == NEW
    assert mode_of(real) == 0o640
    assert names(here) == ["between.yaml", "tasks.yaml"]
    assert names(elsewhere) == ["real.yaml"]


def test_a_file_that_is_gone_is_not_made_anew(here: Path) -> None:
    assert told(lambda: replace(here / "tasks.yaml", digest(OLD), NEW)) == (
        f"写不了 {here / 'tasks.yaml'}：文件或目录不存在\n  提示：没有改动任何文件；排除原因后再试"
    )
    assert names(here) == []


@pytest.mark.parametrize("name", ["tasks.yaml", "模拟[1]*?.yaml"])
def test_what_killed_runs_left_behind_is_swept(here: Path, name: str) -> None:
    file = here / name
    file.write_bytes(OLD)
    for litter in (f".yzplan-{name}.abc12345", f".yzplan-{name}.0"):
        (here / litter).write_bytes(b"half a fi")
    others = [".yzplan-other.yaml.abc12345", f"{name}.abc", ".yzplan.lock"]
    for other in others:
        (here / other).write_bytes(b"")
    assert replace(file, digest(OLD), NEW)
    assert names(here) == sorted([name, *others])


# --- the lock


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    """The lock of a folder, as another process holds it."""
    import fcntl

    with (folder / ".yzplan.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_the_lock_is_a_file_of_its_own(file: Path) -> None:
    import fcntl

    with locked(file.parent):
        with (file.parent / ".yzplan.lock").open("rb") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Nobody is kept from reading the data, or from locking it for himself.
        with file.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            assert stream.read() == OLD
        # And the replacement does not take the lock away.
        assert replace(file, digest(OLD), NEW)
        with (file.parent / ".yzplan.lock").open("rb") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with held_by_another(file.parent):
        pass  # it is free again


def test_who_waits_too_long_for_the_lock_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "LOCK_WAIT_SECONDS", 0.1)
    with held_by_another(here):
        assert told(lambda: locked(here).__enter__()) == (
            "别的程序正在写这份数据，等了 30 秒还没有写完\n  提示：稍后再试；原文件没有改动"
        )
    with locked(here):
        pass


def test_the_lock_is_free_again_after_a_failure(here: Path) -> None:
    with pytest.raises(OSError, match="模拟"), locked(here):
        raise OSError(errno.EIO, "模拟：别处的失败不是锁的失败")
    with held_by_another(here):
        pass


def test_a_lock_that_cannot_be_made_is_told(here: Path) -> None:
    (here / ".yzplan.lock").mkdir()
    assert told(lambda: locked(here).__enter__()) == (
        f"写不了 {here / '.yzplan.lock'}：是一个目录\n  提示：没有改动任何文件；排除原因后再试"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="需要非 root 用户：root 不受目录权限约束")
def test_a_folder_that_may_not_be_written_is_told(file: Path) -> None:
    file.parent.chmod(0o555)
    try:
        for write in (
            lambda: locked(file.parent).__enter__(),
            lambda: replace(file, digest(OLD), NEW),
            lambda: write_new(file.parent / "new.csv", NEW),
        ):
            assert "没有写的权限" in told(write)
    finally:
        file.parent.chmod(0o755)
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["tasks.yaml"]


# --- faults

REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EIO: "磁盘读写出错",
    errno.EACCES: "没有写的权限",
    errno.EPERM: "没有写的权限",
    errno.EROFS: "文件系统是只读的",
    errno.EMFILE: "打开的文件过多",
    errno.EXDEV: "临时文件与它不在同一个磁盘上",
}
CALLS: dict[str, tuple[Any, str]] = {
    "mkstemp": (tempfile, "mkstemp"),
    "fdopen": (os, "fdopen"),
    "chmod": (Path, "chmod"),
    "fsync": (os, "fsync"),
    "replace": (os, "replace"),
}


def fail(patch: pytest.MonkeyPatch, call: str, number: int) -> None:
    """Let a call fail from now on."""

    def failing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    patch.setattr(*CALLS[call], failing)


@pytest.mark.parametrize("number", REASONS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("write", ["replace", "write_new"])
def test_after_any_fault_the_old_file_stands(file: Path, call: str, number: int, write: str) -> None:
    file.chmod(0o640)
    before = file.stat()
    with pytest.MonkeyPatch.context() as patch:
        fail(patch, call, number)
        said = told(
            (lambda: replace(file, digest(OLD), NEW)) if write == "replace" else lambda: write_new(file, NEW)
        )
    assert said == f"写不了 {file}：{REASONS[number]}\n  提示：没有改动任何文件；排除原因后再试"
    assert file.read_bytes() == OLD
    after = file.stat()
    assert (after.st_ino, after.st_mode, after.st_mtime_ns) == (
        before.st_ino,
        before.st_mode,
        before.st_mtime_ns,
    )
    assert names(file.parent) == ["tasks.yaml"]


def test_a_fault_without_a_sentence_of_its_own_is_told_as_the_system_does(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, "replace", errno.ENOTTY)
    assert told(lambda: write_new(file, NEW)) == (
        f"写不了 {file}：{os.strerror(errno.ENOTTY)}\n  提示：没有改动任何文件；排除原因后再试"
    )


@pytest.mark.parametrize("write", ["replace", "write_new"])
def test_a_disk_that_takes_only_a_part_leaves_the_old_file(file: Path, write: str) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        said = told(
            (lambda: replace(file, digest(OLD), NEW)) if write == "replace" else lambda: write_new(file, NEW)
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert f"写不了 {file}：文件超过了允许的大小\n" in said
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["tasks.yaml"]


def test_a_directory_that_cannot_be_made_durable_is_no_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def fails_for_directories(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fails_for_directories)
    assert replace(file, digest(OLD), NEW)
    assert file.read_bytes() == NEW


@pytest.mark.parametrize("content", [b"", b"x", NEW], ids=len)
def test_the_content_is_on_the_disk_before_the_swap_and_the_name_after_it(
    file: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = []
    fsync, swap = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        acts.append("directory" if stat.S_ISDIR(found.st_mode) else f"file of {found.st_size}")
        fsync(descriptor)

    def noted_swap(source: Path, target: Path) -> None:
        acts.append("swap")
        assert source.parent == target.parent
        swap(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_swap)
    assert replace(file, digest(OLD), content)
    assert acts == [f"file of {len(content)}", "swap", "directory"]


# --- write_new


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_is_made_as_the_user_makes_files(here: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_new(here / "七月.csv", NEW)
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert (here / "七月.csv").read_bytes() == NEW
    assert mode_of(here / "七月.csv") == mode
    assert names(here) == ["七月.csv"]


def test_a_file_in_the_working_directory_is_named_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    write_new(Path("七月.csv"), NEW)
    write_new(Path("七月.csv"), b"")
    assert (here / "七月.csv").read_bytes() == b""
    assert names(here) == ["七月.csv"]


def test_what_a_link_to_nothing_names_is_made(here: Path) -> None:
    (here / "link.csv").symlink_to("real.csv")
    write_new(here / "link.csv", NEW)
    assert (here / "link.csv").readlink() == Path("real.csv")
    assert (here / "real.csv").read_bytes() == NEW


def test_a_directory_is_refused(here: Path) -> None:
    (here / "七月").mkdir()
    (here / "link").symlink_to("七月")
    for path in (here / "七月", here / "link"):
        assert told(lambda path=path: write_new(path, NEW)) == (
            f"{path} 不是普通文件，不能写入\n  提示：给出一个文件名"
        )
    assert names(here) == ["link", "七月"]
    assert names(here / "七月") == []


def test_a_pipe_or_device_is_refused(here: Path) -> None:
    os.mkfifo(here / "pipe")
    for path in (here / "pipe", Path(os.devnull)):
        assert told(lambda path=path: write_new(path, NEW)) == (
            f"{path} 不是普通文件，不能写入\n  提示：给出一个文件名"
        )
    assert names(here) == ["pipe"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("没有/七月.csv", "文件或目录不存在"),
        ("tasks.yaml/七月.csv", "路径中有一段不是目录"),
        ("很" * 200, "文件名太长"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(file: Path, name: str, reason: str) -> None:
    path = file.parent / name
    assert told(lambda: write_new(path, NEW)) == (
        f"写不了 {path}：{reason}\n  提示：没有改动任何文件；排除原因后再试"
    )
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["tasks.yaml"]


@pytest.mark.parametrize("call", CALLS)
def test_a_new_file_that_cannot_be_made_leaves_nothing(
    here: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, call, errno.ENOSPC)
    assert "磁盘已满" in told(lambda: write_new(here / "七月.csv", NEW))
    assert names(here) == []
