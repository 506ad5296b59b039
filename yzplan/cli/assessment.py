"""报告: assess.

What a command needs is imported when it runs, so that no command pays for another.
"""

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.chinese import BoardCommand
from yzplan.cli.issuing import (
    PANEL,
    Dated,
    Difference,
    DocumentNumber,
    RedHead,
    Reissue,
    basis_of,
    issue,
    stamp_of,
)
from yzplan.cli.options import KnownAt, PeriodOption, Rev
from yzplan.cli.reading import parse_quarter, parse_year
from yzplan.cli.reissuing import is_asked, reissue_paper
from yzplan.cli.session import session_of
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.cli.issuing import Basis
    from yzplan.cli.session import Session
    from yzplan.model import Period, Plan
    from yzplan.papers.paper import PaperKind
    from yzplan.query.boards import Assessment


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("assess", cls=BoardCommand, rich_help_panel=PANEL)(assess)


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
    attachment: Annotated[
        bool, typer.Option("--attachment", help="绩效考核的附件：各单位各项任务的状态、得分、佐证、数据版本")
    ] = False,
    dated: Dated = None,
    document_number: DocumentNumber = None,
    red_head: RedHead = False,
    reissue: Reissue = None,
    diff: Difference = False,
) -> None:
    """考评计分：县市区、市直牵头单位、市直责任单位三个榜，其余单位只计分不排名。

    计现行时限在期末及以前的各项（不只当季到期的），以期末收工时的情况为准；未到期、中止的不计。
    牵头单位各项、责任单位各项、所列组的每个成员各项，都看该单位自己的填报；
    责任单位自己没有填报的，随牵头单位，但有封顶。没有到期任务的不适用，不是零分。

    文件要求季度通报评估、年终考评，没有规定计分办法。计分规则由办公室写在 tasks.yaml 的
    plan 下（assessment），随结果一并列出；不写的用默认值。加减分也记在那里，自所写日期起计入。

    -o 文件名.docx、.md、.html 写成考评文稿：各榜、分布，附计分办法和每一处扣分，.docx 是公文格式；
    加 --attachment 的是绩效考核的附件：单位、任务、状态、得分、佐证文号、数据版本。
    文稿的【】是留给人填写的位置，措辞在模板里，见 yzplan template；--reissue 照旧文稿重印。
    别的格式，以及加了 --explain、--sort、--columns 的，只列数据。
    """
    session = session_of(ctx)
    if is_asked(ctx):
        from yzplan.papers.assessment import assess as boards
        from yzplan.papers.performance import performance

        return reissue_paper(ctx, {"assess": boards, "performance": performance})
    period = _asked_period(ctx)
    form = _paper_form(session, explain)
    if form:
        return _issue(ctx, session, period, rev, form)
    if dated or document_number or red_head:
        raise RequestError(
            "--dated、--document-number、--red-head 只用于考评文稿", "-o 写成 .docx、.md、.html，或去掉它们"
        )
    if attachment:
        return _show_attachment(session, basis_of(session, "performance", rev), period, known_at)
    return _answer(session, period, known_at, rev, explain)


def _asked_period(ctx: typer.Context) -> "Period":
    """The quarter or year asked about. Raises RequestError where what was asked for is not one thing."""
    quarter, year = ctx.params["quarter"], ctx.params["year"]
    if (quarter is None) == (year is None):
        raise RequestError("--quarter 与 --year 要写一个，也只写一个", "如 --quarter 2022Q3，或 --year 2022")
    if ctx.params["attachment"] and ctx.params["explain"] is not None:
        raise RequestError(
            "--attachment 与 --explain 只能用一个", "--explain 只看一个单位，--attachment 列出各单位"
        )
    period: Period = quarter or year
    return period


def _answer(
    session: "Session", period: "Period", known_at: dt.date | None, rev: str | None, explain: str | None
) -> None:
    """Answer with the boards, or with what one unit's score is made of."""
    from yzplan.query.boards import assessment

    plan = session.plan(rev)
    found = assessment(plan, period, known_at)
    if explain is None:
        _show_boards(session, found)
    else:
        _show_obligations(session, plan, found, explain)
    if found.as_of >= session.today:
        output.remark(f"{period.chinese}还没有过完（今天 {session.today}），现为试算")


def _paper_form(session: "Session", explain: str | None) -> str | None:
    """The format of the paper, where one is asked for; None for a list, which --sort and --columns make it.

    Raises RequestError for what no paper can be.
    """
    form = output.asked_format(session, output.BOARD_FORMATS, output.BOARD_FORMAT_OF_EXTENSION)
    is_list = explain is not None or session.sort or session.columns
    if form == "docx" and is_list:
        raise RequestError(
            "docx 是整份考评文稿，不能与 --explain、--sort、--columns 同用", "去掉它们，或换一种格式"
        )
    return form if form in ("docx", "markdown", "html") and not is_list else None


def _issue(ctx: typer.Context, session: "Session", period: "Period", rev: str | None, form: str) -> None:
    """Answer with the paper on a period, or with its attachment for the 绩效考核."""
    from yzplan.papers.assessment import assess
    from yzplan.papers.performance import performance

    output.refuse_binary(session, form)
    kind: PaperKind = "performance" if ctx.params["attachment"] else "assess"
    build = performance if ctx.params["attachment"] else assess
    basis = basis_of(session, kind, rev)
    stamp = stamp_of(ctx, session, kind, basis, period=period)
    issue(session, build(basis.plan, stamp, basis.template), form)


def _show_attachment(session: "Session", basis: "Basis", period: "Period", known_at: dt.date | None) -> None:
    """Answer with what the attachment for the 绩效考核 says, as a list."""
    from yzplan.papers.scope import check_scope
    from yzplan.query.performance import performance_rows
    from yzplan.render.columns import PERFORMANCE_COLUMNS
    from yzplan.render.listing import Listing

    check_scope(basis.plan, period, session.today)
    rows = performance_rows(basis.plan, period, known_at or session.today, revision=basis.revision)
    listing = Listing(
        title=f"{period.chinese}绩效考核附件（截至 {period.last_day}）",
        rows=rows,
        columns=PERFORMANCE_COLUMNS,
        shown=("unit", "task", "role", "status", "standing", "points", "evidence", "ref", "text"),
        narrow=("unit", "task", "role", "status", "standing", "points", "evidence"),
        note=f"数据版本：{basis.revision or '没有提交'}",
    )
    output.answer(session, output.arranged(session, listing))
    units = len({row.unit for row in rows})
    output.remark(f"{units} 个单位，{len(rows)} 项，截至 {period.last_day}")


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
