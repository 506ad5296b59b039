"""Walking a JSON Schema."""

from collections.abc import Iterator
from typing import Any


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas of objects with keys of their own within a schema."""
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def explanations(schema: Any) -> list[str]:
    """What is said of each such object, and of each of its keys."""
    return [
        text
        for each in objects(schema)
        for text in (each["description"], *(part["description"] for part in each["properties"].values()))
    ]
