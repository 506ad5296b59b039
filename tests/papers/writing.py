"""Papers as plain text, for tests that compare all that is said."""

from collections.abc import Iterator
from typing import Any

from plans import day, month

from yzplan.model import Period
from yzplan.papers.paper import Block, Heading, Paper, Paragraph, Stamp


def stamp(paper: Any, about: str, *, written_on: str, **asked: Any) -> Stamp:
    """What is asked of a paper, about 2022-07, 2022Q3 or 2022."""
    scope = {"month": month(about)} if "-" in about else {"period": Period.from_iso(about)}
    return Stamp(
        paper=paper,
        dated=day(written_on),
        known_at=day(asked.pop("known_at", written_on)),
        written_on=day(written_on),
        program="0",
        template="0" * 12,
        **scope,
        **asked,
    )


def written(paper: Paper) -> str:
    """All that a paper says, a line a paragraph, tables with | between cells."""
    lines = ["/".join(paper.title), *filter(None, [paper.issue]), f"{paper.addressee}："]
    for block in paper.blocks:
        lines += lines_of(block)
    for number, attachment in enumerate(paper.attachments, 1):
        lines.append(f"附件{number} {attachment.title}")
        for block in attachment.blocks:
            lines += lines_of(block)
    return "\n".join(lines) + "\n"


def lines_of(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {block.number}{block.text}"
    elif isinstance(block, Paragraph):
        yield block.text
    else:
        yield from filter(None, [block.title])
        yield " | ".join(column.heading for column in block.columns)
        for row in block.rows:
            yield " | ".join(row).rstrip()
        yield from filter(None, [block.note])
