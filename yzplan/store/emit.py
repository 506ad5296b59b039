"""Values as they stand on a line of YAML: never folded, quoted only where needed. Ledger entries as lines."""

import re
from collections.abc import Iterable
from typing import Any

from yzplan.model import LedgerEntry, OfficeEntry, facts, number_text
from yzplan.store.reading import needs_quotes

# A plain scalar of these characters means itself to every YAML reader, in a flow collection too.
# Everything else is quoted: a whitelist can be read at a glance, YAML's own rules cannot.
_WORD = r"0-9A-Za-z_\u3400-\u9fff\uf900-\ufaff〇"
_PLAIN = re.compile(
    rf"[{_WORD}“‘《〈（【〔〖][{_WORD}“”‘’《》〈〉（）【】〔〕〖〗、，。；：！？．·—…％./()%+*×-]*"
    r"|[0-9A-Za-z][0-9A-Za-z._+-]*@[0-9A-Za-z.-]+"  # an e-mail
)
_DATE_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
_DATES = frozenset(("date", "completed_on", "approved_on", "recorded_on", "issued_on", "due"))
_HASHES = frozenset(("retracts", "replies_to", "closes", "wording"))


def scalar(value: Any) -> str:
    """One value as it stands on a line: numbers and safe text plain, other text in single quotes.

    The text has no line break and no control character; single quotes need no other escape.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if _PLAIN.fullmatch(value) and not needs_quotes(value) and not _DATE_LIKE.fullmatch(value):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {scalar(item)}" for key, item in value.items()) + "}"
    return scalar(value)


def field(key: str, value: Any) -> str:
    """A noun's key and its value, on one line. The value is none that holds nouns."""
    if isinstance(value, str) and key in _DATES:
        return f"{key}: {value}"
    if isinstance(value, str) and key in _HASHES:
        # It may look like a number (12345678, 12e45678), so it is always quoted.
        return f"{key}: '{value}'"
    return f"{key}: {_flow(value)}"


def braced(facts: Iterable[tuple[str, Any]]) -> str:
    """A noun, as its keys and values, on one line."""
    return "{" + ", ".join(field(key, value) for key, value in facts) + "}"


def entry_lines(entry: LedgerEntry | OfficeEntry, column: int) -> list[str]:
    """A ledger entry as an item of a list whose dashes stand `column` characters in."""
    first, *rest = (field(key, value) for key, value in facts(entry).items())
    margin = " " * column
    return [f"{margin}- {first}", *(f"{margin}  {line}" for line in rest)]
