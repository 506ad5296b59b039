"""What a paper would say now instead, place by place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

from rich.text import Text

from yzplan.model.shape import Noun, noun
from yzplan.papers.outline import outline
from yzplan.papers.paper import Paper, Table
from yzplan.render.differences import CLOSE, Piecewise, changes_within
from yzplan.render.terminal import folded
from yzplan.store.source import visible

_ALIKE = 0.6
"""What share of two lines is the same where one is said to have become the other."""
_AHEAD = 10
"""How far the other one is looked for: a table of a thousand new rows is no reason to wait."""
_BORDER = "｜"
_TOP, _TEXT, _END = "文头", "正文", "文尾"
_HEAD = frozenset({"head", "issue", "number", "title", "addressee"})
_FOOT = frozenset({"attachments", "issuer", "date"})


@noun
class PaperDifference(Noun):
    """A line that is not what it was, or a row of a table, its cells between ｜."""

    place: str
    before: str | None
    after: str | None


class _Said(NamedTuple):
    place: str
    text: str


def differences(old: Paper, new: Paper) -> list[PaperDifference]:
    """What differs, in order, but for 数据说明 and 草稿: they tell whence the data are, no more."""
    before, after = [*_said(old)], [*_said(new)]
    matcher = Piecewise([each.text for each in before], [each.text for each in after])
    found: list[PaperDifference] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(before[i:i_end], after[j:j_end])
    return found


def _said(paper: Paper) -> Iterator[_Said]:
    """Each line and each row, and where it stands: under which heading, or in which attachment."""
    place = label = ""
    for part in outline(paper):
        if isinstance(part, Table):
            place = _TEXT if place == _TOP else place
            where = f"{place}，{part.title}" if part.title else place
            rows = [tuple(column.heading for column in part.columns), *part.rows]
            texts = [part.title, *(_BORDER.join(row) for row in rows), part.note]
            yield from (_Said(where, text) for text in texts if text)
        elif part.role in ("draft", "data"):
            continue
        elif part.role == "label":
            label = part.text
        else:
            if part.role in _HEAD:
                place = _TOP
            elif part.role in _FOOT:
                place = _END
            elif part.role == "attachment":
                place = f"{label}　{part.text}"
            elif part.role == "heading":
                place = part.text
            elif place == _TOP:
                place = _TEXT
            yield _Said(place, part.text.strip())


def _paired(before: Sequence[_Said], after: Sequence[_Said]) -> Iterator[PaperDifference]:
    """Lines that went and lines that came; as many for as many, and those alike, are each other's."""
    rest = list(after)
    for was in before:
        near = 0 if len(before) == len(after) else _alike(was.text, rest)
        if near is None:
            yield PaperDifference(place=was.place, before=was.text, after=None)
            continue
        yield from _added(rest[:near])
        yield PaperDifference(place=rest[near].place, before=was.text, after=rest[near].text)
        del rest[: near + 1]
    yield from _added(rest)


def _added(lines: Iterable[_Said]) -> Iterator[PaperDifference]:
    return (PaperDifference(place=now.place, before=None, after=now.text) for now in lines)


def _alike(text: str, lines: Sequence[_Said]) -> int | None:
    """Which of the next lines says nearly the same, if one does."""
    matcher = SequenceMatcher(b=text, autojunk=False)
    for k, line in enumerate(lines[:_AHEAD]):
        matcher.set_seq1(line.text)
        if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            return k
    return None


_Kind = Literal["gap", "place", "gone", "come", "within"]
_MARKS: Mapping[_Kind, str] = {"gap": "", "place": "", "gone": "- ", "come": "+ ", "within": "  "}
_STYLES: Mapping[_Kind, str] = {"gap": "", "place": "bold", "gone": "red", "come": "green", "within": "dim"}


def difference_text(found: Sequence[PaperDifference]) -> str:
    """Under each place what was said (`- `) and what is said now (`+ `); empty where nothing differs."""
    return "".join(f"{_MARKS[kind]}{visible(text)}\n" for kind, text in _lines(found))


def difference_parts(found: Sequence[PaperDifference], width: int) -> list[Text]:
    """The same for a terminal of so many columns."""
    parts = []
    for kind, text in _lines(found):
        mark = _MARKS[kind]
        body = folded(visible(text), width, margin=len(mark)).plain
        parts.append(Text(f"{mark}{body[len(mark) :]}", style=_STYLES[kind]))
    return parts


def _lines(found: Sequence[PaperDifference]) -> Iterator[tuple[_Kind, str]]:
    for k, (place, group) in enumerate(groupby(found, key=lambda each: each.place)):
        if k:
            yield "gap", ""
        yield "place", place
        for each in group:
            if each.before is not None:
                yield "gone", each.before
            if each.after is not None:
                yield "come", each.after
            if each.before and each.after and len(each.before) > 3 * CLOSE:
                yield from (("within", change) for change in changes_within(each.before, each.after))
