"""The cache of valid bytes (DESIGN §8) spares time and changes nothing else, whatever becomes of it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plans import DATA, shipped

from yzplan.errors import DataError
from yzplan.store import cache
from yzplan.store.loading import load_plan


@pytest.fixture
def folder() -> Path:
    """Where the entries of this test are."""
    return cache.folder()


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def told(directory: Path) -> str:
    """What is said of a directory whose data is not valid."""
    with pytest.raises(DataError) as caught:
        load_plan(directory)
    return str(caught.value)


def break_table(directory: Path) -> None:
    """Misspell a deadline in a table."""
    tasks = directory / "tasks.yaml"
    tasks.write_text(tasks.read_text(encoding="utf-8").replace("2022-07", "2022-13", 1), encoding="utf-8")


# --- what is remembered


def test_a_valid_plan_is_remembered_and_recalled_equal(data_dir: Path, folder: Path) -> None:
    assert load_plan(data_dir) == shipped()
    assert len(entries(folder)) == 1
    assert load_plan(data_dir) == shipped()
    assert len(entries(folder)) == 1


def test_an_invalid_plan_is_never_remembered(data_dir: Path, folder: Path) -> None:
    break_table(data_dir)
    first = told(data_dir)
    assert entries(folder) == []
    assert told(data_dir) == first


def test_what_was_valid_before_does_not_vouch_for_what_is_not_now(data_dir: Path, folder: Path) -> None:
    load_plan(data_dir)
    before = entries(folder)
    break_table(data_dir)
    assert "“2022-13”写法不对" in told(data_dir)
    assert entries(folder) == before


def test_either_file_counts_and_so_does_where_one_ends(data_dir: Path) -> None:
    keys = {
        cache.key_of(b"ab", b"c"),
        cache.key_of(b"a", b"bc"),
        cache.key_of(b"abc", b""),
        cache.key_of(b"", b"abc"),
    }
    assert len(keys) == 4


def test_another_version_judges_anew(data_dir: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_plan(data_dir)
    monkeypatch.setattr(cache, "__version__", "0.0.0-模拟")
    assert load_plan(data_dir) == shipped()
    assert len(entries(folder)) == 2


def fill(folder: Path) -> list[str]:
    """Put more entries into the cache than it keeps; the names of all that should be left, oldest first."""
    names = [f"{age:064x}" for age in range(cache.KEPT + 3)]
    for age, name in enumerate(names):
        cache.remember(name, [{}, {}])
        os.utime(folder / name, (age, age))
    cache.remember("f" * 64, [{}, {}])
    return [*names, "f" * 64][-cache.KEPT :]


def test_the_oldest_entries_go(folder: Path) -> None:
    left = fill(folder)
    assert entries(folder) == left


def test_what_a_killed_run_left_behind_goes(folder: Path) -> None:
    folder.mkdir()
    left_behind = folder / f"{'e' * 64}.4711"
    left_behind.touch()
    os.utime(left_behind, (0, 0))
    left = fill(folder)
    assert entries(folder) == left


def test_other_files_in_the_folder_are_nobodys_to_delete(folder: Path) -> None:
    folder.mkdir()
    for name in ("论文.docx", "0" * 63, "0" * 65):
        (folder / name).touch()
        os.utime(folder / name, (0, 0))
    left = fill(folder)
    assert entries(folder) == sorted([*left, "论文.docx", "0" * 63, "0" * 65])


# --- what may become of it


def delete(folder: Path) -> None:
    shutil.rmtree(folder)


def put_a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("不是目录")


def put_a_directory_in_place_of_the_entry(folder: Path) -> None:
    for entry in folder.iterdir():
        entry.unlink()
        (entry / "x").mkdir(parents=True)


def fill_with_rubbish(folder: Path) -> None:
    for entry in folder.iterdir():
        entry.write_bytes(os.urandom(1000))
    (folder / "rubbish").write_bytes(b"\0" * 1000)
    (folder / "directory").mkdir()


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Rewrite every entry."""

    def spoil(folder: Path) -> None:
        for entry in folder.iterdir():
            entry.write_bytes(change(entry.read_bytes()))

    return spoil


