"""The stamp in a paper's file: put in, and read back."""

import json

import pytest
from chance import many
from hypothesis import given
from some_paper import HOSTILE, PAPER, with_texts
from stamps import BULLETIN, DRAFT, stamps

from yzplan.errors import DataError
from yzplan.papers.paper import Stamp
from yzplan.render import paper_answers, papers
from yzplan.render.paper_page import html
from yzplan.render.paper_stamps import stamp_in

FORMATS = {"x.md": papers.markdown, "x.html": html, "x.JSON": paper_answers.json}


def content(name: str, paper: papers.Paper) -> bytes:
    made = FORMATS[name](paper)
    return made if isinstance(made, bytes) else made.encode()


@pytest.mark.parametrize("name", FORMATS)
@many(50)
@given(stamps())
def test_the_stamp_of_a_file_is_that_of_its_paper(name: str, stamp: Stamp) -> None:
    paper = PAPER._replace(stamp=stamp)
    if stamp.is_draft:
        with pytest.raises(DataError, match="这是草稿，不能重印"):
            stamp_in(content(name, paper), name)
    else:
        assert stamp_in(content(name, paper), name) == stamp


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", [*HOSTILE, '<meta name="yzplan" content="{}">', "<!-- yzplan: {} -->"])
def test_data_are_no_stamp(name: str, text: str) -> None:
    assert stamp_in(content(name, with_texts(text)), name) == BULLETIN
    odd = PAPER._replace(stamp=Stamp(**{**_fields(BULLETIN), "document_number": text}))
    assert stamp_in(content(name, odd), name) == odd.stamp


def _fields(stamp: Stamp) -> dict[str, object]:
    return {name: getattr(stamp, name) for name in stamp.__dataclass_fields__}


@pytest.mark.parametrize("name", FORMATS)
def test_an_editor_may_add_a_bom_and_lines(name: str) -> None:
    spoilt = b"\xef\xbb\xbf" + content(name, PAPER).replace(b"\n", b"\r\n") + b"\r\n\r\n"
    assert stamp_in(spoilt, name) == BULLETIN


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.txt", "甲", "x.txt 不带文稿的印记，不能据它重印"),
        ("x", "甲", "x 不带文稿的印记，不能据它重印"),
        ("x.md", "", "x.md 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.md", "<!-- yzplan: {} -->\n甲", "x.md 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.md", "甲\n<!-- yzplan: {} -->", "文稿里的印记用不了：键或值不对"),
        ("x.html", "<p>甲</p>", "x.html 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.html", "<![甲", "x.html 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.html", '<meta name="yzplan" content="{}">', "文稿里的印记用不了：键或值不对"),
        ("x.html", '<meta name="yzplan" content="">', "文稿里的印记用不了：不是 JSON"),
        ("x.json", "{", "x.json 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.json", "[" * 100_000, "x.json 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.json", "[]", "x.json 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去"),
        ("x.json", '{"stamp": null}', "文稿里的印记用不了：键或值不对"),
    ],
)
def test_a_file_that_is_no_paper(name: str, text: str, message: str) -> None:
    with pytest.raises(DataError) as told:
        stamp_in(text.encode(), name)
    assert told.value.message == message
    assert told.value.hint


def test_a_file_that_is_no_text() -> None:
    with pytest.raises(DataError, match=r"x\.md 不是 UTF-8 文字，不是本程序出的文稿"):
        stamp_in("永州".encode("gbk"), "x.md")


@pytest.mark.parametrize("name", FORMATS)
def test_a_stamp_that_was_edited_by_hand(name: str) -> None:
    spoilt = content(name, PAPER).replace(b"2022Q3", b"2022Q7")
    with pytest.raises(DataError, match="文稿里的印记用不了：键或值不对"):
        stamp_in(spoilt, name)


def test_json_has_the_whole_stamp() -> None:
    assert json.loads(paper_answers.json(PAPER._replace(stamp=DRAFT)))["stamp"]["revision"] is None
