"""The locks pin what pyproject.toml asks for, by hash, and name no host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.requirements import HASH, NOTE, PIN, development, read_lock, runtime
from tests.house.sources import ROOT

LOCKS = [("runtime", runtime), ("dev", development)]


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_holds_pins_hashes_and_notes_alone(path: Path) -> None:
    strange = [
        line
        for line in path.read_text().splitlines()
        if not (PIN.fullmatch(line) or HASH.fullmatch(line) or NOTE.fullmatch(line))
    ]
    assert strange == []


@pytest.mark.parametrize("name", ["runtime", "dev", "lock-tool"])
def test_every_pin_has_hashes(name: str) -> None:
    assert [pin.name for pin in read_lock(name) if not pin.hashes] == []


@pytest.mark.parametrize(("name", "asked"), LOCKS)
def test_a_lock_pins_what_the_project_asks_for(name: str, asked: Callable[[], list[Requirement]]) -> None:
    direct = {pin.name for pin in read_lock(name) if pin.asked_for_here}
    assert direct == {canonicalize_name(requirement.name) for requirement in asked()}


@pytest.mark.parametrize(("name", "asked"), LOCKS)
def test_every_pin_is_within_its_range(name: str, asked: Callable[[], list[Requirement]]) -> None:
    outside = [
        f"{requirement}: {pin.version}"
        for requirement in asked()
        for pin in read_lock(name)
        if pin.name == canonicalize_name(requirement.name) and pin.version not in requirement.specifier
    ]
    assert outside == []


def test_development_runs_on_the_versions_that_are_shipped() -> None:
    shipped = {(pin.name, pin.version) for pin in read_lock("runtime")}
    assert shipped <= {(pin.name, pin.version) for pin in read_lock("dev")}
