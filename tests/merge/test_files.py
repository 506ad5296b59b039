"""Examples of merges, with all that comes of them. Plans, units and reports are 模拟."""

import pytest
from tiny import TASKS, UNITS, Edit, edited

from yzplan.merge.files import Merged, UnmergeableError, merge

LAST = "      measured: {办理时限: 0.5}\n"
"""The last line of the ledger of task 2."""
OURS, THEIRS = (
    """\
    - date: 2022-08-05
      unit: 市模拟甲局
      status: done
""",
    """\
    # 电话核实过
    - date: 2022-08-04
      unit: 市模拟乙局
      status: in_progress  # 约数
      percent: 30
""",
)


def of(ours: str, theirs: str, base: str = TASKS) -> Merged:
    return merge(base.encode(), ours.encode(), theirs.encode())


def text_of(found: Merged) -> str:
    assert found.conflicts == 0
    return found.content.decode()


def change(base: str, ours: Edit | list[Edit], theirs: Edit | list[Edit]) -> str:
    """What comes of two sides that each made edits, the same for both."""
    one, other = (edited(base, *([edits] if isinstance(edits, tuple) else edits)) for edits in (ours, theirs))
    found = text_of(of(one, other, base))
    assert found == text_of(of(other, one, base))
    return found


def conflict(base: str, ours: Edit, theirs: Edit) -> str:
    """What comes of two sides that contradict each other once."""
    found = of(edited(base, ours), edited(base, theirs), base)
    assert found.conflicts == 1
    return found.content.decode()


def refused(base: str, ours: str, theirs: str) -> None:
    with pytest.raises(UnmergeableError):
        of(ours, theirs, base)


pytestmark = pytest.mark.usefixtures("yaml_loader")


# Records


def test_records_of_both_sides_stand_in_the_order_of_their_days_with_their_comments() -> None:
    assert change(TASKS, (LAST, LAST + OURS), (LAST, LAST + THEIRS)) == edited(
        TASKS, (LAST, LAST + THEIRS + OURS)
    )


def test_of_one_day_each_side_keeps_its_order_and_the_smallest_reference_comes_first() -> None:
    def record(note: str) -> str:
        return (
            f"    - date: 2022-08-05\n      unit: 市模拟乙局\n      status: in_progress\n      note: {note}\n"
        )

    first, second, third = record("模拟三"), record("模拟一"), record("模拟二")

    assert change(TASKS, (LAST, LAST + first + second), (LAST, LAST + third)) == edited(
        TASKS, (LAST, LAST + third + first + second)
    )


def test_a_first_record_on_each_side_makes_one_ledger() -> None:
    last = "    text: 年底前完成模拟评价。\n"
    extension = "    extensions:\n    - to: 2022-12\n      approved_on: 2022-08-01\n      reason: 模拟\n"

    assert change(
        TASKS, (last, f"{last}    progress:\n{OURS}"), (last, f"{last}{extension}    progress:\n{THEIRS}")
    ) == edited(TASKS, (last, f"{last}{extension}    progress:\n{THEIRS}{OURS}"))


def test_what_both_sides_recorded_is_there_once() -> None:
    assert change(TASKS, (LAST, LAST + OURS), (LAST, LAST + THEIRS + OURS)) == edited(
        TASKS, (LAST, LAST + THEIRS + OURS)
    )


def test_what_one_side_took_out_is_gone_though_the_other_wrote_it_anew() -> None:
    second = """\
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
"""

    assert change(TASKS, (second + LAST, OURS), (second, second.replace("模拟东县", "'模拟东县'"))) == edited(
        TASKS, (second + LAST, OURS)
    )


def test_a_record_that_one_side_wrote_otherwise_stays_as_it_wrote_it() -> None:
    anew = '      status: "done" # 核实过\n'

    assert change(TASKS, (LAST, LAST + OURS), ("      status: done\n", anew)) == edited(
        TASKS, (LAST, LAST + OURS), ("      status: done\n      completed_on", f"{anew}      completed_on")
    )


