"""A list as every format sees it: rows, and columns that can say their cells."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple


class Column(NamedTuple):
    """One column. `key` names it for --columns; `heading` is what people read above it.

    A `flexible` column takes what width is left on a terminal and is cut there, with an ellipsis;
    elsewhere nothing is cut. A `digest` says in few words, for people, what other columns say in
    full: programs do not get it.
    """

    key: str
    heading: str
    text: Callable[[Any], str]
    style: Callable[[Any], str] | None = None
    align: Literal["left", "center", "right"] = "left"
    flexible: bool = False
    digest: bool = False
    brief: Callable[[Any], str] | None = None
    """What a narrow terminal shows instead of `text`."""


class Listing(NamedTuple):
    """Rows of one kind, all the columns they have, and which of them people are shown by default."""

    title: str
    rows: Sequence[Any]
    columns: Sequence[Column]
    shown: Sequence[str]
    """Keys of the default columns of a table for people, in order."""
    narrow: Sequence[str] = ()
    """The same on a terminal of fewer than 110 columns, where it differs."""
    chosen: Sequence[str] = ()
    """Keys asked for with --columns; they hold in every format."""
    note: str = ""
    """What must be read with the rows; formats that are rows and nothing else leave it to stderr."""

    def by_key(self, keys: Sequence[str]) -> list[Column]:
        """The columns of these keys, in that order."""
        columns = {column.key: column for column in self.columns}
        return [columns[key] for key in keys]

    @property
    def facts(self) -> list[Column]:
        """What programs get: the columns asked for, else all that hold facts."""
        return self.by_key(self.chosen) if self.chosen else [c for c in self.columns if not c.digest]

    def table(self, *, narrow: bool = False) -> list[Column]:
        """What people get: the columns asked for, else the default ones."""
        return self.by_key(self.chosen or (narrow and self.narrow) or self.shown)
