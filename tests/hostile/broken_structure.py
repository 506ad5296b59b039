"""Tables whose parts do not fit together: in structure, and in what they say."""

from cases import HERE, Case, Told, accepted, edit, edit_units, files, record, whole
from tiny import TASKS, UNITS, edited

YEAR = "  year: 2022\n"
BEFORE_INDICATORS = TASKS[: TASKS.index("\nindicators:") + 1]
FROM_INDICATORS = TASKS[len(BEFORE_INDICATORS) :]
SECOND = TASKS[TASKS.index("- id: 2\n  name: 模拟指标乙") :]
FIRST_TASK = TASKS[TASKS.index("  - id: 1\n") : TASKS.index("  - id: 2\n")]
RECORDS = TASKS[TASKS.index("    progress:\n") : TASKS.index("- id: 2\n  name: 模拟指标乙")]
TITLE = "  title: 模拟市优化营商环境2022年度重点任务实施方案\n"


def _register(text: str, code: str, line: int = 1) -> Case:
    return Case(files(TASKS, text), 1, (Told("units.yaml", line, code),))


def _cut(after: str, codes: str, lines: int = 0) -> Case:
    """The tiny table, cut off behind some text; told `lines` further down."""
    text = TASKS[: TASKS.index(after) + len(after)]
    at = text.count("\n") + 1 + lines
    return Case(files(text), 1, tuple(Told("tasks.yaml", at, code) for code in codes.split()))


CUTS = {
    "in a comment": _cut("# 模拟", "Y004"),
    "behind the first key": _cut("plan:", "Y103"),
    "in a key": _cut("  titl", "Y103"),
    "behind the plan's name": _cut("重点任务实施方案", "Y102", -1),
    "in an inline mapping": _cut("{indicators: 2", "Y008", 1),
    "behind the header": _cut("tasks: 3}\n", "Y102", -8),
    "behind the head of the indicators": _cut("indicators:\n", "Y103"),
    "in a list": _cut("[市模拟乙局, ", "Y008", 1),
    "within quotes": _cut("wording: '", "Y008"),
    "behind the first indicator's name": _cut("name: 模拟指标甲", "Y102", -1),
    "in a target": _cut("op: '>=',", "Y008", 1),
    "in a record": _cut("unit: 模拟东县\n", "Y209", -2),
    "before the second indicator": _cut("{办理时限: 0.5}\n", "Y301", -35),
    "behind a dash": _cut("  tasks:\n  - id: 3\n    deadline: 2022-12\n", "Y102", -2),
}

