"""Y221 to Y224: what makes an entry of the office's own ledgers unusable, one function a code.

A function's docstring is the manual of its code.
"""

from collections.abc import Iterator, Sequence

from yzplan.check.findings import Finding, Locator
from yzplan.model import Directory, Group, Plan, SupervisionEntry


def y221_number_of_nothing(plan: Plan) -> Iterator[Finding]:
    """督办所写的任务编号、排名所写的指标序号，表里没有。

    督办要落到具体的任务（文件三、1：及时督促整改），排名要对得上指标，才知道约谈谁。照表改正编号；编号写在任
    务或指标的 `id` 里。

    错：
        measure: urging
        unit: 市模拟市监局
        tasks: [10, 110]

    改为：
        measure: urging
        unit: 市模拟市监局
        tasks: [10, 11]
    """
    tasks = [task.id for task in plan.tasks]
    for k, entry in enumerate(plan.supervision if _is_counted(tasks) else ()):
        for j, number in enumerate(entry.tasks):
            if number not in tasks:
                yield Finding(("supervision", k, "tasks", j), f"没有第 {number} 项任务", "核对任务编号")
    indicators = [indicator.id for indicator in plan.indicators]
    for k, ranking in enumerate(plan.rankings if _is_counted(indicators) else ()):
        if ranking.indicator and ranking.indicator not in indicators:
            message = f"没有序号为 {ranking.indicator} 的指标"
            yield Finding(("rankings", k, "indicator"), message, "核对指标的序号")


def _is_counted(numbers: Sequence[int]) -> bool:
    """Whether these are 1, 2, 3 …; else one that is missing may be one that is wrong (Y203, Y303)."""
    return sorted(numbers) == [*range(1, len(numbers) + 1)]


def y222_says_too_little(plan: Plan) -> Iterator[Finding]:
    """督办或排名缺了必须有的内容。

    督办要写明对哪家单位（`unit`）；督导检查、明查、暗访还要写明发现了什么（`finding`），没有发现问题的也照实
    写。排名要写明评价的是哪一期（`period`）、第几位（`rank`）、共有几家（`of`）：只有位次，看不出是不是靠后。

    错：
        - date: 2022-08-18
          measure: open_visit
          unit: 模拟东县
          tasks: [9]

    改为：
        - date: 2022-08-18
          measure: open_visit
          unit: 模拟东县
          tasks: [9]
          finding: 模拟：窗口无人值守
    """
    for k, entry in enumerate(plan.supervision):
        if entry.measure and not entry.unit:
            yield _too_little(("supervision", k), entry.measure.label, "unit", "单位")
        if entry.measure and entry.measure.is_inspection and not entry.finding:
            yield _too_little(("supervision", k), entry.measure.label, "finding", "发现的问题")
    for k, ranking in enumerate(plan.rankings):
        if not ranking.retracts:
            for key, value, meaning in (
                ("period", ranking.period, "哪一期"),
                ("rank", ranking.rank, "第几位"),
                ("of", ranking.of, "共有几家"),
            ):
                if value is None:
                    yield _too_little(("rankings", k), "排名", key, meaning)


def _too_little(where: Locator, what: str, key: str, meaning: str) -> Finding:
    """What is said of the entry there; its place is that of the key that it lacks."""
    return Finding((*where, key), f"{what}须写明 {key}（{meaning}）", f"补上“{key}: …”一行")


def y223_beyond_the_last(plan: Plan) -> Iterator[Finding]:
    """排名的位次（`rank`）大于参评的家数（`of`）。

    两个数多半写反了，或者录错了。照公布的结果改正。

    错：
        indicator: 1
        rank: 14
        of: 12

    改为：
        indicator: 1
        rank: 12
        of: 14
    """
    for k, entry in enumerate(plan.rankings):
        if entry.rank and entry.of and entry.rank > entry.of:
            message = f"共 {entry.of} 家参评，没有第 {entry.rank} 位"
            yield Finding(("rankings", k, "rank"), message, "核对位次与参评的家数")


def y224_not_of_the_unit(plan: Plan) -> Iterator[Finding]:
    """督办或排名的单位是一组单位，或者与督办的任务无关。

    督办、约谈都是对一家单位（文件三、3），要有回复，要能办结；组里有好几家的，各记一条。涉及的任务（`tasks`）
    只写这家单位牵头、负责或作为组的成员有份的：不是它的事，督办不到它头上。

    错：
        measure: rectification
        unit: 各模拟县区

    改为：
        measure: rectification
        unit: 模拟西区
    """
    if not (plan.supervision or plan.rankings):
        return
    registered = Directory(plan.register).entries
    for name, entries in plan.office_ledgers.items():
        for k, entry in enumerate(entries):
            if entry.unit and isinstance(registered.get(entry.unit), Group):
                message = f"“{entry.unit}”不是一家单位"
                yield Finding((name, k, "unit"), message, "写明是其中哪家单位；有几家的，各记一条")
            elif isinstance(entry, SupervisionEntry) and entry.unit in registered:
                yield from _foreign_tasks(plan, k, entry)


def _foreign_tasks(plan: Plan, k: int, entry: SupervisionEntry) -> Iterator[Finding]:
    """The tasks of a measure in which its unit, which is registered, has no part."""
    by_id = plan.by_id if entry.tasks else {}
    for j, number in enumerate(entry.tasks):
        task = by_id.get(number)
        # Where it is not known yet who is responsible, Y304 comes first.
        if task and task.responsible_units and entry.unit not in [part.unit for part in plan.parts(task)]:
            message = f"“{entry.unit}”与第 {number} 项无关"
            yield Finding(("supervision", k, "tasks", j), message, "核对单位与任务编号")
