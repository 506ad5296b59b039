"""How the columns of a table share its room."""

import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st

from yzplan.office.columns import Setting, fitting, squeezed
from yzplan.papers.paper import Column, Table

PADDING = 140
SIZES = (24, 21)


def table(*columns: tuple[str, int, str]) -> Table:
    """A table of one row: heading, wished width and text of each column."""
    heads = tuple(Column(heading, width) for heading, width, _ in columns)
    return Table("", heads, (tuple(text for _, _, text in columns),))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        # No text needs more than there is: all get more, by what they need.
        ([("甲", 4, "十二"), ("乙", 8, "十二三四五六")], (24, [2 * 1000, 6 * 1000])),
        # What a short column does not need goes to the long one.
        ([("甲", 8, "十二"), ("乙", 8, "十" * 200)], (24, [480, 8000 - 480])),
        # It goes to those that need more by their wishes, and no more than they need.
        ([("甲", 8, "十二"), ("乙", 8, "十" * 10), ("丙", 8, "十" * 200)], (24, [480, 2400, 5120])),
        # Digits need half; between Chinese and digits something is left free.
        ([("甲", 8, "2022年7月"), ("乙", 8, "十" * 200)], (24, [11 * 120, 8000 - 11 * 120])),
        # A heading of five characters is whole.
        ([("一二三四五", 1, "1"), ("乙", 8, "十" * 200)], (24, [1200, 6800])),
        # So is a text of five.
        ([("甲", 1, "一二三四五"), ("乙", 8, "十" * 200)], (24, [1200, 6800])),
        # In a smaller size it goes.
        ([("甲", 18, "十" * 200), ("乙", 18, "十" * 200)], (21, [4000, 4000])),
        # With broken headings it goes.
        ([("一二三四五", 1, "1"), ("乙", 34, "十" * 200)], (21, [525 + 22, 7140 + 313])),
        ([("甲", 39, "十" * 200)], None),
    ],
)
def test_widths(columns: list[tuple[str, int, str]], expected: tuple[int, list[int]] | None) -> None:
    room = 8000 + PADDING * len(columns)
    found = fitting(table(*columns), room, SIZES)
    assert found == (expected and Setting(expected[0], tuple(PADDING + width for width in expected[1])))


@given(
    st.lists(
        st.tuples(st.text("甲1", max_size=9), st.integers(1, 30), st.text("乙2", max_size=60)), min_size=1
    )
)
@many(200)
def test_the_room_is_given_out_to_the_last_twip(columns: list[tuple[str, int, str]]) -> None:
    room = 8844
    found = fitting(table(*columns), room, SIZES)
    for widths in [squeezed(table(*columns), room, 18).widths, *([found.widths] if found else [])]:
        assert sum(widths) == room
        assert min(widths) > PADDING
