"""Tables of a paper: as wide as the text, their headings on every page, no row broken by a page's end."""

from itertools import accumulate, pairwise

from yzplan.office import styles
from yzplan.office.markup import paragraph, run, runs
from yzplan.office.measures import TEXT_HEIGHT, TEXT_WIDTH
from yzplan.papers.paper import Column, Table

_ALIGN = {"left": "left", "centre": "center", "right": "right"}


def is_wide(table: Table) -> bool:
    """Whether it has no room across a page even at 五号 (10.5 pt), and so stands on a page turned aside."""
    return _wish(table, styles.TABLE_SIZES[1]) > TEXT_WIDTH


def table_xml(table: Table, *, is_turned: bool = False, settings: str = "") -> str:
    """The table with its title above and its note below; the last of it is always a paragraph.

    `is_turned`: whether it stands on a page turned aside, where it has the page's height for its width;
    `settings` are those of the last paragraph.
    """
    room = TEXT_HEIGHT if is_turned else TEXT_WIDTH
    size = next((size for size in styles.TABLE_SIZES if _wish(table, size) <= room), styles.TABLE_SIZES[-1])
    widths = column_widths(table.columns, room)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    title = paragraph(styles.CAPTION, runs(table.title)) if table.title else ""
    below = styles.TABLE_NOTE if table.note else styles.TABLE_END
    after = paragraph(below, runs(table.note), settings)
    return (
        f'{title}<w:tbl><w:tblPr><w:tblStyle w:val="{styles.GRID}"/><w:tblW w:w="{room}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_headings(table.columns, widths, size)}{''.join(_rows(table, widths, size))}</w:tbl>{after}"
    )


def column_widths(columns: tuple[Column, ...], room: int) -> tuple[int, ...]:
    """How the room is shared out, in twips: their sum is the room, to the last one."""
    padding = 2 * styles.CELL_PADDING
    shared = room - padding * len(columns)
    passed = [0, *accumulate(column.width for column in columns)]
    ends = [shared * each // passed[-1] for each in passed]
    return tuple(padding + end - start for start, end in pairwise(ends))


def _wish(table: Table, size: int) -> int:
    """How wide the table would like to be at a size in half points, in twips."""
    return sum(column.width * size * 10 + 2 * styles.CELL_PADDING for column in table.columns)


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
