"""How facts are worded for people. All facts here are 模拟, except where the plan's own are asked for."""

import pytest
from plans import shipped

from yzplan.model import Target
from yzplan.query.reports import chains
from yzplan.render.columns import percent_text, responsible_text, spans
from yzplan.render.details import entry_text, target_text


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([7], "7"), ([1, 2, 3], "1–3"), ([1, 3, 5, 6, 7], "1、3、5–7"), ([72, 73], "72–73")],
)
def test_spans(numbers: list[int], text: str) -> None:
    assert spans(numbers) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (0, "0%"), (80, "80%"), (12.5, "12.5%"), (100.0, "100%")]
)
def test_percents(value: float | None, text: str) -> None:
    assert percent_text(value) == text


def test_responsible_units_read_as_the_table_prints_them() -> None:
    said = {row.name: responsible_text(row) for row in chains(shipped())}
    assert said["跨境贸易"] == "永州海关、市税务局等市直相关单位，各县市区政府"
    assert said["政务服务"] == "市直相关单位，各县市区政府"


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Target(metric="甲", op=">=", value=80, unit="%", quote="x"), "甲 ≥80%"),
        (Target(metric="甲", op="<=", value=0.5, unit="个工作日", quote="x"), "甲 ≤0.5个工作日"),
        (Target(metric="甲", op="=", value=0, unit="元", scope="新办", quote="x"), "甲 =0元（新办）"),
        (
            Target(metric="甲", op=">=", value=5, unit="个", scope="乙", soft=True, caveat="丙", quote="x"),
            "甲 ≥5个（乙；弹性；口径：丙）",
        ),
    ],
)
def test_targets(target: Target, text: str) -> None:
    assert target_text(target) == text


def test_every_target_of_the_plan_can_be_worded() -> None:
    texts = [target_text(target) for task in shipped().tasks for target in task.targets]
    assert len(texts) > 100
    assert not any("None" in text for text in texts)


def test_ledger_entries_are_worded_with_their_reference_first() -> None:
    entry = {
        "date": "2022-08-03",
        "unit": "模拟局",
        "status": "done",
        "completed_on": "2022-07-28",
        "percent": 12.5,
        "evidence": ["甲", "乙"],
        "measured": {"丙": 1234567, "丁": 0.5},
        "ref": "3f9a2c1b",
        "retracted": False,
    }
    said = (
        "3f9a2c1b 2022-08-03 模拟局 已报完成 完成日：2022-07-28 12.5% 佐证：甲、乙 实测：丙 1234567、丁 0.5"
    )
    assert entry_text(entry) == said


def test_an_entry_that_was_taken_back_says_so() -> None:
    entry = {"approved_on": "2022-07-20", "to": "2022-10", "ref": "3f9a2c1b", "retracted": True}
    assert entry_text(entry) == "3f9a2c1b 批准日：2022-07-20 新时限：2022-10（已更正，不再有效）"
