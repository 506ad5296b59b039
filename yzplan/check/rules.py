"""Y2xx references, Y3xx completeness: what makes a well-formed table unusable, one function a code.

A function's docstring is the manual of its code.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from yzplan.check.findings import Finding, Locator, Rule
from yzplan.errors import code_of
from yzplan.model import (
    OFFICE,
    Directory,
    Extension,
    Group,
    Indicator,
    Plan,
    ProgressRecord,
    Task,
    Unit,
    comparison_key,
    decimal_text,
    email_key,
    exact,
    fingerprint,
    number_text,
)


def y201_unregistered_unit(plan: Plan) -> Iterator[Finding]:
    """写的单位不在单位名录（`units.yaml`）中。

    “1+1+N”责任链（文件三、2）要落到一家家具体单位，名字对不上，这项任务就没有人认领。照提示改成名录里的名
    称；文件里确有而名录里没有的，先在 `units.yaml` 登记。

    错：
        lead_unit: 市模拟税务所
        responsible_units: [市模拟住建局, 各模拟县区]

    改为：
        lead_unit: 市模拟税务局
        responsible_units: [市模拟住建局, 各模拟县区]
    """
    for where, name, may_mean in _unregistered(Directory(plan.register), _unit_mentions(plan)):
        if may_mean.entry is None:
            near = may_mean.near
            hint = f"是否为“{'”“'.join(near)}”？" if near else "先在 units.yaml 登记该单位"
            yield Finding(where, f"未登记的单位“{name}”", hint)


def y202_alias_for_name(plan: Plan) -> Iterator[Finding]:
    """该写名称的地方写了别名、全称或简写。

    在命令行里怎么叫都行，程序会换成名录里的名称；数据里只写名称，以免一家单位两种写法，查找、统计时漏掉。

    错：
        responsible_units: [市模拟住建委, 各模拟县区]

    改为：
        responsible_units: [市模拟住建局, 各模拟县区]
    """
    for where, name, may_mean in _unregistered(Directory(plan.register), _unit_mentions(plan)):
        if may_mean.entry:
            yield Finding(where, f"“{name}”不是名录里的名称", f"改为“{may_mean.entry.name}”")


class _Meaning(NamedTuple):
    """Whom an unregistered name means, where it is clear, or else names that are near."""

    entry: Unit | Group | None
    near: Sequence[str] = ()


def _unregistered(
    directory: Directory, mentions: Iterable[tuple[Locator, str]]
) -> Iterator[tuple[Locator, str, _Meaning]]:
    """Every place that names what is not in the register, and what may be meant.

    What may be meant is asked of a hundred names; who gets more of them wrong has another register.
    """
    known: dict[str, _Meaning] = {}
    for where, name in mentions:
        if name not in directory.entries:
            if name not in known:
                known[name] = _meaning(directory, name) if len(known) < 100 else _Meaning(None)
            yield where, name, known[name]


def _meaning(directory: Directory, name: str) -> _Meaning:
    found = directory.candidates(name)
    if len(found) == 1 and not directory.is_ambiguous(name):
        return _Meaning(found[0])
    near = [entry.name for entry in found]
    return _Meaning(None, near if 0 < len(near) <= 5 else directory.suggestions(name))


def _unit_mentions(plan: Plan) -> Iterator[tuple[Locator, str]]:
    """Every place of the table that names a unit or group."""
    for k, entry in enumerate(plan.header.assessment.adjustments):
        yield ("plan", "assessment", "adjustments", k, "unit"), entry.unit
    for i, indicator in enumerate(plan.indicators):
        yield ("indicators", i, "lead_unit"), indicator.lead_unit
        for k, name in enumerate(indicator.responsible_units):
            yield ("indicators", i, "responsible_units", k), name
    for i, task in enumerate(plan.tasks):
        if task.lead_unit != task.indicator.lead_unit:
            yield ("tasks", i, "lead_unit"), task.lead_unit
        if task.responsible_units != task.indicator.responsible_units:
            for k, name in enumerate(task.responsible_units):
                yield ("tasks", i, "responsible_units", k), name
        for k, record in enumerate(task.progress):
            yield ("tasks", i, "progress", k, "unit"), record.unit


def y203_duplicate_id(plan: Plan) -> Iterator[Finding]:
    """任务或指标的编号重复。

    编号是任务的身份，填报、查询、督办都凭它。复制一项来改时容易忘了改编号。照文件附件改正，提示里有还缺的编
    号。

    错：
        - id: 2
          deadline: 2022-07
          text: 建立模拟工作机制。
        - id: 2
          deadline: 2022-09
          text: 清理模拟历史遗留问题。

    改为：
        - id: 2
          deadline: 2022-07
          text: 建立模拟工作机制。
        - id: 3
          deadline: 2022-09
          text: 清理模拟历史遗留问题。
    """
    for what, word, entries, total in _numbered(plan):
        hint = f"改为文件附件中的编号{_missing(entries, total)}"
        for i in _repeated([entry.id for entry in entries]):
            yield Finding((what, i, "id"), f"{word}编号 {entries[i].id} 重复", hint)


def _numbered(plan: Plan) -> Iterator[tuple[str, str, Sequence[Task | Indicator], int]]:
    """Tasks and indicators: their place, their name, themselves, and how many the document says it has."""
    totals = plan.header.totals
    yield "tasks", "任务", plan.tasks, totals.tasks
    yield "indicators", "指标", plan.indicators, totals.indicators


def _missing(entries: Sequence[Task | Indicator], total: int) -> str:
    """The numbers from 1 to `total` that nobody has, as an aside for a hint; empty if there are none.

    Some number is missing wherever one is repeated, too high, or the count is wrong; so it is
    never a finding of its own.
    """
    used = {entry.id for entry in entries}
    missing = [*islice((number for number in range(1, total + 1) if number not in used), 11)]
    shown = "、".join(map(str, missing[:10])) + (" 等" if len(missing) > 10 else "")
    return f"（缺少编号 {shown}）" if missing else ""


def _repeated(values: Iterable[object]) -> Iterator[int]:
    """Positions of the values that stood earlier already."""
    seen = set()
    for i, value in enumerate(values):
        if value in seen:
            yield i
        seen.add(value)


def y204_lead_also_responsible(plan: Plan) -> Iterator[Finding]:
    """牵头单位又列在同一任务的责任单位里。

    牵头单位统筹整项任务，责任单位只管自己的一份（文件三、2），一家不能两头都占：考评按牵头计，责任单位里的
    这一项形同虚设。请从责任单位中删去。

    错：
        lead_unit: 市模拟税务局
        responsible_units: [市模拟税务局, 市模拟住建局, 各模拟县区]

    改为：
        lead_unit: 市模拟税务局
        responsible_units: [市模拟住建局, 各模拟县区]
    """
    for where, owner in _chains(plan):
        if plan.register.group(owner.lead_unit):
            continue  # Y215
        for k, name in enumerate(owner.responsible_units):
            if name == owner.lead_unit:
                here = (*where, "responsible_units", k)
                yield Finding(here, f"牵头单位“{name}”又列为责任单位", "删去责任单位中的这一项")


def _chains(plan: Plan) -> Iterator[tuple[Locator, Indicator | Task]]:
    """Whatever has units of its own: every indicator, and the tasks that do not take its indicator's."""
    for i, indicator in enumerate(plan.indicators):
        yield ("indicators", i), indicator
    for i, task in enumerate(plan.tasks):
        inherited = (task.indicator.lead_unit, task.indicator.responsible_units)
        if (task.lead_unit, task.responsible_units) != inherited:
            yield ("tasks", i), task


