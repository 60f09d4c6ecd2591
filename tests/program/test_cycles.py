"""A cycle's life: proposed, introduced, closed, and what happens after a silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentoring.cycles import CycleState, Unserved, Why
from mentoring.errors import MatchingBusy, NoProgram, NotAllowed, NothingToIntroduce, NothingToMatch
from mentoring.for_leads import IntroTime, Summary
from mentoring.matching import Problem, Trail
from mentoring.messages import Kind, NoPartner, Thanks
from mentoring.pairings import Because, Cause, PairState
from program import approvals, cycles, introductions, matching, members
from program.cycles import ABANDONED, MOST_CARDS
from program.matching import Proposal
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, WEEK, Office

HOUR = timedelta(hours=1)


def approve_all(office: Office) -> None:
    for pair in office.pairs:
        if pair.state is PairState.PROPOSED:
            office.approves(pair.id)


def test_pairs_are_proposed_at_the_planned_time_and_once(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(PROPOSAL - timedelta(seconds=1))
    assert office.pairs == []
    office.at(PROPOSAL)
    pair = office.pair()
    assert (pair.state, pair.people) == (PairState.PROPOSED, ("UMENTOR1", "UMENTEE1"))
    assert (pair.topics, pair.decided_by) == (("Topic number 1",), None)
    office.lives_until(INTRO - HOUR)
    (cycle,) = office.cycles
    assert (cycle.state, cycle.runs, cycle.matched_at) == (CycleState.PROPOSED, 1, PROPOSAL)
    assert [one.kind for one in office.kinds(Kind.SUMMARY, Kind.CARD)] == [Kind.SUMMARY, Kind.CARD]


def test_approved_pairs_are_introduced_at_the_intro_time(office: Office) -> None:
    office.approved()
    office.at(INTRO - timedelta(seconds=1))
    assert office.kinds(Kind.INTRO) == []
    office.at(INTRO)
    assert [one.recipient for one in office.kinds(Kind.INTRO)] == ["pair:1"]
    assert office.cycles[0].state is CycleState.RUNNING
    (told,) = office.kinds(Kind.INTRO_TIME)
    assert told.content == IntroTime("Upside Down", 1, introduced=1, on_their_way=0, waiting=0, withdrawn=0)


def test_the_note_at_intro_time_follows_the_introductions_on_their_way(office: Office) -> None:
    office.approved()
    office.clock.time = INTRO
    office.tick()
    (told,) = office.delivers(lambda letter: letter.notice.kind is Kind.INTRO_TIME)
    assert told.content == IntroTime("Upside Down", 1, introduced=1, on_their_way=1, waiting=0, withdrawn=0)
    after = [one.content for one in office.delivers() if one.kind is Kind.INTRO_TIME]
    assert after == [IntroTime("Upside Down", 1, introduced=1, on_their_way=0, waiting=0, withdrawn=0)]


def test_everybody_without_a_pair_is_told_kindly(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.joins("UALONE")
    office.joins("UNOLEVEL", level=None)
    office.joins("UAWAY")
    members.pause(office.ctx, office.workspace, "UAWAY")
    office.at(PROPOSAL)
    office.at(INTRO)
    told = {one.recipient: one.content for one in office.kinds(Kind.NO_PARTNER)}
    next_intro = office.times(2).intro_at
    nobody = (Unserved("mentee", Why.SKILL), Unserved("mentor", Why.SKILL))
    held = (Unserved("", Why.NO_LEVEL),)
    assert told == {
        "person:UALONE": NoPartner("Upside Down", 1, next_intro, True, nobody, (LEAD, OTHER_LEAD), True),
        "person:UNOLEVEL": NoPartner("Upside Down", 1, next_intro, False, held, (LEAD, OTHER_LEAD), True),
    }


def test_the_summary_says_who_was_left_out_and_who_is_held(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.joins("UALONE")
    office.joins("UNOLEVEL", level=None)
    office.at(PROPOSAL)
    (said,) = office.kinds(Kind.SUMMARY)
    summary = said.content
    assert isinstance(summary, Summary)
    assert (summary.proposed, summary.held, summary.asked_by) == (1, ("UNOLEVEL",), None)
    assert {one.person_id for one in summary.left_out.first} == {"UALONE"}
    assert all(one.reason and one.help for one in summary.left_out.first)


@pytest.mark.parametrize(("couples", "cards"), [(MOST_CARDS, 4), (MOST_CARDS + 1, 0), (6, 2)])
def test_many_pairs_are_reviewed_on_a_page(office: Office, couples: int, cards: int) -> None:
    office.sets_up()
    for number in range(couples):
        office.couple(number)
    office.at(PROPOSAL)
    assert len(office.kinds(Kind.CARD)) == cards
    (said,) = office.kinds(Kind.SUMMARY)
    assert isinstance(said.content, Summary)
    assert (said.content.proposed, said.content.cards_posted) == (couples, bool(cards))


def test_a_lead_matches_before_the_planned_time_and_the_plan_goes_on(office: Office) -> None:
    office.sets_up()
    office.couple()
    result = cycles.match_now(office.ctx, office.workspace, LEAD)
    office.delivers()
    assert (result.cycle_number, result.proposed, result.left_out, result.held) == (1, 1, 0, 0)
    office.couple(2)
    office.at(PROPOSAL)
    assert [pair.mentor_id for pair in office.pairs] == ["UMENTOR1", "UMENTOR2"]
    assert office.cycles[0].runs == 2
    by_hand, planned = (one.content for one in office.kinds(Kind.SUMMARY))
    assert isinstance(by_hand, Summary)
    assert isinstance(planned, Summary)
    assert (by_hand.asked_by, planned.asked_by) == (LEAD, None)
    office.lives_until(INTRO - HOUR)
    assert office.cycles[0].runs == 2


def test_a_lead_matches_after_the_introductions(office: Office) -> None:
    office.introduced()
    office.passes(days=2)
    office.couple(2)
    office.proposes()
    assert [pair.state for pair in office.pairs] == [PairState.PROPOSED, PairState.INTRODUCED]
    approve_all(office)
    office.delivers()
    assert [one.recipient for one in office.kinds(Kind.INTRO)] == ["pair:1", "pair:2"]


@pytest.mark.slow
def test_a_lead_matches_the_next_cycle_once_it_is_proposed(office: Office) -> None:
    office.introduced()
    office.lives_until(office.times(2).proposal_at)
    office.couple(2)
    office.proposes()
    assert {pair.people[0]: pair.cycle_id for pair in office.pairs}["UMENTOR2"] == office.cycles[1].id


def test_a_declined_pair_is_not_proposed_again_in_its_cycle(office: Office) -> None:
    pair = office.proposed()
    approvals.decline(office.ctx, office.workspace, LEAD, pair.id)
    office.proposes()
    assert office.pair().state is PairState.DECLINED


def test_only_leads_match_and_introduce(office: Office) -> None:
    with pytest.raises(NoProgram):
        cycles.match_now(office.ctx, office.workspace, LEAD)
    office.approved()
    for person in ("UMENTOR1", "UADMIN", "USTRANGER"):
        with pytest.raises(NotAllowed):
            cycles.match_now(office.ctx, office.workspace, person)
        with pytest.raises(NotAllowed):
            introductions.introduce_now(office.ctx, office.workspace, person)
    assert office.pair().state is PairState.APPROVED


def test_nobody_is_matched_while_nobody_takes_part(office: Office) -> None:
    office.sets_up()
    with pytest.raises(NothingToMatch):
        cycles.match_now(office.ctx, office.workspace, LEAD)
    office.joins("U1")
    members.pause(office.ctx, office.workspace, "U1")
    with pytest.raises(NothingToMatch):
        cycles.match_now(office.ctx, office.workspace, LEAD)


def test_of_two_runs_at_once_the_second_gives_way(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.sets_up()
    office.couple()
    solve = matching.propose

    def interrupted(problem: Problem, since: Trail | None) -> Proposal:
        """While one lead's matching is computed, another's is stored."""
        monkeypatch.setattr(matching, "propose", solve)
        cycles.match_now(office.ctx, office.workspace, "UOTHER")
        return solve(problem, since)

    monkeypatch.setattr(matching, "propose", interrupted)
    with pytest.raises(MatchingBusy):
        cycles.match_now(office.ctx, office.workspace, LEAD)
    assert len(office.pairs) == 1
    assert office.cycles[0].runs == 1


def test_a_lead_who_asks_while_the_calendar_matches_gets_pairs_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever joined since the calendar's run began must not be forgotten."""
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    solve = matching.propose

    def interrupted(problem: Problem, since: Trail | None) -> Proposal:
        """While the lead's matching is computed, the planned one is stored, and two more people join."""
        monkeypatch.setattr(matching, "propose", solve)
        cycles.propose_due(office.ctx)
        office.couple(2)
        return solve(problem, since)

    monkeypatch.setattr(matching, "propose", interrupted)
    assert cycles.match_now(office.ctx, office.workspace, LEAD).proposed == 1
    assert len(office.pairs) == 2
    assert office.cycles[0].runs == 2


