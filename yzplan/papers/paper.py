"""A paper (公文) as what it says, in order. Every format is made from it, and knows nothing else."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from yzplan.model.shape import Noun, noun

PaperKind = Literal["dispatch", "bulletin", "assess", "notice"]


class Heading(NamedTuple):
    """A heading; `number` is its 结构层次序数 (GB/T 9704-2012 7.3.3): 一、 （一） 1. by level 1-3."""

    level: int
    number: str
    text: str


class Paragraph(NamedTuple):
    """A paragraph. `【…】` in it marks a place that a person has to fill in."""

    text: str


class Column(NamedTuple):
    """A column of a table: its heading, how wide it is beside the others, and how it is set."""

    heading: str
    width: int = 4
    """Full-width characters that it likes to have room for; only its share of the sum counts."""
    align: Literal["left", "centre", "right"] = "left"


class Table(NamedTuple):
    """A table: every cell is text. It repeats its headings on each page; `title` stands above it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What stands below it."""


Block = Heading | Paragraph | Table


class Attachment(NamedTuple):
    """An attachment (附件): on a page of its own, named in the paper's 附件说明 by the same words."""

    title: str
    blocks: tuple[Block, ...]


@noun
class Stamp(Noun):
    """Where a paper comes from; enough to print it again, byte for byte.

    `arguments`: what was asked for, by the names of the command's options. `written_on`: the clock's
    day; `known_at`: what was recorded later is left out. `revision`: the commit whose data it says,
    40 hex digits; None where the data had not been committed (草稿). `template`: fingerprint of the
    wording, 12 hex digits.
    """

    paper: PaperKind
    arguments: Mapping[str, str | int | bool]
    as_of: dt.date
    known_at: dt.date
    written_on: dt.date
    revision: str | None
    program: str
    template: str

    @property
    def is_draft(self) -> bool:
        """Whether it says what nobody committed, and so cannot be printed again."""
        return self.revision is None


class Letterhead(NamedTuple):
    """What people give a paper beside its text. What is None they have not said; its place is marked."""

    dated: dt.date
    """成文日期."""
    number: int | None = None
    """第N期."""
    document_number: str | None = None
    """发文字号."""
    has_red_head: bool = False
    """Whether the 发文机关标志 stands above it, in red."""


class Paper(NamedTuple):
    """One paper. `title` is in pieces: it may be broken between them, not inside one (7.3.1)."""

    stamp: Stamp
    letterhead: Letterhead
    issuer: str
    title: tuple[str, ...]
    issue: str
    """第N期, where it is one of a series; empty otherwise."""
    addressee: str
    """主送机关, without the colon; empty where there is none."""
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    facts: Any
    """The figures that it says, as json answers them."""
