"""`rank` and `summons`: the province's results, and whom the document says to summon for them. All 模拟."""

from collections.abc import Callable
from typing import Any

import pytest
from chance import many
from commandline import CommandLine, added, git, refused, shown
from hypothesis import given
from hypothesis import strategies as st

from yzplan.cli.rankings import parse_period
from yzplan.cli.reading import parse_count
from yzplan.errors import RequestError
from yzplan.model import Period
from yzplan.query.rankings import RULE

TODAY = "2022-11-01"
COUNTY = ("--period", "2022Q3", "--unit", "零陵", "--rank", "121", "--of", "122", "--date", "2022-10-15")
TAXES = ("--period", "2022年第三季度", "-i", "纳税", "--rank", "13", "--of", "14", "--date", "2022-10-15")
"""Indicator 6."""
CHAIN = [
    "市税务局",
    "市行政审批服务局",
    "市自然资源和规划局",
    "市人社局",
    "市医保局",
    "人民银行永州市中心支行",
]
"""Its lead and its named units."""


def did(cli: CommandLine, *words: str, today: str = TODAY) -> str:
    answer = cli(*words, today=today)
    assert answer.code == 0, answer.err
    return answer.err


def rows(cli: CommandLine, *words: str, today: str = TODAY) -> list[dict[str, Any]]:
    answer = cli(*words, "--format", "json", today=today)
    assert answer.code == 0, answer.err
    return list(answer.json)


def units(cli: CommandLine, *words: str, today: str = TODAY) -> list[str]:
    return [row["unit"] for row in rows(cli, "summons", *words, today=today)]


def with_policy(cli: CommandLine, policy: str) -> None:
    cli.tasks = cli.tasks.replace("\nindicators:\n", f"  policy: {policy}\n\nindicators:\n", 1)


# rank


@pytest.mark.parametrize(
    ("words", "facts", "said"),
    [
        (COUNTY, ["period: 2022Q3", "unit: 零陵区", "rank: 121", "of: 122"], "2022Q3 零陵区 第121/122"),
        (
            (*TAXES, "--document", "模拟通报〔2022〕7号", "--note", "模拟"),
            [
                "period: 2022Q3",
                "indicator: 6",
                "rank: 13",
                "of: 14",
                "document: 模拟通报〔2022〕7号",
                "note: 模拟",
            ],
            "2022Q3 指标6 第13/14",
        ),
        (
            ("--period", "2022年度", "-i", "6", "--rank", "１", "--of", "14", "--date", "2022-10-15"),
            ["period: '2022'", "indicator: 6", "rank: 1", "of: 14"],
            "2022 指标6 第1/14",
        ),
    ],
)
def test_a_result_is_one_entry_at_the_end(
    cli: CommandLine, words: tuple[str, ...], facts: list[str], said: str
) -> None:
    before = cli.tasks
    answer = cli("rank", "add", *words, today="2022-10-15")
    assert answer.code == 0, answer.err
    expected = ["rankings:", "- date: 2022-10-15", *(f"  {fact}" for fact in facts)]
    assert [line for line in added(before, cli.tasks) if line] == shown(answer) == expected
    [listed] = rows(cli, "rank", "list")
    assert answer.err == f"已追加：全省排名 {said}，引用码 {listed['ref']}\n"
    assert cli("check", "--strict", today=TODAY).code == 0


def test_it_is_listed_with_its_subject_and_what_was_known(cli: CommandLine) -> None:
    did(cli, "rank", "add", *COUNTY)
    did(cli, "rank", "add", *TAXES, "--document", "模拟通报")
    county, taxes = rows(cli, "rank", "list")
    assert county == {
        "ref": county["ref"],
        "date": "2022-10-15",
        "period": "2022Q3",
        "indicator_id": None,
        "indicator": None,
        "unit": "零陵区",
        "rank": 121,
        "of": 122,
        "document": None,
        "note": None,
    }
    assert (taxes["indicator_id"], taxes["indicator"], taxes["unit"]) == (6, "纳税", None)
    assert rows(cli, "rank", "list", "--known-at", "2022-10-31") == []
    assert rows(cli, "rank", "list", "--period", "2022") == []
    answer = cli("rank", "list", today=TODAY)
    assert answer.lines[1].split()[1:] == [
        "2022-10-15",
        "2022年第三季度",
        "零陵区",
        "第",
        "121",
        "位/共",
        "122",
    ]
    assert answer.err == "共 2 个排名，截至 2022-11-01\n"
    assert cli("rank", "list", "--period", "2022", today=TODAY).err == (
        "没有登记过2022年度的全省评价排名，收到后用 yzplan rank add 登记，截至 2022-11-01\n"
    )


