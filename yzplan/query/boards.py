"""The boards of the assessment (考评): who is ranked with whom, and where."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal, get_args

from yzplan.assess import Standing
from yzplan.assess.scoring import Obligation, adjustment_of, adjustments_at, close_of, obligations, score_of
from yzplan.model import CITY_KINDS, COUNTY_KINDS, Period, Plan, Scoring, Unit
from yzplan.model.shape import Noun, noun

RankedBoard = Literal["counties", "lead", "responsible"]
Board = Literal[RankedBoard, "unranked"]
BOARD_LABELS: Mapping[Board, str] = {
    "counties": "县市区",
    "lead": "市直牵头单位",
    "responsible": "市直责任单位",
    "unranked": "不排名",
}


@noun
class BoardRow(Noun):
    """A unit on a board.

    `due` = on_time + late + undone counts its obligations that were due by the close, suspended
    ones left out. `earned` (points 0-100, two decimals) is their weighted mean, `score` that and
    the `adjustment` (points, either sign); both are None where nothing was due. Equal scores share
    a `rank`.
    """

    board: Board
    unit: str
    rank: int | None
    score: Decimal | None
    due: int
    on_time: int
    late: int
    undone: int
    earned: Decimal | None
    adjustment: Decimal

    @property
    def board_label(self) -> str:
        """The board as people read it."""
        return BOARD_LABELS[self.board]


@noun
class Assessment(Noun):
    """The assessment of a period. `rules` holds those adjustments only that count in it."""

    period: Period
    as_of: dt.date
    known_at: dt.date | None
    rules: Scoring
    boards: Mapping[RankedBoard, tuple[BoardRow, ...]]
    unranked: tuple[BoardRow, ...]

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        """All rows, board by board."""
        return (*(row for board in self.boards.values() for row in board), *self.unranked)


def assessment(plan: Plan, period: Period, known_at: dt.date | None = None) -> Assessment:
    """How the units stand at the close of the period (三、保障措施 1: 县市区、市直单位).

    On the boards of 市直 units only the obligations of that role count; counties and unranked units
    are judged by all of theirs. Boards go by rank, then the register; who had nothing due comes last.
    """
    viewpoint = close_of(period, known_at)
    adjustments = adjustments_at(plan, viewpoint)
    held: dict[str, list[Obligation]] = defaultdict(list)
    for each in obligations(plan, viewpoint):
        held[each.part.unit].append(each)
    rows: dict[Board, list[BoardRow]] = {board: [] for board in BOARD_LABELS}
    for unit in plan.register.units:
        adjustment = adjustment_of(unit.name, adjustments)
        for board in boards_of(unit):
            own = [each for each in held[unit.name] if board in (each.part.role, "counties", "unranked")]
            if own:
                rows[board].append(_row(board, unit.name, own, adjustment))
    return Assessment(
        period=period,
        as_of=viewpoint.as_of,
        known_at=known_at,
        rules=replace(plan.header.assessment, adjustments=adjustments),
        boards={board: _ranked(rows[board]) for board in get_args(RankedBoard)},
        unranked=tuple(rows["unranked"]),
    )


def boards_of(unit: Unit) -> tuple[Board, ...]:
    """The boards that a unit stands on if it has such obligations: its kind decides, unless `assess` does."""
    if unit.assess == "listed" or (unit.assess is None and unit.kind not in COUNTY_KINDS | CITY_KINDS):
        return ("unranked",)
    return ("counties",) if unit.kind in COUNTY_KINDS else ("lead", "responsible")


def _row(board: Board, unit: str, own: Sequence[Obligation], adjustment: Decimal) -> BoardRow:
    standings = [each.position.standing for each in own if each.points is not None]
    on_time, late = standings.count(Standing.ON_TIME), standings.count(Standing.LATE)
    earned = score_of(own)
    return BoardRow(
        board=board,
        unit=unit,
        rank=None,
        score=None if earned is None else earned + adjustment,
        due=len(standings),
        on_time=on_time,
        late=late,
        undone=len(standings) - on_time - late,
        earned=earned,
        adjustment=adjustment,
    )


def _ranked(rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    """The rows by score, ranked 1, 2, 2, 4; those without one last."""
    rows = [*rows]
    scores = sorted((row.score for row in rows if row.score is not None), reverse=True)
    ranked = [row if row.score is None else replace(row, rank=1 + scores.index(row.score)) for row in rows]
    return tuple(sorted(ranked, key=lambda row: len(rows) + 1 if row.rank is None else row.rank))
