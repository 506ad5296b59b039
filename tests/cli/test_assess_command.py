"""assess: the boards of a quarter or a year, and why a unit has its score. Reports are 模拟."""

import csv
import io

import pytest
from commandline import CommandLine

RULES = """\
  assessment:
    silent: 50
    adjustments:
    - {date: 2022-08-10, unit: 零陵区, points: 2.5, reason: 模拟：经验推广, document: 模拟〔2022〕9号}
    - {date: 2022-09-20, unit: 道县, points: -1, reason: 模拟：通报批评}
"""
SAID = (
    "计分规则：按期完成 100 分；逾期完成每晚一个月减 10 分，不低于 60 分；未完成的按进度的 50% 计；"
    "自己没有填报、随牵头单位的，最多 50 分；未到期、中止的不计。得分是各项的加权平均"
    "（牵头 2、责任 1），四舍五入到两位小数，另计加减分；同分同名次。"
    "文件没有规定计分办法，以上由办公室制定。\n"
)


@pytest.fixture
def ruled(story: CommandLine) -> CommandLine:
    """The story, where the office has written rules and adjustments."""
    assert story.tasks.count("\nindicators:\n") == 1
    story.tasks = story.tasks.replace("\nindicators:\n", f"{RULES}\nindicators:\n")
    return story


def test_json_is_an_object_with_the_rules_and_the_boards(ruled: CommandLine) -> None:
    found = ruled("assess", "--quarter", "2022Q3", "--format", "json", today="2022-10-08").json
    assert [*found] == ["period", "as_of", "known_at", "rules", "boards", "unranked"]
    assert (found["period"], found["as_of"], found["known_at"]) == ("2022Q3", "2022-09-30", None)
    assert found["rules"] == {
        "on_time": 100,
        "late_per_month": 10,
        "late_floor": 60,
        "silent": 50,
        "open_share": 0.5,
        "weights": {"lead": 2, "responsible": 1},
        "adjustments": [
            {
                "date": "2022-08-10",
                "unit": "零陵区",
                "points": 2.5,
                "reason": "模拟：经验推广",
                "document": "模拟〔2022〕9号",
            },
            {
                "date": "2022-09-20",
                "unit": "道县",
                "points": -1,
                "reason": "模拟：通报批评",
                "document": None,
            },
        ],
    }
    assert {board: len(rows) for board, rows in found["boards"].items()} == {
        "counties": 14,
        "lead": 11,
        "responsible": 33,
    }
    assert len(found["unranked"]) == 12
    # 110 due by September less 2: the extended 8 and the suspended 10. 1 and 5, 38 follow their leads,
    # 3 too (40%): 50 + 50 + 50 + 20, and for 零陵区 5 is its own 60%: 50 + 30 + 50 + 20.
    first, second, *_, last = found["boards"]["counties"]
    assert first == {
        "board": "counties",
        "unit": "零陵区",
        "rank": 1,
        "score": 3.89,
        "due": 108,
        "on_time": 1,
        "late": 1,
        "undone": 106,
        "earned": 1.39,  # 150 / 108
        "adjustment": 2.5,
    }
    assert (second["rank"], second["score"], second["late"]) == (2, 1.57, 2)  # 170 / 108
    assert (last["unit"], last["rank"], last["score"], last["earned"]) == ("道县", 14, 0.57, 1.57)


def test_a_year_ends_with_december_and_a_quarter_with_its_last_month(story: CommandLine) -> None:
    ends = {
        words: story("assess", *words.split(), "--format", "json").json["as_of"]
        for words in ("--year 2022", "--year 2022年", "--quarter 2022q2", "--quarter 2022年4季度")
    }
    assert [*ends.values()] == ["2022-12-31", "2022-12-31", "2022-06-30", "2022-12-31"]


def test_a_period_that_is_not_over_is_judged_by_its_close_all_the_same_and_said_to_be_a_trial(
    story: CommandLine,
) -> None:
    words = ("assess", "--quarter", "2022Q3")
    early, late = story(*words, today="2022-09-30"), story(*words, today="2022-10-01")
    assert early.raw == late.raw
    assert early.err == f"{late.err}2022年第三季度还没有过完（今天 2022-09-30），现为试算\n"


def test_what_was_not_known_yet_is_left_out(ruled: CommandLine) -> None:
    words = ("assess", "--quarter", "2022Q3", "--known-at", "2022-08-04", "--format", "json")
    found = ruled(*words).json
    assert (found["known_at"], found["rules"]["adjustments"]) == ("2022-08-04", [])
    # 5 was reported done on the 5th: till then 40%.
    assert found["boards"]["counties"][-1]["earned"] == 1.3  # (50 + 20 + 50 + 20) / 108


def test_before_anything_is_due_nobody_has_a_score(story: CommandLine) -> None:
    answer = story("assess", "--quarter", "2022Q1", "--format", "json")
    rows = answer.json["boards"]["counties"]
    assert {(row["rank"], row["score"], row["due"]) for row in rows} == {(None, None, 0)}
    sizes = "县市区 14 家、市直牵头单位 11 家、市直责任单位 33 家、不排名 12 家"
    assert answer.err == f"{sizes}，没有到期的任务，截至 2022-03-31\n"


