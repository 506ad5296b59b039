"""How git would merge a file here."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from yzplan.errors import DataError
from yzplan.git.running import git

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


def missing_setting(file: Path) -> str | None:
    """The key of git's configuration that is lacking here, where a file's attributes ask for `merge=yzplan`.

    None where nothing is lacking or nothing is asked: outside of any repository, or without git.
    """
    # A file may be a link into another folder, whose repository it then is.
    folder, name = os.path.split(os.path.realpath(file))
    try:
        asked = git(Path(folder), "check-attr", "-z", "merge", "--", name)
        if asked.returncode or asked.stdout.split(b"\0")[2:3] != [DRIVER.encode()]:
            return None
        return None if git(Path(folder), "config", "--get", SETTING).stdout.strip() else SETTING
    except DataError:
        return None
