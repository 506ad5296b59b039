"""The document that every paper is filled into: pages, page numbers, styles, fonts, settings.

python-docx makes it once a process. What its own template brings along (a theme, a thumbnail, blue
headings, English) is taken out, for it would be in every paper.
"""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from yzplan.errors import DataError
from yzplan.office import styles
from yzplan.office.markup import paragraph, run
from yzplan.office.measures import (
    BOTTOM,
    LEFT,
    LINE,
    PAGE_NUMBER_FROM_EDGE,
    PAGE_NUMBER_SIZE,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    RIGHT,
    TEXT_WIDTH,
    TOP,
)
from yzplan.papers.stamping import DRAFT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section, _BaseHeaderFooter

DOCUMENT, CORE, CUSTOM = "word/document.xml", "docProps/core.xml", "docProps/custom.xml"
"""The parts that each paper has its own of."""

_KEPT = ("officeDocument", "core-properties", "styles", "settings", "fontTable")
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_HEADER_FROM_EDGE = 1134
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_SETTINGS = (
    f'<w:settings xmlns:w="{styles.NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/>'
    "<w:evenAndOddHeaders/>"
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
)


class Master(NamedTuple):
    """The parts of the empty document by their names, and its two kinds of pages as w:sectPr."""

    parts: dict[str, bytes]
    upright: str
    turned: str


@cache
def master(is_draft: bool) -> Master:
    """The empty document; a draft's says on every page that it is one.

    Raises DataError where python-docx, or the empty document that comes with it, is not there.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
    except ImportError as error:
        raise DataError(f"写不了 docx：python-docx 用不了（{error}）", "重装 yzplan，或换一种格式") from error
    try:
        document = docx.Document()
    except (PackageNotFoundError, OSError) as error:
        raise DataError(
            "写不了 docx：python-docx 的空白文档不见了", "重装 python-docx，或换一种格式"
        ) from error
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, each in relations.items() if not each.reltype.endswith(_KEPT)]:
            del relations[name]
    _replace(document.styles.element, styles.styles_xml())
    _replace(document.settings.element, _SETTINGS)
    for relation in document.part.rels.values():
        if relation.reltype.endswith("fontTable"):
            relation.target_part._blob = styles.fonts_xml().encode()
    package = document.part.package
    custom = Part(PackURI(f"/{CUSTOM}"), _CUSTOM_TYPE, b"", package)
    package.relate_to(
        custom, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    )
    upright = _upright(document, is_draft)
    turned = _turned(document, is_draft)
    content = BytesIO()
    document.save(content)
    with ZipFile(content) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return Master(parts, upright, turned)


def _upright(document: "Document", is_draft: bool) -> str:
    """The pages as most are."""
    section = document.sections[0]
    _measure(section, (PAPER_WIDTH, PAPER_HEIGHT), (TOP, RIGHT, BOTTOM, LEFT), PAGE_NUMBER_FROM_EDGE)
    _fill(section.footer, _number(styles.ODD_NUMBER))
    _fill(section.even_page_footer, _number(styles.EVEN_NUMBER))
    if is_draft:
        for header in (section.header, section.even_page_header):
            _fill(header, paragraph(styles.HEADER, run(DRAFT)))
    return _section_xml(section)


def _turned(document: "Document", is_draft: bool) -> str:
    """The pages of wide tables: turned aside whole, so the page number stays where it is on paper (8).

    The upper side of the table is at the left of the upright page, and the page number, at its foot, is
    at the left of the turned one, in writing that runs downwards.
    """
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    _measure(section, (PAPER_HEIGHT, PAPER_WIDTH), (LEFT, TOP, RIGHT, BOTTOM), RIGHT // 2)
    for footer, style in (
        (section.footer, styles.ODD_NUMBER),
        (section.even_page_footer, styles.EVEN_NUMBER),
    ):
        footer.is_linked_to_previous = False
        _fill(footer, _aside(_number(style)) + paragraph(styles.TABLE_END, ""))
    if is_draft:
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            _fill(header, paragraph(styles.HEADER, run(DRAFT)))
    return _section_xml(section)


def _number(style: str) -> str:
    """The page number with a dash (一字线) on each side."""
    return paragraph(style, run("— ") + _PAGE + run(" —"))


def _aside(number: str) -> str:
    """The page number at the left of a turned page: in a table of one cell that stands there."""
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:horzAnchor="page" w:vertAnchor="page" '
        f'w:tblpX="{PAGE_NUMBER_FROM_EDGE}" w:tblpY="{LEFT}"/>'
        f'<w:tblW w:w="{PAGE_NUMBER_SIZE}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{PAGE_NUMBER_SIZE}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{TEXT_WIDTH}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{PAGE_NUMBER_SIZE}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>'
        f"{number}</w:tc></w:tr></w:tbl>"
    )


def _measure(
    section: "Section", paper: tuple[int, int], margins: tuple[int, int, int, int], footer: int
) -> None:
    """Set the paper's width and height, and its margins from the top clockwise."""
    from docx.oxml import parse_xml
    from docx.shared import Twips

    section.page_width, section.page_height = map(Twips, paper)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Twips, margins)
    section.header_distance, section.footer_distance = Twips(_HEADER_FROM_EDGE), Twips(footer)
    section.gutter = Twips(0)
    properties: Any = section._sectPr
    properties.attrib.clear()
    for grid in properties.findall(f"{{{styles.NAMESPACE}}}docGrid"):
        properties.remove(grid)
    properties.append(
        parse_xml(f'<w:docGrid xmlns:w="{styles.NAMESPACE}" w:type="lines" w:linePitch="{LINE}"/>')
    )


def _fill(margin: "_BaseHeaderFooter", content: str) -> None:
    """Let a header or footer of pages say this."""
    margin.is_linked_to_previous = False
    tag = margin._element.tag.rpartition("}")[2]
    _replace(margin._element, f'<w:{tag} xmlns:w="{styles.NAMESPACE}">{content}</w:{tag}>')


def _replace(element: Any, xml: str) -> None:
    """Put another element's content in the place of this one's."""
    from docx.oxml import parse_xml

    element[:] = list(parse_xml(xml))


def _section_xml(section: "Section") -> str:
    from docx.oxml.xmlchemy import serialize_for_reading

    text: str = serialize_for_reading(section._sectPr)
    return text
