"""What `check` says of the office's own ledgers. All entries here are 模拟; today is 2022-10-01.

YAML in, whole diagnostics out, as with the rules of the table and of the tasks' ledgers.
"""

import datetime as dt
from dataclasses import replace

import pytest
from tiny import TASKS, edited, examined, load

from yzplan.check import RULES, new_office_oddities, office
from yzplan.check.oddities import OFFICE_RULES
from yzplan.errors import code_of
from yzplan.model import facts
from yzplan.store.decode import ranking, supervision

# The number that nobody asked for is odd about the tiny plan itself.
TABLE = edited(TASKS, ("      measured: {办理时限: 0.5}\n", "      note: 模拟\n"))


def acts(*entries: str) -> str:
    """The tiny plan with these entries as supervision, one a line, the first being line 57."""
    return f"{TABLE}\nsupervision:\n" + "".join(f"- {{{text}}}\n" for text in entries)


def results(*entries: str) -> str:
    """The tiny plan with these entries as rankings, one a line, the first being line 57."""
    return f"{TABLE}\nrankings:\n" + "".join(f"- {{{text}}}\n" for text in entries)


LETTER = {"date": "2022-08-05", "measure": "urging", "unit": "市模拟甲局", "due": "2022-08-15"}
REFERRAL = {"date": "2022-08-06", "measure": "referral", "unit": "市模拟乙局"}
RESULT = {"date": "2022-09-20", "period": "2022", "indicator": 1, "rank": 12, "of": 14}


def written(entry: dict[str, object]) -> str:
    return ", ".join(f"{key}: {repr(value) if key == 'period' else value}" for key, value in entry.items())


SENT, REFERRED, RANKED = written(LETTER), written(REFERRAL), written(RESULT)
REF, REFERRED_REF, RANKED_REF = supervision(LETTER).ref, supervision(REFERRAL).ref, ranking(RESULT).ref
CLOSING = {"date": "2022-08-20", "closes": REF}
CLOSED = f"date: 2022-08-20, closes: '{REF}'"
CLOSED_REF = supervision(CLOSING).ref
TAKEN_BACK_REF = supervision({"date": "2022-08-20", "retracts": REF}).ref

ONE = "retracts（更正），且只写一个\n  提示：补上或删去其一\n"
PATH = "tasks.yaml"

