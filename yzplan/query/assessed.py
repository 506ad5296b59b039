"""The assessment in words: its rules, an adjustment, points and scores. Screens and papers say the same."""

from typing import TYPE_CHECKING

from yzplan.model import decimal_text, exact, number_text

if TYPE_CHECKING:
    from decimal import Decimal

    from yzplan.model import Adjustment, Scoring


def rules_text(rules: "Scoring") -> str:
    """The rules as they are printed with every result."""
    weights = rules.weights
    return (
        f"计分规则：按期完成 {number_text(rules.on_time)} 分；逾期完成每晚一个月减 "
        f"{number_text(rules.late_per_month)} 分，不低于 {number_text(rules.late_floor)} 分；"
        f"未完成的按进度的 {decimal_text(100 * exact(rules.open_share))}% 计；"
        f"自己没有填报、随牵头单位的，最多 {number_text(rules.silent)} 分；未到期、中止的不计。"
        f"得分是各项的加权平均（牵头 {number_text(weights.lead)}、责任 {number_text(weights.responsible)}），"
        "四舍五入到两位小数，另计加减分；同分同名次。文件没有规定计分办法，以上由办公室制定。"
    )


def adjustment_text(entry: "Adjustment") -> str:
    """An adjustment in one line: `2022-08-10 +2 分：…（文号）`."""
    document = f"（{entry.document}）" if entry.document else ""
    return f"{entry.date} {signed(exact(entry.points))} 分：{entry.reason}{document}"


def score_text(score: "Decimal | None") -> str:
    """A score with its two decimals; where nothing was due there is none, not zero."""
    return "不适用" if score is None else f"{score:.2f}"


def signed(points: "Decimal") -> str:
    """Points added or taken off: `+2`, `-1.5`; nothing for none."""
    return f"{'+' if points > 0 else ''}{decimal_text(points)}" if points else ""
