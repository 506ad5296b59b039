"""Where a title is broken."""

import pytest

from yzplan.office.titles import title_lines


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        (["督办函（模拟）"], ["督办函（模拟）"]),
        (["关于2022年7月", "重点任务的", "通报"], ["关于2022年7月重点任务的通报"]),
        (  # a trapezoid, as even as can be
            ["关于2022年7月", "优化营商环境重点任务", "落实情况的", "督办函（模拟）"],
            ["关于2022年7月优化营商环境重点任务", "落实情况的督办函（模拟）"],
        ),
        (  # one of another length, rather than two of one
            ["甲甲甲甲甲甲甲甲", "乙乙", "丙丙", "丁丁丁丁丁丁丁丁丁丁"],
            ["甲甲甲甲甲甲甲甲乙乙", "丙丙丁丁丁丁丁丁丁丁丁丁"],
        ),
        (  # no waist: the middle of three is not the shortest
            ["甲" * 18, "乙" * 4, "丙" * 10, "丁" * 4, "戊" * 18],
            ["甲" * 18, "乙" * 4 + "丙" * 10 + "丁" * 4, "戊" * 18],
        ),
        (["甲" * 25, "乙"], ["甲" * 25, "乙"]),  # what has no room at all is Word's to break
        ([str(each) * 25 for each in "甲乙丙丁戊己"], [str(each) * 25 for each in "甲乙丙丁戊己"]),
    ],
)
def test_lines(pieces: list[str], lines: list[str]) -> None:
    assert [*title_lines(pieces)] == lines
