"""Y4 and Y5: what a ledger may hold and should not, or should be said aloud. All records here are 模拟.

Each rule speaks as `check` does: YAML in, whole diagnostics out, today being 2022-10-01.
"""

import re
from dataclasses import replace

import pytest
from plans import LONG_AFTER, day, plan, record, retraction, shipped, task
from tiny import TASKS, edited, examined, load, sealed

from yzplan import check
from yzplan.check.oddities import TASK_RULES, new_oddities
from yzplan.errors import code_of
from yzplan.model import ProgressRecord
from yzplan.store import decode

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


def corrected(*records: str, wrong: int) -> str:
    """A ledger in which one of the records is taken back."""
    subject = load(ledger(*records)).plan.by_id[2].progress[wrong]
    return ledger(*records, f"date: 2022-09-30, unit: {JIA}, note: 模拟误报, retracts: '{subject.ref}'")


def measured(targets: str, *records: str) -> str:
    """The tiny plan with these targets and records of task 2 alone, the first record being line 37."""
    text = ledger(*records)
    quotes = "".join(re.findall("quote: ([^,}]+)", targets))
    return sealed(
        edited(
            text,
            (
                "    text: 建立模拟工作机制。\n",
                f"    text: 模拟工作，{quotes}。\n    targets:\n    {targets}\n",
            ),
        )
    )


