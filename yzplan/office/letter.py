"""A paper as .docx, in the form of GB/T 9704-2012, so that it can be stamped and sent."""

from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from yzplan.office import styles
from yzplan.office.markup import lines, paragraph, run, runs
from yzplan.office.master import CORE, CUSTOM, DOCUMENT, Master, master
from yzplan.office.measures import CHARACTER, LINE_CHARACTERS, halves
from yzplan.office.tables import is_wide, table_xml
from yzplan.office.titles import title_lines
from yzplan.papers.filters import day
from yzplan.papers.outline import attachment_labels, data_note, document_number
from yzplan.papers.paper import Attachment, Block, Heading, Paper, Paragraph, Stamp, Table
from yzplan.papers.stamping import read_stamp, stamp_text

_PROPERTY = "yzplan"
"""The custom property of the document that its stamp is in."""
_PROPERTY_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_CORE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_VALUE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_LONGEST_PROPERTIES = 1 << 20
"""Bytes of custom properties that are read at all; ours are a thousandth of it."""
_ANY_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of each part of the file: the same paper has the same bytes whenever it is made."""
_KEPT_LINES = 6
_HEAD_ROOM = 2 * 436
"""Half points across the page that the 发文机关标志 may take."""


def docx_bytes(paper: Paper) -> bytes:
    """The paper as a .docx file; the same paper gives the same bytes."""
    empty = master(paper.stamp.is_draft)
    own = {
        DOCUMENT: _document(paper, empty),
        CORE: _core_properties(paper),
        CUSTOM: _custom_properties(paper.stamp),
    }
    return _packed(empty.parts | {name: xml.encode() for name, xml in own.items()})


def stamp_of_docx(content: bytes) -> Stamp | None:
    """The stamp of a paper that `docx_bytes` made; None where the file is none of ours.

    Raises DataError where there is a stamp that cannot be used.
    """
    from docx.oxml import parse_xml

    try:
        with ZipFile(BytesIO(content)) as archive:
            if archive.getinfo(CUSTOM).file_size > _LONGEST_PROPERTIES:
                return None
            properties = parse_xml(archive.read(CUSTOM))
    except (BadZipFile, KeyError, ValueError, SyntaxError, NotImplementedError, RuntimeError, OSError):
        return None
    for each in properties.iterfind(f"{{{_PROPERTY_NAMESPACE}}}property"):
        if each.get("name") == _PROPERTY:
            return read_stamp("".join(each.itertext()))
    return None


class _Flow:
    """What follows one another, and on what pages."""

    def __init__(self, empty: Master) -> None:
        self._pages = {False: empty.upright, True: empty.turned}
        self._pieces: list[str] = []
        self._is_turned = False

    def add(self, *pieces: str) -> None:
        """Add paragraphs and tables; a table is never the last."""
        self._pieces += pieces

    def turn(self, is_turned: bool) -> None:
        """Let what follows stand on pages turned aside, or on upright ones again."""
        if is_turned != self._is_turned:
            # The last paragraph of a section holds its pages: one of its own could make an empty page.
            *_, last = self._pieces
            before, end, after = last.rpartition("</w:pPr>")
            self._pieces[-1] = f"{before}{self._pages[self._is_turned]}{end}{after}"
            self._is_turned = is_turned

    def xml(self) -> str:
        """The content of the document's body."""
        return "".join((*self._pieces, self._pages[self._is_turned]))


def _document(paper: Paper, empty: Master) -> str:
    flow = _Flow(empty)
    flow.add(*_head(paper))
    _add_blocks(flow, paper.blocks[:-1])
    _add_blocks(flow, paper.blocks[-1:], settings="" if _is_long(paper.blocks[-1:]) else styles.KEPT)
    flow.turn(False)
    flow.add(*_enclosures(paper.attachments), *_signature(paper))
    for label, attachment in zip(attachment_labels(paper), paper.attachments, strict=True):
        _add_attachment(flow, attachment, label)
    return f'<w:document xmlns:w="{styles.NAMESPACE}"><w:body>{flow.xml()}</w:body></w:document>'


def _is_long(last: tuple[Block, ...]) -> bool:
    """Whether the body's last block is too long to be kept with the signature.

    A signature should not stand on a page without anything that is signed, but LibreOffice keeps whole
    paragraphs together, and a long one would leave half a page empty.
    """
    return any(
        isinstance(block, Paragraph) and halves(block.text) > 2 * LINE_CHARACTERS * _KEPT_LINES
        for block in last
    )


