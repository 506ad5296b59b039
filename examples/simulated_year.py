"""A year of the plan, invented from beginning to end (模拟), in a git repository, and the papers it gives.

Usage: python examples/simulated_year.py DIR

DIR/data gets the shipped table with reports that nobody made, committed month by month as an office would;
DIR/papers the papers that follow from it, as .docx and .md. Nothing in it says anything about any real
unit. The same program gives the same bytes and the same commits. `examples/papers` holds what it gives now.
"""

import argparse
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from yzplan.model import (
    Extension,
    Measure,
    Month,
    Period,
    Plan,
    ProgressRecord,
    Ranking,
    Status,
    SupervisionEntry,
    Task,
)
from yzplan.model.supervision import OfficeEntry
from yzplan.store.appending import Entry, append
from yzplan.store.loading import TASKS, load_plan

SHIPPED = Path(__file__).parents[1] / "data"
HEADING = "# 模拟数据：其中的进展、督办、排名均为程序编造，只供试用，与任何单位的实际工作无关。\n"
PERIOD = Period(2022)
MONTHS = [Month(2022, number) for number in range(6, 13)]

STEPS = ("已印发工作方案", "完成系统对接", "组织业务培训", "走访企业听取意见", "已在部分窗口试行")
PROBLEMS = (
    "部门间数据尚未共享，需协调接口",
    "窗口人员不足",
    "企业知晓率不高，宣传不够",
    "上级平台尚未开放权限",
    "配套经费未到位",
)
FATES = {"on_time": 78, "late": 10, "later": 4, "never": 4, "extended": 4}
"""How many of a hundred tasks fare so."""
SUSPENDED = 77
"""The one task that is suspended."""


class Event(NamedTuple):
    """What is entered on a day."""

    day: dt.date
    entry: Entry | OfficeEntry


