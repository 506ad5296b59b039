"""数据: init, an empty plan of another city or year."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.chinese import EntryCommand
from yzplan.cli.reading import parse_day
from yzplan.cli.session import session_of
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yzplan.model import Header

PANEL = "数据"


class NewPlanCommand(EntryCommand):
    """A command that reads no plan, and so takes no --data."""

    shared = ()


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("init", cls=NewPlanCommand, rich_help_panel=PANEL)(init)


def init(
    ctx: typer.Context,
    directory: Annotated[
        str, typer.Argument(metavar="[DIR]", help="在这个目录里新建 data，默认此处；目录没有的也新建")
    ] = ".",
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="方案名称")] = None,
    document_number: Annotated[
        str | None, typer.Option("--document-number", metavar="TEXT", help="发文字号")
    ] = None,
    issued_by: Annotated[str | None, typer.Option("--issued-by", metavar="TEXT", help="印发机关")] = None,
    issued_on: Annotated[str | None, typer.Option("--issued-on", metavar="DAY", help="印发日期")] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="方案是哪个年度的，不一定是印发的那年")
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="TEXT", help="领导小组办公室，认定、退回由它作出")
    ] = None,
    units: Annotated[
        str | None,
        typer.Option("--units", metavar="FILE", help="照抄这份单位名录（units.yaml），如上一年度的"),
    ] = None,
) -> None:
    """新建一个空的计划：别的城市的，或别的年度的。

    在 DIR 下新建 data/tasks.yaml（任务台账）、data/units.yaml（单位名录），里面有写法的示例；
    data/schemas 供编辑器在输入时提示和检查，与 yzplan schema tasks、yzplan schema units 打印的一样。
    新建的计划没有任务，能通过 check。已有 data 的不动，以 2 退出。

    文件的名称、文号等须逐项写明，程序不猜；在终端上没有写的逐项询问，新建之前给人看过。
    """
    from yzplan.cli import asking
    from yzplan.render.machine import json_bytes
    from yzplan.store import starting
    from yzplan.store.file_schemas import FILES, file_schema, schema_path

    if session_of(ctx).data:
        raise RequestError("init 不看 --data", "写作 yzplan init 目录")
    data = Path(directory) / "data"
    typed = {field: ctx.params[field] for field in WORDS}
    said = {field: _parsed(field, text) for field, text in typed.items() if text is not None}
    starting.check_free(data)
    taken_over = starting.read_register(Path(units)) if units is not None else None
    lacking = [field for field in WORDS if field not in said]
    if lacking and not asking.is_possible():
        words, options = "、".join(WORDS[field] for field in lacking), "、".join(map(_option, lacking))
        raise RequestError(f"没有写{words}", f"用 {options} 写明；在终端上运行，没有写的逐项询问")
    for field in lacking:
        said[field] = _asked(field, said)
    header = _header(said)
    if lacking:
        output.write(f"{starting.header_lines(header)}\n")
        if not asking.agrees(f"新建 {data}？"):
            output.remark("没有新建")
            return
    schemas = {schema_path(name): json_bytes(file_schema(name)) for name in FILES}
    made = starting.start(data, header, taken_over, schemas)
    output.remark(f"已新建 {'、'.join(map(str, made))}")
    output.remark("接下来：照文件里的示例登记单位，录入指标与任务，用 yzplan check 检查")


WORDS: "Mapping[str, str]" = {
    "title": "方案名称",
    "document_number": "发文字号",
    "issued_by": "印发机关",
    "issued_on": "印发日期",
    "year": "年度",
    "office": "办公室",
}
"""The facts of a header that only the document can tell, and what they are called."""


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _parsed(field: str, text: str) -> Any:
    """A fact of the header as it was typed. Raises RequestError where it cannot be one."""
    from yzplan.cli.reporting import required

    if field == "issued_on":
        return parse_day(text)
    if field == "year":
        return _year(text)
    return required(_option(field), WORDS[field], text)


def _year(text: str) -> int:
    from yzplan.model import Period

    year = Period.parse_year(text).year
    if 2000 <= year <= 2999:
        return year
    raise RequestError(f"年度“{text}”不对", "年度写作 2023，在 2000–2999 之间")


def _asked(field: str, said: "Mapping[str, Any]") -> Any:
    """A fact that the person is asked for. A plan is mostly issued in its own year, but not always."""
    from yzplan.cli.asking import answer

    usual = str(said["issued_on"].year) if field == "year" else ""
    question = f"{WORDS[field]}（回车为 {usual}）：" if usual else f"{WORDS[field]}："
    return answer(question, lambda text: _parsed(field, text or usual))


def _header(said: "Mapping[str, Any]") -> "Header":
    from yzplan.model import Header, Totals

    return Header(totals=Totals(indicators=0, tasks=0), **said)