def test_comments_below_a_ledger_stay_below_what_is_recorded() -> None:
    base = edited(TASKS, (LAST, LAST + "      # 以上已核\n"))

    assert change(base, (LAST, LAST + OURS), (LAST, LAST + THEIRS)) == edited(
        base, (LAST, LAST + THEIRS + OURS)
    )


def test_two_extensions_of_one_task() -> None:
    old = "    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}\n"
    one = "    - {to: 2022-12, approved_on: 2022-10-20, reason: 模拟}\n"
    other = "    - {to: 2022-10, approved_on: 2022-08-20, reason: 模拟}\n"

    assert change(TASKS, (old, old + one), (old, other + old)) == edited(TASKS, (old, other + old + one))


# The office's own ledgers

URGED = """\
- date: 2022-08-05
  measure: urging
  unit: 市模拟甲局
  number: 模拟〔2022〕督1号
  tasks: [1, 2]
"""
VISITED = """\
# 会同市模拟丙局
- date: 2022-08-04
  measure: covert_visit
  unit: 市模拟乙局  # 窗口
  finding: 模拟
"""
RANKED = """\

rankings:
- date: 2023-01-06
  period: '2022'
  indicator: 2
  rank: 12
  of: 14
"""
END = "    text: 年底前完成模拟评价。\n"
BEGUN = f"{END}\nsupervision:\n"


def test_a_section_that_one_side_began_is_taken_from_it() -> None:
    assert change(TASKS, (END, BEGUN + URGED), (LAST, LAST + OURS)) == edited(
        TASKS, (LAST, LAST + OURS), (END, BEGUN + URGED)
    )


def test_a_section_that_both_sides_began_holds_the_entries_of_both() -> None:
    assert change(TASKS, (END, BEGUN + URGED), (END, BEGUN + VISITED)) == edited(
        TASKS, (END, BEGUN + VISITED + URGED)
    )


def test_supervision_stands_above_rankings_whichever_side_began_it() -> None:
    assert change(TASKS, (END, END + RANKED), (END, BEGUN + URGED)) == edited(
        TASKS, (END, BEGUN + URGED + RANKED)
    )


def test_comments_around_a_section_stay() -> None:
    base = edited(TASKS, (END, f"{END}\n# 督办\nsupervision:  # 按日期\n{URGED}# 以上已核\n"))

    assert change(
        base, (URGED, VISITED + URGED), (URGED, URGED + "- date: 2022-08-09\n  closes: '0123abcd'\n")
    ) == (edited(base, (URGED, f"{VISITED}{URGED}- date: 2022-08-09\n  closes: '0123abcd'\n")))


def test_entries_stand_in_the_order_of_the_days_from_which_they_were_known() -> None:
    late = URGED.replace("tasks: [1, 2]", "recorded_on: 2022-08-20")
    base = edited(TASKS, (END, BEGUN + URGED))
    closed = "- date: 2022-08-12\n  closes: '0123abcd'\n"

    assert change(base, (URGED, URGED + late), (URGED, URGED + closed)) == edited(
        base, (URGED, URGED + closed + late)
    )


def test_what_one_side_took_out_of_a_section_is_gone() -> None:
    base = edited(TASKS, (END, BEGUN + VISITED + URGED))
    closed = "- date: 2022-08-12\n  closes: '0123abcd'\n"

    assert change(base, (VISITED, ""), (URGED, URGED + closed)) == edited(
        TASKS, (END, BEGUN + URGED + closed)
    )
    assert change(base, (BEGUN + VISITED + URGED, END), (VISITED, "")) == TASKS


def test_a_section_with_other_newlines_on_one_side() -> None:
    ours, theirs = edited(TASKS, (END, BEGUN + URGED)), edited(TASKS, (END, BEGUN + VISITED))
    found = of(ours.replace("\n", "\r\n"), theirs)

    assert text_of(found) == edited(TASKS, (END, BEGUN + VISITED + URGED)).replace("\n", "\r\n")


