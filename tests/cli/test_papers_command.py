"""dispatch and bulletin, and what all commands of papers share. All data are 模拟."""

import os
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx.api
import pytest
from commandline import CommandLine, git
from office import commit, founded, head, write
from tiny import TASKS

from yzplan.office.master import master

JULY = ("dispatch", "--month", "2022-07")
QUARTER = ("bulletin", "--quarter", "2022Q3")
ASKED = {
    "dispatch": JULY,
    "bulletin": QUARTER,
    "assess": ("assess", "--quarter", "2022Q3"),
    "notice": ("notice", "--unit", "甲局", "--month", "2022-07"),
}


@pytest.fixture
def office(cli: CommandLine) -> CommandLine:
    return founded(cli)


def litter(office: CommandLine) -> list[str]:
    return sorted(path.name for path in office.here.iterdir() if path.name not in (".git", "data"))


@pytest.mark.parametrize("extension", [".md", ".html", ".json", ".txt"])
def test_into_a_file_goes_what_goes_to_stdout(extension: str, office: CommandLine) -> None:
    form = {".md": "markdown", ".html": "html", ".json": "json", ".txt": "plain"}[extension]
    answer = office(*JULY, "-o", f"七月{extension}")
    assert (answer.code, answer.raw, answer.err) == (0, b"", f"已写入 七月{extension}\n")
    assert (office.here / f"七月{extension}").read_bytes() == office(*JULY, "--format", form).raw


def test_a_terminal_shows_it_and_a_pipe_gets_plain_text(office: CommandLine) -> None:
    assert office(*JULY).raw == office(*JULY, "--format", "plain").raw
    office.monkeypatch.setenv("NO_COLOR", "1")
    shown = office(*JULY, on_terminal=True, columns=60)
    assert (shown.code, shown.err) == (0, "")
    assert "一、总体情况" in shown.lines
    assert shown.raw != office(*JULY).raw


@pytest.mark.parametrize("name", ASKED)
def test_a_docx_goes_into_a_file_or_a_pipe_but_not_to_a_terminal(name: str, office: CommandLine) -> None:
    words = (*ASKED[name], "--format", "docx")
    answer = office(*words, today="2022-10-08")
    assert answer.code == 0
    assert ZipFile(BytesIO(answer.raw)).testzip() is None
    refused = office(*words, today="2022-10-08", on_terminal=True)
    assert (refused.code, refused.raw) == (2, b"")
    assert refused.err == "终端上显示不了 docx\n  提示：用 -o 写入文件，如 -o 文稿.docx\n"
    assert office(*ASKED[name], "-o", "文.docx", today="2022-10-08", on_terminal=True).code == 0
    assert (office.here / "文.docx").read_bytes() == answer.raw


def test_the_stamp_says_what_was_asked_for(office: CommandLine) -> None:
    words = (
        "--number 3 --reply-by 2022-10-20 --dated 2022-10-09 --document-number 模拟函〔2022〕3号 --red-head"
    )
    found = office(*QUARTER, *words.split(), "--format", "json", today="2022-10-08")
    assert found.err == ""
    assert {
        key: value for key, value in found.json["stamp"].items() if key not in ("program", "template")
    } == {
        "paper": "bulletin",
        "month": None,
        "period": "2022Q3",
        "unit": None,
        "form": None,
        "reply_by": "2022-10-20",
        "dated": "2022-10-09",
        "number": 3,
        "document_number": "模拟函〔2022〕3号",
        "red_head": True,
        "known_at": "2022-10-08",
        "written_on": "2022-10-08",
        "revision": head(office),
    }
    stamp = office(*QUARTER, "--known-at", "2022-10-01", "--format", "json", today="2022-10-08").json["stamp"]
    assert (stamp["known_at"], stamp["dated"], stamp["number"]) == ("2022-10-01", "2022-10-08", None)


def test_a_paper_of_a_revision_says_whose_data_they_are(office: CommandLine) -> None:
    first = head(office)
    office.tasks += "# 模拟\n"
    commit(office)
    office.tasks += "# 模拟：没有提交\n"
    answer = office(*JULY, "--rev", "HEAD~1", "--format", "json")
    assert answer.json["stamp"]["revision"] == first
    assert answer.err == f"数据取自提交 {first[:10]}（HEAD~1）\n"


