"""What `check` answers: how many problems, which, and how much there was to check."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from yzplan.errors import Diagnostic
from yzplan.model import LedgerEntry, Plan
from yzplan.model.shape import Noun, noun


@noun
class Problem(Noun):
    """A diagnostic, and how grave it is held to be. `line` and `column` are None for a file as a whole."""

    path: str
    line: int | None
    column: int | None
    code: str
    severity: Literal["error", "warning"]
    message: str
    hint: str | None

    @property
    def advice(self) -> str:
        """What is wrong, and on a line of its own what to do about it."""
        return f"{self.message}\n提示：{self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        place = (self.path, self.line or 0, self.column or 0)
        return str(Diagnostic(*place, self.code, self.message, self.hint))


@noun
class Counts(Noun):
    """How much a plan holds; corrections are counted apart from what they correct."""

    indicators: int
    tasks: int
    units: int
    records: int
    extensions: int
    corrections: int
    measures: int
    """What the office did about units (督办); replies and closes are counted with what they are about."""
    rankings: int


@noun
class CheckReport(Noun):
    """All that was found, sorted by place: so many errors (`problems`), the rest `warnings`.

    `commit`: whose data were checked, None for the files as they are. `counts`: None where the data
    cannot be used.
    """

    problems: int
    warnings: int
    commit: str | None
    counts: Counts | None
    diagnostics: tuple[Problem, ...]


def check_report(
    found: Sequence[Diagnostic], plan: Plan | None, *, is_strict: bool, commit: str | None
) -> CheckReport:
    """The report on what was found. Where `check` is strict every warning is an error."""
    diagnostics = tuple(
        Problem(
            path=each.path,
            line=each.line or None,
            column=each.column or None,
            code=each.code,
            severity="warning" if each.is_warning and not is_strict else "error",
            message=each.message,
            hint=each.hint,
        )
        for each in found
    )
    warnings = sum(each.severity == "warning" for each in diagnostics)
    return CheckReport(
        problems=len(diagnostics) - warnings,
        warnings=warnings,
        commit=commit,
        counts=None if plan is None else _counts(plan),
        diagnostics=diagnostics,
    )


def _counts(plan: Plan) -> Counts:
    records, record_corrections = _counted(entry for task in plan.tasks for entry in task.progress)
    extensions, extension_corrections = _counted(entry for task in plan.tasks for entry in task.extensions)
    office = (entry for entries in plan.office_ledgers.values() for entry in entries)
    office_corrections = sum(entry.retracts is not None for entry in office)
    return Counts(
        indicators=len(plan.indicators),
        tasks=len(plan.tasks),
        units=len(plan.register.units),
        records=records,
        extensions=extensions,
        corrections=record_corrections + extension_corrections + office_corrections,
        measures=sum(entry.measure is not None for entry in plan.supervision),
        rankings=sum(entry.retracts is None for entry in plan.rankings),
    )


def _counted(entries: Iterable[LedgerEntry]) -> tuple[int, int]:
    """How many of the entries say something, and how many are corrections."""
    count = Counter(entry.retracts is None for entry in entries)
    return count[True], count[False]