def _head(paper: Paper) -> list[str]:
    """What stands above the body: 版头 where it is asked for, title, 主送机关."""
    has_red_head = paper.stamp.red_head
    found = []
    if has_red_head:
        found.append(paragraph(styles.HEAD, run(paper.issuer, _squeezed(paper.issuer))))
    if paper.issue:
        found.append(paragraph(styles.ISSUE, runs(paper.issue)))
    number = styles.HEAD_NUMBER if has_red_head else styles.NUMBER
    found.append(paragraph(number, runs(document_number(paper))))
    found.append(paragraph(styles.TITLE, lines(title_lines(paper.title))))
    if paper.addressee:
        found.append(paragraph(styles.ADDRESSEE, runs(f"{paper.addressee}：")))
    return found


def _squeezed(issuer: str) -> str:
    """The setting by which a long 发文机关标志 stands on one line: its characters are made narrower."""
    wish = halves(issuer) * styles.HEAD_SIZE // 2
    return f'<w:w w:val="{100 * _HEAD_ROOM // wish}"/>' if wish > _HEAD_ROOM else ""


def _add_blocks(
    flow: _Flow, blocks: tuple[Block, ...], *, is_turned: bool = False, settings: str = ""
) -> None:
    """Add blocks; `is_turned`: whether all of them stand on pages turned aside.

    `settings` are those of each one's last paragraph.
    """
    for block in blocks:
        match block:
            case Heading():
                flow.turn(is_turned)
                flow.add(
                    paragraph(f"{styles.HEADING}{block.level}", runs(block.number + block.text), settings)
                )
            case Paragraph():
                flow.turn(is_turned)
                flow.add(paragraph(styles.BODY, runs(block.text), settings))
            case Table():
                aside = is_turned or is_wide(block)
                flow.turn(aside)
                flow.add(table_xml(block, is_turned=aside, settings=settings))


def _enclosures(attachments: tuple[Attachment, ...]) -> list[str]:
    """The 附件说明: which attachments there are, without a mark at the end (7.3.4)."""
    if len(attachments) == 1:
        return [paragraph(styles.ENCLOSURE, runs(f"附件：{attachments[0].title}"))]
    return [
        paragraph(
            styles.MORE_ENCLOSURES if number > 1 else styles.ENCLOSURES,
            run(f"{'' if number > 1 else '附件：'}{number}.")
            + "<w:r><w:tab/></w:r>"
            + runs(attachment.title),
        )
        for number, attachment in enumerate(attachments, start=1)
    ]


def _signature(paper: Paper) -> list[str]:
    """署名 and 成文日期 of a paper without a seal (7.3.5.2), and what its data are.

    The 署名 ends two characters before the line does; the date begins two characters to the right of it.
    A date that is the longer of the two ends two characters before the line does, and the 署名 yields.
    """
    date = day(paper.stamp.dated)
    signed, dated = halves(paper.issuer), halves(date)
    start = 2 * (LINE_CHARACTERS - 2) - (signed if dated <= signed else dated + 4)
    return [
        paragraph(styles.SIGNATURE, run(paper.issuer), _indent(start)),
        paragraph(styles.DATE, run(date), _indent(start + 4)),
        paragraph(styles.PROVENANCE, run(data_note(paper))),
    ]


def _indent(half_characters: int) -> str:
    return f'<w:ind w:left="{max(0, half_characters) * CHARACTER // 2}"/>'


def _add_attachment(flow: _Flow, attachment: Attachment, label: str) -> None:
    """Add an attachment on pages of its own (7.3.7); one with a wide table is turned aside as a whole."""
    is_turned = any(isinstance(block, Table) and is_wide(block) for block in attachment.blocks)
    flow.turn(is_turned)
    flow.add(
        paragraph(styles.ANNEX_LABEL, run(label)),
        paragraph(styles.ANNEX_TITLE, runs(attachment.title)),
    )
    _add_blocks(flow, attachment.blocks, is_turned=is_turned)


def _core_properties(paper: Paper) -> str:
    time = f"{paper.stamp.dated.isoformat()}T00:00:00Z"
    issuer = escape(paper.issuer)
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE_NAMESPACE}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(''.join(paper.title))}</dc:title><dc:creator>{issuer}</dc:creator>"
        f"<cp:lastModifiedBy>{issuer}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _custom_properties(stamp: Stamp) -> str:
    return (
        f'<Properties xmlns="{_PROPERTY_NAMESPACE}" xmlns:vt="{_VALUE_NAMESPACE}">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{_PROPERTY}">'
        f"<vt:lpwstr>{escape(stamp_text(stamp))}</vt:lpwstr></property></Properties>"
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = ZipInfo(name, _ANY_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # as everywhere, wherever it is made
            archive.writestr(entry, part)
    return content.getvalue()
