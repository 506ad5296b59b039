"""Judging two read files: their shape by pydantic, their meaning by the rules of `check`."""

from yzplan import check
from yzplan.errors import Diagnostic
from yzplan.model import Register
from yzplan.store import decode
from yzplan.store.layout import PlanFile
from yzplan.store.mend import Mended
from yzplan.store.reading import Document
from yzplan.store.shape import Location, shape_errors


def judge(tasks: Document, units: Document) -> list[Diagnostic]:
    """What is wrong with the shape and meaning of two files; empty if they are valid.

    A file that could not be read to its end (its value is None) is not judged: what it lacks
    would only follow from that.
    """
    problems: list[Diagnostic] = []
    mended: list[Mended] = []
    for document, root in ((tasks, PlanFile), (units, Register)):
        if document.value is None:
            continue
        errors = shape_errors(document, root)
        problems += (diagnostic for _, diagnostic in errors)
        mended.append(Mended(document.value, [location for location, _ in errors], root))
    if len(mended) == 2 and not any(() in each.tainted for each in mended):
        problems += _judge_meaning(tasks, units, *mended)
    return problems


def _judge_meaning(tasks: Document, units: Document, tasks_mended: Mended, units_mended: Mended) -> list[Diagnostic]:
    plan = decode.plan(tasks_mended.value, units_mended.value)
    nested = [
        ("indicators", i, "tasks", j)
        for i, indicator in enumerate(tasks_mended.value["indicators"])
        for j, _ in enumerate(indicator["tasks"])
    ]
    problems = []
    for code, finding in check.findings(plan):
        in_units = finding.where[0] in ("units", "groups")
        document, judged = (units, units_mended) if in_units else (tasks, tasks_mended)
        location: Location = finding.where
        if location[0] == "tasks":
            location = (*nested[int(location[1])], *location[2:])
        if judged.is_tainted(location):
            continue
        place = document.place(location)
        path = document.source.path
        problems.append(Diagnostic(path, place.line, place.column, code, finding.message, finding.hint))
    return problems

