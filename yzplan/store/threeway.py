"""Two versions of a data file that go back to one, merged key by key and record by record, as lines.

What only one side changed is taken from it as it is written, what both did alike once. What comes of
the rest is read again, and has to say what it should: the lines alone prove nothing.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from yzplan.model import Group, Header, Policy, Register, Scoring, Totals, Unit, Weights, facts, fingerprint
from yzplan.store import decode
from yzplan.store.blocks import NOTHING, Block, Cut, cut_list, cut_mapping
from yzplan.store.canonical import order_of
from yzplan.store.comments import comments_of
from yzplan.store.emit import field
from yzplan.store.layout import IndicatorEntry, PlanFile, TaskEntry
from yzplan.store.ordering import merged_order, order_of_days
from yzplan.store.pieces import IrregularError, check_lines
from yzplan.store.reading import read
from yzplan.store.source import Source


class Kind(NamedTuple):
    """How a key is merged.

    A `fact` is one value; of a `set`, a `list` or a `ledger` all items are kept that neither side took
    out; a `mapping` is merged by its `fields`, and so are `items` of a list, told apart by their `name`.
    `noun`: what a mapping or an item is, which gives its keys their order.
    """

    form: Literal["fact", "set", "list", "ledger", "mapping", "items"] = "fact"
    noun: type | None = None
    fields: Mapping[str, "Kind"] = {}
    name: str = ""


FACT, SET, LIST, LEDGER = Kind(), Kind("set"), Kind("list"), Kind("ledger")
_TASK = {"errata": LIST, "targets": LIST, "extensions": LEDGER, "progress": LEDGER}
_INDICATOR = {"printed": LIST, "errata": LIST, "tasks": Kind("items", TaskEntry, _TASK, "id")}
_SCORING = {"weights": Kind("mapping", Weights), "adjustments": LEDGER}
_PLAN = {
    "totals": Kind("mapping", Totals),
    "policy": Kind("mapping", Policy),
    "assessment": Kind("mapping", Scoring, _SCORING),
}
_NAMES = {"aliases": SET, "ambiguous": SET, "members": SET}
TASKS_FILE = Kind(
    "mapping",
    PlanFile,
    {
        "plan": Kind("mapping", Header, _PLAN),
        "indicators": Kind("items", IndicatorEntry, _INDICATOR, "id"),
    },
)
UNITS_FILE = Kind(
    "mapping",
    Register,
    {
        "units": Kind("items", Unit, _NAMES, "name"),
        "groups": Kind("items", Group, _NAMES, "name"),
        "authors": Kind("mapping"),
    },
)


class Conflict(NamedTuple):
    """Lines that both sides changed, each in its way."""

    ours: str
    theirs: str


class Within(NamedTuple):
    """Lines that were merged, and read again, on their own."""

    parts: "Sequence[Part]"


Part = str | Conflict | Within


class MergedTask(NamedTuple):
    """The progress of a task that was merged record by record, in each version as plain values.

    `before` are the lines of what stands above that in all of them.
    """

    task: int
    before: str
    base: Sequence[Any]
    ours: Sequence[Any]
    theirs: Sequence[Any]
    merged: Sequence[Any]


class _Fact(NamedTuple):
    """A key's lines and its value, without the `skipped` first entries of a ledger."""

    block: Block
    value: Any
    skipped: str = ""

    @property
    def parts(self) -> "Sequence[Part]":
        """All of its lines."""
        opened = self.block.opened() if self.skipped else None
        return [opened[0], Within([self.skipped]), opened[1]] if opened else [self.block.text]


class _Mapping(NamedTuple):
    """What a mapping holds on one side: a fact for each key."""

    facts: Mapping[str, _Fact]
    tail: str


class _Result(NamedTuple):
    """Lines, and the values that they are to have with ours, and with theirs, where there is a conflict."""

    parts: Sequence[Part]
    ours: Any
    theirs: Any


_ABSENT = object()
"""The value of a key that is not there."""
_GONE = _Result([], _ABSENT, _ABSENT)
_NO_MAPPING = _Mapping({}, "")


