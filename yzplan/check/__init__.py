"""Rules over a plan: what a table that reads well may still have wrong."""

from yzplan.check.findings import Finding, Locator
from yzplan.check.oddities import (
    ODDITY_RULES,
    new_oddities,
    new_office_oddities,
    oddities,
    office_oddities,
)
from yzplan.check.rules import RULES, findings

__all__ = [
    "ODDITY_RULES",
    "RULES",
    "Finding",
    "Locator",
    "findings",
    "new_oddities",
    "new_office_oddities",
    "oddities",
    "office_oddities",
]