def test_a_month_that_is_not_over_is_remarked_on(office: CommandLine) -> None:
    answer = office(*JULY, "-o", "七月.md", today="2022-07-31")
    assert answer.err == (
        "已写入 七月.md\n2022年7月还没有过完（今天 2022-07-31），到期而未完成的是预警，不是逾期\n"
    )


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_committed_is_a_draft(name: str, office: CommandLine) -> None:
    office.tasks += "# 模拟：没有提交\n"
    answer = office(*ASKED[name], "-o", "文.html", today="2022-10-08")
    said = "草稿：数据还没有提交，不能重印；用 git status 查看，提交以后再出\n"
    assert (answer.code, answer.err) == (0, f"已写入 文.html\n{said}")
    assert "草稿" in (office.here / "文.html").read_text("utf-8")


def test_so_is_what_lies_in_no_repository(cli: CommandLine) -> None:
    write(cli.here, TASKS)
    answer = cli(*JULY, "--format", "json")
    assert (answer.json["draft"], answer.json["stamp"]["revision"]) == (True, None)


def test_an_assessment_is_a_list_and_a_paper(office: CommandLine) -> None:
    """What it answered before it answers still."""
    words = ("assess", "--year", "2022")
    assert [*office(*words, "--format", "json", today="2023-01-05").json][:2] == ["period", "as_of"]
    paper = office(*words, "-o", "考评.html", today="2023-01-05")
    assert "关于" in (office.here / "考评.html").read_text("utf-8")
    assert paper.err == "已写入 考评.html\n"
    for more in (("--sort", "-score"), ("--columns", "unit,score"), ("--explain", "甲局")):
        listed = office(*words, *more, "--format", "html", today="2023-01-05").out
        assert "<!doctype html>" in listed
        assert "yzplan" not in listed
        refused = office(*words, *more, "--format", "docx", today="2023-01-05")
        assert (refused.code, refused.raw) == (2, b"")
        assert refused.err.startswith("docx 是整份考评文稿，不能与 --explain、--sort、--columns 同用\n")


def test_the_attachment_is_a_list_and_a_paper(office: CommandLine) -> None:
    words = ("assess", "--year", "2022", "--attachment")
    answer = office(*words, "--format", "json", today="2023-01-05")
    assert [(row["unit"], row["task"], row["points"]) for row in answer.json][:3] == [
        ("市模拟甲局", 1, 0),
        ("市模拟甲局", 2, 20),
        ("市模拟甲局", 3, 0),
    ]
    assert {row["revision"] for row in answer.json} == {head(office)}
    assert answer.err == f"数据版本：{head(office)}\n5 个单位，10 项，截至 2022-12-31\n"
    assert office(*words, "-o", "附件.md", today="2023-01-05").code == 0
    again = office("assess", "--reissue", "附件.md", today="2023-03-05")
    assert again.raw == (office.here / "附件.md").read_bytes()
    refused = office(*words, "--explain", "甲局")
    assert (refused.code, refused.err.splitlines()[0]) == (2, "--attachment 与 --explain 只能用一个")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("dispatch", 2, "没有写 --month\n"),
        ("bulletin", 2, "没有写 --quarter\n"),
        ("dispatch --month 2022-13", 2, "看不懂的月份“2022-13”\n"),
        ("dispatch --month 2022-09", 2, "2022年9月还没有开始（今天 2022-08-01），没有情况可说\n"),
        ("dispatch --month 2022-04", 2, "2022年4月早于方案印发（2022-05-23），没有情况可说\n"),
        ("bulletin --quarter 2022Q4", 2, "2022年第四季度还没有开始（今天 2022-08-01），没有情况可说\n"),
        ("bulletin --quarter 2022Q1", 2, "2022年第一季度早于方案印发（2022-05-23），没有情况可说\n"),
        ("assess --year 2023 --format html", 2, "2023年度还没有开始（今天 2022-08-01），没有情况可说\n"),
        ("assess --year 2021 --attachment", 2, "2021年度早于方案印发（2022-05-23），没有情况可说\n"),
        ("notice --all --month 2023-01", 2, "2023年1月还没有开始（今天 2022-08-01），没有情况可说\n"),
        ("bulletin --quarter 2022Q3 --number 0", 2, "“0”不是从 1 起的整数\n"),
        ("bulletin --quarter 2022Q3 --number 第三", 2, "“第三”不是从 1 起的整数\n"),
        (
            "bulletin --quarter 2022Q3 --reply-by 2022-07-31",
            2,
            "反馈期限 2022-07-31 早于成文日期 2022-08-01\n",
        ),
        (
            "dispatch --month 2022-07 --known-at 2022-08-02",
            2,
            "--known-at 2022-08-02 还没有到（今天 2022-08-01）\n",
        ),
        ("assess --quarter 2022Q3 --red-head", 2, "--dated、--document-number、--red-head 只用于考评文稿\n"),
        ("notice --all --month 2022-07 --document-number 模拟〔2022〕1号", 2, "几份函不会是同一个发文字号\n"),
        ("bulletin --quarter 2022Q3 --reply-by 10月", 2, "看不懂的日期“10月”\n"),
        ("dispatch --month 2022-07 --dated 2022-02-30", 2, "没有“2022-02-30”这一天\n"),
        ("dispatch --month 2022-07 --known-at x", 2, "看不懂的日期“x”\n"),
        ("dispatch --month 2022-07 --document-number 一\n二", 2, "发文字号只能写一行\n"),
        ("dispatch --month 2022-07 --format csv", 2, "没有“csv”这个格式\n"),
        ("dispatch --month 2022-07 -o 七月.yaml", 2, "不知道“七月.yaml”该写成什么格式\n"),
        ("dispatch --month 2022-07 -o data/tasks.yaml --format json", 2, "data/tasks.yaml 是数据文件"),
        ("dispatch --month 2022-07 -o 没有/七月.docx", 3, "写不了 没有/七月.docx：文件或目录不存在\n"),
        ("dispatch --month 2022-07 -o data --format docx", 3, "data 不是普通文件，不能写入\n"),
        ("dispatch --month 2022-07 --data 没有", 3, "数据目录不存在或进不去：没有\n"),
        ("dispatch --month 2022-07 --rev nope", 2, "没有“nope”这个版本\n"),
    ],
)
def test_what_is_refused(words: str, code: int, said: str, office: CommandLine) -> None:
    answer = office(*words.split(" "))
    assert (answer.code, answer.raw) == (code, b"")
    assert answer.err.startswith(said)
    assert litter(office) == []
    assert git(office.here, "status", "--porcelain") == ""


