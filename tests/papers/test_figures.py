"""The figures of 月度调度 and 季度通报: those of the commands, of a plain second reckoning, and of the text.

All ledgers are 模拟.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

import naive
import pytest
from chance import few, many
from hypothesis import given
from hypothesis import strategies as st
from plans import month
from random_ledgers import large, plans
from simulated import simulated
from writing import lines_of, stamp, written

from yzplan.model import Month, Period, Plan, number_text
from yzplan.papers.bulletin import bulletin
from yzplan.papers.composing import built_in
from yzplan.papers.dispatch import dispatch
from yzplan.papers.paper import Heading, Paper
from yzplan.query.boards import assessment
from yzplan.query.missing import missing
from yzplan.query.reports import Share, summarize
from yzplan.query.select import Selection, overdue
from yzplan.render.machine import plain_value

BUILDERS = {"dispatch": dispatch, "bulletin": bulletin}
MONTHS = [f"2022-{number:02}" for number in range(5, 13)]
QUARTERS = ["2022Q2", "2022Q3", "2022Q4"]
PERIODS = [*MONTHS, *QUARTERS]
SHIFTS = (-20, 0, 4, 40)
"""How many days after the close a paper is written."""


def close_of(about: str) -> dt.date:
    return Period.from_iso(about).last_day if "Q" in about else month(about).last_day


def paper_on(subject: Plan, about: str, shift: int = 4) -> Paper:
    kind = "bulletin" if "Q" in about else "dispatch"
    written_on = close_of(about) + dt.timedelta(shift)
    asked = stamp(kind, about, written_on=str(written_on), number=7)
    return BUILDERS[kind](subject, asked, built_in(kind))


some_paper = st.tuples(st.sampled_from(PERIODS), st.sampled_from(SHIFTS))


# The same as the commands'


def plainly(share: Share) -> dict[str, Any]:
    return {part.name: getattr(share, part.name) for part in fields(Share)}


@few(3)
@given(seed=st.integers(0, 2**32), about=some_paper)
def test_the_figures_are_those_of_summary_overdue_missing_and_assess(
    seed: int, about: tuple[str, int]
) -> None:
    subject = large(seed)
    paper = paper_on(subject, *about)
    found, asked = paper.facts, paper.stamp.viewpoint
    summary = summarize(subject, asked)
    assert plainly(found.total) == plainly(summary.total)
    assert [*map(plainly, found.indicators)] == [*map(plainly, summary.by_indicator)]
    assert [*map(plainly, found.leads)] == [*map(plainly, summary.by_lead)]
    late = [row for row in overdue(subject, Selection(), asked) if not row.warning]
    assert {row.id for row in late} == {row.id for row in (*found.overdue_new, *found.overdue_carried)}
    if paper.stamp.month:
        assert [*found.missing] == missing(subject, Selection(), asked)
    else:
        assert found.assessment == assessment(subject, paper.stamp.period, asked.known_at)
        # What a lead was to do is counted alike in 附件1 and on its board.
        board = {row.unit: (row.due, row.on_time, row.late) for row in found.assessment.boards["lead"]}
        leads = {each.name: (each.due, each.due_on_time, each.late) for each in found.leads}
        assert board == {name: leads[name] for name in board}


# A plain second reckoning


def naively(subject: Plan, close: dt.date, paper: Paper) -> dict[int, naive.Answer]:
    asked = paper.stamp
    return {
        each.id: naive.history(
            subject, each, each.lead_unit, known_at=asked.known_at, today=asked.written_on, only=close
        )[close]
        for each in subject.tasks
    }


def count(answers: list[naive.Answer]) -> dict[str, Any]:
    """What a paper says of some tasks, counted one by one."""
    counted: dict[str, Any] = dict.fromkeys(
        ("total", "due", "due_on_time", "late", "overdue", "warned", "early", "pending", "suspended", "done"),
        0,
    )
    for each in answers:
        counted["total"] += 1
        if each.standing == "suspended":
            counted["suspended"] += 1
        elif each.completed_on and not each.is_due:
            counted["early"] += 1
        elif not each.is_due:
            counted["pending"] += 1
        else:
            counted["due"] += 1
            words = {"on_time": "due_on_time", "late": "late", "overdue": "overdue", "due_soon": "warned"}
            counted[words[each.standing]] += 1
    complete = counted["due_on_time"] + counted["late"]
    counted["done"] = complete + counted["early"]
    counted["rate"] = f"{100 * complete / counted['due'] + 1e-9:.1f}" if counted["due"] else "None"
    return counted


def figures(progress: Any) -> dict[str, Any]:
    names = (
        "total",
        "due",
        "due_on_time",
        "late",
        "overdue",
        "warned",
        "early",
        "pending",
        "suspended",
        "done",
    )
    return {**{name: getattr(progress, name) for name in names}, "rate": str(progress.rate)}


@many(30)
@given(subject=plans(), about=some_paper)
def test_the_figures_agree_with_a_plain_second_reckoning(subject: Plan, about: tuple[str, int]) -> None:
    hold_against_plain_reckoning(subject, *about)


@pytest.mark.parametrize("about", ["2022-07", "2022-09", "2022Q3"])
def test_the_figures_of_a_large_ledger_agree_with_a_plain_second_reckoning(about: str) -> None:
    hold_against_plain_reckoning(large(18), about, 4)


def hold_against_plain_reckoning(subject: Plan, about: str, shift: int) -> None:
    paper = paper_on(subject, about, shift)
    found, close = paper.facts, close_of(about)
    answers = naively(subject, close, paper)
    assert figures(found.total) == count([*answers.values()])
    for lead in found.leads:
        own = [answers[each.id] for each in subject.tasks if each.lead_unit == lead.name]
        assert figures(lead) == count(own)

    length = 3 if "Q" in about else 1
    first = close.month - length + 1
    here = [(close.year, first + number) for number in range(length)]
    after = [next_month(close, number) for number in range(1, length + 1)]
    assert figures(found.due) == count([each for each in answers.values() if each.effective_deadline in here])
    coming = [each for each in answers.values() if each.effective_deadline in after]
    assert figures(found.coming) == count(coming)

    missed = {number for number, each in answers.items() if each.standing == "overdue"}
    new = {number for number in missed if answers[number].effective_deadline >= here[0]}
    assert {row.id for row in found.overdue_new} == new
    assert {row.id for row in found.overdue_carried} == missed - new
    known_at = paper.stamp.known_at
    since = [
        each.id
        for each in subject.tasks
        if each.id in missed
        and naive.completed_after(subject, each, each.lead_unit, known_at=known_at) is not None
    ]
    assert [*found.completed_since] == sorted(since)

    silent: dict[str, list[int]] = {}
    for number in range(first, close.month + 1):
        end = Month(close.year, number).last_day
        if subject.header.issued_on <= end and (length == 1 or end < paper.stamp.written_on):
            for row in naive.missing(subject, end, known_at=known_at):
                silent.setdefault(row.unit, []).append(len(row.missing))
    missed_reports = {row.unit: [row.missed] if length == 1 else [*row.missed] for row in found.missing}
    assert missed_reports == silent

    before = dt.date(close.year, first, 1) - dt.timedelta(1)
    if before < subject.header.issued_on:
        assert found.before is None
    else:
        assert figures(found.before) == count([*naively(subject, before, paper).values()])


def next_month(close: dt.date, number: int) -> tuple[int, int]:
    months = 12 * close.year + close.month - 1 + number
    return months // 12, months % 12 + 1


# The same as in the text


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


def numbers_of(value: Any) -> Iterator[Decimal]:
    """The numbers of an answer in JSON; a list also counts as how many it has."""
    if isinstance(value, dict):
        for item in value.values():
            yield from numbers_of(item)
    elif isinstance(value, list):
        yield Decimal(len(value))
        for item in value:
            yield from numbers_of(item)
    elif isinstance(value, str):
        yield from numbers_in(value)
    elif value is not None and not isinstance(value, bool):
        yield abs(Decimal(number_text(value)))


@pytest.mark.parametrize("about", PERIODS)
def test_every_number_of_a_paper_is_among_its_facts(about: str) -> None:
    for subject in (simulated(), large(7)):
        paper = paper_on(subject, about)
        facts = set(numbers_of(plain_value(paper.facts)))
        # 未完成的按进度的 50% 计 is how a share of 0.5 is said.
        said = {100 * each for each in facts if each < 1}
        of_attachments = {Decimal(number) for number in range(len(paper.attachments) + 1)}
        assert numbers_in(written(paper)) - facts - said - {Decimal(7)} - of_attachments == set()


# Plain Chinese


@many(30)
@given(subject=plans(), about=some_paper)
def test_no_heading_is_empty_and_nothing_is_counted_that_is_not_there(
    subject: Plan, about: tuple[str, int]
) -> None:
    paper = paper_on(subject, *about)
    blocks = [*paper.blocks]
    for block, following in zip(blocks, [*blocks[1:], Heading(1, "", "")], strict=True):
        if isinstance(block, Heading) and isinstance(following, Heading):
            assert following.level > block.level, f"{block.text} says nothing"
    assert all(attachment.blocks for attachment in paper.attachments)
    text = "\n".join(line for block in blocks if not hasattr(block, "rows") for line in lines_of(block))
    assert not re.findall(r"(?<![\d由到])0[项条个家件]", text)
    assert not re.findall(r"[，；、：][，；、：。]|。。|（）|None|[{}]", text)
