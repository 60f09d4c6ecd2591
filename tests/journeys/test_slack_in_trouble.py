"""Journey: Slack asks the bot to slow down, fails for a while, or says nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from sandbox import Message, Person
from tests.effort import usually
from tests.journeys.town import PROPOSAL, Town

AN_HOUR_BEFORE = PROPOSAL - timedelta(hours=1)
METHODS = ("chat.postMessage", "chat.update", "conversations.open", "users.info")
HALF_A_MINUTE = 30


def slow_down(town: Town, method: str) -> None:
    town.slack.faults.ratelimit(method, times=3, retry_after=HALF_A_MINUTE)


def fail(town: Town, method: str) -> None:
    town.slack.faults.http_error(method, times=3)


def fail_after_all(town: Town, method: str) -> None:
    """Slack does what it was asked for, and says that it failed; group DMs and channels are the documented gap."""
    if method != "chat.postMessage":
        town.slack.faults.http_error(method, times=3, after_effect=True)


@pytest.mark.parametrize("trouble", usually([fail_after_all], [slow_down, fail, fail_after_all]))
def test_trouble_on_every_method_and_nothing_is_lost_or_said_twice(
    town: Town, trouble: Callable[[Town, str], None]
) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    before = len(town.slack.calls)
    for method in METHODS:
        trouble(town, method)
    town.lives_for(days=6)
    (card,) = town.open_cards()
    town.lead.clicks("Approve", card)
    refusals: list[Message] = []
    town.soon(lambda: "Approve" not in town.cards()[0].buttons or tries_again(town, refusals))
    for method in METHODS:
        trouble(town, method)
    town.lives_for(days=6)

    for person in (mentor, mentee):
        assert sum("You are in *Reverse mentoring*" in one for one in person.messages()) == 1
        assert len(town.introductions(person)) == 1
        assert len(town.questions(person)) <= 2
        assert len([one for one in town.questions(person) if "In case you missed it" not in one]) == 1
    assert len(town.cards()) == 1
    assert "Introduced on" in town.cards()[0]
    failed = [call for call in list(town.slack.calls)[before:] if call.error]
    assert 8 <= len(failed) <= 3 * len(METHODS) * 2, (
        "each failure was met once, and nothing went round in circles"
    )


def tries_again(town: Town, refusals: list[Message]) -> bool:
    """A second passes, in which the bot may try again; so does a lead whom it asked to, in a minute."""
    town.lives_for(seconds=1)
    told = [one for one in town.lead.messages(town.leads_channel) if "please try again in a minute" in one]
    if len(told) > len(refusals):
        refusals[:] = told
        town.lives_for(minutes=1)
        town.lead.clicks("Approve", town.cards()[0])
    return False


def test_retry_after_is_waited_for(town: Town) -> None:
    town.sets_up()
    town.quiet()
    before = len(town.calls())
    town.clock.rush = 0.0  # the pause is a real one now
    town.slack.faults.ratelimit("chat.postMessage", retry_after=HALF_A_MINUTE)
    ana = town.joins("Ana", "Associate", shares=["Podcasting"])
    town.quiet()
    town.lives_for(seconds=29)
    assert len(town.calls()[before:]) == 1
    town.lives_for(seconds=60)
    refused, taken = town.calls()[before:]
    assert (refused.error, taken.error) == ("ratelimited", None)
    assert taken.at >= refused.at + timedelta(seconds=HALF_A_MINUTE)
    assert len(ana.messages()) == 1


def test_a_form_that_slack_does_not_open_is_told_and_opens_the_next_time(town: Town) -> None:
    town.expects_trouble = True
    town.sets_up()
    ana = town.slack.add_person("Ana")
    town.slack.faults.http_error("views.open")
    refused = ana.types("/reverse-mentor")
    assert "Nothing you typed is lost; please try again." in refused.full_text
    town.slack.faults.ratelimit("views.open", retry_after=1)
    assert "please try again" in ana.types("/reverse-mentor").full_text
    town.slack.faults.reset("views.open")
    assert "please try again" in ana.types("/reverse-mentor").full_text
    assert len(town.slack.calls.to("views.open")) == 4, "the settings and three attempts, none behind a back"
    ana.types("/reverse-mentor")
    assert ana.waits_for_modal().title == "Your mentoring profile"


@pytest.mark.slow
def test_no_answer_from_the_leads_channel_and_the_card_is_there(town: Town) -> None:
    row, card = card_of_unknown_fate(town, arrived=True)
    (question,) = questions_about_the_card(town, town.lead)
    town.lead.clicks("They all arrived", question)
    for lead in (town.lead, town.other_lead):
        town.soon(partial(_all_arrived, town, lead))
    assert [one.ts for one in town.cards()] == [card], "nothing was sent again"
    # The card's buttons work, and whoever is second is told so.
    town.lead.clicks("Approve", town.cards()[0])
    town.soon(lambda: "Pair 1" not in town.other_lead.types("/reverse-mentor pending").full_text)
    assert "Approved by @Lea Lead" in town.other_lead.types("/reverse-mentor approve 1").full_text
    assert [one.ts for one in town.cards()] == [card]
    town.other_lead.types(f"/reverse-mentor send-again {row}")
    assert town.other_lead.sees("Somebody else has settled this already")


def test_no_answer_from_the_leads_channel_and_the_card_is_not_there(town: Town) -> None:
    card_of_unknown_fate(town, arrived=False)
    assert town.cards() == []
    (question,) = questions_about_the_card(town, town.other_lead)
    town.other_lead.clicks("Send all again", question)
    town.soon(town.cards)
    town.quiet()
    assert len(town.cards()) == 1
    assert questions_about_the_card(town, town.lead)[0].buttons == ()


def _all_arrived(town: Town, lead: Person) -> bool:
    return "Settled so far: it arrived (2)" in questions_about_the_card(town, lead)[0]


def card_of_unknown_fate(town: Town, arrived: bool) -> tuple[str, str]:
    """The connection breaks while the card is posted: each lead is asked privately, once.

    Gives the number of the message and, if it arrived, its ts.
    """
    town.sets_up()
    mentor, mentee = town.couple()
    town.lives_until(AN_HOUR_BEFORE)
    town.slack.faults.reset("chat.postMessage", times=2, after_effect=arrived)
    town.lead.types("/reverse-mentor match", town.leads_channel)
    town.soon(lambda: len([call for call in town.slack.calls.to("chat.postMessage") if call.error]) == 2)
    town.lives_for(minutes=1)
    for lead in (town.lead, town.other_lead):
        (question,) = questions_about_the_card(town, lead)
        assert question.buttons == ("Send all again", "They all arrived", "Look one by one")
        assert question.channel == lead.dm.id
    for person in (mentor, mentee, town.admin):
        assert questions_about_the_card(town, person) == []
    # The summary and the card are in one question, whose last button has the number of the first.
    number = question.blocks[-1]["elements"][-1]["value"]
    return number, town.cards()[0].ts if arrived else ""


def questions_about_the_card(town: Town, person: Person) -> list[Message]:
    words = ("the card of a proposed pair", "that Slack did not confirm")
    return [one for one in person.messages() if any(some in one for some in words)]


def test_the_leads_channel_is_archived_and_another_is_chosen(town: Town) -> None:
    town.sets_up()
    town.couple()
    town.lives_until(AN_HOUR_BEFORE)
    town.slack.archive(town.leads_channel)
    town.lives_for(hours=1, minutes=5)
    for lead in (town.lead, town.other_lead):
        (note,) = [one for one in lead.messages() if "I cannot post in" in one]
        assert note.channel == lead.dm.id
    assert not any("I cannot post in" in one for one in town.admin.messages())

    old, town.leads_channel = town.leads_channel, town.opens_channel("mentoring-again")
    (note,) = [one for one in town.lead.messages() if "I cannot post in" in one]
    town.lead.clicks("Settings", note)
    town.lead.fills("Leads' channel", town.leads_channel)
    assert not town.lead.submits().errors
    town.lead.closes_modal()
    town.lives_for(seconds=10)
    assert len(town.open_cards()) == 1
    assert not [one for one in town.lead.messages(old) if one.by_app and "Pair 1" in one]
    town.approves_all()


def test_the_bot_is_removed_from_the_leads_channel_and_invited_again(town: Town) -> None:
    town.sets_up()
    town.couple()
    town.slack.kick_bot(town.leads_channel)
    town.lives_until(PROPOSAL + timedelta(minutes=5))
    assert sum("I cannot post in" in one for one in town.lead.messages()) == 1
    assert town.cards() == []
    town.slack.invite_bot(town.leads_channel)
    town.lives_for(minutes=6)
    assert len(town.open_cards()) == 1
    town.approves_all()
