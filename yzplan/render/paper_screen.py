"""A paper on a terminal: centred, folded and coloured; marked places stand out."""

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from yzplan.papers.outline import Line
from yzplan.papers.paper import Paper, Table
from yzplan.render.papers import MARKED, indented, listing_of, spaced
from yzplan.render.terminal import clean, folded, listing_parts

_STYLES = {
    "draft": "bold red",
    "head": "bold red",
    "title": "bold",
    "heading": "bold",
    "label": "bold",
    "attachment": "bold",
    "data": "dim",
}
_CENTRED = frozenset({"head", "issue", "number", "attachment"})
_MARGIN = 4
"""署名 and 成文日期 end this far from the right edge (GB/T 9704-2012 7.3.5.2: two characters)."""


def paper_parts(paper: Paper, width: int) -> list[Any]:
    """The whole paper for a terminal of so many columns; nothing is cut."""
    parts: list[Any] = []
    for has_gap, part in spaced(paper):
        parts += [Text()] if has_gap else []
        parts += _table(part, width) if isinstance(part, Table) else _line(paper, part, width)
    return parts


def _line(paper: Paper, line: Line, width: int) -> Iterator[Text]:
    text = clean(indented(line))
    room = width - cell_len(text)
    style = _STYLES.get(line.role, "")
    if line.role == "title":
        pieces = [text] if room >= 0 else [clean(piece) for piece in paper.title]
        yield from (_centred(piece, width, style) for piece in pieces)
    elif line.role in _CENTRED:
        yield _marked(_centred(text, width, style))
    elif line.role in ("issuer", "date") and room >= _MARGIN:
        yield Text(" " * (room - _MARGIN) + text)
    else:
        yield _marked(folded(text, width, style=style))


def _centred(text: str, width: int, style: str) -> Text:
    found = folded(text, width, style=style)
    lines = found.plain.split("\n")
    return Text("\n".join(" " * ((width - cell_len(line)) // 2) + line for line in lines), style=style)


def _marked(text: Text) -> Text:
    for found in MARKED.finditer(text.plain):
        text.stylize("bold yellow", *found.span())
    return text


def _table(table: Table, width: int) -> Iterator[Any]:
    if table.title:
        yield folded(clean(table.title), width, style="bold")
    yield from listing_parts(listing_of(table), width, whole=True)
    if table.note:
        yield folded(clean(table.note), width, style="dim")
