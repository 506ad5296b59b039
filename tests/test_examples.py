"""The papers of the invented year: those in the repository are what the program writes now."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
import simulated_year

from yzplan.model import Status
from yzplan.office.letter import stamp_of_docx
from yzplan.papers.paper import Stamp
from yzplan.render.paper_stamps import stamp_in
from yzplan.store.loading import load_plan

PAPERS = Path(simulated_year.__file__).with_name("papers")
LATER = dt.date(2023, 3, 1)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("模拟") / "year"
    simulated_year.write(directory)
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(PAPERS, ignore_errors=True)
        shutil.copytree(directory / "papers", PAPERS)
    return directory


def test_the_papers_in_the_repository_are_what_is_written_now(year: Path) -> None:
    written, kept = (
        {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
        for folder in (year / "papers", PAPERS)
    )
    assert len(written) == 6
    assert written == kept


def test_both_formats_of_a_paper_are_the_same_paper(year: Path) -> None:
    def stamps(folder: Path) -> dict[str, tuple[Stamp | None, Stamp]]:
        return {
            path.stem: (
                stamp_of_docx(path.with_suffix(".docx").read_bytes()),
                stamp_in(path.read_bytes(), path.name),
            )
            for path in folder.glob("*.md")
        }

    written = stamps(year / "papers")
    assert written == stamps(PAPERS)
    assert [one for one, other in written.values() if one is None or one != other] == []


@pytest.mark.parametrize(
    ("command", "paper"),
    [
        ("dispatch", "调度-2022-07"),
        ("bulletin", "通报-2022Q3"),
        ("notice", "督办函-市税务局"),
        ("assess", "考评-2022"),
    ],
)
def test_a_paper_is_printed_again_long_after(year: Path, command: str, paper: str) -> None:
    for suffix in simulated_year.FORMATS:
        simulated_year.yzplan(year, LATER, command, "--reissue", paper + suffix, "-o", f"again{suffix}")

        assert (year / "papers" / f"again{suffix}").read_bytes() == (
            year / "papers" / (paper + suffix)
        ).read_bytes()
        (year / "papers" / f"again{suffix}").unlink()


def test_the_year_holds_what_a_year_holds_and_says_that_it_is_invented(year: Path) -> None:
    plan = load_plan(year / "data")

    said = {record.status for task in plan.tasks for record in task.progress}
    assert said >= set(Status) - {Status.NOT_STARTED}
    assert any(task.extensions for task in plan.tasks)
    assert plan.supervision
    assert plan.rankings
    assert plan.header.office.endswith("（模拟）")
    assert (year / "data" / "tasks.yaml").read_text("utf-8").startswith(simulated_year.HEADING)
