"""Breaking lines of Chinese text."""

import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from yzplan.render.wrapping import clipped, paragraphs, width_of, wrapped

OPENING = "“‘《〈（【〔"
CLOSING = "，。、；：？！”’》〉）】〕…％"

texts = st.text(alphabet=f"推行网办一件事 {OPENING}{CLOSING}abcXYZ0123456789%-/", max_size=80)
phrases = st.from_regex(r"[“（《]?[推行网]([a-z]{1,3}|[0-9]{1,3})?[办一项][，。”）》]?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("一二三四五", 10, ["一二三四五"]),
        ("一二三四五六", 10, ["一二三四五", "六"]),
        ("一二三四五，六", 10, ["一二三四", "五，六"]),
        ("一二三四（五六）", 10, ["一二三四", "（五六）"]),
        ("一二三四“五”六", 10, ["一二三四", "“五”六"]),
        ("共 121 项，应完成", 8, ["共 121", "项，应完", "成"]),
        ("截至 2022-08-01，只算", 14, ["截至", "2022-08-01，只", "算"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("一二三", 1, ["一", "二", "三"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@many(200)
@given(texts, st.integers(4, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert lines
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@many(200)
@given(st.lists(phrases, max_size=20), st.integers(10, 30))
def test_marks_stay_with_their_words(phrases: list[str], width: int) -> None:
    """行首禁则、行尾禁则: no line begins with a closing mark or ends with an opening one."""
    for line in wrapped("".join(phrases), width):
        assert not line.startswith(tuple(CLOSING))
        assert not line.endswith(tuple(OPENING))


@many(200)
@given(texts, st.integers(4, 40), st.integers(1, 4))
def test_clipped_is_short_and_says_so(text: str, width: int, lines: int) -> None:
    cut = clipped(text, width, lines)
    assert len(cut) <= lines
    assert all(width_of(line) <= width for line in cut)
    whole = wrapped(text, width)
    assert cut == whole or (len(whole) > lines and cut[-1].endswith("…"))


@pytest.mark.parametrize(
    "text", ["一件事", "abc", "“引号”", "24小时", "…", "　", "〔2022〕18号", "Ukey", "×", "≥80%"]
)
def test_widths_are_those_of_terminals(text: str) -> None:
    assert width_of(text) == wcswidth(text)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("台账只增", "不改", "台账只增不改"),
        ("台账，", "yaml", "台账，yaml"),
        ("另存为 UTF-8", "（有没有 BOM 都可以）", "另存为 UTF-8（有没有 BOM 都可以）"),
        ("运行", "`yzplan undo`", "运行 `yzplan undo`"),
        ("git", "diff", "git diff"),
    ],
)
def test_lines_of_a_paragraph_are_joined_as_they_would_be_written(
    above: str, below: str, joined: str
) -> None:
    assert paragraphs(f"{above}\n{below}") == [joined]


def test_paragraphs_and_indented_lines_stay_apart() -> None:
    assert paragraphs("甲\n乙\n\n丙\n  丁\n戊") == ["甲乙", "", "丙", "  丁", "戊"]