STRUCTURE: dict[str, Case] = {
    **{f"cut off {where}": case for where, case in CUTS.items()},
    "empty": whole("", "Y004"),
    "only a newline": whole("\n", "Y004"),
    "only comments": whole("# 模拟\n# 模拟\n", "Y004"),
    "only spaces": whole("   \n  \n", "Y004"),
    "only a start": whole("---\n", "Y004"),
    "only null": whole("null\n", "Y004"),
    "only a tilde": whole("~\n", "Y004"),
    "a text at the root": whole("模拟\n", "Y103"),
    "a number at the root": whole("2022\n", "Y103"),
    "a list at the root": whole("- plan\n- indicators\n", "Y103"),
    "an empty list at the root": whole("[]\n", "Y103"),
    "an empty mapping at the root": whole("{}\n", "Y102"),
    "a page of HTML": whole("<!DOCTYPE html>\n<html><body>模拟</body></html>\n", "Y103"),
    "CSV": whole("编号,任务,时限\n1,模拟,2022-07\n", "Y103"),
    "Markdown": whole("# 模拟\n\n| 编号 | 任务 |§\n|---|---|\n| 1 | 模拟 |\n", "Y008"),
    "INI": whole("[plan]§\nyear = 2022\n", "Y008"),
    "a pointer of Git LFS": whole(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12345\n", "Y103"
    ),
    "the output of git diff": whole(
        "--- a/data/tasks.yaml\n+++ b/data/tasks.yaml\n@@ -1 +1 @@\n-a\n+b\n", "Y103"
    ),
    "the two files swapped": Case(
        files(UNITS, TASKS), 1, (Told("tasks.yaml", 2, "Y101"), Told("units.yaml", 2, "Y101"))
    ),
    "the table twice": Case(files(TASKS, TASKS), 1, (Told("units.yaml", 2, "Y101"),)),
    "the register twice": Case(files(UNITS, UNITS), 1, (Told("tasks.yaml", 2, "Y101"),)),
    "the table repeated below itself": whole(TASKS + TASKS.replace("plan:\n", "plan:§\n"), "Y014"),
    "the register empty": _register("", "Y004"),
    "the register a list": _register("- name: 市模拟甲局\n", "Y103"),
    "the register's units null": _register("units:\n", "Y103"),
    "the register's units a mapping": _register("units: {市模拟甲局: 市直部门}\n", "Y103"),
    "the register without a unit": edit("lead_unit: 市模拟甲局", "lead_unit: 市模拟甲局", "Y201")._replace(
        make=files(TASKS, "units: []\n")
    ),
    "plan a list": whole("plan: []\nindicators: []\n", "Y103"),
    "plan a text": whole("plan: 模拟\nindicators: []\n", "Y103"),
    "plan null": whole(f"plan:\n{FROM_INDICATORS}", "Y103"),
    "plan twice as deep": edit("plan:\n", "plan:\n§ plan:\n", "Y101"),
    "indicators null": whole(f"{BEFORE_INDICATORS}indicators§:\n", "Y103"),
    "indicators empty": whole(
        edited(BEFORE_INDICATORS, ("totals: {", "totals: §{")) + "indicators: []\n", "Y301"
    ),
    "indicators a mapping": whole(f"{BEFORE_INDICATORS}indicators§: {{1: 模拟}}\n", "Y013"),
    "indicators a text": whole(f"{BEFORE_INDICATORS}indicators§: 模拟\n", "Y103"),
    "indicators a list of texts": whole(f"{BEFORE_INDICATORS}indicators:\n- 模拟§\n", "Y103"),
    "indicators a list in a list": whole(f"{BEFORE_INDICATORS}indicators:\n- - id: 1§\n", "Y103"),
    "an indicator that is null": edit(
        "- id: 2\n  name: 模拟指标乙", "-§\n- id: 2\n  name: 模拟指标乙", "Y103"
    ),
    "tasks null": edit(
        "  tasks:\n  - id: 3\n    deadline: 2022-12\n    text: 年底前完成模拟评价。\n", "  tasks:\n", "Y103"
    ),
    "tasks a mapping": edit("  - id: 3\n", "    id: 3\n", "Y103"),
    "tasks numbers": edit(
        "  tasks:\n  - id: 3\n    deadline: 2022-12\n    text: 年底前完成模拟评价。\n",
        "  tasks: [3]\n",
        "Y103",
    ),
    "a task that is null": edit("  - id: 3\n", "  -§\n  - id: 3\n", "Y103"),
    "progress null": edit(RECORDS, "    progress:\n\n", "Y103"),
    "progress empty": accepted(edited(TASKS, (RECORDS, "    progress: []\n\n"))),
    "progress one record without its dash": edit(
        RECORDS, "    progress:\n      date: 2022-07-15§\n      unit: 市模拟甲局\n\n", "Y103"
    ),
    "progress a text": edit(RECORDS, "    progress: 已完成\n\n", "Y103"),
    "a record that is a text": edit(
        "    - date: 2022-07-15\n", "    - 已完成§\n    - date: 2022-07-15\n", "Y103"
    ),
    "progress of the indicator": edit(SECOND, SECOND + "  progress: []§\n", "Y101"),
    "responsible units a text": edit("[市模拟乙局, 各模拟县区]", "市模拟乙局", "Y103"),
    "responsible units null": edit("[市模拟乙局, 各模拟县区]", "null", "Y103"),
    "responsible units of mappings": edit("[市模拟乙局, 各模拟县区]", "[{name: 市模拟乙局}]", "Y103"),
    "responsible units empty": edit(
        "  name: 模拟指标乙\n", "  name: 模拟指标乙§\n", "Y304", ("[市模拟甲局, 模拟相关单位]", "[]")
    ),
    "lead unit a list": edit("lead_unit: 市模拟丙局", "lead_unit: [市模拟丙局]", "Y103"),
    "lead unit null": edit("lead_unit: 市模拟丙局", "lead_unit:", "Y103"),
    "totals a list": edit("{indicators: 2, tasks: 3}", "[2, 3]", "Y103"),
    "totals a number": edit("{indicators: 2, tasks: 3}", "3", "Y103"),
    "measured a list": edit("{办理时限: 0.5}", "[办理时限, 0.5]", "Y103"),
    "text between": edit("indicators:\n", "以下为任务\nindicators§:\n", "Y008"),
    "text behind": whole(f"{TASKS}（完）§\n", "Y008"),
    "one space too many": edit(YEAR, "   year: 2022§\n", "Y008"),
    "one space too few": edit("    deadline: 2022-12\n", "   deadline: 2022-12§\n", "Y008"),
    "a record's key at the depth of its dash": edit("      percent: 40\n", "    percent: 40§\n", "Y008"),
    "an indicator at the depth of a task": edit(
        "- id: 2\n  name: 模拟指标乙", "  - id: 2§\n  name: 模拟指标乙", "Y014"
    ),
    "ideographic spaces as indentation": edit(YEAR, "　　year: 2022§\n", "Y008"),
    "no-break spaces as indentation": edit(YEAR, "\xa0\xa0year: 2022§\n", "Y008"),
    "a line lost its break": edit("  year: 2022\n", "  year: 2022", "Y008"),
    "two lists in one": edit("  - id: 3\n", "  - - id: 3\n", "Y008"),
}

