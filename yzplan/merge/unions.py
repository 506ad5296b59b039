"""What comes of a key that both sides changed: a choice, a conflict, or what is on either side."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from yzplan.merge.blocks import NOTHING, Block, Cut, cut_list
from yzplan.merge.lines import (
    ABSENT,
    GONE,
    Conflict,
    Fact,
    Part,
    Result,
    above_of,
    content,
    merged_comments,
    settled,
    value_of,
)
from yzplan.merge.ordering import merged_order, order_of_days
from yzplan.model import facts, fingerprint
from yzplan.model.changes import AnyEntry
from yzplan.store import decode
from yzplan.store.comments import comments_of
from yzplan.store.emit import field
from yzplan.store.pieces import IrregularError


def merged_fact(found: Sequence[Fact | None]) -> Result:
    """A value that both sides changed: as one has it, if the other only writes it otherwise."""
    base, ours, theirs = found
    if ours and theirs:
        if content(ours.value) == content(theirs.value):
            text = settled(base.block.text if base else "", ours.block.text, theirs.block.text)
            return Result([text], ours.value, ours.value)
        for one, other in ((ours, theirs), (theirs, ours)):
            if base and _is_rewritten(base, one):
                return Result([other.block.text], other.value, other.value)
    elif base and _is_rewritten(base, ours or theirs or base):
        return GONE
    conflict = Conflict(*(fact.block.text if fact else "" for fact in (ours, theirs)))
    return Result([conflict], *(fact.value if fact else ABSENT for fact in (ours, theirs)))


def _is_rewritten(base: Fact, fact: Fact) -> bool:
    """Whether a side has the same value and the same comments, and only writes them otherwise."""
    if content(base.value) != content(fact.value):
        return False
    texts = [each.block.text for each in (base, fact)]
    for text in texts:
        value_of(text)
    before, after = ([each.text for each in comments_of(text)] for text in texts)
    return before == after


def merged_set(key: str, found: Sequence[Fact | None]) -> Result | None:
    """A list of words: those that neither side took out. None where it is not written on its line."""
    values = [fact.value if fact else [] for fact in found]
    if not all(isinstance(value, list) and all(isinstance(each, str) for each in value) for value in values):
        return None
    base, ours, theirs = values
    sides = [[each for each in dict.fromkeys(value) if _stays(each, *values)] for value in (ours, theirs)]
    place = {each: k for k, each in enumerate(base)}

    def rank(word: str) -> tuple[int, str]:
        return place.get(word, len(place)), word

    merged = merged_order(sides, rank) or sorted({*sides[0], *sides[1]}, key=rank)
    if not merged:
        return GONE
    lines = [fact.block.text if fact else "" for fact in found]
    written = [line if value == merged else "" for line, value in zip(lines, values, strict=True)]
    if any(written[1:]):
        return Result([settled(lines[0], *written[1:])], merged, merged)
    parts = [_FLOW_LINE.fullmatch(line) for line in lines]
    if not all(part or not line for part, line in zip(parts, lines, strict=True)):
        return None
    heads, tails = ([part[k] if part else "" for part in parts] for k in (1, 2))
    text = field(key, merged).removeprefix(f"{key}: ")
    return Result([settled(*heads) + text + settled(*tails)], merged, merged)


_FLOW_LINE = re.compile(r"( *(?:- +)?[a-z_]+: +)\[[^#\n]*\]( *(?:#[^\n]*)?\n)")


def _stays(item: Any, base: Any, ours: Any, theirs: Any) -> bool:
    """Whether an item of either side is to stay: neither side took it out."""
    return item not in base or (item in ours and item in theirs)


class _Item(NamedTuple):
    """An item of a list: its lines, its value and, in a ledger, its day."""

    block: Block
    value: Any
    day: str


def merged_ledger(key: str, found: Sequence[Fact | None], texts: Sequence[str]) -> Result:
    """The records of both sides without those that either took out."""
    cuts, sides = _listed(found, texts, _IDENTITIES[key], is_ledger=True)
    kept = [[each for each in side if _stays(each, *sides)] for side in sides[1:]]
    every = {**sides[1], **sides[2]}
    order = order_of_days(kept, lambda each: every[each].day, lambda each: each)
    return _put_together(order, sides, cuts)


def merged_list(found: Sequence[Fact | None], texts: Sequence[str]) -> Result | None:
    """The items of both sides without those that either took out; None where both changed the same one."""
    cuts, sides = _listed(found, texts, lambda value: ("", content(value)), is_ledger=False)
    base, ours, theirs = sides
    added = [{each for each in side if each not in base} for side in (ours, theirs)]
    if added[0] != added[1] and any(each not in ours and each not in theirs for each in base):
        return None
    kept = [[each for each in side if _stays(each, *sides)] for side in (ours, theirs)]
    # One that was changed is another one, in the place that the old one had.
    places = [{each: k for k, each in enumerate(side)} for side in (ours, theirs)]
    order = merged_order(kept, lambda each: (min(place[each] for place in places if each in place), each))
    return None if order is None else _put_together(order, sides, cuts)


def _listed(
    found: Sequence[Fact | None],
    texts: Sequence[str],
    identity: Callable[[Any], tuple[str, str]],
    *,
    is_ledger: bool,
) -> tuple[Sequence[Cut], Sequence[Mapping[str, _Item]]]:
    """The items of a list on each side, by what they say; what is said twice, once."""
    cuts: list[Cut] = []
    sides: list[dict[str, _Item]] = []
    for fact, text in zip(found, texts, strict=True):
        cut = cut_list(text, is_ledger=is_ledger) if fact else NOTHING
        values = fact.value or [] if fact else []
        if len(cut.blocks) != len(values):
            raise IrregularError
        items: dict[str, _Item] = {}
        for block, value in zip(cut.blocks, values, strict=True):
            try:
                day, known = identity(value)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise IrregularError from error
            items.setdefault(known, _Item(block, value, day))
        cuts.append(cut)
        sides.append(items)
    return cuts, sides


def _put_together(order: Sequence[str], sides: Sequence[Mapping[str, _Item]], cuts: Sequence[Cut]) -> Result:
    """The lines and values of items in their order."""
    parts: list[Part] = []
    values = []
    for each in order:
        items = [side.get(each) for side in sides]
        parts.append(above_of([item and item.block for item in items]))
        parts.append(settled(*(item.block.text if item else "" for item in items)))
        values.append(next(item.value for item in items[1:] if item))
    if values:
        tails = [cut.tail for cut in cuts]
        # Where a side has no such list any more, it has no opinion on what stands below it.
        parts.append(merged_comments(*tails) if cuts[1].blocks and cuts[2].blocks else max(tails[1:]))
    return Result(parts, values, values)


def _entry(form: Callable[[Any], AnyEntry], value: Any) -> tuple[str, str]:
    entry = form(value)
    return str(entry.known_on), fingerprint(facts(entry))


def _adjustment(value: Any) -> tuple[str, str]:
    return str(value["date"]), fingerprint(value)


_IDENTITIES: Mapping[str, Callable[[Any], tuple[str, str]]] = {
    "progress": partial(_entry, decode.record),
    "extensions": partial(_entry, decode.extension),
    "supervision": partial(_entry, decode.supervision),
    "rankings": partial(_entry, decode.ranking),
    "adjustments": _adjustment,
}
