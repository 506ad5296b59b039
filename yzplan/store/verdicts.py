"""Remembering which bytes have been found valid, so that they need not be validated again.

A verdict is an empty file whose name is the hash of the data files' bytes and the program's
version. It spares only the validation (pydantic and the rules): the bytes are parsed each time.
Deleting the folder, filling it with rubbish or denying it changes nothing but time.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from yzplan import __version__

KEPT = 512
"""How many verdicts are kept; the oldest go first."""


def verdict_key(*contents: bytes) -> str:
    """The name of the verdict on these bytes, judged by this version."""
    digest = hashlib.sha256(f"yzplan {__version__}".encode())
    for content in contents:
        digest.update(f"\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def folder() -> Path:
    """Where verdicts are kept: the user's cache directory, or $YZPLAN_CACHE."""
    if chosen := os.environ.get("YZPLAN_CACHE"):
        return Path(chosen) / "valid"
    import platformdirs

    return Path(platformdirs.user_cache_dir("yzplan", appauthor=False)) / "valid"


def is_known_valid(key: str) -> bool:
    """Whether the bytes of this key were found valid before."""
    try:
        return (folder() / key).is_file()
    except OSError:
        return False


def remember_valid(key: str) -> None:
    """Note that the bytes of this key are valid. Failing to is no error."""
    with suppress(OSError):
        where = folder()
        where.mkdir(parents=True, exist_ok=True)
        (where / key).touch()
        known = sorted(where.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in known[:-KEPT]:
            old.unlink()
