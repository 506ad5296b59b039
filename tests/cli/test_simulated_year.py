"""From the day of the document to the end of the next January, day after day, by commands alone (模拟).

What the program answers is held against the plain model of `naive.py`, which reads what was said and
none of what the program wrote.
"""

import datetime as dt
import difflib
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import naive
from commandline import CommandLine
from year import FIRST, LAST, PARTS, Year

CLOSES = [dt.date(2022, number + 1, 1) - dt.timedelta(days=1) for number in range(5, 12)]
CLOSES += [dt.date(2022, 12, 31), LAST]
UNITS = ("市财政局", "市税务局", "零陵区")

ENOUGH = {
    "writing": 220,
    "update": 60,
    "done": 60,
    "done again": 30,
    "verify": 20,
    "return": 15,
    "suspend": 15,
    "resumed": 15,
    "extend": 20,
    "extended more than once": 10,
    "approved after the old deadline": 5,
    "approved earlier than entered": 10,
    "undo": 15,
    "undone by reference": 5,
    "undone as the newest": 5,
    "extensions undone": 2,
    "ranges": 15,
    "late": 80,
    "with a completion day": 30,
    "by others than the lead": 80,
    "repeated": 10,
    "refused": 30,
    "refused for what followed": 3,
    "programs": 10,
    "questions": 200,
    "random moments": 8,
    "rows": 9_000,
    "rows as they were": 3_000,
    "parts with words of their own": 150,
    "parts that follow their lead": 2_000,
    "leads that were missing": 300,
}
"""How much of each kind the year must have tried, for its agreement to mean something."""

Rows = dict[int, dict[str, Any]]


class Inquiry:
    """Questions put on a day to all that has been said until then, at one knowledge of it."""

    def __init__(self, year: Year, known_at: dt.date | None = None) -> None:
        self.year = year
        self.plan = year.plan()
        self.tasks = self.plan.by_id
        self.known_at = known_at
        self.days: dict[object, dict[dt.date, naive.Answer]] = {}

    def stands(self, number: int, unit: str) -> dict[dt.date, naive.Answer]:
        """How a part stands day by day, in the plain model; where nobody spoke, as its deadline says."""
        task = self.tasks[number]
        is_silent = not task.progress and not task.extensions
        key = (task.deadline, unit == task.lead_unit) if is_silent else (number, unit)
        if key not in self.days:
            self.days[key] = naive.history(
                self.plan, task, unit, known_at=self.known_at, today=self.year.today
            )
        return self.days[key]

    def ask(self, command: str, close: dt.date, *more: str) -> Any:
        """The program's answer about the close of a day, which may be that of a month."""
        is_month_end = (close + dt.timedelta(days=1)).day == 1
        words = [command, "--format", "json", *more]
        words += ["--month", str(close)[:7]] if is_month_end else ["--as-of", str(close)]
        words += ["--known-at", str(self.known_at)] if self.known_at else []
        answer = self.year.run(*words)
        assert answer.code == 0, answer.err
        self.year.count["questions"] += 1
        return answer.json

    def expected(self, number: int, unit: str, close: dt.date) -> dict[str, Any]:
        """What the plain model says of a part, by the keys of the program's answers."""
        stands = self.stands(number, unit)[close]
        return {
            "status": stands.status,
            "percent": stands.percent,
            "completed_on": day_text(stands.completed_on),
            "standing": stands.standing,
            "days_overdue": stands.days_overdue,
            "warning": stands.is_warning,
        }

    def expected_row(self, number: int, judged: str, close: dt.date) -> dict[str, Any]:
        """What it says of a task, where the question is about the part of `judged`."""
        stands = self.stands(number, PARTS[number][0])[close]
        own = self.stands(number, judged)
        last = stands.last_record
        later = naive.completed_after(self.plan, self.tasks[number], judged, known_at=self.known_at)
        return self.expected(number, PARTS[number][0], close) | {
            "id": number,
            "effective_deadline": "{}-{:02}".format(*stands.effective_deadline),
            "carried_over": stands.is_carried_over,
            "overdue_on": day_text(naive.missed_since(own, close)),
            "completed_later": None if own[close].completed_on else day_text(later),
            "last_record": last and [str(last.date), last.unit, last.note, last.ref],
        }

    def list(self, close: dt.date) -> Rows:
        """Every task as it stood."""
        rows = self.ask("list", close)
        self.agree(rows, [self.expected_row(number, PARTS[number][0], close) for number in PARTS])
        return {row["id"]: row for row in rows}

    def overdue(self, close: dt.date) -> Rows:
        """The tasks that were overdue."""
        rows = self.ask("overdue", close)
        missed = [number for number in PARTS if self.stands(number, PARTS[number][0])[close].is_missed]
        expected = [self.expected_row(number, PARTS[number][0], close) for number in missed]
        self.agree(rows, sorted(expected, key=lambda row: (row["effective_deadline"], row["id"])))
        return {row["id"]: row for row in rows}

    def overdue_parts(self, close: dt.date, unit: str) -> Rows:
        """The tasks in which a responsible unit's own part was overdue."""
        rows = self.ask("overdue", close, "--unit", unit, "--role", "responsible")
        missed = [
            number
            for number, (_, *others) in PARTS.items()
            if unit in others and self.stands(number, unit)[close].is_missed
        ]
        expected = [self.expected_row(number, unit, close) for number in missed]
        self.agree(rows, sorted(expected, key=lambda row: (row["effective_deadline"], row["id"])))
        for row in rows:
            follows = self.stands(row["id"], unit)[close].follows_lead
            assert row["part"] == self.expected(row["id"], unit, close) | {
                "unit": unit,
                "role": "responsible",
                "follows_lead": follows,
                "decides": True,
            }
            self.year.count["parts that follow their lead"] += follows
            self.year.count["parts with words of their own"] += not follows
        return {row["id"]: row for row in rows}

    def agree(self, rows: Sequence[dict[str, Any]], expected: Sequence[dict[str, Any]]) -> None:
        """The rows say what is expected, in its order."""
        found = []
        for row in rows:
            last = row["last_record"]
            said = last and [last["date"], last["unit"], last["note"], last["ref"]]
            found.append({key: (row | {"last_record": said})[key] for key in (expected or [{}])[0]})
        assert found == [*expected]
        self.year.count["rows"] += len(found)

    def summary(self, close: dt.date) -> Any:
        """How many tasks stood how."""
        found = self.ask("summary", close)
        stood = [self.stands(number, units[0])[close] for number, units in PARTS.items()]
        due = [each for each in stood if each.is_due and each.standing != "suspended"]
        count = Counter(each.standing for each in stood)
        kinds = ("on_time", "late", "overdue", "due_soon", "not_due", "suspended")
        expected = {kind: count[kind] for kind in kinds}
        expected |= {"total": 121, "due": len(due)}
        expected |= {"due_done": len([each for each in due if each.completed_on])}
        assert {key: found["total"][key] for key in expected} == expected
        return found

    def missing(self, close: dt.date) -> Any:
        """Which leads had not reported within the month."""
        found = self.ask("missing", close)
        assert found == [
            {
                "unit": each.unit,
                "owed": each.owed,
                "missed": len(each.missing),
                "missing": each.missing,
                "last_reported": day_text(each.last_reported),
            }
            for each in naive.missing(self.plan, close, known_at=self.known_at)
        ]
        self.year.count["leads that were missing"] += len(found)
        return found

    def everything(self, close: dt.date) -> dict[str, Rows]:
        """All that is asked about a close, by question; with what was known then, not of every unit."""
        units = UNITS[-1:] if self.known_at else UNITS
        answers = {"list": self.list(close), "overdue": self.overdue(close)}
        answers |= {unit: self.overdue_parts(close, unit) for unit in units}
        self.summary(close)
        self.missing(close)
        return answers


