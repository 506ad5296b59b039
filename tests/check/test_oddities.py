"""Y4 and Y5: what a ledger may hold and should not, or should be said aloud. All records here are 模拟.

Each rule speaks as `check` does: YAML in, whole diagnostics out, today being 2022-10-01.
"""

import pytest
from plans import day, plan, record, retraction, task
from tiny import TASKS, edited, load, rendered

from yzplan.check.oddities import ODDITY_RULES, new_oddities
from yzplan.errors import code_of
from yzplan.model import ProgressRecord
from yzplan.store import decode
from yzplan.store.validating import oddities

JIA = "市模拟甲局"
PROGRESS = TASKS[TASKS.index("    progress:\n") : TASKS.index("- id: 2\n  name: 模拟指标乙")]
EXTENSION = "    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}\n"


def ledger(*records: str) -> str:
    """The tiny plan with these records of task 2 alone, one a line, the first being line 35."""
    lines = "".join(f"    - {{{text}}}\n" for text in records)
    return edited(TASKS, (PROGRESS, f"    progress:\n{lines}\n"))


def own(text: str) -> str:
    """A record of 市模拟甲局: `2022-07-15, status: done`."""
    date, _, facts = text.partition(", ")
    return f"date: {date}, unit: {JIA}, {facts}"


def extended(*entries: str) -> str:
    """The tiny plan with these extensions alone, one a line, the first being line 33, and no records."""
    lines = "".join(f"    - {{{text}}}\n" for text in entries)
    return edited(TASKS, (EXTENSION, lines), (PROGRESS, "\n"))


def found(text: str, today: str = "2022-10-01") -> str:
    """What `check` says of a text."""
    snapshot = load(text)
    return rendered(sorted(oddities(snapshot.tasks, snapshot.plan, day(today))))


def corrected(*records: str, wrong: int) -> str:
    """A ledger in which one of the records is taken back."""
    subject = load(ledger(*records)).plan.by_id[2].progress[wrong]
    return ledger(*records, f"date: 2022-09-30, unit: {JIA}, note: 模拟误报, retracts: '{subject.ref}'")


PATH = "tasks.yaml"
WHO = f"第 2 项 {JIA} "

