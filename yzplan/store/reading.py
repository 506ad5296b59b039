"""Strict reading: bytes to plain values, with the place of every one of them.

One pass over the events of the parser. YAML's conveniences that let two readers see two things
(anchors, tags, `<<`, `yes`, `010`, duplicate keys, invisible characters …) are refused by place.
What is refused is collected, so that one run shows them all.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn

import yaml

from yzplan.errors import Diagnostic
from yzplan.store import syntax
from yzplan.store.source import HIDDEN, MAX_TEXT, REFUSED_CHARACTER, Place, Source, hidden_character, name_of
from yzplan.store.syntax import MAX_PROBLEMS, Explainer

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser: libyaml's where it is built in, else the pure one. Tests run both."""

MAX_EVENTS = 700_000
"""A year of 20,000 records has half of that; more would take too long to judge."""
MAX_KEYS = 1000
MAX_DEPTH = 20
MAX_DIGITS = 18
TOLD_APART = "\0"
"""What parts a refused key from its index, by which it is told apart from the others."""

_MARKERS = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
# All that some YAML reader takes for a number (YAML 1.1 and 1.2), beyond the two above.
_NUMBER_LIKE = re.compile(
    r"[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|([0-9][0-9_]*)?\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.(inf|Inf|INF))|\.(nan|NaN|NAN)"
)
_NUMBER_STARTS = frozenset("-+.0123456789")
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False}
_BOOLEAN_LIKE = frozenset(
    word for base in ("yes", "no", "on", "off", "y", "n") for word in (base, base.capitalize(), base.upper())
) | {"True", "TRUE", "False", "FALSE"}


def needs_quotes(text: str) -> bool:
    """Whether a plain scalar of this text would be read, by some reader, as something else."""
    return (
        text in _CONSTANTS
        or text in _BOOLEAN_LIKE
        or text == "<<"
        or _NUMBER_LIKE.fullmatch(text) is not None
    )


Steps = Sequence[str | int]
"""A way into a value: keys and list positions."""


class Document:
    """The plain value of a file and where each part of it stands. `value` is None if unreadable."""

    def __init__(
        self, source: Source, value: Any, places: dict[int, Any], problems: list[Diagnostic]
    ) -> None:
        self.source = source
        self.value = value
        self.problems = problems
        self._places = places

    def index(self, path: Steps, *, of_key: bool = False) -> int:
        """The index of the first character of the value at `path` (of its key, with `of_key`).

        A path that leads nowhere gives the place of the last part of it that exists.
        """
        container, found = self.value, 0
        for step in path:
            places = self._places.get(id(container))
            if places is None:
                break
            try:
                place = places[step]
                container = container[step]
            except (KeyError, IndexError, TypeError):
                break
            found = place if isinstance(place, int) else place[0 if of_key else 1]
        return found

    def place(self, path: Steps) -> Place:
        """The place of the value at `path`."""
        return self.source.place(self.index(path))

    def diagnostic(
        self, path: Steps, rule: Explainer, *arguments: object, of_key: bool = False
    ) -> Diagnostic:
        """What `rule` says, at the value (or key) at `path`."""
        return self.source.diagnostic(self.index(path, of_key=of_key), rule, *arguments)


def read(source: Source) -> Document:
    """The value of a data file and its places; what may not stand in it is in `problems`."""
    reader = _Reader(source)
    value = None
    with suppress(_StopError):
        value = reader.read()
    return Document(source, value, reader.places, reader.problems)


class Refused(str):
    """A text that was refused and noted: nothing more is to be said of what stands there.

    As a key it is `name␀index`, with the name of the key that it repeats or else no name.
    """

    __slots__ = ()


class _StopError(Exception):
    """Nothing more is to be read; why has been noted."""


_MISSING = object()


