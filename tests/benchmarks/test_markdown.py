"""Tables, and the part of a document that the benchmarks write."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.markdown import Marks, table, write_section

MARKS = Marks("<!-- begin -->", "<!-- end -->")


def test_a_table_can_be_read_as_it_is() -> None:
    assert table([["who", "what", "s"], ["a", "b", "10.5"]], left=2) == (
        "| who | what |    s |\n| --- | ---- | ---: |\n| a   | b    | 10.5 |"
    )


def test_the_section_replaces_what_stood_between_the_marks(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"# Title\n{MARKS.begin}\nold\n{MARKS.end}\nThe end.\n", encoding="utf-8")
    for text in ("new", "newer"):
        write_section(document, MARKS, text)
    assert document.read_text("utf-8") == f"# Title\n{MARKS.begin}\n\nnewer\n\n{MARKS.end}\nThe end.\n"


@pytest.mark.parametrize("text", ["# Title\n", f"{MARKS.begin}\n", f"{MARKS.end}\n{MARKS.begin}\n"])
def test_a_document_without_marks_stays_as_it_is(tmp_path: Path, text: str) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="marks"):
        write_section(document, MARKS, "new")
    assert document.read_text("utf-8") == text
