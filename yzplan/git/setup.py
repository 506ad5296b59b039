"""A repository set up so that its data merge by records: attributes, ignored files, this clone's settings."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.errors import DataError
from yzplan.git.merging import DRIVER, SETTING, driver_command
from yzplan.git.running import complaint, git
from yzplan.git.trees import located, path_of, refuse_outside
from yzplan.store.loading import TASKS, UNITS, shown
from yzplan.store.saving import LITTER, LOCK, failed, write_new

_WANTED: Mapping[str, str] = {"text": "set", "eol": "lf", "merge": DRIVER}
"""The attributes of the data files, as git tells them."""
_WRITTEN = f"text eol=lf merge={DRIVER}"
"""The same, as they are written in .gitattributes."""

_IGNORED: Mapping[str, str] = {LOCK: LOCK, f"{LITTER}*": f"{LITTER}{TASKS}.x"}
"""The lines of .gitignore, each with a name that it is for."""


class Appended(NamedTuple):
    """A file at the repository's top, and the lines that it was given: none where they were in effect."""

    path: Path
    lines: Sequence[str]


class SetUp(NamedTuple):
    """What was done, and what there is to say of it.

    `settings`: the keys of this clone's configuration that were set; `overruled`: the attributes that held
    for the data files and do so no more (`merge=union`); `unsettled`: those that hold still and should not;
    `uncommitted`: which of the two files are not committed as they are.
    """

    attributes: Appended
    ignored: Appended
    settings: Sequence[str]
    overruled: Sequence[str]
    unsettled: Sequence[str]
    uncommitted: Sequence[Path]


def set_up(directory: Path, program: Sequence[str]) -> SetUp:
    """Set up the repository in which the data lie; `program` is the command line that its driver calls.

    No line is changed or removed, and none is written that is in effect already. Raises DataError where
    there are no data or they lie in no work tree, or a file or the configuration cannot be written.
    """
    if not os.path.exists(directory / TASKS):  # noqa: PTH110 (Path.exists raises where it may not look)
        raise DataError(f"没有 {shown(directory / TASKS)}", "用 --data 指明 tasks.yaml 所在的目录")
    folder, _ = located(directory / TASKS)
    refuse_outside(folder)
    top = Path(path_of(folder, "--show-toplevel"))
    before = _attributes(folder)
    line = f"{_pattern(path_of(folder, '--show-prefix'))} {_WRITTEN}"
    attributes = _append(top / ".gitattributes", [] if before == _WANTED else [line])
    after = _attributes(folder)
    lacking = [pattern for pattern, name in _IGNORED.items() if not _is_ignored(folder, name)]
    ignored = _append(top / ".gitignore", lacking)
    settings = {f"merge.{DRIVER}.name": "台账按记录合并", SETTING: driver_command(program)}
    overruled = {key: value for key, value in before.items() if value not in ("unspecified", "auto")}
    return SetUp(
        attributes,
        ignored,
        [key for key, value in settings.items() if _set(folder, key, value)],
        [_as_written(key, value) for key, value in overruled.items() if value != after[key]],
        [_as_written(key, value) for key, value in after.items() if value != _WANTED[key]],
        [path for path in (attributes.path, ignored.path) if _is_uncommitted(path)],
    )


def _pattern(prefix: str) -> str:
    """The pattern of .gitattributes for the data files. `prefix`: from the top to them, `plan/data/`."""
    literal = re.sub(r"[\\*?\[!]", r"\\\g<0>", prefix)
    pattern = f"{literal}*.yaml" if prefix else "/*.yaml"
    if not re.search(r'[\s"\\#]', pattern):
        return pattern
    escaped = pattern.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t")
    return f'"{escaped}"'


def _attributes(folder: Path) -> dict[str, str]:
    """The attributes of a data file, by what everybody's clone has; where the two differ, a wrong one."""
    done = git(
        folder, "-c", "core.attributesFile=/dev/null", "check-attr", "-z", *_WANTED, "--", TASKS, UNITS
    )
    found: dict[str, str] = {}
    words = done.stdout.decode(errors="replace").split("\0")
    for key, value in zip(words[1::3], words[2::3], strict=False):
        if found.get(key) in (None, _WANTED[key]):
            found[key] = value
    return found


def _as_written(attribute: str, value: str) -> str:
    plain = {"set": attribute, "unset": f"-{attribute}", "unspecified": f"!{attribute}"}
    return plain.get(value, f"{attribute}={value}")


def _is_ignored(folder: Path, name: str) -> bool:
    """Whether a .gitignore of the repository, and not only one of this user's, has the name ignored."""
    # check-ignore knows no literal paths.
    words = (
        "--no-literal-pathspecs",
        "-c",
        "core.excludesFile=/dev/null",
        "check-ignore",
        "-v",
        "--no-index",
    )
    done = git(folder, *words, "--", name)
    return re.match(rb'[^\t]*\.gitignore"?:\d+:[^!]', done.stdout) is not None


def _append(path: Path, lines: Sequence[str]) -> Appended:
    """Append to a file those lines that do not stand in it."""
    try:
        raw = path.read_bytes() if lines else b""
    except FileNotFoundError:
        raw = b""
    except OSError as error:
        raise failed(path, error) from error
    present = {line.strip() for line in raw.splitlines()}
    added = [line for line in lines if os.fsencode(line) not in present]
    if added:
        newline = b"\r\n" if b"\r\n" in raw else b"\n"
        begun = raw if raw.endswith(b"\n") or not raw else raw + newline
        write_new(path, begun + b"".join(os.fsencode(line) + newline for line in added))
    return Appended(path, added)


def _set(folder: Path, key: str, value: str) -> bool:
    """Give a setting of this clone one value; False where it has it."""
    present = git(folder, "config", "--local", "-z", "--get-all", key).stdout
    if present == os.fsencode(value) + b"\0":
        return False
    done = git(folder, "config", "--local", "--replace-all", key, value)
    if done.returncode:
        raise DataError(f"写不了这个克隆的 git 配置 {key}", complaint(done))
    return True


def _is_uncommitted(path: Path) -> bool:
    words = ("--no-optional-locks", "status", "--porcelain", "-z", "--untracked-files=all", "--", path.name)
    return bool(git(path.parent, *words).stdout)
