"""数据: check, every mistake found, named and placed."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from yzplan.cli import explaining, output, problems
from yzplan.cli.chinese import CheckCommand
from yzplan.cli.options import Rev
from yzplan.cli.session import session_of
from yzplan.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path


PANEL = "数据"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("check", cls=CheckCommand, rich_help_panel=PANEL)(check)


def check(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="提醒（Y5）也算问题")] = False,
    rev: Rev = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="解释一个代码，附例子；all 为整本手册")
    ] = None,
) -> ExitCode:
    """检查数据：语法、结构、引用、数目、时间与状态。

    有问题逐处列出，以 1 退出。只读不写。

    Y0–Y3 使数据不能用，Y4 只在这里算问题；Y5 是提醒，写入时允许而值得一看的，加 --strict 才算问题。
    文件缺失或读不了，以 3 退出。

    格式：text 给人看，在终端上还带原文；json 给程序；sarif、github、junit 给代码托管网站和持续集成。

    看不懂的代码：yzplan check --explain Y203（不需要数据）。
    """
    if explain is not None:
        explaining.explain(ctx, explain)
        return ExitCode.OK
    from yzplan.query.checked import check_report
    from yzplan.render.problems import summary
    from yzplan.store.examining import examine_sources

    session = session_of(ctx)
    form = problems.asked_format(session)
    files, revision = session.files(rev)
    verdict = examine_sources(files, session.today)
    commit = revision.commit if revision else None
    report = check_report(verdict.diagnostics, verdict.plan, is_strict=strict, commit=commit)
    problems.deliver(session, form, report, verdict.texts, verdict.texts, "check")
    if revision:
        output.remark(f"检查的是{revision}里的数据")
    output.remark(summary(report))
    if revision is None:
        _remark_on_merging(session.directory)
    if any(each.code == "Y001" for each in report.diagnostics):
        return ExitCode.BAD_DATA
    return ExitCode.FOUND if report.problems else ExitCode.OK


def _remark_on_merging(directory: "Path") -> None:
    """Say that this clone merges the table as text, where it does; a machine that only tests never merges."""
    if os.environ.get("CI"):
        return
    from yzplan.git.merging import SETTING, hindrance
    from yzplan.store.loading import TASKS

    if found := hindrance(directory / TASKS):
        reason = f"{SETTING} 所写的程序 {found.program} 不在" if found.program else f"没有配置 {SETTING}"
        output.remark(
            f"注意：{TASKS} 应按记录合并（.gitattributes 写明 merge=yzplan），而这个克隆里{reason}，"
            "git 只按文字合并，容易冲突；用 yzplan setup-git 配置"
        )
