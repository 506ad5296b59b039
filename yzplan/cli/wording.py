"""Ledger entries in few words, for people and for the log of git."""

from collections.abc import Sequence

from yzplan.model import LedgerEntry, ProgressRecord
from yzplan.model.ledger import saying
from yzplan.store.appending import Entry


def words_for(entry: Entry) -> str:
    """An entry in few words: `第 5 项 市税务局 已报完成`."""
    return f"第 {entry.task} 项 {_said(entry.record, gap=' ')}"


def message_for(entries: Sequence[Entry]) -> str:
    """The message of the commit that brings some entries, one at least; it ends with a line break.

    `台账：第5、9–12项 市税务局 已报完成` where all say the same, else `台账：3条记录`; of more than one
    each has a line of its own below.
    """
    lines = [f"第{entry.task}项 {_said(entry.record)}" for entry in entries]
    if len(lines) == 1:
        return f"台账：{lines[0]}\n"
    from yzplan.render.columns import spans

    same = {_said(entry.record) for entry in entries}
    numbers = spans(sorted(entry.task for entry in entries))
    subject = f"第{numbers}项 {same.pop()}" if len(same) == 1 else f"{len(lines)}条记录"
    return "\n".join([f"台账：{subject}", "", *lines, ""])


def _said(record: LedgerEntry, gap: str = "") -> str:
    """Who says what; between words and figures stands a gap."""
    said = saying(record, gap)
    return f"{record.unit} {said}" if isinstance(record, ProgressRecord) else said
