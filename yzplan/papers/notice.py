"""提示函、督办函: what one unit is reminded of, from its own parts (三、保障措施 1: 及时督促整改)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from yzplan.errors import RequestError
from yzplan.model import Directory, Group, Measure, Month, Plan, number_text
from yzplan.model.shape import Noun, noun
from yzplan.papers.composing import Template
from yzplan.papers.drafting import draft
from yzplan.papers.facts import PaperFacts, shared_facts
from yzplan.papers.filters import day
from yzplan.papers.paper import NoticeForm, Paper, Stamp, Table
from yzplan.papers.scope import check_scope
from yzplan.papers.tables import DEADLINE, NUMBER, ROLE, TASK, Field, table
from yzplan.query.supervision import MeasureRow, measure_rows
from yzplan.query.urging import Request, Timing, UrgedPart, urged_parts

_REQUESTS: Mapping[Request, str] = {
    "rectify": "整改后重新填报",
    "report_own": "填报本单位进展",
    "evidence": "报送佐证材料",
    "finish": "限期完成",
    "on_time": "按期完成",
}
_TIMINGS: Mapping[Timing, str] = {
    "overdue": "逾期未完成的任务",
    "due_now": "本月到期的任务",
    "due_next": "下月到期的任务",
    "later": "退回的其他任务",
}


@noun
class Letter(Noun):
    """An earlier 提示函 or 督办函 that is still open, and which of the overdue tasks it was about."""

    date: dt.date
    form: str
    number: str | None
    tasks: tuple[int, ...]


@noun
class NoticeFacts(PaperFacts):
    """What a notice says of a unit at the close of a month.

    `until`: the close, or the day on which it was written where the month was not over.
    `lead` and `responsible` count all its tasks by role. All other counts are of `parts`, what it is
    reminded of: `listed` all of them; `overdue` = carried_over + newly_overdue; `returned` of any timing, of
    which `overdue`, `due_now` and `due_next` count `returned_counted`, but not `returned_elsewhere`;
    `reminded` the overdue ones of which an open letter spoke before. `settled_later`: overdue too at the
    close, but left out, since they were completed or suspended afterwards.
    """

    unit: str
    form: NoticeForm
    month: Month
    next_month: Month
    reply_by: dt.date | None
    lead: int
    responsible: int
    listed: int
    overdue: int
    carried_over: int
    newly_overdue: int
    due_now: int
    due_next: int
    returned: int
    returned_counted: int
    returned_elsewhere: int
    follows_lead: int
    reminded: int
    settled_later: int
    letters: tuple[Letter, ...]
    parts: tuple[UrgedPart, ...]


def units_needing(plan: Plan, stamp: Stamp) -> tuple[str, ...]:
    """The units, in the order of the register, that need a notice of the form asked for, or of either.

    Raises RequestError for a month before the plan or not begun yet.
    """
    _check(plan, stamp)
    needing = {
        unit
        for unit, part in urged_parts(plan, stamp.viewpoint)
        if not part.settled_later and (stamp.form != "督办函" or _is_urgent(part))
    }
    return tuple(unit.name for unit in plan.register.units if unit.name in needing)


def notice(plan: Plan, stamp: Stamp, template: Template) -> Paper:
    """The 提示函 or 督办函 to a unit, whichever it needs unless the stamp says.

    A 督办函 goes to whom has parts that are overdue from earlier months or returned, or are overdue
    though an open letter spoke of them before; else a 提示函 does.

    Raises RequestError for a group or an unknown unit, one that has no part in any task or none of which
    it has to be reminded, a month before the plan or not begun yet; DataError for a bad template.
    """
    facts = notice_facts(plan, stamp)
    stamp = replace(stamp, unit=facts.unit, form=facts.form)  # by which it can be printed again
    return draft(plan, stamp, template, facts, _tables(facts))


def _check(plan: Plan, stamp: Stamp) -> Month:
    assert stamp.month  # noqa: S101 - a notice is about a month
    check_scope(plan, stamp.month, stamp.written_on)
    return stamp.month


def notice_facts(plan: Plan, stamp: Stamp) -> NoticeFacts:
    """The figures of a notice. Raises RequestError as `notice` does."""
    month = _check(plan, stamp)
    entry = Directory(plan.register).find(stamp.unit or "")
    if isinstance(entry, Group):
        raise RequestError(f"“{entry.name}”是一组单位，函要一家一家地发", "写明是其中哪家单位")
    unit = entry.name
    roles = [part.role for task in plan.tasks for part in plan.parts(task) if part.unit == unit]
    if not roles:
        raise RequestError(f"{unit}在方案中没有承担任务", "用 yzplan units 查各单位承担几项任务")
    found = [part for _, part in urged_parts(plan, stamp.viewpoint, unit)]
    parts = [part for part in found if not part.settled_later]
    if not parts:
        raise RequestError(
            f"截至 {stamp.as_of}，{unit}没有需要提示或督办的任务",
            "到期、逾期的任务用 yzplan due、yzplan overdue 查",
        )
    letters = _letters(plan, stamp, unit, parts)
    if stamp.form == "督办函" and not any(map(_is_urgent, parts)):
        raise RequestError(f"截至 {stamp.as_of}，{unit}没有逾期或退回的任务，不用督办", "改发提示函")
    overdue = [part for part in parts if part.timing == "overdue"]
    carried_over = sum(part.carried_over for part in parts)
    return NoticeFacts(
        **shared_facts(plan, stamp),
        unit=unit,
        form=stamp.form or _form(parts, letters),
        month=month,
        next_month=Month.of(month.last_day + dt.timedelta(days=1)),
        reply_by=stamp.reply_by,
        lead=roles.count("lead"),
        responsible=roles.count("responsible"),
        listed=len(parts),
        overdue=len(overdue),
        carried_over=carried_over,
        newly_overdue=len(overdue) - carried_over,
        due_now=sum(part.timing == "due_now" for part in parts),
        due_next=sum(part.timing == "due_next" for part in parts),
        returned=sum(part.returned for part in parts),
        returned_counted=sum(part.returned and part.timing != "later" for part in parts),
        returned_elsewhere=sum(part.timing == "later" for part in parts),
        follows_lead=sum(part.follows_lead for part in parts),
        reminded=len({number for letter in letters for number in letter.tasks}),
        settled_later=sum(part.settled_later and part.timing == "overdue" for part in found),
        letters=letters,
        parts=tuple(parts),
    )


def _is_urgent(part: UrgedPart) -> bool:
    """Whether it is a matter for a 督办函 at all: what is merely due is not."""
    return part.timing == "overdue" or part.returned


def _form(parts: Sequence[UrgedPart], letters: Sequence[Letter]) -> NoticeForm:
    again = letters or any(part.carried_over or part.returned for part in parts)
    return "督办函" if again else "提示函"


def _letters(plan: Plan, stamp: Stamp, unit: str, parts: Sequence[UrgedPart]) -> tuple[Letter, ...]:
    """The open letters to the unit that spoke before of what is overdue, by date."""
    overdue = [part.id for part in parts if part.timing == "overdue"]

    def letter(row: MeasureRow) -> Letter:
        tasks = tuple(number for number in overdue if number in row.tasks)
        return Letter(date=row.date, form=row.measure.label, number=row.number, tasks=tasks)

    measures = (Measure.REMINDER, Measure.URGING)
    rows = measure_rows(plan, stamp.viewpoint, units=[unit], measures=measures, only_open=True)
    return tuple(each for each in map(letter, rows) if each.tasks)


# Tables


def _state_text(part: UrgedPart) -> str:
    """The state, and whose it is where the unit said nothing itself."""
    share = "" if part.percent is None or part.status == "returned" else f" {number_text(part.percent)}%"
    reason = f"：{part.return_reason}" if part.return_reason else ""
    words = f"{part.status.label}{share}{reason}"
    return f"随牵头单位：{words}" if part.follows_lead else words


_STATE = Field("目前状态", _state_text, 6, "left")
_DELAY = Field("逾期天数", lambda part: str(part.days_overdue), 3)
_REQUEST = Field("要求", lambda part: _REQUESTS[part.request], 5)


def _tables(facts: NoticeFacts) -> dict[str, Table]:
    """A table for each timing, named by it."""
    until = f"逾期天数计至{day(facts.as_of)}。"
    found: dict[str, Table] = {}
    for timing, title in _TIMINGS.items():
        rows = [part for part in facts.parts if part.timing == timing]
        rows.sort(key=lambda part: (part.effective_deadline, part.id))
        delay = [_DELAY] if timing == "overdue" else []
        found[timing] = table(
            f"{title}（{len(rows)}项）",
            rows,
            [NUMBER, ROLE, TASK, DEADLINE, _STATE, *delay, _REQUEST],
            until if delay else "",
        )
    return found
