"""`yzplan overdue` as an analyst uses it. What units report here is 模拟."""

import pytest
from commandline import Answer, CommandLine

DECEMBER = "2023-01-01"
"""A day on which the whole year 2022 is over."""


def overdue(cli: CommandLine, *words: str | int, today: str = DECEMBER) -> Answer:
    return cli("overdue", *words, "--format", "json", today=today)


@pytest.mark.parametrize(
    ("month", "count", "new"),
    [
        ("2022-05", 0, 0),
        ("2022-06", 5, 5),
        ("2022-07", 53, 48),
        ("2022-08", 53, 0),
        ("2022-09", 110, 57),
        ("2022-10", 119, 9),
        ("2022-11", 121, 2),
        ("2022-12", 121, 0),
    ],
)
def test_count_at_the_close_of_a_month_with_nothing_reported(
    cli: CommandLine, month: str, count: int, new: int
) -> None:
    rows = overdue(cli, "--month", month).json
    assert len(rows) == count
    assert sum(not row["carried_over"] for row in rows) == new
    assert len(overdue(cli, "--month", month, "--new").json) == new


def test_july_is_53_of_which_48_are_new_and_5_carried_over(cli: CommandLine) -> None:
    answer = overdue(cli, "--month", "2022-07")
    assert answer.err == "逾期未完成 53 项（新增 48，结转 5），截至 2022-07-31\n"
    carried = [row["id"] for row in answer.json if row["carried_over"]]
    assert carried == [5, 38, 50, 74, 106]
    assert {row["days_overdue"] for row in answer.json} == {0, 31}
    assert {row["overdue_on"] for row in answer.json} == {"2022-06-30", "2022-07-31"}


@pytest.mark.parametrize("spelling", ["2022-07", "2022-7", "202207", "2022年7月", "２０２２年７月"])
def test_a_month_may_be_spelt_in_these_ways(cli: CommandLine, spelling: str) -> None:
    assert len(overdue(cli, "-m", spelling).json) == 53


@pytest.mark.parametrize("spelling", ["2022-07-31", "2022-7-31", "2022/7/31", "20220731", "2022年7月31日"])
def test_a_month_is_its_last_day(cli: CommandLine, spelling: str) -> None:
    assert overdue(cli, "--as-of", spelling).json == overdue(cli, "--month", "2022-07").json


def test_without_a_time_it_is_asked_as_of_today(cli: CommandLine) -> None:
    assert overdue(cli, today="2022-08-15").ids == overdue(cli, "--as-of", "2022-08-15").ids
    assert overdue(cli, today="2022-08-15").err.endswith("截至 2022-08-15\n")


# --fail


@pytest.mark.parametrize(
    ("words", "today", "code"),
    [
        (["--month", "2022-07"], "2022-08-01", 1),
        (["--month", "2022-05"], "2022-08-01", 0),
        (["--month", "2022-06"], "2022-06-15", 0),
        (["--month", "2022-07"], "2022-07-15", 1),
        (["--month", "2022-07", "--new"], "2022-07-15", 0),
        (["--month", "2022-07", "--unit", "市教育局", "--role", "lead"], "2022-08-01", 0),
    ],
    ids=["overdue", "none", "only warnings", "both", "only warnings among the new", "none of the unit"],
)
def test_fail_exits_with_1_only_where_something_is_overdue(
    cli: CommandLine, words: list[str], today: str, code: int
) -> None:
    failing = cli("overdue", *words, "--fail", today=today)
    asking = cli("overdue", *words, today=today)
    assert failing.code == code
    assert asking.code == 0
    assert failing.raw == asking.raw


# 预警


def test_what_falls_due_on_a_day_that_is_not_over_is_a_warning(cli: CommandLine) -> None:
    answer = overdue(cli, "--month", "2022-07", today="2022-07-31")
    assert len(answer.json) == 53
    warned = [row for row in answer.json if row["warning"]]
    assert {row["deadline"] for row in warned} == {"2022-07"}
    assert {row["standing"] for row in warned} == {"due_soon"}
    assert {row["days_overdue"] for row in warned} == {None}
    assert answer.err == (
        "逾期未完成 5 项（新增 0，结转 5），预警 48 项（到期而未完成，但截至日还没有过完），截至 2022-07-31\n"
    )


