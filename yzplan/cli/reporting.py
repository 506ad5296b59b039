"""What is reported, from the words of a command line."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from yzplan.check.admission import check_metrics, reporter
from yzplan.cli.reading import parse_choice
from yzplan.errors import RequestError
from yzplan.model import REPORTABLE, Plan, ProgressRecord, Status, Task
from yzplan.store.source import MAX_TEXT, hidden_character


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is reported, before it is known of which unit and tasks."""

    date: dt.date
    status: Status
    completed_on: dt.date | None = None
    percent: int | float | None = None
    note: str | None = None
    problem: str | None = None
    evidence: tuple[str, ...] = ()
    measured: tuple[tuple[str, int | float], ...] = ()
    source: str | None = None
    by: str | None = None

    def record_for(self, plan: Plan, task: Task, unit: str | None) -> ProgressRecord:
        """The record that it makes of a task: of the unit of that name, by default the lead.

        Raises RequestError where the unit has no part in the task, or the report does not fit it.
        """
        if self.completed_on and self.status is not Status.DONE:
            raise RequestError("--completed-on 只用于报完成", "改用 --status done，或去掉 --completed-on")
        if len({name for name, _ in self.measured}) < len(self.measured):
            raise RequestError("同一个指标写了两个实测值", "每个 --measured 写一个指标")
        check_metrics(task, (name for name, _ in self.measured))
        return ProgressRecord(
            date=self.date,
            unit=reporter(plan, task, unit),
            status=self.status,
            completed_on=self.completed_on,
            percent=self.percent,
            note=self.note,
            problem=self.problem,
            evidence=self.evidence,
            measured=dict(self.measured),
            source=self.source,
            by=self.by,
        )


def parse_reportable(text: str | None) -> Status:
    """A status that a unit may report of itself. Raises RequestError for any other."""
    words = "、".join(f"{each.value}（{each.label}）" for each in REPORTABLE)
    if text is None:
        raise RequestError("没有写 --status", f"可用：{words}")
    acts = {Status.VERIFIED: "verify", Status.RETURNED: "return", Status.SUSPENDED: "suspend"}
    for status in set(Status) - set(REPORTABLE):
        if text.strip().casefold() in (status.value, status.label):
            office = f"由办公室用 yzplan {acts[status]} 作出；" if status in acts else ""
            raise RequestError(f"“{status.label}”不能由单位自己填报", f"{office}单位可用：{words}")
    return parse_choice(text, Status, "状态", among=REPORTABLE)


def one_line(what: str, text: str | None) -> str | None:
    """The text without spaces around it; None if nothing is left.

    Raises RequestError unless it is one visible line that the file can hold.
    """
    if text is None or not (text := text.strip()):
        return None
    if "\n" in text or "\r" in text:
        raise RequestError(f"{what}只能写一行", "去掉换行，写成一行")
    if hidden := hidden_character(text) or ("U+0009 TAB" if "\t" in text else None):
        raise RequestError(f"{what}里有看不见的字符 {hidden}", "去掉该字符；从别处粘贴时常会带上")
    if len(text) > MAX_TEXT:
        raise RequestError(
            f"{what}有 {len(text):,} 字，最多 {MAX_TEXT:,} 字", "写要点；长的材料作为佐证，只写名称"
        )
    return text


def each_one_line(what: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that say something, each as `one_line` has it."""
    return tuple(line for text in texts if (line := one_line(what, text)))


def required(option: str, what: str, text: str | None) -> str:
    """One line that must not be empty, given with `option`."""
    if line := one_line(what, text):
        return line
    raise RequestError(f"没有写{what}", f"用 {option} 写明")


MAX_DIGITS = 15
"""More digits than these a number of the file would not keep."""


def parse_percent(text: str | None) -> int | float | None:
    """A percent 0-100, with or without the sign. Raises RequestError for anything else."""
    if text is None:
        return None
    value = parse_number(text, f"进度“{text}”")
    if not 0 <= value <= 100:
        raise RequestError(f"进度“{text}”不在 0–100 之间", "写作 80 或 80%")
    return value


def parse_number(text: str, what: str) -> int | float:
    """A plain number, with or without a percent sign and commas between thousands.

    Raises RequestError for what is none, or none that the ledger can hold.
    """
    key = unicodedata.normalize("NFKC", text).strip().removesuffix("%")
    is_plain = re.fullmatch(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?", key)
    if not is_plain or sum(character.isdigit() for character in key) > MAX_DIGITS:
        raise RequestError(f"{what}不是数字", "只写数字，如 80 或 5.4；小数点用“.”")
    value = float(key.replace(",", ""))
    return int(value) if value.is_integer() else value


def parse_measured(text: str) -> tuple[str, int | float]:
    """A measured value, `网上办理占比=82`. Raises RequestError for anything else."""
    name, found, value = text.replace("＝", "=").rpartition("=")
    if not found or not name.strip():
        raise RequestError(f"看不懂的实测值“{text}”", "写作 指标=值，如 网上办理占比=82")
    return one_line("指标名", name) or "", parse_number(value, f"实测值“{text}”")