def y205_unregistered_member(plan: Plan) -> Iterator[Finding]:
    """组的成员没有登记，或者组的种类与成员不符。

    封闭的组（`closed`）展开为一家家成员，各有各的一份任务，所以成员都要登记，也不能没有成员；开放的组
    （`open`，如“市直相关单位”）名单不详，不列成员，程序从不替它猜。

    错：
        - {name: 各模拟县区, kind: closed, members: [模拟东县, 模拟南县]}

    改为：
        - {name: 各模拟县区, kind: closed, members: [模拟东县, 模拟西区]}
    """
    names = {unit.name for unit in plan.register.units}
    for i, group in enumerate(plan.register.groups):
        for k, name in enumerate(group.members):
            if name not in names:
                is_group = plan.register.group(name) is not None
                what, hint = ("也是一个组", "写明其中各家单位") if is_group else ("未登记", "先登记该单位")
                yield Finding(("groups", i, "members", k), f"组“{group.name}”的成员“{name}”{what}", hint)
        if group.is_open and group.members:
            yield Finding(
                ("groups", i, "members"), f"开放的组“{group.name}”不能列成员", "删去 members，或改为 closed"
            )
        if not group.is_open and not group.members:
            yield Finding(("groups", i, "name"), f"封闭的组“{group.name}”没有成员", "补上 members")


