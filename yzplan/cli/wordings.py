"""The wording of the papers: an office's own beside the data, else the one that comes with the program."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yzplan.git.revision import Revision
    from yzplan.papers.composing import Template

FOLDER = "templates"


class Wording(NamedTuple):
    """The template in force. `content`: the bytes of the office's own; None where it has none."""

    template: "Template"
    content: bytes | None


def wording_file(directory: Path, name: str) -> Path:
    """Where an office puts a template of its own."""
    return directory / FOLDER / f"{name}.md"


def wording_of(directory: Path, name: str, revision: "Revision | None") -> Wording:
    """The template of that name that is in force today, or was in a revision.

    An empty file is none: a shell that writes one anew (`yzplan template bulletin > …`) has emptied it
    before the program looks. Raises DataError where the office's own cannot be read.
    """
    from yzplan.papers.composing import Template, built_in
    from yzplan.store.loading import shown
    from yzplan.store.source import read_file

    path = wording_file(directory, name)
    if revision is None:
        # A link to nowhere is there, and shall be complained of.
        found = read_file(path, shown(path)) if os.path.lexists(path) else None
    else:
        from yzplan.git.revision import source_at

        found = source_at(path, revision)
    if found is None or not found.text.strip():
        return Wording(built_in(name), None)
    place = f"{revision}里的 {found.path}" if revision else found.path
    # However it is checked out, it is the same wording.
    return Wording(Template(place, found.text.replace("\r\n", "\n")), found.raw)
