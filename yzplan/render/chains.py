"""The chains of responsibility on a terminal, one indicator a block: nothing of them may be cut."""

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from yzplan.query.reports import Chain
from yzplan.render.columns import responsible_text, spans
from yzplan.render.terminal import folded
from yzplan.render.wrapping import wrapped

_MARGIN = 15
_NARROW = 40
"""With fewer columns than this the units stand below their labels, not beside them."""


def chain_parts(rows: Sequence[Chain], width: int) -> list[Any]:
    """Each indicator with its 1 (分管市领导), 1 (牵头单位) and N (责任单位)."""
    parts: list[Any] = []
    for row in rows:
        named = f"任务 {spans(row.tasks)}，时限 {'、'.join(map(str, row.deadlines))}"
        chain = (
            ("1 分管市领导", row.leader or "（待填）"),
            ("1 牵头单位  ", row.lead_unit),
            ("N 责任单位  ", responsible_text(row)),
        )
        if width < _NARROW:
            parts += [Text(f"{row.id} {row.name}", style="bold"), folded(named, width)]
            for label, text in chain:
                parts += [Text(label.rstrip(), style="bright_black"), folded(text, width, margin=2)]
        else:
            parts.append(Text.assemble((f"{row.id} {row.name}", "bold"), f"  {named}"))
            for label, text in chain:
                first, *rest = wrapped(text, width - _MARGIN)
                parts.append(Text.assemble(("  " + label, "bright_black"), f" {first}"))
                parts += (Text(" " * _MARGIN + line) for line in rest)
        parts.append(Text())
    return parts[:-1]
