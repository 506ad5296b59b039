"""The office's acts: verify, return, suspend, extend."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli.chinese import EntryCommand
from yzplan.cli.options import MonthOption
from yzplan.cli.reading import parse_day, parse_month
from yzplan.cli.session import session_of
from yzplan.cli.updates import PANEL, By, Commit, Date, DryRun, Ids, Note, UnitName

if TYPE_CHECKING:
    from yzplan.model import Plan, Status, Task


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for name, command in (("verify", verify), ("return", return_), ("suspend", suspend), ("extend", extend)):
        app.command(name, cls=EntryCommand, rich_help_panel=PANEL)(command)


Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="理由，一行，必写")]
Documents = Annotated[
    list[str] | None, typer.Option("--document", metavar="TEXT", help="依据：文号、核查记录等")
]


def verify(
    ctx: typer.Context,
    ids: Ids,
    unit: UnitName = None,
    date: Date = None,
    note: Note = None,
    document: Documents = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """认定（销号）：办公室核实某单位报的完成。只有“已报完成”的可以认定。

    完成日不因认定而变：仍是报完成的那天。认定以后发现不实的，用 return 退回。
    """
    from yzplan.model import Status

    _act(ctx, ids, unit, Status.VERIFIED, date, note, document, by, dry_run=dry_run, commit=commit)


def return_(
    ctx: typer.Context,
    ids: Ids,
    unit: UnitName = None,
    reason: Reason = None,
    date: Date = None,
    document: Documents = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """退回：报完成或已认定的不实、不合要求，退回重办。须写理由。

    退回即不算完成；重新报完成的，完成日不早于退回之日。
    """
    from yzplan.cli.reporting import required
    from yzplan.model import Status

    note = required("--reason", "退回的理由", reason)
    _act(ctx, ids, unit, Status.RETURNED, date, note, document, by, dry_run=dry_run, commit=commit)


def suspend(
    ctx: typer.Context,
    ids: Ids,
    unit: UnitName = None,
    reason: Reason = None,
    date: Date = None,
    document: Documents = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """中止：任务因上级政策调整等不再推进。须写理由。

    中止的不算逾期，也不计入应完成；再报推进中、受阻或完成，即恢复。
    """
    from yzplan.cli.reporting import required
    from yzplan.model import Status

    note = required("--reason", "中止的理由", reason)
    _act(ctx, ids, unit, Status.SUSPENDED, date, note, document, by, dry_run=dry_run, commit=commit)


def _act(
    ctx: typer.Context,
    ids: list[str],
    unit: str | None,
    status: "Status",
    date: dt.date | None,
    note: str | None,
    documents: list[str] | None,
    by: str | None,
    *,
    dry_run: bool,
    commit: bool,
) -> None:
    """Append the office's word on a unit's part of some tasks."""
    from yzplan.cli import entering, reporting

    session = session_of(ctx)
    report = reporting.Report(
        date=date or session.today,
        status=status,
        note=reporting.one_line("说明", note),
        evidence=reporting.each_one_line("依据", documents or ()),
        by=reporting.one_line("填报人", by),
    )
    entering.record(session, ids, unit, report, dry_run=dry_run, commit=commit)


def extend(
    ctx: typer.Context,
    ids: Ids,
    to: Annotated[
        MonthOption, typer.Option("--to", metavar="MONTH", parser=parse_month, help="延至哪个月，必写")
    ] = None,
    approved_on: Annotated[
        dt.date | None, typer.Option("--approved-on", metavar="DAY", parser=parse_day, help="批准日，必写")
    ] = None,
    reason: Reason = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="TEXT", help="批准的文号或记录，必写")
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """延期：记下批准的新时限。须写延至哪个月、批准日、理由、文号。

    现行时限自批准日起改变，印发的时限不变；批准以前已经逾期的月份仍算逾期。
    几次延期以最后批准的为准。今天才补记以前批准的，另记下补记的日期。
    """
    from yzplan.assess import Viewpoint, effective_deadline
    from yzplan.cli import entering, reporting
    from yzplan.errors import RequestError
    from yzplan.model import Extension

    session = session_of(ctx)
    if to is None:
        raise RequestError("没有写延至哪个月", "用 --to 写明，如 --to 2022-10")
    if approved_on is None:
        raise RequestError("没有写批准日", "用 --approved-on 写明，如 --approved-on 2022-07-20")
    why = reporting.required("--reason", "延期的理由", reason)
    paper = reporting.required("--document", "批准的文号或记录", document)
    late = session.today if session.today > approved_on else None

    def compose(plan: "Plan", task: "Task") -> Extension:
        said: tuple[Any, ...] = (to, approved_on, why, paper)
        for old in task.extensions:
            # Said again on another day it is still the same approval, taken back or not.
            if (old.to, old.approved_on, old.reason, old.document) == said:
                return old
        return Extension(
            from_=effective_deadline(task, Viewpoint(as_of=approved_on, today=session.today)),
            to=to,
            approved_on=approved_on,
            reason=why,
            document=paper,
            recorded_on=late,
        )

    entering.enter(session, ids, compose, dry_run=dry_run, commit=commit)
