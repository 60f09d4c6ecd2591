"""`make` explains itself, and says what is missing when it cannot install."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.house.sources import ROOT

TARGETS = {
    *("help", "install", "demo", "match", "test", "check", "fix", "lock", "bench", "run", "doctor"),
    "screenshots",
}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Without what `make test` passed down to us.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def python_that(folder: Path, *, is_new: bool) -> str:
    """An interpreter that is too old, or new enough but without its venv module."""
    program = folder / "python"
    new_enough = 'case "$2" in *version_info*) exit 0;; esac' if is_new else ""
    program.write_text(f'#!/bin/sh\n{new_enough}\n[ "$1" = --version ] && echo Python 3.8.20\nexit 1\n')
    program.chmod(0o755)
    return str(program)


def test_it_lists_its_targets_with_their_help() -> None:
    listed = dict(re.findall(r"^  make (\w+) +(\S.*)$", make().stdout, re.MULTILINE))
    assert listed.keys() == TARGETS


def test_every_target_is_listed() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == TARGETS


def test_an_old_python_is_named(tmp_path: Path) -> None:
    answer = make("install", f"PYTHON={python_that(tmp_path, is_new=False)}", f"VENV={tmp_path}/venv")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr
    assert "Python 3.8.20" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_without_venv_is_named(tmp_path: Path) -> None:
    answer = make("install", f"PYTHON={python_that(tmp_path, is_new=True)}", f"VENV={tmp_path}/venv")
    assert answer.returncode != 0
    assert "venv module is not installed" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_a_missing_python_is_named(tmp_path: Path) -> None:
    answer = make("install", f"PYTHON={tmp_path}/nowhere", f"VENV={tmp_path}/venv")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr
