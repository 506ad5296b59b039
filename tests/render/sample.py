"""A small list of invented rows (模拟) for the renderers."""

from collections.abc import Sequence
from typing import NamedTuple

from yzplan.render.listing import Column, Listing


class Row(NamedTuple):
    id: int
    text: str
    amount: str = ""


COLUMNS = (
    Column(key="id", heading="序号", text=lambda row: str(row.id), align="right"),
    Column(key="text", heading="内容", text=lambda row: row.text, flexible=True),
    Column(
        key="amount",
        heading="数量",
        text=lambda row: row.amount,
        style=lambda row: "red" if row.amount.startswith("9") else "",
        brief=lambda row: row.amount[:1],
    ),
    Column(key="both", heading="简写", text=lambda row: f"{row.id}：{row.amount}", digest=True),
)


def sample(
    *rows: Row, shown: Sequence[str] = ("id", "text", "amount"), chosen: Sequence[str] = ()
) -> Listing:
    return Listing(
        title="模拟清单", rows=rows, columns=COLUMNS, shown=shown, narrow=("id", "text"), chosen=chosen
    )
