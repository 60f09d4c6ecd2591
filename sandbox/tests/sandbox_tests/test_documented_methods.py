"""The table of methods in docs/web-api.md says what the sandbox serves, what it passes over, and what tests it."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sandbox import Sandbox
from sandbox.web_api.dispatch import HANDLERS
from sandbox_tests.kit import form

TESTS = Path(__file__).parent
PAGE = (TESTS.parents[1] / "docs" / "web-api.md").read_text()
CHAPTER = PAGE.partition("## Methods\n")[2].partition("\n## ")[0]
ROW = re.compile(r"\| `(\S+)` \| (supported|partial|not) \| (.*?) ?\| `(test_\w+\.py)::(test_\w+)` \|")
READS = re.compile(r"""(?:text|flag|ids|number)\("(\w+)"|args(?:\.get\(|\[)"(\w+)\"""")
"""How a handler reads an argument."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    status: str
    passed_over: str
    file: str
    test: str

    @property
    def arguments(self) -> set[str]:
        """The arguments that are passed over, without other words."""
        return set(re.findall(r"`(\w+)`", self.passed_over))


TABLE = [Row(*found) for found in ROW.findall(CHAPTER)]
ROWS = [row for row in TABLE if row.status != "not"]
ABSENT = [row for row in TABLE if row.status == "not"]


def read_by(function: Callable[..., Any], seen: set[str]) -> set[str]:
    """The arguments that a handler reads, itself or in the sandbox's functions that it calls by name."""
    if function.__qualname__ in seen:
        return set()
    seen.add(function.__qualname__)
    source = inspect.getsource(function)
    read = {one or other for one, other in READS.findall(source)}
    for name in set(re.findall(r"\b(\w+)\(", source)):
        called = getattr(sys.modules[function.__module__], name, None)
        if inspect.isfunction(called) and called.__module__.startswith("sandbox"):
            read |= read_by(called, seen)
    return read


def body_of(row: Row) -> str:
    """The source of a row's test, empty when there is no such test."""
    text = (TESTS / row.file).read_text()
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return next((ast.get_source_segment(text, one) or "" for one in functions if one.name == row.test), "")


def test_each_served_method_has_its_row() -> None:
    assert [row.method for row in ROWS] == sorted(HANDLERS)
    assert len(TABLE) == CHAPTER.count("\n| `"), "a row that does not read as one"
    assert [row.method for row in TABLE] == sorted(row.method for row in TABLE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.method)
def test_what_is_passed_over_is_named_and_not_read(row: Row) -> None:
    assert (row.status == "partial") == bool(row.passed_over)
    assert not row.arguments & read_by(HANDLERS[row.method], set())


def test_reading_is_seen() -> None:
    """The search would find an argument that is read after all, also through a function of another module."""
    assert {"channel_id", "files", "initial_comment"} <= read_by(
        HANDLERS["files.completeUploadExternal"], set()
    )
    assert {"markdown_text", "metadata", "thread_ts"} <= read_by(HANDLERS["chat.postMessage"], set())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.method)
def test_its_test_calls_it(row: Row) -> None:
    called = rf"\b{row.method.replace('.', '_')}\b|\"{re.escape(row.method)}\""
    assert re.search(called, body_of(row)), f"{row.file}::{row.test}"


def test_what_is_not_there_is_answered_so(slack: Sandbox) -> None:
    assert len(ABSENT) > 20
    answers = {row.method: form(slack, row.method).body.get("error") for row in ABSENT}
    assert set(answers.values()) == {"unknown_method"}
    here = test_what_is_not_there_is_answered_so.__name__
    assert {(row.passed_over, row.file, row.test) for row in ABSENT} == {("", Path(__file__).name, here)}
