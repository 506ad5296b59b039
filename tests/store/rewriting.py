"""The same facts written as hands may write them, at random, with comments wherever one may stand."""

import json
import random
import re
from typing import Any

from yzplan.store.emit import scalar

_WORDS = re.compile("[\u4e00-\u9fff，。；]+( [\u4e00-\u9fff，。；]+)+")


class Rewriter:
    """Somebody who writes down a value, in a way of his own on each line; one number decides all of it.

    `text` is what came of it, `remarks` are its comments. Keys stand in any order if it `shuffles`.
    """

    def __init__(self, seed: int, value: Any, *, remarking: bool = True, shuffling: bool = True) -> None:
        self.chance = random.Random(seed)
        self.remarks: list[str] = []
        self._is_remarking = remarking
        self._is_shuffling = shuffling
        self._parts: list[str] = []
        self._bound: int | None = None
        """Below a text in lines: how deep a comment may stand, or it would be a part of the text."""
        self._pause(0)
        if self._rarely():
            self._write("---", self._tail())
        if self._rarely():
            self._pause(0)
            self._write(self._flow(value, 0), self._tail())
        else:
            self._mapping(value, self.chance.choice([0, 0, 0, 2]))
        self._pause(0)
        self.text = "".join(self._parts)
        if self._rarely():
            self.text = self.text.rstrip("\n")
        if self._rarely():
            self.text = self.text.replace("\n", "\r\n")

    def _rarely(self) -> bool:
        return self.chance.random() < 0.15

    def _write(self, *parts: str) -> None:
        self._parts += parts
        self._bound = None

    def _spaces(self, *least_and_most: int) -> str:
        return " " * self.chance.randint(*least_and_most)

    def _remark(self) -> str:
        what = self.chance.choice(
            ["", "：说明", ": a", " - b", "#", " {", " “", ' "', "\t制表", "  空格", " 😀"]
        )
        self.remarks.append(f"{self.chance.choice(['# ', '#'])}注{len(self.remarks)}{what}")
        return self.remarks[-1] + self.chance.choice(["", "", "  "])

    def _tail(self) -> str:
        """The end of a line, perhaps with a comment."""
        if self._is_remarking and self._rarely():
            return f"{self._spaces(1, 2)}{self._remark()}\n"
        return self.chance.choice(["\n", "\n", " \n"])

    def _pause(self, column: int) -> None:
        """Perhaps blank lines, and comments in any column."""
        while self._rarely():
            bound = column + 3 if self._bound is None else self._bound
            if self._is_remarking and self.chance.random() < 0.7:
                depth = min(bound, self.chance.choice([column, self.chance.randint(0, column + 3)]))
                self._parts.append(f"{' ' * depth}{self._remark()}\n")
            else:
                self._parts.append("\n")

    def _items(self, value: dict[str, Any]) -> list[tuple[str, Any]]:
        items = [*value.items()]
        # What was measured stays in the order in which it was said.
        if self._is_shuffling and self._rarely() and all(key.isascii() and key.islower() for key in value):
            self.chance.shuffle(items)
        return items

    # In blocks

    def _mapping(self, value: dict[str, Any], column: int, *, is_inline: bool = False) -> None:
        """Lines from the present one on; the present place is the start of a line, or `column`."""
        for key, part in self._items(value):
            if not is_inline:
                self._pause(column)
                self._write(" " * column)
            is_inline = False
            written = self._quoted(key)
            if self._rarely():
                self._write("? ", written, self._tail(), " " * column, ":")
            else:
                self._write(written, self.chance.choice(["", "", " "]), ":")
            self._value(part, column)

    def _value(self, value: Any, column: int) -> None:
        """What stands behind a colon or a dash, to the end of the line; it may go on below `column`."""
        if isinstance(value, dict | list) and value and self.chance.random() < 0.6:
            self._write(self._tail())
            if isinstance(value, dict):
                self._mapping(value, column + self.chance.randint(1, 4))
            else:
                self._sequence(value, column + self.chance.choice([0, 0, 2, 3]))
        elif isinstance(value, str) and self._rarely():
            self._text_in_lines(value, column)
        elif value is None and self._rarely():
            self._write(self._tail())
        else:
            if self._rarely():
                self._write(self._tail())
                self._pause(column + 1)
                self._write(" " * column)
            self._write(self._spaces(1, 3), self._flow(value, column), self._tail())

    def _text_in_lines(self, text: str, column: int) -> None:
        deeper = " " * column + self._spaces(1, 4)
        style = self.chance.choice([" |-", " >-", " '", ' "', " "])
        broken = text.replace(" ", f"\n{deeper}", 1) if _WORDS.fullmatch(text) else text
        if style in (" |-", " >-"):
            lines = broken if style == " >-" else text
            self._write(style, self._tail(), deeper, lines, "\n", self.chance.choice(["", "", "\n\n"]))
            self._bound = column
        elif style == " " and broken == text:
            self._write(" ", self._quoted(text), self._tail())
        elif style == ' "':
            at = self.chance.randint(0, len(text))
            halves = [json.dumps(half, ensure_ascii=False)[1:-1] for half in (text[:at], text[at:])]
            # A space at the beginning of a line would be lost.
            second = f"\\{halves[1]}" if halves[1].startswith((" ", "\t")) else halves[1]
            self._write(style, halves[0], f"\\\n{deeper}", second, '"', self._tail())
        else:
            quote = style.strip()
            self._write(style, broken.replace("'", "''") if quote else broken, quote, self._tail())

    def _sequence(self, items: list[Any], column: int) -> None:
        for item in items:
            self._pause(column)
            self._write(" " * column, "-")
            if isinstance(item, dict) and item and self.chance.random() < 0.7:
                if self._rarely():
                    self._write(self._tail())
                    self._mapping(item, column + self.chance.randint(1, 4))
                else:
                    space = self._spaces(1, 3)
                    self._write(space)
                    self._mapping(item, column + 1 + len(space), is_inline=True)
            else:
                self._value(item, column)

    # In brackets

    def _flow(self, value: Any, column: int) -> str:
        """A value without blocks; its lines are deeper than `column`."""
        if isinstance(value, str):
            return self._quoted(value)
        if isinstance(value, list):
            if len(value) == 1 and isinstance(value[0], dict) and len(value[0]) == 1 and self._rarely():
                ((key, part),) = value[0].items()
                return f"[{self._quoted(key)}: {self._flow(part, column)}]"
            return self._bracketed(
                "[]", [lambda item=item: self._flow(item, column) for item in value], column
            )
        if isinstance(value, dict):
            return self._bracketed(
                "{}", [lambda k=k, v=v: self._pair(k, v, column) for k, v in self._items(value)], column
            )
        return self.chance.choice(["null", "~"]) if value is None else scalar(value)

    def _pair(self, key: str, value: Any, column: int) -> str:
        written = self._quoted(key)
        between = ":" if written[0] == '"' and self._rarely() else f":{self._break(column)} "
        return f"{written}{between}{self._flow(value, column)}"

    def _bracketed(self, brackets: str, parts: list[Any], column: int) -> str:
        text = brackets[0] + self._break(column)
        for k, part in enumerate(parts):
            text += part() + self._break(column)
            if k < len(parts) - 1 or self._rarely():
                text += "," + self.chance.choice(["", " "]) + self._break(column)
        return text + brackets[1]

    def _break(self, column: int) -> str:
        """Perhaps the end of a line in brackets, with comments."""
        if self.chance.random() > 0.07:
            return ""
        text = self._tail()
        while self._rarely():
            text += f"{self._spaces(0, column + 4)}{self._remark()}\n" if self._is_remarking else "\n"
        return text + " " * column + self._spaces(1, 4)

    def _quoted(self, text: str) -> str:
        """A text on one line."""
        style = self.chance.choice(["ours", "ours", "single", "double", "escaped"])
        if style == "ours":
            return scalar(text)
        if style == "single":
            return "'" + text.replace("'", "''") + "'"
        # Beyond U+FFFF json escapes in halves, which YAML does not know.
        is_escaped = style == "escaped" and all(ord(character) <= 0xFFFF for character in text)
        return json.dumps(text, ensure_ascii=is_escaped)
