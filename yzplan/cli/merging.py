"""git: the merge driver, which git itself calls."""

from pathlib import Path
from typing import Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.chinese import Command
from yzplan.errors import DataError, ExitCode


class DriverCommand(Command):
    """A command that git calls. It needs no options, and a path that begins like one is none."""

    shared = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As `Command` does."""
        is_asked_for_help = args[:1] in (["-h"], ["--help"])
        return super().parse_args(ctx, args if is_asked_for_help else ["--", *args])


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("merge-driver", cls=DriverCommand, hidden=True)(merge_driver)


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="BASE")],
    ours: Annotated[str, typer.Argument(metavar="OURS")],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS")],
    marker_size: Annotated[int, typer.Argument(metavar="SIZE")],
    path: Annotated[str, typer.Argument(metavar="PATH")],
) -> int:
    """由 git 在合并时调用：按记录合并数据文件 PATH，结果写入 OURS。

    以 0 退出是合并好了；以 10 退出是有冲突，已写明标记（不是文本的没有标记）；
    其余的 OURS 没有改动，由 git 按文字合并。
    """
    from yzplan.git.merging import CONFLICTS
    from yzplan.merge.files import UnmergeableError, merge
    from yzplan.store.saving import write_new

    versions = [_content(Path(name)) for name in (base, ours, theirs)]
    try:
        merged = merge(*versions, marker_size=marker_size)
    except UnmergeableError:
        if any(b"\0" in version for version in versions):
            # As text git cannot merge it either; a newer one would give up the whole merge over it.
            output.remark(f"{path} 有一边不是文本，没有合并，保留本方的；须人工处理")
            return CONFLICTS
        output.remark(f"{path} 有一边读不出来，不能按记录合并，由 git 按文字合并")
        return ExitCode.BAD_DATA
    for remark in merged.remarks:
        output.remark(f"注意：{path}：{remark}")
    write_new(Path(ours), merged.content)
    return CONFLICTS if merged.conflicts else ExitCode.OK


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"读不了 {path}：{error.strerror}") from error