def y206_name_clash(plan: Plan) -> Iterator[Finding]:
    """两家单位（或组）用了同一个名称、全称或别名。

    查找时说不清指谁。各用各的；几家都可能被这样叫的，放进各自的 `ambiguous`，命令里写到它，程序会问是哪家。

    错：
        - {name: 市模拟税务局, kind: 中央省驻永单位, aliases: [模拟分局]}
        - {name: 市模拟住建局, kind: 市直部门, aliases: [市模拟住建委, 模拟分局]}

    改为：
        - {name: 市模拟税务局, kind: 中央省驻永单位, ambiguous: [模拟分局]}
        - {name: 市模拟住建局, kind: 市直部门, aliases: [市模拟住建委], ambiguous: [模拟分局]}
    """
    owners: dict[str, str] = {}
    entries: list[tuple[Locator, Unit | Group]] = [
        *((("units", i), unit) for i, unit in enumerate(plan.register.units)),
        *((("groups", i), group) for i, group in enumerate(plan.register.groups)),
    ]
    for where, entry in entries:
        names: list[tuple[Locator, str]] = [((*where, "name"), entry.name)]
        if not isinstance(entry, Group) and entry.full_name:
            names.append(((*where, "full_name"), entry.full_name))
        names += [((*where, "aliases", k), alias) for k, alias in enumerate(entry.aliases)]
        mine = set()
        for place, name in names:
            key = comparison_key(name)
            if key in owners and key not in mine:
                yield Finding(
                    place, f"“{name}”已用于“{owners[key]}”", "改用别的名称；说不清指谁的放入 ambiguous"
                )
            mine.add(key)
            owners.setdefault(key, entry.name)


def y207_outsider_record(plan: Plan) -> Iterator[Finding]:
    """进展记录的单位与这项任务无关。

    能填报的只有牵头单位、责任单位和所列封闭组的成员，各报各的一份（文件三、2：各责任单位按照职责分工协同落
    实）。核对单位，也核对任务编号：多半是记到了别的任务下面。写了组名的，改成其中具体的一家。

    错：
        - date: 2022-08-04
          unit: 市模拟市监局
          status: done

    改为：
        - date: 2022-08-04
          unit: 模拟东县
          status: done
    """
    registered = Directory(plan.register).entries
    for i, task in enumerate(plan.tasks):
        if not all(name in registered for name in (task.lead_unit, *task.responsible_units)):
            continue  # Y201 and Y202 come first: who has a part is not known yet
        if plan.register.group(task.lead_unit):
            continue  # and so does Y215
        own = {part.unit for part in plan.parts(task)} if task.progress else set()
        for k, record in enumerate(task.progress):
            if record.unit in own or record.unit not in registered:
                continue
            where = ("tasks", i, "progress", k, "unit")
            if isinstance(registered[record.unit], Group):
                yield Finding(where, f"“{record.unit}”不是一家单位，不能有它的进展", "写明是其中哪家单位")
            else:
                message = f"“{record.unit}”与第 {task.id} 项无关，不能有它的进展"
                yield Finding(where, message, "核对单位与任务编号")


def y208_dangling_correction(plan: Plan) -> Iterator[Finding]:
    """更正（`retracts`）所指的记录不对：没有这一条，是别的单位的，本身是更正，或已经更正过。

    更正不删旧行，凭引用码指明哪一条作废；引用码由那一条的全部内容算出，那一条改过一个字，引用码就变了。用
    `yzplan show` 查引用码；最省事的是用 `yzplan undo`，由程序写。一条记录只更正一次，更正不能再更正，要恢复
    就另报一条。

    错：
        - date: 2022-07-15
          unit: 市模拟税务局
          status: done
        - date: 2022-07-18
          unit: 市模拟税务局
          note: 模拟：录错了任务
          retracts: '12345678'

    改为：
        - date: 2022-07-15
          unit: 市模拟税务局
          status: done
        - date: 2022-07-18
          unit: 市模拟税务局
          note: 模拟：录错了任务
          retracts: '57e2e014'
    """
    for i, task in enumerate(plan.tasks):
        ledgers: list[tuple[str, Sequence[ProgressRecord | Extension]]] = [
            ("progress", task.progress),
            ("extensions", task.extensions),
        ]
        for key, entries in ledgers:
            if not any(entry.retracts for entry in entries):
                continue
            known = {entry.ref: entry for entry in entries}
            repeated = {*_repeated([entry.retracts or k for k, entry in enumerate(entries)])}
            for k, entry in enumerate(entries):
                where = ("tasks", i, key, k, "retracts")
                if not entry.retracts:
                    continue
                wrong = known.get(entry.retracts)
                if wrong is None:
                    message = f"第 {task.id} 项没有引用码为 {entry.retracts} 的记录"
                    yield Finding(where, message, f"用 yzplan show {task.id} 查引用码")
                elif wrong.retracts:
                    message = f"记录 {entry.retracts} 本身是更正，不能再更正"
                    yield Finding(where, message, "要恢复原来的内容，请另报一条")
                elif k in repeated:
                    yield Finding(where, f"记录 {entry.retracts} 已经更正过", "一条记录只更正一次")
                elif isinstance(wrong, ProgressRecord) and wrong.unit != getattr(entry, "unit", None):
                    message = f"记录 {entry.retracts} 是“{wrong.unit}”的，不能作为别的单位的更正"
                    yield Finding((*where[:-1], "unit"), message, f"改为“{wrong.unit}”")


