"""Command lines and environments that would reach git, a path or the terminal: a sentence each, and no harm.

Every one is given to the real program, in a real repository.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from commandline import git
from limits import run

DATA = Path(__file__).parents[2] / "data"
ESC, OSC = "\x1b[31m", "\x1b]52;c;eA==\x07"
DONE = ("update", "5", "--status", "done")
VISIT = ("supervise", "add", "--measure", "暗访", "--unit", "零陵区", "--finding")


class Case(NamedTuple):
    """A command line, the code it ends with, and what it says in any case."""

    words: tuple[str, ...]
    code: int
    said: str
    env: Mapping[str, str | None] = {}


def rev(name: str, said: str | None = None) -> Case:
    """A revision that there is not."""
    return Case(("check", "--rev", name), 2, said or f"没有“{name}”这个版本")


UNSEEN = "版本名是空的、太长，或含有看不见的字符"
CASES: Mapping[str, Case] = {
    # into git
    "rev: option": Case(("check", "--rev=--output=x"), 2, "没有“--output=x”这个版本"),
    "rev: help": rev("-h"),
    "rev: program": Case(("check", "--rev=--upload-pack=touch x"), 2, "没有“--upload-pack=touch x”这个版本"),
    "rev: command": rev("HEAD^{commit}; touch x"),
    "rev: substitution": rev("$(touch x)"),
    "rev: file": rev("HEAD:data/tasks.yaml"),
    "rev: range": rev("HEAD..HEAD"),
    "rev: checked out before": rev("@{-1}"),
    "rev: message": rev(":/没有这样的说明"),
    "rev: index": rev(":data/tasks.yaml"),
    "rev: all": rev("--all"),
    "rev: git dir": rev("--git-dir=/tmp"),
    "rev: of a query": Case(("list", "--rev=--output=x"), 2, "没有“--output=x”这个版本"),
    "rev: day and a command": rev("2022-07-31; touch x"),
    "rev: empty": rev("", UNSEEN),
    "rev: newline": rev("HEAD\n", UNSEEN),
    "rev: ESC": rev(f"{ESC}HEAD", UNSEEN),
    "rev: OSC": rev(OSC, UNSEEN),
    "rev: bytes": rev(os.fsdecode(b"\xff\xfe"), UNSEEN),
    "rev: long": rev("x" * 100_000, UNSEEN),
    # where an answer goes
    "output: no folder": Case(("list", "-o", "../没有/y.csv"), 3, "文件或目录不存在"),
    "output: data": Case(("list", "-o", "data/tasks.yaml"), 2, "tasks.yaml"),
    "output: data all the same": Case(("list", "--format", "json", "-o", "data/units.yaml"), 2, "是数据文件"),
    "output: link to data": Case(("list", "--format", "json", "-o", "link.json"), 2, "是数据文件"),
    "output: full device": Case(("list", "--format", "csv", "-o", "/dev/full"), 3, "/dev/full"),
    "output: here": Case(("list", "--format", "csv", "-o", "."), 3, ". 不是普通文件，不能写入"),
    "output: ESC": Case(("list", "-o", f"没有{ESC}/y.csv"), 3, "写不了 没有�[31m/y.csv"),
    "output: option": Case(("list", "-o", "--format"), 2, "不知道“--format”该写成什么格式"),
    "output: long": Case(("list", "-o", "x" * 5_000 + ".csv"), 3, "写不了"),
    # papers
    "reissue: device": Case(("dispatch", "--reissue", "/dev/zero"), 2, "/dev/zero 不是能重印的文稿"),
    "reissue: link to a device": Case(("dispatch", "--reissue", "zero.md"), 2, "zero.md 不是文稿"),
    "reissue: data": Case(("dispatch", "--reissue", "data/tasks.yaml"), 2, "不是能重印的文稿"),
    "reissue: option": Case(("notice", "--reissue", "--all"), 2, "不是能重印的文稿"),
    "reissue: ESC": Case(("notice", "--reissue", f"{ESC}.md"), 2, "读不了 �[31m.md：文件不存在"),
    "paper: ESC in its number": Case(
        ("dispatch", "-m", "2022-07", "--document-number", ESC), 2, "发文字号里有看不见的字符"
    ),
    "paper: long number": Case(
        ("dispatch", "-m", "2022-07", "--document-number", "模" * 10_001), 2, "发文字号有 10,001 字"
    ),
    "notices: into the data": Case(
        ("notice", "--all", "-m", "2022-07", "--format", "json", "-o", "data/tasks.yaml"),
        3,
        "那里已有别的文件",
    ),
    "notices: into a device": Case(
        ("notice", "--all", "-m", "2022-07", "--format", "json", "-o", "/dev/null/x"),
        3,
        "路径中有一段不是目录",
    ),
    "template: path": Case(("template", "../../etc/passwd"), 2, "没有“../../etc/passwd”这个模板"),
    # where the data are
    "data: file": Case(("list", "--data", "data/tasks.yaml"), 3, "tasks.yaml"),
    "data: device": Case(("list", "--data", "/dev/zero"), 3, "/dev/zero"),
    "data: URL": Case(("list", "--data", "http://example.org/data"), 3, "数据目录不存在或进不去"),
    "data: long": Case(("list", "--data", "x" * 5_000), 3, "数据目录不存在或进不去"),
    "data: ESC": Case(("check", "--data", f"{ESC}x"), 3, "进不去：�[31mx"),
    "data: OSC": Case(("list", "--data", OSC), 3, "进不去：�]52;c;eA==�"),
    "data: bytes": Case(("list", "--data", os.fsdecode(b"\xff")), 3, "进不去：�"),
    "data: everything": Case(("check", "--data", "/"), 3, "读不了文件"),
    # units, months, numbers
    "unit: pattern": Case(("list", "--unit", "市.*局"), 2, "未登记的单位“市.*局”"),
    "unit: slow pattern": Case(("list", "--unit", "(a+)+$" * 20), 2, "未登记的单位"),
    "unit: glob": Case(("list", "--unit", "*"), 2, "未登记的单位“*”"),
    "unit: ESC": Case(("list", "--unit", f"市{ESC}税务局"), 2, "未登记的单位“市�[31m税务局”"),
    "unit: C1": Case(("list", "--unit", "\x9b31m"), 2, "未登记的单位“�31m”"),
    "unit: override": Case(("list", "--unit", "\u202e局务税"), 2, "未登记的单位“�局务税”"),
    "unit: tab": Case(("list", "--unit", "市\t税务局"), 0, "共 51 项任务"),
    "unit: return": Case(("list", "--unit", "没有\r单位"), 2, "未登记的单位“没有�单位”"),
    "unit: markup": Case(("list", "--unit", "[red]x[/]"), 2, "未登记的单位“[red]x[/]”"),
    "unit: long": Case(("list", "--unit", "长" * 33_000), 2, "未登记的单位"),
    "unit: empty": Case(("list", "--unit", ""), 2, "未登记的单位“”"),
    "unit: spaces": Case(("list", "--unit", "   "), 2, "未登记的单位“   ”"),
    "month: ESC": Case(("overdue", "--month", f"{ESC}2022-07"), 2, "看不懂的月份“�[31m2022-07”"),
    "month: newline": Case(("overdue", "--month", "2022\n-07"), 0, "逾期未完成 53 项"),
    "month: full-width": Case(("overdue", "--month", "２０２２－０７"), 0, "逾期未完成 53 项"),
    "month: year 0": Case(("overdue", "--month", "0000-01"), 2, "0000-01"),
    "month: last": Case(("overdue", "--month", "9999-12"), 0, "截至 9999-12-31"),
    "month: five digits": Case(("overdue", "--month", "99999-01"), 2, "看不懂的月份“99999-01”"),
    "id: exponent": Case(("show", "1e3"), 2, "看不懂的任务编号“1e3”"),
    "id: 0": Case(("show", "0"), 2, "没有第 0 项任务"),
    "id: negative": Case(("show", "-1"), 2, "没有 -1 这个选项"),
    "id: huge": Case(("show", "9" * 20), 2, "看不懂的任务编号"),
    "id: huge range": Case((*DONE[:1], "1-999999999", *DONE[2:]), 2, "任务编号"),
    "id: wide range": Case((*DONE[:1], "1-999999", *DONE[2:]), 2, "跨度过大"),
    "id: backwards": Case(("show", "9-5"), 2, "前大后小"),
    "id: Arabic digit": Case(("show", "٣"), 0, "第 3 项"),
    "id: full-width digit": Case(("show", "５"), 0, "第 5 项"),
    "id: ESC": Case(("show", OSC), 2, "看不懂的任务编号“�]52;c;eA==�”"),
    # columns, order, format
    "columns: nothing": Case(("list", "--columns", ","), 2, "没有“”这个键"),
    "columns: attribute": Case(("list", "--columns", "__class__"), 2, "没有“__class__”这个键"),
    "sort: dash": Case(("list", "--sort", "-"), 2, "没有“”这个键"),
    "sort: option": Case(("list", "--sort", "--id"), 2, "没有“-id”这个键"),
    "format: path": Case(("list", "--format", "../x"), 2, "没有“../x”这个格式"),
    "format: capitals": Case(("list", "--format", "JSON"), 2, "没有“JSON”这个格式"),
    # values of a report
    "percent: nan": Case((*DONE, "--percent", "nan"), 2, "进度“nan”不是数字"),
    "percent: inf": Case((*DONE, "--percent", "inf"), 2, "进度“inf”不是数字"),
    "percent: overflow": Case((*DONE, "--percent", "1e309"), 2, "进度“1e309”不是数字"),
    "percent: twice": Case((*DONE, "--percent", "50%%"), 2, "进度“50%%”不是数字"),
    "percent: minus 0": Case((*DONE, "--dry-run", "--percent", "-0"), 0, "percent: 0"),
    "measured: no name": Case((*DONE, "--measured", "=1"), 2, "看不懂的实测值“=1”"),
    "measured: two signs": Case((*DONE, "--measured", "a=b=c"), 2, "实测值“a=b=c”不是数字"),
    "status: ESC": Case((*DONE[:3], f"{ESC}done"), 2, "没有“�[31mdone”这种状态"),
    # the office's own ledgers
    "reference: path": Case(("supervise", "close", "../../x"), 2, "没有这条记录：../../x"),
    "reference: ESC": Case(("supervise", "reply", f"{ESC}abcd"), 2, "没有这条记录：�[31mabcd"),
    "reference: pattern": Case(("rank", "undo", "....", "--reason", "x"), 2, "没有这条记录：...."),
    "finding: OSC": Case((*VISIT, OSC), 2, "发现的问题里有看不见的字符 U+001B"),
    "finding: newline": Case((*VISIT, "a\nb: c"), 2, "发现的问题只能写一行"),
    "finding: YAML": Case((*VISIT, "- {a: *b} # c", "--dry-run"), 0, "finding: '- {a: *b} # c'"),
    "measure: ESC": Case(("supervise", "add", "--measure", ESC), 2, "没有“�[31m”这种督办方式"),
    "rank: negative": Case(("rank", "add", "--rank", "-1"), 2, "“-1”不是从 1 起的整数"),
    "rank: huge": Case(("rank", "add", "--of", "9" * 5_000), 2, "不是从 1 起的整数"),
    "period: ESC": Case(("summons", "--period", ESC), 2, "看不懂的评价期“�[31m”"),
    "supervise: ESC": Case(("supervise", f"{ESC}add"), 2, "没有“�[31madd”这个命令"),
    # files that are named elsewhere
    "schema: path": Case(("schema", "../x"), 2, "没有“../x”这个名称"),
    "explain: path": Case(("check", "--explain", "../../etc"), 2, "没有“../../etc”这个代码"),
    "fmt: extra": Case(("fmt", "extra"), 2, "多出的参数：extra"),
    "init: device": Case(("init", "/dev/null"), 2, "没有写"),
    "init: file": Case(("init", "data/tasks.yaml"), 2, "没有写"),
    "init: units of a device": Case(("init", "x", "--units", "/dev/zero"), 3, "/dev/zero"),
    "init: units ESC": Case(("init", "x", "--units", ESC), 3, "�[31m"),
    # words in odd places
    "response file": Case(("@/etc/passwd",), 2, "没有“@/etc/passwd”这个命令"),
    "command: ESC": Case((f"{ESC}list",), 2, "没有“�[31mlist”这个命令"),
    "command: OSC": Case((f"list{OSC}",), 2, "没有“list�]52;c;eA==�”这个命令"),
    "command: bytes": Case((os.fsdecode(b"\xff"),), 2, "没有“�”这个命令"),
    "command: empty": Case(("",), 2, "没有“”这个命令"),
    "option: ESC": Case(("list", f"--x{ESC}"), 2, "没有 --x�[31m 这个选项"),
    "option: flag with a value": Case(("check", f"--strict={ESC}"), 2, "--strict 后面不带值"),
    "extra: ESC": Case(("list", f"多{ESC}"), 2, "多出的参数：多�[31m"),
    "two dashes": Case(("list", "--", "--help"), 2, "多出的参数：--help"),
    "two dashes first": Case(("--", "list"), 0, "共 121 项任务"),
    "help last": Case((*DONE, "--note", "x", "--help"), 0, "填报进展"),
    "help as a value": Case((*DONE, "--dry-run", "--note", "--help"), 0, "'--help'"),
    # the environment
    "today: ESC": Case(("list",), 2, "环境变量 YZPLAN_TODAY：看不懂的日期“�[31m”", {"YZPLAN_TODAY": ESC}),
    "today: no day": Case(("list",), 2, "没有“2022-02-30”这一天", {"YZPLAN_TODAY": "2022-02-30"}),
    "today: last": Case(("list",), 0, "截至 9999-12-31", {"YZPLAN_TODAY": "9999-12-31"}),
    "today: first": Case(("list",), 0, "截至 0001-01-01", {"YZPLAN_TODAY": "0001-01-01"}),
    "data by environment: ESC": Case(("list",), 3, "进不去：�[31m", {"YZPLAN_DATA": ESC}),
    "data by environment: empty": Case(("list",), 0, "共 121 项任务", {"YZPLAN_DATA": ""}),
    "columns -1": Case(("list",), 0, "共 121 项任务", {"COLUMNS": "-1"}),
    "columns 0": Case(("--help",), 0, "查询：", {"COLUMNS": "0"}),
    "columns huge": Case(("--help",), 0, "查询：", {"COLUMNS": "1000000000"}),
    "columns nonsense": Case(("list", "--help"), 0, "列出任务", {"COLUMNS": "x"}),
    "terminal": Case(("list",), 0, "共 121 项任务", {"TERM": ESC, "FORCE_COLOR": "1"}),
    "locale C": Case(("list",), 0, "121", {"LANG": "C", "LC_ALL": "C"}),
    "locale absent": Case(("list",), 0, "共 121 项任务", {"LC_ALL": "zh_CN.GBK"}),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped data, committed, and a link to one of its files."""
    here = tmp_path_factory.mktemp("repository") / "here"
    shutil.copytree(DATA, here / "data")
    git(here, "init", "-q", "-b", "main")
    git(here, "add", "-A")
    git(here, "commit", "-q", "-m", "模拟")
    (here / "link.json").symlink_to("data/tasks.yaml")
    (here / "zero.md").symlink_to("/dev/zero")
    return here


def test_there_are_enough_of_them_and_none_is_there_twice() -> None:
    assert len({(case.words, *case.env.items()) for case in CASES.values()}) == len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_it_ends_in_a_sentence_and_harms_nothing(name: str, repository: Path) -> None:
    """`run` holds it to the limits, to a terminal that obeys nothing, and to files left as they are."""
    case = CASES[name]
    around = sorted(repository.parent.iterdir())
    found = run(repository, *case.words, env=case.env)
    assert (found.code, case.said in found.out + found.err) == (case.code, True), found
    assert sorted(repository.parent.iterdir()) == around
    if found.code:
        assert found.out == "" or found.out.startswith(("data/", "/", "../")), found
        assert "提示：" in found.out + found.err
