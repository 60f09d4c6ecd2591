"""Many people press at once: each is answered in time and sees at once what came of it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import bot.transport.watch
from bot.transport.watch import RealTime
from mentoring.messages import Kind
from program import checkins
from program.outgoing import RowState
from sandbox import Message, Person, Sandbox
from storage.database import Database
from tests.handlers.world import MONDAY, World, app_config
from tests.harness import Clock, every_letter

COUPLES = 100


@pytest.fixture
def crowd(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A program with room for many at once, in which time runs out in a tenth of what Slack waits."""
    monkeypatch.setattr(bot.transport.watch, "ANSWER_WITHIN", 0.2)
    with Sandbox(app_config(), now=(clock := Clock(MONDAY)), rate_clock="off") as slack:
        world = World(slack, sqlite, clock, RealTime(), threads=64)
        world.opens()
        world.sets_up()
        yield world
        world.rests()
        world.closes()


def asked(world: World, couples: int) -> list[tuple[Person, Message]]:
    """So many pairs, and everybody in them with this week's question."""
    people = [person for number in range(1, couples + 1) for person in world.couple(number)]
    world.proposes()
    world.approves(*range(1, couples + 1))
    world.introduces()
    world.delivers()
    world.clock.passes(days=3, hours=2)
    checkins.prompt_due(world.ctx)
    world.delivers()
    return [(person, person.waits_to_see("Have you and")) for person in people]


@pytest.mark.slow
def test_two_hundred_taps_on_check_ins(crowd: World) -> None:
    questions = asked(crowd, COUPLES)
    half, updates = len(questions) // 2, len(crowd.calls("chat.update"))
    with ThreadPoolExecutor(half) as fingers:
        # Five times as long as an answer may take, as ten seconds are to the two of a running bot.
        crowd.slack.faults.slow(delay=1.0)
        taps = list(fingers.map(lambda one: one[0].clicks("We met", one[1]), questions[:half]))
        crowd.slack.faults.clear()
        assert [tap.ok for tap in taps] == [True] * half
        taps = list(fingers.map(lambda one: one[0].clicks("We met", one[1]), questions[half:]))
        assert [tap.ok for tap in taps] == [True] * half
    for person, question in questions:
        assert person.waits_to_see("Thank you").ts == question.ts
    assert len(crowd.calls("chat.update")) == updates, "nothing has been delivered yet"
    # The second answer of a pair lets the first one be looked at once more: both tell how often the two have met.
    crowd.delivers()
    assert prompts(crowd) == [RowState.SENT] * len(questions)
    assert [seen_by(person) for person, _ in questions] == [question.ts for _, question in questions]
    assert crowd.complaints() == []


def seen_by(person: Person) -> str:
    """Where somebody's question stands that their answer has turned into thanks."""
    thanks = person.sees("Thank you")
    return thanks.ts if thanks else ""


def prompts(world: World) -> list[RowState]:
    """How every question stands in the outbox."""
    return [one.state for one in every_letter(world.ctx.database) if one.notice.kind is Kind.CHECKIN]
