"""The layout of the two files, as pydantic sees it: the nouns, nested as the printed table is."""

from yzplan.model import Header, Indicator, PrintedTask
from yzplan.model.shape import Line, Noun, noun


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