def test_an_entry_that_does_not_read_is_left_to_git() -> None:
    refused(TASKS, edited(TASKS, (END, BEGUN + URGED)), edited(TASKS, (END, f"{BEGUN}- date: 8月4日\n")))


def test_what_both_sides_recorded_of_one_thing_is_said() -> None:
    base = edited(TASKS, (END, BEGUN + URGED))
    noted = "- date: 2022-08-12\n  closes: '0123abcd'\n  note: 模拟\n"
    closed = "- date: 2022-08-19\n  closes: '0123abcd'\n"
    replied = "- date: 2022-08-15\n  replies_to: '0123abcd'\n"
    corrected = "- date: 2022-08-16\n  retracts: '89abcdef'\n  note: 模拟\n"
    again = "- date: 2022-08-17\n  replies_to: '89abcdef'\n"
    reused = URGED.replace("2022-08-05", "2022-08-20").replace("督1号", "督2号")
    ours = URGED + noted + VISITED + replied + corrected + reused + RANKED
    theirs = (
        URGED
        + VISITED.replace("finding: 模拟", "finding: 另一处")
        + replied.replace("\n", "\n  note: 模拟\n", 1)
        + again
        + closed
        + reused.replace("甲局", "乙局")
        + RANKED.replace("rank: 12", "rank: 11")
    )

    found = of(edited(base, (URGED, ours)), edited(base, (URGED, theirs)), base)

    assert found.conflicts == 0
    assert found.remarks == (
        "督办 0123abcd 2022-08-15 的回复 两边各有一条；重复的、记错的，记一条更正",
        "督办 0123abcd 的办结 两边各有一条；重复的、记错的，记一条更正",
        "督办 市模拟乙局 2022-08-04 暗访 两边各有一条；重复的、记错的，记一条更正",
        "督办 模拟〔2022〕督2号 两边各有一条；重复的、记错的，记一条更正",
        "督办 89abcdef 一边作了更正，另一边记了回复或办结；核对以哪边为准",
        "全省排名 2022 指标 2 两边各有一条；重复的、记错的，记一条更正",
    )
    assert (
        of(
            edited(base, (URGED, ours)), edited(base, (URGED, URGED + closed.replace("0123", "4567"))), base
        ).remarks
        == ()
    )


# Facts


def test_facts_that_one_side_changed_are_taken_from_it() -> None:
    assert change(
        TASKS,
        [("deadline: 2022-09\n", "deadline: 2022-10\n"), (LAST, LAST + OURS)],
        [("text: 建立模拟工作机制。\n", "text: 建立模拟机制。  # 已核\n"), (LAST, LAST + THEIRS)],
    ) == edited(
        TASKS,
        ("deadline: 2022-09\n", "deadline: 2022-10\n"),
        ("text: 建立模拟工作机制。\n", "text: 建立模拟机制。  # 已核\n"),
        (LAST, LAST + THEIRS + OURS),
    )


def test_a_fact_that_both_sides_changed_is_marked() -> None:
    found = conflict(
        TASKS, ("deadline: 2022-09\n", "deadline: 2022-10\n"), ("deadline: 2022-09\n", "deadline: 2022-11\n")
    )

    assert found == edited(
        TASKS,
        (
            "    deadline: 2022-09\n",
            """\
<<<<<<< 本方
    deadline: 2022-10
=======
    deadline: 2022-11
>>>>>>> 对方
""",
        ),
    )


def test_markers_are_as_long_as_asked_and_the_rest_is_merged() -> None:
    ours, theirs = (
        edited(TASKS, ("deadline: 2022-09\n", f"deadline: {month}\n"), (LAST, LAST + record))
        for month, record in (("2022-10", OURS), ("2022-11", THEIRS))
    )

    found = merge(
        TASKS.encode(), ours.encode(), theirs.encode(), marker_size=9, labels=("HEAD", "base", "feature")
    )

    assert found.content.decode() == edited(
        TASKS,
        (
            "    deadline: 2022-09\n",
            """\
<<<<<<<<< HEAD
    deadline: 2022-10
=========
    deadline: 2022-11
>>>>>>>>> feature
""",
        ),
        (LAST, LAST + THEIRS + OURS),
    )


