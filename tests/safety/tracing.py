"""`yzplan update` under strace: which calls change something, and letting one of them go wrong."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from scenes import UPDATE, Answer, Scene, Stage

CHANGING = (
    *("open", "openat", "openat2", "creat", "truncate", "ftruncate", "fallocate", "copy_file_range"),
    *("write", "pwrite64", "writev", "pwritev", "sendfile", "fsync", "fdatasync", "flock"),
    *("chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "utimensat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
)
_LINE = re.compile(r"\d+ +(?P<name>\w+)\((?P<text>.*?)\)? +(?:= .*|<unfinished \.\.\.>|<detached \.\.\.>)")


class Call(NamedTuple):
    """A system call: the `ordinal`-th of its name, with its arguments as they are in every trial."""

    name: str
    ordinal: int
    text: str

    @property
    def is_on_stream(self) -> bool:
        return self.name == "write" and self.text.startswith(("1<", "2<"))

    @property
    def is_in_cache(self) -> bool:
        return "<here>/cache" in self.text

    @property
    def is_on_temporary(self) -> bool:
        return "/.yzplan-tasks.yaml.*" in self.text

    @property
    def is_swap(self) -> bool:
        return self.name.startswith("rename") and self.is_on_temporary

    def __str__(self) -> str:
        return f"{self.name}({self.text}) [{self.ordinal}]"


@dataclass(frozen=True)
class Traced:
    """What a run came to, the calls that it made, and those of them that were tampered with."""

    answer: Answer
    calls: list[Call]
    injected: list[Call]


def need_strace() -> None:
    """Skip the test where no process can be traced."""
    if not shutil.which("strace"):
        pytest.skip("需要 strace")
    tried = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-e", "trace=none", "true"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if tried.returncode and "ptrace" in tried.stderr.lower():
        pytest.skip("系统不许跟踪进程")
    assert tried.returncode == 0, tried.stderr


def strace(log: Path, *injections: str) -> list[str]:
    """The beginning of a command line: trace what follows into a file."""
    # Looking at these calls only is faster, but strace then loses the signals that it is to send.
    fast = [] if any(":signal=" in each for each in injections) else ["--seccomp-bpf"]
    calls = ",".join(f"?{name}" for name in CHANGING)
    options = [word for injection in injections for word in ("-e", f"inject={injection}")]
    return ["strace", "-f", "-y", *fast, "-e", f"trace={calls}", *options, "-o", str(log)]


def traced(scene: Scene, *injections: str) -> Traced:
    """Run the update in a scene, with injections (`rename:error=EIO:when=2`)."""
    log = scene.here / "log"
    answer = scene.run(*UPDATE, under=strace(log, *injections))
    calls, injected = read_log(scene, log)
    return Traced(answer, calls, injected)


def at(call: Call, what: str) -> str:
    """The injection of something (`error=EIO`, `signal=KILL`) at a call."""
    return f"{call.name}:{what}:when={call.ordinal}"


def read_log(scene: Scene, log: Path) -> tuple[list[Call], list[Call]]:
    """The calls in a log, and those that were answered by an injection."""
    calls, injected = [], []
    counts: dict[str, int] = {}
    for line in log.read_text("utf-8", errors="replace").splitlines():
        if found := _LINE.fullmatch(line):
            name = found["name"]
            counts[name] = counts.get(name, 0) + 1
            calls.append(Call(name, counts[name], _constant(found["text"], scene)))
            if "(INJECTED)" in line:
                injected.append(calls[-1])
    return calls, injected


def _constant(text: str, scene: Scene) -> str:
    """The arguments without what differs from trial to trial."""
    text = re.sub("AT_FDCWD<[^>]*>", "AT_FDCWD", text).replace(str(scene.here), "<here>")
    text = re.sub(r"(?<=/\.yzplan-tasks\.yaml\.)(?!abc12345)\w{8}", "*", text)
    text = re.sub(r"(?<=/[0-9a-f]{64}\.)\d+", "*", text)
    # A file without a name, by which filelock tries what the disk can do.
    text = re.sub(r"(?<=/#)\d+(?=>\(deleted\))", "*", text)
    return re.sub(r"^([012])<[^>]*>", r"\1<>", text)


def changes(call: Call) -> bool:
    """Whether a call is to change something: in the data, in the cache or of what others see of the run.

    To open a folder counts, too: that is how the new name is made durable.
    """
    if call.name.startswith("open"):
        return "<here>/" in call.text and ("O_CREAT" in call.text or "O_RDONLY" not in call.text)
    return "<here>/" in call.text or call.is_on_stream


def opens(call: Call) -> bool:
    """Whether a call is to open something for reading, in the data or in the cache."""
    return call.name.startswith("open") and "<here>/" in call.text and not changes(call)


class Rehearsal:
    """An update that nothing disturbs: its calls, and the table before and after it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        # Once without looking: all modules are compiled then, and each run makes the same calls.
        assert stage.scene().run(*UPDATE).code == 0
        scene = stage.scene()
        self.old = scene.tasks.read_bytes()
        run = traced(scene)
        assert run.answer.code == 0, run.answer.err
        self.new = scene.tasks.read_bytes()
        assert self.old != self.new
        self.answer = run.answer
        self.calls = [call for call in run.calls if changes(call)]
        self.reads = [call for call in run.calls if opens(call)]

    def state(self, scene: Scene) -> str:
        """`old` or `new`, as the table of a scene is byte for byte; `torn` if it is neither."""
        return {self.old: "old", self.new: "new"}.get(scene.tasks.read_bytes(), "torn")


class Trial(NamedTuple):
    """A call at which an update is to be disturbed; `is_new` unless it was there in an earlier state."""

    rehearsal: Rehearsal
    call: Call
    is_new: bool

    @property
    def is_in_data(self) -> bool:
        return not self.call.is_in_cache and not self.call.is_on_stream

    def __str__(self) -> str:
        return f"{self.call}, state {self.rehearsal.stage.state!r}"


def trials(rehearsals: Iterable[Rehearsal], *, reads: bool = False) -> list[Trial]:
    """Every call of every rehearsal that changes something or, with `reads`, opens something."""
    found = []
    seen: set[tuple[str, str]] = set()
    for rehearsal in rehearsals:
        calls = [*rehearsal.calls, *(rehearsal.reads if reads else ())]
        found += [Trial(rehearsal, call, (call.name, call.text) not in seen) for call in calls]
        seen.update((call.name, call.text) for call in calls)
    return found
