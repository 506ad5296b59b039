"""JSON Schema of what commands answer as json: from the rows, reports and columns that make the answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import partial
from typing import Any, NamedTuple

from yzplan.assess.tally import Tally
from yzplan.model import Extension, LedgerEntry, Measure, ProgressRecord
from yzplan.model.shape import Noun, noun
from yzplan.query.audited import AuditReport, HistoryProblem
from yzplan.query.boards import BOARD_LABELS, Assessment, BoardRow
from yzplan.query.checked import CheckReport, Counts, Problem
from yzplan.query.chronicle import ChangeRow
from yzplan.query.details import TaskDetails
from yzplan.query.missing import MissingRow
from yzplan.query.obligations import ObligationRow
from yzplan.query.performance import PerformanceRow
from yzplan.query.rankings import RankingRow, SummonsRow
from yzplan.query.reports import Chain, Share, Summary, UnitRow
from yzplan.query.rows import LastRecord, PartFacts, TaskRow
from yzplan.query.supervision import MeasureRow
from yzplan.render.changes import CHANGE_COLUMNS
from yzplan.render.columns import (
    BOARD_COLUMNS,
    CHAIN_COLUMNS,
    MISSING_COLUMNS,
    OBLIGATION_COLUMNS,
    PERFORMANCE_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
)
from yzplan.render.listing import Column
from yzplan.render.notices import NOTICE_COLUMNS, NoticeRow
from yzplan.render.supervision import MEASURE_COLUMNS, RANKING_COLUMNS, SUMMONS_COLUMNS
from yzplan.render.wordings import WORDING_COLUMNS, WordingRow
from yzplan.store import file_schemas


@noun
class SchemaRow(Noun):
    """A schema that can be asked for."""

    name: str
    title: str


SCHEMA_COLUMNS: tuple[Column, ...] = (
    Column(key="name", heading="名称", text=lambda row: row.name),
    Column(key="title", heading="说的是", text=lambda row: row.title, flexible=True),
)


def schema_rows() -> list[SchemaRow]:
    """All schemas: the data files', then the answers'."""
    titles = {name: file.title for name, file in file_schemas.FILES.items()}
    titles |= {name: answer.title for name, answer in ANSWERS.items()}
    return [SchemaRow(name=name, title=title) for name, title in titles.items()]


def schema(name: str) -> dict[str, Any]:
    """The schema of that name in `schema_rows`."""
    return file_schemas.file_schema(name) if name in file_schemas.FILES else answer_schema(name)


def answer_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the answer of that name in `ANSWERS`.

    It is of the whole answer: with --columns there are the chosen keys only.
    """
    from yzplan.store.json_schema import DIALECT

    answer = ANSWERS[name]
    return {"$schema": DIALECT, "title": answer.title, **answer.make()}


def _said(of: type) -> dict[str, Any]:
    # What papers say is known where they are made, and so are the tables and screens of theirs.
    from yzplan.render.paper_schemas import PAPER_MEANINGS
    from yzplan.store.json_schema import json_schema

    return json_schema(of, {**file_schemas.MEANINGS, **MEANINGS, **PAPER_MEANINGS}, "serialization")


def _list(row: type, columns: Sequence[Column]) -> dict[str, Any]:
    """An array of rows, with the facts among the columns as keys.

    A column of a field with a default belongs to some questions only, as a unit's part does.
    """
    made = _said(row)
    nouns = {"$defs": made.pop("$defs")} if "$defs" in made else {}
    keys = [column.key for column in columns if not column.digest]
    optional = {part.name for part in fields(row) if part.default is not MISSING}
    made["properties"] = {key: made["properties"][key] for key in keys}
    made["required"] = [key for key in keys if key not in optional]
    return {**nouns, "type": "array", "items": made}


def _paper(kind: str) -> dict[str, Any]:
    from yzplan.render.paper_schemas import FACTS, paper_schema

    return paper_schema(FACTS[kind], _said)


def _differences() -> dict[str, Any]:
    from yzplan.render.paper_schemas import differences_schema

    return differences_schema(_said)


