"""Journey: a partner takes a break and another one ends a pair; nobody is stranded, and nobody reads who or why."""

from __future__ import annotations

import json

from tests.journeys.town import INTRO, PROPOSAL, Town

REASON = "Quillwhistle"


def test_two_ways_out_and_nobody_is_left_alone(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    ada = town.joins("Ada who plays chess", "Associate", shares=["Chess"])
    ben = town.joins("Ben who learns chess", "Director", wants=["Chess"])
    town.lives_until(PROPOSAL)
    town.approves_all()
    town.lives_until(INTRO)
    town.lives_for(hours=2)

    # A senior takes a break. Their mentor has each way in one tap, and waits.
    mentee.types("/reverse-mentor pause")
    town.quiet()
    asked = mentor.waits_to_see(f"@{mentee.name} is taking a break")
    mentor.clicks("Wait", asked)
    mentor.waits_to_see(f"You wait for @{mentee.name}")

    # They are back, and both know where they stand.
    town.lives_for(days=1)
    assert f"Your pair with @{mentor.name} goes on." in mentee.types("/reverse-mentor resume").full_text
    town.quiet()
    mentor.waits_to_see(f"Your pair with @{mentee.name} goes on")

    # Ada ends her pair on Home, says why for herself, and wants somebody new.
    ada.opens_home()
    ada.clicks("End this pair", where="home")
    ada.waits_for_modal()
    ada.clicks("Find somebody new", where="modal")
    ada.types("/reverse-mentor partner why 2 " + REASON)
    town.quiet()
    closed = ben.waits_to_see(f"has closed your pair with @{ada.name}")
    assert "wish" not in closed
    ben.clicks("Find somebody new", closed)
    town.quiet()

    # Somebody comes who fits Ada: leads decide, and she has a partner in the middle of the cycle.
    cleo = town.joins("Cleo who learns chess", "Director", wants=["Chess"])
    town.lives_for(minutes=2)
    cards = town.open_cards()
    assert cards, "a pair was found in the middle of the cycle"
    town.approves_all()
    town.lives_for(days=1)
    assert len(town.introductions(cleo)) == 1

    # Nobody but Ada ever got her words: they stand in nothing that went over the wire.
    assert REASON not in json.dumps([call.args for call in town.calls("chat.postMessage")])
    assert REASON not in json.dumps([call.args for call in town.calls("chat.update")])
    assert not [one for one in town.lead.messages(town.leads_channel) if REASON in one]
