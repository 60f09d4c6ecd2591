"""What people see when an act takes longer than Slack waits, in both modes: that it goes on, then what came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

import bot.transport.watch
from bot import manifest
from bot.settings import Settings
from bot.true_time import LEAP
from bot.wiring import Bot, Clocks
from mentoring.people import Person as Known
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from program import cycles, profiles, programs
from sandbox import AppConfig, Channel, Message, Person, Sandbox, Screen
from tests import any_day
from tests.patience import soon

CONFIG = AppConfig.from_manifest(dict(manifest.load()))
SAVING = "I am still saving this. Please leave this window open"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time run out at once, since what comes after that is tried here; Slack may be asked for longer."""
    monkeypatch.setattr(bot.transport.watch, "ANSWER_WITHIN", 0.2)
    monkeypatch.setattr(bot.transport.watch, "LOOK_UP_WITHIN", 60.0)
    monkeypatch.setattr(bot.transport.watch, "SETTLES", 0.05)


@dataclass
class Place:
    """A workspace with the bot in it, on a file, and an admin who leads a program."""

    slack: Sandbox
    bot: Bot
    file: Path
    ada: Person
    channel: Channel

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else writes to the file."""
        with closing(sqlite3.connect(self.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.execute("ROLLBACK")

    def card(self) -> Message:
        """The card of the only pair."""
        return next(one for one in self.slack.messages(self.channel) if "Pair 1" in one)

    def matches(self) -> Message:
        """Two people join who fit each other; gives their card."""
        ctx, workspace = self.bot.ctx, self.bot.workspace
        words = ("Podcasting",)
        for name, role, level in (("Mia", "share", 2), ("Max", "learn", 6)):
            person = self.slack.add_person(name)
            draft = ProfileDraft(role=role, level=level, shares=words, wants=words, languages=("English",))
            profiles.save(ctx, workspace, Known(person.id, name), draft)
        cycles.match_now(ctx, workspace, self.ada.id)
        return soon(lambda: next((one for one in self.slack.messages(self.channel) if "Pair 1" in one), None))

    def done(self) -> Screen:
        """What is on Ada's screen once it is not the request to wait any more."""
        return soon(lambda: shown if (shown := self.ada.modal) and SAVING not in shown else None)

    @property
    def name(self) -> str:
        """The program's name on record."""
        program = programs.find(self.bot.ctx, self.bot.workspace)
        assert program is not None
        return program.name


@pytest.fixture(params=["socket", "http"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    mode: Literal["socket", "http"] = request.param
    with Sandbox(replace(CONFIG, socket_mode=mode == "socket"), rate_clock="off") as slack:
        settings = Settings(
            bot_token=slack.bot_token,
            app_token=slack.app_token if mode == "socket" else None,
            signing_secret=None if mode == "socket" else slack.signing_secret,
            api_url=slack.api_url,
            database_url=f"sqlite:///{tmp_path / 'bot.db'}",
            http_port=0,
        )
        # It has been up for a while, so that HTTP mode need not look up what it let in; and no clock leaps.
        behind = [LEAP / 2, timedelta()]
        running = Bot(settings, Clocks(lambda: any_day.now() - behind[0]))
        running.start()
        del behind[0]
        try:
            yield set_up(Place(slack, running, tmp_path / "bot.db", *people_of(slack)))
        finally:
            running.stop()


def people_of(slack: Sandbox) -> tuple[Person, Channel]:
    """An admin, and a channel for leads."""
    ada = slack.add_person("Ada", admin=True)
    return ada, slack.add_channel("leads", members=[ada], private=True, bot=True)


def set_up(place: Place) -> Place:
    """The bot hears Slack, and has a program."""
    if place.bot._server is None:
        place.slack.wait_for_connection()
    else:
        delivers_to(place.slack, place.bot._server.address)
    draft = ProgramDraft(
        name="Upside Down",
        leads=[place.ada.id],
        leads_channel=place.channel.id,
        first_start=any_day.today().isoformat(),
        working_days=any_day.EVERY_DAY,
    )
    programs.set_up(place.bot.ctx, place.bot.workspace, Known(place.ada.id, "Ada", admin=True), draft)
    return place


def delivers_to(slack: Sandbox, address: tuple[str, int]) -> None:
    """Tell Slack where the bot listens, which is known once it does."""
    url = "http://{}:{}/slack/events".format(*address)
    commands = tuple(replace(one, url=url) for one in CONFIG.commands)
    slack.backend.ws.app.config = replace(
        CONFIG, socket_mode=False, events_url=url, interactivity_url=url, options_url=url, commands=commands
    )


def test_a_command_with_a_locked_database(place: Place) -> None:
    with place.locked():
        assert "This takes a moment" in place.ada.types("/reverse-mentor introduce").text
    assert place.ada.waits_to_see("No approved pair is waiting").ephemeral


def test_a_button_with_a_locked_database(place: Place) -> None:
    card = place.matches()
    with place.locked():
        assert place.ada.clicks("Approve", card).ok
        assert place.ada.waits_to_see("This takes a moment", channel=place.channel).ephemeral
        assert "Approved by" not in place.card()
    soon(lambda: "Approved by" in place.card())


def test_a_form_with_a_locked_database(place: Place) -> None:
    place.ada.types("/reverse-mentor setup")
    place.ada.fills("Name", "Downside Up")
    with place.locked():
        outcome = place.ada.submits()
        assert outcome.view is not None
        assert SAVING in outcome.view
    assert "Downside Up" in place.done()
    assert place.name == "Downside Up"


def test_a_form_comes_back_with_what_was_filled_in_and_can_be_sent_again(place: Place) -> None:
    public = place.slack.add_channel("everybody", members=[place.ada], bot=True)
    place.ada.types("/reverse-mentor setup")
    place.ada.fills("Name", "Downside Up")
    place.ada.fills("Leads' channel", public)
    place.slack.faults.slow("conversations.info", delay=0.4, times=1)
    outcome = place.ada.submits()
    assert outcome.view is not None
    assert SAVING in outcome.view
    again = place.done()
    assert "This is not saved yet. Everything that you filled in is still here." in again
    assert "⚠" in again
    assert place.name == "Upside Down"
    place.ada.fills("Leads' channel", place.channel)
    assert place.ada.submits().view is not None
    assert "Downside Up" in place.done()
    assert place.name == "Downside Up"
