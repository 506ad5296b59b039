"""A paper once more, byte for byte, from what it says of itself; or what would be said now instead."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from yzplan.cli import output
from yzplan.cli.issuing import basis_of, rendered
from yzplan.cli.session import Session, session_of
from yzplan.errors import DataError, RequestError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from yzplan.cli.issuing import Builder
    from yzplan.papers.paper import Paper, PaperKind, Stamp

PAPERS: "Mapping[PaperKind, tuple[str, str]]" = {
    "dispatch": ("月度调度", "dispatch"),
    "bulletin": ("季度通报", "bulletin"),
    "assess": ("考评", "assess"),
    "performance": ("绩效考核的附件", "assess"),
    "notice": ("提示函或督办函", "notice"),
}
"""What each kind of paper is called, and the command that issues it."""

REISSUABLE = (".docx", ".md", ".html", ".json")
"""What a paper can be read back from; a plain text carries no stamp. All are made of bytes."""


def is_asked(ctx: typer.Context) -> bool:
    """Whether a paper is to be issued again. Raises RequestError for --diff alone."""
    if ctx.params["diff"] and ctx.params["reissue"] is None:
        raise RequestError("--diff 要与 --reissue 一起用", "写明与哪份文稿比，如 --reissue 通报.docx --diff")
    return ctx.params["reissue"] is not None


def reissue_paper(ctx: typer.Context, builders: "Mapping[PaperKind, Builder]") -> None:
    """Answer with the paper that a file is, made anew; or with what has changed since.

    `builders`: of the kinds that the command issues. Raises RequestError for options that the file
    speaks for, DataError where the same paper cannot be made any more.
    """
    _refuse_others(ctx)
    session = session_of(ctx)
    file = Path(ctx.params["reissue"])
    form = _difference_form(session) if ctx.params["diff"] else _form_of(session, file)
    content = _bytes_of(file)
    stamp = _stamp_in(content, file, builders)
    build = builders[stamp.paper]
    paper = _made_again(session, stamp, build, file)
    if ctx.params["diff"]:
        _show_differences(session, paper, _made_now(session, stamp, build), form)
        return
    again = rendered(paper, form)
    output.deliver(session, again)
    same = "与它逐字节相同" if again == content else "它出了以后有人改过，这是刚出时的样子"
    output.remark(f"{file} 照提交 {stamp.revision} 重印：{same}")


def _refuse_others(ctx: typer.Context) -> None:
    """What was typed beside the file would change nothing. --data may well come from an alias."""
    allowed = ("reissue", "diff", "data", "output", *(("format",) if ctx.params["diff"] else ()))
    for param in ctx.command.params:
        source = ctx.get_parameter_source(param.name or "")
        if param.name not in allowed and source and source.name == "COMMANDLINE":
            raise RequestError(
                f"--reissue 照文稿自己记着的重印，不能与 {param.opts[0]} 同用", f"去掉 {param.opts[0]}"
            )


def _form_of(session: Session, file: Path) -> str:
    """The format of a paper's file, in which it is written again."""
    extension = file.suffix.lower()
    if extension not in REISSUABLE:
        known = "、".join(REISSUABLE)
        raise RequestError(f"{file} 不是能重印的文稿", f"能重印的是 {known}；纯文本里没有印记")
    form = output.PAPER_FORMAT_OF_EXTENSION[extension]
    if session.output and Path(session.output).suffix.lower() != extension:
        raise RequestError(f"{extension} 文稿重印还是 {extension}", f"-o 的扩展名也用 {extension}")
    output.refuse_binary(session, form)
    return form


def _bytes_of(file: Path) -> bytes:
    """The bytes of a paper's file. Raises RequestError where it cannot be read."""
    from yzplan.store.source import MAX_BYTES, reason_of

    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            raise RequestError(f"{file} 不是文稿", "写明要重印的文件")
        return file.read_bytes()
    except OSError as error:
        raise RequestError(f"读不了 {file}：{reason_of(error)}", "核对路径与权限") from error


def _stamp_in(content: bytes, file: Path, kinds: "Container[PaperKind]") -> "Stamp":
    """The stamp of a paper of one of these kinds. Raises DataError where there is none that holds here."""
    from yzplan import __version__

    stamp = _stamp_of_docx(content, file) if file.suffix.lower() == ".docx" else _stamp_of_text(content, file)
    if stamp.paper not in kinds:
        name, command = PAPERS[stamp.paper]
        raise DataError(f"{file} 是{name}，不由这个命令出", f"用 yzplan {command} --reissue {file}")
    if stamp.program != __version__:
        raise DataError(
            f"{file} 是 yzplan {stamp.program} 出的，现在是 {__version__}，写出来未必一样",
            f"装上 yzplan {stamp.program} 再试",
        )
    return stamp


def _stamp_of_text(content: bytes, file: Path) -> "Stamp":
    from yzplan.render.paper_stamps import stamp_in

    return stamp_in(content, str(file))


def _stamp_of_docx(content: bytes, file: Path) -> "Stamp":
    from yzplan.office.letter import stamp_of_docx
    from yzplan.papers.stamping import issued

    if stamp := stamp_of_docx(content):
        return issued(stamp)
    raise DataError(f"{file} 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去", "用原来出的文件")


def _made_again(session: Session, stamp: "Stamp", build: "Builder", file: Path) -> "Paper":
    """The paper of that stamp, from the data and the wording of its own revision."""
    assert stamp.revision  # noqa: S101 - drafts are refused by now
    try:
        basis = basis_of(session, stamp.paper, stamp.revision)
    except RequestError as error:
        raise DataError(
            f"这个仓库里没有提交 {stamp.revision}，{file} 不是照这里的数据出的",
            "到出它的仓库里运行，或先用 git fetch 取来；浅克隆的先用 git fetch --unshallow",
        ) from error
    if basis.template.version != stamp.template:
        raise DataError(
            f"{file} 的模板是 {stamp.template}，提交 {stamp.revision[:10]} 里用的是 {basis.template.version}",
            "模板改过而没有随数据提交；用原来印发的文件",
        )
    return build(basis.plan, stamp, basis.template)


def _made_now(session: Session, stamp: "Stamp", build: "Builder") -> "Paper":
    """The paper that the same question would be answered with today."""
    basis = basis_of(session, stamp.paper, None)
    now = replace(
        stamp,
        known_at=session.today,
        written_on=session.today,
        revision=basis.revision,
        template=basis.template.version,
    )
    return build(basis.plan, now, basis.template)


def _difference_form(session: Session) -> str:
    """The format of what has changed."""
    form = output.asked_format(session, ("table", "plain", "json"), {".txt": "plain", ".json": "json"})
    return "plain" if form in (None, "table") and not output.is_for_terminal(session) else form or "table"


def _show_differences(session: Session, was: "Paper", now: "Paper", form: str) -> None:
    """What a paper would say now, where that is something else."""
    from yzplan.render.paper_differences import difference_parts, difference_text, differences

    found = differences(was, now)
    if form == "json":
        from yzplan.render.machine import json_bytes

        output.deliver(session, json_bytes(found))
    elif form == "table":
        from yzplan.render.terminal import draw

        width = output.width()
        output.deliver(session, draw(difference_parts(found, width), width, colour=output.has_colour()))
    else:
        output.deliver(session, difference_text(found))
    since = f"{was.stamp.known_at} 所知与今天所知"
    output.remark(f"{since}：{len(found)} 处不同" if found else f"{since}没有不同")
