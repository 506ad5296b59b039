"""Options that several commands share, declared once, and what they come to.

They are module-level aliases because typer reads them far faster so than written out in every
signature, and because a meaning is then explained in one place. Typer calls the parsers; the
annotations before them are what the parsers give.
"""

import datetime as dt
import difflib
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli.reading import parse_day, parse_month, parse_word
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.assess import Viewpoint
    from yzplan.cli.session import Session
    from yzplan.model import Indicator, Month, Period, Plan, Role
    from yzplan.query.select import Selection

    MonthOption = Month | None
    PeriodOption = Period | None
else:
    MonthOption = Any
    PeriodOption = Any

Units = Annotated[
    list[str] | None,
    typer.Option("--unit", "-u", metavar="UNIT", help="单位：名称、全称、别名，或名称中唯一的一段"),
]
RoleName = Annotated[
    str | None,
    typer.Option(
        "--role", metavar="ROLE", help="该单位牵头（lead）的，或负责（responsible，看该单位自己的进展）的"
    ),
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", "-i", metavar="N|NAME", help="一级指标的序号或名称")
]
Leader = Annotated[str | None, typer.Option("--leader", metavar="NAME", help="分管市领导")]
AtMonth = Annotated[
    MonthOption, typer.Option("--month", "-m", metavar="MONTH", parser=parse_month, help="截至该月最后一天")
]
AsOf = Annotated[
    dt.date | None, typer.Option("--as-of", metavar="DAY", parser=parse_day, help="截至该日，默认今天")
]
KnownAt = Annotated[
    dt.date | None,
    typer.Option("--known-at", metavar="DAY", parser=parse_day, help="只算该日及以前填报的，即当时所知"),
]

Rev = Annotated[
    str | None,
    typer.Option(
        "--rev",
        metavar="REV",
        help="数据取自 git 里的这个版本：提交、标签或分支，如 HEAD~1；或日期，即截至该日最后的提交",
    ),
]


def selection_of(
    plan: "Plan",
    units: list[str] | None,
    role: str | None,
    indicators: list[str] | None,
    leader: str | None,
) -> "Selection":
    """The selection that the common options describe. Raises RequestError for an unknown name."""
    from yzplan.model import Directory
    from yzplan.query.select import Selection

    directory = Directory(plan.register)
    return Selection(
        units=tuple(directory.find(name) for name in units or ()),
        role=_role(role, units),
        indicators=tuple(find_indicator(plan, text).id for text in indicators or ()),
        leader=leader,
    )


def _role(word: str | None, units: list[str] | None) -> "Role | None":
    if word is None:
        return None
    if not units:
        raise RequestError("--role 要与 --unit 一起用", "写明是哪个单位，如 --unit 市税务局 --role lead")
    return "lead" if parse_word(word, ("lead", "responsible"), "角色") == "lead" else "responsible"


def find_indicator(plan: "Plan", text: str) -> "Indicator":
    """The indicator of that number, name, or unique part of a name. Raises RequestError for any other."""
    from yzplan.model import comparison_key

    key = comparison_key(text)
    exact = [each for each in plan.indicators if key in (str(each.id), comparison_key(each.name))]
    found = exact or [each for each in plan.indicators if key and key in comparison_key(each.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise RequestError(f"“{text}”可能指：{'、'.join(each.name for each in found)}", "请写序号或全名")
    near = difflib.get_close_matches(text, [each.name for each in plan.indicators], n=1, cutoff=0.5)
    hint = f"是否为“{near[0]}”？" if near else ""
    known = f"{hint}序号 1–{len(plan.indicators)}，名称见 yzplan indicators"
    raise RequestError(f"没有“{text}”这个一级指标", known if plan.indicators else "计划里还没有录入一级指标")


def viewpoint_of(
    session: "Session", month: "Month | None", as_of: dt.date | None, known_at: dt.date | None
) -> "Viewpoint":
    """The viewpoint that --month, --as-of and --known-at describe; the close of today by default."""
    from yzplan.assess import Viewpoint

    if month and as_of:
        raise RequestError("--month 与 --as-of 只能用一个", "--month 2022-07 即 --as-of 2022-07-31")
    day = month.last_day if month else as_of or session.today
    return Viewpoint(as_of=day, today=session.today, known_at=known_at)
