"""Swaps, pairs by hand and wishes, through Slack: pressed and typed."""

from __future__ import annotations

import pytest

from mentoring.pairings import PairState
from program import approvals
from sandbox import Person
from tests.handlers.world import World


@pytest.fixture
def cast(led: World) -> dict[str, Person]:
    """Four people of whom each mentor could teach each mentee."""
    people = {}
    for topic in ("Podcasts", "Charts"):
        shares: list[str] = [topic, "SQL"]
        people[f"Mia {topic}"] = led.joins(f"Mia {topic}", "share", 2, shares=shares, wants=[])
        people[f"Max {topic}"] = led.joins(f"Max {topic}", "learn", 6, shares=[], wants=shares)
    return people


@pytest.fixture
def town(led: World, cast: dict[str, Person]) -> World:
    """Two proposed pairs of these."""
    assert cast
    led.proposes()
    return led


def states(world: World) -> dict[int, PairState]:
    page = approvals.review(world.ctx, world.workspace, world.lead.id)
    return {card.pair.id: card.pair.state for card in page.cards}


def looks_through(world: World) -> str:
    """The modal with what could be swapped, once it has stopped saying to wait."""
    told = "Choosing one *approves that pair*"
    world.soon(lambda: told in str(world.lead.waits_for_modal(title="Swap").blocks))
    return str(world.lead.waits_for_modal(title="Swap").blocks)


SWAPPED = {
    1: PairState.WITHDRAWN,
    2: PairState.WITHDRAWN,
    3: PairState.APPROVED,
    4: PairState.PROPOSED,
}


def test_a_lead_swaps_on_the_card(town: World) -> None:
    town.lead.clicks("Swap", town.card(1))
    shown = looks_through(town)
    assert "Same number of pairs" in shown
    assert "Podcasts" not in shown.split("Or type")[1]
    town.lead.clicks("Choose")
    town.soon(lambda: states(town) == SWAPPED)
    town.delivers()
    assert "A lead chose another pair in its place" in town.card(1).full_text
    assert "A later matching found a better set" in town.card(2).full_text
    assert "Approved by @Lea Lead" in town.card(3).full_text
    assert town.card(4).buttons == ("Approve", "Decline", "Swap")
    assert town.complaints() == []


def test_a_swap_in_the_review_is_shown_in_it(town: World) -> None:
    town.lead.types("/reverse-mentor review")
    town.lead.clicks("Swap")
    looks_through(town)
    town.lead.clicks("Choose")
    town.soon(lambda: states(town) == SWAPPED)
    told = town.lead.waits_for_modal(title="Swapped").text
    assert "takes the place of pair 1" in told
    assert "Pair 4 is new" in told
    town.lead.goes_back()
    town.soon(
        lambda: "A lead chose another pair in its place" in (town.lead.modal.text if town.lead.modal else "")
    )
    assert town.complaints() == []


AROUND = "The rest is matched again around this, and"


def _shown_around(town: World) -> str:
    """The review's text once it tells what changed around a decision."""
    text = town.lead.modal.text if town.lead.modal else ""
    return text if AROUND in text else ""


@pytest.mark.parametrize("where", ["typed", "on the card", "in the review"])
def test_decline_and_undo_say_what_they_changed_around_it(town: World, where: str) -> None:
    declined = town.lead.types("/reverse-mentor decline 1 They share a desk").text
    assert AROUND in declined
    assert "is new" in declined
    town.delivers()
    if where == "typed":
        told = town.lead.types("/reverse-mentor undo 1").text
    elif where == "on the card":
        town.lead.clicks("Undo", town.card(1))
        told = town.lead.waits_to_see(AROUND).text
    else:
        town.lead.types("/reverse-mentor review")
        town.lead.clicks("Undo")
        told = town.soon(lambda: _shown_around(town))
    assert AROUND in told
    assert "made way" in told
    assert town.complaints() == []


def test_a_lead_swaps_by_typing(town: World) -> None:
    listed = town.lead.types("/reverse-mentor swap 1").text
    assert "1. " in listed
    assert "`/reverse-mentor swap 1 1`" in listed
    told = town.lead.types("/reverse-mentor swap 1 1").text
    assert "It takes the place of pair 1." in told
    assert "*2 pairs changed*" in told
    assert states(town) == SWAPPED


