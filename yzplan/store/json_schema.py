"""JSON Schema (draft 2020-12) of a noun, from its declaration: pydantic makes it, this says it in Chinese."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from yzplan.model.shape import DAY_PATTERN

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Meanings = Mapping[type, Mapping[str, str]]
"""What a noun is (under the key ``""``) and what each of its keys means. What a noun inherits is found
with its parents; the keys of a mapping that are declared one by one stand under `Mapping`."""


def json_schema(
    noun: Any, meanings: Meanings, mode: Literal["validation", "serialization"]
) -> dict[str, Any]:
    """The schema of what a file may hold of a noun (validation), or of what is said of it (serialization).

    No unknown keys; in what is said, all keys are there. Raises KeyError for a key without a meaning.
    """
    return _Generator(meanings).generate(TypeAdapter(noun).core_schema, mode)


class _Generator(GenerateJsonSchema):
    """pydantic's generator without its English titles, and as strict as our validators."""

    def __init__(self, meanings: Meanings) -> None:
        super().__init__()
        self.meanings = meanings

    def _meaning(self, noun: type, key: str) -> str:
        for each in noun.__mro__:
            if meaning := self.meanings.get(each, {}).get(key):
                return meaning
        raise KeyError(f"{noun.__name__}.{key} has no meaning")

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        """A noun: what it is, and what each of its keys means."""
        found = super().dataclass_schema(schema)
        noun = schema["cls"]
        del found["title"]
        found["description"] = self._meaning(noun, "")
        found["properties"] = {
            key: {**value, "description": self._meaning(noun, key)}
            for key, value in found["properties"].items()
        }
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: a key needs a meaning, not its own name again."""
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:
        """What is said has all keys; a file may leave out those with a default."""
        return self.mode == "serialization" or super().field_is_required(field, total)

    def default_schema(self, schema: Any) -> dict[str, Any]:
        """With the default where it says something: empty and absent are the same."""
        found = super().default_schema(schema)
        if self.mode == "serialization" or found.get("default") in (None, [], {}):
            found.pop("default", None)
        return found

    def dict_schema(self, schema: Any) -> dict[str, Any]:
        """A mapping whose keys are of a kind; where they are declared one by one, all are there."""
        keys = self.generate_inner(schema["keys_schema"])
        value = self.generate_inner(schema["values_schema"])
        if "enum" not in keys:
            return {"type": "object", "propertyNames": keys, "additionalProperties": value}
        return {
            "type": "object",
            "properties": {
                key: {**value, "description": self._meaning(Mapping, key)} for key in keys["enum"]
            },
            "required": keys["enum"],
            "additionalProperties": False,
        }

    def str_schema(self, schema: Any) -> dict[str, Any]:
        """Of a day the pattern says how it is written, the format that the calendar has it."""
        found = super().str_schema(schema)
        return {**found, "format": "date"} if schema.get("pattern") == DAY_PATTERN else found

    def float_schema(self, schema: Any) -> dict[str, Any]:
        """With bounds as people write them, in every version of pydantic: 100, not 100.0."""
        found = super().float_schema(schema)
        return {
            key: int(value) if isinstance(value, float) and value.is_integer() else value
            for key, value in found.items()
        }

    def enum_schema(self, schema: Any) -> dict[str, Any]:
        """The words, and what people read for each."""
        said = "、".join(f"{each.value} {each.label}" for each in schema["members"])
        return {"type": "string", "enum": [each.value for each in schema["members"]], "description": said}

    def union_schema(self, schema: Any) -> dict[str, Any]:
        """Whole numbers are numbers."""
        found = super().union_schema(schema)
        kinds = found.get("anyOf", [])
        if {"type": "number"} not in kinds or {"type": "integer"} not in kinds:
            return found
        others = [kind for kind in kinds if kind != {"type": "integer"}]
        return {"anyOf": others} if len(others) > 1 else others[0]

    def decimal_schema(self, schema: Any) -> dict[str, Any]:
        """A number, as JSON has decimals."""
        return {"type": "number"}
