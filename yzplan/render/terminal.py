"""Tables for a terminal: colour, alignment of Chinese, and as much as the width has room for."""

import io
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from yzplan.render.listing import Column, Listing
from yzplan.render.wrapping import clipped, wrapped

WIDE = 110
"""From this many columns on a table shows its wide set of columns."""
MIN_FLEXIBLE = 16
"""With less room than this for the long column, rows are stacked instead."""
SHORT = 4
"""A heading of no more columns than this stays on one line."""
LINES = 2
"""How many lines the long column may take in a table."""


def draw(parts: Iterable[RenderableType], width: int, *, colour: bool) -> str:
    """What a terminal of `width` columns is sent for these parts, one below the other."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def listing_parts(listing: Listing, width: int, *, whole: bool = False) -> list[RenderableType]:
    """A list as the widest table that fits, or else as stacked lines.

    `whole`: nothing is cut in a table; long cells take as many lines as they need, and headings two
    where that lets it fit.
    """
    table = (
        (width >= WIDE and _table(listing, width, narrow=False, whole=whole))
        or _table(listing, width, narrow=True, whole=whole)
        or (whole and _table(listing, width, narrow=True, whole=True, halved=True))
    )
    note = [Text(), folded(listing.note, width, style="dim")] if listing.note else []
    return [*([table] if table else _stacked(listing, width)), *note]


def _table(listing: Listing, width: int, *, narrow: bool, whole: bool, halved: bool = False) -> Table | None:
    """A list as a table with its wide or narrow set of columns; None where the width has no room for it.

    `halved`: headings take two lines.
    """
    columns = listing.table(narrow=narrow)
    texts_of = [(narrow and column.brief) or column.text for column in columns]
    cells = [[clean(text_of(row)) for text_of in texts_of] for row in listing.rows]
    if halved:
        columns = [
            column._replace(heading=_halved(column.heading, [row[k] for row in cells]))
            for k, column in enumerate(columns)
        ]
    fixed = [0 if c.flexible else _natural(c, [row[k] for row in cells]) for k, c in enumerate(columns)]
    flexible = sum(column.flexible for column in columns)
    room = width - sum(fixed) - (len(columns) - 1)
    if room < MIN_FLEXIBLE * flexible:
        return None
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold", collapse_padding=False)
    shares = _shares(columns, cells, room)
    for column, natural, share in zip(columns, fixed, shares, strict=True):
        size = share if column.flexible else natural
        table.add_column(Text(column.heading), width=size, justify=column.align, no_wrap=not column.flexible)
    lines = None if whole else LINES
    for row, texts in zip(listing.rows, cells, strict=True):
        table.add_row(
            *(
                _cell(c, row, text, share, lines)
                for c, text, share in zip(columns, texts, shares, strict=True)
            )
        )
    return table


def _halved(heading: str, cells: Sequence[str]) -> str:
    """A heading in at most two lines, as narrow as it can be, but no narrower than the cells below it."""
    least = max([SHORT, *map(cell_len, cells)])
    sizes = range(least, cell_len(heading) + 1)
    return next(("\n".join(lines) for size in sizes if len(lines := wrapped(heading, size)) <= 2), heading)


def _natural(column: Column, cells: Sequence[str]) -> int:
    return max(map(cell_len, [*column.heading.split("\n"), *cells]))


def _shares(columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide each flexible column is: what it needs, or an equal share of what is left."""
    shares = [0] * len(columns)
    needs = {k: _natural(c, [row[k] for row in cells]) for k, c in enumerate(columns) if c.flexible}
    while needs:
        equal = room // len(needs)
        modest = {k: need for k, need in needs.items() if need <= equal} or dict.fromkeys(needs, equal)
        for k, size in modest.items():
            shares[k] = size
            room -= size
            del needs[k]
    return shares


def _cell(column: Column, row: object, text: str, share: int, lines: int | None) -> Text:
    style = column.style(row) if column.style else ""
    if column.flexible:
        text = "\n".join(wrapped(text, share) if lines is None else clipped(text, share, lines))
    return Text(text, style=style)


def _stacked(listing: Listing, width: int) -> Iterator[Text]:
    """Each row as a paragraph: its short cells together, then its long ones in full.

    Without headings above them several numbers could not be told apart, so each has its own before it.
    """
    numbers = [column for column in listing.table(narrow=True) if column.align == "right"]

    def named(column: Column, text: str) -> str:
        return f"{column.heading} {text}" if len(numbers) > 1 and column in numbers else text

    for k, row in enumerate(listing.rows):
        if k:
            yield Text()
        cells = [(column, clean(column.text(row))) for column in listing.table(narrow=True)]
        short = " ".join(named(column, text) for column, text in cells if text and not column.flexible)
        first, *rest = wrapped(short, max(width - 2, 2))
        styled = next((column.style for column, text in cells if text and column.style), None)
        paragraph = Text("\n".join([first, *(f"  {line}" for line in rest)]))
        if styled:
            paragraph.stylize(styled(row), 0, first.find(" ") if " " in first else len(first))
        yield paragraph
        yield from (folded(text, width, margin=2) for column, text in cells if text and column.flexible)


def folded(text: str, width: int, *, margin: int = 0, style: str = "") -> Text:
    """The text in lines of at most `width` columns, each behind a margin."""
    lines = wrapped(text, max(width - margin, 2))
    return Text("\n".join(" " * margin + line for line in lines), style=style)


def clean(text: str) -> str:
    """Text without what a terminal would obey: control characters are shown, not sent."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or category(c) == "Zs" else f"\\x{ord(c):02x}" for c in text)


def bar(value: int, whole: int, width: int) -> str:
    """A bar of `width` columns, filled as `value` is of `whole`; anything above nothing shows."""
    filled = round(width * value / whole) if whole else 0
    return "█" * max(filled, 1 if value else 0)
