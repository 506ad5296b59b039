"""Judging two read files: their shape by pydantic, their meaning by the rules of `check`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from yzplan import check
from yzplan.check import Finding
from yzplan.errors import Diagnostic
from yzplan.model import Plan, Register
from yzplan.store import decode
from yzplan.store.layout import PlanFile
from yzplan.store.mend import Mended, lies_in, refusals
from yzplan.store.reading import Document
from yzplan.store.shape import Location, shape_errors
from yzplan.store.source import sentence
from yzplan.store.syntax import MAX_PROBLEMS, y019_too_many_problems, y599_more_alike


class Judgement(NamedTuple):
    """What two files come to: the plan they make, and what is wrong with their shape and meaning.

    With something wrong the plan is a makeshift, to be judged and no more.
    """

    plan: Plan
    problems: list[Diagnostic]
    tasks: Document
    mended: Sequence[Mended]

    def oddities(self, today: dt.date) -> Iterator[Diagnostic]:
        """What a table should not hold, or should be said aloud: Y4 and Y5, as seen today.

        Nothing is said that would only follow from what is wrong, and of each code no more than
        anybody reads.
        """
        found: Counter[str] = Counter()
        for location, code, finding in self._odd(today):
            if found[code] > MAX_PROBLEMS or _is_hidden(code, location, self.mended[0], self.mended):
                continue
            found[code] += 1
            if found[code] <= MAX_PROBLEMS:
                yield _diagnostic(self.tasks, location, code, finding)
            else:
                yield self.tasks.diagnostic(location, y599_more_alike, code)

    def _odd(self, today: dt.date) -> Iterator[tuple[Location, str, Finding]]:
        """What the rules find odd: the place in tasks.yaml, the code and the finding."""
        for path, task in zip(_paths(self.mended[0].value), self.plan.tasks, strict=True):
            if self.mended[0].is_wrong((*path, "id")):
                continue  # there is no number to call it by
            for code, finding in check.oddities(self.plan, task, today):
                yield (*path, *finding.where), code, finding
        for code, finding in check.office_oddities(self.plan, today):
            yield finding.where, code, finding


def judge(tasks: Document, units: Document) -> Judgement:
    """What two read files come to.

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
        if len(errors) > MAX_PROBLEMS:
            problems += (diagnostic for _, diagnostic in errors)
            mended.append(Mended(None, [()], root))
            continue
        refused = {*refusals(document.value, root)} if document.problems or errors else set()
        in_lists = {place[:-1] for place in refused if place and isinstance(place[-1], int)}
        # A wrong shape may only come of what was refused there, or of an item refused in a list there.
        problems += (
            diagnostic
            for location, diagnostic in errors
            if not lies_in(location, refused) and location not in in_lists
        )
        mended.append(Mended(document.value, [*(location for location, _ in errors), *refused], root))
    plan = decode.plan(*(each.value for each in mended))
    problems += _judge_meaning(plan, (tasks, units), mended)
    return Judgement(plan, problems, tasks, mended)


def _judge_meaning(plan: Plan, documents: Sequence[Document], mended: Sequence[Mended]) -> list[Diagnostic]:
    """What the rules find; where they find it, other rules cannot judge from then on."""
    nested = _paths(mended[0].value)
    problems: list[Diagnostic] = []
    doubtful = []
    for code, finding in check.findings(plan):
        k = 1 if finding.where[0] in ("units", "groups", "authors") else 0
        location: Location = finding.where
        if location[0] == "tasks":
            location = (*nested[int(location[1])], *location[2:])
        if _is_hidden(code, location, mended[k], mended):
            continue
        if len(problems) == MAX_PROBLEMS:
            problems.append(documents[k].diagnostic(location, y019_too_many_problems))
            break
        problems.append(_diagnostic(documents[k], location, code, finding))
        doubtful.append((mended[k], location))
    for each, location in doubtful:
        each.doubt(location)
    return problems


def _is_hidden(code: str, location: Location, judged: Mended, mended: Iterable[Mended]) -> bool:
    """Whether a finding may only follow from what is wrong already."""
    return judged.is_wrong(location) or any(each.silences(code, location) for each in mended)


def _diagnostic(document: Document, location: Location, code: str, finding: Finding) -> Diagnostic:
    place = document.source.place(document.index(location, of_key=finding.of_key))
    path = document.source.path
    hint = finding.hint and sentence(finding.hint)
    return Diagnostic(path, place.line, place.column, code, sentence(finding.message), hint)


def _paths(tasks_value: Any) -> list[Location]:
    """The ways into tasks.yaml to its tasks, in their order."""
    return [
        ("indicators", i, "tasks", j)
        for i, indicator in enumerate(tasks_value["indicators"])
        for j, _ in enumerate(indicator["tasks"])
    ]
