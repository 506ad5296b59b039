"""One answer in every format. Reports are 模拟."""

import csv
import html.parser
import io
import json
import re

import pytest
from commandline import CommandLine

KEYS = [
    "id",
    "indicator_id",
    "indicator",
    "text",
    "deadline",
    "effective_deadline",
    "lead_unit",
    "responsible_units",
    "open_ended",
    "status",
    "percent",
    "completed_on",
    "standing",
    "days_overdue",
    "carried_over",
    "last_record",
]
"""The keys that never change their meaning (DESIGN §5)."""

LISTS = ["list", "due --month 2022-07", "overdue --month 2022-07"]


@pytest.mark.parametrize("command", LISTS)
def test_json_of_a_list_has_the_published_keys(command: str, story: CommandLine) -> None:
    rows = story(*command.split(), "--format", "json").json
    assert isinstance(rows, list)
    for row in rows:
        assert {*KEYS} <= {*row}
        record = row["last_record"]
        assert record is None or list(record) == ["date", "unit", "status", "percent", "note", "ref"]
        assert row["percent"] is None or isinstance(row["percent"], int)


@pytest.mark.parametrize("command", LISTS)
def test_json_says_what_the_table_says(command: str, story: CommandLine) -> None:
    row = story(*command.split(), "--format", "json").json[0]
    assert re.fullmatch(r"2022-\d\d", row["deadline"])
    assert row["responsible_units"][-1] == "各县市区政府"
    assert row["carried_over"] in (True, False)


@pytest.mark.parametrize("command", [*LISTS, "units", "indicators"])
def test_jsonl_has_the_rows_of_json(command: str, story: CommandLine) -> None:
    lines = story(*command.split(), "--format", "jsonl").raw.decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == story(*command.split(), "--format", "json").json


@pytest.mark.parametrize("command", LISTS)
def test_all_formats_carry_the_same_tasks(command: str, story: CommandLine) -> None:
    def answer(form: str) -> str:
        return story(*command.split(), "--format", form).raw.decode("utf-8-sig")

    ids = [row["id"] for row in json.loads(answer("json"))]
    assert [int(line.split()[1]) for line in answer("plain").splitlines()[1:]] == ids
    assert [int(row["序号"]) for row in csv.DictReader(io.StringIO(answer("csv")))] == ids
    assert [int(row["id"]) for row in csv.DictReader(io.StringIO(answer("tsv")), delimiter="\t")] == ids
    assert [int(row.split("|")[2]) for row in answer("markdown").splitlines()[2:]] == ids
    assert [int(row[1]) for row in cells_of(answer("html"))[1:]] == ids
    assert [row["id"] for row in map(json.loads, answer("jsonl").splitlines())] == ids


def cells_of(page: str) -> list[list[str]]:
    """The rows of the one table of an HTML page."""

    class Reader(html.parser.HTMLParser):
        rows: list[list[str]] = []  # noqa: RUF012 - one reader a page
        inside = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag == "tr":
                self.rows.append([])
            self.inside = tag in ("td", "th")
            if self.inside:
                self.rows[-1].append("")

        def handle_endtag(self, tag: str) -> None:
            self.inside = False

        def handle_data(self, data: str) -> None:
            if self.inside:
                self.rows[-1][-1] += data

    reader = Reader()
    reader.rows = []
    reader.feed(page)
    return [[cell.strip() for cell in row] for row in reader.rows]


def test_csv_is_for_excel(story: CommandLine) -> None:
    raw = story("list", "--format", "csv").raw
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 122
    rows = [*csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))]
    assert rows[4]["完成日"] == ""  # 5 was done on 5 August, and this is the 1st
    assert (rows[0]["完成日"], rows[0]["进度%"]) == ("2022-07-20", "100")
    assert rows[50]["重点工作任务"].startswith("优化政策性融资担保体系")


