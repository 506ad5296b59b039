"""Whose a signing key is: what the auditor's key ring and list of allowed signers say of it."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError
from yzplan.git.running import complaint, git

Settings = Mapping[str, str]
"""The auditor's settings `gpg.*` by git's names for them, where section and variable are in lower case."""

_VALIDITY = {"o": 0, "-": 0, "q": 0, "m": 2, "f": 3, "u": 4}
"""How far gpg trusts a user id, by its letter; any other (revoked, expired, invalid …) is worth nothing."""

_LEVELS = {"undefined": 0, "never": 1, "marginal": 2, "fully": 3, "ultimate": 4}
"""The same, by git's words for `gpg.minTrustLevel`."""

_MAILBOX = re.compile(r"(?:[^<>]*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+))")
"""A user id that names one e-mail and no other."""


class Ring(NamedTuple):
    """The keys that gpg knew before anything was verified.

    `owners`: for the fingerprint of each primary key the e-mails of its valid user ids, case folded, each
    with the validity of the best of them; `minimum`: the validity that the auditor asks for.
    """

    owners: Mapping[str, Mapping[str, int]]
    minimum: int


class AllowedSigners(NamedTuple):
    """The list of SSH keys and their e-mails, and what it takes to ask it.

    `top`: where `program` runs; `file`: the list; `has_revoked`: whether git knows of revoked keys.
    """

    top: Path
    program: str
    file: str
    has_revoked: bool


def settings_of(folder: Path) -> Settings:
    """What git's configuration says about signatures here. Raises DataError where it cannot be read."""
    done = git(folder, "config", "-z", "--type=path", "--get-regexp", r"^gpg\.")
    if done.returncode not in (0, 1):
        raise DataError("git 的签名设置读不出来", complaint(done))
    entries = (entry.partition("\n") for entry in done.stdout.decode(errors="replace").split("\0") if entry)
    # Two names of one setting: the one that stands last is the one in force, as for git.
    return {("gpg.program" if key == "gpg.openpgp.program" else key): value for key, _, value in entries}


def ring_of(settings: Settings) -> Ring:
    """The auditor's key ring. Raises DataError where gpg cannot be run or cannot list it.

    It is to be asked before a signature is verified: gpg may be set to fetch the keys it lacks, and a key
    that came with the signature says nothing about its owner.
    """
    program = settings.get("gpg.program", "gpg")
    hint = "先安装 GnuPG，或用 git config gpg.program 指明它在哪里"
    try:
        done = _run([program, "--batch", "--no-tty", "--with-colons", "--fixed-list-mode", "--list-keys"])
    except OSError as error:
        raise DataError(f"有提交用 GPG 签名，却运行不了 {program}", hint) from error
    if done.returncode:
        raise DataError(f"{program} 列不出密钥", complaint(done, "gpg"))
    owners: dict[str, dict[str, int]] = {}
    mailboxes: dict[str, int] = {}
    is_primary = False
    for line in done.stdout.decode(errors="replace").splitlines():
        kind, *fields = line.split(":")
        if kind == "pub":
            # A disabled key is one that the auditor will not have used.
            mailboxes, is_primary = {}, "D" not in fields[10]
        elif kind == "fpr" and is_primary:
            owners[fields[8]], is_primary = mailboxes, False
        elif (
            kind == "uid" and fields[0][:1] in _VALIDITY and (found := _MAILBOX.fullmatch(_plain(fields[8])))
        ):
            email = (found[1] or found[2]).casefold()
            if email.isprintable():
                mailboxes[email] = max(_VALIDITY[fields[0][:1]], mailboxes.get(email, 0))
    return Ring(owners, _LEVELS.get(settings.get("gpg.mintrustlevel", "").lower(), 0))


def allowed_signers(folder: Path, settings: Settings) -> AllowedSigners:
    """The auditor's list for SSH keys. Raises DataError without the list, or the program that reads it."""
    # Relative paths start where git runs its programs.
    top = folder / git(folder, "rev-parse", "--show-cdup").stdout.decode().strip()
    listed = settings.get("gpg.ssh.allowedsignersfile")
    if not listed or not (top / listed).is_file():
        missing = f"不在：{listed}" if listed else "没有设置"
        raise DataError(
            f"有提交用 SSH 签名，受信任签名人的名单却{missing}",
            "用 git config gpg.ssh.allowedSignersFile 指明名单，每行是邮箱和公钥",
        )
    program = settings.get("gpg.ssh.program", "ssh-keygen")
    if not (shutil.which(program) or shutil.which(top / program)):
        raise DataError(f"有提交用 SSH 签名，却运行不了 {program}", "先安装 OpenSSH，或改 gpg.ssh.program")
    return AllowedSigners(top, program, listed, "gpg.ssh.revocationfile" in settings)


def may_sign_as(email: str, signature: bytes, payload: bytes, time: str, signers: AllowedSigners) -> bool:
    """Whether the list lets the SSH key of a signature, which git has found good, speak for an e-mail.

    `time`: when it was signed, as YYYYMMDDHHMMSS in local time. What git itself names is only the first
    principal of the first line that has the key; a key may have more, and patterns (`*@example.org`).
    """
    with tempfile.TemporaryDirectory() as private:
        file = Path(private) / "signature"
        file.write_bytes(signature)
        words = [signers.program, "-Y", "verify", "-n", "git", "-f", signers.file, "-s", str(file)]
        words += [f"-Overify-time={time}"]
        return any(
            _run([*words, "-I", identity], payload, signers.top).returncode == 0
            for identity in dict.fromkeys((email, email.lower()))
        )


def _run(
    words: Sequence[str], stdin: bytes = b"", here: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - the auditor's own program, and no shell
        words, input=stdin, cwd=here, capture_output=True, check=False
    )


def _plain(field: str) -> str:
    r"""A field of gpg's list without its escapes (`\x3a` for a colon)."""
    return re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), field)
