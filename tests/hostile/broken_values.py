"""Values and keys that mean nothing, or not what stands there."""

from cases import Case, accepted, edit, edit_units, noted, record
from tiny import TASKS, edited

LAST = "    deadline: 2022-12\n"
DAY = "    - date: 2022-07-15\n"

MONTHS = {
    "month 13": ("2022-13", "Y104"),
    "month 0": ("2022-00", "Y104"),
    "month of one digit": ("2022-7", "Y104"),
    "month as a decimal": ("2022.10", "Y103"),
    "month as a number": ("202207", "Y103"),
    "month in Chinese": ("2022年7月", "Y104"),
    "month without a year": ("7月", "Y104"),
    "month of a year of two digits": ("22-07", "Y104"),
    "month with a day": ("2022-07-31", "Y104"),
    "month with a slash": ("2022/07", "Y104"),
    "month in full width": ("２０２２-０７", "Y104"),
    "month with a Chinese dash": ("2022—07", "Y104"),
    "month in words": ("年底前", "Y104"),
    "month in English": ("July 2022", "Y104"),
    "quarter for a month": ("2022Q3", "Y104"),
    "month and a space": ("'2022-07 '", "Y104"),
    "month and a line break": ('"2022-07\\n"', "Y104"),
    "month that is nothing": ("null", "Y103"),
    "months in a list": ("[2022-07]", "Y103"),
    "month of the year zero": ("0000-07", "Y104"),
    "minus a month": ("-2022-07", "Y104"),
}
DAYS = {
    "30 February": ("2022-02-30", "Y104"),
    "29 February of no leap year": ("2022-02-29", "Y104"),
    "day of one digit": ("2022-2-3", "Y104"),
    "day as a number": ("20220803", "Y103"),
    "day with a time": ("2022-08-03 10:00:00", "Y104"),
    "day with a time and a zone": ("2022-08-03T10:00:00Z", "Y104"),
    "day in Chinese": ("2022年8月3日", "Y104"),
    "day with points": ("2022.08.03", "Y104"),
    "day the other way round": ("03-08-2022", "Y104"),
    "day of the year zero": ("0000-01-01", "Y104"),
    "week for a day": ("2022-W31-3", "Y104"),
    "month for a day": ("2022-08", "Y104"),
    "day of Excel": ("44776", "Y103"),
    "day in other digits": ("٢٠٢٢-٠٨-٠٣", "Y104"),
    "empty day": ("''", "Y104"),
}
PERCENTS = {
    "more than all": ("101", "Y105"),
    "less than nothing": ("-1", "Y105"),
    "a little more than all": ("100.000001", "Y105"),
    "with a sign": ("80%", "Y103"),
    "in quotes": ("'80'", "Y103"),
    "true": ("true", "Y103"),
    "nothing, which is as good as no key": ("null", ""),
    "no value, which is as good as no key": ("", ""),
    "a list": ("[80]", "Y103"),
    "a mapping": ("{值: 80}", "Y103"),
    "in Chinese": ("八成", "Y103"),
    "in full width": ("８０", "Y103"),
    "a fraction": ("4/5", "Y103"),
    "eighteen digits": ("999999999999999999", "Y105"),
}
NOTES = {
    "empty": ("''", "Y104"),
    "only spaces": ("'   '", "Y104"),
    "only an ideographic space": ("'\u3000'", "Y104"),
    "a space before": ("' 模拟'", "Y104"),
    "a space behind": ("'模拟 '", "Y104"),
    "a line break": ('"模拟\\n模拟"', "Y104"),
    "a number": ("12345", "Y103"),
    "a decimal": ("0.5", "Y103"),
    "a truth value": ("true", "Y103"),
    "a list": ("[模拟]", "Y103"),
    "a mapping": ("{模拟: 模拟}", "Y103"),
    "nothing where a list of texts is": ("模拟\n      evidence: 模拟文号", "Y103"),
}
STATUSES = ("完成", "已报完成", "Done", "DONE", "finished", "in progress", "''", "1")
REFERENCES = {
    "seven digits": ("'3f9a2c1'", "Y104"),
    "nine digits": ("'3f9a2c1b7'", "Y104"),
    "upper case": ("'3F9A2C1B'", "Y104"),
    "not hexadecimal": ("'3f9a2c1g'", "Y104"),
    "digits without quotes": ("12345678", "Y103"),
    "an exponent without quotes": ("12e45678", "Y016"),
    "with a sharp": ("'#3f9a2c1b'", "Y104"),
}
FINGERPRINTS = {
    "eleven digits": ("'3f9a2c1b77e'", "Y104"),
    "upper case": ("'3F9A2C1B77E0'", "Y104"),
    "digits without quotes": ("123456789012", "Y103"),
    "of sha256": ("'" + "0" * 64 + "'", "Y104"),
    "of other words": ("'000000000000'", "Y305"),
}
_WORDING = next(line for line in TASKS.split("\n") if line.startswith("  wording: ")) + "\n"

