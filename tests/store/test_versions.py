"""What differs between two versions, found by cutting, is what a full reading finds. All of it is 模拟."""

import re
from collections.abc import Mapping
from typing import Any

import hands
import pytest
import yaml
from chance import few
from hypothesis import given
from hypothesis import strategies as st
from tiny import TASKS, UNITS, edited

from yzplan.errors import DataError
from yzplan.model import SupervisionEntry, facts
from yzplan.model.changes import AnyEntry, EntryChange, FactChange, Subject
from yzplan.store.pieces import HEAD, IrregularError, cut
from yzplan.store.reading import read
from yzplan.store.source import decode_source
from yzplan.store.versions import EMPTY, Version, compare

RECORD = """\
    - date: 2022-08-20
      unit: 市模拟甲局
      status: done
"""
LAST = "      measured: {办理时限: 0.5}\n"


def version(tasks: str | bytes = TASKS, units: str = UNITS, like: Version | None = None) -> Version:
    return Version.of(tasks.encode() if isinstance(tasks, str) else tasks, units.encode(), like)


def told(before: Version, after: Version) -> list[object]:
    """The differences, entries as their facts."""
    return [
        (change.task, *(each and facts(each) for each in change[1:]))
        if isinstance(change, EntryChange)
        else change
        for change in compare(before, after)
    ]


def in_full(content: bytes) -> dict[int, list[Any]]:
    """The entries of each task, by a reading of the whole file."""
    value = read(decode_source(content, "tasks.yaml")).value
    return {
        task["id"]: [*(task.get("extensions") or ()), *(task.get("progress") or ())]
        for indicator in value["indicators"]
        for task in indicator["tasks"]
    }


def as_facts(entries: list[AnyEntry]) -> list[Mapping[str, Any]]:
    return [facts(entry) for entry in entries]


# Cutting


@few(40)
@given(content=hands.files(), other=hands.files())
def test_pieces_are_all_of_the_file_and_the_same_however_they_were_cut(content: bytes, other: bytes) -> None:
    try:
        pieces = cut(content)
    except IrregularError:
        return
    assert b"".join(pieces.values()) == content
    try:
        known = cut(other)
    except IrregularError:
        return
    assert cut(content, known) == pieces
    assert cut(content, pieces) == pieces


def test_what_did_not_change_is_the_same_object() -> None:
    before = cut(TASKS.encode())
    after = cut(TASKS.replace(LAST, LAST + RECORD).encode(), before)
    assert [key for key in after if after[key] is not before[key]] == [("task", 2)]
    assert [*after] == [HEAD, ("indicator", 1), ("task", 1), ("task", 2), ("indicator", 2), ("task", 3)]


def test_a_piece_that_only_grew_is_another() -> None:
    before = cut(TASKS.encode())
    after = cut(f"{TASKS}    progress:\n{RECORD}".encode(), before)
    assert [key for key in after if after[key] != before[key]] == [("task", 3)]


# Comparing


@pytest.mark.usefixtures("yaml_loader")
@few(60)
@given(content=hands.files(), other=hands.files())
def test_whatever_hands_wrote(content: bytes, other: bytes) -> None:
    before = version(content)
    after = version(other, like=before)
    had, has = in_full(content), in_full(other)
    for number in had:
        assert as_facts(before.entries(number)) == [_plain(each) for each in had[number]]
    changes = [change for change in compare(before, after) if isinstance(change, EntryChange)]
    for number in {**had, **has}:
        gone = [
            _plain(each)
            for each in had.get(number, [])
            if _plain(each) not in map(_plain, has.get(number, []))
        ]
        come = [
            _plain(each)
            for each in has.get(number, [])
            if _plain(each) not in map(_plain, had.get(number, []))
        ]
        mine = [change for change in changes if change.task == number]
        assert [facts(change.before) for change in mine if change.before] == gone
        assert sorted(map(str, (facts(change.after) for change in mine if change.after))) == sorted(
            map(str, come)
        )


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's facts as `facts` gives them."""
    from yzplan.store import decode

    return facts(decode.record(entry) if "unit" in entry else decode.extension(entry))


@few(30)
@given(content=hands.files(), seed=st.integers(0, 2**32))
def test_a_file_is_not_different_from_itself(content: bytes, seed: int) -> None:
    before = version(content)
    assert told(before, version(content)) == []
    assert told(before, version(content.replace(b"\n", b"\r\n") if b"\r" not in content else content)) == []


