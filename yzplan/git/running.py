"""Running git as a guest: the user's own, without a shell, in the repository that a folder lies in.

What is asked of git is asked of plumbing commands, so that no user's settings change an answer.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from yzplan.errors import DataError

_UNWANTED = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES"),
    *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
)
"""Variables by which git, for its aliases and hooks, names a repository that need not be the folder's,
and those by which a path would mean others too."""


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder: its exit code, and the bytes of both its streams.

    A path among the words is that path and no pattern. A word that a user typed must stand behind
    `--` or `--end-of-options`. Raises DataError where git cannot be run.
    """
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, and no shell
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
            env=_environment({"GIT_LITERAL_PATHSPECS": "1"}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _lacking() from error


def unattended(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The same of a command that goes to a remote or runs the user's hooks: nobody is asked anything.

    What needs a password, a passphrase or an editor fails instead. When this program is told to end, git
    is told so too, and sweeps up after itself.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, and no shell
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
            env=_environment(_ASKING_NOBODY | _asking_nobody_by_ssh(folder)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Without a terminal of its own even a program that opens /dev/tty can ask nobody.
            start_new_session=True,
        )
    except OSError as error:
        raise _lacking() from error
    with process:
        try:
            out, err = process.communicate()
        except BaseException:
            _end(process)
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


_ASKING_NOBODY = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_EDITOR": ":",
    "GIT_MERGE_AUTOEDIT": "no",
}

_PATIENCE_SECONDS = 5.0


def _asking_nobody_by_ssh(folder: Path) -> dict[str, str]:
    """The user's own way of calling ssh is left as it is: it may be another program."""
    if os.environ.get("GIT_SSH_COMMAND") or os.environ.get("GIT_SSH"):
        return {}
    if git(folder, "config", "--get", "core.sshCommand").stdout.strip():
        return {}
    return {"GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _UNWANTED} | {**settings}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a git that has a session of its own, with all that it started there."""
    with contextlib.suppress(OSError):
        (os.killpg if hasattr(os, "killpg") else os.kill)(process.pid, signal.SIGTERM)
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _lacking() -> DataError:
    return DataError("运行不了 git", "先安装 git")


def complaint(done: subprocess.CompletedProcess[bytes]) -> str | None:
    """The last line of what git complained of, as a hint."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f"git 说：{lines[-1]}" if lines else None