VALUES: dict[str, Case] = {
    **{
        f"deadline: {name}": edit(LAST, f"    deadline: {text}\n", code)
        for name, (text, code) in MONTHS.items()
    },
    **{f"date: {name}": edit(DAY, f"    - date: {text}\n", code) for name, (text, code) in DAYS.items()},
    **{
        f"percent: {name}": edit("      percent: 40\n", f"      percent: {text}\n", code)
        for name, (text, code) in PERCENTS.items()
    },
    **{f"text: {name}": noted("§".join((text, "")), code) for name, (text, code) in NOTES.items()},
    **{f"status: {word}": edit("status: in_progress", f"status: {word}", "Y105") for word in STATUSES},
    **{
        f"reference: {name}": record(
            f"date: 2022-08-05, unit: 市模拟甲局, note: 模拟, retracts: {text}", code
        )
        for name, (text, code) in REFERENCES.items()
    },
    **{
        f"fingerprint: {name}": edit(_WORDING, f"  wording: {text}\n", code)
        for name, (text, code) in FINGERPRINTS.items()
    },
    "date in quotes": accepted(edited(TASKS, (DAY, "    - date: '2022-07-15'\n"))),
    "deadline in double quotes": accepted(edited(TASKS, (LAST, '    deadline: "2022-12"\n'))),
    "year as a text": edit("year: 2022", "year: '2022'", "Y103"),
    "year of two digits": edit("year: 2022", "year: 22", "Y105"),
    "year as a decimal": edit("year: 2022", "year: 2022.0", "Y103"),
    "number of a task as a text": edit("  - id: 3\n", "  - id: '3'\n", "Y103"),
    "number of a task as a decimal": edit("  - id: 3\n", "  - id: 3.0\n", "Y103"),
    "number of a task is zero": edit("  - id: 3\n", "  - id: 0\n", "Y105"),
    "number of a task in a circle": edit("  - id: 3\n", "  - id: ③\n", "Y103"),
    "total less than nothing": edit("tasks: 3}", "tasks: -3}", "Y105"),
    "operator of mathematics": edit("op: '>='", "op: ≥", "Y105"),
    "operator without quotes": edit("op: '>='", "op: >=", "Y008"),
    "target as a text": edit("value: 80", "value: '80'", "Y103"),
    "target of three numbers": edit("value: 80", "value: [1, 2, 3]", "Y103"),
    "measured value with its unit": edit("{办理时限: 0.5}", "{办理时限: 0.5天}", "Y103"),
    "measured value without a number": edit("{办理时限: 0.5}", "{办理时限}", "Y103"),
    "kind of unit that is none": edit_units("国企/公用事业", "国有企业", "Y105"),
    "kind of group that is none": edit_units("kind: open", "kind: 开放", "Y105"),
    "aliases as one text": edit_units("[甲局, 模拟甲]", "甲局、模拟甲", "Y103"),
}

YEAR = "  year: 2022\n"


