"""Strict reading (DESIGN §6): what may not stand in a data file, told by place, by either parser.

Each case is a file's text and all that is said of it, word for word.
"""

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from chance import many
from hypothesis import example, given
from hypothesis import strategies as st
from tiny import TASKS, UNITS, rendered

from yzplan.errors import DataError, code_of
from yzplan.store import reading, source, syntax
from yzplan.store.loading import load
from yzplan.store.reading import Document, read
from yzplan.store.source import decode_source, hidden_character, read_file
from yzplan.store.validating import judge

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]


def value_of(text: str) -> Any:
    document = read(decode_source(text.encode(), "t.yaml"))
    assert rendered(document.problems) == ""
    return document.value


def said_of(content: str | bytes) -> str:
    try:
        document = read(decode_source(content.encode() if isinstance(content, str) else content, "t.yaml"))
    except DataError as error:
        return rendered(error.diagnostics)
    return rendered(sorted(document.problems))


def said_of_file(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_file(path, "data/tasks.yaml")
    return rendered(caught.value.diagnostics)


# --- what values mean


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022-07", "2022-07"),
        ("2022-07-31", "2022-07-31"),
        ("80", 80),
        ("-3", -3),
        ("0", 0),
        ("0.5", 0.5),
        ("-0.25", -0.25),
        ("2022.10", 2022.1),
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("'80'", "80"),
        ("'no'", "no"),
        ('"010"', "010"),
        ("80%", "80%"),
        ("１２", "１２"),
        ("1-7", "1-7"),
        ("1.2.3", "1.2.3"),
        ("2022-07-31 08:00", "2022-07-31 08:00"),
        ("永政办函〔2022〕18号", "永政办函〔2022〕18号"),
        ("=", "="),
        ("nothing", "nothing"),
        ("[]", []),
        ("{b: [1, x]}", {"b": [1, "x"]}),
    ],
)
@pytest.mark.usefixtures("yaml_loader")
def test_a_value_means_what_it_looks_like(written: str, meant: Any) -> None:
    value = value_of(f"a: {written}\n")["a"]
    assert (value, type(value)) == (meant, type(meant))


@pytest.mark.usefixtures("yaml_loader")
def test_only_text_is_a_key_and_quotes_make_it_so() -> None:
    assert value_of("'no': 1\n'2022': 2\n办理时限: 3\n") == {"no": 1, "2022": 2, "办理时限": 3}


# --- what is refused


def y005(place: str, name: str) -> str:
    return f"t.yaml:{place}: Y005 含有看不见的字符 {name}\n  提示：删去该字符\n"


def y008(place: str, problem: str) -> str:
    return (
        f"t.yaml:{place}: Y008 不合 YAML 语法：{problem}\n  提示：检查此处及上一行的缩进、“- ”、引号和冒号\n"
    )


def y013(place: str, key: str) -> str:
    return f"t.yaml:{place}: Y013 键“{key}”不是文字\n  提示：改正键名，或给它加引号\n"


def y015(place: str, word: str) -> str:
    return (
        f"t.yaml:{place}: Y015 “{word}”会被读成真假值\n  提示：文字请写作 '{word}'；真假请写 true 或 false\n"
    )


def y016(place: str, number: str) -> str:
    hint = f"数字写作 10、1000、0.5 这样；文字请写作 '{number}'"
    return f"t.yaml:{place}: Y016 “{number}”作数字有歧义\n  提示：{hint}\n"


EMPTY = "t.yaml:1:1: Y004 文件没有内容\n  提示：用 git checkout 或备份恢复该文件\n"
ANCHOR = "Y010 用了 YAML 锚点或引用\n  提示：把内容直接写出；若是文字，请加引号\n"
DIRECTIVE = "Y007 以“%”开头的行是 YAML 指令，不能使用\n  提示：删去该行；若是文字，请加引号，且不写在行首\n"
CONFLICT_HINT = "\n  提示：先解决冲突，再删去 <<<<<<<、=======、>>>>>>> 各行\n"
NOT_UTF8_HINT = "\n  提示：用编辑器打开，另存为 UTF-8\n"

