"""历史: log, diff, audit."""

from typing import TYPE_CHECKING, Annotated

import typer

from yzplan.cli import output, problems
from yzplan.cli.chinese import CheckCommand, ListCommand
from yzplan.cli.options import Rev
from yzplan.cli.session import session_of
from yzplan.errors import DataError, ExitCode, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yzplan.cli.session import Session
    from yzplan.query.chronicle import ChangeRow

PANEL = "git"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("log", cls=ListCommand, rich_help_panel=PANEL)(log)
    app.command("diff", cls=ListCommand, rich_help_panel=PANEL)(diff)
    app.command("audit", cls=CheckCommand, rich_help_panel=PANEL)(audit)


OfUnit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="UNIT", help="只看这个单位的记录：名称、全称或别名")
]


def log(
    ctx: typer.Context,
    task_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="任务编号，不写则为全部")] = None,
    unit: OfUnit = None,
    rev: Rev = None,
) -> None:
    """历史：每次提交对台账做了什么，新的在前。

    每条写明谁提交的、何时提交、何时填报、哪一项、哪个单位、从什么变为什么。
    合并只列它自己做的，通常没有。提交人是 git 里的作者，填报人见 yzplan show。
    """
    from yzplan.cli.reading import parse_numbers
    from yzplan.git.chronicle import log_rows
    from yzplan.git.revision import find_revision

    session = session_of(ctx)
    numbers = parse_numbers([task_id]) if task_id else [None]
    if len(numbers) != 1:
        raise RequestError("log 一次看一项任务的历史", "只写一个编号，或都不写")
    revision = find_revision(session.directory, rev or "HEAD")
    name = _known(session, rev, numbers[0], unit)
    rows, unread = log_rows(session.directory, revision, numbers[0])
    for said in unread:
        output.remark(f"注意：{said}")
    of = f"第 {numbers[0]} 项" if numbers[0] else "台账"
    _tell(session, f"{of}的历史（截至{revision}）", [row for row in rows if name in (None, row.unit)])


def diff(
    ctx: typer.Context,
    revs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REV [REV]]", help="版本或日期；写一个，与现在的文件比；不写，看未提交的"),
    ] = None,
    unit: OfUnit = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="有变动就以 1 退出，供脚本用")] = False,
) -> ExitCode:
    """两个版本之间台账有哪些变动，按任务排列。

    版本写提交、标签、分支，或日期：yzplan diff 2022-07-31 2022-08-31 即 8 月里的变动
    （日期指截至该日最后的提交）。--format markdown 的表可以贴进通报。
    """
    from yzplan.git.chronicle import diff_rows
    from yzplan.git.revision import find_revision

    session = session_of(ctx)
    if revs and len(revs) > 2:
        raise RequestError("diff 最多比两个版本", "写作 yzplan diff 2022-07-31 2022-08-31")
    start, end = ([find_revision(session.directory, each) for each in revs or ["HEAD"]] + [None])[:2]
    assert start  # noqa: S101 - there is one
    name = _known(session, None, None, unit)
    rows = [row for row in diff_rows(session.directory, start, end) if name in (None, row.unit)]
    _tell(session, f"{start}至{end or '现在的文件'}的变动", rows)
    return ExitCode.FOUND if exit_code and rows else ExitCode.OK


def _known(session: "Session", rev: str | None, number: int | None, unit: str | None) -> str | None:
    """The name of the unit meant, once the task and it are known to be there.

    Of data that cannot be used the history can be told all the same; then nothing is looked up.
    """
    from yzplan.cli.reading import find_task
    from yzplan.model import Directory

    if number is None and unit is None:
        return None
    try:
        plan = session.plan(rev)
    except DataError:
        return unit
    if number is not None:
        find_task(plan, number)
    return Directory(plan.register).find(unit).name if unit else None


def _tell(session: "Session", title: str, rows: "Sequence[ChangeRow]") -> None:
    from yzplan.render.changes import CHANGE_COLUMNS, NARROW, SHOWN
    from yzplan.render.listing import Listing

    listing = Listing(title=title, rows=rows, columns=CHANGE_COLUMNS, shown=SHOWN, narrow=NARROW)
    output.answer(session, output.arranged(session, listing))
    output.remark(f"{title}：" + (f"{len(rows)} 条" if rows else "没有"))


def audit(
    ctx: typer.Context,
    asked: Annotated[
        str | None,
        typer.Argument(
            metavar="[RANGE]", help="起点..终点，如 v1.0..HEAD；只写一个版本或不写，则为到它为止的全部"
        ),
    ] = None,
    signed: Annotated[
        bool, typer.Option("--signed", help="每个提交都须有作者本人的签名（GPG 或 SSH）")
    ] = False,
    since_commit: Annotated[
        str | None,
        typer.Option(
            "--since-commit", metavar="REV", help="上次审到的提交：须仍在历史里；不写 RANGE 则从它起审"
        ),
    ] = None,
) -> ExitCode:
    """审查历史：证明提交过的记录没有被改动、删去，合并没有丢失、夹带，每条都由有权的人提交。

    有问题逐条列出，以 1 退出；只读不写。办公室改动印发的内容、单位名录，列为提醒。

    谁代表哪个单位，写在 units.yaml 的 authors 里（邮箱对单位，办公室写 office），
    按每个提交的前一版算；没有 authors，就不查是谁提交的。
    邮箱可以随手写；要证明是本人，加 --signed。

    浅克隆没有全部历史，审不了（以 3 退出）：CI 里要取全部历史。
    """
    from yzplan.git.auditing import audit as audited
    from yzplan.git.auditing import find_audited
    from yzplan.render.problems import audit_summary
    from yzplan.store.loading import TASKS, shown

    session = session_of(ctx)
    form = problems.asked_format(session)
    asked_range, since = find_audited(session.directory, asked, since_commit)
    report = audited(session.directory, asked_range, since=since, signed=signed)
    problems.deliver(session, form, report, [shown(session.directory / TASKS)], {}, "audit")
    output.remark(audit_summary(report))
    return ExitCode.FOUND if report.problems else ExitCode.OK
