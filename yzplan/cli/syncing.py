"""git: sync, what others committed comes in, and one's own goes out."""

from typing import TYPE_CHECKING

import typer

from yzplan.cli import output
from yzplan.cli.chinese import Command
from yzplan.cli.session import session_of

if TYPE_CHECKING:
    from yzplan.git.syncing import Synced

PANEL = "git"


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("sync", cls=Command, rich_help_panel=PANEL)(sync)


def sync(ctx: typer.Context) -> None:
    """与上游同步：取回别人提交的，在这里合并、检查，再推送自己提交的。

    只与当前分支的上游来往（branch.NAME.remote、branch.NAME.merge），不强推，不推标签和别的分支；
    有人抢先推送的，重新取回、合并，不必自己再来。要先提交：有没有提交的改动以 2 退出。

    合并在看不见的地方做，检查（同 check，Y5 只是提醒）没有问题才推送，最后本地才跟上。连不上、推送被拒、
    合并有冲突、数据有问题的，以 3 退出，工作区、暂存区、分支都和原来一样。

    不问任何问题：要输密码、口令的，先用 git 的凭据管理或 ssh-agent 备好。合并的提交由你署名，钩子、签名照你的
    git 设置。
    """
    from yzplan.git.syncing import sync as bring_together

    session = session_of(ctx)
    synced = bring_together(session.directory, session.today)
    if synced.said:
        output.remark(synced.said)
    output.remark(_sentence(synced))
    if synced.repeats:
        output.remark(f"途中有人抢先，重做了 {synced.repeats} 次")


def _sentence(synced: "Synced") -> str:
    if not synced.fetched and not synced.pushed:
        return f"与上游 {synced.upstream} 一致，没有要取回或推送的"
    said = [f"取回 {synced.fetched} 个提交"] if synced.fetched else []
    if synced.pushed:
        said.append(f"{'合并后' if synced.is_merged else ''}推送 {synced.pushed} 个提交")
    return f"已与上游 {synced.upstream} 同步：{'，'.join(said)}"
