"""Deciding on pairs: on cards, in lists, and in the review."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from handlers import at_once
from mentoring.pairings import Pair, PairState
from program import approvals, programs
from sandbox import Message, Person
from tests.handlers import raw
from tests.handlers.world import World


@pytest.fixture
def proposed(led: World) -> World:
    """Two proposed pairs, with their cards in the leads' channel."""
    led.couple(1)
    led.couple(2)
    led.proposes()
    return led


def pair(world: World, number: int) -> Pair:
    page = approvals.review(world.ctx, world.workspace, _a_lead(world))
    return next(card.pair for card in page.cards if card.pair.id == number)


def _a_lead(world: World) -> str:
    program = programs.find(world.ctx, world.workspace)
    assert program is not None
    return program.leads[0]


def state(world: World, number: int) -> PairState:
    return pair(world, number).state


def becomes(world: World, number: int, wanted: PairState) -> None:
    world.soon(lambda: state(world, number) is wanted)
    world.delivers()


def test_a_lead_approves_on_the_card(proposed: World) -> None:
    proposed.lead.clicks("Approve", proposed.card(1))
    becomes(proposed, 1, PairState.APPROVED)
    card = proposed.card(1)
    assert "Approved by @Lea Lead" in card.full_text
    assert card.buttons == ("Undo", "Approve", "Decline", "Swap"), "the other pair in the message still waits"
    assert "1 left to decide, of 2 here." in card.full_text
    proposed.lead.clicks("Approve", card)
    becomes(proposed, 2, PairState.APPROVED)
    assert proposed.card(2).full_text.endswith("All decided.")
    assert proposed.complaints() == []


def test_a_lead_declines_with_a_reason(proposed: World) -> None:
    proposed.lead.clicks("Decline", proposed.card(1))
    assert "Only the program's leads see this" in str(proposed.lead.waits_for_modal().blocks)
    proposed.lead.fills("Reason", "They <b>share</b> an office & a desk")
    assert proposed.lead.submits().closed
    becomes(proposed, 1, PairState.DECLINED)
    assert pair(proposed, 1).note == "They <b>share</b> an office & a desk"
    assert "Declined by @Lea Lead" in proposed.card(1).full_text
    assert proposed.complaints() == []


def test_what_a_lead_writes_on_declining_is_for_leads_alone(proposed: World) -> None:
    proposed.lead.types("/reverse-mentor decline 1 They share a secret")
    proposed.delivers()
    proposed.clock.passes(seconds=10)
    proposed.delivers()
    everything = [one.full_text for one in proposed.outsider.messages(proposed.leads_channel)]
    assert any("Declined by @Lea Lead" in one and "Leads read the reason with" in one for one in everything)
    assert not [one for one in everything if "secret" in one]
    proposed.other_lead.types("/reverse-mentor review")
    assert "They share a secret" in str(proposed.other_lead.waits_for_modal().blocks)
    assert "They share a secret" in proposed.other_lead.types("/reverse-mentor decline 1").full_text
    for word in ("review", "pending", "decline 1", "approve 1"):
        assert "secret" not in proposed.outsider.types(f"/reverse-mentor {word}").full_text


def test_a_reason_is_not_needed(proposed: World) -> None:
    proposed.lead.clicks("Decline", proposed.card(1))
    assert proposed.lead.submits().closed
    becomes(proposed, 1, PairState.DECLINED)


def test_of_clicks_at_the_very_same_moment_one_decides(proposed: World) -> None:
    leads = (proposed.lead, proposed.other_lead) * 4
    clicks = [raw.click(proposed, lead.id, "approve", "1") for lead in leads]
    with ThreadPoolExecutor(len(clicks)) as executor:
        answers = list(executor.map(partial(raw.dispatch, proposed), clicks))
    assert {answer.status for answer in answers} == {200}
    becomes(proposed, 1, PairState.APPROVED)
    proposed.soon(
        lambda: _told_who_was_first(proposed, proposed.lead, proposed.other_lead) == len(clicks) - 1
    )


def _told_who_was_first(world: World, *leads: Person) -> int:
    seen = (message for lead in leads for message in lead.messages(world.leads_channel))
    return sum(message.ephemeral and "Pair 1: Approved by" in message for message in seen)


