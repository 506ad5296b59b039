"""What every paper says beside its own figures: of which plan, of what close, from when."""

import datetime as dt
from typing import Any

from yzplan.model import Plan
from yzplan.model.shape import Noun, noun
from yzplan.papers.paper import Stamp


@noun
class PaperFacts(Noun):
    """The facts of a paper: every figure that stands in its prose or tables, by the keys of its json."""

    plan: str
    document_number: str
    office: str
    as_of: dt.date
    known_at: dt.date
    written_on: dt.date
    until: dt.date
    """The close, or where that had not come the day on which it was written."""
    running: bool
    """Whether the time was not over when it was written: nothing due at its close was missed yet."""


def shared_facts(plan: Plan, stamp: Stamp) -> dict[str, Any]:
    """The fields of `PaperFacts`, for a paper of this plan."""
    return {
        "plan": plan.header.title,
        "document_number": plan.header.document_number,
        "office": plan.header.office,
        "as_of": stamp.as_of,
        "known_at": stamp.known_at,
        "written_on": stamp.written_on,
        "until": min(stamp.as_of, stamp.written_on),
        "running": stamp.as_of >= stamp.written_on,
    }