def test_keys_that_both_sides_added_stand_in_their_order() -> None:
    id_line = "  - id: 3\n    deadline: 2022-12\n"

    assert change(
        TASKS,
        (id_line, f"{id_line}    lead_unit: 市模拟丙局\n"),
        ("    text: 年底前完成模拟评价。\n", "    text: 年底前完成模拟评价。\n    leader: 模拟领导\n"),
    ) == edited(
        TASKS,
        (id_line, f"{id_line}    lead_unit: 市模拟丙局\n"),
        ("    text: 年底前完成模拟评价。\n", "    text: 年底前完成模拟评价。\n    leader: 模拟领导\n"),
    )


def test_the_facts_of_the_header_and_of_indicators_are_merged_key_by_key() -> None:
    policy = "  policy: {complete: verified}\n"
    totals = "  totals: {indicators: 2, tasks: 3}\n"

    assert change(
        TASKS,
        [
            (totals, totals + policy),
            ("  name: 模拟指标甲\n  leader: null\n", "  name: 模拟指标甲\n  leader: 甲\n"),
        ],
        [("  year: 2022\n", "  year: 2022  # 已核\n"), ("  open_ended: 等市直相关单位\n", "")],
    ) == edited(
        TASKS,
        (totals, totals + policy),
        ("  name: 模拟指标甲\n  leader: null\n", "  name: 模拟指标甲\n  leader: 甲\n"),
        ("  year: 2022\n", "  year: 2022  # 已核\n"),
        ("  open_ended: 等市直相关单位\n", ""),
    )


def test_points_that_the_office_gave_are_a_ledger() -> None:
    totals = "  totals: {indicators: 2, tasks: 3}\n"
    rules = "  assessment:\n    silent: 50\n    adjustments:\n"
    one = "    - {date: 2022-10-01, unit: 市模拟甲局, points: 1, reason: 模拟}\n"
    other = "    - {date: 2022-09-01, unit: 市模拟乙局, points: -1, reason: 模拟}\n"

    assert change(TASKS, (totals, totals + rules + one), (totals, totals + rules + other)) == edited(
        TASKS, (totals, totals + rules + other + one)
    )


ERRATUM = "    - {printed: 模拟事项, note: 疑为“虚拟事项”；原文保留}\n"
ANOTHER = "    - {printed: 网上办理, note: 模拟}\n"


def test_errata_of_both_sides_are_kept() -> None:
    third = "    - {printed: 占比, note: 模拟}\n"

    assert change(TASKS, (ERRATUM, ERRATUM + ANOTHER), (ERRATUM, third + ERRATUM)) == edited(
        TASKS, (ERRATUM, third + ERRATUM + ANOTHER)
    )


def test_an_erratum_that_one_side_changed_keeps_its_place() -> None:
    base = edited(TASKS, (ERRATUM, ERRATUM + ANOTHER))
    third = "    - {printed: 占比, note: 模拟}\n"

    assert change(base, (ERRATUM, ERRATUM.replace("疑", "恐")), (ANOTHER, ANOTHER + third)) == edited(
        TASKS, (ERRATUM, ERRATUM.replace("疑", "恐") + ANOTHER + third)
    )


def test_a_fact_that_one_side_only_wrote_otherwise_is_as_the_other_has_it() -> None:
    deadline = "    deadline: 2022-09\n"
    quoted, later = (deadline, "    deadline: '2022-09'\n"), (deadline, "    deadline: 2022-10\n")

    assert change(TASKS, quoted, later) == edited(TASKS, later)
    assert conflict(TASKS, (deadline, "    deadline: 2022-09  # 已核\n"), later) == edited(
        TASKS,
        (
            deadline,
            """\
<<<<<<< 本方
    deadline: 2022-09  # 已核
=======
    deadline: 2022-10
>>>>>>> 对方
""",
        ),
    )


