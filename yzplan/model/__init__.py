"""The nouns of the field, frozen. Standard library only."""

from yzplan.model.assessment import Adjustment, Scoring, Weights
from yzplan.model.day import looks_like_day, parse_day
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
from yzplan.model.numbers import decimal_text, exact, number_text
from yzplan.model.period import Period
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
from yzplan.model.supervision import (
    Measure,
    OfficeEntry,
    Ranking,
    SupervisionEntry,
    office_line,
    section_of,
)
from yzplan.model.units import OFFICE, Group, Register, Unit, email_key

__all__ = [
    "OFFICE",
    "REPORTABLE",
    "TRANSITIONS",
    "Adjustment",
    "Directory",
    "Erratum",
    "Extension",
    "Group",
    "Header",
    "Indicator",
    "LedgerEntry",
    "Measure",
    "Month",
    "OfficeEntry",
    "Part",
    "Period",
    "Plan",
    "Policy",
    "PrintedPage",
    "PrintedTask",
    "ProgressRecord",
    "Ranking",
    "Register",
    "Role",
    "Scoring",
    "Status",
    "SupervisionEntry",
    "Target",
    "Task",
    "Totals",
    "Unit",
    "Weights",
    "comparison_key",
    "decimal_text",
    "email_key",
    "exact",
    "facts",
    "fingerprint",
    "ledger_of",
    "looks_like_day",
    "number_text",
    "office_line",
    "parse_day",
    "place_of",
    "section_of",
]
