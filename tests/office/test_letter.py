"""A paper as .docx, read back: its pages, styles, fonts, order and stamp."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from chance import many
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from letters import OFFICE, SCORES, TASKS, headings, letter, opened, stamp, styled, value

from yzplan.errors import DataError
from yzplan.office.letter import docx_bytes, stamp_of_docx
from yzplan.papers.outline import data_note
from yzplan.papers.paper import Block, Column, Paragraph, Table
from yzplan.papers.stamping import DRAFT


def test_what_stands_where() -> None:
    document = opened(letter(*headings(), Paragraph("请于【答复期限】前书面答复。"), attachments=2))
    assert styled(document) == [
        ("发文字号", "【发文字号】"),
        ("Title", "关于2022年7月优化营商环境重点任务\n落实情况的督办函（模拟）"),
        ("主送机关", "市模拟甲局："),
        ("Heading 1", "一、总体情况"),
        ("Heading 2", "（一）按期完成情况"),
        ("Heading 3", "1.按指标"),
        ("Body Text", "请于【答复期限】前书面答复。"),
        ("附件说明首项", "附件：1.\t逾期任务清单（模拟）"),
        ("附件说明续项", "2.\t考评明细表（模拟）"),
        ("Signature", OFFICE),
        ("Date", "2022年10月8日"),
        ("数据说明", data_note(letter())),
        ("附件标记", "附件1"),
        ("附件标题", "逾期任务清单（模拟）"),
        ("Body Text", "均为编造。"),
        ("Caption", "表1　逾期任务清单（模拟）"),
        ("表注", "注：均为编造。"),
        ("附件标记", "附件2"),
        ("附件标题", "考评明细表（模拟）"),
        ("表后", ""),
    ]


def test_a_single_attachment_has_no_number() -> None:
    texts = [text for _, text in styled(opened(letter(attachments=1)))]
    assert "附件：逾期任务清单（模拟）" in texts
    assert "附件" in texts


def test_a_number_and_an_issue_that_are_given() -> None:
    document = opened(letter(issue="第3期", document_number="模拟函〔2022〕3号"))
    assert styled(document)[:3] == [
        ("期号", "第3期"),
        ("发文字号", "模拟函〔2022〕3号"),
        ("Title", "关于2022年7月优化营商环境重点任务\n落实情况的督办函（模拟）"),
    ]


def test_a_red_head_only_where_it_is_asked_for() -> None:
    document = opened(letter(red_head=True, document_number="模拟函〔2022〕3号"))
    assert styled(document)[:2] == [("发文机关标志", OFFICE), ("红头发文字号", "模拟函〔2022〕3号")]
    head, number = (each.style for each in document.paragraphs[:2])
    assert head is not None
    assert str(head.font.color.rgb) == "FF0000"
    assert number is not None
    assert value(number.element, "w:pPr/w:pBdr/w:bottom", "color") == "FF0000"


@pytest.mark.parametrize("attachments", [0, 2])
def test_pages(attachments: int) -> None:
    """5.1, 5.2.1: A4, margins of 37, 35, 28, 26 mm; 5.2.3: lines of which 22 fill a page."""
    upright = opened(letter(attachments=attachments)).sections[0]
    sizes = (
        upright.page_width,
        upright.page_height,
        upright.top_margin,
        upright.bottom_margin,
        upright.left_margin,
        upright.right_margin,
    )
    for size, millimetres in zip(sizes, (210, 297, 37, 35, 28, 26), strict=True):
        assert size is not None
        assert abs(size - Mm(millimetres)) < Mm(0.05)
    properties: Any = upright._sectPr
    assert value(properties, "w:docGrid", "type") == "lines"
    assert value(properties, "w:docGrid", "linePitch") == "579"


def test_wide_tables_turn_their_pages_and_no_others() -> None:
    document = opened(letter(Paragraph("甲。"), SCORES, Paragraph("乙。"), attachments=2))
    assert [section.orientation for section in document.sections] == [0, 1, 0, 1]
    widths = [section.page_width for section in document.sections]
    assert widths == [Mm(210).twips * 635, Mm(297).twips * 635] * 2


def test_page_numbers_are_outside_at_the_foot() -> None:
    """7.5: 四号 宋体, a dash on each side, right on odd pages, left on even ones."""
    document = opened(letter())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, align, side in (
        (section.footer, "right", "right"),
        (section.even_page_footer, "left", "left"),
    ):
        (line,) = footer.paragraphs
        assert line.text == "— 1 —"
        assert line.style is not None
        element = line.style.element
        assert [each.text for each in line._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert value(element, "w:pPr/w:jc") == align
        assert value(element, "w:pPr/w:ind", side) == "280"
        assert value(element, "w:rPr/w:sz") == "28"
        assert {*element.find(qn("w:rPr")).find(qn("w:rFonts")).attrib.values()} == {"宋体"}


@pytest.mark.parametrize(
    ("name", "font", "size", "align"),
    [
        ("Title", "方正小标宋简体", 22, "center"),
        ("Body Text", "仿宋_GB2312", 16, "both"),
        ("Heading 1", "黑体", 16, "both"),
        ("Heading 2", "楷体_GB2312", 16, "both"),
        ("Heading 3", "仿宋_GB2312", 16, "both"),
        ("主送机关", "仿宋_GB2312", 16, "left"),
        ("附件标记", "黑体", 16, "left"),
        ("附件标题", "方正小标宋简体", 22, "center"),
    ],
)
def test_fonts(name: str, font: str, size: int, align: str) -> None:
    style: Any = opened(letter()).styles[name]
    assert style.font.size.pt == size
    assert style.font.bold is None
    assert value(style.element, "w:rPr/w:rFonts", "eastAsia") == font
    assert value(style.element, "w:pPr/w:jc") == align
    assert value(style.element, "w:rPr/w:color") == "000000"


def test_no_style_leaves_a_font_to_a_theme_or_a_size_to_a_template() -> None:
    document = opened(letter())
    every = {qn(f"w:{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs")}
    fonts = [*document.styles.element.iter(qn("w:rFonts"))]
    assert fonts
    assert all({*each.attrib} == every for each in fonts)
    assert document.core_properties.author == OFFICE
    assert document.core_properties.comments == ""
    parts = {str(part.partname) for part in document.part.package.iter_parts()}
    assert not [name for name in parts if "theme" in name or "thumbnail" in name]


def test_paragraphs_begin_two_characters_in() -> None:
    styles = opened(letter()).styles
    for name in ("Body Text", "Heading 1", "Heading 2", "Heading 3"):
        element: Any = styles[name].element
        assert value(element, "w:pPr/w:ind", "firstLineChars") == "200"
        assert value(element, "w:pPr/w:ind", "firstLine") == "630"
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption", "附件标题"):
        assert styles[name].element.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_quotation_marks_are_chinese_and_places_are_marked() -> None:
    document = opened(letter(Paragraph("推行“一网通办”，于【答复期限】前答复A&B<C>。")))
    (body,) = [each for each in document.paragraphs if "一网通办" in each.text]
    assert [(each.text, each.style.name, value(each._r, "w:rPr/w:rFonts", "hint")) for each in body.runs] == [
        ("推行“一网通办”，于", "Default Paragraph Font", "eastAsia"),
        ("【答复期限】", "待填", None),
        ("前答复A&B<C>。", "Default Paragraph Font", None),
    ]


@pytest.mark.parametrize(
    ("issuer", "signed", "dated"),
    [
        (OFFICE, 8, 10),  # 18 characters end two before the line's 28th; the date is two to the right
        ("模拟市人民政府办公室", 16, 18),
        ("模拟办", 17.5, 19.5),  # the date, of 6.5, is longer: it ends two before the line's end
        ("模拟市优化营商环境工作领导小组办公室及其各成员单位与县市区", 0, 0),
    ],
)
def test_signature_and_date_without_a_seal(issuer: str, signed: float, dated: float) -> None:
    document = opened(letter(issuer=issuer))
    indents = [
        value(each._p, "w:pPr/w:ind", "left")
        for each in document.paragraphs
        if each.style is not None and each.style.name in ("Signature", "Date")
    ]
    assert indents == [str(int(signed * 315)), str(int(dated * 315))]


def test_a_table_is_as_wide_as_the_text_and_repeats_its_headings() -> None:
    document = opened(letter(TASKS))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "重点工作任务", "完成时限", "逾期天数"]
    assert [tuple(cell.text for cell in row.cells) for row in table.rows[1:3]] == [*TASKS.rows[:2]]
    element: Any = table._tbl
    assert [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in element.tr_lst] == [True] + [False] * 40
    assert all(row.findall(f".//{qn('w:cantSplit')}") for row in element.tr_lst)
    grid = [int(each.get(qn("w:w"))) for each in element.tblGrid.gridCol_lst]
    assert sum(grid) == 8844
    assert value(element, "w:tblPr/w:tblW", "w") == "8844"
    assert value(element, "w:tblPr/w:tblLayout", "type") == "fixed"
    aligns = [value(cell.paragraphs[0]._p, "w:pPr/w:jc") for cell in table.rows[1].cells]
    assert aligns == ["center", "left", "center", "right"]
    style: Any = table.rows[1].cells[0].paragraphs[0].style
    assert style.font.size.pt == 12
    assert value(style.element, "w:pPr/w:spacing", "line") == "340"


def test_a_draft_says_so_on_every_page() -> None:
    for section in opened(letter(attachments=2, revision=None)).sections:
        assert section.header.paragraphs[0].text == DRAFT
        assert section.even_page_header.paragraphs[0].text == DRAFT
    section = opened(letter()).sections[0]
    assert section.header.is_linked_to_previous


def test_the_same_paper_gives_the_same_bytes() -> None:
    content = docx_bytes(letter(TASKS, attachments=2))
    assert docx_bytes(letter(TASKS, attachments=2)) == content
    assert docx_bytes(letter(TASKS, attachments=1)) != content
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_stamp_is_read_back() -> None:
    for each in (stamp(document_number="<&>“模拟”〔2022〕3号"), stamp(revision=None, red_head=True)):
        assert stamp_of_docx(docx_bytes(letter()._replace(stamp=each))) == each


def _changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """A document whose custom properties say something else."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(changed, "w", ZIP_STORED) as copy:
        for name in archive.namelist():
            part = archive.read(name)
            copy.writestr(name, part.replace(old, new) if name == "docProps/custom.xml" else part)
    return changed.getvalue()


