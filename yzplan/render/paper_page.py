"""A paper as a page of HTML that prints like a letter (GB/T 9704-2012). No scripts, nothing loaded."""

from collections.abc import Iterator
from html import escape

from yzplan.papers.outline import Line, outline
from yzplan.papers.paper import Paper, Table
from yzplan.papers.stamping import stamp_text
from yzplan.render.papers import MARKED

_SONG = '"方正小标宋简体","方正小标宋_GBK","STZhongsong","华文中宋","Noto Serif CJK SC",serif'
_FANG = '"仿宋_GB2312","仿宋","FangSong","STFangsong","华文仿宋","Noto Serif CJK SC",serif'
_HEI = '"黑体","SimHei","STHeiti","华文黑体","Noto Sans CJK SC",sans-serif'
_KAI = '"楷体_GB2312","楷体","KaiTi","STKaiti","华文楷体","Noto Serif CJK SC",serif'
_NUMBERS = '"宋体","SimSun","Noto Serif CJK SC",serif'

# Sizes of 7.3: title 二号 (22 pt), text 三号 (16 pt), 22 lines of 28 characters on 156 × 225 mm.
_STYLE = f"""
@page{{size:A4;margin:37mm 26mm 35mm 28mm}}
@page :right{{@bottom-right{{content:"— " counter(page) " —";font:14pt {_NUMBERS}}}}}
@page :left{{@bottom-left{{content:"— " counter(page) " —";font:14pt {_NUMBERS}}}}}
body{{font:16pt/28.95pt {_FANG};color:#000;background:#fff;max-width:156mm;margin:2em auto;padding:0 1em}}
p,h1,h2,h3,h4{{margin:0;font-size:16pt;font-weight:normal;overflow-wrap:anywhere}}
h1{{font:22pt/35pt {_SONG};text-align:center;margin:28.95pt 0}}
h1 span{{display:inline-block}}
h2,.label{{font-family:{_HEI}}}
h3{{font-family:{_KAI}}}
h2,h3,h4,.paragraph{{text-indent:2em}}
h1,h2,h3,h4,.label,caption{{break-after:avoid}}
.paragraph{{text-align:justify}}
.head{{font:32pt/1.4 {_SONG};color:#c00;text-align:center}}
.number,.issue{{text-align:center}}
.attachments{{padding-left:5em}}
.attachments.first{{text-indent:-3em}}
.attachments.first,.issuer,.data{{margin-top:28.95pt}}
.issuer,.date{{text-align:right;padding-right:2em}}
.issuer{{break-after:avoid}}
.data{{font-size:12pt;line-height:18pt}}
.draft{{color:#c00;text-align:center;border:1px solid}}
section{{break-before:page}}
mark{{background:#ff9}}
table{{border-collapse:collapse;width:100%;margin:.5em 0;font-size:12pt;line-height:16pt}}
caption{{font-family:{_HEI};padding:.3em 0}}
thead{{display:table-header-group}}
tr{{break-inside:avoid}}
th,td{{border:.5pt solid;padding:.2em .3em;overflow-wrap:anywhere}}
th{{font-family:{_HEI};font-weight:normal}}
.note{{font-size:12pt;line-height:18pt}}
@media print{{body{{max-width:none;margin:0;padding:0}}mark{{background:none}}}}
"""


def html(paper: Paper) -> str:
    """The whole page; everything from the data is escaped, and the stamp stands in a `meta`."""
    title = escape("".join(paper.title))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="yzplan" content="{escape(stamp_text(paper.stamp))}">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "".join(f"{line}\n" for line in _body(paper))
        + "</body>\n</html>\n"
    )


def _body(paper: Paper) -> Iterator[str]:
    is_open = False
    for part in outline(paper):
        if isinstance(part, Table):
            yield from _table(part)
            continue
        if part.role == "label":
            yield "</section>\n<section>" if is_open else "<section>"
            is_open = True
        yield _line(paper, part)
    if is_open:
        yield "</section>"


def _line(paper: Paper, line: Line) -> str:
    if line.role == "title":
        # It may be broken between its pieces, and inside one only where there is no room at all.
        return f"<h1>{''.join(f'<span>{escape(piece)}</span>' for piece in paper.title)}</h1>"
    if line.role == "attachment":
        return f"<h1>{escape(line.text)}</h1>"
    if line.role == "heading":
        return f"<h{line.level + 1}>{escape(line.text)}</h{line.level + 1}>"
    is_first = line.role == "attachments" and line.text.startswith("附件：")
    kind = f"{line.role} first" if is_first else line.role
    text = MARKED.sub(lambda found: f"<mark>{found[0]}</mark>", escape(line.text.strip("　")))
    return f'<p class="{kind}">{text}</p>'


def _table(table: Table) -> Iterator[str]:
    whole = sum(column.width for column in table.columns)
    yield "<table>"
    if table.title:
        yield f"<caption>{escape(table.title)}</caption>"
    columns = "".join(f'<col style="width:{100 * c.width // whole}%">' for c in table.columns)
    yield f"<colgroup>{columns}</colgroup>"
    headings = "".join(f"<th>{escape(column.heading)}</th>" for column in table.columns)
    yield f"<thead><tr>{headings}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        yield f"<tr>{''.join(_cell(column.align, text) for column, text in cells)}</tr>"
    yield "</tbody>"
    yield "</table>"
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'


def _cell(align: str, text: str) -> str:
    word = {"left": "left", "centre": "center", "right": "right"}[align]
    return f'<td style="text-align:{word}">{escape(text)}</td>'
