"""The hard rules of reverse mentoring hold when a pair is proposed, when it is approved, and when it is introduced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from mentoring import sentences
from mentoring.cycles import CycleState, cycle_times
from mentoring.errors import AlreadyDecided, NothingToIntroduce, PairBroken
from mentoring.messages import Kind
from mentoring.pairings import PairState, ProposedPair
from mentoring.people import Standing
from mentoring.programs import Program
from program import approvals, introductions
from storage import cycles as stored_cycles
from storage import members as stored_members
from storage import pairs as stored_pairs
from storage.database import Tx
from tests.program.office import INTRO, LEAD, PROPOSAL, Office
from tests.storage.rows import led_to

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
NOT_FREE = "They are not free for a new pairing with each other."
"""The same for causes that are private and for one that everybody can see."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule: what breaks it, and a part of the sentence that the leads read."""

    breaks: Callable[[Office], object]
    says: str


def edit(person_id: str, **answers: object) -> Callable[[Office], object]:
    return lambda office: office.edit(person_id, **answers)


def unseen(person_id: str, **facts: object) -> Callable[[Office], object]:
    return lambda office: office.unseen(person_id, **facts)


def a_manager_between(office: Office) -> None:
    office.joins("UMIDDLE", manager_id=MENTEE)
    office.edit(MENTOR, manager_id="UMIDDLE")


def a_manager_who_left(office: Office) -> None:
    a_manager_between(office)
    standing(office, "UMIDDLE", Standing.LEFT)


def a_long_chain(office: Office) -> None:
    for number in range(6):
        office.joins(f"UBOSS{number}", manager_id=f"UBOSS{number + 1}" if number < 5 else MENTOR)
    office.edit(MENTEE, manager_id="UBOSS0")


def same_department(office: Office) -> None:
    for person in (MENTOR, MENTEE):
        office.edit(person, department="Sales")
    office.sets_up(other_department_only=True)


def met_before(office: Office, one: str = MENTOR, other: str = MENTEE) -> None:
    """The two were a pair in a cycle long ago, the other way round."""

    def change(tx: Tx, program: Program) -> None:
        old = stored_cycles.open_once(tx, program.id, cycle_times(program.calendar, 0))
        stored_cycles.move(tx, old, CycleState.CLOSED)
        stored(tx, program, old.id, other, one, PairState.FINISHED)

    office.behind_the_scenes(change)


def no_room(office: Office) -> None:
    """The mentor has another partner in the same cycle, with room for one."""

    def change(tx: Tx, program: Program) -> None:
        cycle = stored_cycles.open_once(tx, program.id, cycle_times(program.calendar, 1))
        stored(tx, program, cycle.id, MENTOR, "USOMEBODY", PairState.APPROVED)

    office.joins(
        "USOMEBODY", role="learn", level=5, wants=("Topic number 1",), shares=(), languages=("Suomi",)
    )
    office.behind_the_scenes(change)


def stored(tx: Tx, program: Program, cycle_id: int, mentor: str, mentee: str, state: PairState) -> None:
    (number,) = stored_pairs.propose(tx, program.id, cycle_id, [ProposedPair(mentor, mentee, 1, (), ())])
    led_to(tx, stored_pairs.of_id(tx, number), state, decided_by=LEAD)


def standing(office: Office, person_id: str, to: Standing) -> None:
    """A standing that changed without any of what follows from it, as in the middle of a race."""
    member = office.member(person_id)
    office.behind_the_scenes(lambda tx, _: stored_members.move(tx, member, to))


