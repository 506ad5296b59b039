"""Papers as text: plain and markdown."""

import re
from collections.abc import Iterator
from operator import itemgetter

from wcwidth import wcswidth

from yzplan.papers import paper as papers
from yzplan.papers.outline import Line, outline
from yzplan.papers.paper import Paper
from yzplan.papers.stamping import stamp_text
from yzplan.render.listing import Column, Listing
from yzplan.render.text import markdown_text, tabulated

MARKED = re.compile(r"【[^】]*】")
"""A place for a person to fill in."""
FIGURE = re.compile(r"[-+]?\d[\d,]*(\.\d+)?[%天]?|—?|不适用|不计")
"""A cell that holds a number, or says that there is none."""
LONG = 16
"""A column with longer cells than this, in columns of a screen, may be broken into lines."""
_INDENT = "　　"
_APART = frozenset({"title", "addressee", "issuer", "data", "label"})
"""What has an empty line before it."""


def plain(paper: Paper) -> str:
    """Each paragraph on one line of its own, tables aligned; nothing is cut."""
    lines: list[str] = []
    for has_gap, part in spaced(paper):
        lines += [""] if has_gap else []
        if isinstance(part, papers.Table):
            lines += _plain_table(part)
        else:
            lines.append(indented(part))
    return "".join(f"{line}\n" for line in lines)


def _plain_table(table: papers.Table) -> Iterator[str]:
    if table.title:
        yield table.title
    listing = listing_of(table)
    yield from (line.rstrip() for line in tabulated(listing, listing.table(), "plain").splitlines())
    if table.note:
        yield table.note


def spaced(paper: Paper) -> Iterator[tuple[bool, Line | papers.Table]]:
    """What a paper says, in order, each with whether an empty line stands before it."""
    before: Line | papers.Table | None = None
    for part in outline(paper):
        yield before is not None and _is_apart(before, part), part
        before = part


def _is_apart(before: Line | papers.Table, part: Line | papers.Table) -> bool:
    if not isinstance(before, Line) or not isinstance(part, Line):
        return True
    if before.role in ("draft", "title", "attachment") or part.level == 1:
        return True
    return part.role in _APART or (part.role == "attachments" and before.role != "attachments")


def indented(line: Line) -> str:
    """The line's text, behind the two characters that a paragraph begins with (7.3.3, 7.3.4)."""
    return f"{_INDENT}{line.text}" if line.role in ("paragraph", "attachments", "data") else line.text


def markdown(paper: Paper) -> str:
    """Headings, paragraphs and pipe tables; the stamp stands at the end, in a comment."""
    parts: list[str] = []
    for part in outline(paper):
        if isinstance(part, papers.Table):
            parts += _markdown_table(part)
        elif part.role == "label":
            parts.append(f"# {markdown_text(part.text)}")
        elif part.role == "attachment":
            parts[-1] += f"　{markdown_text(part.text)}"
        elif part.role == "title":
            parts.append(f"# {markdown_text(part.text)}")
        elif part.role == "heading":
            parts.append(f"{'#' * (part.level + 1)} {markdown_text(part.text)}")
        elif part.role == "draft":
            parts.append(f"> {markdown_text(part.text)}")
        else:
            parts.append(_markdown_paragraph(part.text))
    # `>` alone would end the comment in the middle of a text that holds `-->`.
    stamp = stamp_text(paper.stamp).replace(">", "\\u003e")
    parts.append(f"<!-- yzplan: {stamp} -->")
    return "\n\n".join(parts) + "\n"


def _markdown_table(table: papers.Table) -> Iterator[str]:
    if table.title:
        yield f"**{markdown_text(table.title)}**"
    listing = listing_of(table)
    yield tabulated(listing, listing.table(), "pipe", markdown_text)
    if table.note:
        yield _markdown_paragraph(table.note)


def _markdown_paragraph(text: str) -> str:
    """A paragraph that begins no list, and is no underline of the one before it."""
    escaped = markdown_text(text.strip())
    return re.sub(r"^(\d{1,9})(?=[.)])|^(?=[-+=])", r"\1\\", escaped)


def listing_of(table: papers.Table) -> Listing:
    """A table of a paper as the list that this house prints: columns of figures are set right."""
    columns = []
    for k, column in enumerate(table.columns):
        cells = [row[k] for row in table.rows]
        is_figures = any(cells) and all(map(FIGURE.fullmatch, cells))
        columns.append(
            Column(
                key=str(k),
                heading=column.heading,
                text=itemgetter(k),
                align="right" if is_figures else "center" if column.align == "centre" else column.align,
                flexible=any(wcswidth(cell) > LONG for cell in cells),
            )
        )
    return Listing(
        title=table.title, rows=table.rows, columns=columns, shown=[column.key for column in columns]
    )
