"""How each key of the two data files is merged."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from yzplan.model import Group, Header, Policy, Register, Scoring, Totals, Unit, Weights
from yzplan.store.layout import SECTIONS, IndicatorEntry, PlanFile, TaskEntry


class Kind(NamedTuple):
    """How a key is merged.

    A `fact` is one value; of a `set`, a `list` or a `ledger` all items are kept that neither side took
    out; a `mapping` is merged by its `fields`, and so are `items` of a list, told apart by their `name`.
    `noun`: what a mapping or an item is, which gives its keys their order.
    """

    form: Literal["fact", "set", "list", "ledger", "mapping", "items"] = "fact"
    noun: type | None = None
    fields: Mapping[str, "Kind"] = {}
    name: str = ""


FACT, SET, LIST, LEDGER = Kind(), Kind("set"), Kind("list"), Kind("ledger")
_TASK = {"errata": LIST, "targets": LIST, "extensions": LEDGER, "progress": LEDGER}
_INDICATOR = {"printed": LIST, "errata": LIST, "tasks": Kind("items", TaskEntry, _TASK, "id")}
_SCORING = {"weights": Kind("mapping", Weights), "adjustments": LEDGER}
_PLAN = {
    "totals": Kind("mapping", Totals),
    "policy": Kind("mapping", Policy),
    "assessment": Kind("mapping", Scoring, _SCORING),
}
_NAMES = {"aliases": SET, "ambiguous": SET, "members": SET}
TASKS_FILE = Kind(
    "mapping",
    PlanFile,
    {
        "plan": Kind("mapping", Header, _PLAN),
        "indicators": Kind("items", IndicatorEntry, _INDICATOR, "id"),
        **dict.fromkeys(SECTIONS, LEDGER),
    },
)
UNITS_FILE = Kind(
    "mapping",
    Register,
    {
        "units": Kind("items", Unit, _NAMES, "name"),
        "groups": Kind("items", Group, _NAMES, "name"),
        "authors": Kind("mapping"),
    },
)
