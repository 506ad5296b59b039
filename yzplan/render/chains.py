"""The chains of responsibility on a terminal, one indicator a block: nothing of them may be cut."""

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from yzplan.query.reports import Chain
from yzplan.render.columns import responsible_text, spans
from yzplan.render.wrapping import wrapped

_MARGIN = 15


def chain_parts(rows: Sequence[Chain], width: int) -> list[Any]:
    """Each indicator with its 1 (分管市领导), 1 (牵头单位) and N (责任单位)."""
    parts: list[Any] = []
    for row in rows:
        named = f"任务 {spans(row.tasks)}，时限 {'、'.join(map(str, row.deadlines))}"
        parts.append(Text.assemble((f"{row.id} {row.name}", "bold"), f"  {named}"))
        for label, text in (
            ("1 分管市领导", row.leader or "（待填）"),
            ("1 牵头单位  ", row.lead_unit),
            ("N 责任单位  ", responsible_text(row.responsible_units, row.open_ended)),
        ):
            first, *rest = wrapped(text, max(width - _MARGIN, 8))
            parts.append(Text.assemble(("  " + label, "bright_black"), f" {first}"))
            parts += (Text(" " * min(_MARGIN, max(width - 8, 0)) + line) for line in rest)
        parts.append(Text())
    return parts[:-1]
