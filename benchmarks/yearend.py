"""A table as an office has it at the end of the year: the shipped one with a year's invented reports.

Usage: python benchmarks/yearend.py DIR [--records N] [--seed S]

Everything reported is 模拟, invented and labelled so. The same numbers give the same bytes, which
are those that the program itself would have written.
"""

import argparse
import datetime as dt
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from yzplan.model import REPORTABLE, Extension, LedgerEntry, Month, Plan, ProgressRecord, Status, Task
from yzplan.store.emit import entry_lines
from yzplan.store.loading import TASKS, UNITS, load

DATA = Path(__file__).parents[1] / "data"
RECORDS = 20_000
SEED = 18
EXTENSIONS = 36
HEADING = "# 模拟数据：一年的进展与延期均为程序编造，只用于测速和试用，与任何单位的实际工作无关。\n"

ISSUED_ON, LAST_DAY = dt.date(2022, 5, 23), dt.date(2022, 12, 31)
DAYS = [ISSUED_ON + dt.timedelta(days) for days in range((LAST_DAY - ISSUED_ON).days + 1)]
WORKDAYS = [day for day in DAYS if day.weekday() < 5]

NEXT: Mapping[Status, Mapping[Status, float]] = {
    # How often one status follows another. What the table of transitions forbids (推进中 after
    # 已报完成) comes rarely, as it does where two ledgers were merged.
    Status.NOT_STARTED: {Status.IN_PROGRESS: 30, Status.BLOCKED: 2, Status.DONE: 1},
    Status.IN_PROGRESS: {Status.IN_PROGRESS: 60, Status.BLOCKED: 6, Status.DONE: 20, Status.SUSPENDED: 0.3},
    Status.BLOCKED: {Status.BLOCKED: 2, Status.IN_PROGRESS: 10, Status.DONE: 2},
    Status.DONE: {Status.DONE: 30, Status.VERIFIED: 4, Status.RETURNED: 2, Status.IN_PROGRESS: 0.2},
    Status.VERIFIED: {Status.RETURNED: 1},
    Status.RETURNED: {Status.IN_PROGRESS: 5, Status.DONE: 5},
    Status.SUSPENDED: {Status.IN_PROGRESS: 1},
}
NOTES: Mapping[Status, Sequence[str]] = {
    Status.IN_PROGRESS: (
        "已印发工作方案",
        "完成系统对接",
        "组织业务培训 {} 场",
        "走访企业 {} 家",
        "第 {} 次调度",
    ),
    Status.BLOCKED: ("等待上级数据接口", "经费尚未到位", "缺 {} 名专业人员"),
    Status.DONE: ("已按要求完成", "补充佐证材料 {} 份", "已全面推开，办件 {} 件"),
    Status.VERIFIED: ("经核验，予以销号", "抽查 {} 件，符合要求"),
    Status.RETURNED: ("佐证不足，退回补充", "抽查 {} 件，不符合要求"),
    Status.SUSPENDED: ("因上级政策调整，暂停实施",),
}
PROBLEMS = ("部门间数据未共享", "窗口人员不足", "企业知晓率不高", "系统不稳定：报错 {} 次")
EVIDENCE = ("情况报告", "模拟〔2022〕{}号", "系统截图 {} 张", "会议纪要")
TASK = re.compile(r"^  - id: (\d+)\n(?:    .*\n)+", flags=re.MULTILINE)
"""A task on which nothing was reported, in the file: its number, and all lines deeper than its dash."""
SOURCES = ("填报表", "电话", "微信", "会议")
REPORTERS = ("模拟甲", "模拟乙", "模拟丙")

Ledger = dict[int, list[ProgressRecord]]
Extensions = dict[int, list[Extension]]


def invented(chance: random.Random, phrases: Sequence[str]) -> str:
    """One of some phrases, labelled, with a number where it wants one."""
    return "模拟：" + chance.choice(phrases).format(chance.randint(2, 90))


def ledger(plan: Plan, records: int = RECORDS, seed: int = SEED) -> Ledger:
    """So many records over the tasks of a plan, in date order within each: leads report most."""
    chance = random.Random(f"ledger {seed}")  # noqa: S311
    parts = [(task, part) for task in plan.tasks for part in plan.parts(task)]
    weights = [4 if part.role == "lead" else 1 for _, part in parts]
    shares = dict.fromkeys(range(len(parts)), 0)
    for k in chance.choices(range(len(parts)), weights, k=records):
        shares[k] += 1
    found: Ledger = defaultdict(list)
    for k, share in shares.items():
        task, part = parts[k]
        found[task.id] += life(chance, task, part.unit, share)
    return {number: sorted(said, key=lambda record: record.date) for number, said in found.items() if said}


