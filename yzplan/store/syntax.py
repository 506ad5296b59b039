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
"""How many are told of a file's problems of syntax, of shape and of meaning each, and of what else is
odd by each rule; nobody reads more."""


def y001_unreadable(reason: str) -> Explanation:
    """文件读不了：不存在、没有权限，或者是目录、设备、管道。

    两个数据文件 `tasks.yaml`、`units.yaml` 都须是普通文件，缺一个就什么也答不出，所以这一条连 `check` 也以
    3 退出。误删、误改名的，用 `git status` 看清楚再恢复；没有权限的，找文件的主人开通。符号链接可以用，但要
    指向普通文件。

    错：
        $ ls data
        tasks.yaml

    改为：
        $ git checkout -- data/units.yaml
        $ ls data
        tasks.yaml  units.yaml
    """
    return Explanation(f"读不了文件：{reason}", "核对路径与权限；数据文件须是普通文件")


def y002_too_large(size: int) -> Explanation:
    """文件超过 32 MiB。

    一年的台账，121 项任务、两万条进展，也只有几兆。超过 32 MiB 的，多半是误放了别的文件，或者同一段内容被反
    复粘贴。用 `git diff --stat` 看是哪次改动带进来的，原样留一份备查，再换回原来的文件。

    错：
        $ ls -sh data/tasks.yaml
        48M data/tasks.yaml

    改为：
        $ mv data/tasks.yaml 误放的.yaml
        $ git checkout -- data/tasks.yaml
        $ ls -sh data/tasks.yaml
        92K data/tasks.yaml
    """
    return Explanation(f"文件过大（{size:,} 字节，上限 32 MiB）", "核对是否放错了文件")


def y003_not_utf8(encoding: str) -> Explanation:
    """文件不是 UTF-8 编码（例如 GBK 或 UTF-16），内容无法可靠读出。

    一些中文编辑器和办公软件默认存成 GBK 或 UTF-16，存回来的汉字在别人那里就成了乱码。在编辑器里另存为 UTF-8
    （有没有 BOM 都可以），或者用 `iconv` 转换；转换以后看一遍 `git diff`，应当只有自己改的那几行。

    错：
        $ file data/tasks.yaml
        data/tasks.yaml: ISO-8859 text

    改为：
        $ iconv -f GB18030 -t UTF-8 data/tasks.yaml > tasks-utf8.yaml
        $ mv tasks-utf8.yaml data/tasks.yaml
    """
    return Explanation(f"文件不是 UTF-8 编码（疑为 {encoding}）", "用编辑器打开，另存为 UTF-8")


def y004_empty() -> Explanation:
    """文件是空的，或者只有注释。

    空文件不等于没有任务：多半是保存时出了差错，或者内容被整个注释掉了。用 `git checkout` 或备份恢复；新建的
    文件，先写上最少的内容。下面是一份最短的单位名录。

    错：
        # 单位名录（模拟）

    改为：
        # 单位名录（模拟）
        units:
        - {name: 市模拟税务局, kind: 中央省驻永单位, ambiguous: [模拟分局]}
        - {name: 市模拟住建局, kind: 市直部门, aliases: [市模拟住建委], ambiguous: [模拟分局]}
        - {name: 市模拟市监局, kind: 市直部门}
        - {name: 模拟东县, kind: 县市区}
        - {name: 模拟西区, kind: 县市区}
        groups:
        - {name: 各模拟县区, kind: closed, members: [模拟东县, 模拟西区]}
    """
    return Explanation("文件没有内容", "用 git checkout 或备份恢复该文件")


def y005_hidden_character(name: str) -> Explanation:
    r"""含有看不见的字符：控制字符、双向控制符、零宽字符等。

    从网页、微信、PDF 里复制的文字常带着它们。人看到的与程序读到的不一致，同一个单位名称便会对不上，甚至一句
    话倒着显示；所以直接写出不行，在双引号里用 `\u200b` 这样的转义写出也不行。删去该字符，或把这一段重新打一
    遍。

    错：
        note: "模拟：已完成\u200b系统改造"

    改为：
        note: 模拟：已完成系统改造
    """
    return Explanation(f"含有看不见的字符 {name}", "删去该字符")


