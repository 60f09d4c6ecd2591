"""The benchmark of what-if runs, and would see a count that is wrong."""

from __future__ import annotations

import pytest

from benchmarks.matching import what_if
from benchmarks.matching.organization import VARIANTS, organization


def test_it_prints_a_line_for_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert what_if.main(["--people", "60"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(VARIANTS)


def test_a_wrong_count_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "_counted", lambda _: what_if.Counted(0.0, (99_999,)))
    with pytest.raises(what_if.Different):
        what_if.measure(organization(60))
