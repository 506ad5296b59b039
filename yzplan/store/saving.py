"""Replacing a file so that it is, at every moment and after every failure, the old one or the new one."""

import contextlib
import errno
import glob
import hashlib
import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError

LOCK_WAIT_SECONDS = 30.0
LOCK = ".yzplan.lock"
"""The lock's file, which stays beside the data."""
LITTER = ".yzplan-"
"""How the names of temporary files begin: what is being written, or what a killed run left behind."""


def digest(raw: bytes) -> str:
    """What tells two versions of a file apart."""
    return hashlib.sha256(raw).hexdigest()


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the directory's lock: only one process at a time replaces its files.

    The lock is a file of its own, never a data file, whose inode the replacement changes. Who holds it
    may take it again. Raises DataError where it cannot be had within half a minute.
    """
    from filelock import FileLock, Timeout

    path = directory / LOCK
    lock = FileLock(path, is_singleton=True)
    try:
        lock.acquire(timeout=LOCK_WAIT_SECONDS)
    except Timeout as error:
        raise DataError("别的程序正在写这份数据，等了 30 秒还没有写完", "稍后再试；原文件没有改动") from error
    except OSError as error:
        raise failed(path, error) from error
    try:
        yield
    finally:
        # What has been written is written. A lock that cannot be given back ends with the process.
        with contextlib.suppress(OSError):
            lock.release()


class Replacement(NamedTuple):
    """A file, what it must still be (its `digest`), and what it is to be."""

    path: Path
    expected: str
    content: bytes


def replace_all(replacements: Sequence[Replacement]) -> bool:
    """Replace the content of some files, if all of them still are what is expected. Hold the lock.

    Returns False, with nothing changed, where somebody else has changed one. A symbolic link stays
    one; modes stay. Raises DataError where a file is read-only or cannot be written; all are then as
    they were, unless the very last step, which puts one after the other in its place, fails between two.
    """
    ready = []
    with contextlib.ExitStack() as stack:
        for path, _, content in replacements:
            target = Path(os.path.realpath(path))
            try:
                mode = target.stat().st_mode
                if not mode & stat.S_IWUSR or not os.access(target, os.W_OK):
                    raise DataError(f"{path} 是只读文件，没有写入", "先取消只读，再重做一次")
                _sweep(target)
                ready.append((target, stack.enter_context(_staged(target, content, stat.S_IMODE(mode)))))
            except OSError as error:
                raise failed(path, error) from error
        for (path, expected, _), (target, _) in zip(replacements, ready, strict=True):
            try:
                if digest(target.read_bytes()) != expected:
                    return False
            except OSError as error:
                raise failed(path, error) from error
        for done, ((path, _, _), (target, staged)) in enumerate(zip(replacements, ready, strict=True)):
            try:
                _insist(os.replace, staged, target)
            except OSError as error:
                told = failed(path, error)
                if done:
                    written = "、".join(str(each.path) for each in replacements[:done])
                    told = DataError(told.message, f"已写好 {written}，其余没有改动；排除原因后再试")
                raise told from error
    for target, _ in ready:
        _sync_directory(target.parent)
    return True


def write_new(path: Path, content: bytes) -> None:
    """Write an output file, replacing an existing one whole or not at all.

    Raises DataError where it cannot be written; what stood there still does.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            raise DataError(f"{path} 不是普通文件，不能写入", "给出一个文件名")
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        with _staged(target, content, mode) as staged:
            _insist(os.replace, staged, target)
    except OSError as error:
        raise failed(path, error) from error


