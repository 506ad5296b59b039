"""How hard the tests look that could look for ever.

The same examples each time; with YZPLAN_EXAMPLES=N new ones, N times as many. The tests of safety
then try every fault, kill and signal at every call.
"""

import os

from hypothesis import HealthCheck, Phase, settings

FACTOR = int(os.environ.get("YZPLAN_EXAMPLES", "1"))


def many(examples: int) -> settings:
    """The settings of a property test of so many examples."""
    return settings(
        max_examples=examples * FACTOR,
        derandomize=FACTOR == 1,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def few(examples: int) -> settings:
    """The same for large examples, each made from one number: there is nothing about it to be shrunk."""
    return settings(many(examples), phases=[Phase.generate])
