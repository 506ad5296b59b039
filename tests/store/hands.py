"""Any tasks.yaml that somebody may have written by hand, and any entries for it, for the property tests.

All of it is 模拟.
"""

import datetime as dt
import json
import re
from typing import Any

from hypothesis import strategies as st
from tables import COUNTY, HEAD, OTHER, PART
from tiny import TASKS

from yzplan.model import (
    Extension,
    LedgerEntry,
    Measure,
    Month,
    OfficeEntry,
    Period,
    ProgressRecord,
    Ranking,
    Status,
    SupervisionEntry,
    facts,
    fingerprint,
)
from yzplan.store.appending import Entry
from yzplan.store.emit import scalar

NASTY = [
    "网上办理占比: 82% # 见附件",
    "- 首先；- 其次",
    "[草稿] {待定} & *重点* !紧急 | > 备注",
    "it's ''引号'' \"双引号\" \\n 不是换行",
    "%YAML 1.1",
    "@所有人 `代码`",
    "2022-07-31",
    "010",
    "yes",
    "null",
    "12e45678",
    "<<<<<<< HEAD",
    "---",
    "😀𠮷　全角空格",
    "=1+1",
    "很长的说明，" * 300,
]


TEXTS = ("note", "by", "reason", "document", "number", "finding")
UNITS_OF = {1: [HEAD, PART, COUNTY], 2: [HEAD, PART, "模拟西区"], 3: [OTHER, HEAD]}
DEADLINES = {1: "2022-07", 2: "2022-09", 3: "2022-12"}
some_note = st.sampled_from(NASTY[:-1]) | st.text(
    "甲乙 :#-'\"{}[],&*!|>%@`?=\\😀0e", min_size=1, max_size=20
).map(lambda text: text.strip() or "无")


@st.composite
def records(draw: st.DrawFn, task: int) -> ProgressRecord:
    optional = st.none() | some_note
    return ProgressRecord(
        # Few days, so that many are equal and few are in order.
        date=dt.date(2022, 7, draw(st.integers(28, 31))),
        unit=draw(st.sampled_from(UNITS_OF[task])),
        status=draw(st.sampled_from([Status.IN_PROGRESS, Status.BLOCKED, Status.DONE])),
        percent=draw(st.none() | st.sampled_from([0, 99.5, 100])),
        note=draw(optional),
        evidence=tuple(draw(st.lists(some_note, max_size=2))),
        measured=draw(
            st.dictionaries(st.sampled_from(["甲: 1", "2022", "乙"]), st.sampled_from([0, -1.5, 80]))
        ),
        by=draw(optional),
    )


@st.composite
def extensions(draw: st.DrawFn) -> Extension:
    days = st.builds(dt.date, st.just(2022), st.just(7), st.integers(28, 31))
    return Extension(
        from_=draw(st.none() | st.just(Month(2022, 7))),
        to=Month(2022, draw(st.integers(8, 12))),
        approved_on=draw(days),
        reason=draw(some_note),
        document=draw(st.none() | some_note),
        recorded_on=draw(st.none() | days),
    )


some_day = st.builds(dt.date, st.just(2022), st.just(7), st.integers(28, 31))


@st.composite
def measures(draw: st.DrawFn) -> SupervisionEntry:
    """Something that the office did about a unit with a part in all tasks that it is about."""
    return SupervisionEntry(
        date=draw(some_day),
        measure=draw(st.sampled_from(Measure)),
        unit=HEAD,
        number=draw(st.none() | some_note),
        tasks=tuple(draw(st.lists(st.integers(1, 3), unique=True, max_size=3))),
        finding=draw(some_note),
        items=tuple(draw(st.lists(some_note, max_size=2))),
        due=draw(st.none() | st.just(dt.date(2022, 8, 31))),
        recorded_on=draw(st.none() | some_day),
    )


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    indicator = draw(st.none() | st.integers(1, 2))
    return Ranking(
        date=draw(some_day),
        period=draw(st.sampled_from([Period(2022), Period(2022, 3)])),
        indicator=indicator,
        unit=None if indicator else COUNTY,
        rank=draw(st.integers(1, 14)),
        of=14,
        document=draw(st.none() | some_note),
        recorded_on=draw(st.none() | some_day),
    )


