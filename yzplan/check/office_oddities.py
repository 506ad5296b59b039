"""Y402, Y517 and Y518: what is odd about the office's own ledgers alone, one function a code.

A function's docstring is the manual of its code.
"""

from collections.abc import Iterator

from yzplan.check.asked import AskedOffice, subject_of
from yzplan.check.findings import Finding
from yzplan.model import Ranking, SupervisionEntry


def y402_due_before_it_was_sent(asked: AskedOffice) -> Iterator[Finding]:
    """督办的反馈时限（`due`）早于督办的日期。

    发文的时候时限已经过了，没有单位能按时回复，催办、通报就没有依据。多半是年份、月份录错了。

    错：
        - date: 2022-08-10
          measure: reminder
          unit: 市模拟住建局
          due: 2022-07-20

    改为：
        - date: 2022-08-10
          measure: reminder
          unit: 市模拟住建局
          due: 2022-08-20
    """
    for k, entry in asked.supervision:
        if entry.due and entry.due < entry.date:
            message = f"{subject_of(entry)}的反馈时限 {entry.due} 早于督办的日期 {entry.date}"
            yield Finding(("supervision", k, "due"), message, "核对两个日期；记错的用 supervise undo 更正")


def y517_ranked_twice(asked: AskedOffice) -> Iterator[Finding]:
    """同一期、同一个指标或单位，登记了两个结果，而没有更正。

    约谈看的是位次靠不靠后（文件三、3），两个结果就说不清。核对公布的文件，错的一条用 `yzplan rank undo` 更
    正。

    错：
        - date: 2022-09-15
          period: 2022Q2
          unit: 模拟东县
          rank: 2
          of: 11
        - date: 2022-09-20
          period: 2022Q2
          unit: 模拟东县
          rank: 9
          of: 11

    改为：
        - date: 2022-09-15
          period: 2022Q2
          unit: 模拟东县
          rank: 2
          of: 11
        - date: 2022-09-20
          period: 2022Q2
          unit: 模拟西区
          rank: 9
          of: 11
    """
    known: dict[object, Ranking] = {}
    for k, entry in asked.rankings:
        before = known.setdefault((entry.period, entry.indicator, entry.unit), entry)
        if before != entry:
            message = f"{subject_of(entry)}登记了第 {before.rank} 位，又登记第 {entry.rank} 位"
            yield Finding(("rankings", k), message, "错的一条用 rank undo 更正")


def y518_closed_twice(asked: AskedOffice) -> Iterator[Finding]:
    """同一次督办办结（`closes`）了两次。

    两份台账合并以后常见；结果按前一次算。多余的一次用 `yzplan supervise undo` 更正。

    错：
        - date: 2022-08-28
          closes: 'c0b5f6fc'
        - date: 2022-08-29
          closes: 'c0b5f6fc'

    改为：
        - date: 2022-08-28
          closes: 'c0b5f6fc'
    """
    known: dict[str, SupervisionEntry] = {}
    for k, entry in asked.supervision:
        if entry.closes:
            before = known.setdefault(entry.closes, entry)
            if before != entry:
                message = f"督办 {entry.closes} 在 {before.date} 已经办结，又在 {entry.date} 办结"
                yield Finding(("supervision", k, "closes"), message, "多余的一次用 supervise undo 更正")