def y209_status_or_correction(plan: Plan) -> Iterator[Finding]:
    """一条进展既没有写状态，也不是更正；或者两样都写了。

    进展要么写 `status`（现在怎么样），要么写 `retracts`（哪一条作废），只取其一；延期则是 `to` 或
    `retracts`。只想补充说明的，把状态照现在的再写一遍。

    错：
        - date: 2022-08-04
          unit: 模拟东县
          note: 模拟：已办结

    改为：
        - date: 2022-08-04
          unit: 模拟东县
          status: done
          note: 模拟：已办结
    """
    for i, task in enumerate(plan.tasks):
        for k, record in enumerate(task.progress):
            if (record.status is None) == (record.retracts is None):
                message = "进展须写明 status（状态）或 retracts（更正），且只写一个"
                yield Finding(("tasks", i, "progress", k), message, "补上或删去其一")
        for k, entry in enumerate(task.extensions):
            if (entry.to is None) == (entry.retracts is None):
                message = "延期须写明 to（延至）或 retracts（更正），且只写一个"
                yield Finding(("tasks", i, "extensions", k), message, "补上或删去其一")


def y210_quote_not_in_text(plan: Plan) -> Iterator[Finding]:
    """量化目标的引文（`quote`）或勘误的文字不在任务原文里。

    目标从原文来，引文须一字不差，才能随时回头核对；标点、全角半角也算。照抄原文；原文录错了的，先改原文（见
    Y305）。

    错：
        text: 推行模拟事项网上办理，力争网上办理占比至80%以上。
        targets:
        - metric: 网上办理占比
          op: '>='
          value: 80
          unit: '%'
          quote: 网上办理占比达到80%以上

    改为：
        text: 推行模拟事项网上办理，力争网上办理占比至80%以上。
        targets:
        - metric: 网上办理占比
          op: '>='
          value: 80
          unit: '%'
          quote: 网上办理占比至80%以上
    """
    for i, task in enumerate(plan.tasks):
        for k, target in enumerate(task.targets):
            if target.quote not in task.text:
                yield Finding(
                    ("tasks", i, "targets", k, "quote"),
                    f"第 {task.id} 项原文中没有“{target.quote}”",
                    "照抄原文",
                )
        for k, erratum in enumerate(task.errata):
            if (quoted := erratum.read or erratum.printed) not in task.text:
                yield Finding(("tasks", i, "errata", k), f"第 {task.id} 项原文中没有“{quoted}”", "照抄原文")


def y211_page_out_of_order(plan: Plan) -> Iterator[Finding]:
    """分页记载（`printed`）不对：起始任务不属于该指标，第一页不从首项起，或者不按先后。

    附件里跨页的指标，每页都重印一遍单位栏；`printed` 记着每页从哪一项起，凭它才能还原印刷的表。照附件的分页
    改。任务编号有误的，先改编号。

    错：
        printed:
        - {from_task: 1}
        - {from_task: 9}

    改为：
        printed:
        - {from_task: 1}
        - {from_task: 3}
    """
    misnumbered, tasks_of = _misnumbered(plan), _tasks_by_indicator(plan)
    for i, indicator in enumerate(plan.indicators):
        if indicator.id in misnumbered:
            continue
        own = [task.id for task in tasks_of[id(indicator)]]
        starts = [page.from_task for page in indicator.printed]
        for k, start in enumerate(starts):
            if start not in own:
                message = f"第 {start} 项不属于指标“{indicator.name}”"
            elif k == 0 and start != own[0]:
                message = f"指标“{indicator.name}”的第一页应从第 {own[0]} 项起，而不是第 {start} 项"
            elif k and start <= starts[k - 1]:
                message = f"从第 {start} 项起的一页不应排在从第 {starts[k - 1]} 项起的一页之后"
            else:
                continue
            yield Finding(("indicators", i, "printed", k, "from_task"), message, "核对文件附件的分页")


