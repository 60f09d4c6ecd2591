"""The search for wheels finds what is missing, and says when it could not look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import wheels
from tests.house.requirements import locked_hashes

NETWORK = (
    "error: Request failed after 3 retries\n  cause: error sending request for url (http://127.0.0.1:9/)"
)
NONE = (
    "error: No solution found when resolving dependencies\n  cause: Because numpy==2.4.6 has no usable wheels"
)
FOUND = """[[packages]]
name = "numpy"
version = "2.4.6"
wheels = [{ url = "http://127.0.0.1/numpy.whl", hashes = { sha256 = "SHA" } }]
"""


def uv_that(folder: Path, script: str) -> Path:
    program = folder / "uv"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def answering(folder: Path, sha256: str) -> Path:
    """A stand-in for uv that finds numpy, with one wheel."""
    (folder / "found").write_text(FOUND.replace("SHA", sha256))
    out = 'while [ "$1" != --output-file ]; do shift; done'
    return uv_that(folder, f'{out}; cat {folder / "found"} > "$2"')


def test_what_has_no_wheel_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert wheels.main(uv_that(tmp_path, f"echo '{NONE}' >&2; exit 1")) == 1
    said = capsys.readouterr().out
    for python in ("3.11", "3.15"):
        assert f"dev.lock, Python {python}, macOS arm64: Because numpy==2.4.6 has no usable wheels" in said


def test_nobody_to_ask_is_told_and_fails_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert wheels.main(uv_that(tmp_path, f"echo '{NETWORK}' >&2; exit 2")) == 0
    assert capsys.readouterr().out.startswith("Skipped: the package index cannot be reached")


def test_another_mistake_is_not_taken_for_either(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="unexpected argument"):
        wheels.main(uv_that(tmp_path, "echo 'error: unexpected argument' >&2; exit 2"))


def test_a_wheel_must_be_among_the_locked_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels, "LOCKS", ("runtime",))
    known = min(locked_hashes("runtime")["numpy"])
    assert wheels.main(answering(tmp_path, known)) == 0
    assert wheels.main(answering(tmp_path, "0" * 64)) == 1