def _details() -> dict[str, Any]:
    """A task's page, in whose history stand the facts of ledger entries."""
    made = _said(TaskDetails)
    for key, entry in (("extensions", Extension), ("progress", ProgressRecord)):
        made["properties"][key]["items"] = {"$ref": f"#/$defs/{entry.__name__}"}
        made["$defs"] |= _history(entry)
    return made


def _history(entry: type[LedgerEntry]) -> dict[str, Any]:
    """The schemas of a ledger entry's facts, and what they refer to: what is empty is left out, not null."""
    from yzplan.store.json_schema import json_schema

    made = json_schema(entry, file_schemas.MEANINGS, "validation")
    nouns = made.pop("$defs", {})
    for value in made["properties"].values():
        if "anyOf" in value:
            value |= value.pop("anyOf")[0]
    made["properties"] |= {
        "ref": {"type": "string", "description": "引用码，由内容算出；更正时用它"},
        "retracted": {"type": "boolean", "description": "是否已被更正，不再有效"},
    }
    made["required"] += ["ref", "retracted"]
    return {**nouns, entry.__name__: made}


class Answer(NamedTuple):
    """What one command answers."""

    title: str
    make: Callable[[], dict[str, Any]]


ANSWERS: Mapping[str, Answer] = {
    "list": Answer("yzplan list：任务清单", partial(_list, TaskRow, TASK_COLUMNS)),
    "due": Answer("yzplan due：到期的任务", partial(_list, TaskRow, TASK_COLUMNS)),
    "overdue": Answer("yzplan overdue：逾期未完成的任务", partial(_list, TaskRow, TASK_COLUMNS)),
    "show": Answer("yzplan show：一项任务的全部情况", _details),
    "missing": Answer("yzplan missing：漏报的单位", partial(_list, MissingRow, MISSING_COLUMNS)),
    "units-list": Answer("yzplan units：单位名录及任务数", partial(_list, UnitRow, UNIT_COLUMNS)),
    "indicators": Answer("yzplan indicators：一级指标与责任链", partial(_list, Chain, CHAIN_COLUMNS)),
    "summary": Answer("yzplan summary：汇总", partial(_said, Summary)),
    "assess": Answer("yzplan assess：考评", partial(_said, Assessment)),
    "assess-list": Answer("yzplan assess --sort：考评各行，不分榜", partial(_list, BoardRow, BOARD_COLUMNS)),
    "assess-explain": Answer(
        "yzplan assess --explain：一个单位的考评各项", partial(_list, ObligationRow, OBLIGATION_COLUMNS)
    ),
    "assess-attachment": Answer(
        "yzplan assess --attachment：绩效考核的附件", partial(_list, PerformanceRow, PERFORMANCE_COLUMNS)
    ),
    "dispatch": Answer("yzplan dispatch：月度调度", partial(_paper, "dispatch")),
    "bulletin": Answer("yzplan bulletin：季度通报", partial(_paper, "bulletin")),
    "notice": Answer("yzplan notice：提示函、督办函", partial(_paper, "notice")),
    "notice-list": Answer("yzplan notice --all：发函的单位", partial(_list, NoticeRow, NOTICE_COLUMNS)),
    "paper-diff": Answer("yzplan dispatch --reissue --diff：文稿的不同", _differences),
    "template": Answer("yzplan template：文稿的模板", partial(_list, WordingRow, WORDING_COLUMNS)),
    "supervise-list": Answer("yzplan supervise list：督办台账", partial(_list, MeasureRow, MEASURE_COLUMNS)),
    "rank-list": Answer(
        "yzplan rank list：全省营商环境评价排名", partial(_list, RankingRow, RANKING_COLUMNS)
    ),
    "summons": Answer("yzplan summons：约谈人选", partial(_list, SummonsRow, SUMMONS_COLUMNS)),
    "check": Answer("yzplan check：检查的结果", partial(_said, CheckReport)),
    "log": Answer("yzplan log：历史", partial(_list, ChangeRow, CHANGE_COLUMNS)),
    "diff": Answer("yzplan diff：两个版本之间的变动", partial(_list, ChangeRow, CHANGE_COLUMNS)),
    "audit": Answer("yzplan audit：审查历史的结果", partial(_said, AuditReport)),
    "schema": Answer("yzplan schema：可以查看的 JSON Schema", partial(_list, SchemaRow, SCHEMA_COLUMNS)),
}
"""The answers by the names of their schemas."""

