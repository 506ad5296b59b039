"""Where ledger entries come and go in a file that people have written by hand: whole lines, no more.

Each layout is a whole file as a diff shows it: a line begins with a space if it was there before
(a blank one need not), with “+” if the entry brought it, with “-” if it took it along. Everything
in them is 模拟.
"""

import datetime as dt

import pytest
from tiny import rendered

from yzplan.errors import DataError
from yzplan.model import Extension, LedgerEntry, Month, ProgressRecord, Status, ledger_of
from yzplan.store import reading
from yzplan.store.reading import Document, read
from yzplan.store.source import decode_source
from yzplan.store.splice import edited, insertion, removal

pytestmark = pytest.mark.usefixtures("yaml_loader")

RECORD = ProgressRecord(date=dt.date(2022, 8, 5), unit="甲局", status=Status.DONE)
EXTENSION = Extension(to=Month(2022, 9), approved_on=dt.date(2022, 8, 5), reason="模拟延期")


def document_of(text: str) -> Document:
    document = read(decode_source(text.encode(), "data/tasks.yaml"))
    assert rendered(document.problems) == ""
    return document


def spliced(text: str, place: int, entries: list[LedgerEntry], task: int = 0) -> str:
    """The text with entries of one ledger put behind the first `place` ones of a task."""
    document = document_of(text)
    edit = insertion(document, ("tasks", task), ledger_of(entries[0]), place, entries)
    return edited(document.source.text, [edit])


def rid(text: str, ledger: str, place: int, task: int = 0) -> str:
    """The text without one entry of a task."""
    document = document_of(text)
    return edited(document.source.text, removal(document, ("tasks", task), ledger, place))


def before_of(diff: str) -> str:
    return side_of(diff, "-")


def after_of(diff: str) -> str:
    return side_of(diff, "+")


def side_of(diff: str, mark: str) -> str:
    lines = diff.splitlines(keepends=True)
    return "".join(line.removeprefix(line[0].strip() or " ") for line in lines if line[0] in f"{mark} \n")


def number_of(text: str) -> int:
    """Where in a file the task with the id 1 stands."""
    return next(k for k, task in enumerate(document_of(text).value["tasks"]) if task["id"] == 1)


