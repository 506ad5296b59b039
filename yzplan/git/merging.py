"""How git would merge a file here."""

import os
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError
from yzplan.git.running import git
from yzplan.git.trees import located

DRIVER = "yzplan"
"""The name under which .gitattributes asks for a merge by records."""

SETTING = f"merge.{DRIVER}.driver"
"""The key of git's configuration that says which command such a merge is."""

CONFLICTS = 10
"""What the driver exits with when it has written the markers of a conflict.

Not 1: a Python that cannot even begin exits with that.
"""


def driver_command(program: Sequence[str]) -> str:
    """The value of SETTING: what git is to run, where `program` is the command line of this program.

    Whatever goes wrong with it, be it missing, killed or of another opinion, git merges as text.
    """
    # git replaces %O and the like before a shell reads the line.
    called = shlex.join(program).replace("%", "%%")
    return (
        f"{called} merge-driver %O %A %B %L %P; r=$?; "
        f"[ $r = 0 ] && exit 0; [ $r = {CONFLICTS} ] && exit 1; "
        "exec git merge-file -q --marker-size=%L -L 本方 -L 基线 -L 对方 %A %O %B"
    )


class Hindrance(NamedTuple):
    """Why git does not merge by records here: SETTING is not set, or the `program` it names is not there."""

    program: str | None


def hindrance(file: Path) -> Hindrance | None:
    """What hinders git, where a file's attributes ask for `merge=yzplan`.

    None where nothing does or nothing is asked: outside of any repository, or without git.
    """
    folder, name = located(file)
    try:
        asked = git(folder, "check-attr", "-z", "merge", "--", name)
        if asked.returncode or asked.stdout.split(b"\0")[2:3] != [DRIVER.encode()]:
            return None
        command = os.fsdecode(git(folder, "config", "--get", SETTING).stdout).strip()
    except DataError:
        return None
    if not command:
        return Hindrance(None)
    program = _program_of(command)
    return Hindrance(program) if program and not shutil.which(program) else None


def _program_of(command: str) -> str | None:
    """The program that a command line begins with, if that is plain."""
    try:
        first = shlex.split(command.replace("%%", "%"))[0]
    except (ValueError, IndexError):
        return None
    return None if "=" in first else first
