"""Y5xx about what is printed: wording and deadline column that do not agree."""

import re
from collections.abc import Iterator

from yzplan.check.asked import Asked
from yzplan.check.findings import Finding
from yzplan.model import Month, Task

_PROMISE = re.compile(
    # 2022年底、2022年12月底前、2022年第四季度; not 2023年1月1日起, which begins something.
    r"(?<!\d)(?P<year>20\d\d)\s*年\s*"
    r"(?:年?[底末内]|(?P<month>1[0-2]|0?[1-9])\s*月(?:份|\s*\d+\s*日|底|末)?+|第?(?P<quarter>[一二三四])季度末?+)"
    r"(?!\s*(?:起|开始|以来|以后|之后))(?:之?前|以前)?"
    # 年底、今年内; not 三年内, 上年末, 每年底.
    r"|(?:[今本当]年年?|(?<![\d一二三四五六七八九十百两几多半上去每往历明次隔年])年)[底末内]前?"
    # 12月底前、12月15日前、第四季度末; not 6个月内, 每年3月底前, 一季度一通报.
    r"|(?<![\d年至-])(?P<bare_month>1[0-2]|0?[1-9])\s*月(?:底|末|\s*\d+\s*日|份)?(?:之?前|以前|[底末])"
    r"|第?(?P<bare_quarter>[一二三四])季度(?:[底末内]|之?前|以前)+"
)
_QUARTERS = "一二三四"


def y511_wording_later_than_deadline(asked: Asked) -> Iterator[Finding]:
    """任务原文承诺的时间晚于完成时限栏。

    考核以时限栏为准。先核对文件，看时限是否录错；底本就是如此的，原文不改字，在 `errata` 里照抄这几个字，用
    `note` 注明以哪个为准，便不再提醒。

    错：
        deadline: 2022-11
        text: 到2022年底，建成模拟平台。

    改为：
        deadline: 2022-11
        text: 到2022年底，建成模拟平台。
        errata:
        - printed: 到2022年底
          note: 完成时限栏为2022年11月，以该栏为准
    """
    task = asked.task
    explained = _explained(task)
    promises = {
        found[0]: month
        for found, month in _promises(task.text, asked.plan.header.year)
        if not any(explained[found.start() : found.end()])
    }
    for phrase, month in promises.items():
        if month > task.deadline:
            message = f"第 {task.id} 项原文的“{phrase}”晚于完成时限 {task.deadline}"
            hint = "核对时限；底本如此的，在 errata 里照抄这几个字，用 note 注明"
            yield Finding(("text",), message, hint)


def _promises(text: str, year: int) -> Iterator[tuple[re.Match[str], Month]]:
    """What a text says of when something is to be, and the last month that this means.

    A time that names no year is one of `year`.
    """
    for found in _PROMISE.finditer(text):
        month = found["month"] or found["bare_month"]
        quarter = found["quarter"] or found["bare_quarter"]
        last = int(month) if month else 3 * (_QUARTERS.index(quarter) + 1) if quarter else 12
        yield found, Month(int(found["year"] or year), last)


def _explained(task: Task) -> bytearray:
    """For each character of a task's text, whether an erratum has a note on it: 1, else 0."""
    marked = bytearray(len(task.text))
    for quoted in {erratum.read or erratum.printed for erratum in task.errata if erratum.note}:
        for found in re.finditer(re.escape(quoted), task.text):
            marked[found.start() : found.end()] = b"\1" * len(quoted)
    return marked


def y516_deadline_in_another_year(asked: Asked) -> Iterator[Finding]:
    """印发的完成时限不在计划的年度（`year`）里。

    多半是年份录错了，任务便要过很久才到期，或者一开始就逾期。照文件改正；`wording` 是原文和时限的指纹，要与改
    正以后的一致。

    错：
        wording: '7994a1c2d2f0'
        tasks:
        - id: 12
          deadline: 2202-12

    改为：
        wording: 'e3203fc08a77'
        tasks:
        - id: 12
          deadline: 2022-12
    """
    task, year = asked.task, asked.plan.header.year
    if task.deadline.year != year:
        message = f"第 {task.id} 项的完成时限 {task.deadline} 不在 {year} 年度"
        yield Finding(("deadline",), message, "核对文件附件中的完成时限")
