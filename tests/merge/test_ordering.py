"""The order of what two sides hold: each side is a row of letters, and `b1` is what happened on day 1."""

import pytest

from yzplan.merge.ordering import merged_order, order_of_days


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("", "", ""),
        ("abc", "abc", "abc"),
        ("abd", "acd", "abcd"),
        ("axyb", "acb", "acxyb"),
        ("za", "b", "bza"),
        ("xab", "abx", None),
    ],
)
def test_each_side_keeps_its_order_and_the_smallest_that_is_free_comes_first(
    ours: str, theirs: str, expected: str | None
) -> None:
    wanted = None if expected is None else [*expected]

    assert merged_order([ours, theirs], str) == wanted
    assert merged_order([theirs, ours], str) == wanted


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param("a1 c2", "b1 d3", "a1 b1 c2 d3", id="by day"),
        pytest.param("z1 a1", "m1", "m1 z1 a1", id="within a day as each side has it"),
        pytest.param("z9 a1", "z9 b5 a1", "z9 b5 a1", id="a side that is in no order keeps its own"),
        pytest.param("a1 z2 b2 c3", "a1 b2 z2", "a1 b2 z2 c3", id="a day of which they disagree, by rank"),
        pytest.param("d9 a1 y1 b1", "a1 d9", "a1 y1 b1 d9", id="days on which they disagree, in order"),
    ],
)
def test_entries_stand_in_the_order_of_days(ours: str, theirs: str, expected: str) -> None:
    for sides in ([ours, theirs], [theirs, ours]):
        order = order_of_days([side.split() for side in sides], lambda each: each[1], lambda each: each[0])
        assert " ".join(order) == expected