def test_what_has_no_stamp_and_what_has_a_wrong_one() -> None:
    content = docx_bytes(letter())
    assert stamp_of_docx(b"") is None
    assert stamp_of_docx(content[:-100]) is None
    assert stamp_of_docx(_changed(content, b'name="yzplan"', b'name="other"')) is None
    assert stamp_of_docx(_changed(content, b"</Properties>", b"")) is None
    assert stamp_of_docx(_changed(content, b"</Properties>", b" " * (1 << 20) + b"</Properties>")) is None
    with pytest.raises(DataError, match="印记用不了"):
        stamp_of_docx(_changed(content, b"2022-10-08", b"2022-13-08"))


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
@many(60)
def test_no_damage_is_a_traceback(place: int, rubbish: bytes) -> None:
    content = docx_bytes(letter())
    place = min(place, len(content) - 1) * len(content) // 3001
    try:
        read = stamp_of_docx(content[:place] + rubbish + content[place + len(rubbish) :])
    except DataError:
        return
    assert read in (None, stamp())


_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=30)


@given(_TEXTS)
@many(60)
def test_every_text_survives(text: str) -> None:
    table = Table(text, (Column(text),), ((text,),), text)
    paper = letter(Paragraph(text), table)
    document = opened(paper)
    assert [said for style, said in styled(document) if style in ("Body Text", "Caption", "表注")] == [
        text
    ] * 3
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [text] * 2


@pytest.mark.parametrize(
    ("last", "style", "is_kept"),
    [
        (Paragraph("甲" * 168), "Body Text", True),
        (Paragraph("甲" * 169), "Body Text", False),
        (TASKS, "表注", True),
        (TASKS._replace(note=""), "表后", True),
    ],
)
def test_a_signature_has_some_of_the_paper_on_its_page(last: Block, style: str, is_kept: bool) -> None:
    paragraphs = opened(letter(Paragraph("甲。"), last)).paragraphs
    before = paragraphs[[each.style.name for each in paragraphs if each.style].index("Signature") - 1]
    assert before.style is not None
    assert (before.style.name, bool(before.paragraph_format.keep_with_next)) == (style, is_kept)
