"""The measure of a lead's Home, on a small program."""

from __future__ import annotations

from pathlib import Path

from benchmarks import home


def test_home_is_measured_and_sends_as_many_statements_for_more_people(tmp_path: Path) -> None:
    found = []
    for size in (40, 400):
        folder = tmp_path / str(size)
        folder.mkdir()
        found.append(home.measure(folder, size, size // 4, 2, 2).statements)
    assert found[0] == found[1] > 0