def life(chance: random.Random, task: Task, unit: str, length: int) -> Iterator[ProgressRecord]:
    """A year of a unit's part of a task, in so many records."""
    said: list[ProgressRecord] = []  # what was not retracted
    percent = 0
    for day in sorted(chance.sample(WORKDAYS, length)):
        if said and chance.random() < 0.01:
            yield ProgressRecord(date=day, unit=unit, retracts=said.pop().ref, note="模拟：更正，误报")
            continue
        after = NEXT[said[-1].status or Status.NOT_STARTED] if said else NEXT[Status.NOT_STARTED]
        (status,) = chance.choices([*after], [*after.values()])
        percent = 100 if status is Status.DONE else 80 if percent == 100 else chance.randint(percent, 95)
        said.append(report(chance, task, unit, day, status, percent))
        yield said[-1]


def report(
    chance: random.Random, task: Task, unit: str, day: dt.date, status: Status, percent: int
) -> ProgressRecord:
    """One record, with the fields that such a record often has."""
    is_done, is_own = status is Status.DONE, status in REPORTABLE
    is_stuck = status is Status.BLOCKED or (is_own and chance.random() < 0.1)
    is_late = is_done and chance.random() < 0.4
    measured = {
        target.metric: round(target.value * chance.uniform(0.7, 1.2), 1)
        for target in task.targets
        if is_own and not isinstance(target.value, tuple) and chance.random() < 0.3
    }
    return ProgressRecord(
        date=day,
        unit=unit,
        status=status,
        completed_on=max(ISSUED_ON, day - dt.timedelta(chance.randint(1, 40))) if is_late else None,
        percent=percent if is_own and chance.random() < 0.8 else None,
        note=invented(chance, NOTES[status]),
        problem=invented(chance, PROBLEMS) if is_stuck else None,
        evidence=tuple(invented(chance, EVIDENCE) for _ in range(chance.randint(1, 2) if is_done else 0)),
        measured=measured,
        by=chance.choice(REPORTERS) if is_own and chance.random() < 0.5 else None,
        source=chance.choice(SOURCES) if is_own and chance.random() < 0.7 else None,
    )


def extensions(plan: Plan, count: int = EXTENSIONS, seed: int = SEED) -> Extensions:
    """So many approved new deadlines, on as many tasks; every ninth is taken back later."""
    chance = random.Random(f"extensions {seed}")  # noqa: S311
    found: Extensions = {}
    extensible = [task for task in plan.tasks if task.deadline.month < LAST_DAY.month]
    for k, task in enumerate(sorted(chance.sample(extensible, count), key=lambda task: task.id)):
        approved_on = task.deadline.last_day - dt.timedelta(chance.randint(-10, 8))
        given = Extension(
            from_=task.deadline,
            to=Month(2022, min(12, task.deadline.month + chance.randint(1, 3))),
            approved_on=approved_on,
            reason="模拟：配套政策尚未出台",
            document=f"模拟〔2022〕{k + 1}号",
            recorded_on=approved_on + dt.timedelta(chance.randint(1, 9)) if k % 4 == 0 else None,
        )
        taken_back = Extension(
            approved_on=approved_on + dt.timedelta(12), reason="模拟：更正，登记有误", retracts=given.ref
        )
        found[task.id] = [given, taken_back] if k % 9 == 8 else [given]
    return found


def table(text: str, progress: Ledger, extended: Extensions) -> str:
    """The text of a tasks.yaml in which nothing was reported, with all this in it."""

    def block(key: str, entries: Iterable[LedgerEntry]) -> str:
        body = "".join(f"{line}\n" for entry in entries for line in entry_lines(entry, 4))
        return f"    {key}:\n{body}" if body else ""

    def reported(found: re.Match[str]) -> str:
        given, said = extended.get(int(found[1]), ()), progress.get(int(found[1]), ())
        return found[0] + block("extensions", given) + block("progress", said)

    return HEADING + TASK.sub(reported, text)


def write(directory: Path, records: int = RECORDS, seed: int = SEED) -> None:
    """Make a data directory that holds such a table."""
    plan = load(DATA).plan
    text = (DATA / TASKS).read_text(encoding="utf-8")
    directory.mkdir(parents=True, exist_ok=True)
    content = table(text, ledger(plan, records, seed), extensions(plan, seed=seed))
    (directory / TASKS).write_text(content, encoding="utf-8", newline="\n")
    shutil.copyfile(DATA / UNITS, directory / UNITS)
    shutil.copytree(DATA / "schemas", directory / "schemas", dirs_exist_ok=True)


def main() -> None:
    """Write one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    write(chosen.directory, chosen.records, chosen.seed)


if __name__ == "__main__":
    main()
