"""Journeys of leads through the review and the cards: all at once, undo, hold, end and rest; tapped and typed."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from mentoring.pairings import Pair, PairState
from mentoring.programs import CheckedProgram
from program import introductions
from sandbox import Message, Person
from storage import audit, members, pairs, programs
from storage.database import Tx
from tests.handlers import raw
from tests.handlers.test_direct import asks
from tests.handlers.world import World

TAPS_AT_MOST = 15


def pair(world: World, number: int) -> Pair:
    with world.ctx.database.read() as tx:
        return pairs.of_id(tx, number)


def state(world: World, number: int) -> PairState:
    return pair(world, number).state


def counts(world: World) -> dict[PairState, int]:
    with world.ctx.database.read() as tx:
        return pairs.counts(tx, 1)


def knows_the_lines(world: World) -> None:
    """Everybody's manager is known, so that no pair needs a look."""
    boss = world.joins("Bea Boss", "learn", 8, shares=[], wants=["Gardening"])

    def named(tx: Tx) -> None:
        program = programs.find(tx, world.workspace)
        assert program is not None
        for member in members.of_program(tx, program.id).values():
            if member.person.id != boss.id:
                profile = replace(member.profile, manager_id=boss.id)
                members.save(tx, world.workspace, replace(member, profile=profile))

    with world.ctx.database.write() as tx:
        named(tx)


@pytest.fixture
def quiet(led: World) -> World:
    """More pairs than get cards, of which none needs a look."""
    for number in range(1, 24):
        led.couple(number)
    knows_the_lines(led)
    led.proposes()
    return led


class Taps:
    """A lead whose taps are counted; one that Slack asks about again counts twice."""

    def __init__(self, person: Person) -> None:
        self._person, self.number = person, 0

    def on(self, words: str, asks: bool = False, **place: str) -> None:
        self.number += 2 if asks else 1
        self._person.clicks(words, **place)  # type: ignore[arg-type]  # as the sandbox takes them


def in_modal(world: World, words: str, person: Person | None = None) -> str:
    """The text of the open review once it says this."""
    lead = person or world.lead
    world.soon(lambda: lead.modal is not None and words in lead.modal.text)
    return lead.waits_for_modal().text


def test_all_at_once_with_a_count_to_confirm(quiet: World) -> None:
    taps = Taps(quiet.lead)
    taps.on("Review pairs", containing="Cycle 1")
    modal = quiet.lead.waits_for_modal(title="Review pairs")
    (button,) = [
        one
        for block in modal.blocks
        for one in block.get("elements", ())
        if one["action_id"] == "approve_all"
    ]
    assert button["confirm"]["title"]["text"] == "Approve 23 pairs?"
    taps.on("Approve 23 pairs", asks=True)
    assert "23 pairs are approved." in in_modal(quiet, "All decided.")
    quiet.delivers()
    assert counts(quiet) == {PairState.APPROVED: 23}
    assert taps.number <= TAPS_AT_MOST
    assert quiet.complaints() == []


@pytest.mark.slow
def test_five_hundred_pairs_are_reviewed_in_a_few_taps(led: World) -> None:
    for number in range(500):
        led.couple(number)
    knows_the_lines(led)
    led.proposes()
    taps = Taps(led.lead)
    taps.on("Review pairs", containing="Cycle 1")
    in_modal(led, "500 left to decide.")
    taps.on("Approve 450 pairs", asks=True)
    in_modal(led, "50 left to decide.")
    taps.on("Approve 50 pairs", asks=True)
    in_modal(led, "All decided.")
    assert counts(led) == {PairState.APPROVED: 500}
    assert taps.number == 5 <= TAPS_AT_MOST
    assert led.complaints() == []


def test_what_changed_since_the_review_was_opened_is_not_approved_blindly(quiet: World) -> None:
    quiet.lead.clicks("Review pairs", containing="Cycle 1")
    quiet.lead.waits_for_modal(title="Review pairs")
    quiet.other_lead.types("/reverse-mentor decline 3 No")
    quiet.lead.clicks("Approve 23 pairs")
    told = in_modal(quiet, "22 pairs are approved.")
    assert "Pair 3 was decided by somebody else meanwhile." in told
    assert state(quiet, 3) is PairState.DECLINED


