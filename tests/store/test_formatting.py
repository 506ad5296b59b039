"""The one layout: whatever a hand wrote comes to it, with every fact and every comment. All of it is 模拟."""

import re
from pathlib import Path
from typing import Any

import hands
import pytest
from chance import few
from hypothesis import given
from hypothesis import strategies as st
from rewriting import Rewriter
from tiny import TASKS, UNITS, rendered

from yzplan.model import Register, facts
from yzplan.store.canonical import canonical_lines
from yzplan.store.comments import comments_of
from yzplan.store.formatting import formatted
from yzplan.store.layout import PlanFile
from yzplan.store.reading import Document, read
from yzplan.store.source import decode_source

DATA = Path(__file__).parents[2] / "data"


def document(text: str) -> Document:
    found = read(decode_source(text.encode(), "tasks.yaml"))
    assert rendered(found.problems) == ""
    return found


def root_of(value: Any) -> type:
    return PlanFile if "plan" in value else Register


def neat(text: str) -> str:
    """A text in the one layout."""
    found = document(text)
    return formatted(found, root_of(found.value))


def bare(text: str) -> list[str]:
    """The lines of a formatted text without its comments and blank lines."""
    lines = (
        re.sub(r"  # ?注.*", "", line) for line in text.splitlines() if not line.lstrip().startswith("#")
    )
    return [line for line in lines if line]


# --- any hand


def check(seed: int, value: Any, *, shuffling: bool) -> None:
    hand = Rewriter(seed, value, shuffling=shuffling)
    found = document(hand.text)
    assert found.value == value
    assert [comment.text for comment in comments_of(found.source.text)] == hand.remarks
    text = formatted(found, root_of(value))
    again = document(text)
    assert again.value == value
    kept = [comment.text for comment in comments_of(text)]
    assert sorted(kept) == sorted(hand.remarks)
    if not shuffling:
        assert kept == hand.remarks
    assert formatted(again, root_of(value)) == text
    canonical = canonical_lines(value, root_of(value))
    assert bare(text) == [line for line in canonical if line]
    newline = "\r\n" if "\r\n" in hand.text else "\n"
    plain = Rewriter(seed, value, remarking=False).text
    newline = "\r\n" if "\r\n" in plain else "\n"
    assert neat(plain) == "".join(line + newline for line in canonical)


@st.composite
def values(draw: st.DrawFn) -> Any:
    """What stands in a file: the tiny plan with any reports, or its units with any notes."""
    if draw(st.booleans()):
        value = document(UNITS).value
        for entry in (*value["units"], *value["groups"]):
            if note := draw(st.none() | hands.some_note):
                entry["note"] = note
        return value
    value = document(TASKS).value
    for indicator in value["indicators"]:
        for task in indicator["tasks"]:
            for key, entries in (("extensions", hands.extensions()), ("progress", hands.records(task["id"]))):
                if said := draw(st.lists(entries, max_size=3)):
                    task[key] = [facts(entry) for entry in said]
    return value


@pytest.mark.usefixtures("yaml_loader")
@few(60)
@given(seed=st.integers(0, 2**32), value=values(), shuffling=st.booleans())
def test_whatever_a_hand_wrote(seed: int, value: Any, shuffling: bool) -> None:
    check(seed, value, shuffling=shuffling)
