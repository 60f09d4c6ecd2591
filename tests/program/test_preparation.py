"""Preparing: recorded by side, asked of those who have to, and listed for leads before a cycle is matched."""

from __future__ import annotations

import pytest

from handlers.views import render
from mentoring.messages import Kind
from mentoring.people import Role
from mentoring.preparation import CARDS, Deck, decks_of, is_prepared
from mentoring.readiness import Lack
from program import home, preparation, readiness, unmatched
from tests.program.office import INTRO, LEAD, PROPOSAL, Office


def prepares(office: Office, person_id: str, role: Role) -> None:
    preparation.finish(office.ctx, office.workspace, person_id, role)


def lacks_of(office: Office) -> dict[str, tuple[Lack, ...]]:
    found = readiness.look(office.ctx, office.workspace, LEAD)
    return {one.person_id: one.lacks for one in found.not_ready}


@pytest.mark.parametrize("role", Role)
def test_each_role_has_five_cards_and_the_last_says_what_this_is_not(role: Role) -> None:
    cards = CARDS[role]
    assert len(cards) == 5
    assert cards[-1].title == "What this is not"
    for word in ("judged", "appraisal", "nothing of what was said"):
        assert word in cards[-1].text
    assert all(len(card.title) <= 150 for card in cards)
    assert not any("!" in card.text for card in cards)
    assert max(len(card.text.split()) for card in cards) < 75, "short: ten minutes with time to think"


def test_whoever_prepared_for_both_is_prepared_for_each() -> None:
    assert is_prepared(Role.SHARE, decks_of(Role.BOTH))
    assert is_prepared(Role.BOTH, {Deck.MENTOR, Deck.MENTEE})
    assert not is_prepared(Role.BOTH, {Deck.MENTOR})
    assert not is_prepared(Role.LEARN, {Deck.MENTOR})


def test_where_it_is_needed_nobody_is_paired_before_and_leads_see_who_has_not(office: Office) -> None:
    office.sets_up()
    office.rules(preparation_required=True)
    mentor, mentee = office.couple()
    office.couple(2)
    for person_id, role in (("UMENTOR2", Role.SHARE), ("UMENTEE2", Role.LEARN), (mentor, Role.SHARE)):
        prepares(office, person_id, role)
    assert lacks_of(office) == {mentee: (Lack.PREPARATION,)}
    office.at(PROPOSAL)
    assert [pair.people for pair in office.pairs] == [("UMENTOR2", "UMENTEE2")]
    (waiting,) = unmatched.page(office.ctx, office.workspace, LEAD).people[:1]
    assert (waiting.person_id, waiting.unprepared) == (mentee, True)
    readiness.remind(office.ctx, office.workspace, LEAD)
    office.delivers()
    (reminder,) = office.heard(mentee, Kind.GET_READY)
    assert "Your preparation" in render(reminder.content).text
    prepares(office, mentee, Role.LEARN)
    assert lacks_of(office) == {}
    office.matches()
    assert (mentor, mentee) in [pair.people for pair in office.pairs]


def test_whoever_got_no_partner_for_it_reads_so_and_is_looked_for_once_it_is_done(office: Office) -> None:
    office.sets_up()
    office.rules(preparation_required=True)
    mentor, mentee = office.couple()
    prepares(office, mentor, Role.SHARE)
    office.at(PROPOSAL)
    office.at(INTRO)
    (told,) = office.heard(mentee, Kind.NO_PARTNER)
    assert "Nobody is paired in this program before they have prepared." in render(told.content).text
    assert "Please prepare" not in render(office.heard(mentor, Kind.NO_PARTNER)[0].content).text
    prepares(office, mentee, Role.LEARN)
    office.at(INTRO)
    assert [pair.people for pair in office.pairs] == [(mentor, mentee)]


def test_where_it_is_up_to_each_it_is_no_reason(office: Office) -> None:
    office.sets_up()
    office.couple()
    assert lacks_of(office) == {}
    office.at(PROPOSAL)
    assert len(office.pairs) == 1


def test_home_offers_it_until_it_is_done_and_another_role_asks_anew(office: Office) -> None:
    office.sets_up()
    mentor, _ = office.couple()
    person = office.member(mentor).person

    def prepared() -> bool:
        return home.home(office.ctx, office.workspace, person).place.prepared

    assert not prepared()
    prepares(office, mentor, Role.SHARE)
    prepares(office, mentor, Role.SHARE)
    assert prepared()
    office.edit(mentor, role="both", wants=("Go",))
    assert not prepared()


def test_the_welcome_says_so_until_it_is_done(office: Office) -> None:
    office.sets_up()
    mentor, _ = office.couple()
    office.delivers()
    (welcome,) = office.heard(mentor, Kind.WELCOME)
    assert "Please prepare" in render(welcome.content).text
    prepares(office, mentor, Role.SHARE)
    (redrawn,) = office.delivers()
    assert "Please prepare" not in render(redrawn.content).text
