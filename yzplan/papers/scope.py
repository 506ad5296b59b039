"""What papers can be about: a time of the plan that has begun."""

import datetime as dt

from yzplan.errors import RequestError
from yzplan.model import Month, Period, Plan


def check_scope(plan: Plan, asked: Month | Period, today: dt.date) -> None:
    """Raise RequestError unless there is something to say of that month, quarter or year on that day."""
    issued_on = plan.header.issued_on
    if not plan.tasks:
        raise RequestError("任务表里还没有任务，写不出文稿", "先把任务录入 tasks.yaml")
    if asked.last_day < issued_on:
        raise RequestError(
            f"{asked.chinese}早于方案印发（{issued_on}），没有情况可说", "请写方案印发以后的月份、季度或年份"
        )
    if asked.first_day > today:
        raise RequestError(
            f"{asked.chinese}还没有开始（今天 {today}），没有情况可说",
            "以后到期的任务用 yzplan due --month 查",
        )
