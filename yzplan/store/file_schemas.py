"""JSON Schema of the two data files, for editors: from the nouns that validate them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from yzplan.model import (
    Adjustment,
    Erratum,
    Extension,
    Group,
    Header,
    Indicator,
    Policy,
    PrintedPage,
    PrintedTask,
    ProgressRecord,
    Ranking,
    Register,
    Scoring,
    SupervisionEntry,
    Target,
    Totals,
    Unit,
    Weights,
)
from yzplan.store.layout import IndicatorEntry, PlanFile, TaskEntry


class DataFile(NamedTuple):
    """One of the data files: the noun that it holds, and what it is."""

    root: type
    title: str


FILES: Mapping[str, DataFile] = {
    "tasks": DataFile(PlanFile, "数据文件 tasks.yaml：计划、指标、任务、进展、督办、排名"),
    "units": DataFile(Register, "数据文件 units.yaml：单位名录"),
}
"""The data files by their names without `.yaml`."""


def file_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the data file of that name in `FILES`.

    It accepts what our own check of the shape accepts, but for two things that JSON Schema cannot
    say: to it 5.0 is an integer, and whether a day is in the calendar is left to the editor (`format`).
    """
    from yzplan.store.json_schema import DIALECT, json_schema

    file = FILES[name]
    made = json_schema(file.root, MEANINGS, "validation")
    return {"$schema": DIALECT, "title": file.title, **made}


def schema_path(name: str) -> str:
    """Where the schema of a data file lies, seen from the data directory."""
    return f"schemas/{name}.json"


def modeline(name: str) -> str:
    """The first line of a data file, by which the YAML language server of editors finds its schema."""
    return f"# yaml-language-server: $schema={schema_path(name)}\n"


