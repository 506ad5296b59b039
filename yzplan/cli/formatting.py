"""数据: fmt, the one layout of the data files, and the acceptance of what the official text now is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from yzplan.cli import output
from yzplan.cli.chinese import Command
from yzplan.cli.session import Session, session_of
from yzplan.errors import ExitCode

if TYPE_CHECKING:
    from yzplan.model import Task
    from yzplan.store.wording import Unaccepted

PANEL = "数据"


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("fmt", cls=Command, rich_help_panel=PANEL)(fmt)


def fmt(
    ctx: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="只显示将要改动的，不写入；有要改动的以 1 退出")
    ] = False,
    accept_wording: Annotated[
        bool, typer.Option("--accept-wording", help="认可现在的原文和时限：显示改动，再写入新的指纹")
    ] = False,
) -> ExitCode:
    """把手工改过的数据文件整理成规范写法，内容和注释一样不少。

    规范写法就是随附的数据和填报命令所用的写法：键的次序、缩进、引号、空行一致，一条记录一键一行，文字不折行。
    任务、记录、单位的次序不动，换行符与 BOM 照旧。写入之前再读一遍，内容和注释与原来不符就不写。

    语法、结构有误（Y0、Y1）的不能整理，其他问题不妨碍。

    --accept-wording 不整理写法，只换指纹（wording）：先列出各项指标的原文、时限比指纹所记的改了什么
    （与 git 里已提交的比较），再写入；在终端上还会问一声。须没有别的问题（Y0–Y3）。
    """
    session = session_of(ctx)
    return _accept(session, check=check) if accept_wording else _format(session, check=check)


def _format(session: Session, *, check: bool) -> ExitCode:
    from yzplan.store.formatting import format_files

    changed = format_files(session.directory, dry_run=check)
    if not changed:
        output.remark("已是规范写法")
        return ExitCode.OK
    paths = "、".join(each.source.path for each in changed)
    if not check:
        output.remark(f"已整理：{paths}")
        return ExitCode.OK
    from yzplan.render.differences import file_difference

    output.write("".join(file_difference(each.source.path, each.source.text, each.text) for each in changed))
    output.remark(f"不是规范写法（未写入）：{paths}\n  提示：用 yzplan fmt 整理")
    return ExitCode.FOUND


def _accept(session: Session, *, check: bool) -> ExitCode:
    from yzplan.cli.asking import agrees, is_possible
    from yzplan.store.wording import accept, unaccepted

    directory = session.directory
    found = unaccepted(directory)
    if not found:
        output.remark("各项指标的原文和时限都与指纹相符，没有要认可的")
        return ExitCode.OK
    _show(session, found)
    names = "、".join(f"“{each.indicator.name}”" for each in found)
    if check:
        output.remark(f"待认可（未写入）：指标{names}的原文和时限")
        return ExitCode.FOUND
    if is_possible() and not agrees("认可这些原文和时限？"):
        output.remark("没有改动")
        return ExitCode.OK
    accept(directory, found)
    output.remark(f"已认可：指标{names}的原文和时限，指纹已写入")
    return ExitCode.OK


def _show(session: Session, found: "Sequence[Unaccepted]") -> None:
    """Show what is to be accepted, beside what was: the newest committed state that has the fingerprint."""
    from yzplan.git.past import past_contents
    from yzplan.render.differences import wording_difference
    from yzplan.store.loading import TASKS
    from yzplan.store.wording import accepted_before

    wanted = {each.indicator.wording for each in found} - {None}
    before: dict[str | None, tuple[str, Sequence[Task]]] = {}
    for commit, content in past_contents(session.directory / TASKS) if wanted else ():
        for fingerprint, tasks in accepted_before(content).items():
            if fingerprint in wanted:
                before[fingerprint] = commit[:10], tasks
                wanted.discard(fingerprint)
        if not wanted:
            break
    for indicator, tasks in found:
        commit, old = before.get(indicator.wording, ("", None))
        if commit:
            what = f"与提交 {commit} 相比"
        else:
            what = "git 里没有与指纹相符的原文可比，现在是" if indicator.wording else "还没有指纹，现在是"
        heading = f"@@ 指标 {indicator.id} {indicator.name} @@ {what}\n"
        output.write(heading + wording_difference(old, tasks))
