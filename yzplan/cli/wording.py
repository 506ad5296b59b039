"""Ledger entries in few words, for people and for the log of git."""

from collections.abc import Sequence

from yzplan.model import LedgerEntry, OfficeEntry, ProgressRecord
from yzplan.model.ledger import saying
from yzplan.model.supervision import office_line
from yzplan.store.appending import Entry


def words_for(entry: Entry | OfficeEntry) -> str:
    """An entry in few words: `第 5 项 市税务局 已报完成`, `督办 市税务局 督办函 模拟〔2022〕3号`."""
    return _line(entry, gap=" ")


def ref_of(entry: Entry | OfficeEntry) -> str:
    """The entry's reference."""
    return entry.record.ref if isinstance(entry, Entry) else entry.ref


def message_for(entries: Sequence[Entry | OfficeEntry]) -> str:
    """The message of the commit that brings some entries, one at least; it ends with a line break.

    `台账：第5、9–12项 市税务局 已报完成` where all say the same of tasks, else `台账：3条记录`; of more
    than one each has a line of its own below.
    """
    lines = [_line(entry) for entry in entries]
    if len(lines) == 1:
        return f"台账：{lines[0]}\n"
    from yzplan.render.columns import spans

    numbers = [entry.task for entry in entries if isinstance(entry, Entry)]
    same = {_said(entry.record) if isinstance(entry, Entry) else "" for entry in entries}
    subject = (
        f"第{spans(sorted(numbers))}项 {same.pop()}" if len(same) == 1 and numbers else f"{len(lines)}条记录"
    )
    return "\n".join([f"台账：{subject}", "", *lines, ""])


def _line(entry: Entry | OfficeEntry, gap: str = "") -> str:
    """Where an entry stands, and who says what."""
    if isinstance(entry, Entry):
        return f"第{gap}{entry.task}{gap}项 {_said(entry.record, gap)}"
    return office_line(entry, gap)


def _said(record: LedgerEntry, gap: str = "") -> str:
    """Who says what; between words and figures stands a gap."""
    said = saying(record, gap)
    return f"{record.unit} {said}" if isinstance(record, ProgressRecord) else said