REFUSED = {
    # Y003
    "GBK": (
        "a: 1\nb: 市税务局\n".encode("gbk"),
        f"t.yaml:2:4: Y003 文件不是 UTF-8 编码（疑为 GBK）{NOT_UTF8_HINT}",
    ),
    "UTF-16 as Windows saves it": (
        "a: 税务\n".encode("utf-16"),
        f"t.yaml:1:1: Y003 文件不是 UTF-8 编码（疑为 UTF-16）{NOT_UTF8_HINT}",
    ),
    "UTF-16 without a BOM": (
        "a: 中国\n".encode("utf-16-be"),
        f"t.yaml:1:1: Y003 文件不是 UTF-8 编码（疑为 UTF-16）{NOT_UTF8_HINT}",
    ),
    "a character cut in two, behind a BOM": (
        b"\xef\xbb\xbfa: \xe7\xa8\n",
        f"t.yaml:1:4: Y003 文件不是 UTF-8 编码（疑为 GBK）{NOT_UTF8_HINT}",
    ),
    # Y004
    "an empty file": ("", EMPTY),
    "spaces only": ("\n  \n", EMPTY),
    "a comment only": ("# 台账\n", EMPTY),
    "a BOM only": ("\ufeff", EMPTY),
    "null": ("null\n", EMPTY),
    # Y005
    "a control character": ("a: x\x01y\n", y005("1:5", "U+0001")),
    "ESC": ("a: \x1b[31m红\n", y005("1:4", "U+001B")),
    "NUL": ("a: x\0\n", y005("1:5", "U+0000")),
    "DEL": ("a: x\x7f\n", y005("1:5", "U+007F")),
    "NEL": ("a: x\x85y\n", y005("1:5", "U+0085")),
    "a lone CR": ("a: x\ry\n", y005("1:5", "U+000D")),
    "a right-to-left override": ("a: x\u202ey\n", y005("1:5", "U+202E RIGHT-TO-LEFT OVERRIDE")),
    "a bidi isolate": ("a: x\u2066y\n", y005("1:5", "U+2066 LEFT-TO-RIGHT ISOLATE")),
    "a zero-width space": ("a: x\u200by\n", y005("1:5", "U+200B ZERO WIDTH SPACE")),
    "a soft hyphen": ("a: x\xady\n", y005("1:5", "U+00AD SOFT HYPHEN")),
    "a line separator": ("a: x\u2028y\n", y005("1:5", "U+2028 LINE SEPARATOR")),
    "a paragraph separator": ("a: x\u2029y\n", y005("1:5", "U+2029 PARAGRAPH SEPARATOR")),
    "a BOM inside": ("a: x\ufeffy\n", y005("1:5", "U+FEFF ZERO WIDTH NO-BREAK SPACE")),
    "a second BOM": ("\ufeff\ufeffa: 1\n", y005("1:1", "U+FEFF ZERO WIDTH NO-BREAK SPACE")),
    "a tag character": ("a: x\U000e0041\n", y005("1:5", "U+E0041 TAG LATIN CAPITAL LETTER A")),
    "one in a comment": ("a: 1 # x\u200b\n", y005("1:9", "U+200B ZERO WIDTH SPACE")),
    "one in a key": ("a\u200b: 1\n", y005("1:2", "U+200B ZERO WIDTH SPACE")),
    "one escaped": ('a: "x\\u200By"\n', y005("1:4", "U+200B ZERO WIDTH SPACE")),
    "one escaped by a letter": ('a: "x\\Ly"\n', y005("1:4", "U+2028 LINE SEPARATOR")),
    "one escaped as ESC": ('a: "\\e[31m"\n', y005("1:4", "U+001B")),
    "one escaped in a key": ('"a\\u202E": 1\n', y005("1:1", "U+202E RIGHT-TO-LEFT OVERRIDE")),
    # Y006
    "conflict markers": (
        "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n",
        f"t.yaml:2:1: Y006 留有合并冲突标记“<<<<<<<”{CONFLICT_HINT}"
        f"t.yaml:4:1: Y006 留有合并冲突标记“=======”{CONFLICT_HINT}"
        f"t.yaml:6:1: Y006 留有合并冲突标记“>>>>>>>”{CONFLICT_HINT}",
    ),
    "conflict markers with the base": (
        "<<<<<<< a\r\n||||||| b\r\n=======\r\n>>>>>>> c\r\n",
        f"t.yaml:1:1: Y006 留有合并冲突标记“<<<<<<<”{CONFLICT_HINT}"
        f"t.yaml:2:1: Y006 留有合并冲突标记“|||||||”{CONFLICT_HINT}"
        f"t.yaml:3:1: Y006 留有合并冲突标记“=======”{CONFLICT_HINT}"
        f"t.yaml:4:1: Y006 留有合并冲突标记“>>>>>>>”{CONFLICT_HINT}",
    ),
    "one marker forgotten at the end": (
        "a: 1\n>>>>>>> other",
        f"t.yaml:2:1: Y006 留有合并冲突标记“>>>>>>>”{CONFLICT_HINT}",
    ),
    # Y007
    "a directive": ("%YAML 1.1\n---\na: 1\n", f"t.yaml:1:1: {DIRECTIVE}"),
    "a line that begins with %": ("a: 1\n%b\n", f"t.yaml:2:1: {DIRECTIVE}"),
    # Y008
    "a colon in a text": ("a: b: c\n", y008("1:5", "这里不能有“: ”（文字里有冒号加空格的，须加引号）")),
    "a missing colon": ("a\nb: 1\n", y008("2:2", "这里不能有“: ”（文字里有冒号加空格的，须加引号）")),
    "a missing space after the dash": ("a:\n- x\n-y\n", y008("4:1", "缺少冒号")),
    "a tab": ("a:\n\tb: 1\n", y008("2:1", "不能用制表符（Tab）缩进")),
    "an indicator": ("a: @x\n", y008("1:4", "文字不能以“@”开头，须加引号")),
    "a percent sign": ("a: %x\n", y008("1:4", "文字不能以“%”开头，须加引号")),
    "uneven keys": ("a:\n  b: 1\n c: 2\n", y008("3:2", "这里与前文接不上")),
    "a key among items": ("- a\nb: 1\n", y008("2:1", "这里与前文接不上")),
    "an item among keys": ("a: 1\n- b\n", y008("2:1", "这里与前文接不上")),
    "a list item beside a key": ("a: - b\n", y008("1:4", "这里不能另起“- ”列表项")),
    "an open double quote": ('a: "x\nb: 1\n', y008("1:4", "从这里起的引号没有闭合，直到文件结束")),
    "an open single quote": ("a: 'x\n---\n", y008("1:4", "从这里起的引号没有闭合，文档就断开了")),
    "an open bracket": ("a: [b\nc: 1\n", y008("2:2", "方括号或花括号里少了逗号，或没有闭合")),
    "an open brace": ("a: {b: 1\n", y008("2:1", "方括号或花括号里少了逗号，或没有闭合")),
    "a stray bracket": ("a: ]\n", y008("1:4", "这里少了内容")),
    "text after the document": ("a: 1\n...\nb: 2\n", y008("3:1", "文档已结束，后面还有内容")),
    "an incomplete escape": ('a: "\\u12"\n', y008("1:7", "双引号里的转义不完整")),
    "an escape of no character": ('a: "\\UFFFFFFFF"\n', y008("1:7", "双引号里有不认识的转义")),
    "an escape beyond Unicode": ('a: "\\U00110000"\n', y008("1:7", "双引号里有不认识的转义")),
    "an anchor of no name": ("a: &\n", y008("1:5", "“&”“*”不能这样用（文字须加引号）")),
    "a tag of no handle": ("a: !x!y z\n", y008("1:4", "“!”不能这样用（文字须加引号）")),
    "a block scalar on its own line": ("a: |x\n  b\n", y008("1:5", "“|”“>”之后须直接换行")),
    # Y009
    "a second document": (
        "a: 1\n---\nb: 1\n",
        "t.yaml:2:1: Y009 文件里有第二份文档\n  提示：删去多余的“---”及其后的内容\n",
    ),
    # Y010
    "an anchor": ("a: &x 1\n", f"t.yaml:1:4: {ANCHOR}"),
    "an anchor on a list": ("a: &x [1]\n", f"t.yaml:1:4: {ANCHOR}"),
    "an alias": ("a: &x 1\nb: *x\n", f"t.yaml:1:4: {ANCHOR}t.yaml:2:4: {ANCHOR}"),
    "an alias as a key": ("*x : 1\n", f"t.yaml:1:1: {ANCHOR}"),
    # Y011
    "a tag": (
        "a: !!str 5\n",
        "t.yaml:1:4: Y011 用了 YAML 标签“tag:yaml.org,2002:str”\n  提示：删去标签；若是文字，请加引号\n",
    ),
    "a tag that runs code": (
        "a: !!python/object/apply:os.system [x]\n",
        "t.yaml:1:4: Y011 用了 YAML 标签“tag:yaml.org,2002:python/object/apply:os.system”\n"
        "  提示：删去标签；若是文字，请加引号\n",
    ),
    "a tag with a hidden line break": (
        "a: !x%0A%1By z\n",
        "t.yaml:1:4: Y011 用了 YAML 标签“!x↵�y”\n  提示：删去标签；若是文字，请加引号\n",
    ),
    # Y012
    "a merge key": ("<<: {a: 1}\n", "t.yaml:1:1: Y012 用了 YAML 合并键“<<”\n  提示：把内容直接写出\n"),
    # Y013
    "a key that is a number": ("2022: 1\n", y013("1:1", "2022")),
    "a key that is no text": ("no: 1\n", y013("1:1", "no")),
    "a key that is true": ("true: 1\n", y013("1:1", "true")),
    "a key that is nothing": ("~: 1\n", y013("1:1", "空")),
    "a key that is a list": ("? [a]\n: 1\n", y013("1:3", "列表或映射")),
    # Y014
    "a key twice": (
        "a: 1\nb: 2\na: 3\n",
        "t.yaml:3:1: Y014 键“a”重复，第 1 行已有\n  提示：合并两处内容，只留一个\n",
    ),
    "a key three times": (
        "a: 1\na: 2\na: 3\n",
        "t.yaml:2:1: Y014 键“a”重复，第 1 行已有\n  提示：合并两处内容，只留一个\n"
        "t.yaml:3:1: Y014 键“a”重复，第 1 行已有\n  提示：合并两处内容，只留一个\n",
    ),
    "a key twice, quoted the second time": (
        "a: {b: 1, 'b': 2}\n",
        "t.yaml:1:11: Y014 键“b”重复，第 1 行已有\n  提示：合并两处内容，只留一个\n",
    ),
    # Y015
    "yes": ("a: yes\n", y015("1:4", "yes")),
    "No": ("a: [No]\n", y015("1:5", "No")),
    "ON": ("a: ON\n", y015("1:4", "ON")),
    "off": ("a: {b: off}\n", y015("1:8", "off")),
    "y": ("a: y\n", y015("1:4", "y")),
    "TRUE": ("a: TRUE\n", y015("1:4", "TRUE")),
    # Y016
    "an octal number": ("a: 010\n", y016("1:4", "010")),
    "grouped digits": ("a: 1_000\n", y016("1:4", "1_000")),
    "an exponent": ("a: 1e3\n", y016("1:4", "1e3")),
    "an exponent that looks like a reference": ("a: 12e45678\n", y016("1:4", "12e45678")),
    "infinity": ("a: .inf\n", y016("1:4", ".inf")),
    "not a number": ("a: .NaN\n", y016("1:4", ".NaN")),
    "a hexadecimal number": ("a: 0x1F\n", y016("1:4", "0x1F")),
    "a sexagesimal number": ("a: 12:30\n", y016("1:4", "12:30")),
    "a plus sign": ("a: +5\n", y016("1:4", "+5")),
    "a missing zero": ("a: .5\n", y016("1:4", ".5")),
    "a missing decimal": ("a: 5.\n", y016("1:4", "5.")),
    "a number as a key": ("1e3: x\n", y016("1:1", "1e3")),
    "nineteen digits": ("a: 1234567890123456789\n", y016("1:4", "1234567890123456789")),
    "many digits": (
        "a: " + "7" * 10_000 + "\n",
        "t.yaml:1:4: Y016 “777777777777777777…”作数字太长\n  提示：数字至多 18 位；文字请加引号\n",
    ),
    # Y018
    "long texts": (
        f"? {'键' * 10_001}\n: 1\n甲: {'文' * 10_001}\n乙: {'7' * 1_000_000}\n丙: '{'文' * 10_000}'\n",
        "".join(
            f"t.yaml:{place}: Y018 内容过多（一处文字超过 10,000 字）\n  提示：核对是否放错了文件\n"
            for place in ("1:3", "3:4", "4:4")
        ),
    ),
    # Y017
    "21 levels": ("[" * 21 + "]" * 21, "t.yaml:1:21: Y017 嵌套超过 20 层\n  提示：核对括号与缩进\n"),
    # All at once, and the place of each is right in spite of the one before it.
    "many mistakes": (
        "\ufeffa: yes\r\nb: 010\r\nb: &x 2\r\nno: *x\r\n"
        "c: x\u2028y\u2028z\r\nd: 1e3\r\n<<: 1\r\n%e\r\nf: !t {g: 1, g: 2}\r\n",
        y015("1:4", "yes")
        + y016("2:4", "010")
        + "t.yaml:3:1: Y014 键“b”重复，第 2 行已有\n  提示：合并两处内容，只留一个\n"
        + f"t.yaml:3:4: {ANCHOR}"
        + y013("4:1", "no")
        + f"t.yaml:4:5: {ANCHOR}"
        + y005("5:5", "U+2028 LINE SEPARATOR")
        + y005("5:7", "U+2028 LINE SEPARATOR")
        + y016("6:4", "1e3")
        + "t.yaml:7:1: Y012 用了 YAML 合并键“<<”\n  提示：把内容直接写出\n"
        + f"t.yaml:8:1: {DIRECTIVE}"
        + "t.yaml:9:4: Y011 用了 YAML 标签“!t”\n  提示：删去标签；若是文字，请加引号\n"
        + "t.yaml:9:14: Y014 键“g”重复，第 9 行已有\n  提示：合并两处内容，只留一个\n",
    ),
    "mistakes before a syntax error": (
        "a: yes\nb: 010\nc: d: e\nf: no\n",
        y015("1:4", "yes")
        + y016("2:4", "010")
        + y008("3:5", "这里不能有“: ”（文字里有冒号加空格的，须加引号）"),
    ),
    "hidden characters behind a syntax error": (
        "a: b: c\nd: x\u200b\n",
        y008("1:5", "这里不能有“: ”（文字里有冒号加空格的，须加引号）")
        + y005("2:5", "U+200B ZERO WIDTH SPACE"),
    ),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
@pytest.mark.usefixtures("yaml_loader")
def test_what_may_not_stand_in_a_file_is_told_by_place(content: str | bytes, said: str) -> None:
    assert said_of(content) == said


def test_every_code_of_the_syntax_is_in_these_tests() -> None:
    tested = "\n".join(said for _, said in REFUSED.values()) + Path(__file__).read_text(encoding="utf-8")
    assert [rule for rule in syntax.EXPLAINERS if f" {code_of(rule)} " not in tested] == []


@pytest.mark.usefixtures("yaml_loader")
def test_an_escaped_half_of_a_character_is_refused() -> None:
    # libyaml cannot read it, the pure parser can: Y008 there and Y005 here.
    assert said_of('a: "\\ud800"\n') in (
        y008("1:7", "双引号里有不认识的转义"),
        y005("1:4", "U+D800"),
    )


@pytest.mark.usefixtures("yaml_loader")
def test_an_unknown_escape_is_refused() -> None:
    # libyaml points at the backslash, the pure parser at what follows it.
    assert said_of('a: "\\q"\n') in [y008(place, "双引号里有不认识的转义") for place in ("1:5", "1:6")]


@pytest.mark.usefixtures("yaml_loader")
def test_a_row_of_equals_signs_alone_is_no_conflict() -> None:
    assert value_of("a: 1\n# 以下为附注\n#\n=======: 2\n") == {"a": 1, "=======": 2}


@pytest.mark.usefixtures("yaml_loader")
def test_twenty_levels_are_read() -> None:
    value = value_of("[" * 20 + "]" * 20)
    for _ in range(19):
        (value,) = value
    assert value == []


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.usefixtures("yaml_loader")
def test_a_million_levels_are_too_many_at_whichever_the_parser_stops() -> None:
    (problem,) = read(decode_source(b"[" * 1_000_000, "t.yaml")).problems
    assert (problem.code, problem.line, problem.message) == ("Y017", 1, "嵌套超过 20 层")


def test_too_many_elements_are_told_where_the_limit_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_EVENTS", 10)
    assert value_of("[1, 2, 3, 4, 5]\n") == [1, 2, 3, 4, 5]
    assert said_of("- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n- 8\n- 9\n") == (
        "t.yaml:8:3: Y018 内容过多（超过 10 个元素）\n  提示：核对是否放错了文件\n"
    )


@pytest.mark.usefixtures("yaml_loader")
def test_a_thousand_keys_are_enough_for_one_mapping() -> None:
    keys = [f"k{number}: 1\n" for number in range(1001)]
    assert len(value_of("".join(keys[:1000]))) == 1000
    assert said_of("".join(keys)) == (
        "t.yaml:1001:1: Y018 内容过多（一处有超过 1,000 个键）\n  提示：核对是否放错了文件\n"
    )


TOO_MANY = {
    "syntax": "a: [\n" + "yes,\n" * 1001 + "]\n",
    "hidden characters": "a: x\n" + "\u200b\n" * 1001,
    "directives": "a: x\n" + "%\n" * 1001,
    "conflict markers": "a: x\n" + "<<<<<<< a\n" * 1001,
    "several kinds": "\u200b: [\n" + "yes,\n" * 1000 + "]\n",
}


@pytest.mark.parametrize("text", TOO_MANY.values(), ids=TOO_MANY)
@pytest.mark.usefixtures("yaml_loader")
def test_a_thousand_problems_are_told_and_then_that_there_are_more(text: str) -> None:
    document = read(decode_source(text.encode(), "t.yaml"))
    *told, last = document.problems
    assert len(told) == 1000
    assert str(last) == (
        f"t.yaml:{told[-1].line + 1}:1: Y019 问题过多，超过 1,000 处的没有列出\n"
        "  提示：先改正已列出的，再检查一次"
    )
    assert document.value is None


@pytest.mark.usefixtures("yaml_loader")
def test_of_just_a_thousand_problems_all_are_told() -> None:
    document = read(decode_source(("- yes\n" * 1000).encode(), "t.yaml"))
    assert [problem.line for problem in document.problems] == [*range(1, 1001)]
    assert document.value == ["yes"] * 1000


# --- places and bytes


@pytest.mark.usefixtures("yaml_loader")
def test_a_bom_at_the_start_is_kept_and_moves_no_place() -> None:
    source = decode_source("\ufeffa: 1\nb: [x, yes]\n".encode(), "t.yaml")
    document = read(source)
    assert source.has_bom
    assert source.raw.startswith(b"\xef\xbb\xbf")
    assert document.value == {"a": 1, "b": ["x", "yes"]}
    assert rendered(document.problems) == y015("2:8", "yes")


@many(100)
@given(st.text("x\n市", max_size=40), st.integers(1, 5), st.data())
def test_places_are_those_that_counting_from_the_start_gives(
    text: str, block: int, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "BLOCK", block)
        index = data.draw(st.integers(0, len(text)))
        *lines, line = text[:index].split("\n")
        assert decode_source(text.encode(), "t.yaml").place(index) == (len(lines) + 1, len(line) + 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", [True, False], ids=["last newline", "no last newline"])
@pytest.mark.usefixtures("yaml_loader")
def test_bom_and_newlines_make_no_difference(newline: str, bom: str, end: bool) -> None:
    text = newline.join(["甲: 一", "乙:", "- 丙: [1, 二]", "  丁: ok"]) + (newline if end else "")
    document = read(decode_source((bom + text).encode(), "t.yaml"))
    assert document.problems == []
    assert document.value == {"甲": "一", "乙": [{"丙": [1, "二"], "丁": "ok"}]}
    places = {
        path: document.place(path) for path in [("甲",), ("乙", 0), ("乙", 0, "丙", 1), ("乙", 0, "丁")]
    }
    assert {path: (place.line, place.column) for path, place in places.items()} == {
        ("甲",): (1, 4),
        ("乙", 0): (3, 3),
        ("乙", 0, "丙", 1): (3, 10),
        ("乙", 0, "丁"): (4, 6),
    }
    assert "".join(document.source.text[document.index(path)] for path in places) == "一丙二o"


@pytest.mark.usefixtures("yaml_loader")
def test_a_path_that_leads_nowhere_gives_the_last_part_that_exists() -> None:
    document = read(decode_source(b"a:\n  b: [1]\n", "t.yaml"))
    paths = [(), ("x",), ("a", "x"), ("a", "b", 7, "c")]
    assert [document.place(path).column for path in paths] == [1, 1, 3, 6]


# --- files


def y001(reason: str) -> str:
    return f"data/tasks.yaml: Y001 读不了文件：{reason}\n  提示：核对路径与权限；数据文件须是普通文件\n"


def test_a_missing_file(tmp_path: Path) -> None:
    assert said_of_file(tmp_path / "tasks.yaml") == y001("文件不存在")


def test_a_directory(tmp_path: Path) -> None:
    assert said_of_file(tmp_path) == y001("是一个目录")


def test_a_file_used_as_a_directory(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert said_of_file(tmp_path / "data" / "tasks.yaml") == y001("路径中有一段不是目录")


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tasks.yaml")
    assert said_of_file(tmp_path / "tasks.yaml") == y001("不是普通文件")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_an_endless_device() -> None:
    assert said_of_file(Path("/dev/zero")) == y001("不是普通文件")


def test_a_symbolic_link_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").symlink_to("units.yaml")
    (tmp_path / "units.yaml").symlink_to("tasks.yaml")
    assert said_of_file(tmp_path / "tasks.yaml") == y001("符号链接绕成了圈")


def test_links_in_a_circle_are_told_of_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tasks.yaml").symlink_to("units.yaml")
    (tmp_path / "units.yaml").symlink_to("tasks.yaml")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        "tasks.yaml: Y001 读不了文件：符号链接绕成了圈\n  提示：核对路径与权限；数据文件须是普通文件\n"
        "units.yaml: Y001 读不了文件：符号链接绕成了圈\n  提示：核对路径与权限；数据文件须是普通文件\n"
        "数据有 2 处问题，无法使用\n  提示：逐处改正后再试"
    )


def test_a_symbolic_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("a: 1\n")
    (tmp_path / "tasks.yaml").symlink_to("elsewhere.yaml")
    assert read_file(tmp_path / "tasks.yaml", "tasks.yaml").text == "a: 1\n"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 4)
    (tmp_path / "tasks.yaml").write_bytes(b"a: 1")
    assert read_file(tmp_path / "tasks.yaml", "tasks.yaml").text == "a: 1"
    (tmp_path / "tasks.yaml").write_bytes(b"a: 12")
    assert said_of_file(tmp_path / "tasks.yaml") == (
        "data/tasks.yaml: Y002 文件过大（5 字节，上限 32 MiB）\n  提示：核对是否放错了文件\n"
    )


def test_a_sparse_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "tasks.yaml").open("wb") as stream:
        stream.truncate(1 << 30)
    assert said_of_file(tmp_path / "tasks.yaml") == (
        "data/tasks.yaml: Y002 文件过大（1,073,741,824 字节，上限 32 MiB）\n  提示：核对是否放错了文件\n"
    )


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files cannot be counted here")
def test_no_file_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text("a: 1\n")

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = open_files()
    read_file(tmp_path / "tasks.yaml", "tasks.yaml")
    said_of_file(tmp_path)
    said_of_file(tmp_path / "missing")
    assert open_files() == before


