"""The manual pages that --help prints, aligned for Chinese."""

import inspect
import shutil
from collections.abc import Iterable, Sequence
from typing import Any

from yzplan.render.wrapping import paragraphs, width_of, wrapped

MAX_WIDTH = 100


def page(command: Any, ctx: Any) -> str:
    """The manual page of a command, or of the program with all its commands."""
    width = max(40, min(shutil.get_terminal_size().columns, MAX_WIDTH))
    params = command.get_params(ctx)
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option" and not param.hidden]
    commands = getattr(command, "commands", None)
    usage = [ctx.command_path, *(param.make_metavar(ctx) for param in arguments), "[选项]"]
    if commands is not None:
        usage.append("命令 [参数]")
    lines = [f"用法：{' '.join(usage)}", ""]
    for paragraph in paragraphs(inspect.cleandoc(command.help or "")):
        margin = paragraph[: len(paragraph) - len(paragraph.lstrip())]
        lines += (margin + line for line in wrapped(paragraph.strip(), width - len(margin)))
    lines += _section("参数", [(param.make_metavar(ctx), param.help or "") for param in arguments], width)
    if commands is not None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, each in commands.items():
            if not each.hidden:
                panels.setdefault(each.rich_help_panel, []).append(
                    (name, (each.help or "").split("\n", 1)[0])
                )
        for heading, rows in panels.items():
            lines += _section(heading, rows, width)
    lines += _section("选项", [(_names(param, ctx), _help_of(param)) for param in options], width)
    return "\n".join(lines) + "\n"


def _names(param: Any, ctx: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.make_metavar(ctx)}"


_TYPER_WORDS = {
    "help": "显示本页",
    "install_completion": "为当前的 shell 安装命令补全",
    "show_completion": "打印命令补全脚本，可自行保存或修改",
}


def _help_of(param: Any) -> str:
    return _TYPER_WORDS.get(param.name, param.help or "") + ("（可多次）" if param.multiple else "")


def _section(heading: str, rows: Sequence[tuple[str, str]], width: int) -> Iterable[str]:
    if not rows:
        return
    yield ""
    yield f"{heading}："
    column = min(max(width_of(name) for name, _ in rows), 26) + 4
    for name, text in rows:
        first, *rest = wrapped(text, max(width - column, 20))
        if width_of(name) + 3 > column:
            yield f"  {name}"
            yield f"{' ' * column}{first}"
        else:
            yield f"  {name}{' ' * (column - 2 - width_of(name))}{first}".rstrip()
        yield from (f"{' ' * column}{line}" for line in rest)