CASES = {
    "y401: the printed month itself": (
        extended("from: 2022-09, to: 2022-09, approved_on: 2022-09-20, reason: 模拟"),
        f"{PATH}:33:27: Y401 第 2 项延至 2022-09，不晚于印发的时限 2022-09\n"
        "  提示：核对新的时限；记错的用 undo 更正\n",
    ),
    "y401: an earlier month, after one that is right": (
        extended(
            "from: 2022-09, to: 2022-12, approved_on: 2022-09-20, reason: 模拟",
            "from: 2022-12, to: 2022-07, approved_on: 2022-09-21, reason: 模拟",
        ),
        f"{PATH}:34:27: Y401 第 2 项延至 2022-07，不晚于印发的时限 2022-09\n"
        "  提示：核对新的时限；记错的用 undo 更正\n",
    ),
    "y401: shortened again, yet later than printed": (
        extended(
            "from: 2022-09, to: 2022-12, approved_on: 2022-09-20, reason: 模拟",
            "from: 2022-12, to: 2022-10, approved_on: 2022-09-21, reason: 模拟",
        ),
        "",
    ),
    "y501: less than before, another record between": (
        ledger(
            own("2022-07-15, status: in_progress, percent: 40"),
            own("2022-07-16, status: blocked"),
            own("2022-07-17, status: in_progress, percent: 12.5"),
        ),
        f"{PATH}:37:69: Y501 {WHO}的进度由 40% 降为 12.5%\n",
    ),
    "y501: of another unit, or the same": (
        ledger(
            own("2022-07-15, status: in_progress, percent: 40"),
            "date: 2022-07-16, unit: 模拟东县, status: in_progress, percent: 10",
            own("2022-07-17, status: in_progress, percent: 40"),
        ),
        "",
    ),
    "y501: from the start after a return": (
        ledger(
            own("2022-07-15, status: done, percent: 100"),
            own("2022-07-16, status: returned, note: 模拟"),
            own("2022-07-17, status: in_progress, percent: 30"),
        ),
        "",
    ),
    "y502: completed before work was reported": (
        ledger(
            own("2022-07-15, status: blocked"),
            own("2022-08-01, status: done, completed_on: 2022-07-14"),
        ),
        f"{PATH}:36:67: Y502 {WHO}的完成日 2022-07-14 早于 2022-07-15 报的“受阻”\n",
    ),
    "y502: completed on the day of the report": (
        ledger(
            own("2022-07-15, status: in_progress"),
            own("2022-08-01, status: done, completed_on: 2022-07-15"),
        ),
        "",
    ),
    "y503: reported and completed in the future": (
        ledger(own("2022-10-02, status: done, completed_on: 2022-10-02")),
        f"{PATH}:35:14: Y503 {WHO}的填报日期 2022-10-02 在今天（2022-10-01）之后\n"
        f"{PATH}:35:67: Y503 {WHO}的完成日 2022-10-02 在今天（2022-10-01）之后\n",
    ),
    "y503: today is not the future": (
        ledger(own("2022-10-01, status: done, completed_on: 2022-10-01")),
        "",
    ),
    "y503: approved in the future": (
        extended("from: 2022-09, to: 2022-12, approved_on: 2022-10-02, reason: 模拟"),
        f"{PATH}:33:49: Y503 第 2 项延期的批准日 2022-10-02 在今天（2022-10-01）之后\n",
    ),
    "y504: reported before the document": (
        ledger(own("2022-05-22, status: in_progress")),
        f"{PATH}:35:14: Y504 {WHO}的填报日期 2022-05-22 早于文件印发日 2022-05-23\n",
    ),
    "y504: completed before the document": (
        ledger(own("2022-06-01, status: done, completed_on: 2022-05-01")),
        f"{PATH}:35:67: Y504 {WHO}的完成日 2022-05-01 早于文件印发日 2022-05-23\n",
    ),
    "y504: on its day": (ledger(own("2022-05-23, status: in_progress")), ""),
    "y504: approved before the document": (
        extended("from: 2022-09, to: 2022-12, approved_on: 2022-05-22, reason: 模拟"),
        f"{PATH}:33:49: Y504 第 2 项延期的批准日 2022-05-22 早于文件印发日 2022-05-23\n",
    ),
    "y505: whoever reported": (
        ledger(
            own("2022-07-15, status: in_progress"),
            "date: 2022-07-14, unit: 模拟东县, status: in_progress",
        ),
        f"{PATH}:36:14: Y505 第 2 项 2022-07-14 的记录排在 2022-07-15 的之后\n",
    ),
    "y505: of one day": (
        ledger(own("2022-07-15, status: in_progress"), own("2022-07-15, status: done")),
        "",
    ),
    "y506: verified before it was done": (
        ledger(own("2022-07-15, status: verified")),
        f"{PATH}:35:47: Y506 {WHO}由“未启动”记为“已认定”，不合转换规则\n",
    ),
    "y506: judged in the order of dates": (
        ledger(
            own("2022-07-15, status: done"),
            own("2022-07-16, status: verified"),
            own("2022-07-10, status: in_progress"),
        ),
        f"{PATH}:37:14: Y505 第 2 项 2022-07-10 的记录排在 2022-07-16 的之后\n",
    ),
    "y506: one unit's steps do not bind another": (
        ledger(own("2022-07-15, status: done"), "date: 2022-07-16, unit: 模拟东县, status: verified"),
        f"{PATH}:36:46: Y506 第 2 项 模拟东县 由“未启动”记为“已认定”，不合转换规则\n",
    ),
    "y507: completed after the report": (
        ledger(own("2022-07-15, status: done, completed_on: 2022-07-16")),
        f"{PATH}:35:67: Y507 {WHO}的完成日 2022-07-16 在填报日期 2022-07-15 之后\n",
    ),
    "y508: done and not whole": (
        ledger(own("2022-07-15, status: done, percent: 99.5")),
        f"{PATH}:35:62: Y508 {WHO}报完成而进度为 99.5%\n",
    ),
    "y508: work in progress, or done and whole": (
        ledger(
            own("2022-07-15, status: in_progress, percent: 90"),
            own("2022-07-16, status: done, percent: 100"),
        ),
        "",
    ),
    "what has been taken back is left out": (
        corrected(own("2022-08-02, status: done, completed_on: 2022-10-02, percent: 90"), wrong=0),
        "",
    ),
    "y503: corrected in the future": (
        corrected(own("2022-09-29, status: done"), wrong=0).replace("2022-09-30", "2022-10-03"),
        f"{PATH}:36:14: Y503 第 2 项更正的日期 2022-10-03 在今天（2022-10-01）之后\n",
    ),
    "y503: an extension corrected in the future": (
        extended(
            "from: 2022-09, to: 2022-12, approved_on: 2022-09-20, reason: 模拟",
            "approved_on: 2022-10-02, reason: 模拟记错, retracts: '"
            + decode.extension(
                {"from": "2022-09", "to": "2022-12", "approved_on": "2022-09-20", "reason": "模拟"}
            ).ref
            + "'",
        ),
        f"{PATH}:34:21: Y503 第 2 项更正的日期 2022-10-02 在今天（2022-10-01）之后\n",
    ),
    "what was between is judged anew when a record is taken back": (
        corrected(own("2022-07-15, status: done"), own("2022-07-16, status: verified"), wrong=0),
        f"{PATH}:36:47: Y506 {WHO}由“未启动”记为“已认定”，不合转换规则\n",
    ),
}


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize("name", CASES)
def test_what_check_says_and_where(name: str) -> None:
    text, said = CASES[name]
    assert found(text) == said


