"""Repositories of a tiny plan, in which people commit what they may and what they may not. Real git, 模拟."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from commandline import Answer, CommandLine, environment
from tiny import TASKS, UNITS

AUTHORS = """\

authors:
  office@example.org: office
  jia@example.org: 市模拟甲局
  bing@example.org: 市模拟丙局
"""
OFFICE, JIA, BING, STRANGER = "office", "jia", "bing", "nobody"

JIA_DONE = """\
    - date: 2022-08-20
      unit: 市模拟甲局
      status: done
"""
JIA_BLOCKED = """\
    - date: 2022-08-25
      unit: 市模拟甲局
      status: blocked
      note: 模拟：缺人
"""
BING_BEGUN = """\
    progress:
    - date: 2022-08-21
      unit: 市模拟丙局
      status: in_progress
"""
THIRD = "    text: 年底前完成模拟评价。\n"
"""The last line of the last task."""
OFFICE_LEDGERS = f"""\
{THIRD}
supervision:
- date: 2022-08-05
  measure: urging
  unit: 市模拟甲局
  number: 模拟〔2022〕督1号
  tasks: [1, 2]
  due: 2022-08-19

rankings:
- date: 2022-08-20
  period: 2022Q2
  indicator: 2
  rank: 12
  of: 14
"""
URGED = "2103bf3e"
"""The reference of that letter."""
CLOSED = f"""\
- date: 2022-08-25
  closes: '{URGED}'
  note: 模拟：整改到位
"""


@dataclass
class Plan:
    """A repository that holds a plan, the shell in it, and its files."""

    cli: CommandLine
    day: int = 1

    @property
    def here(self) -> Path:
        return self.cli.here

    @property
    def tasks(self) -> Path:
        return self.here / "data" / "tasks.yaml"

    @property
    def units(self) -> Path:
        return self.here / "data" / "units.yaml"

    def git(self, *words: str, who: str = OFFICE, code: int = 0) -> str:
        """What git says on stdout, with somebody's name, on the next day."""
        person = {
            "NAME": f"模拟{who}",
            "EMAIL": f"{who}@example.org",
            "DATE": f"2022-09-{self.day:02}T12:00:00",
        }
        variables = {
            f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()
        }
        done = subprocess.run(
            ["git", *words],
            cwd=self.here,
            env=environment(
                {**variables, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
            ),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode()
        return done.stdout.decode()

    def change(self, old: str, new: str, file: Path | None = None) -> None:
        """Put something else where something stands once in a file."""
        file = file or self.tasks
        text = file.read_bytes().decode()
        assert text.count(old) == 1, text
        file.write_bytes(text.replace(old, new).encode())

    def commit(self, who: str, message: str = "模拟") -> str:
        """Commit all there is, on a day of its own, and return the commit."""
        self.day += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, who=who)
        return self.head

    def record(self, who: str, lines: str, *, behind: str = "      measured: {办理时限: 0.5}\n") -> str:
        """Somebody appends lines to the table and commits them."""
        self.change(behind, behind + lines)
        return self.commit(who)

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def merge(self, branch: str, who: str = OFFICE) -> None:
        """Merge a branch that git can merge as text."""
        self.day += 1
        self.git("merge", "-q", "--no-ff", "-m", "模拟：合并", branch, who=who)

    def audit(self, *words: str) -> Answer:
        return self.cli("audit", *words, today="2022-10-01")

    def found(self, *words: str) -> str:
        """All that an audit says on stdout, with commits as `C`; it must have found something."""
        answer = self.audit(*words)
        assert answer.code == 1, answer.err
        return re.sub(r"[0-9a-f]{10}", "C", answer.out)

    def passes(self, *words: str) -> bool:
        """Whether an audit has nothing at all to say."""
        answer = self.audit(*words)
        assert (answer.code, answer.out) == (0, ""), answer.out
        return answer.err.startswith("没有问题：")


def begin(here: Path, monkeypatch: pytest.MonkeyPatch, *, authors: str = AUTHORS) -> Plan:
    """A repository whose first commit holds the tiny plan."""
    plan = Plan(CommandLine(here=here, monkeypatch=monkeypatch))
    (here / "data").mkdir(parents=True)
    plan.tasks.write_bytes(TASKS.encode())
    plan.units.write_bytes((UNITS + authors).encode())
    plan.git("init", "-q", "-b", "main")
    plan.git("config", "commit.gpgSign", "false")
    plan.commit(OFFICE, "模拟：录入")
    return plan
