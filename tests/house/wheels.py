"""`python -m tests.house.wheels`: every locked requirement has a wheel for each Python and machine we name.

Asks the package index through uv, which is installed by `make build/lock-tool/bin/uv`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from tests.house.requirements import locked_hashes
from tests.house.sources import ROOT, pyproject

UV = ROOT / "build" / "lock-tool" / "bin" / "uv"
LOCKS = ("runtime", "dev", "lock-tool")
MACHINES = {
    "x86_64-unknown-linux-gnu": "Linux x86-64",
    "aarch64-unknown-linux-gnu": "Linux arm64",
    "aarch64-apple-darwin": "macOS arm64",
}
_UNREACHABLE = ("Failed to fetch", "error sending request", "Network connectivity is disabled")


class IndexUnreachable(Exception):
    """The package index does not answer."""


class NoWheels(Exception):
    """A requirement has no wheel at all for some Python and machine; says which."""


def main(uv: Path = UV) -> int:
    """Print what is missing; gives 0 when nothing is, or when nobody could be asked, and says which."""
    problems: list[str] = []
    try:
        for name in LOCKS:
            problems += _of_lock(uv, name)
    except IndexUnreachable:
        print("Skipped: the package index cannot be reached, so no wheel was looked for.")
        return 0
    print("\n".join(problems) or f"Each locked requirement has wheels for {_named()}.")
    return 1 if problems else 0


def pythons() -> list[str]:
    """The minor versions of Python that pyproject.toml names."""
    named = SpecifierSet(pyproject()["project"]["requires-python"])
    return [f"3.{minor}" for minor in range(100) if f"3.{minor}.0" in named]


def _named() -> str:
    return f"Python {', '.join(pythons())} on {', '.join(MACHINES.values())}"


def _of_lock(uv: Path, name: str) -> Iterator[str]:
    hashes = locked_hashes(name)
    for python in pythons():
        for machine, shown in MACHINES.items():
            where = f"{name}.lock, Python {python}, {shown}"
            try:
                missing = unlocked(found(uv, ROOT / "requirements" / f"{name}.lock", python, machine), hashes)
            except NoWheels as problem:
                yield f"{where}: {problem}"
            else:
                yield from (f"{where}: no wheel of {package} is among its hashes" for package in missing)


def found(uv: Path, lock: Path, python: str, machine: str) -> list[dict[str, Any]]:
    """Return the locked packages that a Python on a machine needs, each with the wheels that fit it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pylock.toml"
        done = subprocess.run(
            _command(uv, lock, python, machine, file), capture_output=True, text=True, check=False
        )
        if any(words in done.stderr for words in _UNREACHABLE):
            raise IndexUnreachable
        if "No solution found" in done.stderr:
            raise NoWheels(done.stderr.partition("cause: ")[2].partition("\n")[0])
        if done.returncode:
            raise SystemExit(done.stderr)
        packages: list[dict[str, Any]] = tomllib.loads(file.read_text())["packages"]
        return packages


def _command(uv: Path, lock: Path, python: str, machine: str, file: Path) -> list[str | Path]:
    here = (
        "--python",
        sys.executable,
        "--no-python-downloads",
    )  # what runs uv need not be what is asked about
    question = (
        "--python-version",
        python,
        "--python-platform",
        machine,
        "--only-binary",
        ":all:",
        "--no-deps",
    )
    answer = ("--quiet", "--format", "pylock.toml", "--output-file", file)
    return [uv, "pip", "compile", *here, *question, *answer, lock]


def unlocked(packages: Sequence[dict[str, Any]], hashes: dict[str, set[str]]) -> list[str]:
    """Return those packages of whose wheels none has a hash in the lock: installing refuses them."""
    return [
        f"{package['name']} {package['version']}"
        for package in packages
        if not {wheel["hashes"]["sha256"] for wheel in package["wheels"]} & hashes[package["name"]]
    ]


if __name__ == "__main__":
    sys.exit(main())
