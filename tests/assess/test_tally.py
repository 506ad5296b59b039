"""Counting how tasks stand (DESIGN §3). All ledgers are 模拟."""

from dataclasses import asdict

from plans import extension, plan, record, task, viewpoint

from yzplan.assess.standing import position
from yzplan.assess.tally import tally

LEDGERS = [
    task(1, progress=[record("2022-07-10", "done")]),
    task(2, progress=[record("2022-08-10", "done")]),
    task(3, progress=[record("2022-07-10", "in_progress")]),
    task(4, progress=[record("2022-07-10", "suspended")]),
    task(5, deadline="2022-09", progress=[record("2022-07-10", "done")]),
    task(6, deadline="2022-09"),
    task(7, deadline="2022-08"),
    task(8, extensions=[extension("2022-10", "2022-07-10")]),
]


def counts(as_of: str, **asked: str) -> dict[str, int]:
    subject = plan(*LEDGERS)
    return asdict(tally(position(subject, each, viewpoint(as_of, **asked)) for each in subject.tasks))


def test_the_tally_at_a_close() -> None:
    assert counts("2022-07") == {
        "total": 8,
        "due": 3,  # 1, 2 and 3; 4 is suspended, 8 has until October
        "due_done": 1,
        "on_time": 2,  # 1, and 5 ahead of time
        "late": 0,
        "overdue": 2,
        "due_soon": 0,
        "not_due": 3,
        "suspended": 1,
    }
    assert counts("2022-08") == {
        "total": 8,
        "due": 4,
        "due_done": 2,
        "on_time": 2,
        "late": 1,
        "overdue": 2,
        "due_soon": 0,
        "not_due": 2,
        "suspended": 1,
    }


def test_what_is_due_today_is_due_and_not_overdue_yet() -> None:
    found = counts("2022-07", today="2022-07-31")
    assert (found["due"], found["due_done"], found["overdue"], found["due_soon"]) == (3, 1, 0, 2)


def test_every_task_stands_somewhere() -> None:
    for as_of in ("2022-05", "2022-06-30", "2022-07-01", "2022-07", "2022-08-15", "2022-12"):
        found = counts(as_of)
        parts = ("on_time", "late", "overdue", "due_soon", "not_due", "suspended")
        assert sum(found[key] for key in parts) == found["total"] == 8


def test_the_tally_of_nothing() -> None:
    assert set(asdict(tally([])).values()) == {0}
