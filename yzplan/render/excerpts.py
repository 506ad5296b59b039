"""What `check` or `audit` found, on a terminal: each problem with the line of the file that it is about."""

from collections.abc import Iterator, Mapping

from rich.text import Text

from yzplan.query.checked import Problem
from yzplan.render.problems import Report
from yzplan.render.terminal import folded
from yzplan.render.wrapping import width_of, wrapped
from yzplan.store.source import visible

_LABELS = {"error": "错误", "warning": "提醒"}
_STYLES = {"error": "bold red", "warning": "bold yellow"}


def problem_parts(report: Report, texts: Mapping[str, str], width: int) -> Iterator[Text]:
    """Every problem in a paragraph: what, where, the line with the place marked, the remedy.

    Below them all, how to have a code explained.
    `texts`: those of the files, by path; of one that could not be read no line is shown.
    """
    lines = {path: text.split("\n") for path, text in texts.items()}
    for problem in report.diagnostics:
        yield _paragraph(problem, lines.get(problem.path), width)
    if report.diagnostics:
        code = report.diagnostics[0].code
        yield folded(f"解释：yzplan check --explain {code}", width, style="dim")


def _paragraph(problem: Problem, lines: list[str] | None, width: int) -> Text:
    style = _STYLES[problem.severity]
    label = f"{_LABELS[problem.severity]} {problem.code}"
    place = ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part)
    number = str(problem.line or "")
    margin = " " * len(number)
    # Every line fits already.
    paragraph = Text(no_wrap=True, overflow="ignore")
    first, *rest = wrapped(f"{label} {problem.message}", width)
    paragraph.append(first[: len(label)], style).append(first[len(label) :], "bold")
    _append(paragraph, rest, "", "bold")
    _append(paragraph, wrapped(place, max(width - len(margin) - 4, 2)), f"{margin}--> ")
    if lines and problem.line and problem.column:
        line, offset = excerpt(lines[problem.line - 1], problem.column, max(width - len(margin) - 3, 4))
        _append(paragraph, [line], f"{number} | ")
        _append(paragraph, [" " * offset + "^"], f"{margin} | ", style)
    if problem.hint:
        _append(paragraph, wrapped(f"提示：{problem.hint}", max(width - len(margin) - 3, 2)), f"{margin} = ")
    return paragraph.append("\n")


def _append(paragraph: Text, lines: list[str], margin: str, style: str = "") -> None:
    """Add lines, the first behind a dim margin, the others as far to the right."""
    for k, line in enumerate(lines):
        paragraph.append("\n").append(" " * len(margin) if k else margin, "dim").append(line, style)


def excerpt(line: str, column: int, room: int) -> tuple[str, int]:
    """As much of a line as `room` columns of a screen show around its `column` (from 1), and where that is.

    What cannot be seen, or would be obeyed, is shown as a sign. What is cut ends with an ellipsis.
    """
    line, place = line.removesuffix("\r"), column - 1
    # No more than this can be shown, and a line may be very long.
    head, tail = visible(line[max(place - room, 0) : place]), visible(line[place : place + room])
    # The mark behind the last character needs a column too.
    space = max(room // 2, room - max(width_of(tail), 1))
    if place > room or width_of(head) > space:
        while head and width_of(head) > space - 1:
            head = head[1:]
        head = f"…{head}"
    space = room - width_of(head)
    if len(line) > place + room or width_of(tail) > space:
        while tail and width_of(tail) > space - 1:
            tail = tail[:-1]
        tail += "…"
    return head + tail, width_of(head)
