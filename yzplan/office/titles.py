"""Where a title is broken: between its pieces only, in lines of a trapezoid or rhombus (7.3.1)."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from yzplan.office.measures import halves

ROOM = 40
"""Half characters that a line of 二号 has room for."""
_MOST_LINES = 4
"""A title of more lines is only filled up, line by line."""
_SQUARENESS = 6
"""How much more uneven, in half characters, lines may be that are not all of one length."""


def title_lines(pieces: Sequence[str]) -> tuple[str, ...]:
    """The lines of a title: as few as can be; of those, the best shaped."""
    filled = _filled(pieces)
    if not 1 < len(filled) <= _MOST_LINES:
        return filled
    places = combinations(range(1, len(pieces)), len(filled) - 1)
    ways = [
        tuple("".join(pieces[start:end]) for start, end in pairwise((0, *between, len(pieces))))
        for between in places
    ]
    return min(ways, key=_ugliness)


def _filled(pieces: Sequence[str]) -> tuple[str, ...]:
    lines: list[str] = []
    for piece in pieces:
        if lines and halves(lines[-1] + piece) <= ROOM:
            lines[-1] += piece
        else:
            lines.append(piece)
    return tuple(lines)


def _ugliness(lines: Sequence[str]) -> tuple[int, bool, int]:
    """What does not fit, whether the middle is narrow (沙漏形), how uneven; a rectangle counts as uneven."""
    widths = [halves(line) for line in lines]
    overflow = sum(max(0, width - ROOM) for width in widths)
    has_waist = any(
        width < min(max(widths[:place]), max(widths[place + 1 :]))
        for place, width in enumerate(widths[1:-1], start=1)
    )
    spread = max(widths) - min(widths)
    return overflow, has_waist, spread or _SQUARENESS
