"""The boards of an assessment on a terminal, one below the other, and the rules they follow."""

from typing import Any

from rich.text import Text

from yzplan.query.boards import BOARD_LABELS
from yzplan.render.listing import Listing
from yzplan.render.terminal import folded, listing_parts


def board_parts(listing: Listing, width: int) -> list[Any]:
    """Each board with its units, then who is not ranked, then the rules."""
    parts: list[Any] = [folded(listing.title, width, style="bold")]
    for board, label in BOARD_LABELS.items():
        rows = [row for row in listing.rows if row.board == board]
        if rows:
            parts += [Text(), folded(f"{label}（{len(rows)}）", width, style="bold")]
            parts += listing_parts(listing._replace(rows=rows, note=""), width)
    return [*parts, Text(), folded(listing.note, width, style="dim")]
