"""The one layout of the data files: what a file says, and its comments, as lines.

Keys stand in the order of the nouns; a blank line parts the sections and the indicators; a comment
stays above or behind what it stood at, with the blank lines beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from yzplan.store.comments import Comment, Path
from yzplan.store.emit import braced, field, scalar
from yzplan.store.layout import LEDGERS, ON_ONE_LINE, IndicatorEntry, PlanFile
from yzplan.store.shape import keys_of, noun_at


def canonical_lines(value: Any, root: type, comments: Iterable[Comment] = ()) -> list[str]:
    """The lines of a file that holds the noun `root`: its value, which has that shape, and its comments."""
    writer = _Writer(value, root)
    for comment in comments:
        writer.place(comment)
    writer.mapping((), value, 0)
    return writer.lines


def task_lines(value: Any) -> list[str]:
    """The lines of one task of tasks.yaml, which has that shape, as they stand in the file."""
    writer = _Writer(value, PlanFile)
    writer.mapping(("indicators", 0, "tasks", 0), value, 4, "- ")
    return writer.lines


class _Writer:
    def __init__(self, value: Any, root: type) -> None:
        self.lines: list[str] = []
        self._value = value
        self._root = root
        self._beside: dict[Path, list[Comment]] = defaultdict(list)  # above or behind the line of a path
        self._ends: dict[Path, list[Comment]] = defaultdict(list)
        self._is_before_blank = False

    def place(self, comment: Comment) -> None:
        """Give a comment its place: where what it stands at comes to stand."""
        path: Path = ()
        value = self._value
        for step in comment.path:
            if not self._has_lines(path, value):
                # It stands within what comes to stand on one line.
                self._beside[path].append(Comment(comment.start, comment.text, "above", path))
                return
            path, value = (*path, step), value[step]
        if comment.at in ("end", "bracket") and self._has_lines(path, value):
            self._ends[path].append(comment)
        else:
            is_behind = comment.at in ("behind", "bracket")
            self._beside[path].append(comment._replace(at="behind" if is_behind else "above"))

    def _has_lines(self, path: Path, value: Any) -> bool:
        """Whether the parts of a value have their own lines: those of lists of nouns, and of larger nouns."""
        noun = noun_at(path, self._root)
        if not value:
            return False
        if not noun:
            # A section of words by words, as `authors`.
            return len(path) == 1 and isinstance(value, dict)
        return isinstance(value, list) or (isinstance(value, dict) and noun not in ON_ONE_LINE)

    def mapping(
        self, path: Path, value: dict[str, Any], column: int, dash: str = "", *, is_section: bool = False
    ) -> None:
        """The lines of a noun whose keys stand `column` characters in, the first one behind the `dash`.

        A blank line parts a section from what stands above it.
        """
        # What stands beside an item has its first key's line, and beside the whole file its first line.
        comments = [each._replace(at="above") for each in self._beside.get(path, ()) if dash or not path]
        for key, part in self._in_order(path, value):
            here = (*path, key)
            comments += self._beside.get(here, ())
            has_lines = self._has_lines(here, part)
            text = f"{key}:" if has_lines else self._field(here, part)
            self._line(comments, column - len(dash), dash + text, is_section=is_section)
            if has_lines and isinstance(part, dict):
                self.mapping(here, part, column + 2)
            elif has_lines:
                self._list(here, part, column)
            comments, dash, is_section = [], "", not path
        self._end(path, column)

    def _list(self, path: Path, items: Sequence[Any], column: int) -> None:
        """The lines of a list of nouns whose dashes stand `column` characters in."""
        parts_sections = noun_at(path, self._root) is IndicatorEntry
        for k, item in enumerate(items):
            here = (*path, k)
            is_section = parts_sections and k > 0
            if self._has_lines(here, item):
                self.mapping(here, item, column + 2, "- ", is_section=is_section)
            else:
                text = f"- {braced(self._in_order(here, item))}"
                self._line(self._beside.get(here, []), column, text, is_section=is_section)
        self._end(path, column)

    def _in_order(self, path: Path, value: dict[str, Any]) -> list[tuple[str, Any]]:
        """The keys and values of the noun at a path, as they are to stand."""
        noun = noun_at(path, self._root)
        return [(key, value[key]) for key in order_of(noun) if key in value] if noun else [*value.items()]

    def _field(self, path: Path, value: Any) -> str:
        """A key and its value, on one line."""
        key = scalar(path[-1])
        if isinstance(value, dict) and noun_at(path, self._root):
            return f"{key}: {braced(self._in_order(path, value))}"
        return field(key, value)

    def _line(self, comments: Sequence[Comment], column: int, text: str, *, is_section: bool) -> None:
        """A line with its comments: the last one behind it, if it stood there; the others above."""
        above = sorted(comments)
        behind = f"  {above.pop().text}" if above and above[-1].at == "behind" else ""
        if is_section and not any(each.is_after_blank or each.is_before_blank for each in above):
            self._blank()
        self._comments(above, column)
        self._put(column, text + behind)

    def _end(self, path: Path, column: int) -> None:
        self._comments(self._ends.get(path, ()), column)

    def _comments(self, comments: Iterable[Comment], column: int) -> None:
        for comment in comments:
            if comment.is_after_blank:
                self._blank()
            self._put(column, comment.text)
            self._is_before_blank = comment.is_before_blank

    def _put(self, column: int, text: str) -> None:
        if self._is_before_blank:
            self._blank()
            self._is_before_blank = False
        self.lines.append(" " * column + text)

    def _blank(self) -> None:
        """A blank line, unless there is one or nothing above it."""
        if self.lines and self.lines[-1]:
            self.lines.append("")


@cache
def order_of(noun: type) -> Sequence[str]:
    """The keys of a noun in the order in which they stand: the ledgers of a task last."""
    keys = keys_of(noun)
    return [key for key in keys if key not in LEDGERS] + [key for key in keys if key in LEDGERS]
