"""Whether commits are signed by their authors.

git says whether a signature is good; whose the key is, the auditor's key ring and list of allowed
signers say. A good signature by a key of the ring is enough where a valid user id of the key has the
author's e-mail, even where gpg knows no way to trust it: to bring a key into the ring is the auditor's
act, and machines that audit have rings without owner trust. Whoever wants more sets `gpg.minTrustLevel`,
which is then asked of that user id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError
from yzplan.git.objects import opened_objects
from yzplan.git.running import complaint, git
from yzplan.git.signers import AllowedSigners, Ring, allowed_signers, may_sign_as, ring_of, settings_of

_GPG = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN PGP MESSAGE-----")
_SSH = (b"-----BEGIN SSH SIGNATURE-----",)

_PLACEHOLDERS = ("%H", "%G?", "%GK", "%GP", "%GS", "%cd")


class _Signed(NamedTuple):
    """A commit taken apart: its signature (empty for none), and the text that it signs."""

    signature: bytes
    payload: bytes


class _Verdict(NamedTuple):
    """What git says of a signature.

    `result`: its letter for it; `key`, `primary`: the signing key's id, and the fingerprint of the key
    that this belongs to; `signer`: a name of the owner; `time`: when it was committed, in local time.
    """

    result: str
    key: str
    primary: str
    signer: str
    time: str


def signature_problems(folder: Path, emails: Mapping[str, str]) -> dict[str, str]:
    """Why signatures of commits are not good enough, for their authors' e-mails, by commit.

    `emails`: for the full id of each commit its author's e-mail. Commits whose signature is good are left
    out. Raises DataError where a program or setting is missing that verifying needs, or git cannot read
    a commit.
    """
    commits = dict(_taken_apart(folder, emails))
    by_gpg = [commit for commit, signed in commits.items() if signed.signature.startswith(_GPG)]
    by_ssh = [commit for commit, signed in commits.items() if signed.signature.startswith(_SSH)]
    settings = settings_of(folder)
    ring = ring_of(settings) if by_gpg else None
    signers = allowed_signers(folder, settings) if by_ssh else None
    # Of what begins otherwise git must not be asked: it gives up over it, and with it over all the others.
    verdicts = dict(_verdicts(folder, [*by_gpg, *by_ssh]))
    problems = {
        commit: _problem(signed, verdicts.get(commit), emails[commit], ring, signers)
        for commit, signed in commits.items()
    }
    return {commit: problem for commit, problem in problems.items() if problem}


def _problem(
    signed: _Signed, verdict: _Verdict | None, email: str, ring: Ring | None, signers: AllowedSigners | None
) -> str | None:
    if not signed.signature:
        return "没有签名"
    if not email or not email.isprintable():
        return "作者的邮箱空着，或含有看不见的字符"
    if verdict and ring and signed.signature.startswith(_GPG):
        return _gpg_problem(verdict, email, ring)
    if verdict and signers and signed.signature.startswith(_SSH):
        return _ssh_problem(verdict, email, signed, signers)
    return "签名不是 GPG 或 SSH 的，不能核对"


def _gpg_problem(verdict: _Verdict, email: str, ring: Ring) -> str | None:
    key = f"签名的密钥 {verdict.key}"
    match verdict.result:
        case "G" | "U" if verdict.primary in ring.owners:
            owners = ring.owners[verdict.primary]
            validity = owners.get(email.casefold())
            if validity is None:
                return f"{key} 属于别的邮箱（{'、'.join(owners) or '没有有效的邮箱'}）"
            return f"{key} 信任不够（gpg.minTrustLevel）" if validity < ring.minimum else None
        case "X":
            return "签名已经过期"
        case "Y":
            return f"{key} 已经过期"
        case "R":
            return f"{key} 已被吊销"
        case "G" | "U" | "E" if verdict.key:
            return f"{key} 不在受信任之列：密钥环里没有，或不支持它的算法"
        case _:
            return "签名不对：与提交的内容不符，或已残缺"


def _ssh_problem(verdict: _Verdict, email: str, signed: _Signed, signers: AllowedSigners) -> str | None:
    key = f"签名的密钥 {verdict.key}"
    match verdict.result:
        case "G":
            # Most keys have one e-mail, which git has named: no need to ask once more.
            if verdict.signer.casefold() == email.casefold():
                return None
            is_owner = may_sign_as(email, *signed, verdict.time, signers)
            return None if is_owner else f"{key} 属于别的邮箱（{verdict.signer}）"
        case "U":
            return f"{key} 不在受信任之列：签名人名单里没有，或当时不在有效期内"
        case _ if signers.has_revoked:
            return "签名不对：与提交的内容不符，或密钥已被吊销"
        case _:
            return "签名不对：与提交的内容不符，或已残缺"


def _verdicts(folder: Path, commits: Sequence[str]) -> Iterator[tuple[str, _Verdict]]:
    """What git says of the signatures of commits.

    Asked of `git log`, with all that a user may set spoken for: before 2.40 the plumbing (`rev-list`)
    does not read the settings `gpg.*`, and `verify-commit` takes a process for each commit.
    """
    if not commits:
        return  # git would take HEAD instead
    options = ("--no-walk=unsorted", "--no-show-signature", "--no-patch", "--no-color", "--no-decorate")
    form = "".join(f"{placeholder}%x00" for placeholder in _PLACEHOLDERS)
    done = git(
        folder,
        *("log", "--stdin", *options, "--no-notes", "--no-mailmap"),
        *("--encoding=UTF-8", "--date=format-local:%Y%m%d%H%M%S", f"--format=tformat:{form}"),
        stdin="".join(f"{commit}\n" for commit in commits).encode(),
    )
    if done.returncode:
        raise DataError("git 核对不了签名", complaint(done))
    values = done.stdout.decode(errors="replace").split("\0")
    for start in range(0, len(values) - 1, len(_PLACEHOLDERS)):
        commit, *fields = values[start : start + len(_PLACEHOLDERS)]
        yield commit.strip(), _Verdict(*fields)


def _taken_apart(folder: Path, commits: Iterable[str]) -> Iterator[tuple[str, _Signed]]:
    with opened_objects(folder) as objects:
        for commit in commits:
            try:
                content = objects.content(commit, "commit")
            except DataError as error:
                raise DataError(f"提交 {commit[:10]} 读不出来", error.hint) from error
            yield commit, _parted(content)


def _parted(content: bytes) -> _Signed:
    """A commit's signature and the rest, as git parts them: the header `gpgsig` and its indented lines."""
    head, gap, message = content.partition(b"\n\n")
    kept, signature = [], []
    is_signature = False
    for line in head.split(b"\n"):
        is_signature = line.startswith((b"gpgsig ", b"gpgsig-sha256 ")) or (
            is_signature and line.startswith(b" ")
        )
        if is_signature:
            signature.append(line.partition(b" ")[2])
        else:
            kept.append(line)
    return _Signed(b"".join(line + b"\n" for line in signature), b"\n".join(kept) + gap + message)
