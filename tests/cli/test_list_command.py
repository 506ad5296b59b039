"""`list`, `due`, `units`, `indicators`, `summary`, `show`: conditions, order, counts. Reports are 模拟."""

import pytest
from commandline import CommandLine


def listed(cli: CommandLine, *words: str | int, today: str = "2022-09-01") -> list[int]:
    answer = cli("list", *words, "--format", "json", today=today)
    assert answer.code == 0, answer.err
    return answer.ids


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--status", "done"], [1, 5, 38]),
        (["--status", "已报完成", "--status", "blocked"], [1, 2, 5, 38]),
        (["--standing", "late"], [5, 38]),
        (["--standing", "suspended"], [10]),
        (["--deadline", "2022-11"], [7, 103]),
        (["--deadline", "2022-10", "-i", "办理建筑许可"], [8]),
        (["--due-before", "2022-07"], [5, 38, 50, 74, 106]),
        (["--text", "营商环境 诉求"], [83]),
        (["--text", "登月"], []),
        (["--text", "7×24小时"], [83]),
        (["--text", "ukey"], [4]),
        (["--unit", "市税务局", "--role", "lead", "--status", "done"], [38]),
        (["--leader", "模拟市长"], []),
    ],
)
def test_conditions(story: CommandLine, words: list[str], ids: list[int]) -> None:
    assert listed(story, *words) == ids


def test_nothing_found_is_said_and_is_no_error(cli: CommandLine) -> None:
    answer = cli("list", "--text", "登月")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "没有符合条件的任务，截至 2022-08-01\n"


def test_sorting(cli: CommandLine) -> None:
    by_deadline = listed(cli, "--sort", "-deadline,-id")
    assert by_deadline[:4] == [103, 7, 113, 102]
    assert by_deadline[-5:] == [106, 74, 50, 38, 5]
    assert listed(cli, "--sort", "deadline") == listed(cli, "--sort", "deadline,id")
    assert listed(cli, "--sort", "id") == [*range(1, 122)]


def test_what_says_nothing_is_sorted_last_either_way(story: CommandLine) -> None:
    assert listed(story, "--sort", "percent")[:3] == [3, 1, 5]
    assert listed(story, "--sort", "-percent")[:3] == [1, 5, 3]


def test_every_key_can_be_sorted_by_and_shown(story: CommandLine) -> None:
    row = story("list", "--unit", "零陵区", "--format", "json").json[0]
    for key in (*row, "light", "delay", "state", "responsible_digest"):
        words = ("list", "--unit", "零陵区", "--sort", f"-{key}", "--columns", key)
        answer = story(*words, "--format", "json", today="2022-09-01")
        assert answer.code == 0, key
        assert [list(row) for row in answer.json] == [[key]] * 121
        assert story(*words, on_terminal=True, today="2022-09-01").code == 0, key


def test_columns_are_the_same_in_every_format(cli: CommandLine) -> None:
    words = ("list", "-i", "6", "--columns", "deadline,id,lead_unit")
    assert cli(*words).lines[1] == "2022-10     35  市税务局"
    assert list(cli(*words, "--format", "json").json[0]) == ["deadline", "id", "lead_unit"]
    assert cli(*words, "--format", "csv").raw.decode("utf-8-sig").splitlines()[:2] == [
        "完成时限,序号,牵头单位",
        "2022-10,35,市税务局",
    ]
    assert cli(*words, "--format", "markdown").lines[2] == "| 2022-10  |   35 | 市税务局 |"
    assert '<th>完成时限</th><th style="text-align: right;">序号</th><th>牵头单位</th>' in (
        cli(*words, "--format", "html").out
    )


