"""The merge of two versions of a data file that go back to one: bytes in, bytes out, nothing of git.

Records and facts are merged, not lines; but lists of names apart, every line is one that somebody wrote.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from yzplan.merge.blocks import cut_mapping
from yzplan.merge.kinds import TASKS_FILE, UNITS_FILE, Kind
from yzplan.merge.lines import Conflict, rendered
from yzplan.merge.threeway import Merger
from yzplan.store.pieces import IrregularError, normal
from yzplan.store.source import BOM


class Merged(NamedTuple):
    """A whole file, how many places of it carry conflict markers, and what now looks odd, in sentences."""

    content: bytes
    conflicts: int
    remarks: tuple[str, ...] = ()


class UnmergeableError(Exception):
    """What cannot be merged by records: it is left to git's own merge of texts."""


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    *,
    marker_size: int = 7,
    labels: Sequence[str] = ("本方", "基线", "对方"),
) -> Merged:
    """A tasks.yaml or units.yaml with what both sides made of `base`, which may be empty.

    A BOM and the newlines are as in ours. `labels`: of ours, base and theirs, for the markers of a
    conflict. Raises UnmergeableError where a side is neither file, or cannot be read.
    """
    try:
        texts = [normal(raw).decode() for raw in (base, ours, theirs)]
        if any(_is_marked(text) for text in texts[1:]):
            raise UnmergeableError
        merger = Merger()
        parts = merger.merge(texts, _kind(texts))
    except (IrregularError, UnicodeDecodeError) as error:
        raise UnmergeableError from error
    conflicts = 0

    def marked(conflict: Conflict) -> str:
        nonlocal conflicts
        conflicts += 1
        return (
            f"{'<' * marker_size} {labels[0]}\n{conflict.ours}{'=' * marker_size}\n"
            f"{conflict.theirs}{'>' * marker_size} {labels[2]}\n"
        )

    text = rendered(parts, marked)
    numbers = _TASK_NUMBER.findall(text)
    if not conflicts and len({*numbers}) < len(numbers):
        # Each side moved the task, to another indicator.
        raise UnmergeableError
    return Merged(_like(ours, text), conflicts, _remarks(merger))


def _is_marked(text: str) -> bool:
    """Whether a conflict has been left in a text."""
    # The search is slow over megabytes, and there is hardly ever anything to be found.
    return any(each in text for each in ("<<<<<<<", ">>>>>>>", "|||||||")) and bool(_MARKER.search(text))


_MARKER = re.compile(r"^(<{7,}|>{7,}|\|{7,})(?=[ \n])", re.MULTILINE)


_TASK_NUMBER = re.compile(r"\n  - id: ([0-9]+)\n")


def _like(ours: bytes, text: str) -> bytes:
    """The text as bytes, with BOM, newlines and the end of the file as in ours."""
    first = ours.find(b"\n")
    if not ours.endswith(b"\n"):
        text = text.removesuffix("\n")
    if first > 0 and ours[first - 1 : first] == b"\r":
        text = text.replace("\n", "\r\n")
    return ((BOM if ours.startswith(BOM.encode()) else "") + text).encode()


def _kind(texts: Sequence[str]) -> Kind:
    """Which of the two files ours and theirs both are."""
    keys = [{block.key for block in cut_mapping(text).blocks} for text in texts[1:]]
    for kind in (TASKS_FILE, UNITS_FILE):
        if not any(each.isdisjoint(kind.fields) for each in keys):
            return kind
    raise UnmergeableError


def _remarks(merger: Merger) -> tuple[str, ...]:
    """What looks odd now where entries of both sides came together, and did not on either side."""
    if not merger.tasks and not merger.sections:
        return ()
    from yzplan.merge.remarks import remarks, section_remarks

    found = [remark for task in merger.tasks for remark in remarks(task)]
    return (*found, *(remark for section in merger.sections for remark in section_remarks(section)))
