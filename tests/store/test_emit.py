"""Ledger entries as lines: what is written is read back as what was said, by us and by every other program.

Everything in the entries is 模拟.
"""

import datetime as dt
from typing import Any

import pytest
import yaml
from chance import many
from hypothesis import example, given
from hypothesis import strategies as st
from tiny import rendered

from yzplan.model import Extension, LedgerEntry, Month, ProgressRecord, Status, facts
from yzplan.store import reading
from yzplan.store.emit import entry_lines, scalar
from yzplan.store.reading import MAX_DIGITS, read
from yzplan.store.source import HIDDEN, decode_source

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]

both_parsers = pytest.mark.parametrize("loader", LOADERS)


def read_by(loader: Any, text: str) -> Any:
    """What the project's own reader makes of a text, with one of the two parsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Loader", loader)
        document = read(decode_source(text.encode(), "t.yaml"))
    assert rendered(document.problems) == ""
    return document.value


# --- one value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        # Safe text stays plain.
        ("市税务局", "市税务局"),
        ("永政办函〔2022〕18号", "永政办函〔2022〕18号"),
        ("“一窗办、一网办、一次办”", "“一窗办、一网办、一次办”"),
        ("《模拟办法》（试行）", "《模拟办法》（试行）"),
        ("模拟：已压缩至1个工作日；其余照旧。", "模拟：已压缩至1个工作日；其余照旧。"),
        ("1-7", "1-7"),
        ("2022-07", "2022-07"),
        ("1.2.3", "1.2.3"),
        ("80％", "80％"),
        ("a/b_c.docx", "a/b_c.docx"),
        ("done", "done"),
        ("80%", "80%"),
        ("网上办理占比至80%以上", "网上办理占比至80%以上"),
        ("互联网+监管", "互联网+监管"),
        ("Zhang.San+ci@example-1.org", "Zhang.San+ci@example-1.org"),
        ("7@localhost", "7@localhost"),
        ("“7*24小时”，即7×24小时", "“7*24小时”，即7×24小时"),
        # A space or a character that means something somewhere is quoted, and so is what it could end.
        ("两个 词", "'两个 词'"),
        ("说明: 无", "'说明: 无'"),
        ("说明:", "'说明:'"),
        ("编号 #5", "'编号 #5'"),
        ("#5", "'#5'"),
        ("甲#5", "'甲#5'"),
        ("- 无", "'- 无'"),
        ("-5度", "'-5度'"),
        ("[待定]", "'[待定]'"),
        ("{待定}", "'{待定}'"),
        ("甲, 乙", "'甲, 乙'"),
        ("甲,乙", "'甲,乙'"),
        ("&甲", "'&甲'"),
        ("*甲", "'*甲'"),
        ("!甲", "'!甲'"),
        ("|", "'|'"),
        (">", "'>'"),
        ("@甲", "'@甲'"),
        ("@example.org", "'@example.org'"),
        ("jia@", "'jia@'"),
        ("a@b@c", "'a@b@c'"),
        ("某人 <jia@example.org>", "'某人 <jia@example.org>'"),
        ("2022-07-31@example.org", "'2022-07-31@example.org'"),
        ("`甲`", "'`甲`'"),
        ("? 甲", "'? 甲'"),
        ("=", "'='"),
        ("%", "'%'"),
        ("%以上", "'%以上'"),
        ("+甲", "'+甲'"),
        ('说"好"', "'说\"好\"'"),
        (r"a\n", r"'a\n'"),
        ("", "''"),
        ("甲\t乙", "'甲\t乙'"),
        ("全角\u3000空格", "'全角\u3000空格'"),
        ("𠮷", "'𠮷'"),
        ("😀", "'😀'"),
        # A single quote is doubled, wherever it stands.
        ("'", "''''"),
        ("it's", "'it''s'"),
        ("''", "''''''"),
        # Text that some reader takes for something else.
        ("80", "'80'"),
        ("-3", "'-3'"),
        ("0.5", "'0.5'"),
        ("010", "'010'"),
        ("1_000", "'1_000'"),
        ("1e3", "'1e3'"),
        ("12e45678", "'12e45678'"),
        ("5.", "'5.'"),
        ("0x1F", "'0x1F'"),
        ("0b10", "'0b10'"),
        ("0o17", "'0o17'"),
        (".5", "'.5'"),
        (".inf", "'.inf'"),
        ("12:30", "'12:30'"),
        ("null", "'null'"),
        ("Null", "'Null'"),
        ("~", "'~'"),
        ("true", "'true'"),
        ("FALSE", "'FALSE'"),
        ("yes", "'yes'"),
        ("No", "'No'"),
        ("on", "'on'"),
        ("y", "'y'"),
        ("<<", "'<<'"),
        ("2022-07-31", "'2022-07-31'"),
        ("2022-7-1前", "'2022-7-1前'"),
        ("20220731", "'20220731'"),
        ("---", "'---'"),
        ("...", "'...'"),
        # Numbers are plain, and never written with an exponent.
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (80, "80"),
        (-3, "-3"),
        (0.5, "0.5"),
        (99.5, "99.5"),
        (-0.25, "-0.25"),
        (80.0, "80"),
        (1e-7, "0.0000001"),
        (1.5e-7, "0.00000015"),
        (1e16, "10000000000000000.0"),
        (1.5e300, "15" + "0" * 299 + ".0"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_a_value_is_quoted_where_it_must_be(value: Any, written: str) -> None:
    assert scalar(value) == written


# --- an entry, as whole lines


def a_record(**given: Any) -> ProgressRecord:
    return ProgressRecord(**{"date": dt.date(2022, 8, 3), "unit": "市模拟甲局", **given})


def an_extension(**given: Any) -> Extension:
    return Extension(**{"approved_on": dt.date(2022, 8, 3), "reason": "模拟延期", **given})


ENTRIES: dict[str, tuple[LedgerEntry, str]] = {
    "the least one says": (
        a_record(status=Status.IN_PROGRESS),
        """\