class Merger:
    """Merges a file, and notes of which tasks the records of both sides came together."""

    def __init__(self) -> None:
        self.tasks: list[MergedTask] = []

    def merge(self, texts: Sequence[str], kind: Kind) -> Sequence[Part]:
        """The lines of what base, ours and theirs hold, a mapping; each may be empty.

        Raises IrregularError where that cannot be found out from lines and proved by reading.
        """
        return self._unit(texts, kind)

    def _unit(self, texts: Sequence[str], kind: Kind) -> Sequence[Part]:
        """The lines of a mapping, or of an item that is one, read again when they are merged."""
        cuts, skipped = _without_common([cut_mapping(text) for text in texts], kind)
        sides = [_mapping_of(cut, kind, skipped) for cut in cuts]
        result = self._mapping(sides, kind)
        for choice, wanted in enumerate((result.ours, result.theirs)):
            value = value_of(_own_lines(result.parts, choice))
            if _content(value) != _content([wanted] if kind.form == "items" else wanted):
                raise IrregularError
        if kind.noun is TaskEntry:
            self._note(sides, result.ours, skipped.get("progress", ""))
        return result.parts

    def _note(self, sides: Sequence[_Mapping], merged: Mapping[str, Any], before: str) -> None:
        """Note a task to which both sides added records."""
        base, ours, theirs = (
            side.facts["progress"].value if "progress" in side.facts else [] for side in sides
        )
        if ours and theirs and base not in (ours, theirs):
            union = merged.get("progress", [])
            self.tasks.append(MergedTask(merged["id"], before, base, ours, theirs, union))

    def _mapping(self, sides: Sequence[_Mapping], kind: Kind) -> _Result:
        """The lines and values of a mapping."""
        results: dict[str, _Result] = {}
        for key in {key: None for side in sides for key in side.facts}:
            found = [side.facts.get(key) for side in sides]
            result = self._key(key, found, kind.fields.get(key, FACT))
            if result.parts:
                results[key] = result
        known = [*(order_of(kind.noun) if kind.noun else ()), *sorted(results)]
        chains = [[key for key in side.facts if key in results] for side in sides[1:]]
        order = merged_order(chains, known.index) or sorted(results, key=known.index)
        parts = [part for key in order for part in results[key].parts]
        parts.append(_merged_comments(*(side.tail for side in sides)))
        ours, theirs = (
            {key: value for key, result in results.items() if (value := result[choice]) is not _ABSENT}
            for choice in (1, 2)
        )
        return _Result(parts, ours, theirs)

    def _key(self, key: str, found: Sequence[_Fact | None], kind: Kind) -> _Result:
        """The lines and value of a key; no lines where it is gone."""
        side = _one_sided([fact and fact.block.text for fact in found])
        result = None
        if kind.form == "items" or side is None:
            result = _set(key, found) if kind.form == "set" else self._below(key, found, kind)
        if result is None and side is not None:
            fact = found[side]
            result = _Result(fact.parts, fact.value, fact.value) if fact else _GONE
        result = result or _fact(found)
        above = _above([fact and fact.block for fact in found])
        return result._replace(parts=[above, *result.parts]) if result.parts else _GONE

    def _below(self, key: str, found: Sequence[_Fact | None], kind: Kind) -> _Result | None:
        """The lines and value of a key below which its value stands; None where it does not, or is a fact."""
        heads, texts = [], []
        for fact in found:
            opened = fact.block.opened() if fact else ("", "")
            if opened is None and (kind.form in ("fact", "mapping") or fact is None or fact.value):
                return None
            head, text = opened or ("", "")
            heads.append(head)
            texts.append(text)
        if not any(heads[1:]):
            return None
        result: _Result | None = None
        if kind.form == "mapping":
            inner = [_inner(fact, text) for fact, text in zip(found, texts, strict=True)]
            result = self._mapping(inner, kind)
            if not (result.ours or result.theirs):
                return _GONE
        elif kind.form == "items":
            result = _Result([Within(self._items(texts, kind))], None, None)
        elif kind.form == "ledger":
            result = _ledger(key, found, texts)
            skipped = next((fact.skipped for fact in found if fact), "")
            result = result._replace(parts=[Within([skipped]), *result.parts]) if skipped else result
        elif kind.form == "list":
            result = _list(found, texts)
        if result is None or not result.parts:
            return result
        return result._replace(parts=[_settled(*heads), *result.parts])

    def _items(self, texts: Sequence[str], kind: Kind) -> Sequence[Part]:
        """The lines of a list whose items are told apart by name."""
        cuts = [cut_list(text) for text in texts]
        if len({cut.column for cut in cuts[1:] if cut.blocks}) > 1:
            raise IrregularError
        sides = [_by_name(cut, kind.name) for cut in cuts]
        results: dict[Any, Sequence[Part]] = {}
        for name in {**sides[1], **sides[2]}:
            parts = self._item([side.get(name) for side in sides], name, kind)
            if parts:
                results[name] = parts
        chains = [[name for name in side if name in results] for side in sides[1:]]
        order = merged_order(chains, lambda name: name)
        if order is None:
            if kind.name != "id":
                raise IrregularError
            order = sorted(results)
        parts = [part for name in order for part in results[name]]
        return [*parts, _merged_comments(*(cut.tail for cut in cuts))]

    def _item(self, blocks: Sequence[Block | None], name: Any, kind: Kind) -> Sequence[Part]:
        """The lines of an item; none where it is gone."""
        base, ours, theirs = blocks
        side = _one_sided([block and block.text for block in blocks])
        above = _above(blocks)
        if side is not None:
            block = blocks[side]
            if block and not (base and block.text == base.text):
                _check(block, name, kind)
            return [above, block.text] if block else []
        if not (ours and theirs):
            _check(ours or theirs, name, kind)
            return [Conflict(ours.whole if ours else "", theirs.whole if theirs else "")]
        parts = self._unit([block.text if block else "" for block in blocks], kind)
        return [above, Within(parts)]