RULES = {
    "the same level": Rule(edit(MENTOR, level=5), "at least one level above"),
    "the wrong way round": Rule(edit(MENTOR, level=7), "at least one level above"),
    "too near": Rule(lambda office: office.sets_up(min_gap=4), "at least four levels above"),
    "too far": Rule(lambda office: office.rules(max_gap=2), "the program allows two"),
    "no level": Rule(edit(MENTEE, level=None), "without a level"),
    "the mentor's manager": Rule(edit(MENTOR, manager_id=MENTEE), NOT_FREE),
    "the mentee's manager": Rule(edit(MENTEE, manager_id=MENTOR), NOT_FREE),
    "a manager's manager": Rule(a_manager_between, NOT_FREE),
    "over somebody who left": Rule(a_manager_who_left, NOT_FREE),
    "at a distance": Rule(a_long_chain, NOT_FREE),
    "the same department": Rule(same_department, "same department"),
    "an unknown department": Rule(lambda office: office.sets_up(other_department_only=True), "is not known"),
    "the mentor would rather not": Rule(edit(MENTOR, avoid=(MENTEE,)), NOT_FREE),
    "the mentee would rather not": Rule(edit(MENTEE, avoid=(MENTOR,)), NOT_FREE),
    "met before": Rule(met_before, NOT_FREE),
    "paused": Rule(lambda office: standing(office, MENTEE, Standing.PAUSED), "not available"),
    "left": Rule(lambda office: standing(office, MENTOR, Standing.LEFT), "not available"),
    "deactivated": Rule(unseen(MENTOR, deactivated=True), "not available"),
    "a guest": Rule(unseen(MENTEE, guest=True), "as a guest"),
    "over capacity": Rule(no_room, "without room"),
    "no skill in common": Rule(edit(MENTOR, shares=("Underwater basket weaving",)), "does not offer a skill"),
    "no hours in common": Rule(unseen(MENTEE, time_zone="Asia/Tokyo"), "no working time"),
    "too few hours": Rule(edit(MENTEE, starts="16:00", ends="23:00"), "asks for 2 hours"),
    "no language": Rule(edit(MENTEE, languages=("Suomi",)), "no language in common"),
    "no wish to share": Rule(edit(MENTOR, role="learn", wants=("Chess",)), "did not sign up to share"),
    "no wish to learn": Rule(edit(MENTEE, role="share", shares=("Chess",)), "did not sign up to learn"),
}
SEEN = {
    "a guest who is seen": Rule(lambda office: office.directory_says(MENTEE, guest=True), "as a guest"),
    "hours that are seen": Rule(
        lambda office: office.directory_says(MENTEE, time_zone="Asia/Tokyo"), "no working time"
    ),
}
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
some_rules = pytest.mark.parametrize(
    "name", ["the same level", "a manager's manager", "deactivated", "over capacity"]
)


def couple_of(office: Office) -> list[PairState]:
    """The states of the pair of our two."""
    return [pair.state for pair in office.pairs if pair.people == (MENTOR, MENTEE)]


def test_without_a_broken_rule_the_two_become_a_pair(office: Office) -> None:
    assert office.introduced().state is PairState.INTRODUCED
    assert couple_of(office) == [PairState.INTRODUCED]


@pytest.mark.sampled(8)
@every_rule
def test_a_rule_holds_at_the_proposal(office: Office, rule: Rule) -> None:
    office.sets_up()
    office.couple()
    office.joins("UBYSTANDER")
    rule.breaks(office)
    office.at(PROPOSAL)
    assert office.cycles[-1].runs == 1
    assert couple_of(office) == []


@every_rule
def test_a_rule_holds_at_the_approval(office: Office, rule: Rule) -> None:
    pair = office.proposed()
    rule.breaks(office)
    with pytest.raises((PairBroken, AlreadyDecided)):
        approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    broken = office.pair(pair.id)
    assert (broken.state, broken.decided_by) == (PairState.WITHDRAWN, None)
    assert broken.why
    assert rule.says in sentences.because(broken.why)


