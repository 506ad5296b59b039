"""Each rule of `check` (Y2xx, Y3xx): a table that it refuses, and what it says, word for word.

Where a case changes what the document prints, the fingerprints are made to agree (`sealed`), so
that the rule in question speaks alone; Y305 is the rule that holds the data to them.
"""

import pytest
from plans import shipped
from tiny import TASKS, UNITS, edited, problems, sealed

from yzplan.check import RULES, findings
from yzplan.errors import code_of
from yzplan.store.decode import extension, record

FIRST = {"date": "2022-07-15", "unit": "市模拟甲局", "status": "in_progress", "percent": 40}
CORRECTION = {"date": "2022-08-04", "unit": "市模拟甲局", "note": "误报", "retracts": record(FIRST).ref}
EXTENSION = {"from": "2022-09", "to": "2022-11", "approved_on": "2022-09-20", "reason": "模拟延期"}


def a_record(text: str) -> str:
    """The tiny plan with one more record at the end of task 2."""
    last = "      measured: {办理时限: 0.5}\n"
    return edited(TASKS, (last, f"{last}    - {{{text}}}\n"))


def an_extension(text: str) -> str:
    """The tiny plan with one more extension of task 2."""
    last = "approved_on: 2022-09-20, reason: 模拟延期}\n"
    return edited(TASKS, (last, f"{last}    - {{{text}}}\n"))


def an_assessment(*lines: str) -> str:
    """The tiny plan with these lines as the rules of the assessment, from line 10 on."""
    last = "  totals: {indicators: 2, tasks: 3}\n"
    return edited(TASKS, (last, f"{last}  assessment:\n" + "".join(f"    {line}\n" for line in lines)))


def authors(*lines: str) -> str:
    """The tiny register with these lines as its authors, from line 27 on."""
    return f"{UNITS}authors:\n" + "".join(f"  {line}\n" for line in lines)


BONUS = "- {date: 2022-08-10, unit: 市模拟甲局, points: 2, reason: 模拟}"


def a_task_of_its_own_units(*lines: str) -> str:
    """The tiny plan with these lines in task 3."""
    last = "    deadline: 2022-12\n"
    return edited(TASKS, (last, last + "".join(f"    {line}\n" for line in lines)))


RENAME = "  提示：改用别的名称；说不清指谁的放入 ambiguous\n"
NOTE = "  提示：用 note 说明何处存疑；改了字的，用 read 写明所录\n"
EMAIL = "  提示：写 git 提交里作者的邮箱，如 name@example.org，不带空格和尖括号\n"
ONE_LINE = "  提示：只留一行：一个邮箱只代表一家单位或办公室\n"
EITHER = "  提示：补上或删去其一\n"
PAGES = "  提示：核对文件附件的分页\n"
RESTORE = "  提示：误改的请恢复原文；确系更正录入差错的，经办公室核定后用 yzplan fmt --accept-wording 认可\n"

