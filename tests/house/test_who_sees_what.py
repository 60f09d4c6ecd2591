"""Each sentence about who sees, hears or knows something is listed in docs/who-sees-what.md, and each row holds."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterable
from functools import cache

import pytest

from tests.house import spoken
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "who-sees-what.md"
ABOUT_AN_AUDIENCE = re.compile(
    r"\b(see|sees|seen|read|reads|hear|hears|heard|tell|tells|told|know|knows|known|I learn|private|privately|secret"
    r"|confidential|anonymous|anonymously|public|counted|offered|reveals?|without your name"
    r"|pass it on|not passed|not kept|kept or)\b",
    re.IGNORECASE,
)
_CELLS = 4
_NAMED = re.compile(r"`([\w./]+(?:::\w+)?)`")
_NOT_FOR_PEOPLE = re.compile(
    r"^mentoring/(spreadsheets|matching|report)/|^handlers/(words|sayings)\.py|^mentoring/cadence\.py"
)
"""Code whose words go to whoever runs a command on their own machine, or are patterns and not words."""
_IN_LOGS_AND_NAMES = re.compile(r"%s|\{partner\}|^a private note$")


def rows() -> list[list[str]]:
    """The table's rows, a list of cells each."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "What people read"]


def otherwise() -> list[str]:
    """The sentences that have such a word and promise nothing."""
    return [line[2:].strip() for line in PAGE.read_text().splitlines() if line.startswith("- ")]


def pattern(sentence: str) -> re.Pattern[str]:
    """What the sentence looks like with names in it; `…` may be anything, and nothing at the end of a word."""
    return re.compile(".*".join(map(re.escape, sentence.split("…"))), re.DOTALL)


def unlisted(told: Iterable[str], listed: Iterable[str]) -> list[str]:
    """Those sentences about an audience that no listed one stands for."""
    known = [pattern(one) for one in listed]
    about = sorted(one for one in told if ABOUT_AN_AUDIENCE.search(one))
    return [one for one in about if not any(looks.fullmatch(one) for looks in known)]


@cache
def everything() -> frozenset[str]:
    """All that is said on screens and in documents."""
    return frozenset(spoken.on_screens() | spoken.in_documents())


def listed() -> list[str]:
    """Every sentence that is listed, with a promise or without."""
    return [*(row[0] for row in rows()), *otherwise()]


def test_every_sentence_about_an_audience_is_listed() -> None:
    assert unlisted(everything(), listed()) == []


def test_a_new_sentence_would_be_missed() -> None:
    told = {"Your manager sees this.", "Nothing of the sort.", "Nobody sees it."}
    assert unlisted(told, listed()) == ["Your manager sees this."]


def test_no_sentence_of_the_code_is_left_out_of_the_screens() -> None:
    """What has such a word in code is on one of the screens that were looked at, or listed itself."""
    said, known = "\n".join(everything()), [pattern(one) for one in listed()]
    assert [
        f"{where}: {told}"
        for told, where in spoken.in_code().items()
        if ABOUT_AN_AUDIENCE.search(told)
        and not (_NOT_FOR_PEOPLE.search(where) or _IN_LOGS_AND_NAMES.search(told))
        and not all(part.strip() in said for part in told.split("…"))
        and not any(one.fullmatch(told) for one in known)
    ] == []


@pytest.mark.parametrize("sentence", [row[0] for row in rows()])
def test_each_row_is_read_by_somebody(sentence: str) -> None:
    looks = pattern(sentence)
    assert any(looks.fullmatch(told) for told in everything())


@pytest.mark.parametrize("sentence", otherwise())
def test_each_other_sentence_is_said(sentence: str) -> None:
    looks = pattern(sentence)
    assert any(looks.fullmatch(told) for told in (*everything(), *spoken.in_code()))


def test_each_sentence_is_listed_once() -> None:
    told = listed()
    assert sorted(told) == sorted(set(told))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_row_names_code_and_a_test_that_exist(row: list[str]) -> None:
    assert len(row) == _CELLS
    _sentence, where, code, test = row
    assert where
    (name,) = _NAMED.findall(code)
    assert (ROOT / name).exists() or _exists(name), name
    (named,) = _NAMED.findall(test)
    path, _, function = named.partition("::")
    tree = ast.parse((ROOT / "tests" / path).read_text())
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, named


def _exists(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return hasattr(importlib.import_module(module), attribute)
    return True