# Behind the last record.
LAST = {
    "nothing was reported yet": """\
 tasks:
 - id: 1
   text: 甲
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "the tasks stand deeper than their key": """\
 tasks:
     - id: 1
       text: 甲
+      progress:
+      - date: 2022-08-05
+        unit: 甲局
+        status: done
     - id: 2
""",
    "a task begins with a wide dash, or below its dash": """\
 tasks:
 -   # 第一项
     id: 1
     text: 甲
+    progress:
+    - date: 2022-08-05
+      unit: 甲局
+      status: done
 -    id: 2
""",
    "dashes stand at the column of their key": """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
     unit: 甲局
     status: blocked
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "dashes stand two deeper": """\
 tasks:
 - id: 1
   progress:
     - date: 2022-07-01
       unit: 甲局
       status: blocked
+    - date: 2022-08-05
+      unit: 甲局
+      status: done
 - id: 2
""",
    "dashes stand five deeper, and wide, or alone on their line": """\
 tasks:
 - id: 1
   progress:
        -   date: 2022-07-01
            unit: 甲局
        -
          date: 2022-07-02
          unit: 甲局
+       - date: 2022-08-05
+         unit: 甲局
+         status: done
 - id: 2
""",
    "comments above, between and behind": """\
 # 台账
 tasks:
 # 第一项
 - id: 1  # 编号
   # 进展
   progress:  # 只增不改
   # 第一条
   - date: 2022-07-01  # 星期五
     # 谁报的
     unit: 甲局
   # 第二条
   - date: 2022-07-02
     unit: 甲局  # 电话
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   # 第一项完
 # 第二项
 - id: 2
""",
    "a comment and blank lines below the last record": """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01

     unit: 甲局
+  - date: 2022-08-05
+    unit: 甲局
+    status: done

     # 附注


 - id: 2
""",
    "a comment behind the last task": """\
 tasks:
 - id: 1
   text: 甲
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 # 全文完
""",
    "a comment behind the last task, deeper than it": """\
 tasks:
 - id: 1
   text: 甲 # 见附件
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done

       # 全文完
""",
    "keys are quoted, or stand before a spaced colon": """\
 tasks:
 - 'id': 1
   "progress" :
   - "date": '2022-07-01'
     'unit' : 甲局
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "a key follows the ledger": """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
     unit: 甲局
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   # 原文
   text: 甲
 - id: 2
""",
    "the ledger comes first": """\
 tasks:
 - progress:
   - date: 2022-07-01
     unit: 甲局
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   id: 1
 - id: 2
""",
    "a long text on several lines": """\
 tasks:
 - id: 1
   text: 甲，
     乙，

     丙。  # 原文
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done

 - id: 2
""",
    "quoted texts on several lines": """\
 tasks:
 - id: 1
   progress:
   - unit: '甲
       it''s

       乙'  # 单引号
     note:
       "甲\\
        乙 # 不是注释
       - 也不是
       "  # 双引号
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "a literal text": """\
 tasks:
 - id: 1
   text: |-
     甲
     # 不是注释

      乙
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done

 # 是注释
 - id: 2
""",
    "a folded text, and spaces on the blank line behind it": """\
 tasks:
 - id: 1
   progress:
   - note: >-  # 折行
         甲
         乙
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 \x20  \x20

 - id: 2
""",
    "a text that says how deep it stands": """\
 tasks:
 - id: 1
   progress:
   - note: |2-
         甲
       乙
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
     # 附注
 - id: 2
""",
    "a literal text whose end is kept, and which is the end": """\
 tasks:
 - id: 1
   text: |
     甲
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
""",
    "records in braces": """\
 tasks:
 - id: 1
   progress:
   - {date: 2022-07-01, unit: 甲局}
   - {date: 2022-07-02,
      unit: [
   甲局 ]
     }  # 两行
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "lists and mappings inside, some called progress": """\
 tasks:
 - id: 1
   targets:
   - progress: [1]
     quote: 甲
   measured:
     progress:
     - 1
   errata: {progress: 甲}
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "a list of a record ends the ledger": """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
     measured:
       甲: 1
     evidence:
     - 乙  # 一份
     -
       丙
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "empty values": """\
 tasks:
 - id: 1
   leader:   # 待补

   lead_unit:
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "wide and four-byte characters before it": """\
 # 😀𠮷 台账
 tasks:
 - {id: 0, text: 😀}
 - id: 1
   text: '𠮷：😀'  # 😀
   progress:
   - note: 甲😀
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 - id: 2
""",
    "marks around the document": """\
 ---
 tasks:
 - id: 1
   text: 甲
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 ...
 # 完
""",
    "keys and values on lines of their own": """\
 tasks:
 - ? id
   : 1
   ? progress
   : - date: 2022-07-01
       unit: 甲局
+    - date: 2022-08-05
+      unit: 甲局
+      status: done
 - id: 2
""",
}


