"""How tasks and parts stand at a date: pure functions of (plan, viewpoint)."""

from yzplan.assess.replay import (
    COMPLETE,
    State,
    evidence_of,
    in_effect_from,
    known_extensions,
    live,
    records_of,
    retracted_refs,
    state_of,
)
from yzplan.assess.standing import (
    Position,
    Standing,
    completed_later,
    effective_deadline,
    overdue_since,
    part_position,
    position,
)
from yzplan.assess.viewpoint import IN_THE_END, Viewpoint

__all__ = [
    "COMPLETE",
    "IN_THE_END",
    "Position",
    "Standing",
    "State",
    "Viewpoint",
    "completed_later",
    "effective_deadline",
    "evidence_of",
    "in_effect_from",
    "known_extensions",
    "live",
    "overdue_since",
    "part_position",
    "position",
    "records_of",
    "retracted_refs",
    "state_of",
]
