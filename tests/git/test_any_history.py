"""Histories at random, honest but for one deed, which the audit finds and nothing else. Real git, 模拟."""

import datetime as dt
import random
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from chance import few
from commandline import environment
from histories import AUTHORS
from hypothesis import given
from hypothesis import strategies as st
from tiny import TASKS, UNITS

from yzplan.git.auditing import audit, find_audited
from yzplan.query.audited import AuditReport
from yzplan.store.canonical import canonical_lines
from yzplan.store.layout import PlanFile
from yzplan.store.reading import read
from yzplan.store.source import decode_source

COMMITS = 12
UNIT_OF = {"jia": "市模拟甲局", "bing": "市模拟丙局"}
BASE = read(decode_source(TASKS.encode(), "tasks.yaml")).value
TEXT = "年底前完成模拟评价。"

Record = dict[str, Any]


class Tip(NamedTuple):
    """A commit, by its mark, and what its table holds: records of task 3 and of the office, and the text."""

    mark: int
    records: tuple[Record, ...] = ()
    text: str = TEXT


@dataclass
class Teller:
    """Somebody who makes up a history, a commit after the other."""

    chance: random.Random
    stream: list[str] = field(default_factory=list)
    count: int = 0

    def commit(self, who: str, parents: Sequence[Tip], records: Sequence[Record], text: str = TEXT) -> Tip:
        self.count += 1
        person = f"模拟{who} <{who}@example.org> {1662000000 + 3600 * self.count} +0800"
        self.stream += ["commit refs/heads/main", f"mark :{self.count}"]
        self.stream += [f"author {person}", f"committer {person}", "data 0"]
        self.stream += [f"{'merge' if k else 'from'} :{tip.mark}" for k, tip in enumerate(parents)]
        for name, content in (("tasks", table(records, text)), ("units", UNITS + AUTHORS)):
            self.stream += [f"M 100644 inline data/{name}.yaml", f"data {len(content.encode())}", content]
        return Tip(self.count, tuple(records), text)

    def honest(self, tips: list[Tip]) -> None:
        """A report on one of the tips, from which at times a branch goes off; or a merge of two of them."""
        if len(tips) > 2 or (len(tips) > 1 and self.chance.random() < 0.4):
            ours, theirs = self.chance.sample(tips, 2)
            tips[tips.index(ours)] = self.commit("office", [ours, theirs], union(ours, theirs))
            tips.remove(theirs)
            return
        before = self.chance.choice(tips)
        who = self.chance.choice([*UNIT_OF, "office"])
        if self.chance.random() < 0.4:
            tips.append(before)
        tips[tips.index(before)] = self.commit(who, [before], in_order([*before.records, self.record(who)]))

    def record(self, who: str) -> Record:
        given = {"date": str(dt.date(2022, 8, self.chance.randint(1, 28))), "note": f"模拟{self.count}"}
        if who == "office":
            return {**given, "unit": self.chance.choice([*UNIT_OF.values()]), "measure": "urging"}
        return {
            **given,
            "unit": UNIT_OF[who],
            "status": self.chance.choice(["in_progress", "blocked", "done"]),
        }

    def deed(self, kind: str, tips: list[Tip]) -> None:
        """Something that may not be, on top of an honest history that ends in a merge of two branches."""
        [before] = tips
        jia, bing = (
            self.commit(who, [before], in_order([*before.records, self.record(who)])) for who in UNIT_OF
        )
        whole = union(jia, bing)
        some = self.chance.randrange(len(whole))
        altered = [{**record, "note": "模拟改"} if k == some else record for k, record in enumerate(whole)]
        without = [record for k, record in enumerate(whole) if k != some]
        foreign = in_order([*whole, self.record("bing")])
        if kind.startswith("merge"):
            made = {"drops a side": jia.records, "adds": foreign, "alters": altered}[
                kind.removeprefix("merge ")
            ]
            tips[:] = [self.commit("office", [jia, bing], made)]
            return
        merged = self.commit("office", [jia, bing], whole)
        if kind == "text":
            tips[:] = [self.commit("jia", [merged], whole, text="年底前争取完成。")]
        else:
            made = {"alters": altered, "removes": without, "for another": foreign}[kind]
            tips[:] = [self.commit("jia", [merged], made)]


def in_order(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda record: str(record["date"]))


def union(ours: Tip, theirs: Tip) -> list[Record]:
    return in_order([*ours.records, *(each for each in theirs.records if each not in ours.records)])


def table(records: Sequence[Record], text: str) -> str:
    """A tasks.yaml in the one layout."""
    value = deepcopy(BASE)
    task = value["indicators"][1]["tasks"][0]
    task["text"] = text
    progress, supervision = ([each for each in records if key in each] for key in ("status", "measure"))
    if progress:
        task["progress"] = progress
    if supervision:
        value["supervision"] = supervision
    return "".join(f"{line}\n" for line in canonical_lines(value, PlanFile))


def honest_history(seed: int) -> tuple[Teller, list[Tip]]:
    """A history with branches and merges, all of which have come together in the end."""
    teller = Teller(random.Random(seed))
    tips = [teller.commit("office", [], [])]
    while teller.count < COMMITS:
        teller.honest(tips)
    while len(tips) > 1:
        ours, theirs = tips[:2]
        tips[:2] = [teller.commit("office", [ours, theirs], union(ours, theirs))]
    return teller, tips


@contextmanager
def audited(teller: Teller) -> Iterator[AuditReport]:
    """What the audit finds in a history."""
    variables = environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"})
    with TemporaryDirectory() as folder:
        for words in (["init", "-q", "-b", "main"], ["fast-import", "--quiet"], ["reset", "-q", "--hard"]):
            said = "\n".join(teller.stream).encode() if words[0] == "fast-import" else b""
            subprocess.run(["git", *words], cwd=folder, env=variables, input=said, check=True, timeout=60)
        asked, _ = find_audited(Path(folder) / "data", None, None)
        yield audit(Path(folder) / "data", asked)


@few(50)
@given(seed=st.integers(0, 2**32))
def test_an_honest_history_passes(seed: int) -> None:
    teller, _ = honest_history(seed)
    with audited(teller) as report:
        assert [str(each) for each in report.diagnostics] == []
        assert report.commits == teller.count


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        # What a unit alters may be the office's.
        ("alters", {"Y601", "Y607"}),
        ("removes", {"Y602"}),
        ("text", {"Y605"}),
        ("for another", {"Y606"}),
        ("merge drops a side", {"Y603"}),
        ("merge adds", {"Y604"}),
        ("merge alters", {"Y603", "Y604"}),
    ],
)
@few(10)
@given(seed=st.integers(0, 2**32))
def test_the_one_deed_is_found(kind: str, codes: set[str], seed: int) -> None:
    teller, tips = honest_history(seed)
    teller.deed(kind, tips)
    with audited(teller) as report:
        assert report.diagnostics
        assert {each.code for each in report.diagnostics} <= codes
        # Only the last commit did it.
        assert {each.commit for each in report.diagnostics} == {report.end}
