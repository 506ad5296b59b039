"""督办: rank, with its commands over the province's results, and summons.

What a command needs is imported when it runs, so that no command pays for another.
"""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.acts import Reason
from yzplan.cli.chinese import EntryCommand, Group, ListCommand
from yzplan.cli.options import AsOf, AtMonth, KnownAt, Rev, find_indicator, viewpoint_of
from yzplan.cli.reading import find_entry, parse_count, parse_day
from yzplan.cli.session import session_of
from yzplan.cli.supervision import COMMANDS, PANEL, dated, oddities
from yzplan.cli.updates import Commit, DryRun, Note
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.model import OfficeEntry, Period, Plan

    PeriodOption = Period | None
else:
    PeriodOption = Any


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(cls=Group, rich_markup_mode=None, invoke_without_command=True)
    group.callback()(rank)
    for name, command in (("add", add), ("undo", undo)):
        group.command(name, cls=EntryCommand, rich_help_panel=COMMANDS)(command)
    group.command("list", cls=ListCommand, rich_help_panel=COMMANDS)(list_rankings)
    app.add_typer(group, name="rank", rich_help_panel=PANEL)
    app.command("summons", cls=ListCommand, rich_help_panel=PANEL)(summons)


def parse_period(text: str) -> "Period":
    """A quarter or a year as people type it; see `Period`."""
    from yzplan.model import Period

    try:
        return Period.parse_year(text)
    except RequestError:
        pass
    try:
        return Period.parse_quarter(text)
    except RequestError as error:
        hint = "年度写作 2022，季度写作 2022Q3 或 2022年第三季度"
        raise RequestError(error.message.replace("看不懂的季度", "看不懂的评价期"), hint) from None


AtPeriod = Annotated[
    PeriodOption,
    typer.Option("--period", "-p", metavar="PERIOD", parser=parse_period, help="评价期，如 2022、2022Q3"),
]


def rank(ctx: typer.Context) -> None:
    """全省营商环境评价的排名：某项指标在各市州中的位次，或某个县市区在同类中的位次。

    这是省里公布的结果，照录不算；只增不改，记在 tasks.yaml 末尾的 rankings 里。约谈的人选由它而来。
    """
    if ctx.invoked_subcommand is None:
        output.write(ctx.get_help() + "\n")


def add(
    ctx: typer.Context,
    period: Annotated[
        PeriodOption,
        typer.Option(
            "--period", "-p", metavar="PERIOD", parser=parse_period, help="评价期，必写，如 2022、2022Q3"
        ),
    ] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", "-i", metavar="N|NAME", help="排的是哪项一级指标：序号或名称")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", "-u", metavar="UNIT", help="排的是哪个单位，如某个县市区")
    ] = None,
    place: Annotated[
        int | None, typer.Option("--rank", metavar="N", parser=parse_count, help="位次，1 为最好，必写")
    ] = None,
    of: Annotated[
        int | None, typer.Option("--of", metavar="M", parser=parse_count, help="参评数，必写")
    ] = None,
    date: Annotated[
        dt.date | None, typer.Option("--date", metavar="DAY", parser=parse_day, help="公布日期，必写")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="TEXT", help="载明排名的文件：文号、通报名称")
    ] = None,
    note: Note = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """登记一个排名：--indicator 与 --unit 写一个，也只写一个。

    今天才补记以前公布的，另记下今天的日期，--known-at 以它为准。
    """
    from yzplan.check.admission import one_unit
    from yzplan.check.supervising import as_said, check_ranking
    from yzplan.cli import entering, reporting
    from yzplan.model import Ranking

    session = session_of(ctx)
    if (indicator is None) == (unit is None):
        raise RequestError(
            "--indicator 与 --unit 要写一个，也只写一个", "如 --indicator 纳税，或 --unit 零陵区"
        )
    for option, value, example in (
        ("--period", period, "2022Q3"),
        ("--rank", place, "12"),
        ("--of", of, "14"),
        ("--date", date, "2022-10-15"),
    ):
        if value is None:
            raise RequestError(f"缺少选项 {option}", f"如 {option} {example}")
    said: dict[str, Any] = {
        "period": period,
        "rank": place,
        "of": of,
        "document": reporting.one_line("文件", document),
        "note": reporting.one_line("说明", note),
        **dated(session, date),
    }

    def decide(plan: "Plan", remarks: list[str]) -> "list[OfficeEntry]":
        subject: dict[str, Any] = (
            {"indicator": find_indicator(plan, indicator).id}
            if indicator is not None
            else {"unit": one_unit(plan, unit or "", "逐家登记，成员有", "写明是哪家单位").name}
        )
        new = Ranking(**subject, **said)
        check_ranking(new)
        entry = as_said(plan.rankings, new)
        if entry is new:
            remarks += oddities(plan, new, session.today)
        return [entry]

    entering.put(session, decide, dry_run=dry_run, commit=commit)


def undo(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="引用码，至少前 4 位，见 yzplan rank list")],
    reason: Reason = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """更正：一个排名作废。追加一条更正，原行不动；须写理由。"""
    from yzplan.check.admission import check_correctable
    from yzplan.cli import entering, reporting
    from yzplan.model import Ranking, office_saying

    session = session_of(ctx)
    why = reporting.required("--reason", "更正的理由", reason)

    def decide(plan: "Plan", remarks: list[str]) -> "list[OfficeEntry]":
        wrong = find_entry(plan.rankings, ref, "全省评价排名里", "yzplan rank list")
        entry = Ranking(date=session.today, note=why, retracts=wrong.ref)
        if entry not in plan.rankings:
            check_correctable(plan.rankings, wrong)
            remarks.append(f"{office_saying(wrong)}作废")
        return [entry]

    entering.put(session, decide, dry_run=dry_run, commit=commit)


