"""`make` explains itself, and says what is missing when it cannot install."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from tests.house.sources import ROOT, pyproject
from tests.house.wheels import pythons

TARGETS = {
    *("help", "install", "demo", "match", "test", "proofs", "check", "fix", "lock", "bench", "run", "doctor"),
    "screenshots",
    "soak",
}


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    # Without what `make test` passed down to us.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return ran("make", *arguments)


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


def the_check() -> str:
    """What `make install` asks an interpreter about itself."""
    found = re.search(r"-c '(import sys; [^']*version_info[^']*)'", (ROOT / "Makefile").read_text())
    assert found
    return found[1]


@pytest.mark.parametrize("version", [(2, 7), *((3, minor) for minor in range(6, 20)), (4, 0)])
def test_the_same_pythons_are_taken_as_in_the_metadata(version: tuple[int, int]) -> None:
    pretend = f"import sys; sys.version_info = ({version[0]}, {version[1]}, 0, 'final', 0); {the_check()}"
    taken = subprocess.run([sys.executable, "-c", pretend], check=False).returncode == 0
    assert taken == (
        f"{version[0]}.{version[1]}.0" in SpecifierSet(pyproject()["project"]["requires-python"])
    )


def test_the_pythons_are_named_where_another_is_refused(tmp_path: Path) -> None:
    refusal = make("install", f"PYTHON={python_that(tmp_path, is_new=False)}", f"VENV={tmp_path}/venv").stderr
    (sentence,) = [line for line in refusal.splitlines() if line.startswith("Reverse Mentor")]
    assert f"needs Python {pythons()[0]} or newer, up to {pythons()[-1]}, and" in sentence


def test_what_pip_cannot_install_is_told_in_a_sentence(tmp_path: Path) -> None:
    """With an interpreter that makes environments in which pip fails."""
    program = tmp_path / "python"
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    program.write_text('#!/bin/sh\n[ "$1" = -m ] && [ "$2" = pip ] && exit 1\nexit 0\n')
    program.chmod(0o755)
    (tmp_path / "venv" / "bin" / "python").symlink_to(program)
    answer = make("install", f"PYTHON={program}", f"VENV={tmp_path}/venv")
    assert answer.returncode != 0
    assert f"CPython {pythons()[0]} to {pythons()[-1]}" in answer.stderr
    assert not (tmp_path / "venv" / ".installed").exists()


def test_a_python_without_venv_is_named(tmp_path: Path) -> None:
    answer = make("install", f"PYTHON={python_that(tmp_path, is_new=True)}", f"VENV={tmp_path}/venv")
    assert answer.returncode != 0
    assert "venv module is not installed" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_a_missing_python_is_named(tmp_path: Path) -> None:
    answer = make("install", f"PYTHON={tmp_path}/nowhere", f"VENV={tmp_path}/venv")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr


def a_bot_that_fails(folder: Path) -> str:
    """A virtual environment whose Python says one sentence and fails, whatever it is to run."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "python"
    program.write_text('#!/bin/sh\necho "No Slack token is set." >&2\nexit 1\n')
    program.chmod(0o755)
    (folder / ".installed").touch()
    return f"VENV={folder}"


@pytest.mark.parametrize("target", ["run", "doctor"])
def test_what_the_bot_says_of_its_failure_is_the_last_word(tmp_path: Path, target: str) -> None:
    answer = make(target, a_bot_that_fails(tmp_path))
    assert (answer.stdout, answer.stderr) == ("", "No Slack token is set.\n")
    assert answer.returncode != 0


@pytest.mark.parametrize("target", ["run", "doctor"])
def test_a_failure_is_one_where_broken_pipes_are_ignored_too(tmp_path: Path, target: str) -> None:
    """systemd starts its services so, and some that run checks."""
    answer = ran("sh", "-c", f"trap '' PIPE; make {target} {a_bot_that_fails(tmp_path)}")
    assert answer.stderr.startswith("No Slack token is set.\n")
    assert answer.returncode != 0