def test_a_number_that_was_not_listed_lists(town: World) -> None:
    assert "Who else could be in pair 1?" in town.lead.types("/reverse-mentor swap 1 1").text
    assert set(states(town).values()) == {PairState.PROPOSED}


def test_two_are_paired_by_typing_their_names(town: World, cast: dict[str, Person]) -> None:
    one, other = cast["Max Charts"], cast["Mia Podcasts"]
    looked = town.lead.types(f"/reverse-mentor pair <@{one.id}> <@{other.id}>").text
    assert "I cannot be sure of every manager between these two." in looked
    assert set(states(town).values()) == {PairState.PROPOSED}
    told = town.lead.types(f"/reverse-mentor pair <@{one.id}> <@{other.id}> yes").text
    assert "Approved by" in told
    assert f"<@{other.id}> teaches <@{one.id}>" in told


def test_a_declined_pair_made_by_hand_is_declined_again_and_told_of_once(
    town: World, cast: dict[str, Person]
) -> None:
    one, other = cast["Mia Podcasts"], cast["Max Podcasts"]
    town.lead.types("/reverse-mentor decline 1")
    town.lead.types(f"/reverse-mentor pair <@{one.id}> <@{other.id}> yes")
    assert states(town)[1] is PairState.APPROVED
    told = town.lead.types("/reverse-mentor undo 1").text
    assert states(town)[1] is PairState.DECLINED
    assert told.count("Pair 1: Declined by") == 1
    assert "Pair 1 is new" not in told
    assert "withdrawn" not in told


def test_the_form_shows_what_speaks_against_them_and_keeps_what_was_typed(
    town: World, cast: dict[str, Person]
) -> None:
    approvals.decline(*town.as_lead(), 1)
    town.lead.types("/reverse-mentor wishes")
    town.lead.clicks("Pair two people")
    town.lead.waits_for_modal()
    town.lead.fills("One person", cast["Mia Podcasts"])
    town.lead.fills("The other person", cast["Max Podcasts"])
    town.lead.submits()
    assert "declined these two" in str(town.lead.waits_for_modal().blocks)
    town.lead.submits()
    town.soon(lambda: states(town)[1] is PairState.APPROVED)
    assert town.complaints() == []


def test_two_are_paired_from_home_which_then_counts_the_pair(town: World, cast: dict[str, Person]) -> None:
    approvals.decline(*town.as_lead(), 1)
    home = town.lead.opens_home().text
    assert "1 pair waits for your decision" in home
    assert "approved and not yet introduced" not in home
    town.lead.clicks("Pair two people", where="home")
    town.lead.waits_for_modal()
    town.lead.fills("One person", cast["Mia Podcasts"])
    town.lead.fills("The other person", cast["Max Podcasts"])
    town.lead.submits()
    assert "declined these two" in str(town.lead.waits_for_modal().blocks)
    town.lead.submits()
    town.soon(lambda: "1 pair is approved" in town.lead.home.text if town.lead.home else False)
    assert town.complaints() == []


def test_what_leads_ask_for_is_listed_and_taken_back(town: World, cast: dict[str, Person]) -> None:
    one, other = cast["Mia Podcasts"], cast["Max Podcasts"]
    told = town.lead.types(f"/reverse-mentor forbid <@{one.id}> <@{other.id}>").text
    assert "not proposed until a lead takes it back" in told
    assert states(town)[1] is PairState.WITHDRAWN
    assert "Asked by" in town.lead.types("/reverse-mentor wishes").text
    assert "That is taken back" in town.lead.types(f"/reverse-mentor allow <@{one.id}> <@{other.id}>").text
    assert "Nothing is fixed or forbidden" in town.lead.types("/reverse-mentor wishes").text


@pytest.mark.parametrize("typed", ["swap 1", "pair <@U1> <@U2>", "fix", "forbid", "allow", "wishes"])
def test_only_leads_are_answered(town: World, typed: str) -> None:
    assert "Only the program's leads" in town.outsider.types(f"/reverse-mentor {typed}").text
