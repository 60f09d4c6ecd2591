"""Calls for help: taken, done and handed back with a button, in the list, on Home, and typed."""

from __future__ import annotations

import pytest

from mentoring.checkins import Answer
from program import calls, checkins
from sandbox import Person
from tests.handlers.world import World


@pytest.fixture
def number(led: World) -> int:
    """The number of a mentor's call for help, which both leads have on their screens."""
    mentor, _ = led.couple()
    led.proposes()
    led.approves(1)
    led.introduces()
    led.delivers()
    led.clock.passes(days=3, hours=2)
    checkins.prompt_due(led.ctx)
    led.delivers()
    asked = checkins.open_now(led.ctx, led.workspace, mentor.id)[0].checkin
    checkins.answer(led.ctx, led.workspace, mentor.id, asked.id, Answer.HELP)
    led.delivers()
    return asked.id


def owners(world: World, person: Person) -> list[str]:
    return [one.owner for one in calls.listed(world.ctx, world.workspace, person.id)]


def test_a_lead_takes_it_from_the_message_and_is_done(led: World, number: int) -> None:
    led.lead.clicks("I take it", led.lead.waits_to_see("asked for help"))
    led.soon(lambda: owners(led, led.lead) == [led.lead.id])
    led.delivers()
    assert led.other_lead.waits_to_see("Taken by @Lea Lead").buttons == ()
    led.lead.clicks("Done", led.lead.waits_to_see("Taken by @Lea Lead"))
    led.soon(lambda: owners(led, led.lead) == [])
    led.delivers()
    assert led.other_lead.waits_to_see("Done by @Lea Lead").buttons == ()
    assert led.complaints() == []


def test_the_second_to_take_it_reads_who_was_first(led: World, number: int) -> None:
    shown = led.other_lead.waits_to_see("asked for help")
    calls.take(led.ctx, led.workspace, led.lead.id, number)
    led.other_lead.clicks("I take it", shown)
    led.soon(lambda: [one for one in led.other_lead.messages() if "has taken this call already" in one])
    assert owners(led, led.other_lead) == [led.lead.id]


def test_everything_can_be_typed(led: World, number: int) -> None:
    listed = led.lead.types("/reverse-mentor calls")
    assert "Asked for help: 1, nobody has taken it" in listed.text
    assert f"`/reverse-mentor take-call {number}`" in listed.text
    assert f"You have taken call {number}." in led.lead.types(f"/reverse-mentor take-call {number}").text
    assert "has taken this call already" in led.other_lead.types(f"/reverse-mentor take call {number}").text
    assert "Taken by you." in led.lead.types("/reverse-mentor calls").text
    assert "waits for somebody" in led.lead.types(f"/reverse-mentor hand-back {number}").text
    assert "is done." in led.other_lead.types(f"/reverse-mentor call-done {number}").text
    assert "is done with this call already" in led.lead.types(f"/reverse-mentor take-call {number}").text
    assert "No call for help" in led.lead.types("/reverse-mentor calls").text
    assert "no call for help with that number" in led.lead.types("/reverse-mentor take-call 999").text
    for word in ("take-call", "call-done soon", "hand-back 1 2"):
        assert "Say which call by its number" in led.lead.types(f"/reverse-mentor {word}").text
    assert led.complaints() == []


def test_the_list_is_shown_anew_where_it_stands(led: World, number: int) -> None:
    led.lead.types("/reverse-mentor calls", led.leads_channel)
    listed = next(one for one in led.lead.messages(led.leads_channel) if "Asked for help" in one)
    led.lead.clicks("I take it", listed)
    led.soon(lambda: any("Taken by you" in one for one in led.lead.messages(led.leads_channel)))
    assert not any("Asked for help" in one for one in led.other_lead.messages(led.leads_channel))


def test_it_stands_on_the_home_of_those_who_were_told(led: World, number: int) -> None:
    assert "Asked for help: 1, nobody has taken it" in led.lead.opens_home().text
    led.lead.clicks("I take it", where="home")
    led.soon(lambda: led.lead.home is not None and "Asked for help: 1, taken" in led.lead.home.text)
    assert "Asked for help" not in led.outsider.opens_home().text
    assert led.complaints() == []
