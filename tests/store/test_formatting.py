"""The one layout: whatever a hand wrote comes to it, with every fact and every comment. All of it is 模拟."""

import errno
import os
import re
from pathlib import Path
from typing import Any

import hands
import pytest
import yearend
from chance import few
from hypothesis import given
from hypothesis import strategies as st
from rewriting import Rewriter
from tables import made, names, state_of, told
from tiny import TASKS as TINY
from tiny import UNITS, edited, rendered

from yzplan.model import Register, facts
from yzplan.store import formatting, saving, writing
from yzplan.store.canonical import canonical_lines
from yzplan.store.comments import comments_of
from yzplan.store.formatting import format_files, formatted
from yzplan.store.layout import PlanFile
from yzplan.store.loading import load
from yzplan.store.reading import Document, read
from yzplan.store.source import decode_source

DATA = Path(__file__).parents[2] / "data"
TASKS = edited(
    TINY,
    (
        "    - {from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}\n",
        "    - from: 2022-09\n      to: 2022-11\n      approved_on: 2022-09-20\n      reason: 模拟延期\n",
    ),
)
"""The tiny plan, in the one layout."""


def document(text: str) -> Document:
    found = read(decode_source(text.encode(), "tasks.yaml"))
    assert rendered(found.problems) == ""
    return found


def root_of(value: Any) -> type:
    return PlanFile if "plan" in value else Register


def neat(text: str) -> str:
    """A text in the one layout."""
    found = document(text)
    return formatted(found, root_of(found.value))


def bare(text: str) -> list[str]:
    """The lines of a formatted text without its comments and blank lines."""
    lines = (
        re.sub(r"  # ?注.*", "", line) for line in text.splitlines() if not line.lstrip().startswith("#")
    )
    return [line for line in lines if line]


# --- any hand


def check(seed: int, value: Any, *, shuffling: bool) -> None:
    hand = Rewriter(seed, value, shuffling=shuffling)
    found = document(hand.text)
    assert found.value == value
    assert [comment.text for comment in comments_of(found.source.text)] == hand.remarks
    text = formatted(found, root_of(value))
    again = document(text)
    assert again.value == value
    kept = [comment.text for comment in comments_of(text)]
    assert sorted(kept) == sorted(hand.remarks)
    if not shuffling:
        assert kept == hand.remarks
    assert formatted(again, root_of(value)) == text
    canonical = canonical_lines(value, root_of(value))
    assert bare(text) == [line for line in canonical if line]
    plain = Rewriter(seed, value, remarking=False).text
    newline = "\r\n" if "\r\n" in plain else "\n"
    assert neat(plain) == "".join(line + newline for line in canonical)


@st.composite
def values(draw: st.DrawFn) -> Any:
    """What stands in a file: the tiny plan with any reports, or its units with any notes."""
    if draw(st.booleans()):
        value = document(UNITS).value
        for entry in (*value["units"], *value["groups"]):
            if note := draw(st.none() | hands.some_note):
                entry["note"] = note
        emails = st.sampled_from(["jia@example.org", "B.ing+1@host", "某人@模拟.中国", "'@'", "units", "5"])
        if said := draw(st.dictionaries(emails, st.sampled_from(["市模拟甲局", "office"]))):
            value["authors"] = said
        return value
    value = document(TASKS).value
    for indicator in value["indicators"]:
        for task in indicator["tasks"]:
            for key, entries in (("extensions", hands.extensions()), ("progress", hands.records(task["id"]))):
                if said := draw(st.lists(entries, max_size=3)):
                    task[key] = [facts(entry) for entry in said]
    for key, ledger in (("supervision", hands.measures()), ("rankings", hands.rankings())):
        if found := draw(st.lists(ledger, max_size=3)):
            value[key] = [facts(entry) for entry in found]
    return value


@pytest.mark.usefixtures("yaml_loader")
@few(40)
@given(seed=st.integers(0, 2**32), value=values(), shuffling=st.booleans())
def test_whatever_a_hand_wrote(seed: int, value: Any, shuffling: bool) -> None:
    check(seed, value, shuffling=shuffling)


@pytest.mark.usefixtures("yaml_loader")
@few(20)
@given(content=hands.files())
def test_the_tables_of_other_hands(content: bytes) -> None:
    source = decode_source(content, "tasks.yaml")
    found = read(source)
    text = formatted(found, PlanFile)
    again = document(text)
    assert again.value == found.value
    assert sorted(hands.comments(text)) == sorted(hands.comments(source.text))
    assert formatted(again, PlanFile) == text


