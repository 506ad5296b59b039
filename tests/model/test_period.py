"""Quarters and years as people type them, and the day at whose close they end."""

import pytest
from plans import day

from yzplan.errors import RequestError
from yzplan.model import Period


@pytest.mark.parametrize(
    "text",
    [
        "2022Q3",
        "2022q3",
        "2022-Q3",
        " 2022 Q3 ",
        "２０２２Ｑ３",
        "2022年第三季度",
        "2022年三季度",
        "2022年3季度",
        "2022年第3季度",
        "2022 年第 3 季度",
    ],
)
def test_a_quarter_may_be_spelt(text: str) -> None:
    assert Period.parse_quarter(text) == Period(2022, 3)


@pytest.mark.parametrize("quarter", range(1, 5))
def test_every_quarter_is_read_as_it_is_written(quarter: int) -> None:
    period = Period(2022, quarter)
    assert Period.parse_quarter(str(period)) == Period.parse_quarter(period.chinese) == period


@pytest.mark.parametrize("text", ["2022", "2022年", "2022年度", " 2022 年", "２０２２"])
def test_a_year_may_be_spelt(text: str) -> None:
    assert Period.parse_year(text) == Period(2022)


@pytest.mark.parametrize(
    ("period", "written", "chinese", "last_day"),
    [
        (Period(2022, 1), "2022Q1", "2022年第一季度", "2022-03-31"),
        (Period(2022, 2), "2022Q2", "2022年第二季度", "2022-06-30"),
        (Period(2022, 3), "2022Q3", "2022年第三季度", "2022-09-30"),
        (Period(2022, 4), "2022Q4", "2022年第四季度", "2022-12-31"),
        (Period(2022), "2022", "2022年度", "2022-12-31"),
    ],
)
def test_a_period_ends_with_its_last_day(period: Period, written: str, chinese: str, last_day: str) -> None:
    assert (str(period), period.chinese, period.last_day) == (written, chinese, day(last_day))


@pytest.mark.parametrize("text", ["Q3", "q3", "三季度", "第三季度", "3季度"])
def test_a_quarter_without_its_year_is_refused(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        Period.parse_quarter(text)
    assert str(refused.value) == f"季度“{text}”没有年份\n  提示：请写全，如 2022Q3 或 2022年第三季度"


@pytest.mark.parametrize(
    "text", ["", "2022", "2022Q5", "2022Q0", "2022-07", "0000Q3", "22Q3", "2022年第五季度"]
)
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        Period.parse_quarter(text)
    hint = "季度写作 2022Q3、2022年第三季度 或 2022年3季度"
    assert str(refused.value) == f"看不懂的季度“{text}”\n  提示：{hint}"


@pytest.mark.parametrize("text", ["", "22", "今年", "0000", "2022Q3", "20222"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        Period.parse_year(text)
    assert str(refused.value) == f"看不懂的年份“{text}”\n  提示：年份写作 2022 或 2022年"