# Behind the last extension.
LAST_EXTENSION = {
    "there is no ledger yet": """\
 tasks:
 - id: 1
   text: 甲
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
 # 第二项
 - id: 2
""",
    "there is progress only, which keeps the comments above it": """\
 tasks:
 - id: 1
   text: 甲  # 原文
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期

   # 以下为进展
   # 只增不改
   progress:
   - date: 2022-07-01
     unit: 甲局
 - id: 2
""",
    "there is progress only, below a text in a block": """\
 tasks:
 - id: 1
   text: >-
     甲

     乙
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期


   progress:
   - date: 2022-07-01
 - id: 2
""",
    "there is progress only, below an empty value": """\
 tasks:
 - id: 1
   leader:  # 待补
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   # 以下为进展
   "progress" :
     - date: 2022-07-01
 - id: 2
""",
    "there is progress only, in brackets": """\
 tasks:
 - id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   progress: [{date: 2022-07-01}]
 - id: 2
""",
    "there is progress only, and other keys below it": """\
 tasks:
 - id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   progress:
   - date: 2022-07-01
   text: 甲
 - id: 2
""",
    "there is progress only, and it comes first": """\
 tasks:
 - progress:
   - date: 2022-07-01
   id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
 - id: 2
""",
    "there is progress only, and it comes first, below the dash": """\
 tasks:
 -
   # 以下为进展
   progress:
   - date: 2022-07-01
   id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
 - id: 2
""",
    "both are there": """\
 tasks:
 - id: 1
   # 以下为延期
   extensions:  # 只增不改
   # 第一次
   - to: 2022-08
     reason: 甲  # 见附件
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   # 以下为进展
   progress:
   - date: 2022-07-01
 - id: 2
""",
    "both are there, progress above": """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
   extensions:
   - to: 2022-08
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   # 第一项完
 - id: 2
""",
    "it comes first": """\
 tasks:
 - extensions:
   - to: 2022-08
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   id: 1
   progress:
   - date: 2022-07-01
 - id: 2
""",
    "extensions in braces": """\
 tasks:
 - id: 1
   extensions:
   - {from: 2022-07, to: 2022-08, approved_on: 2022-07-20, reason: 甲}
   - {from: 2022-07, to: 2022-08,
      reason: 乙}  # 两行
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   progress:
   - {date: 2022-07-01}
 - id: 2
""",
    "dashes stand deeper, with comments between": """\
 tasks:
   - id: 1
     extensions:
         # 第一次
         - to: 2022-08

           # 谁批的
           reason: 甲
         # 第二次
         -
           to: 2022-08
+        - to: 2022-09
+          approved_on: 2022-08-05
+          reason: 模拟延期
         # 没有第三次

     progress:
       - date: 2022-07-01
   - id: 2
""",
    "a reason in a block": """\
 tasks:
 - id: 1
   extensions:
   - to: 2022-08
     reason: |-
       甲
       # 不是注释
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期

   progress:
   - date: 2022-07-01
 - id: 2
""",
    "lists and mappings inside, some called so": """\
 tasks:
 - id: 1
   targets:
   - extensions: [1]
   - progress:
     - 1
   errata: {progress: 甲, extensions: 乙}
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   progress:
   - date: 2022-07-01
 - id: 2
""",
    "keys and values on lines of their own": """\
 tasks:
 - ? id
   : 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   ? progress
   : - date: 2022-07-01
       unit: 甲局
 - id: 2
""",
    "it is the end of all": """\
 tasks:
 - id: 1
   extensions:
   - to: 2022-08
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
""",
    "the end of all, and no ledger yet": """\
 tasks:
 - id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
""",
}

newlines = pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
ends = pytest.mark.parametrize("end", [True, False], ids=["last newline", "no last newline"])


def sides_of(diff: str, newline: str, *, end: bool) -> tuple[str, str]:
    """Both sides of a diff, with that newline, at their end too or not."""
    before, after = (text.replace("\n", newline) for text in (before_of(diff), after_of(diff)))
    return (before, after) if end else (before.removesuffix(newline), after.removesuffix(newline))


@pytest.mark.parametrize(
    ("diff", "entry"),
    [
        *(pytest.param(diff, RECORD, id=f"progress: {name}") for name, diff in LAST.items()),
        *(pytest.param(diff, EXTENSION, id=f"extensions: {name}") for name, diff in LAST_EXTENSION.items()),
    ],
)
@newlines
@ends
def test_an_entry_goes_behind_the_last_one(diff: str, entry: LedgerEntry, newline: str, end: bool) -> None:
    before, after = sides_of(diff, newline, end=end)
    number = number_of(before)
    entries = document_of(before).value["tasks"][number].get(ledger_of(entry), ())
    assert spliced(before, len(entries), [entry], number) == after


