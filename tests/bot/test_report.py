"""The command `report`: figures, a page, and words for what stands in the way."""

from __future__ import annotations

import csv
import html
import re
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from bot import command_line
from bot.commands.report import HEADER, rows
from mentoring.outcomes.counted import About
from mentoring.outcomes.page import page
from mentoring.outcomes.published import CycleReport, Report
from storage.database import Database
from storage.keeping import schema
from tests import any_day
from tests.handlers.views import report_samples as samples
from tests.harness import Clock
from tests.program import year
from tests.program.office import HOME, MONDAY, Office


@pytest.fixture
def two_cycles(database_path: Path) -> None:
    database = Database(f"sqlite:///{database_path}")
    schema.upgrade(database)
    year.lives(Office(database, clock=Clock(MONDAY)), Random(2), cycles=2)
    database.close()


@pytest.mark.usefixtures("two_cycles")
def test_figures_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["report"]) == 0
    found = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert tuple(found[0]) == HEADER
    assert {row["cycle"] for row in found} == {"2"}
    assert {row["meaning"] for row in found} <= {"exact", "at least", "fewer than 5", "hidden"}
    told = tmp_path / "report.html"
    assert command_line.main(["report", "--cycle", "1", "--out", str(told)]) == 0
    assert f"Written: {told}" in capsys.readouterr().err
    assert "report on cycle 1" in told.read_text("utf-8")
    figures = tmp_path / "figures.csv"
    assert command_line.main(["report", "--out", str(figures)]) == 0
    assert figures.read_text("utf-8-sig").startswith(",".join(HEADER))
    capsys.readouterr()
    assert command_line.main(["report", "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


@pytest.mark.usefixtures("two_cycles")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--cycle", "9"], "There is no report on cycle 9"),
        (["--out", "report.pdf"], "a report is written as .csv, .xlsx or .html"),
        (["--out", "report.csv", "--format", "html"], "named like another format"),
        (["--out", "/nowhere/report.html"], "there is no folder /nowhere"),
    ],
)
def test_what_cannot_be_done_is_told(
    options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["report", *options]) == 2
    assert told in capsys.readouterr().err


def test_a_cycle_is_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["report", "--cycle", "last"])
    assert "'last' is not the number of a cycle" in capsys.readouterr().err


def test_before_the_first_end_it_says_when_that_is(
    database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{database_path}")
    schema.upgrade(database)
    assert command_line.main(["report"]) == 1
    assert "There is no mentoring program" in capsys.readouterr().err
    starts = any_day.today(HOME).isoformat()
    office = Office(database, clock=Clock(any_day.now()))
    office.sets_up(first_start=starts, working_days=any_day.EVERY_DAY)
    ends = office.times(1).ends_at
    database.close()
    assert command_line.main(["report"]) == 1
    assert f"The first cycle is planned to end on {ends:%Y-%m-%d}." in capsys.readouterr().err


@pytest.mark.parametrize("one", [samples.TYPICAL, samples.HIDING, samples.FEW, samples.LARGEST])
def test_the_page_has_every_figure_and_a_picture_and_needs_nothing_from_elsewhere(
    one: Report,
) -> None:
    told = "".join(page(CycleReport("R & <b>", one)))
    words = html.unescape(re.sub(r"<[^>]+>", " ", told[told.index("<main>") :]))
    for row in rows(one):
        figure, meaning = row[6], row[7]
        expected = f"{figure:,}" if isinstance(figure, int) else str(meaning)
        assert expected in words
        assert str(row[4]) in words
    assert told.count("<svg") == sum(
        len(row.counts)
        for topic in one.topics
        for row in topic.rows
        if (row.key, row.counts) != ("other", (0,))
    )
    assert not re.search(r"<script|src=|href=|url\(|@import", told)
    assert "<b>" not in told


def test_the_figures_name_what_they_are_of() -> None:
    of_skills = [row for row in rows(samples.TYPICAL) if row[3] == "Skills, the scarcest first"]
    skills = samples.TYPICAL.topic(About.SKILLS)
    assert skills is not None
    assert [row[5] for row in of_skills] == ["Want it", "Offer it"] * len(skills.rows)
