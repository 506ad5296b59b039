"""How figures are written in official Chinese; templates use these as filters."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from yzplan.model import Month, Scoring, number_text
from yzplan.query.assessed import rules_text, score_text

_TENTH = Decimal("0.1")


def day(value: dt.date) -> str:
    """`2022年10月8日` (GB/T 9704-2012 7.3.5.4: Arabic, in full, no zero before a digit)."""
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: dt.date) -> str:
    """`10月8日`, where the year is clear."""
    return f"{value.month}月{value.day}日"


def month(value: Month) -> str:
    """`2022年7月`."""
    return value.chinese


def percentage(part: int, whole: int) -> Decimal | None:
    """What share one count is of another, in percent to one decimal, rounded half up; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None


def percent(value: Decimal | None) -> str:
    """A percentage: `43.8%`; `—` of nothing."""
    return "—" if value is None else f"{value}%"


def listed(values: Iterable[Any]) -> str:
    """Names or numbers one after another: `5、7、12`."""
    return "、".join(map(str, values))


def rules(value: Scoring) -> str:
    """The rules of the assessment, as papers set figures: without spaces."""
    return rules_text(value).replace(" ", "")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "month": month,
    "percent": percent,
    "score": score_text,
    "listed": listed,
    "rules": rules,
    "number": number_text,
}