# Before records that are there already.
PLACES = {
    "before the first, which keeps the comment above it": (
        0,
        """\
 tasks:
 - id: 1
   progress:  # 只增不改
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   # 第一条
   - date: 2022-09-01
     unit: 甲局
 - id: 2
""",
    ),
    "before the first, which stands two deeper": (
        0,
        """\
 tasks:
 - progress:
+    - date: 2022-08-05
+      unit: 甲局
+      status: done

     - date: 2022-09-01
       unit: 甲局
   id: 1
""",
    ),
    "between two, of which the second keeps the comment above it": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
     unit: 甲局  # 电话
+  - date: 2022-08-05
+    unit: 甲局
+    status: done

   # 第二条
   - date: 2022-09-01
     unit: 甲局
 - id: 2
""",
    ),
    "between one with a folded text and one with a literal one": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - note: >-
       甲
       乙
+  - date: 2022-08-05
+    unit: 甲局
+    status: done

   # 第二条
   - note: |-
       丙

 - id: 2
""",
    ),
    "between one with a text in quotes and one in braces": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - note: "甲
       乙"
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   - {date: 2022-09-01, unit: 甲局}
   text: 甲
""",
    ),
}


@pytest.mark.parametrize(("place", "diff"), PLACES.values(), ids=PLACES)
@newlines
def test_a_record_goes_before_later_ones(place: int, diff: str, newline: str) -> None:
    before, after = (text.replace("\n", newline) for text in (before_of(diff), after_of(diff)))
    assert spliced(before, place, [RECORD]) == after


# Before extensions that are there already.
PLACES_OF_EXTENSIONS = {
    "before the first, which keeps the comment above it": (
        0,
        """\
 tasks:
 - id: 1
   extensions:  # 只增不改
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   # 第一次
   - {to: 2022-08, approved_on: 2022-09-20}
   progress:
   - date: 2022-07-01
""",
    ),
    "between two, of which the second keeps the comment above it": (
        1,
        """\
 tasks:
 - extensions:
     - {to: 2022-08, approved_on: 2022-07-20}  # 电话
+    - to: 2022-09
+      approved_on: 2022-08-05
+      reason: 模拟延期

     # 第二次
     -
       approved_on: 2022-09-20
   id: 1
""",
    ),
}


@pytest.mark.parametrize(("place", "diff"), PLACES_OF_EXTENSIONS.values(), ids=PLACES_OF_EXTENSIONS)
@newlines
def test_an_extension_goes_before_later_ones(place: int, diff: str, newline: str) -> None:
    before, after = (text.replace("\n", newline) for text in (before_of(diff), after_of(diff)))
    assert spliced(before, place, [EXTENSION]) == after


# Both ledgers at once.
TOGETHER = {
    "none is there": """\
 tasks:
 - id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
 # 全文完
""",
    "extensions are there, and last": """\
 tasks:
 - id: 1
   extensions:
   - to: 2022-08
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
""",
    "extensions are there, deeper, and last": """\
 tasks:
 - id: 1
   extensions:
       - to: 2022-08
+      - to: 2022-09
+        approved_on: 2022-08-05
+        reason: 模拟延期
+  progress:
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
""",
    "progress is there": """\
 tasks:
 - id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   # 以下为进展
   progress:
   - date: 2022-07-01
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
""",
    "progress is there, and comes first": """\
 tasks:
 - progress:
   - date: 2022-07-01
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   id: 1
+  extensions:
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
""",
    "both are there, the other way round": """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
+  - date: 2022-08-05
+    unit: 甲局
+    status: done
   extensions:
   - to: 2022-08
+  - to: 2022-09
+    approved_on: 2022-08-05
+    reason: 模拟延期
   text: 甲
