"""What a linter does not check about how this project is written."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.requirements import development, runtime
from tests.house.sources import PRODUCT, ROOT, code_of_tests, modules, packages, shown

LINES = 400
VIEW = 40
"""Lines that are in one view, with what is around them."""

IGNORE = re.compile(r"# (noqa|type: ignore)")
REASONED = re.compile(r"# (noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)*|type: ignore\[[a-z, -]+\])\W+\w.* \w+")


def imported(path: Path) -> set[str]:
    """The modules a file imports by their full names; relative imports stay inside and do not count."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


ELSEWHERE = {"benchmarks/matching/peer.py"}
"""Modules that run in an environment of their own, with the packages that the bot is compared with."""


def undeclared(paths: list[Path], allowed: list[Requirement]) -> list[str]:
    known = {canonicalize_name(requirement.name) for requirement in allowed}
    distributions = packages_distributions()
    ours = {*packages(), "sandbox_tests"}
    return [
        f"{shown(path)}: {module}"
        for path in paths
        if shown(path) not in ELSEWHERE
        for module in sorted({name.split(".")[0] for name in imported(path)})
        if module not in sys.stdlib_module_names and module not in ours
        if not known & {canonicalize_name(name) for name in distributions.get(module, [])}
    ]


def opens_with_a_sentence(path: Path) -> bool:
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    return docstring.partition("\n\n")[0].endswith(".")


def test_every_module_opens_with_a_sentence() -> None:
    assert [shown(path) for path in modules() if not opens_with_a_sentence(path)] == []


def test_files_fit_in_a_head() -> None:
    short = [name for name in packages() if name not in {"tests", "benchmarks"}]
    code = [path for path in modules(*short) if path not in code_of_tests()]
    lengths = {shown(path): len(path.read_text().splitlines()) for path in code}
    assert {path: length for path, length in lengths.items() if length > LINES} == {}


def test_functions_fit_in_one_view() -> None:
    """A migration is read once, from its top to its end."""
    code = (
        path
        for path in modules(*PRODUCT, "demo", "benchmarks")
        if path not in code_of_tests() and "migrations" not in path.parts
    )
    lengths = {
        f"{shown(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in code
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > VIEW} == {}


def test_every_ignore_names_its_rule_and_its_reason() -> None:
    bare = [
        f"{shown(path)}:{number}"
        for path in modules()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if IGNORE.search(line) and not REASONED.search(line)
    ]
    assert bare == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in modules()}
    bare = [shown(folder) for folder in folders if not (folder / "__init__.py").exists()]
    assert [folder for folder in bare if not folder.startswith("storage/migrations")] == []


def test_nothing_is_mocked() -> None:
    mocks = re.compile(r"\b(Magic|Async|NonCallable)?Mock\b|\bcreate_autospec\b|\bmocker\b")
    files = (path for path in modules() if path != Path(__file__))
    assert [shown(path) for path in files if mocks.search(path.read_text())] == []


def test_the_product_imports_only_what_it_asks_for() -> None:
    assert undeclared(modules(*PRODUCT), runtime()) == []


def test_everything_imports_only_what_the_project_asks_for() -> None:
    assert undeclared(modules(), development()) == []


def test_matching_could_be_lifted_out() -> None:
    ours = tuple(packages())
    borrowed = [
        f"{shown(path)}: {name}"
        for path in (ROOT / "mentoring" / "matching").rglob("*.py")
        for name in sorted(imported(path))
        if name.startswith(ours) and not name.startswith("mentoring.matching")
    ]
    assert borrowed == []
