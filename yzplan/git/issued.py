"""Whether what a paper says has been committed: only then can it be said again."""

from collections.abc import Mapping
from pathlib import Path

from yzplan.errors import DataError
from yzplan.git.revision import nearest
from yzplan.git.running import git
from yzplan.git.trees import content_of, entry_of


def commit_of(files: Mapping[Path, bytes | None]) -> str | None:
    """The commit of HEAD, if it has these files with these bytes, and lacks those that are None.

    Line endings count as git would check them in. None where it has something else, and where nothing
    can be told: outside a repository, before the first commit, without git.
    """
    try:
        folder, _ = nearest(next(iter(files)))
        done = git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        commit = done.stdout.decode("ascii", "replace").strip()
        is_known = not done.returncode and commit.isalnum()
        return commit if is_known and all(_has(commit, *each) for each in files.items()) else None
    except DataError:
        return None


def _has(commit: str, file: Path, content: bytes | None) -> bool:
    folder, name = nearest(file)
    entry = entry_of(commit, folder, name)
    if entry is None or content is None:
        return entry is None and content is None
    if not entry.mode.startswith("100"):
        return False
    if content_of(entry, commit, folder, name) == content:
        return True
    checked_in = git(folder, "hash-object", "--stdin", f"--path={name}", stdin=content)
    return not checked_in.returncode and checked_in.stdout.decode().strip() == entry.object_id