# --- whatever stands in a file, it ends in diagnostics or a value

# fmt: off
NASTY = [
    "'", '"', "[", "]", "{", "}", ",", ": ", "- ", "? ", "#", " #", "&a ", "*a", "!t ", "!!int ", "|\n",
    ">-\n", "\n", "\r\n", "\r", "\n\n", " ", "  ", "\n  ", "\n- ", "\n---\n", "\n...\n", "\n%",
    "\n<<<<<<< x\n", "<<: ", "\0", "\x1b", "\x85", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffd", "😀",
    '"\\u2028"', '"\\ud800"', '"\\x"', '"\\UFFFFFFFF"', '"\\"', "''", "[" * 21, "{a: " * 21,
    "yes", "no: ", "010", "1e3", "0x1F", ".inf", "12:30", "9" * 20, "~", "null", "true", "-1",
    "2022-13", "2022-02-30", "市模拟甲局", "甲局", "外地单位", "id: 1", "\n  - id: 2\n", "\n- id: 2\n",
    "status: done", "retracts: '00000000'", "progress:", "totals: ",
]
# fmt: on
"""What upsets a YAML parser, or means something in this file.

No tab: between tokens libyaml takes it for a space and the pure parser refuses it.
"""

PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """The text, with up to four pieces of it (any, or a whole key or value) cut out, replaced, or put in."""
    for _ in range(draw(st.integers(1, 4))):
        words = [found.span() for found in re.finditer(r"[^\s,:[\]{}][^\n,:[\]{}]*", text)]
        start = draw(st.integers(0, len(text)))
        anything = (start, min(len(text), start + draw(st.integers(0, 40))))
        start, end = draw(st.sampled_from([anything, *words]))
        text = text[:start] + draw(st.sampled_from(["", *NASTY]) | PRINTABLE) + text[end:]
    return text