def test_the_review_is_sieved_by_menus(quiet: World) -> None:
    lead = quiet.lead
    lead.types("/reverse-mentor review")
    lead.waits_for_modal(title="Review pairs")
    lead.selects("review_skill", "Topic number 7")
    assert "1 pair of 23 shown." in in_modal(quiet, "of 23 shown")
    lead.selects("review_skill", "Any skill")
    in_modal(quiet, "page 1 of 3")
    lead.selects("review_shows", "Waiting, with something to look at")
    in_modal(quiet, "No pair is like that.")
    lead.selects("review_shows", "All pairs")
    in_modal(quiet, "page 1 of 3")
    somebody = quiet.slack.person(pair(quiet, 9).mentor_id)
    lead.selects("review_person", somebody)
    assert "Pair 9" in in_modal(quiet, "1 pair of 23 shown.")
    lead.clicks("Everybody")
    in_modal(quiet, "page 1 of 3")
    assert quiet.complaints() == []


def test_a_decided_pair_stays_in_its_place_with_undo(quiet: World) -> None:
    lead = quiet.lead
    lead.types("/reverse-mentor review")
    lead.waits_for_modal(title="Review pairs")
    lead.clicks("review_approve")
    in_modal(quiet, "22 left to decide.")
    lead.clicks("Undo")
    in_modal(quiet, "23 left to decide.")
    assert state(quiet, 1) is PairState.PROPOSED
    assert lead.waits_for_modal().buttons.count("Approve") == 10


def clicks_at_random(world: World, couples: int, leads: int, clicks: int, seed: int) -> None:
    """So many leads press buttons of cards that may be stale; in the end, the cards show what the log says."""

    def clicks_once(place: int) -> int:
        rng = random.Random(seed * 10_000 + place)
        by = (world.lead if place % 2 else world.other_lead).id
        number = str(rng.randint(1, couples))
        what = rng.choice(("approve", "approve", "undo", "undo", "hold", "decline"))
        if what == "decline":
            reason = {"reason": {"value": "At random"}}
            return raw.dispatch(world, raw.submission(world, by, what, reason, number)).status
        return raw.dispatch(world, raw.click(world, by, what, number)).status

    with ThreadPoolExecutor(leads) as pool:
        assert set(pool.map(clicks_once, range(clicks))) == {200}
    world.clock.passes(seconds=10)
    world.delivers()
    world.soon(lambda: shows_what_is_so(world, couples))
    world.introduces()
    with world.ctx.database.read() as tx:
        entries = [one for one in audit.entries(tx, 1) if one[2] in ("approved", "declined", "undo")]
    last = {int(subject): what for _, _, what, subject in entries}
    for number in range(1, couples + 1):
        approved = last.get(number) == "approved"
        assert (state(world, number) is PairState.INTRODUCED) == approved, f"pair {number}"
    assert world.complaints() == []


def shows_what_is_so(world: World, couples: int) -> bool:
    """Whether each card in the channel shows its pair as it is."""
    words = {PairState.APPROVED: "Approved by", PairState.DECLINED: "Declined by"}
    for number in range(1, couples + 1):
        lines = world.card(number).full_text.split("\n")
        at = next(place for place, line in enumerate(lines) if re.search(rf"Pair {number}\b", line))
        told = "\n".join(lines[at : at + 2])
        is_shown = words.get(state(world, number), "Fits ")
        if is_shown not in told:
            return False
    return True


def proposes(world: World, couples: int) -> None:
    for number in range(1, couples + 1):
        world.couple(number)
    world.proposes()


def test_leads_click_at_random_on_the_cards_of_a_few_pairs(led: World) -> None:
    proposes(led, 7)
    clicks_at_random(led, 7, leads=6, clicks=60, seed=1)


@pytest.mark.slow
def test_twenty_leads_click_at_random_on_the_cards(led: World) -> None:
    proposes(led, 20)
    clicks_at_random(led, 20, leads=20, clicks=2_000, seed=2)


@pytest.fixture
def proposed(led: World) -> World:
    """Two proposed pairs, with their cards in one message."""
    led.couple(1)
    led.couple(2)
    led.proposes()
    return led


