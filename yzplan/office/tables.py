"""Tables of a paper: as wide as the text, their headings on every page, no row broken by a page's end."""

from yzplan.office import styles
from yzplan.office.columns import fitting, squeezed
from yzplan.office.markup import paragraph, run, runs
from yzplan.office.measures import TEXT_HEIGHT, TEXT_WIDTH
from yzplan.papers.paper import Column, Table

_UPRIGHT_SIZES = styles.TABLE_SIZES[:2]
"""小四 and 五号: rather than in 小五, a table is set on a page turned aside."""
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


def is_wide(table: Table) -> bool:
    """Whether it has no room across a page, and so stands on a page turned aside."""
    return fitting(table, TEXT_WIDTH, _UPRIGHT_SIZES) is None


def table_xml(table: Table, *, is_turned: bool = False, settings: str = "") -> str:
    """The table with its title above and its note below; the last of it is always a paragraph.

    `is_turned`: whether it stands on a page turned aside, where it has the page's height for its width;
    `settings` are those of the last paragraph.
    """
    room, sizes = (TEXT_HEIGHT, styles.TABLE_SIZES) if is_turned else (TEXT_WIDTH, _UPRIGHT_SIZES)
    size, widths = fitting(table, room, sizes) or squeezed(table, room, sizes[-1])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    title = paragraph(styles.CAPTION, runs(table.title)) if table.title else ""
    below = styles.TABLE_NOTE if table.note else styles.TABLE_END
    after = paragraph(below, runs(table.note), settings)
    return (
        f'{title}<w:tbl><w:tblPr><w:tblStyle w:val="{styles.GRID}"/><w:tblW w:w="{room}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_headings(table.columns, widths, size)}{''.join(_rows(table, widths, size))}</w:tbl>{after}"
    )


def _headings(columns: tuple[Column, ...], widths: tuple[int, ...], size: int) -> str:
    style = f"{styles.COLUMN}{size}"
    cells = "".join(
        # With the first row they go, so that no page ends with a table's headings.
        _cell(width, paragraph(style, run(column.heading), styles.KEPT))
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(table: Table, widths: tuple[int, ...], size: int) -> list[str]:
    aligned = [f'<w:jc w:val="{_ALIGN[column.align]}"/>' for column in table.columns]
    style = f"{styles.CELL}{size}"
    found = []
    for number, row in enumerate(table.rows, start=1):
        kept = styles.KEPT if number == len(table.rows) else ""
        cells = "".join(
            _cell(width, paragraph(style, run(text), kept + align))
            for text, width, align in zip(row, widths, aligned, strict=True)
        )
        found.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return found


def _cell(width: int, content: str) -> str:
    settings = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{settings}{content}</w:tc>"
