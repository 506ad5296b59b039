"""The rules of the assessment (考评): the office's own.

永政办函〔2022〕18号 三、保障措施 orders 季度通报评估 and 年终集中考评 and gives no formula.
"""

from dataclasses import field

from yzplan.model.shape import Day, Line, Noun, Percent, Points, Share, Weight, noun


@noun
class Weights(Noun):
    """How much an obligation counts in its unit's score, by the unit's role."""

    lead: Weight = 2
    responsible: Weight = 1


@noun
class Adjustment(Noun):
    """Points that the office adds to a unit's score (加分), or with a minus takes off it (扣分)."""

    date: Day
    """The day from which on it counts."""
    unit: Line
    points: Points
    reason: Line
    document: Line | None = None


@noun
class Scoring(Noun):
    """What an obligation earns, 0-100 points, by how its part stands at the close of the period."""

    on_time: Percent = 100
    """Complete by the effective deadline."""
    late_per_month: Percent = 10
    """Taken off `on_time` for each month from the deadline's to that of the completion."""
    late_floor: Percent = 60
    """What is complete earns no less, however late."""
    silent: Percent = 60
    """What follows the lead, its unit having reported nothing, earns no more (随牵头单位)."""
    open_share: Share = 0.5
    """What is not complete earns this share of its percent."""
    weights: Weights = field(default_factory=Weights)
    adjustments: tuple[Adjustment, ...] = ()
