"""Differences as text: between two states of a file, and between two wordings of some tasks."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from yzplan.model import Task
from yzplan.store.source import visible

NEAR = 3
"""How many lines are shown on both sides of a change."""
CLOSE = 6
"""How many characters are shown on both sides of a change within a line."""

Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
"""As difflib has them: what happened, from where to where in the old, and in the new."""


def file_difference(path: str, old: str, new: str) -> str:
    """A unified diff of a file, with nothing in it that a terminal obeys; empty if nothing differs.

    An end of line unlike those of the new text is shown, as ␍ or ␊.
    """
    is_crlf = new.endswith("\r\n")
    before, after = _lines(old, is_crlf=is_crlf), _lines(new, is_crlf=is_crlf)
    lines = [f"--- {path}", f"+++ {path}"]
    for group in Piecewise(before, after).get_grouped_opcodes(NEAR):
        (_, i, _, j, _), (_, _, i_end, _, j_end) = group[0], group[-1]
        lines.append(f"@@ -{_range(i, i_end)} +{_range(j, j_end)} @@")
        for tag, old_start, old_end, new_start, new_end in group:
            is_equal = tag == "equal"
            lines += (f"{' ' if is_equal else '-'}{line}" for line in before[old_start:old_end])
            lines += () if is_equal else (f"+{line}" for line in after[new_start:new_end])
    return "".join(f"{visible(line)}\n" for line in lines) if len(lines) > 2 else ""


def _lines(text: str, *, is_crlf: bool) -> list[str]:
    marked = re.sub("(?<!\r)\n", "␊\n", text) if is_crlf else text.replace("\r\n", "␍\n")
    *lines, rest = marked.replace("\r\n", "\n").split("\n")
    return [*lines, f"{rest}（此处没有换行）"] if rest else lines


def _range(start: int, end: int) -> str:
    """Lines as a hunk's heading has them; none are said to stand behind the line before."""
    return f"{start + 1 if end > start else start},{end - start}"


class Piecewise(difflib.SequenceMatcher[str]):
    """difflib's comparison, made piece by piece between the lines that both sides have just once.

    Of a year's ledger, with its many equal lines, the whole at once would take minutes.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self._old, self._new = old, new

    def get_opcodes(self) -> list[Opcode]:
        """The opcodes of both texts as a whole."""
        found: list[Opcode] = []
        for each in self._pieces():
            if found and found[-1][0] == each[0] == "equal":
                _, i, _, j, _ = found.pop()
                each = ("equal", i, each[2], j, each[4])
            found.append(each)
        return found

    def _pieces(self) -> Iterator[Opcode]:
        i = j = 0
        for i_end, j_end in [*self._anchors(), (len(self._old), len(self._new))]:
            piece = difflib.SequenceMatcher(None, self._old[i:i_end], self._new[j:j_end])
            for tag, *(i_from, i_to, j_from, j_to) in piece.get_opcodes():
                yield tag, i + i_from, i + i_to, j + j_from, j + j_to
            if i_end < len(self._old):
                yield "equal", i_end, i_end + 1, j_end, j_end + 1
            i, j = i_end + 1, j_end + 1

    def _anchors(self) -> Iterator[tuple[int, int]]:
        """Where the lines stand that both sides have once, in the order of both."""
        counts, places = Counter(self._old), Counter(self._new)
        where = {line: j for j, line in enumerate(self._new) if places[line] == counts[line] == 1}
        last = -1
        for i, line in enumerate(self._old):
            if where.get(line, -1) > last:
                last = where[line]
                yield i, last


def wording_difference(old: Sequence[Task] | None, new: Sequence[Task]) -> str:
    """What became of the deadlines and texts of some tasks: lines that went and came, and where they differ.

    Without an old state the new one is shown as it is.
    """
    before = {} if old is None else dict(_facts(old))
    after = dict(_facts(new))
    lines = []
    for name in dict.fromkeys([*before, *after]):
        was, is_now = before.get(name), after.get(name)
        if was == is_now:
            continue
        lines += [] if was is None else [f"-{name}：{was}"]
        lines += [] if is_now is None else [f"{' ' if old is None else '+'}{name}：{is_now}"]
        if was and is_now and len(was) > 3 * CLOSE:
            lines += (f"  {change}" for change in changes_within(was, is_now))
    return "".join(f"{visible(line)}\n" for line in lines)


def _facts(tasks: Iterable[Task]) -> Iterator[tuple[str, str]]:
    for task in tasks:
        yield f"第 {task.id} 项时限", str(task.deadline)
        yield f"第 {task.id} 项原文", task.text


def changes_within(old: str, new: str) -> Iterator[str]:
    """Each change within a text, with some characters around it: `“…”改为“…”`."""
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CLOSE):
        (_, i, _, j, _), (_, _, i_end, _, j_end) = group[0], group[-1]
        yield f"“{old[i:i_end]}”改为“{new[j:j_end]}”"
