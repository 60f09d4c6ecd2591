"""The doctor on planted faults: each is found, with what to do, and nothing is made or changed by looking."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import manifest
from bot.commands import doctor
from bot.settings import Settings
from bot.starting import CannotStart
from bot.wiring import Bot
from sandbox import AppConfig, Sandbox
from storage.database import Database
from storage.opening import files
from tests import any_day
from tests.bot.broken_databases import NOBODY, POSTGRESQL, SQLITE, Broken, opened
from tests.bot.post_office import PostOffice, open_post_office
from tests.bot.test_doctor import settings_of


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


def settings(slack: Sandbox, url: str) -> Settings:
    return Settings(
        bot_token=slack.bot_token, app_token=slack.app_token, api_url=slack.api_url, database_url=url
    )


def wrong(told: Settings) -> list[doctor.Finding]:
    return [finding for finding in doctor.examine(told) if not finding.fine]


RUNS_ALL_THE_SAME = {"in use"}
"""What is no fault for somebody who only looks."""


@pytest.mark.sampled(8)
@pytest.mark.parametrize("kind", [*SQLITE, *POSTGRESQL], ids=str)
def test_a_database_that_cannot_be_used(
    slack: Sandbox, kind: Broken, migrated_file: Path, request: pytest.FixtureRequest
) -> None:
    with opened(kind, migrated_file, request) as (url, words, advice):
        found = wrong(settings(slack, url))
    if kind.name in RUNS_ALL_THE_SAME:
        assert found == []
        return
    (finding,) = found
    assert words in finding.seen
    assert advice in f"{finding.seen} {finding.advice}"


def test_in_an_empty_folder_it_makes_nothing(slack: Sandbox, tmp_path: Path) -> None:
    told = settings(slack, f"sqlite:///{tmp_path / 'mentor.db'}")
    findings = list(doctor.examine(told))
    assert f"There is no database at {tmp_path / 'mentor.db'} yet: the bot makes it when it starts." in [
        finding.seen for finding in findings
    ]
    assert any("You are root" in finding.seen for finding in findings) == (os.geteuid() == 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_file_of_root_in_the_folder_of_the_service(slack: Sandbox, sqlite_copy: Path) -> None:
    os.chown(sqlite_copy.parent, NOBODY, -1)
    (finding,) = wrong(settings(slack, f"sqlite:///{sqlite_copy}"))
    assert finding.seen.startswith(f"{sqlite_copy} belongs to root, and its folder to ")
    assert finding.advice.startswith("chown ")


def test_looking_changes_nothing(slack: Sandbox, sqlite_copy: Path) -> None:
    before = sqlite_copy.read_bytes()
    assert wrong(settings(slack, f"sqlite:///{sqlite_copy}")) == []
    assert sqlite_copy.read_bytes() == before
    assert list(sqlite_copy.parent.iterdir()) == [sqlite_copy]


def test_a_disk_with_hardly_any_room(
    slack: Sandbox, sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LEAST_ROOM", 1 << 60)
    (finding,) = wrong(settings(slack, f"sqlite:///{sqlite_copy}"))
    assert finding.seen.startswith(f"The disk of {sqlite_copy.parent} is full: ")


def test_a_file_that_cannot_grow(slack: Sandbox, sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite finds no room when the doctor tries to write."""
    monkeypatch.setattr("storage.database.PRAGMAS", ("journal_mode=WAL", "max_page_count=1"))
    (finding,) = wrong(settings(slack, f"sqlite:///{sqlite_copy}"))
    assert finding.seen == f"The database {sqlite_copy} cannot grow: the disk is full."


# A program in the database


@pytest.fixture
def office(sqlite_copy: Path) -> Iterator[PostOffice]:
    """A program that has been set up, in a database of its own."""
    database = Database(f"sqlite:///{sqlite_copy}")
    with open_post_office(database) as opened_office:
        opened_office.sets_up()
        yield opened_office
    database.close()


def stuck(office: PostOffice) -> None:
    """Two messages were queued ten days ago, tried again and again, and did not go."""
    office.joins("Ana", 2, shares=("Podcasting",))
    _set(office, any_day.now() - timedelta(days=10, minutes=1), "created_at", attempts=30)


def overdue(office: PostOffice) -> None:
    """Messages were due ten days ago, and nobody tried."""
    office.joins("Ana", 2, shares=("Podcasting",))
    _set(office, any_day.now() - timedelta(days=10, minutes=1), "not_before", attempts=0)


def _set(office: PostOffice, moment: datetime, column: str, attempts: int) -> None:
    with office.database.write() as tx:
        tx.execute(
            text(f"UPDATE outbox SET {column} = :moment, attempts = :attempts"),  # noqa: S608 - our own column
            {"moment": moment.replace(tzinfo=None).isoformat(" "), "attempts": attempts},
        )


def leads_gone(office: PostOffice) -> None:
    """Slack has deactivated all leads while the bot was away."""
    for lead in (office.lead, office.other_lead):
        office.slack.deactivate(lead)


def one_lead_gone(office: PostOffice) -> None:
    """Slack has deactivated one of two leads."""
    office.slack.deactivate(office.other_lead)


def odd_zone(office: PostOffice) -> None:
    """A move to a machine with older time zone data."""
    office.joins("Ana", 2, shares=("Podcasting",))
    with office.database.write() as tx:
        tx.execute(text("UPDATE people SET time_zone = 'Mars/Olympus' WHERE time_zone IS NOT NULL"))


def _without(*statements: str) -> Callable[[PostOffice], None]:
    def plant(office: PostOffice) -> None:
        with office.database.rebuild() as tx:
            for one in statements:
                tx.execute(text(one))

    plant.__name__ = statements[0].replace(" ", "_")
    return plant


