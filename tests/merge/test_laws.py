"""What holds of every merge of ledgers, whatever both sides did. Plans, units and reports are 模拟."""

import re
from collections import Counter

from chance import many
from hands import comments, files, some_entry
from hypothesis import assume, given
from hypothesis import strategies as st
from sides import BASE, Act, acts, appends, done, entries, ledgers, merged, recorded, remarks
from tables import is_only_added_to
from tiny import UNITS, edited

from yzplan.errors import DataError
from yzplan.merge.files import merge
from yzplan.store.appending import Entry
from yzplan.store.reading import read
from yzplan.store.source import Source


@many(60)
@given(acts, acts)
def test_it_is_the_same_for_both_sides(one: list[Act], other: list[Act]) -> None:
    ours, theirs = done(BASE, one), done(BASE, other)

    assert merged(BASE, ours, theirs) == merged(BASE, theirs, ours)


@many(40)
@given(acts, acts)
def test_what_was_merged_once_changes_nothing_when_merged_again(one: list[Act], other: list[Act]) -> None:
    ours, theirs = done(BASE, one), done(BASE, other)

    union = merged(BASE, ours, theirs)

    assert merged(BASE, union, union) == union
    assert merged(ours, union, ours) == union
    assert merged(theirs, union, theirs) == union
    assert merged(ours, ours, union) == union


@many(100)
@given(acts, acts)
def test_each_record_that_no_side_took_out_is_there_once(one: list[Act], other: list[Act]) -> None:
    base, ours, theirs = (recorded(text) for text in (BASE, done(BASE, one), done(BASE, other)))

    found = recorded(merged(BASE, done(BASE, one), done(BASE, other)))

    taken_out = (base - ours) + (base - theirs)
    assert found == Counter({each: 1 for each in ours | theirs if each not in taken_out})


def agree(one: str, other: str) -> bool:
    """Whether what both hold stands in the same order in both."""
    pairs = [(entries(one, *ledger), entries(other, *ledger)) for ledger in ledgers()]
    return all(
        [each for each in ours if each in theirs] == [each for each in theirs if each in ours]
        for ours, theirs in pairs
    )


@many(60)
@given(appends, appends)
def test_records_only_come_in_and_stay_in_the_order_of_their_days(one: list[Act], other: list[Act]) -> None:
    ours, theirs = done(BASE, one), done(BASE, other)

    # Where they disagree on an order, one has to give way.
    assume(agree(ours, theirs))

    union = merged(BASE, ours, theirs)

    assert is_only_added_to(ours, union)
    assert is_only_added_to(theirs, union)
    for task, name in ledgers():
        days = [entry.known_on for entry in entries(union, task, name)]
        assert days == sorted(days)


@many(60)
@given(appends, appends, appends)
def test_clones_that_merge_in_another_order_hold_the_same_bytes(
    one: list[Act], other: list[Act], third: list[Act]
) -> None:
    first, second, last = (done(BASE, each) for each in (one, other, third))
    # What was recorded in another order here and there has none of its own.
    assume(agree(first, second) and agree(second, last) and agree(first, last))

    assert merged(BASE, merged(BASE, first, second), last) == merged(BASE, first, merged(BASE, second, last))


@many(60)
@given(acts, acts)
def test_the_comments_of_both_sides_stay_each_of_them_once(one: list[Act], other: list[Act]) -> None:
    def stay(acts: list[Act]) -> list[Act]:
        # With a record its comments go.
        return [act for act in acts if act.entry or act.remark]

    ours = done(BASE, stay(one))
    theirs = done(BASE, [act._replace(remark=act.remark and f"另{act.remark}") for act in stay(other)])

    found = remarks(merged(BASE, ours, theirs))

    assert found == remarks(ours) | remarks(theirs)


@many(40)
@given(files(), st.lists(some_entry, min_size=1, max_size=2), st.lists(some_entry, min_size=1, max_size=2))
def test_a_hand_written_file_is_merged(written: bytes, one: list[Entry], other: list[Entry]) -> None:
    base = written.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    # What stands there twice is merged to one, and the comments of the other go.
    assume(max(recorded(base).values(), default=1) == 1)
    try:
        ours, theirs = (
            done(base, [Act(entry.task, entry.record) for entry in side]) for side in (one, other)
        )
    except DataError:
        return  # It is written in brackets.

    found = merged(base, ours, theirs)

    assert recorded(found) == recorded(ours) | recorded(theirs)
    assert sorted(comments(found)) == sorted(comments(base))


