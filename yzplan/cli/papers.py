"""报告: dispatch, bulletin.

What a command needs is imported when it runs, so that no command pays for another.
"""

from typing import Annotated

import typer

from yzplan.cli.chinese import PaperCommand
from yzplan.cli.issuing import (
    PANEL,
    Dated,
    Difference,
    DocumentNumber,
    KnownAt,
    RedHead,
    Reissue,
    ReplyBy,
    basis_of,
    form_of,
    issue,
    stamp_of,
)
from yzplan.cli.options import MonthOption, PeriodOption, Rev
from yzplan.cli.reading import parse_count, parse_month, parse_quarter
from yzplan.cli.reissuing import is_asked, reissue_paper
from yzplan.cli.session import session_of
from yzplan.errors import RequestError


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("dispatch", cls=PaperCommand, rich_help_panel=PANEL)(dispatch)
    app.command("bulletin", cls=PaperCommand, rich_help_panel=PANEL)(bulletin)


def dispatch(
    ctx: typer.Context,
    month: Annotated[
        MonthOption,
        typer.Option(
            "--month", "-m", metavar="MONTH", parser=parse_month, help="哪个月的调度，截至该月最后一天"
        ),
    ] = None,
    reply_by: ReplyBy = None,
    dated: Dated = None,
    document_number: DocumentNumber = None,
    red_head: RedHead = False,
    known_at: KnownAt = None,
    rev: Rev = None,
    reissue: Reissue = None,
    diff: Difference = False,
) -> None:
    """月度调度：某月底的总体进度、分指标进度，当月到期、新增和结转的逾期，下月到期，漏报和存在问题。

    数字与 summary、due、overdue、missing 的一样。-o 文件名.docx 写成公文格式，可以直接印发。
    【】是留给人填写的位置。措辞在模板里，见 yzplan template。

    文稿记着截至日、所知日和数据的提交，--reissue 据此重印。数据没有提交的是草稿，不能重印。
    """
    from yzplan.papers import dispatch as paper

    if is_asked(ctx):
        return reissue_paper(ctx, {"dispatch": paper.dispatch})
    session = session_of(ctx)
    if month is None:
        raise RequestError("没有写 --month", "写明是哪个月的调度，如 --month 2022-07")
    form, basis = form_of(session), basis_of(session, "dispatch", rev)
    stamp = stamp_of(ctx, session, "dispatch", basis, month=month)
    return issue(session, paper.dispatch(basis.plan, stamp, basis.template), form)


def bulletin(
    ctx: typer.Context,
    quarter: Annotated[
        PeriodOption,
        typer.Option(
            "--quarter",
            "-q",
            metavar="QUARTER",
            parser=parse_quarter,
            help="哪个季度的通报，截至该季度末，如 2022Q3、2022年第三季度",
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--number", "-n", metavar="N", parser=parse_count, help="第几期；不写的留下位置，由人填写"
        ),
    ] = None,
    reply_by: ReplyBy = None,
    dated: Dated = None,
    document_number: DocumentNumber = None,
    red_head: RedHead = False,
    known_at: KnownAt = None,
    rev: Rev = None,
    reissue: Reissue = None,
    diff: Difference = False,
) -> None:
    """季度通报：当季到期、按期、逾期的任务，好的和差的，三个榜，通报的任务清单，要求和整改期限。

    名次、得分与 assess --quarter 的一样。-o 文件名.docx 写成公文格式，可以直接印发。
    【】是留给人填写的位置。措辞在模板里，见 yzplan template。

    文稿记着截至日、所知日和数据的提交，--reissue 据此重印。数据没有提交的是草稿，不能重印。
    """
    from yzplan.papers import bulletin as paper

    if is_asked(ctx):
        return reissue_paper(ctx, {"bulletin": paper.bulletin})
    session = session_of(ctx)
    if quarter is None:
        raise RequestError("没有写 --quarter", "写明是哪个季度的通报，如 --quarter 2022Q3")
    form, basis = form_of(session), basis_of(session, "bulletin", rev)
    stamp = stamp_of(ctx, session, "bulletin", basis, period=quarter, number=number)
    return issue(session, paper.bulletin(basis.plan, stamp, basis.template), form)
