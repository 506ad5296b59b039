"""Breaking lines of Chinese text for a fixed-width screen."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

# What may not be torn apart: a Latin word or a Chinese character, with the opening marks before
# it and the closing marks behind it (行首禁则、行尾禁则).
_PIECE = re.compile(r"[“‘《〈（【〔]*(?:[!-~]+| |.)[，。、；：？！”’》〉）】〕…％]*", re.DOTALL)


def width_of(text: str) -> int:
    """How many columns of a screen the text takes."""
    return cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; at least one. Nothing is lost but spaces at breaks."""
    lines: list[str] = []
    line, room = "", width
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if size > room and line:
            lines.append(line.rstrip())
            line, room = "", width
            if piece == " ":
                continue
        line += piece
        room -= size
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    for found in _PIECE.finditer(text):
        if cell_len(found[0]) <= width:
            yield found[0]
        else:
            yield from chop_cells(found[0], max(width, 2))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each one line; indented lines stay apart, with their margin."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and line and lines[-1] and not line.startswith(" ") and not lines[-1].startswith(" "):
            before, after = lines[-1][-1], line[0]
            is_chinese = not (before.isascii() or after.isascii())
            is_tight = is_chinese or before in "，。、；：？！）”" or after in "（“"
            lines[-1] += line if is_tight else f" {line}"
        else:
            lines.append(line)
    return lines


def clipped(text: str, width: int, lines: int) -> list[str]:
    """The text in at most so many lines of so many columns; what is cut ends with an ellipsis."""
    pieces = wrapped(text, width)
    if len(pieces) > lines:
        pieces = pieces[:lines]
        while pieces[-1] and (cell_len(pieces[-1]) >= width or pieces[-1][-1] in "，、；：“‘（《"):
            pieces[-1] = pieces[-1][:-1]
        pieces[-1] += "…"
    return pieces