def y212_listed_twice(plan: Plan) -> Iterator[Finding]:
    """同一家单位在一个责任单位栏里，或在组的成员里，列了两次。

    删去重复的一项。印刷的表里确实重复的，单位栏照 `printed` 存原样，这里只留一个。

    错：
        responsible_units: [市模拟住建局, 各模拟县区, 市模拟住建局]

    改为：
        responsible_units: [市模拟住建局, 各模拟县区]
    """
    lists: list[tuple[Locator, tuple[str, ...]]] = [
        *(((*where, "responsible_units"), owner.responsible_units) for where, owner in _chains(plan)),
        *((("groups", i, "members"), group.members) for i, group in enumerate(plan.register.groups)),
    ]
    for where, names in lists:
        for k in _repeated(names):
            yield Finding((*where, k), f"“{names[k]}”列了两次", "删去重复的一项")


def y213_late_pays_better(plan: Plan) -> Iterator[Finding]:
    """计分规则里，逾期完成的最低分（`late_floor`）或未完成最多得的分（`open_share`）高于按期完成的（`on_time`）。

    文件只要求年终考评（三、1），没有规定计分办法，`assessment` 是办公室自定的；但逾期、未完成都不能比按期得分
    高，否则考评就颠倒了。改低 `late_floor` 或 `open_share`，或改高 `on_time`。

    错：
        on_time: 50
        late_floor: 60

    改为：
        on_time: 100
        late_floor: 60
    """
    rules = plan.header.assessment
    if rules.late_floor > rules.on_time:
        message = (
            f"逾期完成至少 {number_text(rules.late_floor)} 分，高于按期完成的 {number_text(rules.on_time)} 分"
        )
        yield Finding(("plan", "assessment", "late_floor"), message, "改低 late_floor，或改高 on_time")
    # Floats are only near: 100 * 0.07 is more than 7.
    if 100 * rules.open_share > rules.on_time and (undone := 100 * exact(rules.open_share)) > rules.on_time:
        message = f"未完成最多可得 {decimal_text(undone)} 分，高于按期完成的 {number_text(rules.on_time)} 分"
        yield Finding(("plan", "assessment", "open_share"), message, "改低 open_share，或改高 on_time")


def y214_idle_adjustment(plan: Plan) -> Iterator[Finding]:
    """加减分给了一个组或没有任务的单位，或同一条写了两次。

    加减分（`assessment.adjustments`）计入一家单位的得分：组没有自己的得分，没有任务的单位不参加考评，分数落
    不到谁头上；写两次则算两次。写明是哪家；确是两件事的，在 `reason` 里写清楚。

    错：
        - {date: 2022-08-10, unit: 各模拟县区, points: 2, reason: 模拟：经验在全市推广}

    改为：
        - {date: 2022-08-10, unit: 模拟东县, points: 2, reason: 模拟：经验在全市推广}
    """
    place = ("plan", "assessment", "adjustments")
    entries = plan.header.assessment.adjustments
    registered = Directory(plan.register).entries
    named = {name for task in plan.tasks for name in (task.lead_unit, *task.responsible_units)}
    # Y201 and Y202 come first: who has a part is not known yet where a name is not.
    is_clear = all(name in registered for name in named)
    own = {part.unit for task in plan.tasks for part in plan.parts(task)} if entries and is_clear else set()
    for k, entry in enumerate(entries):
        if is_clear and entry.unit in registered and entry.unit not in own:
            message = f"“{entry.unit}”没有自己的任务，不能加减分"
            yield Finding((*place, k, "unit"), message, "写明是哪家有任务的单位")
    for k in _repeated(entries):
        message = f"“{entries[k].unit}”的这条加减分写了两次"
        yield Finding((*place, k), message, "删去重复的一条；确是两件事的，在 reason 里写明")


def y215_group_in_the_lead(plan: Plan) -> Iterator[Finding]:
    """牵头单位是一组单位。

    牵头即总责，任务的进展就看牵头单位的，只能是一家。组列在责任单位里。

    错：
        name: 模拟市场监管
        lead_unit: 各模拟县区

    改为：
        name: 模拟市场监管
        lead_unit: 市模拟市监局
    """
    for where, owner in _chains(plan):
        if plan.register.group(owner.lead_unit):
            message = f"“{owner.lead_unit}”是一组单位，不能牵头"
            yield Finding((*where, "lead_unit"), message, "写明牵头的一家单位")


