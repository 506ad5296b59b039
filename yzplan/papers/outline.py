"""A paper from its first line to its last, with what stands around its text: the order of every format."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from yzplan.papers.filters import day
from yzplan.papers.paper import Block, Heading, Paper, Paragraph, Table
from yzplan.papers.stamping import DRAFT, provenance

Role = Literal[
    "draft",
    "head",
    "issue",
    "number",
    "title",
    "addressee",
    "heading",
    "paragraph",
    "attachments",
    "issuer",
    "date",
    "data",
    "label",
    "attachment",
]
"""What a line is: 草稿, 发文机关标志, 期号, 发文字号, 标题, 主送机关, a heading, a paragraph, 附件说明,
署名, 成文日期, 数据说明; of an attachment 附件1 and its title."""


class Line(NamedTuple):
    """A line of a paper, of any length; `level` is a heading's, 1-3."""

    role: Role
    text: str
    level: int = 0


def outline(paper: Paper) -> Iterator[Line | Table]:
    """All that a paper says, in order (GB/T 9704-2012 7.2, 7.3)."""
    if paper.stamp.is_draft:
        yield Line("draft", DRAFT)
    if paper.stamp.red_head:
        yield Line("head", paper.issuer)
    if paper.issue:
        yield Line("issue", paper.issue)
    if number := document_number(paper):
        yield Line("number", number)
    yield Line("title", "".join(paper.title))
    if paper.addressee:
        yield Line("addressee", f"{paper.addressee}：")
    yield from _blocks(paper.blocks)
    for k, name in enumerate(attachment_names(paper)):
        yield Line("attachments", f"　　　{name}" if k else f"附件：{name}")
    yield Line("issuer", paper.issuer)
    yield Line("date", day(paper.stamp.dated))
    yield Line("data", data_note(paper))
    for label, attachment in zip(attachment_labels(paper), paper.attachments, strict=True):
        yield Line("label", label)
        yield Line("attachment", attachment.title)
        yield from _blocks(attachment.blocks)


def document_number(paper: Paper) -> str:
    """发文字号 (7.2.5); where a letter must have one, the marked place for it; empty otherwise."""
    has_place = paper.stamp.red_head or paper.stamp.paper == "notice"
    return paper.stamp.document_number or ("【发文字号】" if has_place else "")


def attachment_labels(paper: Paper) -> list[str]:
    """What stands above each attachment: 附件1, 附件2; a single one has no number (7.3.7)."""
    if len(paper.attachments) == 1:
        return ["附件"]
    return [f"附件{k}" for k in range(1, len(paper.attachments) + 1)]


def attachment_names(paper: Paper) -> list[str]:
    """What 附件说明 lists behind 附件：, one a line: `1. …`; a single one has no number (7.3.4)."""
    titles = [each.title for each in paper.attachments]
    return titles if len(titles) == 1 else [f"{k}. {title}" for k, title in enumerate(titles, 1)]


def data_note(paper: Paper) -> str:
    """The last line of the paper itself: what its data are."""
    return f"数据说明：{provenance(paper.stamp)}"


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Line | Table]:
    for block in blocks:
        match block:
            case Heading():
                yield Line("heading", block.number + block.text, block.level)
            case Paragraph():
                yield Line("paragraph", block.text)
            case Table():
                yield block
