"""What every test may use, and how patient and how thorough all of them are."""

import os

from hypothesis import HealthCheck, settings

from tests.effort import EFFORT, examples

# Slack's three seconds are the business of the tests that name them; no other one fails because a machine is busy.
os.environ.setdefault("SANDBOX_PATIENCE", "20")

settings.register_profile(
    "ours",
    # The same examples each time in a usual run, new ones where there is time to look at what they find.
    derandomize=EFFORT == 1,
    max_examples=examples(50),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("ours")

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.garbage",
    "tests.fixtures.look_ups",
    "tests.fixtures.postgres",
    "tests.fixtures.sampled",
]