FAULTS: dict[Callable[[PostOffice], None], str] = {
    stuck: "should have gone long ago, the first 10 days ago.",
    overdue: "should have gone long ago, the first 10 days ago.",
    one_lead_gone: "1 of the 2 leads of “Reverse mentoring” cannot lead: their account is deactivated.",
    odd_zone: "This machine does not know the time zone Mars/Olympus",
    _without("DROP TRIGGER audit_no_update"): " lacks the trigger audit_no_update: somebody has changed it.",
    _without("DROP TABLE asks"): " lacks the table asks: somebody has changed it.",
    _without("ALTER TABLE outbox DROP COLUMN attempts"): " lacks the column outbox.attempts: somebody",
    leads_gone: "Nobody leads the program “Reverse mentoring”: Slack says that the accounts of its leads",
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_program_with_a_fault(office: PostOffice, plant: Callable[[PostOffice], None]) -> None:
    assert wrong(settings_of(office)) == []
    plant(office)
    (finding,) = wrong(settings_of(office))
    assert FAULTS[plant] in finding.seen
    assert finding.advice


def test_an_admin_in_the_settings_who_is_not_here(office: PostOffice) -> None:
    told = replace(settings_of(office), admins=frozenset({str(office.lead.id), "U0NOBODYX"}))
    (finding,) = wrong(told)
    assert finding.seen.endswith("not of this workspace: U0NOBODYX.")


@pytest.mark.parametrize(
    "statement", ["DROP TABLE asks", "ALTER TABLE outbox DROP COLUMN attempts"], ids=["table", "column"]
)
def test_with_a_part_of_the_database_gone_nothing_starts(
    slack: Sandbox, sqlite_copy: Path, statement: str
) -> None:
    told = settings(slack, f"sqlite:///{sqlite_copy}")
    with closing(sqlite3.connect(sqlite_copy)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(CannotStart, match=r"lacks the (table|column) .*: somebody has changed it"):
        Bot(told)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("program.db.lock", "is no file, and SQLite or the bot needs one of that name"),
        ("program.db-wal", "is no file, and SQLite or the bot needs one of that name"),
    ],
)
@pytest.mark.parametrize("there", [True, False], ids=["beside a database", "alone"])
def test_a_folder_in_the_place_of_a_file(
    slack: Sandbox, sqlite_copy: Path, name: str, words: str, there: bool
) -> None:
    (sqlite_copy.parent / name).mkdir()
    if not there:
        sqlite_copy.unlink()
    (finding,) = wrong(settings(slack, f"sqlite:///{sqlite_copy}"))
    assert words in finding.seen


def test_a_log_without_its_database(slack: Sandbox, sqlite_copy: Path) -> None:
    """SQLite would throw it away, with what was saved in it last."""
    log = sqlite_copy.with_name(f"{sqlite_copy.name}-wal")
    log.write_bytes(b"what was saved last")
    sqlite_copy.unlink()
    told = settings(slack, f"sqlite:///{sqlite_copy}")
    (finding,) = wrong(told)
    assert finding.seen.startswith(f"There is no database {sqlite_copy}, and {log.name} beside its place")
    with pytest.raises(CannotStart, match="which holds what was saved in it last"):
        Bot(told)
    assert log.read_bytes() == b"what was saved last"
    assert not sqlite_copy.exists()


# Over HTTP


@dataclass
class Door:
    """A bot that listens for requests, and its settings with the port that it has."""

    bot: Bot
    settings: Settings


@contextmanager
def listening(slack: Sandbox, file: Path) -> Iterator[Door]:
    told = replace(
        settings(slack, f"sqlite:///{file}"), app_token=None, signing_secret=slack.signing_secret, http_port=0
    )
    bot = Bot(told)
    bot.start()
    try:
        assert bot._server is not None
        yield Door(bot, replace(told, http_port=bot._server.address[1]))
    finally:
        bot.stop()


def test_http_with_everything_right_and_then_nobody_there(slack: Sandbox, sqlite_copy: Path) -> None:
    with listening(slack, sqlite_copy) as door:
        assert wrong(door.settings) == []
    (finding,) = wrong(door.settings)
    assert finding.seen.startswith("Nobody listens for Slack's requests on 127.0.0.1, port ")
    assert "Start the bot" in finding.advice


def test_http_with_another_secret_than_the_bot_has(slack: Sandbox, sqlite_copy: Path) -> None:
    with listening(slack, sqlite_copy) as door:
        (finding,) = wrong(replace(door.settings, signing_secret="another"))
        assert "has another SLACK_SIGNING_SECRET" in finding.seen
        # From here on, the bot itself has heard of another secret, and of none that fits.
        (finding,) = wrong(door.settings)
        assert finding.seen.startswith("Requests come, and none of them fits the SLACK_SIGNING_SECRET")
        assert "copy the Signing Secret" in finding.advice


def test_something_else_listens(slack: Sandbox, sqlite_copy: Path) -> None:
    number = int(slack.api_url.split(":")[2].split("/")[0])
    told = replace(
        settings(slack, f"sqlite:///{sqlite_copy}"), app_token=None, signing_secret="any", http_port=number
    )
    (finding,) = wrong(told)
    assert finding.seen == f"Something else than the bot listens on 127.0.0.1, port {number}."


def test_a_secret_that_cannot_be_slacks(sqlite_copy: Path) -> None:
    """Where the tokens go to Slack itself, the form of its secrets is known."""
    from bot.commands import doctor_http

    told = Settings(bot_token="xoxb-canary", signing_secret="canary", http_port=0)
    first = next(doctor_http.examine(told))
    assert first.seen.startswith("SLACK_SIGNING_SECRET is none of Slack's")
    assert "canary" not in str(first)