def test_two_leads_decide_and_the_second_learns_who_was_first(
    proposed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once, "_redraw", lambda _: None)  # the second presses before the card says so
    first, second = proposed.card(1), proposed.card(1, proposed.other_lead)
    proposed.lead.clicks("Approve", first)
    becomes_without_delivery(proposed, 1, PairState.APPROVED)
    proposed.other_lead.clicks("Approve", second)
    told = proposed.other_lead.waits_to_see("Pair 1: Approved by @Lea Lead")
    assert told.ephemeral
    assert pair(proposed, 1).decided_by == proposed.lead.id
    assert proposed.lead.sees("Pair 1: Approved by") is None, "nobody else reads it"


def becomes_without_delivery(world: World, number: int, wanted: PairState) -> None:
    world.soon(lambda: state(world, number) is wanted)


def test_a_decline_form_that_is_open_when_another_lead_decides_says_so(proposed: World) -> None:
    proposed.lead.clicks("Decline", proposed.card(1))
    proposed.lead.waits_for_modal()
    proposed.lead.fills("Reason", "Kept")
    proposed.other_lead.types("/reverse-mentor approve 1")
    outcome = proposed.lead.submits()
    assert "Approved by" in outcome.errors["Reason"]
    assert outcome.view is not None
    assert outcome.view.values["Reason"]["value"] == "Kept"


def test_somebody_in_the_channel_who_is_no_lead_is_refused(proposed: World) -> None:
    card = proposed.card(1, proposed.outsider)
    for button in ("Approve", "Decline"):
        proposed.outsider.clicks(button, card)
        assert proposed.outsider.waits_to_see("Only the program's leads can do that.").ephemeral
    assert proposed.outsider.modal is None
    assert state(proposed, 1) is PairState.PROPOSED


def test_a_lead_who_is_none_any_more_cannot_finish_what_is_open(proposed: World) -> None:
    proposed.lead.clicks("Decline", proposed.card(1))
    proposed.lead.waits_for_modal()
    proposed.lead.fills("Reason", "Kept")
    proposed.other_lead.types("/reverse-mentor review")
    proposed.sets_up([proposed.admin])
    outcome = proposed.lead.submits()
    assert outcome.errors == {"Reason": "Only the program's leads can do that."}
    proposed.other_lead.clicks("Approve")
    proposed.other_lead.waits_for_modal(title="Reverse Mentor")
    assert "Only the program's leads" in proposed.other_lead.waits_for_modal().text
    assert state(proposed, 1) is PairState.PROPOSED


def test_a_deactivated_person_is_found_at_the_click_even_when_no_event_came(proposed: World) -> None:
    mentor = proposed.slack.person(pair(proposed, 1).mentor_id)
    proposed.slack.faults.drop_events()
    proposed.slack.deactivate(mentor)
    proposed.lead.clicks("Approve", proposed.card(1))
    told = proposed.lead.waits_to_see("Pair 1: This pair was withdrawn")
    assert "not in the workspace any more" in told.text
    becomes(proposed, 1, PairState.WITHDRAWN)
    assert "withdrawn" in proposed.card(1).full_text


def test_the_list_of_what_waits_is_shown_anew_after_a_decision(proposed: World) -> None:
    waiting = proposed.lead.types("/reverse-mentor pending")
    assert "2 pairs are waiting" in waiting.text
    proposed.lead.clicks("Approve", containing="2 pairs are waiting")
    now = proposed.lead.waits_to_see("1 pair is waiting")
    assert "Pair 1: Approved by" in now.text
    assert proposed.lead.sees("2 pairs are waiting") is None, "it replaced the old list"
    proposed.lead.clicks("Decline", containing="1 pair is waiting")
    assert proposed.lead.submits().closed
    becomes(proposed, 2, PairState.DECLINED)
    assert proposed.complaints() == []


def test_a_copy_that_no_record_knows_is_removed_when_it_is_clicked(proposed: World) -> None:
    card = proposed.card(1)
    copy = proposed.client.chat_postMessage(
        channel=proposed.leads_channel.id, text="Pair 1", blocks=list(card.blocks)
    )
    stray = next(one for one in proposed.lead.messages(proposed.leads_channel) if one.ts == copy["ts"])
    proposed.lead.clicks("Approve", stray)
    becomes(proposed, 1, PairState.APPROVED)
    proposed.soon(lambda: proposed.takes_copies_away() == [stray.ts])
    assert all(one.ts != stray.ts for one in proposed.lead.messages(proposed.leads_channel))
    assert "Approved by" in proposed.card(1).full_text