def test_a_fact_that_one_side_took_out_and_the_other_changed_is_marked() -> None:
    line = "  open_ended: 等市直相关单位\n"

    assert conflict(TASKS, (line, ""), (line, "  open_ended: 等单位\n")) == edited(
        TASKS, (line, "<<<<<<< 本方\n=======\n  open_ended: 等单位\n>>>>>>> 对方\n")
    )


def test_an_erratum_that_both_sides_changed_is_marked() -> None:
    assert conflict(TASKS, ("；原文保留}", "；已问}"), ("；原文保留}", "；不改}")) == edited(
        TASKS,
        (
            "    errata:\n" + ERRATUM,
            """\
<<<<<<< 本方
    errata:
    - {printed: 模拟事项, note: 疑为“虚拟事项”；已问}
=======
    errata:
    - {printed: 模拟事项, note: 疑为“虚拟事项”；不改}
>>>>>>> 对方
""",
        ),
    )


# Tasks and indicators

TASK_1 = TASKS[TASKS.index("  - id: 1\n") : TASKS.index("  - id: 2\n")]
TASK_3 = "  - id: 3\n    deadline: 2022-12\n    text: 年底前完成模拟评价。\n"
TASK_4, TASK_5 = TASK_3.replace("id: 3", "id: 4"), "  # 新增\n" + TASK_3.replace("id: 3", "id: 5")


def test_tasks_that_were_added_stand_in_their_order() -> None:
    assert change(TASKS, (TASK_3, TASK_3 + TASK_5), (TASK_3, TASK_3 + TASK_4)) == edited(
        TASKS, (TASK_3, TASK_3 + TASK_4 + TASK_5)
    )


def test_a_task_that_one_side_took_out_is_gone_unless_the_other_changed_it() -> None:
    base = TASKS + TASK_4
    changed = TASK_4.replace("2022-12", "2022-11")

    assert change(base, (TASK_4, ""), ("  name: 模拟指标乙\n", "  name: 模拟指标丙\n")) == edited(
        TASKS, ("  name: 模拟指标乙\n", "  name: 模拟指标丙\n")
    )
    assert conflict(base, (TASK_4, ""), (TASK_4, changed)) == TASKS + (
        f"<<<<<<< 本方\n=======\n{changed}>>>>>>> 对方\n"
    )


def test_an_indicator_that_was_added_stands_where_it_belongs() -> None:
    third = (
        f"\n- id: 3\n  name: 模拟指标丁\n  lead_unit: 市模拟丙局\n  responsible_units: []\n  tasks:\n{TASK_4}"
    )

    assert change(TASKS, (TASK_3, TASK_3 + third), (LAST, LAST + OURS)) == edited(
        TASKS, (TASK_3, TASK_3 + third), (LAST, LAST + OURS)
    )


def test_a_task_that_both_sides_moved_elsewhere_is_left_alone() -> None:
    third = "\n- id: 3\n  name: 模拟指标丁\n  lead_unit: 市模拟丙局\n  responsible_units: []\n  tasks:\n"
    base = TASKS + TASK_4 + third + TASK_5
    without = edited(TASKS, (TASK_1, ""))

    refused(base, without + TASK_1 + TASK_4 + third + TASK_5, without + TASK_4 + third + TASK_5 + TASK_1)


# The register