class Invention:
    """The year, invented from one seed."""

    def __init__(self, plan: Plan, seed: int = 2022) -> None:
        self.plan = plan
        self.chance = random.Random(seed)  # noqa: S311
        self.numbers = iter(range(1, 10_000))
        # Some units are slower than others, and some seldom speak for themselves.
        self.diligence = {unit.name: self.chance.uniform(0.55, 0.97) for unit in plan.register.units}
        self.fates = {task.id: self.chance.choices([*FATES], [*FATES.values()])[0] for task in plan.tasks}
        self.fates[SUSPENDED] = "suspended"

    def events(self) -> list[Event]:
        """All that is entered in the year, by day."""
        found = [event for task in self.plan.tasks for event in self.of_task(task)]
        return sorted(found, key=lambda event: event.day)

    def document(self) -> str:
        """A document number that no real document has."""
        return f"模拟〔2022〕{next(self.numbers)}号"

    def day(self, month: Month, first: int, last: int) -> dt.date:
        """A day of the month between two."""
        return dt.date(month.year, month.month, self.chance.randint(first, last))

    def of_task(self, task: Task) -> Iterator[Event]:
        """What is entered of one task: its lead's part, then the others'."""
        fate, deadline = self.fates[task.id], task.deadline
        done_in: Month | None = deadline
        if fate in ("late", "later"):
            done_in = later(deadline, 1 if fate == "late" else 2)
        elif fate == "extended":
            approved_on = self.day(deadline, 10, 20)
            yield Event(
                approved_on,
                Entry(
                    task=task.id,
                    record=Extension(
                        from_=deadline,
                        to=later(deadline, 1),
                        approved_on=approved_on,
                        reason="配套政策尚未出台",
                        document=self.document(),
                    ),
                ),
            )
            done_in = later(deadline, 1)
        elif fate in ("never", "suspended"):
            done_in = None
        yield from self.lead(task, fate, done_in)
        for part in self.plan.parts(task):
            if part.role == "responsible":
                yield from self.other(task, part.unit, done_in or deadline)

    def lead(self, task: Task, fate: str, done_in: Month | None) -> Iterator[Event]:
        """What the lead reports month by month, and what the office says to it."""
        percent = 0
        for month in MONTHS:
            if done_in and month >= done_in:
                break
            if fate == "suspended" and month == task.deadline:
                yield self.said(
                    task, task.lead_unit, Status.SUSPENDED, self.day(month, 3, 8), note="上级政策调整"
                )
                return
            if self.chance.random() < 0.12:
                continue  # 漏报
            percent = min(90, percent + self.chance.randint(10, 35))
            is_stuck = self.chance.random() < 0.12
            yield self.said(
                task,
                task.lead_unit,
                Status.BLOCKED if is_stuck else Status.IN_PROGRESS,
                self.day(month, 22, 28),
                percent=percent,
                note=self.chance.choice(STEPS),
                problem=self.chance.choice(PROBLEMS) if is_stuck or self.chance.random() < 0.15 else None,
            )
        if done_in is None or done_in > MONTHS[-1]:
            return
        reported = self.day(done_in, 20, 27)
        yield self.done(task, task.lead_unit, reported)
        decided = later(done_in, 1)
        if decided > MONTHS[-1]:
            return
        if self.chance.random() < 0.05:
            yield self.said(
                task, task.lead_unit, Status.RETURNED, self.day(decided, 4, 9), note="佐证材料不全，退回补充"
            )
            yield self.done(task, task.lead_unit, self.day(decided, 18, 26))
        elif self.chance.random() < 0.85:
            yield self.said(
                task, task.lead_unit, Status.VERIFIED, self.day(decided, 4, 12), note="经核验，予以销号"
            )

    def other(self, task: Task, unit: str, month: Month) -> Iterator[Event]:
        """What a responsible unit or county reports of its own part, if anything."""
        diligence = self.diligence[unit]
        if self.chance.random() > 0.35 + 0.6 * diligence:
            return
        if self.chance.random() > diligence:
            month = later(month, self.chance.randint(1, 2))
        if month > MONTHS[-1] or self.chance.random() < 0.03:
            yield self.said(
                task,
                unit,
                Status.IN_PROGRESS,
                self.day(MONTHS[-2], 22, 28),
                percent=self.chance.randint(3, 8) * 10,
            )
            return
        yield self.done(task, unit, self.day(month, 15, 27))

    def done(self, task: Task, unit: str, day: dt.date) -> Event:
        """That a part is complete; often a few days before it is reported."""
        earlier = self.chance.choice((0, 0, 0, 3, 6))
        return self.said(
            task,
            unit,
            Status.DONE,
            day,
            percent=100,
            completed_on=day - dt.timedelta(earlier) if earlier else None,
            evidence=(self.document(),),
        )

    def said(
        self,
        task: Task,
        unit: str,
        status: Status,
        day: dt.date,
        *,
        percent: int | None = None,
        completed_on: dt.date | None = None,
        note: str | None = None,
        problem: str | None = None,
        evidence: tuple[str, ...] = (),
    ) -> Event:
        """One record."""
        record = ProgressRecord(
            date=day,
            unit=unit,
            status=status,
            percent=percent,
            completed_on=completed_on,
            note=note,
            problem=problem,
            evidence=evidence,
        )
        return Event(day, Entry(task=task.id, record=record))


def supervision() -> list[Event]:
    """What the office does in the year, and what the province says at its end."""
    urged = SupervisionEntry(
        date=dt.date(2022, 8, 5),
        measure=Measure.URGING,
        unit="市市场监管局",
        number="模拟〔2022〕督1号",
        tasks=(5,),
        items=("说明逾期原因", "报送整改计划"),
        due=dt.date(2022, 8, 19),
    )
    reply = SupervisionEntry(
        date=dt.date(2022, 8, 17), replies_to=urged.ref, number="模拟〔2022〕复1号", note="已报整改计划"
    )
    closed = SupervisionEntry(date=dt.date(2022, 9, 8), closes=urged.ref, note="整改到位")
    visit = SupervisionEntry(
        date=dt.date(2022, 9, 21),
        measure=Measure.COVERT_VISIT,
        unit="市行政审批服务局",
        number="模拟〔2022〕督2号",
        tasks=(72,),
        finding="部分窗口仍要求提交已取消的材料",
        due=dt.date(2022, 10, 21),
    )
    reminded = SupervisionEntry(
        date=dt.date(2022, 11, 4),
        measure=Measure.REMINDER,
        unit="零陵区",
        number="模拟〔2022〕督3号",
        due=dt.date(2022, 11, 18),
    )
    ranked = [
        Ranking(
            date=dt.date(2023, 1, 6), period=PERIOD, indicator=6, rank=3, of=14, document="模拟〔2023〕1号"
        ),
        Ranking(
            date=dt.date(2023, 1, 6), period=PERIOD, indicator=13, rank=13, of=14, document="模拟〔2023〕1号"
        ),
        Ranking(
            date=dt.date(2023, 1, 6),
            period=PERIOD,
            unit="江永县",
            rank=118,
            of=122,
            document="模拟〔2023〕1号",
        ),
    ]
    return [Event(entry.date, entry) for entry in (urged, reply, closed, visit, reminded, *ranked)]