@pytest.fixture
def many(led: World) -> World:
    """More pairs than get cards: they are decided on in the review."""
    for number in range(1, 24):
        led.couple(number)
    led.proposes()
    return led


def opens_review(world: World, lead: Person) -> None:
    lead.clicks("Review pairs", containing="Cycle 1")
    lead.waits_for_modal(title="Review pairs")


def test_many_pairs_are_decided_page_by_page(many: World) -> None:
    lead = many.lead
    opens_review(many, lead)
    assert "page 1 of 3" in lead.waits_for_modal().text
    before = _numbers(lead)
    lead.clicks("Approve")
    many.soon(lambda: "Approved by" in lead.waits_for_modal().text)
    assert lead.waits_for_modal().buttons.count("Approve") == 9
    assert _numbers(lead) == before, "nothing moves"
    assert "22 left to decide." in lead.waits_for_modal().text
    lead.clicks("Next page")
    many.soon(lambda: "page 2 of 3" in lead.waits_for_modal().text)
    lead.clicks("Decline")
    lead.waits_for_modal(title="Decline this pair")
    lead.fills("Reason", "Too far apart")
    lead.submits()
    lead.waits_for_modal(title="Review pairs")
    many.soon(lambda: "Declined by" in lead.waits_for_modal().text)
    assert "page 2 of 3" in lead.waits_for_modal().text
    assert [pair.note for pair in _declined(many)] == ["Too far apart"]
    lead.clicks("Previous page")
    many.soon(lambda: "page 1 of 3" in lead.waits_for_modal().text)
    assert many.complaints() == []


def _numbers(lead: Person) -> list[str]:
    return re.findall(r"Pair ([0-9]+)", lead.waits_for_modal().text)


def _declined(world: World) -> list[Pair]:
    pages = (approvals.review(world.ctx, world.workspace, world.lead.id, page) for page in range(3))
    return [card.pair for page in pages for card in page.cards if card.pair.state is PairState.DECLINED]


def test_a_pair_that_another_lead_decided_on_is_told_of_in_the_review(many: World) -> None:
    opens_review(many, many.lead)
    many.other_lead.types("/reverse-mentor approve 1")
    many.lead.clicks("review_approve", where="modal")
    many.soon(lambda: "Approved by @Lou Lead" in many.lead.waits_for_modal().text)
    assert many.lead.waits_for_modal().title == "Review pairs"
    many.other_lead.types("/reverse-mentor decline 2")
    many.lead.clicks("2", where="modal")
    many.soon(lambda: "Declined by @Lou Lead" in many.lead.waits_for_modal().text)
    assert many.complaints() == []


def test_the_waiting_list_counts_all_pages(many: World) -> None:
    waiting = many.lead.types("/reverse-mentor pending")
    assert "23 pairs are waiting" in waiting.text
    assert "Also waiting: pairs" in waiting.text
    assert many.complaints() == []


FORGED = ["0", "-1", "999", "9" * 30, "1 OR 1=1", "1x", ""]


def test_forged_pair_numbers_name_no_pair(proposed: World, subtests: pytest.Subtests) -> None:
    for action in ("approve", "decline"):
        for value in (*FORGED, None):
            with subtests.test(action=action, value=value):
                before = len(_in_channel(proposed))
                body = raw.click(proposed, proposed.lead.id, action, value)
                assert raw.dispatch(proposed, body).status == 200
                told = proposed.soon(partial(_after, proposed, before))[0]
                assert told.text == "There is no pair with that number here."
                assert told.ephemeral
    assert {state(proposed, 1), state(proposed, 2)} == {PairState.PROPOSED}


def _in_channel(world: World) -> list[Message]:
    return world.lead.messages(world.leads_channel)


def _after(world: World, count: int) -> list[Message]:
    return _in_channel(world)[count:]


def test_forged_decline_forms_decline_nothing(proposed: World, subtests: pytest.Subtests) -> None:
    for metadata in (*FORGED, " page ", "x page 1"):
        with subtests.test(metadata=metadata):
            body = raw.submission(proposed, proposed.lead.id, "decline", {"reason": {"value": "x"}}, metadata)
            told = raw.dispatch(proposed, body).body["errors"]
            assert told == {"reason": "There is no pair with that number here."}
    assert {state(proposed, 1), state(proposed, 2)} == {PairState.PROPOSED}
