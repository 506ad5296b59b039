"""Whole texts, kept under tests/golden/.

    UPDATE_GOLDEN=1 python -m pytest tests/cli

writes them anew; read the difference before you commit it. A file is a transcript of commands as a
terminal shows them: what was typed, what came to stdout and (after a line [stderr]) to stderr, and
the exit code where it is not 0. ESC is written as ␛. Files under formats/ are the bytes themselves.
"""

import os
from pathlib import Path

from commandline import Answer

GOLDEN = Path(__file__).parents[1] / "golden"


def transcript(*words: str | int, answer: Answer) -> str:
    """One command, and what came of it."""
    typed = " ".join(str(word) if str(word) and " " not in str(word) else f"'{word}'" for word in words)
    remarks = f"[stderr]\n{answer.err}" if answer.err else ""
    code = f"[{answer.code}]\n" if answer.code else ""
    return f"$ yzplan {typed}\n{answer.out}{remarks}{code}".replace("\x1b", "␛")


def assert_golden(name: str | Path, content: str | bytes) -> None:
    """The content is what the file of that name holds; one elsewhere is named by its whole path."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    expected = path.read_bytes()
    assert content == (expected.decode() if isinstance(content, str) else expected)
