"""The typed table is the printed one: rebuilt from the data, it equals the document.

Two liberties only (DESIGN §2): spaces that the transcription put beside digits and Latin letters are
no part of the wording, and an erratum with `read` says which printed characters were read otherwise.
"""

import hashlib
import json
import re
from collections import Counter
from typing import Any, NamedTuple

import pytest
import yaml
from plans import DATA, SOURCE, shipped

from yzplan.model import Indicator, Target, Task

HEADER = ("序号", "一级指标", "重点工作任务", "完成时限", "牵头单位", "责任单位")
DOCUMENT = SOURCE.read_text(encoding="utf-8")
LINES = DOCUMENT.splitlines()
NOT_TARGETS = yaml.safe_load((DATA.parent / "tests" / "not_targets.yaml").read_text(encoding="utf-8"))


class Row(NamedTuple):
    """A row of the printed table; four cells are blank where the row continues the one above."""

    number: str
    indicator: str
    task: str
    deadline: str
    lead: str
    responsible: str


def without_spaces(text: str) -> str:
    """The text without the spaces beside digits and Latin letters."""
    return re.sub(r" +(?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) +", "", text)


def document_rows() -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for line in LINES if "\t" in line]


def printed_rows() -> list[Row]:
    """The table's rows in the document, its repeated header left out."""
    return [Row(*map(without_spaces, cells)) for cells in document_rows() if cells != HEADER]


def rebuilt_rows() -> list[Row]:
    """The same rows, from the plan alone."""
    return [
        Row(*map(without_spaces, (*head, f"{task.id}.{as_printed(task)}", task.deadline.chinese, *tail)))
        for indicator in shipped().indicators
        for task in tasks_of(indicator)
        for head, tail in [block_cells(indicator, task)]
    ]


def tasks_of(indicator: Indicator) -> list[Task]:
    return [task for task in shipped().tasks if task.indicator is indicator]


def as_printed(task: Task) -> str:
    """The task's text with the errata undone."""
    text = task.text
    for erratum in task.errata:
        if erratum.read is not None:
            assert text.count(erratum.read) == 1, "an erratum must say unmistakably where"
            text = text.replace(erratum.read, erratum.printed)
    return text


def block_cells(indicator: Indicator, task: Task) -> tuple[tuple[str, str], tuple[str, str]]:
    """The cells left and right of a task's: filled where a page or an indicator begins, else blank."""
    pages = {page.from_task: page for page in indicator.printed}
    first = tasks_of(indicator)[0].id
    if task.id != first and task.id not in pages:
        return ("", ""), ("", "")
    page = pages.get(task.id)
    name, lead, responsible = (page.name, page.lead, page.responsible) if page else (None, None, None)
    return (
        (str(indicator.id), name or indicator.name),
        (lead or indicator.lead_unit, responsible or responsible_cell(indicator)),
    )


def responsible_cell(indicator: Indicator) -> str:
    """How the table writes the responsible units: named ones, the open 等…, then the counties."""
    *named, counties = indicator.responsible_units
    return f"{'、'.join(named)}{indicator.open_ended or ''}，{counties}"


# The table


@pytest.mark.parametrize("number", range(1, 122))
def test_a_row_reads_as_printed(number: int) -> None:
    assert rebuilt_rows()[number - 1] == printed_rows()[number - 1]


def test_the_table_has_no_other_rows() -> None:
    assert rebuilt_rows() == printed_rows()
    assert len(printed_rows()) == 121


def test_the_document_breaks_the_table_as_the_data_says() -> None:
    rows = printed_rows()
    blocks = [row for row in rows if row.number]
    continued = [row for row in rows if row[:2] == ("", "") and row[4:] == ("", "")]
    assert sum(cells == HEADER for cells in document_rows()) == 15
    assert (len(blocks), len(continued)) == (25, 96)
    broken = {indicator.id: len(indicator.printed) for indicator in shipped().indicators if indicator.printed}
    assert [number for number, pages in broken.items() if pages > 1] == [2, 3, 9, 13, 14, 15, 18]
    assert sum(broken.get(number, 1) for number in range(1, 19)) == 25


def test_a_printed_cell_is_noted_only_where_it_differs_from_the_fields() -> None:
    for indicator in shipped().indicators:
        for page in indicator.printed:
            assert page.name != indicator.name
            assert page.lead != indicator.lead_unit
            assert page.responsible != responsible_cell(indicator)


def test_only_the_mechanical_residues_were_read_otherwise() -> None:
    read = [(task.id, erratum) for task in shipped().tasks for erratum in task.errata if erratum.read]
    assert [(number, each.id, each.printed, each.read) for number, each in read] == [
        (74, "C03", "便利化,让企业群众", "便利化，让企业群众"),
        (77, "C01", "执法检查 and 公共服务领域", "执法检查和公共服务领域"),
        (109, "C04", "简明易懂,充分", "简明易懂，充分"),
        (109, "C04", "风险,方便", "风险，方便"),
        (112, "C02", "科研机构 and 人员", "科研机构和人员"),
    ]
    assert not [each for indicator in shipped().indicators for each in indicator.errata if each.read]


def test_every_erratum_quotes_the_print_and_says_why() -> None:
    for task in shipped().tasks:
        for erratum in task.errata:
            assert without_spaces(erratum.printed) in without_spaces(as_printed(task)), erratum
            assert erratum.note, erratum
    for indicator in shipped().indicators:
        cells = "\n".join(
            cell
            for row in printed_rows()
            if row.number == str(indicator.id)
            for cell in (row.indicator, row.lead, row.responsible)
        )
        for erratum in indicator.errata:
            assert erratum.printed in cells, erratum
            assert erratum.note, erratum