""",
}


@pytest.mark.parametrize("diff", TOGETHER.values(), ids=TOGETHER)
@newlines
@ends
@pytest.mark.parametrize("order", [1, -1], ids=["extension first", "record first"])
def test_entries_of_both_ledgers_go_in_together(diff: str, newline: str, end: bool, order: int) -> None:
    before, after = sides_of(diff, newline, end=end)
    document = document_of(before)
    [task] = document.value["tasks"]
    edits = [
        insertion(document, ("tasks", 0), ledger, len(task.get(ledger, ())), [entry])
        for ledger, entry in (("extensions", EXTENSION), ("progress", RECORD))
    ]
    assert edited(before, edits[::order]) == after


def test_records_go_in_together() -> None:
    other = ProgressRecord(date=dt.date(2022, 8, 6), unit="乙局", status=Status.BLOCKED, note="模拟: 受阻")
    assert spliced("tasks:\n- id: 1\n", 0, [RECORD, other]) == (
        "tasks:\n- id: 1\n  progress:\n"
        "  - date: 2022-08-05\n    unit: 甲局\n    status: done\n"
        "  - date: 2022-08-06\n    unit: 乙局\n    status: blocked\n    note: '模拟: 受阻'\n"
    )


def test_the_newline_is_that_of_the_line_above() -> None:
    text = "# 一\ntasks:\r\n- id: 1\r\n- id: 2\n# 二\r\n"
    lines = ["  progress:", "  - date: 2022-08-05", "    unit: 甲局", "    status: done"]
    assert spliced(text, 0, [RECORD]) == text.replace("1\r\n", "\r\n".join(["1", *lines, ""]))
    assert spliced(text, 0, [RECORD], 1) == text.replace("2\n", "\n".join(["2", *lines, ""]))


def test_only_the_task_itself_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "tasks:\n" + "".join(f"- id: {number}\n  text: 模拟\n" for number in range(1000))
    document = document_of(text)
    events = []

    class Counting(reading.Loader):
        def get_event(self) -> object:
            events.append(super().get_event())
            return events[-1]

    monkeypatch.setattr(reading, "Loader", Counting)
    insertion(document, ("tasks", 500), "progress", 0, [RECORD])
    assert len(events) < 10


IN_BRACKETS = {
    "a task in braces": ("tasks:\n- id: 1\n-   {id: 2, text: 甲}\n", "3:5"),
    "a task in braces on several lines": (
        "tasks:\n- id: 1\n- {\n    id: 2,\n    LEDGER: [\n    ]}\n",
        "3:3",
    ),
    "tasks in brackets": ("# 台账\n\ntasks: [{id: 1},\r\n        {id: 2}]\n", "4:9"),
    "no entry in brackets": ("tasks:\n- id: 1\n- id: 2\n  LEDGER: []\n", "3:3"),
    "entries in brackets": ("tasks:\n- id: 1\n- id: 2\n  LEDGER: [{date: 2022-07-01}]\n", "3:3"),
    "entries in brackets below their key": (
        "tasks:\n- id: 1\n- text: 甲\n  LEDGER:\n    [\n    ]\n  id: 2\n",
        "3:3",
    ),
}


@pytest.mark.parametrize(("text", "place"), IN_BRACKETS.values(), ids=IN_BRACKETS)
@pytest.mark.parametrize("entry", [RECORD, EXTENSION], ids=ledger_of)
def test_what_stands_in_brackets_is_refused_by_place(text: str, place: str, entry: LedgerEntry) -> None:
    ledger = ledger_of(entry)
    document = document_of(text.replace("LEDGER", ledger))
    for edit in (
        lambda: insertion(document, ("tasks", 1), ledger, 0, [entry]),
        lambda: removal(document, ("tasks", 1), ledger, 0),
    ):
        with pytest.raises(DataError) as caught:
            edit()
        assert str(caught.value) == (
            f"data/tasks.yaml:{place}: 这项任务或其 {ledger} 写在括号里，不能逐行增减\n"
            f"  提示：改为一键一行的写法（{ledger}: 之下每条以“- ”起行）后再试"
        )


# --- taking one out


GONE = {
    "the first of three": (
        0,
        """\
 tasks:
 - id: 1
   progress:  # 只增不改
   # 第一条
-  - date: 2022-07-01  # 星期五
-    # 谁报的
-    unit: 甲局
   # 第二条
   - date: 2022-07-02
     unit: 甲局
   - date: 2022-07-03
 - id: 2
""",
    ),
    "the one in the middle": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
     unit: 甲局

   # 第二条
-  - date: 2022-07-02
-
-    unit: 甲局  # 电话

   # 第三条
   - date: 2022-07-03
 - id: 2
""",
    ),
    "the last": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
-  - date: 2022-07-02
-    unit: 甲局
   # 第一项完
 - id: 2
""",
    ),
    "the last of all": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
-  - date: 2022-07-02
-    unit: 甲局
""",
    ),
    "the last of all, below a comment": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01

   # 第二条
