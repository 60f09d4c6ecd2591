"""The script that the handbook and the image install the bot with, run as they run it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.house.sources import ROOT


@pytest.mark.slow
def test_it_installs_a_bot_that_runs_and_brings_the_example() -> None:
    # Not in pytest's folders, which would keep it for three runs.
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "bot-home"
        script = ["sh", *map(str, (ROOT / "deploy" / "install.sh", ROOT, target, sys.executable))]
        installed = subprocess.run(script, cwd=name, capture_output=True, text=True, check=False)
        assert installed.returncode == 0, installed.stderr
        assert installed.stdout == "reverse-mentor 0.1.0\n"
        started = subprocess.run(
            [target / "bin" / "reverse-mentor", "run"],
            cwd=name,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert started.returncode == 2
        example = Path(started.stderr.partition("cp ")[2].split(" .env")[0])
        assert example.read_bytes() == (ROOT / ".env.example").read_bytes()
