"""Our validators and pydantic's own TypeAdapter judge alike: both come from the nouns' declarations."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator
from tiny import TASKS, UNITS

from yzplan.model import Register
from yzplan.store.layout import PlanFile
from yzplan.store.reading import read
from yzplan.store.schema import Patience, schema_of, validator
from yzplan.store.source import decode_source

RICH = """
    extensions:
    - {from: 2022-07, to: 2022-10, approved_on: 2022-07-20, reason: 模拟：平台未到位, document: 模拟文号}
    progress:
    - date: 2022-08-03
      unit: 市模拟甲局
      status: done
      completed_on: 2022-07-28
      percent: 100
      evidence: [模拟文号]
      measured: {网上办理占比: 82.5}
"""


ASSESSMENT = """\
  assessment:
    on_time: 100
    open_share: 0.5
    weights: {lead: 2, responsible: 1.5}
    adjustments:
    - {date: 2022-08-10, unit: 市模拟甲局, points: -2.5, reason: 模拟, document: 模拟文号}

indicators:
"""


def value_of(text: str) -> Any:
    document = read(decode_source(text.encode(), "模拟.yaml"))
    assert document.problems == []
    return document.value


FILES = [
    (PlanFile, value_of(TASKS.replace("\nindicators:\n", ASSESSMENT).rstrip("\n") + RICH)),
    (Register, value_of(UNITS)),
]
ADAPTERS = {root: TypeAdapter(root) for root, _ in FILES}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def where_wrong(judge: Any, value: Any) -> set[tuple[Any, ...]]:
    try:
        judge.validate_python(value, context=Patience(1000))
    except ValidationError as error:
        return {item["loc"] for item in error.errors()}
    return set()


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3000),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", " x", "x", "2022-07", "2022-13", "2022-07-31", "2022-02-30", "done", "closed", ">=", "a\nb"]
    ),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["id", "name", "x"]), st.integers(0, 3), max_size=2),
)


@pytest.mark.parametrize(("root", "value"), FILES, ids=["tasks.yaml", "units.yaml"])
def test_a_good_file_is_good_to_both(root: type, value: Any) -> None:
    assert where_wrong(validator(root), value) == where_wrong(ADAPTERS[root], value) == set()


@many(200)
@given(data=st.data(), junk=JUNK, act=st.sampled_from(["replace", "remove", "add"]))
@pytest.mark.parametrize(("root", "value"), FILES, ids=["tasks.yaml", "units.yaml"])
def test_a_spoilt_file_is_spoilt_in_the_same_places_to_both(
    root: type, value: Any, data: st.DataObject, junk: Any, act: str
) -> None:
    spoilt = copy.deepcopy(value)
    *way, last = data.draw(st.sampled_from([path for path in places(spoilt) if path]))
    owner = spoilt
    for step in way:
        owner = owner[step]
    if act == "replace":
        owner[last] = junk
    elif act == "remove":
        del owner[last]
    elif isinstance(owner, dict):
        owner["模拟键"] = junk
    else:
        owner.append(junk)
    assert where_wrong(validator(root), spoilt) == where_wrong(ADAPTERS[root], spoilt)


def test_a_type_that_no_noun_uses_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="no schema for"):
        schema_of(bytes)


def test_validators_are_made_once() -> None:
    assert isinstance(validator(PlanFile), SchemaValidator)
    assert validator(PlanFile) is validator(PlanFile)
