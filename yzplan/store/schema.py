"""The validators of the data files, made from the nouns' own declarations.

pydantic's TypeAdapter makes the same of the same declarations (a test holds the two together), but
to import it and let it build costs as much as all the rest of a first load; its core alone, which
does the validating, costs a fifth of that. `benchmarks/commands.py` measures both loads.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as core

from yzplan.model import LedgerEntry, OfficeEntry
from yzplan.model.shape import CORE_SCHEMA, yaml_key

MAX_ITEMS = 1000
"""How long a list may be; only ledgers grow."""


class Patience:
    """How many mistakes are still to be told: pydantic takes half a kilobyte for each.

    Given to a validator as its context; without one it tells all.
    """

    def __init__(self, mistakes: int) -> None:
        self.left = mistakes


def _within_patience(item: Any, validate: Any, info: Any) -> Any:
    """Validate an item of a list, unless more is wrong by now than is to be told."""
    patience = info.context
    if patience is None:
        return validate(item)
    before = patience.left
    if before < 0:
        return item
    try:
        return validate(item)
    except ValidationError as error:
        # These are all of the item's, those of lists inside it too.
        patience.left = before - error.error_count()
        raise


@cache
def validator(root: type) -> SchemaValidator:
    """The validator of plain values that should be of the noun `root`."""
    return SchemaValidator(schema_of(root))


def schema_of(hint: Any) -> CoreSchema:
    """pydantic-core's schema of a noun, or of the type of a noun's field.

    It validates what the file holds (mappings, lists, strings, numbers) and converts nothing:
    that is `decode`'s. Knows the kinds of types that nouns use, and raises TypeError for others.
    """
    if hasattr(hint, CORE_SCHEMA):
        own: CoreSchema = getattr(hint, CORE_SCHEMA)(hint, schema_of)
        return own
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marked: CoreSchema = arguments[1].build(core)
        return marked
    if origin is Literal:
        return core.literal_schema(list(arguments))
    if origin in (Union, UnionType) and len(arguments) == 2 and arguments[1] is NoneType:
        return core.nullable_schema(schema_of(arguments[0]))
    if origin is tuple and arguments[1:] == (...,):
        item = core.with_info_wrap_validator_function(_within_patience, schema_of(arguments[0]))
        is_ledger = arguments[0] in get_args(LedgerEntry | OfficeEntry)
        return core.list_schema(item, max_length=None if is_ledger else MAX_ITEMS)
    if origin is Mapping:
        return core.dict_schema(schema_of(arguments[0]), schema_of(arguments[1]))
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint, include_extras=True)
        known = {
            yaml_key(part.name): core.typed_dict_field(
                schema_of(hints[part.name]), required=_is_required(part)
            )
            for part in fields(hint)
        }
        return core.typed_dict_schema(known, extra_behavior="forbid")
    if isinstance(hint, type) and issubclass(hint, Enum):
        return core.literal_schema([member.value for member in hint])
    raise TypeError(f"no schema for {hint!r}")


def _is_required(part: "Field[Any]") -> bool:
    return part.default is MISSING and part.default_factory is MISSING
