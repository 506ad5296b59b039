"""What one run of the program knows: where the data is, what day it is, how to answer."""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from yzplan.cli.reading import parse_day
from yzplan.errors import DataError, RequestError

if TYPE_CHECKING:
    from yzplan.git.revision import Revision
    from yzplan.model import Plan
    from yzplan.store.source import Source


@dataclass
class Session:
    """One run. The options that every command takes are kept here as they are read."""

    today: dt.date
    """The clock, read once; $YZPLAN_TODAY sets it for scripts and tests."""
    data: str | None = None
    format: str | None = None
    output: str | None = None
    sort: str | None = None
    columns: str | None = None
    revision: "Revision | None" = None
    """The one whose plan was asked for, once it has been read; None for today's files."""

    @classmethod
    def begin(cls) -> "Session":
        """A session of today. Raises RequestError where $YZPLAN_TODAY is no date."""
        chosen = os.environ.get("YZPLAN_TODAY")
        if not chosen:
            return cls(today=dt.date.today())
        try:
            return cls(today=parse_day(chosen))
        except RequestError as error:
            raise RequestError(f"环境变量 YZPLAN_TODAY：{error.message}", error.hint) from error

    @property
    def directory(self) -> Path:
        """The data directory: --data, else $YZPLAN_DATA, else the nearest `data` upward from here."""
        from yzplan.store.loading import find_data

        chosen = self.data or os.environ.get("YZPLAN_DATA")
        return Path(chosen) if chosen else find_data(Path.cwd())

    def files(self, rev: str | None) -> "tuple[list[Source | DataError], Revision | None]":
        """Both data files as they are opened: today's, or those of a git revision, which is named then.

        Raises RequestError for a revision that is unknown, DataError where there are no data at all.
        """
        revision = self.find_revision(rev)
        if revision is None:
            from yzplan.store.loading import opened

            return opened(self.directory), None
        from yzplan.git.revision import opened_at

        return opened_at(self.directory, revision), revision

    def find_revision(self, rev: str | None) -> "Revision | None":
        """The git revision of that name; None for none. Raises RequestError for one that is unknown."""
        if rev is None:
            return None
        from yzplan.git.revision import find_revision

        return find_revision(self.directory, rev)

    def plan(self, rev: str | None = None) -> "Plan":
        """The plan in the data directory, or as a git revision has it, which every answer names then.

        Raises as `files` does, and DataError with everything that is wrong with the data.
        """
        return self.read(rev)[0]

    def read(self, rev: str | None) -> "tuple[Plan, list[Source]]":
        """The plan as `plan` gives it, and both files that it was read from. Raises as that does."""
        from yzplan.store.loading import plan_of

        files, self.revision = self.files(rev)
        try:
            plan = plan_of(self.directory, *files)
        except DataError as error:
            if self.revision is None:
                raise
            raise self.revision.blamed(error) from error
        return plan, [file for file in files if not isinstance(file, DataError)]


def session_of(ctx: typer.Context) -> Session:
    """The session a command runs in."""
    assert isinstance(ctx.obj, Session)  # noqa: S101 - set by run()
    return ctx.obj