def later(month: Month, by: int) -> Month:
    """The month so many months later, in 2022 or after."""
    count = 12 * month.year + month.month - 1 + by
    return Month(count // 12, count % 12 + 1)


def git(here: Path, *words: str, day: dt.date | None = None) -> str:
    """Run git there, as the invented office, on that day."""
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_NAME": "模拟办公室" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "office@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    if day:
        environment |= {f"GIT_{who}_DATE": f"{day}T18:00:00+0800" for who in ("AUTHOR", "COMMITTER")}
    done = subprocess.run(
        ["git", *words], cwd=here, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


class Issue(NamedTuple):
    """A day on which the office commits what it has, and the papers that it writes from it."""

    day: dt.date
    papers: Sequence[Sequence[str]] = ()


ISSUES = (
    Issue(dt.date(2022, 7, 4)),
    Issue(
        dt.date(2022, 8, 3),
        [
            ["dispatch", "--month", "2022-07", "--reply-by", "2022-08-19", "-o", "调度-2022-07"],
            *(
                [
                    "notice",
                    "--unit",
                    unit,
                    "--month",
                    "2022-07",
                    "--reply-by",
                    "2022-08-19",
                    "-o",
                    f"{form}-{unit}",
                ]
                for form, unit in (("督办函", "市税务局"), ("提示函", "零陵区"))
            ),
        ],
    ),
    Issue(dt.date(2022, 9, 2), [["dispatch", "--month", "2022-08", "-o", "调度-2022-08"]]),
    Issue(
        dt.date(2022, 10, 9),
        [
            [
                *("bulletin", "--quarter", "2022Q3", "--number", "2", "--reply-by", "2022-10-31"),
                *("--red-head", "--document-number", "模拟〔2022〕20号", "-o", "通报-2022Q3"),
            ],
        ],
    ),
    Issue(dt.date(2022, 11, 30)),
    Issue(dt.date(2023, 1, 10), [["assess", "--year", "2022", "-o", "考评-2022"]]),
)
FORMATS = (".docx", ".md")


def write(directory: Path) -> None:
    """Make the year in an empty directory: its data, its commits, its papers."""
    data, papers = directory / "data", directory / "papers"
    data.mkdir(parents=True)
    papers.mkdir()
    table = (SHIPPED / TASKS).read_text("utf-8")
    office = f"  office: {load_plan(SHIPPED).header.office}"
    table = HEADING + table.replace(office, f"{office}（模拟）")
    (data / TASKS).write_text(table, "utf-8", newline="\n")
    shutil.copyfile(SHIPPED / "units.yaml", data / "units.yaml")
    git(directory, "init", "-q", "-b", "main")
    (directory / ".gitignore").write_text("papers/\n*.lock\n", "utf-8")
    left = [*Invention(load_plan(data)).events(), *supervision()]
    for issue in ISSUES:
        now = [event for event in left if event.day <= issue.day]
        left = [event for event in left if event.day > issue.day]
        append(data, lambda _, now=now: [event.entry for event in now])
        git(directory, "add", ".")
        git(directory, "commit", "-q", "-m", f"台账：截至 {issue.day}（模拟）", day=issue.day)
        for words in issue.papers:
            for suffix in FORMATS:
                yzplan(directory, issue.day, *words[:-1], words[-1] + suffix)


def yzplan(directory: Path, day: dt.date, *words: str) -> None:
    """Run a command in the folder of the papers, on that day."""
    subprocess.run(
        [sys.executable, "-m", "yzplan", "--data", str(directory / "data"), *words],
        cwd=directory / "papers",
        env=os.environ | {"YZPLAN_TODAY": str(day)},
        check=True,
        capture_output=True,
    )


def main() -> None:
    """Write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("directory", type=Path)
    write(parser.parse_args().directory)


if __name__ == "__main__":
    main()
