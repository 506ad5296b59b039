"""What a file was in the commits before."""

from collections.abc import Iterator
from pathlib import Path

from yzplan.errors import DataError
from yzplan.git.running import git


def past_contents(file: Path) -> Iterator[tuple[str, bytes]]:
    """The commits up to HEAD that changed a file, the newest first, each with the content it gave it.

    None where there is no git, the file lies in none of its repositories, or no commit has it.
    """
    # A file may be a link into another folder, whose repository it then is.
    target = file.resolve()
    try:
        done = git(target.parent, "rev-list", "HEAD", "--", target.name)
    except DataError:
        return
    for commit in done.stdout.decode().split():
        blob = git(target.parent, "cat-file", "blob", f"{commit}:./{target.name}")
        if not blob.returncode:
            yield commit, blob.stdout
