"""The sandbox is a distribution of its own: it needs nothing of ours, and we use what it documents."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.requirements import sandbox, sandbox_tests
from tests.house.sources import PRODUCT, ROOT, SANDBOX, modules, packages, pyproject, shown
from tests.house.test_conventions import imported, undeclared

DOORS = ("sandbox", "sandbox.block_kit", "sandbox.browser", "sandbox.page")
"""The modules whose public names are the sandbox's interface."""
OWN_TESTS = sorted((SANDBOX / "tests").rglob("*.py"))
CODE = [path for path in modules("sandbox") if path not in OWN_TESTS]
USERS = [path for path in modules() if "sandbox" not in path.relative_to(ROOT).parts[0]]


def taken(path: Path) -> set[tuple[str, str]]:
    """What a file imports from the sandbox: the module, and the name."""
    return {
        (node.module, alias.name)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "sandbox"
        for alias in node.names
        if node.module
    }


@pytest.mark.slow
def test_it_needs_only_what_it_asks_for() -> None:
    assert undeclared(CODE, sandbox()) == []
    assert undeclared(OWN_TESTS, sandbox() + sandbox_tests()) == []


def test_it_and_its_tests_know_nothing_of_ours() -> None:
    ours = {*packages(), "benchmarks"} - {"sandbox"}
    known = {
        f"{shown(path)}: {name}"
        for path in [*CODE, *OWN_TESTS]
        for name in imported(path)
        if name.partition(".")[0] in ours
    }
    assert known == set()
    assert [shown(path) for path in CODE if any("sandbox_tests" in name for name in imported(path))] == []


@pytest.mark.slow
def test_everybody_else_comes_in_by_its_doors() -> None:
    names = {door: set(import_module(door).__all__) for door in DOORS}
    inside = [
        f"{shown(path)}: {module}.{name}"
        for path in USERS
        for module, name in sorted(taken(path))
        if name not in names.get(module, set())
    ]
    assert inside == []
    assert len([path for path in USERS if taken(path)]) > 40


def test_the_license_is_that_of_the_project() -> None:
    assert (SANDBOX / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_both_distributions_are_made_alike() -> None:
    own, other = pyproject(SANDBOX), pyproject()
    assert own["build-system"] == other["build-system"]
    assert own["project"]["license"] == other["project"]["license"]


def test_the_product_does_not_hold_it() -> None:
    assert "sandbox" not in PRODUCT
    assert "sandbox" not in pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