def test_a_corrected_extension_is_left_out() -> None:
    wrong = {"from": "2022-09", "to": "2022-07", "approved_on": "2022-09-20", "reason": "模拟"}
    text = ", ".join(f"{key}: {value}" for key, value in wrong.items())
    ref = decode.extension(wrong).ref
    assert found(extended(text)) != ""
    assert found(extended(text, f"approved_on: 2022-09-21, reason: 模拟记错, retracts: '{ref}'")) == ""


def test_the_tiny_plan_is_as_it_should_be() -> None:
    assert found(TASKS) == ""


def test_every_rule_has_a_case_that_it_finds() -> None:
    codes = {code for _, said in CASES.values() for code in said.split() if code[:2] in ("Y4", "Y5")}
    assert codes == {code_of(rule) for rule in ODDITY_RULES}


# What a command that adds a record says


BEGUN = record("2022-07-10", "in_progress", percent=60)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (record("2022-07-20", "in_progress", percent=70), []),
        (record("2022-08-02", "blocked"), ["的填报日期 2022-08-02 在今天（2022-08-01）之后"]),
        (
            record("2022-07-20", "done", completed_on="2022-08-20"),
            [
                "的完成日 2022-08-20 在今天（2022-08-01）之后",
                "的完成日 2022-08-20 在填报日期 2022-07-20 之后",
            ],
        ),
        (
            record("2022-07-20", "done", completed_on="2022-05-01"),
            [
                "的完成日 2022-05-01 早于 2022-07-10 报的“推进中”",
                "的完成日 2022-05-01 早于文件印发日 2022-05-23",
            ],
        ),
        (record("2022-07-20", "in_progress", percent=12.5), ["的进度由 60% 降为 12.5%"]),
        (record("2022-07-20", "done", percent=90), ["报完成而进度为 90%"]),
    ],
)
def test_what_life_allows_is_said_aloud(new: ProgressRecord, said: list[str]) -> None:
    subject = task(progress=[BEGUN])
    expected = [f"第 1 项 模拟牵头局 {each}" for each in said]
    found = new_oddities(plan(subject), subject, subject.with_entry(new), day("2022-08-01"))
    assert [*found] == expected


def test_what_was_odd_before_is_not_said_again() -> None:
    odd = record("2022-05-01", "done", percent=90)
    subject = task(progress=[odd])
    after = subject.with_entry(record("2022-07-20", "done", percent=80))
    assert [*new_oddities(plan(subject), subject, after, day("2022-08-01"))] == [
        "第 1 项 模拟牵头局 的进度由 90% 降为 80%",
        "第 1 项 模拟牵头局 报完成而进度为 80%",
    ]


def test_the_same_sentence_about_another_record_is_new() -> None:
    subject = task(progress=[record("2022-05-01", "in_progress", note="模拟甲")])
    after = subject.with_entry(record("2022-05-01", "in_progress", note="模拟乙"))
    assert [*new_oddities(plan(subject), subject, after, day("2022-08-01"))] == [
        "第 1 项 模拟牵头局 的填报日期 2022-05-01 早于文件印发日 2022-05-23"
    ]


def test_what_a_correction_makes_odd_is_said() -> None:
    done = record("2022-07-01", "done")
    subject = task(progress=[done, record("2022-07-02", "verified")])
    after = subject.with_entry(retraction("2022-07-03", done))
    assert [*new_oddities(plan(subject), subject, after, day("2022-08-01"))] == [
        "第 1 项 模拟牵头局 由“未启动”记为“已认定”，不合转换规则"
    ]
