"""Who ends an update with a signal finds the old table or the new one, and no temporary file."""

import signal
import time
from collections.abc import Iterator

import pytest
from chance import FACTOR
from scenes import LITTER, UPDATE, Answer, Scene, ended, two_at_a_time
from tracing import Rehearsal, Trial, at, traced, trials

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def _signals_are_not_ignored() -> Iterator[None]:
    """A program started in the background, or under nohup, inherits that it ignores some of them."""
    before = {each: signal.signal(each, signal.default_int_handler) for each in SIGNALS}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


def outcome(rehearsal: Rehearsal, scene: Scene, answer: Answer) -> str:
    """Whether the table is the old one or the new one, which it must be, with no temporary file beside it."""
    state = rehearsal.state(scene)
    assert state == "new" if answer.code == 0 else state in ("old", "new")
    assert scene.names <= {".yzplan.lock", "tasks.yaml", "units.yaml", LITTER}
    return state


def test_a_signal_at_any_call_leaves_no_temporary_file(rehearsals: list[Rehearsal]) -> None:
    """The calls on the cache, and those that are the same in both states, wait for the long run."""
    calls = [each for each in trials(rehearsals) if FACTOR > 1 or (each.is_new and not each.call.is_in_cache)]
    chosen = [(trial, sent) for trial in calls for sent in SIGNALS]

    def sent_at(trial: Trial, sent: signal.Signals) -> str:
        scene = trial.rehearsal.stage.scene()
        run = traced(scene, at(trial.call, f"signal={sent.name}"))
        assert trial.call in run.calls
        assert run.answer.code == (130 if sent == signal.SIGINT else -sent), (str(trial), run.answer)
        assert "Traceback" not in run.answer.err
        return outcome(trial.rehearsal, scene, run.answer)

    states = two_at_a_time(lambda each: sent_at(*each), chosen)
    assert len(states) >= 45
    assert {"old", "new"} == set(states)
    # Between the beginning of the temporary file and the swap, a signal waits until it is over.
    assert {
        state for (trial, _), state in zip(chosen, states, strict=True) if trial.call.is_on_temporary
    } == {"new"}


def test_a_signal_at_any_moment_leaves_no_temporary_file(rehearsals: list[Rehearsal]) -> None:
    first = rehearsals[0]
    moments = [0.03 * k / FACTOR for k in range(10 * FACTOR)]

    def sent_after(seconds: float, sent: signal.Signals) -> str:
        scene = first.stage.scene()
        with scene.start(*UPDATE) as running:
            time.sleep(seconds)
            running.send_signal(sent)
            answer = ended(running)
        return outcome(first, scene, answer)

    states = two_at_a_time(lambda each: sent_after(*each), [(k, sent) for k in moments for sent in SIGNALS])
    assert len(states) == 30 * FACTOR
