"""From a template and figures to the blocks of a paper.

A template (文稿模板) is text with Jinja2's expressions and a few marks at the beginning of lines, so that
an office can change the wording without code:

    # 关于{{ period }}｜重点任务落实情况的通报      title; ｜ where it may be broken
    期号：第{{ number }}期
    主送：各县市区人民政府
    ## 总体情况                                 headings ## ### ####, numbered by the program
    截至{{ as_of }}，……                          any other line is a paragraph
    [[overdue]]                                 a table, by its name
    附件：逾期任务清单                            what follows is this attachment
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any, NamedTuple

from yzplan.errors import DataError
from yzplan.model import fingerprint
from yzplan.papers import filters
from yzplan.papers.complaints import in_chinese
from yzplan.papers.paper import Attachment, Block, Heading, Paragraph, Table

NAMES = ("dispatch", "bulletin", "assess", "performance", "notice")
"""The templates there are, by the paper."""

MAX_LENGTH = 1_000_000
"""How many characters a template may make of its figures; tables are not among them."""

MAX_HEADINGS = 99
"""How many headings of one level may stand below the same one, so that Chinese numbers count them."""

_DATA = "\0"
"""Put before what is data, so that no record can pass for a mark of the template; no file can hold it."""
_DIGITS = "零一二三四五六七八九"


class Template(NamedTuple):
    """The wording of a paper. `path`: where it is, as people are told."""

    path: str
    text: str

    @property
    def version(self) -> str:
        """The fingerprint of the wording, 12 hex digits."""
        return fingerprint(self.text)[:12]

    def unusable(self, why: str, line: int | None) -> DataError:
        """What to say of a mistake in it; `line` is where, if that is known."""
        place = f"{self.path}:{line}" if line else self.path
        return DataError(f"文稿模板 {place} 用不了：{why}", "改正模板，或删去它，改用自带的")

    def line_of(self, mark: str) -> int | None:
        """The line where a mark stands first, if it is not an expression that makes it."""
        lines = self.text.splitlines()
        return next((number for number, line in enumerate(lines, 1) if mark in line), None)


class Text(NamedTuple):
    """What a template says with some figures."""

    title: tuple[str, ...]
    issue: str
    addressee: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]


def built_in(name: str) -> Template:
    """The template of that name in `NAMES` that comes with the program."""
    text = resources.files("yzplan.papers").joinpath("templates", f"{name}.md").read_text("utf-8")
    return Template(f"{name}.md", text)


def compose(template: Template, figures: Mapping[str, Any], tables: Mapping[str, Table]) -> Text:
    """What the template says with these figures.

    Raises DataError, naming the template's line, where it cannot be used: a mistake in an expression,
    a figure or table that there is none of.
    """
    sections = _sections(_lines(template, figures))
    head = sections[0]
    title, issue, addressee, body = "", "", "", []
    for line in head.lines:
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("期号："):
            issue = line.removeprefix("期号：")
        elif line.startswith("主送："):
            addressee = line.removeprefix("主送：")
        else:
            body.append(line)
    if not _said(title).strip("｜ "):
        raise template.unusable("没有标题，即“# ”起头的一行", None)
    return Text(
        title=tuple(filter(None, (_said(piece) for piece in title.split("｜")))),
        issue=_said(issue),
        addressee=_said(addressee),
        blocks=tuple(_blocks(template, body, tables)),
        attachments=tuple(
            Attachment(_said(each.title), tuple(_blocks(template, each.lines, tables)))
            for each in sections[1:]
        ),
    )


def _lines(template: Template, figures: Mapping[str, Any]) -> list[str]:
    """The lines that the template makes of the figures, without the empty ones."""
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: f"{_DATA}{value}",
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the renderers escape, each its own way
    )
    environment.filters.update(filters.FILTERS)
    try:
        text = "".join(_limited(template, environment.from_string(template.text).generate(figures)))
    except DataError:
        raise
    except Exception as error:  # whatever an expression of an office's own comes to
        line = getattr(error, "lineno", None) or _line_of(error)
        raise template.unusable(in_chinese(error), line) from error
    return [line for line in (line.strip(" \t") for line in text.splitlines()) if line]


def _limited(template: Template, pieces: Iterable[str]) -> Iterator[str]:
    """The pieces as they come. Raises DataError where they are more than any paper says."""
    said = 0
    for piece in pieces:
        said += len(piece)
        if said > MAX_LENGTH:
            raise template.unusable(f"写出的文字超过 {MAX_LENGTH:,} 字", None)
        yield piece


def _line_of(error: BaseException) -> int | None:
    """The line of the template at which an error came up while it was filled in."""
    line = None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Section(NamedTuple):
    title: str
    lines: list[str]


def _sections(lines: list[str]) -> list[_Section]:
    """The paper itself, then each attachment."""
    found = [_Section("", [])]
    for line in lines:
        if line.startswith("附件："):
            found.append(_Section(line.removeprefix("附件："), []))
        else:
            found[-1].lines.append(line)
    return found


def _blocks(template: Template, lines: list[str], tables: Mapping[str, Table]) -> Iterator[Block]:
    counts = [0, 0, 0]
    for line in lines:
        if mark := re.match(r"(#{2,4}) ", line):
            level = len(mark[1]) - 1
            counts[level - 1 :] = [counts[level - 1] + 1] + [0] * (3 - level)
            if counts[level - 1] > MAX_HEADINGS:
                raise template.unusable(f"一级里的标题超过 {MAX_HEADINGS} 个", template.line_of(line))
            yield Heading(level, ordinal(level, counts[level - 1]), _said(line[mark.end() :]))
        elif mark := re.fullmatch(r"\[\[(\w+)\]\]", line):
            if mark[1] not in tables:
                known = "、".join(tables) or "没有"
                raise template.unusable(f"没有表“{mark[1]}”（可用的表：{known}）", template.line_of(line))
            yield tables[mark[1]]
        else:
            yield Paragraph(_said(line))


def ordinal(level: int, number: int) -> str:
    """The 结构层次序数 of a heading: 一、 （一） 1. by level 1-3 (GB/T 9704-2012 7.3.3)."""
    return (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}.")[level - 1]


def chinese_number(number: int) -> str:
    """A number 1-99 as headings count: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    ten = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")


def _said(text: str) -> str:
    return text.replace(_DATA, "").strip()
