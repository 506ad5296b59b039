"""How far a set of tasks has come, as papers count it."""

from dataclasses import asdict
from decimal import Decimal

from yzplan.model.shape import noun
from yzplan.papers.filters import percentage
from yzplan.query.reports import Share


@noun
class Progress(Share):
    """A line of `summary`, and what papers say of it beyond that.

    `total` = due + early + pending + suspended. `due` (应完成) = due_on_time + late + overdue + warned.
    """

    due_on_time: int
    """按期完成, of those due."""
    warned: int
    """Due, not complete, and the deadline has not passed yet (预警)."""
    early: int
    """提前完成: complete before they were due."""
    pending: int
    """未到期: neither due nor complete."""
    done: int
    """All that are complete, due or not."""
    rate: Decimal | None
    """完成率: of those due how many are complete, in percent to one decimal; None where none is due."""

    @classmethod
    def of(cls, share: Share) -> "Progress":
        """What a line of `summary` comes to."""
        due_on_time = share.due_done - share.late
        early = share.on_time - due_on_time
        return cls(
            **asdict(share),
            due_on_time=due_on_time,
            warned=share.due - share.due_done - share.overdue,
            early=early,
            pending=share.total - share.due - early - share.suspended,
            done=share.on_time + share.late,
            rate=percentage(share.due_done, share.due),
        )
