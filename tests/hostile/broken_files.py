"""What is too much of anything, and what is no file at all, or lies where it should not."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from cases import Case, Told, accepted, edit, files, noted, whole
from tiny import TASKS, UNITS

REST = TASKS[TASKS.index("plan:") :]
ROOT = "plan: {}\nindicators:\n"
LAST = "      measured: {办理时限: 0.5}\n"
_DEEP = 100_000
_ONE = "    - {date: 2022-08-05, unit: 市模拟甲局, status: in_progress"


def _sparse(size: int) -> Callable[[Path], None]:
    def make(data: Path) -> None:
        files()(data)
        os.truncate(data / "tasks.yaml", size)

    return make


def _records(count: int, facts: str) -> str:
    return TASKS.replace(LAST, LAST + f"{_ONE}, {facts}}}\n" * count)


SIZE: dict[str, Case] = {
    "20 levels in brackets": edit("[市模拟乙局, 各模拟县区]", "[" * 17 + "模拟" + "]" * 17, "Y103"),
    "21 levels in brackets": edit("[市模拟乙局, 各模拟县区]", "[" * 21 + "模拟" + "]" * 21, "Y017"),
    "21 levels of braces": edit("{办理时限: 0.5}", "{a: " * 21 + "1" + "}" * 21, "Y017"),
    "21 levels of dashes": edit("    progress:\n", f"    progress:\n    {'- ' * 21}模拟§\n    x:\n", "Y017"),
    "21 levels of keys": whole("".join(f"{' ' * k}a:\n" for k in range(21)) + f"{' ' * 21}a: 1§\n", "Y017"),
    "100,000 brackets": whole("plan: " + "[" * _DEEP, "Y017"),
    "100,000 brackets and their ends": whole("plan: " + "[" * _DEEP + "]" * _DEEP + "\n", "Y017"),
    "100,000 braces": whole("plan: " + "{a: " * _DEEP, "Y017"),
    "100,000 dashes": whole("- " * _DEEP + "\n", "Y017"),
    "10,000 keys, each deeper": whole("".join(f"{' ' * k}a:\n" for k in range(5_000)), "Y017")._replace(
        told=(Told("tasks.yaml", 21, "Y017"),)
    ),
    "33 MiB": Case(files(b"# " + b"x" * (33 << 20)), 1, (Told("tasks.yaml", 0, "Y002"),)),
    "one byte more than 32 MiB": Case(_sparse((32 << 20) + 1), 1, (Told("tasks.yaml", 0, "Y002"),)),
    "a gigabyte of nothing": Case(_sparse(1 << 30), 1, (Told("tasks.yaml", 0, "Y002"),)),
    "a terabyte of nothing": Case(_sparse(1 << 40), 1, (Told("tasks.yaml", 0, "Y002"),)),
    "20 MB on one line": whole("plan: " + "模" * 7_000_000 + "\n", "Y018"),
    "20 MB in quotes": whole("plan: '" + "模" * 7_000_000 + "'\n", "Y018"),
    "1 MB in a note": noted("模" * 350_000, "Y018"),
    "a comment of 20 MB": accepted(f"# {'模' * 7_000_000}\n{TASKS}"),
    "a million lines of comment": accepted("#\n" * 1_000_000 + TASKS),
    "a million empty lines": accepted(TASKS + "\n" * 1_000_000),
    "20 MB of spaces": accepted(TASKS + " " * 20_000_000 + "\n"),
    "three million elements": whole("plan: [" + "1," * 3_000_000 + "]\n", "Y018"),
    "three million elements, a line each": Case(
        files("plan: {}\nindicators:\n" + "- 1\n" * 3_000_000), 1, (Told("tasks.yaml", 699_995, "Y018"),)
    ),
    "a million keys": Case(
        files("".join(f"k{k}: 1\n" for k in range(1_000_000))), 1, (Told("tasks.yaml", 1001, "Y018"),)
    ),
    "a million keys that are one": Case(files("k: 1\n" * 1_000_000), 1, (Told("tasks.yaml", 2, "Y014"),)),
    "30,000 records with a bad percent": Case(
        files(_records(30_000, "percent: 101")), 1, (Told("tasks.yaml", 44, "Y105"),)
    ),
    "30,000 records with an unknown key": Case(
        files(_records(30_000, "percents: 1")), 1, (Told("tasks.yaml", 44, "Y101"),)
    ),
    "30,000 records that say the same": Case(
        files(_records(30_000, "percent: 50")), 1, (Told("tasks.yaml", 45, "Y512"),), ("--strict",)
    ),
    "20,000 unknown units": Case(
        files(
            TASKS.replace(
                LAST,
                LAST
                + "".join(
                    f"    - {{date: 2022-08-05, unit: 外地单位{k}, status: done}}\n" for k in range(20_000)
                ),
            )
        ),
        1,
        (Told("tasks.yaml", 44, "Y201"),),
    ),
    "100,000 hidden characters": noted("模拟\u200b" * 100_000, "Y005"),
    "100,000 anchors": whole("plan: [" + "&a 1, " * 100_000 + "]\n", "Y010"),
    "100,000 aliases": whole("plan: [&a 1" + ", *a" * 100_000 + "]\n", "Y010"),
    "100,000 tags": whole("plan: [" + "!!str 1, " * 100_000 + "]\n", "Y011"),
    "200,000 lines of a directive": whole("%YAML 1.1\n" * 200_000 + f"---\n{TASKS}", "Y007"),
    "100,000 conflict markers": whole("<<<<<<< HEAD\n" * 100_000, "Y006"),
    "100,000 documents": Case(files("--- 1\n" * 100_000), 1, (Told("tasks.yaml", 2, "Y009"),)),
    "100,000 truth values": whole("plan: [" + "yes, " * 100_000 + "]\n", "Y015"),
    "a key of 1 MB": Case(files("? " + "k" * 1_000_000 + "\n: 1\n"), 1, (Told("tasks.yaml", 1, "Y018"),)),
    "a tag of 1 MB": whole("plan: !<" + "x" * 1_000_000 + "> 1\n", "Y011"),
    "100,000 quotes that nothing ends": whole('plan: "' + '""' * 50_000 + "\n", "Y008"),
}


def _beside(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """The two files, of which `make` may spoil one or put something beside them."""

    def both(data: Path) -> None:
        files()(data)
        make(data)

    return both


def _instead(make: Callable[[Path], object], name: str = "tasks.yaml") -> Callable[[Path], None]:
    """The two files, one of which `make` makes anew."""

    def other(data: Path) -> None:
        files()(data)
        (data / name).unlink()
        make(data / name)

    return other


def _unreadable(make: Callable[[Path], object], name: str = "tasks.yaml") -> Case:
    return Case(_instead(make, name), 3, (Told(name, 0, "Y001"),), ("--data", "data"))


def _socket(path: Path) -> None:
    here = Path.cwd()
    listening = socket.socket(socket.AF_UNIX)
    # A socket's path may not be long.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        listening.bind(f"/proc/self/fd/{folder}/{path.name}")
    finally:
        os.close(folder)
        listening.close()
    assert here == Path.cwd()


def _moved(path: Path) -> None:
    (path.parent / "elsewhere.yaml").write_text(TASKS if path.name == "tasks.yaml" else UNITS, "utf-8")
    path.symlink_to("elsewhere.yaml")


def _links(path: Path) -> None:
    path.symlink_to("other.yaml")
    (path.parent / "other.yaml").symlink_to(path.name)


def _a_file_for_the_directory(data: Path) -> None:
    data.rmdir()
    data.write_text("模拟", "utf-8")


def _leftover(*names: str) -> Case:
    def make(data: Path) -> None:
        for name in names:
            (data / name).write_bytes(b"\xff\xfe<<<<<<< \x1b[31m\n")

    return Case(_beside(make))


def _named(name: str) -> Case:
    """A data directory of that name, in which a mistake is to be told."""

    def make(data: Path) -> None:
        files("plan: &a x\n")(data)
        data.rename(data.with_name(name))

    return Case(make, 1, (Told("tasks.yaml", 1, "Y010"),), ("--data", name))


BOTH = (Told("tasks.yaml", 0, "Y001"), Told("units.yaml", 0, "Y001"))

FILES: dict[str, Case] = {
    "a FIFO": _unreadable(os.mkfifo),
    "a FIFO for the register": _unreadable(os.mkfifo, "units.yaml"),
    "a link to a FIFO": _unreadable(lambda path: (os.mkfifo(path.parent / "pipe"), path.symlink_to("pipe"))),
    "a link to /dev/zero": _unreadable(lambda path: path.symlink_to("/dev/zero")),
    "a link to /dev/null": _unreadable(lambda path: path.symlink_to("/dev/null")),
    "a link to /dev/urandom": _unreadable(lambda path: path.symlink_to("/dev/urandom")),
    "a link to /dev/stdin": _unreadable(lambda path: path.symlink_to("/dev/stdin")),
    "a link to /dev/tty": _unreadable(lambda path: path.symlink_to("/dev/tty")),
    "a link to /dev/ptmx": _unreadable(lambda path: path.symlink_to("/dev/ptmx")),
    "a link to the memory of the process": _unreadable(lambda path: path.symlink_to("/proc/self/mem")),
    "a link to the environment of the process": Case(
        _instead(lambda path: path.symlink_to("/proc/self/environ")), 1, (Told("tasks.yaml", 1, "Y005"),)
    ),
    "a link to itself": _unreadable(lambda path: path.symlink_to(path.name)),
    "two links to each other": _unreadable(_links),
    "a link to nothing": _unreadable(lambda path: path.symlink_to("nowhere.yaml")),
    "a link to the directory": _unreadable(lambda path: path.symlink_to(".")),
    "a link to a file": Case(_instead(_moved)),
    "a hard link": Case(_beside(lambda data: os.link(data / "tasks.yaml", data / "same.yaml"))),
    "a directory": _unreadable(Path.mkdir),
    "a directory for the register": _unreadable(Path.mkdir, "units.yaml"),
    "a Unix socket": _unreadable(_socket),
    "the table is missing": _unreadable(lambda path: None),
    "the register is missing": _unreadable(lambda path: None, "units.yaml"),
    "both are missing": Case(lambda data: None, 3, BOTH, ("--data", "data")),
    "a name in upper case": _unreadable(lambda path: path.with_name("TASKS.YAML").write_text(TASKS, "utf-8")),
    "another ending": _unreadable(lambda path: path.with_name("tasks.yml").write_text(TASKS, "utf-8")),
    "the directory is a file": Case(_a_file_for_the_directory, 3, (), ("--data", "data")),
    "no directory": Case(Path.rmdir, 3, (), ("--data", "data")),
    "the directory is a link to itself": Case(
        lambda data: (data.rmdir(), data.symlink_to("data")), 3, (), ("--data", "data")
    ),
    "a name of the directory with a line break": _named("da\nta"),
    "a name of the directory with an escape": _named("da\x1b[31mta"),
    "a name of the directory that is no UTF-8": _named(os.fsdecode(b"da\xffta")),
    "a name of the directory with brackets": _named("[red]模拟[]"),
    "no bytes": Case(_instead(Path.touch), 1, (Told("tasks.yaml", 1, "Y004"),)),
    "a sparse file of 1 MB": Case(
        _instead(lambda path: (path.touch(), os.truncate(path, 1 << 20))), 1, (Told("tasks.yaml", 1, "Y005"),)
    ),
    "read-only": Case(_beside(lambda data: (data / "tasks.yaml").chmod(0o444))),
    "executable": Case(_beside(lambda data: (data / "tasks.yaml").chmod(0o777))),
    "a time in the future": Case(_beside(lambda data: os.utime(data / "tasks.yaml", (1 << 33, 1 << 33)))),
    "beside it: leftovers of editors": _leftover(
        ".tasks.yaml.swp",
        "tasks.yaml~",
        "#tasks.yaml#",
        "tasks.yaml.bak",
        "~$tasks.yaml",
        ".DS_Store",
        "Thumbs.db",
    ),
    "beside it: leftovers of git": _leftover(
        "tasks.yaml.orig", "tasks.yaml.rej", "tasks_BASE_1.yaml", ".git.lock"
    ),
    "beside it: leftovers of a killed run": _leftover(".yzplan-abcdefgh.tmp", ".yzplan.lock"),
    "beside it: a name with a line break": _leftover("tasks\n.yaml", "\x1b[31m.yaml"),
    "beside it: a FIFO and a link to nothing": Case(
        _beside(lambda data: (os.mkfifo(data / "pipe.yaml"), (data / "gone.yaml").symlink_to("nowhere")))
    ),
}
