"""Who sees no blocks reads the texts, types what they name, and gets everything done that leads do beside decisions."""

from __future__ import annotations

import re

import pytest

from mentoring.checkins import Answer
from mentoring.pairings import PairState
from program import approvals, checkins
from sandbox import Person
from tests.handlers.test_review import offered
from tests.handlers.world import World


@pytest.fixture
def people(led: World) -> list[Person]:
    """Two mentors of whom each could teach each of two mentees."""
    skills = ["Podcasts", "Charts"]
    mentors = [led.joins(f"Mia {name}", "share", 2, shares=skills, wants=[]) for name in skills]
    return mentors + [led.joins(f"Max {name}", "learn", 6, shares=[], wants=skills) for name in skills]


def types(world: World, command: str) -> str:
    """What a lead reads who types that; every bit of it must have been named before, but for names and reasons."""
    answer = world.lead.types(f"/reverse-mentor {command}")
    assert answer.ok
    return answer.text


def words(text: str) -> set[str]:
    """The first words of the commands that a text names."""
    return {command.split()[0] for command in offered(text)}


def states(world: World) -> dict[int, PairState]:
    return {card.pair.id: card.pair.state for card in approvals.review(*world.as_lead()).cards}


def reads(world: World, part: str) -> str:
    """The text of the newest message in the leads' channel that says so."""
    world.clock.passes(seconds=10)
    world.delivers()
    seen = [one.text for one in world.lead.messages(world.leads_channel) if not one.ephemeral]
    return next(text for text in reversed(seen) if part in text)


def test_help_names_all_that_leads_can_type(led: World) -> None:
    wanted = (
        "swap pair fix forbid allow unfix wishes unmatched why-not calls rules ready remind invite rehearse"
    )
    text = types(led, "help")
    for word in [*wanted.split(), "holidays", "undo", "end", "rest", "hold", "release"]:
        assert re.search(rf"\b{word}\b", text), word
    assert text.endswith("Buttons: Open my profile, My status."), "it is read to its end"
    assert {"swap 12", "wishes", "help people"} <= set(offered(types(led, "help pairs")))
    assert {"why-not @Ana @Ben"} <= set(offered(types(led, "help why not")))
    outsider = led.outsider.types("/reverse-mentor help pairs")
    assert "swap" not in outsider.text
    assert "What you can type" in outsider.text


def test_a_swap_and_back(led: World, people: list[Person]) -> None:
    led.proposes()
    assert "swap 1" in offered(reads(led, "Pair 1"))
    assert "swap 1 1" in offered(types(led, "swap 1"))
    made = types(led, "swap 1 1")
    assert "pending" in words(made), "what was matched around it is to be decided on"
    assert "undo 3" in offered(reads(led, "Pair 3"))
    undone = types(led, "undo 3")
    assert "Pair 3: Waiting for a decision." in undone, "the pair is the best there is, so it is proposed"
    assert PairState.APPROVED not in states(led).values()
    assert led.complaints() == []


def test_two_by_hand_and_wishes(led: World, people: list[Person]) -> None:
    mia, other, max_, last = (f"<@{one.id}>" for one in people)
    listed = types(led, "wishes")
    assert {"fix", "forbid", "allow", "pair"} <= words(listed)
    assert "proposed first in this cycle" in types(led, f"fix {mia} {max_}")
    assert "not proposed" in types(led, f"forbid {other} {max_}")
    assert "That is taken back." in types(led, f"allow {other} {max_}")
    assert "pair" in words(types(led, "pair"))
    told = types(led, f"pair {other} {last}")
    if "yes" in told:
        told = types(led, f"pair {other} {last} yes")
    assert "Approved by" in told
    assert "teaches" in told
    assert led.complaints() == []


def test_who_is_without_a_partner_and_why_two_are_no_pair(led: World, people: list[Person]) -> None:
    alone = led.joins("Ana Alone", "learn", 5, shares=[], wants=["Falconry"])
    led.proposes()
    assert {"unmatched"} <= words(types(led, "help"))
    listed = types(led, "unmatched")
    assert f"<@{alone.id}>" in listed
    assert "why-not" in words(listed)
    assert "does not offer a skill" in types(led, f"why-not <@{people[0].id}> <@{alone.id}>")
    assert led.complaints() == []


@pytest.mark.slow
def test_before_a_cycle(led: World, people: list[Person]) -> None:
    rules = types(led, "rules")
    assert {"rules max-gap 3", "rules max-gap 3?"} <= set(offered(rules))
    types(led, "rules max-gap 3?")
    assert "Saved." in types(led, "rules max-gap 5")
    types(led, "ready")
    assert "remind" in words(led.lead.waits_to_see("Before cycle").text)
    assert "remind" not in words(types(led, "remind")), "nobody is left to remind"
    general = led.slack.add_channel("general", members=[led.lead, led.outsider], bot=True)
    assert "invite" in words(types(led, "invite"))
    assert "invite remind 1" in offered(types(led, f"invite <#{general.id}|general>"))
    types(led, "invite remind 1")
    types(led, "rehearse 4")
    assert "rehearse" in words(led.lead.waits_to_see("I would send").text)
    assert led.complaints() == []


def test_a_call_for_help_until_the_pair_ends(led: World) -> None:
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
    told = led.lead.waits_to_see("asked for help").text
    take = f"take-call {asked.id}"
    assert take in offered(told)
    assert take in offered(types(led, "calls"))
    types(led, take)
    done = f"call-done {asked.id}"
    assert done in offered(types(led, "calls"))
    types(led, done)
    assert "end 1" in offered(reads(led, "Pair 1"))
    types(led, "end 1 They moved")
    assert states(led)[1] is PairState.ENDED
    assert led.complaints() == []


def test_what_a_rule_would_decide(led: World, people: list[Person]) -> None:
    assert "Saved." in types(led, "rules approve-after 3")
    led.proposes()
    assert {"hold 1", "approve 1"} <= set(offered(reads(led, "Pair 1")))
    assert "Held by" in types(led, "hold 1")
    assert {"release 1", "hold 1"} <= set(offered(reads(led, "Pair 1"))), "the other pair can still be held"
    assert "Held by" not in types(led, "release 1")
    assert "release" not in words(reads(led, "Pair 1"))
    assert led.complaints() == []


def test_how_it_stands_and_what_to_do_next(led: World, people: list[Person]) -> None:
    led.proposes()
    steps = offered(types(led, "digest"))
    assert "pending" in steps or "review" in steps
    for step in steps:
        assert "I do not know" not in types(led, step), step
    types(led, "report")
    assert led.complaints() == []