- date: 2022-08-03
  unit: 市模拟甲局
  status: in_progress
""",
    ),
    "all one can say": (
        a_record(
            status=Status.DONE,
            completed_on=dt.date(2022, 7, 28),
            percent=100,
            note="模拟：已完成 80% 以上，见“附件: 一”",
            problem="无",
            evidence=("永税发〔2022〕12号", "台账, 附 #3", "2022-07-28"),
            measured={"网上办理占比": 82, "办理时限: 甲": 0.5, "2022": -1.25},
            by="李某",
            source="电话",
        ),
        """\
- date: 2022-08-03
  unit: 市模拟甲局
  status: done
  completed_on: 2022-07-28
  percent: 100
  note: '模拟：已完成 80% 以上，见“附件: 一”'
  problem: 无
  evidence: [永税发〔2022〕12号, '台账, 附 #3', '2022-07-28']
  measured: {网上办理占比: 82, '办理时限: 甲': 0.5, '2022': -1.25}
  by: 李某
  source: 电话
""",
    ),
    "a correction, whose reference looks like a number": (
        a_record(note="模拟更正：记错了", retracts="12e45678"),
        """\
- date: 2022-08-03
  unit: 市模拟甲局
  note: 模拟更正：记错了
  retracts: '12e45678'
""",
    ),
    "a correction, whose reference looks like a word": (
        a_record(note="模拟更正：记错了", retracts="abcdefab"),
        """\
- date: 2022-08-03
  unit: 市模拟甲局
  note: 模拟更正：记错了
  retracts: 'abcdefab'
""",
    ),
    "what says nothing is left out, and whole numbers lose their fraction": (
        a_record(status=Status.BLOCKED, percent=80.0, evidence=(), measured={}),
        """\
- date: 2022-08-03
  unit: 市模拟甲局
  status: blocked
  percent: 80
""",
    ),
    "a long note stays on its line": (
        a_record(status=Status.BLOCKED, note="很长 的 " * 300 + "说明"),
        f"""\
- date: 2022-08-03
  unit: 市模拟甲局
  status: blocked
  note: '{"很长 的 " * 300}说明'
