"""报告: assess.

What a command needs is imported when it runs, so that no command pays for another.
"""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.chinese import ListCommand
from yzplan.cli.options import KnownAt, Rev
from yzplan.cli.session import session_of
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.cli.session import Session
    from yzplan.model import Period, Plan
    from yzplan.query.boards import Assessment

    PeriodOption = Period | None
else:
    PeriodOption = Any

PANEL = "报告"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("assess", cls=ListCommand, rich_help_panel=PANEL)(assess)


def parse_quarter(text: str) -> "Period":
    """A quarter as people type it; see `Period.parse_quarter`."""
    from yzplan.model import Period

    return Period.parse_quarter(text)


def parse_year(text: str) -> "Period":
    """A year as people type it; see `Period.parse_year`."""
    from yzplan.model import Period

    return Period.parse_year(text)


def assess(
    ctx: typer.Context,
    quarter: Annotated[
        PeriodOption,
        typer.Option(
            "--quarter",
            "-q",
            metavar="QUARTER",
            parser=parse_quarter,
            help="截至该季度末，如 2022Q3、2022年第三季度",
        ),
    ] = None,
    year: Annotated[
        PeriodOption,
        typer.Option("--year", "-y", metavar="YEAR", parser=parse_year, help="截至该年年底，如 2022"),
    ] = None,
    known_at: KnownAt = None,
    rev: Rev = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="UNIT", help="列出该单位的每一项：得几分，为什么，凭哪条记录"),
    ] = None,
) -> None:
    """考评计分：县市区、市直牵头单位、市直责任单位三个榜，其余单位只计分不排名。

    计现行时限在期末及以前的各项（不只当季到期的），以期末收工时的情况为准；未到期、中止的不计。
    牵头单位各项、责任单位各项、所列组的每个成员各项，都看该单位自己的填报；
    责任单位自己没有填报的，随牵头单位，但有封顶。没有到期任务的不适用，不是零分。

    文件要求季度通报评估、年终考评，没有规定计分办法。计分规则由办公室写在 tasks.yaml 的
    plan 下（assessment），随结果一并列出；不写的用默认值。加减分也记在那里，自所写日期起计入。
    """
    session = session_of(ctx)
    period = quarter or year
    if period is None or (quarter and year):
        raise RequestError("--quarter 与 --year 要写一个，也只写一个", "如 --quarter 2022Q3，或 --year 2022")
    from yzplan.query.boards import assessment

    plan = session.plan(rev)
    found = assessment(plan, period, known_at)
    if explain is None:
        _show_boards(session, found)
    else:
        _show_obligations(session, plan, found, explain)
    if found.as_of >= session.today:
        output.remark(f"{period.chinese}还没有过完（今天 {session.today}），现为试算")


def _show_boards(session: "Session", found: "Assessment") -> None:
    from yzplan.query.assessed import rules_text
    from yzplan.query.boards import BOARD_LABELS
    from yzplan.render.columns import BOARD_COLUMNS, moment
    from yzplan.render.listing import Listing

    counts = ("rank", "unit", "score", "due", "on_time", "late", "undone")
    adjusted = ("earned", "adjustment") if any(row.adjustment for row in found.rows) else ()
    listing = output.arranged(
        session,
        Listing(
            title=f"{found.period.chinese}考评（{moment(found)}）",
            rows=found.rows,
            columns=BOARD_COLUMNS,
            shown=("board", *counts, *adjusted),
            note=rules_text(found.rules),
        ),
    )

    def screen(width: int) -> list[Any]:
        from yzplan.render.boards import board_parts

        return board_parts(listing._replace(shown=(*counts, *adjusted)), width)

    is_rearranged = bool(session.columns or session.sort)
    output.answer(
        session,
        listing,
        report=None if is_rearranged else found,
        terminal=None if session.columns else screen,
    )
    count = Counter(row.board for row in found.rows)
    sizes = "、".join(f"{label} {count[board]} 家" for board, label in BOARD_LABELS.items())
    nobody = "" if any(row.due for row in found.rows) else "，没有到期的任务"
    output.remark(f"{sizes}{nobody}，{moment(found)}")


def _show_obligations(session: "Session", plan: "Plan", found: "Assessment", name: str) -> None:
    from yzplan.assess.scoring import close_of
    from yzplan.model import Directory, Group
    from yzplan.query.assessed import adjustment_text, rules_text
    from yzplan.query.obligations import obligation_rows
    from yzplan.render.assessment import place_text
    from yzplan.render.columns import OBLIGATION_COLUMNS, moment
    from yzplan.render.listing import Listing

    unit = Directory(plan.register).find(name)
    if isinstance(unit, Group):
        raise RequestError(f"“{unit.name}”是一组单位，不单独计分", "写明是其中哪家单位")
    rows = obligation_rows(plan, unit.name, close_of(found.period, found.known_at))
    listing = Listing(
        title=f"{unit.name}{found.period.chinese}考评各项（{moment(found)}）",
        rows=rows,
        columns=OBLIGATION_COLUMNS,
        shown=("task", "role", "effective_deadline", "points", "weight", "why", "ref", "text"),
        narrow=("task", "role", "points", "weight", "why", "ref"),
        note=rules_text(found.rules),
    )
    output.answer(session, output.arranged(session, listing))
    for entry in found.rules.adjustments:
        if entry.unit == unit.name:
            output.remark(f"加减分：{adjustment_text(entry)}")
    for row in found.rows:
        if row.unit == unit.name:
            output.remark(place_text(row))
    counted = sum(row.points is not None for row in rows)
    output.remark(f"{unit.name}共 {len(rows)} 项，计分 {counted} 项，{moment(found)}")
