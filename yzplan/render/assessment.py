"""The assessment on a screen: a unit's place on a board."""

from typing import TYPE_CHECKING

from yzplan.query.assessed import score_text, signed

if TYPE_CHECKING:
    from yzplan.query.boards import BoardRow


def place_text(row: "BoardRow") -> str:
    """A unit's row in words: `市直牵头单位第 3 名，87.50 分`."""
    place = row.board_label + (f"第 {row.rank} 名" if row.rank else "")
    if row.score is None:
        return f"{place}，没有到期的任务，不计分"
    parts = f"（任务 {score_text(row.earned)}，加减分 {signed(row.adjustment)}）" if row.adjustment else ""
    return f"{place}，{score_text(row.score)} 分{parts}"