def y006_conflict_marker(marker: str) -> Explanation:
    """留有 git 合并冲突的标记，两边的内容都在，还没有取舍。

    台账只增不改：两边各记了一条进展的，两条都是对的，删去标记、两条都留，按日期先后排好。冲突在任务原文、时
    限、单位上的，以文件原文为准，只留一边。

    错：
        <<<<<<< HEAD
            - date: 2022-07-15
              unit: 市模拟税务局
              status: in_progress
        =======
            - date: 2022-08-03
              unit: 模拟东县
              status: done
        >>>>>>> 模拟分支

    改为：
            - date: 2022-07-15
              unit: 市模拟税务局
              status: in_progress
            - date: 2022-08-03
              unit: 模拟东县
              status: done
    """
    return Explanation(f"留有合并冲突标记“{marker}”", "先解决冲突，再删去 <<<<<<<、=======、>>>>>>> 各行")


def y007_directive() -> Explanation:
    """有以 `%` 开头的行：那是 YAML 指令，不能使用。

    指令改变后面内容的读法，数据文件用不到它。从别处抄来的 `%YAML 1.1` 之类，删去即可；说明文字里确要以 % 开
    头的，写在引号里，并且不放在行首。

    错：
        %YAML 1.1
        plan:

    改为：
        plan:
    """
    return Explanation("以“%”开头的行是 YAML 指令，不能使用", "删去该行；若是文字，请加引号，且不写在行首")


def y008_syntax(problem: str) -> Explanation:
    """不合 YAML 语法，从这里起无法再读。

    常见的原因：文字里有冒号加空格，却没有加引号；缩进不齐；“- ”后面少了空格；引号、括号没有闭合；用制表符
    （Tab）缩进。此处以后还有没有别的问题，要等改好这一处再查。拿不准的文字，一律加上单引号。

    错：
        note: 网上办理占比: 82%

    改为：
        note: '网上办理占比: 82%'
    """
    return Explanation(f"不合 YAML 语法：{problem}", "检查此处及上一行的缩进、“- ”、引号和冒号")


def y009_second_document() -> Explanation:
    """文件里用 `---` 另起了第二份文档。

    一个文件只能有一份：第二份的内容，多数程序读不到，等于丢了。把两份文件首尾相接时容易带进来。删去多余的
    `---`，内容并到应在的位置。

    错：
        ---
        indicators:

    改为：
        indicators:
    """
    return Explanation("文件里有第二份文档", "删去多余的“---”及其后的内容")


def y010_anchor() -> Explanation:
    """用了 YAML 的锚点（`&名`）或引用（`*名`）。

    它们使几处内容连在一起，改一处便动了几处，审阅的人在 `git diff` 里看不出来。每条记录都要能单独看懂，请把
    内容直接写出。文字以 & 或 * 开头的，加引号。

    错：
        - date: &day 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: *day

    改为：
        - date: 2022-08-03
          unit: 市模拟税务局
          status: done
          completed_on: 2022-08-03
    """
    return Explanation("用了 YAML 锚点或引用", "把内容直接写出；若是文字，请加引号")


def y011_tag(tag: str) -> Explanation:
    """用了 YAML 标签（`!` 开头），它会改变值的类型。

    标签能让程序把文字当成数字，甚至当成要执行的东西，数据文件一概不用。数字直接写，文字以 ! 开头的加引号。

    错：
        percent: !!int '60'

    改为：
        percent: 60
    """
    return Explanation(f"用了 YAML 标签“{tag}”", "删去标签；若是文字，请加引号")


def y012_merge_key() -> Explanation:
    """用了 YAML 的合并键 `<<`。

    它把别处的内容并到这里，记录里写的便不是全部，看的人要到别处去找。请把各键逐一写出。

    错：
        - date: 2022-07-15
          <<: {unit: 市模拟税务局, status: in_progress}

    改为：
        - date: 2022-07-15
          unit: 市模拟税务局
          status: in_progress
    """
    return Explanation("用了 YAML 合并键“<<”", "把内容直接写出")


def y013_key_not_text(key: str) -> Explanation:
    """键不是文字。

    数字、空值、列表不能作键；`no`、`on`、`yes` 作键，会被一些程序读成真假值。多半是把值写到了键的位置。改正
    键名；键名确实像数字的（如指标名“2022”），加引号。

    错：
        measured: {80: 82}

    改为：
        measured: {网上办理占比: 82}
    """
    return Explanation(f"键“{key}”不是文字", "改正键名，或给它加引号")


