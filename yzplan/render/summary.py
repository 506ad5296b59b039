"""The plan at one glance on a terminal: totals, then bars by indicator, lead unit and month."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from yzplan.assess import Standing
from yzplan.query.reports import Share, Summary
from yzplan.render.columns import STYLES, moment
from yzplan.render.terminal import bar, folded

_ORDER = (
    Standing.ON_TIME,
    Standing.LATE,
    Standing.OVERDUE,
    Standing.DUE_SOON,
    Standing.NOT_DUE,
    Standing.SUSPENDED,
)
# Distinct also without colour: a full block is done, a shaded one is not.
_FILLS = {
    Standing.ON_TIME: "█",
    Standing.LATE: "▓",
    Standing.OVERDUE: "×",
    Standing.DUE_SOON: "!",
    Standing.NOT_DUE: "·",
    Standing.SUSPENDED: "-",
}


def summary_parts(title: str, summary: Summary, width: int) -> list[Any]:
    """The summary: one line of totals, a legend, and a table of bars for each kind of share."""
    total = summary.total
    rate = f"，完成率 {100 * total.due_done / total.due:.1f}%" if total.due else ""
    counts = f"共 {total.total} 项，应完成 {total.due} 项，已完成 {total.due_done} 项"
    head = f"{moment(summary)}：{counts}{rate}"
    parts: list[Any] = [folded(title, width, style="bold"), folded(head, width), _legend(total)]
    for heading, shares in (
        ("一级指标", summary.by_indicator),
        ("牵头单位", summary.by_lead),
        ("时限月份", summary.by_month),
    ):
        if shares:  # a plan that was just begun has none
            parts += [Text(), *_table(heading, shares, width)]
    return parts


def _legend(total: Share) -> Text:
    legend = Text()
    for standing in _ORDER:
        if count := getattr(total, standing.value):
            legend.append(_FILLS[standing] * 2, style=STYLES[standing])
            legend.append(f" {standing.label} {count}   ")
    return legend


def _table(heading: str, shares: tuple[Share, ...], width: int) -> list[Any]:
    names = max(cell_len(heading), *(cell_len(share.name) for share in shares))
    columns: Sequence[str] = ("任务", "应完成", "已完成", "逾期")
    room = width - names - _wide(columns)
    if room < 12:
        columns = ("应完成", "已完成")
        room = width - names - _wide(columns)
    if room < 0:
        return [Text(heading, style="bold"), *(folded(_said(share), width) for share in shares)]
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    table.add_column(heading, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    has_bars = room >= 9
    if has_bars:
        table.add_column("", no_wrap=True)
    most = max(share.total for share in shares)
    for share in shares:
        values = {"任务": share.total, "应完成": share.due, "已完成": share.due_done, "逾期": share.overdue}
        cells: list[Any] = [share.name, *(str(values[column]) for column in columns)]
        if has_bars:
            cells.append(_bar(share, most, min(room - 1, 60)))
        table.add_row(*cells)
    return [table]


def _wide(columns: Sequence[str]) -> int:
    """How wide columns of counts are, each behind a space."""
    return sum(1 + cell_len(column) for column in columns)


def _said(share: Share) -> str:
    """A line of the table in words, for a screen too narrow for a table."""
    counts = f"应完成 {share.due}，已完成 {share.due_done}，逾期 {share.overdue}"
    return f"{share.name} {share.total} 项：{counts}"


def _bar(share: Share, most: int, width: int) -> Text:
    """One character a task where there is room; else in proportion, each kind at least one."""
    text = Text()
    scale = min(width, most)
    for standing in _ORDER:
        length = len(bar(getattr(share, standing.value), most, scale))
        text.append(_FILLS[standing] * length, style=STYLES[standing])
    return text
