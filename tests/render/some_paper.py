"""An invented paper (模拟) with every kind of block, and what people might type into a ledger."""

from stamps import BULLETIN

from yzplan.papers.paper import Attachment, Column, Heading, Paper, Paragraph, Table

HOSTILE = (
    "甲|乙",
    "<script>alert(1)</script>",
    "--> <!-- yzplan: {} -->",
    "[x](javascript:y)",
    "*甲* _乙_ `丙`",
    "# 甲",
    "- 甲",
    "1. 甲",
    "===",
    "&lt;甲&gt; \\",
    "【甲】",
    "[red]甲[/red]",
)
"""Texts that some format could take for markup."""

UNITS = Table(
    "表1 各牵头单位完成情况（模拟）",
    (
        Column("序号", 2, "centre"),
        Column("牵头单位", 6),
        Column("应完成", 3, "centre"),
        Column("完成率", 3, "right"),
    ),
    (("1", "市模拟局", "12", "43.8%"), ("2", "市样本和演示管理局", "3", "—")),
    "注：完成率按期末计。",
)
TASKS = Table(
    "",
    (Column("序号", 2, "centre"), Column("重点工作任务", 16), Column("完成时限", 5, "centre")),
    (("5", "推行模拟事项全程网办，将办理环节压缩至3个以内，实行“一窗受理、并联审批”。", "2022年7月"),),
)

PAPER = Paper(
    stamp=BULLETIN,
    issuer="模拟市优化营商环境工作领导小组办公室",
    title=("关于2022年第三季度", "优化营商环境重点任务落实情况的", "通报（模拟）"),
    issue="第3期",
    addressee="各县市区人民政府，市直有关单位",
    blocks=(
        Heading(1, "一、", "总体情况"),
        Paragraph("截至2022年9月30日，应完成15项，按期完成6项，逾期未完成8项。"),
        Paragraph("【此处填写领导批示】请各单位对照检查，认真整改。"),
        Heading(2, "（一）", "分单位情况"),
        UNITS,
        Heading(1, "二、", "有关要求"),
        Heading(3, "1.", "限期整改。"),
        Paragraph("请于【整改期限】前书面报告。"),
    ),
    attachments=(
        Attachment("逾期任务清单（模拟）", (TASKS,)),
        Attachment("计分规则", (Paragraph("按期100分。"),)),
    ),
    facts={"due": 15, "overdue": [5]},
)


def with_texts(*texts: str) -> Paper:
    """The paper in which each text stands wherever data may stand."""
    table = Table(
        texts[0], UNITS.columns[:2], tuple((str(k), text) for k, text in enumerate(texts)), texts[0]
    )
    blocks = [block for text in texts for block in (Heading(1, "一、", text), Paragraph(text))]
    return PAPER._replace(
        title=texts,
        issue=texts[0],
        addressee=texts[0],
        issuer=texts[0],
        blocks=(*blocks, table),
        attachments=tuple(Attachment(text, (Paragraph(text),)) for text in texts),
    )