def test_a_lead_introduces_early(office: Office) -> None:
    office.approved()
    assert introductions.introduce_now(office.ctx, office.workspace, LEAD) == 1
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 1
    with pytest.raises(NothingToIntroduce):
        introductions.introduce_now(office.ctx, office.workspace, LEAD)
    office.at(INTRO)
    assert len(office.kinds(Kind.INTRO)) == 1
    assert office.kinds(Kind.NO_PARTNER) == []


def test_a_matching_waits_while_there_is_nobody_to_pair(office: Office) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.at(PROPOSAL)
    (cycle,) = office.cycles
    assert (cycle.state, cycle.runs) == (CycleState.PLANNED, 0)
    assert cycle.times.proposal_at == PROPOSAL + (INTRO - PROPOSAL) / 2
    office.couple()
    office.at(cycle.times.proposal_at)
    assert len(office.pairs) == 1


def test_a_matching_waits_only_until_shortly_before_the_introductions(office: Office) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.lives_until(INTRO - matching.LATEST_WAIT - HOUR)
    assert office.cycles[0].runs == 0
    office.lives_until(INTRO - HOUR)
    assert (office.cycles[0].runs, len(office.kinds(Kind.SUMMARY))) == (1, 1)
    office.at(INTRO)
    assert len(office.heard("UALONE", Kind.NO_PARTNER)) == 1


