"""The list of the papers' templates."""

from yzplan.model.shape import Noun, noun
from yzplan.render.listing import Column

PAPERS = {
    "dispatch": "月度调度",
    "bulletin": "季度通报",
    "assess": "季度评估、年终考评",
    "performance": "绩效考核的附件",
    "notice": "提示函、督办函",
}
"""What the papers are called, by the names of their templates."""


@noun
class WordingRow(Noun):
    """The template in force of one paper. `path`: where the office's own is; None where it has none."""

    name: str
    paper: str
    is_own: bool
    path: str | None
    version: str


WORDING_COLUMNS: tuple[Column, ...] = (
    Column(key="name", heading="名称", text=lambda row: row.name),
    Column(key="paper", heading="文稿", text=lambda row: row.paper),
    Column(key="is_own", heading="自定", text=lambda row: "是" if row.is_own else "否"),
    Column(key="path", heading="文件", text=lambda row: row.path or "程序自带"),
    Column(key="version", heading="版本", text=lambda row: row.version),
)