def test_the_next_day_the_warnings_have_come_true(cli: CommandLine) -> None:
    rows = overdue(cli, "--month", "2022-07", today="2022-08-01").json
    assert len(rows) == 53
    assert not any(row["warning"] for row in rows)


def test_a_warning_is_yellow_in_the_plain_list(cli: CommandLine) -> None:
    lines = cli("overdue", "--month", "2022-07", today="2022-07-15").lines
    assert sum(line.startswith("黄") and "  预警" in line for line in lines) == 48
    assert sum(line.startswith("红") and "结转 31天" in line for line in lines) == 5


# Completed after the close


def test_completed_on_5_august_is_on_julys_list_marked_and_not_on_augusts(cli: CommandLine) -> None:
    assert cli("done", 4, "--date", "2022-08-05", today="2022-08-05").code == 0
    july = overdue(cli, "--month", "2022-07", today="2022-09-01").json
    august = overdue(cli, "--month", "2022-08", today="2022-09-01").ids
    assert len(july) == 53
    assert {row["id"]: row["completed_later"] for row in july if row["completed_later"]} == {4: "2022-08-05"}
    assert len(august) == 52
    assert 4 not in august
    [line] = [line for line in cli("overdue", "--month", "2022-07").lines if "（8月5日完成）" in line]
    assert line.split()[1] == "4"


def test_completed_on_the_last_day_is_in_time(cli: CommandLine) -> None:
    cli("done", 4, "--date", "2022-07-31")
    assert 4 not in overdue(cli, "--month", "2022-07").ids


def test_reported_in_august_as_completed_in_july_is_not_on_julys_list(cli: CommandLine) -> None:
    cli("done", 4, "--date", "2022-08-03", "--completed-on", "2022-07-28", today="2022-08-03")
    assert 4 not in overdue(cli, "--month", "2022-07").ids


def test_but_was_on_it_as_far_as_was_known_at_the_end_of_july(cli: CommandLine) -> None:
    cli("done", 4, "--date", "2022-08-03", "--completed-on", "2022-07-28", today="2022-08-03")
    then = overdue(cli, "--month", "2022-07", "--known-at", "2022-07-31")
    assert {row["id"]: row["completed_later"] for row in then.json}[4] is None
    assert then.err == (
        "逾期未完成 53 项（新增 48，结转 5），截至 2022-07-31，只算 2022-07-31 及以前填报的\n"
    )
    assert 4 not in overdue(cli, "--month", "2022-07", "--known-at", "2022-08-03").ids


def test_a_report_of_a_responsible_unit_does_not_complete_the_task(cli: CommandLine) -> None:
    cli("done", 4, "--unit", "市税务局", "--date", "2022-07-20")
    assert 4 in overdue(cli, "--month", "2022-07").ids
    own = overdue(cli, "--month", "2022-07", "--unit", "市税务局", "--role", "responsible").ids
    assert 4 not in own


def test_extended_suspended_and_retracted(story: CommandLine) -> None:
    july = overdue(story, "--month", "2022-07", today="2022-09-01").ids
    assert not {1, 8, 10, 38} & {*july}  # done in time, extended, suspended, done before it was reported
    assert {5, 74} < {*july}  # done in August, reported by mistake
    before = overdue(story, "--month", "2022-07", "--known-at", "2022-07-19", today="2022-09-01").ids
    assert {1, 8, 10, 38, 5, 74} - {*before} == set()
    assert 74 not in overdue(story, "--month", "2022-06", "--known-at", "2022-07-09", today="2022-09-01").ids


# Whose


def test_a_unit_is_asked_by_name_alias_full_name_or_part_of_a_name(cli: CommandLine) -> None:
    by_name = overdue(cli, "-m", "2022-07", "--unit", "市住建局").ids
    for name in ("住建", "永州市住房和城乡建设局", "市住房城乡建设局", " 市 住建局 ", "城乡建设"):
        assert overdue(cli, "-m", "2022-07", "--unit", name).ids == by_name, name


