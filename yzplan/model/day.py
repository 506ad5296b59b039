"""A day as people type it."""

import datetime as dt
import re
import unicodedata

from yzplan.errors import RequestError

_SEPARATED = r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
_DIGITS = r"(\d{4})(\d{2})(\d{2})"


def parse_day(text: str) -> dt.date:
    """The day: 2022-07-31, 2022/7/31, 20220731, 2022年7月31日 (full-width digits too).

    Raises RequestError for anything else.
    """
    found = re.fullmatch(f"{_SEPARATED}|{_DIGITS}", _key(text))
    if found:
        year, month, day = (int(group) for group in found.groups() if group)
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise RequestError(f"没有“{text}”这一天", "日期写作 2022-07-31") from None
    raise RequestError(f"看不懂的日期“{text}”", "日期写作 2022-07-31、2022/7/31 或 2022年7月31日")


def looks_like_day(text: str) -> bool:
    """Whether a text that may name something else is meant as a day: it has separators, not digits alone."""
    return re.fullmatch(_SEPARATED, _key(text)) is not None


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
