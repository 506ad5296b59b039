"""What `check` and `audit` found, in the format asked for."""

from typing import TYPE_CHECKING

from yzplan.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yzplan.cli.session import Session
    from yzplan.query.audited import AuditReport
    from yzplan.query.checked import CheckReport


def asked_format(session: "Session") -> str:
    """The format asked for, else text. Raises RequestError for one that is unknown."""
    return output.asked_format(session, output.CHECK_FORMATS, output.CHECK_FORMAT_OF_EXTENSION) or "text"


def deliver(
    session: "Session",
    form: str,
    report: "CheckReport | AuditReport",
    files: "Iterable[str]",
    texts: "Mapping[str, str]",
    command: str,
) -> None:
    """Answer with a command's report.

    `files`: the paths of those that were looked at; `texts`: by path, those of which lines may be shown.
    """
    output.deliver(session, _rendered(session, form, report, files, texts, command))


def _rendered(
    session: "Session",
    form: str,
    report: "CheckReport | AuditReport",
    files: "Iterable[str]",
    texts: "Mapping[str, str]",
    command: str,
) -> "str | bytes":
    if form == "json":
        from yzplan.render.machine import json_bytes

        return json_bytes(report)
    if form == "sarif":
        from yzplan import __version__
        from yzplan.render.sarif import sarif
        from yzplan.store.manual import manuals

        return sarif(report, texts, manuals(), __version__)
    if form == "junit":
        from yzplan.render.junit import junit
        from yzplan.store.manual import manuals

        return junit(report, files, manuals(), command)
    if form == "text" and output.is_for_terminal(session):
        from yzplan.render.excerpts import problem_parts
        from yzplan.render.terminal import draw

        parts = problem_parts(report, texts, output.width())
        return draw(parts, output.width(), colour=output.has_colour())
    from yzplan.render import problems

    return problems.github(report) if form == "github" else problems.text(report)
