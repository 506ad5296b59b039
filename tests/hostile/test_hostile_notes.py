"""Notes that would harm a terminal, a spreadsheet, a page or the file: refused, or kept and harmless."""

import csv
import gc
import html.parser
import io
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from commandline import Answer, CommandLine, refused
from limits import run
from markdown_it import MarkdownIt
from notes import KEPT, LONG, REFUSED

from yzplan.render.terminal import clean

DATA = Path(__file__).parents[2] / "data"
OPTIONS = {"--note": "说明", "--problem": "问题", "--evidence": "佐证", "--by": "填报人", "--source": "来源"}
TASK = 5
"""The task that all notes are put into. Each is put into one of `OTHERS` too, as its last record."""
OTHERS = [number for number in range(1, 122) if number != TASK]
COMMANDS = {
    "show": f"show {TASK}",
    "list": "list",
    "search": "list --text 网 --columns id,last_record,lead_unit",
    "last records": "list --columns last_record,id",
    "overdue": "overdue --month 2022-12 --columns id,last_record",
    "assess": "assess --year 2022 --explain 市税务局",
}
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A shell where every note that is kept was reported, in each of the options that take text."""
    here = tmp_path_factory.mktemp("told")
    shutil.copytree(DATA, here / "data")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("YZPLAN_CACHE", str(here / "cache"))
        cli = CommandLine(here=here, monkeypatch=monkeypatch)
        for number, (name, text) in zip(others(), KEPT.items(), strict=True):
            before = cli.tasks_file.read_bytes()
            words = [f"{option}={text}" for option in OPTIONS]
            answer = cli("update", TASK, number, "--status", "in_progress", *words)
            assert answer.code == 0, f"{name}\n{answer.err[:2000]}"
            assert only_adds(before, cli.tasks_file.read_bytes()), name
        yield cli


@pytest.fixture(autouse=True, scope="module")
def _without_looking_for_garbage() -> Iterator[None]:
    """As the program itself does; beside all that pytest holds, looking would take most of the time."""
    gc.disable()
    yield
    gc.enable()


def others() -> list[int]:
    """A task for each kept note. There may be more notes than tasks: a later one then stands last."""
    return [OTHERS[k % len(OTHERS)] for k in range(len(KEPT))]


def only_adds(before: bytes, after: bytes) -> bool:
    """Whether lines were added, and none changed, removed or moved."""
    left = iter(after.splitlines(keepends=True))
    return all(line in left for line in before.splitlines(keepends=True))


def obeyed(text: str) -> set[str]:
    """What a terminal would obey, or nobody could see, but the ends of lines."""
    return {c for c in set(text) if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


def test_there_are_enough_of_them_and_none_is_there_twice() -> None:
    texts = [*(text for text, _ in REFUSED.values()), *KEPT.values(), *LONG.values()]
    assert len(set(texts)) == len(texts) >= 60
    assert not set(REFUSED) & set(KEPT)
    assert len({text.strip() for text in KEPT.values()}) == len(KEPT)


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_harm_is_refused_by_name_in_every_option(
    name: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = CommandLine(here=data_dir.parent, monkeypatch=monkeypatch)
    text, character = REFUSED[name]
    before = cli.tasks_file.read_bytes()
    for option, what in OPTIONS.items():
        answer = cli("update", TASK, "--status", "in_progress", option, text)
        said = f"{what}里有看不见的字符 {character}\n  提示：去掉该字符；从别处粘贴时常会带上\n"
        if not character:
            said = f"{what}只能写一行\n  提示：去掉换行，写成一行\n"
        assert (answer.code, answer.raw, answer.err) == (2, b"", said)
    assert cli.tasks_file.read_bytes() == before


@pytest.mark.parametrize(
    ("bytes_", "said"),
    [
        (b"\xff\xfe", "U+DCFF"),
        ("模拟".encode("gbk"), "U+DCC4"),
        (b"\xed\xa0\xbd", "U+DCED"),
        (b"\xc0\x80", "U+DCC0"),
        (b"\x1b]52;c;eA==\x07", "U+001B"),
        (b"\xc2\x9b31m", "U+009B"),
    ],
)
def test_bytes_that_are_no_text_are_refused_by_the_program(bytes_: bytes, said: str, data_dir: Path) -> None:
    found = run(data_dir.parent, "update", TASK, "--status", "in_progress", "--note", os.fsdecode(bytes_))
    assert (found.code, found.out) == (2, "")
    assert found.err == f"说明里有看不见的字符 {said}\n  提示：去掉该字符；从别处粘贴时常会带上\n"


def test_what_is_kept_passes_check_and_reads_back_exactly(told: CommandLine) -> None:
    answer = told("check")
    assert (answer.code, answer.out) == (0, "")
    records = told("show", TASK, "--format", "json").json["progress"]
    texts = [text.strip() for text in KEPT.values()]
    for record, text in zip(records, texts, strict=True):
        assert [record[key] for key in ("note", "problem", "by", "source")] == [text] * 4
        assert record["evidence"] == [text]
    last = dict(zip(others(), texts, strict=True))
    rows = {row["id"]: row["last_record"] for row in told("list", "--format", "json").json}
    assert {number: rows[number]["note"] for number in last} == last


@pytest.mark.parametrize("name", LONG)
def test_a_long_note_is_kept_whole(name: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = CommandLine(here=data_dir.parent, monkeypatch=monkeypatch)
    before = cli.tasks_file.read_bytes()
    assert cli("update", TASK, "--status", "in_progress", "--note", LONG[name]).code == 0
    assert only_adds(before, cli.tasks_file.read_bytes())
    assert cli("check").code == 0
    assert cli("show", TASK, "--format", "json").json["progress"][0]["note"] == LONG[name]
    for form in ("table", "plain", "markdown", "csv", "tsv", "jsonl", "html"):
        found = (
            run(cli.here, "show", TASK, "--format", form) if form in ("plain", "markdown", "html") else None
        )
        page = found.out if found else cli("show", TASK, "--format", form, on_terminal=True).out
        assert LONG[name][:30] in page


@pytest.mark.parametrize("text", ["长" * 10_001, "x" * 100_000])
def test_more_than_a_text_may_have_is_refused(
    text: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = CommandLine(here=data_dir.parent, monkeypatch=monkeypatch)
    said = f"说明有 {len(text):,} 字，最多 10,000 字\n  提示：写要点；长的材料作为佐证，只写名称\n"
    assert refused(cli, "update", TASK, "--status", "in_progress", "--note", text) == said


def test_fmt_finds_nothing_to_do(told: CommandLine) -> None:
    assert told("fmt", "--check").code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_on_a_terminal_nothing_is_sent_but_colours(command: str, told: CommandLine) -> None:
    for columns in (80, 200):
        screen = asked(told, command, columns=columns, on_terminal=True).out
        assert not obeyed(SGR.sub("", screen))
    if command == "show":
        shown = "".join(SGR.sub("", screen).split())
        for name, text in KEPT.items():
            assert shown.count("".join(clean(text.strip()).split())) >= len(OPTIONS), name


@pytest.mark.parametrize("command", COMMANDS)
def test_as_plain_text_a_row_stays_a_line(command: str, told: CommandLine, plain: CommandLine) -> None:
    answer = asked(told, command, "plain")
    assert not obeyed(answer.out)
    if command == "show":
        assert all(text.strip() in answer.out for text in KEPT.values())
    else:
        assert answer.out.count("\n") == asked(plain, command, "plain").out.count("\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_spreadsheet_runs_nothing(command: str, told: CommandLine) -> None:
    page = asked(told, command, "csv").out.removeprefix("\ufeff")
    rows = [*csv.reader(io.StringIO(page, newline=""), strict=True)]
    assert not obeyed(page.replace("\r\n", "\n"))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) or re.fullmatch(r"-?[0-9.]+", cell), cell


@pytest.mark.parametrize("command", COMMANDS)
def test_for_shell_tools_a_row_keeps_its_fields(command: str, told: CommandLine) -> None:
    page = asked(told, command, "tsv").out
    assert not obeyed(page.replace("\t", ""))
    if command == "show":
        return
    rows = [*csv.reader(io.StringIO(page, newline=""), delimiter="\t", strict=True)]
    assert page.count("\n") == len(rows)
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_json_holds_no_raw_control_character(command: str, told: CommandLine) -> None:
    page = asked(told, command, "json").out
    lines = asked(told, command, "jsonl").lines
    assert not obeyed(page)
    assert not obeyed("\n".join(lines))
    found = json.loads(page)
    if isinstance(found, list):
        assert [json.loads(line) for line in lines] == found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_browser_sees_no_element_of_a_note(command: str, told: CommandLine, plain: CommandLine) -> None:
    page = asked(told, command, "html").out
    assert not obeyed(page)
    found, expected = Page(page), Page(asked(plain, command, "html").out)
    assert set(found.elements) == set(expected.elements)
    if command == "show":
        assert all(text.strip() in found.text for text in KEPT.values())
    else:
        assert found.elements == expected.elements


@pytest.mark.parametrize("command", COMMANDS)
def test_in_markdown_a_note_is_text(command: str, told: CommandLine) -> None:
    page = asked(told, command, "markdown").out
    assert not obeyed(page)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special", "softbreak"}
    rows = [k for k, token in enumerate(tokens) if token.type == "tr_open"]
    assert len(rows) == sum(line.startswith("|") for line in page.splitlines()) - 1
    # A parser fills up and cuts rows to the width of the heading, so what stands in them is compared.
    assert len({cells(line) for line in page.splitlines() if line.startswith("|")}) == 1


def cells(line: str) -> int:
    """How many cells a row of a pipe table has: bars that nothing escapes part them."""
    return len(re.sub(r"\\.", "", line).strip("|").split("|"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A shell where the same tasks were reported on, in a harmless word."""
    here = tmp_path_factory.mktemp("plain")
    shutil.copytree(DATA, here / "data")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("YZPLAN_CACHE", str(here / "cache"))
        cli = CommandLine(here=here, monkeypatch=monkeypatch)
        words = [f"{option}=模拟" for option in OPTIONS]
        assert cli("update", TASK, *set(others()), "--status", "in_progress", *words).code == 0
        yield cli


def asked(cli: CommandLine, command: str, form: str = "table", **terminal: Any) -> Answer:
    """The answer to a question, which is one."""
    answer = cli(*COMMANDS[command].split(), "--format", form, **terminal)
    assert answer.code == 0, answer.err
    assert not obeyed(answer.err)
    return answer


class Page(html.parser.HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Sequence[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--", ()))

    def unknown_decl(self, data: str) -> None:
        self.elements.append(("!", ()))

    def handle_pi(self, data: str) -> None:
        self.elements.append(("?", ()))

    def handle_data(self, data: str) -> None:
        self.text += data