class _Reader:
    """The loop over parser events, iterative and in one piece, since a year's table has half a million.

    On the stack lie (container, its places, its open key with its place, where it starts).
    """

    def __init__(self, source: Source) -> None:
        self.problems: list[Diagnostic] = []
        self.places: dict[int, Any] = {}
        self._source = source
        self._text = source.text

    def read(self) -> Any:
        """The value. Raises _StopError where not all of the file was read; why has been noted."""
        self._refuse_conflicts()
        if HIDDEN.search(self._text):
            self._text = HIDDEN.sub(self._hidden, self._text)
        if "%" in self._text:
            self._text = _DIRECTIVE.sub(self._directive, self._text)
        try:
            return self._parse()
        except yaml.MarkedYAMLError as error:
            self._stop_at(error)
        except yaml.YAMLError:
            self.stop(0, syntax.y008_syntax, "有不允许的字符")

    def _parse(self) -> Any:
        loader = Loader(self._text)
        try:
            return self._events(loader.get_event)
        except (ValueError, OverflowError) as error:
            # The pure parser, of an escape such as "\UFFFFFFFF".
            raise yaml.MarkedYAMLError(problem=_BAD_ESCAPE, problem_mark=loader.get_mark()) from error
        finally:
            loader.dispose()

    def refuse(self, index: int, rule: Explainer, *arguments: object) -> None:
        """Note what `rule` says of a character. After a thousand times nobody would read more."""
        if len(self.problems) == MAX_PROBLEMS:
            self.stop(index, syntax.y019_too_many_problems)
        self.problems.append(self._source.diagnostic(index, rule, *arguments))

    def stop(self, index: int, rule: Explainer, *arguments: object) -> NoReturn:
        """Note what `rule` says of a character, and read no further."""
        self.problems.append(self._source.diagnostic(index, rule, *arguments))
        raise _StopError

    def _stop_at(self, error: yaml.MarkedYAMLError) -> NoReturn:
        mark = error.problem_mark or error.context_mark
        # A mark may lie behind the end, where libyaml counts differently.
        index = min(int(mark.index), len(self._text)) if mark else 0
        if "nesting depth" in (error.problem or ""):
            # libyaml's own limit, far above ours; it looks ahead, so that ours may not come to pass.
            self.stop(index, syntax.y017_too_deep)
        problem = _in_chinese(error.problem or "", self._text[index : index + 1])
        if error.context_mark and _UNCLOSED in problem:
            # Where the file or the document ends says little; the quote stands where it was opened.
            index = error.context_mark.index
        self.stop(index, syntax.y008_syntax, problem)

    def _refuse_conflicts(self) -> None:
        for found in _MARKERS.finditer(self._text):
            if found[0] != "=" * 7 or self.problems:
                self.refuse(found.start(), syntax.y006_conflict_marker, found[0])
        if self.problems:
            raise _StopError

    # A refused character is replaced by a harmless one of the same length, so that the rest can
    # still be read and its places stay right.

    def _hidden(self, found: re.Match[str]) -> str:
        self.refuse(found.start(), syntax.y005_hidden_character, name_of(found[0]))
        return REFUSED_CHARACTER

    def _directive(self, found: re.Match[str]) -> str:
        self.refuse(found.start(), syntax.y007_directive)
        return "#"

    def _events(self, get_event: Any) -> Any:
        scalar = yaml.ScalarEvent
        sequence_start, sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        mapping_start, mapping_end = yaml.MappingStartEvent, yaml.MappingEndEvent
        places = self.places
        stack: list[tuple[Any, Any, Any, int]] = []
        container: Any = None  # the dict or list being filled
        marks: Any = None  # its places
        key: Any = _MISSING  # the open key of a dict
        key_index = 0
        root: Any = None
        documents = 0
        count = 0
        while True:
            event = get_event()
            count += 1
            kind = type(event)
            if kind is scalar:
                index = event.start_mark.index
                value: Any = self._scalar(event, as_key=container.__class__ is dict and key is _MISSING)
            elif kind is mapping_end or kind is sequence_end:
                value = container
                places[id(container)] = marks
                container, marks, key, index = stack.pop()
                if container.__class__ is dict:
                    key, key_index = key
            elif kind is mapping_start or kind is sequence_start:
                if event.anchor is not None or event.tag is not None:
                    self._decorated(event)
                if len(stack) >= MAX_DEPTH:
                    self.stop(event.start_mark.index, syntax.y017_too_deep)
                saved = (key, key_index) if container.__class__ is dict else key
                stack.append((container, marks, saved, event.start_mark.index))
                container, marks, key = ({}, {}, _MISSING) if kind is mapping_start else ([], [], _MISSING)
                continue
            elif kind is yaml.StreamEndEvent:
                break
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.stop(event.start_mark.index, syntax.y009_second_document)
                continue
            elif kind is yaml.AliasEvent:
                index = event.start_mark.index
                self.refuse(index, syntax.y010_anchor)
                value = Refused(f"*{event.anchor}")
            else:
                continue
            if count > MAX_EVENTS:
                self.stop(index, syntax.y018_too_many, f"超过 {MAX_EVENTS:,} 个元素")
            # `value`, which starts at `index`, is complete: hand it to what holds it.
            if container.__class__ is dict:
                if key is _MISSING:
                    key, key_index = self._key(value, index, marks), index
                else:
                    container[key] = value
                    marks[key] = (key_index, index)
                    key = _MISSING
            elif container.__class__ is list:
                container.append(value)
                marks.append(index)
            else:
                root = value
        if documents == 0 or root is None:
            self.refuse(0, syntax.y004_empty)
        return root

    def _scalar(self, event: Any, *, as_key: bool) -> Any:
        """The value of a scalar."""
        value = event.value
        if len(value) > MAX_TEXT:
            self.refuse(event.start_mark.index, syntax.y018_too_many, f"一处文字超过 {MAX_TEXT:,} 字")
            return Refused()
        if not event.style and event.tag is None:
            if value in _CONSTANTS or value in _BOOLEAN_LIKE or value[0] in _NUMBER_STARTS:
                value = self._plain(value, event.start_mark.index, as_key=as_key)
        elif event.style == '"' and HIDDEN.search(value):
            self.refuse(event.start_mark.index, syntax.y005_hidden_character, hidden_character(value))
            value = Refused(value)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event)
            value = value if event.tag is None else Refused(event.value)
        return value

    def _plain(self, value: str, index: int, *, as_key: bool) -> Any:
        """What a plain scalar means, where it could mean something other than text."""
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if value in _BOOLEAN_LIKE:
            if as_key:
                return _NotText(value)
            self.refuse(index, syntax.y015_yes_no, value)
            return Refused(value)
        if _INTEGER.fullmatch(value):
            # A file of digits only must not cost quadratic time, and no quantity has that many.
            if len(value) <= MAX_DIGITS:
                return int(value)
        elif _DECIMAL.fullmatch(value):
            if len(value) <= MAX_DIGITS:
                return float(value)
        elif not _NUMBER_LIKE.fullmatch(value):
            return value
        self.refuse(index, syntax.y016_number, value)
        return Refused(value)

    def _key(self, value: Any, index: int, marks: dict[str, tuple[int, int]]) -> str:
        """The key, refused unless it is text and new here; a repeated one is told apart, to lose nothing."""
        if len(marks) == MAX_KEYS:
            self.stop(index, syntax.y018_too_many, f"一处有超过 {MAX_KEYS:,} 个键")
        if not isinstance(value, str):
            shown = value.text if isinstance(value, _NotText) else _shown(value)
            self.refuse(index, syntax.y013_key_not_text, shown)
            return Refused(f"{TOLD_APART}{index}")
        if isinstance(value, Refused):
            return Refused(f"{TOLD_APART}{index}")
        if value == "<<":
            self.refuse(index, syntax.y012_merge_key)
            return Refused(f"{TOLD_APART}{index}")
        if value in marks:
            self.refuse(index, syntax.y014_duplicate_key, value, self._source.place(marks[value][0]).line)
            return Refused(f"{value}{TOLD_APART}{index}")
        return value

    def _decorated(self, event: Any) -> None:
        index = event.start_mark.index
        if event.anchor is not None:
            self.refuse(index, syntax.y010_anchor)
        if event.tag is not None:
            self.refuse(index, syntax.y011_tag, event.tag)


