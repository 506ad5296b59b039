"""The plan as printed: header, indicators, tasks, and what the office noted about the print."""

import operator
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Any, Literal, NamedTuple

from yzplan.model.assessment import Scoring
from yzplan.model.ledger import Extension, LedgerEntry, ProgressRecord, ledger_of, place_of
from yzplan.model.month import Month
from yzplan.model.numbers import number_text
from yzplan.model.shape import Amount, Count, Day, Fingerprint, Flag, Line, Noun, Total, Year, noun
from yzplan.model.supervision import OfficeEntry, Ranking, SupervisionEntry, section_of
from yzplan.model.units import Register


@noun
class Erratum(Noun):
    """A place where the print is doubtful, or where `text` differs from it (勘误).

    `printed` are the printed characters. With `read`, those characters stand in the text instead;
    without it the text is as printed and `note` says what is in doubt.
    """

    id: Line | None = None
    printed: Line
    read: Line | None = None
    note: Line | None = None


Op = Literal[">=", "<=", ">", "<", "=", "between"]

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_COMPARED = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}


@noun
class Target(Noun):
    """A quantified target (量化目标) that a task's text sets, quoting it.

    `value` is the number as printed, in `unit` as printed; `[low, high]` for `between`.
    以上, 以下, 以内 include the number, 超过 excludes it (民法典第1259条).
    """

    metric: Line
    op: Op
    value: Amount
    unit: Line
    scope: Line | None = None
    quote: Line
    soft: Flag = False
    """力争, 鼓励, 一般: shown, and never alone decides that a task is incomplete."""
    any_of: Line | None = None
    """Targets of one task that share this label are alternatives (或)."""
    horizon: Month | None = None
    """The month that the text looks to (年底, or a figure of the whole year), later than the deadline."""
    caveat: Line | None = None
    """Why it cannot be judged from one number; such a target is left to people."""

    @property
    def is_clear(self) -> bool:
        """Whether the value has as many bounds as `op` compares with: two for `between`, one for others."""
        return isinstance(self.value, tuple) == (self.op == "between")

    def is_met_by(self, measured: float) -> bool:
        """Whether a clear target is met by a number measured in its unit; both ends of a range count."""
        if isinstance(self.value, tuple):
            low, high = self.value
            return low <= measured <= high
        return bool(_COMPARED[self.op](measured, self.value))

    @property
    def wanted(self) -> str:
        """What is wanted, as people read it: `≥80%`, `220～280美元`."""
        if isinstance(self.value, tuple):
            return f"{'～'.join(map(number_text, self.value))}{self.unit}"
        return f"{_SIGNS.get(self.op, '')}{number_text(self.value)}{self.unit}"


@noun
class PrintedPage(Noun):
    """One page's share of an indicator, as printed; a cell left out is as the indicator's fields say."""

    from_task: Count
    name: Line | None = None
    lead: Line | None = None
    responsible: Line | None = None


@noun
class Totals(Noun):
    """The document's own count of itself; the data is held to it. A plan just begun has 0 of each."""

    indicators: Total
    tasks: Total


@noun
class Policy(Noun):
    """The office's own settings, where the document sets no rule."""

    complete: Literal["done", "verified"] = "done"
    """From which status on a part counts as complete."""
    owes: Literal["lead_due", "lead_open", "each_due", "each_open"] = "lead_due"
    """Who owes a report in a month: the lead, or each unit with a part; and on what: on tasks that are
    open and due within the month or carried over, or on all that are open."""
    low_indicators: Count | None = None
    """How many of the last places an indicator has among the cities count as low (排位靠后)."""
    low_units: Count | None = None
    """How many of the last places a county or unit has among its peers count as low."""


@noun
class Header(Noun):
    """Which plan this is, and whose."""

    title: Line
    document_number: Line
    issued_by: Line
    issued_on: Day
    year: Year
    office: Line
    totals: Totals
    policy: Policy = field(default_factory=Policy)
    assessment: Scoring = field(default_factory=Scoring)


