"""An update whose system calls fail is told of, with nothing changed, or writes nevertheless."""

import pytest
from chance import FACTOR
from scenes import LITTER, two_at_a_time
from tracing import Rehearsal, Trial, at, traced, trials

FAULTS = ("ENOSPC", "EIO", "EDQUOT", "EACCES", "EROFS", "EMFILE", "EXDEV", "EINTR")


@pytest.fixture
def chosen(rehearsals: list[Rehearsal]) -> list[tuple[Trial, str]]:
    """Which fault befalls which call.

    Every call that changes the data meets every fault, but those that are the same in both states
    only once; to open something, and what is done to the cache, meets two faults, in turn. The
    rest, down to every fault at every call, waits for the long run.
    """
    found = []
    for k, trial in enumerate(trials(rehearsals, reads=True)):
        changes_data = trial.is_in_data and trial.call in trial.rehearsal.calls
        if FACTOR > 1 or (trial.is_new and changes_data):
            found += [(trial, fault) for fault in FAULTS]
        elif trial.is_new:
            found += [(trial, FAULTS[(k + step) % len(FAULTS)]) for step in (0, 3)]
    return found


def test_after_any_fault_nothing_is_changed_or_all_is_written(chosen: list[tuple[Trial, str]]) -> None:
    """A sentence and exit 3, or exit 0 and the record.

    What befalls the cache goes unnoticed, and so do interruptions; what befalls the temporary file
    before the swap does not. A record that cannot be shown is written all the same.
    """

    def fail_at(trial: Trial, fault: str) -> int:
        call, rehearsal = trial.call, trial.rehearsal
        scene = rehearsal.stage.scene()
        run = traced(scene, at(call, f"error={fault}"))
        answer, what = run.answer, (str(trial), fault, run.answer)
        assert run.injected == [call], what
        assert rehearsal.state(scene) == {0: "new", 3: "old"}.get(answer.code), what
        assert scene.names <= {".yzplan.lock", "tasks.yaml", "units.yaml", LITTER}, what
        if answer.code == 0:
            assert answer == rehearsal.answer or call.is_on_stream, what
        else:
            sentence, hint = answer.err.splitlines()[-2:]
            assert sentence.startswith(("写不了 ", "数据有 1 处问题", "数据有 2 处问题")), what
            assert hint.startswith("  提示："), what
            assert "Traceback" not in answer.err, what
            assert answer.out == "", what
        if call.is_in_cache or call.is_on_stream or fault == "EINTR":
            assert answer.code == 0, what
        elif call.is_on_temporary and call.name != "unlink":
            assert answer.code == 3, what
        return answer.code

    codes = two_at_a_time(lambda each: fail_at(*each), chosen)
    assert {fault for _, fault in chosen} == set(FAULTS)
    assert len(codes) >= 140
    assert codes.count(3) >= 40