FACTS = ("deadline", "text", "leader", "lead_unit")
some_fact = st.tuples(
    st.integers(1, 3), st.sampled_from(FACTS), st.sampled_from([None, "2022-10", "2022-11", "2022-12"])
)


def with_facts(text: str, changes: list[tuple[int, str, str | None]]) -> str:
    """The text with some facts of tasks changed, or taken out."""
    for task, key, value in changes:
        head, start, rest = text.partition(f"  - id: {task}\n")
        # Those of the tasks below stay as they are.
        own = rest.splitlines(keepends=True)
        end = next((k for k, line in enumerate(own) if line.startswith(("- id", "  - id"))), len(own))
        lines = [line for line in own[:end] if not line.startswith(f"    {key}: ")]
        place = sum(
            line.startswith(tuple(f"    {each}: " for each in FACTS[: FACTS.index(key)])) for line in lines
        )
        if value:
            lines.insert(place, f"    {key}: {value}\n")
        text = head + start + "".join(lines + own[end:])
    return text


def facts_of(text: str) -> dict[tuple[int, str], object]:
    value = read(Source("", b"", text)).value
    tasks = [task for indicator in value["indicators"] for task in indicator["tasks"]]
    return {(task["id"], key): task.get(key) for task in tasks for key in FACTS}


@many(100)
@given(st.lists(some_fact, max_size=4), st.lists(some_fact, max_size=4))
def test_each_fact_is_merged_on_its_own(
    one: list[tuple[int, str, str | None]], other: list[tuple[int, str, str | None]]
) -> None:
    ours, theirs = with_facts(BASE, one), with_facts(BASE, other)

    found = merge(BASE.encode(), ours.encode(), theirs.encode())

    base, mine, others = facts_of(BASE), facts_of(ours), facts_of(theirs)
    contradicted = {
        each for each in base if mine[each] != others[each] and base[each] not in (mine[each], others[each])
    }
    assert found.conflicts == len(contradicted)
    resolved = re.sub("<{7}.*\n((?:.*\n)*?)={7}\n(?:.*\n)*?>{7}.*\n", r"\1", found.content.decode())
    assert facts_of(resolved) == {
        each: others[each] if mine[each] == base[each] else mine[each] for each in base
    }


some_names = st.sets(st.sampled_from(["甲局", "模拟甲", "老甲", "大甲", "小甲"]))
some_emails = st.sets(st.sampled_from(["a@x.cn", "b@x.cn", "c@x.cn"]))
some_units = st.sets(st.sampled_from(["市模拟新局", "市模拟己局", "市模拟庚局"]))
some_register = st.tuples(some_names, some_emails, some_units)
Names = tuple[set[str], set[str], set[str]]


def register(aliases: set[str], emails: set[str], units: set[str]) -> str:
    """A units.yaml with these aliases of its first unit, these authors, and these units more."""
    county = "- name: 模拟东县\n"
    text = edited(
        UNITS,
        ("  aliases: [甲局, 模拟甲]\n", f"  aliases: [{', '.join(sorted(aliases))}]\n" if aliases else ""),
        (county, "".join(f"- name: {each}\n  kind: 市直部门\n" for each in sorted(units)) + county),
    )
    return text + ("authors:\n" if emails else "") + "".join(f"  {each}: office\n" for each in sorted(emails))


@many(60)
@given(some_register, some_register, some_register)
def test_the_register_keeps_what_no_side_took_out(base: Names, ours: Names, theirs: Names) -> None:
    first, *sides = (register(*each) for each in (base, ours, theirs))

    found = merged(first, *sides)

    value = read(Source("", b"", found)).value
    aliases, emails, units = (
        (mine | others) - (old - (mine & others))
        for old, mine, others in zip(base, ours, theirs, strict=True)
    )
    assert {*value["units"][0].get("aliases", [])} == aliases
    assert {*value.get("authors", {})} == emails
    assert {unit["name"] for unit in value["units"]} == units | {
        unit["name"] for unit in read(Source("", b"", UNITS)).value["units"]
    }
    assert found == merged(first, *reversed(sides))
