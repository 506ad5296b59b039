"""Running git as a guest: the user's own, without a shell, in the repository that a folder lies in.

Only plumbing commands are to be run, so that no user's settings change an answer; but a commit is the
user's own, and is made as he has set it up.
"""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from yzplan.errors import DataError

_UNWANTED = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES"),
    *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
)
"""Variables by which git, for its aliases and hooks, names a repository that need not be the folder's,
and those by which a path would mean others too."""


def git(
    folder: Path,
    *words: str,
    stdin: bytes = b"",
    variables: Mapping[str, str] = {},
    is_apart: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder: its exit code, and the bytes of both its streams.

    `stdin` is what it reads, and `variables` are set in its environment, too; with `is_apart` it has
    no terminal, on which a program that it starts could ask. A path among the words is that path and
    no pattern. A word that a user typed must stand behind `--` or `--end-of-options`. Raises DataError
    where git cannot be run.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, and no shell
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
            env={**_environment(), **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=is_apart,
        )
    except OSError as error:
        raise _missing() from error
    with process:
        try:
            out, err = process.communicate(stdin)
        except BaseException:
            # Told to end, git sweeps up after itself; killed, it would leave its locks behind.
            with suppress(OSError):
                (os.killpg if is_apart and hasattr(os, "killpg") else os.kill)(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@contextmanager
def started(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Git at work in a folder, to be asked and listened to; it is gone afterwards.

    Words as those of `git`. Raises DataError where git cannot be run.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, and no shell
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise _missing() from error
    try:
        yield process
    finally:
        # Whatever it still has to say, nobody listens any more.
        process.kill()
        process.communicate()


def _environment() -> Mapping[str, str]:
    found = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    # A replaced object is one of this clone's only; what was committed is what others have.
    return found | {"GIT_LITERAL_PATHSPECS": "1", "GIT_NO_REPLACE_OBJECTS": "1"}


def _missing() -> DataError:
    return DataError("运行不了 git", "先安装 git")


def complaint(done: subprocess.CompletedProcess[bytes], program: str = "git") -> str | None:
    """The last line of what git, or another program, complained of, as a hint."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f"{program} 说：{lines[-1]}" if lines else None
