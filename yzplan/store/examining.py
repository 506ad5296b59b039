"""Everything that is to be said of two data files, for `check`: nothing remembered, nothing written."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from yzplan.errors import DataError, Diagnostic, by_place
from yzplan.model import Plan
from yzplan.store.loading import read_sources
from yzplan.store.source import Source
from yzplan.store.validating import judge


class Verdict(NamedTuple):
    """What is wrong or odd, sorted by place, and the plan, None where the data cannot be used.

    `texts`: the text (without BOM) of each file that could be read, by its path as diagnostics name it.
    """

    diagnostics: tuple[Diagnostic, ...]
    plan: Plan | None
    texts: Mapping[str, str]


def examine_sources(files: list[Source | DataError], today: dt.date) -> Verdict:
    """What is to be said, today, of tasks.yaml and units.yaml as they were opened."""
    texts = {each.path: each.text for each in files if isinstance(each, Source)}
    tasks, units = read_sources(*files)
    found = judge(tasks, units)
    problems = [*tasks.problems, *units.problems, *found.problems]
    return Verdict(by_place([*problems, *found.oddities(today)]), None if problems else found.plan, texts)
