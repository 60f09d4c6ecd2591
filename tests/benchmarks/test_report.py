"""What the benchmarks print and write."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import replace
from pathlib import Path

from benchmarks import report
from benchmarks.contender import BARE, Contender
from benchmarks.plan import QUICK
from benchmarks.results import Line

SMALL, LARGE = Contender(100), Contender(100_000)
LINES = [
    Line("Start", "until connected", "s", {BARE: [0.2, 0.2], SMALL: [0.6, 0.4], LARGE: [0.6, 0.6]}),
    Line("Load", "a crowd", "a second", {BARE: [200, 220], SMALL: [100, 110], LARGE: [100, 55]}, True),
]


def test_the_table_has_every_line_under_its_headline() -> None:
    rows = [
        [cell.strip() for cell in row.split("|")[1:-1]]
        for row in report.table(LINES, (100, 100_000)).split("\n")
    ]
    assert rows[0][1:] == [
        "bare app",
        "bot, 100",
        "bot, 100,000",
        "100 ÷ bare",
        "100,000 ÷ bare",
        "100,000 ÷ 100",
    ]
    assert [row[0] for row in rows[2:]] == ["**Start**", "until connected", "**Load**", "a crowd"]
    assert rows[3][1:4] == ["0.20 s", "0.50 s", "0.60 s"]
    assert rows[3][4:] == ["2.50 (2.00–3.00)", "3.00 (3.00–3.00)", "1.25 (1.00–1.50)"]
    assert rows[5][4:6] == ["2.00 (2.00–2.00)", "3.00 (2.00–4.00)"]


def test_the_json_has_every_sample(tmp_path: Path) -> None:
    path = tmp_path / "build" / "benchmarks.json"
    report.write_json(path, LINES, replace(QUICK, enrolled=(100, 100_000)))
    found = json.loads(path.read_text("utf-8"))
    assert found["lines"][0]["samples"]["bot, 100 enrolled"] == [0.6, 0.4]
    assert found["lines"][1]["beside_bare"]["bot, 100,000 enrolled"] == {
        "median": 3.0,
        "low": 2.0,
        "high": 4.0,
    }
    assert found["plan"]["rounds"] == QUICK.rounds


def test_the_machine_is_described_without_its_name() -> None:
    facts = report.machine()
    assert facts["Python"] == platform.python_version()
    assert f"{os.cpu_count()} cores" in facts["processor"]
    assert platform.node() not in str(facts)
