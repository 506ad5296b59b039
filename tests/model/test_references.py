"""References and fingerprints (DESIGN §2): fixed, because people quote them and corrections point to them.

The canonical form is written out here once more by hand, so that a change of one side is seen.
"""

import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from plans import day, extension, extension_retraction, month, record, retraction, shipped

from yzplan.model import Extension, ProgressRecord, facts, fingerprint

UNIT = "市税务局"

PLAIN = record("2022-08-03", "done", UNIT)
FULL = record(
    "2022-08-03",
    "done",
    UNIT,
    completed_on="2022-07-28",
    percent=100,
    note="模拟：全部办结",
    problem="模拟：无",
    evidence=("永税发〔2022〕12号", "模拟台账"),
    measured={"网上办理占比": 82, "办理时间": 0.5},
    by="李某",
    source="电话",
)
QUOTED = record("2022-08-03", "blocked", UNIT, note='模拟“引号”"半角"\\斜线/𠮷')
CORRECTION = ProgressRecord(date=day("2022-08-05"), unit=UNIT, retracts="3f9a2c1b", note="模拟更正：报错了")
POSTPONED = Extension(
    from_=month("2022-07"),
    to=month("2022-10"),
    approved_on=day("2022-07-20"),
    reason="模拟：省级平台未到位",
    document="模拟〔2022〕1号",
)
LATE_PAPER = Extension(
    to=month("2022-10"), approved_on=day("2022-07-20"), recorded_on=day("2022-08-01"), reason="模拟"
)
WITHDRAWN = Extension(approved_on=day("2022-07-25"), reason="模拟更正", retracts="3f9a2c1b")

VECTORS = [
    pytest.param(
        PLAIN, '{"date":"2022-08-03","status":"done","unit":"市税务局"}', "f79163ab", id="least-record"
    ),
    pytest.param(
        FULL,
        '{"by":"李某","completed_on":"2022-07-28","date":"2022-08-03",'
        '"evidence":["永税发〔2022〕12号","模拟台账"],"measured":{"办理时间":0.5,"网上办理占比":82},'
        '"note":"模拟：全部办结","percent":100,"problem":"模拟：无","source":"电话","status":"done",'
        '"unit":"市税务局"}',
        "f5b31727",
        id="fullest-record",
    ),
    pytest.param(
        record("2022-08-03", "in_progress", UNIT, percent=80),
        '{"date":"2022-08-03","percent":80,"status":"in_progress","unit":"市税务局"}',
        "d54014ef",
        id="whole-percent",
    ),
    pytest.param(
        record("2022-08-03", "in_progress", UNIT, percent=80.5),
        '{"date":"2022-08-03","percent":80.5,"status":"in_progress","unit":"市税务局"}',
        "af14c0b2",
        id="broken-percent",
    ),
    pytest.param(
        record("2022-08-03", "in_progress", UNIT, percent=0),
        '{"date":"2022-08-03","percent":0,"status":"in_progress","unit":"市税务局"}',
        "e80fd00f",
        id="nought-percent-says-something",
    ),
    pytest.param(
        QUOTED,
        '{"date":"2022-08-03","note":"模拟“引号”\\"半角\\"\\\\斜线/𠮷","status":"blocked","unit":"市税务局"}',
        "698ee75b",
        id="quotes-and-rare-characters",
    ),
    pytest.param(
        CORRECTION,
        '{"date":"2022-08-05","note":"模拟更正：报错了","retracts":"3f9a2c1b","unit":"市税务局"}',
        "fb269386",
        id="correction",
    ),
    pytest.param(
        POSTPONED,
        '{"approved_on":"2022-07-20","document":"模拟〔2022〕1号","from":"2022-07",'
        '"reason":"模拟：省级平台未到位","to":"2022-10"}',
        "5bc99111",
        id="extension",
    ),
    pytest.param(
        LATE_PAPER,
        '{"approved_on":"2022-07-20","reason":"模拟","recorded_on":"2022-08-01","to":"2022-10"}',
        "ffa238f5",
        id="extension-entered-later",
    ),
    pytest.param(
        WITHDRAWN,
        '{"approved_on":"2022-07-25","reason":"模拟更正","retracts":"3f9a2c1b"}',
        "3e12413d",
        id="extension-corrected",
    ),
]


