"""What looks odd in a task, or an office ledger, since the entries of two sides came together in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from yzplan.check.asked import histories
from yzplan.check.oddities import illegal_transitions
from yzplan.merge.lines import value_of
from yzplan.merge.threeway import MergedSection, MergedTask
from yzplan.model import OfficeEntry, ProgressRecord, Ranking
from yzplan.model.supervision import ledger_label
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


def section_remarks(merged: MergedSection) -> Iterator[str]:
    """In sentences: what both recorded, each in its way; what one corrected and the other went on with."""
    form = decode.ranking if merged.name == "rankings" else decode.supervision
    base, ours, theirs = (
        [form(value) for value in side] for side in (merged.base, merged.ours, merged.theirs)
    )
    mine, others = (
        [each for each in side if each not in base and each not in other]
        for side, other in ((ours, theirs), (theirs, ours))
    )
    for said in sorted(_claims(mine) & _claims(others)):
        yield f"{said} 两边各有一条；重复的、记错的，记一条更正"
    for ref in sorted(_corrected(mine) & _continued(others) | _corrected(others) & _continued(mine)):
        yield f"督办 {ref} 一边作了更正，另一边记了回复或办结；核对以哪边为准"


def _claims(entries: Sequence[OfficeEntry]) -> set[str]:
    """What entries record that there is one of: a letter of a number, the close of a measure, a result."""
    return {_claim(each) for each in entries if not each.retracts}


def _claim(entry: OfficeEntry) -> str:
    label = ledger_label(entry)
    if isinstance(entry, Ranking):
        return f"{label} {entry.period} {entry.unit or f'指标 {entry.indicator}'}"
    if entry.closes:
        return f"{label} {entry.closes} 的办结"
    if entry.replies_to:
        return f"{label} {entry.replies_to} {entry.date} 的回复"
    said = entry.measure.label if entry.measure else ""
    return f"{label} {entry.number}" if entry.number else f"{label} {entry.unit} {entry.date} {said}"


def _corrected(entries: Sequence[OfficeEntry]) -> set[str]:
    return {each.retracts for each in entries if each.retracts}


def _continued(entries: Sequence[OfficeEntry]) -> set[str]:
    return {each.refers_to for each in entries if each.refers_to and not each.retracts}
