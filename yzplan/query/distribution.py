"""得分分布: how the scores of a board spread."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from yzplan.model.shape import Noun, noun
from yzplan.query.boards import Assessment, Board, BoardRow


@noun
class Distribution(Noun):
    """How many units of a board score how much.

    `units` = the five bands (a score on a bound belongs to the higher one) + `not_applicable`, to whom
    nothing was due. `highest`, `lowest` and `ties` are None and empty where nobody has a score.
    """

    board: Board
    label: str
    units: int
    from_90: int
    from_80: int
    from_70: int
    from_60: int
    below_60: int
    not_applicable: int
    highest: Decimal | None
    lowest: Decimal | None
    ties: tuple["Tie", ...]


@noun
class Tie(Noun):
    """Units of a board that share a rank (同分同名次)."""

    rank: int
    score: Decimal
    shared_by: int
    units: tuple[str, ...]


def distributions(found: Assessment) -> tuple[Distribution, ...]:
    """A line for each board that has units, those who are not ranked last."""
    boards: list[tuple[Board, Sequence[BoardRow]]] = [*found.boards.items(), ("unranked", found.unranked)]
    return tuple(_distribution(board, rows) for board, rows in boards if rows)


def _distribution(board: Board, rows: Sequence[BoardRow]) -> Distribution:
    scores = [row.score for row in rows if row.score is not None]
    count = Counter(max(min(int(score // 10), 9), 5) for score in scores)
    return Distribution(
        board=board,
        label=rows[0].board_label,
        units=len(rows),
        from_90=count[9],
        from_80=count[8],
        from_70=count[7],
        from_60=count[6],
        below_60=count[5],
        not_applicable=len(rows) - len(scores),
        highest=max(scores, default=None),
        lowest=min(scores, default=None),
        ties=_ties(rows),
    )


def _ties(rows: Sequence[BoardRow]) -> tuple[Tie, ...]:
    ties = []
    for rank, group in groupby(rows, key=lambda row: row.rank):
        sharing = [*group]
        score = sharing[0].score
        if rank is not None and score is not None and len(sharing) > 1:
            ties.append(
                Tie(rank=rank, score=score, shared_by=len(sharing), units=tuple(row.unit for row in sharing))
            )
    return tuple(ties)