CASES = {
    "all that may be said": (
        acts(
            f"{SENT}",
            REFERRED,
            "date: 2022-08-06, measure: covert_visit, unit: 模拟东县, tasks: [1, 2], finding: 模拟",
            f"date: 2022-08-10, replies_to: '{REF}', number: 模拟复〔2022〕1号, unit: 市模拟甲局",
            CLOSED,
            f"date: 2022-08-21, retracts: '{CLOSED_REF}', note: 模拟：误记",
            f"date: 2022-08-22, closes: '{REF}'",
        )
        + results(RANKED, "date: 2022-09-20, period: 2022Q2, unit: 模拟东县, rank: 2, of: 11").removeprefix(
            TABLE
        ),
        "",
    ),
    "Y201: a unit that nobody knows": (
        acts("date: 2022-08-05, measure: urging, unit: 市模拟甲所"),
        f"{PATH}:57:45: Y201 未登记的单位“市模拟甲所”\n"
        "  提示：是否为“市模拟甲局”“市模拟乙局”“市模拟丙局”？\n",
    ),
    "Y202: an alias": (
        results("date: 2022-09-20, period: '2022', unit: 甲局, rank: 1, of: 2"),
        f"{PATH}:57:44: Y202 “甲局”不是名录里的名称\n  提示：改为“市模拟甲局”\n",
    ),
    "Y208: an answer to nothing": (
        acts("date: 2022-08-10, replies_to: '12345678'", "date: 2022-08-10, closes: '12345678'"),
        "".join(
            f"{PATH}:{place}: Y208 督办台账没有引用码为 12345678 的记录\n"
            "  提示：用 yzplan supervise list 查引用码\n"
            for place in ("57:34", "58:30")
        ),
    ),
    "Y208: an answer to an answer": (
        acts(SENT, CLOSED, f"date: 2022-08-21, replies_to: '{CLOSED_REF}'"),
        f"{PATH}:59:34: Y208 记录 {CLOSED_REF} 不是一次督办，不能回复\n  提示：写那次督办的引用码\n",
    ),
    "Y208: a case that is closed elsewhere": (
        acts(REFERRED, f"date: 2022-08-21, closes: '{REFERRED_REF}'"),
        f"{PATH}:58:30: Y208 记录 {REFERRED_REF} 是移送问责，不在这里办结\n"
        "  提示：移送以后由有关机关办理，台账只记移送\n",
    ),
    "Y208: an answer of another unit": (
        acts(SENT, f"date: 2022-08-10, replies_to: '{REF}', unit: 市模拟乙局"),
        f"{PATH}:58:52: Y208 记录 {REF} 是对“市模拟甲局”的督办，不能由别的单位回复\n"
        "  提示：改为“市模拟甲局”\n",
    ),
    "Y208: a correction of nothing": (
        results(RANKED, f"date: 2022-09-21, retracts: '{REF}'"),
        f"{PATH}:58:32: Y208 全省排名没有引用码为 {REF} 的记录\n  提示：用 yzplan rank list 查引用码\n",
    ),
    "Y208: corrected twice, and a correction corrected": (
        acts(
            SENT,
            f"date: 2022-08-20, retracts: '{REF}'",
            f"date: 2022-08-21, retracts: '{REF}'",
            f"date: 2022-08-22, retracts: '{TAKEN_BACK_REF}'",
        ),
        f"{PATH}:59:32: Y208 记录 {REF} 已经更正过\n  提示：一条记录只更正一次\n"
        f"{PATH}:60:32: Y208 记录 {TAKEN_BACK_REF} 本身是更正，不能再更正\n"
        "  提示：要恢复原来的内容，请另报一条\n",
    ),
    "Y209: nothing done, or two things at once": (
        acts("date: 2022-08-05, unit: 市模拟甲局", SENT, f"{SENT}, closes: '{REF}'"),
        f"{PATH}:57:3: Y209 督办须写明 measure（方式）、replies_to（回复）、closes（办结）或 {ONE}"
        f"{PATH}:59:3: Y209 督办须写明 measure（方式）、replies_to（回复）、closes（办结）或 {ONE}",
    ),
    "Y209: nobody ranked, or two at once": (
        results("date: 2022-09-20, period: '2022', rank: 1, of: 2", f"{RANKED}, unit: 市模拟甲局"),
        f"{PATH}:57:3: Y209 排名须写明 indicator（指标）、unit（单位）或 {ONE}"
        f"{PATH}:58:3: Y209 排名须写明 indicator（指标）、unit（单位）或 {ONE}",
    ),
    "Y212: a task twice": (
        acts(f"{SENT}, tasks: [1, 2, 1]"),
        f"{PATH}:57:83: Y212 “1”列了两次\n  提示：删去重复的一项\n",
    ),
    "Y221: no such task": (
        acts(f"{SENT}, tasks: [3, 4]"),
        f"{PATH}:57:80: Y221 没有第 4 项任务\n  提示：核对任务编号\n",
    ),
    "Y221: no such indicator": (
        results(RANKED.replace("indicator: 1", "indicator: 3")),
        f"{PATH}:57:49: Y221 没有序号为 3 的指标\n  提示：核对指标的序号\n",
    ),
    "Y222: a measure about nobody, an inspection that found nothing": (
        acts("date: 2022-08-05, measure: summons", "date: 2022-08-05, measure: inspection, unit: 模拟东县"),
        f"{PATH}:57:3: Y222 约谈须写明 unit（单位）\n  提示：补上“unit: …”一行\n"
        f"{PATH}:58:3: Y222 督导检查须写明 finding（发现的问题）\n  提示：补上“finding: …”一行\n",
    ),
    "Y222: a place among nobody knows how many": (
        results("date: 2022-09-20, unit: 模拟东县, rank: 2"),
        f"{PATH}:57:3: Y222 排名须写明 period（哪一期）\n  提示：补上“period: …”一行\n"
        f"{PATH}:57:3: Y222 排名须写明 of（共有几家）\n  提示：补上“of: …”一行\n",
    ),
    "Y223": (
        results(RANKED.replace("rank: 12", "rank: 15")),
        f"{PATH}:57:58: Y223 共 14 家参评，没有第 15 位\n  提示：核对位次与参评的家数\n",
    ),
    "Y224: groups": (
        acts("date: 2022-08-05, measure: urging, unit: 各模拟县区")
        + results("date: 2022-09-20, period: '2022', unit: 模拟相关单位, rank: 1, of: 2").removeprefix(TABLE),
        f"{PATH}:57:45: Y224 “各模拟县区”不是一家单位\n  提示：写明是其中哪家单位；有几家的，各记一条\n"
        f"{PATH}:60:44: Y224 “模拟相关单位”不是一家单位\n  提示：写明是其中哪家单位；有几家的，各记一条\n",
    ),
    "Y224: a task that is not the unit's": (
        acts("date: 2022-08-05, measure: urging, unit: 模拟东县, tasks: [1, 3]"),
        f"{PATH}:57:62: Y224 “模拟东县”与第 3 项无关\n  提示：核对单位与任务编号\n",
    ),
    "Y402: due before it was sent, unless it was taken back": (
        acts(SENT.replace("due: 2022-08-15", "due: 2022-08-04"))
        + f"- {{{SENT.replace('due: 2022-08-15', 'due: 2022-08-05')}}}\n",
        f"{PATH}:57:57: Y402 督办台账 市模拟甲局 督办函的反馈时限 2022-08-04 早于督办的日期 2022-08-05\n"
        "  提示：核对两个日期；记错的用 supervise undo 更正\n",
    ),
    "Y503: the future": (
        acts(f"{SENT}, recorded_on: 2022-10-02", "date: 2022-10-03, measure: summons, unit: 市模拟甲局")
        + results(f"{RANKED}, recorded_on: 2022-10-02").removeprefix(TABLE),
        f"{PATH}:57:82: Y503 督办台账 市模拟甲局 督办函的登记日 2022-10-02 在今天（2022-10-01）之后\n"
        f"{PATH}:58:10: Y503 督办台账 市模拟甲局 约谈的日期 2022-10-03 在今天（2022-10-01）之后\n"
        f"{PATH}:61:83: Y503 全省排名 2022 指标 1 的登记日 2022-10-02 在今天（2022-10-01）之后\n",
    ),
    "Y504: before the document": (
        acts("date: 2022-05-20, measure: reminder, unit: 市模拟甲局")
        + results("date: 2022-05-22, period: '2021', unit: 模拟东县, rank: 1, of: 2").removeprefix(TABLE),
        f"{PATH}:57:10: Y504 督办台账 市模拟甲局 提示函的日期 2022-05-20 早于文件印发日 2022-05-23\n"
        f"{PATH}:60:10: Y504 全省排名 2021 模拟东县 的日期 2022-05-22 早于文件印发日 2022-05-23\n",
    ),
    "Y503 and Y504 of answers": (
        acts(
            f"date: 2022-05-20, replies_to: '{REF}'",
            f"date: 2022-05-20, retracts: '{REFERRED_REF}'",
            SENT,
            REFERRED,
            f"date: 2022-10-02, closes: '{REF}'",
        ),
        f"{PATH}:57:10: Y504 督办台账 对 {REF} 的回复的日期 2022-05-20 早于文件印发日 2022-05-23\n"
        f"{PATH}:58:10: Y504 督办台账更正的日期 2022-05-20 早于文件印发日 2022-05-23\n"
        f"{PATH}:61:10: Y503 督办台账 {REF} 的办结的日期 2022-10-02 在今天（2022-10-01）之后\n",
    ),
    "Y505: by the day on which it was known": (
        acts(f"{SENT}, recorded_on: 2022-08-08", REFERRED)
        + results(RANKED, "date: 2022-09-19, period: '2022', unit: 模拟东县, rank: 1, of: 2").removeprefix(
            TABLE
        ),
        f"{PATH}:58:10: Y505 督办台账 2022-08-06 的记录排在 2022-08-08 的之后\n"
        f"{PATH}:62:10: Y505 全省排名 2022-09-19 的记录排在 2022-09-20 的之后\n",
    ),
    "Y512: word for word": (
        acts(SENT, REFERRED, SENT.replace("due: 2022-08-15", "'due': '2022-08-15'"))
        + results(RANKED, RANKED).removeprefix(TABLE),
        f"{PATH}:59:3: Y512 督办台账 2022-08-05 的这条记录写了两次\n  提示：删去重复的一条\n"
        f"{PATH}:59:10: Y505 督办台账 2022-08-05 的记录排在 2022-08-06 的之后\n"
        f"{PATH}:63:3: Y512 全省排名 2022-09-20 的这条记录写了两次\n  提示：删去重复的一条\n",
    ),
    "Y517: two results of one": (
        results(RANKED, RANKED.replace("12", "11"), RANKED.replace("'2022'", "2022Q3")),
        f"{PATH}:58:3: Y517 全省排名 2022 指标 1 登记了第 12 位，又登记第 11 位\n"
        "  提示：错的一条用 rank undo 更正\n",
    ),
    "Y517: the first one taken back": (
        results(RANKED, f"date: 2022-09-20, retracts: '{RANKED_REF}'", RANKED.replace("12", "11")),
        "",
    ),
    "Y518": (
        acts(SENT, CLOSED, f"date: 2022-08-21, closes: '{REF}'"),
        f"{PATH}:59:30: Y518 督办 {REF} 在 2022-08-20 已经办结，又在 2022-08-21 办结\n"
        "  提示：多余的一次用 supervise undo 更正\n",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_what_check_says(what: str) -> None:
    tasks, said = CASES[what]
    assert examined(tasks) == said


def test_every_rule_for_them_has_a_case() -> None:
    codes = {word for _, said in CASES.values() for word in said.split() if word.startswith("Y")}
    own = {code_of(rule) for rule in RULES if rule.__module__ == office.__name__}
    assert own | {code_of(rule) for rule in OFFICE_RULES} <= codes


def test_numbers_are_not_judged_where_the_numbering_is_wrong() -> None:
    said = examined(acts(f"{SENT}, tasks: [2]").replace("  - id: 2\n", "  - id: 4\n"))
    assert "Y303" in said
    assert "Y221" not in said


def test_what_is_new_is_told_to_who_writes_it() -> None:
    before = load(results(RANKED)).plan
    after = before.with_office_entry(replace(before.rankings[0], rank=11))
    assert facts(after.rankings[1])["rank"] == 11
    today = dt.date(2022, 9, 1)
    assert [*new_office_oddities(before, after, today)] == [
        "全省排名 2022 指标 1 的日期 2022-09-20 在今天（2022-09-01）之后",
        "全省排名 2022 指标 1 登记了第 12 位，又登记第 11 位",
    ]
    assert [*new_office_oddities(after, after, today)] == []
