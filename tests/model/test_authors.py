"""Who speaks for whom: the e-mails of the register. All of them are 模拟."""

import pytest
from tiny import UNITS, load

from yzplan.model import OFFICE, Register

AUTHORS = """
authors:
  Jia@example.org: 市模拟甲局
  jia2@example.org: 市模拟甲局
  ban@example.org: office
"""


@pytest.fixture(scope="module")
def register() -> Register:
    return load(units=UNITS + AUTHORS).plan.register


def test_they_stand_in_the_order_of_the_file(register: Register) -> None:
    assert [*register.authors.items()] == [
        ("Jia@example.org", "市模拟甲局"),
        ("jia2@example.org", "市模拟甲局"),
        ("ban@example.org", OFFICE),
    ]


@pytest.mark.parametrize(
    ("email", "whom"),
    [
        ("Jia@example.org", "市模拟甲局"),
        ("jia@example.org", "市模拟甲局"),
        (" JIA@EXAMPLE.ORG\n", "市模拟甲局"),
        ("jia2@example.org", "市模拟甲局"),
        ("ban@example.org", "office"),
        ("jia@example.or", None),
        ("ji a@example.org", None),
        ("市模拟甲局", None),
        ("office", None),
        ("", None),
    ],
)
def test_whom_an_author_speaks_for(register: Register, email: str, whom: str | None) -> None:
    assert register.speaks_for(email) == whom


def test_without_authors_nobody_speaks_for_anybody() -> None:
    register = load().plan.register
    assert register.authors == {}
    assert register.speaks_for("jia@example.org") is None


def test_another_author_makes_another_register(register: Register) -> None:
    assert register != load().plan.register
    assert register == load(units=UNITS + AUTHORS).plan.register
