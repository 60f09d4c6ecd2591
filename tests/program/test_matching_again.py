"""Matching again: related skills, what was approved stays, proposals change only for the better."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest

from mentoring import sentences
from mentoring.errors import MatchingBusy
from mentoring.for_leads import IntroTime, PairCard
from mentoring.matching import Problem, Trail
from mentoring.matching.search.sweep import Sweep
from mentoring.messages import Kind
from mentoring.pairings import Because, Cause, Pair, PairState
from program import approvals, cycles, matching, members
from program.cycles import MOST_CARDS
from program.matching import Proposal
from tests.program.office import INTRO, LEAD, PROPOSAL, Office


def learner(office: Office, person: str, *wants: str) -> None:
    office.joins(person, role="learn", level=5, shares=(), wants=wants)


def teacher(office: Office, person: str, *shares: str) -> None:
    office.joins(person, role="share", level=2, shares=shares, wants=())


def two_and_a_spare(office: Office) -> None:
    """Ann and Bea can teach Max; Ann alone can teach Nora, who comes later."""
    office.sets_up()
    teacher(office, "UANN", "SQL", "Podcasts", "Spreadsheets")
    learner(office, "UMAX", "SQL", "Podcasts", "Spreadsheets")
    office.proposes()


def standing(office: Office) -> dict[tuple[str, str], PairState]:
    return {pair.people: pair.state for pair in office.pairs}


def numbered(office: Office, *people: str) -> Pair:
    return next(pair for pair in office.pairs if pair.people == people)


def cards(office: Office, number: int) -> list[PairState]:
    """What each version of a pair's card showed."""
    shown = [one.content for one in office.said if isinstance(one.content, PairCard)]
    return [card.pair.state for card in shown if card.pair.id == number]


def test_related_skills_are_told_and_talked_about(office: Office) -> None:
    office.sets_up()
    teacher(office, "UANN", "Automation", "Podcasts")
    learner(office, "UMAX", "AI tools", "Podcasts")
    office.proposes()
    assert sentences.reason(office.pair().reasons[0]) == (
        "Teaches “Automation” (related to “AI tools”, first choice) and “Podcasts” (second choice)"
    )
    assert office.pair().topics == ("Automation", "Podcasts")


def test_a_related_skill_alone_makes_no_pair(office: Office) -> None:
    office.sets_up()
    teacher(office, "UANN", "Automation")
    learner(office, "UMAX", "AI tools")
    office.proposes()
    assert office.pairs == []


def test_a_proposal_makes_way_when_more_people_get_a_partner(office: Office) -> None:
    two_and_a_spare(office)
    teacher(office, "UBEA", "SQL")
    learner(office, "UNORA", "Podcasts")
    result = cycles.match_now(office.ctx, office.workspace, LEAD)
    office.delivers()
    assert (result.proposed, result.replaced, result.left_out) == (2, 1, 0)
    assert standing(office) == {
        ("UANN", "UMAX"): PairState.WITHDRAWN,
        ("UANN", "UNORA"): PairState.PROPOSED,
        ("UBEA", "UMAX"): PairState.PROPOSED,
    }
    gone = numbered(office, "UANN", "UMAX")
    assert gone.why == Because(Cause.MADE_WAY)
    assert cards(office, gone.id) == [PairState.PROPOSED, PairState.WITHDRAWN]


def test_a_proposal_that_made_way_comes_back_when_it_is_the_best_again(office: Office) -> None:
    two_and_a_spare(office)
    teacher(office, "UBEA", "SQL")
    learner(office, "UNORA", "Podcasts")
    office.proposes()
    members.leave(office.ctx, office.workspace, "UNORA")
    office.proposes()
    back = numbered(office, "UANN", "UMAX")
    assert (back.state, back.note, back.why) == (PairState.PROPOSED, "", None)
    assert cards(office, back.id) == [PairState.PROPOSED, PairState.WITHDRAWN, PairState.PROPOSED]
    assert len(office.letters(Kind.CARD, back.id)) == 1


def test_an_approved_pair_never_makes_way(office: Office) -> None:
    two_and_a_spare(office)
    office.approves(office.pair().id)
    teacher(office, "UBEA", "SQL")
    learner(office, "UNORA", "Podcasts")
    office.proposes()
    assert standing(office) == {("UANN", "UMAX"): PairState.APPROVED}