OWN = "date: 2022-08-05, unit: 市模拟甲局"
EXTENSION = "{from: 2022-09, to: 2022-11, approved_on: 2022-09-20, reason: 模拟延期}"


def _assessment(line: str, codes: str) -> Case:
    last = "  totals: {indicators: 2, tasks: 3}\n"
    return edit(last, f"{last}  assessment: {{{line}}}{HERE}\n", codes)


WORDING = next(line for line in SECOND.split("\n") if "wording" in line)

MEANING: dict[str, Case] = {
    "Y201: a unit that nobody registered": edit("unit: 模拟东县", "unit: 外地单位", "Y201"),
    "Y202: an alias for the name": edit("unit: 模拟东县", "unit: 甲局", "Y202"),
    "Y203: a number twice": edit("  - id: 2\n", "  - id: 1\n", "Y203"),
    "Y204: a lead unit that is responsible too": edit("[市模拟甲局, 模拟相关单位]", "[市模拟丙局]", "Y204"),
    "Y205: a member that nobody registered": edit_units(
        "[模拟东县, 模拟西区]", "[模拟东县, 模拟北区]", "Y205"
    ),
    "Y206: a name of two": edit_units("- name: 模拟丁公司", "- name: 市模拟乙局", "Y206"),
    "Y207: a record of a unit without a part": record(
        "date: 2022-08-05, unit: 模拟丁公司, status: done", "Y207"
    ),
    "Y208: a correction of nothing": record(f"{OWN}, note: 误报, retracts: '0000abcd'", "Y208"),
    "Y209: a record that says nothing": record(f"{OWN}, note: 模拟", "Y209"),
    "Y210: a quote that the text has not": edit(
        "quote: 网上办理占比至80%", "quote: 网上办理占比达80%", "Y210"
    ),
    "Y211: a page of another indicator's task": edit("{from_task: 1}", "{from_task: 3}", "Y211"),
    "Y212: a unit twice": edit("[市模拟乙局, 各模拟县区]", "[市模拟乙局, 市模拟乙局]", "Y212"),
    "Y213: late pays better": _assessment("on_time: 50", "Y213"),
    "Y214: an adjustment of a group": _assessment(
        "adjustments: [{date: 2022-08-10, unit: 各模拟县区, points: 2, reason: 模拟}]", "Y214"
    ),
    "Y215: a group in the lead": edit("lead_unit: 市模拟丙局", "lead_unit: 各模拟县区", "Y215"),
    "Y216: a range of one number": edit("op: '>='", "op: between", "Y216"),
    "Y217: an erratum without a word": edit(", note: 疑为“虚拟事项”；原文保留", "", "Y217"),
    "Y301: an indicator too few": edit("{indicators: 2", "{indicators: 3", "Y301"),
    "Y302: a task too few": edit("tasks: 3}", "tasks: 4}", "Y302"),
    "Y303: a number beyond the last": edit("  - id: 3\n", "  - id: 30\n", "Y303"),
    "Y304: an indicator without tasks": edit(
        "- id: 2\n  name: 模拟指标乙",
        "- id: 2§\n  name: 模拟指标乙",
        "Y304",
        ("  tasks:\n  - id: 3\n    deadline: 2022-12\n    text: 年底前完成模拟评价。\n", "  tasks: []\n"),
    ),
    "Y305: one changed character": edit(WORDING, f"§{WORDING}", "Y305", ("模拟评价", "摸拟评价")),
    "Y305: another deadline": edit(
        WORDING, f"§{WORDING}", "Y305", ("deadline: 2022-12", "deadline: 2022-11")
    ),
    "Y306: nobody accepted the wording": edit(
        "  name: 模拟指标乙\n", "  name: 模拟指标乙§\n", "Y306", (f"{WORDING}\n", "")
    ),
    "Y401: an extension to an earlier month": edit("to: 2022-11", "to: 2022-08", "Y401"),
    "Y501: less than before": record(f"{OWN}, status: in_progress, percent: 10", "Y501", strict=True),
    "Y502: completed before the work": record(
        f"{OWN}, status: done, completed_on: 2022-06-01", "Y502", strict=True
    ),
    "Y503: in the future": record("date: 2022-10-02, unit: 市模拟甲局, status: done", "Y503", strict=True),
    "Y504: before the document": record(
        f"{OWN}, status: done, completed_on: 2022-05-01", "Y504", strict=True
    ),
    "Y505: out of order": record("date: 2022-07-01, unit: 市模拟甲局, status: blocked", "Y505", strict=True),
    "Y506: verified and never done": record(f"{OWN}, status: verified", "Y506", strict=True),
    "Y507: completed after the report": record(
        f"{OWN}, status: done, completed_on: 2022-08-06", "Y507", strict=True
    ),
    "Y508: done and not whole": record(f"{OWN}, status: done, percent: 99", "Y508", strict=True),
    "Y509: done without what was wanted": edit(
        "  - id: 2\n",
        "    progress:\n    - date: 2022-08-05\n      unit: 市模拟甲局\n      status: done\n"
        "      measured: {网上办理占比: 79}§\n  - id: 2\n",
        "Y509",
        strict=True,
    ),
    "Y510: two things on one day": record(
        "date: 2022-07-15, unit: 市模拟甲局, status: blocked", "Y510", strict=True
    ),
    "Y511: a text that promises a later month": edit(
        "    text: 年底前完成模拟评价。",
        "    text: 12月底前完成模拟评价。",
        "Y511",
        ("deadline: 2022-12", "deadline: 2022-11"),
    ),
    "Y512: the same twice": edit(
        f"    - {EXTENSION}\n", f"    - {EXTENSION}\n    - {EXTENSION}§\n", "Y512", strict=True
    ),
    "Y513: completed and still at work": record(
        f"{OWN}, status: in_progress, completed_on: 2022-08-01", "Y513", strict=True
    ),
    "Y514: a metric that nobody set": record(
        f"{OWN}, status: blocked, measured: {{网办率: 1}}", "Y514", strict=True
    ),
    "Y515: from a month that was none of it": edit("{from: 2022-09", "{from: 2022-08", "Y515", strict=True),
    "Y516: a deadline of another year": edit("deadline: 2022-12", "deadline: 2202-12", "Y516"),
}
