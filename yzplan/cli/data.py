"""数据: check."""

import typer

from yzplan.cli import output
from yzplan.cli.chinese import Command
from yzplan.cli.session import session_of
from yzplan.errors import DataError, ExitCode

PANEL = "数据"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("check", cls=Command, rich_help_panel=PANEL)(check)


def check(ctx: typer.Context) -> ExitCode:
    """检查数据：语法、结构、引用、与文件自述的数目，有问题逐处列出并以 1 退出。只读不写。

    文件缺失或读不了，以 3 退出。
    """
    from yzplan.store.loading import judge_anew

    try:
        plan = judge_anew(session_of(ctx).directory)
    except DataError as error:
        if not error.diagnostics or any(each.code == "Y001" for each in error.diagnostics):
            raise
        output.write("".join(f"{diagnostic}\n" for diagnostic in error.diagnostics))
        output.remark(f"共 {len(error.diagnostics)} 处问题")
        return ExitCode.FOUND
    records = sum(len(task.progress) for task in plan.tasks)
    output.remark(
        f"没有问题：{len(plan.indicators)} 项指标，{len(plan.tasks)} 项任务，"
        f"{len(plan.register.units)} 个单位，{records} 条进展"
    )
    return ExitCode.OK