MEANINGS: Mapping[type, Mapping[str, str]] = {
    PlanFile: {
        "": "任务台账：一个市一年的计划，按印发的表录入，进展只增不改",
        "plan": "是哪个计划：标题、文号、印发机关与日期",
        "indicators": "一级指标，按表的顺序，任务写在各指标之下",
        "supervision": "督办台账，由办公室记，只增不改；一般用 yzplan supervise 登记",
        "rankings": "全省营商环境评价的结果，由办公室记，只增不改；一般用 yzplan rank 登记",
    },
    Header: {
        "": "计划的文件信息与办公室的设定",
        "title": "文件标题",
        "document_number": "发文字号，如 永政办函〔2022〕18号",
        "issued_by": "印发机关",
        "issued_on": "印发日期，如 2022-05-23",
        "year": "计划的年度",
        "office": "负责调度的办公室",
        "totals": "文件自己说的指标数、任务数，用来核对",
        "policy": "文件没有规定、由办公室设定的口径",
        "assessment": "考评的计分规则，由办公室设定",
    },
    Totals: {
        "": "文件自己说的总数",
        "indicators": "一级指标的个数",
        "tasks": "重点工作任务的个数",
    },
    Policy: {
        "": "办公室设定的口径",
        "complete": "怎样算完成：done 报完成即算，verified 认定后才算",
        "owes": (
            "谁应按月报进展：lead_due 牵头单位，凡有当月到期或结转、尚未完成的；lead_open 牵头单位，"
            "凡未完成的；each_due、each_open 责任单位、县市区也各报各的"
        ),
        "low_indicators": "全省评价中，指标列参评市州最后几位算排位靠后；不写则没有设定",
        "low_units": "全省评价中，县市区、单位列同类最后几位算排位靠后；不写则没有设定",
    },
    Scoring: {
        "": "计分规则，每项 0–100 分",
        "on_time": "按期完成得几分",
        "late_per_month": "逾期完成，每晚一个月减几分",
        "late_floor": "逾期完成不低于几分",
        "silent": "责任单位自己没有填报、随牵头单位的，最多几分",
        "open_share": "未完成的，按所报进度的几成计，0–1",
        "weights": "各角色的权重",
        "adjustments": "加减分",
    },
    Weights: {
        "": "一项任务在单位得分里的权重，按角色",
        "lead": "牵头单位的权重",
        "responsible": "责任单位的权重",
    },
    Adjustment: {
        "": "一次加分或扣分",
        "date": "自哪天起计入，如 2022-08-10",
        "unit": "哪个单位，写名录里的名称",
        "points": "加几分，扣分写负数",
        "reason": "理由",
        "document": "依据的文号",
    },
    Indicator: {
        "": "一项一级指标，及其“1+1+N”责任链",
        "id": "序号，从 1 起",
        "name": "名称",
        "leader": "分管市领导；文件没有列出的留空",
        "lead_unit": "牵头单位，写名录里的名称",
        "responsible_units": "责任单位，照印发的顺序，含组",
        "open_ended": "印发的“等…”，即名单未列尽",
        "wording": "各项任务文字与时限的指纹，12 位小写十六进制数，加单引号",
        "printed": "跨页的、印法与录入不同的原格，一页一条",
        "errata": "指标名称、单位各栏的勘误",
    },
    IndicatorEntry: {"tasks": "本指标的重点工作任务"},
    PrintedPage: {
        "": "一项指标在一页上的印法；与录入相同的栏不写",
        "from_task": "这一页从第几项任务起",
        "name": "这一页上印的指标名称",
        "lead": "这一页上印的牵头单位",
        "responsible": "这一页上印的责任单位",
    },
    Erratum: {
        "": "一处勘误或存疑：写了 read 的，原文已照此改录；没有写的，原文照录，note 说明疑处",
        "id": "勘误的编号",
        "printed": "底本印的文字",
        "read": "录入的文字",
        "note": "说明",
    },
    PrintedTask: {
        "": "一项重点工作任务",
        "id": "编号，全表连续，从 1 起",
        "deadline": "印发的完成时限，月份，如 2022-07；延期另记，不改这里",
        "text": "原文，不含前面的编号",
        "errata": "原文的勘误与存疑",
        "targets": "从原文摘出的量化目标",
        "extensions": "批准的延期，只增不改",
        "progress": "进展，只增不改；一般用 yzplan update 填报",
    },
    TaskEntry: {
        "leader": "本任务的分管市领导，与指标不同时才写",
        "lead_unit": "本任务的牵头单位，与指标不同时才写",
        "responsible_units": "本任务的责任单位，与指标不同时才写",
    },
    Target: {
        "": "一个量化目标",
        "metric": "指标的叫法；填报 measured 时用它",
        "op": "要求：>= 不低于、<= 不超过、> 高于、< 低于、= 等于、between 两数之间",
        "value": "数值；between 写两个数",
        "unit": "计量单位",
        "scope": "适用的范围",
        "quote": "所据的原文",
        "soft": "力争、鼓励一类的弹性目标，不单凭它认定未完成",
        "any_of": "几个目标择一的，写同一个名称",
        "horizon": "正文的年底或年度口径，晚于完成时限的月份",
        "caveat": "口径上的疑问；有疑问的由人判断",
    },
    Extension: {
        "": "一次批准的延期，或（写 retracts 的）对一次延期的更正",
        "from": "原时限，月份",
        "to": "新时限，月份",
        "approved_on": "批准日期，自这天起改变现行时限",
        "reason": "理由",
        "document": "批准的文号",
        "recorded_on": "登记日期，批准以后才补记的写",
        "retracts": "更正：所撤销的那一条的引用码，8 位小写十六进制数，加单引号",
    },
    ProgressRecord: {
        "": "一条进展，或（写 retracts 的）对一条进展的更正；status 与 retracts 必有其一",
        "date": "填报日期，如 2022-08-03",
        "unit": "谁的进展：牵头单位（即任务的进展）、责任单位或组的成员，写名录里的名称",
        "status": "状态；verified、returned、suspended 由办公室作出",
        "completed_on": "实际完成日；不写则为填报日期",
        "percent": "进度，0–100",
        "note": "说明，一行",
        "problem": "存在问题，一行",
        "evidence": "佐证：文号、材料名称",
        "measured": "实测值，按量化目标的叫法，如 {网上办理占比: 82}",
        "by": "填报人",
        "source": "怎样报来的：电话、微信、填报表、会议等",
        "retracts": "更正：所撤销的那一条的引用码，8 位小写十六进制数，加单引号",
    },
    SupervisionEntry: {
        "": "督办台账的一条：measure、replies_to、closes、retracts 必有其一，且只有其一",
        "date": "发生的日期：发文、检查、回复、办结的那天，如 2022-08-03",
        "measure": (
            "督办方式：reminder 提示函、urging 督办函、rectification 整改通知、inspection 督导检查、"
            "open_visit 明查、covert_visit 暗访、referral 移送问责、summons 约谈"
        ),
        "unit": "对哪家单位，写名录里的名称",
        "number": "发文或回复的文号；移送问责只记移送，写移送的文号",
        "tasks": "涉及的任务编号，该单位在其中有份的",
        "finding": "检查发现的问题，一行",
        "items": "要求整改的事项",
        "due": "要求回复或整改的最后一天",
        "note": "说明，一行",
        "replies_to": "回复：所回复的那一条的引用码，8 位小写十六进制数，加单引号",
        "closes": "办结：所办结的那一条的引用码，8 位小写十六进制数，加单引号",
        "retracts": "更正：所撤销的那一条的引用码，8 位小写十六进制数，加单引号",
        "recorded_on": "登记日期，事后才补记的写",
    },
    Ranking: {
        "": "全省营商环境评价的一个结果，或（写 retracts 的）对一个结果的更正；indicator 与 unit 只写其一",
        "date": "结果公布的日期，如 2022-12-20",
        "period": "评价的是哪一年、哪一季，如 '2022'、2022Q3",
        "indicator": "参评的一级指标，写序号",
        "unit": "参评的县市区或单位，写名录里的名称",
        "rank": "位次，1 为最好",
        "of": "共有几家参评",
        "document": "所据的文号",
        "note": "说明，一行",
        "retracts": "更正：所撤销的那一条的引用码，8 位小写十六进制数，加单引号",
        "recorded_on": "登记日期，公布以后才补记的写",
    },
    Register: {
        "": "单位名录：单位和组",
        "units": "单位，按首次出现的顺序",
        "groups": "表里用的集合叫法",
        "authors": "谁代表哪个单位：git 提交的邮箱对单位的名称，办公室写 office",
    },
    Unit: {
        "": "一个单位",
        "name": "表里用的简称，台账一律用它",
        "full_name": "全称，确知的才写",
        "kind": "类别",
        "aliases": "别名，可以代用的叫法",
        "ambiguous": "指代不明、须问清的叫法",
        "assess": "考评：ranked 上榜，listed 不上榜；不写则由类别定",
        "note": "备注",
    },
    Group: {
        "": "一组单位：成员已定的，或名单不详、不展开的",
        "name": "表里的叫法",
        "kind": "closed 成员已定，open 名单不详",
        "members": "成员，写单位的名称",
        "aliases": "别名",
        "note": "备注",
    },
}
"""What the files' keys mean, for whoever fills them in."""
