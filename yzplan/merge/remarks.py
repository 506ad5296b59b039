"""What looks odd in a task since the records of two sides came together in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from yzplan.check.asked import histories
from yzplan.check.oddities import illegal_transitions
from yzplan.merge.lines import value_of
from yzplan.merge.threeway import MergedTask
from yzplan.model import ProgressRecord
from yzplan.store import decode


def remarks(merged: MergedTask) -> Iterator[str]:
    """In sentences: what both sides say of a unit on one day, and statuses that may not follow each other."""
    before = _records(value_of(merged.before)) if merged.before else []
    base, ours, theirs, union = (
        before + _records(side) for side in (merged.base, merged.ours, merged.theirs, merged.merged)
    )
    for date, unit in sorted(_said(ours, base, theirs) & _said(theirs, base, ours)):
        yield f"第 {merged.task} 项 {unit} {date} 一天两边各有记录，以排在后面的为准；误报的用 undo 更正"
    known = {*_illegal(merged.task, ours), *_illegal(merged.task, theirs)}
    yield from (message for message in _illegal(merged.task, union) if message not in known)


def _records(values: Sequence[Any]) -> list[ProgressRecord]:
    return [decode.record(value) for value in values]


def _said(side: Sequence[ProgressRecord], *others: Sequence[ProgressRecord]) -> set[tuple[str, str]]:
    """Of which days and units a side alone has a report."""
    known = {record.ref for other in others for record in other}
    return {(str(record.date), record.unit) for record in side if record.status and record.ref not in known}


def _illegal(task: int, progress: Sequence[ProgressRecord]) -> list[str]:
    return [finding.message for finding in illegal_transitions(histories(task, progress))]