def test_units_are_merged_field_by_field_and_new_ones_stand_where_they_were_put() -> None:
    authors = "\nauthors:\n  office@example.org: office\n"
    county = "- name: 模拟东县\n"
    new, another = "- name: 市模拟新局\n  kind: 市直部门\n", "# 新设\n- name: 市模拟己局\n  kind: 市直部门\n"

    assert change(
        UNITS,
        [
            ("[甲局, 模拟甲]\n", "[甲局, 模拟甲, 老甲]\n"),
            (county, new + county),
            ("  kind: open\n", f"  kind: open\n{authors}  jia@example.org: 市模拟甲局  # 已核\n"),
        ],
        [
            ("[甲局, 模拟甲]\n", "[模拟甲, 大甲]  # 已核\n"),
            (county, another + county),
            ("市模拟乙局\n  kind: 市直部门", "市模拟乙局\n  full_name: 模拟市乙局\n  kind: 市直部门"),
            ("  kind: open\n", f"  kind: open\n{authors}  yi@example.org: 市模拟乙局\n"),
        ],
    ) == edited(
        UNITS,
        ("[甲局, 模拟甲]\n", "[模拟甲, 大甲, 老甲]  # 已核\n"),
        (county, another + new + county),
        ("市模拟乙局\n  kind: 市直部门", "市模拟乙局\n  full_name: 模拟市乙局\n  kind: 市直部门"),
        (
            "  kind: open\n",
            f"  kind: open\n{authors}  jia@example.org: 市模拟甲局  # 已核\n  yi@example.org: 市模拟乙局\n",
        ),
    )


def test_an_author_to_whom_both_sides_gave_a_unit_is_marked() -> None:
    base = UNITS + "authors:\n  a@example.org: office\n"

    assert conflict(base, (": office", ": 市模拟甲局"), (": office", ": 市模拟乙局")) == UNITS + (
        """\
authors:
<<<<<<< 本方
  a@example.org: 市模拟甲局
=======
  a@example.org: 市模拟乙局
>>>>>>> 对方
"""
    )


# What looks odd


def test_what_looks_odd_in_the_union_is_said() -> None:
    def record(day: int, status: str) -> str:
        return f"    - date: 2022-08-0{day}\n      unit: 市模拟甲局\n      status: {status}\n"

    first, last, between, twice = (
        record(5, "done"),
        record(7, "verified"),
        record(6, "in_progress"),
        record(7, "returned"),
    )

    found = of(edited(TASKS, (LAST, LAST + first + last)), edited(TASKS, (LAST, LAST + between + twice)))

    assert text_of(found) == edited(TASKS, (LAST, LAST + first + between + last + twice))
    assert found.remarks == (
        "第 2 项 市模拟甲局 2022-08-07 一天两边各有记录，以排在后面的为准；误报的用 undo 更正",
        "第 2 项 市模拟甲局 由“已报完成”记为“推进中”，不合转换规则",
        "第 2 项 市模拟甲局 由“推进中”记为“已认定”，不合转换规则",
    )


def test_of_what_was_odd_before_nothing_is_said() -> None:
    odd = "    - date: 2022-08-06\n      unit: 市模拟甲局\n      status: returned\n"
    base = edited(TASKS, (LAST, LAST + odd))

    assert of(edited(base, (odd, odd + OURS)), edited(base, (LAST, LAST + THEIRS)), base).remarks == ()


# How a file is written


def test_what_both_sides_began_on_their_own_is_merged_too() -> None:
    ours, theirs = edited(TASKS, (LAST, LAST + OURS)), edited(TASKS, (LAST, LAST + THEIRS))

    assert text_of(of(ours, theirs, "")) == edited(TASKS, (LAST, LAST + THEIRS + OURS))
    assert text_of(of(UNITS, UNITS + "authors:\n  a@x.cn: office\n", "")) == (
        UNITS + "authors:\n  a@x.cn: office\n"
    )


def test_a_ledger_that_is_in_no_order_only_gets_lines_more() -> None:
    first, second = (
        """\
    - date: 2022-07-15
      unit: 市模拟甲局
      status: in_progress
      percent: 40
""",
        """\
    - date: 2022-08-03
      unit: 模拟东县
      status: done
      completed_on: 2022-07-28
      measured: {办理时限: 0.5}
""",
    )
    base = edited(TASKS, (first + second, second + first))

    assert change(base, (first, first + OURS), (first, first + THEIRS)) == edited(
        base, (first, first + THEIRS + OURS)
    )


