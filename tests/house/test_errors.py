"""Each error says a sentence of its own, also where Python leaves docstrings out."""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from mentoring.errors import (
    AlreadyDecided,
    CannotPair,
    ForOthers,
    Invalid,
    NotRunning,
    NotToUndo,
    PairBroken,
    ProgramError,
)
from mentoring.matching import Broken, Rule
from mentoring.pairings import Because, Cause, Pair, PairState
from storage.database import RowsLost
from storage.keeping.schema import NewerDatabase
from tests.house.sources import PRODUCT, ROOT, code_of_tests, modules, shown
from tests.postgres import PostgresNotFoundError

_SHARED = (ProgramError, ForOthers)
"""What is never raised itself."""

_DECLINED = Pair(12, 1, 1, "U1", "U2", PairState.DECLINED, 0)
_WITH_FIELDS: dict[type[Exception], tuple[object, ...]] = {
    **dict.fromkeys((AlreadyDecided, NotToUndo, NotRunning), (_DECLINED,)),
    PairBroken: (12, Because(Cause.LEFT)),
    CannotPair: ((Broken(Rule.SELF),),),
    Invalid: ({"level": "Choose a level."},),
}
_PRINT_THEM = "import json; from tests.house.test_errors import said; print(json.dumps(said()))"


def said() -> dict[str, str]:
    """What each error says, by the name of its class."""
    for path in modules(*PRODUCT):
        if "errors import" in path.read_text():
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    kinds = (*_kinds(ProgramError), NewerDatabase, RowsLost, PostgresNotFoundError)
    return {kind.__name__: str(kind(*_WITH_FIELDS.get(kind, ()))) for kind in kinds if kind not in _SHARED}


def _kinds(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for other in kind.__subclasses__():
        if other.__module__.startswith(PRODUCT):
            yield from _kinds(other)


@pytest.mark.slow
def test_errors_say_the_same_without_docstrings() -> None:
    bare = subprocess.run(
        [sys.executable, "-OO", "-c", _PRINT_THEM], cwd=ROOT, check=True, capture_output=True, text=True
    )
    told = said()
    assert json.loads(bare.stdout) == told
    assert len(told) >= 20
    assert [name for name, sentence in told.items() if not sentence.endswith(".") or "{" in sentence] == []


def test_each_error_says_something_else() -> None:
    told = list(said().values())
    assert sorted(told) == sorted(set(told))


def test_what_an_error_means_is_not_what_a_person_reads() -> None:
    meanings = {(kind.__doc__ or "").strip() for kind in _kinds(ProgramError)}
    assert meanings.isdisjoint(said().values())


@pytest.mark.slow
def test_nobody_is_shown_a_docstring() -> None:
    readers = [
        shown(path)
        for path in modules()
        if path not in code_of_tests()
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr == "__doc__")
        or (isinstance(node, ast.Name) and node.id == "__doc__")
    ]
    assert readers == []
