"""Where a record goes in a file that people have written by hand: on lines of its own; nothing else moves.

Each layout is a whole file as a diff shows it: a line begins with a space if it was there before
(a blank one need not), with “+” if the record brought it. Everything in them is 模拟.
"""

import datetime as dt

import pytest
from tiny import rendered

from yzplan.errors import DataError
from yzplan.model import ProgressRecord, Status
from yzplan.store import reading
from yzplan.store.reading import Document, read
from yzplan.store.source import decode_source
from yzplan.store.splice import edited, insertion

pytestmark = pytest.mark.usefixtures("yaml_loader")

RECORD = ProgressRecord(date=dt.date(2022, 8, 5), unit="甲局", status=Status.DONE)


def document_of(text: str) -> Document:
    document = read(decode_source(text.encode(), "data/tasks.yaml"))
    assert rendered(document.problems) == ""
    return document


def spliced(text: str, place: int, records: list[ProgressRecord], task: int = 0) -> str:
    """The text with records put behind the first `place` ones of a task."""
    document = document_of(text)
    edit = insertion(document, ("tasks", task), "progress", place, records)
    return edited(document.source.text, [edit])


def before_of(diff: str) -> str:
    return "".join(line.removeprefix(" ") for line in diff.splitlines(keepends=True) if line[0] != "+")


def after_of(diff: str) -> str:
    return "".join(
        line.removeprefix("+" if line[0] == "+" else " ") for line in diff.splitlines(keepends=True)
    )


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


@pytest.mark.parametrize("diff", LAST.values(), ids=LAST)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("end", [True, False], ids=["last newline", "no last newline"])
def test_a_record_goes_behind_the_last_one(diff: str, newline: str, end: bool) -> None:
    before, after = (text.replace("\n", newline) for text in (before_of(diff), after_of(diff)))
    if not end:
        before, after = before.removesuffix(newline), after.removesuffix(newline)
    tasks = document_of(before).value["tasks"]
    number = next(k for k, task in enumerate(tasks) if task["id"] == 1)
    assert spliced(before, len(tasks[number].get("progress", ())), [RECORD], number) == after


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
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_record_goes_before_later_ones(place: int, diff: str, newline: str) -> None:
    before, after = (text.replace("\n", newline) for text in (before_of(diff), after_of(diff)))
    assert spliced(before, place, [RECORD]) == after


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
        "tasks:\n- id: 1\n- {\n    id: 2,\n    progress: [\n    ]}\n",
        "3:3",
    ),
    "tasks in brackets": ("# 台账\n\ntasks: [{id: 1},\r\n        {id: 2}]\n", "4:9"),
    "no record in brackets": ("tasks:\n- id: 1\n- id: 2\n  progress: []\n", "3:3"),
    "records in brackets": ("tasks:\n- id: 1\n- id: 2\n  progress: [{date: 2022-07-01}]\n", "3:3"),
    "records in brackets below their key": (
        "tasks:\n- id: 1\n- text: 甲\n  progress:\n    [\n    ]\n  id: 2\n",
        "3:3",
    ),
}


@pytest.mark.parametrize(("text", "place"), IN_BRACKETS.values(), ids=IN_BRACKETS)
def test_what_stands_in_brackets_is_refused_by_place(text: str, place: str) -> None:
    with pytest.raises(DataError) as caught:
        insertion(document_of(text), ("tasks", 1), "progress", 0, [RECORD])
    assert str(caught.value) == (
        f"data/tasks.yaml:{place}: 这项任务或其 progress 写在括号里，不能逐行增减\n"
        "  提示：改为一键一行的写法（progress: 之下每条以“- ”起行）后再试"
    )