def test_undo_on_the_card(proposed: World) -> None:
    proposed.lead.clicks("Approve", proposed.card(1))
    proposed.soon(lambda: state(proposed, 1) is PairState.APPROVED)
    proposed.delivers()
    proposed.other_lead.clicks("Undo", proposed.card(1))
    proposed.soon(lambda: state(proposed, 1) is PairState.PROPOSED)
    proposed.delivers()
    assert proposed.card(1).buttons == ("Approve", "Decline", "Swap") * 2
    assert proposed.complaints() == []


def test_a_stale_undo_says_what_is_so_now(proposed: World) -> None:
    proposed.approves(1)
    proposed.delivers()
    introductions.introduce_now(*proposed.as_lead())
    body = raw.click(proposed, proposed.lead.id, "undo", "1")
    assert raw.dispatch(proposed, body).status == 200
    told = proposed.lead.waits_to_see("Its introduction cannot be undone.")
    assert told.ephemeral
    assert "`/reverse-mentor end 1`" in told.text
    assert state(proposed, 1) is PairState.INTRODUCED


@pytest.mark.parametrize("action", ["undo", "hold", "release", "close_pair", "approve", "decline"])
def test_any_button_of_an_old_card_answers_with_what_is_so_now(proposed: World, action: str) -> None:
    """The pair was withdrawn long ago, and none of its buttons does anything any more."""
    with proposed.ctx.database.write() as tx:
        pairs.move(tx, pairs.of_id(tx, 1), PairState.WITHDRAWN)
    before = proposed.lead.messages(proposed.leads_channel)
    assert raw.dispatch(proposed, raw.click(proposed, proposed.lead.id, action, "1")).status == 200
    told = proposed.soon(lambda: proposed.lead.messages(proposed.leads_channel)[len(before) :])[0]
    assert told.text.startswith("Pair 1: This pair was withdrawn.")
    assert state(proposed, 1) is PairState.WITHDRAWN


def introduced(world: World) -> Message:
    world.approves(1)
    world.introduces()
    world.delivers()
    return world.card(1)


def test_a_pair_is_ended_from_its_card(proposed: World) -> None:
    proposed.lead.clicks("End or rest", introduced(proposed))
    form = proposed.lead.waits_for_modal(title="End or rest a pair")
    assert "Only the program's leads see this." in str(form.blocks)
    proposed.lead.fills("Reason for ending it", "They <b>moved</b>")
    assert proposed.lead.submits().closed
    assert (state(proposed, 1), pair(proposed, 1).note) == (PairState.ENDED, "They <b>moved</b>")
    proposed.delivers()
    card = proposed.card(1).full_text
    assert "Ended by @Lea Lead." in card
    assert "moved" not in card
    assert proposed.complaints() == []


def test_a_pair_rests_from_its_card(proposed: World) -> None:
    proposed.lead.clicks("End or rest", introduced(proposed))
    proposed.lead.waits_for_modal(title="End or rest a pair")
    proposed.lead.fills("What shall happen", "Let it rest until a day")
    proposed.lead.fills("Rest until", proposed.clock().date().isoformat())
    assert "is not after today" in proposed.lead.submits().errors["Rest until"]
    proposed.lead.fills("Rest until", "2026-11-20")
    assert proposed.lead.submits().closed
    proposed.delivers()
    assert "It rests until Friday, November 20, 2026." in proposed.card(1).full_text


def test_every_decision_can_be_typed(proposed: World) -> None:
    lead = proposed.lead

    def says(text: str) -> str:
        return lead.types(f"/reverse-mentor {text}").text

    assert f"Held by <@{lead.id}>." in says("hold 1")
    assert says("release 1") == "Pair 1: Waiting for a decision."
    assert "Declined by" in says("decline 2 Too far apart")
    assert "Waiting for a decision" in says("undo 2")
    assert "There is no decision" in says("undo 2")
    assert "There is no pair" in says("undo 99")
    assert "Say which pair" in says("undo")
    told = says("approve all")
    assert "something to look at, or are on hold" in told
    assert "Approved by" in says("approve 1 2")
    assert "2 pairs are being introduced" in says("introduce")
    proposed.delivers()
    assert "It rests until Friday, November 20, 2026" in says("rest 1 until Nov 20")
    assert "I cannot read" in says("rest 1 soon")
    assert "/reverse-mentor rest 1 until Friday" in says("rest 1 soon")
    assert "It rests" not in says("undo 1")
    assert "Ended by" in says("end 1 They moved")
    assert state(proposed, 1) is PairState.ENDED
    assert "Only a pair that was introduced can be ended" in says("end 1")


