"""The office's papers: what their commands share, from options to the stamp, the bytes and the remarks."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from yzplan.cli import output
from yzplan.cli.reading import parse_day
from yzplan.cli.session import Session
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.model import Plan
    from yzplan.papers.composing import Template
    from yzplan.papers.paper import Paper, PaperKind, Stamp

    Builder = Callable[[Plan, Stamp, Template], Paper]

PANEL = "报告"

Dated = Annotated[
    dt.date | None, typer.Option("--dated", metavar="DAY", parser=parse_day, help="成文日期，默认今天")
]
DocumentNumber = Annotated[
    str | None, typer.Option("--document-number", metavar="TEXT", help="发文字号；不写的留下位置，由人填写")
]
RedHead = Annotated[bool, typer.Option("--red-head", help="加红色的发文机关标志；默认不加")]
ReplyBy = Annotated[
    dt.date | None,
    typer.Option(
        "--reply-by", metavar="DAY", parser=parse_day, help="要求反馈的期限；不写的留下位置，由人填写"
    ),
]
KnownAt = Annotated[
    dt.date | None,
    typer.Option("--known-at", metavar="DAY", parser=parse_day, help="只算该日及以前填报的，默认今天"),
]
Reissue = Annotated[
    str | None,
    typer.Option(
        "--reissue",
        metavar="FILE",
        help="重印这份文稿（.docx .md .html .json）：照它记着的日期和数据，逐字节相同",
    ),
]
Difference = Annotated[
    bool, typer.Option("--diff", help="与 --reissue 同用：不重印，列出按现在的数据会有哪些不同")
]


class Basis(NamedTuple):
    """What a paper is made from. `revision`: the commit that has it all; None where none has."""

    plan: "Plan"
    template: "Template"
    revision: str | None


def basis_of(session: Session, kind: "PaperKind", rev: str | None) -> Basis:
    """What a paper of that kind is made from today, or in a revision. Raises as `Session.plan` does."""
    from yzplan.cli.wordings import wording_file, wording_of
    from yzplan.store.loading import TASKS, UNITS

    plan, files = session.read(rev)
    directory = session.directory
    wording = wording_of(directory, kind, session.revision)
    if session.revision:
        return Basis(plan, wording.template, session.revision.commit)
    from yzplan.git.issued import commit_of

    tasks, units = files
    commit = commit_of(
        {
            directory / TASKS: tasks.raw,
            directory / UNITS: units.raw,
            wording_file(directory, kind): wording.content,
        }
    )
    return Basis(plan, wording.template, commit)


def stamp_of(ctx: typer.Context, session: Session, kind: "PaperKind", basis: Basis, **asked: Any) -> "Stamp":
    """The stamp of a paper that was asked for with a command's options, and with `asked` beside them.

    Raises RequestError for a day that cannot be.
    """
    from yzplan import __version__
    from yzplan.cli.reporting import one_line
    from yzplan.papers.paper import Stamp

    typed = ctx.params
    dated, reply_by = typed["dated"] or session.today, typed.get("reply_by")
    known_at = typed["known_at"] or session.today
    if known_at > session.today:
        raise RequestError(f"--known-at {known_at} 还没有到（今天 {session.today}）", "写今天或以前的日期")
    if reply_by and reply_by < dated:
        raise RequestError(f"反馈期限 {reply_by} 早于成文日期 {dated}", "核对 --reply-by 与 --dated")
    return Stamp(
        paper=kind,
        dated=dated,
        document_number=one_line("发文字号", typed["document_number"]),
        red_head=typed["red_head"],
        reply_by=reply_by,
        known_at=known_at,
        written_on=session.today,
        revision=basis.revision,
        program=__version__,
        template=basis.template.version,
        **asked,
    )


def form_of(session: Session) -> str:
    """The format of a paper: the one asked for, else what suits the reader.

    Raises RequestError for one that is unknown, or that a terminal cannot show.
    """
    form = output.asked_format(session, output.PAPER_FORMATS, output.PAPER_FORMAT_OF_EXTENSION) or "table"
    output.refuse_binary(session, form)
    return "plain" if form == "table" and not output.is_for_terminal(session) else form


def issue(session: Session, paper: "Paper", form: str) -> None:
    """Answer with a paper, and say what has to be known of it."""
    output.deliver(session, rendered(paper, form))
    remark_on(session, paper.stamp)


def remark_on(session: Session, stamp: "Stamp") -> None:
    """Say what has to be known of a paper, or of several that were asked for together."""
    from yzplan.papers.stamping import DRAFT

    if session.revision:
        output.remark(f"数据取自{session.revision}")
    if stamp.is_draft:
        output.remark(f"{DRAFT}；用 git status 查看，提交以后再出")
    if stamp.as_of >= stamp.written_on:
        asked = stamp.month or stamp.period
        assert asked  # noqa: S101 - every paper is about one of the two
        output.remark(f"{asked.chinese}还没有过完（今天 {stamp.written_on}），到期而未完成的是预警，不是逾期")


def rendered(paper: "Paper", form: str) -> str | bytes:
    """A paper in a format: bytes, but text where it is a terminal's or plain, which the locale may spell."""
    if form == "docx":
        from yzplan.office.letter import docx_bytes

        return docx_bytes(paper)
    if form == "json":
        from yzplan.render.paper_answers import json

        return json(paper)
    if form == "html":
        from yzplan.render.paper_page import html

        return html(paper).encode()
    if form == "table":
        from yzplan.render.paper_screen import paper_parts
        from yzplan.render.terminal import draw

        width = output.width()
        return draw(paper_parts(paper, width), width, colour=output.has_colour())
    from yzplan.render import papers

    return papers.markdown(paper).encode() if form == "markdown" else papers.plain(paper)
