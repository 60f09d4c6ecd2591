"""Journey: the bot's process is killed in the middle of its work, and stopped as a service manager stops it."""

from __future__ import annotations

import sqlite3
from calendar import day_name
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import manifest
from sandbox import AppConfig, Person, Sandbox
from tests import any_day
from tests.bot.process import BotProcess
from tests.journeys import inspection
from tests.journeys.village import Village
from tests.patience import PATIENCE

A_WHILE = 30.0
"""More than the ten seconds that a message of uncertain fate is left to settle."""


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in real time, without a bot."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started
        assert started.duplicates() == []
        assert inspection.complaints(started) == []


@pytest.fixture
def process(slack: Sandbox, tmp_path: Path) -> Iterator[BotProcess]:
    """The bot as a process, which leaves nothing secret in its log, however it ends."""
    process = BotProcess(slack, tmp_path, LOG_LEVEL="DEBUG", REVERSE_MENTOR_TICK_SECONDS="0.2")
    process.starts()
    yield process
    process.is_killed()
    assert inspection.tokens_in(slack, process.log + inspection.everything_said(slack)) == []
    assert "Traceback" not in process.log


class OneLead(Village):
    """A workspace in real time, whose admin is the program's only lead."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack = slack
        self.admin = self.lead = slack.add_person("Lea Lead", admin=True)
        self.leads_channel = slack.add_channel("leads", members=[self.lead], private=True, bot=True)

    def sets_up(self, **answers: object) -> None:
        super().sets_up(**{"Leads' channel": self.leads_channel, **answers})


@pytest.fixture
def village(slack: Sandbox, process: BotProcess) -> OneLead:
    """A program whose first cycle begins in two weeks."""
    village = OneLead(slack)
    village.sets_up(First_start=any_day.today() + timedelta(weeks=2), Working_days=list(day_name))
    # What comes later is not behind the greeting of the leads.
    village.lead.waits_to_see("This is the leads' channel of", PATIENCE, village.leads_channel)
    return village


def killed_behind_a_welcome(slack: Sandbox, process: BotProcess, village: Village) -> list[Person]:
    """Three join, and the bot is killed when their welcomes are committed; it starts again, and the last two arrive."""
    # The first welcome takes long, so the others are committed and wait behind it.
    slack.faults.slow("chat.postMessage", delay=A_WHILE)
    ana = village.joins("Ana", "Associate", shares=["Podcasting"])
    ana.waits_to_see("You are in *Reverse mentoring*")
    ben = village.joins("Ben", "Director", wants=["Podcasting"])
    cleo = village.joins("Cleo", "Associate", shares=["Short video"])
    process.is_killed()
    assert village.welcomes(ben) == village.welcomes(cleo) == []

    process.starts()
    for person in (ben, cleo):
        person.waits_to_see("You are in *Reverse mentoring*", PATIENCE)
    return [ana, ben, cleo]


@pytest.mark.slow
def test_killed_between_the_commit_and_the_sending(
    slack: Sandbox, process: BotProcess, village: Village
) -> None:
    everybody = killed_behind_a_welcome(slack, process, village)
    assert process.is_stopped() == 0
    assert [len(village.welcomes(person)) for person in everybody] == [1, 1, 1]


NEVER_MATCHES = """
import threading
from program import cycles
cycles.match_now = lambda *who: threading.Event().wait()
from bot.__main__ import main
main()
"""
"""The bot, in which no matching comes to an end."""


@pytest.mark.slow
def test_killed_right_after_slack_heard_that_a_lead_asks_for_pairs(
    slack: Sandbox, process: BotProcess, village: OneLead, tmp_path: Path
) -> None:
    village.joins("Ana", "Associate", shares=["Podcasting"])
    village.joins("Ben", "Director", wants=["Podcasting"])
    assert process.is_stopped() == 0
    process.begins("-c", NEVER_MATCHES)
    slack.wait_for_connection(PATIENCE)
    assert village.lead.types("/reverse-mentor match", village.leads_channel).ok
    process.is_killed()

    # As if the machine had stood still for some minutes: until then, another process might be at it.
    with closing(sqlite3.connect(tmp_path / "reverse-mentor.db")) as database, database:
        database.execute("UPDATE cycles SET match_asked_at = datetime(match_asked_at, '-5 minutes')")
    process.starts()
    assert slack.wait_for(village.cards, PATIENCE)
    assert process.is_stopped() == 0
    assert len(village.cards()) == 1


@pytest.mark.slow
def test_killed_while_one_message_after_the_other_is_on_the_wire(
    slack: Sandbox, process: BotProcess, village: Village
) -> None:
    ana, ben, cleo = killed_behind_a_welcome(slack, process, village)

    # Meanwhile a lead asks for pairs, and the bot is killed while a card is on the wire.
    slack.faults.slow("chat.postMessage", delay=A_WHILE)
    village.lead.types("/reverse-mentor match", village.leads_channel)
    village.lead.waits_to_see("Cycle 1 of Reverse mentoring", PATIENCE, village.leads_channel)
    process.is_killed()
    process.starts()
    slack.wait_for(village.cards, PATIENCE)

    # Ana's welcome, of which the first process never heard, is found in her direct message and not sent again.
    assert slack.wait_for(lambda: looked(slack, ana), PATIENCE), "it was looked for"
    # The summary may not be looked for: the lead is asked about it, and has it.
    question = village.lead.waits_to_see("the summary of proposed pairs", PATIENCE)
    assert question.buttons == ("Send it again", "It arrived")
    village.lead.clicks("It arrived", question)
    assert slack.wait_for(lambda: village.lead.sees("Settled: it arrived"), PATIENCE)

    village.lead.clicks("Approve", village.cards()[0])
    assert slack.wait_for(lambda: "Approved by" in village.cards()[0], PATIENCE)
    # The group DM is opened, and the bot killed before it could say anything there.
    slack.faults.slow("conversations.open", delay=A_WHILE)
    village.lead.types("/reverse-mentor introduce", village.leads_channel)
    assert slack.wait_for(ana.group_dms, PATIENCE)
    process.is_killed()
    process.starts()
    ana.waits_to_see("brings you together", PATIENCE, ana.group_dms()[0])

    assert process.is_stopped() == 0
    assert len(ana.group_dms()) == len(ana.group_dms()[0].messages) == 1
    assert [len(village.welcomes(person)) for person in (ana, ben, cleo)] == [1, 1, 1]
    assert len(village.cards()) == 1


def looked(slack: Sandbox, person: Person) -> bool:
    """Whether the bot has read back its direct message with that person."""
    return any(call.args["channel"] == person.dm.id for call in slack.calls.to("conversations.history"))


@pytest.mark.slow
def test_stopped_while_a_message_is_on_the_wire(
    slack: Sandbox, process: BotProcess, village: Village
) -> None:
    slack.faults.slow("chat.postMessage", delay=1.0)
    ana = village.joins("Ana", "Associate", shares=["Podcasting"])
    ben = village.joins("Ben", "Associate", shares=["Podcasting"])
    ana.waits_to_see("You are in *Reverse mentoring*")
    assert process.is_stopped() == 0
    assert "Reverse Mentor has stopped" in process.log

    process.starts()
    ben.waits_to_see("You are in *Reverse mentoring*", PATIENCE)
    assert slack.calls.to("conversations.history") == [], "the answer was waited for, so nothing is uncertain"
    assert [len(village.welcomes(person)) for person in (ana, ben)] == [1, 1]
    assert process.is_stopped() == 0


def test_a_whole_cycle_from_zero(slack: Sandbox, process: BotProcess, tmp_path: Path) -> None:
    """With two tokens and an address in an empty folder: everything else is typed, clicked and filled in."""
    village = OneLead(slack)
    # The hour of today's introductions has passed.
    today = any_day.today()
    village.sets_up(
        First_start=today,
        Working_days=list(day_name),
        **{"Introductions:_day": day_name[today.weekday()], "Introductions:_time": "00:00"},
    )
    ana = village.joins("Ana", "Associate", shares=["Podcasting"])
    ben = village.joins("Ben", "Director", wants=["Podcasting"])
    cleo = village.joins("Cleo", "Associate", shares=["Short video"])
    dan = village.joins("Dan", "VP", wants=["Short video"])

    answer = village.lead.types("/reverse-mentor match", village.leads_channel)
    assert answer.ok
    cards = slack.wait_for(village.cards, PATIENCE) or []
    village.lead.clicks("Approve", cards[0])
    assert (
        "Approved by @Lea Lead"
        in village.lead.types("/reverse-mentor approve 2", village.leads_channel).full_text
    )
    for mentor, mentee in ((ana, ben), (cleo, dan)):
        assert slack.wait_for(mentor.group_dms, PATIENCE)
        mentor.waits_to_see(
            f"@{mentee.name}, choose one of these for a first talk", PATIENCE, mentor.group_dms()[0]
        )

    question = ana.types("/reverse-mentor checkin")
    assert "Have you and @Ben met this week?" in question.full_text
    ana.clicks("We met")
    assert slack.wait_for(lambda: ana.sees("Thank you. It is good to know that you and @Ben met."), PATIENCE)
    thanks = dan.types("/reverse-mentor checkin not-yet")
    assert "Thank you for telling me about @Cleo." in thanks.full_text
    help_asked = ben.types("/reverse-mentor checkin help")
    assert "@Lea Lead now knows. @Ana was not told." in help_asked.full_text
    village.lead.waits_to_see("@Ben asked for help with their pair", PATIENCE)

    assert slack.calls.errors() == {}
    assert process.is_stopped() == 0
    assert {path.name for path in tmp_path.iterdir()} == {"log", "reverse-mentor.db"}