@pytest.mark.parametrize("name", ["tasks.yaml", "units.yaml"])
def test_the_shipped_files_written_by_any_hand(name: str) -> None:
    value = document((DATA / name).read_text("utf-8")).value
    for seed in range(3):
        check(seed, value, shuffling=seed == 1)


def test_the_shipped_files_and_what_commands_write_are_in_the_one_layout(tmp_path: Path) -> None:
    assert format_files(DATA, dry_run=True) == []
    yearend.write(tmp_path, records=500)
    assert len(load(tmp_path).plan.tasks) == 121
    assert format_files(tmp_path, dry_run=True) == []


def test_the_tiny_plan() -> None:
    assert (neat(TINY), neat(TASKS), neat(UNITS)) == (TASKS, TASKS, UNITS)


# --- one hand

BY_HAND = """\
# 模拟数据：手写的。

# 第二段说明。
"plan":
    # 标题照文件，折行处是一个空格
    title: >-   # 折行
        模拟市优化营商环境2022年度重点任务
        实施方案
    year: 2022   # 年度
    document_number: "模拟办函〔2022〕1号"
    issued_by: '模拟市人民政府办公室'
    issued_on: '2022-05-23'
    office: 模拟市优化营商环境办公室
    totals:
        tasks: 2      # 含新增
        indicators: 1
    policy: {owes: each_due,
             # 认定后才算
             complete: verified}  # 办公室定
    assessment: {adjustments: [{unit: 市模拟甲局, points: 2.0, date: 2022-08-10, reason: 模拟}],
                 weights: {lead: 2}, on_time: 100}
indicators:
  # 指标从这里起
  - name: 模拟指标甲
    id: 1

    lead_unit: 市模拟甲局
    leader: ~
    wording: "000000000000"
    responsible_units:   # 照印发的次序
      - 市模拟乙局       # 乙
      # 组
      - 各模拟县区
    tasks:
      - {id: 1, deadline: 2022-07, text: "推行模拟事项网上办理，网上办理占比至80%以上。"}   # 整项一行

      -
        # 空一行的任务
        id: 2
        progress:
            - {date: 2022-07-15, unit: 市模拟甲局, status: in_progress, percent: 40.0,
               note: '说明: 无 #5', measured: {'乙: 1': 1, 甲: 0.5}}   # 电话核实
            # - date: 2022-07-16  # 这条待定
            #   unit: 市模拟乙局
        deadline: "2022-09"
        text: |-
            建立模拟工作机制。
        errata: []
        # 第 2 项完

# 表完
"""

BY_RULE = """\
# 模拟数据：手写的。

# 第二段说明。
plan:
  # 标题照文件，折行处是一个空格
  title: '模拟市优化营商环境2022年度重点任务 实施方案'  # 折行
  document_number: 模拟办函〔2022〕1号
  issued_by: 模拟市人民政府办公室
  issued_on: 2022-05-23
  year: 2022  # 年度
  office: 模拟市优化营商环境办公室
  # 含新增
  totals: {indicators: 1, tasks: 2}
  # 认定后才算
  policy: {complete: verified, owes: each_due}  # 办公室定
  assessment:
    on_time: 100
    weights: {lead: 2}
    adjustments:
    - {date: 2022-08-10, unit: 市模拟甲局, points: 2, reason: 模拟}

indicators:
# 指标从这里起
- id: 1
  name: 模拟指标甲
  leader: null
  lead_unit: 市模拟甲局
  # 照印发的次序
  # 乙
  # 组
  responsible_units: [市模拟乙局, 各模拟县区]
  wording: '000000000000'
  tasks:
  - id: 1
    deadline: 2022-07
    text: 推行模拟事项网上办理，网上办理占比至80%以上。
    # 整项一行
  # 空一行的任务
  - id: 2
    deadline: 2022-09
    text: 建立模拟工作机制。
    errata: []
    progress:
    - date: 2022-07-15
      unit: 市模拟甲局
      status: in_progress
      percent: 40
      note: '说明: 无 #5'
      measured: {'乙: 1': 1, 甲: 0.5}
      # 电话核实
    # - date: 2022-07-16  # 这条待定
    #   unit: 市模拟乙局
    # 第 2 项完

# 表完
"""


