"""The list of the units that a notice would go to."""

from typing import TYPE_CHECKING

from yzplan.model.shape import Noun, noun
from yzplan.render.listing import Column

if TYPE_CHECKING:
    from yzplan.papers.paper import Paper


@noun
class NoticeRow(Noun):
    """A unit that a notice would go to, of which form, and of how many tasks it is reminded."""

    unit: str
    form: str
    tasks: int
    overdue: int
    due_now: int
    due_next: int
    returned: int


NOTICE_COLUMNS: tuple[Column, ...] = (
    Column(key="unit", heading="单位", text=lambda row: row.unit),
    Column(key="form", heading="发什么", text=lambda row: row.form),
    Column(key="tasks", heading="任务", text=lambda row: str(row.tasks), align="right"),
    Column(key="overdue", heading="逾期", text=lambda row: str(row.overdue), align="right"),
    Column(key="due_now", heading="当月到期", text=lambda row: str(row.due_now), align="right"),
    Column(key="due_next", heading="下月到期", text=lambda row: str(row.due_next), align="right"),
    Column(key="returned", heading="退回", text=lambda row: str(row.returned), align="right"),
)


def notice_row(paper: "Paper") -> NoticeRow:
    """What a notice comes to."""
    facts = paper.facts
    return NoticeRow(
        unit=facts.unit,
        form=facts.form,
        tasks=len(facts.parts),
        overdue=facts.overdue,
        due_now=facts.due_now,
        due_next=facts.due_next,
        returned=facts.returned,
    )