def test_role_tells_leading_from_taking_part(cli: CommandLine) -> None:
    def ids(*words: str) -> list[int]:
        return overdue(cli, "-m", "2022-07", *words).ids

    leading, taking_part = (ids("--unit", "市财政局", "--role", role) for role in ("lead", "responsible"))
    assert leading == [61, 64, 65, 66]
    assert not {*leading} & {*taking_part}
    assert {*leading} | {*taking_part} == {*ids("--unit", "市财政局")}


def test_several_units_are_asked_at_once(cli: CommandLine) -> None:
    ids = overdue(cli, "-m", "2022-07", "-u", "市财政局", "-u", "市发改委", "--role", "lead").ids
    assert ids == [61, 64, 65, 66, 70, 71]


def test_the_own_part_of_the_asked_unit_is_told(story: CommandLine) -> None:
    rows = story("list", "--unit", "零陵区", "--format", "json", today="2022-09-01").json
    parts = {row["id"]: row["part"] for row in rows}
    assert len(parts) == 121
    assert parts[5] == {
        "unit": "零陵区",
        "role": "responsible",
        "status": "in_progress",
        "percent": 60,
        "completed_on": None,
        "standing": "overdue",
        "days_overdue": 63,
        "warning": False,
        "follows_lead": False,
        "decides": False,
    }
    assert parts[1] == {
        "unit": "零陵区",
        "role": "responsible",
        "status": "done",
        "percent": 100,
        "completed_on": "2022-07-20",
        "standing": "on_time",
        "days_overdue": None,
        "warning": False,
        "follows_lead": True,
        "decides": False,
    }


def test_a_part_is_overdue_or_warned_of_by_itself_though_its_lead_is_done(cli: CommandLine) -> None:
    cli("done", 1, "--date", "2022-07-20", today="2022-07-31")
    cli("update", 1, "-u", "税务", "--status", "in_progress", "--date", "2022-07-21", today="2022-07-31")
    asked = ("overdue", "-m", "2022-07", "-u", "税务", "--role", "responsible", "-i", 1, "--fail")

    warned = cli(*asked, today="2022-07-31")
    assert warned.code == 1  # for task 5, carried over from June
    assert warned.err.startswith("逾期未完成 1 项（新增 0，结转 1），预警 2 项")
    assert cli(*asked, "--new", today="2022-07-31").code == 0

    late = cli("overdue", *asked[3:], "--as-of", "2022-08-05", "--columns", "id,delay", today="2022-08-10")
    assert [line.split() for line in late.lines[1:]] == [
        ["5", "结转", "36天"],
        ["1", "结转", "5天"],
        ["4", "结转", "5天"],
    ]


def test_of_several_units_any_may_be_the_one_that_is_overdue(cli: CommandLine) -> None:
    cli("done", 2, 3, 6, "-u", "零陵", "--date", "2022-09-20", today="2022-09-20")
    asked = ("overdue", "-m", "2022-09", "-i", 1, "--role", "responsible", "--format", "json")
    alone = cli(*asked, "-u", "冷水滩", today="2022-10-01").json
    both = cli(*asked, "-u", "零陵", "-u", "冷水滩", today="2022-10-01").json
    assert [row["id"] for row in both] == [row["id"] for row in alone] == [5, 1, 4, 2, 3, 6]
    assert {row["id"]: row["part"]["unit"] for row in both}[2] == "冷水滩区"


def test_without_a_unit_there_is_no_part(cli: CommandLine) -> None:
    assert "part" not in overdue(cli, "-m", "2022-06").json[0]


def test_a_group_by_its_name_selects_the_tasks_that_name_it(cli: CommandLine) -> None:
    assert len(cli("list", "--unit", "各县市区政府", "--format", "json").json) == 121
    assert len(cli("list", "--unit", "市直相关部门", "--format", "json").json) == 21


def test_an_indicator_is_asked_by_number_name_or_part_of_its_name(cli: CommandLine) -> None:
    for asked in ("6", "纳税", "税"):
        assert overdue(cli, "-m", "2022-07", "-i", asked).ids == [38, 37], asked
