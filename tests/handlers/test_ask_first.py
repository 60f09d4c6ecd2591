"""The question before an introduction in Slack: buttons, the form for times, Home, and typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from mentoring.ask_first import Said
from mentoring.pairings import PairState
from program import ask_first, before_intro, late_pairs
from sandbox import Person
from storage import asks, pairs, programs
from tests.handlers import raw
from tests.handlers.world import World

THURSDAY = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
QUESTION = "would you like to learn from"


@pytest.fixture
def mentee(led: World) -> Person:
    """Whoever is asked about pair 1, with the question on screen."""
    with led.ctx.database.write() as tx:
        program = programs.get(tx, 1)
        assert program is not None
        programs.set_rules(tx, 1, replace(program.rules, ask_first=True))
    _, asked = led.couple()
    led.matches()
    led.approves(1)
    before_intro.ask_due(led.ctx)
    led.delivers()
    return asked


def state(led: World) -> PairState:
    with led.ctx.database.read() as tx:
        return pairs.of_id(tx, 1).state


def said(led: World) -> Said | None:
    with led.ctx.database.read() as tx:
        found = asks.get(tx, 1)
    assert found is not None
    return found.said


def slots(led: World) -> tuple[datetime, ...]:
    with led.ctx.database.read() as tx:
        return asks.slots_of(tx, 1)


def test_a_yes_opens_the_form_and_wrong_times_are_told_with_nothing_lost(led: World, mentee: Person) -> None:
    mentee.clicks("Yes, introduce us", mentee.waits_to_see(QUESTION))
    led.soon(lambda: mentee.modal is not None)
    mentee.fills("First time", THURSDAY)
    mentee.fills("Second time", THURSDAY + timedelta(days=2))
    refused = mentee.submits()
    (told,) = refused.errors.values()
    assert "outside your working time" in told
    mentee.fills("Second time", THURSDAY + timedelta(days=1))
    assert not mentee.submits().errors
    led.soon(lambda: slots(led) == (THURSDAY, THURSDAY + timedelta(days=1)))
    led.delivers()
    assert "When you can meet" in mentee.waits_to_see("You said yes")
    assert led.complaints() == []


def test_whoever_closes_the_form_has_said_yes(led: World, mentee: Person) -> None:
    mentee.clicks("Yes, introduce us", mentee.waits_to_see(QUESTION))
    led.soon(lambda: mentee.modal is not None)
    mentee.closes_modal()
    led.delivers()
    agreed = mentee.waits_to_see("You said yes")
    assert "Offer times" in agreed.buttons
    mentee.clicks("Offer times", agreed)
    led.soon(lambda: mentee.modal is not None)
    mentee.fills("First time", THURSDAY)
    assert not mentee.submits().errors
    led.soon(lambda: slots(led) == (THURSDAY,))


def test_not_this_time_asks_in_one_tap_what_is_wanted_instead(led: World, mentee: Person) -> None:
    mentee.clicks("Not this time", mentee.waits_to_see(QUESTION))
    led.soon(lambda: state(led) is PairState.WITHDRAWN)
    led.delivers()
    kept = mentee.waits_to_see("Shall I look for somebody else")
    mentee.clicks("Skip this cycle", kept)
    led.delivers()
    told = mentee.waits_to_see("You skip this cycle")
    assert told.buttons == ("Look for somebody else", "Yes after all")
    assert "They are not free for a new pairing with each other." in led.card(1)
    assert led.complaints() == []


def test_a_no_by_mistake_is_taken_back_in_one_tap_or_typed(led: World, mentee: Person) -> None:
    """The pair waits for the leads again, and for nothing of the mentee's."""
    mentee.clicks("Not this time", mentee.waits_to_see(QUESTION))
    led.soon(lambda: state(led) is PairState.WITHDRAWN)
    led.delivers()
    mentee.clicks("Yes after all", mentee.waits_to_see("Shall I look for somebody else"))
    led.soon(lambda: said(led) is Said.YES)
    led.delivers()
    assert mentee.waits_to_see("If the program's leads approve it again").buttons == ()
    assert "open any more" in mentee.types("/reverse-mentor say-yes 1").text, "it is said already"
    assert late_pairs.due(led.ctx) == 1
    assert state(led) is PairState.PROPOSED
    led.approves(1)
    mentee.types("/reverse-mentor not-this-time 1")
    assert "If the program's leads approve it again" in mentee.types("/reverse-mentor say-yes 1").text
    assert led.complaints() == []


