"""A year of reports (模拟) that goes through the command line, and what a listener would have noted of it.

The listener writes down what was said, in a ledger of plain facts of its own. Nothing in it is read
back from the program, whose files and answers can so be held against it.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import naive
from commandline import Answer, CommandLine, execute
from plans import month, shipped

from yzplan.model import Extension, Plan, ProgressRecord, Status, Task

FIRST = dt.date(2022, 5, 23)
LAST = dt.date(2023, 1, 31)

OPEN = ("in_progress", "blocked", "done", "suspended")
LEGAL = {
    "not_started": OPEN,
    "in_progress": OPEN,
    "blocked": OPEN,
    "returned": OPEN,
    "done": ("done", "verified", "returned"),
    "verified": ("returned",),
    "suspended": ("in_progress", "blocked", "done"),
}
"""What may follow what (DESIGN §2)."""

COMMANDS = {
    "in_progress": "update",
    "blocked": "update",
    "done": "done",
    "verified": "verify",
    "returned": "return",
    "suspended": "suspend",
}

Words = list[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Fact:
    """What was said of a unit's part, on the day `entered`; with `takes_back`, that this had been wrong."""

    task: int
    entered: dt.date
    date: dt.date
    unit: str
    note: str
    status: str | None = None
    completed_on: dt.date | None = None
    percent: int | None = None
    takes_back: "Fact | None" = None

    @property
    def heard(self) -> dt.date:
        return self.date

    def noun(self) -> ProgressRecord:
        return ProgressRecord(
            date=self.date,
            unit=self.unit,
            status=Status(self.status) if self.status else None,
            completed_on=self.completed_on,
            percent=self.percent,
            note=self.note,
            retracts=self.takes_back.noun().ref if self.takes_back else None,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Grant:
    """A new deadline that was approved, and entered then or later; `takes_back`: that it was none."""

    task: int
    entered: dt.date
    approved_on: dt.date
    note: str
    to: str | None = None
    takes_back: "Grant | None" = None

    @property
    def heard(self) -> dt.date:
        return self.approved_on if self.takes_back else self.entered

    def noun(self) -> Extension:
        return Extension(
            to=month(self.to) if self.to else None,
            approved_on=self.approved_on,
            reason=self.note,
            recorded_on=self.entered if self.heard > self.approved_on else None,
            retracts=self.takes_back.noun().ref if self.takes_back else None,
        )


PARTS = {task.id: [part.unit for part in shipped().parts(task)] for task in shipped().tasks}


@dataclass
class Year:
    """The offices of the city on one of their days."""

    cli: CommandLine
    chance: random.Random
    today: dt.date = FIRST
    said: list[Fact] = field(default_factory=list)
    granted: list[Grant] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Some tasks are much reported on; of most, little or nothing is heard."""
        self.busy = sorted(self.chance.sample(sorted(PARTS), 45))

    # What the listener knows

    def of_part(self, number: int, unit: str) -> list[Fact]:
        """What stands of what was said of a part, by date."""
        gone = [each.takes_back for each in self.said if each.takes_back]
        own = [each for each in self.said if (each.task, each.unit) == (number, unit)]
        stands = [each for each in own if each.status and each not in gone]
        return sorted(stands, key=lambda each: each.date)

    def status(self, number: int, unit: str, day: dt.date | None = None) -> str:
        """What the part was last said to be, in reports of that day or earlier."""
        said = [each.status for each in self.of_part(number, unit) if day is None or each.date <= day]
        return (said[-1] if said else None) or "not_started"

    def may_say(self, number: int, unit: str, status: str, day: dt.date) -> bool:
        """Whether the ledger takes it, between what was said before and what was said of a later day."""
        later = [each.status or "" for each in self.of_part(number, unit) if each.date > day]
        before = self.status(number, unit, day)
        return status in LEGAL[before] and (not later or later[0] in LEGAL[status])

    def plan(self) -> Plan:
        """What was said, in the nouns that the plain model reads."""
        tasks = {}
        for task in shipped().tasks:
            said = tuple(each.noun() for each in self.said if each.task == task.id)
            granted = tuple(each.noun() for each in self.granted if each.task == task.id)
            if said or granted:
                tasks[task.id] = replace(task, progress=said, extensions=granted)
        return shipped().with_tasks(tasks)

    def task(self, number: int) -> Task:
        return self.plan().by_id[number]

    def deadline(self, number: int, day: dt.date) -> str:
        """The deadline of a task that holds on a day."""
        lead = self.task(number).lead_unit
        days = naive.history(self.plan(), self.task(number), lead, known_at=None, today=self.today)
        return "{}-{:02}".format(*days[day].effective_deadline)

    # Commands

    def run(self, *words: str | int) -> Answer:
        """Most commands run in this process; every fortieth is a program of its own."""
        self.count["commands"] += 1
        if self.count["commands"] % 40:
            return self.cli(*words, today=str(self.today))
        self.count["programs"] += 1
        return execute(self.cli.here, *words, env={"YZPLAN_TODAY": str(self.today)})

    def write(self, kind: str, words: Sequence[str | int], *news: Fact | Grant) -> None:
        """A command that adds what was said to the ledger. Said once more, it adds nothing."""
        before = self.cli.tasks_file.read_bytes()
        answer = self.run(*words)
        after = self.cli.tasks_file.read_bytes()
        assert answer.code == 0, (words, answer.err)
        assert len(after) > len(before), (words, answer.err)
        assert answer.out.count("@@ 第") == len(news)
        self.said += [each for each in news if isinstance(each, Fact)]
        self.granted += [each for each in news if isinstance(each, Grant)]
        self.count[kind] += 1
        self.count["writing"] += 1
        if kind in ("update", "done", "extend") and self.chance.random() < 0.1:
            self.count["repeated"] += 1
            assert self.run(*words).code == 0
            assert self.cli.tasks_file.read_bytes() == after

    def refuse(self, words: Sequence[str | int]) -> None:
        """A command that must be refused, and change nothing."""
        before = self.cli.tasks_file.read_bytes()
        answer = self.run(*words)
        assert (answer.code, answer.raw) == (2, b""), (words, answer.err)
        assert self.cli.tasks_file.read_bytes() == before
        self.count["refused"] += 1

    # A day's work

    def live(self) -> None:
        """What happens on the day."""
        kinds: list[Callable[[], bool]] = [self.report, self.report, self.finish, self.finish, self.finish]
        kinds += [self.verify, self.send_back, self.stop, self.resume, self.extend, self.take_back]
        for _ in range(self.chance.choice([0, 1, 1, 1, 2])):
            while not self.chance.choice(kinds)():
                pass
        if self.today.day % 5 == 0:
            self.refuse(self.chance.choice(REFUSALS)(self))

    def note(self) -> str:
        """Words that are used only once."""
        return f"模拟：第{self.count['commands']}次"

    def day(self) -> dt.date:
        """The date of a report: mostly today, and sometimes one that should have been entered earlier."""
        late = self.chance.choice([0, 0, 0, 0, 1, 3, 9, 25])
        return max(FIRST, self.today - dt.timedelta(days=late))

    def part(self, *statuses: str) -> tuple[int, str] | None:
        """A part that has that status: the lead's more often than a responsible unit's or a county's."""
        found = []
        for number in self.busy:
            lead, *others = PARTS[number]
            units = [lead, lead, lead, others[0], others[number % 3], others[-1], "零陵区"]
            found += [(number, unit) for unit in units if self.status(number, unit) in statuses]
        return self.chance.choice(found) if found else None

    def say(
        self,
        statuses: Sequence[str],
        status: str,
        *,
        completed_on: dt.date | None = None,
        percent: int | None = None,
    ) -> bool:
        """A word on a part that stood so: by the unit itself, or by the office."""
        part, day = self.part(*statuses), self.day()
        if part is None or not self.may_say(*part, status, day):
            return False
        number, unit = part
        numbers = [number]
        if self.chance.random() < 0.15:
            # Several at once, where the unit has a part in all of them.
            numbers = [each for each in range(number, min(number + 4, 122)) if unit in PARTS[each]]
            if numbers != [*range(number, number + len(numbers))] or not all(
                self.may_say(each, unit, status, day) for each in numbers
            ):
                numbers = [number]
        fact = Fact(
            task=number,
            entered=self.today,
            date=day,
            unit=unit,
            note=self.note(),
            status=status,
            completed_on=completed_on,
            percent=percent,
        )
        self.count["ranges"] += len(numbers) > 1
        self.count["late"] += day < self.today
        self.count["with a completion day"] += completed_on is not None
        self.count["by others than the lead"] += unit != PARTS[number][0]
        news = [replace(fact, task=each) for each in numbers]
        self.write(COMMANDS[status], self.words(fact, *numbers), *news)
        return True

    def words(self, fact: Fact, *numbers: int) -> Words:
        """The command line that says it, of one task or of several in a row."""
        command = COMMANDS[fact.status or ""]
        words = [command, str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"]
        words += ["--reason" if command in ("return", "suspend") else "--note", fact.note]
        if command == "update":
            words += ["--status", fact.status or ""]
        if fact.completed_on:
            words += ["--completed-on", str(fact.completed_on)]
        if fact.percent is not None:
            words += ["--percent", str(fact.percent)]
        if fact.date < self.today:
            words += ["--date", str(fact.date)]
        if any(PARTS[each][0] != fact.unit for each in numbers):
            words += ["--unit", fact.unit]
        return words

    def report(self) -> bool:
        status = self.chance.choice(["in_progress", "in_progress", "blocked"])
        percent = self.chance.choice([None, 10, 40, 80])
        states = ("not_started", "in_progress", "blocked", "returned")
        return self.say(states, status, percent=percent)

    def finish(self) -> bool:
        ago = self.chance.choice([None, None, 0, 1, 5, 20, 45])
        completed_on = None if ago is None else max(FIRST, self.today - dt.timedelta(days=ago))
        states = self.chance.choice([("not_started", "in_progress", "blocked"), ("returned",), ("done",)])
        did = self.say(states, "done", completed_on=completed_on)
        self.count["done again"] += did and states in (("returned",), ("done",))
        return did

    def verify(self) -> bool:
        return self.say(("done",), "verified")

    def send_back(self) -> bool:
        return self.say(("done", "verified"), "returned")

    def stop(self) -> bool:
        return self.chance.random() < 0.6 and self.say(
            ("not_started", "in_progress", "blocked", "returned"), "suspended"
        )

    def resume(self) -> bool:
        did = self.say(("suspended",), "in_progress")
        self.count["resumed"] += did
        return did

    def extend(self) -> bool:
        number = self.chance.choice([self.chance.choice(self.busy), self.busy[0], self.busy[20]])
        approved = max(FIRST, self.today - dt.timedelta(days=self.chance.choice([0, 0, 0, 4, 15, 40])))
        to = self.chance.choice(["2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-03"])
        old = self.deadline(number, approved)
        printed = str(self.task(number).deadline)
        if to <= printed or to == old:
            return False
        new = Grant(task=number, entered=self.today, approved_on=approved, to=to, note=self.note())
        self.count["approved after the old deadline"] += old < str(approved)[:7]
        self.count["approved earlier than entered"] += approved < self.today
        self.count["extended more than once"] += number in [each.task for each in self.granted]
        # The document is no part of what the plain model reckons with.
        words = ["extend", str(number), "--to", to, "--approved-on", str(approved), "--reason", new.note]
        self.write("extend", [*words, "--document", "模拟〔2022〕1号"], new)
        return True

    def take_back(self) -> bool:
        if not self.said or self.chance.random() < 0.3:
            return False
        if self.chance.random() < 0.2:
            return self.take_back_an_extension()
        wrong = self.chance.choice(self.said)
        stands = self.of_part(wrong.task, wrong.unit)
        by_ref = self.chance.random() < 0.5
        if not by_ref and stands:
            wrong = stands[-1]
        if wrong not in stands:
            return False
        why = self.note()
        words = ["undo", str(wrong.task)]
        if by_ref:
            words.append(self.ref(wrong))
            self.count["undone by reference"] += 1
        else:
            words += ["--unit", wrong.unit]
            self.count["undone as the newest"] += 1
        day = self.day()
        news = Fact(
            task=wrong.task, entered=self.today, date=day, unit=wrong.unit, note=why, takes_back=wrong
        )
        self.write("undo", [*words, "--reason", why, "--date", str(day)], news)
        return True

    def take_back_an_extension(self) -> bool:
        gone = [each.takes_back for each in self.granted]
        stands = [each for each in self.granted if each.to and each not in gone]
        if not stands:
            return False
        wrong, why = self.chance.choice(stands), self.note()
        entries = self.run("show", wrong.task, "--format", "json").json["extensions"]
        [ref] = [each["ref"] for each in entries if each["reason"] == wrong.note]
        new = Grant(task=wrong.task, entered=self.today, approved_on=self.today, note=why, takes_back=wrong)
        self.write("undo", ["undo", str(wrong.task), ref, "--reason", why], new)
        self.count["extensions undone"] += 1
        return True

    def ref(self, fact: Fact) -> str:
        """The reference that the program shows for what was said: that of the listener's own record."""
        entries = self.run("show", fact.task, "--format", "json").json["progress"]
        [entry] = [each for each in entries if each.get("note") == fact.note and each["unit"] == fact.unit]
        assert entry["ref"] == fact.noun().ref
        return str(entry["ref"])

    # What must be refused

    def illegal(self) -> Words:
        """Something that cannot be said of a part, before or after what has been said of it."""
        while True:
            number, day = self.chance.choice(self.busy), self.day()
            unit = self.chance.choice(PARTS[number][:2])
            status = self.chance.choice([*COMMANDS])
            if not self.may_say(number, unit, status, day):
                fact = Fact(
                    task=number, entered=self.today, date=day, unit=unit, note=self.note(), status=status
                )
                return self.words(fact, number)

    def illegal_by_what_followed(self) -> Words:
        """Something that could have been said then, and not in view of what has been said since."""
        found = [
            replace(
                each, entered=self.today, note=self.note(), status=status, completed_on=None, percent=None
            )
            for each in self.said
            for status in COMMANDS
            if status in LEGAL[self.status(each.task, each.unit, each.date)]
            and not self.may_say(each.task, each.unit, status, each.date)
        ]
        if not found:
            return self.illegal()
        self.count["refused for what followed"] += 1
        fact = self.chance.choice(found)
        return self.words(fact, fact.task)

    def half_illegal(self) -> Words:
        """Two tasks of which one does not allow it: none is reported on."""
        part = self.part("done", "verified")
        if part is None:
            return self.illegal()
        number, unit = part
        others = [each for each in PARTS if unit in PARTS[each] and self.status(each, unit) in OPEN[:2]]
        return ["update", *map(str, [*others[:1], number]), "--unit", unit, "--status", "blocked"]

    def said_again(self) -> Words:
        """What was taken back, word for word."""
        gone = [each.takes_back for each in self.said if each.takes_back]
        if not gone:
            return self.illegal()
        wrong = self.chance.choice(gone)
        return self.words(wrong, wrong.task)

    def undone_again(self) -> Words:
        gone = [each.takes_back for each in self.said if each.takes_back]
        if not gone:
            return self.illegal()
        wrong = self.chance.choice(gone)
        return ["undo", str(wrong.task), wrong.noun().ref, "--reason", self.note()]

    def undone_correction(self) -> Words:
        corrections = [each for each in self.said if each.takes_back]
        if not corrections:
            return self.illegal()
        wrong = self.chance.choice(corrections)
        return ["undo", str(wrong.task), wrong.noun().ref, "--reason", self.note()]

    def without_a_part(self) -> Words:
        number = next(each for each in self.busy if len(PARTS[each]) < len(shipped().register.units))
        unit = next(unit.name for unit in shipped().register.units if unit.name not in PARTS[number])
        return ["update", str(number), "--unit", unit, "--status", "in_progress"]

    def extended_to_its_deadline(self) -> Words:
        number = self.chance.choice(self.busy)
        return ["extend", str(number), "--to", self.deadline(number, self.today), *self.approval()]

    def extended_to_an_earlier_month(self) -> Words:
        return ["extend", str(self.chance.choice(self.busy)), "--to", "2022-05", *self.approval()]

    def approval(self) -> Words:
        return ["--approved-on", str(self.today), "--reason", self.note(), "--document", "模拟〔2022〕2号"]


def always(line: str) -> Callable[[Year], Words]:
    """A request that is wrong whatever has been said."""
    return lambda _: line.split()


REFUSALS: list[Callable[[Year], Words]] = [
    *[Year.illegal] * 6,
    *[Year.illegal_by_what_followed] * 4,
    *[Year.half_illegal] * 2,
    *[Year.said_again] * 2,
    Year.undone_again,
    Year.undone_correction,
    Year.without_a_part,
    Year.extended_to_its_deadline,
    Year.extended_to_an_earlier_month,
    always("update 5 --status in_progress --unit 市模拟局"),
    always("update 5 --status in_progress --unit 各县市区政府"),
    always("update 122 --status in_progress"),
    always("done 119-122"),
    always("update 5 --status verified"),
    always("update 5 --status suspended"),
    always("update 5 --status in_progress --completed-on 2022-07-01"),
    always("update 5 --status in_progress --percent 101"),
    always("done 5 --date 2022-02-30"),
    always("done 5 --measured 模拟指标=1"),
    always("return 5"),
    always("extend 5 --to 2022-12 --approved-on 2022-07-01 --reason 模拟"),
    always("undo 5 00000000 --reason 模拟"),
]