def rendered(parts: Iterable[Part], marked: Callable[[Conflict], str]) -> str:
    """The lines as text, each conflict as `marked` puts it."""
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Conflict):
            texts.append(marked(part))
        else:
            texts.append(rendered(part.parts, marked))
    return "".join(texts)


def _own_lines(parts: Iterable[Part], choice: int) -> str:
    """The lines without those that were read on their own, and with one side where there is a conflict."""
    return rendered((part for part in parts if not isinstance(part, Within)), lambda part: part[choice])


# What one side has


def _without_common(cuts: Sequence[Cut], kind: Kind) -> tuple[Sequence[Cut], Mapping[str, str]]:
    """What base, ours and theirs are cut into, without the entries with which their ledgers all begin.

    And the lines of those, by ledger: at the end of a year they are many. The last one stays, so that no
    ledger becomes empty.
    """
    skipped: dict[str, str] = {}
    for key, field_kind in kind.fields.items():
        found = [next((block for block in cut.blocks if block.key == key), None) for cut in cuts]
        opened = [block.opened() if block and field_kind.form == "ledger" else None for block in found]
        if not all(opened):
            continue
        ledgers = [cut_list(each[1], is_ledger=True).blocks for each in opened if each]
        same = takewhile(lambda entries: entries[0] == entries[1] == entries[2], zip(*ledgers, strict=False))
        lines = "".join(entries[0].whole for entries in [*same][:-1])
        if lines and _is_regular(lines):
            skipped[key] = lines
    return [_cut_short(cut, skipped) for cut in cuts], skipped


def _cut_short(cut: Cut, skipped: Mapping[str, str]) -> Cut:
    """The same without the lines that are skipped of its ledgers."""
    blocks = []
    for block in cut.blocks:
        head, rest = block.opened() or ("", "") if block.key in skipped else (block.text, "")
        blocks.append(block._replace(text=head + rest[len(skipped.get(block.key, "")) :]))
    return cut._replace(blocks=blocks)


def _mapping_of(cut: Cut, kind: Kind, skipped: Mapping[str, str]) -> _Mapping:
    """What a mapping holds, without its lists of named items. Raises IrregularError if it does not read."""
    if not cut.blocks:
        return _Mapping({}, cut.tail)
    value = value_of("".join(block.above + _own_text(block, kind.fields) for block in cut.blocks))
    if kind.form == "items":
        value = value[0] if isinstance(value, list) and len(value) == 1 else None
    mapping = _matched(cut, value)
    known = {key: fact._replace(skipped=skipped.get(key, "")) for key, fact in mapping.facts.items()}
    return mapping._replace(facts=known)


def _own_text(block: Block, fields: Mapping[str, Kind]) -> str:
    """The lines of a key without those of items that are merged on their own."""
    opened = block.opened() if fields.get(block.key, FACT).form == "items" else None
    return opened[0] if opened else block.text


