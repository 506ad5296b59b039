"""The JSON Schema of the data files judges as the program does, and says in Chinese what each key means."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from chance import many
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as Refusal
from jsonschema.validators import extend
from plans import DATA
from pydantic_core import ValidationError
from schemas import explanations, objects
from spoiling import FILES as VALUES
from spoiling import spoilt, value_of

from yzplan.store.file_schemas import FILES, MEANINGS, file_schema, modeline, schema_path
from yzplan.store.schema import validator


def _pattern(judge: object, pattern: str, value: object, schema: object) -> Iterator[Refusal]:
    """As ECMA-262 has it, and so every editor: `$` is the very end, where Python allows a line feed more."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield Refusal(f"{value!r} does not match {pattern}")


Judge = extend(Draft202012Validator, {"pattern": _pattern})
JUDGES = {
    file.root: Judge(file_schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, file in FILES.items()
}


def accepts(root: type, value: Any) -> bool:
    """Whether the program's own check of the shape finds nothing."""
    try:
        validator(root).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", FILES)
def test_it_is_a_schema_of_the_draft_it_names(name: str) -> None:
    schema = file_schema(name)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("root", "value"), VALUES, ids=["tasks.yaml", "units.yaml"])
def test_a_good_file_is_good_to_both(root: type, value: Any) -> None:
    assert accepts(root, value)
    assert [*JUDGES[root].iter_errors(value)] == []


def has_whole_float(value: Any) -> bool:
    """Whether there is a number like 5.0, which to JSON Schema is an integer and to us is not."""
    if isinstance(value, dict | list):
        return any(map(has_whole_float, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and value.is_integer()


@many(300)
@given(data=st.data())
@pytest.mark.parametrize(("root", "value"), VALUES, ids=["tasks.yaml", "units.yaml"])
def test_a_spoilt_file_is_bad_to_both_or_to_neither(root: type, value: Any, data: st.DataObject) -> None:
    bad = data.draw(spoilt(value))
    assume(not has_whole_float(bad))
    assert JUDGES[root].is_valid(bad) == accepts(root, bad)


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained_in_chinese(name: str) -> None:
    said = [file_schema(name)["title"], *explanations(file_schema(name))]
    assert len(said) > 10
    assert [text for text in said if not re.search("[一-鿿]", text)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_other_keys_are_allowed(name: str) -> None:
    assert all(each["additionalProperties"] is False for each in objects(file_schema(name)))


def test_a_key_without_an_explanation_is_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yzplan.store.file_schemas.MEANINGS", MEANINGS | {FILES["units"].root: {"": "名录"}})
    with pytest.raises(KeyError, match=r"Register\.units has no meaning"):
        file_schema("units")


def test_no_explanation_is_of_a_key_that_is_gone() -> None:
    said = {text for name in FILES for text in explanations(file_schema(name))}
    assert [text for noun in MEANINGS.values() for text in noun.values() if text not in said] == []


@pytest.mark.parametrize("name", FILES)
def test_editors_find_the_schema_by_the_first_line_of_the_file(name: str) -> None:
    assert modeline(name) == f"# yaml-language-server: $schema=schemas/{name}.json\n"
    assert (DATA / f"{name}.yaml").read_text("utf-8").startswith(modeline(name))


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_file_is_as_the_schema_beside_it_says(name: str) -> None:
    schema = json.loads((DATA / schema_path(name)).read_text("utf-8"))
    judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [*judge.iter_errors(value_of((DATA / f"{name}.yaml").read_text("utf-8")))] == []
