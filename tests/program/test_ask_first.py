"""The mentee's quiet yes or no before a pair is final, in each state of a pair, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.views import render
from mentoring.ask_errors import NoQuestion, OnlyAsked, QuestionIsOver
from mentoring.ask_first import AfterNo, AskedFirst, AsksWait, Stand
from mentoring.errors import AlreadyDecided, CannotPair, Invalid, NotAllowed, ProgramError
from mentoring.messages import Content, Kind
from mentoring.pairings import Pair, PairState
from program import approvals, ask_first, by_hand, closing, introductions, members, undoing
from storage import asks
from tests.program.office import INTRO, LEAD, MINUTE, PROPOSAL, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
SLOT = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def asking(office: Office) -> Office:
    """A program that asks first."""
    office.sets_up()
    office.rules(ask_first=True)
    return office


def proposed(office: Office) -> Pair:
    office.couple()
    office.at(PROPOSAL)
    return office.pair()


def asked(office: Office) -> Pair:
    """A pair whose mentee has the question on screen."""
    office.approves(proposed(office).id)
    office.passes(minutes=1)
    return office.pair()


def on_screen(office: Office, kind: Kind = Kind.ASK) -> Content:
    """What the newest message of that kind shows now."""
    office.delivers()
    return office.on_screen[[one for one in office.every_letter() if one.notice.kind is kind][-1].id]


def question(office: Office, kind: Kind = Kind.ASK) -> AskedFirst:
    shown = on_screen(office, kind)
    assert isinstance(shown, AskedFirst)
    return shown


def says(office: Office, answer: Callable[..., Any], *what: object, person: str = MENTEE) -> Any:
    return answer(office.ctx, office.workspace, person, *what)


def slots_of(office: Office, number: int) -> tuple[datetime, ...]:
    with office.ctx.database.read() as tx:
        return asks.slots_of(tx, number)


def test_without_the_setting_nobody_is_asked(office: Office) -> None:
    office.introduced()
    assert office.kinds(Kind.ASK, Kind.ASK_AGAIN, Kind.ASKS_WAIT) == []


def test_a_yes_is_introduced_at_intro_time_and_the_mentor_hears_nothing_before(asking: Office) -> None:
    pair = asked(asking)
    (said,) = asking.kinds(Kind.ASK)
    assert (said.recipient, question(asking).stand) == (f"person:{MENTEE}", Stand.OPEN)
    says(asking, ask_first.yes, pair.id)
    assert question(asking).stand is Stand.YES
    assert asking.pair().state is PairState.APPROVED
    before = len(asking.heard(MENTOR))
    asking.at(INTRO)
    assert (asking.pair().state, question(asking).stand) == (PairState.INTRODUCED, Stand.INTRODUCED)
    assert len(asking.heard(MENTOR)) == before
    assert asking.kinds(Kind.ASK_AGAIN, Kind.ASKS_WAIT) == []


def test_the_question_comes_in_the_mentees_own_working_hours(asking: Office) -> None:
    asking.couple(zone="America/New_York")
    asking.at(PROPOSAL)
    asking.approves(asking.pair().id)
    asking.passes(minutes=1)
    assert asking.kinds(Kind.ASK) == []
    asking.at(PROPOSAL.replace(hour=14))
    (said,) = asking.kinds(Kind.ASK)
    assert said.at == PROPOSAL.replace(hour=14), "nine o'clock in New York"


def test_a_no_frees_both_and_the_rest_is_matched_again(asking: Office) -> None:
    mentor, mentee = asking.couple()
    asking.at(PROPOSAL)
    asking.approves(asking.pair().id)
    asking.passes(minutes=1)
    topic = ("Topic number 1",)
    asking.joins("UOTHER1", role="share", level=2, shares=topic, wants=())
    says(asking, ask_first.no, 1)
    assert asking.pair(1).state is PairState.WITHDRAWN
    assert question(asking).stand is Stand.NO
    asking.passes(minutes=1)
    assert [(one.people, one.state) for one in asking.pairs if one.id != 1] == [
        (("UOTHER1", mentee), PairState.PROPOSED)
    ]
    assert mentor not in {person for one in asking.pairs if one.id != 1 for person in one.people}


def test_the_same_two_come_again_in_the_cycle_after_next_and_not_before(asking: Office) -> None:
    asked(asking)
    says(asking, ask_first.no, 1)
    asking.matches()
    assert [one.state for one in asking.pairs] == [PairState.WITHDRAWN]
    with pytest.raises(CannotPair):
        by_hand.pair(*asking.as_lead(), MENTOR, MENTEE, "They would fit.")
    asking.lives_until(PROPOSAL + 4 * WEEK + MINUTE)
    assert [one.state for one in asking.pairs] == [PairState.WITHDRAWN]
    asking.lives_until(PROPOSAL + 8 * WEEK + MINUTE)
    assert [one.state for one in asking.pairs if one.id != 1] == [PairState.PROPOSED]


@pytest.mark.parametrize("after", AfterNo)
def test_whoever_said_no_chooses_somebody_else_or_no_partner_in_this_cycle(
    asking: Office, after: AfterNo
) -> None:
    asked(asking)
    asking.joins("UOTHER1", role="share", level=2, shares=("Topic number 1",), wants=())
    says(asking, ask_first.no, 1)
    says(asking, ask_first.wants, 1, after)
    assert question(asking).after is after
    asking.passes(minutes=1)
    new = [one.people for one in asking.pairs if one.id != 1]
    assert new == ([("UOTHER1", MENTEE)] if after is AfterNo.AGAIN else [])
    says(asking, ask_first.wants, 1, AfterNo.AGAIN)
    asking.passes(minutes=1)
    assert [one.people for one in asking.pairs if one.id != 1] == [("UOTHER1", MENTEE)]


def test_a_yes_can_become_a_no_until_the_introduction(asking: Office) -> None:
    asked(asking)
    says(asking, ask_first.yes, 1)
    says(asking, ask_first.no, 1)
    assert asking.pair().state is PairState.WITHDRAWN
    asking.at(INTRO)
    with pytest.raises(QuestionIsOver):
        says(asking, ask_first.yes, 1)


@pytest.mark.parametrize("after", [None, *AfterNo])
def test_a_no_can_be_taken_back_and_the_pair_comes_to_the_leads_again(
    asking: Office, after: AfterNo | None
) -> None:
    asked(asking)
    says(asking, ask_first.no, 1)
    if after:
        says(asking, ask_first.wants, 1, after)
    asking.passes(minutes=1)
    shown = says(asking, ask_first.take_back, 1)
    assert asking.pair().state is PairState.WITHDRAWN, "nobody sees whose answer it was"
    assert "If the program's leads approve it again" in render(shown).text
    asking.passes(minutes=1)
    assert asking.pair().state is PairState.PROPOSED
    asking.approves(1)
    asking.passes(minutes=1)
    assert len(asking.kinds(Kind.ASK)) == 1, "a yes is not asked for twice"
    assert question(asking).stand is Stand.YES
    asking.at(INTRO)
    assert asking.pair().state is PairState.INTRODUCED


def test_a_no_that_was_taken_back_can_be_said_again(asking: Office) -> None:
    asked(asking)
    says(asking, ask_first.no, 1)
    says(asking, ask_first.wants, 1, AfterNo.SKIP)
    says(asking, ask_first.take_back, 1)
    asking.passes(minutes=1)
    asking.approves(1)
    again = says(asking, ask_first.no, 1)
    assert again.after is None, "what was wanted before is asked anew"
    asking.passes(minutes=1)
    assert asking.pair().state is PairState.WITHDRAWN


def test_one_reminder_and_then_each_lead_hears_and_the_pair_waits(asking: Office) -> None:
    asked(asking)
    asking.lives_until(INTRO + MINUTE)
    (again,) = asking.kinds(Kind.ASK_AGAIN)
    assert again.at == PROPOSAL + timedelta(days=3, minutes=1), "a working day after the question"
    assert {one.recipient for one in asking.kinds(Kind.ASKS_WAIT)} == {"person:ULEAD", "person:UOTHER"}
    assert asking.pair().state is PairState.APPROVED
    asking.lives_until(INTRO + WEEK)
    assert len(asking.kinds(Kind.ASK, Kind.ASK_AGAIN)) == 2
    assert len(asking.kinds(Kind.ASKS_WAIT)) == 2
    says(asking, ask_first.yes, 1)
    assert asking.pair().state is PairState.INTRODUCED, "intro time has passed"
    shown = on_screen(asking, Kind.ASKS_WAIT)
    assert isinstance(shown, AsksWait)
    assert not any(one.waits for one in shown.pairs)
    assert question(asking, Kind.ASK_AGAIN).stand is Stand.INTRODUCED


def test_who_never_answers_is_let_go_with_the_cycle(asking: Office) -> None:
    asked(asking)
    asking.lives_until(INTRO + 4 * WEEK + MINUTE)
    assert asking.pair(1).state is PairState.WITHDRAWN
    assert question(asking).stand is Stand.OVER


def test_leads_introduce_anyway_and_the_mentee_reads_that(asking: Office) -> None:
    asked(asking)
    with pytest.raises(NotAllowed):
        says(asking, ask_first.introduce, 1)
    with pytest.raises(OnlyAsked):
        introductions.introduce_now(*asking.as_lead())
    assert introductions.unanswered(*asking.as_lead()) == 1
    assert ask_first.introduce(*asking.as_lead(), 1).state is PairState.INTRODUCED
    assert question(asking).stand is Stand.AHEAD
    assert "before you answered" in render(question(asking)).text
    with pytest.raises(AlreadyDecided):
        ask_first.introduce(*asking.as_lead(), 1)
    for answer in (ask_first.yes, ask_first.no):
        with pytest.raises(QuestionIsOver):
            says(asking, answer, 1)


def test_an_early_introduction_takes_those_who_said_yes(asking: Office) -> None:
    for number in (1, 2):
        asking.couple(number)
    asking.at(PROPOSAL)
    asking.approves(1, 2)
    asking.passes(minutes=1)
    says(asking, ask_first.yes, 1)
    (first,) = [one for one in asking.pairs if one.mentee_id == MENTEE]
    assert introductions.introduce_now(*asking.as_lead()) == 1
    assert [one.id for one in asking.pairs if one.state is PairState.INTRODUCED] == [first.id]


def test_an_approval_after_intro_time_is_asked_first_and_a_yes_introduces_at_once(asking: Office) -> None:
    proposed(asking)
    asking.lives_until(INTRO + timedelta(hours=1))
    pair = approvals.approve(*asking.as_lead(), 1)
    assert pair.state is PairState.APPROVED
    asking.passes(minutes=1)
    assert question(asking).begun
    says(asking, ask_first.yes, 1)
    assert asking.pair().state is PairState.INTRODUCED


def test_an_undo_takes_the_question_along_and_a_second_approval_asks_anew(asking: Office) -> None:
    asked(asking)
    undoing.undo(*asking.as_lead(), 1)
    assert question(asking).stand is Stand.OVER
    with pytest.raises(QuestionIsOver):
        says(asking, ask_first.yes, 1)
    asking.passes(hours=1)
    asking.approves(1)
    asking.passes(minutes=1)
    first, second = asking.kinds(Kind.ASK)
    assert question(asking).stand is Stand.OPEN
    old = asking.on_screen[next(one for one in asking.every_letter() if one.notice.kind is Kind.ASK).id]
    assert isinstance(old, AskedFirst)
    assert old.anew
    says(asking, ask_first.yes, 1)
    undoing.undo(*asking.as_lead(), 1)
    assert question(asking).stand is Stand.YES_OVER
    asking.approves(1)
    asking.passes(minutes=1)
    assert len(asking.kinds(Kind.ASK)) == 2, "who agreed is not asked twice"
    assert first.recipient == second.recipient


def is_introduced(office: Office) -> Office:
    says(office, ask_first.yes, 1)
    office.at(INTRO)
    return office


BEFALLS: dict[str, Callable[[Office], object]] = {
    "nothing": lambda _: None,
    "undone": lambda office: undoing.undo(*office.as_lead(), 1),
    "the mentor pauses": lambda office: members.pause(office.ctx, office.workspace, MENTOR),
    "the mentor leaves": lambda office: members.leave(office.ctx, office.workspace, MENTOR),
    "the mentee pauses": lambda office: members.pause(office.ctx, office.workspace, MENTEE),
    "introduced anyway": lambda office: ask_first.introduce(*office.as_lead(), 1),
    "said yes": lambda office: says(office, ask_first.yes, 1),
    "said no": lambda office: says(office, ask_first.no, 1),
    "introduced": lambda office: is_introduced(office),
    "ended": lambda office: closing.end(*is_introduced(office).as_lead(), 1),
    "the cycle is over": lambda office: office.lives_until(INTRO + 4 * WEEK + MINUTE),
}
ANSWERS: dict[str, tuple[Callable[..., Any], tuple[object, ...]]] = {
    "yes": (ask_first.yes, ()),
    "no": (ask_first.no, ()),
    "not no": (ask_first.take_back, ()),
    "somebody else": (ask_first.wants, (AfterNo.AGAIN,)),
    "skip": (ask_first.wants, (AfterNo.SKIP,)),
    "times": (ask_first.offer, ({"first": SLOT},)),
}
WORKS = {
    ("nothing", "yes"): PairState.APPROVED,
    ("nothing", "no"): PairState.WITHDRAWN,
    ("said yes", "yes"): PairState.APPROVED,
    ("said yes", "no"): PairState.WITHDRAWN,
    ("said yes", "times"): PairState.APPROVED,
    ("said no", "somebody else"): PairState.WITHDRAWN,
    ("said no", "skip"): PairState.WITHDRAWN,
    ("said no", "not no"): PairState.WITHDRAWN,
}
"""Which answer does something after what, and how the pair stands then; every other says that it does nothing."""


@pytest.mark.parametrize(("befallen", "answer"), WORKS)
def test_an_answer_that_does_something(asking: Office, befallen: str, answer: str) -> None:
    asked(asking)
    BEFALLS[befallen](asking)
    give, what = ANSWERS[answer]
    shown = says(asking, give, 1, *what)
    assert asking.pair(1).state is WORKS[befallen, answer]
    assert render(question(asking)).text == render(shown).text, "the message shows what the answer said"
    asking.delivers()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("befallen", BEFALLS)
def test_every_other_answer_is_refused_and_changes_nothing(asking: Office, befallen: str) -> None:
    asked(asking)
    BEFALLS[befallen](asking)
    before = asking.pair(1)
    for answer in [one for one in ANSWERS if (befallen, one) not in WORKS]:
        give, what = ANSWERS[answer]
        with pytest.raises((QuestionIsOver, NoQuestion)):
            says(asking, give, 1, *what)
        assert asking.pair(1) == before, answer
    asking.delivers()


def test_twice_the_same_answer_is_one(asking: Office) -> None:
    asked(asking)
    says(asking, ask_first.yes, 1)
    says(asking, ask_first.yes, 1)
    says(asking, ask_first.no, 1)
    with pytest.raises(QuestionIsOver):
        says(asking, ask_first.no, 1)
    asking.at(INTRO)
    assert asking.kinds(Kind.INTRO) == []


def test_nobody_answers_for_somebody_else(asking: Office) -> None:
    asked(asking)
    for person in (MENTOR, LEAD):
        with pytest.raises(ProgramError):
            says(asking, ask_first.yes, 1, person=person)
    assert question(asking).stand is Stand.OPEN


def test_without_a_number_the_only_question_is_meant(asking: Office) -> None:
    with pytest.raises(ProgramError):
        says(asking, ask_first.yes)
    asked(asking)
    assert says(asking, ask_first.yes).stand is Stand.YES
    with pytest.raises(NoQuestion):
        says(asking, ask_first.yes)


def test_times_are_kept_and_wrong_ones_are_told_each_at_its_field(asking: Office) -> None:
    asked(asking)
    says(asking, ask_first.yes, 1)
    wrong = {"first": SLOT, "second": SLOT + timedelta(days=2), "third": None}
    with pytest.raises(Invalid) as refused:
        says(asking, ask_first.offer, 1, wrong)
    assert list(refused.value.fields) == ["second"]
    assert slots_of(asking, 1) == ()
    later = SLOT + timedelta(days=1)
    says(asking, ask_first.offer, 1, {"first": later, "second": SLOT, "third": None})
    assert slots_of(asking, 1) == (SLOT, later)
    assert question(asking).slots == (SLOT, later)
    says(asking, ask_first.offer, 1, {"first": None, "second": None, "third": None})
    assert slots_of(asking, 1) == ()


def together(office: Office) -> list[Pair]:
    """Ben wants several mentors in one conversation, and two are proposed."""
    topic = ("Podcasting",)
    learns: dict[str, Any] = {"role": "learn", "level": 6, "shares": (), "wants": topic}
    office.joins("UBEN", **learns, mentee_capacity="3 together")
    for mentor in ("UANA", "UCARLA"):
        office.joins(mentor, role="share", level=2, shares=topic, wants=())
    office.at(PROPOSAL)
    return office.pairs


def test_several_mentors_for_one_conversation_are_one_question(asking: Office) -> None:
    first, second = together(asking)
    asking.approves(first.id)
    asking.passes(minutes=5)
    assert asking.kinds(Kind.ASK) == [], "the other one may be approved too"
    asking.approves(second.id)
    asking.passes(minutes=1)
    assert len(asking.kinds(Kind.ASK)) == 1
    assert {one.mentor_id for one in question(asking).pairs} == {"UANA", "UCARLA"}
    says(asking, ask_first.yes, second.id, person="UBEN")
    says(asking, ask_first.offer, first.id, {"first": SLOT}, person="UBEN")
    assert slots_of(asking, first.id) == slots_of(asking, second.id) == (SLOT,)
    asking.at(INTRO)
    assert [one.state for one in asking.pairs] == [PairState.INTRODUCED] * 2
    assert len(asking.kinds(Kind.INTRO)) == 1


def test_of_a_group_that_is_not_decided_on_those_approved_are_asked_about_in_time(asking: Office) -> None:
    first, second = together(asking)
    asking.approves(first.id)
    asking.lives_until(INTRO - timedelta(hours=1))
    assert len(asking.kinds(Kind.ASK)) == 1
    assert [one.id for one in question(asking).pairs] == [first.id]
    says(asking, ask_first.yes, first.id, person="UBEN")
    asking.approves(second.id)
    asking.at(INTRO)
    assert asking.pair(first.id).state is PairState.INTRODUCED
    assert asking.pair(second.id).state is PairState.APPROVED
    late = question(asking)
    assert ([one.id for one in late.pairs], late.together) == ([second.id], ("UANA",))
    says(asking, ask_first.yes, second.id, person="UBEN")
    assert asking.pair(second.id).state is PairState.INTRODUCED


def test_a_no_to_a_group_is_one_to_all_of_it(asking: Office) -> None:
    first, second = together(asking)
    asking.approves(first.id, second.id)
    asking.passes(minutes=1)
    says(asking, ask_first.no, first.id, person="UBEN")
    assert [one.state for one in asking.pairs] == [PairState.WITHDRAWN] * 2


def test_switched_off_again_whoever_was_asked_may_still_answer(asking: Office) -> None:
    asked(asking)
    asking.rules(ask_first=False)
    asking.at(INTRO)
    assert asking.pair().state is PairState.APPROVED
    says(asking, ask_first.yes, 1)
    assert asking.pair().state is PairState.INTRODUCED


def test_two_processes_ask_once_and_take_one_answer(offices: list[Office]) -> None:
    office, other = offices
    office.sets_up()
    office.rules(ask_first=True)
    office.couple()
    office.at(PROPOSAL)
    office.approves(1)
    office.tick()
    other.tick()
    assert len(office.letters(Kind.ASK, office.every_letter()[-1].notice.subject)) == 1
    office.delivers()
    says(office, ask_first.no, 1)
    with pytest.raises(QuestionIsOver):
        says(other, ask_first.yes, 1)
    assert other.pair(1).state is PairState.WITHDRAWN