def _inner(fact: _Fact | None, text: str) -> _Mapping:
    """What a mapping holds whose lines stand below its key."""
    return _matched(cut_mapping(text), fact.value) if fact else _NO_MAPPING


def _matched(cut: Cut, value: Any) -> _Mapping:
    """The keys as they were cut, with the values as they were read. Raises IrregularError if they differ."""
    if not isinstance(value, dict) or [*value] != [block.key for block in cut.blocks]:
        raise IrregularError
    return _Mapping({block.key: _Fact(block, value[block.key]) for block in cut.blocks}, cut.tail)


def _by_name(cut: Cut, name: str) -> dict[Any, Block]:
    """The items of a list by what they are told apart by. Raises IrregularError where two have one name."""
    found: dict[Any, Block] = {}
    numbered = re.compile(rf" *- {name}: ([1-9][0-9]{{0,8}})\n")
    for block in cut.blocks:
        # Nearly all of them begin like this, and they are many.
        plain = numbered.match(block.text)
        found[int(plain[1]) if plain else _name_of(block, name)] = block
    if len(found) < len(cut.blocks):
        raise IrregularError
    return found


def _name_of(block: Block, name: str) -> Any:
    """What an item is told apart by."""
    lines = next((each.text for each in cut_mapping(block.text).blocks if each.key == name), "")
    value = value_of(lines)
    value = value[0] if isinstance(value, list) else value
    if not isinstance(value, dict) or not isinstance(value.get(name), int if name == "id" else str):
        raise IrregularError
    return value[name]


def _check(block: Block | None, name: Any, kind: Kind) -> None:
    """Raises IrregularError unless an item reads on its own and is the one of that name."""
    value = value_of(block.text) if block else None
    if not isinstance(value, list) or len(value) != 1 or value[0].get(kind.name) != name:
        raise IrregularError


def _is_regular(lines: str) -> bool:
    """Whether each line is complete in itself."""
    try:
        check_lines(lines)
    except IrregularError:
        return False
    return True


def value_of(text: str) -> Any:
    """The plain value of some lines; nothing's is an empty mapping. Raises IrregularError."""
    if not text.strip():
        return {}
    document = read(Source("", b"", text))
    if document.problems:
        raise IrregularError
    return document.value


