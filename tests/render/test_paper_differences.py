"""What a paper would say now instead (模拟)."""

import dataclasses

from some_paper import PAPER, TASKS, UNITS
from stamps import DRAFT
from wcwidth import wcswidth

from yzplan.papers.paper import Attachment, Heading, Paper, Paragraph
from yzplan.render.machine import json_bytes
from yzplan.render.paper_differences import (
    PaperDifference,
    difference_parts,
    difference_text,
    differences,
)
from yzplan.render.terminal import draw

NOW = PAPER._replace(
    issue="第4期",
    blocks=(
        PAPER.blocks[0],
        Paragraph("截至2022年9月30日，应完成15项，按期完成5项，逾期未完成9项。"),
        *PAPER.blocks[2:4],
        UNITS._replace(
            rows=(("1", "市模拟局", "12", "35.2%"), *UNITS.rows[1:], ("3", "市附录局", "1", "0%"))
        ),
        *PAPER.blocks[5:7],
    ),
    attachments=(PAPER.attachments[0], Attachment("计分规则", (Paragraph("按期100分。"), TASKS))),
)

TEXT = """\
文头
- 第3期
+ 第4期

一、总体情况
- 截至2022年9月30日，应完成15项，按期完成6项，逾期未完成8项。
+ 截至2022年9月30日，应完成15项，按期完成5项，逾期未完成9项。
  “项，按期完成6项，逾期未完成8项。”改为“项，按期完成5项，逾期未完成9项。”

（一）分单位情况，表1 各牵头单位完成情况（模拟）
- 1｜市模拟局｜12｜43.8%
+ 1｜市模拟局｜12｜35.2%
+ 3｜市附录局｜1｜0%

1.限期整改。
- 请于【整改期限】前书面报告。

附件2　计分规则
+ 序号｜重点工作任务｜完成时限
+ 5｜推行模拟事项全程网办，将办理环节压缩至3个以内，实行“一窗受理、并联审批”。｜2022年7月
"""


def test_only_what_changed_is_listed_under_its_place() -> None:
    assert difference_text(differences(PAPER, NOW)) == TEXT


def test_backwards_it_is_the_same_the_other_way_round() -> None:
    forwards, backwards = differences(PAPER, NOW), differences(NOW, PAPER)
    assert [(each.before, each.after) for each in backwards] == [
        (each.after, each.before) for each in forwards
    ]


def test_nothing_differs_where_only_the_data_came_from_elsewhere() -> None:
    assert differences(PAPER, PAPER) == []
    same = dataclasses.replace(DRAFT, document_number=PAPER.stamp.document_number)
    assert differences(PAPER, PAPER._replace(stamp=same)) == []
    assert difference_text([]) == ""


def test_what_stands_before_the_first_heading_is_the_text() -> None:
    old = PAPER._replace(blocks=(Paragraph("甲。"), UNITS, Heading(1, "一、", "乙")))
    new = PAPER._replace(blocks=(Paragraph("丙。"), UNITS._replace(note=""), Heading(1, "一、", "丁")))
    assert differences(old, new) == [
        PaperDifference(place="正文", before="甲。", after="丙。"),
        PaperDifference(
            place="正文，表1 各牵头单位完成情况（模拟）", before="注：完成率按期末计。", after=None
        ),
        PaperDifference(place="一、丁", before="一、乙", after="一、丁"),
    ]


def test_a_row_that_came_is_told_from_the_rows_that_changed() -> None:
    def rows(*rows: tuple[str, ...]) -> Paper:
        return PAPER._replace(blocks=(TASKS._replace(rows=rows),), attachments=())

    old = rows(("5", "推行模拟事项网上办理", "逾期31天"), ("8", "压缩模拟环节", "逾期1天"))
    new = rows(
        ("3", "开展演示评估", "逾期0天"),
        ("5", "推行模拟事项网上办理", "逾期61天"),
        ("8", "压缩模拟环节", "逾期31天"),
    )
    assert [(each.before, each.after) for each in differences(old, new)] == [
        (None, "3｜开展演示评估｜逾期0天"),
        ("5｜推行模拟事项网上办理｜逾期31天", "5｜推行模拟事项网上办理｜逾期61天"),
        ("8｜压缩模拟环节｜逾期1天", "8｜压缩模拟环节｜逾期31天"),
    ]


def test_a_thousand_new_rows_are_compared_at_once() -> None:
    def rows(first: int) -> Paper:
        made = tuple((str(k), f"第{k}项模拟任务", "2022年7月") for k in range(first, first + 1000))
        return PAPER._replace(blocks=(TASKS._replace(rows=made),), attachments=())

    found = differences(rows(0), rows(1))
    assert [(each.before, each.after) for each in found] == [
        ("0｜第0项模拟任务｜2022年7月", None),
        (None, "1000｜第1000项模拟任务｜2022年7月"),
    ]


def test_json() -> None:
    assert json_bytes(differences(PAPER, PAPER._replace(issue="第4期"))).decode() == (
        '[\n  {\n    "place": "文头",\n    "before": "第3期",\n    "after": "第4期"\n  }\n]\n'
    )


def test_on_a_terminal() -> None:
    found = differences(PAPER, NOW)
    assert draw(difference_parts(found, 200), 200, colour=False) == TEXT
    narrow = draw(difference_parts(found, 30), 30, colour=False).splitlines()
    assert all(wcswidth(line) <= 30 for line in narrow)
    assert narrow[5:9] == [
        "- 截至2022年9月30日，应完成15",
        "  项，按期完成6项，逾期未完成8",
        "  项。",
        "+ 截至2022年9月30日，应完成15",
    ]
    coloured = draw(difference_parts(found, 30), 30, colour=True)
    assert "\x1b[31m- 第3期\x1b[0m\n\x1b[32m+ 第4期\x1b[0m\n" in coloured


def test_nothing_a_terminal_obeys_is_sent() -> None:
    found = differences(PAPER, PAPER._replace(issue="甲\x1b[2J\n乙"))
    assert "\x1b" not in difference_text(found)
    assert len(difference_text(found).splitlines()) == 3