def y216_unclear_target(plan: Plan) -> Iterator[Finding]:
    """量化目标的 `op` 与 `value` 不配。

    `between` 须写从小到大的两个数，其余各写一个数，否则无从判断达没达到。

    错：
        - metric: 模拟成本
          op: between
          value: 280

    改为：
        - metric: 模拟成本
          op: between
          value: [220, 280]
    """
    for i, task in enumerate(plan.tasks):
        for k, target in enumerate(task.targets):
            where = ("tasks", i, "targets", k, "value")
            if not target.is_clear:
                wanted = "两个数，如 [220, 280]" if target.op == "between" else "一个数"
                message = f"第 {task.id} 项的目标“{target.metric}”用了 {target.op}，value 须为{wanted}"
                yield Finding(where, message, "改正 op 或 value")
            elif isinstance(target.value, tuple) and target.value[0] > target.value[1]:
                low, high = map(number_text, target.value)
                message = f"第 {task.id} 项的目标“{target.metric}”从 {low} 到 {high}，没有这样的数"
                yield Finding(where, message, "小的写在前面")


def y217_erratum_says_nothing(plan: Plan) -> Iterator[Finding]:
    """勘误既没有 `read`，也没有 `note`。

    只抄了几个字，看不出错在哪里。原文照录而存疑的，用 `note` 说明；录入时改了字的，另用 `read` 写明所录。

    错：
        errata:
        - printed: 模拟成本

    改为：
        errata:
        - printed: 模拟成本
          note: 口径未写明；原文保留
    """
    owners: list[tuple[Locator, Indicator | Task]] = [
        *((("indicators", i), indicator) for i, indicator in enumerate(plan.indicators)),
        *((("tasks", i), task) for i, task in enumerate(plan.tasks)),
    ]
    for where, owner in owners:
        for k, erratum in enumerate(owner.errata):
            if not (erratum.read or erratum.note):
                message = f"“{erratum.printed}”的勘误没有 read，也没有 note"
                yield Finding(
                    (*where, "errata", k), message, "用 note 说明何处存疑；改了字的，用 read 写明所录"
                )


def y218_author_of_no_unit(plan: Plan) -> Iterator[Finding]:
    """`authors` 里写的不是一家登记的单位，也不是 `office`。

    `authors` 写明谁代表哪家单位：git 提交的邮箱对单位的名称，`audit` 凭它判断谁能报谁的进展。名称对不上，这
    个人报什么都不算数；组没有自己的进展，谁也不代表一个组。写一家单位在名录里的名称（不用别名），办公室的人
    写 `office`。

    错：
        moni-shuiwu@example.org: 模拟税务局

    改为：
        moni-shuiwu@example.org: 市模拟税务局
    """
    directory = Directory(plan.register)
    mentions: list[tuple[Locator, str]] = [
        (("authors", email), name) for email, name in plan.register.authors.items() if name != OFFICE
    ]
    for where, name in mentions:
        if isinstance(directory.entries.get(name), Group):
            yield _group_author(where, name)
    for where, name, may_mean in _unregistered(directory, mentions):
        if isinstance(may_mean.entry, Group):
            yield _group_author(where, name)
            continue
        if may_mean.entry:
            hint = f"改为“{may_mean.entry.name}”"
        elif near := _units_among(directory, may_mean.near):
            hint = f"是否为“{'”“'.join(near)}”？"
        else:
            hint = f"先在 units 里登记该单位；办公室写 {OFFICE}"
        yield Finding(where, f"“{name}”不是名录里的单位名称", hint)


def _group_author(where: Locator, name: str) -> Finding:
    return Finding(where, f"“{name}”是一组单位，没有人代表它", "写明是其中哪家单位")


def _units_among(directory: Directory, names: Iterable[str]) -> list[str]:
    return [name for name in names if isinstance(directory.entries[name], Unit)]


def y219_no_email(plan: Plan) -> Iterator[Finding]:
    """`authors` 的键不是邮箱。

    git 的提交里写着作者的邮箱，`audit` 凭邮箱认人，写姓名、手机号认不出来。照提交里的写，用
    `git log --format=%ae` 可以列出。一人用几个邮箱的，各写一行。

    错：
        张某（模拟）: 市模拟住建局

    改为：
        moni-zhujian@example.org: 市模拟住建局
    """
    for email in plan.register.authors:
        if not _EMAIL.fullmatch(email):
            message = f"“{email}”不是邮箱"
            hint = "写 git 提交里作者的邮箱，如 name@example.org，不带空格和尖括号"
            yield Finding(("authors", email), message, hint, of_key=True)


_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
"""Whatever git may have as an e-mail, `user@host` too: it is compared with, and never written to."""


