"""Links between the project's own pages lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SANDBOX, shown

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
QUOTES = ROOT / "docs" / "who-sees-what.md"
"""It lists lines of other pages as they are, with their links."""
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SANDBOX.rglob("*.md")} - {QUOTES})


def anchors(page: Path) -> set[str]:
    """The names by which GitHub's pages jump to a heading."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for one, other in LINK.findall(CODE.sub("", page.read_text())):
        path, _, anchor = (one or other).partition("#")
        target = page.parent / path if path else page
        if "://" in path or path.startswith("mailto:"):
            continue
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            found.append(one or other)
    return found


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n[here](page.md#a-page) [gone](gone.md) [nowhere](#nowhere) `[code](code.md)`\n"
    )
    assert broken(page) == ["gone.md", "#nowhere"]
