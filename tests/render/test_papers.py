"""A paper in every format: whole, in order, and with nothing in it that data could break."""

import dataclasses
from html.parser import HTMLParser

import pytest
from goldens import assert_golden
from markdown_it import MarkdownIt
from markdown_it.token import Token
from some_paper import HOSTILE, PAPER, with_texts
from stamps import BULLETIN, DRAFT, NOTICE
from wcwidth import wcswidth

from yzplan.papers.outline import outline
from yzplan.papers.paper import Column, Paper, Table
from yzplan.render import paper_answers, papers
from yzplan.render.paper_page import html
from yzplan.render.paper_screen import paper_parts
from yzplan.render.terminal import draw


def drawn(paper: Paper, width: int, *, colour: bool = False) -> str:
    return draw(paper_parts(paper, width), width, colour=colour)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paper.txt", papers.plain(PAPER)),
        ("paper.md", papers.markdown(PAPER)),
        ("paper.html", html(PAPER)),
        ("paper.json", paper_answers.json(PAPER)),
        ("paper-80.txt", drawn(PAPER, 80)),
        ("paper-40.txt", drawn(PAPER, 40)),
    ],
)
def test_a_whole_paper(name: str, text: str | bytes) -> None:
    assert_golden(f"papers/{name}", text)


def test_a_terminal_too_narrow_for_a_table_stacks_its_rows() -> None:
    text = drawn(PAPER, 24)
    assert text[text.index("表1") : text.index("注：")].splitlines() == [
        "表1 各牵头单位完成情况",
        "（模拟）",
        "序号 1 应完成 12 完成",
        "  率 43.8%",
        "  市模拟局",
        "",
        "序号 2 应完成 3 完成率",
        "  —",
        "  市样本和演示管理局",
    ]


def test_headings_take_two_lines_where_that_spares_stacking() -> None:
    columns = tuple(
        Column(each, 3, "centre") for each in ("单位", "任务数", "逾期未完成", "80—89.99分", "得分")
    )
    rows = (("模拟局", "12", "3", "1", "不适用"), ("演示局", "4", "", "—", "98.50"))
    paper = PAPER._replace(blocks=(Table("表", columns, rows),))
    wide, narrow = (drawn(paper, width).splitlines() for width in (44, 34))
    assert wide[wide.index("表") :][1:4] == [
        " 单位  任务数 逾期未完成 80—89.99分   得分",
        "模拟局     12          3          1 不适用",
        "演示局      4                     —  98.50",
    ]
    assert narrow[narrow.index("表") :][1:5] == [
        "       任务 逾期未     80—",
        " 单位    数   完成 89.99分   得分",
        "模拟局   12      3       1 不适用",
        "演示局    4              —  98.50",
    ]


def test_a_draft_says_so_first() -> None:
    draft = PAPER._replace(stamp=DRAFT, issue="")
    assert papers.plain(draft).startswith("草稿：数据还没有提交，不能重印\n\n关于2022年第三季度")
    assert papers.markdown(draft).startswith("> 草稿：数据还没有提交，不能重印\n\n# 关于2022年第三季度")
    assert '<body>\n<p class="draft">草稿：数据还没有提交，不能重印</p>\n' in html(draft)
    assert drawn(draft, 80).startswith("草稿：数据还没有提交，不能重印\n\n")
    assert paper_answers.answer(draft).draft is True
    assert "数据说明：草稿：数据还没有提交，不能重印。数据截至" in papers.plain(draft)


def test_a_letter_without_its_number_has_a_place_for_it() -> None:
    notice = PAPER._replace(stamp=dataclasses.replace(NOTICE, document_number=None), issue="")
    assert papers.plain(notice).startswith("【发文字号】\n\n关于")
    assert '<p class="number"><mark>【发文字号】</mark></p>' in html(notice)
    red = PAPER._replace(stamp=dataclasses.replace(DRAFT, red_head=True))
    assert "【发文字号】" in papers.plain(red)
    assert "【发文字号】" not in papers.plain(PAPER._replace(stamp=DRAFT))


def test_a_single_attachment_has_no_number() -> None:
    single = PAPER._replace(attachments=PAPER.attachments[1:])
    lines = papers.plain(single).splitlines()
    assert "　　附件：计分规则" in lines
    assert lines[-4:] == ["附件", "计分规则", "", "　　按期100分。"]


def test_a_paper_without_attachments_names_none() -> None:
    assert "附件" not in papers.plain(PAPER._replace(attachments=()))


def test_a_red_head_stands_first() -> None:
    red = PAPER._replace(stamp=dataclasses.replace(BULLETIN, red_head=True))
    assert papers.plain(red).splitlines()[:2] == ["模拟市优化营商环境工作领导小组办公室", "第3期"]
    assert '<body>\n<p class="head">模拟市优化营商环境工作领导小组办公室</p>\n' in html(red)
    assert "\x1b[1;31m" in drawn(red, 80, colour=True).splitlines()[0]


class Page(HTMLParser):
    """The elements of a page, each closed as it should be, and the text of each, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], data))


def said(paper: Paper) -> list[str]:
    """All that a paper says, in order: lines, and the cells of tables."""
    texts: list[str] = []
    for part in outline(paper):
        if isinstance(part, Table):
            texts += [part.title, *(column.heading for column in part.columns)]
            texts += [cell for row in part.rows for cell in row]
            texts.append(part.note)
        else:
            texts.append(part.text.strip())
    return [text for text in texts if text]


@pytest.mark.parametrize("paper", [PAPER, with_texts(*HOSTILE)])
def test_html_says_all_of_it_and_nothing_else(paper: Paper) -> None:
    page = Page(html(paper))
    assert "script" not in page.tags
    assert page.tags.count("table") == page.tags.count("thead")
    body = "".join(text for tag, text in page.texts if tag not in ("style", "title"))
    assert body == "".join(said(paper))


@pytest.mark.parametrize("paper", [PAPER, with_texts(*HOSTILE)])
def test_markdown_says_all_of_it_and_nothing_else(paper: Paper) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(papers.markdown(paper))
    assert tokens[-1].type == "html_block"
    assert [
        token.type for token in tokens[:-1] if token.type in ("html_block", "hr", "fence", "list_item_open")
    ] == []
    texts = [text for token in tokens if token.type == "inline" for text in [_text(token)] if text]
    found = "".join(texts).replace("　", "")
    assert found == "".join(said(paper)).replace("　", "")


def _text(token: Token) -> str:
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special", "strong_open", "strong_close"}
    return "".join(child.content for child in children)


@pytest.mark.parametrize("width", [12, 24, 40, 80, 160])
@pytest.mark.parametrize("paper", [PAPER, with_texts(*HOSTILE)])
def test_a_terminal_shows_all_of_it_and_no_line_too_long(paper: Paper, width: int) -> None:
    text = drawn(paper, width)
    assert all(wcswidth(line) <= width for line in text.splitlines())
    shown = "".join(text.split())
    for part in outline(paper):
        texts = [part.title, part.note] if isinstance(part, Table) else [part.text]
        assert all("".join(each.split()) in shown for each in texts)


def test_a_terminal_obeys_nothing_and_shows_what_is_to_be_filled_in() -> None:
    paper = with_texts("甲\x1b[2J乙", "[red]丙[/red]")
    assert "\x1b" not in drawn(paper, 80)
    assert r"甲\x1b[2J乙" in drawn(paper, 80)
    assert "[red]丙[/red]" in drawn(paper, 80)
    assert "\x1b[1;33m【此处填写领导批示】\x1b[0m请各单位" in drawn(PAPER, 80, colour=True)
