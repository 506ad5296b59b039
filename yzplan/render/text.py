"""Tables as text: plain, markdown, html."""

from collections.abc import Callable, Sequence
from html import escape

import tabulate

from yzplan.render.listing import Column, Listing

# tabulate would widen every column by two for its heading.
tabulate.MIN_PADDING = 0


def plain(listing: Listing) -> str:
    """Aligned columns without lines, the long one last, so that every row is one line; nothing is cut."""
    if not listing.rows:
        return ""
    columns = listing.table()
    flexible = [column for column in columns if column.flexible]
    if flexible and not listing.chosen:
        longest = max(flexible, key=lambda column: max(len(column.text(row)) for row in listing.rows))
        columns = [*(column for column in columns if column is not longest), longest]
    table = tabulated(listing, columns, "plain")
    return "".join(f"{line.rstrip()}\n" for line in table.splitlines())


def markdown(listing: Listing) -> str:
    """A pipe table; what Markdown would read as markup is escaped."""
    note = f"\n{markdown_text(listing.note)}\n" if listing.note else ""
    return tabulated(listing, listing.table(), "pipe", markdown_text) + "\n" + note


def html(listing: Listing) -> str:
    """A whole page with one table; everything from the data is escaped."""
    body = tabulated(listing, listing.table(), "html")
    title = escape(listing.title)
    note = f"<p>{escape(listing.note)}</p>\n" if listing.note else ""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        "<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
        "th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}"
        "th{white-space:nowrap}</style>\n"
        f"</head>\n<body>\n<h1>{title}</h1>\n{body}\n{note}</body>\n</html>\n"
    )


def tabulated(
    listing: Listing, columns: Sequence[Column], form: str, cell: Callable[[str], str] = str
) -> str:
    """The columns of a list as tabulate's table of that form, what stands in its cells made by `cell`."""
    return tabulate.tabulate(
        [[cell(column.text(row)) for column in columns] for row in listing.rows],
        headers=[cell(column.heading) for column in columns],
        tablefmt=form,
        disable_numparse=True,
        colalign=[column.align for column in columns] if listing.rows else None,
    )


def markdown_text(text: str) -> str:
    """Text in which Markdown finds no markup, wherever in a line it stands but at its beginning."""
    for character in "\\`*_[]<>|#~&":
        text = text.replace(character, f"\\{character}")
    return text
