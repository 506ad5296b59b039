"""The nouns of the field, frozen. Standard library only."""

from yzplan.model.directory import Directory, comparison_key
from yzplan.model.ledger import (
    REPORTABLE,
    TRANSITIONS,
    Extension,
    LedgerEntry,
    ProgressRecord,
    Status,
    facts,
    fingerprint,
    ledger_of,
    place_of,
)
from yzplan.model.month import Month
from yzplan.model.numbers import number_text
from yzplan.model.plan import (
    Erratum,
    Header,
    Indicator,
    Part,
    Plan,
    Policy,
    PrintedPage,
    PrintedTask,
    Role,
    Target,
    Task,
    Totals,
)
from yzplan.model.units import Group, Register, Unit

__all__ = [
    "REPORTABLE",
    "TRANSITIONS",
    "Directory",
    "Erratum",
    "Extension",
    "Group",
    "Header",
    "Indicator",
    "LedgerEntry",
    "Month",
    "Part",
    "Plan",
    "Policy",
    "PrintedPage",
    "PrintedTask",
    "ProgressRecord",
    "Register",
    "Role",
    "Status",
    "Target",
    "Task",
    "Totals",
    "Unit",
    "comparison_key",
    "facts",
    "fingerprint",
    "ledger_of",
    "number_text",
    "place_of",
]
