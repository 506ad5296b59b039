"""Running a command of git that goes to a remote or runs the user's hooks: nobody is asked anything."""

import os
import subprocess
from pathlib import Path

from yzplan.git.running import git

_ASKING_NOBODY = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_EDITOR": ":",
    "GIT_MERGE_AUTOEDIT": "no",
    # Hooks inherit the variables. A path of theirs shall be the pattern that it is elsewhere.
    "GIT_LITERAL_PATHSPECS": "0",
}


def unattended(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What `git` answers. What needs a password, a passphrase or an editor fails instead of asking."""
    return git(folder, *words, variables=_ASKING_NOBODY | _by_ssh(folder), is_apart=True)


def _by_ssh(folder: Path) -> dict[str, str]:
    """The user's own way of calling ssh is left as it is: it may be another program."""
    if os.environ.get("GIT_SSH_COMMAND") or os.environ.get("GIT_SSH"):
        return {}
    if git(folder, "config", "--get", "core.sshCommand").stdout.strip():
        return {}
    return {"GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
