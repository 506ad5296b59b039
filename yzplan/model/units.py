"""The register of units (单位名录) and of the groups the table names."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from yzplan.model.shape import Line, Noun, noun

OFFICE = "office"
"""What stands in `authors` for the office itself, which is no unit of the table."""

Kind = Literal[
    "市直部门", "事业单位", "中央省驻永单位", "法检", "国企/公用事业", "群团", "县市区", "管理区", "经开区"
]

COUNTY_KINDS: frozenset[Kind] = frozenset(("县市区", "管理区", "经开区"))
"""What the document calls 县市区, as far as it is said (含管理区、经开区管委会，下同)."""
CITY_KINDS: frozenset[Kind] = frozenset(("市直部门", "事业单位"))
"""What it calls 市直单位; the other kinds are not the city's own."""


@noun
class Unit(Noun):
    """A unit; `name`, the short name used in the table, is its key."""

    name: Line
    full_name: Line | None = None
    """Only where it is certain."""
    kind: Kind
    aliases: tuple[Line, ...] = ()
    ambiguous: tuple[Line, ...] = ()
    """Names that may mean this unit and must be asked about."""
    assess: Literal["ranked", "listed"] | None = None
    """Whether it stands on a board of the assessment; by default its kind decides."""
    note: Line | None = None


@noun
class Group(Noun):
    """A collective name of the table: closed (各县市区政府), or open and never expanded (市直相关单位)."""

    name: Line
    kind: Literal["closed", "open"]
    members: tuple[Line, ...] = ()
    aliases: tuple[Line, ...] = ()
    note: Line | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody knows all its members."""
        return self.kind == "open"


@noun
class Register(Noun):
    """All units and groups, in the order of the file, and who commits for whom."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...] = ()
    authors: Mapping[Line, Line] = field(default_factory=dict)
    """By e-mail, as in their commits, the unit that somebody speaks for, or OFFICE (`audit` alone asks).

    E-mails are compared as `email_key` says."""

    def group(self, name: str) -> Group | None:
        """The group of that exact name."""
        return next((group for group in self.groups if group.name == name), None)


def email_key(email: str) -> str:
    """The form in which e-mails are compared: no spaces around it, small letters. Never shown or stored."""
    return email.strip().casefold()
