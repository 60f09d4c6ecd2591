"""The whole bot under a clock that is wrong: nothing is begun or ended by it, and people are answered all the same."""

from __future__ import annotations

import logging
import re
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import manifest
from bot.settings import Settings
from bot.slack.errors import Failure, FailureKind
from bot.wiring import Bot, Clocks
from mentoring.messages import Kind
from mentoring.people import Person, ProfileDraft
from mentoring.programs import ProgramDraft
from program import approvals, cycles, introductions, profiles, programs
from sandbox import AppConfig, Sandbox
from storage.outbox import letters
from storage.tables import metadata
from tests import any_day
from tests.patience import PATIENCE

WRONG = [timedelta(days=100), timedelta(days=-20_000)]


class Office:
    """A bot that is not started, in whose program two people are introduced; its machine's clock can be set."""

    def __init__(self, slack: Sandbox, folder: Path) -> None:
        self.ahead = timedelta()
        self.slack = slack
        self.settings = Settings(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            api_url=slack.api_url,
            database_url=f"sqlite:///{folder / 'bot.db'}",
        )
        self.bot = self.starts()
        self.ctx, self.workspace = self.bot.ctx, slack.team_id
        self._pairs_up()

    def starts(self) -> Bot:
        return Bot(self.settings, Clocks(lambda: any_day.now() + self.ahead, time.monotonic, compared=True))

    def _pairs_up(self) -> None:
        lead, workspace = self.slack.add_person("Lea Lead", admin=True), self.workspace
        channel = self.slack.add_channel("mentoring-leads", members=[lead], private=True, bot=True)
        draft = ProgramDraft(
            leads=(lead.id,),
            leads_channel=channel.id,
            first_start=any_day.today().isoformat(),
            working_days=any_day.EVERY_DAY,
        )
        programs.set_up(self.ctx, workspace, Person(lead.id, lead.name, admin=True), draft)
        self.joins("Mia", role="share", level=2, shares=("SQL",))
        self.joins("Max", role="learn", level=6, wants=("SQL",))
        cycles.match_now(self.ctx, workspace, lead.id)
        approvals.approve(self.ctx, workspace, lead.id, 1)
        introductions.introduce_now(self.ctx, workspace, lead.id)

    def joins(self, name: str, **answers: object) -> None:
        person = self.slack.add_person(name)
        given = ProfileDraft(languages=("English",), **answers)  # type: ignore[arg-type]  # the fields as they are
        profiles.save(self.ctx, self.workspace, Person(person.id, name), given)

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """All that is stored, table by table."""
        with self.bot.database.read() as tx:
            return {
                table.name: [tuple(row) for row in tx.execute(select(table))]
                for table in metadata.sorted_tables
            }


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A program in full swing."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as slack:
        office = Office(slack, tmp_path)
        # What is due on the first day is done.
        office.bot.tick()
        yield office
        office.bot.database.close()


@pytest.mark.parametrize("wrong", WRONG)
def test_no_tick_of_a_wrong_clock_changes_anything(
    office: Office, wrong: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    before = office.everything()
    office.ahead = wrong
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            office.bot.tick()
    assert office.everything() == before
    assert "nothing is begun or ended until they agree" in caplog.text
    office.ahead = timedelta()
    office.bot.tick()
    assert office.everything() == before


def test_without_the_comparison_one_tick_ends_it_all(office: Office) -> None:
    """What the comparison is for."""
    before = office.everything()
    trusting = Bot(office.settings, Clocks(lambda: any_day.now() + WRONG[0]))
    trusting.tick()
    trusting.database.close()
    assert office.everything()["pairs"] != before["pairs"]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_start_under_a_wrong_clock_changes_nothing(office: Office, wrong: timedelta) -> None:
    before = office.everything()
    office.ahead = wrong
    bot = office.starts()
    bot.tick()
    assert office.everything() == before
    assert abs(bot.ctx.now() - any_day.now()) < timedelta(minutes=1)
    office.ahead = timedelta()
    assert abs(bot.ctx.now() - any_day.now()) < timedelta(minutes=1)
    bot.database.close()


@pytest.mark.parametrize("wrong", WRONG)
def test_what_people_do_meanwhile_is_kept_with_the_right_time(office: Office, wrong: timedelta) -> None:
    office.ahead = wrong
    office.joins("Zoe", role="learn", level=4, wants=("SQL",))
    with office.bot.database.read() as tx:
        *_, letter = letters.due(tx, any_day.now(), 99)
    assert letter.notice.kind is Kind.WELCOME
    assert abs(letter.created_at - any_day.now()) < timedelta(minutes=1)


def test_the_sign_of_life_says_what_is_in_doubt(office: Office) -> None:
    office.settings = replace(office.settings, app_token=None, signing_secret="a-secret", http_port=0)
    bot = office.starts()
    bot.listen()
    try:
        assert bot._server is not None
        host, port = bot._server.address
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=PATIENCE) as answer:
            assert answer.read() == b"ok"
        circuit = bot.courier._traffic.circuit
        circuit.failed(Failure(FailureKind.AMBIGUOUS, "timeout"))
        office.slack.faults.http_error("auth.test", status=503, times=1)
        assert not circuit.allows()
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=PATIENCE) as answer:
            assert answer.read() == b"ok\nSlack does not answer. Messages wait until it does."
        circuit.answered()
        office.ahead = WRONG[0]
        bot.tick()
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=PATIENCE) as answer:
            assert re.fullmatch(rb"ok\nThis machine's clock says .* until they agree\.", answer.read())
    finally:
        bot._hang_up()
        bot.database.close()
