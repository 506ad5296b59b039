"""查询: list, show, due, overdue, missing, units, indicators, summary.

What a command needs is imported when it runs, so that no command pays for another.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.chinese import AnswerCommand, ListCommand
from yzplan.cli.options import (
    AsOf,
    AtMonth,
    Indicators,
    KnownAt,
    Leader,
    MonthOption,
    Rev,
    RoleName,
    Units,
    selection_of,
    viewpoint_of,
)
from yzplan.cli.reading import find_task, parse_choice, parse_month, parse_numbers
from yzplan.cli.session import session_of
from yzplan.errors import ExitCode, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yzplan.cli.session import Session
    from yzplan.query.rows import TaskRow
    from yzplan.query.select import Selection
    from yzplan.render.listing import Listing

PANEL = "查询"
_STATUSES = (
    "not_started 未启动、in_progress 推进中、blocked 受阻、done 已报完成、"
    "verified 已认定、returned 退回、suspended 中止"
)
_STANDINGS = (
    "not_due 未到期、due_soon 临期、overdue 逾期未完成、on_time 按期完成、late 逾期完成、suspended 中止"
)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for name, command in (
        ("list", list_tasks),
        ("due", due_tasks),
        ("overdue", overdue_tasks),
        ("missing", missing_reports),
        ("units", units),
        ("indicators", indicators),
    ):
        app.command(name, cls=ListCommand, rich_help_panel=PANEL)(command)
    for name, report in (("show", show), ("summary", summary)):
        app.command(name, cls=AnswerCommand, rich_help_panel=PANEL)(report)


def list_tasks(
    ctx: typer.Context,
    unit: Units = None,
    role: RoleName = None,
    indicator: Indicators = None,
    leader: Leader = None,
    deadline: Annotated[
        MonthOption,
        typer.Option("--deadline", metavar="MONTH", parser=parse_month, help="现行时限（含延期）为该月"),
    ] = None,
    due_before: Annotated[
        MonthOption,
        typer.Option(
            "--due-before", metavar="MONTH", parser=parse_month, help="现行时限早于该月（不含该月）"
        ),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="S", help=f"状态：{_STATUSES}")
    ] = None,
    standing: Annotated[
        list[str] | None, typer.Option("--standing", metavar="S", help=f"态势：{_STANDINGS}")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", metavar="TEXT", help="任务原文、指标名或勘误中有这些字")
    ] = None,
    month: AtMonth = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """列出任务，可按单位、指标、时限、状态、态势、文字筛选；各条件同时成立。

    --unit 查该单位牵头或负责的任务；县市区通过“各县市区政府”对全部任务负有责任。
    """
    from yzplan.assess import Standing
    from yzplan.model import Status
    from yzplan.query.select import listed
    from yzplan.render.columns import moment

    session = session_of(ctx)
    plan = session.plan(rev)
    chosen = selection_of(plan, unit, role, indicator, leader)._replace(
        deadline=deadline,
        due_before=due_before,
        statuses=tuple(parse_choice(each, Status, "状态") for each in status or ()),
        standings=tuple(parse_choice(each, Standing, "态势") for each in standing or ()),
        text=text,
    )
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    rows = listed(plan, chosen, viewpoint)
    output.answer(session, _tasks(session, f"任务清单（{moment(viewpoint)}）", rows, chosen, "state"))
    found = f"共 {len(rows)} 项任务" if rows else "没有符合条件的任务"
    output.remark(f"{found}，{moment(viewpoint)}")


def due_tasks(
    ctx: typer.Context,
    month: Annotated[
        MonthOption,
        typer.Option(
            "--month",
            "-m",
            metavar="MONTH",
            parser=parse_month,
            help="现行时限在该月的，截至该月最后一天；默认本月",
        ),
    ] = None,
    until: Annotated[
        MonthOption,
        typer.Option("--until", metavar="MONTH", parser=parse_month, help="现行时限在该月及以前的，截至今天"),
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="只要还没有完成的")] = False,
    unit: Units = None,
    role: RoleName = None,
    indicator: Indicators = None,
    leader: Leader = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """列出某月到期的任务，已完成的注明；--open 只列未完成的。

    时限以现行时限为准：经批准延期的按新时限。--as-of 可另定截至日。
    """
    from yzplan.assess import Standing
    from yzplan.model import Month
    from yzplan.query.select import due
    from yzplan.render.columns import moment

    session = session_of(ctx)
    if month and until:
        raise RequestError("--month 与 --until 只能用一个", "--month 查当月到期，--until 查到该月为止")
    plan = session.plan(rev)
    last = until or month or Month.of(as_of or session.today)
    viewpoint = viewpoint_of(session, None if until or as_of else month, as_of, known_at)
    chosen = selection_of(plan, unit, role, indicator, leader)
    rows = due(plan, chosen, viewpoint, first=None if until else last, last=last, only_open=open_only)
    span = f"{last.chinese}{'及以前' if until else ''}"
    output.answer(session, _tasks(session, f"{span}到期任务（{moment(viewpoint)}）", rows, chosen, "state"))
    word = "未完成的到期任务" if open_only else "到期任务"
    done = sum(row.judged.standing in (Standing.ON_TIME, Standing.LATE) for row in rows)
    found = f"{word} {len(rows)} 项" + ("" if open_only else f"，已完成 {done} 项") if rows else f"没有{word}"
    output.remark(f"{span}{found}，{moment(viewpoint)}")


def overdue_tasks(
    ctx: typer.Context,
    month: AtMonth = None,
    as_of: AsOf = None,
    new: Annotated[bool, typer.Option("--new", help="只要当月新增的，不要以前结转的")] = False,
    unit: Units = None,
    role: RoleName = None,
    indicator: Indicators = None,
    leader: Leader = None,
    known_at: KnownAt = None,
    rev: Rev = None,
    fail: Annotated[
        bool, typer.Option("--fail", help="有逾期未完成的就以 1 退出，供脚本用；预警不算")
    ] = False,
) -> ExitCode:
    """列出逾期未完成的任务。

    --month 2022-07 指2022年7月底的情况：现行时限在7月及以前、到7月31日仍未完成的，
    包括当月新增和以前各月结转；只看当月到期的用 --new。
    8月5日才完成的，仍在7月的名单上并注明，不在8月的名单上。

    时限到月底为止，遇周末不顺延。截至日未过完的是预警，不是逾期。
    """
    from yzplan.query.select import overdue
    from yzplan.render.columns import moment

    session = session_of(ctx)
    plan = session.plan(rev)
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    chosen = selection_of(plan, unit, role, indicator, leader)
    rows = overdue(plan, chosen, viewpoint, only_new=new)
    missed = [row for row in rows if not row.judged.warning]
    carried = sum(row.carried_over for row in missed)
    warned = len(rows) - len(missed)
    listing = _tasks(session, f"逾期未完成任务（{moment(viewpoint)}）", rows, chosen, "delay")

    def screen(width: int) -> list[Any]:
        from yzplan.render.overdue import overdue_parts

        return overdue_parts(listing, rows, width)

    output.answer(session, listing, terminal=screen)
    said = [f"逾期未完成 {len(missed)} 项（新增 {len(missed) - carried}，结转 {carried}）"] if missed else []
    said += [f"预警 {warned} 项（到期而未完成，但截至日还没有过完）"] if warned else []
    output.remark("，".join([*(said or ["没有逾期未完成的任务"]), moment(viewpoint)]))
    return ExitCode.FOUND if fail and missed else ExitCode.OK


def missing_reports(
    ctx: typer.Context,
    month: AtMonth = None,
    as_of: AsOf = None,
    unit: Units = None,
    indicator: Indicators = None,
    leader: Leader = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """列出漏报的单位：当月应报进展而没有报的，及所涉任务。

    谁应报，由 tasks.yaml 的 plan 下 policy: {owes: …} 定：lead_due（默认）为牵头单位，
    凡有当月到期或以前结转、尚未完成的任务；lead_open 为牵头单位凡有未完成的；
    each_due、each_open 则责任单位、县市区也各报各的。已报完成的、中止的不必报。

    以当月底所知为准：8月才补报“7月已完成”的，7月仍算漏报。办公室的认定、退回不算该单位的报告。
    """
    from yzplan.query.missing import missing, owing
    from yzplan.render.columns import MISSING_COLUMNS, moment
    from yzplan.render.listing import Listing

    session = session_of(ctx)
    plan = session.plan(rev)
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    chosen = selection_of(plan, unit, None, indicator, leader)
    rows = missing(plan, chosen, viewpoint)
    listing = Listing(
        title=f"{viewpoint.month.chinese}漏报（{moment(viewpoint)}）",
        rows=rows,
        columns=MISSING_COLUMNS,
        shown=[column.key for column in MISSING_COLUMNS],
    )
    output.answer(session, output.arranged(session, listing))
    if rows:
        found = f"漏报 {len(rows)} 个单位，{sum(row.missed for row in rows)} 项次"
    elif owed := owing(plan, chosen, viewpoint):
        found = f"没有漏报，应报的 {len(owed)} 个单位都已报"
    else:
        found = f"没有应报的单位（policy.owes 为 {plan.header.policy.owes}）"
    month = viewpoint.month
    unfinished = "，当月还没有过完" if month.last_day >= session.today >= month.first_day else ""
    output.remark(f"{month.chinese}{found}，{moment(viewpoint)}{unfinished}")


def units(ctx: typer.Context, rev: Rev = None) -> None:
    """列出单位名录：名称、类别、全称、别名，以及牵头、负责的任务数。

    全称只收确知的。各县市区政府为 14 个成员；市直相关单位名单不详，不展开。
    """
    from yzplan.query.reports import unit_rows
    from yzplan.render.columns import UNIT_COLUMNS
    from yzplan.render.listing import Listing

    session = session_of(ctx)
    plan = session.plan(rev)
    listing = Listing(
        title="单位名录",
        rows=unit_rows(plan),
        columns=UNIT_COLUMNS,
        shown=("name", "kind", "lead", "responsible", "full_name", "aliases", "members"),
        narrow=("name", "kind", "lead", "responsible", "aliases"),
    )
    output.answer(session, output.arranged(session, listing))
    output.remark(f"共 {len(plan.register.units)} 个单位，{len(plan.register.groups)} 个组")


def indicators(ctx: typer.Context, rev: Rev = None) -> None:
    """列出一级指标及其“1+1+N”责任链：分管市领导、牵头单位、责任单位（含组与“等…”）。

    文件没有列出分管市领导，须由办公室在 tasks.yaml 的 leader 一栏补填。
    """
    from yzplan.query.reports import chains
    from yzplan.render.columns import CHAIN_COLUMNS
    from yzplan.render.listing import Listing

    session = session_of(ctx)
    rows = chains(session.plan(rev))
    listing = output.arranged(
        session,
        Listing(
            title="一级指标与责任链",
            rows=rows,
            columns=CHAIN_COLUMNS,
            shown=("id", "name", "tasks", "leader", "lead_unit", "responsible_units"),
        ),
    )

    def screen(width: int) -> list[Any]:
        from yzplan.render.chains import chain_parts

        return chain_parts(listing.rows, width)

    output.answer(session, listing, terminal=None if session.columns else screen)
    empty = sum(row.leader is None for row in rows)
    output.remark(f"共 {len(rows)} 项一级指标" + (f"，其中 {empty} 项未填分管市领导" if empty else ""))


def summary(
    ctx: typer.Context, month: AtMonth = None, as_of: AsOf = None, known_at: KnownAt = None, rev: Rev = None
) -> None:
    """汇总：应完成、已完成、逾期各多少，分指标、牵头单位、时限月份。

    应完成指现行时限在截至日及以前的（不含中止）；按期、逾期以牵头单位的完成日定。
    """
    from yzplan.query.reports import summarize
    from yzplan.render.columns import SHARE_COLUMNS, moment
    from yzplan.render.listing import Listing

    session = session_of(ctx)
    plan = session.plan(rev)
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    found = summarize(plan, viewpoint)
    listing = Listing(
        title=f"{plan.header.title}汇总（{moment(viewpoint)}）",
        rows=found.shares,
        columns=SHARE_COLUMNS,
        shown=[column.key for column in SHARE_COLUMNS],
    )

    def screen(width: int) -> list[Any]:
        from yzplan.render.summary import summary_parts

        return summary_parts(plan.header.title, found, width)

    output.answer(session, listing, report=found, terminal=screen)
    if output.chosen_format(session) != "table":
        output.remark(f"共 {found.total.total} 项任务，{moment(viewpoint)}")


def show(
    ctx: typer.Context,
    task_id: Annotated[str, typer.Argument(metavar="ID", help="任务编号")],
    month: AtMonth = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """显示一项任务的全部情况：原文、时限、单位、勘误、量化目标、延期、进展。

    每条进展前的 8 位引用码由其内容算出，更正时用它指明是哪一条。
    """
    from yzplan.query.details import task_details
    from yzplan.render.details import FACT_COLUMNS, detail_facts
    from yzplan.render.listing import Listing

    session = session_of(ctx)
    plan = session.plan(rev)
    numbers = parse_numbers([task_id])
    if len(numbers) != 1:
        raise RequestError("show 一次显示一项任务", "只写一个编号")
    details = task_details(plan, find_task(plan, numbers[0]), viewpoint_of(session, month, as_of, known_at))
    listing = Listing(
        title=f"第 {numbers[0]} 项任务",
        rows=detail_facts(details),
        columns=FACT_COLUMNS,
        shown=("field", "value"),
    )

    def screen(width: int) -> list[Any]:
        from yzplan.render.details import detail_parts

        return detail_parts(details, width)

    output.answer(session, listing, report=details, terminal=screen)


def _tasks(
    session: "Session", title: str, rows: "Sequence[TaskRow]", chosen: "Selection", digest: str
) -> "Listing":
    """A list of tasks; `digest` is the column that sums up a row: its delay, or its state."""
    from yzplan.render.columns import TASK_COLUMNS
    from yzplan.render.listing import Listing

    most = ("light", "id", "text", "effective_deadline", digest, "lead_unit")
    listing = Listing(
        title=title,
        rows=rows,
        columns=[c for c in TASK_COLUMNS if c.key not in ("part", "part_digest") or chosen.units],
        shown=(*most, "responsible_digest", *(("part",) if chosen.units else ())),
        narrow=(*most, "part_digest" if chosen.units else "responsible_digest"),
    )
    return output.arranged(session, listing)
