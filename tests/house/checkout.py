"""A copy of the checkout with its environment, in which commands run as they are written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT

_PARTS = ("Makefile", "bot", "docs", "mentoring", "requirements", "reverse_mentor")


def copy(folder: Path, *, installed: bool = True) -> Path:
    """Copy what the commands of a user need. The environment is that of the tests, if there is one at all."""
    for name in _PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    if installed:
        environment = folder / ".venv"
        environment.mkdir()
        for path in Path(sys.prefix).iterdir():
            if path.name != ".installed":
                (environment / path.name).symlink_to(path)
        # Newer than the lock, so that make has nothing to install.
        (environment / ".installed").touch()
    return folder


def told(folder: Path, command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in a folder; what it says on both its outputs is one text, as on a terminal."""
    passed = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PWD": str(folder), **changes}
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=passed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