def take_the_entry_of_other_bytes(folder: Path) -> None:
    other = json.dumps([{"plan": {}, "indicators": []}, {"units": []}])
    cache.remember("0" * 64, json.loads(other))
    for entry in folder.iterdir():
        if entry.name != "0" * 64:
            (folder / ("0" * 64)).replace(entry)


SPOILT: dict[str, Callable[[Path], None]] = {
    "deleted": delete,
    "a file in its place": put_a_file_in_its_place,
    "a directory in place of the entry": put_a_directory_in_place_of_the_entry,
    "filled with rubbish": fill_with_rubbish,
    "emptied": rewrite(lambda _: b""),
    "torn": rewrite(lambda content: content[:-100]),
    "one character changed": rewrite(lambda content: content.replace(b"2022-09", b"2022-08", 1)),
    "the hash alone": rewrite(lambda content: content.partition(b"\n")[0]),
    "an empty list that looks whole": rewrite(lambda _: b"[]"),
    "brackets without end": rewrite(lambda _: b"[" * 100_000),
    "the entry of other bytes": take_the_entry_of_other_bytes,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_cache_changes_no_answer(
    spoil: Callable[[Path], None], data_dir: Path, folder: Path, tmp_path: Path
) -> None:
    broken = Path(shutil.copytree(data_dir, tmp_path / "broken"))
    break_table(broken)
    load_plan(data_dir)
    before = told(broken)
    spoil(folder)
    assert load_plan(data_dir) == shipped()
    assert load_plan(data_dir) == shipped()
    assert told(broken) == before


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that everybody may enter, with the data in it, and the cache kept there."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        shutil.copytree(DATA, path / "data")
        monkeypatch.setenv("YZPLAN_CACHE", str(path / "cache"))
        load_plan(path / "data")  # as ourselves: imports what an ordinary user might not be allowed to
        yield path
        for folder in path.iterdir():
            folder.chmod(0o755)


@pytest.fixture
def ordinary_user() -> Iterator[Callable[[], None]]:
    """A call that makes the rest of the test run without root's rights, which no permission stops."""
    is_root = os.geteuid() == 0

    def become() -> None:
        if is_root:
            os.seteuid(65534)

    yield become
    if is_root:
        os.seteuid(0)


def test_a_read_only_cache_is_used_but_not_written(
    public: Path, ordinary_user: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cache.folder()
    before = entries(folder)
    folder.chmod(0o555)
    ordinary_user()
    with pytest.raises(PermissionError):
        (folder / "x").touch()
    assert load_plan(public / "data") == shipped()
    monkeypatch.setattr(cache, "__version__", "0.0.0-模拟")
    assert load_plan(public / "data") == shipped()
    assert entries(folder) == before


def test_a_denied_cache_is_done_without(public: Path, ordinary_user: Callable[[], None]) -> None:
    cache.folder().chmod(0)
    ordinary_user()
    with pytest.raises(PermissionError):
        entries(cache.folder())
    assert load_plan(public / "data") == shipped()


def test_where_no_cache_can_be_made_there_is_none(
    public: Path, ordinary_user: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = public / "locked"
    locked.mkdir(mode=0o555)
    monkeypatch.setenv("YZPLAN_CACHE", str(locked / "cache"))
    ordinary_user()
    assert load_plan(public / "data") == shipped()
    assert list(locked.iterdir()) == []


# --- what it spares

LOADED = """
import sys
from pathlib import Path
from yzplan.store.loading import load_plan
plan = load_plan(Path(sys.argv[1]))
print(len(plan.tasks), *(name for name in ("yaml", "pydantic", "pydantic_core") if name in sys.modules))
"""


def test_what_is_remembered_is_neither_parsed_nor_validated_again(data_dir: Path) -> None:
    def run() -> str:
        command = [sys.executable, "-c", LOADED, str(data_dir)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert run() == "121 yaml pydantic_core\n"
    assert run() == "121\n"