def test_records_come_go_and_are_altered() -> None:
    before = version()
    more = TASKS.replace(LAST, LAST + RECORD)
    after = version(more, like=before)
    new = {"date": "2022-08-20", "unit": "市模拟甲局", "status": "done"}
    assert told(before, after) == [(2, None, new)]
    assert told(after, before) == [(2, new, None)]
    other = version(
        more.replace("      status: done\n", "      status: blocked\n").replace("percent: 40", "percent: 4")
    )
    assert [
        change[0:1] + tuple(each and each["unit"] for each in change[1:]) for change in told(after, other)
    ] == [
        (2, "市模拟甲局", "市模拟甲局"),
        (2, "模拟东县", "模拟东县"),
        (2, "市模拟甲局", "市模拟甲局"),
    ]


# The office's own ledgers

URGED = """\
- date: 2022-08-05
  measure: urging
  unit: 市模拟甲局
  tasks: [1, 2]
"""
CLOSED = """\
# 已核
- date: 2022-08-25
  closes: '{ref}'
"""
RANKED = """\
- date: 2023-01-06
  period: '2022'
  indicator: 2
  rank: 12
  of: 14
"""
OFFICE = f"{TASKS}\n# 督办\nsupervision:\n{URGED}\nrankings:\n{RANKED}"
FACTS_URGED = {"date": "2022-08-05", "measure": "urging", "unit": "市模拟甲局", "tasks": [1, 2]}
FACTS_RANKED = {"date": "2023-01-06", "period": "2022", "indicator": 2, "rank": 12, "of": 14}


def with_close(text: str = OFFICE) -> str:
    [ref] = (each.ref for each in version(text).entries(None) if isinstance(each, SupervisionEntry))
    return edited(text, (URGED, URGED + CLOSED.format(ref=ref)))


def test_entries_of_the_office_come_go_and_are_altered() -> None:
    before, after = version(), version(OFFICE)
    assert told(before, after) == [(None, None, FACTS_URGED), (None, None, FACTS_RANKED)]
    assert told(after, before) == [(None, FACTS_URGED, None), (None, FACTS_RANKED, None)]
    other = version(OFFICE.replace("rank: 12", "rank: 11").replace("tasks: [1, 2]", "tasks: [2]"))
    assert told(after, other) == [
        (None, FACTS_URGED, {**FACTS_URGED, "tasks": [2]}),
        (None, FACTS_RANKED, {**FACTS_RANKED, "rank": 11}),
    ]


def test_only_the_section_that_changed_is_another_object() -> None:
    before = version(OFFICE)
    after = version(with_close(), like=before)
    assert [key for key in after.tasks if after.tasks[key] is not before.tasks[key]] == [("supervision", 0)]
    assert b"".join(after.tasks.values()) == with_close().encode()
    [change] = compare(before, after)
    assert (change.task, change.before) == (None, None)


def test_of_the_office_only_what_is_about_a_task_is_looked_at() -> None:
    before, after = version(), version(with_close())
    assert [len([*compare(before, after, only=task)]) for task in (1, 2, 3)] == [2, 2, 0]
    assert [len([*compare(after, before, only=task)]) for task in (1, 2, 3)] == [2, 2, 0]
    assert len([*compare(version(OFFICE), after, only=2)]) == 1


def test_the_place_of_an_entry_of_the_office() -> None:
    found = version(with_close())
    lines = with_close().splitlines()
    places = {
        ("supervision", 0): ["- date: 2022-08-05", "- date: 2022-08-25"],
        ("rankings", 0): ["- date: 2023-01-06"],
    }
    entries = iter(found.entries(None))
    for key, starts in places.items():
        for start in starts:
            assert found.line_of(key, next(entries)) == lines.index(start) + 1
    assert version().line_of(("rankings", 0)) is None


