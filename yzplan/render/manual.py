"""The manual of the diagnostic codes as text: one page for a reader, or all of it as Markdown."""

from collections.abc import Sequence
from itertools import groupby
from textwrap import indent

from yzplan.render.wrapping import paragraphs, wrapped
from yzplan.store.manual import RIGHT, WRONG, Manual

_PREFACE = """\
# 诊断代码手册

`yzplan check` 的每一条诊断都有一个不变的代码。这里逐个说明是什么问题，为什么要紧，怎么改，
各附一个错的和改好的例子；例子里的单位和进展都是模拟的。只看一个代码：`yzplan check --explain Y203`。

本文由 `yzplan check --explain all` 生成；要改，改规则的 docstring。
"""


def page(manual: Manual, width: int | None = None) -> str:
    """One code's page; sentences in lines of at most `width` columns, by default a paragraph a line."""
    kind = f"{manual.kind.name}（{manual.code[:2]}）：{manual.kind.consequence}"
    said = [f"{manual.code} {manual.summary}", kind, "", *paragraphs(manual.text)]
    lines = said if width is None else [line for each in said for line in wrapped(each, width)]
    examples = (f"{label}\n{indent(example, ' ' * 4)}" for label, example in _examples(manual))
    return "\n\n".join(["\n".join(lines), *examples]) + "\n"


def book(manuals: Sequence[Manual]) -> str:
    """All pages as one Markdown document, kind by kind, each kind with a table of its codes in front."""
    parts = [_PREFACE]
    for prefix, group in groupby(manuals, lambda manual: manual.code[:2]):
        pages = [*group]
        kind = pages[0].kind
        rows = (f"| [{each.code}](#{each.code.lower()}) | {each.summary} |\n" for each in pages)
        parts.append(f"## {kind.name}（{prefix}）\n\n{kind.consequence}\n")
        parts.append("| 代码 | 含义 |\n|---|---|\n" + "".join(rows))
        parts += (chapter(each) for each in pages)
    return "\n".join(parts)


def chapter(manual: Manual) -> str:
    """One code's page as Markdown, below a heading that is its code."""
    form = "console" if manual.wrong.startswith("$ ") else "yaml"
    said = [f"### {manual.code}", manual.summary, "\n".join(paragraphs(manual.text))]
    examples = (f"{label}\n\n```{form}\n{example}\n```" for label, example in _examples(manual))
    return "\n\n".join([*said, *examples]) + "\n"


def _examples(manual: Manual) -> Sequence[tuple[str, str]]:
    return (WRONG, manual.wrong), (RIGHT, manual.right)
