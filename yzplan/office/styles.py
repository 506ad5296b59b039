"""The styles of a paper and their fonts (GB/T 9704-2012, 5.2.2 and 7): everything it looks like is here."""

from typing import NamedTuple

from yzplan.office.measures import CHARACTER, LINE, TIGHTENING

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

XIAOBIAOSONG, FANGSONG, HEITI, KAITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
"""What digits and Latin letters stand in; the standard leaves it open, this is what offices use."""
FONTS = {
    XIAOBIAOSONG: ("方正小标宋_GBK,小标宋体,华文中宋,宋体", "roman", "variable"),
    FANGSONG: ("仿宋,FangSong,华文仿宋,方正仿宋简体", "modern", "fixed"),
    HEITI: ("SimHei,方正黑体简体,微软雅黑", "modern", "fixed"),
    KAITI: ("楷体,KaiTi,华文楷体,方正楷体简体", "modern", "fixed"),
    SONGTI: ("SimSun,方正书宋简体", "roman", "variable"),
}
"""The fonts that papers name: what else they are called or what may stand for them, family and pitch.

None is embedded: 方正小标宋 and the others are licensed to the offices that have them.
"""

NORMAL, BODY, TITLE, HEADING = "Normal", "BodyText", "Title", "Heading"
ADDRESSEE, HEAD, ISSUE = "Addressee", "RedHead", "Issue"
NUMBER, HEAD_NUMBER = "DocumentNumber", "RedHeadNumber"
ENCLOSURE, ENCLOSURES, MORE_ENCLOSURES = "Enclosure", "FirstEnclosure", "NextEnclosure"
SIGNATURE, DATE, PROVENANCE = "Signature", "Date", "Provenance"
ANNEX_LABEL, ANNEX_TITLE = "AnnexLabel", "AnnexTitle"
CAPTION, COLUMN, CELL, TABLE_NOTE, TABLE_END, GRID = (
    "Caption",
    "Column",
    "Cell",
    "TableNote",
    "TableEnd",
    "Grid",
)
KEPT = "<w:keepNext/>"
"""The setting of a paragraph that stands on the page of what follows it."""
HEADER, ODD_NUMBER, EVEN_NUMBER, PLACE = "Header", "OddPageNumber", "EvenPageNumber", "Place"

TABLE_SIZES = (24, 21, 18)
"""小四, 五号, 小五 in half points: a table is set in the largest that has room (habit; no clause says it)."""
CELL_LINES = {24: 340, 21: 300, 18: 260}
"""The line of a table's text by its size: it would otherwise inherit the body's, nearly twice as high."""
HEAD_SIZE = 72
"""The 发文机关标志, in half points; the standard only asks that it be striking (7.2.4)."""
_GAP = 20
"""The line that must stand below a table, as low as Word lets it be."""
_PAGE_NUMBER = 28


class _Style(NamedTuple):
    """A paragraph style. Lengths in twips; sizes in half points; `name` as people and Word know it."""

    id: str
    name: str
    font: str = FANGSONG
    size: int = 32
    line: int = LINE
    before: int = 0
    after: int = 0
    align: str = "both"
    indent: str = ""
    """The attributes of w:ind."""
    keeps_with_next: bool = False
    begins_page: bool = False
    outline: int | None = None
    """Its level in the document's outline, from 0."""
    latin: str = LATIN
    colour: str = "000000"
    border: str = ""
    is_own: bool = True
    """Whether it is ours, and not one that Word has built in under this name."""


_FIRST_LINE = f'w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"'
_ITEM = 360
"""How much room `1. ` takes in the 附件说明."""


def _hanging(start: int, hanging: int) -> str:
    return f'w:left="{start}" w:hanging="{hanging}"'


def _heading(level: int, font: str) -> _Style:
    return _Style(
        f"{HEADING}{level}",
        f"heading {level}",
        font,
        indent=_FIRST_LINE,
        keeps_with_next=True,
        outline=level - 1,
        is_own=False,
    )


