"""The guided form of `update`: asks for what was not said."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from yzplan.assess import Viewpoint, part_position
from yzplan.check.admission import reporter, status_before
from yzplan.cli import output
from yzplan.cli.asking import agrees, answer
from yzplan.cli.entering import record
from yzplan.cli.reading import find_task, parse_day, parse_numbers
from yzplan.cli.reporting import (
    Report,
    each_one_line,
    one_line,
    parse_number,
    parse_percent,
    parse_reportable,
)
from yzplan.cli.session import Session
from yzplan.errors import RequestError
from yzplan.model import REPORTABLE, TRANSITIONS, Plan, Status, Task, number_text
from yzplan.store.loading import TASKS

T = TypeVar("T")


def report(
    session: Session,
    ids: Sequence[str],
    unit: str | None,
    said: dict[str, Any],
    *,
    dry_run: bool,
    commit: bool,
) -> None:
    """Ask for what a report lacks, show the record, and append it if that is agreed to.

    `said` are fields of the report, without status; what they say already is not asked. Raises
    RequestError where no report is possible, KeyboardInterrupt at the end of the input; and, before
    anything is asked, DataError where it could not be committed though it is to be.
    """
    plan = session.plan()
    if commit:
        from yzplan.git.committing import refuse_uncommittable

        refuse_uncommittable(session.directory / TASKS)
    unit, fields = _completed(session, plan, ids, unit, said)
    made = Report(**fields)
    has_new = record(session, ids, unit, made, dry_run=True, commit=commit)
    if dry_run or not has_new:
        return
    if agrees("写入？"):
        record(session, ids, unit, made, dry_run=False, commit=commit, previewed=True)
    else:
        output.remark("没有写入")


def _completed(
    session: Session, plan: Plan, ids: Sequence[str], unit: str | None, said: dict[str, Any]
) -> tuple[str | None, dict[str, Any]]:
    """Whose report it is, and all its fields."""
    tasks = [find_task(plan, number) for number in parse_numbers(ids)]
    for task in tasks:
        output.write(f"第 {task.id} 项　{task.text}\n")
    leads = "、".join(dict.fromkeys(task.lead_unit for task in tasks))
    unit = unit or answer(f"谁的进展（回车为牵头单位 {leads}）：", lambda text: _known(plan, tasks, text))
    now = Viewpoint(as_of=session.today, today=session.today)
    for task in tasks:
        output.write(f"{_situation(plan, task, unit, now)}\n")
    fields = dict(said)
    fields["status"] = status = _status(plan, tasks, unit, fields)
    is_done = status is Status.DONE

    def ask(field: str, question: str, parse: Callable[[str], Any]) -> None:
        if fields.get(field) in (None, ()):
            fields[field] = answer(question, parse)

    if is_done:
        ask("completed_on", f"实际完成日（回车为 {fields['date']}）：", _optional(parse_day))
    else:
        ask("percent", "进度 0–100（可不填）：", _optional(parse_percent))
    if is_done and len(tasks) == 1 and not fields.get("measured"):
        fields["measured"] = tuple(_measured(tasks[0]))
    ask("note", "说明（可不填）：", lambda text: one_line("说明", text))
    if status is Status.BLOCKED:
        ask("problem", "存在问题（可不填）：", lambda text: one_line("问题", text))
    if is_done:
        ask("evidence", "佐证，几件用分号隔开（可不填）：", _several)
    return unit, fields


def _optional(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    return lambda text: parse(text) if text else None


def _several(text: str) -> tuple[str, ...]:
    return each_one_line("佐证", text.replace("；", ";").split(";"))


def _known(plan: Plan, tasks: Sequence[Task], name: str) -> str | None:
    """A unit that has a part in all the tasks; None for their leads."""
    if not name:
        return None
    [unit] = {reporter(plan, task, name) for task in tasks}
    return unit


def _situation(plan: Plan, task: Task, name: str | None, now: Viewpoint) -> str:
    unit = reporter(plan, task, name)
    found = part_position(plan, task, unit, now)
    state, last = found.state, found.state.last_record
    percent = f" {number_text(state.percent)}%" if state.percent is not None else ""
    told = f"（{last.date} 报）" if last else ""
    follows = "，随牵头单位" if found.follows_lead and last else ""
    return (
        f"第 {task.id} 项　时限 {found.effective_deadline}　{found.standing.label}"
        f"　{unit}现为“{state.status.label}”{percent}{told}{follows}"
    )


def _status(plan: Plan, tasks: Sequence[Task], name: str | None, said: dict[str, Any]) -> Status:
    """The status chosen among those that may be reported of all the tasks, with what is said already."""
    before = {status_before(task, reporter(plan, task, name), said["date"]) for task in tasks}
    fitting = [Status.DONE] if said["completed_on"] else REPORTABLE
    legal = [each for each in fitting if all(each in TRANSITIONS[status] for status in before)]
    if not legal:
        raise RequestError("从现在的状态没有可以填报的", "已认定的如有不实，由办公室用 yzplan return 退回")
    choices = "  ".join(f"{k} {status.label}" for k, status in enumerate(legal, start=1))

    def parse(text: str) -> Status:
        if text.isdecimal() or not text:
            chosen = dict(enumerate(legal, start=1)).get(int(text or 0))
        else:
            chosen = parse_reportable(text)
        if chosen in legal:
            return chosen
        raise RequestError("请从中选一个", choices)

    return answer(f"状态：{choices}\n选一个：", parse)


def _measured(task: Task) -> list[tuple[str, int | float]]:
    """The values of the task's targets that the person knows."""
    values: list[tuple[str, int | float]] = []
    for metric in dict.fromkeys(target.metric for target in task.targets):
        value = answer(
            f"实测 {metric}（可不填）：", _optional(lambda text: parse_number(text, f"实测值“{text}”"))
        )
        if value is not None:
            values.append((metric, value))
    return values
