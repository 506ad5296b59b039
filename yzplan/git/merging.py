"""How git would merge a file here."""

import os
from pathlib import Path

from yzplan.errors import DataError
from yzplan.git.running import git

DRIVER = "yzplan"
"""The name under which .gitattributes asks for a merge by records."""


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
        key = f"merge.{DRIVER}.driver"
        return None if git(Path(folder), "config", "--get", key).stdout.strip() else key
    except DataError:
        return None
