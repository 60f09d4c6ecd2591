"""No limit in the tests is a measurement: slowness alone fails nothing."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sandbox import PATIENCE as PATIENCE_OF_THE_SANDBOX
from tests.house.sources import ROOT, code_of_tests, shown
from tests.patience import PATIENCE

CLOCKS = {"time.monotonic", "time.perf_counter", "time.process_time", "time.time"}
AT_LEAST = (ast.Gt, ast.GtE)
"""That something took at least so long may be asserted: no machine is too slow for that."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def reads_a_clock(node: ast.AST, known: set[str]) -> bool:
    """Whether a clock, or a name that holds what one said, is in the expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in known:
            return True
        if isinstance(part, ast.Call) and ast.unparse(part.func) in CLOCKS:
            return True
    return False


def hurried(code: str) -> list[int]:
    """The lines on which an assertion says that something was over in time."""
    found = []
    for function in (node for node in ast.walk(ast.parse(code)) if isinstance(node, Function)):
        known: set[str] = set()
        for node in sorted(_statements(function), key=lambda one: one.lineno):
            if isinstance(node, ast.Assign) and reads_a_clock(node.value, known):
                known |= {
                    one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)
                }
            if isinstance(node, ast.Assert) and reads_a_clock(node.test, known) and not _at_least(node.test):
                found.append(node.lineno)
    return sorted(set(found))


def _statements(function: Function) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Assign | ast.Assert))


def _at_least(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and all(isinstance(one, AT_LEAST) for one in test.ops)


def short_waits(code: str) -> list[int]:
    """The lines that wait for a thread or a process for a number of seconds of their own."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in {"join", "wait"}
        for given in (*node.args[:1], *(word.value for word in node.keywords if word.arg == "timeout"))
        if isinstance(given, ast.Constant) and isinstance(given.value, int | float)
    ]


def impatient_examples(code: str) -> list[int]:
    """The lines that give Hypothesis a deadline, or let it complain that drawing takes long."""
    words = [
        word
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in {"deadline", "suppress_health_check"}
    ]
    fine = ("None", "list(HealthCheck)")
    return [
        word.value.lineno
        for word in words
        if ast.unparse(word.value) not in fine and "HealthCheck.too_slow" not in ast.unparse(word.value)
    ]


def lines(look: object) -> list[str]:
    assert callable(look)
    return [f"{shown(path)}:{line}" for path in code_of_tests() for line in look(path.read_text())]


@pytest.mark.slow
@pytest.mark.parametrize("look", [hurried, short_waits, impatient_examples])
def test_slowness_fails_no_test(look: object) -> None:
    assert lines(look) == []


@pytest.mark.parametrize(
    ("look", "code"),
    [
        (hurried, "def f():\n    began = time.monotonic()\n    assert time.monotonic() - began < 5"),
        (hurried, "def f():\n    began = time.time()\n    took = time.time() - began\n    assert took < 5"),
        (hurried, "def f():\n    ends = time.monotonic() + 5\n    assert 3 < ends - time.monotonic()"),
        (short_waits, "process.wait(10)"),
        (short_waits, "thread.join(timeout=2.5)"),
        (impatient_examples, "settings(deadline=500)"),
        (impatient_examples, "settings(suppress_health_check=[HealthCheck.data_too_large])"),
    ],
)
def test_hurry_is_seen(look: object, code: str) -> None:
    assert callable(look)
    assert look(code) == [len(code.splitlines())]


def test_that_something_took_long_may_be_asserted() -> None:
    assert hurried("def f():\n    began = time.monotonic()\n    assert time.monotonic() - began >= 0.3") == []


def test_each_limit_is_far_from_what_anything_takes() -> None:
    pytest_says = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert pytest_says["timeout"] >= 5 * PATIENCE >= 600
    own = [
        shown(path)
        for path in code_of_tests()
        if "mark.timeout" in path.read_text() and path != Path(__file__)
    ]
    assert own == []
    limits = re.findall(r"^(?:readonly HANGS=|step )(\S+)", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert {int(limit) >= 3600 for limit in limits if limit != '"$HANGS"'} == {True}


def test_people_and_apps_have_time_here() -> None:
    assert PATIENCE_OF_THE_SANDBOX >= 20
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