def test_due_marks_what_is_done_and_open_leaves_it_out(story: CommandLine) -> None:
    july = story("due", "--month", "2022-07", "--format", "json", today="2022-09-01")
    assert len(july.json) == 47
    assert july.err == "2022年7月到期任务 47 项，已完成 1 项，截至 2022-07-31\n"
    still_open = story("due", "--month", "2022-07", "--open", "--format", "json", today="2022-09-01")
    assert {*july.ids} - {*still_open.ids} == {1, 10}
    assert still_open.err == "2022年7月未完成的到期任务 45 项，截至 2022-07-31\n"


def test_due_asks_about_this_month_unless_told(story: CommandLine) -> None:
    assert len(story("due", "--format", "json", today="2022-09-15").json) == 57
    assert story("due", "--format", "json", today="2022-10-15").ids[0] == 8


def test_due_until_reaches_back_to_the_beginning(cli: CommandLine) -> None:
    assert len(cli("due", "--until", "2022-07", "--format", "json").json) == 53


def test_summary_counts_every_task_once(story: CommandLine) -> None:
    summary = story("summary", "--month", "2022-08", "--format", "json", today="2022-09-01").json
    total = summary["total"]
    assert (total["total"], total["due"], total["due_done"], total["overdue"]) == (121, 51, 3, 48)
    assert (total["on_time"], total["late"], total["not_due"], total["suspended"]) == (1, 2, 69, 1)
    for key in ("by_indicator", "by_lead", "by_month"):
        for count in ("total", "due", "due_done", "overdue", "suspended"):
            assert sum(share[count] for share in summary[key]) == total[count], (key, count)
    assert [len(summary[key]) for key in ("by_indicator", "by_lead", "by_month")] == [18, 13, 5]


def test_summary_counts_what_overdue_lists(story: CommandLine) -> None:
    for month in ("2022-06", "2022-07", "2022-08", "2022-09"):
        asked = ("--month", month, "--format", "json")
        listed_now = story("overdue", *asked, today="2023-01-01").json
        assert story("summary", *asked, today="2023-01-01").json["total"]["overdue"] == len(listed_now)


def test_units_are_59_and_2_groups(cli: CommandLine) -> None:
    answer = cli("units", "--format", "json")
    rows = {row["name"]: row for row in answer.json}
    assert len(rows) == 61
    assert sum(row["lead"] > 0 for row in rows.values()) == 13
    assert sum(row["lead"] for row in rows.values()) == 121
    assert len(rows["各县市区政府"]["members"]) == 14
    assert rows["市直相关单位"]["members"] == []
    assert answer.err == "共 59 个单位，2 个组\n"


def test_indicators_tell_the_chain_of_responsibility(cli: CommandLine) -> None:
    answer = cli("indicators", "--format", "json")
    assert [row["id"] for row in answer.json] == [*range(1, 19)]
    assert [number for row in answer.json for number in row["tasks"]] == [*range(1, 122)]
    assert all(row["leader"] is None and row["lead_unit"] and row["responsible_units"] for row in answer.json)
    assert answer.err == "共 18 项一级指标，其中 18 项未填分管市领导\n"


def test_show_tells_everything_known(story: CommandLine) -> None:
    answer = story("show", "5", "--format", "json", today="2022-09-01").json
    assert answer["completed_on"] == "2022-08-05"
    assert [entry["date"] for entry in answer["progress"]] == [
        "2022-06-20",
        "2022-07-15",
        "2022-08-05",
    ]
    assert [part["unit"] for part in answer["parts"]] == ["市市场监管局", "零陵区"]
    assert story("show", 51, "--format", "json").json["horizon"] == "2022-12"


def test_show_marks_what_was_taken_back(story: CommandLine) -> None:
    entries = story("show", 74, "--format", "json").json["progress"]
    assert [entry["retracted"] for entry in entries] == [True, False]
    assert entries[1]["retracts"] == entries[0]["ref"]
    earlier = story("show", 74, "--known-at", "2022-07-01", "--format", "json").json
    assert [entry["retracted"] for entry in earlier["progress"]] == [False]
    assert earlier["status"] == "done"