def write_directory(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a directory with these files in it, all at once or not at all, and those that it lies in.

    `files`: by their names, which may lead into a folder (`schemas/tasks.json`). An empty directory may
    stand there already; anything else is left alone. Raises DataError where it cannot be made.
    """
    missing: list[Path] = []
    try:
        missing += (each for each in path.parents if not os.path.lexists(each))
        path.parent.mkdir(parents=True, exist_ok=True)
        with undisturbed():
            staged = Path(tempfile.mkdtemp(prefix=f"{LITTER}{path.name}.", dir=path.parent))
            try:
                for name, content in files.items():
                    (staged / name).parent.mkdir(exist_ok=True)
                    with (staged / name).open("xb") as stream:
                        stream.write(content)
                        stream.flush()
                        os.fsync(stream.fileno())
                    _sync_directory((staged / name).parent)
                _insist(staged.chmod, 0o777 & ~_umask())
                _insist(os.replace, staged, path)
            finally:
                shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()
        raise failed(path, error) from error
    _sync_directory(path.parent)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write some output files into a folder, which is made where it is missing.

    `files`: by their names. All lie on the disk before the first takes its place; an existing one is
    replaced whole or not at all. Raises DataError where one cannot be written, naming those that are.
    """
    made: list[Path] = []
    done: list[str] = []
    path = folder
    try:
        made += (each for each in (folder, *folder.parents) if not os.path.lexists(each))
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            ready = []
            for name, content in files.items():
                path = folder / name
                target = Path(os.path.realpath(path))
                if target.exists() and not target.is_file():
                    raise DataError(
                        f"{path} 不是普通文件，不能写入", "移走它，或换一个目录；没有写入任何文件"
                    )
                mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
                ready.append((path, target, stack.enter_context(_staged(target, content, mode))))
            for path, target, staged in ready:
                _insist(os.replace, staged, target)
                done.append(path.name)
    except (OSError, DataError) as error:
        for each in made:
            with contextlib.suppress(OSError):
                each.rmdir()
        told = failed(path, error) if isinstance(error, OSError) else error
        if done:
            told = DataError(told.message, f"已写好 {'、'.join(done)}，其余没有写；排除原因后再试")
        raise told from error
    _sync_directory(folder)


@contextlib.contextmanager
def _staged(target: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A file beside `target` that holds the content, safe on the disk; gone afterwards unless moved away."""
    with undisturbed():
        descriptor, name = tempfile.mkstemp(prefix=f"{LITTER}{target.name}.", dir=target.parent)
        staged = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                _insist(staged.chmod, mode)
                os.fsync(stream.fileno())
            yield staged
        finally:
            with contextlib.suppress(OSError):
                staged.unlink()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off the signals that end a program, which would leave a temporary file behind.

    They come as soon as this is over. Where a platform cannot wait, they come at once.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _insist(call: Callable[..., object], *arguments: object) -> None:
    """Repeat a call for as long as a signal interrupts it. Python does so itself, but not for these."""
    while True:
        with contextlib.suppress(InterruptedError):
            call(*arguments)
            return


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_directory(directory: Path) -> None:
    """Make the new name durable. The content is in place by now, so failing to is no failure."""
    with contextlib.suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(target: Path) -> None:
    """Remove what killed runs left behind; the lock is held, so nobody is using it.

    Failing to is no failure.
    """
    with contextlib.suppress(OSError):
        for litter in target.parent.glob(f"{LITTER}{glob.escape(target.name)}.*"):
            litter.unlink()


def failed(path: Path, error: OSError) -> DataError:
    """The sentence for a write that did not happen."""
    reasons = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "超出磁盘配额",
        errno.EROFS: "文件系统是只读的",
        errno.EACCES: "没有写的权限",
        errno.EPERM: "没有写的权限",
        errno.EIO: "磁盘读写出错",
        errno.EMFILE: "打开的文件过多",
        errno.ENFILE: "打开的文件过多",
        errno.ENOENT: "文件或目录不存在",
        errno.ENOTDIR: "路径中有一段不是目录",
        errno.EISDIR: "是一个目录",
        errno.ENOTEMPTY: "那里已有别的文件",
        errno.EEXIST: "那里已有别的文件",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EFBIG: "文件超过了允许的大小",
        errno.EBUSY: "文件正被占用",
        errno.EXDEV: "临时文件与它不在同一个磁盘上",
    }
    reason = reasons.get(error.errno or 0, error.strerror or str(error))
    return DataError(f"写不了 {path}：{reason}", "没有改动任何文件；排除原因后再试")