""",
    ),
    "a year before 1000": (
        a_record(status=Status.BLOCKED, date=dt.date(22, 8, 3)),
        """\
- date: 0022-08-03
  unit: 市模拟甲局
  status: blocked
""",
    ),
    "the least one says of an extension": (
        an_extension(to=Month(2022, 9)),
        """\
- to: 2022-09
  approved_on: 2022-08-03
  reason: 模拟延期
""",
    ),
    "all one can say of an extension": (
        an_extension(
            from_=Month(2022, 7),
            to=Month(2023, 1),
            reason="模拟：系统对接: 两家未完",
            document="永政办函〔2022〕18号",
            recorded_on=dt.date(2022, 8, 10),
        ),
        """\
- from: 2022-07
  to: 2023-01
  approved_on: 2022-08-03
  reason: '模拟：系统对接: 两家未完'
  document: 永政办函〔2022〕18号
  recorded_on: 2022-08-10
""",
    ),
    "an extension whose texts look like something else": (
        an_extension(to=Month(2022, 9), reason="2022-07-31", document="2022-09"),
        """\
- to: 2022-09
  approved_on: 2022-08-03
  reason: '2022-07-31'
  document: 2022-09
""",
    ),
    "an extension whose texts look like numbers": (
        an_extension(to=Month(2022, 9), reason="18", document="12e45678"),
        """\
- to: 2022-09
  approved_on: 2022-08-03
  reason: '18'
  document: '12e45678'
""",
    ),
    "the correction of an extension, whose reference looks like a number": (
        an_extension(reason="模拟更正：记错了", retracts="12345678"),
        """\
- approved_on: 2022-08-03
  reason: 模拟更正：记错了
  retracts: '12345678'
""",
    ),
    "the correction of an extension, whose reference looks like a word": (
        an_extension(reason="模拟更正：记错了", retracts="abcdefab", recorded_on=dt.date(2022, 8, 4)),
        """\
- approved_on: 2022-08-03
  reason: 模拟更正：记错了
  recorded_on: 2022-08-04
  retracts: 'abcdefab'