def test_a_bot_that_was_down_over_a_cycles_start_catches_up(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(INTRO + 3 * WEEK)
    (cycle,) = office.cycles
    assert (cycle.number, cycle.state, cycle.runs) == (1, CycleState.RUNNING, 1)
    (told,) = office.kinds(Kind.INTRO_TIME)
    assert told.content == IntroTime("Upside Down", 1, introduced=0, on_their_way=0, waiting=1, withdrawn=0)
    assert office.kinds(Kind.NO_PARTNER) == []
    approve_all(office)
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 1


def test_of_all_the_cycles_that_were_missed_only_the_latest_is_held(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(office.times(4).intro_at + timedelta(days=1))
    assert [(cycle.number, cycle.state) for cycle in office.cycles] == [(4, CycleState.RUNNING)]
    assert len(office.kinds(Kind.SUMMARY)) == 1


def test_a_bot_that_was_down_over_a_cycles_end_closes_it(office: Office) -> None:
    pair = office.introduced()
    office.at(office.times(3).intro_at + timedelta(days=1))
    assert [(cycle.number, cycle.state) for cycle in office.cycles] == [
        (1, CycleState.CLOSED),
        (3, CycleState.RUNNING),
    ]
    assert office.pair(pair.id).state is PairState.FINISHED
    assert [one.recipient for one in office.kinds(Kind.THANKS)] == [f"pair:{pair.id}"]
    assert office.kinds(Kind.CHECKIN) == []


def test_approved_pairs_whose_whole_cycle_was_missed_are_taken_back(office: Office) -> None:
    pair = office.approved()
    office.at(office.times(2).intro_at + HOUR)
    late = office.pair(pair.id)
    assert (late.state, late.why) == (PairState.WITHDRAWN, Because(Cause.CYCLE_ENDED))
    assert office.kinds(Kind.INTRO) == []


def test_a_cycle_ends_with_thanks_and_no_more_questions(office: Office) -> None:
    pair = office.introduced()
    ends = office.times(2).intro_at
    office.lives_until(ends)
    asked = len(office.kinds(Kind.CHECKIN))
    office.lives_until(ends + WEEK)
    assert office.pair(pair.id).state is PairState.FINISHED
    (thanks,) = office.kinds(Kind.THANKS)
    assert thanks.content == Thanks("Upside Down", office.pair(pair.id), 1, None), (
        "the next pairs are introduced at that moment"
    )
    assert len(office.kinds(Kind.CHECKIN)) == asked


def test_two_who_met_are_not_proposed_to_each_other_again(office: Office) -> None:
    pair = office.introduced()
    office.lives_until(office.times(3).intro_at)
    assert [one.id for one in office.pairs] == [pair.id]


def test_whoever_waited_comes_first(office: Office) -> None:
    """Two mentees want the one mentor; the one who went without in the first cycle gets them in the second."""
    office.sets_up(cycle_weeks=2)
    office.couple()
    office.joins("UWAITS", role="learn", level=4, shares=(), wants=("Topic number 1",))
    office.at(PROPOSAL)
    (first,) = office.pairs
    waits = {"UMENTEE1", "UWAITS"} - {first.mentee_id}
    approve_all(office)
    office.joins("UNEW", role="learn", level=7, shares=(), wants=("Topic number 1",))
    office.lives_until(office.times(2).proposal_at)
    assert {pair.mentee_id for pair in office.pairs if pair.state is PairState.PROPOSED} == waits
    with office.ctx.database.read() as tx:
        problem = matching.problem_of(tx, office.program, office.cycles[-1])
    waited = {person.id: person.waiting_cycles for person in problem.people}
    assert {person: waited[person] for person in waits} == dict.fromkeys(waits, 1)
    assert waited[first.mentee_id] == waited["UMENTOR1"] == 0


def test_the_run_after_a_missed_checkin_still_knows_the_calendar(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN + 2 * WEEK + timedelta(hours=1))
    assert len(office.kinds(Kind.CHECKIN)) == 2


def test_a_matching_that_a_stop_cut_short_is_done_once(office: Office) -> None:
    office.sets_up()
    office.couple()
    cycles.ask_to_match(office.ctx, office.workspace, LEAD)
    office.passes(seconds=ABANDONED.total_seconds())
    assert office.pairs == [], "it may still be at work"
    office.passes(seconds=1)
    assert office.pair().state is PairState.PROPOSED
    assert [one.kind for one in office.kinds(Kind.SUMMARY, Kind.CARD)] == [Kind.SUMMARY, Kind.CARD]
    office.passes(hours=1)
    assert office.cycles[0].runs == 1


def test_a_matching_that_was_done_or_makes_no_sense_any_more_is_not_done_later(office: Office) -> None:
    office.sets_up()
    office.couple()
    cycles.ask_to_match(office.ctx, office.workspace, LEAD)
    cycles.match_now(office.ctx, office.workspace, LEAD)
    office.passes(hours=1)
    assert cycles.match_asked(office.ctx) == 0
    cycles.ask_to_match(office.ctx, office.workspace, OTHER_LEAD)
    office.sets_up(leads=(LEAD,))
    office.passes(hours=1)
    assert cycles.match_asked(office.ctx) == 0
    office.sets_up(leads=(LEAD, OTHER_LEAD))
    assert cycles.match_asked(office.ctx) == 0
    assert office.cycles[0].runs == 1
