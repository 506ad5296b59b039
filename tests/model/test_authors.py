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


def test_without_authors_nobody_speaks_for_anybody() -> None:
    assert load().plan.register.authors == {}


def test_another_author_makes_another_register(register: Register) -> None:
    assert register != load().plan.register
    assert register == load(units=UNITS + AUTHORS).plan.register