""",
    ),
}


@pytest.mark.parametrize(("entry", "written"), ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("column", [0, 2, 4, 6])
def test_an_entry_is_one_key_a_line(entry: LedgerEntry, written: str, column: int) -> None:
    margin = " " * column
    assert entry_lines(entry, column) == [margin + line for line in written.splitlines()]


# --- any text, any number

WORDS = """
: # - [ ] { } & * ! | > ' " % @ ` , ? = ~ \\ \\n << --- ... <<<<<<< ======= %YAML !!str &a *a
80 -3 010 1e3 1_000 .5 5. .inf .nan 0x1F 0o17 0b1 12:30 null Null true False yes No on OFF y n
2022-07 2022-07-31 2022-07-31T08:00:00Z 80% 永政办函〔2022〕18号 “一窗办” 《办法》 模拟：无；
𠮷 😀 🇨🇳 é ß İ ｱ １２ ％
"""
SPACED = [": ", " #", "- ", "? ", ", ", "''", "\t", " ", "  ", "\xa0", "\u3000", "\ufffd"]
NASTY = [*WORDS.split(), *SPACED]
one_character = st.characters(codec="utf-8").filter(lambda c: c not in "\r\n" and not HIDDEN.search(c))
any_text = (
    st.text(one_character, max_size=2_000)
    | st.lists(st.sampled_from(NASTY) | one_character, max_size=12).map("".join)
    | st.tuples(st.sampled_from(NASTY), st.integers(1, 2_000)).map(lambda each: (each[0] * each[1])[:2_000])
)
"""One line without hidden characters, up to 2,000 characters; empty, and with spaces around it, too."""
short_text = any_text.map(lambda text: text[:200])
"""YAML reads no key of more than 1,024 characters."""


def fits(number: float) -> bool:
    """Whether the reader takes a number as long as this one is when written out."""
    return len(scalar(number)) <= MAX_DIGITS


any_number = (
    st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False).filter(fits)
    | st.decimals(-(10**6), 10**6, places=2).map(float)
)


@both_parsers
@many(200)
@example("x" * 2_000)
@example("'" * 2_000)
@example("-" * 2_000)
@example("- " * 1_000)
@example("😀" * 2_000)
@example("#" + "\t" * 1_999)
@given(any_text)
def test_any_text_is_read_back_as_it_was_said(loader: Any, text: str) -> None:
    key = text[:200]
    file = f"a: {scalar(text)}\nb: [{scalar(text)}, {scalar(text)}]\nc: {{{scalar(key)}: {scalar(text)}}}\n"
    expected = {"a": text, "b": [text, text], "c": {key: text}}
    if key != "<<":  # written '<<', and to the reader no key in any style
        assert read_by(loader, file) == expected
    assert yaml.load(file, loader) == expected  # noqa: S506 - both are safe loaders
    assert "\n" not in scalar(text)


@both_parsers
@many(200)
@given(any_number)
def test_any_number_is_read_back_equal(loader: Any, number: float) -> None:
    file = f"a: {scalar(number)}\nb: [{scalar(number)}]\nc: {{x: {scalar(number)}}}\n"
    for value in (read_by(loader, file), yaml.load(file, loader)):  # noqa: S506 - both are safe loaders
        assert value == {"a": number, "b": [number], "c": {"x": number}}


@many(200)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_float_is_written_in_decimal_digits_without_loss(number: float) -> None:
    written = scalar(number)
    assert float(written) == number
    assert set(written) <= set("-.0123456789")


any_reference = st.from_regex("[0-9a-f]{8}|[0-9]{8}|[0-9]{2}e[0-9]{5}", fullmatch=True)
any_month = st.dates().map(Month.of).filter(lambda month: month.year >= 1000)


@st.composite
def records(draw: st.DrawFn) -> ProgressRecord:
    optional = st.none() | any_text
    is_correction = draw(st.booleans())
    return ProgressRecord(
        date=draw(st.dates()),
        unit=draw(any_text),
        status=None if is_correction else draw(st.sampled_from(Status)),
        completed_on=draw(st.none() | st.dates()),
        percent=draw(st.none() | st.integers(0, 100) | st.floats(0, 100).filter(fits)),
        note=draw(optional),
        problem=draw(optional),
        evidence=tuple(draw(st.lists(any_text, max_size=3))),
        measured=draw(st.dictionaries(short_text.filter(lambda key: key != "<<"), any_number, max_size=3)),
        by=draw(optional),
        source=draw(optional),
        retracts=draw(any_reference) if is_correction else None,
    )


@st.composite
def extensions(draw: st.DrawFn) -> Extension:
    is_correction = draw(st.booleans())
    return Extension(
        from_=draw(st.none() | any_month),
        to=None if is_correction else draw(any_month),
        approved_on=draw(st.dates()),
        reason=draw(any_text),
        document=draw(st.none() | any_text),
        recorded_on=draw(st.none() | st.dates()),
        retracts=draw(any_reference) if is_correction else None,
    )


DAYS = ("date", "completed_on", "approved_on", "recorded_on")


@both_parsers
@many(200)
@given(entry=records() | extensions(), column=st.integers(0, 8), newline=st.sampled_from(["\n", "\r\n"]))
def test_any_entry_is_read_back_as_it_was_said(
    loader: Any, entry: LedgerEntry, column: int, newline: str
) -> None:
    lines = entry_lines(entry, column)
    said = facts(entry)
    assert len(lines) == len(said)
    file = newline.join(["ledger:", *lines, ""])
    assert read_by(loader, file) == {"ledger": [said]}
    # Other programs see the same text, and see dates as dates; months and references are text to them too.
    days = {key: getattr(entry, key) for key in DAYS if key in said}
    assert yaml.safe_load(file) == {"ledger": [{**said, **days}]}
    # Whatever they are, dates and months stand plain, and references in quotes.
    written = dict(line[column + 2 :].split(": ", 1) for line in lines)
    for key in {*DAYS, "from", "to"} & said.keys():
        assert written[key] == said[key]
    if entry.retracts:
        assert written["retracts"] == f"'{entry.retracts}'"