@pytest.mark.parametrize(
    "hand",
    [
        OFFICE.replace("\nsupervision:\n", "\nsupervision:  # 按日期\n"),
        OFFICE.replace("  unit: 市模拟甲局\n  tasks", '  unit: "市模拟甲局"\n\n  # 牵头\n  tasks'),
        OFFICE.replace("  unit: 市模拟甲局\n  tasks", "  unit: >-\n    市模拟甲局\n  tasks"),
        OFFICE.replace("[1, 2]", "\n  - 1\n  - 2"),
        OFFICE.replace(URGED, "- {date: 2022-08-05, measure: urging, unit: 市模拟甲局, tasks: [1, 2]}\n"),
        OFFICE.replace(URGED + "\n", "").replace("supervision:\n", f"supervision:\n{URGED}"),
        re.sub("(?m)^(?=[- ] ?)", "  ", f"supervision:\n{URGED}rankings:\n{RANKED}") + TASKS,
        f"rankings:\n{RANKED}{TASKS}supervision:\n{URGED}",
        OFFICE.replace("\n", "\r\n"),
        OFFICE[:-1],
    ],
)
def test_sections_by_hand_say_the_same(hand: str) -> None:
    office = version(OFFICE)
    found = version(hand, like=office)
    assert told(office, found) == []
    assert told(version(), version(hand)) == told(version(), office)


@pytest.mark.parametrize(
    ("hand", "said"),
    [
        (OFFICE.replace("urging", "scolding"), "Y105"),
        (OFFICE.replace("  tasks: [1, 2]\n", "  task: 1\n"), "Y101"),
        (OFFICE.replace("supervision:\n", "supervision: 无\n"), "Y008"),
        (OFFICE.replace(URGED, "  督办函\n"), "Y103"),
        (f"{OFFICE}supervision:\n{URGED}", "Y014"),
        (OFFICE.replace("\nrankings:", "\n...\nrankings:"), "Y008"),
        (f"supervisions: []\n{TASKS}", "Y101"),
    ],
)
def test_sections_that_do_not_read_are_refused(hand: str, said: str) -> None:
    for like in (version(OFFICE), None):
        with pytest.raises(DataError) as caught:
            version(hand, like=like)
        assert said in {each.code for each in caught.value.diagnostics}


@pytest.mark.parametrize("empty", ["supervision: []\n", "supervision: []  # 无\n\n# 待补\n"])
def test_a_section_may_be_empty(empty: str) -> None:
    found = version(f"{TASKS}\n{empty}rankings:\n{RANKED}")
    assert told(version(), found) == [(None, None, FACTS_RANKED)]


# Facts


def test_facts_by_their_keys() -> None:
    after = edited(
        TASKS,
        ("  totals: {indicators: 2, tasks: 3}", "  totals: {indicators: 2, tasks: 4}"),
        ("  leader: null\n  lead_unit: 市模拟丙局", "  leader: 模拟市长\n  lead_unit: 市模拟丙局"),
        ("    deadline: 2022-09\n", "    deadline: 2022-10\n"),
        ("[市模拟乙局, 各模拟县区]", "[各模拟县区, 模拟丁公司]"),
        ("    - {printed: 模拟事项, note: 疑为“虚拟事项”；原文保留}\n", ""),
        ("    errata:\n", ""),
    )
    units = edited(
        UNITS,
        ("aliases: [甲局, 模拟甲]", "aliases: [模拟甲, 甲局, 甲]"),
        ("- name: 模拟西区\n  kind: 县市区\n", ""),
    )
    assert told(version(), version(after, units)) == [
        FactChange(Subject("plan"), "totals.tasks", 3, 4),
        FactChange(Subject("indicator", 1), "responsible_units", "市模拟乙局", None, is_item=True),
        FactChange(Subject("indicator", 1), "responsible_units", None, "模拟丁公司", is_item=True),
        FactChange(
            Subject("task", 1),
            "errata",
            {"printed": "模拟事项", "note": "疑为“虚拟事项”；原文保留"},
            None,
            is_item=True,
        ),
        FactChange(Subject("task", 2), "deadline", "2022-09", "2022-10"),
        FactChange(Subject("indicator", 2), "leader", None, "模拟市长"),
        FactChange(Subject("unit", "市模拟甲局"), "aliases", None, "甲", is_item=True),
        FactChange(Subject("unit", "模拟西区"), "", {"name": "模拟西区", "kind": "县市区"}, None),
    ]


def test_another_order_of_the_same_items_is_a_change() -> None:
    after = TASKS.replace("[市模拟乙局, 各模拟县区]", "[各模拟县区, 市模拟乙局]")
    [change] = compare(version(), version(after))
    assert change == FactChange(
        Subject("indicator", 1),
        "responsible_units",
        ["市模拟乙局", "各模拟县区"],
        ["各模拟县区", "市模拟乙局"],
    )


