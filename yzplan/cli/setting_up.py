"""git: setup-git, so that the data merge by records here."""

import sys
from typing import TYPE_CHECKING

import typer

from yzplan.cli import output
from yzplan.cli.chinese import Command
from yzplan.cli.session import session_of
from yzplan.errors import DataError, ExitCode

if TYPE_CHECKING:
    from yzplan.git.setup import Appended

PANEL = "git"


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("setup-git", cls=Command, rich_help_panel=PANEL)(setup_git)


def setup_git(ctx: typer.Context) -> ExitCode:
    """设好数据所在的 git 仓库和这个克隆：合并时按记录，不按文字。

    两人各给同一项任务追加记录，按文字合并会冲突，按记录合并则两边的都在。写三处，已经生效的不再写，已有的各行不改不删：

    .gitattributes 写明数据文件按记录合并；.gitignore 写明写入时的锁和临时文件。这两个文件要提交，随仓库走。

    这个克隆的配置 merge.yzplan.driver 写明合并时运行现在这个程序（写绝对路径，不靠 PATH）。配置不随仓库走，
    各人在自己的克隆里各运行一次，程序重装到别处以后再运行一次。没有配置、程序不在了，git 就按文字合并：
    可能冲突，不会丢记录。
    """
    from yzplan.git.setup import set_up
    from yzplan.store.loading import shown

    session = session_of(ctx)
    # The interpreter's own path: a script's may be too long for its first line, or not in PATH. With -P
    # it does not take what lies in the work tree for a part of this program.
    done = set_up(session.directory, [sys.executable, "-P", "-m", "yzplan"])
    output.remark(_said(done.attributes))
    output.remark(_said(done.ignored))
    output.remark(f"已配置这个克隆：{'、'.join(done.settings)}" if done.settings else "这个克隆已经配置好")
    if done.overruled:
        output.remark(f"注意：数据文件原来的 {'、'.join(done.overruled)} 不再生效")
    if done.uncommitted:
        paths = [shown(path) for path in done.uncommitted]
        output.remark(f"接下来：提交 {'、'.join(paths)}；各人取得以后，在自己的克隆里也运行 yzplan setup-git")
    if done.unsettled:
        raise DataError(
            f"还没有生效：数据文件的属性仍有 {'、'.join(done.unsettled)}",
            "别处写明的优先，如 data/.gitattributes、.git/info/attributes；改正那里的，再运行一次",
        )
    return ExitCode.OK


def _said(appended: "Appended") -> str:
    from yzplan.store.loading import shown

    path = shown(appended.path)
    return f"已写入 {path}：{'、'.join(appended.lines)}" if appended.lines else f"{path} 不必改动"