def y220_email_twice(plan: Plan) -> Iterator[Finding]:
    """同一个邮箱在 `authors` 里写了两次，只是大小写不同。

    邮箱不分大小写。一个邮箱只代表一家单位（或办公室），写了两次，便说不清代表谁。核对哪一行对，只留一行；
    一家单位可以有好几个邮箱。

    错：
        moni-bangong@example.org: office
        Moni-Bangong@example.org: 模拟东县

    改为：
        moni-bangong@example.org: office
        moni-dongxian@example.org: 模拟东县
    """
    emails = [*plan.register.authors]
    for k in _repeated(map(email_key, emails)):
        hint = "只留一行：一个邮箱只代表一家单位或办公室"
        yield Finding(("authors", emails[k]), f"邮箱 {emails[k]} 写了两次（不分大小写）", hint, of_key=True)


def y301_indicator_count(plan: Plan) -> Iterator[Finding]:
    """指标的个数与文件自述（`totals.indicators`）不符。

    文件自己说了有几项（永政办函〔2022〕18号第二部分：18 项指标），录入的要与它一致：多一项、少一项，都是录
    入出了差错。提示里有缺的编号。改表，不要为了通过检查去改 `totals`，除非 `totals` 本来就录错了，如下例。

    错：
        totals: {indicators: 5, tasks: 12}

    改为：
        totals: {indicators: 4, tasks: 12}
    """
    expected, found = plan.header.totals.indicators, len(plan.indicators)
    if expected != found:
        message = f"文件称有 {expected} 项指标，表中有 {found} 项"
        yield Finding(("plan", "totals", "indicators"), message, _recount(plan.indicators, expected))


def y302_task_count(plan: Plan) -> Iterator[Finding]:
    """任务的个数与文件自述（`totals.tasks`）不符。

    文件自己说了有几项（永政办函〔2022〕18号第二部分：121 项重点工作任务），少录一项，就有一件事没有人督办。
    提示里有缺的编号。改表，不要为了通过检查去改 `totals`，除非 `totals` 本来就录错了，如下例。

    错：
        totals: {indicators: 4, tasks: 11}

    改为：
        totals: {indicators: 4, tasks: 12}
    """
    expected, found = plan.header.totals.tasks, len(plan.tasks)
    if expected != found:
        message = f"文件称有 {expected} 项任务，表中有 {found} 项"
        yield Finding(("plan", "totals", "tasks"), message, _recount(plan.tasks, expected))


def _recount(entries: Sequence[Task | Indicator], total: int) -> str:
    """What to do where there are not as many as the document says it has."""
    if not total:
        return "把这里的 0 改为文件写明的项数"
    return f"核对是否漏了或多了{_missing(entries, total)}"


def y303_wrong_number(plan: Plan) -> Iterator[Finding]:
    """编号超出文件的项数，或不按先后。

    任务是 1 至 `totals.tasks`，指标是 1 至 `totals.indicators`，按编号排列，与附件逐行对得上。照附件改正编
    号，或把这一项移到应在的位置。

    错：
        - id: 90
          deadline: 2022-12
          text: 年底前完成模拟评价。

    改为：
        - id: 9
          deadline: 2022-12
          text: 年底前完成模拟评价。
    """
    for what, word, entries, total in _numbered(plan):
        repeated = {*_repeated([entry.id for entry in entries])}
        highest, hint = 0, f"核对编号{_missing(entries, total)}"
        for i, entry in enumerate(entries):
            if i in repeated:
                continue
            if entry.id > max(total, len(entries)):
                yield Finding((what, i, "id"), f"{word}编号 {entry.id} 超出文件的 {total} 项", hint)
            elif entry.id < highest:
                yield Finding((what, i, "id"), f"{word}编号 {entry.id} 排在 {highest} 之后", "按编号先后排列")
            else:
                highest = entry.id


def y304_indicator_without_tasks(plan: Plan) -> Iterator[Finding]:
    """指标下面没有任务，或没有责任单位。

    没有任务的指标无从督办；没有责任单位，“1+1+N”（文件三、2）就缺了 N。照附件补上；附件写“各县市区政府”“市
    直相关单位”的，写组名。

    错：
        - id: 2
          name: 模拟市场监管
          lead_unit: 市模拟市监局
          responsible_units: []

    改为：
        - id: 2
          name: 模拟市场监管
          lead_unit: 市模拟市监局
          responsible_units: [各模拟县区]
    """
    used = {id(task.indicator) for task in plan.tasks}
    for i, indicator in enumerate(plan.indicators):
        if id(indicator) not in used:
            yield Finding(
                ("indicators", i, "name"), f"指标“{indicator.name}”没有任务", "补上任务，或删去指标"
            )
        if not indicator.responsible_units:
            yield Finding(
                ("indicators", i, "name"), f"指标“{indicator.name}”没有责任单位", "补上 responsible_units"
            )


