"""Rules over a plan: what a table that reads well may still have wrong."""

from yzplan.check.findings import Finding, Locator
from yzplan.check.rules import RULES, findings

__all__ = ["RULES", "Finding", "Locator", "findings"]
