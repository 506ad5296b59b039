"""年终考评 and the 绩效考核's table: what they say, and where their figures come from. Reports are 模拟."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import naive
import naive_scoring
import pytest
from chance import many
from founding import unfounded
from goldens import assert_golden
from hypothesis import given
from hypothesis import strategies as st
from plans import HELPER, LEAD, OTHER, plan, record, reported, shipped, task
from random_ledgers import large
from random_scorings import assessed_plans
from simulated import simulated
from writing import stamp, written

from yzplan.errors import RequestError
from yzplan.model import Period, Plan, Task
from yzplan.papers.assessment import assess, assessment_facts
from yzplan.papers.composing import built_in
from yzplan.papers.paper import Paper
from yzplan.papers.performance import performance, performance_facts
from yzplan.query.boards import assessment
from yzplan.query.obligations import obligation_rows
from yzplan.query.performance import performance_rows

REVISION = "3f9a2c1b" * 5


def assessed(subject: Plan, about: str = "2022", written_on: str = "2023-01-05", **asked: Any) -> Paper:
    return assess(subject, stamp("assess", about, written_on=written_on, **asked), built_in("assess"))


def judged(subject: Plan, about: str = "2022", written_on: str = "2023-01-05", **asked: Any) -> Paper:
    asked = {"revision": REVISION, **asked}
    return performance(
        subject, stamp("performance", about, written_on=written_on, **asked), built_in("performance")
    )


def test_a_years_assessment() -> None:
    assert_golden("papers/assess.txt", written(assessed(simulated())))


def test_a_quarter_that_is_not_over() -> None:
    paper = assessed(simulated(), "2022Q3", "2022-09-05")
    assert_golden("papers/assess-trial.txt", written(paper))


def test_the_table_for_the_performance_assessment() -> None:
    assert_golden("papers/performance.txt", written(judged(simulated())))


@pytest.mark.parametrize("make", [assessed, judged])
@pytest.mark.parametrize(
    ("about", "written_on", "message"),
    [
        ("2022Q1", "2022-10-08", "2022年第一季度早于方案印发（2022-05-23），没有情况可说"),
        ("2022Q4", "2022-09-30", "2022年第四季度还没有开始（今天 2022-09-30），没有情况可说"),
        ("2023", "2022-12-31", "2023年度还没有开始（今天 2022-12-31），没有情况可说"),
    ],
)
def test_a_period_before_the_plan_or_not_begun_has_no_paper(
    make: Any, about: str, written_on: str, message: str
) -> None:
    with pytest.raises(RequestError) as error:
        make(simulated(), about, written_on)
    assert error.value.message == message


def test_where_nothing_was_due_nobody_has_a_score() -> None:
    paper = assessed(plan(task(deadline="2022-09")), "2022Q2", "2022-07-05")
    said = written(paper)
    assert "截至2022年6月30日，没有任务到期。以上按牵头单位" in said
    assert "没有到期的任务，各单位均不计分，不是零分。" in said
    assert "市直牵头单位 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | 不适用 | 不适用" in said
    assert "附件2 扣分明细\n没有扣分。\n" in said
    table = judged(plan(task(deadline="2022-09")), "2022Q2", "2022-07-05")
    assert "共5家单位、5个事项（每家单位的每项任务为一个事项），均未到期或中止，不计分。" in written(table)


def test_equal_scores_are_told() -> None:
    done = [record("2022-07-09", "done", unit) for unit in (LEAD, HELPER, OTHER)]
    said = written(assessed(plan(task(progress=done))))
    tied = "得分相同的名次相同，其后名次顺延：县市区第1名2家；市直责任单位第1名2家。"
    assert tied in said
    assert "市直牵头单位1家，得100.00分。" in said
    assert "县市区2家，最高60.00分，最低60.00分。" in said


def test_what_is_uncommitted_has_no_revision() -> None:
    assert "数据版本：【数据尚未提交，没有版本】。" in written(judged(simulated(), revision=None))


def test_the_office_may_want_parts_verified() -> None:
    said = written(assessed(plan(task(), complete="verified")))
    assert "任务经办公室认定才算完成，认定后从报完成之日起算" in said


# Where the figures come from


def test_the_boards_are_those_of_the_command() -> None:
    subject = large(1)
    facts = assess(subject, stamp("assess", "2022", written_on="2023-02-05"), built_in("assess")).facts
    found = assessment(subject, Period(2022), facts.known_at)
    assert (facts.boards, facts.unranked) == (found.boards, found.unranked)
    for row in found.rows:
        explained = obligation_rows(subject, row.unit, _close(subject, facts))
        counted = [each for each in explained if each.points is not None]
        lost = {(each.task, each.why, each.ref) for each in counted if each.points < 100}
        told = {(each.task, each.why, each.ref) for each in facts.deductions.rows if each.unit == row.unit}
        assert told == lost


def _close(subject: Plan, facts: Any) -> Any:
    from yzplan.assess.scoring import close_of

    return close_of(facts.period, facts.known_at)


def test_every_number_that_the_papers_say_is_a_fact() -> None:
    subject = large(2)
    for about, written_on in (("2022", "2023-02-05"), ("2022Q3", "2022-09-10")):
        assert unfounded(assessed(subject, about, written_on)) == set()
        assert unfounded(judged(subject, about, written_on)) == set()


def test_the_shipped_plan_has_2924_parts() -> None:
    rows = performance_rows(shipped(), Period(2022))
    assert len(rows) == 2924
    assert sum(row.role == "lead" for row in rows) == 121
    counties = {unit.name for unit in shipped().register.units if unit.kind in ("县市区", "管理区", "经开区")}
    assert sum(row.unit in counties for row in rows) == 14 * 121
    units = [unit.name for unit in shipped().register.units]
    assert [*dict.fromkeys(row.unit for row in rows)] == units


def test_evidence_is_that_of_the_part_since_its_last_return() -> None:
    before = record("2022-07-01", "done", evidence=("模拟〔2022〕1号",))
    returned = record("2022-07-10", "returned", evidence=("模拟退〔2022〕9号",))
    again = record("2022-07-20", "done", evidence=("模拟〔2022〕2号", "模拟〔2022〕3号"))
    more = record("2022-07-21", "done", evidence=("模拟〔2022〕3号", "模拟〔2022〕4号"))
    later = record("2022-10-02", "done", evidence=("模拟〔2022〕5号",))
    own = record("2022-07-02", "in_progress", HELPER, evidence=("模拟责〔2022〕1号",))
    subject = plan(task(progress=[before, own, returned, again, more, later]))
    found = {row.unit: row.evidence for row in performance_rows(subject, Period(2022, 3))}
    leads = ("模拟〔2022〕2号", "模拟〔2022〕3号", "模拟〔2022〕4号")
    assert (found[LEAD], found[HELPER], found[OTHER]) == (leads, ("模拟责〔2022〕1号",), leads)
    unproved = reported(plan(task(progress=[before])), (1, returned))
    assert performance_rows(unproved, Period(2022, 3))[0].evidence == ()


# Said a second time


def plain_evidence(each: Task, speaker: str, about: Any) -> tuple[str, ...]:
    said = naive.said_of(speaker, naive.known(each, about.known_at).records)
    found: list[str] = []
    for since, entry in said:
        if since > about.as_of:
            continue
        if entry.status == "returned":
            found = []
        else:
            found += [number for number in entry.evidence if number not in found]
    return tuple(dict.fromkeys(found))


def plain_rows(subject: Plan, about: Any) -> Iterator[tuple[Any, ...]]:
    """Every part at the close, by the plain model: unit, task, role, status, points, evidence."""
    for unit in subject.register.units:
        for each, role in naive_scoring.owed(subject, unit.name):
            stood = naive.history(
                subject,
                each,
                unit.name,
                known_at=about.known_at,
                today=naive.IN_THE_END,
                only=about.as_of,
            )[about.as_of]
            is_counted = stood.is_due and stood.status != "suspended"
            points = naive_scoring.points(subject, stood) if is_counted else None
            speaker = each.lead_unit if stood.follows_lead else unit.name
            yield (
                unit.name,
                each.id,
                role,
                stood.status,
                stood.standing,
                points,
                plain_evidence(each, speaker, about),
            )


def with_evidence(subject: Plan) -> Plan:
    """The plan with a document to every report; corrections name the reports by their new references."""
    tasks = []
    for each in subject.tasks:
        new = {
            entry.ref: replace(entry, evidence=(f"模拟〔2022〕{place % 3}号",))
            for place, entry in enumerate(each.progress)
            if not entry.retracts
        }
        progress = [
            replace(entry, retracts=new[entry.retracts].ref) if entry.retracts else new[entry.ref]
            for entry in each.progress
        ]
        tasks.append(replace(each, progress=tuple(progress)))
    return replace(subject, tasks=tuple(tasks))


@many(50)
@given(
    subject=assessed_plans().map(with_evidence),
    about=st.sampled_from(["2022Q2", "2022Q3", "2022"]),
    known_at=st.sampled_from(["2022-07-20", "2022-10-08", "2023-02-01"]),
)
def test_papers_of_any_ledger_agree_with_the_plain_model(subject: Plan, about: str, known_at: str) -> None:
    asked = stamp("assess", about, written_on="2023-02-01", known_at=known_at)
    plain = [*plain_rows(subject, asked)]
    rows = performance_facts(subject, asked).rows
    keys = ("unit", "task", "role", "status", "standing", "points", "evidence")
    assert [tuple(getattr(row, key) for key in keys) for row in rows] == plain

    facts = assessment_facts(subject, asked)
    counted = [row for row in plain if row[5] is not None]
    most = naive_scoring.fraction(subject.header.assessment.on_time)
    lost = [(row[0], row[1], row[5], most - row[5]) for row in counted if row[5] < most]
    found = [(row.unit, row.task, row.points, row.lost) for row in facts.deductions.rows]
    assert found == lost
    sums = facts.deductions
    assert (sums.counted, sums.full, sums.short) == (len(counted), len(counted) - len(lost), len(lost))

    days = naive_scoring.histories(subject, asked.known_at)
    boards = naive_scoring.boards(subject, asked.as_of, asked.known_at, days)
    told = {each.board: each for each in facts.distribution}
    assert [*told] == [board for board, each in boards.items() if each]
    for board, spread in told.items():
        scores = [row["score"] for row in boards[board]]
        given_ = [score for score in scores if score is not None]
        assert (spread.units, spread.not_applicable) == (len(scores), len(scores) - len(given_))
        assert spread.from_90 == len([score for score in given_ if score >= 90])
        assert spread.from_80 == len([score for score in given_ if 80 <= score < 90])
        assert spread.from_70 == len([score for score in given_ if 70 <= score < 80])
        assert spread.from_60 == len([score for score in given_ if 60 <= score < 70])
        assert spread.below_60 == len([score for score in given_ if score < 60])
        assert (spread.highest, spread.lowest) == (max(given_, default=None), min(given_, default=None))
        ranks = [row["rank"] for row in boards[board] if row["rank"]]
        shared = {rank: ranks.count(rank) for rank in ranks if ranks.count(rank) > 1}
        assert {tie.rank: tie.shared_by for tie in spread.ties} == shared
        assert all(len(tie.units) == tie.shared_by for tie in spread.ties)

    leads = [row for row in plain if row[2] == "lead" and row[5] is not None]
    total = facts.total
    assert (total.due, total.due_on_time, total.late, total.overdue) == (
        len(leads),
        len([row for row in leads if row[4] == "on_time"]),
        len([row for row in leads if row[4] == "late"]),
        len([row for row in leads if row[4] == "overdue"]),
    )
    assert unfounded(assess(subject, asked, built_in("assess"))) == set()
