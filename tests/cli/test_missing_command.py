"""`missing`: the units that reported nothing in a month. All reports are 模拟."""

import csv
import io

import pytest
from commandline import CommandLine
from goldens import assert_golden, transcript

JULY = ("missing", "--month", "2022-07")


def owing(cli: CommandLine, owes: str) -> CommandLine:
    """The same shell, under another policy."""
    cli.tasks = cli.tasks.replace("  totals: {", f"  policy: {{owes: {owes}}}\n  totals: {{", 1)
    return cli


def test_nobody_has_reported_and_thirteen_leads_owed_53(cli: CommandLine) -> None:
    answer = cli(*JULY, "--format", "json")
    assert answer.err == "2022年7月漏报 13 个单位，53 项次，截至 2022-07-31\n"
    assert sum(row["owed"] for row in answer.json) == sum(len(row["missing"]) for row in answer.json) == 53
    assert cli("missing", "--month", "2022-05").err == (
        "2022年5月没有应报的单位（policy.owes 为 lead_due），截至 2022-05-31\n"
    )
    overdue = cli("overdue", "--month", "2022-07", "--format", "json").ids
    assert sorted(number for row in answer.json for number in row["missing"]) == sorted(overdue)


def test_a_month_that_is_not_over_is_said_to_be_so(cli: CommandLine) -> None:
    for today, said in (("2022-07-31", "，当月还没有过完"), ("2022-08-01", "")):
        answer = cli(*JULY, "--unit", "市税务局", today=today)
        assert answer.err == f"2022年7月漏报 1 个单位，2 项次，截至 2022-07-31{said}\n"
    answer = cli("missing", "--unit", "市税务局", today="2022-07-15")
    assert answer.err == "2022年7月漏报 1 个单位，2 项次，截至 2022-07-15，当月还没有过完\n"


@pytest.mark.parametrize(
    ("owes", "units", "tasks"),
    [("lead_due", 13, 53), ("lead_open", 13, 121), ("each_due", 59, 1286), ("each_open", 59, 2924)],
)
def test_policies_of_the_shipped_plan(cli: CommandLine, owes: str, units: int, tasks: int) -> None:
    owing(cli, owes)
    assert cli(*JULY).err == f"2022年7月漏报 {units} 个单位，{tasks} 项次，截至 2022-07-31\n"
    assert cli("check").code == 0


def test_a_report_of_a_day_counts_and_a_later_one_does_not(cli: CommandLine) -> None:
    def tax() -> list[list[int]]:
        return [row["missing"] for row in cli(*JULY, "--unit", "市税务局", "--format", "json").json]

    assert tax() == [[37, 38]]
    assert cli("update", 37, "--status", "in_progress", "--date", "2022-07-31").code == 0
    assert tax() == [[38]]
    assert cli("done", 38, "--date", "2022-08-01", "--completed-on", "2022-07-28").code == 0
    assert tax() == [[38]]
    known = ("--known-at", "2022-07-30", "--unit", "市税务局", "--format", "json")
    assert [row["missing"] for row in cli(*JULY, *known).json] == [[37, 38]]


def test_units_and_groups(cli: CommandLine) -> None:
    owing(cli, "each_due")

    def units(name: str) -> list[str]:
        return [row["unit"] for row in cli(*JULY, "--unit", name, "--format", "json").json]

    assert units("零陵") == ["零陵区"]
    assert len(units("各县市区政府")) == 14
    assert units("市直相关单位") == []
    assert cli(*JULY, "--unit", "火星局").code == 2


def test_formats_sorting_and_columns(story: CommandLine) -> None:
    by_json = story(*JULY, "--format", "json", today="2022-09-01").json
    assert [*by_json[0]] == ["unit", "owed", "missed", "missing", "last_reported"]
    rows = [*csv.reader(io.StringIO(story(*JULY, "--format", "csv").raw.decode("utf-8-sig")))]
    assert rows[0] == ["单位", "应报", "漏报", "漏报的任务", "上次填报"]
    assert [row[0] for row in rows[1:]] == [row["unit"] for row in by_json]
    answer = story(*JULY, "--sort", "-owed,unit", "--columns", "unit,owed", "--format", "tsv")
    assert answer.lines[:3] == ["unit\towed", "市中级人民法院\t9", "市市场监管局\t9"]
    assert story(*JULY, "--output", "漏报.md").code == 0
    assert (story.here / "漏报.md").read_text("utf-8").count("| 市") >= 10


def test_plain_and_terminal_answers(story: CommandLine) -> None:
    story.monkeypatch.setenv("NO_COLOR", "1")
    transcripts = [transcript(*JULY, answer=story(*JULY, today="2022-09-01"))]
    for columns in (20, 80):
        answer = story(*JULY, today="2022-09-01", columns=columns, on_terminal=True)
        transcripts.append(transcript(*JULY, answer=answer))
    assert_golden("plain/missing.txt", "\n".join(transcripts))
