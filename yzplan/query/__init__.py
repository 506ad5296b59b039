"""Which tasks: selections, and the rows that answer them."""

from yzplan.query.reports import Chain, Share, Summary, UnitRow, chains, summarize, unit_rows
from yzplan.query.rows import LastRecord, PartFacts, TaskRow, task_facts
from yzplan.query.select import Selection, due, listed, overdue

__all__ = [
    "Chain",
    "LastRecord",
    "PartFacts",
    "Selection",
    "Share",
    "Summary",
    "TaskRow",
    "UnitRow",
    "chains",
    "due",
    "listed",
    "overdue",
    "summarize",
    "task_facts",
    "unit_rows",
]
