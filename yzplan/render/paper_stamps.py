"""The stamp that a paper's file carries: of .md, .html and .json."""

import json
import re
from html import unescape
from pathlib import PurePath

from yzplan.errors import DataError
from yzplan.papers.paper import Stamp
from yzplan.papers.stamping import issued, read_stamp, stamp_of

_COMMENT = re.compile(r"<!-- yzplan: (.*) -->")
_META = re.compile(r'<meta name="yzplan" content="([^"]*)">')
_REMEDY = "写 bulletin、dispatch、assess、notice 出的 .docx、.md、.html 或 .json"


def stamp_in(content: bytes, name: str) -> Stamp:
    """The stamp of a paper from its file's bytes; `name`, the file's, says of what format they are.

    Raises DataError where it is no paper of ours, its stamp is missing or spoilt, or it is a draft.
    """
    readers = {".md": _markdown, ".html": _html, ".json": _json}
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is None:
        raise DataError(f"{name} 不带文稿的印记，不能据它重印", _REMEDY)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{name} 不是 UTF-8 文字，不是本程序出的文稿", _REMEDY) from error
    found = reader(text)
    if found is None:
        raise DataError(f"{name} 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去", _REMEDY)
    return issued(found)


def _markdown(text: str) -> Stamp | None:
    """It stands at the end, where nothing else of a paper can stand."""
    found = _COMMENT.fullmatch(text.rstrip().rpartition("\n")[2].strip())
    return read_stamp(found[1]) if found else None


def _html(text: str) -> Stamp | None:
    found = _META.search(text.partition("<body>")[0])
    return read_stamp(unescape(found[1])) if found else None


def _json(text: str) -> Stamp | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or "stamp" not in value:
        return None
    return stamp_of(value["stamp"])
