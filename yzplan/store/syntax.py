"""Y0xx: what may not stand in a data file at all, one function a code.

A function's docstring is the manual of its code; it returns the sentence and the remedy.
"""

from collections.abc import Callable
from typing import NamedTuple


class Explanation(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    hint: str | None = None


Explainer = Callable[..., Explanation]

MAX_PROBLEMS = 1000
"""How many problems of one kind (syntax, shape, meaning) of a file are told; nobody reads more."""


def y001_unreadable(reason: str) -> Explanation:
    """文件读不了：不存在、没有权限、是目录或设备等。数据文件须是普通文件。"""
    return Explanation(f"读不了文件：{reason}", "核对路径与权限；数据文件须是普通文件")


def y002_too_large(size: int) -> Explanation:
    """文件超过 32 MiB。一年的台账远小于此，多半是误放了别的文件。"""
    return Explanation(f"文件过大（{size:,} 字节，上限 32 MiB）", "核对是否放错了文件")


def y003_not_utf8(encoding: str) -> Explanation:
    """文件不是 UTF-8 编码（例如 GBK 或 UTF-16），内容无法可靠读出。"""
    return Explanation(f"文件不是 UTF-8 编码（疑为 {encoding}）", "用编辑器打开，另存为 UTF-8")


def y004_empty() -> Explanation:
    """文件是空的，或者只有注释。"""
    return Explanation("文件没有内容", "用 git checkout 或备份恢复该文件")


def y005_hidden_character(name: str) -> Explanation:
    """出现控制字符、双向控制符、零宽字符等看不见的字符。

    它们使人看到的与程序读到的不一致，直接写出或以转义写出都不允许。
    """
    return Explanation(f"含有看不见的字符 {name}", "删去该字符")


def y006_conflict_marker(marker: str) -> Explanation:
    """文件里留有 git 合并冲突标记，两边的内容都在，须先取舍。"""
    return Explanation(f"留有合并冲突标记“{marker}”", "先解决冲突，再删去 <<<<<<<、=======、>>>>>>> 各行")


def y007_directive() -> Explanation:
    """以 % 开头的行是 YAML 指令，数据文件用不到。"""
    return Explanation("以“%”开头的行是 YAML 指令，不能使用", "删去该行；若是文字，请加引号，且不写在行首")


def y008_syntax(problem: str) -> Explanation:
    """不合 YAML 语法，此处以后无法再读。常见原因是缩进不齐、缺引号、冒号后缺空格、混入制表符。"""
    return Explanation(f"不合 YAML 语法：{problem}", "检查此处及上一行的缩进、“- ”、引号和冒号")


def y009_second_document() -> Explanation:
    """一个文件只能有一份文档，不能用 --- 再起一份。"""
    return Explanation("文件里有第二份文档", "删去多余的“---”及其后的内容")


def y010_anchor() -> Explanation:
    """锚点（&名）与引用（*名）使一处的改动影响多处，不允许使用。"""
    return Explanation("用了 YAML 锚点或引用", "把内容直接写出；若是文字，请加引号")


def y011_tag(tag: str) -> Explanation:
    """YAML 标签（!…）会改变值的类型，不允许使用。"""
    return Explanation(f"用了 YAML 标签“{tag}”", "删去标签；若是文字，请加引号")


def y012_merge_key() -> Explanation:
    """合并键（<<）会把别处的内容并进来，不允许使用。"""
    return Explanation("用了 YAML 合并键“<<”", "把内容直接写出")


def y013_key_not_text(key: str) -> Explanation:
    """键须是文字。数字、布尔值、空值或列表不能作键；no、on 等会被 YAML 读成布尔值。"""
    return Explanation(f"键“{key}”不是文字", "改正键名，或给它加引号")


def y014_duplicate_key(key: str, line: int) -> Explanation:
    """同一处的键重复。多数程序只认最后一个而不出声，前一个的内容便丢了。"""
    return Explanation(f"键“{key}”重复，第 {line} 行已有", "合并两处内容，只留一个")


def y015_yes_no(value: str) -> Explanation:
    """不加引号的 yes、no、on、off 会被一些程序读成真假。"""
    return Explanation(f"“{value}”会被读成真假值", f"文字请写作 '{value}'；真假请写 true 或 false")


def y016_number(value: str) -> Explanation:
    """数字只能写作整数或小数，至多 18 位。010、1_000、1e3、0x1F、.inf、12:30 在不同程序里读法不同。"""
    if len(value) > 30:
        return Explanation(f"“{value[:18]}…”作数字太长", "数字至多 18 位；文字请加引号")
    return Explanation(f"“{value}”作数字有歧义", f"数字写作 10、1000、0.5 这样；文字请写作 '{value}'")


def y017_too_deep() -> Explanation:
    """嵌套超过 20 层。"""
    return Explanation("嵌套超过 20 层", "核对括号与缩进")


def y018_too_many(what: str) -> Explanation:
    """内容超过 100 万个元素，或一处的键超过 1000 个。一年的台账远小于此。"""
    return Explanation(f"内容过多（{what}）", "核对是否放错了文件")


def y019_too_many_problems() -> Explanation:
    """一个文件的问题超过 1000 处，其余的没有列出。多半是同一个原因，改正以后再检查。"""
    return Explanation(f"问题过多，超过 {MAX_PROBLEMS:,} 处的没有列出", "先改正已列出的，再检查一次")


EXPLAINERS: tuple[Explainer, ...] = (
    y001_unreadable,
    y002_too_large,
    y003_not_utf8,
    y004_empty,
    y005_hidden_character,
    y006_conflict_marker,
    y007_directive,
    y008_syntax,
    y009_second_document,
    y010_anchor,
    y011_tag,
    y012_merge_key,
    y013_key_not_text,
    y014_duplicate_key,
    y015_yes_no,
    y016_number,
    y017_too_deep,
    y018_too_many,
    y019_too_many_problems,
)
