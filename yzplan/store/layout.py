"""The layout of the two files: the nouns, nested as the printed table is, and which of them take one line."""

from yzplan.model import (
    Adjustment,
    Erratum,
    Header,
    Indicator,
    Policy,
    PrintedPage,
    PrintedTask,
    Ranking,
    SupervisionEntry,
    Target,
    Totals,
    Weights,
)
from yzplan.model.shape import Line, Noun, noun

LEDGERS = ("extensions", "progress")
"""The keys of a task that hold its ledgers, in the order in which they stand: behind all the others."""
SECTIONS = ("supervision", "rankings")
"""The keys of tasks.yaml that hold the office's own ledgers, in the order in which they stand: at its end."""


@noun
class TaskEntry(PrintedTask):
    """A task in the file; it may override the units of its indicator (in this plan none does)."""

    leader: Line | None = None
    lead_unit: Line | None = None
    responsible_units: tuple[Line, ...] | None = None


@noun
class IndicatorEntry(Indicator):
    """An indicator in the file, with its tasks (the printed table's merged cells)."""

    tasks: tuple[TaskEntry, ...]


@noun
class PlanFile(Noun):
    """`data/tasks.yaml`."""

    plan: Header
    indicators: tuple[IndicatorEntry, ...]
    supervision: tuple[SupervisionEntry, ...] = ()
    rankings: tuple[Ranking, ...] = ()


ON_ONE_LINE = frozenset((Totals, Policy, Weights, Adjustment, PrintedPage, Erratum, Target))
"""The nouns that stand on one line, in braces; the others are written one key a line."""
