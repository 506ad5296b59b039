"""json, jsonl, csv and tsv."""

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass

import pytest
from sample import Row, sample

from yzplan.assess import Standing
from yzplan.model import Month, Status
from yzplan.render.machine import (
    json_bytes,
    listing_csv,
    listing_json,
    listing_jsonl,
    listing_tsv,
    plain_value,
)


@dataclass
class Fact:
    month: Month
    day: dt.date | None
    parts: tuple[Status, ...]


def test_nouns_become_plain_values() -> None:
    fact = Fact(month=Month(2022, 7), day=dt.date(2022, 7, 31), parts=(Status.DONE,))
    assert plain_value(fact) == {"month": "2022-07", "day": "2022-07-31", "parts": ["done"]}
    assert plain_value({"a": [fact], 2: None, "c": 1.5, "d": True}) == {
        "a": [plain_value(fact)],
        "2": None,
        "c": 1.5,
        "d": True,
    }
    assert type(plain_value(Standing.LATE)) is str


def test_json_is_readable_and_ends_with_a_line_feed() -> None:
    assert json_bytes({"名": "值"}) == '{\n  "名": "值"\n}\n'.encode()


def test_lists_have_facts_and_no_digests_unless_asked_for() -> None:
    rows = (Row(1, "甲", "十"),)
    assert json.loads(listing_json(sample(*rows))) == [{"id": 1, "text": "甲", "amount": "十"}]
    asked = sample(*rows, chosen=("both", "id"))
    assert json.loads(listing_json(asked)) == [{"both": "1：十", "id": 1}]
    assert listing_tsv(asked).decode() == "both\tid\n1：十\t1\n"


def test_empty_lists() -> None:
    assert listing_json(sample()) == b"[]\n"
    assert listing_jsonl(sample()) == b""
    assert listing_tsv(sample()).decode() == "id\ttext\tamount\n"


def test_jsonl_is_one_object_a_line() -> None:
    lines = listing_jsonl(sample(Row(1, "甲\n乙"), Row(2, "丙"))).decode().split("\n")
    assert [json.loads(line)["text"] for line in lines[:-1]] == ["甲\n乙", "丙"]
    assert lines[-1] == ""


def test_csv_begins_with_a_bom_and_quotes_what_must_be() -> None:
    raw = listing_csv(sample(Row(1, '甲,"乙"\n丙', "十")))
    assert raw == '\ufeff序号,内容,数量\r\n1,"甲,""乙""\n丙",十\r\n'.encode()
    [row] = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert row["内容"] == '甲,"乙"\n丙'


@pytest.mark.parametrize(
    "formula", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋86", "－1", "＠SUM"]
)
def test_a_spreadsheet_is_given_no_formula(formula: str) -> None:
    text = listing_csv(sample(Row(1, formula))).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["内容"] == f"'{formula}"


def test_dates_and_numbers_stay_as_they_are_in_csv() -> None:
    assert b"2022-07,80%\r\n" in listing_csv(sample(Row(1, "2022-07", "80%")))
