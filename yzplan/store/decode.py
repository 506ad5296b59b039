"""Plain values to the plan. The values have been validated; nothing is checked twice here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from yzplan.model import (
    Adjustment,
    Erratum,
    Extension,
    Group,
    Header,
    Indicator,
    Measure,
    Month,
    Period,
    Plan,
    Policy,
    PrintedPage,
    ProgressRecord,
    Ranking,
    Register,
    Scoring,
    Status,
    SupervisionEntry,
    Target,
    Task,
    Totals,
    Unit,
    Weights,
)

Value = Mapping[str, Any]

_day = dt.date.fromisoformat


def record(value: Value) -> ProgressRecord:
    """One progress record."""
    given = dict(value)
    given["date"] = _day(value["date"])
    if "status" in given:
        given["status"] = Status(given["status"]) if given["status"] is not None else None
    if given.get("completed_on") is not None:
        given["completed_on"] = _day(value["completed_on"])
    if "evidence" in given:
        given["evidence"] = tuple(given["evidence"])
    return ProgressRecord(**given)


def extension(value: Value) -> Extension:
    """One extension."""
    given = dict(value)
    if (start := given.pop("from", None)) is not None:
        given["from_"] = Month.from_iso(start)
    if given.get("to") is not None:
        given["to"] = Month.from_iso(given["to"])
    for key in ("approved_on", "recorded_on"):
        if given.get(key) is not None:
            given[key] = _day(given[key])
    return Extension(**given)


def supervision(value: Value) -> SupervisionEntry:
    """One entry of the office's own ledger."""
    given = dict(value)
    for key in ("date", "due", "recorded_on"):
        if given.get(key) is not None:
            given[key] = _day(given[key])
    if given.get("measure") is not None:
        given["measure"] = Measure(given["measure"])
    return SupervisionEntry(**{**given, **_tuples(given, "tasks", "items")})


def ranking(value: Value) -> Ranking:
    """One result of the province's evaluation."""
    given = dict(value)
    for key in ("date", "recorded_on"):
        if given.get(key) is not None:
            given[key] = _day(given[key])
    if given.get("period") is not None:
        given["period"] = Period.from_iso(given["period"])
    return Ranking(**given)


def target(value: Value) -> Target:
    """One quantified target."""
    given = dict(value)
    if isinstance(given["value"], list):
        given["value"] = tuple(given["value"])
    if given.get("horizon") is not None:
        given["horizon"] = Month.from_iso(given["horizon"])
    return Target(**given)


def header(value: Value) -> Header:
    """The plan's header."""
    given = dict(value)
    given["issued_on"] = _day(value["issued_on"])
    given["totals"] = Totals(**value["totals"])
    if "policy" in given:
        given["policy"] = Policy(**value["policy"])
    if "assessment" in given:
        given["assessment"] = scoring(value["assessment"])
    return Header(**given)


def scoring(value: Value) -> Scoring:
    """The rules of the assessment."""
    given = dict(value)
    if "weights" in given:
        given["weights"] = Weights(**value["weights"])
    if "adjustments" in given:
        given["adjustments"] = tuple(
            Adjustment(**{**entry, "date": _day(entry["date"])}) for entry in value["adjustments"]
        )
    return Scoring(**given)


def register(value: Value) -> Register:
    """The register of units."""
    return Register(
        units=tuple(Unit(**{**unit, **_tuples(unit, "aliases", "ambiguous")}) for unit in value["units"]),
        groups=tuple(
            Group(**{**group, **_tuples(group, "members", "aliases")}) for group in value.get("groups", ())
        ),
        authors=dict(value.get("authors", {})),
    )


def _tuples(value: Value, *keys: str) -> dict[str, tuple[Any, ...]]:
    return {key: tuple(value[key]) for key in keys if key in value}


def plan(tasks_file: Value, units_file: Value) -> Plan:
    """The whole plan, flat: every task with its indicator and its units."""
    indicators = []
    tasks = []
    for entry in tasks_file["indicators"]:
        given = {key: value for key, value in entry.items() if key != "tasks"}
        given["responsible_units"] = tuple(given["responsible_units"])
        given["printed"] = tuple(PrintedPage(**page) for page in given.get("printed", ()))
        given["errata"] = tuple(Erratum(**item) for item in given.get("errata", ()))
        indicator = Indicator(**given)
        indicators.append(indicator)
        tasks += [_task(value, indicator) for value in entry["tasks"]]
    return Plan(
        header=header(tasks_file["plan"]),
        indicators=tuple(indicators),
        tasks=tuple(tasks),
        register=register(units_file),
        supervision=tuple(supervision(item) for item in tasks_file.get("supervision", ())),
        rankings=tuple(ranking(item) for item in tasks_file.get("rankings", ())),
    )


def _task(value: Value, indicator: Indicator) -> Task:
    responsible = value.get("responsible_units")
    return Task(
        id=value["id"],
        deadline=Month.from_iso(value["deadline"]),
        text=value["text"],
        errata=tuple(Erratum(**item) for item in value.get("errata", ())),
        targets=tuple(target(item) for item in value.get("targets", ())),
        extensions=tuple(extension(item) for item in value.get("extensions", ())),
        progress=tuple(record(item) for item in value.get("progress", ())),
        indicator=indicator,
        leader=value.get("leader") or indicator.leader,
        lead_unit=value.get("lead_unit") or indicator.lead_unit,
        responsible_units=indicator.responsible_units if responsible is None else tuple(responsible),
    )
