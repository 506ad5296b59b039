"""Y4 and Y5: what a ledger may hold and should not, or should be said aloud. All records here are 模拟."""

import pytest
from plans import day, plan, record, task

from yzplan.check.oddities import new_oddities
from yzplan.model import ProgressRecord

BEGUN = record("2022-07-10", "in_progress", percent=60)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (record("2022-07-20", "in_progress", percent=70), []),
        (record("2022-08-02", "blocked"), ["的填报日期 2022-08-02 在今天（2022-08-01）之后"]),
        (
            record("2022-07-20", "done", completed_on="2022-08-20"),
            [
                "的完成日 2022-08-20 在今天（2022-08-01）之后",
                "的完成日 2022-08-20 在填报日期 2022-07-20 之后",
            ],
        ),
        (
            record("2022-07-20", "done", completed_on="2022-05-01"),
            [
                "的完成日 2022-05-01 早于 2022-07-10 报的“推进中”",
                "的日期 2022-05-01 早于文件印发日 2022-05-23",
            ],
        ),
        (record("2022-07-20", "in_progress", percent=12.5), ["的进度由 60% 降为 12.5%"]),
        (record("2022-07-20", "done", percent=90), ["报完成而进度为 90%"]),
    ],
)
def test_what_life_allows_is_said_aloud(new: ProgressRecord, said: list[str]) -> None:
    subject = task(progress=[BEGUN])
    expected = [f"第 1 项 模拟牵头局 {each}" for each in said]
    found = new_oddities(plan(subject), subject, subject.with_entry(new), day("2022-08-01"))
    assert [*found] == expected