def test_after_a_decline_the_rest_is_matched_around_what_is_approved(office: Office) -> None:
    office.sets_up()
    for mentor in ("UANN", "UBEA", "UCLEO"):
        teacher(office, mentor, "SQL")
    for mentee in ("UMAX", "UNORA", "UOTTO"):
        learner(office, mentee, "SQL")
    office.proposes()
    approved, declined, seen = office.pairs
    office.approves(approved.id)
    approvals.decline(office.ctx, office.workspace, LEAD, declined.id, "They know each other well.")
    office.proposes()
    states = standing(office)
    assert states[approved.people] is PairState.APPROVED
    assert states[declined.people] is PairState.DECLINED
    live = [people for people, state in states.items() if state in (PairState.APPROVED, PairState.PROPOSED)]
    assert sorted(person for pair in live for person in pair) == sorted(
        ["UANN", "UBEA", "UCLEO", "UMAX", "UNORA", "UOTTO"]
    )
    assert states[seen.people] is PairState.WITHDRAWN


def test_matching_again_for_no_reason_changes_nothing(office: Office) -> None:
    office.sets_up()
    for number in range(4):
        teacher(office, f"UT{number}", "SQL")
        learner(office, f"UL{number}", "SQL")
    office.proposes()
    before = office.pairs
    result = cycles.match_now(office.ctx, office.workspace, LEAD)
    assert (result.proposed, result.replaced) == (0, 0)
    assert office.pairs == before


def test_many_pairs_that_come_back_get_no_cards_beyond_those_they_have(office: Office) -> None:
    office.sets_up()
    for number in range(MOST_CARDS + 1):
        office.couple(number)
    office.proposes()
    for pair in office.pairs:
        members.pause(office.ctx, office.workspace, pair.mentor_id)
    for pair in office.pairs:
        members.resume(office.ctx, office.workspace, pair.mentor_id)
    office.proposes()
    assert {pair.state for pair in office.pairs} == {PairState.PROPOSED}
    assert office.kinds(Kind.CARD) == []


def test_a_pair_that_is_approved_while_others_are_computed_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_and_a_spare(office)
    first = office.pair()
    teacher(office, "UBEA", "SQL")
    learner(office, "UNORA", "Podcasts")
    solve = matching.propose

    def interrupted(problem: Problem, since: Trail | None) -> Proposal:
        """The lead's matching wants the pair to make way; another lead has just approved it."""
        monkeypatch.setattr(matching, "propose", solve)
        approvals.approve(office.ctx, office.workspace, "UOTHER", first.id)
        return solve(problem, since)

    monkeypatch.setattr(matching, "propose", interrupted)
    result = cycles.match_now(office.ctx, office.workspace, LEAD)
    assert (result.proposed, result.replaced) == (0, 0)
    assert standing(office) == {first.people: PairState.APPROVED}
    assert office.cycles[0].runs == 1


def test_a_lead_is_told_when_decisions_keep_coming_in_between(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.proposed()
    monkeypatch.setattr(cycles, "withdraw", lambda *_: False)
    monkeypatch.setattr(matching, "propose", lambda problem, _: Proposal((), problem.keep, ()))
    with pytest.raises(MatchingBusy):
        cycles.match_now(office.ctx, office.workspace, LEAD)
    assert (office.pair().state, office.cycles[0].runs) == (PairState.PROPOSED, 1)


@patch("mentoring.matching.solve.LARGE", -1)
def test_matching_a_large_program_again_starts_where_the_last_time_ended(office: Office) -> None:
    two_and_a_spare(office)
    teacher(office, "UBEA", "SQL")
    approvals.decline(office.ctx, office.workspace, LEAD, office.pair().id)
    with patch.object(Sweep, "best", side_effect=AssertionError("it would begin from nothing")):
        result = cycles.match_now(office.ctx, office.workspace, LEAD)
    assert (result.proposed, result.replaced) == (1, 0)
    assert standing(office) == {("UANN", "UMAX"): PairState.DECLINED, ("UBEA", "UMAX"): PairState.PROPOSED}


@patch("mentoring.matching.solve.LARGE", -1)
def test_another_cycle_of_a_large_program_begins_from_nothing(office: Office) -> None:
    two_and_a_spare(office)
    (cycle,) = office.cycles
    assert office.ctx.trails.of(cycle) is not None
    assert office.ctx.trails.of(replace(cycle, id=cycle.id + 1)) is None


def test_at_intro_time_only_approved_pairs_count_as_withdrawn(office: Office) -> None:
    two_and_a_spare(office)
    teacher(office, "UBEA", "SQL")
    learner(office, "UNORA", "Podcasts")
    office.at(PROPOSAL)
    office.at(INTRO)
    (told,) = office.kinds(Kind.INTRO_TIME)
    assert told.content == IntroTime("Upside Down", 1, introduced=0, on_their_way=0, waiting=2, withdrawn=0)
