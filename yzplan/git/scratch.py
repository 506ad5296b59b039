"""A second work tree, out of sight, in which something is tried before anybody sees it."""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from yzplan.errors import DataError
from yzplan.git.running import complaint, git
from yzplan.store.saving import locked, undisturbed

_NAME = "yzplan-sync"


@contextlib.contextmanager
def scratch_tree(common: Path, commit: str) -> Iterator[Path]:
    """An empty work tree that stands on a commit, inside the repository (`common`), gone afterwards.

    One at a time in a repository; who comes meanwhile waits. What a killed run left is removed first.
    Raises DataError where it cannot be made, or is in use for too long.
    """
    tree = common / _NAME
    with locked(common), _unwinding():
        try:
            _remove(common, tree)
            done = git(
                common,
                *("worktree", "add", "--force", "--force", "--no-checkout", "--detach", str(tree), commit),
            )
            if done.returncode:
                raise DataError("建不了合并用的临时工作区，没有同步", complaint(done))
            yield tree
        finally:
            with undisturbed():
                _remove(common, tree)


def _remove(common: Path, tree: Path) -> None:
    """Remove the tree and what git knows of it. Of a half made one the directory may be all there is."""
    if tree.exists():
        git(common, "worktree", "remove", "--force", "--force", str(tree))
        shutil.rmtree(tree, ignore_errors=True)


@contextlib.contextmanager
def _unwinding() -> Iterator[None]:
    """Let the signals that would end the program at once first undo what is under way, as Ctrl-C does."""
    received: list[int] = []

    def unwind(number: int, _: FrameType | None) -> None:
        received.append(number)
        raise KeyboardInterrupt

    # One that is ignored, as under nohup, stays so.
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    wanted = [each for each in ending if signal.getsignal(each) == signal.SIG_DFL]
    for each in wanted:
        signal.signal(each, unwind)
    try:
        yield
    finally:
        for each in wanted:
            signal.signal(each, signal.SIG_DFL)
        if received:
            os.kill(os.getpid(), received[0])
