"""Counting standings."""

from collections import Counter
from collections.abc import Iterable

from yzplan.assess.standing import Position, Standing
from yzplan.model.shape import Noun, noun


@noun
class Tally(Noun):
    """How many tasks of a set stand how, at a viewpoint.

    `total` = on_time + late + overdue + due_soon + not_due + suspended. `due` (应完成) are those
    whose effective deadline lies by the day asked about and that are not suspended; `due_done`
    (已完成) those of them that are complete.
    """

    total: int
    due: int
    due_done: int
    on_time: int
    late: int
    overdue: int
    due_soon: int
    not_due: int
    suspended: int


def tally(positions: Iterable[Position]) -> Tally:
    """The tally of some positions."""
    counted = list(positions)
    count = Counter(position.standing for position in counted)
    due = [each for each in counted if each.is_due and each.standing is not Standing.SUSPENDED]
    return Tally(
        total=len(counted),
        due=len(due),
        due_done=sum(each.state.completed_on is not None for each in due),
        **{standing.value: count[standing] for standing in Standing},
    )
