"""The manual of every diagnostic code: the docstrings of the rules, in the order of their codes.

A docstring is a page: a sentence, below it why it matters and what to do, in Markdown, with keys and
commands in backticks; then two examples, each four spaces in: below `错：` lines as they should not
be, below `改为：` the same lines mended.
"""

import inspect
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from yzplan import check
from yzplan.check import history
from yzplan.errors import code_of
from yzplan.store import shape, syntax

RULES: tuple[Callable[..., Any], ...] = (
    *syntax.EXPLAINERS,
    *shape.EXPLAINERS,
    *check.RULES,
    *check.ODDITY_RULES,
    syntax.y599_more_alike,
    *history.RULES,
    *history.EXPLAINERS,
    *history.REMARK_RULES,
)


class Kind(NamedTuple):
    """What codes that begin alike have in common: what they are about, and what follows for exit codes."""

    name: str
    consequence: str


_UNUSABLE = "数据不能用，check 以 1 退出（文件读不了时为 3），其他命令以 3 退出。"
_APPEND = "已经提交的记录不改原行，用 yzplan undo 更正再报。"
KINDS: dict[str, Kind] = {
    "Y0": Kind("语法", _UNUSABLE),
    "Y1": Kind("结构", _UNUSABLE),
    "Y2": Kind("引用", _UNUSABLE),
    "Y3": Kind("数目", _UNUSABLE),
    "Y4": Kind("时间与状态", f"只有 check 算作问题，以 1 退出；其他命令照常。{_APPEND}"),
    "Y5": Kind("提醒", f"数据可用，check 以 0 退出；加 --strict 才算问题，以 1 退出。{_APPEND}"),
    "Y6": Kind("历史", "只有 audit 判断，以 1 退出，Y65 只是提醒；check 和其他命令照常。"),
}

WRONG, RIGHT = "错：", "改为："


class Manual(NamedTuple):
    """One code's page.

    `summary` says in a sentence what the code means; `text`, the paragraphs below it, why it matters
    and what to do, in lines as written. `wrong` and `right` are the examples, lines of a data file, or
    of a shell (`$ …`) where the fault is not one of a file's text.
    """

    code: str
    summary: str
    text: str
    wrong: str
    right: str

    @property
    def kind(self) -> Kind:
        """What it has in common with its neighbours."""
        return KINDS[self.code[:2]]


def manuals() -> list[Manual]:
    """All codes."""
    return [_manual(rule) for rule in RULES]


def _manual(rule: Callable[..., Any]) -> Manual:
    said, _, examples = (inspect.getdoc(rule) or "").partition(f"\n\n{WRONG}\n")
    summary, _, text = said.partition("\n\n")
    wrong, _, right = examples.partition(f"\n\n{RIGHT}\n")
    return Manual(code_of(rule), summary, text, _lines(wrong), _lines(right))


def _lines(block: str) -> str:
    """An example without the margin that sets it off in the docstring."""
    return re.sub(r"^ {4}", "", block, flags=re.MULTILINE)
