"""JSON Schema of what papers answer as json, and what its keys mean."""

from collections.abc import Callable, Mapping
from typing import Any

from yzplan.papers.assessment import AssessmentFacts
from yzplan.papers.bulletin import BulletinFacts, QuarterMissing
from yzplan.papers.dispatch import DispatchFacts, MeasureCount
from yzplan.papers.notice import Letter, NoticeFacts
from yzplan.papers.paper import Stamp
from yzplan.papers.performance import PerformanceFacts
from yzplan.papers.progress import LeadOverdue, Progress
from yzplan.query.boards import BOARD_LABELS
from yzplan.query.deductions import Deduction, Deductions
from yzplan.query.distribution import Distribution, Tie
from yzplan.query.performance import PerformanceRow
from yzplan.query.problem_reports import ProblemReport
from yzplan.query.urging import UrgedPart
from yzplan.render.paper_answers import PaperAnswer
from yzplan.render.paper_differences import PaperDifference

FACTS: Mapping[str, type] = {
    "dispatch": DispatchFacts,
    "bulletin": BulletinFacts,
    "assess": AssessmentFacts,
    "performance": PerformanceFacts,
    "notice": NoticeFacts,
}
"""The figures of each kind of paper."""

Said = Callable[[type], dict[str, Any]]
"""What makes the schema of a noun, with the meanings below among those it knows."""


def paper_schema(facts: type, said: Said) -> dict[str, Any]:
    """The schema of a paper with figures of that noun."""
    made, figures = said(PaperAnswer), said(facts)
    nouns = figures.pop("$defs", {})
    made["$defs"] = {**made.get("$defs", {}), **nouns, facts.__name__: figures}
    made["properties"]["facts"]["$ref"] = f"#/$defs/{facts.__name__}"
    return made


def differences_schema(said: Said) -> dict[str, Any]:
    """The schema of what a paper would say now instead."""
    return {"type": "array", "items": said(PaperDifference)}


_PLAN = {
    "plan": "方案的标题",
    "document_number": "方案的发文字号",
    "office": "办公室",
    "as_of": "截至日，即期末",
    "known_at": "只算该日及以前填报的",
    "written_on": "出文稿的日期",
    "until": "数字截至哪一天：期末，或期末未到时出文稿的日期",
    "running": "出文稿时还没有过完：到期的是预警，计分为试算",
}
_COMMON = {
    **_PLAN,
    "total": "全部任务",
    "indicators": "分一级指标，按任务表的次序",
    "leads": "分牵头单位，按任务表的次序",
    "lagging_indicators": "其中有逾期未完成任务的一级指标",
    "overdue_new": "本期到期的逾期未完成任务",
    "overdue_carried": "以前到期、结转的逾期未完成任务",
    "overdue_by_lead": "逾期未完成任务分牵头单位，多的在前",
    "completed_since": "其中期末以后已经完成的，任务编号",
    "owing": "应填报的单位数",
    "missing": "其中漏报的单位",
    "coming": "下期到期的任务",
}

_PERIOD = {
    **_PLAN,
    "period": "季度或年度：2022Q3、2022",
    "adjusted": "计入几处加减分",
    "method": "计分规则",
}
_PART = {
    "unit": "单位",
    "task": "任务编号",
    "role": "角色：lead 牵头，responsible 责任",
    "standing": "态势",
    "weight": "权重",
    "ref": "凭哪条进展，引用码；没有为 null",
}