@pytest.mark.parametrize("name", ASKED)
def test_a_plan_without_tasks_has_no_papers(name: str, office: CommandLine) -> None:
    header, _ = TASKS.split("indicators:\n")
    header = header.replace("{indicators: 2, tasks: 3}", "{indicators: 0, tasks: 0}")
    write(office.here, f"{header}indicators: []\n")
    answer = office(*ASKED[name], "-o", "文.docx", today="2022-10-08")
    assert (answer.code, answer.raw, litter(office)) == (2, b"", [])
    assert answer.err.startswith("任务表里还没有任务，写不出文稿\n")


@pytest.mark.parametrize("name", ASKED)
def test_when_the_disk_is_full_the_old_paper_is_as_it_was(name: str, office: CommandLine) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (office.here / "文.docx").write_text("旧文", "utf-8")
    office.monkeypatch.setattr(os, "fsync", full)
    answer = office(*ASKED[name], "-o", "文.docx", today="2022-10-08")
    assert (answer.code, answer.err.splitlines()[0]) == (3, "写不了 文.docx：磁盘已满")
    assert (office.here / "文.docx").read_text("utf-8") == "旧文"
    assert litter(office) == ["文.docx"]


def test_without_the_library_a_docx_is_refused_in_a_sentence(office: CommandLine) -> None:
    master.cache_clear()
    office.monkeypatch.setitem(sys.modules, "docx", None)
    answer = office(*JULY, "-o", "七月.docx")
    assert (answer.code, answer.raw, litter(office)) == (3, b"", [])
    assert answer.err.startswith("写不了 docx：python-docx 用不了（")


def test_without_its_empty_document_too(office: CommandLine) -> None:
    master.cache_clear()
    office.monkeypatch.setattr(docx.api, "_default_docx_path", lambda: str(Path("没有.docx")))
    answer = office(*JULY, "-o", "七月.docx")
    assert (answer.code, answer.raw, litter(office)) == (3, b"", [])
    assert answer.err.startswith("写不了 docx：python-docx 的空白文档不见了\n")
