"""填报: update, done."""

import datetime as dt
from typing import Annotated, Any

import typer

from yzplan.cli.chinese import EntryCommand
from yzplan.cli.reading import parse_day
from yzplan.cli.session import session_of

PANEL = "填报"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("update", cls=EntryCommand, rich_help_panel=PANEL)(update)
    app.command("done", cls=EntryCommand, rich_help_panel=PANEL)(done)


Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="任务编号，可写几个或一段：5 7 9-12")]
UnitName = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="UNIT", help="谁的进展，默认为该任务的牵头单位")
]
StatusName = Annotated[
    str | None, typer.Option("--status", metavar="S", help="in_progress 推进中、blocked 受阻、done 已报完成")
]
Date = Annotated[
    dt.date | None, typer.Option("--date", metavar="DAY", parser=parse_day, help="填报日期，默认今天")
]
CompletedOn = Annotated[
    dt.date | None,
    typer.Option("--completed-on", metavar="DAY", parser=parse_day, help="实际完成日，默认同填报日期"),
]
PercentDone = Annotated[str | None, typer.Option("--percent", metavar="N", help="进度，0–100")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="说明，一行")]
Problem = Annotated[str | None, typer.Option("--problem", metavar="TEXT", help="存在问题，一行")]
Evidence = Annotated[list[str] | None, typer.Option("--evidence", metavar="TEXT", help="佐证：文号、材料名")]
Measured = Annotated[
    list[str] | None,
    typer.Option("--measured", metavar="指标=值", help="量化目标的实测值，指标名见 yzplan show"),
]
SourceName = Annotated[
    str | None, typer.Option("--source", metavar="TEXT", help="来源：电话、微信、填报表、会议 …")
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="填报人")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只显示将要追加的内容，不写入")]
Commit = Annotated[
    bool, typer.Option("--commit", help="写入后提交到 git：只提交 tasks.yaml，提交说明由记录写成")
]


def update(
    ctx: typer.Context,
    ids: Ids,
    status: StatusName = None,
    unit: UnitName = None,
    date: Date = None,
    completed_on: CompletedOn = None,
    percent: PercentDone = None,
    note: Note = None,
    problem: Problem = None,
    evidence: Evidence = None,
    measured: Measured = None,
    source: SourceName = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """填报进展：给任务追加一条进展记录。台账只增不改，原有各行不动。

    几项任务一起填报时，全部写入，或因一处有误而全不写入。同样的内容再报一次不会重复记录。

    状态的转换：
      未启动、推进中、受阻、退回 → 推进中、受阻、已报完成、中止
      已报完成 → 已报完成、已认定、退回；已认定 → 退回
      中止 → 推进中、受阻、已报完成
    认定、退回、中止由领导小组办公室作出：用 verify、return、suspend，不用本命令填报。

    在终端上不写 --status，就逐项询问，写入之前给人看过；不在终端上从不询问。
    """
    from yzplan.cli import entering, reporting

    session = session_of(ctx)
    said: dict[str, Any] = {
        "date": date or session.today,
        "completed_on": completed_on,
        "percent": reporting.parse_percent(percent),
        "note": reporting.one_line("说明", note),
        "problem": reporting.one_line("问题", problem),
        "evidence": reporting.each_one_line("佐证", evidence or ()),
        "measured": tuple(reporting.parse_measured(each) for each in measured or ()),
        "source": reporting.one_line("来源", source),
        "by": reporting.one_line("填报人", by),
    }
    if status is None:
        from yzplan.cli import asking, guided

        if asking.is_possible():
            guided.report(session, ids, unit, said, dry_run=dry_run, commit=commit)
            return
    report = reporting.Report(status=reporting.parse_reportable(status), **said)
    entering.record(session, ids, unit, report, dry_run=dry_run, commit=commit)


def done(
    ctx: typer.Context,
    ids: Ids,
    unit: UnitName = None,
    date: Date = None,
    completed_on: CompletedOn = None,
    percent: PercentDone = None,
    note: Note = None,
    problem: Problem = None,
    evidence: Evidence = None,
    measured: Measured = None,
    source: SourceName = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """填报完成：即 update --status done。

    逾期与否看实际完成日（--completed-on，默认同填报日期）。报完成不等于认定，认定由办公室作出。
    """
    update(ctx, status="done", **ctx.params)
