"""No press, whatever its value says, takes a message away that is on record."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, product
from typing import Any

import pytest

from handlers.ids import Action
from mentoring.cards import pairs_in
from mentoring.messages import Kind, person_and_week
from program import checkins, outgoing
from storage import checkins as stored_checkins
from storage.outbox import letters as stored_letters
from storage.outbox.letters import Letter
from tests.effort import seeds
from tests.handlers import raw
from tests.handlers.world import World

GARBAGE = ("0", "987654", "-1", "x", "", None)
PARTS = 5
"""Two fifths of the presses among the slow proofs, and all with more effort."""

COPIED = (Action.APPROVE, Action.CHECKIN_MET, Action.IT_ARRIVED)


@pytest.fixture
def town(led: World) -> World:
    """A workspace with a message of every kind that has buttons on record."""
    for number in (1, 2, 3):
        led.couple(number)
    led.proposes()
    led.approves(1)
    led.introduces()
    led.delivers()
    for _ in range(20):
        led.clock.passes(hours=12)
        checkins.prompt_due(led.ctx)
        led.delivers()
    led.joins("Uma Unknown", "share", 1)
    letter = outgoing.due(led.ctx)[-1]
    leased = outgoing.lease(led.ctx, letter, "test")
    assert leased is not None
    outgoing.give_up(led.ctx, leased, "no answer")
    led.delivers()
    return led


def letters(world: World, *kinds: Kind) -> list[Letter]:
    """The messages of these kinds, or all, that stand in Slack."""
    with world.ctx.database.read() as tx:
        rows = [stored_letters.get(tx, row) for row in range(1, 1 + sum(stored_letters.tally(tx).values()))]
    return [one for one in rows if one and one.posted and (not kinds or one.notice.kind in kinds)]


def press(world: World, who: str, action: Action, value: str | None, channel: str, ts: str) -> None:
    where: dict[str, Any] = {
        "channel": {"id": channel},
        "container": {"type": "message", "channel_id": channel, "message_ts": ts, "is_ephemeral": False},
        "message": {"ts": ts},
    }
    assert raw.dispatch(world, raw.click(world, who, action, value, **where)).status == 200


def deleted(world: World) -> list[str]:
    return world.takes_copies_away()


def quiet(world: World) -> None:
    """Wait until every press has been worked through: a listener goes on after its ack."""
    world.app.listener_runner.listener_executor.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("part", seeds(1, 2, PARTS))
def test_no_press_takes_away_a_message_on_record(town: World, part: int) -> None:
    known = letters(town)
    places = list({one.notice.kind: one for one in known}.values())
    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda given: press(town, *given), islice(presses(town, places), part, None, PARTS)))
    quiet(town)
    assert deleted(town) == []


def presses(world: World, places: list[Letter]) -> Iterator[tuple[str, Action, str, str, str]]:
    """Every button on every message, with values of all kinds, by its reader and by somebody else."""
    subjects = [one.notice.subject for one in places if one.notice.subject.isdigit()]
    for action, place in product(Action, places):
        where = (place.channel or "", place.ts or "")
        for value in (place.notice.subject, *subjects, str(place.id), "987654", "x"):
            yield reader(world, place), action, value, *where
        yield world.outsider.id, action, subjects[0], *where


def reader(world: World, letter: Letter) -> str:
    """Somebody who reads a message and may use its buttons."""
    recipient = letter.notice.recipient
    return recipient.removeprefix("person:") if recipient.startswith("person:") else world.lead.id


def copy_of(world: World, action: Action) -> tuple[str, str, str]:
    """Somebody who may press, the value, and the channel of a message with that button."""
    kind = {
        Action.APPROVE: Kind.CARD,
        Action.CHECKIN_MET: Kind.CHECKIN,
        Action.IT_ARRIVED: Kind.UNCONFIRMED,
    }[action]
    original = letters(world, kind)[-1]
    who, value = reader(world, original), original.notice.subject
    if kind is Kind.CARD:  # one message about several pairs
        value = str(pairs_in(value)[-1])
    if kind is Kind.CHECKIN:  # one message about every pair of that week
        with world.ctx.database.read() as tx:
            value = str(stored_checkins.of_person_in_week(tx, 1, *person_and_week(value))[0].id)
    return who, value, original.channel or ""


@pytest.mark.parametrize("action", COPIED)
def test_a_copy_goes_once_its_button_was_allowed(town: World, action: Action) -> None:
    who, value, channel = copy_of(town, action)
    copy = town.client.chat_postMessage(channel=channel, text="a copy")
    press(town, who, action, value, channel, copy["ts"])
    town.soon(lambda: deleted(town) == [copy["ts"]])


def test_a_message_stays_where_the_press_was_refused(town: World) -> None:
    for action in COPIED:
        who, right, channel = copy_of(town, action)
        copy = town.client.chat_postMessage(channel=channel, text="a copy")
        for value in GARBAGE:
            press(town, who, action, value, channel, copy["ts"])
        press(town, town.outsider.id, action, right, channel, copy["ts"])
    quiet(town)
    assert deleted(town) == []
