"""月度调度: the office takes stock each month (永政办函〔2022〕18号 三、保障措施 1: 每月定期调度)."""

import datetime as dt

from yzplan.model import Measure, Month, Plan
from yzplan.model.shape import Noun, noun
from yzplan.papers.composing import Template
from yzplan.papers.drafting import draft
from yzplan.papers.facts import PaperFacts, shared_facts
from yzplan.papers.filters import day
from yzplan.papers.paper import Paper, Stamp
from yzplan.papers.progress import LeadOverdue, Progress, by_lead, due_in
from yzplan.papers.scope import check_scope
from yzplan.papers.tables import (
    coming_table,
    due_table,
    lead_overdue_table,
    measure_table,
    missing_table,
    overdue_table,
    problem_table,
    progress_table,
)
from yzplan.query.missing import MissingRow, owing
from yzplan.query.problem_reports import ProblemReport, problem_reports
from yzplan.query.reports import summarize
from yzplan.query.rows import TaskRow
from yzplan.query.select import Selection, due, overdue
from yzplan.query.supervision import MeasureRow, measure_rows


@noun
class MeasureCount(Noun):
    """How many of one kind are open."""

    measure: str
    open: int


@noun
class DispatchFacts(PaperFacts):
    """How the plan stands at a month's close."""

    month: Month
    total: Progress
    previous_month: Month
    before: Progress | None
    """All tasks at the previous month's close; None where that lies before the plan."""
    indicators: tuple[Progress, ...]
    lagging_indicators: tuple[Progress, ...]
    """Those of them with overdue tasks."""
    leads: tuple[Progress, ...]
    due: Progress
    """The tasks whose effective deadline is this month."""
    due_tasks: tuple[TaskRow, ...]
    warned: tuple[TaskRow, ...]
    """Of those, what is not complete while the month lasts (预警)."""
    overdue_new: tuple[TaskRow, ...]
    overdue_carried: tuple[TaskRow, ...]
    overdue_by_lead: tuple[LeadOverdue, ...]
    completed_since: tuple[int, ...]
    """Overdue tasks that have been completed since, as far as it was known."""
    next_month: Month
    coming: Progress
    """The tasks whose effective deadline is next month."""
    coming_tasks: tuple[TaskRow, ...]
    """Those of them that are open."""
    owing: int
    """How many units owed a report in the month."""
    missing: tuple[MissingRow, ...]
    """Those of them that did not give all they owed."""
    problems: tuple[ProblemReport, ...]
    problem_tasks: int
    problem_units: int
    measures: int
    """How many things the office had done about units (督办事项) by then."""
    open_measures: tuple[MeasureRow, ...]
    """Those of them that it has not closed."""
    open_by_kind: tuple[MeasureCount, ...]
    overdue_replies: int
    """How many of the open ones were not answered in time."""


def dispatch(plan: Plan, stamp: Stamp, template: Template) -> Paper:
    """The paper on a month's close (`stamp.month`).

    Raises RequestError for a month before the plan, or one that has not begun; DataError where the
    template cannot be used.
    """
    facts = dispatch_facts(plan, stamp)
    overdue_tasks = [*facts.overdue_carried, *facts.overdue_new]
    until = f"（截至{day(facts.until)}）"
    tables = {
        "indicators": progress_table(
            f"各指标完成情况{until}", "一级指标", facts.indicators, facts.total, note="按任务表次序排列。"
        ),
        "leads": progress_table(
            f"各牵头单位完成情况{until}", "牵头单位", facts.leads, facts.total, note="按任务表次序排列。"
        ),
        "overdue_by_lead": lead_overdue_table("各牵头单位逾期未完成任务", facts.overdue_by_lead),
        "missing": missing_table("未报送进展的单位", facts.missing),
        "measures": measure_table("未办结的督办事项", facts.open_measures),
        "due_tasks": due_table("", facts.due_tasks),
        "overdue_tasks": overdue_table(
            "", overdue_tasks, facts.month, f"逾期天数自时限次日起算至{day(facts.as_of)}。"
        ),
        "problems": problem_table("", facts.problems),
        "coming_tasks": coming_table("", facts.coming_tasks),
    }
    return draft(plan, stamp, template, facts, tables)


def dispatch_facts(plan: Plan, stamp: Stamp) -> DispatchFacts:
    """The figures of a month's close. Raises RequestError as `dispatch` does."""
    month = stamp.month
    assert month  # noqa: S101 - a dispatch is about a month
    check_scope(plan, month, stamp.written_on)
    viewpoint, anything = stamp.viewpoint, Selection()
    summary = summarize(plan, viewpoint)
    previous = Month.of(month.first_day - dt.timedelta(1))
    following = Month.of(month.last_day + dt.timedelta(1))
    is_first = previous.last_day < plan.header.issued_on
    before = None if is_first else summarize(plan, viewpoint.at(previous.last_day)).total
    indicators = tuple(map(Progress.of, summary.by_indicator))
    late = overdue(plan, anything, viewpoint)
    missed = [row for row in late if not row.warning]
    owed = owing(plan, anything, viewpoint)
    measures = measure_rows(plan, viewpoint)
    opened = [row for row in measures if row.open]
    problems = problem_reports(plan, viewpoint, month.first_day)
    return DispatchFacts(
        **shared_facts(plan, stamp),
        month=month,
        total=Progress.of(summary.total),
        previous_month=previous,
        before=Progress.of(before) if before else None,
        indicators=indicators,
        lagging_indicators=tuple(each for each in indicators if each.overdue),
        leads=tuple(map(Progress.of, summary.by_lead)),
        due=due_in(summary, [month], str(month)),
        due_tasks=tuple(due(plan, anything, viewpoint, first=month, last=month)),
        warned=tuple(row for row in late if row.warning),
        overdue_new=tuple(row for row in missed if not row.carried_over),
        overdue_carried=tuple(row for row in missed if row.carried_over),
        overdue_by_lead=by_lead(missed, month),
        completed_since=tuple(sorted(row.id for row in missed if row.completed_later)),
        next_month=following,
        coming=due_in(summary, [following], str(following)),
        coming_tasks=tuple(due(plan, anything, viewpoint, first=following, last=following, only_open=True)),
        owing=len(owed),
        missing=tuple(row for row in owed if row.missed),
        problems=tuple(problems),
        problem_tasks=len({each.task for each in problems}),
        problem_units=len({each.unit for each in problems}),
        measures=len(measures),
        open_measures=tuple(opened),
        open_by_kind=tuple(
            MeasureCount(measure=kind.label, open=number)
            for kind in Measure
            if (number := sum(row.measure is kind for row in opened))
        ),
        overdue_replies=sum(row.overdue for row in opened),
    )