def judged(loader: Any, tasks: str, units: str) -> list[Any]:
    documents: list[Document] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", loader)
        for name, text in (("tasks.yaml", tasks), ("units.yaml", units)):
            try:
                documents.append(read(decode_source(text.encode(), name)))
            except DataError as error:
                return [*error.diagnostics]
    verdict = judge(*documents)
    oddities = verdict.oddities(dt.date(2022, 10, 1))
    return [*documents[0].problems, *documents[1].problems, *verdict.problems, *oddities]


def check_that_all_is_told(tasks: str, units: str) -> None:
    verdicts = [judged(loader, tasks, units) for loader in LOADERS]
    lines = {"tasks.yaml": tasks.count("\n") + 1, "units.yaml": units.count("\n") + 1}
    for diagnostics in verdicts:
        for diagnostic in diagnostics:
            assert 1 <= diagnostic.line <= lines[diagnostic.path]
            assert diagnostic.column >= 1
            for sentence in (diagnostic.message, diagnostic.hint or ""):
                assert hidden_character(sentence) is None
                assert "\n" not in sentence
    assert len({bool(diagnostics) for diagnostics in verdicts}) == 1


@many(400)
@example(TASKS.replace("80%", '"\\UFFFFFFFF"'))
@given(spoilt(TASKS))
def test_whatever_is_done_to_tasks_yaml_is_told_and_never_a_crash(tasks: str) -> None:
    check_that_all_is_told(tasks, UNITS)


@many(200)
@given(spoilt(UNITS))
def test_whatever_is_done_to_units_yaml_is_told_and_never_a_crash(units: str) -> None:
    check_that_all_is_told(TASKS, units)


@many(200)
@given(st.binary(max_size=60), st.integers(0, len(TASKS.encode())))
def test_whatever_bytes_a_file_holds_never_a_crash(raw: bytes, start: int) -> None:
    content = TASKS.encode()
    assert isinstance(said_of(content[:start] + raw + content[start + len(raw) :]), str)
