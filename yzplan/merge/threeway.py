"""Two versions of a data file that go back to one, merged key by key and record by record, as lines.

What only one side changed is taken from it as it is written, what both did alike once. What comes of
the rest is read again, and has to say what it should: the lines alone prove nothing.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from yzplan.merge.blocks import Block, Cut, cut_list, cut_mapping
from yzplan.merge.kinds import FACT, Kind
from yzplan.merge.lines import (
    ABSENT,
    GONE,
    Conflict,
    Fact,
    Part,
    Result,
    Within,
    above_of,
    content,
    merged_comments,
    one_sided,
    own_lines,
    settled,
    value_of,
)
from yzplan.merge.ordering import merged_order
from yzplan.merge.unions import merged_fact, merged_ledger, merged_list, merged_set
from yzplan.store.canonical import order_of
from yzplan.store.layout import SECTIONS, PlanFile, TaskEntry
from yzplan.store.pieces import IrregularError, check_lines


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


class MergedSection(NamedTuple):
    """One of the office's own ledgers that was merged entry by entry, in each version as plain values.

    Without those entries with which all of them begin.
    """

    name: str
    base: Sequence[Any]
    ours: Sequence[Any]
    theirs: Sequence[Any]


class _Mapping(NamedTuple):
    """What a mapping holds on one side: a fact for each key."""

    facts: Mapping[str, Fact]
    tail: str


_NO_MAPPING = _Mapping({}, "")


class Merger:
    """Merges a file, and notes in which tasks and sections the entries of both sides came together."""

    def __init__(self) -> None:
        self.tasks: list[MergedTask] = []
        self.sections: list[MergedSection] = []

    def merge(self, texts: Sequence[str], kind: Kind) -> Sequence[Part]:
        """The lines that come of base, ours and theirs: of a file, or of one item of a list.

        Each may be empty. Raises IrregularError where it cannot be found out from lines what to do, or
        where what came of it does not say what it should when it is read again.
        """
        cuts, skipped = _without_common([cut_mapping(text) for text in texts], kind)
        sides = [_mapping_of(cut, kind, skipped) for cut in cuts]
        result = self._mapping(sides, kind)
        for choice, wanted in enumerate((result.ours, result.theirs)):
            value = value_of(own_lines(result.parts, choice))
            if content(value) != content([wanted] if kind.form == "items" else wanted):
                raise IrregularError
        if kind.noun is TaskEntry:
            self._note_task(sides, result.ours, skipped.get("progress", ""))
        if kind.noun is PlanFile:
            self._note_sections(sides)
        return result.parts

    def _note_task(self, sides: Sequence[_Mapping], merged: Mapping[str, Any], before: str) -> None:
        """Note a task to which both sides added records."""
        base, ours, theirs = _entries_of(sides, "progress")
        if ours and theirs and base not in (ours, theirs):
            union = merged.get("progress", [])
            self.tasks.append(MergedTask(merged["id"], before, base, ours, theirs, union))

    def _note_sections(self, sides: Sequence[_Mapping]) -> None:
        """Note the sections to which both sides added entries."""
        for name in SECTIONS:
            base, ours, theirs = _entries_of(sides, name)
            if ours and theirs and ours != theirs and base not in (ours, theirs):
                self.sections.append(MergedSection(name, base, ours, theirs))

    def _mapping(self, sides: Sequence[_Mapping], kind: Kind) -> Result:
        """The lines and values of a mapping."""
        results: dict[str, Result] = {}
        for key in {key: None for side in sides for key in side.facts}:
            found = [side.facts.get(key) for side in sides]
            result = self._key(key, found, kind.fields.get(key, FACT))
            if result.parts:
                results[key] = result
        known = [*(order_of(kind.noun) if kind.noun else ()), *sorted(results)]
        chains = [[key for key in side.facts if key in results] for side in sides[1:]]
        order = merged_order(chains, known.index) or sorted(results, key=known.index)
        parts = [part for key in order for part in results[key].parts]
        parts.append(merged_comments(*(side.tail for side in sides)))
        ours, theirs = (
            {key: value for key, result in results.items() if (value := result[choice]) is not ABSENT}
            for choice in (1, 2)
        )
        return Result(parts, ours, theirs)

    def _key(self, key: str, found: Sequence[Fact | None], kind: Kind) -> Result:
        """The lines and value of a key; no lines where it is gone."""
        side = one_sided([fact and fact.block.text for fact in found])
        result = None
        if kind.form == "items" or side is None:
            result = merged_set(key, found) if kind.form == "set" else self._below(key, found, kind)
        if result is None and side is not None:
            fact = found[side]
            result = Result(fact.parts, fact.value, fact.value) if fact else GONE
        result = result or merged_fact(found)
        above = above_of([fact and fact.block for fact in found])
        return result._replace(parts=[above, *result.parts]) if result.parts else GONE

    def _below(self, key: str, found: Sequence[Fact | None], kind: Kind) -> Result | None:
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
        result: Result | None = None
        if kind.form == "mapping":
            inner = [_inner(fact, text) for fact, text in zip(found, texts, strict=True)]
            result = self._mapping(inner, kind)
            if not (result.ours or result.theirs):
                return GONE
        elif kind.form == "items":
            result = Result([Within(self._items(texts, kind))], None, None)
        elif kind.form == "ledger":
            result = merged_ledger(key, found, texts)
            skipped = next((fact.skipped for fact in found if fact), "")
            result = result._replace(parts=[Within([skipped]), *result.parts]) if skipped else result
        elif kind.form == "list":
            result = merged_list(found, texts)
        if result is None or not result.parts:
            return result
        return result._replace(parts=[settled(*heads), *result.parts])

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
        return [*parts, merged_comments(*(cut.tail for cut in cuts))]

    def _item(self, blocks: Sequence[Block | None], name: Any, kind: Kind) -> Sequence[Part]:
        """The lines of an item; none where it is gone."""
        base, ours, theirs = blocks
        side = one_sided([block and block.text for block in blocks])
        above = above_of(blocks)
        if side is not None:
            block = blocks[side]
            if block and not (base and block.text == base.text):
                _check(block, name, kind)
            return [above, block.text] if block else []
        if not (ours and theirs):
            _check(ours or theirs, name, kind)
            return [Conflict(ours.whole if ours else "", theirs.whole if theirs else "")]
        parts = self.merge([block.text if block else "" for block in blocks], kind)
        return [above, Within(parts)]


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


def _entries_of(sides: Sequence[_Mapping], name: str) -> Sequence[Sequence[Any]]:
    """What a ledger holds on each side."""
    return [side.facts[name].value or [] if name in side.facts else [] for side in sides]


def _own_text(block: Block, fields: Mapping[str, Kind]) -> str:
    """The lines of a key without those of items that are merged on their own."""
    opened = block.opened() if fields.get(block.key, FACT).form == "items" else None
    return opened[0] if opened else block.text


def _inner(fact: Fact | None, text: str) -> _Mapping:
    """What a mapping holds whose lines stand below its key."""
    return _matched(cut_mapping(text), fact.value) if fact else _NO_MAPPING


def _matched(cut: Cut, value: Any) -> _Mapping:
    """The keys as they were cut, with the values as they were read. Raises IrregularError if they differ."""
    if not isinstance(value, dict) or [*value] != [block.key for block in cut.blocks]:
        raise IrregularError
    return _Mapping({block.key: Fact(block, value[block.key]) for block in cut.blocks}, cut.tail)


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
