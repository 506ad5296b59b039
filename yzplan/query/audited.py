"""What `audit` answers: what commits did to the data that may not be done."""

from yzplan.model.shape import Noun, noun
from yzplan.query.checked import Problem


@noun
class HistoryProblem(Problem):
    """A problem, and the commit that made it.

    The place is in the file as that commit has it. `commit`: its full id; `author`, `email`: as its
    author line says; `committed_at`: ISO 8601 with the offset. `task`: its number, `unit`: whose record
    it is; None where it is about none.
    """

    commit: str
    author: str
    email: str
    committed_at: str
    task: int | None = None
    unit: str | None = None


@noun
class AuditReport(Noun):
    """All that was found in the history, the oldest first: so many errors (`problems`), the rest `warnings`.

    `start`: the commit up to which nothing was audited, None for none; `end`: the last one audited.
    `commits`: how many were, of which `changed` changed the data. `has_authors`: whether the data say at
    the end who speaks for whom.
    """

    problems: int
    warnings: int
    start: str | None
    end: str
    commits: int
    changed: int
    has_authors: bool
    diagnostics: tuple[HistoryProblem, ...]
