"""Invented papers (模拟) to be set, and what is asked of a document that was."""

import datetime as dt
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from yzplan.model import Month
from yzplan.office.letter import docx_bytes
from yzplan.papers.paper import Attachment, Block, Column, Heading, Paper, Paragraph, Stamp, Table

OFFICE = "模拟市优化营商环境工作领导小组办公室"
TASKS = Table(
    "表1　逾期任务清单（模拟）",
    (
        Column("序号", 3, "centre"),
        Column("重点工作任务", 16),
        Column("完成时限", 5, "centre"),
        Column("逾期天数", 4, "right"),
    ),
    tuple(
        (str(number), "推行模拟事项网上办理，网上办理占比至80%以上。", "2022-07", str(3 * number))
        for number in range(1, 41)
    ),
    "注：均为编造。",
)
SCORES = Table(
    "",
    tuple(Column(heading, 8) for heading in ("单位", "任务", "角色", "时限", "态势", "得分", "佐证", "版本")),
    tuple(
        (
            "模拟市甲管理局",
            f"模拟任务{number}",
            "牵头单位",
            "2022年10月",
            "逾期未完成",
            "60.00",
            "模函〔2022〕12号",
            "0123456789ab",
        )
        for number in range(1, 41)
    ),
)


def stamp(**given: Any) -> Stamp:
    """The stamp of a notice, but for what is given."""
    usual: dict[str, Any] = {
        "paper": "notice",
        "month": Month(2022, 7),
        "unit": "市模拟甲局",
        "form": "督办函",
        "dated": dt.date(2022, 10, 8),
        "known_at": dt.date(2022, 10, 7),
        "written_on": dt.date(2022, 10, 7),
        "revision": "3f9a2c1b77e0" + "0" * 28,
        "program": "0.1.0",
        "template": "ab12ab12ab12",
    }
    return Stamp(**(usual | given))


def letter(
    *blocks: Block, issuer: str = OFFICE, attachments: int = 0, issue: str = "", **given: Any
) -> Paper:
    """A paper of these blocks, with as many attachments; what else is given goes into its stamp."""
    return Paper(
        stamp=stamp(**given),
        issuer=issuer,
        title=("关于2022年7月", "优化营商环境重点任务", "落实情况的", "督办函（模拟）"),
        issue=issue,
        addressee="市模拟甲局",
        blocks=blocks or (Paragraph("请于【答复期限】前书面答复。"),),
        attachments=(
            Attachment("逾期任务清单（模拟）", (Paragraph("均为编造。"), TASKS)),
            Attachment("考评明细表（模拟）", (SCORES,)),
        )[:attachments],
        facts={},
    )


def opened(paper: Paper) -> Document:
    """The paper's document, as python-docx reads it."""
    return docx.Document(BytesIO(docx_bytes(paper)))


def styled(document: Document) -> list[tuple[str, str]]:
    """The style and text of each paragraph outside of tables."""
    return [(str(each.style and each.style.name), each.text) for each in document.paragraphs]


def headings() -> tuple[Heading, ...]:
    """One of each level."""
    return (
        Heading(1, "一、", "总体情况"),
        Heading(2, "（一）", "按期完成情况"),
        Heading(3, "1.", "按指标"),
    )


def value(element: Any, path: str, attribute: str = "val") -> str | None:
    """An attribute of the element at a path such as `w:pPr/w:jc`; None where there is none."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    text: str | None = None if found is None else found.get(qn(f"w:{attribute}"))
    return text
