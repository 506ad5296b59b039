"""What a new entry comes to, where that is not plain from the entry itself: Chinese sentences.

What is odd about an entry is said by the rules of `oddities`; this is about what the ledger makes of it.
"""

import datetime as dt
from collections.abc import Iterator

from yzplan.assess import (
    COMPLETE,
    IN_THE_END,
    Viewpoint,
    effective_deadline,
    in_effect_from,
    records_of,
    state_of,
)
from yzplan.check.admission import status_before
from yzplan.model import Extension, LedgerEntry, ProgressRecord, Status, Task, ledger_of


def overtaken(task: Task, entry: LedgerEntry) -> Iterator[str]:
    """What is said of a record that is there already, where it has been overtaken on the same day."""
    if isinstance(entry, ProgressRecord) and entry.status:
        now = status_before(task, entry.unit, entry.date)
        if now is not entry.status:
            yield (
                f"注意：第 {task.id} 项 {entry.unit} 当天其后又记为“{now.label}”；"
                f"确要再报“{entry.status.label}”，请用 --note 写明缘由"
            )


def consequences(before: Task, after: Task, entry: LedgerEntry, today: dt.date) -> Iterator[str]:
    """What an entry means for the task or for its unit's part."""
    wrong = next((old for old in before.ledger(ledger_of(entry)) if old.ref == entry.retracts), None)
    if wrong and entry.known_on < min(wrong.known_on, today):
        yield f"注意：第 {after.id} 项更正的日期 {entry.known_on} 早于所更正的记录（{wrong.known_on}）"
    if isinstance(entry, Extension):
        if isinstance(wrong, Extension):
            deadline = effective_deadline(after, Viewpoint(as_of=today, today=today))
            yield f"第 {after.id} 项延至 {wrong.to} 作废，现行时限为 {deadline}"
        else:
            yield from _of_extension(after, entry, today)
    elif isinstance(wrong, ProgressRecord) and wrong.status:
        now = status_before(after, entry.unit, dt.date.max)
        where = f"第 {after.id} 项 {entry.unit} "
        yield f"{where}{wrong.date} 报的“{wrong.status.label}”作废，现为“{now.label}”"
    else:
        yield from _of_report(before, after, entry)


def _of_extension(after: Task, entry: Extension, today: dt.date) -> Iterator[str]:
    """What an extension does not do, though it might be thought to."""
    where = f"注意：第 {after.id} 项"
    status = status_before(after, after.lead_unit, dt.date.max)
    if status in COMPLETE or status is Status.SUSPENDED:
        yield f"{where}现为“{status.label}”"
    deadline = effective_deadline(after, Viewpoint(as_of=today, today=today))
    if deadline != entry.to and entry.approved_on <= today:
        yield f"{where}另有以后批准的延期，现行时限仍为 {deadline}"
    if entry.from_ and entry.to and entry.to < entry.from_:
        yield f"{where}的新时限 {entry.to} 早于批准时的时限 {entry.from_}"
    if entry.from_ and entry.approved_on > entry.from_.last_day:
        yield f"{where}的批准日 {entry.approved_on} 在原时限 {entry.from_} 之后，批准以前的逾期不因此消除"


def _of_report(before: Task, after: Task, entry: ProgressRecord) -> Iterator[str]:
    """That a report is older than the last one, or that another day counts than it seems to say."""
    where = f"注意：第 {after.id} 项 {entry.unit} "
    said = records_of(before, entry.unit, IN_THE_END)
    if said and said[-1].date > entry.date:
        yield f"{where}的填报日期 {entry.date} 早于已有的最近一条（{said[-1].date}），按日期先后插入"
    own = records_of(after, entry.unit, IN_THE_END)
    day = next(day for day, record in in_effect_from(own) if record == entry)
    if day != entry.effective_on:
        yield f"{where}退回以后重报，完成日按退回之日 {day} 计"
    completed_on = state_of((record for record in own if record.date <= entry.date), dt.date.max).completed_on
    if entry.status is Status.DONE and completed_on and completed_on != day:
        yield f"{where}以前已报完成，完成日仍按 {completed_on} 计；要更正，先用 undo 作废以前那条"
    if entry.status is Status.VERIFIED and completed_on and completed_on > day:
        yield f"{where}的完成日 {completed_on} 还没有到，自认定之日 {day} 起即算完成"