_STYLES = (
    _Style(BODY, "Body Text", indent=_FIRST_LINE, is_own=False),
    _Style(
        TITLE,
        "Title",
        XIAOBIAOSONG,
        44,
        700,
        after=LINE,
        align="center",
        keeps_with_next=True,
        latin=XIAOBIAOSONG,
        is_own=False,
    ),
    _heading(1, HEITI),
    _heading(2, KAITI),
    _heading(3, FANGSONG),
    _Style(ADDRESSEE, "主送机关", align="left"),
    _Style(NUMBER, "发文字号", after=2 * LINE, align="center", keeps_with_next=True),
    _Style(ISSUE, "期号", align="center", keeps_with_next=True),
    _Style(
        HEAD,
        "发文机关标志",
        XIAOBIAOSONG,
        HEAD_SIZE,
        900,
        # Its characters begin 35 mm below the upper side of the text; the line's spare room is around them.
        before=1984 - (900 - 10 * HEAD_SIZE) // 2,
        after=2 * LINE,
        align="center",
        keeps_with_next=True,
        latin=XIAOBIAOSONG,
        colour="FF0000",
    ),
    _Style(
        HEAD_NUMBER,
        "红头发文字号",
        after=2 * LINE,
        align="center",
        keeps_with_next=True,
        # The rule is 4 mm below; the line itself leaves 6 of those 11 points.
        border='<w:bottom w:val="single" w:sz="12" w:space="5" w:color="FF0000"/>',
    ),
    _Style(
        ENCLOSURE,
        "附件说明",
        before=LINE,
        indent=_hanging(5 * CHARACTER, 3 * CHARACTER),
        keeps_with_next=True,
    ),
    _Style(
        ENCLOSURES,
        "附件说明首项",
        before=LINE,
        indent=_hanging(5 * CHARACTER + _ITEM, 3 * CHARACTER + _ITEM),
        keeps_with_next=True,
    ),
    _Style(
        MORE_ENCLOSURES, "附件说明续项", indent=_hanging(5 * CHARACTER + _ITEM, _ITEM), keeps_with_next=True
    ),
    _Style(SIGNATURE, "Signature", before=LINE, align="left", keeps_with_next=True, is_own=False),
    _Style(DATE, "Date", align="left", keeps_with_next=True, is_own=False),
    _Style(PROVENANCE, "数据说明", size=18, line=240, before=LINE, align="left"),
    _Style(ANNEX_LABEL, "附件标记", HEITI, align="left", keeps_with_next=True, begins_page=True),
    _Style(
        ANNEX_TITLE,
        "附件标题",
        XIAOBIAOSONG,
        44,
        700,
        before=LINE,
        after=LINE,
        align="center",
        keeps_with_next=True,
        outline=0,
        latin=XIAOBIAOSONG,
    ),
    _Style(
        CAPTION,
        "caption",
        HEITI,
        28,
        440,
        before=120,
        after=60,
        align="center",
        keeps_with_next=True,
        is_own=False,
    ),
    _Style(TABLE_NOTE, "表注", size=21, line=300, before=60, after=120),
    _Style(TABLE_END, "表后", size=2, line=_GAP, after=120),
    *(
        _Style(f"{COLUMN}{size}", f"表头{size // 2}磅", HEITI, size, CELL_LINES[size], align="center")
        for size in TABLE_SIZES
    ),
    *(
        _Style(f"{CELL}{size}", f"表文{size // 2}磅", FANGSONG, size, CELL_LINES[size], align="left")
        for size in TABLE_SIZES
    ),
    _Style(HEADER, "header", HEITI, 28, 400, align="right", is_own=False),
    _Style(
        ODD_NUMBER,
        "单页码",
        SONGTI,
        _PAGE_NUMBER,
        10 * _PAGE_NUMBER,
        align="right",
        indent=f'w:rightChars="100" w:right="{10 * _PAGE_NUMBER}"',
        latin=SONGTI,
    ),
    _Style(
        EVEN_NUMBER,
        "双页码",
        SONGTI,
        _PAGE_NUMBER,
        10 * _PAGE_NUMBER,
        align="left",
        indent=f'w:leftChars="100" w:left="{10 * _PAGE_NUMBER}"',
        latin=SONGTI,
    ),
)


def styles_xml() -> str:
    """The whole of word/styles.xml: nothing of a template's is left, neither its blue nor its Calibri."""
    normal = (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{NORMAL}"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/>{_spacing(LINE)}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(FANGSONG, LATIN)}<w:color w:val="000000"/>'
        f'<w:spacing w:val="-{TIGHTENING}"/>{_size(32)}</w:rPr></w:style>'
    )
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults>'
        f"<w:rPrDefault><w:rPr>{_fonts(FANGSONG, LATIN)}{_size(32)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{normal}{_CHARACTERS}{_TABLES}{''.join(map(_xml, _STYLES))}</w:styles>"
    )


def fonts_xml() -> str:
    """The whole of word/fontTable.xml: which fonts a machine may take that has not the ones named."""
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, (others, family, pitch) in FONTS.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f'<w:fonts xmlns:w="{NAMESPACE}">{named}{latin}</w:fonts>'


_CHARACTERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    f'<w:style w:type="character" w:customStyle="1" w:styleId="{PLACE}"><w:name w:val="待填"/><w:qFormat/>'
    '<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:rPr></w:style>'
)


def _edge(side: str) -> str:
    return f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'


def _margin(side: str, width: int) -> str:
    return f'<w:{side} w:w="{width}" w:type="dxa"/>'


_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
CELL_PADDING = 70
"""Left and right in a cell of a table."""
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{GRID}"><w:name w:val="公文表格"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr>'
    f"<w:tblBorders>{''.join(map(_edge, _EDGES))}</w:tblBorders>"
    f"<w:tblCellMar>{_margin('top', 30)}{_margin('left', CELL_PADDING)}"
    f"{_margin('bottom', 30)}{_margin('right', CELL_PADDING)}</w:tblCellMar></w:tblPr></w:style>"
)


def _fonts(font: str, latin: str) -> str:
    """All four, or a theme's and a template's would win where one is missing."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:cs="{latin}"/>'


def _size(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _spacing(line: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _xml(style: _Style) -> str:
    own = ' w:customStyle="1"' if style.is_own else ""
    settings = "".join(
        (
            f"{KEPT}<w:keepLines/>" if style.keeps_with_next else "",
            "<w:pageBreakBefore/>" if style.begins_page else "",
            f"<w:pBdr>{style.border}</w:pBdr>" if style.border else "",
            '<w:snapToGrid w:val="0"/>' if style.line != LINE else "",
            _spacing(style.line, style.before, style.after),
            f"<w:ind {style.indent}/>" if style.indent else "",
            f'<w:jc w:val="{style.align}"/>',
            f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
        )
    )
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{NORMAL}"/><w:qFormat/><w:pPr>{settings}</w:pPr><w:rPr>'
        f'{_fonts(style.font, style.latin)}<w:color w:val="{style.colour}"/>{_size(style.size)}'
        "</w:rPr></w:style>"
    )