def day_text(day: dt.date | None) -> str | None:
    return str(day) if day else None


def test_a_year_of_reports_is_answered_as_the_plain_model_answers_it(cli: CommandLine) -> None:
    year = Year(cli=cli, chance=random.Random(18))
    shipped_lines = cli.tasks.splitlines()
    curious = random.Random(2022)
    remembered: dict[dt.date, dict[str, Rows]] = {}
    while year.today <= LAST:
        if year.today - dt.timedelta(days=1) in CLOSES:
            remember(year, remembered)
        year.live()
        if curious.random() < 0.05:
            ask_at_random(year, curious)
        year.today += dt.timedelta(days=1)
    remember(year, remembered)
    assert [*remembered] == CLOSES

    for known_at in (None, *CLOSES):
        # Asked again after the year: now, and with what was known then.
        inquiry = Inquiry(year, known_at)
        for close in [known_at] if known_at else CLOSES:
            assert_as_remembered(year, remembered[close], inquiry.everything(close), close, known_at)

    assert cli("check", today=str(year.today)).code == 0
    changes = [*difflib.unified_diff(shipped_lines, cli.tasks.splitlines(), n=0, lineterm="")][2:]
    assert not [line for line in changes if line.startswith("-")]
    fewer = {what: year.count[what] for what, least in ENOUGH.items() if year.count[what] < least}
    assert not fewer, year.count


def remember(year: Year, remembered: dict[dt.date, dict[str, Rows]]) -> None:
    """Ask about the month that ended yesterday, before anything happens today."""
    close = year.today - dt.timedelta(days=1)
    remembered[close] = Inquiry(year).everything(close)


def ask_at_random(year: Year, curious: random.Random) -> None:
    """Ask about a day, past or to come, with what is known now or was known on some day."""
    known_at = FIRST + dt.timedelta(days=curious.randint(0, (year.today - FIRST).days))
    as_of = curious.choice([year.today, FIRST + dt.timedelta(days=curious.randint(0, (LAST - FIRST).days))])
    inquiry = Inquiry(year, curious.choice([known_at, known_at, None]))
    inquiry.list(as_of)
    inquiry.overdue(as_of)
    inquiry.overdue_parts(as_of, curious.choice(UNITS))
    inquiry.summary(as_of)
    inquiry.missing(as_of)
    year.count["random moments"] += 1


def assert_as_remembered(
    year: Year, then: dict[str, Rows], now: dict[str, Rows], close: dt.date, known_at: dt.date | None
) -> None:
    """What is said now of a task is what was said then, unless something was entered since that is known."""
    changed = {
        each.task
        for each in (*year.said, *year.granted)
        if each.entered > close and (known_at is None or each.heard <= known_at)
    }
    for question, rows in now.items():
        untouched = {number: row for number, row in rows.items() if number not in changed}
        assert {number: row for number, row in then[question].items() if number not in changed} == untouched
        year.count["rows as they were"] += len(untouched)
