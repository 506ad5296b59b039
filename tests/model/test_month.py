"""Months as people type them, and the day on which a deadline ends (DESIGN §3)."""

import datetime as dt

import pytest

from yzplan.errors import ExitCode, RequestError
from yzplan.model import Month

JULY = Month(2022, 7)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2022-07", id="iso"),
        pytest.param("2022-7", id="one-digit"),
        pytest.param("202207", id="run-together"),
        pytest.param("2022年7月", id="chinese"),
        pytest.param("2022年07月", id="chinese-two-digits"),
        pytest.param("2022 年 7 月", id="chinese-with-spaces"),
        pytest.param("2022年\u30007月", id="chinese-with-a-wide-space"),
        pytest.param(" 2022-07 ", id="spaces-around"),
        pytest.param("２０２２－０７", id="full-width-iso"),
        pytest.param("２０２２０７", id="full-width-run-together"),
        pytest.param("２０２２年７月", id="full-width-chinese"),
    ],
)
def test_a_month_may_be_spelt(text: str) -> None:
    assert Month.parse(text) == JULY


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_in_every_spelling(number: int) -> None:
    month = Month(2022, number)
    for text in (str(month), f"2022-{number}", f"2022{number:02d}", month.chinese):
        assert Month.parse(text) == month


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("7月", "请写全，如 2022-07 或 2022年7月", id="chinese"),
        pytest.param("7", "请写全，如 2022-07 或 2022年7月", id="number"),
        pytest.param("07", "请写全，如 2022-07 或 2022年7月", id="two-digits"),
        pytest.param("７月", "请写全，如 2022-07 或 2022年7月", id="full-width"),
        pytest.param("12月", "请写全，如 2022-12 或 2022年12月", id="december"),
    ],
)
def test_a_month_without_its_year_is_refused(text: str, hint: str) -> None:
    with pytest.raises(RequestError) as refused:
        Month.parse(text)
    assert refused.value.message == f"月份“{text}”没有年份"
    assert refused.value.hint == hint
    assert refused.value.exit_code is ExitCode.BAD_REQUEST


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("七月", id="number-in-words"),
        pytest.param("上月", id="last-month"),
        pytest.param("July", id="english"),
        pytest.param("0月", id="month-0-without-year"),
        pytest.param("13月", id="month-13-without-year"),
        pytest.param("2022", id="year"),
        pytest.param("2022年", id="chinese-year"),
        pytest.param("2022-00", id="month-0"),
        pytest.param("2022-13", id="month-13"),
        pytest.param("202213", id="month-13-run-together"),
        pytest.param("2022年13月", id="chinese-month-13"),
        pytest.param("0000-07", id="year-0"),
        pytest.param("2022-007", id="three-digits"),
        pytest.param("20227", id="one-digit-run-together"),
        pytest.param("2022/07", id="slash"),
        pytest.param("2022.07", id="point"),
        pytest.param("2022.10", id="decimal"),
        pytest.param("22-07", id="short-year"),
        pytest.param("22年7月", id="short-chinese-year"),
        pytest.param("-2022-07", id="minus"),
        pytest.param("2022-07-31", id="day"),
        pytest.param("2022年7月31日", id="chinese-day"),
        pytest.param("2022年7", id="half-chinese"),
        pytest.param("2022-7月", id="mixed"),
        pytest.param("2022-07年", id="mixed-up"),
        pytest.param("2022-07 2022-08", id="two-months"),
        pytest.param("2022-07\n2022-08", id="two-lines"),
    ],
)
def test_anything_else_is_refused_with_the_spellings(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        Month.parse(text)
    assert refused.value.message == f"看不懂的月份“{text}”"
    assert refused.value.hint == "月份写作 2022-07、2022-7、202207 或 2022年7月"


def test_a_month_is_written_as_in_the_file_and_as_in_official_texts() -> None:
    assert (str(JULY), JULY.chinese) == ("2022-07", "2022年7月")
    assert (str(Month(2022, 10)), Month(2022, 10).chinese) == ("2022-10", "2022年10月")
    assert Month.from_iso("2022-07") == JULY


def test_months_order_by_time() -> None:
    assert Month(2021, 12) < Month(2022, 1) < Month(2022, 2) < Month(2022, 10)
    assert sorted([Month(2022, 10), Month(2022, 9), Month(2021, 11)]) == [
        Month(2021, 11),
        Month(2022, 9),
        Month(2022, 10),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2022-06", "2022-06-30"),
        ("2022-07", "2022-07-31"),
        ("2022-12", "2022-12-31"),
        ("2022-02", "2022-02-28"),
        ("2024-02", "2024-02-29"),
        ("1900-02", "1900-02-28"),
        ("2000-02", "2000-02-29"),
    ],
)
def test_a_month_ends_with_its_last_day(text: str, last: str) -> None:
    assert str(Month.parse(text).last_day) == last


def test_a_deadline_may_end_on_a_sunday() -> None:
    assert JULY.last_day.isoweekday() == 7


def test_every_day_lies_in_its_month() -> None:
    for offset in range(800):
        day = dt.date(2022, 1, 1) + dt.timedelta(days=offset)
        month = Month.of(day)
        assert (month.year, month.month) == (day.year, day.month)
        assert day <= month.last_day
