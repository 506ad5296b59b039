"""Formats for programs: json, jsonl, csv, tsv. Always UTF-8 bytes, whatever the locale."""

import csv
import dataclasses
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from yzplan.model import Month, Period
from yzplan.render.listing import Listing

BOM = b"\xef\xbb\xbf"


def plain_value(value: Any) -> Any:
    """A value as JSON has it: nouns as objects, dates and months as ISO text, decimals as numbers."""
    if isinstance(value, Month | Period | dt.date):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain_value(getattr(value, part.name)) for part in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, int | float):
        return value
    # A Decimal; to import its class would cost every command that has none.
    return int(value) if value == int(value) else float(value)


def _objects(listing: Listing) -> list[dict[str, Any]]:
    return [
        {c.key: c.text(row) if c.digest else plain_value(getattr(row, c.key)) for c in listing.facts}
        for row in listing.rows
    ]


def json_bytes(value: Any) -> bytes:
    """A report as JSON, indented, not ASCII-escaped, ending with a line feed."""
    return (json.dumps(plain_value(value), ensure_ascii=False, indent=2) + "\n").encode()


def listing_json(listing: Listing) -> bytes:
    """A list as an array of objects."""
    return json_bytes(_objects(listing))


def listing_jsonl(listing: Listing) -> bytes:
    """A list as one object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _objects(listing)).encode()


def listing_csv(listing: Listing) -> bytes:
    """A list for Excel, as people read it: Chinese headings, a BOM (Excel would take it for GBK), CRLF."""
    columns = listing.facts
    cells = [
        # Numbers, which stand to the right, may begin with a sign.
        [column.text(row) if column.align == "right" else _harmless(column.text(row)) for column in columns]
        for row in listing.rows
    ]
    return BOM + _separated([[column.heading for column in columns], *cells], ",", "\r\n")


def listing_tsv(listing: Listing) -> bytes:
    """A list for shell tools: tabs, the JSON keys as headings, values as JSON has them."""
    objects = _objects(listing)
    cells = [[_bare(value) for value in each.values()] for each in objects]
    return _separated([[column.key for column in listing.facts], *cells], "\t", "\n")


def _separated(rows: Iterable[Iterable[str]], delimiter: str, line_end: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return stream.getvalue().encode()


def _bare(value: Any) -> str:
    """A JSON value in one field: text as it is, nothing for null, lists of texts with commas between."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is marked as text, by the apostrophe it knows."""
    return f"'{cell}" if cell.startswith(tuple("=+-@＝＋－＠\t\r")) else cell