@pytest.mark.usefixtures("yaml_loader")
def test_a_table_written_by_hand() -> None:
    assert neat(BY_HAND) == BY_RULE
    assert neat(BY_RULE) == BY_RULE


UNITS_BY_HAND = """\
units:
  - name: 市模拟甲局
    aliases: [甲局,
      模拟甲, # 旧称
    ]
    kind: 市直部门

  - kind: 事业单位
    name: 市模拟丙局
    note: "on"
  # - name: 市模拟丁局（未成立）
authors:
    # 由办公室登记
    "Jia@example.org":   市模拟甲局  # 模拟某人
    # 已调离
    bing@example.org: '市模拟丙局'

    'a@b@c': office
    # 还有

groups: []
# 组待定
"""
UNITS_BY_RULE = """\
units:
- name: 市模拟甲局
  kind: 市直部门
  # 旧称
  aliases: [甲局, 模拟甲]
- name: 市模拟丙局
  kind: 事业单位
  note: 'on'
# - name: 市模拟丁局（未成立）

groups: []

authors:
  # 由办公室登记
  Jia@example.org: 市模拟甲局  # 模拟某人
  # 已调离
  bing@example.org: 市模拟丙局
  'a@b@c': office
  # 还有

# 组待定
"""


@pytest.mark.usefixtures("yaml_loader")
def test_a_register_written_by_hand() -> None:
    assert neat(UNITS_BY_HAND) == UNITS_BY_RULE
    assert neat(UNITS_BY_RULE) == UNITS_BY_RULE


UNTIDY = edited(TASKS, ("  year: 2022", "  year:   2022"))


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_newlines_and_a_bom_stay_as_they_are(tmp_path: Path, newline: str, bom: str) -> None:
    def of(text: str) -> bytes:
        return (bom + text.replace("\n", newline)).encode()

    here = made(tmp_path / "模拟", of(UNTIDY.removesuffix("\n")))
    assert len(format_files(here)) == 1
    assert (here / "tasks.yaml").read_bytes() == of(TASKS)
    assert format_files(here) == []


def test_of_two_kinds_of_newlines_the_first_one_stays() -> None:
    assert neat(TASKS.replace("\n", "\r\n", 1)) == TASKS.replace("\n", "\r\n")
    assert neat(TASKS.replace("\n", "\r\n").replace("\r\n", "\n", 1)) == TASKS


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize(
    "note", [*hands.NASTY, "一\t二", "#", "a: b # c", "{a: [b]}", "'", '"', "\\", "？" * 5000]
)
def test_a_note_of_any_kind(note: str) -> None:
    value = document(UNITS).value
    value["units"][0]["note"] = note
    for seed in range(5):
        check(seed, value, shuffling=False)


# --- what is not written


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("  year: 2022", "  year: [2022"), "Y008"),
        (("  year: 2022", "  year: '2022'"), "Y103"),
        (("  year: 2022", "  yaer: 2022"), "Y101"),
        (("  year: 2022", "  year: &a 2022"), "Y010"),
        (("  year: 2022", "  year: 2022 # \u200b"), "Y005"),
    ],
)
@pytest.mark.usefixtures("yaml_loader")
def test_what_does_not_read_is_not_formatted(tmp_path: Path, edit: tuple[str, str], said: str) -> None:
    here = made(tmp_path / "模拟", edited(TASKS, edit))
    (here / "units.yaml").write_text(UNITS.replace("kind: 市直部门", "kind:  市直部门"), "utf-8")
    before = [state_of(here / name) for name in names(here)]
    told_of = told(lambda: format_files(here))
    assert re.search(r"tasks\.yaml:[78]:", told_of)
    assert f" {said} " in told_of
    assert told_of.endswith("语法或结构问题，不能改写\n  提示：逐处改正后再试；没有改动任何文件")
    assert [state_of(here / name) for name in names(here)] == before


def test_what_is_wrong_with_the_meaning_is_nothing_to_the_layout(tmp_path: Path) -> None:
    wrong = edited(UNTIDY, ("lead_unit: 市模拟丙局", "lead_unit: 没有这家"), ("tasks: 3}", "tasks: 4}"))
    here = made(tmp_path / "模拟", wrong)
    assert len(format_files(here)) == 1
    assert (here / "tasks.yaml").read_text("utf-8") == wrong.replace("year:   2022", "year: 2022")