def _content(value: Any) -> str:
    """A value as text that is equal where the value is the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


# Texts


def _one_sided(texts: Sequence[str | None]) -> int | None:
    """Whose of base, ours and theirs is to stand, where both say the same or one did not change it."""
    base, ours, theirs = texts
    if ours == theirs or theirs == base:
        return 1
    return 2 if ours == base else None


def _settled(base: str, ours: str, theirs: str) -> str:
    """The text of what is the same on both sides, however each writes it."""
    if not ours or not theirs:
        return ours or theirs
    side = _one_sided([base, ours, theirs])
    # Where both write it anew, any of the two will do, if only both clones choose the same.
    return min(ours, theirs) if side is None else (base, ours, theirs)[side]


def _above(blocks: Sequence[Block | None]) -> str:
    """The comment and blank lines above a block that at least one side has."""
    base, ours, theirs = blocks
    if ours and theirs:
        return _merged_comments(base.above if base else "", ours.above, theirs.above)
    only = ours or theirs
    return only.above if only else ""


def _merged_comments(base: str, ours: str, theirs: str) -> str:
    """The comment and blank lines of both sides without those that either took out."""
    side = _one_sided([base, ours, theirs])
    if side is not None:
        return (base, ours, theirs)[side]
    known = base.splitlines(keepends=True)
    first, second = sorted(text.splitlines(keepends=True) for text in (ours, theirs))
    kept = [line for line in first if line not in known or line in second]
    return "".join(
        kept + [line for line in second if line.strip() and line not in known and line not in first]
    )


# Keys that both sides changed


def _fact(found: Sequence[_Fact | None]) -> _Result:
    """A value that both sides changed: as one has it, if the other only writes it otherwise."""
    base, ours, theirs = found
    if ours and theirs:
        if _content(ours.value) == _content(theirs.value):
            text = _settled(base.block.text if base else "", ours.block.text, theirs.block.text)
            return _Result([text], ours.value, ours.value)
        for one, other in ((ours, theirs), (theirs, ours)):
            if base and _is_rewritten(base, one):
                return _Result([other.block.text], other.value, other.value)
    elif base and _is_rewritten(base, ours or theirs or base):
        return _GONE
    conflict = Conflict(*(fact.block.text if fact else "" for fact in (ours, theirs)))
    return _Result([conflict], *(fact.value if fact else _ABSENT for fact in (ours, theirs)))


def _is_rewritten(base: _Fact, fact: _Fact) -> bool:
    """Whether a side has the same value and the same comments, and only writes them otherwise."""
    if _content(base.value) != _content(fact.value):
        return False
    before, after = ([each.text for each in comments_of(each.block.text)] for each in (base, fact))
    return before == after


def _set(key: str, found: Sequence[_Fact | None]) -> _Result | None:
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
        return _GONE
    lines = [fact.block.text if fact else "" for fact in found]
    written = [line if value == merged else "" for line, value in zip(lines, values, strict=True)]
    if any(written[1:]):
        return _Result([_settled(lines[0], *written[1:])], merged, merged)
    parts = [_FLOW_LINE.fullmatch(line) for line in lines]
    if not all(part or not line for part, line in zip(parts, lines, strict=True)):
        return None
    heads, tails = ([part[k] if part else "" for part in parts] for k in (1, 2))
    text = field(key, merged).removeprefix(f"{key}: ")
    return _Result([_settled(*heads) + text + _settled(*tails)], merged, merged)


_FLOW_LINE = re.compile(r"( *(?:- +)?[a-z_]+: +)\[[^#\n]*\]( *(?:#[^\n]*)?\n)")


def _stays(item: Any, base: Any, ours: Any, theirs: Any) -> bool:
    """Whether an item of either side is to stay: neither side took it out."""
    return item not in base or (item in ours and item in theirs)


class _Item(NamedTuple):
    """An item of a list: its lines, its value and, in a ledger, its day."""

    block: Block
    value: Any
    day: str


def _ledger(key: str, found: Sequence[_Fact | None], texts: Sequence[str]) -> _Result:
    """The records of both sides without those that either took out."""
    cuts, sides = _listed(found, texts, _IDENTITIES[key], is_ledger=True)
    kept = [[each for each in side if _stays(each, *sides)] for side in sides[1:]]
    every = {**sides[1], **sides[2]}
    order = order_of_days(kept, lambda each: every[each].day, lambda each: each)
    return _put_together(order, sides, cuts)


def _list(found: Sequence[_Fact | None], texts: Sequence[str]) -> _Result | None:
    """The items of both sides without those that either took out; None where both changed the same one."""
    cuts, sides = _listed(found, texts, lambda value: ("", _content(value)), is_ledger=False)
    base, ours, theirs = sides
    added = [{each for each in side if each not in base} for side in (ours, theirs)]
    if added[0] != added[1] and any(each not in ours and each not in theirs for each in base):
        return None
    kept = [[each for each in side if _stays(each, *sides)] for side in (ours, theirs)]
    order = merged_order(kept, lambda each: each)
    return None if order is None else _put_together(order, sides, cuts)


def _listed(
    found: Sequence[_Fact | None],
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


def _put_together(order: Sequence[str], sides: Sequence[Mapping[str, _Item]], cuts: Sequence[Cut]) -> _Result:
    """The lines and values of items in their order."""
    parts: list[Part] = []
    values = []
    for each in order:
        items = [side.get(each) for side in sides]
        parts.append(_above([item and item.block for item in items]))
        parts.append(_settled(*(item.block.text if item else "" for item in items)))
        values.append(next(item.value for item in items[1:] if item))
    if values:
        tails = [cut.tail for cut in cuts]
        # Where a side has no such list any more, it has no opinion on what stands below it.
        parts.append(_merged_comments(*tails) if cuts[1].blocks and cuts[2].blocks else max(tails[1:]))
    return _Result(parts, values, values)


def _record(value: Any) -> tuple[str, str]:
    entry = decode.record(value)
    return str(entry.known_on), fingerprint(facts(entry))


def _extension(value: Any) -> tuple[str, str]:
    entry = decode.extension(value)
    return str(entry.known_on), fingerprint(facts(entry))


def _adjustment(value: Any) -> tuple[str, str]:
    return str(value["date"]), fingerprint(value)


_IDENTITIES: Mapping[str, Callable[[Any], tuple[str, str]]] = {
    "progress": _record,
    "extensions": _extension,
    "adjustments": _adjustment,
}
