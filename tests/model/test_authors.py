"""Who speaks for whom: the e-mails of the register. All of them are 模拟."""

import pytest
from tiny import UNITS, load

from yzplan.model import OFFICE, Register, email_key

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


@pytest.mark.parametrize("email", ["jia@example.org", "Jia@example.org", " JIA@EXAMPLE.ORG\n"])
def test_an_e_mail_is_the_same_in_capitals_and_with_spaces_around_it(email: str) -> None:
    assert email_key(email) == "jia@example.org"


@pytest.mark.parametrize("email", ["jia2@example.org", "jia@example.or", "ji a@example.org", "jia", ""])
def test_another_e_mail_is_another(email: str) -> None:
    assert email_key(email) != "jia@example.org"


def test_without_authors_nobody_speaks_for_anybody() -> None:
    assert load().plan.register.authors == {}


def test_another_author_makes_another_register(register: Register) -> None:
    assert register != load().plan.register
    assert register == load(units=UNITS + AUTHORS).plan.register