CASES = {
    # Y213
    "Y213: late pays better than on time": (
        an_assessment("on_time: 80", "late_floor: 80.5"),
        UNITS,
        "tasks.yaml:12:17: Y213 逾期完成至少 80.5 分，高于按期完成的 80 分\n"
        "  提示：改低 late_floor，或改高 on_time\n",
    ),
    "Y213: on time pays less than late by default": (
        an_assessment("on_time: 50"),
        UNITS,
        "tasks.yaml:11:5: Y213 逾期完成至少 60 分，高于按期完成的 50 分\n"
        "  提示：改低 late_floor，或改高 on_time\n",
    ),
    "Y213: undone pays better than on time": (
        an_assessment("on_time: 80", "open_share: 0.805"),
        UNITS,
        "tasks.yaml:12:17: Y213 未完成最多可得 80.5 分，高于按期完成的 80 分\n"
        "  提示：改低 open_share，或改高 on_time\n",
    ),
    # Y214
    "Y214: an adjustment of a group": (
        an_assessment("adjustments:", BONUS.replace("市模拟甲局", "各模拟县区")),
        UNITS,
        "tasks.yaml:12:32: Y214 “各模拟县区”没有自己的任务，不能加减分\n  提示：写明是哪家有任务的单位\n",
    ),
    "Y214: an adjustment of a unit without a task": (
        an_assessment("adjustments:", BONUS.replace("市模拟甲局", "模拟丁公司")),
        UNITS,
        "tasks.yaml:12:32: Y214 “模拟丁公司”没有自己的任务，不能加减分\n  提示：写明是哪家有任务的单位\n",
    ),
    "Y214: an adjustment twice": (
        an_assessment("adjustments:", BONUS, BONUS),
        UNITS,
        "tasks.yaml:13:7: Y214 “市模拟甲局”的这条加减分写了两次\n"
        "  提示：删去重复的一条；确是两件事的，在 reason 里写明\n",
    ),
    # Y215
    "Y215: a group in the lead, whoever reports": (
        edited(TASKS, ("lead_unit: 市模拟甲局", "lead_unit: 各模拟县区")),
        UNITS,
        "tasks.yaml:15:14: Y215 “各模拟县区”是一组单位，不能牵头\n  提示：写明牵头的一家单位\n",
    ),
    "Y215: of one task": (
        a_task_of_its_own_units("lead_unit: 模拟相关单位"),
        UNITS,
        "tasks.yaml:54:16: Y215 “模拟相关单位”是一组单位，不能牵头\n  提示：写明牵头的一家单位\n",
    ),
    # Y216
    "Y216: a range of one number": (
        edited(TASKS, ("op: '>=', value: 80", "op: between, value: 80")),
        UNITS,
        "tasks.yaml:28:44: Y216 第 1 项的目标“网上办理占比”用了 between，value 须为两个数，如 [220, 280]\n"
        "  提示：改正 op 或 value\n",
    ),
    "Y216: two numbers for one": (
        edited(TASKS, ("value: 80", "value: [80, 90]")),
        UNITS,
        "tasks.yaml:28:41: Y216 第 1 项的目标“网上办理占比”用了 >=，value 须为一个数\n"
        "  提示：改正 op 或 value\n",
    ),
    "Y216: a range from the larger to the smaller": (
        edited(TASKS, ("op: '>=', value: 80", "op: between, value: [90, 80.5]")),
        UNITS,
        "tasks.yaml:28:44: Y216 第 1 项的目标“网上办理占比”从 90 到 80.5，没有这样的数\n"
        "  提示：小的写在前面\n",
    ),
    # Y217
    "Y217: of a task": (
        edited(TASKS, (", note: 疑为“虚拟事项”；原文保留", "")),
        UNITS,
        "tasks.yaml:26:7: Y217 “模拟事项”的勘误没有 read，也没有 note\n" + NOTE,
    ),
    "Y217: of an indicator": (
        edited(TASKS, ("  open_ended: 等市直相关单位\n", "  errata: [{printed: 等市直相关单位}]\n")),
        UNITS,
        "tasks.yaml:17:12: Y217 “等市直相关单位”的勘误没有 read，也没有 note\n" + NOTE,
    ),
    # Y218
    "Y218: an author of a unit that is in no register": (
        TASKS,
        authors("jia@example.org: 外地单位"),
        "units.yaml:27:20: Y218 “外地单位”不是名录里的单位名称\n"
        "  提示：先在 units 里登记该单位；办公室写 office\n",
    ),
    "Y218: an alias for a name": (
        TASKS,
        authors("jia@example.org: 甲局"),
        "units.yaml:27:20: Y218 “甲局”不是名录里的单位名称\n  提示：改为“市模拟甲局”\n",
    ),
    "Y218: a part of a name, and of a group's": (
        TASKS,
        authors("yi@example.org: 模拟乙局", "qu@example.org: 模拟县区"),
        "units.yaml:27:19: Y218 “模拟乙局”不是名录里的单位名称\n  提示：改为“市模拟乙局”\n"
        "units.yaml:28:19: Y218 “模拟县区”是一组单位，没有人代表它\n  提示：写明是其中哪家单位\n",
    ),
    "Y218: a name that is a little wrong": (
        TASKS,
        authors("ding@example.org: 模拟丁公同"),
        "units.yaml:27:21: Y218 “模拟丁公同”不是名录里的单位名称\n  提示：是否为“模拟丁公司”？\n",
    ),
    "Y218: a name that may mean several": (
        TASKS,
        authors("yi@example.org: 模拟局"),
        "units.yaml:27:19: Y218 “模拟局”不是名录里的单位名称\n  提示：是否为“市模拟乙局”“市模拟丙局”？\n",
    ),
    "Y218: a group": (
        TASKS,
        authors("qu@example.org: 各模拟县区"),
        "units.yaml:27:19: Y218 “各模拟县区”是一组单位，没有人代表它\n  提示：写明是其中哪家单位\n",
    ),
    "Y218: the office by another name": (
        TASKS,
        authors("ban@example.org: Office"),
        "units.yaml:27:20: Y218 “Office”不是名录里的单位名称\n"
        "  提示：先在 units 里登记该单位；办公室写 office\n",
    ),
    # Y219
    "Y219: a name for an e-mail": (
        TASKS,
        authors("jia@example.org: 市模拟甲局", "模拟某人: 市模拟乙局"),
        "units.yaml:28:3: Y219 “模拟某人”不是邮箱\n" + EMAIL,
    ),
    "Y219: an e-mail as git shows it beside a name": (
        TASKS,
        authors("模拟某人 <jia@example.org>: 市模拟甲局", "<jia@example.org>: 市模拟甲局"),
        "units.yaml:27:3: Y219 “模拟某人 <jia@example.org>”不是邮箱\n"
        + EMAIL
        + "units.yaml:28:3: Y219 “<jia@example.org>”不是邮箱\n"
        + EMAIL,
    ),
    "Y219: nothing on a side of the sign, a sign too many, a sign of full width": (
        TASKS,
        authors("jia@: office", "'@example.org': office", "a@b@c: office", "jia＠example.org: office"),
        "".join(
            f"units.yaml:{line}:3: Y219 “{key}”不是邮箱\n{EMAIL}"
            for line, key in enumerate(("jia@", "@example.org", "a@b@c", "jia＠example.org"), start=27)
        ),
    ),
    # Y220
    "Y220: an e-mail twice": (
        TASKS,
        authors(
            "jia@example.org: 市模拟甲局",
            "yi@example.org: 市模拟乙局",
            "Jia@Example.org: 市模拟甲局",
            "JIA@example.org: office",
        ),
        f"units.yaml:29:3: Y220 邮箱 Jia@Example.org 写了两次（不分大小写）\n{ONE_LINE}"
        f"units.yaml:30:3: Y220 邮箱 JIA@example.org 写了两次（不分大小写）\n{ONE_LINE}",
    ),
    # Y212
    "Y212: a unit twice in one list": (
        edited(TASKS, ("[市模拟乙局, 各模拟县区]", "[市模拟乙局, 市模拟乙局, 各模拟县区]")),
        UNITS,
        "tasks.yaml:16:30: Y212 “市模拟乙局”列了两次\n  提示：删去重复的一项\n",
    ),
    # Y201
    "Y201: a lead unit that is in no register": (
        edited(TASKS, ("lead_unit: 市模拟甲局", "lead_unit: 外地单位")),
        UNITS,
        "tasks.yaml:15:14: Y201 未登记的单位“外地单位”\n  提示：先在 units.yaml 登记该单位\n",
    ),
    "Y201: a responsible unit whose name is a little wrong": (
        edited(TASKS, ("[市模拟甲局, 模拟相关单位]", "[市模拟甲局, 模拟有关单位]")),
        UNITS,
        "tasks.yaml:49:30: Y201 未登记的单位“模拟有关单位”\n  提示：是否为“模拟相关单位”？\n",
    ),
    "Y201: a unit of a record": (
        edited(TASKS, ("unit: 模拟东县", "unit: 外地单位")),
        UNITS,
        "tasks.yaml:40:13: Y201 未登记的单位“外地单位”\n  提示：先在 units.yaml 登记该单位\n",
    ),
    "Y201: a name that may mean several": (
        edited(TASKS, ("unit: 模拟东县", "unit: 模拟局")),
        UNITS,
        "tasks.yaml:40:13: Y201 未登记的单位“模拟局”\n  提示：是否为“市模拟乙局”“市模拟丙局”？\n",
    ),
    "Y201: a name that must be asked about, though only one has it": (
        edited(TASKS, ("unit: 模拟东县", "unit: 模拟局")),
        edited(
            UNITS,
            (
                "- name: 市模拟丙局\n  kind: 事业单位\n  ambiguous: [模拟局]",
                "- name: 市模拟丙局\n  kind: 事业单位",
            ),
        ),
        "tasks.yaml:40:13: Y201 未登记的单位“模拟局”\n  提示：是否为“市模拟乙局”？\n",
    ),
    "Y201: a task's own units": (
        a_task_of_its_own_units("lead_unit: 外地单位", "responsible_units: [外地公司]"),
        UNITS,
        "tasks.yaml:54:16: Y201 未登记的单位“外地单位”\n  提示：先在 units.yaml 登记该单位\n"
        "tasks.yaml:55:25: Y201 未登记的单位“外地公司”\n  提示：先在 units.yaml 登记该单位\n",
    ),
    "Y201: a unit of an adjustment": (
        an_assessment("adjustments:", BONUS.replace("市模拟甲局", "外地单位")),
        UNITS,
        "tasks.yaml:12:32: Y201 未登记的单位“外地单位”\n  提示：先在 units.yaml 登记该单位\n",
    ),
    # Y202
    "Y202: an alias in an adjustment": (
        an_assessment("adjustments:", BONUS.replace("市模拟甲局", "甲局")),
        UNITS,
        "tasks.yaml:12:32: Y202 “甲局”不是名录里的名称\n  提示：改为“市模拟甲局”\n",
    ),
    "Y202: an alias": (
        edited(TASKS, ("unit: 模拟东县", "unit: 甲局")),
        UNITS,
        "tasks.yaml:40:13: Y202 “甲局”不是名录里的名称\n  提示：改为“市模拟甲局”\n",
    ),
    "Y202: a full name": (
        edited(TASKS, ("lead_unit: 市模拟甲局", "lead_unit: 模拟市甲管理局")),
        edited(UNITS, ("[模拟东县, 模拟西区]", "[模拟东县, 模拟西区, 市模拟甲局]")),
        "tasks.yaml:15:14: Y202 “模拟市甲管理局”不是名录里的名称\n  提示：改为“市模拟甲局”\n",
    ),
    "Y202: a name with a space in it": (
        edited(TASKS, ("lead_unit: 市模拟丙局", "lead_unit: 市模拟 丙局")),
        UNITS,
        "tasks.yaml:48:14: Y202 “市模拟 丙局”不是名录里的名称\n  提示：改为“市模拟丙局”\n",
    ),
    # Y203
    "Y203: a task's number twice": (
        sealed(edited(TASKS, ("  - id: 2\n", "  - id: 1\n"))),
        UNITS,
        "tasks.yaml:29:9: Y203 任务编号 1 重复\n  提示：改为文件附件中的编号（缺少编号 2）\n",
    ),
    "Y203: a task's number twice, and the fingerprint says no more": (
        edited(TASKS, ("  - id: 2\n", "  - id: 1\n")),
        UNITS,
        "tasks.yaml:29:9: Y203 任务编号 1 重复\n  提示：改为文件附件中的编号（缺少编号 2）\n",
    ),
    "Y203: a task's number again under another indicator": (
        edited(TASKS, ("  - id: 3\n", "  - id: 1\n")),
        UNITS,
        "tasks.yaml:52:9: Y203 任务编号 1 重复\n  提示：改为文件附件中的编号（缺少编号 3）\n",
    ),
    "Y203: an indicator's number twice": (
        edited(TASKS, ("- id: 2\n  name: 模拟指标乙", "- id: 1\n  name: 模拟指标乙")),
        UNITS,
        "tasks.yaml:45:7: Y203 指标编号 1 重复\n  提示：改为文件附件中的编号（缺少编号 2）\n",
    ),
    # Y204
    "Y204: the lead unit is responsible too": (
        edited(TASKS, ("[市模拟甲局, 模拟相关单位]", "[市模拟甲局, 市模拟丙局]")),
        UNITS,
        "tasks.yaml:49:30: Y204 牵头单位“市模拟丙局”又列为责任单位\n  提示：删去责任单位中的这一项\n",
    ),
    "Y204: through a task's own lead unit": (
        a_task_of_its_own_units("lead_unit: 市模拟甲局", "responsible_units: [市模拟甲局, 市模拟乙局]"),
        UNITS,
        "tasks.yaml:55:25: Y204 牵头单位“市模拟甲局”又列为责任单位\n  提示：删去责任单位中的这一项\n",
    ),
    # Y205
    "Y205: a member that is in no register": (
        TASKS,
        edited(UNITS, ("[模拟东县, 模拟西区]", "[模拟东县, 模拟西区, 模拟北区]")),
        "units.yaml:23:25: Y205 组“各模拟县区”的成员“模拟北区”未登记\n  提示：先登记该单位\n",
    ),
    "Y205: a group as a member": (
        TASKS,
        edited(UNITS, ("[模拟东县, 模拟西区]", "[模拟东县, 模拟相关单位]")),
        "units.yaml:23:19: Y205 组“各模拟县区”的成员“模拟相关单位”也是一个组\n  提示：写明其中各家单位\n",
    ),
    "Y205: an open group with members": (
        TASKS,
        edited(UNITS, ("kind: open", "kind: open\n  members: [市模拟乙局]")),
        "units.yaml:26:12: Y205 开放的组“模拟相关单位”不能列成员\n  提示：删去 members，或改为 closed\n",
    ),
    "Y205: a closed group without members": (
        TASKS,
        edited(UNITS, ("kind: open", "kind: closed")),
        "units.yaml:24:9: Y205 封闭的组“模拟相关单位”没有成员\n  提示：补上 members\n",
    ),
    # Y206
    "Y206: a name twice": (
        TASKS,
        edited(UNITS, ("- name: 模拟丁公司", "- name: 市模拟乙局")),
        "units.yaml:13:9: Y206 “市模拟乙局”已用于“市模拟乙局”\n" + RENAME,
    ),
    "Y206: an alias of two units": (
        TASKS,
        edited(UNITS, ("kind: 国企/公用事业", "kind: 国企/公用事业\n  aliases: [丁, 甲局]")),
        "units.yaml:15:16: Y206 “甲局”已用于“市模拟甲局”\n" + RENAME,
    ),
    "Y206: a full name that differs in width only": (
        TASKS,
        edited(
            UNITS,
            ("aliases: [甲局, 模拟甲]", "aliases: [甲局, 模拟甲, (甲)]"),
            ("kind: 国企/公用事业", "kind: 国企/公用事业\n  full_name: （甲）"),
        ),
        "units.yaml:15:14: Y206 “（甲）”已用于“市模拟甲局”\n" + RENAME,
    ),
    "Y206: a group named as a unit": (
        TASKS,
        edited(UNITS, ("kind: open", "kind: open\n  aliases: [模拟西区]")),
        "units.yaml:26:13: Y206 “模拟西区”已用于“模拟西区”\n" + RENAME,
    ),
    # Y207
    "Y207: a record of a unit without a part": (
        a_record("date: 2022-08-05, unit: 市模拟丙局, status: done"),
        UNITS,
        "tasks.yaml:44:32: Y207 “市模拟丙局”与第 2 项无关，不能有它的进展\n  提示：核对单位与任务编号\n",
    ),
    "Y207: a record of a whole group": (
        a_record("date: 2022-08-05, unit: 各模拟县区, status: done"),
        UNITS,
        "tasks.yaml:44:32: Y207 “各模拟县区”不是一家单位，不能有它的进展\n  提示：写明是其中哪家单位\n",
    ),
    # Y208
    "Y208: a correction of nothing": (
        a_record("date: 2022-08-05, unit: 市模拟甲局, note: 误报, retracts: '0000abcd'"),
        UNITS,
        "tasks.yaml:44:59: Y208 第 2 项没有引用码为 0000abcd 的记录\n  提示：用 yzplan show 2 查引用码\n",
    ),
    "Y208: a second correction of one record": (
        a_record(f"date: 2022-08-05, unit: 市模拟甲局, note: 误报, retracts: '{record(FIRST).ref}'").replace(
            "status: in_progress\n      percent: 40\n",
            "status: in_progress\n      percent: 40\n"
            f"    - {{date: 2022-08-01, unit: 市模拟甲局, note: 已撤, retracts: '{record(FIRST).ref}'}}\n",
        ),
        UNITS,
        f"tasks.yaml:45:59: Y208 记录 {record(FIRST).ref} 已经更正过\n  提示：一条记录只更正一次\n",
    ),
    "Y208: a correction of a correction": (
        a_record(
            f"date: 2022-08-04, unit: 市模拟甲局, note: 误报, retracts: '{CORRECTION['retracts']}'}}\n"
            f"    - {{date: 2022-08-05, unit: 市模拟甲局, note: 未误报, retracts: '{record(CORRECTION).ref}'"
        ),
        UNITS,
        f"tasks.yaml:45:60: Y208 记录 {record(CORRECTION).ref} 本身是更正，不能再更正\n"
        "  提示：要恢复原来的内容，请另报一条\n",
    ),
    "Y208: a correction of no extension": (
        an_extension(f"approved_on: 2022-09-21, reason: 撤销, retracts: '{record(FIRST).ref}'"),
        UNITS,
        f"tasks.yaml:34:55: Y208 第 2 项没有引用码为 {record(FIRST).ref} 的记录\n"
        "  提示：用 yzplan show 2 查引用码\n",
    ),
    # Y209
    "Y209: a record without a status": (
        a_record("date: 2022-08-05, unit: 市模拟甲局, note: 有进展"),
        UNITS,
        "tasks.yaml:44:7: Y209 进展须写明 status（状态）或 retracts（更正），且只写一个\n" + EITHER,
    ),
    "Y209: a correction with a status": (
        a_record(f"date: 2022-08-05, unit: 市模拟甲局, status: done, retracts: '{record(FIRST).ref}'"),
        UNITS,
        "tasks.yaml:44:7: Y209 进展须写明 status（状态）或 retracts（更正），且只写一个\n" + EITHER,
    ),
    "Y209: an extension to no month": (
        an_extension("approved_on: 2022-09-21, reason: 再延"),
        UNITS,
        "tasks.yaml:34:7: Y209 延期须写明 to（延至）或 retracts（更正），且只写一个\n" + EITHER,
    ),
    # Y210
    "Y210: a quote that is not in the text": (
        edited(TASKS, ("quote: 网上办理占比至80%以上", "quote: 网上办理占比达80%以上")),
        UNITS,
        "tasks.yaml:28:63: Y210 第 1 项原文中没有“网上办理占比达80%以上”\n  提示：照抄原文\n",
    ),
    "Y210: an erratum of what was not printed": (
        edited(TASKS, ("printed: 模拟事项", "printed: 虚拟事项")),
        UNITS,
        "tasks.yaml:26:7: Y210 第 1 项原文中没有“虚拟事项”\n  提示：照抄原文\n",
    ),
    "Y210: an erratum of what is not read": (
        edited(TASKS, ("printed: 模拟事项", "printed: 模 拟事项, read: 模拟事顶")),
        UNITS,
        "tasks.yaml:26:7: Y210 第 1 项原文中没有“模拟事顶”\n  提示：照抄原文\n",
    ),
    # Y211
    "Y211: a page that begins with another indicator's task": (
        edited(TASKS, ("  - {from_task: 1}\n", "  - {from_task: 1}\n  - {from_task: 3}\n")),
        UNITS,
        "tasks.yaml:21:17: Y211 第 3 项不属于指标“模拟指标甲”\n" + PAGES,
    ),
    "Y211: a first page that begins too late": (
        edited(TASKS, ("from_task: 1", "from_task: 2")),
        UNITS,
        "tasks.yaml:20:17: Y211 指标“模拟指标甲”的第一页应从第 1 项起，而不是第 2 项\n" + PAGES,
    ),
    "Y211: a page twice": (
        edited(
            TASKS, ("  - {from_task: 1}\n", "  - {from_task: 1}\n  - {from_task: 2}\n  - {from_task: 2}\n")
        ),
        UNITS,
        "tasks.yaml:22:17: Y211 从第 2 项起的一页不应排在从第 2 项起的一页之后\n" + PAGES,
    ),
    # Y301
    "Y301: fewer indicators than the document says": (
        edited(TASKS, ("indicators: 2,", "indicators: 3,")),
        UNITS,
        "tasks.yaml:9:24: Y301 文件称有 3 项指标，表中有 2 项\n  提示：核对是否漏了或多了（缺少编号 3）\n",
    ),
    "Y301: more indicators than the document says": (
        edited(TASKS, ("indicators: 2,", "indicators: 1,")),
        UNITS,
        "tasks.yaml:9:24: Y301 文件称有 1 项指标，表中有 2 项\n  提示：核对是否漏了或多了\n",
    ),
    # Y302
    "Y302: fewer tasks than the document says": (
        edited(TASKS, ("tasks: 3}", "tasks: 20}")),
        UNITS,
        "tasks.yaml:9:34: Y302 文件称有 20 项任务，表中有 3 项\n"
        "  提示：核对是否漏了或多了（缺少编号 4、5、6、7、8、9、10、11、12、13 等）\n",
    ),
    "Y302: a total beyond all counting": (
        edited(TASKS, ("tasks: 3}", "tasks: 999999999999999999}")),
        UNITS,
        "tasks.yaml:9:34: Y302 文件称有 999999999999999999 项任务，表中有 3 项\n"
        "  提示：核对是否漏了或多了（缺少编号 4、5、6、7、8、9、10、11、12、13 等）\n",
    ),
    "Y302: more tasks than the document says": (
        edited(TASKS, ("tasks: 3}", "tasks: 2}")),
        UNITS,
        "tasks.yaml:9:34: Y302 文件称有 2 项任务，表中有 3 项\n  提示：核对是否漏了或多了\n",
    ),
    "Y302: totals that are still those of an empty plan": (
        edited(TASKS, ("{indicators: 2, tasks: 3}", "{indicators: 0, tasks: 0}")),
        UNITS,
        "tasks.yaml:9:24: Y301 文件称有 0 项指标，表中有 2 项\n  提示：把这里的 0 改为文件写明的项数\n"
        "tasks.yaml:9:34: Y302 文件称有 0 项任务，表中有 3 项\n  提示：把这里的 0 改为文件写明的项数\n",
    ),
    # Y303
    "Y303: a task's number beyond the document's": (
        edited(TASKS, ("  - id: 3\n", "  - id: 30\n")),
        UNITS,
        "tasks.yaml:52:9: Y303 任务编号 30 超出文件的 3 项\n  提示：核对编号（缺少编号 3）\n",
    ),
    "Y303: an indicator's number beyond the document's": (
        edited(TASKS, ("- id: 2\n  name: 模拟指标乙", "- id: 20\n  name: 模拟指标乙")),
        UNITS,
        "tasks.yaml:45:7: Y303 指标编号 20 超出文件的 2 项\n  提示：核对编号（缺少编号 2）\n",
    ),
    "Y303: tasks out of order": (
        sealed(edited(TASKS, ("  - id: 3\n", "  - id: two\n"), ("  - id: 2\n", "  - id: 3\n"), ("two", "2"))),
        UNITS,
        "tasks.yaml:52:9: Y303 任务编号 2 排在 3 之后\n  提示：按编号先后排列\n",
    ),
    # Y304
    "Y304: an indicator without tasks": (
        sealed(edited(TASKS[: TASKS.rindex("  tasks:")] + "  tasks: []\n", ("tasks: 3}", "tasks: 2}"))),
        UNITS,
        "tasks.yaml:46:9: Y304 指标“模拟指标乙”没有任务\n  提示：补上任务，或删去指标\n",
    ),
    "Y304: an indicator without responsible units": (
        edited(TASKS, ("responsible_units: [市模拟甲局, 模拟相关单位]", "responsible_units: []")),
        UNITS,
        "tasks.yaml:46:9: Y304 指标“模拟指标乙”没有责任单位\n  提示：补上 responsible_units\n",
    ),
    # Y305
    "Y305: one character of the text": (
        edited(TASKS, ("年底前完成模拟评价。", "年底前完成模拟评估。")),
        UNITS,
        "tasks.yaml:50:12: Y305 指标“模拟指标乙”的原文或时限被改动过\n" + RESTORE,
    ),
    "Y305: a deadline": (
        edited(TASKS, ("deadline: 2022-12", "deadline: 2022-11")),
        UNITS,
        "tasks.yaml:50:12: Y305 指标“模拟指标乙”的原文或时限被改动过\n" + RESTORE,
    ),
    "Y305: the fingerprint itself": (
        edited(TASKS, ("wording: 'e9322861490c'", "wording: 'e9322861490d'")),
        UNITS,
        "tasks.yaml:18:12: Y305 指标“模拟指标甲”的原文或时限被改动过\n" + RESTORE,
    ),
    # Y306
    "Y306: no fingerprint yet": (
        edited(TASKS, ("  wording: 'e9322861490c'\n", "")),
        UNITS,
        "tasks.yaml:12:3: Y306 指标“模拟指标甲”还没有原文的指纹\n"
        "  提示：与文件核对原文、时限无误后，用 yzplan fmt --accept-wording 记下\n",
    ),
    "Y306: a fingerprint that is left empty": (
        edited(TASKS, ("wording: 'e9322861490c'", "wording:")),
        UNITS,
        "tasks.yaml:18:11: Y306 指标“模拟指标甲”还没有原文的指纹\n"
        "  提示：与文件核对原文、时限无误后，用 yzplan fmt --accept-wording 记下\n",
    ),
}