def test_all_is_new_where_there_was_nothing() -> None:
    changes = [*compare(EMPTY, version())]
    assert len([change for change in changes if isinstance(change, EntryChange)]) == 3
    assert [change.subject for change in changes if isinstance(change, FactChange)][:3] == [
        Subject("plan"),
        Subject("indicator", 1),
        Subject("task", 1),
    ]
    assert [*compare(version(), EMPTY)]


def test_only_one_task_is_looked_at() -> None:
    after = version(
        TASKS.replace("percent: 40", "percent: 4").replace("deadline: 2022-12", "deadline: 2022-11")
    )
    assert len([*compare(version(), after)]) == 2
    assert [
        change.task for change in compare(version(), after, only=2) if isinstance(change, EntryChange)
    ] == [2]


# Lines that look like others


@pytest.mark.parametrize(
    "note",
    [
        '"一行\n  - id: 3\n    text: x"',
        "'一行\n\n    - date: 2022-01-01\n'",
        ">-\n        一行\n        - date: 2022-01-01",
        "一行\n        - date",
    ],
)
def test_a_text_that_looks_like_a_record_is_none(note: str) -> None:
    text = TASKS.replace("      percent: 40\n", f"      percent: 40\n      note: {note}\n")
    content = text.encode()
    assert yaml.safe_load(text)["indicators"][0]["tasks"][1]["progress"][0]["note"]
    try:
        found = version(content, like=version())
    except DataError:
        return
    assert as_facts(found.entries(2)) == [_plain(each) for each in in_full(content)[2]]
    assert len(found.entries(2)) == 3


def test_a_comment_below_the_key_of_a_ledger_is_above_its_first_record() -> None:
    text = TASKS.replace("    progress:\n", "    progress:\n    # 模拟\n\n")
    found = version(text)
    assert b"".join(found.tasks.values()) == text.encode()
    assert told(version(), found) == []
    assert (
        found.line_of(("task", 2), found.entries(2)[1])
        == text.splitlines().index("    - date: 2022-07-15") + 1
    )


def test_only_a_task_that_cannot_be_cut_is_laid_out_anew() -> None:
    hand = TASKS.replace("      percent: 40\n", "      percent: 40\n      note: >-\n        模拟\n")
    found = version(hand.replace("    text: 年底", "    text:   年底"))
    ours = version(TASKS.replace("      percent: 40\n", "      percent: 40\n      note: 模拟\n"))
    assert told(found, ours) == []
    assert "    text:   年底" in found.tasks["task", 3].decode()
    assert b">-" not in found.tasks["task", 2]
    again = version(hand, like=found)
    assert again.tasks["task", 2] is found.tasks["task", 2]


@pytest.mark.parametrize(
    "hand",
    [
        TASKS.replace("  tasks:\n  - id: 1", "  errata:\n  - id: 1"),
        TASKS.replace("indicators:\n- id: 1", "indicators: 甲\n- id: 1"),
        TASKS.replace("  - id: 3\n", "...\n  - id: 3\n"),
    ],
)
def test_what_is_no_list_of_tasks_is_not_taken_for_one(hand: str) -> None:
    with pytest.raises(DataError):
        version(hand, like=version())


@pytest.mark.parametrize(
    ("tasks", "units", "said"),
    [
        ("<<<<<<< HEAD\n" + TASKS, UNITS, "Y006"),
        (TASKS.replace("percent: 40", "percent: 40\n      percent: 50"), UNITS, "Y014"),
        (TASKS.replace("percent: 40", "per: 40"), UNITS, "Y101"),
        (TASKS.replace("status: done", "status: finished"), UNITS, "Y105"),
        (TASKS, UNITS.replace("kind: closed", "kind: shut"), "Y105"),
        (TASKS, UNITS + "- 甲", "Y103"),
    ],
)
def test_what_does_not_read_is_refused(tasks: str, units: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        version(tasks, units, like=version())
    assert said in {each.code for each in caught.value.diagnostics}


def test_a_number_that_stands_twice_is_refused() -> None:
    with pytest.raises(DataError, match=r"tasks\.yaml 里有重复的编号"):
        version(TASKS.replace("  - id: 3\n", "  - id: 2\n"))


def test_places_are_those_of_the_file() -> None:
    found = version(TASKS.replace(LAST, LAST + "    # 模拟\n" + RECORD))
    lines = TASKS.splitlines()
    assert found.line_of(("task", 2)) == lines.index("  - id: 2") + 1
    assert found.line_of(("task", 2), found.entries(2)[-1]) == lines.index(LAST.rstrip()) + 3
    assert found.line_of(("task", 9)) is None