def test_all_at_once_is_typed_with_the_code_of_what_was_seen(quiet: World) -> None:
    asked = quiet.lead.types("/reverse-mentor approve all").text
    assert "This approves 23 pairs." in asked
    line = next(one for one in asked.split("`") if one.startswith("/reverse-mentor approve all 23-"))
    quiet.other_lead.types("/reverse-mentor approve 5")
    again = quiet.lead.types(line).text
    assert again.startswith("Something has changed since, so nothing is approved yet.")
    assert counts(quiet)[PairState.APPROVED] == 1
    line = next(one for one in again.split("`") if one.startswith("/reverse-mentor approve all 22-"))
    quiet.lead.types(line)
    quiet.soon(lambda: counts(quiet) == {PairState.APPROVED: 23})
    assert "No pair is waiting" in quiet.lead.types("/reverse-mentor approve all").text


def test_words_that_begin_sentences_are_no_commands_in_a_direct_message(proposed: World) -> None:
    for text in ("hold on, I have a question", "end of the week is fine", "rest is for the weekend"):
        assert "Say which pair" not in asks(proposed, proposed.other_lead, text).text
    assert counts(proposed) == {PairState.PROPOSED: 2}


def offered(text: str) -> list[str]:
    """The commands that a text names."""
    return re.findall(r"`/reverse-mentor ([^`]+)`", text)


def test_every_text_alone_is_enough_to_act(proposed: World) -> None:
    """A lead whose client shows no blocks reads the texts, types what they name, and finishes every job."""
    lead = proposed.lead

    def reads(part: str) -> list[str]:
        proposed.clock.passes(seconds=10)
        proposed.delivers()
        seen = [one.text for one in lead.messages(proposed.leads_channel) if not one.ephemeral]
        return offered(next(text for text in reversed(seen) if part in text))

    def types(command: str) -> list[str]:
        return offered(lead.types(f"/reverse-mentor {command}").text)

    assert {"review", "approve all"} <= set(reads("Cycle 1"))
    assert {"approve 1", "decline 1"} <= set(reads("Pair 1"))
    types("approve 1")
    assert {"undo 1", "approve 2"} <= set(reads("Pair 1"))
    types("undo 1")
    types("decline 2 They share a desk")
    assert {"undo 2", "approve 1"} <= set(reads("Pair 1"))
    types("approve 1")
    reads("Pair 1")
    assert "All decided." in proposed.card(1).text
    assert "introduce" in types("help")
    types("introduce")
    proposed.delivers()
    assert "end 1" in reads("Pair 1")
    assert {"end 1", "rest 1 until Friday"} <= set(types("undo 1"))
    types("rest 1 until Nov 20")
    types("end 1 They moved")
    assert [state(proposed, number) for number in (1, 2)] == [PairState.ENDED, PairState.DECLINED]


def test_what_a_rule_will_do_is_stopped_by_the_text_alone(proposed: World) -> None:
    with proposed.ctx.database.write() as tx:
        program = programs.find(tx, proposed.workspace)
        assert program is not None
        rules = replace(program.rules, approve_after_days=2)
        settings = CheckedProgram(program.name, program.leads, program.leads_channel, program.calendar, rules)
        programs.save(tx, program.id, settings)
    proposed.delivers()
    proposed.clock.passes(seconds=10)
    proposed.delivers()
    (summary,) = [one.text for one in proposed.lead.messages(proposed.leads_channel) if "Cycle 1" in one.text]
    assert "Any pair is approved by itself when nobody has decided for 2 working days." in summary
    assert {"hold 12", "undo 12"} <= set(offered(summary))
    assert "the program's rule approves it by" in proposed.card(1).text
    assert "Held by @Lea Lead" in proposed.lead.types("/reverse-mentor hold 1").full_text
    proposed.delivers()
    assert "Held by @Lea Lead: no rule approves it." in proposed.card(1).full_text
    assert proposed.card(1).buttons[:4] == ("Approve", "Decline", "Swap", "Let the rule decide")
    proposed.lead.clicks("Let the rule decide", proposed.card(1))
    proposed.soon(lambda: pair(proposed, 1).held_by is None)
    assert proposed.complaints() == []
