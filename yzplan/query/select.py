"""Selections of tasks. All are pure functions of a plan, a selection and a viewpoint."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from yzplan.assess import Position, Standing, Viewpoint, part_position, position
from yzplan.model import Group, Month, Part, Plan, Role, Status, Task, Unit, comparison_key
from yzplan.query.rows import TaskRow, task_facts


class Selection(NamedTuple):
    """Which tasks are meant; every condition that is given must hold.

    `units`: any of them has a part in the task (through a closed group too), in `role` if given; a
    group by its own name selects the tasks that name it. With role `responsible` a task is judged
    by that unit's own part, otherwise by its own state, that is its lead's.
    """

    units: tuple[Unit | Group, ...] = ()
    role: Role | None = None
    indicators: tuple[int, ...] = ()
    deadline: Month | None = None
    """The effective deadline."""
    due_before: Month | None = None
    """The effective deadline lies before this month."""
    statuses: tuple[Status, ...] = ()
    standings: tuple[Standing, ...] = ()
    text: str | None = None
    leader: str | None = None

    @property
    def by_part(self) -> bool:
        """Whether a unit's own part decides, not the task's own state."""
        return bool(self.units) and self.role == "responsible"


class _Candidate(NamedTuple):
    task: Task
    part: Part | None
    position: Position


def tasks_of(plan: Plan, selection: Selection) -> Iterator[Task]:
    """The tasks that satisfy what a selection says of the tasks themselves: indicator, leader and text."""
    key = _search_key(selection.text) if selection.text else None
    for task in plan.tasks:
        if selection.indicators and task.indicator.id not in selection.indicators:
            continue
        if selection.leader and selection.leader not in (task.leader or ""):
            continue
        if key is None or any(key in _search_key(text) for text in _searchable(task)):
            yield task


def _candidates(plan: Plan, selection: Selection, viewpoint: Viewpoint) -> Iterator[_Candidate]:
    for task in tasks_of(plan, selection):
        for part in _parts(plan, task, selection):
            if part and selection.by_part:
                found = part_position(plan, task, part.unit, viewpoint)
            else:
                found = position(plan, task, viewpoint)
            if _satisfies(found, selection):
                yield _Candidate(task, part, found)


def _parts(plan: Plan, task: Task, selection: Selection) -> Iterator[Part | None]:
    """The asked units' parts in the task; None for a task asked about without one of its own."""
    if not selection.units:
        yield None
    parts = {part.unit: part for part in plan.parts(task)}
    for unit in selection.units:
        if isinstance(unit, Group):
            if unit.name in task.responsible_units and selection.role != "lead":
                yield None
        elif (part := parts.get(unit.name)) and selection.role in (None, part.role):
            yield part


def _satisfies(found: Position, selection: Selection) -> bool:
    """Whether the conditions on deadline, status and standing hold."""
    return (
        (selection.deadline is None or found.effective_deadline == selection.deadline)
        and (selection.due_before is None or found.effective_deadline < selection.due_before)
        and (not selection.statuses or found.state.status in selection.statuses)
        and (not selection.standings or found.standing in selection.standings)
    )


def _search_key(text: str) -> str:
    """The form in which texts are searched: widths, spaces and capitals do not matter, × is *."""
    return comparison_key(text).replace("×", "*")


def _searchable(task: Task) -> Iterator[str]:
    yield task.text
    yield task.indicator.name
    for erratum in task.errata:
        # 疑为“联办”: who searches for the right word finds the doubtful one.
        yield erratum.note or ""


def _rows(
    plan: Plan, viewpoint: Viewpoint, selection: Selection, found: Iterable[_Candidate]
) -> list[TaskRow]:
    """A row a task: where several asked units' parts satisfy, the first asked is shown."""
    firsts: dict[int, _Candidate] = {}
    for each in found:
        firsts.setdefault(each.task.id, each)
    return [
        task_facts(plan, each.task, viewpoint, each.part, by_part=selection.by_part)
        for each in firsts.values()
    ]


def listed(plan: Plan, selection: Selection, viewpoint: Viewpoint) -> list[TaskRow]:
    """The selected tasks, by number."""
    return _rows(plan, viewpoint, selection, _candidates(plan, selection, viewpoint))


def overdue(
    plan: Plan, selection: Selection, viewpoint: Viewpoint, *, only_new: bool = False
) -> list[TaskRow]:
    """The selected tasks that are overdue at the viewpoint, or about to be (预警): by deadline, then number.

    A task is overdue whose effective deadline's last day has come, that is not suspended and was
    not complete at the close of the day. `only_new` leaves out those carried over (结转) from
    earlier months.
    """
    found = (
        each
        for each in _candidates(plan, selection, viewpoint)
        if each.position.is_missed and not (only_new and each.position.carried_over)
    )
    return _by_deadline(_rows(plan, viewpoint, selection, found))


def due(
    plan: Plan,
    selection: Selection,
    viewpoint: Viewpoint,
    *,
    first: Month | None,
    last: Month,
    only_open: bool = False,
) -> list[TaskRow]:
    """The selected tasks whose effective deadline lies in `first`..`last` (from the start, if None).

    `only_open` leaves out those that are complete or suspended. By deadline, then number.
    """
    closed = (Standing.ON_TIME, Standing.LATE, Standing.SUSPENDED)
    found = (
        each
        for each in _candidates(plan, selection, viewpoint)
        if (first is None or first <= each.position.effective_deadline)
        and each.position.effective_deadline <= last
        and not (only_open and each.position.standing in closed)
    )
    return _by_deadline(_rows(plan, viewpoint, selection, found))


def _by_deadline(rows: list[TaskRow]) -> list[TaskRow]:
    return sorted(rows, key=lambda row: (row.effective_deadline, row.id))