def test_a_language_has_several_names(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit(MENTOR, languages=("Deutsch",))
    office.edit(MENTEE, languages=("German",))
    office.at(PROPOSAL)
    assert couple_of(office) == [PairState.PROPOSED]
    mentor = office.find(MENTOR)
    assert mentor is not None
    assert mentor.profile.languages == ("Deutsch",), "the word stays as it was typed"


@pytest.mark.parametrize("name", ["paused", "left", "deactivated", "a guest", "met before", "over capacity"])
def test_what_nobody_saw_coming_is_told_at_the_approval(office: Office, name: str) -> None:
    pair = office.proposed()
    RULES[name].breaks(office)
    with pytest.raises(PairBroken, match=f"Pair {pair.id} is no longer possible") as told:
        approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    assert RULES[name].says in told.value.sentence


@pytest.mark.sampled(12)
@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize(
    "name",
    [name for name in RULES if name not in ("too far", "met before", "paused", "left", "deactivated")]
    + ["a guest who is seen", "hours that are seen"],
)
def test_what_becomes_impossible_is_taken_back_at_once(office: Office, name: str, decided: bool) -> None:
    """Long before anybody clicks, and before the introductions: leads are not shown what cannot be."""
    pair = office.approved() if decided else office.proposed()
    (RULES | SEEN)[name].breaks(office)
    office.tick()
    taken_back = office.pair(pair.id).state is PairState.WITHDRAWN
    assert taken_back == (name not in ("a guest", "no hours in common", "over capacity")), "nobody saw those"


@pytest.mark.sampled(8)
@every_rule
def test_a_rule_holds_at_the_introduction(office: Office, rule: Rule) -> None:
    pair = office.approved()
    rule.breaks(office)
    office.at(INTRO)
    broken = office.pair(pair.id)
    assert broken.state is PairState.WITHDRAWN
    assert broken.why
    assert rule.says in sentences.because(broken.why)
    assert office.letters(Kind.INTRO, pair.id) == []


@some_rules
def test_a_rule_holds_when_a_lead_introduces(office: Office, name: str) -> None:
    pair = office.approved()
    RULES[name].breaks(office)
    with pytest.raises(NothingToIntroduce):
        introductions.introduce_now(office.ctx, office.workspace, LEAD)
    assert office.pair(pair.id).state is PairState.WITHDRAWN
    assert office.letters(Kind.INTRO, pair.id) == []


@some_rules
def test_a_rule_holds_at_an_approval_after_the_introductions(office: Office, name: str) -> None:
    pair = office.proposed()
    office.at(INTRO)
    RULES[name].breaks(office)
    with pytest.raises((PairBroken, AlreadyDecided)):
        approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    assert office.pair(pair.id).state is PairState.WITHDRAWN
    assert office.letters(Kind.INTRO, pair.id) == []


def test_a_pair_may_repeat_after_the_window(office: Office) -> None:
    office.proposed()
    office.rules(repeat_cycles=1)
    met_before(office)

    def age(tx: Tx, program: Program) -> None:
        old = stored_cycles.of_program(tx, program.id)[0]
        stored_cycles.reschedule(tx, old, replace(old.times, number=-1))

    office.behind_the_scenes(age)
    approved = approvals.approve(office.ctx, office.workspace, LEAD, office.pairs[0].id)
    assert approved.state is PairState.APPROVED


def test_a_guest_is_welcome_where_the_leads_say_so(office: Office) -> None:
    pair = office.proposed()
    office.sets_up(guests_allowed=True)
    office.unseen(MENTEE, guest=True)
    assert approvals.approve(office.ctx, office.workspace, LEAD, pair.id).state is PairState.APPROVED


def test_of_two_pairs_that_exceed_one_persons_room_one_is_introduced(office: Office) -> None:
    office.sets_up()
    office.couple(mentor_capacity=2)
    office.joins("UTHIRD", role="learn", level=6, shares=(), wants=("Topic number 1",))
    office.at(PROPOSAL)
    assert [pair.mentor_id for pair in office.pairs] == [MENTOR, MENTOR]
    for pair in office.pairs:
        office.approves(pair.id)
    office.edit(MENTOR, mentor_capacity=1)
    office.at(INTRO)
    assert sorted(pair.state for pair in office.pairs) == [PairState.INTRODUCED, PairState.WITHDRAWN]


def test_the_chain_over_people_who_left_is_looked_at_before_cards_are_made(office: Office) -> None:
    office.sets_up()
    office.couple()
    a_manager_who_left(office)
    office.matches()
    assert couple_of(office) == []
