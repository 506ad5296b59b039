"""Remembering what valid bytes came to, so that they need not be parsed and validated again.

An entry is a file whose name is the hash of the data files' bytes and the program's version. It
holds the plain values of both files as JSON, behind a hash of its own: an entry that is torn or
altered is no entry. Deleting the folder, filling it with rubbish or denying it changes nothing but
time, and nothing is answered for bytes that were not hashed a moment ago.
"""

import hashlib
import json
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from yzplan import __version__

KEPT = 16
"""How many entries are kept; the oldest go first."""
_ENTRY = re.compile(r"[0-9a-f]{64}(\.[0-9]+)?")
"""An entry's name, and that of one whose writing was broken off."""


def key_of(*contents: bytes) -> str:
    """The name of the entry for these bytes, as this version understands them."""
    digest = hashlib.sha256(f"yzplan {__version__}".encode())
    for content in contents:
        digest.update(f"\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def folder() -> Path:
    """Where entries are kept: $YZPLAN_CACHE, or the user's cache directory. Raises OSError without one."""
    if chosen := os.environ.get("YZPLAN_CACHE"):
        return Path(chosen)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.expanduser raises RuntimeError)
    if not home.is_absolute():
        raise FileNotFoundError("no home directory")
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "yzplan"


def recall(key: str) -> list[Any] | None:
    """The values that were remembered under this key; None if there are none to rely on."""
    with suppress(ValueError, RecursionError):
        values: list[Any] = json.loads(_entry(key) or b"null")
        return values
    return None


def is_known(key: str) -> bool:
    """Whether the bytes of this key are known to be valid."""
    return _entry(key) is not None


def _entry(key: str) -> bytes | None:
    """What an entry holds, unless it is missing, torn or altered."""
    with suppress(OSError):
        head, _, body = (folder() / key).read_bytes().partition(b"\n")
        if head == _seal(key, body):
            return body
    return None


def _seal(key: str, body: bytes) -> bytes:
    return hashlib.sha256(key.encode() + body).hexdigest().encode()


def remember(key: str, values: list[Any]) -> None:
    """Remember the values of valid bytes. Failing to is no error."""
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        where = folder()
        where.mkdir(parents=True, exist_ok=True)
        unfinished = where / f"{key}.{os.getpid()}"
        unfinished.write_bytes(_seal(key, body) + b"\n" + body)
        unfinished.replace(where / key)
        # The folder is of the user's choosing: what is not ours in it is not ours to delete.
        ours = [path for path in where.iterdir() if _ENTRY.fullmatch(path.name)]
        for old in sorted(ours, key=lambda path: path.stat().st_mtime)[:-KEPT]:
            with suppress(OSError):
                old.unlink()