def test_a_ledger_that_stands_first_below_its_dash_is_merged() -> None:
    first = "    - {date: 2022-07-01, unit: 市模拟丙局, status: in_progress}\n"
    facts = TASK_3.replace("  - id: 3\n", "    id: 3\n")
    base = edited(TASKS, (TASK_3, f"  -  # 模拟\n    progress:\n{first}{facts}"))

    assert change(base, (first, first + OURS), (first, first + THEIRS)) == edited(
        base, (first, first + THEIRS + OURS)
    )


def test_bom_newlines_and_the_end_of_the_file_stay_as_in_ours() -> None:
    ours = ("\ufeff" + edited(TASKS, (LAST, LAST + OURS)).rstrip("\n")).replace("\n", "\r\n")
    theirs = edited(TASKS, (LAST, LAST + THEIRS))
    union = edited(TASKS, (LAST, LAST + THEIRS + OURS))

    assert text_of(of(ours, theirs)) == ("\ufeff" + union.rstrip("\n")).replace("\n", "\r\n")
    assert text_of(of(theirs, ours)) == union


# What is left to the merge of texts


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(edited(TASKS, ("    progress:\n", "    progress:\n     x\n")), id="not YAML"),
        pytest.param(edited(TASKS, ("status: done\n", "status: 'done\n")), id="open quote"),
        pytest.param(edited(TASKS, ("  - id: 3\n", "  - id: 2\n")), id="a task twice"),
        pytest.param(
            edited(TASKS, ("status: done\n", "status: done\n      status: done\n")), id="a key twice"
        ),
        pytest.param(edited(TASKS, ("      unit: 模拟东县\n", "")), id="a record of nobody"),
        pytest.param(edited(TASKS, ("date: 2022-08-03", "date: 2022-08-33")), id="no day"),
        pytest.param(
            edited(TASKS, (LAST, f"<<<<<<< HEAD\n{LAST}=======\n>>>>>>> other\n")), id="an old conflict"
        ),
        pytest.param("", id="nothing"),
        pytest.param("模拟\n", id="no table"),
        pytest.param(UNITS, id="the other file"),
        pytest.param(TASKS.replace("- id: 2\n", "- id: 2  # \u200b\n"), id="hidden character"),
    ],
)
def test_what_cannot_be_read_is_left_alone(spoilt: str) -> None:
    ours = edited(TASKS, (LAST, LAST + OURS))

    refused(TASKS, ours, spoilt)
    refused(TASKS, spoilt, ours)


def test_what_is_no_utf_8_is_left_alone() -> None:
    ours = edited(TASKS, (LAST, LAST + OURS))

    with pytest.raises(UnmergeableError):
        merge(TASKS.encode(), ours.encode(), TASKS.encode("gbk"))


def test_records_that_are_indented_otherwise_on_one_side_are_left_alone() -> None:
    ledger = TASKS[TASKS.index("    - date: 2022-07-15") : TASKS.index("\n- id: 2\n")]
    deeper = "".join(f"  {line}\n" for line in ledger.splitlines())

    refused(TASKS, edited(TASKS, (ledger, deeper)), edited(TASKS, (LAST, LAST + OURS)))


def test_a_task_that_is_indented_otherwise_than_those_of_the_other_side_is_left_alone() -> None:
    tasks = TASKS[TASKS.index("  - id: 3\n") :]
    deeper = "".join(f"  {line}\n" for line in tasks.splitlines())

    refused(TASKS, edited(TASKS, (tasks, deeper)), TASKS + TASK_4)


def test_a_key_within_a_text_of_several_lines_is_none() -> None:
    base = edited(
        TASKS,
        ("      percent: 40\n", "      percent: 40\n      note: '模拟\n\n    progress:\n\n    - 模拟'\n"),
    )

    refused(base, edited(base, (LAST, LAST + OURS)), edited(base, (LAST, LAST + THEIRS)))
