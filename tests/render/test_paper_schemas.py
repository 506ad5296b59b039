"""What papers answer as json, held to its schema. Reports are 模拟."""

import dataclasses
import json
import re
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from schemas import explanations, objects
from simulated import simulated
from stamps import BULLETIN, DRAFT, NOTICE

from yzplan.model import Month, Period
from yzplan.papers.assessment import assess
from yzplan.papers.bulletin import bulletin
from yzplan.papers.composing import built_in
from yzplan.papers.dispatch import dispatch
from yzplan.papers.notice import notice
from yzplan.papers.paper import Paper
from yzplan.papers.performance import performance
from yzplan.render import paper_answers
from yzplan.render.answer_schemas import MEANINGS
from yzplan.render.machine import json_bytes
from yzplan.render.paper_differences import differences
from yzplan.render.paper_schemas import FACTS, PAPER_MEANINGS, differences_schema, paper_schema
from yzplan.store import file_schemas
from yzplan.store.json_schema import json_schema


def said(noun: type) -> dict[str, Any]:
    return json_schema(noun, {**file_schemas.MEANINGS, **MEANINGS, **PAPER_MEANINGS}, "serialization")


def problems(schema: dict[str, Any], content: bytes) -> list[str]:
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{each.json_path}: {each.message}" for each in judge.iter_errors(json.loads(content))]


@cache
def issued() -> dict[str, list[Paper]]:
    plan = simulated()
    monthly = dataclasses.replace(NOTICE, paper="dispatch", unit=None, form=None)
    running = dataclasses.replace(monthly, month=Month(2022, 10), revision=None)
    yearly = dataclasses.replace(BULLETIN, paper="assess", period=Period(2022))
    listed = dataclasses.replace(yearly, paper="performance")
    units = [plan.tasks[0].lead_unit, plan.tasks[0].responsible_units[0]]
    return {
        "dispatch": [dispatch(plan, stamp, built_in("dispatch")) for stamp in (monthly, running)],
        "bulletin": [bulletin(plan, stamp, built_in("bulletin")) for stamp in (BULLETIN, DRAFT)],
        "assess": [assess(plan, yearly, built_in("assess"))],
        "performance": [performance(plan, listed, built_in("performance"))],
        "notice": [
            notice(plan, dataclasses.replace(NOTICE, unit=unit, form=None), built_in("notice"))
            for unit in units
        ],
    }


@pytest.mark.parametrize("name", FACTS)
def test_an_answer_is_as_its_schema_says(name: str) -> None:
    for paper in issued()[name]:
        assert problems(paper_schema(FACTS[name], said), paper_answers.json(paper)) == []


def test_differences_are_as_their_schema_says() -> None:
    found = differences(*issued()["bulletin"])
    assert found
    assert problems(differences_schema(said), json_bytes(found)) == []


@pytest.mark.parametrize(
    "schema", [*(paper_schema(facts, said) for facts in FACTS.values()), differences_schema(said)]
)
def test_every_key_is_required_and_explained_in_chinese(schema: dict[str, Any]) -> None:
    for each in objects(schema):
        assert each["additionalProperties"] is False
        assert each["properties"].keys() - {*each["required"]} <= {"part"}
    assert [text for text in explanations(schema) if not re.search("[一-鿿]", text)] == []


def test_no_explanation_is_of_a_key_that_is_gone() -> None:
    schemas = [*(paper_schema(facts, said) for facts in FACTS.values()), differences_schema(said)]
    texts = {text for schema in schemas for text in explanations(schema)}
    assert [text for noun in PAPER_MEANINGS.values() for text in noun.values() if text not in texts] == []
