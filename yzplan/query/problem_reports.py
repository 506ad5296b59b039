"""存在问题: the problems that units reported with their progress."""

import datetime as dt

from yzplan.assess import Viewpoint, part_position
from yzplan.model import Plan
from yzplan.model.shape import Noun, noun


@noun
class ProblemReport(Noun):
    """A problem that a unit named in the report which decides how its part of a task stands."""

    task: int
    text: str
    lead_unit: str
    unit: str
    date: dt.date
    problem: str
    ref: str


def problem_reports(plan: Plan, viewpoint: Viewpoint, since: dt.date) -> list[ProblemReport]:
    """The problems reported from `since` on that hold at the viewpoint, by task, the lead's first.

    A problem holds until the unit's next report takes effect, whether that repeats it or not.
    """
    found = []
    for task in plan.tasks:
        spoken = {record.unit for record in task.progress if record.problem}
        for part in plan.parts(task) if spoken else ():
            if part.unit not in spoken:
                continue
            position = part_position(plan, task, part.unit, viewpoint)
            record = position.state.last_record
            if position.follows_lead or not record or not record.problem:
                continue
            if since <= record.date <= viewpoint.as_of:
                found.append(
                    ProblemReport(
                        task=task.id,
                        text=task.text,
                        lead_unit=task.lead_unit,
                        unit=part.unit,
                        date=record.date,
                        problem=record.problem,
                        ref=record.ref,
                    )
                )
    return found
