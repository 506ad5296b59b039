"""Whose signature a commit bears, with real keys (模拟: of nobody)."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import git

from yzplan.errors import DataError
from yzplan.git.signatures import signature_problems

A, ALIAS, FORMER, B = "jia@example.org", "jia@example.com", "jiu@example.org", "yi@example.org"

UNKNOWN = "不在受信任之列：密钥环里没有，或不支持它的算法"
SPOILT = "签名不对：与提交的内容不符，或已残缺"

need_gpg = pytest.mark.skipif(not shutil.which("gpg"), reason="需要 gpg")
need_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="需要 ssh-keygen")


@pytest.fixture(autouse=True)
def _git_without_the_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty repository."""
    folder = tmp_path / "repository"
    git(tmp_path, "init", "-q", str(folder))
    return folder


def commit(here: Path, *settings: str, message: str = "模拟") -> str:
    """A commit, signed if there are settings, of which each is `name=value`."""
    words = [word for setting in settings for word in ("-c", setting)]
    git(here, *words, "commit", "-q", "--allow-empty", *(["-S"] if settings else []), "-m", message)
    return git(here, "rev-parse", "HEAD").strip()


def rewritten(here: Path, commit: str, old: bytes, new: bytes) -> str:
    """A commit that has one thing else than another, its signature included."""
    raw = subprocess.run(
        ["git", "cat-file", "commit", commit], cwd=here, capture_output=True, check=True
    ).stdout
    assert raw.count(old) == 1
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        input=raw.replace(old, new),
        cwd=here,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def problem(here: Path, commit: str, email: str = A) -> str | None:
    return signature_problems(here, {commit: email}).get(commit)


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


# GPG


