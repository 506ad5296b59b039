"""A calendar month, the unit in which the plan sets its deadlines (完成时限)."""

import calendar
import datetime as dt
import re
import unicodedata
from typing import Any, NamedTuple

from yzplan.errors import RequestError
from yzplan.model.shape import MONTH_PATTERN

_SPELLINGS = re.compile(r"(\d{4})(?:-(\d{1,2})|年(\d{1,2})月|(\d{2}))")
_BARE = re.compile(r"(\d{1,2})月?")


class Month(NamedTuple):
    """A month of a year; orders by time. `str` gives `2022-07`."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def last_day(self) -> dt.date:
        """The day on which a deadline of this month ends, weekend or not.

        永政办函〔2022〕18号 has no rule that moves a deadline off a weekend.
        """
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def months_after(self, earlier: "Month") -> int:
        """How many months this one lies after another: 1 from July to August."""
        return 12 * (self.year - earlier.year) + self.month - earlier.month

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins."""
        return dt.date(self.year, self.month, 1)

    @property
    def chinese(self) -> str:
        """As official writing has it: `2022年7月`."""
        return f"{self.year}年{self.month}月"

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_iso(cls, text: str) -> "Month":
        """The month that the file writes as `2022-07`; the text has been validated."""
        return cls(int(text[:4]), int(text[5:7]))

    @classmethod
    def parse(cls, text: str) -> "Month":
        """A month as people type it: 2022-07, 2022-7, 202207, 2022年7月 (full-width digits too).

        Raises RequestError for anything else, with a hint; a bare 7月 names no year.
        """
        key = "".join(unicodedata.normalize("NFKC", text).split())
        found = _SPELLINGS.fullmatch(key)
        if found:
            year, month = int(found[1]), int(found[2] or found[3] or found[4])
            if 1 <= month <= 12 and year >= 1:
                return cls(year, month)
        bare = _BARE.fullmatch(key)
        if bare and 1 <= int(bare[1]) <= 12:
            raise RequestError(
                f"月份“{text}”没有年份", f"请写全，如 2022-{int(bare[1]):02d} 或 2022年{int(bare[1])}月"
            )
        raise RequestError(f"看不懂的月份“{text}”", "月份写作 2022-07、2022-7、202207 或 2022年7月")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        from pydantic_core import core_schema

        return core_schema.str_schema(strict=True, pattern=MONTH_PATTERN)
