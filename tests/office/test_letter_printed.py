"""A paper as LibreOffice prints it: what a person would see on its pages."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Convert
from letters import TASKS, letter

from yzplan.office.letter import docx_bytes
from yzplan.papers.paper import Column, Heading, Paragraph, Table

FULL = "模拟市优化营商环境工作台账逐项登记按月调度"
SECTIONS = tuple(
    block
    for number in range(1, 30)
    for block in (Heading(2, "（一）", f"模拟标题{number}"), Paragraph(FULL * (1 + number % 4) + "。"))
)
NUMBERS = "72、73、75、78、79、80、81、82、83、84、86、87、112、114、115、116、117、118、119、120、121"
LISTED = Table("", (Column("单位"), Column("任务序号", 10)), (("模拟" * 20, NUMBERS), ("甲", f"第{NUMBERS}")))


class Word(NamedTuple):
    """A word on a page; lengths in points, from the upper left corner."""

    page: int
    left: float
    right: float
    bottom: float
    text: str


class Printed(NamedTuple):
    """A document as it was printed."""

    pages: list[list[str]]
    """The lines of each page."""
    words: list[Word]
    sizes: list[tuple[float, float]]

    def words_of(self, page: int) -> list[Word]:
        return [word for word in self.words if word.page == page]


def printed(pdf: Path) -> Printed:
    def said(*options: str) -> str:
        return subprocess.run(
            ["pdftotext", *options, pdf, "-"], check=True, capture_output=True, text=True, encoding="utf-8"
        ).stdout

    pages = [
        [line.strip() for line in page.splitlines() if line.strip()] for page in said("-layout").split("\f")
    ]
    words: list[Word] = []
    sizes: list[tuple[float, float]] = []
    for line in said("-bbox").splitlines():
        if size := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            sizes.append((float(size[1]), float(size[2])))
        elif word := re.search(r'xMin="(.+?)" yMin=".+?" xMax="(.+?)" yMax="(.+?)">(.+?)</word>', line):
            words.append(Word(len(sizes), *map(float, word.groups()[:3]), word[4]))
    return Printed(pages[:-1], words, sizes)


@pytest.fixture(scope="module")
def papers(soffice: Convert) -> dict[str, Printed]:
    documents = {
        "full": letter(Paragraph(FULL * 120)),
        "listed": letter(LISTED),
        "long": letter(*SECTIONS, TASKS, Paragraph("以上。"), attachments=2),
    }
    files = soffice({name: docx_bytes(paper) for name, paper in documents.items()})
    return {name: printed(file) for name, file in files.items()}


def test_a_full_page_has_22_lines_of_28_characters(papers: dict[str, Printed]) -> None:
    for page in papers["full"].pages[1:3]:
        assert [len(line) for line in page[:-1]] == [28] * 22


def test_each_page_has_its_number_outside(papers: dict[str, Printed]) -> None:
    paper = papers["long"]
    assert len(paper.sizes) >= 8
    for page, (width, height) in enumerate(paper.sizes, start=1):
        if width < height:
            assert paper.pages[page - 1][-1].replace(" ", "") == f"—{page}—"
            low = [word for word in paper.words_of(page) if word.bottom > height - 99]
            assert [word.text for word in low] == ["—", str(page), "—"]
            # 28 mm from the left edge and 26 from the right, and 14 points more.
            edge = low[0].left - 79.4 if page % 2 == 0 else width - 73.7 - low[-1].right
            assert 13 < edge < 16
        else:
            # It stands 28 mm from the left edge of a turned page, where the foot of an upright one is.
            number = [word for word in paper.words_of(page) if word.right < 90]
            assert str(page) in "".join(word.text for word in number)


def test_nothing_is_printed_outside_of_the_text(papers: dict[str, Printed]) -> None:
    paper = papers["long"]
    for word in paper.words:
        width, height = paper.sizes[word.page - 1]
        if width < height and word.bottom < height - 99:
            assert 79 < word.left < word.right < width - 73, word
        elif width > height and word.left > 95:
            assert 98 < word.left < word.right < width - 104, word
            assert word.bottom < height - 73, word


def test_tables_repeat_their_headings(papers: dict[str, Printed]) -> None:
    of_tasks = [page for page in papers["long"].pages if any("网上办理占比" in line for line in page)]
    assert len(of_tasks) >= 4
    for page in of_tasks:
        (heading, *_) = [number for number, line in enumerate(page) if line.startswith("序号")]
        assert re.match(r"\d+ +推行模拟事项|推行模拟事项", page[heading + 1])
    of_scores = [page for page in papers["long"].pages if any("模拟任务" in line for line in page)]
    assert len(of_scores) >= 2
    for page in of_scores:
        assert any(line.startswith("单位") for line in page)


def test_lists_of_numbers_are_broken_between_numbers(papers: dict[str, Printed]) -> None:
    words = [word for word in papers["listed"].words if "、" in word.text]
    assert len(words) >= 4
    said = "".join(word.text for word in words)
    assert said.replace("第", "") == NUMBERS * 2
    assert all(word.text.endswith(("、", "121")) for word in words)


def test_no_page_is_empty_and_no_heading_ends_one(papers: dict[str, Printed]) -> None:
    for page in papers["long"].pages:
        assert len(page) > 4
        last = page[-2]
        assert not re.match(r"（一）|表1|序号", last)