def gpg(*words: str, stdin: str = "") -> str:
    done = subprocess.run(
        ["gpg", "--batch", "--quiet", "--pinentry-mode=loopback", "--passphrase=", *words],
        input=stdin.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def new_key(user_id: str, *options: str, expires: str = "never") -> str:
    """The fingerprint of a new key."""
    gpg(*options, "--quick-generate-key", user_id, "ed25519", "sign", expires)
    return fingerprint(user_id)


def fingerprint(user_id: str) -> str:
    lines = gpg("--with-colons", "--list-keys", f"={user_id}").splitlines()
    return next(line.split(":")[9] for line in lines if line.startswith("fpr:"))


@pytest.fixture(scope="module")
def all_keys() -> Iterator[Path]:
    """A key ring with the keys of 甲 (two e-mails, and one that is revoked), 乙, 丙 (expired) and 丁.

    Its path is short, as the sockets of gpg need it.
    """
    with tempfile.TemporaryDirectory(prefix="yz", dir="/tmp") as home, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GNUPGHOME", home)
        first = new_key(f"模拟甲 <{A}>")
        gpg("--quick-add-uid", first, ALIAS.title())
        gpg("--quick-add-uid", first, FORMER)
        gpg("--quick-revoke-uid", first, FORMER)
        # An e-mail that would colour a terminal is none.
        gpg("--quick-add-uid", new_key(f"模拟乙 <{B}>"), "x\x1b[31m@example.org")
        new_key(f"模拟丙 <{A}>", "--faked-system-time=20220101T000000", expires="1d")
        new_key(f"模拟丁 <{A}>")
        yield Path(home)
        subprocess.run(["gpgconf", "--kill", "all"], check=True)


@pytest.fixture
def ring(all_keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GNUPGHOME", str(all_keys))
    return all_keys


@pytest.fixture
def auditor(ring: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Auditor"]:
    """Somebody with an empty key ring of their own."""
    with tempfile.TemporaryDirectory(prefix="yz", dir="/tmp") as home:
        yield Auditor(Path(home), monkeypatch)
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=True)


class Auditor:
    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._home, self._monkeypatch = home, monkeypatch

    def imports(self, *user_ids: str) -> None:
        """Turn to the auditor's ring, and take some public keys into it: no trust is said."""
        keys = gpg("--armor", "--export", *(f"={each}" for each in user_ids)) if user_ids else ""
        self._monkeypatch.setenv("GNUPGHOME", str(self._home))
        if keys:
            gpg("--import", stdin=keys)


@need_gpg
def test_a_gpg_key_signs_for_each_e_mail_of_its_user_ids(here: Path, ring: Path) -> None:
    by_a = commit(here, f"user.signingkey={fingerprint(f'模拟甲 <{A}>')}")
    assert [problem(here, by_a, email) for email in (A, A.title(), ALIAS)] == [None] * 3
    key = fingerprint(f"模拟甲 <{A}>")[-16:]
    for email in (B, FORMER):
        said = problem(here, by_a, email)
        assert said in [f"签名的密钥 {key} 属于别的邮箱（{x}、{y}）" for x, y in ((A, ALIAS), (ALIAS, A))]
    for email in ("", "jia", "模拟甲", "example.org", f"{A}\0", f"<{A}>"):
        assert problem(here, by_a, email)


@need_gpg
def test_many_commits_are_told_apart(here: Path, ring: Path) -> None:
    first, other = (fingerprint(f"模拟{name} <{email}>") for name, email in (("甲", A), ("乙", B)))
    # What a message says is no answer of git's.
    plain = commit(here, message="%G? %x00 G\n\ngpgsig -----BEGIN PGP SIGNATURE-----")
    by_a = commit(here, f"user.signingkey={first}")
    by_b = commit(here, f"user.signingkey={other}")
    spoilt = rewritten(here, by_a, b"\n\n", b"\n\nforged: ")
    emails = {spoilt: A, by_b: A, plain: A, by_a: A}
    assert signature_problems(here, emails) == {
        spoilt: SPOILT,
        by_b: f"签名的密钥 {other[-16:]} 属于别的邮箱（{B}）",
        plain: "没有签名",
    }


@need_gpg
def test_a_key_is_trusted_that_the_auditor_imported(here: Path, auditor: Auditor) -> None:
    first, other = (fingerprint(f"模拟{name} <{email}>") for name, email in (("甲", A), ("乙", B)))
    by_a, by_b = commit(here, f"user.signingkey={first}"), commit(here, f"user.signingkey={other}")
    auditor.imports(f"模拟甲 <{A}>")
    assert signature_problems(here, {by_a: A, by_b: B}) == {by_b: f"签名的密钥 {other[-16:]} {UNKNOWN}"}
    git(here, "config", "gpg.minTrustLevel", "fully")
    assert problem(here, by_a) == f"签名的密钥 {first[-16:]} 信任不够（gpg.minTrustLevel）"
    gpg("--import-ownertrust", stdin=f"{first}:6:\n")
    assert problem(here, by_a) is None


@need_gpg
def test_a_key_that_comes_with_the_signature_is_not_trusted(
    here: Path, auditor: Auditor, tmp_path: Path
) -> None:
    first = fingerprint(f"模拟甲 <{A}>")
    by_a = commit(here, f"user.signingkey={first}")
    (tmp_path / "key").write_text(gpg("--export", "--armor", first), "utf-8")
    auditor.imports()
    # As with auto-key-retrieve: gpg has the key once it verifies.
    fetching = f'case "$*" in *--verify*) gpg -q --import {tmp_path}/key;; esac\nexec gpg "$@"'
    git(here, "config", "gpg.program", str(program(tmp_path / "fetching", fetching)))
    assert problem(here, by_a) == f"签名的密钥 {first[-16:]} {UNKNOWN}"


@need_gpg
def test_an_expired_key_or_a_revoked_one_is_not_good(here: Path, ring: Path, tmp_path: Path) -> None:
    old, revoked = fingerprint(f"模拟丙 <{A}>"), fingerprint(f"模拟丁 <{A}>")
    then = program(tmp_path / "then", 'exec gpg --faked-system-time=20220101T000100 "$@"')
    expired = commit(here, f"user.signingkey={old}", f"gpg.program={then}")
    before = commit(here, f"user.signingkey={revoked}")
    assert problem(here, before) is None
    # gpg keeps a key's revocation at hand, with a colon before it against accidents.
    certificate = (ring / "openpgp-revocs.d" / f"{revoked}.rev").read_text("utf-8")
    gpg("--import", stdin=certificate.replace(":-----BEGIN", "-----BEGIN"))
    assert signature_problems(here, {expired: A, before: A}) == {
        expired: f"签名的密钥 {old[-16:]} 已经过期",
        before: f"签名的密钥 {revoked[-16:]} 已被吊销",
    }


@need_gpg
def test_a_disabled_key_does_not_count(here: Path, auditor: Auditor) -> None:
    first, other = (fingerprint(f"模拟{name} <{email}>") for name, email in (("甲", A), ("乙", B)))
    by_a, by_b = commit(here, f"user.signingkey={first}"), commit(here, f"user.signingkey={other}")
    auditor.imports(f"模拟甲 <{A}>", f"模拟乙 <{B}>")
    gpg("--command-fd=0", "--edit-key", first, stdin="disable\nsave\n")
    assert signature_problems(here, {by_a: A, by_b: B}) == {by_a: f"签名的密钥 {first[-16:]} {UNKNOWN}"}


@need_gpg
def test_what_is_no_signature_is_not_good(here: Path, ring: Path) -> None:
    signed = commit(here, f"user.signingkey={fingerprint(f'模拟甲 <{A}>')}")
    begin = b"-----BEGIN PGP SIGNATURE-----"
    unknown = rewritten(here, signed, begin, b"hello")
    sealed = rewritten(here, signed, begin, b"-----BEGIN SIGNED MESSAGE-----")
    broken = rewritten(here, signed, begin, begin + b"\n garbage")
    other = "签名不是 GPG 或 SSH 的，不能核对"
    assert signature_problems(here, {unknown: A, sealed: A, broken: A, signed: A}) == {
        unknown: other,
        sealed: other,
        broken: SPOILT,
    }


@need_gpg
def test_no_setting_of_git_disturbs(here: Path, ring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_a = commit(here, f"user.signingkey={fingerprint(f'模拟甲 <{A}>')}")
    plain = commit(here)
    for setting in (
        *("log.showSignature=true", "format.pretty=fuller", "color.ui=always", "log.decorate=full"),
        *("i18n.logOutputEncoding=GBK", "log.date=relative", "gpg.format=ssh", "log.diffMerges=on"),
    ):
        git(here, "config", *setting.split("=", 1))
    monkeypatch.setenv("LC_ALL", "C")
    assert signature_problems(here, {by_a: A, plain: A}) == {plain: "没有签名"}
    # Nor does a commit that stands in for another here.
    spoilt = rewritten(here, by_a, b"\n\n", b"\n\nforged: ")
    for bad in (plain, spoilt):
        git(here, "replace", bad, by_a)
    assert signature_problems(here, {spoilt: A, plain: A}) == {plain: "没有签名", spoilt: SPOILT}


@need_gpg
def test_the_auditors_own_gpg_is_run(here: Path, ring: Path, tmp_path: Path) -> None:
    by_a = commit(here, f"user.signingkey={fingerprint(f'模拟甲 <{A}>')}")
    own = program(tmp_path / "own", f'echo "$*" >>{tmp_path}/runs\nexec gpg "$@"')
    git(here, "config", "gpg.program", "no-such-program")
    git(here, "config", "gpg.openpgp.program", str(own))
    assert problem(here, by_a) is None
    runs = (tmp_path / "runs").read_text("utf-8").splitlines()
    assert ["--list-keys" in runs[0], "--verify" in runs[1]] == [True, True]
    git(here, "config", "gpg.openpgp.program", "no-such-program")
    with pytest.raises(DataError) as missing:
        problem(here, by_a)
    assert str(missing.value) == (
        "有提交用 GPG 签名，却运行不了 no-such-program\n"
        "  提示：先安装 GnuPG，或用 git config gpg.program 指明它在哪里"
    )


@need_gpg
def test_a_gpg_that_fails_says_why(here: Path, ring: Path, tmp_path: Path) -> None:
    by_a = commit(here, f"user.signingkey={fingerprint(f'模拟甲 <{A}>')}")
    broken = program(tmp_path / "broken", "echo 模拟故障 >&2; exit 2")
    git(here, "config", "gpg.program", str(broken))
    with pytest.raises(DataError) as failed:
        problem(here, by_a)
    assert str(failed.value) == f"{broken} 列不出密钥\n  提示：gpg 说：模拟故障"


def test_without_signatures_nothing_but_git_is_needed(here: Path, tmp_path: Path) -> None:
    assert signature_problems(here, {}) == {}
    plain = commit(here)
    git(here, "config", "gpg.program", "no-such-program")
    assert problem(here, plain) == "没有签名"
    with pytest.raises(DataError, match="提交 0000000000 读不出来"):
        problem(here, "0" * 40)


# SSH


@pytest.fixture(scope="module")
def ssh_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two private keys, each with its public key beside it."""
    folder = tmp_path_factory.mktemp("ssh")
    for name in "ab":
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "模拟", "-f", str(folder / name)]
        subprocess.run(words, check=True)
    return {name: folder / name for name in "ab"}


def commit_by(key: Path, here: Path, *settings: str) -> str:
    return commit(here, "gpg.format=ssh", f"user.signingkey={key}.pub", *settings)


def allow(here: Path, *lines: tuple[str, Path]) -> None:
    """Write the list of allowed signers: what stands before a key, and the key."""
    text = "".join(f"{before} {key.with_suffix('.pub').read_text('utf-8')}" for before, key in lines)
    (here / "signers").write_text(text, "utf-8")
    git(here, "config", "gpg.ssh.allowedSignersFile", str(here / "signers"))


def ssh_fingerprint(key: Path) -> str:
    words = ["ssh-keygen", "-l", "-f", f"{key}.pub"]
    return subprocess.run(words, capture_output=True, check=True).stdout.decode().split()[1]


@need_ssh
def test_an_ssh_key_signs_for_the_e_mails_it_is_listed_with(here: Path, ssh_keys: dict[str, Path]) -> None:
    by_a, by_b = (commit_by(ssh_keys[name], here) for name in "ab")
    spoilt = rewritten(here, by_a, b"\n\n", b"\n\nforged: ")
    allow(here, (A, ssh_keys["a"]))
    stranger, owner = ssh_fingerprint(ssh_keys["b"]), ssh_fingerprint(ssh_keys["a"])
    assert signature_problems(here, {by_a: A, by_b: B, spoilt: A}) == {
        by_b: f"签名的密钥 {stranger} 不在受信任之列：签名人名单里没有，或当时不在有效期内",
        spoilt: SPOILT,
    }
    assert problem(here, by_a, B) == f"签名的密钥 {owner} 属于别的邮箱（{A}）"
    assert problem(here, by_a, A.upper()) is None


@need_ssh
@pytest.mark.parametrize(
    ("listed", "email", "is_good"),
    [
        (f"{B},{A}", A, True),
        (f"{B},{A}", B, True),
        ("*@example.org", A, True),
        ("*@example.org", A.title(), True),
        ("*@example.org", ALIAS, False),
        (f"!{A},*@example.org", A, False),
        (A.title(), A, True),
        ("*", f"{A}\0", False),
        ("*", "", False),
        (f'{A} namespaces="file"', A, False),
        (f'{A} valid-before="20000101"', A, False),
        (f'{B},{A} valid-after="20000101"', A, True),
    ],
)
def test_the_list_is_read_as_ssh_reads_it(
    here: Path, ssh_keys: dict[str, Path], listed: str, email: str, is_good: bool
) -> None:
    by_a = commit_by(ssh_keys["a"], here)
    allow(here, (listed, ssh_keys["a"]))
    assert (problem(here, by_a, email) is None) is is_good


@need_ssh
def test_a_key_must_have_been_allowed_when_it_signed(
    here: Path, ssh_keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = commit_by(ssh_keys["a"], here)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1999-12-30T12:00:00+0800")
    then = commit_by(ssh_keys["a"], here)
    allow(here, (f'{B},{A} valid-before="20000101"', ssh_keys["a"]))
    assert [*signature_problems(here, {then: A, now: A})] == [now]


@need_ssh
def test_a_repository_of_long_hashes_is_no_other(tmp_path: Path, ssh_keys: dict[str, Path]) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    by_a = commit_by(ssh_keys["a"], tmp_path)
    allow(tmp_path, (f"{B},{A}", ssh_keys["a"]))
    assert [problem(tmp_path, by_a, email) is None for email in (A, B, ALIAS)] == [True, True, False]


@need_ssh
def test_owners_are_named_whatever_the_encoding_of_logs(here: Path, ssh_keys: dict[str, Path]) -> None:
    by_a = commit_by(ssh_keys["a"], here)
    allow(here, ("模拟@example.org", ssh_keys["a"]))
    git(here, "config", "i18n.logOutputEncoding", "GBK")
    owner = ssh_fingerprint(ssh_keys["a"])
    assert problem(here, by_a) == f"签名的密钥 {owner} 属于别的邮箱（模拟@example.org）"


@need_ssh
def test_a_key_listed_twice_signs_for_both(here: Path, ssh_keys: dict[str, Path]) -> None:
    by_a = commit_by(ssh_keys["a"], here)
    allow(here, (A, ssh_keys["a"]), (B, ssh_keys["b"]), (ALIAS, ssh_keys["a"]))
    assert [problem(here, by_a, email) is None for email in (A, ALIAS, B)] == [True, True, False]


@need_ssh
def test_the_list_may_be_named_from_the_top_of_the_repository(here: Path, ssh_keys: dict[str, Path]) -> None:
    by_a = commit_by(ssh_keys["a"], here)
    allow(here, (f"{B},{A}", ssh_keys["a"]))
    git(here, "config", "gpg.ssh.allowedSignersFile", "signers")
    (here / "data").mkdir()
    assert problem(here / "data", by_a) is None


@need_ssh
def test_a_revoked_ssh_key_is_not_good(here: Path, ssh_keys: dict[str, Path]) -> None:
    by_a = commit_by(ssh_keys["a"], here)
    allow(here, (f"{A},{B}", ssh_keys["a"]))
    git(here, "config", "gpg.ssh.revocationFile", f"{ssh_keys['b']}.pub")
    assert [problem(here, by_a, email) for email in (A, B)] == [None, None]
    git(here, "config", "gpg.ssh.revocationFile", f"{ssh_keys['a']}.pub")
    assert problem(here, by_a) == "签名不对：与提交的内容不符，或密钥已被吊销"


@need_ssh
def test_what_verifying_with_ssh_needs_is_said(here: Path, ssh_keys: dict[str, Path]) -> None:
    by_a = commit_by(ssh_keys["a"], here)

    def said() -> list[str]:
        with pytest.raises(DataError) as error:
            problem(here, by_a)
        return str(error.value).splitlines()

    hint = "  提示：用 git config gpg.ssh.allowedSignersFile 指明名单，每行是邮箱和公钥"
    assert said() == ["有提交用 SSH 签名，受信任签名人的名单却没有设置", hint]
    git(here, "config", "gpg.ssh.allowedSignersFile", "nowhere")
    assert said() == ["有提交用 SSH 签名，受信任签名人的名单却不在：nowhere", hint]
    allow(here, (A, ssh_keys["a"]))
    git(here, "config", "gpg.ssh.program", "no-such-program")
    hint = "  提示：先安装 OpenSSH，或改 gpg.ssh.program"
    assert said() == ["有提交用 SSH 签名，却运行不了 no-such-program", hint]
