"""Constraints on the fields of the nouns, written once beside each field.

Each marker is read in two ways: a reader sees `Annotated[str, …]`, and pydantic, where it is
loaded at all, asks the marker for its schema. Nothing here imports pydantic by itself, so that
a command that needs no validation never pays for it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

CORE_SCHEMA = "__get_pydantic_core_schema__"
"""The hook by which pydantic asks a type for its schema."""


class Shape:
    """A marker that hands pydantic the schema that `build` makes from `pydantic_core.core_schema`."""

    __slots__ = ("build",)

    def __init__(self, build: Callable[[Any], Any]) -> None:
        self.build = build

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> Any:
        from pydantic_core import core_schema

        return self.build(core_schema)


DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MONTH_PATTERN = r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"
PERIOD_PATTERN = r"^[0-9]{4}(Q[1-4])?$"
REF_PATTERN = r"^[0-9a-f]{8}$"
FINGERPRINT_PATTERN = r"^[0-9a-f]{12}$"

# One line of text. Line breaks and control characters are the loader's to refuse.
Line = Annotated[str, Shape(lambda s: s.str_schema(strict=True, min_length=1, pattern=r"^\S(.*\S)?$"))]
Ref = Annotated[str, Shape(lambda s: s.str_schema(strict=True, pattern=REF_PATTERN))]
Fingerprint = Annotated[str, Shape(lambda s: s.str_schema(strict=True, pattern=FINGERPRINT_PATTERN))]
Count = Annotated[int, Shape(lambda s: s.int_schema(strict=True, ge=1))]
Total = Annotated[int, Shape(lambda s: s.int_schema(strict=True, ge=0))]
Year = Annotated[int, Shape(lambda s: s.int_schema(strict=True, ge=2000, le=2999))]
Flag = Annotated[bool, Shape(lambda s: s.bool_schema(strict=True))]


def _number(s: Any) -> Any:
    return s.union_schema(
        [s.int_schema(strict=True), s.float_schema(strict=True)],
        custom_error_type="number_type",
        custom_error_message="number",
    )


Number = Annotated[int | float, Shape(_number)]
Amount = Annotated[
    int | float | tuple[int | float, int | float],
    Shape(
        lambda s: s.union_schema(
            [_number(s), s.tuple_schema([_number(s), _number(s)])],
            custom_error_type="amount_type",
            custom_error_message="amount",
        )
    ),
]
Percent = Annotated[
    int | float,
    Shape(lambda s: s.float_schema(strict=True, ge=0, le=100, allow_inf_nan=False)),
]
Share = Annotated[
    int | float,
    Shape(lambda s: s.float_schema(strict=True, ge=0, le=1, allow_inf_nan=False)),
]
Points = Annotated[
    int | float,
    Shape(lambda s: s.float_schema(strict=True, ge=-100, le=100, allow_inf_nan=False)),
]
Weight = Annotated[
    int | float,
    Shape(lambda s: s.float_schema(strict=True, gt=0, le=100, allow_inf_nan=False)),
]
Day = Annotated[
    dt.date,
    Shape(
        lambda s: s.no_info_after_validator_function(
            dt.date.fromisoformat, s.str_schema(strict=True, pattern=DAY_PATTERN)
        )
    ),
]


def yaml_key(field: str) -> str:
    """The key by which a field stands in the file: `from_` is `from`, a word Python keeps to itself."""
    return field.rstrip("_")


T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def noun(cls: type[T]) -> type[T]:
    """Make a frozen dataclass of a class; what it shares with the others it inherits from `Noun`."""
    # Generating these methods for each of thirty classes would cost every run a tenth of its time.
    return dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)


class Noun:
    """What all nouns share: they are equal by their fields, and show those that say something."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": yaml_key}
    """pydantic's settings: unknown keys are mistakes."""

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)  # type: ignore[attr-defined]

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        named = zip(self.__dataclass_fields__, self._values(), strict=True)  # type: ignore[attr-defined]
        shown = ", ".join(f"{name}={value!r}" for name, value in named if value not in (None, (), {}))
        return f"{type(self).__name__}({shown})"
