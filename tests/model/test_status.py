"""The states of a part and what may follow what (DESIGN §2)."""

from yzplan.model import REPORTABLE, TRANSITIONS, Status

LEGAL = """\
not_started 未启动 → in_progress blocked done suspended
in_progress 推进中 → in_progress blocked done suspended
blocked 受阻 → in_progress blocked done suspended
done 已报完成 → done verified returned
verified 已认定 → returned
returned 退回 → in_progress blocked done suspended
suspended 中止 → in_progress blocked done
"""


def test_the_table_of_legal_transitions() -> None:
    lines = [
        f"{before} {before.label} → {' '.join(after for after in Status if after in TRANSITIONS[before])}\n"
        for before in Status
    ]
    assert "".join(lines) == LEGAL


def test_every_status_has_its_line_in_the_table() -> None:
    assert set(TRANSITIONS) == set(Status)


def test_nothing_becomes_not_started() -> None:
    assert not [before for before in Status if Status.NOT_STARTED in TRANSITIONS[before]]


def test_verified_returned_and_suspended_are_the_offices_own() -> None:
    assert set(Status) - set(REPORTABLE) == {
        Status.NOT_STARTED,
        Status.VERIFIED,
        Status.RETURNED,
        Status.SUSPENDED,
    }


def test_a_status_is_its_code_in_the_file() -> None:
    assert Status("done") is Status.DONE
    assert str(Status.DONE) == "done"
    assert f"{Status.DONE}" == "done"
