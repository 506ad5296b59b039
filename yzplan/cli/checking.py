"""数据: check, every mistake found, named and placed."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from yzplan.cli import explaining, output
from yzplan.cli.chinese import Command
from yzplan.cli.session import session_of
from yzplan.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yzplan.model import LedgerEntry

PANEL = "数据"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("check", cls=Command, rich_help_panel=PANEL)(check)


def check(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="有提醒（Y5）也以 1 退出")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="解释一个代码，附例子；all 为整本手册")
    ] = None,
) -> ExitCode:
    """检查数据：语法、结构、引用、数目、时间与状态。

    有问题逐处列出，以 1 退出。只读不写。

    Y0–Y3 使数据不能用，Y4 只在这里算问题；Y5 是提醒，写入时允许而值得一看的，加 --strict 才算问题。
    文件缺失或读不了，以 3 退出。

    看不懂的代码：yzplan check --explain Y203（不需要数据）。
    """
    if explain is not None:
        explaining.explain(ctx, explain)
        return ExitCode.OK
    from yzplan.store.examining import examine

    session = session_of(ctx)
    found, plan, _ = examine(session.directory, session.today)
    output.write("".join(f"{diagnostic}\n" for diagnostic in found))
    warnings = sum(each.is_warning for each in found)
    problems = len(found) - (0 if strict else warnings)
    if plan is None:
        output.remark(f"共 {problems} 处问题")
        return ExitCode.BAD_DATA if any(each.code == "Y001" for each in found) else ExitCode.FOUND
    records, record_corrections = _counted(entry for task in plan.tasks for entry in task.progress)
    extensions, extension_corrections = _counted(entry for task in plan.tasks for entry in task.extensions)
    corrections = record_corrections + extension_corrections
    said = f"共 {problems} 处问题" if problems else "没有问题"
    if warnings and not strict:
        said += f"，{warnings} 处提醒"
    output.remark(
        f"{said}：{len(plan.indicators)} 项指标，{len(plan.tasks)} 项任务，"
        f"{len(plan.register.units)} 个单位，{records} 条进展"
        + (f"，{extensions} 次延期" if extensions else "")
        + (f"，{corrections} 条更正" if corrections else "")
    )
    return ExitCode.FOUND if problems else ExitCode.OK


def _counted(entries: "Iterable[LedgerEntry]") -> tuple[int, int]:
    """How many of the entries say something, and how many are corrections."""
    count = Counter(entry.retracts is None for entry in entries)
    return count[True], count[False]
