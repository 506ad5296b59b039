"""报告: notice.

What a command needs is imported when it runs, so that no command pays for another.
"""

import itertools
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from yzplan.cli import output
from yzplan.cli.chinese import PaperCommand
from yzplan.cli.issuing import (
    PANEL,
    Dated,
    Difference,
    DocumentNumber,
    KnownAt,
    RedHead,
    Reissue,
    ReplyBy,
    basis_of,
    form_of,
    issue,
    remark_on,
    rendered,
    stamp_of,
)
from yzplan.cli.options import MonthOption, Rev
from yzplan.cli.reading import parse_month, parse_word
from yzplan.cli.reissuing import is_asked, reissue_paper
from yzplan.cli.session import Session, session_of
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Container

    from yzplan.cli.issuing import Basis
    from yzplan.model import Plan
    from yzplan.papers.composing import Template
    from yzplan.papers.paper import NoticeForm, Paper, Stamp

LETTERS: "tuple[NoticeForm, ...]" = ("提示函", "督办函")
MAX_NAME = 60
"""How many characters of a unit's name a file's name has; the longest that systems allow is 255 bytes."""


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("notice", cls=PaperCommand, rich_help_panel=PANEL)(notice)


def notice(
    ctx: typer.Context,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", "-u", metavar="UNIT", help="发给哪个单位：名称、全称、别名，或名称中唯一的一段"
        ),
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="凡需要的单位各一份，写入 -o 的目录；没有 -o 的只列出发给谁")
    ] = False,
    month: Annotated[
        MonthOption,
        typer.Option("--month", "-m", metavar="MONTH", parser=parse_month, help="哪个月的，截至该月最后一天"),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="提示函或督办函；默认看情况，有结转、退回的发督办函"),
    ] = None,
    reply_by: ReplyBy = None,
    dated: Dated = None,
    document_number: DocumentNumber = None,
    red_head: RedHead = False,
    known_at: KnownAt = None,
    rev: Rev = None,
    reissue: Reissue = None,
    diff: Difference = False,
) -> None:
    """提示函、督办函：按一个单位自己临期、逾期、退回的任务写给它；--all 写给所有需要的单位。

    --all -o 目录，一个单位一个文件，如 督办函-市税务局-2022-07.docx，格式由 --format 定，默认 docx；
    目录没有的新建，已有的同名文件换成新的，别的不动。要先看看发给谁，不写 -o。

    -o 文件名.docx 写成公文格式，可以直接印发。【】是留给人填写的位置。措辞在模板里，见 yzplan template。

    文稿记着截至日、所知日和数据的提交，--reissue 据此重印。数据没有提交的是草稿，不能重印。
    """
    from yzplan.model import Directory

    if is_asked(ctx):
        return reissue_paper(ctx, {"notice": made})
    session = session_of(ctx)
    if (unit is None) != everyone:
        raise RequestError("--unit 与 --all 要写一个，也只写一个", "如 --unit 市税务局；或 --all -o 目录")
    if month is None:
        raise RequestError("没有写 --month", "写明是哪个月的，如 --month 2022-07")
    if everyone and document_number is not None:
        raise RequestError("几份函不会是同一个发文字号", "去掉 --document-number，各份留下位置，由人填写")
    letter = cast("NoticeForm | None", kind and parse_word(kind, LETTERS, "函"))
    form = _form_of_all(session) if everyone else form_of(session)
    basis = basis_of(session, "notice", rev)
    receiver = None if unit is None else Directory(basis.plan.register).find(unit).name
    stamp = stamp_of(ctx, session, "notice", basis, month=month, unit=receiver, form=letter)
    if everyone:
        return _issue_all(session, basis, stamp, form)
    return issue(session, made(basis.plan, stamp, basis.template), form)


def _issue_all(session: Session, basis: "Basis", stamp: "Stamp", form: str) -> None:
    """Write the notices to all that need one, or list them where no folder is named."""
    papers = _all(basis, stamp)
    if session.output:
        _write(session, Path(session.output), papers, form)
    else:
        _preview(session, papers)
    counts = Counter(paper.stamp.form for paper in papers)
    kinds = "、".join(f"{each} {counts[each]} 份" for each in LETTERS if counts[each])
    output.remark(f"{kinds or '没有需要发函的单位'}，截至 {stamp.as_of}")
    remark_on(session, stamp)


def made(plan: "Plan", stamp: "Stamp", template: "Template") -> "Paper":
    """The notice of a stamp, which names its form then, if it did not before."""
    from yzplan.papers.notice import notice as build

    paper = build(plan, stamp, template)
    return paper._replace(stamp=replace(stamp, form=paper.facts.form))


def _all(basis: "Basis", stamp: "Stamp") -> "list[Paper]":
    """The notices to all units that need one, in the order of the register."""
    from yzplan.papers.notice import units_needing

    return [
        made(basis.plan, replace(stamp, unit=unit), basis.template)
        for unit in units_needing(basis.plan, stamp)
    ]


def _form_of_all(session: Session) -> str:
    """The format of the files in the folder. Raises RequestError where what was asked for is none."""
    form = parse_word(session.format or "docx", output.PAPER_FORMATS, "格式")
    if session.output is None and session.format == "docx":
        raise RequestError("没有写明写到哪个目录", "如 -o 督办函；只看发给谁，去掉 --format docx")
    if session.output and Path(session.output).suffix.lower() in output.PAPER_FORMAT_OF_EXTENSION:
        raise RequestError(
            f"--all 写入一个目录，不是文件 {session.output}", "-o 写目录名；格式用 --format，默认 docx"
        )
    return "plain" if form == "table" else form


def _write(session: Session, folder: Path, papers: "list[Paper]", form: str) -> None:
    """Write the papers into a folder, once all are made."""
    from yzplan.store.saving import write_files

    extension = next(each for each, of in output.PAPER_FORMAT_OF_EXTENSION.items() if of == form)
    files: dict[str, bytes] = {}
    for paper in papers:
        content = rendered(paper, form)
        name = _file_name(paper.stamp, extension, files)
        files[name] = content.encode() if isinstance(content, str) else content
    if files:
        write_files(folder, files)
        output.remark(f"已写入 {folder}：{len(files)} 个文件")


def _file_name(stamp: "Stamp", extension: str, taken: "Container[str]") -> str:
    """A name that says what the paper is, that any system can hold, and that is not taken."""
    unit = re.sub(r"[^\w（）()·-]", "_", stamp.unit or "")[:MAX_NAME]
    stem = f"{stamp.form}-{unit}-{stamp.month}"
    others = (f"{stem}-{k}{extension}" for k in itertools.count(2))
    return next(name for name in itertools.chain([f"{stem}{extension}"], others) if name not in taken)


def _preview(session: Session, papers: "list[Paper]") -> None:
    """List which unit would be written to, and why."""
    from yzplan.render.listing import Listing
    from yzplan.render.notices import NOTICE_COLUMNS, notice_row

    rows = [notice_row(paper) for paper in papers]
    keys = [column.key for column in NOTICE_COLUMNS]
    output.answer(session, Listing(title="发函的单位", rows=rows, columns=NOTICE_COLUMNS, shown=keys))
