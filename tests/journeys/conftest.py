"""The town that every story happens in, and the look at it when the story is over."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys import inspection
from tests.journeys.town import Town
from tests.journeys.written import Log, everything


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that the process writes while all loggers are open."""
    with everything() as log:
        yield log


@pytest.fixture
def town(tmp_path: Path, migrated_file: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Town]:
    """A workspace with the bot at work and nothing set up; at the end, all that was said is looked at."""
    for package in ("bot", "handlers", "program", "scheduler", "storage"):
        caplog.set_level(logging.DEBUG, logger=package)
    shutil.copy(migrated_file, tmp_path / "town.db")
    town = Town(tmp_path)
    town.opens()
    try:
        yield town
    finally:
        town.closes()
    assert inspection.complaints(town.slack) == []
    assert town.slack.duplicates() == []
    assert inspection.tokens_in(town.slack, inspection.everything_said(town.slack)) == []
    logged = [record for record in caplog.records if not record.name.startswith(("slack_", "urllib"))]
    assert inspection.tokens_in(town.slack, "\n".join(map(logging.Formatter().format, logged))) == []
    broken = [record.getMessage() for record in logged if record.exc_info and not town.expects_trouble]
    assert broken == []
