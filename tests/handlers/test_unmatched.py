"""The list of everybody without a partner and the question about two people: typed, from Home and the summary."""

from __future__ import annotations

import pytest

from program import unmatched
from sandbox import Person
from tests.handlers import raw
from tests.handlers.world import World


@pytest.fixture
def alone(led: World) -> list[Person]:
    """Many without a partner, beside one pair."""
    led.couple()
    people = [led.joins(f"Person {number:02}", shares=["Chess"], wants=["Law"]) for number in range(10)]
    led.proposes()
    return people


def test_it_is_paged_in_a_modal_from_the_summary_and_from_home(led: World, alone: list[Person]) -> None:
    led.lead.clicks("Without a partner", containing="Cycle 1 of Upside Down")
    first = led.lead.waits_for_modal(title="Without a partner")
    assert "10 people" in first.text
    assert "page 1 of 2" in first.text
    led.lead.clicks("Next page")
    led.soon(lambda: "page 2 of 2" in led.lead.waits_for_modal().text)
    led.lead.clicks("Previous page")
    led.soon(lambda: "page 1 of 2" in led.lead.waits_for_modal().text)
    led.lead.closes_modal()
    assert "Without a partner" in led.lead.opens_home().buttons
    led.lead.clicks("Without a partner", where="home")
    assert "10 people" in led.lead.waits_for_modal(title="Without a partner").text
    assert led.complaints() == []


def test_it_can_be_typed_page_by_page(led: World, alone: list[Person]) -> None:
    first = led.lead.types("/reverse-mentor unmatched")
    assert first.text.count("•") == unmatched.A_PAGE
    assert "`/reverse-mentor unmatched 2` shows page 2." in first.text
    assert "page 2 of 2" in led.lead.types("/reverse-mentor unmatched 2").text
    assert "page 2 of 2" in led.lead.types("/reverse-mentor unmatched 99").text
    assert "page 1 of 2" in led.lead.types("/reverse-mentor unmatched 0").text
    assert led.complaints() == []


def test_why_not_is_asked_in_a_modal(led: World, alone: list[Person]) -> None:
    led.lead.types("/reverse-mentor why-not")
    led.lead.waits_for_modal(title="Why not these two?")
    led.lead.fills("One person", alone[0])
    led.lead.fills("The other person", alone[1])
    outcome = led.lead.submits()
    assert outcome.view is not None
    assert "at least one level above" in outcome.view.text
    assert led.complaints() == []


def test_why_not_is_typed_with_two_people(led: World, alone: list[Person]) -> None:
    one, other = alone[:2]
    told = led.lead.types(f"/reverse-mentor why-not <@{one.id}> and <@{other.id}|other>")
    assert f"<@{one.id}> as mentor of <@{other.id}>" in told.text
    assert "at least one level above" in told.text
    assert "same person twice" in led.lead.types(f"/reverse-mentor why not <@{one.id}> <@{one.id}>").text
    assert "Name two people" in led.lead.types("/reverse-mentor why-not Ana and Ben").text
    led.lead.types(f"/reverse-mentor why-not <@{one.id}>")
    assert (
        led.lead.waits_for_modal(title="Why not these two?").values["One person"]["selected_user"] == one.id
    )
    assert led.complaints() == []


def test_a_form_without_people_is_answered(led: World) -> None:
    led.couple()
    answer = raw.dispatch(led, raw.submission(led, led.lead.id, "why_not", {}))
    assert answer.status == 200
