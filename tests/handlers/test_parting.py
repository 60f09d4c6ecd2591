"""Ways out of a pair with buttons, in the menu beside a question, on Home and typed."""

from __future__ import annotations

from dataclasses import replace

from handlers.ids import Action
from mentoring.pairings import PairState
from mentoring.partings import Choice
from program import members, misfits, parting
from sandbox import Person
from storage import members as stored
from storage import pairs, partings
from tests.handlers.world import World

SECRET = "Quillwhistle"


def introduced(world: World) -> tuple[Person, Person]:
    both = world.couple()
    world.matches()
    world.approves(1)
    world.introduces()
    world.delivers()
    return both


def choice(world: World, person: Person) -> Choice | None:
    with world.ctx.database.read() as tx:
        found = partings.alone(tx, 1, person.id)
    return found.choice if found else None


def state(world: World) -> PairState:
    with world.ctx.database.read() as tx:
        return pairs.of_id(tx, 1).state


def test_home_ends_a_pair_and_offers_what_comes_next(led: World) -> None:
    mentor, mentee = introduced(led)
    mentor.opens_home()
    mentor.clicks("End this pair")
    modal = mentor.waits_for_modal()
    assert f"Your pair with @{mentee.name} is over." in modal
    mentor.clicks("Find somebody new", where="modal")
    led.soon(lambda: choice(led, mentor) is Choice.NEW)
    led.delivers()
    told = mentee.waits_to_see("has closed your pair")
    assert "wish" not in told
    mentee.clicks("Rest until the next cycle", told)
    led.soon(lambda: choice(led, mentee) is Choice.REST)
    led.delivers()
    assert "You rest until the next cycle" in mentee.waits_to_see("has closed your pair")
    assert led.complaints() == []


def test_typed_it_asks_first_and_a_reason_stays_with_its_author(led: World) -> None:
    mentor, mentee = introduced(led)
    assert "Would you like to end your pair" in mentor.types("/reverse-mentor partner end").text
    assert state(led) is PairState.INTRODUCED
    mentor.clicks("End this pair", containing="Would you like to end your pair")
    mentor.waits_to_see("is over.")
    mentor.types(f"/reverse-mentor partner why 1 {SECRET}")
    led.delivers()
    for person in (mentee, led.lead):
        assert not [one for one in person.messages() if SECRET in one]
    assert not [one for one in led.lead.messages(led.leads_channel) if SECRET in one]


def test_the_form_lets_leads_read_a_reason_only_with_the_tick(led: World) -> None:
    mentor, mentee = introduced(led)
    mentor.types("/reverse-mentor partner end yes")
    mentor.clicks("Say why", containing="is over.")
    mentor.waits_for_modal(title="Why it ended")
    mentor.fills("Why did you end it?", SECRET)
    mentor.fills("Who may read it", ["The program's leads may read this"])
    mentor.submits()
    led.soon(lambda: parting.said(led.ctx, led.workspace, mentor.id, 1).leads_may_read)
    led.delivers()
    assert SECRET in led.lead.waits_to_see("lets the leads read why")
    assert not [one for one in mentee.messages() if SECRET in one]
    assert "leads who are not in the pair, and never your partner" in mentor.waits_for_modal().text
    mentor.clicks("Change this", where="modal")
    mentor.waits_for_modal(title="Why it ended")
    mentor.fills("Who may read it", [])
    mentor.submits()
    led.delivers()
    led.lead.waits_to_see("there is nothing to read here any more")


def test_a_note_about_a_break_is_answered_typed_and_with_a_word_to_the_bot(led: World) -> None:
    mentor, mentee = introduced(led)
    members.pause(led.ctx, led.workspace, mentee.id)
    led.delivers()
    assert "You rest until the next cycle" in mentor.types("/reverse-mentor partner rest").text
    assert choice(led, mentor) is Choice.REST
    mentor.says("partner wait")
    led.soon(lambda: choice(led, mentor) is Choice.WAIT)
    before = len(mentor.messages())
    mentor.says("Partner is new here, thank you")
    led.soon(lambda: len(mentor.messages()) >= before + 2)
    assert choice(led, mentor) is Choice.WAIT, "a sentence is no choice"


def test_nothing_is_left_to_choose_once_the_partner_is_back(led: World) -> None:
    mentor, mentee = introduced(led)
    assert "nothing left to choose" in mentor.types("/reverse-mentor partner new").text
    members.pause(led.ctx, led.workspace, mentee.id)
    led.delivers()
    note = mentor.waits_to_see("is taking a break")
    members.resume(led.ctx, led.workspace, mentee.id)
    mentor.clicks("Find somebody new", note)
    mentor.waits_to_see("nothing left to choose")
    assert state(led) is PairState.INTRODUCED


def test_the_menu_beside_a_question_asks_before_it_ends_anything(led: World) -> None:
    mentor, _ = introduced(led)
    mentor.types("/reverse-mentor checkin", channel=mentor.dm)
    mentor.selects(Action.PAIR_MORE, "End this pair", mentor.waits_to_see("Have you and"))
    asked = mentor.waits_to_see("Would you like to end your pair")
    assert state(led) is PairState.INTRODUCED
    mentor.clicks("End this pair", asked)
    led.soon(lambda: state(led) is PairState.ENDED)
    assert led.complaints() == []


def test_a_lead_lets_a_pair_go_on_that_breaks_a_rule_by_now(led: World) -> None:
    mentor, _ = introduced(led)
    with led.ctx.database.write() as tx:
        member = stored.get(tx, 1, mentor.id)
        assert member is not None
        promoted = replace(member, profile=replace(member.profile, level=8))
        stored.correct(tx, [(member, promoted)])
    misfits.due(led.ctx)
    led.delivers()
    asked = led.lead.waits_to_see("does not fit a rule any more", channel=led.leads_channel)
    assert mentor.types("/reverse-mentor keep 1").text.startswith("Only the program's leads")
    led.lead.clicks("Let it go on", asked)
    led.soon(lambda: "goes on as it is" in led.lead.messages(led.leads_channel)[-1])
    assert "goes on as it is" in led.lead.types("/reverse-mentor keep 1", led.leads_channel).text
    assert state(led) is PairState.INTRODUCED
