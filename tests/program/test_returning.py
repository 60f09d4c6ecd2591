"""Whoever the directory took out by mistake is asked once, and then everything is as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from math import ceil

import pytest

from mentoring.checkins import Answer, CheckInState
from mentoring.errors import NotEnrolled, ProgramError
from mentoring.messages import Back, Kind, PairClosed, PairGoesOn
from mentoring.pairings import PairState
from mentoring.partings import Alone, Stands
from mentoring.people import Person, Standing
from program import checkins, members, people, returning
from program.people import LOOK_AGAIN
from program.returning import Returned
from storage.people import GIVE_UP, GONE_FOR
from tests.program.office import CHECKIN, INTRO, PROPOSAL, WEEK, Office, on

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
TEN_MINUTES = timedelta(minutes=10)


def goes(office: Office, person: str = MENTOR) -> None:
    office.directory_says(person, deactivated=True)
    office.delivers()


def comes(office: Office, person: str = MENTOR) -> None:
    office.clock.time += TEN_MINUTES
    office.directory_says(person, deactivated=False)
    office.delivers()


def yes(office: Office, person: str = MENTOR) -> Returned:
    back = returning.resume(office.ctx, office.workspace, person)
    office.delivers()
    return back


def no(office: Office, person: str = MENTOR) -> None:
    returning.decline(office.ctx, office.workspace, person)
    office.delivers()


def test_ten_minutes_of_a_mistake_are_undone_with_one_tap(office: Office) -> None:
    office.introduced()
    pair = office.pair()
    before, me = len(office.heard(MENTOR)), office.member(MENTOR)
    goes(office)
    gone = office.pair()
    assert (gone.state, gone.cut_off) == (PairState.ENDED, office.clock())
    comes(office)
    (asked,) = office.heard(MENTOR)[before:]
    assert asked.content == Back("Upside Down", asks=True, standing=Standing.ACTIVE)
    assert office.member(MENTOR).standing is Standing.LEFT
    assert yes(office) == Returned(Standing.ACTIVE, (MENTEE,))
    assert office.pair() == replace(pair, why=None)
    assert len(office.heard(MENTOR)) == before + 1
    assert office.said[-1].content == PairGoesOn("Upside Down", MENTOR, over=False)
    answered = [one.content for one in office.said if one.kind is Kind.BACK and not one.is_new]
    assert answered == [Back("Upside Down", False, Standing.ACTIVE, (MENTEE,))]
    assert office.member(MENTOR) == replace(me, active_since=office.clock())
    office.at(CHECKIN)
    assert [len(office.heard(one, Kind.CHECKIN)) for one in (MENTOR, MENTEE)] == [1, 1]


def test_the_partner_reads_neutral_words_and_the_truth(office: Office) -> None:
    office.introduced()
    goes(office)
    told = PairClosed(
        "Upside Down", MENTOR, alone=Alone(1, MENTOR, Stands.CLOSED, partner_name=f"Name of {MENTOR}")
    )
    assert office.heard(MENTEE)[-1].content == told
    comes(office)
    yes(office)
    closed = [one.content for one in office.said if one.kind is Kind.PAIR_CLOSED]
    assert closed == [told, PairClosed("Upside Down", MENTOR, goes_on=True)]
    assert len(office.heard(MENTEE, Kind.PAIR_GOES_ON)) == 1
    # A second absence is told as the first one was.
    office.passes(days=1)
    goes(office)
    assert len(office.heard(MENTEE, Kind.PAIR_CLOSED)) == 2
    comes(office)
    yes(office)
    assert len(office.heard(MENTEE, Kind.PAIR_GOES_ON)) == 2
    assert len(office.heard(MENTOR, Kind.BACK)) == 2


def test_who_has_not_read_of_the_end_need_not_read_of_its_end(office: Office) -> None:
    office.introduced()
    office.directory_says(MENTOR, deactivated=True)
    office.directory_says(MENTOR, deactivated=False)
    before = len(office.heard(MENTEE))
    yes(office)
    assert len(office.heard(MENTEE)) == before


def test_an_introduction_that_had_not_arrived_is_made(office: Office) -> None:
    office.approved()
    office.clock.time = INTRO
    office.tick()
    goes(office)
    assert office.kinds(Kind.INTRO) == []
    comes(office)
    yes(office)
    assert len(office.kinds(Kind.INTRO)) == 1
    assert office.pair().introduced_at is not None


def test_no_means_out_and_the_pair_stays_closed(office: Office) -> None:
    office.introduced()
    goes(office)
    comes(office)
    no(office)
    assert (office.member(MENTOR).standing, office.pair().state) == (Standing.LEFT, PairState.ENDED)
    assert office.said[-1].content == Back("Upside Down", asks=False, standing=None)
    with pytest.raises(NotEnrolled):
        returning.resume(office.ctx, office.workspace, MENTOR)
    with pytest.raises(NotEnrolled):
        returning.decline(office.ctx, office.workspace, MENTOR)


def test_no_answer_means_out_and_nobody_asks_again(office: Office) -> None:
    office.introduced()
    goes(office)
    comes(office)
    for _ in range(3):
        goes(office)
        comes(office)
    office.lives_until(office.clock() + 3 * WEEK)
    assert len(office.heard(MENTOR, Kind.BACK)) == 1
    assert office.member(MENTOR).standing is Standing.LEFT
    # The buttons still work, long after the cycle has ended.
    office.lives_until(office.times(2).intro_at + timedelta(days=1))
    assert yes(office) == Returned(Standing.ACTIVE)
    assert office.pair().state is PairState.ENDED


def test_the_question_waits_for_whoever_is_gone_again(office: Office) -> None:
    office.introduced()
    goes(office)
    office.directory_says(MENTOR, deactivated=False)
    office.directory_says(MENTOR, deactivated=True)
    office.delivers()
    assert office.heard(MENTOR, Kind.BACK) == []
    comes(office)
    assert len(office.heard(MENTOR, Kind.BACK)) == 1


def test_whoever_left_by_themselves_is_not_asked(office: Office) -> None:
    office.introduced()
    members.leave(office.ctx, office.workspace, MENTOR)
    goes(office)
    comes(office)
    assert office.heard(MENTOR, Kind.BACK) == []


def test_whoever_takes_part_cannot_decline(office: Office) -> None:
    office.introduced()
    with pytest.raises(ProgramError, match="You take part already"):
        returning.decline(office.ctx, office.workspace, MENTOR)
    assert office.member(MENTOR).standing is Standing.ACTIVE


@pytest.mark.parametrize(
    ("until", "after", "standing"),
    [
        (None, 1, Standing.PAUSED),
        ("2026-03-20", 1, Standing.PAUSED),
        ("2026-03-12", 6, Standing.ACTIVE),
    ],
)
def test_whoever_was_paused_is_paused_again(
    office: Office, until: str | None, after: int, standing: Standing
) -> None:
    office.introduced()
    members.pause(office.ctx, office.workspace, MENTOR, on(until) if until else None)
    goes(office)
    office.clock.passes(days=after)
    comes(office)
    asked = office.heard(MENTOR, Kind.BACK)[0].content
    assert asked == Back("Upside Down", asks=True, standing=Standing.PAUSED)
    assert yes(office) == Returned(standing, (MENTEE,))
    back = office.member(MENTOR)
    assert (back.standing, back.paused_until) == (
        standing,
        on("2026-03-20") if until == "2026-03-20" else None,
    )
    assert office.pair().state is PairState.INTRODUCED


def test_joining_by_the_form_is_a_yes(office: Office) -> None:
    office.introduced()
    goes(office)
    comes(office)
    office.edit(MENTOR, department="Finance")
    office.delivers()
    member = office.member(MENTOR)
    assert (member.standing, member.away_since, member.profile.department) == (
        Standing.ACTIVE,
        None,
        "Finance",
    )
    assert office.pair().state is PairState.INTRODUCED
    assert len(office.heard(MENTOR, Kind.WELCOME)) == 1


# --- when a pair does not go on


def cycle_ends(office: Office) -> None:
    office.lives_until(office.times(2).intro_at + timedelta(hours=1))


def partner_leaves(office: Office) -> None:
    members.leave(office.ctx, office.workspace, MENTEE)


def a_rule_forbids_it(office: Office) -> None:
    office.edit(MENTEE, avoid=(MENTOR,))


def partner_has_another(office: Office) -> None:
    office.joins("UOTHERMENTOR", role="share", level=1, shares=("Topic number 1",), wants=())
    office.proposes()
    (new,) = (pair for pair in office.pairs if pair.mentor_id == "UOTHERMENTOR")
    office.approves(new.id)


@pytest.mark.parametrize("meanwhile", [cycle_ends, partner_leaves, a_rule_forbids_it, partner_has_another])
def test_a_pair_goes_on_only_if_it_still_can(office: Office, meanwhile: Callable[[Office], None]) -> None:
    pair = office.introduced()
    goes(office)
    meanwhile(office)
    comes(office)
    assert yes(office) == Returned(Standing.ACTIVE)
    assert office.pair(pair.id).state is PairState.ENDED
    assert office.kinds(Kind.PAIR_GOES_ON) == []


def test_when_both_were_gone_the_pair_goes_on_with_the_second(office: Office) -> None:
    office.introduced()
    for person in (MENTOR, MENTEE):
        office.directory_says(person, deactivated=True)
    office.delivers()
    for person in (MENTOR, MENTEE):
        comes(office, person)
    assert yes(office, MENTEE) == Returned(Standing.ACTIVE)
    assert yes(office, MENTOR) == Returned(Standing.ACTIVE, (MENTEE,))
    assert office.pair().state is PairState.INTRODUCED
    assert office.kinds(Kind.PAIR_CLOSED) == []
    assert [one.recipient for one in office.kinds(Kind.PAIR_GOES_ON)] == [f"person:{MENTEE}"]


def test_who_was_cut_off_is_no_former_partner(office: Office) -> None:
    office.introduced()
    goes(office)
    comes(office)
    no(office)
    office.edit(MENTOR)
    office.delivers()
    office.proposes()
    pair = office.pair()
    # The same pair in the same cycle keeps its number, and its introduction stands.
    assert (pair.state, pair.cut_off) == (PairState.PROPOSED, None)
    office.approves(pair.id)
    office.delivers()
    assert office.pair().state is PairState.INTRODUCED
    assert len(office.kinds(Kind.INTRO)) == 1
    assert {one.recipient for one in office.kinds(Kind.PAIR_GOES_ON)} == {
        f"person:{MENTOR}",
        f"person:{MENTEE}",
    }
    office.lives_until(CHECKIN + WEEK)
    assert office.heard(MENTEE, Kind.CHECKIN)


def test_who_was_cut_off_may_be_matched_in_the_next_cycle(office: Office) -> None:
    office.introduced()
    goes(office)
    cycle_ends(office)
    comes(office)
    yes(office)
    office.matches()
    assert [pair.state for pair in office.pairs] == [PairState.PROPOSED, PairState.ENDED]


def test_a_pair_that_went_on_is_a_former_pair_in_the_end(office: Office) -> None:
    office.introduced()
    goes(office)
    comes(office)
    yes(office)
    cycle_ends(office)
    for person in (MENTOR, MENTEE):
        members.resume(office.ctx, office.workspace, person)
    office.matches()
    assert [pair.state for pair in office.pairs] == [PairState.FINISHED]


def test_what_was_only_proposed_can_be_proposed_again(office: Office) -> None:
    pair = office.proposed()
    goes(office)
    assert office.pair().state is PairState.WITHDRAWN
    comes(office)
    yes(office)
    office.proposes()
    assert (office.pair().id, office.pair().state) == (pair.id, PairState.PROPOSED)


# --- check-ins


def test_an_open_question_is_open_again(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    goes(office)
    comes(office)
    yes(office)
    (question,) = office.checkins(MENTEE)
    assert question.state is CheckInState.ASKED
    checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.MET)
    office.lives_until(CHECKIN + WEEK - timedelta(hours=1))
    assert len(office.heard(MENTEE, Kind.CHECKIN)) == 1


@pytest.mark.slow
def test_silence_before_counts_against_nobody(office: Office) -> None:
    office.sets_up(cycle_weeks=12)
    office.introduced_in_place()
    office.lives_until(CHECKIN + 2 * WEEK)
    goes(office)
    comes(office)
    yes(office)
    office.lives_until(CHECKIN + 5 * WEEK - timedelta(hours=1))
    assert [office.member(one).standing for one in (MENTOR, MENTEE)] == [Standing.ACTIVE] * 2
    office.lives_until(CHECKIN + 6 * WEEK + timedelta(hours=1))
    assert [office.member(one).standing for one in (MENTOR, MENTEE)] == [Standing.PAUSED] * 2


# --- looking, and whole companies


def test_whoever_is_away_is_looked_up_once_a_day_for_a_while(office: Office) -> None:
    office.introduced()
    goes(office)
    office.directory_says(MENTEE)
    looked_up = (office.workspace, MENTOR)
    office.clock.time += LOOK_AGAIN + timedelta(minutes=1)
    assert looked_up not in people.to_look_up(office.ctx, 9)
    office.clock.time += GONE_FOR
    assert looked_up in people.to_look_up(office.ctx, 9)
    office.directory_says(MENTOR)
    assert looked_up not in people.to_look_up(office.ctx, 9)
    office.clock.time += GIVE_UP
    assert looked_up not in people.to_look_up(office.ctx, 9)


def test_whoever_left_is_not_looked_up(office: Office) -> None:
    office.introduced()
    members.leave(office.ctx, office.workspace, MENTOR)
    goes(office)
    office.clock.time += 2 * GONE_FOR
    assert (office.workspace, MENTOR) not in people.to_look_up(office.ctx, 9)


@pytest.mark.parametrize("fact", ["guest", "admin"])
def test_facts_that_flip_back_end_nothing(office: Office, fact: str) -> None:
    office.introduced()
    for value in (True, False):
        office.directory_says(MENTOR, **{fact: value})
        office.passes(hours=1)
    assert (office.pair().state, office.member(MENTOR).standing) == (PairState.INTRODUCED, Standing.ACTIVE)


@pytest.mark.slow
def test_a_whole_company_is_gone_and_back(office: Office) -> None:
    """Sixty at once: a few in each transaction, one question each, and all pairs go on."""
    office.sets_up()
    numbers = range(30)
    everybody = [person for number in numbers for person in office.couple(number)]
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.at(INTRO)
    known = [office.member(person).person for person in everybody]
    woken = office.woken
    people.record(office.ctx, office.workspace, [replace(one, deactivated=True) for one in known])
    assert office.woken - woken == ceil(len(known) / 25)
    office.passes(minutes=1)
    office.clock.time += TEN_MINUTES
    office.said.clear()
    people.record(office.ctx, office.workspace, known)
    office.delivers()
    assert {person: len(office.heard(person)) for person in everybody} == dict.fromkeys(everybody, 1)
    for person in everybody:
        returning.resume(office.ctx, office.workspace, person)
    office.delivers()
    assert {pair.state for pair in office.pairs} == {PairState.INTRODUCED}


def test_people_who_were_never_members_are_not_asked(office: Office) -> None:
    office.sets_up()
    for gone in (False, True, False):
        people.record(office.ctx, office.workspace, [Person("U9", "Nina", deactivated=gone)])
    assert office.delivers() == []
