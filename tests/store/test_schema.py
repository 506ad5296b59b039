"""Our validators and pydantic's own TypeAdapter judge alike: both come from the nouns' declarations."""

from typing import Any

import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator
from spoiling import FILES, spoilt

from yzplan.store.layout import PlanFile
from yzplan.store.schema import schema_of, validator

ADAPTERS = {root: TypeAdapter(root) for root, _ in FILES}


def where_wrong(judge: Any, value: Any) -> set[tuple[Any, ...]]:
    try:
        judge.validate_python(value)
    except ValidationError as error:
        return {item["loc"] for item in error.errors()}
    return set()


@pytest.mark.parametrize(("root", "value"), FILES, ids=["tasks.yaml", "units.yaml"])
def test_a_good_file_is_good_to_both(root: type, value: Any) -> None:
    assert where_wrong(validator(root), value) == where_wrong(ADAPTERS[root], value) == set()


@many(200)
@given(data=st.data())
@pytest.mark.parametrize(("root", "value"), FILES, ids=["tasks.yaml", "units.yaml"])
def test_a_spoilt_file_is_spoilt_in_the_same_places_to_both(
    root: type, value: Any, data: st.DataObject
) -> None:
    bad = data.draw(spoilt(value))
    assert where_wrong(validator(root), bad) == where_wrong(ADAPTERS[root], bad)


def test_a_type_that_no_noun_uses_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="no schema for"):
        schema_of(bytes)


def test_validators_are_made_once() -> None:
    assert isinstance(validator(PlanFile), SchemaValidator)
    assert validator(PlanFile) is validator(PlanFile)
