"""How much room each column of a table gets, by what stands in it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from yzplan.office.measures import halves
from yzplan.office.styles import CELL_PADDING
from yzplan.papers.paper import Table

_PADDING = 2 * CELL_PADDING
_WHOLE = 10
"""Half characters up to which a text is not broken, whatever is wished; nor a heading, if it can be."""
_LONG = 100
"""Half characters from which on a text is long, however long: it will take several lines."""
_SEAM = re.compile("(?<=[㐀-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[㐀-鿿])")
"""Between Chinese and Latin, where a quarter of a character is left free."""


class _Need(NamedTuple):
    """What a column needs, in half characters."""

    usual: int
    """As its builder wishes, or less where less stands in it."""
    most: int
    """For nothing in it to be broken."""


class Setting(NamedTuple):
    """How a table is set: its size in half points, and its columns' widths in twips."""

    size: int
    widths: tuple[int, ...]


def fitting(table: Table, room: int, sizes: Sequence[int]) -> Setting | None:
    """How a table goes into so many twips: at the first of the sizes at which it does.

    Rather than not at all, its headings are broken at the last of them; None if that does not help.
    """
    shared = room - _PADDING * len(table.columns)
    whole, broken = _needs(table)
    for size, needs in [*((size, whole) for size in sizes), (sizes[-1], broken)]:
        if sum(need.usual for need in needs) * size * 5 <= shared:
            return _padded(size, _shared(needs, size * 5, shared))
    return None


def squeezed(table: Table, room: int, size: int) -> Setting:
    """How a table for which there is no room is set all the same: each column the narrower."""
    _, broken = _needs(table)
    weights = [need.usual for need in broken]
    return _padded(size, _by_weight(room - _PADDING * len(weights), weights))


def _padded(size: int, widths: Sequence[int]) -> Setting:
    return Setting(size, tuple(_PADDING + width for width in widths))


def _needs(table: Table) -> tuple[list[_Need], list[_Need]]:
    """What the columns need with whole headings, and with headings that are broken."""
    whole, broken = [], []
    for number, column in enumerate(table.columns):
        # A text that is longer than that may as well be so long.
        texts = {row[number][:_LONG] for row in table.rows}
        longest = max(map(_width, texts), default=1)
        heading = _width(column.heading)
        usual = longest if longest <= _WHOLE else min(2 * column.width, longest)
        most = max(longest, heading)
        whole.append(_Need(max(usual, min(heading, _WHOLE), 1), most))
        broken.append(_Need(max(usual, min(heading, _WHOLE // 2), 1), most))
    return whole, broken


def _width(text: str) -> int:
    return halves(text) + (len(_SEAM.findall(text)) + 1) // 2


def _shared(needs: Sequence[_Need], half: int, room: int) -> list[int]:
    """The room, shared out: what is left of it goes to those that need more than usual."""
    widths = [need.usual * half for need in needs]
    left = room - sum(widths)
    wanting = {number for number, need in enumerate(needs) if need.most > need.usual}
    while wanting:
        weights = [need.usual if number in wanting else 0 for number, need in enumerate(needs)]
        offered = _by_weight(left, weights)
        content = {each for each in wanting if widths[each] + offered[each] >= needs[each].most * half}
        if not content:
            return [width + more for width, more in zip(widths, offered, strict=True)]
        for each in content:
            left -= needs[each].most * half - widths[each]
            widths[each] = needs[each].most * half
        wanting -= content
    more = _by_weight(left, [need.usual for need in needs])
    return [width + each for width, each in zip(widths, more, strict=True)]


def _by_weight(room: int, weights: Sequence[int]) -> list[int]:
    """So much room in parts by weight; their sum is the room, to the last twip."""
    total, passed, given = sum(weights), 0, 0
    parts = []
    for weight in weights:
        passed += weight
        parts.append(room * passed // total - given)
        given += parts[-1]
    return parts