def test_a_second_result_of_the_same_is_recorded_with_a_word(cli: CommandLine) -> None:
    did(cli, "rank", "add", *COUNTY)
    assert did(cli, "rank", "add", *COUNTY, today="2022-11-05") == (
        "全省排名 2022Q3 零陵区 第121/122：已有同样的记录，没有重复写入\n"
    )
    said = did(cli, "rank", "add", *COUNTY, "--note", "模拟：重新公布")
    assert said.startswith("注意：全省排名 2022Q3 零陵区 登记了第 121 位，又登记第 121 位\n")


def test_a_result_can_be_taken_back_once(cli: CommandLine) -> None:
    ref = did(cli, "rank", "add", *COUNTY).rstrip()[-8:]
    assert refused(cli, "rank", "undo", ref) == "没有写更正的理由\n  提示：用 --reason 写明\n"
    words = ("rank", "undo", ref[:5], "--reason", "模拟：录错")
    assert did(cli, *words).startswith("全省排名 2022Q3 零陵区 第121/122作废\n已追加：更正全省排名 ")
    assert rows(cli, "rank", "list") == []
    assert did(cli, *words).endswith("：已有同样的记录，没有重复写入\n")
    assert refused(cli, *words).startswith(f"记录 {ref} 已经更正过\n")
    assert refused(cli, "rank", "undo", "ffffffff", "--reason", "模拟").startswith(
        "全省评价排名里没有这条记录：ffffffff\n"
    )
    assert cli("check", "--strict", today=TODAY).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (COUNTY[:2] + COUNTY[4:], "--indicator 与 --unit 要写一个，也只写一个\n"),
        ((*COUNTY, "-i", "6"), "--indicator 与 --unit 要写一个，也只写一个\n"),
        (COUNTY[2:], "缺少选项 --period\n  提示：如 --period 2022Q3\n"),
        (COUNTY[:4] + COUNTY[6:], "缺少选项 --rank\n"),
        (COUNTY[:6] + COUNTY[8:], "缺少选项 --of\n"),
        (COUNTY[:8], "缺少选项 --date\n"),
        (("--period", "三季度", *COUNTY[2:]), "季度“三季度”没有年份\n"),
        (
            ("--period", "2022-07", *COUNTY[2:]),
            "看不懂的评价期“2022-07”\n  提示：年度写作 2022，季度写作 2022Q3",
        ),
        ((*COUNTY[:4], "--rank", "15", "--of", "14", *COUNTY[8:]), "第 15 位超出参评数 14\n"),
        ((*COUNTY[:4], "--rank", "末位", "--of", "14", *COUNTY[8:]), "“末位”不是从 1 起的整数\n"),
        ((*COUNTY[:2], "--unit", "各县市区政府", *COUNTY[4:]), "“各县市区政府”是一组单位，不是一个单位\n"),
        ((*COUNTY[:2], "--unit", "火星", *COUNTY[4:]), "未登记的单位“火星”\n"),
        ((*COUNTY[:2], "-i", "19", *COUNTY[4:]), "没有“19”这个一级指标\n"),
    ],
)
def test_what_is_no_result_is_refused(cli: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert refused(cli, "rank", "add", *words).startswith(said)


def test_it_can_be_committed(cli: CommandLine) -> None:
    for words in (("init", "-q"), ("config", "user.name", "模拟"), ("config", "user.email", "a@example.org")):
        git(cli.here, *words)
    git(cli.here, "add", "data")
    git(cli.here, "commit", "-q", "-m", "模拟")
    did(cli, "rank", "add", *COUNTY, "--commit")
    assert git(cli.here, "log", "-1", "--format=%s") == "台账：全省排名 2022Q3 零陵区 第121/122\n"


# summons


def test_without_rankings_it_says_that_there_are_none(cli: CommandLine) -> None:
    answer = cli("summons", "--format", "json")
    assert (answer.code, answer.json) == (0, [])
    assert answer.err == "没有登记过全省评价排名，收到后用 yzplan rank add 登记，截至 2022-08-01\n"
    did(cli, "rank", "add", *COUNTY)
    assert cli("summons", "-p", "2022", today=TODAY).err.startswith("没有登记过2022年度的全省评价排名，")
    assert cli("summons", "--known-at", "2022-10-31", today=TODAY).err.startswith("没有登记过全省评价排名，")


def test_without_a_number_of_places_nothing_is_low(cli: CommandLine) -> None:
    did(cli, "rank", "add", *COUNTY)
    answer = cli("summons", today=TODAY)
    assert (answer.code, answer.raw) == (2, b"")
    assert answer.err == (
        "没有规定最后几位算靠后（文件没有规定）\n"
        "  提示：用 --low-indicators N、--low-units N 写明，"
        "或由办公室写在 tasks.yaml 的 plan 下：policy: {low_indicators: N, low_units: N}\n"
    )
    assert cli("summons", "--low-units", "0", today=TODAY).err.startswith("“0”不是从 1 起的整数\n")


def test_the_office_sets_the_number_and_an_option_overrides_it(cli: CommandLine) -> None:
    did(cli, "rank", "add", *COUNTY)
    did(cli, "rank", "add", *TAXES)
    with_policy(cli, "{low_indicators: 2, low_units: 1}")
    assert units(cli) == CHAIN
    assert units(cli, "--low-units", "2") == [*CHAIN, "零陵区"]
    assert units(cli, "--low-indicators", "1") == []
    assert cli("summons", "--low-indicators", "1", today=TODAY).err.endswith(
        "没有排位靠后的，截至 2022-11-01\n"
    )


def test_each_candidate_comes_with_the_reason_and_the_rule(cli: CommandLine) -> None:
    did(cli, "rank", "add", *COUNTY, "--document", "模拟通报")
    did(cli, "rank", "add", *TAXES)
    found = rows(cli, "summons", "--low-indicators", "3", "--low-units", "3")
    assert [(row["unit"], row["role"]) for row in found] == [
        ("市税务局", "lead"),
        *((unit, "responsible") for unit in CHAIN[1:]),
        ("零陵区", None),
    ]
    assert found[-1] == {
        "unit": "零陵区",
        "kind": "县市区",
        "role": None,
        "indicator_id": None,
        "indicator": None,
        "period": "2022Q3",
        "rank": 121,
        "of": 122,
        "date": "2022-10-15",
        "document": "模拟通报",
        "ref": found[-1]["ref"],
        "summoned_on": None,
    }
    answer = cli("summons", "--low-indicators", "3", "--low-units", "3", today=TODAY)
    assert answer.lines[1].endswith("指标6 纳税 2022年第三季度 第 13 位/共 14")
    assert answer.err == (
        f"依据：永政办函〔2022〕18号 三、保障措施 3：“{RULE}”文件没有规定几位算靠后，"
        "这里指标以最后 3 位、单位以最后 3 位为靠后。本表只列人选，是否约谈由市政府决定。\n"
        "注意：其中 2 家既不是县市区，也不是市直部门、事业单位（见“类别”），是否适用由市政府定\n"
        "约谈人选 7 家，7 条依据，截至 2022-11-01\n"
    )
    page = cli("summons", "--low-units", "3", "--format", "markdown", today=TODAY)
    assert RULE in page.out
    assert page.err == (
        "注意：没有规定指标最后几位算靠后，指标的排名没有用上；用 --low-indicators N 写明\n"
        "约谈人选 1 家，1 条依据，截至 2022-11-01\n"
    )


def test_who_has_been_summoned_since_is_shown(cli: CommandLine) -> None:
    did(cli, "rank", "add", *COUNTY)
    did(cli, "supervise", "add", "--measure", "约谈", "-u", "零陵", "--date", "2022-10-14")
    assert rows(cli, "summons", "--low-units", "3")[0]["summoned_on"] is None
    did(cli, "supervise", "add", "--measure", "约谈", "-u", "零陵", "--date", "2022-10-20")
    assert rows(cli, "summons", "--low-units", "3")[0]["summoned_on"] == "2022-10-20"
    assert rows(cli, "summons", "--low-units", "3", "--as-of", "2022-10-19")[0]["summoned_on"] is None


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_narrow_terminal_shows_whom_and_why(cli: CommandLine, width: int) -> None:
    did(cli, "rank", "add", *TAXES)
    cli.monkeypatch.setenv("NO_COLOR", "1")
    answer = cli("summons", "--low-indicators", "2", today=TODAY, columns=width, on_terminal=True)
    said = "".join(answer.out.split())
    for words in ("市税务局", "牵头", "责任", "第13位/共14", RULE):
        assert words in said


# What is typed


@many(100)
@given(year=st.integers(1000, 9999), quarter=st.none() | st.integers(1, 4), spoilt=st.text(max_size=3))
def test_a_period_is_read_as_it_is_written_and_nothing_else_is_one(
    year: int, quarter: int | None, spoilt: str
) -> None:
    period = Period(year, quarter)
    assert parse_period(str(period)) == parse_period(f" {period.chinese} ") == period
    for text in (spoilt, f"{spoilt}{period}", f"{period}{spoilt}"):
        assert said_of(parse_period, text) in (None, f"看不懂的评价期“{text}”", f"季度“{text}”没有年份")


@many(100)
@given(number=st.integers(1, 999_999), text=st.text(max_size=6))
def test_a_count_is_read_as_it_is_written_and_nothing_else_is_one(number: int, text: str) -> None:
    assert parse_count(f" 0{number}") == number
    assert said_of(parse_count, text) in (None, f"“{text}”不是从 1 起的整数")


def said_of(parse: Callable[[str], object], text: str) -> str | None:
    """The complaint about a text that is refused."""
    try:
        parse(text)
    except RequestError as error:
        return error.message
    return None