def y014_duplicate_key(key: str, line: int) -> Explanation:
    """同一处的键重复。

    多数程序只认后一个而不出声，前一个的内容就丢了。核对哪一个对，只留一个；两处都有用的，合并成一处。同一项
    任务的两条进展不要写成两个键，各起一个“- ”。

    错：
        status: in_progress
        percent: 60
        percent: 65

    改为：
        status: in_progress
        percent: 65
    """
    return Explanation(f"键“{key}”重复，第 {line} 行已有", "合并两处内容，只留一个")


def y015_yes_no(value: str) -> Explanation:
    """不加引号的 `yes`、`no`、`on`、`off` 会被一些程序读成真假值。

    同一个字，这个程序当作文字，那个程序当作真假。要写文字的加引号；要写真假的，写 `true` 或 `false`。

    错：
        soft: yes

    改为：
        soft: true
    """
    return Explanation(f"“{value}”会被读成真假值", f"文字请写作 '{value}'；真假请写 true 或 false")


def y016_number(value: str) -> Explanation:
    """数字的写法有歧义，或者太长。

    `010` 有的程序读成 8，有的读成 10；`1_000`、`1e3`、`0x1F`、`12:30` 也各有各的读法。数字只写整数或小数，
    至多 18 位；编号、文号、引用码之类像数字的文字，加引号。

    错：
        percent: 060

    改为：
        percent: 60
    """
    if len(value) > 30:
        return Explanation(f"“{value[:18]}…”作数字太长", "数字至多 18 位；文字请加引号")
    return Explanation(f"“{value}”作数字有歧义", f"数字写作 10、1000、0.5 这样；文字请写作 '{value}'")


def y017_too_deep() -> Explanation:
    """嵌套超过 20 层。

    台账的内容最深不到 10 层。多半是方括号、花括号没有闭合，或者缩进错了一大片；也可能是有人故意为之。核对此
    处的括号与缩进。

    错：
        responsible_units: [[[[[[[[[[[[[[[[[[[[[市模拟住建局]]]]]]]]]]]]]]]]]]]]]

    改为：
        responsible_units: [市模拟住建局, 各模拟县区]
    """
    return Explanation("嵌套超过 20 层", "核对括号与缩进")


def y018_too_many(what: str) -> Explanation:
    """内容超过 700,000 个元素，或者一处有超过 1,000 个键、超过 1,000 项（进展、延期不限）、超过 10,000 字。

    一年的台账，两万条进展，也不过 35 万个元素，一项任务的文字不过几百个。多半是误放了别的文件，或者同一段内容
    被反复粘贴。用 `git diff --stat` 看是哪次改动带进来的，原样留一份备查，再换回原来的文件。

    错：
        $ grep -c 'date:' data/tasks.yaml
        500000

    改为：
        $ mv data/tasks.yaml 误放的.yaml
        $ git checkout -- data/tasks.yaml
        $ grep -c 'date:' data/tasks.yaml
        20000
    """
    return Explanation(f"内容过多（{what}）", "核对是否放错了文件")


def y019_too_many_problems() -> Explanation:
    """问题超过 1,000 处，其余的没有列出。

    这样多的问题多半出于同一个原因：误放了别的文件，替换时改错了一片，或者缩进整个错了。先看列出的头几处，改正
    以后再检查，其余的或者随之消失，或者这时才列出。

    错：
        $ yzplan check 2>&1 | tail -1
        共 1,001 处问题

    改为：
        $ git diff --stat
        $ git checkout -- data/tasks.yaml
        $ yzplan check
        没有问题
    """
    return Explanation(f"问题过多，超过 {MAX_PROBLEMS:,} 处的没有列出", "先改正已列出的，再检查一次")


def y599_more_alike(code: str) -> Explanation:
    """一个代码的提醒超过 1,000 处，其余的没有列出。

    这样多的提醒多半出于同一个原因，例如电脑的日期不对，或者一批记录的日期填错了。先看列出的头几处；台账里确实
    有这么多的，数据照用，不必理会。

    错：
        $ yzplan check 2>&1 | grep -c Y503
        1001

    改为：
        $ date
        $ yzplan check 2>&1 | grep -c Y503
        0
    """
    return Explanation(f"{code} 过多，超过 {MAX_PROBLEMS:,} 处的没有列出", "先看已列出的，多半出于同一个原因")


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