@pytest.mark.parametrize(("tasks", "units", "said"), CASES.values(), ids=CASES)
def test_a_rule_tells_what_it_refuses(tasks: str, units: str, said: str) -> None:
    assert problems(tasks, units) == said


def test_every_rule_has_a_case() -> None:
    assert [
        code_of(rule) for rule in RULES if not any(name.startswith(code_of(rule)) for name in CASES)
    ] == []


def test_the_shipped_data_has_no_problem_at_all() -> None:
    assert [*findings(shipped())] == []


# --- what may look wrong and is right

RIGHT = {
    "a correction of a record": a_record(
        f"date: 2022-08-05, unit: 市模拟甲局, note: 误报, retracts: '{record(FIRST).ref}'"
    ),
    "a correction of an extension": an_extension(
        f"approved_on: 2022-09-21, reason: 撤销, retracts: '{extension(EXTENSION).ref}'"
    ),
    "a second record of the same content": a_record(
        "date: 2022-07-15, unit: 市模拟甲局, status: in_progress, percent: 40"
    ),
    "a record that is illegal after the one before, or out of order": a_record(
        "date: 2022-06-01, unit: 模拟东县, status: suspended"
    ),
    "as much for undone as for on time": an_assessment("on_time: 7", "late_floor: 7", "open_share: 0.07"),
    "rules of the assessment": an_assessment(
        "on_time: 100",
        "late_per_month: 7.5",
        "late_floor: 100",
        "silent: 0",
        "open_share: 1",
        "weights: {lead: 0.5}",
        "adjustments:",
        BONUS,
        BONUS.replace("points: 2", "points: -2.5, document: 模拟〔2022〕1号"),
        BONUS.replace("市模拟甲局", "模拟西区"),
    ),
    "an empty list of adjustments": an_assessment("adjustments: []"),
    "a member of a closed group reports": a_record("date: 2022-08-05, unit: 模拟西区, status: done"),
    "a task with units of its own": a_task_of_its_own_units(
        "lead_unit: 市模拟乙局", "responsible_units: [市模拟丙局]"
    ),
    "a task without responsible units of its own": a_task_of_its_own_units("responsible_units: []"),
    "a page break": edited(TASKS, ("  - {from_task: 1}\n", "  - {from_task: 1}\n  - {from_task: 2}\n")),
}


@pytest.mark.parametrize("tasks", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_let_pass(tasks: str) -> None:
    assert problems(tasks) == ""


RIGHT_AUTHORS = {
    "a unit with several, and the office": authors(
        "jia@example.org: 市模拟甲局", "jia2@example.org: 市模拟甲局", "ban@example.org: office"
    ),
    "an e-mail of a host alone": authors("root@localhost: office"),
    "an e-mail of any characters": authors(
        "模拟某人+ci@模拟.中国: 市模拟甲局", "'12:o''x@[10.0.0.1]': office"
    ),
    "none": f"{UNITS}authors: {{}}\n",
}


@pytest.mark.parametrize("units", RIGHT_AUTHORS.values(), ids=RIGHT_AUTHORS)
def test_authors_that_are_right_are_let_pass(units: str) -> None:
    assert problems(units=units) == ""
