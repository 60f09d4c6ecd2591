"""The benchmark of what leads wait for runs, through the use cases."""

from __future__ import annotations

import pytest

from benchmarks import leading
from benchmarks.matching.organization import VARIANTS


def test_it_prints_swaps_and_what_if_for_each_kind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leading, "VARIANTS", {"loose": VARIANTS["loose"]})
    monkeypatch.setattr(leading, "ALL_FIT", {})
    assert leading.main(["--people", "60", "--runs", "1"]) == 0
    assert [line.split(":")[0].strip() for line in capsys.readouterr().out.splitlines()] == [
        "60 people, loose",
        "swaps",
        "what-if",
    ]
