"""Judging two read files: their shape by pydantic, their meaning by the rules of `check`."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from yzplan import check
from yzplan.errors import Diagnostic
from yzplan.model import Plan, Register
from yzplan.store import decode
from yzplan.store.layout import PlanFile
from yzplan.store.mend import Mended, lies_in, refusals
from yzplan.store.reading import Document
from yzplan.store.shape import Location, shape_errors


def judge(tasks: Document, units: Document) -> tuple[Plan, list[Diagnostic]]:
    """The plan that two files make, and what is wrong with their shape and meaning: nothing if valid.

    With something wrong the plan is a makeshift, to be judged and no more.

    Of a file that could not be read to its end (its value is None) nothing is said, since what it
    lacks would only follow from that; the other is judged as far as it can be alone.
    """
    problems: list[Diagnostic] = []
    mended: list[Mended] = []
    for document, root in ((tasks, PlanFile), (units, Register)):
        if document.value is None:
            mended.append(Mended(None, [()], root))
            continue
        errors = shape_errors(document, root)
        refused = [*refusals(document.value, root)] if document.problems or errors else []
        problems += (diagnostic for location, diagnostic in errors if not lies_in(location, refused))
        mended.append(Mended(document.value, [*(location for location, _ in errors), *refused], root))
    plan = decode.plan(*(each.value for each in mended))
    return plan, problems + _judge_meaning(plan, tasks, units, *mended)


def _judge_meaning(
    plan: Plan, tasks: Document, units: Document, tasks_mended: Mended, units_mended: Mended
) -> list[Diagnostic]:
    nested = _paths(tasks_mended.value)
    problems = []
    for code, finding in check.findings(plan):
        in_units = finding.where[0] in ("units", "groups")
        document, judged = (units, units_mended) if in_units else (tasks, tasks_mended)
        location: Location = finding.where
        if location[0] == "tasks":
            location = (*nested[int(location[1])], *location[2:])
        if judged.is_wrong(location) or any(
            each.silences(code, location) for each in (tasks_mended, units_mended)
        ):
            continue
        place = document.place(location)
        path = document.source.path
        problems.append(Diagnostic(path, place.line, place.column, code, finding.message, finding.hint))
    return problems


def oddities(tasks: Document, plan: Plan, today: dt.date) -> Iterator[Diagnostic]:
    """What a valid table should not hold, or should be said aloud: Y4 and Y5, as seen today."""
    for path, task in zip(_paths(tasks.value), plan.tasks, strict=True):
        for code, finding in check.oddities(plan, task, today):
            place = tasks.place((*path, *finding.where))
            shown = tasks.source.path
            yield Diagnostic(shown, place.line, place.column, code, finding.message, finding.hint)


def _paths(tasks_value: Any) -> list[Location]:
    """The ways into tasks.yaml to its tasks, in their order."""
    return [
        ("indicators", i, "tasks", j)
        for i, indicator in enumerate(tasks_value["indicators"])
        for j, _ in enumerate(indicator["tasks"])
    ]
