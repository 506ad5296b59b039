"""The order of what two sides hold: each side's own is kept, and neither side is preferred."""

from collections.abc import Callable, Hashable, Sequence
from itertools import groupby
from typing import Any, TypeVar

T = TypeVar("T", bound=Hashable)


def merged_order(sides: Sequence[Sequence[T]], rank: Callable[[T], Any]) -> list[T] | None:
    """All that stands on either of two sides, such that nothing on a side changes its order.

    Of those free to come next the one of the smallest rank comes first. None if the sides disagree.
    """
    left = [list(reversed(side)) for side in sides]
    still = [{*side} for side in sides]
    order = []
    while any(left):
        heads = [own[-1] for own in left if own]
        free = [
            head
            for head in heads
            # Nothing of the other side has to come before it.
            if all(head not in there or own[-1] == head for own, there in zip(left, still, strict=True))
        ]
        if not free:
            return None
        order.append(min(free, key=rank))
        for own, there in zip(left, still, strict=True):
            if own and own[-1] == order[-1]:
                there.remove(own.pop())
    return order


def order_of_days(sides: Sequence[Sequence[T]], day: Callable[[T], Any], rank: Callable[[T], Any]) -> list[T]:
    """The order of ledger entries: by day, and within a day by what both sides keep, then by rank.

    Where a side is not in the order of days, its own order is kept nevertheless, if the other allows.
    Within a day on which the sides disagree the rank alone decides.
    """

    def by_day(item: T) -> tuple[Any, Any]:
        return day(item), rank(item)

    order = merged_order(sides, by_day)
    if order is not None:
        return order
    order = []
    for _, found in groupby(sorted({each for side in sides for each in side}, key=by_day), key=day):
        of_the_day = [*found]
        order += (
            merged_order([[each for each in side if each in of_the_day] for side in sides], rank)
            or of_the_day
        )
    return order
