"""The manual of a diagnostic code at the command line: `check --explain`."""

import difflib
from typing import TYPE_CHECKING

import typer

from yzplan.cli import output
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.store.manual import Manual

ALL = "all"


def explain(ctx: typer.Context, word: str) -> None:
    """Write the page of the code that `word` is, in whichever case; with `all` the whole manual as Markdown.

    Raises RequestError for an unknown code, and for options of `check` that would change nothing.
    """
    from yzplan.render.manual import book, page
    from yzplan.store.manual import manuals

    _refuse_others(ctx)
    known = manuals()
    if word.casefold() == ALL:
        output.write(book(known))
    else:
        output.write(page(_found(known, word), output.width() if output.is_terminal() else None))


def _refuse_others(ctx: typer.Context) -> None:
    """--data may well come from an alias; what else was typed was meant for a check."""
    for param in ctx.command.params:
        source = ctx.get_parameter_source(param.name or "")
        if param.name not in ("explain", "data") and source and source.name == "COMMANDLINE":
            raise RequestError(f"--explain 只解释代码，不检查数据，不能与 {param.opts[0]} 同用", "分两次运行")


def _found(known: "list[Manual]", word: str) -> "Manual":
    from yzplan.model import comparison_key

    by_code = {manual.code: manual for manual in known}
    code = comparison_key(word).upper()
    if code in by_code:
        return by_code[code]
    near = difflib.get_close_matches(code, by_code, n=3)
    hint = f"是否为 {'、'.join(near)}？" if near else ""
    raise RequestError(f"没有“{word}”这个代码", f"{hint}全部代码见 yzplan check --explain {ALL}")