PATH = "tasks.yaml"
SHARE = "- {metric: 网上办理占比, op: '>=', value: 80, unit: '%', quote: 占比至80%以上}"
COST = "- {metric: 合规成本, op: between, value: [220, 280], unit: 美元, quote: 降至220至280美元之间}"
HOURS = "- {metric: 停电时间, op: '<=', value: 5, unit: 小时, quote: 不超过5小时, any_of: 停电}"
CUT = "- {metric: 压缩幅度, op: '>=', value: 8, unit: '%', quote: 压缩8%以上, any_of: 停电}"
MISSED = "  提示：还没有完成的，用 return 退回或 undo 更正；量错了的，再报一次实测值\n"
AT_ONCE = "  提示：以排在后面的为准；误报的用 undo 更正\n"
IDLE_NUMBER = "Y514 第 2 项没有“办理时限”这个量化目标\n  提示：这项任务没有量化目标\n"
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
        ledger(own("2022-07-15, status: blocked, note: 甲"), own("2022-07-15, status: blocked")),
        "",
    ),
    "y505: extensions, by when they were known": (
        extended(
            "from: 2022-09, to: 2022-11, approved_on: 2022-09-10, recorded_on: 2022-09-20, reason: 模拟",
            "from: 2022-11, to: 2022-12, approved_on: 2022-09-15, reason: 模拟",
        ),
        f"{PATH}:34:49: Y505 第 2 项 2022-09-15 的延期排在 2022-09-20 的之后\n",
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
    "y508: the office may verify it all the same": (
        ledger(
            own("2022-07-15, status: done"),
            own("2022-07-16, status: verified, percent: 90"),
        ),
        "",
    ),
    "y509: done without what was wanted": (
        measured(SHARE, own("2022-07-15, status: done, measured: {网上办理占比: 76.5}")),
        f"{PATH}:37:72: Y509 {WHO}报了完成，而网上办理占比为 76.5%，目标为 ≥80%\n{MISSED}",
    ),
    "y509: verified all the same, and said of the last number": (
        measured(
            SHARE,
            own("2022-07-15, status: done, measured: {网上办理占比: 79}"),
            own("2022-07-16, status: done, measured: {网上办理占比: 78}, note: 再报"),
            own("2022-07-17, status: verified"),
        ),
        f"{PATH}:38:72: Y509 {WHO}报了完成，而网上办理占比为 78%，目标为 ≥80%\n{MISSED}",
    ),
    "y509: reached later": (
        measured(
            SHARE,
            own("2022-07-15, status: done, measured: {网上办理占比: 76}"),
            own("2022-07-16, status: done, measured: {网上办理占比: 80}"),
        ),
        "",
    ),
    "y509: still at work, done without a number, returned": (
        measured(
            SHARE,
            own("2022-07-15, status: in_progress, measured: {网上办理占比: 76}"),
            own("2022-07-16, status: done"),
            own("2022-07-17, status: done, measured: {网上办理占比: 77}"),
            own("2022-07-18, status: returned"),
        ),
        "",
    ),
    "y509: a county's own part": (
        measured(SHARE, "date: 2022-07-15, unit: 模拟东县, status: done, measured: {网上办理占比: 1}"),
        "",
    ),
    "y509: soft, or open to question": (
        measured(
            SHARE.replace("}", ", soft: true}"),
            own("2022-07-15, status: done, measured: {网上办理占比: 1}"),
        )
        and measured(
            SHARE.replace("}", ", caveat: 分母未写明}"),
            own("2022-07-15, status: done, measured: {网上办理占比: 1}"),
        ),
        "",
    ),
    "y509: a number of the whole year is none before it is over": (
        measured(
            SHARE.replace("}", ", horizon: 2022-09}"),
            own("2022-09-29, status: done, measured: {网上办理占比: 1}"),
        ),
        "",
    ),
    "y509: the year is over": (
        measured(
            SHARE.replace("}", ", horizon: 2022-09}"),
            own("2022-09-30, status: done, measured: {网上办理占比: 1}"),
        ),
        f"{PATH}:37:72: Y509 {WHO}报了完成，而网上办理占比为 1%，目标为 ≥80%\n{MISSED}",
    ),
    "y509: outside a range": (
        measured(COST, own("2022-07-15, status: done, measured: {合规成本: 280.5}")),
        f"{PATH}:37:70: Y509 {WHO}报了完成，而合规成本为 280.5美元，目标为 220～280美元\n{MISSED}",
    ),
    "y509: at both ends of a range": (
        measured(
            COST,
            own("2022-07-15, status: done, measured: {合规成本: 220}"),
            own("2022-07-16, status: done, measured: {合规成本: 280}"),
        ),
        "",
    ),
    "y509: none of the alternatives": (
        measured(
            HOURS + "\n    " + CUT,
            own("2022-07-15, status: done, measured: {停电时间: 6}"),
            own("2022-07-16, status: done, measured: {压缩幅度: 7}"),
        ),
        f"{PATH}:39:70: Y509 {WHO}报了完成，而择一的目标都没有达到："
        f"停电时间为 6小时，目标为 ≤5小时；压缩幅度为 7%，目标为 ≥8%\n{MISSED}",
    ),
    "y509: one of the alternatives, or not all of them measured": (
        measured(
            HOURS + "\n    " + CUT,
            own("2022-07-15, status: done, measured: {停电时间: 6, 压缩幅度: 8}"),
        )
        and measured(
            HOURS + "\n    " + CUT,
            own("2022-07-15, status: done, measured: {停电时间: 6}"),
        ),
        "",
    ),
    "y510: two statuses on one day, whichever comes first": (
        ledger(
            own("2022-07-15, status: in_progress"),
            own("2022-07-15, status: done"),
            own("2022-07-15, status: blocked"),
        ),
        f"{PATH}:36:47: Y510 {WHO}2022-07-15 一天既报“推进中”，又报“已报完成”\n{AT_ONCE}"
        f"{PATH}:37:47: Y510 {WHO}2022-07-15 一天既报“已报完成”，又报“受阻”\n{AT_ONCE}",
    ),
    "y510: two percents on one day, whichever is more": (
        ledger(
            own("2022-07-15, status: in_progress, percent: 60"),
            own("2022-07-15, status: in_progress, percent: 40"),
        ),
        f"{PATH}:36:69: Y510 {WHO}2022-07-15 一天既报 60%，又报 40%\n{AT_ONCE}",
    ),
    "y510: the office answers on the same day; another unit; another day": (
        ledger(
            own("2022-07-15, status: done"),
            own("2022-07-15, status: returned"),
            own("2022-07-15, status: in_progress, percent: 60"),
            "date: 2022-07-15, unit: 模拟东县, status: blocked, percent: 10",
            own("2022-07-16, status: in_progress, percent: 70"),
        ),
        "",
    ),
    "y512: word for word": (
        ledger(
            own("2022-07-15, status: blocked, measured: {}"),
            own("2022-07-15, status: blocked, note: 模拟"),
            own("2022-07-15, status: blocked"),
        ),
        f"{PATH}:37:7: Y512 {WHO}2022-07-15 的这条记录写了两次\n  提示：删去重复的一条\n",
    ),
    "y512: on another day, or of another unit": (
        ledger(
            own("2022-07-15, status: blocked"),
            own("2022-07-16, status: blocked"),
            "date: 2022-07-16, unit: 模拟东县, status: blocked",
        ),
        "",
    ),
    "y512: an extension": (
        extended(
            "from: 2022-09, to: 2022-12, approved_on: 2022-09-20, reason: 模拟",
            "from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟",
            "from: 2022-09, to: 2022-12, approved_on: 2022-09-20, reason: 模拟",
        ),
        f"{PATH}:35:7: Y512 第 2 项 2022-09-20 批准的延期写了两次\n  提示：删去重复的一条\n",
    ),
    "y513: at work and completed": (
        ledger(own("2022-07-15, status: in_progress, completed_on: 2022-07-01")),
        f"{PATH}:35:74: Y513 {WHO}记为“推进中”，却写了完成日 2022-07-01\n  提示：删去完成日，或改正状态\n",
    ),
    "y513: verified": (
        ledger(
            own("2022-07-15, status: done"),
            own("2022-07-16, status: verified, completed_on: 2022-07-15"),
        ),
        "",
    ),
    "y514: a metric that the task does not have": (
        measured(SHARE, own("2022-07-15, status: done, measured: {网上办理占比: 80, 网办率: 80}")),
        f"{PATH}:37:81: Y514 第 2 项没有“网办率”这个量化目标\n  提示：可用：网上办理占比\n",
    ),
    "y514: a task without targets": (
        ledger(own("2022-07-15, status: blocked, measured: {网办率: 80}")),
        f"{PATH}:35:72: Y514 第 2 项没有“网办率”这个量化目标\n  提示：这项任务没有量化目标\n",
    ),
    "y515: from a month that was never its deadline": (
        extended("from: 2022-08, to: 2022-12, approved_on: 2022-09-20, reason: 模拟"),
        f"{PATH}:33:14: Y515 第 2 项延期的原时限 2022-08 从来不是它的时限（印发的为 2022-09）\n"
        "  提示：核对任务编号与原时限\n",
    ),
    "y515: from an extended one": (
        extended(
            "from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟",
            "from: 2022-11, to: 2022-12, approved_on: 2022-09-21, reason: 模拟",
        ),
        "",
    ),
    "y516: a year that was mistyped": (
        sealed(edited(TASKS, ("deadline: 2022-12", "deadline: 2202-12"))),
        f"{PATH}:43:24: {IDLE_NUMBER}"
        f"{PATH}:53:15: Y516 第 3 项的完成时限 2202-12 不在 2022 年度\n"
        "  提示：核对文件附件中的完成时限\n",
    ),
    "y503: an extension recorded in the future": (
        extended(
            "from: 2022-09, to: 2022-12, approved_on: 2022-09-20, recorded_on: 2022-10-02, reason: 模拟"
        ),
        f"{PATH}:33:74: Y503 第 2 项延期的补记日 2022-10-02 在今天（2022-10-01）之后\n",
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
    assert examined(text) == said


def test_a_corrected_extension_is_left_out() -> None:
    wrong = {"from": "2022-09", "to": "2022-07", "approved_on": "2022-09-20", "reason": "模拟"}
    text = ", ".join(f"{key}: {value}" for key, value in wrong.items())
    ref = decode.extension(wrong).ref
    assert examined(extended(text)) != ""
    assert examined(extended(text, f"approved_on: 2022-09-21, reason: 模拟记错, retracts: '{ref}'")) == ""


def test_the_tiny_plan_has_a_number_that_nobody_asked_for() -> None:
    assert examined(TASKS) == f"{PATH}:43:24: {IDLE_NUMBER}"


def worded(text: str, deadline: str = "2022-11", errata: str = "") -> str:
    """What `check` says of the tiny plan with this wording of task 3, from its line 54."""
    edits = (("deadline: 2022-12", f"deadline: {deadline}"), ("年底前完成模拟评价。\n", f"{text}\n{errata}"))
    return examined(sealed(edited(TASKS, *edits))).replace(f"{PATH}:43:24: {IDLE_NUMBER}", "")


@pytest.mark.parametrize(
    ("text", "deadline", "phrase"),
    [
        ("到2022年底，总量达到40万户。", "2022-11", "2022年底"),
        ("力争 2022 年年底前完成。", "2022-11", "2022 年年底前"),
        ("2023年内完成。", "2022-12", "2023年内"),
        ("2022年12月底前完成。", "2022-11", "2022年12月底前"),
        ("2022年12月15日前完成。", "2022-11", "2022年12月15日前"),
        ("2022年12月完成。", "2022-11", "2022年12月"),
        ("年底前完成。", "2022-11", "年底前"),
        ("今年年末完成。", "2022-11", "今年年末"),
        ("11月底之前完成。", "2022-10", "11月底之前"),
        ("第四季度末前完成。", "2022-11", "第四季度末前"),
        ("2022年第三季度完成。", "2022-08", "2022年第三季度"),
    ],
)
def test_y511_a_time_later_than_the_deadline_column(text: str, deadline: str, phrase: str) -> None:
    assert worded(text, deadline) == (
        f"{PATH}:54:11: Y511 第 3 项原文的“{phrase}”晚于完成时限 {deadline}\n"
        "  提示：核对时限；底本如此的，在 errata 里照抄这几个字，用 note 注明\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("2022年11月底前完成。", "2021年底前的工作。"),
        *(
            "三年内翻一番。",
            "6个月内办结。",
            "比上年底增加。",
            "每年底通报。",
            "一季度一通报。",
            "年报内容。",
        ),
        *("自2023年1月1日起施行。", "2023年1月1日以后办理的。", "2022年12月底以后。", "2022年新增800家。"),
        *("每年12月底前报送。", "第四季度通报。", "电子招标文件范本（2022）的应用。", "5年底数清。"),
    ],
)
def test_y511_what_promises_nothing_later(text: str) -> None:
    assert worded(text) == ""


@pytest.mark.parametrize(
    ("erratum", "is_said"),
    [
        ("printed: 到2022年底, note: 以时限栏为准", False),
        ("printed: '2022', note: 以时限栏为准", False),
        ("printed: 总量, note: 口径未写明", True),
        ("printed: 到2022年度, read: 到2022年底", True),
        ("printed: 到2022年度, read: 到2022年底, note: 以时限栏为准", False),
    ],
)
def test_y511_an_erratum_with_a_note_on_these_words_explains_it(erratum: str, is_said: bool) -> None:
    said = worded("到2022年底，总量达到40万户。", errata=f"    errata: [{{{erratum}}}]\n")
    assert ("Y511" in said) is is_said


def test_the_shipped_table_explains_all_that_it_says_later() -> None:
    plan = shipped()
    assert [found for each in plan.tasks for found in check.oddities(plan, each, day(LONG_AFTER))] == []
    later = {
        each.id: [finding.message for _, finding in check.oddities(plan, bare, day(LONG_AFTER))]
        for each in plan.tasks
        for bare in [replace(each, errata=())]
    }
    assert {number: said for number, said in later.items() if said} == {
        7: ["第 7 项原文的“2022年底”晚于完成时限 2022-11"],
        35: ["第 35 项原文的“2022年底”晚于完成时限 2022-10"],
        51: ["第 51 项原文的“2022年底”晚于完成时限 2022-09"],
    }


def test_every_rule_has_a_case_that_it_finds() -> None:
    codes = {code for _, said in CASES.values() for code in said.split() if code[:2] in ("Y4", "Y5")}
    assert codes | {"Y511"} == {code_of(rule) for rule in TASK_RULES}


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
