"""What the matching's benchmarks write: tables, the plot with its words, and the part of the document."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.matching import __main__ as command
from benchmarks.matching import plot, report
from benchmarks.matching.again import Again
from benchmarks.matching.command import Whole
from benchmarks.matching.ours import Run
from benchmarks.matching.peers import METHODS, OURS, Peer
from benchmarks.matching.plot import Series
from benchmarks.matching.report import Measured
from mentoring.matching import Step

SVG = "{http://www.w3.org/2000/svg}"


def run(people: int, seconds: float) -> Run:
    steps = [step.value for step in Step]
    return Run(
        people=people,
        seconds=dict.fromkeys(steps, seconds),
        peaks=dict(zip(steps, (10.0, 20.0, 1_300.4, 40.0, 50.0), strict=True)),
        reference=seconds / 2,
        rounds=3,
        optimal=people < 1_000,
        served=people // 2,
        pairs=people // 4,
        score=people,
    )


FOUND = Measured(
    runs={"loose": [run(50, 0.01), run(5_000, 0.5)], "tight": [run(50, 0.02), run(5_000, 4.0)]},
    commands=[Whole(50, "tight", 0.25, 0.01), Whole(5_000, "loose", 12.34, 2.0)],
    peers=[
        Peer(50, OURS, 0.19, 50.0, 16, 32, 1.0, 0),
        Peer(50, "mentor-match", 0.11, 35.0, 16, 32, 0.98765, 0, 1.234),
        Peer(50, "random, with history", 0.0001, 27.0, 26, 6, 0.192, 38),
        Peer(5_000, OURS, 1.25, 90.0, 1_600, 3_200, 1.0, 0),
    ],
    again=[Again(10_000, 20, 0.4, 0.8, 0.01, 41, 52, optimal=True)],
)


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.split("\n")]


def drawn(lines: list[Series]) -> ElementTree.Element:
    return ElementTree.fromstring(plot.svg(lines))  # noqa: S314 - the plot is our own, and nobody else's XML


def test_the_seconds_of_each_step_stand_by_size_and_variant() -> None:
    heads, _, *rows = cells(report.seconds(FOUND.runs))
    assert heads[2:7] == ["prepare", "candidates", "solve", "certificate", "explain"]
    assert [row[:2] for row in rows] == [
        ["50", "loose"],
        ["50", "tight"],
        ["5,000", "loose"],
        ["5,000", "tight"],
    ]
    assert rows[3][2:] == ["4.00"] * 5 + ["20.0", "10", "3", "2,500", "no"]
    assert rows[0][7:] == ["0.050", "10", "3", "25", "yes"]


def test_the_peak_is_that_of_the_largest_step() -> None:
    rows = cells(report.memory(FOUND.runs))
    assert rows[2][2:] == ["10", "20", "1,300", "40", "50", "1,300"]


def test_whole_commands_stand_beside_a_plain_pass() -> None:
    _, _, *rows = cells(report.commands(FOUND.commands))
    assert rows == [["50", "tight", "0.25", "25"], ["5,000", "loose", "12.3", "6"]]


def test_a_method_that_was_out_of_time_says_so() -> None:
    _, _, *rows = cells(report.peers(FOUND.peers))
    assert [row[1] for row in rows] == [OURS, *METHODS.values()] * 2
    assert rows[1][2:] == ["0.11", "1.23", "35", "16", "32", "0.988", "0"]
    assert rows[2][2:] == ["over 60", *["–"] * 6]
    assert rows[4][2:] == ["< 0.001", "–", "27", "26", "6", "0.192", "38"]
    assert rows[6][2:] == ["over 60", *["–"] * 6]


def test_solving_again_stands_beside_its_aim() -> None:
    *_, row = cells(report.again(FOUND.again))
    assert row == ["20", "0.40", "40", "0.50", "41", "52", "65", "yes"]


def test_the_plot_has_a_line_and_a_key_for_everybody_who_was_measured() -> None:
    lines = report.series(FOUND)
    assert [line.name for line in lines] == [OURS, "mentor-match", "random, with history"]
    assert lines[0].points == [(50, 0.05), (5_000, 2.5)]
    picture = drawn(lines)
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert [text for text in texts if text in {line.name for line in lines}] == [line.name for line in lines]
    assert len([path for path in picture.iter(f"{SVG}path") if path.get("class") == "line"]) == 2 * len(lines)
    assert picture.findtext(f"{SVG}desc") == plot.in_words(lines)


def test_what_lies_outside_the_scales_is_drawn_at_their_edge() -> None:
    outside, edge = [(1, 1e-9), (10_000_000, 1e9)], [(50, 0.0001), (100_000, 100.0)]
    ways = [
        [path.get("d") for path in drawn([Series("slow & slower", points)]).iter(f"{SVG}path")]
        for points in (outside, edge)
    ]
    assert ways[0] == ways[1]


def test_the_plot_is_told_in_words() -> None:
    words = plot.in_words(
        [Series("Ours", [(50, 0.0001), (100, 1.0), (500, 2.0), (5_000, 20.0), (50_000, 240.0)])]
    )
    assert words == (
        "Seconds by number of people, both on logarithmic scales. "
        "Ours: less than a millisecond for 50, 2 s for 500, 240 s for 50,000."
    )


@pytest.mark.slow
def test_one_command_writes_document_plot_and_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document, picture, numbers = (
        tmp_path / "benchmarks.md",
        tmp_path / "images" / "m.svg",
        tmp_path / "m.json",
    )
    document.write_text(f"# Title\n{report.MARKS.begin}\nold\n{report.MARKS.end}\n", encoding="utf-8")
    monkeypatch.setattr(command, "DOCUMENT", document)
    monkeypatch.setattr(command, "PICTURE", picture)
    monkeypatch.setattr(command, "SIZES", (50,))
    assert command.main(["--most", "60", "--no-peers", "--write", "--json", str(numbers)]) == 0
    written = document.read_text("utf-8")
    assert "(images/m.svg)" in written
    assert "| 50     | few skills |" in written
    assert "old" not in written
    assert written.split(report.MARKS.begin)[1].split(report.MARKS.end)[0].strip() in capsys.readouterr().out
    assert OURS in picture.read_text("utf-8")
    assert [one["variant"] for one in json.loads(numbers.read_text("utf-8"))["runs"]] == [
        "loose",
        "tight",
        "few skills",
        "room",
    ]


def test_the_document_has_room_for_what_is_written() -> None:
    text = command.DOCUMENT.read_text("utf-8")
    assert text.index(report.MARKS.begin) < text.index(report.MARKS.end)
    assert command.PICTURE.exists()