@pytest.mark.parametrize(("entry", "canonical", "ref"), VECTORS)
def test_a_reference_is_the_hash_of_the_whole_content(
    entry: ProgressRecord | Extension, canonical: str, ref: str
) -> None:
    assert entry.ref == ref
    assert hashlib.sha256(canonical.encode("utf-8")).hexdigest()[:8] == ref


def test_a_fingerprint_is_the_whole_hash() -> None:
    content = [[5, "2022-06", "对新办纳税人实行增值税专用发票电子化。"]]
    canonical = '[[5,"2022-06","对新办纳税人实行增值税专用发票电子化。"]]'
    assert fingerprint(content) == hashlib.sha256(canonical.encode("utf-8")).hexdigest()
    assert fingerprint(content)[:12] == "588b5365c892"


@pytest.mark.parametrize(
    ("one", "same"),
    [
        pytest.param({"percent": 80}, {"percent": 80.0}, id="80-and-80.0"),
        pytest.param({"measured": {"占比": 82}}, {"measured": {"占比": 82.0}}, id="measured-82-and-82.0"),
        pytest.param(
            {"measured": {"甲": 1, "乙": 2}},
            {"measured": {"乙": 2, "甲": 1}},
            id="order-of-what-was-measured",
        ),
        pytest.param({}, {"evidence": (), "measured": {}, "note": None}, id="empty-and-absent"),
    ],
)
def test_the_same_content_has_the_same_reference(one: dict[str, Any], same: dict[str, Any]) -> None:
    assert replace(PLAIN, **one).ref == replace(PLAIN, **same).ref


@pytest.mark.parametrize(
    "change",
    [
        {"date": day("2022-08-04")},
        {"unit": "市财政局"},
        {"status": record("2022-08-03", "verified").status},
        {"completed_on": day("2022-07-27")},
        {"percent": 99},
        {"note": "模拟：全部办结。"},
        {"problem": None},
        {"evidence": ("模拟台账", "永税发〔2022〕12号")},
        {"measured": {"网上办理占比": 82}},
        {"by": "王某"},
        {"source": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_other_content_has_another_reference(change: dict[str, Any]) -> None:
    assert replace(FULL, **change).ref != FULL.ref


def test_facts_are_what_the_file_holds() -> None:
    assert facts(FULL) == {
        "date": "2022-08-03",
        "unit": "市税务局",
        "status": "done",
        "completed_on": "2022-07-28",
        "percent": 100,
        "note": "模拟：全部办结",
        "problem": "模拟：无",
        "evidence": ["永税发〔2022〕12号", "模拟台账"],
        "measured": {"网上办理占比": 82, "办理时间": 0.5},
        "by": "李某",
        "source": "电话",
    }
    assert [*facts(FULL)][:4] == ["date", "unit", "status", "completed_on"]
    assert facts(POSTPONED)["from"] == "2022-07"


def test_a_correction_points_to_a_record_by_its_reference() -> None:
    postponed = extension("2022-10", "2022-07-20")
    assert retraction("2022-08-05", PLAIN).retracts == PLAIN.ref == "f79163ab"
    assert extension_retraction("2022-08-05", postponed).retracts == postponed.ref


def test_a_record_takes_effect_on_its_completion_day_if_it_has_one() -> None:
    assert str(FULL.effective_on) == "2022-07-28"
    assert str(PLAIN.effective_on) == "2022-08-03"


def test_an_extension_is_known_from_when_it_was_recorded() -> None:
    assert str(POSTPONED.known_on) == "2022-07-20"
    assert str(LATE_PAPER.known_on) == "2022-08-01"


def test_references_are_hex_digits() -> None:
    assert all(re.fullmatch("[0-9a-f]{8}", vector.values[0].ref) for vector in VECTORS)
    assert all(re.fullmatch("[0-9a-f]{12}", indicator.wording) for indicator in shipped().indicators)
