"""What the pages for developers name exists: files, and names in code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from handlers.ids import Word
from tests.house.sources import ROOT, modules, shown

PAGES = [ROOT / "docs" / "architecture.md", ROOT / "docs" / "adding-things.md"]
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"[\w.*-]+(/[\w.*-]*)+|\w+\.(py|md|yml)")


@cache
def words() -> frozenset[str]:
    """Every word in the project's own code."""
    return frozenset(word for path in modules() for word in re.findall(r"\w+", path.read_text()))


@cache
def places() -> frozenset[str]:
    """Every module and its folders, by the whole path and by each end of it; modules also without their ending."""
    paths = {shown(place) for path in modules() for place in (path, *path.parents) if ROOT in place.parents}
    ends = {path.split("/", start)[-1] for path in paths for start in range(path.count("/") + 1)}
    return frozenset(ends | {end.removesuffix(".py") for end in ends})


def exists(name: str) -> bool:
    """Whether a file, or each word of a piece of code, is there."""
    if name.startswith("/"):  # what people type
        return True
    if _FILE.fullmatch(name):
        return (ROOT / name).exists() or name.rstrip("/") in places()
    return set(re.findall(r"[^\W\d]\w*", name)) <= words()


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_all_that_is_named_exists(page: Path) -> None:
    assert [name for name in _CODE.findall(page.read_text()) if not exists(name)] == []


def test_the_first_page_names_each_word_that_people_type() -> None:
    table = (ROOT / "README.md").read_text().split("\n## What people do\n")[1].split("\n## ")[0]
    assert {*re.findall(r"`(?:/reverse-mentor )?([a-z-]+)", table)} >= {*Word}


@pytest.mark.parametrize("name", ["program/nothing.py", "nothing.py", "handlers/nothing/", f"Kind.{'QU'}UX"])
def test_what_does_not_exist_is_seen(name: str) -> None:
    assert not exists(name)
