"""A paper printed again, byte for byte, and what would be said now instead. Real git; all data are 模拟."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import CommandLine, git
from office import commit, founded, head, write

from yzplan import __version__
from yzplan.cli import issuing

PAPERS = {
    "dispatch": "dispatch --month 2022-07 --dated 2022-08-02",
    "bulletin": "bulletin --quarter 2022Q3 --number 3 --reply-by 2022-10-9 --document-number 模拟〔2022〕3号",
    "assess": "assess --quarter 2022Q3 --red-head",
    "notice": "notice --unit 甲局 --month 2022-07 --kind 提示函",
}
EXTENSIONS = (".docx", ".md", ".html", ".json")
ISSUED, LATER = "2022-10-08", "2023-02-01"


def forms(name: str) -> list[str]:
    """assess answers with figures in json, which are no paper."""
    return [each for each in EXTENSIONS if (name, each) != ("assess", ".json")]


@pytest.fixture
def office(cli: CommandLine) -> CommandLine:
    return founded(cli)


@pytest.fixture(scope="session")
def _archive(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """The repository after a year: every paper in every format, and what was corrected since.

    The files of today are checked out with CRLF, and have been changed without a commit.
    """
    here = tmp_path_factory.mktemp("archive")
    shutil.copytree(Path(__file__).parents[2] / "data", here / "data")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("YZPLAN_CACHE", str(cache))
        office = founded(CommandLine(here=here, monkeypatch=monkeypatch))
        for name, words in PAPERS.items():
            for extension in forms(name):
                answer = office(*words.split(), "-o", f"{name}{extension}", today=ISSUED)
                assert (answer.code, answer.err) == (0, f"已写入 {name}{extension}\n")
        said = ("undo", "2", "--unit", "模拟东县", "--reason", "模拟：报错了")
        assert office(*said, today="2022-10-20").code == 0
        commit(office)
        assert office("done", "1", "--note", "模拟", today="2022-10-21").code == 0
        (here / "data" / "templates").mkdir()
        for name in PAPERS:
            (here / "data" / "templates" / f"{name}.md").write_text("# 模拟｜新措辞\n模拟。\n", "utf-8")
        commit(office)
        git(here, "config", "core.autocrlf", "true")
        for file in (here / "data").glob("*.yaml"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    return here


@pytest.fixture
def archive(cli: CommandLine, _archive: Path) -> CommandLine:
    shutil.rmtree(cli.here / "data")
    shutil.copytree(_archive, cli.here, dirs_exist_ok=True)
    return cli


@pytest.mark.parametrize(("name", "extension"), [(name, each) for name in PAPERS for each in forms(name)])
def test_it_is_the_same_byte_for_byte(name: str, extension: str, archive: CommandLine) -> None:
    """On another day, after commits and corrections, with other templates, whatever the line endings."""
    file = archive.here / f"{name}{extension}"
    first = git(archive.here, "rev-list", "--max-parents=0", "HEAD").strip()
    answer = archive(name, "--reissue", file.name, today=LATER)
    assert (answer.code, answer.raw) == (0, file.read_bytes())
    assert answer.err == f"{file.name} 照提交 {first} 重印：与它逐字节相同\n"
    into = archive(name, "--reissue", file.name, "-o", f"重印{extension}", today=LATER)
    assert into.code == 0
    assert (archive.here / f"重印{extension}").read_bytes() == file.read_bytes()


def test_what_somebody_changed_by_hand_is_as_it_was(archive: CommandLine) -> None:
    file = archive.here / "dispatch.md"
    before = file.read_bytes()
    file.write_bytes(before.replace("通报".encode(), "喜报".encode(), 1))
    answer = archive("dispatch", "--reissue", "dispatch.md", today=LATER)
    assert answer.raw == before
    assert answer.err.endswith("重印：它出了以后有人改过，这是刚出时的样子\n")


def refused(archive: CommandLine, *words: str, code: int = 3) -> str:
    answer = archive(*words, today=LATER)
    assert (answer.code, answer.raw) == (code, b"")
    return answer.err


def test_what_has_changed_since_is_listed(archive: CommandLine) -> None:
    """The first task was reported done in October only; the wording is another by now."""
    write(archive.here, git(archive.here, "show", "HEAD:data/tasks.yaml"))
    shutil.rmtree(archive.here / "data" / "templates")
    commit(archive)
    answer = archive("dispatch", "--reissue", "dispatch.docx", "--diff", today=LATER)
    assert answer.code == 0
    assert answer.err == "2022-10-08 所知与今天所知：2 处不同\n"
    assert answer.lines[:3] == [
        "五、逾期未完成任务",
        "- 截至2022年7月31日，逾期未完成任务1项，为本月新增。清单见附件。",
        "+ 截至2022年7月31日，逾期未完成任务1项，为本月新增。清单见附件。其中第1项，"
        "据截至2023年2月1日的填报，其后已完成。",
    ]
    found = archive("dispatch", "--reissue", "dispatch.md", "--diff", "-o", "不同.json", today=LATER)
    assert (found.code, [*json.loads((archive.here / "不同.json").read_bytes())[0]]) == (
        0,
        ["place", "before", "after"],
    )


def test_where_nothing_has_changed_nothing_is_listed(office: CommandLine) -> None:
    assert office("dispatch", "--month", "2022-07", "-o", "七月.json", today=ISSUED).code == 0
    answer = office("dispatch", "--reissue", "七月.json", "--diff", today=LATER)
    assert (answer.code, answer.raw, answer.err) == (0, b"", "2022-10-08 所知与今天所知没有不同\n")
    assert office("dispatch", "--reissue", "七月.json", "--diff", "--format", "json").json == []


def test_a_draft_is_not_printed_again(office: CommandLine) -> None:
    office.tasks += "# 模拟：还没有提交\n"
    answer = office("dispatch", "--month", "2022-07", "-o", "七月.md")
    assert answer.err == (
        "已写入 七月.md\n草稿：数据还没有提交，不能重印；用 git status 查看，提交以后再出\n"
    )
    commit(office)
    assert refused(office, "dispatch", "--reissue", "七月.md") == (
        "这是草稿，不能重印：出它的时候，数据还没有提交\n  提示：提交数据，再出一份\n"
    )


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_another_program_or_wording_or_revision_is_not_passed_off_as_the_same(
    extension: str, office: CommandLine
) -> None:
    """What the stamp says is held to what there is, in each format."""
    first = head(office)
    file = f"七月{extension}"

    def reissued_with(change: str, value: str) -> str:
        with office.monkeypatch.context() as patch:
            if change == "program":
                patch.setattr("yzplan.__version__", value)
            else:
                stamp_of = issuing.stamp_of
                patch.setattr(
                    "yzplan.cli.papers.stamp_of",
                    lambda *args, **asked: replace(stamp_of(*args, **asked), **{change: value}),
                )
            assert office("dispatch", "--month", "2022-07", "-o", file).code == 0
        return refused(office, "dispatch", "--reissue", file)

    assert reissued_with("program", "9.9.9") == (
        f"{file} 是 yzplan 9.9.9 出的，现在是 {__version__}，写出来未必一样\n  提示：装上 yzplan 9.9.9 再试\n"
    )
    assert reissued_with("template", "0" * 12).startswith(
        f"{file} 的模板是 000000000000，提交 {first[:10]} 里用的是 "
    )
    assert reissued_with("revision", "0" * 40).startswith(
        f"这个仓库里没有提交 {'0' * 40}，{file} 不是照这里的数据出的\n"
    )


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_another_kind_is_refused(name: str, archive: CommandLine) -> None:
    command = "notice" if name == "dispatch" else "dispatch"
    said = refused(archive, command, "--reissue", f"{name}.docx")
    assert said.endswith(f"不由这个命令出\n  提示：用 yzplan {name} --reissue {name}.docx\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("dispatch --reissue 没有.md", 2, "读不了 没有.md：文件不存在\n"),
        ("dispatch --reissue data.md", 2, "data.md 不是文稿\n"),
        ("dispatch --reissue dispatch.txt", 2, "dispatch.txt 不是能重印的文稿\n"),
        ("dispatch --reissue 空.docx", 3, "空.docx 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去\n"),
        ("dispatch --reissue 空.html", 3, "空.html 里没有文稿的印记，不是本程序出的文稿，或者印记已被删去\n"),
        ("dispatch --reissue dispatch.md -o 七月.html", 2, ".md 文稿重印还是 .md\n"),
        ("dispatch --reissue dispatch.md -o 没有/七月.md", 3, "写不了 没有/七月.md：文件或目录不存在\n"),
        (
            "dispatch --reissue dispatch.md --month 2022-07",
            2,
            "--reissue 照文稿自己记着的重印，不能与 --month 同用\n",
        ),
        (
            "dispatch --reissue dispatch.md --rev HEAD",
            2,
            "--reissue 照文稿自己记着的重印，不能与 --rev 同用\n",
        ),
        (
            "dispatch --reissue dispatch.md --format html",
            2,
            "--reissue 照文稿自己记着的重印，不能与 --format 同用\n",
        ),
        ("dispatch --reissue dispatch.md --diff --format html", 2, "没有“html”这个格式\n"),
        ("dispatch --diff --month 2022-07", 2, "--diff 要与 --reissue 一起用\n"),
    ],
)
def test_what_it_refuses(words: str, code: int, said: str, archive: CommandLine) -> None:
    (archive.here / "data.md").mkdir()
    for name in ("空.docx", "空.html"):
        (archive.here / name).write_bytes(b"")
    assert refused(archive, *words.split(), code=code).startswith(said)


def test_a_docx_is_not_shown_on_a_terminal(archive: CommandLine) -> None:
    answer = archive("dispatch", "--reissue", "dispatch.docx", on_terminal=True)
    assert (answer.code, answer.raw) == (2, b"")
    assert answer.err == "终端上显示不了 docx\n  提示：用 -o 写入文件，如 -o 文稿.docx\n"


def test_any_clone_that_has_the_commit_can(archive: CommandLine, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", f"file://{archive.here}", "别处")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{archive.here}", "浅")
    file = archive.here / "bulletin.docx"
    whole = CommandLine(here=tmp_path / "别处", monkeypatch=archive.monkeypatch)
    assert whole("bulletin", "--reissue", file, today=LATER).raw == file.read_bytes()
    shallow = CommandLine(here=tmp_path / "浅", monkeypatch=archive.monkeypatch)
    assert "浅克隆的先用 git fetch --unshallow" in refused(shallow, "bulletin", "--reissue", file)
