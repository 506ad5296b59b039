"""Reports of `check` on invented files (模拟) for the renderers."""

from collections.abc import Mapping

from yzplan.errors import Diagnostic
from yzplan.query.checked import CheckReport, check_report

TEXTS: Mapping[str, str] = {
    "data/tasks.yaml": "plan:\r\n  title: 模拟\r\n  year: 二〇二二\r\n",
    "data/units.yaml": "units: []\n",
}
"""Two files, one with CRLF."""

YEAR = Diagnostic("data/tasks.yaml", 3, 9, "Y103", "应为整数，实为文字", "写作 2022")
END = Diagnostic("data/tasks.yaml", 4, 1, "Y102", "缺少键“indicators”")
UNREADABLE = Diagnostic("data/units.yaml", 0, 0, "Y001", "读不了文件：没有权限", "核对路径与权限")
ODD = Diagnostic("data/units.yaml", 1, 8, "Y503", "模拟：日期在今天之后")


def report(*found: Diagnostic, is_strict: bool = False) -> CheckReport:
    return check_report(found, None, is_strict=is_strict, commit=None)
