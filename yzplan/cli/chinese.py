"""Typer speaking Chinese: one command class, one group class, one function for its complaints.

typer's own words bypass translation, so the pages and the errors are said here.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from yzplan.cli import output
from yzplan.errors import RequestError


def shared_option(*names: str, metavar: str, text: str) -> Callable[[], TyperOption]:
    """A maker of an option that many commands take; its value goes into the session."""

    def keep(ctx: typer.Context, param: Any, value: str | None) -> None:
        if value is not None and ctx.obj is not None:
            setattr(ctx.obj, param.name, value)

    return lambda: TyperOption(
        param_decls=list(names), type=str, metavar=metavar, help=text, callback=keep, expose_value=False
    )


_DATA = shared_option(
    "--data", metavar="DIR", text="数据目录（含 tasks.yaml）。默认取 YZPLAN_DATA 或上级目录里的 data"
)


def _answered(formats: Iterable[str], of_extension: Iterable[str]) -> tuple[Callable[[], TyperOption], ...]:
    """Makers of the options that say how, and where to, an answer is written."""
    into_file = f"写入文件，格式由扩展名定：{' '.join(of_extension)}"
    return (
        shared_option("--format", metavar="FORMAT", text="、".join(formats)),
        shared_option("--output", "-o", metavar="FILE", text=into_file),
    )


_ANSWER = _answered(output.FORMATS, output.FORMAT_OF_EXTENSION)
_LISTED = (
    shared_option("--sort", metavar="KEY[,-KEY]", text="按这些键排序，前加 - 为倒序"),
    shared_option("--columns", metavar="KEY,…", text="只要这些键，键名同 json"),
)


class _InChinese:
    """What commands and the group share: their own options, a Chinese page, and --help that shows it."""

    shared: tuple[Callable[[], TyperOption], ...] = (_DATA,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params: list[Any]
        self.params += [make() for make in self.shared]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The manual page, in Chinese."""
        from yzplan.cli.manual import page

        formatter.write(page(self, ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """The --help option, writing through `output`: typer's own knows no closed pipe and no full disk."""

        def show(ctx: Any, param: Any, value: bool) -> None:
            if value and not ctx.resilient_parsing:
                output.write(ctx.get_help() + "\n")
                raise typer.Exit

        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = show
        return option


class Command(_InChinese, TyperCommand):
    """A command whose help is Chinese and which takes --data."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As typer does; words too many are refused in Chinese."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except typer.TyperException as error:
            # Some complaints do not say of which command they are.
            if vars(error).get("ctx") is None:
                vars(error)["ctx"] = ctx
            raise
        if rest and not ctx.resilient_parsing:
            hint = f"用法见 {ctx.command_path} --help；有空格的文字请加引号"
            raise RequestError(f"多出的参数：{' '.join(map(str, rest))}", hint)
        return rest


class EntryCommand(Command):
    """A command that writes. An option said twice is refused, since one of the two would be lost."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As `Command` does."""
        typed = list(args)
        rest = super().parse_args(ctx, args)
        _, _, order = self.make_parser(ctx).parse_args(args=typed)
        for k, param in enumerate(order):
            # --data may well come from an alias and once more from the person.
            is_one = param.param_type_name == "option" and param.expose_value and not param.multiple
            if is_one and param in order[:k] and not ctx.resilient_parsing:
                raise RequestError(f"选项 {param.opts[0]} 写了几次", "只写一次；其余的另报一次")
        return rest


class AnswerCommand(Command):
    """A command that answers with one report."""

    shared = (*_ANSWER, _DATA)


class PaperCommand(Command):
    """A command that answers with a paper."""

    shared = (*_answered(output.PAPER_FORMATS, output.PAPER_FORMAT_OF_EXTENSION), _DATA)


class CheckCommand(Command):
    """A command that answers with problems."""

    shared = (*_answered(output.CHECK_FORMATS, output.CHECK_FORMAT_OF_EXTENSION), _DATA)


class ListCommand(Command):
    """A command that answers with a list."""

    shared = (*_ANSWER, *_LISTED, _DATA)


class BoardCommand(Command):
    """A command that answers with a list, or with the paper made of it."""

    shared = (*_answered(output.BOARD_FORMATS, output.BOARD_FORMAT_OF_EXTENSION), *_LISTED, _DATA)


class Group(_InChinese, TyperGroup):
    """The program, or a command with commands of its own: in Chinese; --data may stand before them too."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As typer does; an unknown command is refused in Chinese, with the nearest."""
        if (
            not ctx.resilient_parsing
            and not args[0].startswith("-")
            and self.get_command(ctx, args[0]) is None
        ):
            known = [name for name, each in self.commands.items() if not each.hidden]
            near = difflib.get_close_matches(args[0], known, n=1)
            hint = f"是否为 {near[0]}？" if near else f"用 {ctx.command_path} --help 查看全部命令"
            raise RequestError(f"没有“{args[0]}”这个命令", hint)
        return super().resolve_command(ctx, args)


def in_chinese(error: Any) -> RequestError:
    """What typer complains of, as a Chinese request error. Typer's own text is the last resort."""
    text = error.format_message()
    command = error.ctx.command_path if getattr(error, "ctx", None) else "yzplan"
    hint = f"用法见 {command} --help"
    if (name := getattr(error, "option_name", None)) is not None:
        if hasattr(error, "possibilities"):
            near = "、".join(sorted(error.possibilities or ()))
            return RequestError(f"没有 {name} 这个选项", f"是否为 {near}？" if near else hint)
        word = "不带值" if "does not take a value" in text else "要写值"
        return RequestError(f"选项 {name} 后面{word}", hint)
    if (param := getattr(error, "param", None)) is not None:
        is_option = param.param_type_name == "option"
        name = param.opts[0] if is_option else param.make_metavar(error.ctx)
        if "Missing" in text:
            return RequestError(f"缺少{'选项' if is_option else '参数'} {name}", hint)
        value = re.search(r"'(.*?)'", error.message)
        return RequestError(f"{name} 的值“{value[1] if value else ''}”不对", hint)
    return RequestError(text, hint)
