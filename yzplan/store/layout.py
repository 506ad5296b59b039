"""The layout of the two files, as pydantic sees it: the nouns, nested as the printed table is."""

from dataclasses import dataclass

from yzplan.model import Header, Indicator, PrintedTask
from yzplan.model.shape import CONFIG, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEntry(PrintedTask):
    """A task in the file; it may override the units of its indicator (in this plan none does)."""

    __pydantic_config__ = CONFIG

    leader: Line | None = None
    lead_unit: Line | None = None
    responsible_units: tuple[Line, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorEntry(Indicator):
    """An indicator in the file, with its tasks (the printed table's merged cells)."""

    __pydantic_config__ = CONFIG

    tasks: tuple[TaskEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """`data/tasks.yaml`."""

    __pydantic_config__ = CONFIG

    plan: Header
    indicators: tuple[IndicatorEntry, ...]
