"""The program: its commands, and the one boundary where every failure becomes a sentence and an exit code."""

import os
from typing import Annotated

import typer

from yzplan import __version__
from yzplan.cli import (
    acts,
    assessment,
    checking,
    formatting,
    history,
    merging,
    notices,
    output,
    papers,
    queries,
    rankings,
    schemas,
    setting_up,
    starting,
    supervision,
    syncing,
    templates,
    undoing,
    updates,
)
from yzplan.cli.chinese import Group, in_chinese
from yzplan.cli.session import Session
from yzplan.errors import ExitCode, YzplanError

app = typer.Typer(
    name="yzplan",
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def program(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", is_eager=True, help="显示版本")] = False,
) -> None:
    """优化营商环境年度重点任务台账。

    任务表在 data/tasks.yaml，单位名录在 data/units.yaml，随 git 管理。
    """
    if version:
        output.write(f"yzplan {__version__}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        output.write(ctx.get_help() + "\n")


for group in (
    queries,
    updates,
    acts,
    undoing,
    papers,
    assessment,
    supervision,
    rankings,
    notices,
    templates,
    checking,
    formatting,
    schemas,
    starting,
    history,
    setting_up,
    merging,
    syncing,
):
    group.register(app)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code.

    Every failure becomes a sentence on stderr; a traceback is seen only with YZPLAN_DEBUG=1.
    """
    output.prepare_streams()
    try:
        command = typer.main.get_command(app)
        result = command.main(arguments, prog_name="yzplan", standalone_mode=False, obj=Session.begin())
        return result if isinstance(result, int) else ExitCode.OK
    except YzplanError as error:
        output.remark(str(error))
        return error.exit_code
    except output.ClosedPipeError:
        return ExitCode.OK
    except typer.TyperException as error:
        request = in_chinese(error)
        output.remark(str(request))
        return request.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:
        if os.environ.get("YZPLAN_DEBUG"):
            raise
        output.remark(
            f"程序出错（{type(error).__name__}：{error}）\n"
            "  提示：这是 yzplan 的缺陷；设 YZPLAN_DEBUG=1 重试，把输出告知开发者"
        )
        return ExitCode.BUG
