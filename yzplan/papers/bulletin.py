"""季度通报: each quarter the office makes known how the work stands (永政办函〔2022〕18号 三、保障措施 1)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from yzplan.model import Month, Period, Plan
from yzplan.model.shape import Noun, noun
from yzplan.papers.composing import Template
from yzplan.papers.drafting import draft
from yzplan.papers.facts import PaperFacts, shared_facts
from yzplan.papers.filters import day
from yzplan.papers.paper import Paper, Stamp, Table
from yzplan.papers.progress import LeadOverdue, Progress, by_lead, due_in
from yzplan.papers.scope import check_scope
from yzplan.papers.tables import (
    Field,
    board_table,
    field,
    lead_overdue_table,
    overdue_table,
    progress_table,
    table,
)
from yzplan.query.assessed import score_text
from yzplan.query.boards import Assessment, BoardRow, assessment
from yzplan.query.missing import MissingRow, owing
from yzplan.query.reports import summarize
from yzplan.query.rows import TaskRow
from yzplan.query.select import Selection, overdue

_PLACES, _MOST = 3, 5
"""How many places of a board are named at either end, and how many units at most."""


@noun
class QuarterMissing(Noun):
    """A unit that did not give all reports it owed: in which months, and on how many tasks in each."""

    unit: str
    months: tuple[Month, ...]
    missed: tuple[int, ...]
    missed_in_all: int


@noun
class BulletinFacts(PaperFacts):
    """How the plan stands at a quarter's close."""

    period: Period
    total: Progress
    due: Progress
    """The tasks whose effective deadline lies in the quarter."""
    previous: Period
    before: Progress | None
    """All tasks at the previous quarter's close; None where that lies before the plan."""
    indicators: tuple[Progress, ...]
    completed_indicators: tuple[Progress, ...]
    """Those of them whose due tasks are all complete."""
    lagging_indicators: tuple[Progress, ...]
    """Those of them with overdue tasks."""
    leads: tuple[Progress, ...]
    punctual_leads: tuple[Progress, ...]
    """Those of them whose due tasks were all completed on time."""
    lagging_leads: tuple[LeadOverdue, ...]
    """Those of them with most overdue tasks, all that have so many."""
    counties_ahead: tuple[BoardRow, ...]
    counties_behind: tuple[BoardRow, ...]
    """The first and the last of their board; none where too many are equal."""
    assessment: Assessment
    overdue_new: tuple[TaskRow, ...]
    overdue_carried: tuple[TaskRow, ...]
    """Overdue tasks that were due before the quarter."""
    overdue_by_lead: tuple[LeadOverdue, ...]
    completed_since: tuple[int, ...]
    """Overdue tasks that have been completed since, as far as it was known."""
    owing: int
    """How many units owed a report in one of the quarter's months that were over."""
    missing: tuple[QuarterMissing, ...]
    next_period: Period
    coming: Progress
    """The tasks whose effective deadline lies in the next quarter."""


def bulletin(plan: Plan, stamp: Stamp, template: Template) -> Paper:
    """The paper on a quarter's close (`stamp.period`).

    Raises RequestError for a quarter before the plan, or one that has not begun; DataError where the
    template cannot be used.
    """
    facts = bulletin_facts(plan, stamp)
    boards = facts.assessment.boards
    counted = f"截至{day(facts.until)}。项数按单位各自承担的任务计。"
    tables = {
        "indicators": progress_table(
            "", "一级指标", facts.indicators, facts.total, note=f"截至{day(facts.until)}，按任务表次序排列。"
        ),
        "leads": _lead_table(facts),
        "counties": board_table("", boards["counties"], f"{counted}按名次排列，同分同名次。"),
        "responsible": board_table("", boards["responsible"], f"{counted}按名次排列，同分同名次。"),
        "unranked": board_table(
            "不参加排名的单位", facts.assessment.unranked, f"{counted}牵头、责任各项一并计算。"
        ),
        "overdue_by_lead": lead_overdue_table("各牵头单位逾期未完成任务", facts.overdue_by_lead),
        "overdue_tasks": overdue_table(
            "",
            [*facts.overdue_carried, *facts.overdue_new],
            Month.of(facts.period.first_day),
            f"逾期天数自时限次日起算至{day(facts.as_of)}；本季度以前到期的为结转。",
        ),
        "missing": _missing_table("有漏报的单位", facts.missing),
    }
    return draft(plan, stamp, template, facts, tables)


