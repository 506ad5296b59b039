"""template: the wording of the papers, and an office's own. All data are 模拟."""

import pytest
from commandline import CommandLine, git
from office import commit, founded, head

from yzplan.papers.composing import NAMES, built_in

OWN = "# 模拟市｜调度\n\n截至{{ until|day }}，{{ total.total }}项。\n"
SAID = ["# 模拟市调度", "截至2022年7月31日，3项。", "模拟市优化营商环境办公室", "2022年8月1日"]


@pytest.fixture
def office(cli: CommandLine) -> CommandLine:
    return founded(cli)


def put(office: CommandLine, content: str | bytes, name: str = "dispatch") -> None:
    folder = office.here / "data" / "templates"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_bytes(content.encode() if isinstance(content, str) else content)


def said(office: CommandLine, *words: str) -> list[str]:
    """The title and the body of a dispatch."""
    answer = office("dispatch", "--month", "2022-07", "--format", "markdown", *words)
    assert answer.code == 0, answer.err
    return [line for line in answer.lines if line and not line.startswith(("> 草稿", "数据说明", "<!--"))]


def test_the_list_says_which_are_the_office_s_own(office: CommandLine) -> None:
    put(office, OWN)
    answer = office("template")
    assert (answer.code, answer.err) == (0, "共 5 个，其中自定 1 个；用 yzplan template NAME 查看\n")
    assert [line.split()[:3] for line in answer.lines[1:]] == [
        ["dispatch", "月度调度", "data/templates/dispatch.md"],
        ["bulletin", "季度通报", "程序自带"],
        ["assess", "季度评估、年终考评", "程序自带"],
        ["performance", "绩效考核的附件", "程序自带"],
        ["notice", "提示函、督办函", "程序自带"],
    ]
    rows = office("template", "--format", "json").json
    assert [row["version"] for row in rows[1:]] == [built_in(name).version for name in NAMES[1:]]
    assert (
        rows[0]["version"]
        == office("dispatch", "--month", "2022-07", "--format", "json").json["stamp"]["template"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_with_a_name_it_prints_the_one_in_force(name: str, office: CommandLine) -> None:
    assert office("template", name).out == built_in(name).text
    put(office, OWN, name)
    assert office("template", name).out == OWN


def test_one_begins_with_what_the_program_has(office: CommandLine) -> None:
    """A shell empties the file that an answer goes to before the program looks at it."""
    before = office("dispatch", "--month", "2022-07", "--format", "json").raw
    put(office, "")
    assert office("template", "dispatch").out == built_in("dispatch").text
    assert office("dispatch", "--month", "2022-07", "--format", "json").raw == before
    put(office, office("template", "dispatch").raw)
    assert said(office) == said(office, "--rev", "HEAD")


def test_a_paper_says_what_the_office_s_own_says(office: CommandLine) -> None:
    put(office, OWN)
    assert said(office) == SAID


@pytest.mark.parametrize("changed", [f"\ufeff{OWN}", OWN.replace("\n", "\r\n")])
def test_a_byte_order_mark_or_other_line_ends_are_no_other_wording(changed: str, office: CommandLine) -> None:
    put(office, OWN)
    version = office("template", "--format", "json").json[0]["version"]
    put(office, changed)
    assert office("template", "--format", "json").json[0]["version"] == version
    assert said(office) == SAID


def test_a_revision_speaks_with_its_own_wording(office: CommandLine) -> None:
    first = head(office)
    put(office, OWN)
    commit(office)
    put(office, "# 模拟｜又改\n")
    assert said(office) == ["# 模拟又改", *SAID[2:]]
    assert said(office, "--rev", "HEAD") == SAID
    assert said(office, "--rev", first)[0].startswith("# 关于2022年7月")
    assert office("template", "dispatch", "--rev", "HEAD").out == OWN
    listed = office("template", "--rev", first)
    assert listed.err.endswith("其中自定 0 个；用 yzplan template NAME 查看\n")
    assert f"数据取自提交 {first[:10]}" in listed.err


def test_a_wording_that_is_not_committed_makes_a_draft(office: CommandLine) -> None:
    put(office, OWN)
    stamp = office("dispatch", "--month", "2022-07", "--format", "json").json["stamp"]
    other = office("notice", "--month", "2022-07", "--unit", "甲局", "--format", "json").json["stamp"]
    assert (stamp["revision"], other["revision"]) == (None, head(office))
    commit(office)
    stamp = office("dispatch", "--month", "2022-07", "--format", "json").json["stamp"]
    assert stamp["revision"] == head(office)


def test_a_mistake_is_told_with_its_line_and_of_a_revision_whose_it_is(office: CommandLine) -> None:
    put(office, "# 模拟\n\n{{ totl }}\n")
    answer = office("dispatch", "--month", "2022-07", "-o", "七月.docx")
    assert (answer.code, answer.raw) == (3, b"")
    assert answer.err == (
        "文稿模板 data/templates/dispatch.md:3 用不了：没有“totl”这个量\n"
        "  提示：改正模板，或删去它，改用自带的\n"
    )
    assert not (office.here / "七月.docx").exists()
    commit(office)
    assert office("dispatch", "--month", "2022-07", "--rev", "HEAD").err.startswith(
        f"文稿模板 提交 {head(office)[:10]}（HEAD）里的 data/templates/dispatch.md:3 用不了："
    )


def test_what_cannot_be_read_is_told(office: CommandLine) -> None:
    put(office, OWN.encode("gbk"))
    answer = office("dispatch", "--month", "2022-07")
    assert (answer.code, answer.raw) == (3, b"")
    assert answer.err.startswith("data/templates/dispatch.md:1:4: Y003 ")
    (office.here / "data" / "templates" / "dispatch.md").unlink()
    (office.here / "data" / "templates" / "dispatch.md").symlink_to("没有.md")
    answer = office("template")
    assert (answer.code, answer.raw) == (3, b"")
    assert answer.err.startswith("data/templates/dispatch.md: Y001 读不了文件：文件不存在\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("bulletn", "没有“bulletn”这个模板\n  提示：是否为 bulletin？"),
        ("bulletin --format json", "模板只有一种写法，不排序，也不取列\n"),
        ("--rev nope", "没有“nope”这个版本\n"),
    ],
)
def test_what_it_refuses(words: str, told: str, office: CommandLine) -> None:
    answer = office("template", *words.split())
    assert (answer.code, answer.raw) == (2, b"")
    assert answer.err.startswith(told)
    assert git(office.here, "status", "--porcelain") == ""
