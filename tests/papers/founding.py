"""Whether the numbers that a paper says are its facts."""

import json
import re
from decimal import Decimal

from writing import written

from yzplan.papers.paper import Paper
from yzplan.render.machine import plain_value


def unfounded(paper: Paper) -> set[Decimal]:
    """The numbers that a paper says, in prose or table, and its facts do not hold."""
    facts = json.dumps(plain_value(paper.facts), ensure_ascii=False)
    said = re.sub("^附件[0-9]+ ", "", written(paper), flags=re.MULTILINE)
    return _numbers(said) - _numbers(facts)


def _numbers(text: str) -> set[Decimal]:
    return {Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