def y305_altered_wording(plan: Plan) -> Iterator[Finding]:
    """任务原文或完成时限与录入时的指纹（`wording`）不符：文件的文字被改动过。

    任务原文和时限是市政府办印发的，台账无权改；延期另记 `extensions`。指纹取自该指标全部任务的编号、时限、
    原文，改一个字就会变。误改的，用 `git diff` 找到并恢复。确系更正录入差错的，经办公室核定后运行 `yzplan
    fmt --accept-wording`：它先列出改了什么，认可以后才换指纹。编号有误的，先改编号（Y203、Y303）。

    错：
        wording: '44b1a206c7f4'
        tasks:
        - id: 9
          deadline: 2022-12
          text: 年底前基本完成模拟评价。

    改为：
        wording: '44b1a206c7f4'
        tasks:
        - id: 9
          deadline: 2022-12
          text: 年底前完成模拟评价。
    """
    misnumbered, tasks_of = _misnumbered(plan), _tasks_by_indicator(plan)
    for i, indicator in enumerate(plan.indicators):
        expected = wording_of(tasks_of[id(indicator)])
        if indicator.wording not in (None, expected) and indicator.id not in misnumbered:
            hint = "误改的请恢复原文；确系更正录入差错的，经办公室核定后用 yzplan fmt --accept-wording 认可"
            yield Finding(("indicators", i, "wording"), f"指标“{indicator.name}”的原文或时限被改动过", hint)


def y306_unaccepted_wording(plan: Plan) -> Iterator[Finding]:
    """指标还没有记下原文的指纹（`wording`）。

    新录入的指标与文件逐字核对无误以后，运行 `yzplan fmt --accept-wording`：它先列出原文和时限，认可以后才记下
    指纹，不用手算。此后原文改动一个字就能发现（Y305）。已有的指纹不要删：删了就和没有核对过一样。

    错：
        - id: 2
          name: 模拟市场监管
          lead_unit: 市模拟市监局
          responsible_units: [各模拟县区]
          tasks:

    改为：
        - id: 2
          name: 模拟市场监管
          lead_unit: 市模拟市监局
          responsible_units: [各模拟县区]
          wording: '44b1a206c7f4'
          tasks:
    """
    for i, indicator in enumerate(plan.indicators):
        if indicator.wording is None:
            hint = "与文件核对原文、时限无误后，用 yzplan fmt --accept-wording 记下"
            yield Finding(("indicators", i, "wording"), f"指标“{indicator.name}”还没有原文的指纹", hint)


def _tasks_by_indicator(plan: Plan) -> Mapping[int, Sequence[Task]]:
    """The tasks of every indicator, which is known by its identity: numbers may be wrong."""
    found: dict[int, list[Task]] = defaultdict(list)
    for task in plan.tasks:
        found[id(task.indicator)].append(task)
    return found


def _misnumbered(plan: Plan) -> set[int]:
    """The indicators that hold a task with a wrong number: what goes by numbers cannot be judged there."""
    return {
        plan.tasks[int(finding.where[1])].indicator.id
        for rule in (y203_duplicate_id, y303_wrong_number)
        for finding in rule(plan)
        if finding.where[0] == "tasks"
    }


def wording_of(tasks: Iterable[Task]) -> str:
    """The fingerprint of an indicator's printed wording and deadlines: 12 hex digits."""
    return fingerprint([[task.id, str(task.deadline), task.text] for task in tasks])[:12]


RULES: tuple[Rule, ...] = (
    y201_unregistered_unit,
    y202_alias_for_name,
    y203_duplicate_id,
    y204_lead_also_responsible,
    y205_unregistered_member,
    y206_name_clash,
    y207_outsider_record,
    y208_dangling_correction,
    y209_status_or_correction,
    y210_quote_not_in_text,
    y211_page_out_of_order,
    y212_listed_twice,
    y213_late_pays_better,
    y214_idle_adjustment,
    y215_group_in_the_lead,
    y216_unclear_target,
    y217_erratum_says_nothing,
    y218_author_of_no_unit,
    y219_no_email,
    y220_email_twice,
    y301_indicator_count,
    y302_task_count,
    y303_wrong_number,
    y304_indicator_without_tasks,
    y305_altered_wording,
    y306_unaccepted_wording,
)


def findings(plan: Plan) -> Iterator[tuple[str, Finding]]:
    """What every rule finds: (code, finding), in the order of the rules."""
    for rule in RULES:
        for finding in rule(plan):
            yield code_of(rule), finding
