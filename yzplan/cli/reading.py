"""Words of a command line as the nouns they mean. All raise RequestError in Chinese."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.model import Month, Period, Plan, Task
    from yzplan.model.ledger import Referable

_RANGE = re.compile(r"0*(\d{1,6})(?:[-–—~～至]0*(\d{1,6}))?")
Labelled = TypeVar("Labelled", bound=StrEnum)
Entry = TypeVar("Entry", bound="Referable")


def parse_day(text: str) -> dt.date:
    """A day as people type it; see `yzplan.model.parse_day`."""
    from yzplan import model

    return model.parse_day(text)


def parse_month(text: str) -> "Month":
    """A month as people type it; see `Month.parse`."""
    from yzplan.model import Month

    return Month.parse(text)


def parse_count(text: str) -> int:
    """A whole number from 1 on, of at most six digits."""
    key = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"0*[1-9][0-9]{0,5}", key):
        raise RequestError(f"“{text}”不是从 1 起的整数", "只写数字，如 12")
    return int(key)


def parse_quarter(text: str) -> "Period":
    """A quarter as people type it; see `Period.parse_quarter`."""
    from yzplan.model import Period

    return Period.parse_quarter(text)


def parse_year(text: str) -> "Period":
    """A year as people type it; see `Period.parse_year`."""
    from yzplan.model import Period

    return Period.parse_year(text)


def find_task(plan: "Plan", number: int) -> "Task":
    """The task of that number."""
    if task := plan.by_id.get(number):
        return task
    known = f"任务编号为 1–{len(plan.tasks)}；按文字查找用 yzplan list --text"
    raise RequestError(f"没有第 {number} 项任务", known if plan.tasks else "计划里还没有录入任务")


def parse_numbers(words: Iterable[str]) -> list[int]:
    """Task numbers and ranges (`5 7 9-12`, `5,7`), in the order given, each once."""
    numbers: dict[int, None] = {}
    for word in words:
        for piece in re.split(r"[,，、]", unicodedata.normalize("NFKC", word).strip()):
            found = _RANGE.fullmatch(piece)
            if not found:
                raise RequestError(f"看不懂的任务编号“{word}”", "编号写作 5，一段写作 9-12，几个用空格隔开")
            first, last = int(found[1]), int(found[2] or found[1])
            if last < first:
                raise RequestError(f"编号“{piece}”前大后小", f"写作 {last}-{first}")
            if last - first >= 1000:
                raise RequestError(f"编号“{piece}”跨度过大", "核对编号")
            numbers.update(dict.fromkeys(range(first, last + 1)))
    return [*numbers]


MIN_REF = 4
"""How many digits of a reference are enough to go by."""
MAX_NAMED = 20
"""How many references a complaint names."""


def find_entry(entries: Iterable[Entry], ref: str, whose: str, see: str) -> Entry:
    """The one entry whose reference begins so. `see` is the command that shows the references."""
    key = ref.strip().casefold()
    if len(key) < MIN_REF:
        raise RequestError(f"引用码“{ref}”太短", f"至少写前 {MIN_REF} 位；引用码见 {see}")
    by_ref = {entry.ref: entry for entry in entries}
    found = [known for known in by_ref if known.startswith(key)]
    if len(found) == 1:
        return by_ref[found[0]]
    words = "有几条记录的引用码以此开头" if found else "没有这条记录"
    known = found or [*by_ref]
    more = f" 等 {len(known)} 个，见 {see}" if len(known) > MAX_NAMED else ""
    raise RequestError(f"{whose}{words}：{ref}", f"引用码有：{'、'.join(known[:MAX_NAMED]) or '无'}{more}")


def parse_choice(
    text: str, choices: type[Labelled], what: str, among: Sequence[Labelled] | None = None
) -> Labelled:
    """One of some labelled values, by its code (`done`) or its Chinese label (已报完成)."""
    allowed: list[Labelled] = [*(among or choices)]
    key = unicodedata.normalize("NFKC", text).strip().casefold()
    for choice in allowed:
        if key in (choice.value, getattr(choice, "label", "")):
            return choice
    words = "、".join(f"{choice.value}（{getattr(choice, 'label', '')}）" for choice in allowed)
    raise RequestError(f"没有“{text}”这种{what}", f"可用：{words}")


def parse_word(text: str, choices: Sequence[str], what: str) -> str:
    """One of some plain words."""
    if text in choices:
        return text
    import difflib

    near = difflib.get_close_matches(text, choices, n=1)
    hint = f"是否为 {near[0]}？" if near else ""
    raise RequestError(f"没有“{text}”这个{what}", f"{hint}可用：{'、'.join(choices)}")