KEYS: dict[str, Case] = {
    "misspelt": edit("completed_on: 2022-07-28", "complete_on: 2022-07-28", "Y101"),
    "of one letter less": edit("  year: 2022", "  yer: 2022", "Y101"),
    "in upper case": edit("  year: 2022", "  Year: 2022", "Y101"),
    "in full width": edit("  year: 2022", "  ｙｅａｒ: 2022", "Y101"),
    "in Chinese": edit("      status: done\n", "      状态: done\n", "Y101"),
    "in Chinese at the top": edit("indicators:\n", "指标:\n", "Y101"),
    "with a hyphen": edit("completed_on: 2022-07-28", "completed-on: 2022-07-28", "Y101"),
    "with a space behind, in quotes": edit("  year: 2022", "  'year ': 2022", "Y101"),
    "with a Cyrillic letter": edit("  year: 2022", "  yеar: 2022", "Y101"),
    "that is empty": edit("  year: 2022", "  '': 2022", "Y101"),
    "of a record in a task": edit(LAST, f"{LAST}    status: done§\n", "Y101"),
    "of a task in a record": edit(
        "      percent: 40\n", "      percent: 40\n      deadline: 2022-07§\n", "Y101"
    ),
    "of an indicator in the plan": edit(YEAR, f"{YEAR}  lead_unit: 市模拟甲局§\n", "Y101"),
    "of the plan at the top": edit("indicators:\n", "office: 模拟§\nindicators:\n", "Y101"),
    "of the register in the table": edit("indicators:\n", "units: []§\nindicators:\n", "Y101"),
    "of Python": edit("from: 2022-09, to", "from_: 2022-09, to", "Y101"),
    "of Python's own": edit(YEAR, f"{YEAR}  __class__: 模拟§\n", "Y101"),
    "of JSON Schema": edit("plan:\n", "$schema: 模拟\nplan:\n", "Y101"),
    "of ten thousand letters": edit(YEAR, f"{YEAR}  {'k' * 900}§: 1\n", "Y101"),
    "derived, not stored: overdue": edit(LAST, f"{LAST}    overdue: true§\n", "Y101"),
    "derived, not stored: ref": record(
        "date: 2022-08-05, unit: 市模拟甲局, status: done, ref: '3f9a2c1b'", "Y101"
    ),
    "unknown in the register": edit_units(
        "  kind: 国企/公用事业\n", "  kind: 国企/公用事业\n  phone§: 模拟\n", "Y101"
    ),
    "unknown in totals": edit("tasks: 3}", "tasks: 3, units: 6}", "Y101"),
    "unknown in a target": edit("value: 80", "value: 80, baseline: 70", "Y101"),
    "missing: title": edit("  title: 模拟市优化营商环境2022年度重点任务实施方案\n", "", "Y102"),
    "missing: document_number": edit(
        "  document_number: 模拟办函〔2022〕1号\n", "", "Y102", ("plan:\n", "plan:\n")
    ),
    "missing: year": edit("plan:\n", "§plan:\n", "Y102", (YEAR, "")),
    "missing: issued_on": edit("plan:\n", "§plan:\n", "Y102", ("  issued_on: 2022-05-23\n", "")),
    "missing: office": edit("plan:\n", "§plan:\n", "Y102", ("  office: 模拟市优化营商环境办公室\n", "")),
    "missing: totals": edit("plan:\n", "§plan:\n", "Y102", ("  totals: {indicators: 2, tasks: 3}\n", "")),
    "missing: a total": edit("{indicators: 2, tasks: 3}", "{indicators: 2}", "Y102"),
    "missing: name of an indicator": edit("  name: 模拟指标乙\n", "", "Y102"),
    "missing: number of an indicator": edit("- id: 2\n  name: 模拟指标乙", "- name: 模拟指标乙", "Y102"),
    "missing: lead unit": edit(
        "  name: 模拟指标乙\n", "  name: 模拟指标乙§\n", "Y102", ("  lead_unit: 市模拟丙局\n", "")
    ),
    "missing: responsible units": edit(
        "  name: 模拟指标乙\n",
        "  name: 模拟指标乙§\n",
        "Y102",
        ("  responsible_units: [市模拟甲局, 模拟相关单位]\n", ""),
    ),
    "missing: tasks": edit(
        "- id: 2\n  name: 模拟指标乙",
        "- id: 2§\n  name: 模拟指标乙",
        "Y102",
        ("  tasks:\n  - id: 3\n    deadline: 2022-12\n    text: 年底前完成模拟评价。\n", ""),
    ),
    "missing: number of a task": edit("  - id: 3\n    deadline", "  - deadline", "Y102"),
    "missing: deadline": edit(LAST, "", "Y102"),
    "missing: text": edit("  - id: 3\n", "  - id: 3§\n", "Y102", ("    text: 年底前完成模拟评价。\n", "")),
    "missing: date of a record": edit(f"{DAY}      unit", "    - unit", "Y102"),
    "missing: unit of a record": edit("      unit: 模拟东县\n", "", "Y102"),
    "missing: reason of an extension": edit(", reason: 模拟延期", "", "Y102"),
    "missing: approval of an extension": edit(" approved_on: 2022-09-20,", "", "Y102"),
    "missing: quote of a target": edit(", quote: 网上办理占比至80%以上", "", "Y102"),
    "missing: printed of an erratum": edit("printed: 模拟事项, ", "", "Y102"),
    "missing: kind of a unit": edit_units("  kind: 国企/公用事业\n", "", "Y102"),
    "missing: name of a unit": edit_units("- name: 模拟丁公司\n  kind", "- kind", "Y102"),
    "missing: units": edit_units("units:\n", "unit:\n", "Y101"),
}
