"""What pyproject.toml asks for, and what a lock pins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from tests.house.sources import ROOT, SANDBOX, pyproject

PIN = re.compile(r"(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>[0-9a-z.]+)( ; [^\\/]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
NOTE = re.compile(
    r"    #( via)?( +(-[cr] requirements/[a-z.-]+|[a-z0-9-]+( \((sandbox/)?pyproject\.toml(:[a-z]+)?\))?))?"
)
OURS = re.compile(r"    # .*(reverse-mentor \(pyproject|sandbox-for-slack \(sandbox/pyproject)\.toml")


@dataclass(frozen=True, slots=True)
class Pin:
    """One pinned version in a lock."""

    name: NormalizedName
    version: str
    asked_for_here: bool
    hashes: frozenset[str]


def read_lock(name: str) -> list[Pin]:
    """The pins of requirements/NAME.lock."""
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / f"{name}.lock").read_text())
    return [_read_pin(block) for block in blocks]


def locked_hashes(name: str) -> dict[str, set[str]]:
    """The hashes of each package in a lock, of all its versions."""
    hashes: dict[str, set[str]] = {}
    for pin in read_lock(name):
        hashes.setdefault(pin.name, set()).update(pin.hashes)
    return hashes


def _read_pin(block: str) -> Pin:
    match = PIN.match(block)
    assert match, f"not a pinned requirement: {block.splitlines()[0]}"
    return Pin(
        canonicalize_name(match["name"]),
        match["version"],
        asked_for_here=any(OURS.match(line) for line in block.splitlines()),
        hashes=frozenset(re.findall(r"--hash=sha256:([0-9a-f]+)", block)),
    )


def runtime() -> list[Requirement]:
    """What the product needs, PostgreSQL included."""
    project = pyproject()["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["postgres"]
    return [Requirement(line) for line in lines]


def development() -> list[Requirement]:
    """What the product, its demo, its tests and its tools need."""
    return runtime() + [Requirement(line) for line in _group("dev")] + sandbox() + sandbox_tests()


def sandbox() -> list[Requirement]:
    """What the sandbox needs, its help for tests in a browser included."""
    project = pyproject(SANDBOX)["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["browser"]
    return [Requirement(line) for line in lines]


def sandbox_tests() -> list[Requirement]:
    """What the sandbox's tests need besides."""
    return [Requirement(line) for line in pyproject(SANDBOX)["dependency-groups"]["test"]]


def _group(name: str) -> list[str]:
    lines: list[str] = []
    for entry in pyproject()["dependency-groups"][name]:
        lines += _group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return lines
