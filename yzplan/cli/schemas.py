"""数据: schema, what the files and the answers look like, for editors and programs."""

from typing import Annotated

import typer

from yzplan.cli import output
from yzplan.cli.chinese import ListCommand
from yzplan.cli.reading import parse_word
from yzplan.cli.session import session_of
from yzplan.errors import RequestError

PANEL = "数据"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("schema", cls=ListCommand, rich_help_panel=PANEL)(schema)


def schema(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="名称；不写则列出全部名称")] = None,
) -> None:
    """打印数据文件或 json 答案的 JSON Schema，供编辑器和程序用。

    tasks、units 是数据文件，其余是命令加 --format json 的答案；每个键都有说明（draft 2020-12）。

    说的是完整的答案：加了 --columns 的只有所选的键。列表的 jsonl，一行是数组里的一个元素。
    """
    from yzplan.render import answer_schemas as schemas
    from yzplan.render.listing import Listing
    from yzplan.render.machine import json_bytes

    session = session_of(ctx)
    rows = schemas.schema_rows()
    if name is None:
        listing = Listing(
            title="JSON Schema", rows=rows, columns=schemas.SCHEMA_COLUMNS, shown=("name", "title")
        )
        output.answer(session, output.arranged(session, listing))
        output.remark(f"共 {len(rows)} 个；用 yzplan schema NAME 查看")
        return
    parse_word(name, [row.name for row in rows], "名称")
    if session.format not in (None, "json") or session.sort or session.columns:
        raise RequestError(
            "JSON Schema 只有 json 一种写法，不排序，也不取列", "去掉 --format、--sort、--columns"
        )
    output.deliver(session, json_bytes(schemas.schema(name)))
