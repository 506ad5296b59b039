"""The one way in which tasks.yaml is written: lines come or go, proved to mean just what was intended."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from yzplan.errors import DataError
from yzplan.model import Plan
from yzplan.store import saving
from yzplan.store.loading import TASKS, Snapshot, load, load_sources
from yzplan.store.saving import Replacement
from yzplan.store.source import decode_source
from yzplan.store.splice import Edit, edited

ATTEMPTS = 50
"""How often a write is planned anew because somebody else was faster, before giving up."""

T = TypeVar("T")


class Draft(NamedTuple, Generic[T]):
    """What a write comes to: the edits of the text, the plan that they must make, and what is to be told."""

    edits: Sequence[Edit]
    intended: Plan
    outcome: T


def write(directory: Path, drafted: Callable[[Snapshot], Draft[T]], *, dry_run: bool = False) -> T:
    """Make the drafted edits: all of them, or none where anything is wrong. Every other byte stays.

    The draft is made from the data as it is now, and made again where somebody else wrote in between,
    so that what it allows is allowed at the moment of writing. Raises DataError where the data cannot
    be used or the file cannot be written, and what the draft raises; the file is then unchanged.
    """

    def planned() -> tuple[Sequence[Replacement], T]:
        snapshot = load(directory)
        draft = drafted(snapshot)
        if not draft.edits:
            return (), draft.outcome
        content = _content(snapshot, draft)
        expected = saving.digest(snapshot.tasks.source.raw)
        return [Replacement(directory / TASKS, expected, content)], draft.outcome

    return carry_out([directory / TASKS], planned, dry_run=dry_run)


def carry_out(
    files: Sequence[Path], planned: Callable[[], tuple[Sequence[Replacement], T]], *, dry_run: bool = False
) -> T:
    """Replace some of the files as it is planned, and return what the plan says it comes to.

    It is planned anew where somebody else wrote in between, until all are replaced or none need be.
    Raises DataError where they cannot be written, and what the planning raises.
    """
    replacements, outcome = planned()
    if dry_run or not replacements:
        return outcome
    with contextlib.ExitStack() as locks:
        # Beside the files themselves: two directories may link to the same table.
        for folder in sorted({file.resolve().parent for file in files}):
            locks.enter_context(saving.locked(folder))
        for _ in range(ATTEMPTS):
            if saving.replace_all(replacements):
                return outcome
            replacements, outcome = planned()
            if not replacements:
                return outcome
    raise DataError("文件一直在被别的程序改动，没有写入", "关闭正在编辑它的程序后再试；原文件没有改动")


def _content(snapshot: Snapshot, draft: Draft[T]) -> bytes:
    """The bytes that a draft makes of a snapshot, proved to mean what it intends."""
    source = snapshot.tasks.source
    content = source.with_text(edited(source.text, draft.edits))
    if _read_back(snapshot, content) != draft.intended:
        raise DataError(
            f"{source.path} 的写法特殊，改后读回的内容与所要的不符，没有写入",
            "请把相关任务改为一键一行的写法后再试，并告知开发者",
        )
    return content


def _read_back(snapshot: Snapshot, content: bytes) -> Plan:
    """The plan that the new bytes make. Raises DataError where they make none."""
    path = snapshot.tasks.source.path
    try:
        return load_sources(snapshot.directory, decode_source(content, path), snapshot.units.source).plan
    except DataError as error:
        # Its places are of a text that nobody will see.
        reasons = "；".join(dict.fromkeys(each.message for each in error.diagnostics))
        raise DataError(
            f"{path} 改后读不回来，没有写入：{reasons}", "核对所报的内容，以及相关任务的写法"
        ) from error