def test_the_text_holds_no_space_that_the_rule_would_remove() -> None:
    for task in shipped().tasks:
        assert task.text == without_spaces(task.text)


def test_the_recorded_fingerprints_are_those_of_the_wording() -> None:
    for indicator in shipped().indicators:
        content = [[task.id, str(task.deadline), task.text] for task in tasks_of(indicator)]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest()[:12] == indicator.wording


# The header


def test_the_header_is_the_documents() -> None:
    header = shipped().header
    assert header.document_number in LINES
    assert f"《{header.title}》" in without_spaces(DOCUMENT)
    signed = [line.strip() for line in LINES].index(header.issued_by)
    issued = header.issued_on
    assert LINES[signed + 1] == f"{issued.year}年{issued.month}月{issued.day}日"
    assert header.year == issued.year


def test_the_office_is_that_of_the_leading_group_the_document_names() -> None:
    assert shipped().header.office == "永州市优化营商环境工作领导小组办公室"
    assert "市优化营商环境工作领导小组" in DOCUMENT
    assert "领导小组办公室每月定期调度" in DOCUMENT


def test_the_documents_own_count_is_the_datas() -> None:
    totals = shipped().header.totals
    assert f"等{totals.indicators}项指标" in without_spaces(DOCUMENT)
    assert f"细化明确{totals.tasks}项重点工作任务" in without_spaces(DOCUMENT)
    assert (totals.indicators, totals.tasks) == (18, 121)


# Counts


def test_indicators_and_tasks_are_numbered_without_gaps() -> None:
    assert [indicator.id for indicator in shipped().indicators] == list(range(1, 19))
    assert [task.id for task in shipped().tasks] == list(range(1, 122))


def test_the_units_are_those_the_table_names() -> None:
    plan = shipped()
    groups = {group.name: group for group in plan.register.groups}
    leads = {indicator.lead_unit for indicator in plan.indicators}
    responsible = {name for indicator in plan.indicators for name in indicator.responsible_units}
    named = (leads | responsible) - set(groups)
    counties = groups["各县市区政府"].members
    assert (len(leads), len(named), len(counties), len(set(counties))) == (13, 45, 14, 14)
    assert {unit.name for unit in plan.register.units} == named | set(counties)
    assert len(plan.register.units) == 59
    assert groups["市直相关单位"].is_open


def test_the_counties_are_responsible_for_every_task() -> None:
    assert all(task.responsible_units[-1] == "各县市区政府" for task in shipped().tasks)


def test_deadlines_by_month() -> None:
    assert Counter(str(task.deadline) for task in shipped().tasks) == {
        "2022-06": 5,
        "2022-07": 48,
        "2022-09": 57,
        "2022-10": 9,
        "2022-11": 2,
    }


def test_nothing_is_recorded_yet_and_nothing_invented() -> None:
    plan = shipped()
    assert not [task.id for task in plan.tasks if task.progress or task.extensions]
    assert not [entry for entry in (*plan.indicators, *plan.tasks) if entry.leader is not None]
    assert plan.header.policy.complete == "done"


# Quantified targets


def test_every_target_quotes_its_text() -> None:
    for task in shipped().tasks:
        for target in task.targets:
            assert target.quote in task.text, (task.id, target)


def places(text: str, quote: str) -> set[int]:
    """The positions in the text that the quote covers."""
    return {
        position
        for found in re.finditer(re.escape(quote), text)
        for position in range(found.start(), found.end())
    }


def numbers(text: str) -> dict[int, float]:
    """The numbers in the text, by the position at which each begins."""
    return {found.start(): float(found[0]) for found in re.finditer(r"\d+(?:\.\d+)?", text)}


def values(target: Target) -> set[float]:
    return {float(value) for value in (target.value if isinstance(target.value, tuple) else (target.value,))}


def excused(task: Task) -> set[int]:
    """The positions of numbers that are listed as no targets."""
    return set().union(
        *(places(task.text, entry["quote"]) for entry in NOT_TARGETS if entry["task"] == task.id)
    )


def test_every_number_is_a_targets_value_or_is_known_to_be_none() -> None:
    unaccounted = []
    for task in shipped().tasks:
        for position, number in numbers(task.text).items():
            claimed = any(
                position in places(task.text, target.quote) and number in values(target)
                for target in task.targets
            )
            if claimed == (position in excused(task)):
                unaccounted.append((task.id, number, "both" if claimed else "neither"))
    assert unaccounted == []


def test_a_target_sets_a_number_of_its_quote_or_all_or_nothing() -> None:
    """Without a number of its own a quote says 全部, 全覆盖 (100) or 免费, 零费用, 清零 (0)."""
    for task in shipped().tasks:
        for target in task.targets:
            quoted = places(task.text, target.quote) - excused(task)
            offered = {number for position, number in numbers(task.text).items() if position in quoted}
            assert values(target) <= (offered or {0.0, 100.0}), (task.id, target)


@pytest.mark.parametrize(
    "entry",
    NOT_TARGETS,
    ids=lambda entry: f"task{entry['task']}-{entry['quote'].encode('ascii', 'ignore').decode()}",
)
def test_a_number_that_is_no_target_is_quoted_with_a_reason(entry: dict[str, Any]) -> None:
    assert entry["quote"] in shipped().by_id[entry["task"]].text
    assert numbers(entry["quote"])
    assert entry["why"]
