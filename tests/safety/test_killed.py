"""An update that is killed (kill -9) leaves the old table or the new one, and the next run goes on."""

from chance import FACTOR
from scenes import NOTE, two_at_a_time
from tracing import Rehearsal, Trial, at, traced, trials

NEXT = "模拟：下一次"


def test_killed_at_any_call_the_table_is_the_old_one_or_the_new_one(rehearsals: list[Rehearsal]) -> None:
    """At every call that changes something, in the data, in the cache or on the streams.

    In the second state, the calls on the cache and the streams that were there in the first wait
    for the long run.
    """
    chosen = [each for each in trials(rehearsals) if each.is_new or each.is_in_data or FACTOR > 1]

    def killed_at(trial: Trial) -> str:
        scene = trial.rehearsal.stage.scene()
        run = traced(scene, at(trial.call, "signal=KILL"))
        assert run.answer.code == -9, trial
        assert run.calls[-1].name == trial.call.name, trial
        state = trial.rehearsal.state(scene)
        assert scene.run("check").code == 0, trial
        following = scene.run("update", "3", "--status", "blocked", "--note", NEXT)
        assert following.code == 0, (trial, following.err)
        assert scene.notes == ([NOTE, NOTE, NEXT] if state == "new" else [NEXT]), trial
        assert scene.names == {".yzplan.lock", "tasks.yaml", "units.yaml"}, trial
        return state

    states = two_at_a_time(killed_at, chosen)
    for rehearsal in rehearsals:
        own = [
            (trial.call, state)
            for trial, state in zip(chosen, states, strict=True)
            if trial.rehearsal is rehearsal
        ]
        swap = [call.is_swap for call, _ in own].index(True)
        # Killed when about to swap, it has not swapped.
        assert [state for _, state in own] == ["old"] * (swap + 1) + ["new"] * (len(own) - swap - 1)
    assert len(states) >= 38