def list_rankings(
    ctx: typer.Context,
    period: AtPeriod = None,
    month: AtMonth = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """列出登记过的全省评价排名，按公布日期。

    同一对象同一评价期登记了几次的都列出，以公布日期最后的为准。
    """
    from yzplan.query.rankings import ranking_rows
    from yzplan.render.columns import moment
    from yzplan.render.listing import Listing
    from yzplan.render.supervision import RANKING_COLUMNS

    session = session_of(ctx)
    plan = session.plan(rev)
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    rows = ranking_rows(plan, viewpoint, period)
    listing = Listing(
        title=f"全省营商环境评价排名（{moment(viewpoint)}）",
        rows=rows,
        columns=RANKING_COLUMNS,
        shown=("ref", "date", "period", "subject", "place", "document", "note"),
        narrow=("ref", "period", "subject", "place", "document"),
    )
    output.answer(session, output.arranged(session, listing))
    if rows:
        output.remark(f"共 {len(rows)} 个排名，{moment(viewpoint)}")
    else:
        output.remark(f"{_no_rankings(period)}，{moment(viewpoint)}")


def _no_rankings(period: "Period | None") -> str:
    of = f"{period.chinese}的" if period else ""
    return f"没有登记过{of}全省评价排名，收到后用 yzplan rank add 登记"


def summons(
    ctx: typer.Context,
    period: AtPeriod = None,
    low_indicators: Annotated[
        int | None,
        typer.Option("--low-indicators", metavar="N", parser=parse_count, help="指标排在最后 N 位的算靠后"),
    ] = None,
    low_units: Annotated[
        int | None,
        typer.Option("--low-units", metavar="N", parser=parse_count, help="单位排在最后 N 位的算靠后"),
    ] = None,
    month: AtMonth = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """列出约谈人选：全省评价排位靠后的县市区，和靠后指标的牵头单位、具名责任单位。

    永政办函〔2022〕18号 三、保障措施 3：“对在全省营商环境评价中排位靠后的县市区、市直牵头单位及责任单位，
    由市政府对单位主要负责同志进行约谈。”排名用 yzplan rank add 登记；台账自己的考评不作依据。

    文件没有规定几位算靠后：由办公室写在 tasks.yaml 的 plan 下
    policy: {low_indicators: N, low_units: N}，或用选项写明，以选项为准。

    不写 --period，指标、单位各取最近的一期；一期公布几次的，以最后一次为准。县市区只看自己的排名，
    不因指标靠后而列入。本命令只列人选和依据，是否约谈由市政府决定；公布以后已经约谈的注明。
    """
    from yzplan.model import CITY_KINDS, COUNTY_KINDS
    from yzplan.query.rankings import ranking_rows, summons_rows
    from yzplan.render.columns import moment
    from yzplan.render.listing import Listing
    from yzplan.render.supervision import SUMMONS_COLUMNS, summons_note

    session = session_of(ctx)
    plan = session.plan(rev)
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    policy = plan.header.policy
    low_indicators = low_indicators or policy.low_indicators
    low_units = low_units or policy.low_units
    known = ranking_rows(plan, viewpoint, period)
    if known and not (low_indicators or low_units):
        raise RequestError(
            "没有规定最后几位算靠后（文件没有规定）",
            "用 --low-indicators N、--low-units N 写明，"
            "或由办公室写在 tasks.yaml 的 plan 下：policy: {low_indicators: N, low_units: N}",
        )
    rows = summons_rows(plan, viewpoint, low_indicators=low_indicators, low_units=low_units, period=period)
    listing = Listing(
        title=f"约谈人选（{moment(viewpoint)}）",
        rows=rows,
        columns=SUMMONS_COLUMNS,
        shown=("unit", "kind", "role", "because", "document", "ref", "summoned_on"),
        narrow=("unit", "role", "because", "summoned_on"),
        note=summons_note(low_indicators, low_units) if known else "",
    )
    output.answer(session, output.arranged(session, listing))
    if not known:
        output.remark(f"{_no_rankings(period)}，{moment(viewpoint)}")
        return
    for what, places, option, is_ranked in (
        ("指标", low_indicators, "--low-indicators", any(row.unit is None for row in known)),
        ("单位", low_units, "--low-units", any(row.unit is not None for row in known)),
    ):
        if is_ranked and places is None:
            output.remark(f"注意：没有规定{what}最后几位算靠后，{what}的排名没有用上；用 {option} N 写明")
    kinds = {row.unit: row.kind for row in rows}
    if elsewhere := sum(kind not in COUNTY_KINDS | CITY_KINDS for kind in kinds.values()):
        output.remark(
            f"注意：其中 {elsewhere} 家既不是县市区，也不是市直部门、事业单位（见“类别”），是否适用由市政府定"
        )
    found = f"约谈人选 {len(kinds)} 家，{len(rows)} 条依据" if rows else "没有排位靠后的"
    output.remark(f"{found}，{moment(viewpoint)}")
