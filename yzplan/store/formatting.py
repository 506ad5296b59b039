"""Bringing hand-edited data files to the one layout, with every fact and comment, proved by reading again."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from yzplan.errors import DataError
from yzplan.model import Register
from yzplan.store import cache
from yzplan.store.canonical import canonical_lines
from yzplan.store.comments import Comment, comments_of
from yzplan.store.layout import PlanFile
from yzplan.store.loading import TASKS, UNITS, opened, read_sources
from yzplan.store.reading import Document, read
from yzplan.store.saving import Replacement, digest
from yzplan.store.source import Source, decode_source
from yzplan.store.validating import judge
from yzplan.store.writing import carry_out


class Formatted(NamedTuple):
    """A file whose layout changes: as it was read, and its text (without BOM) as it is to be."""

    source: Source
    text: str


def format_files(directory: Path, *, dry_run: bool = False) -> list[Formatted]:
    """Bring the files of a data directory to the one layout, and return those that change.

    BOM and newlines stay as they are. What is wrong with the meaning of the data (Y2 and on) is
    nothing to their layout. Raises DataError where they do not read (Y0, Y1), or cannot be written.
    """

    def planned() -> tuple[list[Replacement], list[Formatted]]:
        documents = _documents(directory)
        changes: list[Formatted] = []
        replacements: list[Replacement] = []
        for name, root, document in zip((TASKS, UNITS), (PlanFile, Register), documents, strict=True):
            source = document.source
            text = formatted(document, root)
            if text != source.text:
                changes.append(Formatted(source, text))
                content = source.with_text(text)
                replacements.append(Replacement(directory / name, digest(source.raw), content))
        return replacements, changes

    return carry_out([directory / TASKS, directory / UNITS], planned, dry_run=dry_run)


def _documents(directory: Path) -> list[Document]:
    tasks, units = read_sources(*opened(directory))
    if cache.is_known(cache.key_of(tasks.source.raw, units.source.raw)):
        return [tasks, units]
    found = judge(tasks, units).problems
    problems = [*tasks.problems, *units.problems, *(each for each in found if each.code.startswith("Y1"))]
    if problems:
        raise DataError(
            f"数据有 {len(problems)} 处语法或结构问题，不能改写", "逐处改正后再试；没有改动任何文件", problems
        )
    return [tasks, units]


def formatted(document: Document, root: type) -> str:
    """The text (without BOM) of a file in the one layout. The file holds the noun `root`, of the right shape.

    Raises DataError where the new text would not say just what the old one does.
    """
    source = document.source
    comments = comments_of(source.text)
    newline = "\r\n" if source.text[: source.text.find("\n")].endswith("\r") else "\n"
    text = "".join(line + newline for line in canonical_lines(document.value, root, comments))
    if text == source.text:
        return text
    again = read(decode_source(text.encode(), source.path))
    is_same = not again.problems and _are_same(again.value, document.value)
    if not is_same or _counted(comments_of(text)) != _counted(comments):
        raise DataError(
            f"{source.path} 的写法特殊，改写后读回的内容或注释与原来的不符，没有改写",
            "请把特殊的写法改为一键一行后再试，并告知开发者",
        )
    return text


def _counted(comments: Iterable[Comment]) -> Counter[str]:
    return Counter(comment.text for comment in comments)


def _are_same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal; text, numbers and truth values are never equal to each other."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(_are_same(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, list):
        return (
            isinstance(other, list)
            and len(one) == len(other)
            and all(_are_same(*pair) for pair in zip(one, other, strict=True))
        )
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)