-  - date: 2022-07-02
""",
    ),
    "the only one, with its key": (
        0,
        """\
 tasks:
 - id: 1
   text: 甲
   # 以下为进展
-  progress:  # 只增不改
-  - date: 2022-07-01
-    unit: 甲局

   # 第一项完
 - id: 2
""",
    ),
    "the only one, which is the end of all": (
        0,
        """\
 tasks:
 - id: 1
   text: 甲
-  progress:
-  - date: 2022-07-01
""",
    ),
    "the only one, with comments below its key": (
        0,
        """\
 tasks:
 - id: 1
-  "progress" :

   # 第一条
-    - date: 2022-07-01
-      unit: 甲局
   # 第一项完
   text: 甲
 - id: 2
""",
    ),
    "the only one, with a comment below its key, which is the end of all": (
        0,
        """\
 tasks:
 - id: 1
-  progress:
   # 第一条
-  - date: 2022-07-01
-    unit: 甲局
""",
    ),
    "the only one, of a task whose dash stands alone": (
        0,
        """\
 tasks:
 -
   # 以下为进展
-  progress:
-  - date: 2022-07-01
   id: 1
 - id: 2
""",
    ),
    "the only one, whose key stands behind a question mark": (
        0,
        """\
 tasks:
 - ? id
   : 1
-  ? progress
-  : - date: 2022-07-01
-      unit: 甲局
   # 附注
 - id: 2
""",
    ),
    "the first, of a task that begins with the ledger": (
        0,
        """\
 tasks:
 - progress:
-  - date: 2022-07-01
   - date: 2022-07-02
   id: 1
 - id: 2
""",
    ),
    "one whose dash stands alone on its line": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
   # 第二条
-  -
-    date: 2022-07-02
   -
     date: 2022-07-03
 - id: 2
""",
    ),
    "one whose dash stands alone, above comments that look like dashes": (
        0,
        """\
 tasks:
 - id: 1
   progress:
     # - 不是一条
-    -   # 第一条
-      # - 也不是
-
-      date: 2022-07-01
     # - 还不是
     - date: 2022-07-02
 - id: 2
""",
    ),
    "the only one, whose dash stands alone": (
        0,
        """\
 tasks:
 - id: 1
-  progress:
-        -
-
-          date: 2022-07-01
 - id: 2
""",
    ),
    "one with a literal text at its end": (
        0,
        """\
 tasks:
 - id: 1
   progress:
-  - date: 2022-07-01
-    note: |-
-      甲
-
-      # 不是注释


   # 是注释
   - date: 2022-07-02
 - id: 2
""",
    ),
    "the last, with a folded text at its end, behind another such": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
     note: >-
       甲
       乙

-  - date: 2022-07-02
-    note: >-
-      丙
 \x20

 # 第二项
 - id: 2
""",
    ),
    "one with a text in quotes on several lines": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - note: "甲
       乙"
-  - note: '丙
-
-      - 不是一条
-      '  # 附注
   - note: 丁
 - id: 2
""",
    ),
    "one with a list at its end": (
        0,
        """\
 tasks:
 - id: 1
   progress:
-  - date: 2022-07-01
-    evidence:
-    - 甲
-    -
-      乙  # 一份
   - date: 2022-07-02
 - id: 2
""",
    ),
    "one in braces on several lines": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - {date: 2022-07-01}
-  - {date: 2022-07-02,
-     evidence: [
-  甲 ]
-    }  # 三行
   - {date: 2022-07-03}
 - id: 2
""",
    ),
    "one with an empty value at its end": (
        0,
        """\
 tasks:
 - id: 1
   progress:
-  - date: 2022-07-01
-    note:  # 待补
   - date: 2022-07-02
 - id: 2
""",
    ),
    "one of a task with extensions": (
        0,
        """\
 tasks:
 - id: 1
   extensions:
   - to: 2022-08
-  progress:
-  - date: 2022-07-01
 - id: 2
""",
    ),
    "one among four-byte characters": (
        1,
        """\
 # 😀𠮷 台账
 tasks:
 - {id: 0, text: 😀}
 - id: 1
   progress:
   - note: 𠮷😀  # 😀