def test_tsv_is_for_shell_tools(story: CommandLine) -> None:
    raw = story("list", "--format", "tsv").raw
    assert b"\r" not in raw
    rows = [*csv.DictReader(io.StringIO(raw.decode()), delimiter="\t")]
    assert [*rows[0]] == [*story("list", "--format", "json").json[0]]
    assert (rows[0]["standing"], rows[0]["carried_over"], rows[0]["percent"]) == ("on_time", "true", "100")
    assert rows[30]["last_record"] == ""
    assert rows[0]["responsible_units"].endswith(",各县市区政府")


def test_new_and_carried_over_are_said_only_of_what_is_overdue(story: CommandLine) -> None:
    text = story("list", "--format", "csv", today="2022-09-01").raw.decode("utf-8-sig")
    said = {int(row["序号"]): row["新增结转"] for row in csv.DictReader(io.StringIO(text))}
    assert [said[number] for number in (4, 1, 5, 7, 10)] == ["结转", "", "", "", ""]


@pytest.mark.parametrize("command", LISTS)
def test_plain_text_is_one_line_a_task_with_its_full_wording(command: str, story: CommandLine) -> None:
    rows = story(*command.split(), "--format", "json").json
    lines = story(*command.split()).lines[1:]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert line.endswith(row["text"])


def test_plain_text_has_no_title_no_frame_and_no_trailing_spaces(cli: CommandLine) -> None:
    answer = cli("overdue", "--month", "2022-07")
    assert answer.lines[0].split() == [
        "灯",
        "序号",
        "现行时限",
        "逾期",
        "牵头单位",
        "责任单位",
        "重点工作任务",
    ]
    assert all(line == line.rstrip() for line in answer.lines)


def test_the_width_of_the_window_does_not_touch_what_is_piped(cli: CommandLine) -> None:
    assert cli("list", columns=20) == cli("list", columns=200)


def test_markdown_escapes_what_it_would_read_as_markup(cli: CommandLine) -> None:
    assert cli("update", 83, "--status", "blocked", "--note", "模拟：甲|乙 `丙` <丁> [戊]_己_").code == 0
    [line] = [line for line in cli("list", "--format", "markdown").lines if line.startswith("| 红 |   83 ")]
    assert r"“7\*24小时”受理" in line
    words = ("list", "-i", "13", "--columns", "id,last_record", "--format", "markdown")
    [line] = [line for line in cli(*words).lines if line.startswith("|   83 ")]
    assert r"模拟：甲\|乙 \`丙\` \<丁\> \[戊\]\_己\_" in line


def test_html_escapes_what_it_would_read_as_markup(cli: CommandLine) -> None:
    note = "模拟：<script>alert('x')</script> & “引号”"
    assert cli("update", 83, "--status", "blocked", "--note", note).code == 0
    page = cli("list", "-i", "13", "--columns", "id,last_record", "--format", "html").out
    assert "<script" not in page
    assert ["83", f"2022-08-01 受阻 {note}"] in cells_of(page)


def test_html_is_a_whole_page(cli: CommandLine) -> None:
    page = cli("overdue", "--month", "2022-06", "--format", "html").out
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n')
    assert page.endswith("</table>\n</body>\n</html>\n")
    assert "<title>逾期未完成任务（截至 2022-06-30）</title>" in page


def test_table_is_plain_where_no_terminal_reads_it(cli: CommandLine) -> None:
    assert cli("list", "--format", "table") == cli("list", "--format", "plain") == cli("list")


def test_plain_stays_plain_on_a_terminal(cli: CommandLine) -> None:
    piped = cli("overdue", "--month", "2022-07", "--format", "plain")
    assert cli("overdue", "--month", "2022-07", "--format", "plain", on_terminal=True) == piped


@pytest.mark.parametrize("form", ["plain", "markdown", "csv", "tsv", "json", "jsonl", "html"])
@pytest.mark.parametrize(
    "command",
    [
        "show 5",
        "summary",
        "units",
        "indicators",
        "due",
        "assess --year 2022",
        "assess --year 2022 --explain 道县",
    ],
)
def test_every_report_has_every_format(command: str, form: str, story: CommandLine) -> None:
    answer = story(*command.split(), "--format", form)
    assert answer.code == 0
    if form == "json":
        json.loads(answer.raw)
    elif form == "html":
        assert answer.out.startswith("<!doctype html>")
    assert "\x1b" not in answer.out
