"""A paper (公文) as what it says, in order. Every format is made from it, and knows nothing else."""

import datetime as dt
from typing import Any, Literal, NamedTuple

from yzplan.assess import Viewpoint
from yzplan.model import Month, Period
from yzplan.model.shape import Count, Day, Fingerprint, Flag, Line, Noun, noun

PaperKind = Literal["dispatch", "bulletin", "assess", "performance", "notice"]
NoticeForm = Literal["提示函", "督办函"]


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
    """What a paper was asked for and where it comes from: enough to print it again, byte for byte."""

    paper: PaperKind
    month: Month | None = None
    """What month's close a dispatch or notice is about."""
    period: Period | None = None
    """What quarter's or year's close a bulletin or assessment is about."""
    unit: Line | None = None
    """To whom a notice goes."""
    form: NoticeForm | None = None
    """What kind of notice it is."""
    reply_by: Day | None = None
    """The day by which an answer is asked for; its place is marked where nobody set one."""
    dated: Day
    """成文日期."""
    number: Count | None = None
    """第N期; its place is left blank where nobody gave one."""
    document_number: Line | None = None
    """发文字号; its place is marked where nobody gave one."""
    red_head: Flag = False
    """Whether the 发文机关标志 stands above it, in red."""
    known_at: Day
    """What was recorded later is left out."""
    written_on: Day
    """What day it was when it was written: a deadline that had not passed then was not missed."""
    revision: Line | None = None
    """The commit whose data it says, 40 hex digits; None where they had not been committed (草稿)."""
    program: Line
    """The program's version."""
    template: Fingerprint
    """The wording's fingerprint."""

    @property
    def is_draft(self) -> bool:
        """Whether it says what nobody committed, and so cannot be printed again."""
        return self.revision is None

    @property
    def as_of(self) -> dt.date:
        """The day whose close it is about: the last of its month, quarter or year."""
        asked = self.month or self.period
        assert asked  # noqa: S101 - every paper is about one of the two
        return asked.last_day

    @property
    def viewpoint(self) -> Viewpoint:
        """From when its figures are asked."""
        return Viewpoint(as_of=self.as_of, today=self.written_on, known_at=self.known_at)


class Paper(NamedTuple):
    """One paper. `title` is in pieces: it may be broken between them, not inside one (7.3.1)."""

    stamp: Stamp
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