-  - note: '😀：𠮷'  # 𠮷
   # 😀
 - id: 2
""",
    ),
}

GONE_EXTENSION = {
    "the only one, above progress": (
        0,
        """\
 tasks:
 - id: 1
   # 以下为延期
-  extensions:
-  - to: 2022-08
-    reason: 甲
   # 以下为进展
   progress:
   - date: 2022-07-01
 - id: 2
""",
    ),
    "the only one, in braces, with a comment below its key": (
        0,
        """\
 tasks:
 - id: 1
-  extensions:
   # 第一次
-  - {from: 2022-07, to: 2022-08, approved_on: 2022-07-20,
-     reason: 甲}
   progress:
   - date: 2022-07-01
 - id: 2
""",
    ),
    "the first": (
        0,
        """\
 tasks:
 - id: 1
   extensions:
-    - {from: 2022-07, to: 2022-08}
     # 第二次
     - {from: 2022-07, to: 2022-09}
   progress:
   - date: 2022-07-01
 - id: 2
""",
    ),
    "the last, below progress": (
        1,
        """\
 tasks:
 - id: 1
   progress:
   - date: 2022-07-01
   extensions:
   - to: 2022-08
-  - to: 2022-09
 - id: 2
""",
    ),
    "the last of all": (
        1,
        """\
 tasks:
 - id: 1
   extensions:
   - to: 2022-08
-  -
-    to: 2022-09
""",
    ),
}


@pytest.mark.parametrize(
    ("ledger", "place", "diff"),
    [
        pytest.param(ledger, *case, id=f"{ledger}: {name}")
        for ledger, cases in (("progress", GONE), ("extensions", GONE_EXTENSION))
        for name, case in cases.items()
    ],
)
@newlines
@ends
def test_an_entry_goes_with_its_lines(ledger: str, place: int, diff: str, newline: str, end: bool) -> None:
    before, after = sides_of(diff, newline, end=end)
    number = number_of(before)
    assert rid(before, ledger, place, number) == after
    # And it means what it meant, without the entry.
    expected = document_of(before).value
    task = expected["tasks"][number]
    del task[ledger][place]
    if not task[ledger]:
        del task[ledger]
    assert document_of(after).value == expected


@pytest.mark.parametrize(
    ("diff", "entry"),
    [
        *(pytest.param(diff, RECORD, id=f"progress: {name}") for name, diff in LAST.items()),
        *(pytest.param(diff, EXTENSION, id=f"extensions: {name}") for name, diff in LAST_EXTENSION.items()),
    ],
)
@newlines
@ends
def test_what_came_last_goes_without_a_trace(diff: str, entry: LedgerEntry, newline: str, end: bool) -> None:
    before, after = sides_of(diff, newline, end=end)
    number = number_of(before)
    ledger = ledger_of(entry)
    entries = document_of(after).value["tasks"][number][ledger]
    assert rid(after, ledger, len(entries) - 1, number) == before


def test_the_newline_that_goes_is_that_of_the_line_above() -> None:
    text = "tasks:\n- id: 1\r\n  progress:\n  - date: 2022-07-01"
    assert rid(text, "progress", 0) == "tasks:\n- id: 1"
    text = "tasks:\r\n- id: 1\n  progress:\r\n  - date: 2022-07-01"
    assert rid(text, "progress", 0) == "tasks:\r\n- id: 1"


@pytest.mark.parametrize("ledger", ["progress", "extensions"])
def test_a_key_behind_the_dash_of_its_task_is_refused_by_place(ledger: str) -> None:
    document = document_of(f"tasks:\n- id: 1\n- {ledger}:\n  - date: 2022-07-01\n  id: 2\n")
    with pytest.raises(DataError) as caught:
        removal(document, ("tasks", 1), ledger, 0)
    assert str(caught.value) == (
        f"data/tasks.yaml:3:3: {ledger} 是这项任务的第一个键，其中唯一的一条不能逐行删去\n"
        f"  提示：把 {ledger}: 移到这项任务的其他键之后再试"
    )
