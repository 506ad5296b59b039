"""How figures are written in official Chinese; templates use these as filters."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from yzplan.model import Month


def day(value: dt.date) -> str:
    """`2022年10月8日` (GB/T 9704-2012 7.3.5.4: Arabic, in full, no zero before a digit)."""
    return f"{value.year}年{value.month}月{value.day}日"


def month(value: Month) -> str:
    """`2022年7月`."""
    return value.chinese


def rate(part: int, whole: int) -> str:
    """What share one count is of another, to one decimal, rounded half up: `43.8%`; `—` of nothing."""
    if not whole:
        return "—"
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}%"


FILTERS: Mapping[str, Callable[..., Any]] = {"day": day, "month": month, "rate": rate}
