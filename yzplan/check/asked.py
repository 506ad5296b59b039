"""What a rule about one task looks at: all that its ledgers hold and that has not been taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from yzplan.assess import live
from yzplan.check.findings import Finding
from yzplan.model import REPORTABLE, Extension, Plan, ProgressRecord, Task

History = Sequence[tuple[int, ProgressRecord]]


class Asked(NamedTuple):
    """One task, as seen today, with what its rules look at: all that has not been taken back.

    `histories`: whose part, in words, and its records with their positions in the file, in the order
    of the ledger. `extensions`: with their positions.
    """

    plan: Plan
    task: Task
    today: dt.date
    histories: Sequence[tuple[str, History]]
    extensions: Sequence[tuple[int, Extension]]

    @classmethod
    def about(cls, plan: Plan, task: Task, today: dt.date) -> "Asked":
        """What the rules look at of a task."""
        return cls(plan, task, today, histories(task.id, task.progress), [*live(task.extensions)])


def histories(task: int, progress: Sequence[ProgressRecord]) -> Sequence[tuple[str, History]]:
    """Whose part of a task, in words, and its records that were not taken back, with their positions."""
    units: dict[str, list[tuple[int, ProgressRecord]]] = defaultdict(list)
    for k, record in live(progress):
        units[record.unit].append((k, record))
    return [
        (f"第 {task} 项 {unit} ", sorted(history, key=lambda pair: pair[1].date))
        for unit, history in units.items()
    ]


OddityRule = Callable[[Asked], Iterator[Finding]]


def said_at_once(before: ProgressRecord, record: ProgressRecord) -> bool:
    """Whether both are the unit's own words of one day, so that neither can be what became of the other."""
    return before.date == record.date and before.status in REPORTABLE and record.status in REPORTABLE
