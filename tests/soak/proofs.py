"""Proofs: bars that tests of the suite hold already; they are run as they are, with more examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

from tests.house.sources import ROOT
from tests.soak.measured import Measured, Plan


def tests(*nodes: str) -> Callable[[Plan], Measured]:
    """A bar that holds when these tests pass; `effort` multiplies their random examples."""

    def run(plan: Plan) -> Measured:
        finished = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "-m",
                "slow or not slow",
                *nodes,
            ],
            cwd=ROOT,
            env={**os.environ, "TEST_EFFORT": str(plan.counts.get("effort", 1)), "SANDBOX_PATIENCE": "20"},
            capture_output=True,
            text=True,
            check=False,
        )
        passed = re.search(r"(\d+) passed", finished.stdout)
        number = f"{passed[1] if passed else 0} tests, effort {plan.counts.get('effort', 1)}"
        if finished.returncode == 0:
            return Measured(number, "all passed")
        failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", finished.stdout, re.MULTILINE)
        return Measured(number, f"{len(failed)} failed", tuple(failed) or (finished.stdout[-400:],))

    return run
