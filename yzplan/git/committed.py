"""What git has of the data: the commits that the work tree stands on."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yzplan.errors import DataError
from yzplan.git.running import git
from yzplan.git.trees import content_of, entry_of, refuse_outside
from yzplan.store.loading import TASKS, UNITS, load_sources
from yzplan.store.source import decode_source

if TYPE_CHECKING:
    from yzplan.model import Plan

_BASES = ("HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD")
"""The commits that a work tree may stand on: its own, and those that are just being brought in."""


def committed_versions(files: Sequence[Path]) -> list[list[bytes]]:
    """The contents of some files, once for each commit that their work tree stands on.

    Nothing committed yet gives an empty list. Raises DataError where they lie in no git repository,
    git cannot be run, or a commit has some of them only.
    """
    # A file may be a link into another folder, whose repository it then is.
    targets = [file.resolve() for file in files]
    refuse_outside(targets[0].parent)
    versions = []
    for commit in _BASES:
        found = [_blob(commit, target) for target in targets]
        present = [content for content in found if content is not None]
        if present and len(present) < len(targets):
            raise DataError(f"{commit} 里的数据文件不全，无从判断哪些已经提交", "先用 git status 查看情况")
        if present:
            versions.append(present)
    return versions


def committed_plans(directory: Path) -> "list[Plan]":
    """The plans that the commits have which the data's work tree stands on; none before the first commit.

    Raises DataError as `committed_versions` does, and where one of them is no valid plan.
    """
    plans = []
    for tasks, units in committed_versions([directory / TASKS, directory / UNITS]):
        try:
            plans.append(
                load_sources(directory, decode_source(tasks, TASKS), decode_source(units, UNITS)).plan
            )
        except DataError as error:
            raise DataError(
                "已提交的数据读不了，无从判断哪些还没有提交", "用 yzplan check --rev HEAD 查看已提交的数据"
            ) from error
    return plans


def _blob(commit: str, file: Path) -> bytes | None:
    """The file as the commit has it; None where there is no such commit, or no such file in it.

    What is there and cannot be read, as in a partial clone without its server, is no such None.
    """
    folder, name = file.parent, file.name
    if git(folder, "rev-parse", "--verify", "--quiet", commit).returncode:
        return None
    entry = entry_of(commit, folder, name)
    return entry and content_of(entry, commit, folder, name)
