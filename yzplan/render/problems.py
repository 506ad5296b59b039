"""What `check` or `audit` found, as lines: for people, and for GitHub to annotate a change with."""

from collections.abc import Sequence
from typing import Protocol

from yzplan.query.audited import AuditReport
from yzplan.query.checked import CheckReport, Problem


class Report(Protocol):
    """What `check` or `audit` found."""

    @property
    def diagnostics(self) -> Sequence[Problem]:
        """All of it."""


def text(report: Report) -> str:
    """One line a problem, `path:line:column: code message`, and an indented one for its remedy."""
    return "".join(f"{problem}\n" for problem in report.diagnostics)


def _counted(report: CheckReport | AuditReport) -> str:
    said = f"共 {report.problems} 处问题" if report.problems else "没有问题"
    return said + (f"，{report.warnings} 处提醒" if report.warnings else "")


def audit_summary(report: AuditReport) -> str:
    """In one line, how many problems there are, and how much was audited."""
    start = f"{report.start[:10]} 之后" if report.start else "全部历史"
    span = f"{start}到 {report.end[:10]}，{report.commits} 次提交，{report.changed} 次改了数据"
    said = f"{_counted(report)}：{span}"
    return said if report.has_authors else f"{said}；没有写明谁代表哪个单位（authors），没有查是谁提交的"


def summary(report: CheckReport) -> str:
    """In one line, how many problems there are, and how much was checked."""
    counts = report.counts
    said = _counted(report)
    if counts is None:
        return said
    return (
        f"{said}：{counts.indicators} 项指标，{counts.tasks} 项任务，{counts.units} 个单位"
        f"，{counts.records} 条进展"
        + (f"，{counts.extensions} 次延期" if counts.extensions else "")
        + (f"，督办 {counts.measures} 条" if counts.measures else "")
        + (f"，排名 {counts.rankings} 条" if counts.rankings else "")
        + (f"，{counts.corrections} 条更正" if counts.corrections else "")
    )


def github(report: Report) -> bytes:
    """Workflow commands, one a problem, which GitHub Actions shows beside the lines they are about."""
    return "".join(f"{_command(problem)}\n" for problem in report.diagnostics).encode(errors="replace")


_IN_MESSAGE = str.maketrans({c: f"%{ord(c):02X}" for c in "%\r\n"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({c: f"%{ord(c):02X}" for c in ":,"})
"""What separates the parts of a command, and how it is written where it does not."""


def _command(problem: Problem) -> str:
    named = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.code}
    properties = ",".join(
        f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in named.items() if value is not None
    )
    return f"::{problem.severity} {properties}::{problem.advice.translate(_IN_MESSAGE)}"
