"""Every public name of the sandbox is in its documentation."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2]
WORDS = "".join(page.read_text() for page in [FOLDER / "README.md", *(FOLDER / "docs").glob("*.md")])


@pytest.mark.parametrize("module", ["sandbox", "sandbox.block_kit", "sandbox.browser", "sandbox.page"])
def test_each_public_name_is_documented(module: str) -> None:
    names = import_module(module).__all__
    assert [name for name in names if not re.search(rf"\b{name}\b", WORDS)] == []