def bulletin_facts(plan: Plan, stamp: Stamp) -> BulletinFacts:
    """The figures of a quarter's close. Raises RequestError as `bulletin` does."""
    period = stamp.period
    assert period  # noqa: S101 - a bulletin is about a quarter
    check_scope(plan, period, stamp.written_on)
    viewpoint, anything = stamp.viewpoint, Selection()
    summary = summarize(plan, viewpoint)
    previous = _quarter_of(period.first_day - dt.timedelta(1))
    following = _quarter_of(period.last_day + dt.timedelta(1))
    is_first = previous.last_day < plan.header.issued_on
    before = None if is_first else summarize(plan, viewpoint.at(previous.last_day)).total
    indicators = tuple(map(Progress.of, summary.by_indicator))
    leads = tuple(map(Progress.of, summary.by_lead))
    missed = [row for row in overdue(plan, anything, viewpoint) if not row.warning]
    first = Month.of(period.first_day)
    late_leads = by_lead(missed, first)
    found = assessment(plan, period, stamp.known_at)
    ahead, behind = ends(found.boards["counties"])
    owed = [
        (month, owing(plan, anything, viewpoint.at(month.last_day)))
        for month in months_of(period)
        if plan.header.issued_on <= month.last_day < stamp.written_on
    ]
    return BulletinFacts(
        **shared_facts(plan, stamp),
        period=period,
        total=Progress.of(summary.total),
        due=due_in(summary, months_of(period), str(period)),
        previous=previous,
        before=Progress.of(before) if before else None,
        indicators=indicators,
        completed_indicators=tuple(each for each in indicators if each.due and each.due_done == each.due),
        lagging_indicators=tuple(each for each in indicators if each.overdue),
        leads=leads,
        punctual_leads=tuple(each for each in leads if each.due and each.due_on_time == each.due),
        lagging_leads=tuple(each for each in late_leads if each.overdue == late_leads[0].overdue),
        counties_ahead=ahead,
        counties_behind=behind,
        assessment=found,
        overdue_new=tuple(row for row in missed if row.effective_deadline >= first),
        overdue_carried=tuple(row for row in missed if row.effective_deadline < first),
        overdue_by_lead=late_leads,
        completed_since=tuple(sorted(row.id for row in missed if row.completed_later)),
        owing=len({row.unit for _, rows in owed for row in rows}),
        missing=_missing(owed),
        next_period=following,
        coming=due_in(summary, months_of(following), str(following)),
    )


def months_of(period: Period) -> tuple[Month, ...]:
    """The months of a quarter."""
    first = period.first_day
    return tuple(Month(first.year, first.month + number) for number in range(3))


def _quarter_of(day: dt.date) -> Period:
    return Period(day.year, (day.month + 2) // 3)


def ends(rows: Sequence[BoardRow]) -> tuple[tuple[BoardRow, ...], tuple[BoardRow, ...]]:
    """The first and the last of a board: up to three places at either end, equal scores together.

    Nobody is at both ends. An end is empty where more would have to be named than make a point; both
    are where all scores are equal.
    """
    ranked = [row for row in rows if row.score is not None]
    scores = sorted(row.score for row in ranked if row.score is not None)
    ahead: tuple[BoardRow, ...] = ()
    behind: tuple[BoardRow, ...] = ()
    for places in range(1, min(_PLACES, len(scores) // 2) + 1):
        high, low = scores[-places], scores[places - 1]
        if high <= low:
            break
        best = tuple(row for row in ranked if row.score is not None and row.score >= high)
        worst = tuple(row for row in ranked if row.score is not None and row.score <= low)
        ahead = best if len(best) <= _MOST else ahead
        behind = worst if len(worst) <= _MOST else behind
    return ahead, behind


def _missing(owed: Iterable[tuple[Month, Iterable[MissingRow]]]) -> tuple[QuarterMissing, ...]:
    """Who missed reports in which months, in the order in which they first did."""
    held: dict[str, list[tuple[Month, int]]] = {}
    for month, rows in owed:
        for row in rows:
            if row.missed:
                held.setdefault(row.unit, []).append((month, row.missed))
    return tuple(
        QuarterMissing(
            unit=unit,
            months=tuple(month for month, _ in times),
            missed=tuple(count for _, count in times),
            missed_in_all=sum(count for _, count in times),
        )
        for unit, times in held.items()
    )


def _lead_table(facts: BulletinFacts) -> Table:
    """All lead units and how far they have come, with the places of those that are ranked."""
    places = {row.unit: row for row in facts.assessment.boards["lead"]}
    last = len(places) + 1

    def rank(row: Progress) -> int:
        place = places.get(row.name)
        return (place.rank if place else None) or last

    def rank_text(row: Progress) -> str:
        return "" if row is facts.total else "—" if rank(row) == last else str(rank(row))

    def score(row: Progress) -> str:
        if row is facts.total:
            return ""
        return score_text(places[row.name].score) if row.name in places else "—"

    return progress_table(
        "",
        "牵头单位",
        sorted(facts.leads, key=rank),
        facts.total,
        Field("得分", score, 3),
        Field("名次", rank_text, 2),
        note=f"截至{day(facts.until)}，按名次排列，同分同名次；标“—”的不参加排名，或没有到期任务。",
    )


def _missing_table(title: str, rows: Sequence[QuarterMissing]) -> Table:
    def months(row: QuarterMissing) -> str:
        pairs = zip(row.months, row.missed, strict=True)
        return "、".join(f"{month.month}月（{count}项）" for month, count in pairs)

    fields = (
        field("unit", "单位", 8)._replace(align="left"),
        Field("漏报月份", months, 10),
        field("missed_in_all", "漏报合计（项次）", 4),
    )
    return table(title, rows, fields)
