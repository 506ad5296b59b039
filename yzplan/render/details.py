"""One task in full: `show`."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from yzplan.model import Status, Target, number_text
from yzplan.model.ledger import FIELD_LABELS
from yzplan.query.details import HistoryEntry, TaskDetails
from yzplan.render.columns import moment, part_text, percent_text, responsible_text
from yzplan.render.listing import Column


class Fact(NamedTuple):
    """One line of a task's page."""

    field: str
    value: str


FACT_COLUMNS: tuple[Column, ...] = (
    Column(key="field", heading="项目", text=lambda row: row.field),
    Column(key="value", heading="内容", text=lambda row: row.value, flexible=True),
)


def detail_facts(details: TaskDetails) -> list[Fact]:
    """The page of a task as labelled lines, in reading order."""
    return [*_facts(details)]


def _facts(details: TaskDetails) -> Iterator[Fact]:
    row = details
    yield Fact("任务", f"第 {row.id} 项")
    yield Fact("一级指标", f"{row.indicator_id} {row.indicator}")
    yield Fact("原文", row.text)
    yield Fact("完成时限", f"{row.deadline}（{row.deadline.chinese}底）")
    if row.effective_deadline != row.deadline:
        yield Fact("现行时限", f"{row.effective_deadline}（经批准延期）")
    if details.horizon and details.horizon > row.deadline:
        yield Fact("正文口径", f"{details.horizon}（正文为年底或年度口径；考核以完成时限栏为准，年底复核）")
    yield Fact("分管市领导", details.leader or "（待填）")
    yield Fact("牵头单位", row.lead_unit)
    yield Fact("责任单位", responsible_text(row))
    yield Fact("状态", f"{row.status.label} {percent_text(row.percent)}".rstrip())
    yield Fact("态势", standing_text(details))
    for target in details.targets:
        yield Fact("量化目标", target_text(target))
    for erratum in details.errata:
        read = f"，录作“{erratum.read}”" if erratum.read else ""
        yield Fact("勘误", f"“{erratum.printed}”{read}：{erratum.note or '见原文'}")
    for erratum in details.indicator_errata:
        yield Fact("指标勘误", f"“{erratum.printed}”：{erratum.note or '见原文'}")
    for entry in details.extensions:
        yield Fact("延期", entry_text(entry))
    for entry in details.progress:
        yield Fact("进展", entry_text(entry))
    for part in details.parts:
        yield Fact("各方", part_text(part))


def standing_text(details: TaskDetails) -> str:
    """How the task stands, since when, and as of when."""
    row = details
    words = f"{row.standing.light} {row.standing.label}"
    if row.days_overdue is not None:
        words += f" {row.days_overdue} 天（{'结转' if row.carried_over else '新增'}）"
    elif row.warning:
        words += "（预警：截至日未过完）"
    elif row.completed_on:
        words += f"（{row.completed_on}）"
    if row.completed_later:
        words += f"，其后于 {row.completed_later} 完成"
    return f"{words}，{moment(details)}"


def target_text(target: Target) -> str:
    """A target in one line: what, how much, for what; then what is open about it."""
    remarks = [
        target.scope or "",
        "弹性" if target.soft else "",
        f"择一：{target.any_of}" if target.any_of else "",
        f"口径：{target.caveat}" if target.caveat else "",
    ]
    tail = "；".join(filter(None, remarks))
    return f"{target.metric} {target.wanted}" + (f"（{tail}）" if tail else "")


def entry_text(entry: HistoryEntry) -> str:
    """A ledger entry in one line, its reference first."""
    said = [_field_text(key, value) for key, value in entry.items() if key in FIELD_LABELS]
    return " ".join([entry["ref"], *said]) + ("（已更正，不再有效）" if entry["retracted"] else "")


def _field_text(key: str, value: Any) -> str:
    if key in ("date", "unit"):
        return str(value)
    if key == "status":
        return Status(value).label
    if key == "percent":
        return percent_text(value)
    if isinstance(value, dict):
        value = "、".join(f"{name} {number_text(amount)}" for name, amount in value.items())
    elif isinstance(value, list):
        value = "、".join(map(str, value))
    return f"{FIELD_LABELS[key]}：{value}"


def detail_parts(details: TaskDetails, width: int) -> list[Any]:
    """The page of a task on a terminal: labels at the left, text wrapped beside them."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    from yzplan.render.columns import STYLES
    from yzplan.render.terminal import clean, folded
    from yzplan.render.wrapping import wrapped

    row = details
    title = Text.assemble(
        (f" {row.standing.light} ", f"{STYLES[row.standing]} reverse"), f" 第 {row.id} 项  {row.indicator}"
    )
    title.stylize("bold")
    parts: list[Any] = [title]
    if width < 40:
        return [title, *(folded(f"{f.field}：{clean(f.value)}", width) for f in detail_facts(details)[2:])]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(no_wrap=True)
    facts = detail_facts(details)[2:]
    room = width - 2 - max(cell_len(fact.field) for fact in facts)
    for label, texts in _grouped(facts):
        for k, text in enumerate(texts):
            style = STYLES[row.standing] if label == "态势" else ""
            mark, margin = ("• ", "  ") if len(texts) > 1 else ("", "")
            lines = wrapped(clean(text), room - len(mark))
            table.add_row("" if k else label, Text(mark + f"\n{margin}".join(lines), style=style))
    return [*parts, table]


def _grouped(facts: Iterable[Fact]) -> Iterator[tuple[str, list[str]]]:
    """Lines of one label together, so that the label stands once."""
    groups: dict[str, list[str]] = {}
    for fact in facts:
        groups.setdefault(fact.field, []).append(fact.value)
    yield from groups.items()
