"""Y5xx about the quantified targets (量化目标): what was measured, held against what the text wants."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from yzplan.assess import COMPLETE
from yzplan.check.asked import Asked, History
from yzplan.check.findings import Finding
from yzplan.model import ProgressRecord, Target, Task, number_text

_Measured = Mapping[str, tuple[int, ProgressRecord]]
"""The last record that measures a metric, with its position, by metric."""


def y509_target_missed(asked: Asked) -> Iterator[Finding]:
    """牵头单位报了完成，而所报的实测值没有达到量化目标。

    只看现在仍算完成的各条记录里，每个指标最近一次的实测值；推进中所报的、退回以前所报的不看。弹性目标
    （`soft`）、口径有疑问的（`caveat`）不判；全年口径的（`horizon`）那个月过完才判；择一的（`any_of`）每项都
    报了、都没有达到才算。责任单位只报自己的一份，不拿全市的目标去比。

    错：
        - date: 2022-08-10
          unit: 市模拟市监局
          status: done
          measured: {模拟办理时间: 6}

    改为：
        - date: 2022-08-10
          unit: 市模拟市监局
          status: in_progress
          measured: {模拟办理时间: 6}
    """
    for where, history in asked.histories:
        if history[0][1].unit != asked.task.lead_unit:
            continue
        measured = _measured_since_complete(history)
        for choices in _alternatives(asked.task):
            if not all(_is_missed(target, measured) for target in choices):
                continue
            values = [
                f"{target.metric}为 {number_text(measured[target.metric][1].measured[target.metric])}"
                f"{target.unit}，目标为 {target.wanted}"
                for target in choices
            ]
            either = "择一的目标都没有达到：" if len(choices) > 1 else ""
            last = max(choices, key=lambda target: measured[target.metric][0])
            place = ("progress", measured[last.metric][0], "measured", last.metric)
            hint = "还没有完成的，用 return 退回或 undo 更正；量错了的，再报一次实测值"
            yield Finding(place, f"{where}报了完成，而{either}{'；'.join(values)}", hint)


def _measured_since_complete(history: History) -> _Measured:
    """What was measured in the unbroken run of completion that a history ends with."""
    found: dict[str, tuple[int, ProgressRecord]] = {}
    for k, record in history:
        if record.status not in COMPLETE:
            found.clear()
        else:
            found |= dict.fromkeys(record.measured, (k, record))
    return found


def _alternatives(task: Task) -> Iterator[list[Target]]:
    """The targets of a task, those of which one is enough together."""
    together: dict[str, list[Target]] = defaultdict(list)
    for target in task.targets:
        if target.any_of is None:
            yield [target]
        else:
            together[target.any_of].append(target)
    yield from together.values()


def _is_missed(target: Target, measured: _Measured) -> bool:
    """Whether a number says for certain that a target has not been reached."""
    if target.metric not in measured or target.soft or target.caveat or not target.is_clear:
        return False
    _, record = measured[target.metric]
    if target.horizon and record.date < target.horizon.last_day:
        return False
    return not target.is_met_by(record.measured[target.metric])


def y514_measured_without_target(asked: Asked) -> Iterator[Finding]:
    """实测值（`measured`）的指标不在这项任务的量化目标里。

    无从对照，也就看不出达没达到。指标名照抄 `targets` 里的 `metric`，一个字也不要改；记错了任务的，更正再报。

    错：
        - date: 2022-08-10
          unit: 市模拟市监局
          status: in_progress
          measured: {办理时间: 6}

    改为：
        - date: 2022-08-10
          unit: 市模拟市监局
          status: in_progress
          measured: {模拟办理时间: 6}
    """
    for _, history in asked.histories:
        for k, record in history:
            for metric, message, hint in unknown_metrics(asked.task, record.measured):
                yield Finding(("progress", k, "measured", metric), message, hint)


def unknown_metrics(task: Task, metrics: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Those of the metrics that a task sets no target for: each, what to say of it, and the remedy."""
    known = [target.metric for target in task.targets]
    hint = f"可用：{'、'.join(known)}" if known else "这项任务没有量化目标"
    for name in metrics:
        if name not in known:
            yield name, f"第 {task.id} 项没有“{name}”这个量化目标", hint