@noun
class Indicator(Noun):
    """An indicator (一级指标) with its chain of responsibility “1+1+N” (三、保障措施 2)."""

    id: Count
    name: Line
    leader: Line | None = None
    """分管市领导, the first 1; the document names none."""
    lead_unit: Line
    responsible_units: tuple[Line, ...]
    """As printed, in order, groups included."""
    open_ended: Line | None = None
    """The printed 等…: the list is not exhaustive."""
    wording: Fingerprint | None = None
    """Fingerprint of the printed wording and deadlines of its tasks; none until they are first accepted."""
    printed: tuple[PrintedPage, ...] = ()
    errata: tuple[Erratum, ...] = ()


@noun
class PrintedTask(Noun):
    """What the table and the ledger say of one task, before its indicator is added."""

    id: Count
    deadline: Month
    """The printed 完成时限; an approved extension never changes it."""
    text: Line
    errata: tuple[Erratum, ...] = ()
    targets: tuple[Target, ...] = ()
    extensions: tuple[Extension, ...] = ()
    progress: tuple[ProgressRecord, ...] = ()


@noun
class Task(PrintedTask):
    """A task (重点工作任务) as everything above the store sees it: its indicator and units with it."""

    indicator: Indicator
    leader: str | None
    lead_unit: str
    responsible_units: tuple[str, ...]

    def ledger(self, name: str) -> tuple[LedgerEntry, ...]:
        """The ledger of that key, `extensions` or `progress`."""
        return self.extensions if name == "extensions" else self.progress

    def with_ledger(self, name: str, entries: tuple[LedgerEntry, ...]) -> "Task":
        """The task with another ledger under that key."""
        changes: dict[str, Any] = {name: entries}
        return replace(self, **changes)

    def with_entry(self, entry: LedgerEntry) -> "Task":
        """The task with an entry more, in the place that it gets in the file."""
        name = ledger_of(entry)
        entries = self.ledger(name)
        place = place_of(entries, entry)
        return self.with_ledger(name, (*entries[:place], entry, *entries[place:]))


Role = Literal["lead", "responsible"]


class Part(NamedTuple):
    """A unit's part of a task: in which role, and through which group if through one."""

    unit: str
    role: Role
    group: str | None


@noun
class Plan(Noun):
    """One city's plan of one year, flat: every task knows its indicator and units."""

    header: Header
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    register: Register
    supervision: tuple[SupervisionEntry, ...] = ()
    """The office's own ledger (督办台账), in the order of the file."""
    rankings: tuple[Ranking, ...] = ()
    """The province's results (全省评价排名), in the order of the file."""

    def with_tasks(self, tasks: Mapping[int, Task]) -> "Plan":
        """The plan with some tasks replaced, by number."""
        return replace(self, tasks=tuple(tasks.get(task.id, task) for task in self.tasks))

    def office_ledger(self, name: str) -> tuple[OfficeEntry, ...]:
        """The office's own ledger of that key, `supervision` or `rankings`."""
        return self.rankings if name == "rankings" else self.supervision

    def with_office_entry(self, entry: OfficeEntry) -> "Plan":
        """The plan with an entry of the office's more, in the place that it gets in the file."""
        name = section_of(entry)
        entries = self.office_ledger(name)
        place = place_of(entries, entry)
        changes: dict[str, Any] = {name: (*entries[:place], entry, *entries[place:])}
        return replace(self, **changes)

    @property
    def by_id(self) -> Mapping[int, Task]:
        """The tasks by number."""
        return {task.id: task for task in self.tasks}

    def parts(self, task: Task) -> Iterator[Part]:
        """Every unit's part of a task: the lead's, then each responsible unit's in printed order.

        Closed groups are expanded to their members; open groups make no part (三、保障措施 2).
        """
        yield Part(task.lead_unit, "lead", None)
        seen = {task.lead_unit}
        for name in task.responsible_units:
            group = self.register.group(name)
            members = (name,) if group is None else group.members
            for unit in members:
                if unit not in seen:
                    seen.add(unit)
                    yield Part(unit, "responsible", group.name if group else None)
