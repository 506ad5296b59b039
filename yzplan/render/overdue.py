"""The overdue list on a terminal: the table, and the totals by lead unit below it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from yzplan.query.rows import TaskRow
from yzplan.render.listing import Listing
from yzplan.render.terminal import WIDE, bar, folded, listing_parts

_NUMBERS = 3 * (1 + len("合计") * 2)
"""How wide the three columns of counts are, each behind a space."""


def overdue_parts(listing: Listing, rows: Sequence[TaskRow], width: int) -> list[Any]:
    """The list, then how many overdue ones each lead unit has: most first, new and carried over apart."""
    if not rows:
        return [Text(f"{listing.title}：无")]
    parts: list[Any] = [Text(listing.title, style="bold"), *listing_parts(listing, width)]
    if any(row.effective_deadline != row.deadline for row in rows):
        parts.append(Text("时限有经批准延期的，原定时限见 yzplan show", style="dim"))
    if width < WIDE and any(row.completed_later for row in rows):
        parts.append(Text("→ 后为截至日以后完成的日期", style="dim"))
    missed = [row for row in rows if not row.judged.warning]
    return [*parts, Text(), Text("按牵头单位", style="bold"), *_totals(missed, width)] if missed else parts


def _totals(rows: Sequence[TaskRow], width: int) -> list[Any]:
    total = Counter(row.lead_unit for row in rows)
    carried = Counter(row.lead_unit for row in rows if row.carried_over)
    room = width - max(map(cell_len, total)) - _NUMBERS
    if room < 0:
        return [
            folded(f"{unit} {count} 项：新增 {count - carried[unit]}，结转 {carried[unit]}", width)
            for unit, count in total.most_common()
        ]
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("牵头单位", no_wrap=True)
    for heading in ("合计", "新增", "结转"):
        table.add_column(heading, justify="right", no_wrap=True)
    has_bars = room >= 12
    if has_bars:
        table.add_column("", no_wrap=True)
    most = max(total.values())
    for unit, count in total.most_common():
        old = carried[unit]
        cells: list[Any] = [unit, str(count), str(count - old), str(old)]
        if has_bars:
            filled = bar(count, most, min(room - 1, 40, 4 * most))
            shade = round(len(filled) * old / count)
            cells.append(Text.assemble(("█" * (len(filled) - shade), "red"), ("▓" * shade, "red")))
        table.add_row(*cells)
    return [table]
