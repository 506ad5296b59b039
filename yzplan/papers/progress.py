"""How far a set of tasks has come, as papers count it."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from decimal import Decimal

from yzplan.assess.tally import Tally
from yzplan.model import Month
from yzplan.model.shape import Noun, noun
from yzplan.papers.filters import percentage
from yzplan.query.reports import Share, Summary
from yzplan.query.rows import TaskRow


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


@noun
class LeadOverdue(Noun):
    """A lead unit's overdue tasks: how many, how many of them are new or carried over, and their numbers."""

    lead_unit: str
    overdue: int
    new: int
    carried_over: int
    tasks: tuple[int, ...]


def by_lead(rows: Iterable[TaskRow], first: Month) -> tuple[LeadOverdue, ...]:
    """Overdue tasks by lead unit: who has most of them first, of equal ones in the order of the rows.

    Carried over are those that were due before the month `first`.
    """
    held: dict[str, list[TaskRow]] = {}
    for row in rows:
        held.setdefault(row.lead_unit, []).append(row)
    return tuple(
        LeadOverdue(
            lead_unit=unit,
            overdue=len(own),
            new=sum(row.effective_deadline >= first for row in own),
            carried_over=sum(row.effective_deadline < first for row in own),
            tasks=tuple(sorted(row.id for row in own)),
        )
        for unit, own in sorted(held.items(), key=lambda item: -len(item[1]))
    )


def due_in(summary: Summary, months: Collection[Month], name: str) -> Progress:
    """How far the tasks have come whose effective deadline lies in these months."""
    names = {str(month) for month in months}
    shares = [share for share in summary.by_month if share.name in names]
    counts = {key.name: sum(getattr(share, key.name) for share in shares) for key in fields(Tally)}
    return Progress.of(Share(group="month", name=name, **counts))