_STATE = {
    "status": "状态",
    "percent": "进度，0–100；没有报过为 null",
    "completed_on": "完成日；不算完成为 null",
    "standing": "态势",
    "days_overdue": "逾期几天，时限最后一天收工时为 0；不逾期为 null",
    "warning": "预警：到期而未完成，但那天还没有过完",
}
_UNITS = {
    "lead_unit": "牵头单位",
    "responsible_units": "责任单位，照印发的顺序，含组",
    "closed_groups": "责任单位中成员已定的组",
    "open_ended": "印发的“等…”，即名单未列尽",
}
_RANKED = {
    "period": "评价期：2022、2022Q3",
    "indicator_id": "所排名的一级指标的序号；排的是单位为 null",
    "indicator": "所排名的一级指标的名称；排的是单位为 null",
    "rank": "位次，1 为最好",
    "of": "参评数，即最后一位的位次",
    "document": "载明排名的文件；没有为 null",
}
_MOMENT = {"as_of": "截至日", "known_at": "只算该日及以前填报的；都算为 null"}

MEANINGS: Mapping[type, Mapping[str, str]] = {
    TaskRow: {
        "": "一项任务；状态、进度、态势是任务的，即牵头单位的",
        "id": "任务编号",
        "indicator_id": "一级指标的序号",
        "indicator": "一级指标的名称",
        "text": "原文",
        "deadline": "印发的完成时限，月份",
        "effective_deadline": "现行时限，月份，经批准延期的为新时限",
        **_UNITS,
        **_STATE,
        "carried_over": "结转：现行时限在截至日的月份以前",
        "overdue_on": "这一次逾期开始的那天；不逾期为 null",
        "completed_later": "截至日尚未完成的，后来的完成日",
        "last_record": "决定状态的那条进展；没有报过为 null",
        "part": "所问单位的那一份，用 --unit 时才有；没有为 null",
    },
    LastRecord: {
        "": "决定状态的那条进展",
        "date": "填报日期",
        "unit": "谁的进展",
        "status": "状态",
        "percent": "这一条报的进度，0–100",
        "note": "说明",
        "ref": "引用码",
    },
    PartFacts: {
        "": "一个单位的那一份",
        "unit": "单位",
        "role": "角色：lead 牵头，responsible 责任",
        **_STATE,
        "follows_lead": "自己没有报过，随牵头单位",
        "decides": "所问的是这一份（--role responsible），不是任务",
    },
    TaskDetails: {
        "": "一项任务的全部情况",
        **_MOMENT,
        "part": "show 不问单位，总是 null",
        "document_number": "发文字号",
        "leader": "分管市领导；未填为 null",
        "errata": "原文的勘误与存疑",
        "indicator_errata": "所属指标的勘误与存疑",
        "targets": "量化目标",
        "horizon": "正文的年底或年度口径，几个取最晚的月份",
        "extensions": "延期，按文件的顺序；没有内容的键不写",
        "progress": "进展，按文件的顺序；没有内容的键不写",
        "parts": "报过进展的各单位的那一份，牵头单位在先",
    },
    MissingRow: {
        "": "一个漏报的单位",
        "unit": "单位",
        "owed": "应报几项",
        "missed": "漏报几项",
        "missing": "漏报的任务编号",
        "last_reported": "上次填报的日期；没有报过为 null",
    },
    UnitRow: {
        "": "一个单位或组",
        "name": "名称",
        "kind": "类别；组为“组”或“开放的组”",
        "full_name": "全称；未核实为 null",
        "lead": "牵头几项",
        "responsible": "负责几项，含通过组负责的；组为写明该组的项数",
        "members": "成员，组才有",
        "aliases": "别名",
        "ambiguous": "须问明的叫法",
        "note": "备注",
    },
    Chain: {
        "": "一项一级指标的责任链",
        "id": "序号",
        "name": "名称",
        "leader": "分管市领导；未填为 null",
        **_UNITS,
        "tasks": "任务编号",
        "deadlines": "各任务印发的完成时限，月份",
    },
    Tally: {
        "total": "任务数",
        "due": "应完成：现行时限在截至日及以前的，不含中止",
        "due_done": "应完成中已完成的",
        "on_time": "按期完成",
        "late": "逾期完成",
        "overdue": "逾期未完成",
        "due_soon": "临期",
        "not_due": "未到期",
        "suspended": "中止",
    },
    Share: {
        "": "汇总的一行：全部任务，或一项指标、一个牵头单位、一个月份的",
        "group": "分组：total 合计，indicator 一级指标，lead 牵头单位，month 时限月份",
        "name": "指标、单位或月份的名称",
    },
    Summary: {
        "": "汇总",
        **_MOMENT,
        "total": "全部任务",
        "by_indicator": "分一级指标",
        "by_lead": "分牵头单位",
        "by_month": "分现行时限的月份",
    },
    BoardRow: {
        "": "一个单位在一个榜上的得分",
        "board": "榜：" + "、".join(f"{board} {label}" for board, label in BOARD_LABELS.items()),
        "unit": "单位",
        "rank": "名次，同分同名次；不排名的、没有到期任务的为 null",
        "score": "得分，任务得分加加减分；没有到期任务为 null",
        "due": "应完成几项，不含中止",
        "on_time": "按期完成几项",
        "late": "逾期完成几项",
        "undone": "未完成几项",
        "earned": "任务得分，各项的加权平均，两位小数；没有到期任务为 null",
        "adjustment": "加减分之和",
    },
    Assessment: {
        "": "考评",
        "period": "季度或年度：2022Q3、2022",
        **_MOMENT,
        "rules": "所用的计分规则，只含计入的加减分",
        "boards": "三个榜",
        "unranked": "不排名的单位",
    },
    Mapping: {"counties": "县市区榜", "lead": "市直牵头单位榜", "responsible": "市直责任单位榜"},
    ObligationRow: {
        "": "一个单位要完成的一项",
        "task": "任务编号",
        "text": "原文",
        "role": "角色：lead 牵头，responsible 责任",
        "effective_deadline": "现行时限，月份",
        **_STATE,
        "follows_lead": "自己没有报过，随牵头单位",
        "points": "得几分，0–100；未到期、中止的不计，为 null",
        "weight": "权重",
        "why": "为什么得这几分",
        "ref": "凭哪条进展，引用码；没有为 null",
    },
    MeasureRow: {
        "": "一件督办",
        "ref": "引用码；回复、办结、更正时用它",
        "date": "督办的日期：发函日、检查日、约谈日",
        "measure": "方式：" + "、".join(f"{each.value} {each.label}" for each in Measure),
        "unit": "督办哪个单位",
        "number": "文号；没有为 null",
        "tasks": "所涉任务的编号",
        "finding": "检查发现的问题；不是检查的为 null",
        "items": "整改事项",
        "due": "反馈时限，日期；没有为 null",
        "replied_on": "单位第一次回复的日期；截至日没有回复为 null",
        "closed_on": "办结的日期；截至日没有办结为 null",
        "open": "是否还没有办结；移送问责没有办结，总是 false",
        "open_days": "没有办结的，从督办到截至日有几天；其余为 null",
        "overdue": "逾期未回复：没有办结，反馈时限已过，没有回复",
        "note": "说明；没有为 null",
    },
    RankingRow: {
        "": "一个全省评价的排名",
        "ref": "引用码，更正时用它",
        "date": "公布日期",
        **_RANKED,
        "unit": "所排名的单位；排的是指标为 null",
        "note": "说明；没有为 null",
    },
    SummonsRow: {
        "": "一家约谈人选，及其一条依据",
        "unit": "单位",
        "kind": "单位的类别",
        "role": "在靠后指标中的角色：lead 牵头，responsible 责任；因自己的排名靠后为 null",
        **_RANKED,
        "date": "排名公布的日期",
        "ref": "所依据的排名的引用码",
        "summoned_on": "排名公布以后第一次约谈的日期；没有约谈为 null",
    },
    NoticeRow: {
        "": "一个要发函的单位",
        "unit": "单位",
        "form": "提示函或督办函",
        "tasks": "提示、督办几项任务",
        "overdue": "其中逾期未完成几项",
        "due_now": "其中当月到期、还没有逾期几项",
        "due_next": "其中下月到期几项",
        "returned": "其中被退回几项",
    },
    WordingRow: {
        "": "一种文稿所用的模板",
        "name": "名称",
        "paper": "哪种文稿",
        "is_own": "是否办公室自定",
        "path": "自定的模板在哪里；程序自带的为 null",
        "version": "版本，由内容算出，12 位",
    },
    SchemaRow: {
        "": "一个可以查看的 JSON Schema",
        "name": "名称",
        "title": "说的是什么",
    },
    CheckReport: {
        "": "检查的结果",
        "problems": "几处问题",
        "warnings": "几处提醒；加 --strict 的都算问题，为 0",
        "commit": "所检查的 git 提交；检查现在的文件为 null",
        "counts": "有多少内容；数据不能用为 null",
        "diagnostics": "各处问题和提醒，按位置的顺序",
    },
    Counts: {
        "": "有多少内容",
        "indicators": "一级指标",
        "tasks": "任务",
        "units": "单位，不含组",
        "records": "进展，不含更正",
        "extensions": "延期，不含更正",
        "corrections": "更正",
    },
    Problem: {
        "": "一处问题或提醒",
        "path": "文件",
        "line": "行，从 1 起；说的是整个文件为 null",
        "column": "列，从 1 起；说的是整个文件为 null",
        "code": "代码，含义不变：Y0 语法、Y1 结构、Y2 引用、Y3 数目、Y4 时间与状态、Y5 提醒、Y6 历史",
        "severity": "轻重：error 问题，warning 提醒",
        "message": "什么不对",
        "hint": "怎么办；没有为 null",
    },
    AuditReport: {
        "": "审查历史的结果",
        "problems": "几处问题",
        "warnings": "几处提醒",
        "start": "从哪个提交之后审起；全部历史为 null",
        "end": "审到哪个提交",
        "commits": "审了几个提交",
        "changed": "其中几个改了数据",
        "has_authors": "最后的数据是否写明谁代表哪个单位",
        "diagnostics": "各处问题和提醒，旧的在前",
    },
    HistoryProblem: {
        "": "一处问题或提醒，及造成它的提交",
        "path": "文件",
        "line": "行，从 1 起，按那个提交里的文件；说的是整个文件为 null",
        "column": "列，从 1 起；说的是整个文件为 null",
        "code": "代码，含义不变：Y6 历史，其中 Y65 是提醒",
        "severity": "轻重：error 问题，warning 提醒",
        "message": "什么不对",
        "hint": "怎么办；没有为 null",
        "commit": "提交",
        "author": "提交的作者",
        "email": "作者的邮箱",
        "committed_at": "提交的时间，ISO 8601",
        "task": "第几项任务；不涉及任务为 null",
        "unit": "谁的记录；不涉及记录为 null",
    },
    ChangeRow: {
        "": "一处变动",
        "commit": "提交；还没有提交、或说不清是哪次的为 null",
        "author": "提交的作者",
        "email": "作者的邮箱",
        "committed_at": "提交的时间，ISO 8601",
        "recorded_on": "填报日期；不是记录为 null",
        "task": "哪项任务的记录或内容；不是一项任务的为 null（督办所涉的任务见 after.tasks）",
        "unit": "哪个单位；督办的回复、办结、更正，为所督办的单位；不涉及单位为 null",
        "kind": (
            "变的是什么：record 进展，extension 延期，supervision 督办，ranking 全省排名，plan 方案，"
            "indicator 指标，task 任务，unit 单位，group 组，author 谁代表哪个单位"
        ),
        "action": "增加、删去、改动",
        "name": "不是记录的，是谁的内容：编号、名称或邮箱；全省排名，为指标的名称；方案、其他记录为 null",
        "key": "不是记录的，是哪个键；整个增加、删去为 null",
        "ref": "记录的引用码；不是记录为 null",
        "before": "原来是什么；新记录为该单位此前最近报的状态和进度；没有为 null",
        "after": "现在是什么；删去为 null",
    },
}
"""What the answers' keys mean, for whoever reads them with a program."""
