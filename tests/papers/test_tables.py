"""How tasks are named in tables of papers."""

from types import SimpleNamespace

import pytest

from yzplan.papers.tables import NUMBER, TASK, gist_of, table

NOTE = "任务文字以“……”结尾的是摘要，全文见方案附件。"


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("模拟任务", "模拟任务"),
        ("模" * 40, "模" * 40),
        ("模" * 41, "模" * 38 + "……"),
        ("模拟甲，模拟乙；" + "模" * 40, "模拟甲，模拟乙……"),
        ("模" * 35 + "2022年" + "模" * 20, "模" * 35 + "……"),
        ("，" + "模" * 50, "，" + "模" * 37 + "……"),
    ],
)
def test_a_long_text_is_cut_at_the_end_of_a_clause_and_never_within_a_number(text: str, gist: str) -> None:
    assert gist_of(SimpleNamespace(text=text)) == gist


def test_a_table_says_below_that_texts_are_cut_if_any_is() -> None:
    short, long = SimpleNamespace(id=1, text="模拟任务"), SimpleNamespace(id=2, text="模拟任务，" + "模" * 40)

    assert table("清单", [short], (NUMBER, TASK), "另注。").note == "另注。"
    assert table("清单", [short, long], (NUMBER, TASK), "另注。").note == "另注。" + NOTE