class _NotText(NamedTuple):
    """A key such as `no`, which YAML 1.1 reads as a truth value."""

    text: str


def _shown(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, dict | list):
        return "列表或映射"
    return str(value).lower() if isinstance(value, bool) else str(value)


_BAD_ESCAPE = "found invalid Unicode character escape code"
_MISFIT = "这里与前文接不上"
_UNCLOSED = "引号没有闭合"
_PROBLEMS: Sequence[tuple[str, str]] = (
    # A part of what libyaml or the pure parser says, and what it means; the two put it differently.
    ("mapping values are not allowed", "这里不能有“: ”（文字里有冒号加空格的，须加引号）"),
    ("mapping keys are not allowed", "这里不能有“? ”"),
    ("sequence entries are not allowed", "这里不能另起“- ”列表项"),
    ("could not find expected ':'", "缺少冒号"),
    ("found a tab character", "不能用制表符（Tab）缩进"),
    ("that cannot start any token", "文字不能以“{}”开头，须加引号"),
    ("did not find expected key", _MISFIT),
    ("did not find expected '-' indicator", _MISFIT),
    ("expected <block end>", _MISFIT),
    ("unexpected end of stream", f"从这里起的{_UNCLOSED}，直到文件结束"),
    ("unexpected document", f"从这里起的{_UNCLOSED}，文档就断开了"),
    ("expected ',' or", "方括号或花括号里少了逗号，或没有闭合"),
    ("node content", "这里少了内容"),
    ("<document start>", "文档已结束，后面还有内容"),
    ("unknown escape character", "双引号里有不认识的转义"),
    (_BAD_ESCAPE, "双引号里有不认识的转义"),
    ("hexdecimal number", "双引号里的转义不完整"),
    ("escape sequence of", "双引号里的转义不完整"),
    ("alphabetic or numeric", "“&”“*”不能这样用（文字须加引号）"),
    ("indentation indicator", "“|”“>”之后须直接换行"),
    ("comment or line break", "“|”“>”之后须直接换行"),
    ("comment or a line break", "“|”“>”之后须直接换行"),
    ("tag handle", "“!”不能这样用（文字须加引号）"),
    ("URI", "“!”不能这样用（文字须加引号）"),
    ("expected ' '", "“!”不能这样用（文字须加引号）"),
    ("expected whitespace", "“!”不能这样用（文字须加引号）"),
)


def _in_chinese(problem: str, character: str) -> str:
    """The parser's own words as Chinese where they are known, else as they are; `character` is at fault."""
    if "cannot start any token" in problem and character == "\t":
        problem = "found a tab character"
    found = next((chinese for english, chinese in _PROBLEMS if english in problem), problem or "无法解析")
    return found.replace("{}", character)