def refusals(led: World) -> list[str]:
    told = [str(call.args["text"]) for call in led.calls("chat.postEphemeral")]
    return [text for text in told if text.startswith("That question is not open any more")]


def refused_so_often(world: World, often: int) -> bool:
    return len(refusals(world)) == often


def test_a_second_click_and_a_late_one_do_nothing(led: World, mentee: Person) -> None:
    """As from a screen that has not followed yet."""
    mentee.clicks("Not this time", mentee.waits_to_see(QUESTION))
    led.soon(lambda: state(led) is PairState.WITHDRAWN)
    for number, action in enumerate(("ask_no", "ask_yes", "ask_times"), 1):
        assert raw.dispatch(led, raw.click(led, mentee.id, action, "1")).status == 200
        led.soon(partial(refused_so_often, led, number))
    assert state(led) is PairState.WITHDRAWN
    assert mentee.modal is None


def test_undo_by_a_lead_strikes_the_question_through(led: World, mentee: Person) -> None:
    led.lead.types("/reverse-mentor undo 1")
    led.delivers()
    over = mentee.waits_to_see("This is not asked any more")
    assert over.buttons == ()
    assert over.text.startswith("~Would you like to learn from")


def test_everything_can_be_typed(led: World, mentee: Person) -> None:
    assert "I introduce you on" in mentee.types("/reverse-mentor say-yes").text
    wrong = mentee.types("/reverse-mentor times 1 Nov 5 ten, Nov 6 10:00").text
    assert "“Nov 5 ten”: that is no day with a time that I understand." in wrong
    assert "outside your working time" in mentee.types("/reverse-mentor times 1 Nov 7 10:00").text
    assert "When you can meet" in mentee.types("/reverse-mentor times 1 Nov 5 10:00, 2026-11-06 9.30").text
    assert slots(led) == (THURSDAY, datetime(2026, 11, 6, 9, 30, tzinfo=UTC))
    assert "You skip this cycle" in mentee.types("/reverse-mentor not-this-time 1 skip").text
    assert "I look for somebody else" in mentee.types("/reverse-mentor not-this-time 1 again").text
    assert "approve it again" in mentee.types("/reverse-mentor say-yes 1").text
    assert "not open any more" in mentee.types("/reverse-mentor say-yes 1").text
    assert "I do not know which question you mean." in mentee.types("/reverse-mentor say-yes 99").text


def test_a_sentence_in_the_direct_message_is_no_answer(led: World, mentee: Person) -> None:
    mentee.says("say yes to everything, they say")
    led.soon(lambda: len(mentee.messages()) > 2)
    assert state(led) is PairState.APPROVED
    mentee.says("say yes 1")
    mentee.waits_to_see("You said yes")


def on_home(person: Person) -> tuple[str, ...]:
    return tuple(person.home.buttons) if person.home else ()


def test_it_waits_on_home(led: World, mentee: Person) -> None:
    mentee.opens_home()
    led.soon(lambda: "Not this time" in on_home(mentee))
    mentee.clicks("Not this time", where="home")
    led.soon(lambda: state(led) is PairState.WITHDRAWN)
    led.soon(lambda: "Not this time" not in on_home(mentee))


def test_a_lead_who_takes_part_is_asked_on_home_too(led: World, mentee: Person) -> None:
    led.sets_up([led.lead, mentee])
    shown = mentee.opens_home()
    assert QUESTION in shown.text
    assert "Nothing needs you right now" not in shown.text
    mentee.clicks("Yes, introduce us", where="home")
    led.soon(lambda: mentee.modal is not None)


def test_leads_introduce_one_anyway_by_button_and_by_typing(led: World, mentee: Person) -> None:
    assert "waits for its mentee's answer" in led.lead.types("/reverse-mentor introduce").text
    led.clock.passes(days=3)
    ask_first.tell_due(led.ctx)
    led.delivers()
    told = led.lead.waits_to_see("have not answered")
    led.lead.clicks("Introduce anyway", told)
    led.soon(lambda: state(led) is PairState.INTRODUCED)
    led.delivers()
    assert "None of these waits any more." in led.other_lead.waits_to_see("have not answered")
    assert "Introduced on" in led.lead.types("/reverse-mentor introduce 1").text
    assert "before you answered" in mentee.waits_to_see("The program's leads introduced you")
    assert led.complaints() == []


def test_only_the_mentee_answers(led: World, mentee: Person) -> None:
    for person in (led.lead, led.outsider):
        person.types("/reverse-mentor say-yes 1")
    assert state(led) is PairState.APPROVED
