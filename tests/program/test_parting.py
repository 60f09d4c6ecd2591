"""Ways out of a pair: ending it in private, saying why or not, and what whoever is left alone chooses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from handlers.views import render
from mentoring.errors import NoChoiceLeft, PairNotYours
from mentoring.messages import Kind, PairClosed, PairGoesOn
from mentoring.pairings import Because, Cause, PairState
from mentoring.partings import Alone, Choice, PauseOver, Stands
from mentoring.people import Standing
from program import members, parting, returning
from storage import pairs
from tests.program.office import INTRO, LEAD, OTHER_LEAD, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
SECRET = "Zanzibarquilt"


def ends(office: Office, who: str = MENTOR, number: int = 1) -> Alone:
    found = parting.part(office.ctx, office.workspace, who, number)
    office.delivers()
    return found


def chooses(office: Office, choice: Choice, who: str = MENTOR, number: int = 1) -> Alone:
    found = parting.choose(office.ctx, office.workspace, who, number, choice)
    office.delivers()
    return found


def says_why(office: Office, leads_may_read: bool, who: str = MENTOR, words: str = SECRET) -> None:
    parting.explain(office.ctx, office.workspace, who, 1, words, leads_may_read)
    office.delivers()


def pauses(office: Office, who: str = MENTEE, until: date | None = None) -> None:
    members.pause(office.ctx, office.workspace, who, until)
    office.delivers()


def newcomer(office: Office, like: str = MENTEE, who: str = "UNEW") -> None:
    """Somebody joins who fits whoever was paired with `like`."""
    profile = office.member(like).profile
    answers: dict[str, Any] = {
        "role": profile.role,
        "level": profile.level,
        "shares": profile.shares,
        "wants": profile.wants,
    }
    office.joins(who, **answers)


# --- ending a pair


@pytest.mark.parametrize("who", [MENTOR, MENTEE])
def test_one_of_the_two_ends_it_and_the_other_reads_that_the_program_did(office: Office, who: str) -> None:
    pair = office.introduced()
    before = len(office.heard(who))
    now = ends(office, who)
    ended = office.pair()
    assert (ended.state, ended.why, ended.note) == (PairState.ENDED, Because(Cause.PARTED), "")
    (told,) = office.heard(pair.partner_of(who), Kind.PAIR_CLOSED)
    assert isinstance(told.content, PairClosed)
    assert told.content.alone == Alone(1, who, Stands.CLOSED, partner_name=f"Name of {who}")
    assert (now.stands, now.mine) == (Stands.CLOSED, True)
    assert len(office.heard(who)) == before, "whoever ended it knows"


def test_the_other_reads_the_same_whoever_or_whatever_ended_it(office: Office) -> None:
    """By the partner, by the partner leaving, by their account: not one word is different."""
    office.sets_up()
    for number in (1, 2, 3):
        office.couple(number)
    office.at(office.times().proposal_at)
    office.approves(1, 2, 3)
    office.at(INTRO)
    parting.part(
        office.ctx, office.workspace, "UMENTEE1", next(p.id for p in office.pairs if "UMENTEE1" in p.people)
    )
    members.leave(office.ctx, office.workspace, "UMENTEE2")
    office.directory_says("UMENTEE3", deactivated=True)
    office.delivers()
    told = [render(office.heard(f"UMENTOR{number}", Kind.PAIR_CLOSED)[-1].content) for number in (1, 2, 3)]
    assert (
        len({one.text.replace(f"UMENTEE{number}", "U") for number, one in zip((1, 2, 3), told, strict=True)})
        == 1
    )


def test_only_ones_own_running_pair_can_be_ended(office: Office) -> None:
    office.introduced()
    office.joins("UOTHER")
    for who, number in (("UOTHER", 1), (MENTOR, 99)):
        with pytest.raises(PairNotYours):
            ends(office, who, number)
    ends(office)
    with pytest.raises(NoChoiceLeft):
        ends(office, MENTEE)


def test_leads_read_on_the_card_that_one_wished_so_and_not_who(office: Office) -> None:
    office.introduced()
    ends(office)
    card = [one for one in office.said if one.kind is Kind.CARD][-1]
    assert "One of the two wished so." in render(card.content).text


@pytest.mark.parametrize("leading", [MENTOR, MENTEE])
def test_a_lead_who_is_one_of_the_two_reads_as_little_as_anybody(office: Office, leading: str) -> None:
    office.introduced()
    office.sets_up(leads=(leading, LEAD))
    ends(office, MENTEE if leading == MENTOR else MENTOR)
    card = [one for one in office.said if one.kind is Kind.CARD][-1]
    assert "This pair has ended." in render(card.content).text
    assert heard_of(office, "wished so") == set()


# --- saying why


def heard_of(office: Office, words: str) -> set[str]:
    """Where these words ever stood on a screen."""
    shown = [one for one in office.said if words in f"{render(one.content)}"]
    return {one.recipient for one in shown}


def test_a_reason_is_read_by_nobody_unless_its_author_lets_leads(office: Office) -> None:
    office.introduced()
    ends(office)
    says_why(office, leads_may_read=False)
    office.lives_until(INTRO + 2 * WEEK)
    assert heard_of(office, SECRET) == set()
    says_why(office, leads_may_read=True)
    assert heard_of(office, SECRET) == {f"person:{LEAD}", f"person:{OTHER_LEAD}"}


def test_words_that_are_taken_back_are_on_no_screen_any_more(office: Office) -> None:
    office.introduced()
    ends(office)
    says_why(office, leads_may_read=True)
    says_why(office, leads_may_read=False)
    (now,) = {one for one in map(_text, office.on_screen.values()) if "nothing to read here any more" in one}
    assert not any(SECRET in _text(content) for content in office.on_screen.values()), now


def test_words_that_are_taken_back_before_anybody_read_them_are_never_sent(office: Office) -> None:
    office.introduced()
    ends(office)
    for allowed in (True, False):
        parting.explain(office.ctx, office.workspace, MENTOR, 1, SECRET, allowed)
    office.delivers()
    assert office.kinds(Kind.PARTED_WHY) == []
    says_why(office, leads_may_read=True)
    assert heard_of(office, SECRET) == {f"person:{LEAD}", f"person:{OTHER_LEAD}"}


def _text(content: object) -> str:
    return str(render(content).text)  # type: ignore[arg-type]  # whatever is on screen is a content


@pytest.mark.parametrize("leading", [MENTOR, MENTEE])
def test_a_lead_who_is_one_of_the_two_reads_no_reason(office: Office, leading: str) -> None:
    office.introduced()
    office.sets_up(leads=(leading, LEAD))
    ends(office)
    says_why(office, leads_may_read=True)
    assert heard_of(office, SECRET) == {f"person:{LEAD}"}


def test_admins_in_the_leads_place_read_no_reason(office: Office) -> None:
    office.introduced()
    office.sets_up(leads=(MENTEE,))
    ends(office)
    says_why(office, leads_may_read=True)
    office.lives_until(INTRO + WEEK)
    assert heard_of(office, SECRET) == set()


def test_only_whoever_ended_it_says_why(office: Office) -> None:
    office.introduced()
    ends(office)
    with pytest.raises(PairNotYours):
        says_why(office, leads_may_read=True, who=MENTEE)


# --- what whoever is left chooses


def test_back_to_the_pool_in_one_tap_in_the_middle_of_the_cycle(office: Office) -> None:
    office.introduced()
    newcomer(office)
    office.passes(minutes=1)
    ends(office)
    assert chooses(office, Choice.NEW).choice is Choice.NEW
    office.passes(minutes=1)
    found = office.pair(2)
    assert (found.state, found.people) == (PairState.PROPOSED, (MENTOR, "UNEW"))
    office.approves(2)
    office.passes(days=1)
    assert len(office.kinds(Kind.INTRO)) == 2
    asked = [one.content for one in office.said if one.kind is Kind.PAIR_CLOSED]
    assert asked  # the partner's note stands
    with pytest.raises(NoChoiceLeft):
        chooses(office, Choice.WAIT)


def test_the_old_partner_is_not_proposed_again(office: Office) -> None:
    office.introduced()
    ends(office)
    chooses(office, Choice.NEW)
    chooses(office, Choice.NEW, MENTEE)
    office.passes(days=1)
    assert [one.state for one in office.pairs] == [PairState.ENDED]


def test_who_rests_is_proposed_to_nobody_until_the_next_cycle(office: Office) -> None:
    office.introduced()
    ends(office)
    chooses(office, Choice.REST)
    newcomer(office)
    office.passes(days=1)
    assert len(office.pairs) == 1
    office.lives_until(office.times(2).proposal_at + timedelta(hours=1))
    assert any({MENTOR, "UNEW"} == {*one.people} for one in office.pairs), "and then by itself"


def test_a_choice_can_be_changed(office: Office) -> None:
    office.introduced()
    ends(office)
    chooses(office, Choice.REST)
    newcomer(office)
    office.passes(minutes=1)
    chooses(office, Choice.NEW)
    office.passes(minutes=1)
    assert office.pair(2).state is PairState.PROPOSED


def test_late_in_a_cycle_somebody_new_comes_in_the_next_one_and_that_is_said(office: Office) -> None:
    office.introduced()
    office.lives_until(INTRO + 3 * WEEK)
    ends(office)
    assert not chooses(office, Choice.NEW).in_time
    assert "in the next one" in _text(PairClosed("R", MENTEE, alone=chooses(office, Choice.NEW)))


# --- while a partner takes a break


def test_waiting_keeps_the_pair_and_both_read_when_it_goes_on(office: Office) -> None:
    office.introduced()
    pauses(office)
    chooses(office, Choice.WAIT)
    office.clock.passes(days=2)
    back = returning.resume(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert back.partners == (MENTOR,)
    (told,) = office.heard(MENTOR, Kind.PAIR_GOES_ON)
    assert told.content == PairGoesOn("Upside Down", MENTEE, over=False)
    with pytest.raises(NoChoiceLeft):
        chooses(office, Choice.NEW)


def test_resting_with_a_partner_on_a_break_goes_on_when_they_are_back(office: Office) -> None:
    office.introduced()
    pauses(office)
    chooses(office, Choice.REST)
    assert office.pair().rests_until is not None
    office.clock.passes(days=2)
    members.resume(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert office.pair().rests_until is None
    assert len(office.heard(MENTOR, Kind.PAIR_GOES_ON)) == 1


def test_somebody_new_ends_the_pair_and_whoever_comes_back_knows(office: Office) -> None:
    office.introduced()
    newcomer(office)
    office.passes(minutes=1)
    pauses(office)
    chooses(office, Choice.NEW)
    assert office.pair(1).state is PairState.ENDED
    assert len(office.heard(MENTEE, Kind.PAIR_CLOSED)) == 1
    office.passes(minutes=1)
    assert office.pair(2).people == (MENTOR, "UNEW")
    assert returning.resume(office.ctx, office.workspace, MENTEE).partners == ()


def test_a_rest_that_leads_set_stays(office: Office) -> None:
    office.introduced()
    day = INTRO.date() + timedelta(days=9)
    office.behind_the_scenes(lambda tx, _: pairs.rest(tx, pairs.of_id(tx, 1), day))
    pauses(office)
    chooses(office, Choice.REST)
    chooses(office, Choice.WAIT)
    members.resume(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert office.pair().rests_until == day
    assert office.heard(MENTOR, Kind.PAIR_GOES_ON) == []


def test_who_asked_for_somebody_new_does_not_get_back_who_was_cut_off(office: Office) -> None:
    office.introduced()
    office.directory_says(MENTEE, deactivated=True)
    office.delivers()
    chooses(office, Choice.NEW)
    office.clock.passes(minutes=10)
    office.directory_says(MENTEE, deactivated=False)
    assert returning.resume(office.ctx, office.workspace, MENTEE).partners == ()
    assert office.pair().state is PairState.ENDED


# --- a pause that ends


def test_a_pause_ends_by_itself_with_a_word(office: Office) -> None:
    office.introduced()
    pauses(office, until=INTRO.date() + timedelta(days=3))
    office.lives_until(INTRO + timedelta(days=5))
    assert office.member(MENTEE).standing is Standing.ACTIVE
    (told,) = office.heard(MENTEE, Kind.PAUSE_OVER)
    assert told.content == PauseOver("Upside Down", True, (MENTOR,))
    assert len(office.heard(MENTOR, Kind.PAIR_GOES_ON)) == 1


def test_a_pause_that_somebody_ends_themselves_needs_no_word(office: Office) -> None:
    office.introduced()
    pauses(office)
    members.resume(office.ctx, office.workspace, MENTEE)
    office.lives_until(INTRO + WEEK)
    assert office.heard(MENTEE, Kind.PAUSE_OVER) == []
