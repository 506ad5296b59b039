"""Papers as a reader has them before him: their text, and the numbers in it."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from yzplan.papers.paper import Block, Heading, Paper, Paragraph
from yzplan.render.machine import plain_value


def text_of(paper: Paper) -> str:
    """All that a paper says, a line a block or row of a table."""
    return "\n".join(lines_of(paper)) + "\n"


def lines_of(paper: Paper) -> Iterator[str]:
    yield "".join(paper.title)
    if paper.issue:
        yield paper.issue
    yield f"{paper.addressee}："
    yield from _lines(paper.blocks)
    yield paper.issuer
    for attachment in paper.attachments:
        yield f"附件：{attachment.title}"
        yield from _lines(attachment.blocks)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.number + block.text
        elif isinstance(block, Paragraph):
            yield f"　　{block.text}"
        else:
            yield f"［{block.title}］"
            yield "｜".join(column.heading for column in block.columns)
            yield from ("｜".join(row) for row in block.rows)
            if block.note:
                yield f"注：{block.note}"


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}


def unfounded(paper: Paper) -> set[Decimal]:
    """The numbers that a paper says and its facts do not hold."""
    facts = json.dumps(plain_value(paper.facts), ensure_ascii=False)
    return numbers_in(text_of(paper)) - numbers_in(facts)
