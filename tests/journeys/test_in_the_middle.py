"""Journeys through the middle of a cycle: a welcome, a call for help, a newcomer for somebody without a partner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.town import INTRO, MONDAY, PROPOSAL, Town

ASKED = datetime(2027, 1, 14, 10, 0, tzinfo=UTC)


@pytest.mark.slow
def test_a_welcome_a_newcomer_and_a_call_for_help(town: Town) -> None:
    town.sets_up()
    welcome = town.lead.waits_to_see(
        "This is the leads' channel of *Reverse mentoring*", channel=town.leads_channel
    )
    assert "To join, type /reverse-mentor" in welcome
    mentor, mentee = town.couple()
    lone = town.joins("Lena who learns chess", "Director", wants=["Chess"])
    town.lives_until(PROPOSAL)
    assert (
        "@Lena who learns chess" in town.lead.types("/reverse-mentor unmatched", town.leads_channel).full_text
    )
    town.approves_all()
    town.lives_until(INTRO)
    lone.waits_to_see("We did not find a partner for you in cycle 1")

    # Somebody comes who fits: a card for the leads, and nothing for the two before they decide.
    newcomer = town.joins("Nora who plays chess", "Associate", shares=["Chess"])
    town.lives_for(minutes=2)
    (card,) = town.open_cards()
    assert "found in the middle of the cycle" in card
    assert not lone.group_dms()
    told = town.lead.types(f"/reverse-mentor why-not <@{newcomer.id}> <@{lone.id}>", town.leads_channel)
    assert "They are proposed as pair 2" in told.full_text
    town.lead.clicks("Approve", card)
    town.soon(lambda: not town.open_cards())
    town.lives_for(days=1)
    assert len(town.introductions(newcomer)) == len(town.introductions(lone)) == 1
    assert "@Lena" not in town.lead.types("/reverse-mentor unmatched", town.leads_channel).full_text

    # A call for help: one lead takes it and is done, and the other reads both.
    town.lives_until(ASKED + timedelta(minutes=1))
    mentor.clicks("I need help", containing="Have you and")
    alert = town.lead.waits_to_see(f"@{mentor.name} asked for help with their pair")
    town.lead.clicks("I take it", alert)
    town.other_lead.waits_to_see("Taken by @Lea Lead")
    town.lead.clicks("Done", town.lead.waits_to_see("Taken by @Lea Lead"))
    town.other_lead.waits_to_see("Done by @Lea Lead")
    town.quiet()
    for other in (mentee, town.admin):
        assert not [one for one in other.messages() if "asked for help" in one]


@pytest.mark.slow
def test_leads_see_how_it_goes_and_not_who_said_so(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    quiet = town.couple("Chess")
    town.lives_until(PROPOSAL)
    town.approves_all()
    town.lives_until(ASKED + timedelta(minutes=1))
    mentee.clicks("We met", containing="Have you and")
    mentee.waits_to_see("Thank you")
    assert "*Met:* 1 of 2 pairs" in town.lead.opens_home().text

    # Each Monday the leads' channel reads it; the pair that nobody hears of is named by its reason.
    town.lives_until(MONDAY + timedelta(weeks=2, minutes=1))
    town.lead.waits_to_see("Nothing needs you this week", channel=town.leads_channel)
    town.lives_until(MONDAY + timedelta(weeks=4, minutes=1))
    digest = town.lead.waits_to_see("1 pair has not met by day 14", channel=town.leads_channel)
    assert "2 pairs have left two weeks of questions without an answer" in digest
    town.lead.clicks("Show", digest)
    names = [f"@{one.name}" for one in quiet]
    assert all(name in town.lead.waits_for_modal(title="Not met by day 14").text for name in names)
    town.lead.closes_modal()
    told = town.lead.types("/reverse-mentor digest met", town.leads_channel).full_text
    assert f"@{mentor.name} teaches @{mentee.name}" in told
    assert "said" not in told
