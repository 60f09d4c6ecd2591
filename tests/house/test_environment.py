"""Without the environment, the command says in a sentence what to do; `make match` makes one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from bot import environment
from tests.house import checkout
from tests.house.requirements import runtime
from tests.house.sources import ROOT


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which nothing was installed."""
    return checkout.copy(tmp_path_factory.mktemp("fresh"), installed=False)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the standard library alone."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder)
    return folder / "bin" / "python"


def run(python: Path | str, folder: Path, *module: str) -> tuple[int, str]:
    done = subprocess.run([python, "-m", *module], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done.returncode, done.stderr


@pytest.mark.parametrize("module", ["bot", "reverse_mentor"])
@pytest.mark.parametrize("command", ["match", "run", "doctor"])
def test_missing_packages_are_a_sentence(fresh: Path, bare: Path, module: str, command: str) -> None:
    status, told = run(bare, fresh, module, command)
    assert status == 1
    assert told.startswith("Packages that Reverse Mentor needs are not installed for this Python (")
    assert told.endswith(
        f"run “make install” in {fresh} once, and then use {fresh}/.venv/bin/python in place of this Python.\n"
    )
    assert told.count("\n") == 1


def test_the_environment_that_is_there_is_named(tmp_path: Path, bare: Path) -> None:
    folder = checkout.copy(tmp_path)
    told = run(bare, folder, "bot", "match")[1]
    assert told.endswith(f"use {folder}/.venv/bin/python, the checkout's own Python, in place of this one.\n")


def test_an_environment_from_before_is_installed_again(tmp_path: Path, fresh: Path) -> None:
    folder = tmp_path / "checkout"
    shutil.copytree(fresh, folder)
    venv.create(folder / ".venv")
    told = run(folder / ".venv" / "bin" / "python", folder, "bot", "match")[1]
    assert told.endswith(f"run “make install” in {folder} again.\n")


def test_a_python_that_is_too_old_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
    told = environment.problem()
    assert told.startswith("Reverse Mentor needs Python 3.11 or newer, and this is Python 3.9: ")


def test_old_pythons_can_read_what_says_so() -> None:
    for path in ("bot/__init__.py", "bot/__main__.py", "bot/environment.py", "reverse_mentor/__main__.py"):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert "from __future__" not in text, path
        compile(text, path, "exec", dont_inherit=True)


def test_every_requirement_is_looked_for() -> None:
    required = {canonicalize_name(requirement.name) for requirement in runtime()} - {"psycopg"}
    found = {
        module: {canonicalize_name(name) for name in names}
        for module, names in packages_distributions().items()
    }
    assert {name for module in environment.NEEDED for name in found[module]} & required == required
    assert all(found[module] & required for module in environment.NEEDED)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout.copy(tmp_path_factory.mktemp("installed"))


def test_make_match_wants_a_file(installed: Path) -> None:
    done = checkout.told(installed, "make match")
    assert done.returncode == 2
    assert done.stdout.startswith("Name the file of the people: make match FILE=people.csv\n")


@pytest.mark.parametrize("name", ["people.csv", "our people's (new) & $HOME.csv"])
def test_make_match_names_files_from_where_it_is_called(installed: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(ROOT / "docs" / "samples" / "people.csv", tmp_path / name)
    quoted = name.replace("$", "$$").replace("'", "'\\''")
    command = f"make -C {installed} match FILE='{quoted}' MATCH='--out \"my pairs.csv\"'"
    done = checkout.told(tmp_path, command)
    assert done.returncode == 0, done.stdout
    assert "Written: my pairs.csv" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {name, "my pairs.csv"}