PAPER_MEANINGS: Mapping[type, Mapping[str, str]] = {
    PaperAnswer: {
        "": "一份文稿：说明它从哪里来，及所说的数字",
        "paper": (
            "哪种文稿：dispatch 月度调度，bulletin 季度通报，assess 考评，performance 绩效考核，"
            "notice 提示函、督办函"
        ),
        "title": "标题",
        "issue": "期号；没有为空",
        "addressee": "主送机关；没有为空",
        "draft": "草稿：数据还没有提交，不能重印",
        "stamp": "印记：要的是什么，数据从哪里来，据此重印",
        "facts": "文稿所说的数字",
    },
    Stamp: {
        "": "印记：要的是什么，数据从哪里来，据此重印",
        "paper": "哪种文稿",
        "month": "哪个月；不按月的为 null",
        "period": "哪个季度或年度：2022Q3、2022；不按季度、年度的为 null",
        "unit": "发给哪个单位；不是函为 null",
        "form": "哪种函；不是函为 null",
        "reply_by": "反馈期限；没有写为 null",
        "dated": "成文日期",
        "number": "第几期；没有写为 null",
        "document_number": "发文字号；没有写为 null",
        "red_head": "是否有红色的发文机关标志",
        "known_at": "只算该日及以前填报的",
        "written_on": "出文稿的日期",
        "revision": "数据的 git 提交；草稿为 null",
        "program": "程序版本",
        "template": "文稿模板的指纹",
    },
    PaperDifference: {
        "": "一处不同",
        "place": "在哪里：标题、附件、表",
        "before": "原来的一段，或表的一行；没有为 null",
        "after": "现在的一段，或表的一行；没有为 null",
    },
    Progress: {
        "": "进度的一行：全部任务，或一项指标、一个牵头单位、一段时间的",
        "due_on_time": "应完成中按期完成的",
        "warned": "应完成而未完成，但时限还没有过（预警）",
        "early": "未到期而已完成的",
        "pending": "未到期也未完成的",
        "done": "已完成的，不论是否到期",
        "rate": "完成率，应完成中已完成的百分比，一位小数；没有应完成的为 null",
    },
    LeadOverdue: {
        "": "一个牵头单位的逾期未完成任务",
        "lead_unit": "牵头单位",
        "overdue": "几项",
        "new": "其中本期到期的",
        "carried_over": "其中以前到期、结转的",
        "tasks": "任务编号",
    },
    MeasureCount: {"": "一种督办未办结的件数", "measure": "方式", "open": "未办结几件"},
    ProblemReport: {
        "": "一条填报的存在问题",
        "task": "任务编号",
        "text": "原文",
        "lead_unit": "牵头单位",
        "unit": "填报单位",
        "date": "填报日期",
        "problem": "存在问题",
        "ref": "引用码",
    },
    QuarterMissing: {
        "": "一个漏报的单位",
        "unit": "单位",
        "months": "漏报的月份",
        "missed": "各月漏报几项",
        "missed_in_all": "共漏报几项次",
    },
    DispatchFacts: {
        "": "月度调度的数字",
        **_COMMON,
        "month": "哪个月",
        "previous_month": "上个月",
        "before": "全部任务在上月末；上月末在方案印发以前为 null",
        "due": "本月到期的任务，数",
        "due_tasks": "本月到期的任务",
        "warned": "其中预警的任务",
        "next_month": "下个月",
        "coming_tasks": "下月到期、还没有完成的任务",
        "problems": "本月填报、仍然存在的问题",
        "problem_tasks": "涉及几项任务",
        "problem_units": "涉及几个单位",
        "measures": "督办共几件",
        "open_measures": "其中未办结的",
        "open_by_kind": "未办结的分方式",
        "overdue_replies": "其中逾期未回复的件数",
    },
    BulletinFacts: {
        "": "季度通报的数字",
        **_COMMON,
        "period": "哪个季度",
        "due": "本季度到期的任务",
        "previous": "上个季度",
        "before": "全部任务在上季度末；上季度末在方案印发以前为 null",
        "completed_indicators": "应完成的都已完成的一级指标",
        "punctual_leads": "应完成的都按期完成的牵头单位",
        "lagging_leads": "逾期未完成任务最多的牵头单位",
        "counties_ahead": "县市区榜靠前的",
        "counties_behind": "县市区榜靠后的",
        "assessment": "考评",
        "next_period": "下个季度",
    },
    AssessmentFacts: {
        "": "考评的数字",
        **_PERIOD,
        "adjustments": "计入的加减分",
        "must_be_verified": "已认定的才算完成",
        "total": "全部任务，按牵头单位",
        "boards": "三个榜",
        "unranked": "不排名的单位",
        "distribution": "各榜的得分分布",
        "deductions": "扣分",
    },
    Distribution: {
        "": "一个榜的得分分布",
        "board": "榜：" + "、".join(f"{board} {label}" for board, label in BOARD_LABELS.items()),
        "label": "榜的名称",
        "units": "几个单位",
        "from_90": "90 分及以上几个单位",
        "from_80": "80 分及以上、不到 90 分几个单位",
        "from_70": "70 分及以上、不到 80 分几个单位",
        "from_60": "60 分及以上、不到 70 分几个单位",
        "below_60": "不到 60 分几个单位",
        "not_applicable": "不适用几个单位，即没有到期任务的",
        "highest": "最高分；都不适用为 null",
        "lowest": "最低分；都不适用为 null",
        "ties": "同分同名次的",
    },
    Tie: {"": "同分同名次的单位", "rank": "名次", "score": "得分", "shared_by": "几个单位", "units": "单位"},
    Deductions: {
        "": "扣分：计分的各项中没有得满分的",
        "counted": "计分几项",
        "full": "其中得满分几项",
        "short": "其中没有得满分几项",
        "rows": "没有得满分的，先按名录、再按任务的次序",
    },
    Deduction: {
        "": "没有得满分的一项",
        **_PART,
        "points": "得几分，0–100",
        "lost": "比按期完成少几分",
        "why": "为什么得这几分",
    },
    PerformanceFacts: {
        "": "绩效考核附件的数字",
        **_PERIOD,
        "revision": "数据的 git 提交；草稿为 null",
        "units": "几个单位",
        "parts": "共几项",
        "counted": "其中计分几项",
        "rows": "各项，先按名录、再按任务的次序",
    },
    PerformanceRow: {
        "": "一个单位的一项",
        **_PART,
        "text": "原文",
        "effective_deadline": "现行时限，月份",
        "status": "状态",
        "completed_on": "完成日；不算完成为 null",
        "follows_lead": "自己没有报过，随牵头单位",
        "points": "得几分，0–100；未到期、中止的不计，为 null",
        "evidence": "佐证的文号；随牵头单位的为牵头单位的",
        "revision": "数据的 git 提交；草稿为 null",
    },
    NoticeFacts: {
        "": "提示函、督办函的数字",
        **_PLAN,
        "unit": "发给哪个单位",
        "form": "哪种函",
        "month": "哪个月",
        "next_month": "下个月",
        "reply_by": "反馈期限；没有写为 null",
        "lead": "该单位牵头几项",
        "responsible": "该单位负责几项",
        "overdue": "逾期未完成几项",
        "carried_over": "其中以前到期、结转的",
        "newly_overdue": "其中本月到期的",
        "due_now": "本月到期、还没有逾期的几项",
        "due_next": "下月到期的几项",
        "returned": "退回几项",
        "listed": "共提示、督办几项",
        "returned_counted": "其中已计在逾期、本月和下月到期里的",
        "returned_elsewhere": "其中不计在逾期、本月和下月到期里的",
        "follows_lead": "其中自己没有报过、随牵头单位的",
        "reminded": "逾期的，其中此前发过函、函还没有办结的",
        "settled_later": "期末逾期，其后已经完成或中止，因此不列的几项",
        "letters": "此前发过、还没有办结的函",
        "parts": "所提示、督办的各项",
    },
    Letter: {
        "": "此前发过、还没有办结的一份函",
        "date": "发函日期",
        "form": "哪种函",
        "number": "文号；没有为 null",
        "tasks": "所涉的逾期任务，编号",
    },
    UrgedPart: {
        "": "该单位的一项，要提示、督办的",
        "id": "任务编号",
        "indicator": "一级指标的名称",
        "text": "原文",
        "role": "角色：lead 牵头，responsible 责任",
        "deadline": "印发的完成时限，月份",
        "effective_deadline": "现行时限，月份",
        "status": "状态",
        "percent": "进度，0–100；没有报过为 null",
        "standing": "态势",
        "timing": "何时到期：overdue 已逾期，due_now 本月，due_next 下月，later 以后（退回的）",
        "carried_over": "结转：以前到期的",
        "days_overdue": "逾期几天；不逾期为 null",
        "follows_lead": "自己没有报过，随牵头单位",
        "returned": "该单位自己的这一项被退回",
        "return_reason": "退回的理由；没有退回为 null",
        "request": (
            "要求：rectify 整改后重新填报，report_own 填报本单位进展，evidence 报送佐证材料，"
            "finish 限期完成，on_time 按期完成"
        ),
        "settled_later": "期末以后已经完成或中止",
    },
}
"""What the keys of papers mean, for whoever reads them with a program."""
