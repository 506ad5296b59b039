"""Answers about the whole plan: the summary, the units, the chains of responsibility."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Literal

from yzplan.assess import Position, Viewpoint, position
from yzplan.assess.tally import Tally, tally
from yzplan.model import Month, Plan, Task
from yzplan.model.shape import Noun, noun
from yzplan.query.rows import closed_groups

Group = Literal["total", "indicator", "lead", "month"]
GROUP_LABELS: Mapping[Group, str] = {
    "total": "合计",
    "indicator": "一级指标",
    "lead": "牵头单位",
    "month": "时限月份",
}


@noun
class Share(Tally):
    """One line of a summary: all tasks, or those of an indicator, lead unit or month, and how they stand."""

    group: Group
    name: str

    @property
    def group_label(self) -> str:
        """What kind of line it is, as people read it."""
        return GROUP_LABELS[self.group]


@noun
class Summary(Noun):
    """The plan at one glance. Months are those of the effective deadlines."""

    as_of: dt.date
    known_at: dt.date | None
    total: Share
    by_indicator: tuple[Share, ...]
    by_lead: tuple[Share, ...]
    by_month: tuple[Share, ...]

    @property
    def shares(self) -> tuple[Share, ...]:
        """All lines, the total first."""
        return (self.total, *self.by_indicator, *self.by_lead, *self.by_month)


def summarize(plan: Plan, viewpoint: Viewpoint) -> Summary:
    """How many tasks are due, done, late, overdue: in all, by indicator, lead unit and deadline month.

    Indicators and lead units come in the plan's order, months by time. Counts are of tasks, each once.
    """
    stood = [(task, position(plan, task, viewpoint)) for task in plan.tasks]

    def shares(
        group: Group, name_of: Callable[[Task, Position], str], names: Iterable[str]
    ) -> tuple[Share, ...]:
        held: dict[str, list[Position]] = {name: [] for name in names}
        for task, found in stood:
            held.setdefault(name_of(task, found), []).append(found)
        return tuple(Share(group=group, name=name, **asdict(tally(each))) for name, each in held.items())

    months = sorted({found.effective_deadline for _, found in stood})
    return Summary(
        as_of=viewpoint.as_of,
        known_at=viewpoint.known_at,
        total=shares("total", lambda *_: "全部任务", ["全部任务"])[0],
        by_indicator=shares(
            "indicator", lambda task, _: task.indicator.name, (each.name for each in plan.indicators)
        ),
        by_lead=shares("lead", lambda task, _: task.lead_unit, ()),
        by_month=shares("month", lambda _, found: str(found.effective_deadline), map(str, months)),
    )


@noun
class UnitRow(Noun):
    """A unit or group of the register, and in how many tasks it has a part."""

    name: str
    kind: str
    full_name: str | None
    lead: int
    responsible: int
    members: tuple[str, ...]
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]
    note: str | None


def unit_rows(plan: Plan) -> list[UnitRow]:
    """The register in its order, groups last. A group counts the tasks that name it."""
    leads: dict[str, int] = {}
    responsible: dict[str, int] = {}
    for task in plan.tasks:
        for part in plan.parts(task):
            count = leads if part.role == "lead" else responsible
            count[part.unit] = count.get(part.unit, 0) + 1
        for name in task.responsible_units:
            if plan.register.group(name):
                responsible[name] = responsible.get(name, 0) + 1
    rows = [
        UnitRow(
            name=unit.name,
            kind=unit.kind,
            full_name=unit.full_name,
            lead=leads.get(unit.name, 0),
            responsible=responsible.get(unit.name, 0),
            members=(),
            aliases=unit.aliases,
            ambiguous=unit.ambiguous,
            note=unit.note,
        )
        for unit in plan.register.units
    ]
    rows += [
        UnitRow(
            name=group.name,
            kind="开放的组" if group.is_open else "组",
            full_name=None,
            lead=0,
            responsible=responsible.get(group.name, 0),
            members=group.members,
            aliases=group.aliases,
            ambiguous=(),
            note=group.note,
        )
        for group in plan.register.groups
    ]
    return rows


@noun
class Chain(Noun):
    """An indicator's chain of responsibility “1+1+N” (三、保障措施 2): leader, lead, responsible."""

    id: int
    name: str
    leader: str | None
    lead_unit: str
    responsible_units: tuple[str, ...]
    closed_groups: tuple[str, ...]
    open_ended: str | None
    tasks: tuple[int, ...]
    deadlines: tuple[Month, ...]


def chains(plan: Plan) -> list[Chain]:
    """The chain of every indicator, in the plan's order."""

    def of(tasks: list[Task]) -> tuple[tuple[int, ...], tuple[Month, ...]]:
        return tuple(task.id for task in tasks), tuple(sorted({task.deadline for task in tasks}))

    rows = []
    for indicator in plan.indicators:
        ids, deadlines = of([task for task in plan.tasks if task.indicator is indicator])
        rows.append(
            Chain(
                id=indicator.id,
                name=indicator.name,
                leader=indicator.leader,
                lead_unit=indicator.lead_unit,
                responsible_units=indicator.responsible_units,
                closed_groups=closed_groups(plan, indicator.responsible_units),
                open_ended=indicator.open_ended,
                tasks=ids,
                deadlines=deadlines,
            )
        )
    return rows
