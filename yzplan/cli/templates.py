"""报告: template, the wording of the papers.

What a command needs is imported when it runs, so that no command pays for another.
"""

from typing import Annotated

import typer

from yzplan.cli import output
from yzplan.cli.chinese import ListCommand
from yzplan.cli.issuing import PANEL
from yzplan.cli.options import Rev
from yzplan.cli.reading import parse_word
from yzplan.cli.session import session_of
from yzplan.errors import RequestError


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("template", cls=ListCommand, rich_help_panel=PANEL)(template)


def template(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="哪一份；名称见列出的"),
    ] = None,
    rev: Rev = None,
) -> None:
    """列出文稿的模板；写了 NAME 的，打印所用的那一份。

    文稿的措辞在模板里，数字由程序填。办公室要改措辞，把模板放在 tasks.yaml 旁边的 templates 目录，
    文件名是 NAME.md，就代替程序自带的。从自带的改起：

      mkdir -p data/templates
      yzplan template bulletin > data/templates/bulletin.md

    模板一行一段，# 起头的是标题，## 起头的是层次标题，[[名称]] 是表，{{ }} 里是数字，
    “附件：”起头的以下是附件。写错了的，出文时指出在第几行。模板和数据一起提交，旧文稿才能重印。
    """
    from yzplan.cli.wordings import wording_file, wording_of
    from yzplan.papers.composing import NAMES
    from yzplan.render.listing import Listing
    from yzplan.render.wordings import PAPERS, WORDING_COLUMNS, WordingRow
    from yzplan.store.loading import shown

    session = session_of(ctx)
    directory, revision = session.directory, session.find_revision(rev)
    if name is not None:
        parse_word(name, NAMES, "模板")
        if session.format or session.sort or session.columns:
            raise RequestError("模板只有一种写法，不排序，也不取列", "去掉 --format、--sort、--columns")
        output.deliver(session, wording_of(directory, name, revision).template.text)
        return
    rows = []
    for each in NAMES:
        found = wording_of(directory, each, revision)
        is_own = found.content is not None
        rows.append(
            WordingRow(
                name=each,
                paper=PAPERS[each],
                is_own=is_own,
                path=shown(wording_file(directory, each)) if is_own else None,
                version=found.template.version,
            )
        )
    session.revision = revision
    listing = Listing(
        title="文稿模板", rows=rows, columns=WORDING_COLUMNS, shown=("name", "paper", "path", "version")
    )
    output.answer(session, output.arranged(session, listing))
    own = sum(row.is_own for row in rows)
    output.remark(f"共 {len(rows)} 个，其中自定 {own} 个；用 yzplan template NAME 查看")