def test_a_key_too_long_to_stand_before_a_colon_on_its_line_is_refused(tmp_path: Path) -> None:
    key = "甲" * 1100
    text = TASKS.replace("      measured: {办理时限: 0.5}", f"      measured:\n        ? {key}\n        : 1")
    here = made(tmp_path / "模拟", text)
    before = state_of(here / "tasks.yaml")
    assert "改写后读回的内容或注释与原来的不符，没有改写" in told(lambda: format_files(here))
    assert state_of(here / "tasks.yaml") == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [line for line in lines if not line.startswith("#")],
        lambda lines: [*lines, "# 多出的"],
        lambda lines: [line.replace("percent: 40", "percent: '40'") for line in lines],
        lambda lines: [line.replace("percent: 40", "percent: true") for line in lines],
        lambda lines: [line.replace("percent: 40", "percent: 41") for line in lines],
        lambda lines: [line for line in lines if "leader" not in line],
        lambda lines: [line.replace("模拟乙局, ", "") for line in lines],
        lambda lines: [*lines, "["],
    ],
)
def test_what_would_not_say_the_same_is_not_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, spoil: Any
) -> None:
    monkeypatch.setattr(formatting, "canonical_lines", lambda *given: spoil(canonical_lines(*given)))
    before = state_of(here / "tasks.yaml")
    assert "没有改写" in told(lambda: format_files(here))
    assert state_of(here / "tasks.yaml") == before


@pytest.fixture
def untidy(here: Path) -> Path:
    """Both files as a hand has left them."""
    (here / "tasks.yaml").write_text(UNTIDY, "utf-8")
    (here / "units.yaml").write_text(
        UNITS.replace("- name: 市模拟甲局", "-   name: 市模拟甲局").replace(
            "  full_name: 模拟市甲管理局\n  kind: 市直部门\n  aliases",
            "    full_name: 模拟市甲管理局\n    kind: 市直部门\n    aliases",
        ),
        "utf-8",
    )
    return here


def test_a_dry_run_writes_nothing(untidy: Path) -> None:
    before = [state_of(untidy / name) for name in ("tasks.yaml", "units.yaml")]
    assert [change.text for change in format_files(untidy, dry_run=True)] == [TASKS, UNITS]
    assert [state_of(untidy / name) for name in ("tasks.yaml", "units.yaml")] == before


def test_both_files_are_written(untidy: Path) -> None:
    assert [change.text for change in format_files(untidy)] == [TASKS, UNITS]
    assert [(untidy / name).read_text("utf-8") for name in ("tasks.yaml", "units.yaml")] == [TASKS, UNITS]
    assert names(untidy) == ["tasks.yaml", "units.yaml"]


def test_where_one_cannot_be_written_neither_is(untidy: Path) -> None:
    (untidy / "units.yaml").chmod(0o444)
    before = state_of(untidy / "tasks.yaml")
    assert "units.yaml 是只读文件，没有写入" in told(lambda: format_files(untidy))
    assert state_of(untidy / "tasks.yaml") == before
    assert names(untidy) == ["tasks.yaml", "units.yaml"]


def test_a_fault_between_the_two_is_told(untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, done = os.replace, []

    def failing(old: Path, new: Path) -> None:
        if done:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        done.append(new)
        replace(old, new)

    monkeypatch.setattr(os, "replace", failing)
    assert told(lambda: format_files(untidy)) == (
        f"写不了 {untidy / 'units.yaml'}：磁盘读写出错\n"
        f"  提示：已写好 {untidy / 'tasks.yaml'}，其余没有改动；排除原因后再试"
    )
    assert names(untidy) == ["tasks.yaml", "units.yaml"]
    monkeypatch.undo()
    assert len(format_files(untidy)) == 1


def test_what_somebody_else_wrote_in_between_is_formatted_too(
    untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_all, theirs = saving.replace_all, [UNTIDY + "# 别人的\n"]

    def late(replacements: Any) -> bool:
        if theirs:
            (untidy / "tasks.yaml").write_text(theirs.pop(), "utf-8")
        return replace_all(replacements)

    monkeypatch.setattr(saving, "replace_all", late)
    assert [change.text for change in format_files(untidy)] == [TASKS + "# 别人的\n", UNITS]
    assert (untidy / "tasks.yaml").read_text("utf-8") == TASKS + "# 别人的\n"


def test_who_is_never_fast_enough_gives_up(untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ATTEMPTS", 2)
    monkeypatch.setattr(saving, "replace_all", lambda replacements: False)
    assert "文件一直在被别的程序改动，没有写入" in told(lambda: format_files(untidy))
