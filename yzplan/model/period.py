"""A quarter or a year, for which the plan's work is assessed (三、保障措施 1: 季度通报评估、年终集中考评)."""

import datetime as dt
import re
import unicodedata
from typing import Any, NamedTuple

from yzplan.errors import RequestError
from yzplan.model.month import Month
from yzplan.model.shape import PERIOD_PATTERN

_ORDINALS = "一二三四"
# Not compiled before they are needed: every command imports this, and one reads periods.
_QUARTER = r"(\d{4})(?:-?Q([1-4])|年第?([1-4一二三四])季度)"
_BARE_QUARTER = r"Q([1-4])|第?([1-4一二三四])季度?"
_YEAR = r"(\d{4})(?:年度?)?"


class Period(NamedTuple):
    """A quarter of a year, or with `quarter` None the year. `str` gives `2022Q3` or `2022`."""

    year: int
    quarter: int | None = None

    def __str__(self) -> str:
        return f"{self.year:04d}" if self.quarter is None else f"{self.year:04d}Q{self.quarter}"

    @property
    def last_day(self) -> dt.date:
        """The day at whose close the period ends."""
        return Month(self.year, 12 if self.quarter is None else 3 * self.quarter).last_day

    @property
    def chinese(self) -> str:
        """As official writing has it: `2022年第三季度`, `2022年度`."""
        return (
            f"{self.year}年度"
            if self.quarter is None
            else f"{self.year}年第{_ORDINALS[self.quarter - 1]}季度"
        )

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins."""
        return dt.date(self.year, 1 if self.quarter is None else 3 * self.quarter - 2, 1)

    @classmethod
    def from_iso(cls, text: str) -> "Period":
        """The period that the file writes as `2022Q3` or `2022`; the text has been validated."""
        year, _, quarter = text.partition("Q")
        return cls(int(year), int(quarter) if quarter else None)

    @classmethod
    def parse_quarter(cls, text: str) -> "Period":
        """A quarter as people type it: 2022Q3, 2022q3, 2022年第三季度, 2022年3季度.

        Raises RequestError for anything else, with a hint; a bare 三季度 names no year.
        """
        key = _key(text)
        found = re.fullmatch(_QUARTER, key)
        if found and int(found[1]):
            return cls(int(found[1]), _number(found[2] or found[3]))
        if bare := re.fullmatch(_BARE_QUARTER, key):
            example = cls(2022, _number(bare[1] or bare[2]))
            raise RequestError(f"季度“{text}”没有年份", f"请写全，如 {example} 或 {example.chinese}")
        raise RequestError(f"看不懂的季度“{text}”", "季度写作 2022Q3、2022年第三季度 或 2022年3季度")

    @classmethod
    def parse_year(cls, text: str) -> "Period":
        """A year as people type it: 2022, 2022年. Raises RequestError for anything else."""
        found = re.fullmatch(_YEAR, _key(text))
        if found and int(found[1]):
            return cls(int(found[1]))
        raise RequestError(f"看不懂的年份“{text}”", "年份写作 2022 或 2022年")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        from pydantic_core import core_schema

        return core_schema.str_schema(strict=True, pattern=PERIOD_PATTERN)


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _number(word: str) -> int:
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word)