class Hand:
    """Somebody who writes a valid tasks.yaml, in a way of his own on each line."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.remarks = 0

    def choose(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def pause(self, column: int) -> None:
        """Perhaps comments and blank lines; a comment stands no deeper than what follows."""
        for _ in range(self.choose(0, 0, 0, 1, 2)):
            self.lines.append(self.choose("", self.remark(self.choose(0, column))))

    def remark(self, column: int) -> str:
        self.remarks += 1
        return f"{' ' * column}# 注{self.remarks}：{self.choose('a: b', '- 甲', '{', '“')}"

    def put(self, column: int, text: str) -> None:
        """A line, perhaps with a comment behind it."""
        tail = self.choose("", "", f"  {self.remark(0)}")
        self.lines.append(" " * column + text + tail)

    def text(self, column: int, lead: str, text: str) -> None:
        """A text behind `lead` (a key, perhaps behind a dash), whose key stands at `column`."""
        start = " " * (column - (2 if lead.startswith("- ") else 0)) + lead
        style = self.choose("ours", "double", "single", "literal", "folded", "below")
        deeper = " " * (column + self.choose(1, 2, 4))
        if style == "literal":
            self.lines += [f"{start} |-", deeper + text, *[""] * self.choose(0, 2)]
        elif style == "folded":
            self.lines += [f"{start} >-  {self.remark(0)}", deeper + text, *[""] * self.choose(0, 1)]
        elif style == "below":
            self.put(0, start)
            self.put(0, deeper + scalar(text))
        else:
            quoted = "'" + text.replace("'", "''") + "'"
            # A line may be broken within quotes where there is one space between two words.
            if " " in text and not re.search(r"  | $|^ |\t|\\", text) and self.choose(True, False):
                quoted = quoted.replace(" ", f"\n{deeper}", 1)
            written = {"ours": scalar(text), "double": json.dumps(text, ensure_ascii=False), "single": quoted}
            first, *rest = f"{start} {written[style]}".split("\n")
            self.lines += [first, *rest]

    def key(self, name: str) -> str:
        return self.choose(name, name, f"'{name}'", f'"{name}"') + self.choose("", "", " ") + ":"

    def lead(self, column: int) -> str:
        """The dash at `column`, to be put before what it introduces, or written here, alone on its line."""
        if self.choose(True, True, False):
            return "- "
        self.put(column, "-")
        self.pause(column + 2)
        return ""

    def entry(self, column: int, entry: LedgerEntry | OfficeEntry) -> None:
        """A ledger entry whose dash stands at `column`."""
        fields = self.draw(st.permutations([*facts(entry).items()]))
        where = column + 2
        dash = self.lead(column)
        if self.choose(True, False, False):
            inside = ", ".join(f"{key}: {flow(value)}" for key, value in fields)
            self.put(where - len(dash), f"{dash}{{{inside}}}")
            return
        for k, (key, value) in enumerate(fields):
            if k:
                self.pause(where)
                dash = ""
            if isinstance(value, str) and key in TEXTS:
                self.text(where, f"{dash}{self.key(key)}", value)
            elif isinstance(value, list) and self.choose(True, False):
                self.put(where - len(dash), f"{dash}{self.key(key)}")
                depth = self.choose(0, 2)
                for item in value:
                    self.put(where + depth, f"- {scalar(item)}")
            else:
                self.put(where - len(dash), f"{dash}{self.key(key)} {flow(value)}")

    def task(self, column: int, number: int, **ledgers: list[LedgerEntry]) -> None:
        """A task whose dash stands at `column`."""
        where = column + 2
        parts = ["id", "deadline", "text", "errata", *(name for name, entries in ledgers.items() if entries)]
        self.pause(column)
        dash = self.lead(column)
        for k, part in enumerate(self.draw(st.permutations(parts))):
            if k:
                self.pause(where)
                dash = ""
            start = f"{dash}{self.key(part)}"
            if part == "id":
                self.put(where - len(dash), f"{start} {number}")
            elif part == "deadline":
                self.put(where - len(dash), f"{start} {DEADLINES[number]}")
            elif part == "text":
                self.text(where, start, f"模拟任务 {number} 的原文。")
            elif part == "errata":
                self.put(where - len(dash), f"{start} []")
            else:
                self.put(where - len(dash), start)
                depth = where + self.choose(0, 2, 3)
                for entry in ledgers[part]:
                    self.pause(depth)
                    self.entry(depth, entry)


def flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {scalar(item)}' for key, item in value.items())}}}"
    return scalar(value)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A tasks.yaml with three tasks, as somebody may have written it."""
    hand = Hand(draw)
    hand.lines += TASKS[: TASKS.index("indicators:\n")].splitlines()
    hand.put(0, "indicators:")
    outer = draw(st.sampled_from([0, 2]))
    for indicator, (tasks, lead, others) in enumerate(
        [((1, 2), HEAD, "市模拟乙局, 各模拟县区"), ((3,), OTHER, "市模拟甲局")], 1
    ):
        hand.pause(outer)
        wording = fingerprint([[n, DEADLINES[n], f"模拟任务 {n} 的原文。"] for n in tasks])[:12]
        hand.put(outer, f"- id: {indicator}")
        for line in (f"name: 模拟指标{indicator}", f"lead_unit: {lead}", f"wording: '{wording}'"):
            hand.put(outer + 2, line)
        is_last = draw(st.booleans())
        if not is_last:
            hand.put(outer + 2, f"responsible_units: [{others}]")
        hand.put(outer + 2, "tasks:")
        inner = outer + 2 + draw(st.sampled_from([0, 1, 2]))
        for number in tasks:
            hand.task(
                inner,
                number,
                extensions=draw(st.lists(extensions(), max_size=2)),
                progress=draw(st.lists(records(number), max_size=3)),
            )
        if is_last:
            hand.pause(outer + 2)
            hand.put(outer + 2, f"responsible_units: [{others}]")
    sections: list[tuple[str, list[SupervisionEntry] | list[Ranking]]] = [
        ("supervision", draw(st.lists(measures(), max_size=2))),
        ("rankings", draw(st.lists(rankings(), max_size=2))),
    ]
    for name, entries in draw(st.permutations(sections)):
        hand.pause(0)
        if entries:
            hand.put(0, hand.key(name))
        depth = draw(st.sampled_from([0, 2]))
        for entry in entries:
            hand.pause(depth)
            hand.entry(depth, entry)
    hand.pause(0)
    text = "\n".join(hand.lines) + draw(st.sampled_from(["", "\n"]))
    return (
        draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    ).encode()


some_entry = st.integers(1, 3).flatmap(
    lambda number: (records(number) | extensions()).map(lambda record: Entry(task=number, record=record))
)


some_office_entry = measures() | rankings()


def comments(text: str) -> list[str]:
    return re.findall("# 注[0-9]+", text)
