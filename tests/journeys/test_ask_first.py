"""Journey: mentees are asked before anybody is introduced; one says yes with a time, one rather not this time."""

from __future__ import annotations

from datetime import timedelta

from sandbox import Message, Person
from tests.journeys.town import INTRO, PROPOSAL, Town

SHOWS = ("I ask you alone", "You said yes", "that is kept", "before you answered")


def question(person: Person) -> Message:
    """What the message shows in which somebody was asked."""
    (found,) = [one for one in person.messages() if any(words in one.text for words in SHOWS)]
    return found


def test_a_yes_a_no_and_somebody_else(town: Town) -> None:
    town.sets_up()
    assert "is asked first" in town.lead.types("/reverse-mentor rules ask-first on").text
    mia, max_ = town.couple()
    nora, noah = town.couple("Chess")
    town.lives_until(PROPOSAL)
    town.approves_all()
    town.lives_for(minutes=2)
    assert all("Its mentee is asked first" in card for card in town.cards())

    max_.clicks("Yes, introduce us", question(max_))
    town.soon(lambda: max_.modal is not None)
    max_.fills("First time", INTRO + timedelta(days=1))
    assert not max_.submits().errors
    town.quiet()
    assert "When you can meet" in question(max_)

    before = len(nora.messages())
    olga = town.joins("Olga who shares Chess", "Associate", shares=["Chess"])
    noah.clicks("Not this time", question(noah))
    town.quiet()
    noah.clicks("Look for somebody else", question(noah))
    town.quiet()
    town.lives_for(minutes=2)
    (card,) = town.open_cards()
    assert "@Olga who shares Chess teaches @Max who learns Chess" in card
    assert len(nora.messages()) == before, "a mentor does not learn that they were proposed"

    town.approves_all()
    town.lives_for(minutes=2)
    town.lives_until(INTRO)
    assert len(town.introductions(mia)) == 1
    assert town.introductions(nora) == []
    assert "We did not find a partner for you" in nora.messages()[-1]
    assert "not this time" not in nora.messages()[-1].text.lower()
    assert town.introductions(olga) == [], "she waits for the second answer"

    town.lives_for(days=2)
    told = town.lead.waits_to_see("have not answered")
    assert "@Olga who shares Chess teaches @Max who learns Chess" in told
    town.lead.clicks("Introduce anyway", told)
    town.quiet()
    town.lives_for(hours=1)
    assert len(town.introductions(olga)) == 1