def test_the_rules_stand_beside_whatever_has_no_place_for_them(ruled: CommandLine) -> None:
    for form in ("plain", "csv", "tsv", "jsonl"):
        answer = ruled("assess", "--year", "2022", "--format", form, today="2023-01-05")
        assert answer.err.startswith(SAID)
    for form in ("markdown", "html"):
        answer = ruled("assess", "--year", "2022", "--format", form, today="2023-01-05")
        assert SAID.strip() in answer.out.replace("\\", "")
        assert "计分规则" not in answer.err
    explained = ("assess", "--year", "2022", "--explain", "道县", "--format", "json")
    assert ruled(*explained, today="2023-01-05").err.startswith(SAID)


def test_a_spreadsheet_is_given_numbers(ruled: CommandLine) -> None:
    text = ruled("assess", "--quarter", "2022Q3", "--format", "csv").raw.decode("utf-8-sig")
    rows = {(row["榜"], row["单位"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["县市区", "道县"] == {
        "榜": "县市区",
        "名次": "14",
        "单位": "道县",
        "得分": "0.57",
        "应完成": "108",
        "按期完成": "1",
        "逾期完成": "2",
        "未完成": "105",
        "任务得分": "1.57",
        "加减分": "-1",
    }


def test_boards_are_sorted_and_cut_to_columns_as_lists_are(story: CommandLine) -> None:
    words = ("--sort", "-score,unit", "--columns", "unit,score")
    answer = story("assess", "--quarter", "2022Q3", *words, "--format", "json")
    assert answer.json[:3] == [
        {"unit": "市住房公积金管理中心", "score": 12.73},
        {"unit": "市市场监管局", "score": 11.11},
        {"unit": "永州海关", "score": 8.24},
    ]
    on_terminal = story("assess", "--quarter", "2022Q3", *words, on_terminal=True)
    assert on_terminal.lines[1].split()[-1] == "12.73"


def test_explain_lists_every_obligation_and_adds_up_to_the_score(ruled: CommandLine) -> None:
    rows = ruled("assess", "--quarter", "2022Q3", "--explain", "零陵", "--format", "json").json
    assert [row["task"] for row in rows] == [*range(1, 122)]
    counted = [row["points"] for row in rows if row["points"] is not None]
    assert (sum(counted), len(counted)) == (150, 108)
    told = {row["task"]: (row["points"], row["why"]) for row in rows}
    assert [told[number] for number in (1, 2, 3, 5, 8, 10, 38)] == [
        (50, "随牵头单位：2022-07-20 完成，按期，最多 50"),
        (0, "随牵头单位：未完成（受阻），没有报进度"),
        (20, "随牵头单位：未完成（推进中），进度 40×0.5，最多 50"),
        (30, "未完成（推进中），进度 60×0.5"),
        (None, "未到期，不计"),
        (None, "随牵头单位：中止，不计"),
        (50, "随牵头单位：2022-07-28 完成，逾期 1 个月，100-10×1，不低于 60，最多 50"),
    ]


def test_explain_gives_the_record_that_show_gives(ruled: CommandLine) -> None:
    rows = ruled("assess", "--quarter", "2022Q3", "--explain", "零陵区", "--format", "json").json
    [own] = [
        entry for entry in ruled("show", 5, "--format", "json").json["progress"] if entry["unit"] == "零陵区"
    ]
    assert rows[4]["ref"] == own["ref"]
    assert rows[8]["ref"] is None


def test_explain_says_where_the_unit_stands_and_what_was_added(ruled: CommandLine) -> None:
    answer = ruled("assess", "--quarter", "2022Q3", "--explain", "零陵区", today="2022-10-08")
    assert answer.err == (
        f"{SAID}"
        "加减分：2022-08-10 +2.5 分：模拟：经验推广（模拟〔2022〕9号）\n"
        "县市区第 1 名，3.89 分（任务 1.39，加减分 +2.5）\n"
        "零陵区共 121 项，计分 108 项，截至 2022-09-30\n"
    )
    answer = ruled("assess", "--quarter", "2022Q2", "--explain", "国网", today="2022-10-08")
    assert answer.err.endswith("不排名，0.00 分\n国网永州供电公司共 28 项，计分 1 项，截至 2022-06-30\n")
    answer = ruled("assess", "--quarter", "2022Q1", "--explain", "金融办", today="2022-10-08")
    assert answer.err.endswith(
        "市直牵头单位，没有到期的任务，不计分\n"
        "市直责任单位，没有到期的任务，不计分\n"
        "市政府办（金融办）共 17 项，计分 0 项，截至 2022-03-31\n"
    )


def test_a_unit_may_be_ranked_though_its_kind_is_not(story: CommandLine) -> None:
    units = story.here / "data" / "units.yaml"
    text = units.read_text("utf-8")
    before = "  full_name: 国家税务总局永州市税务局\n"
    assert text.count(before) == 1
    units.write_text(text.replace(before, f"{before}  assess: ranked\n"), "utf-8")
    found = story("assess", "--quarter", "2022Q3", "--format", "json").json
    assert "市税务局" in [row["unit"] for row in found["boards"]["lead"]]
    assert "市税务局" in [row["unit"] for row in found["boards"]["responsible"]]
    assert "市税务局" not in [row["unit"] for row in found["unranked"]]


def test_an_answer_may_be_written_to_a_file(story: CommandLine) -> None:
    answer = story("assess", "--year", "2022", "-o", "考评.html")
    assert (answer.code, answer.raw) == (0, b"")
    assert answer.err.startswith("已写入 考评.html\n草稿：")
    page = (story.here / "考评.html").read_text("utf-8")
    assert "<title>2022年度考评（截至 2022-12-31）</title>" not in page
    assert "计分规则：按期完成 100 分；" in page
