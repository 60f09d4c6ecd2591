"""Whatever befalls one of a pair, the other is told once, in words that fit; nobody is left alone without a word."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import ClassVar

import pytest

from handlers.views import render
from mentoring.care import PartnersRest
from mentoring.checkins import Answer
from mentoring.errors import ProgramError
from mentoring.messages import Kind
from mentoring.pairings import Cause, PairState
from mentoring.partings import Choice, LeftAlone
from mentoring.people import Standing
from program import checkins, closing, members, parting, returning
from storage import partings
from tests.effort import seeds
from tests.program.office import CHECKIN, INTRO, LEAD, PROPOSAL, WEEK, Office
from tests.program.test_misfits import hr_says

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
Event = Callable[[Office], object]

EVENTS: dict[str, Event] = {
    "pauses": lambda office: members.pause(office.ctx, office.workspace, MENTEE),
    "leaves": lambda office: members.leave(office.ctx, office.workspace, MENTEE),
    "ends the pair": lambda office: parting.part(office.ctx, office.workspace, MENTEE, 1),
    "is deactivated": lambda office: office.directory_says(MENTEE, deactivated=True),
    "is of another company": lambda office: office.directory_says(MENTEE, stranger=True),
    "is closed by a lead": lambda office: closing.end(office.ctx, office.workspace, LEAD, 1),
    "becomes a guest": lambda office: office.directory_says(MENTEE, guest=True),
    "is renamed": lambda office: office.directory_says(MENTEE, name="Another Name"),
    "moves next door": lambda office: office.directory_says(MENTEE, time_zone="Europe/Berlin"),
    "moves across the world": lambda office: office.directory_says(MENTEE, time_zone="Pacific/Auckland"),
    "is put below the mentor": lambda office: hr_says(office, 1, MENTEE),
    "goes on vacation": lambda office: office.directory_says(
        MENTEE, away_until=office.clock() + timedelta(days=9)
    ),
}

CLOSES = {"leaves", "ends the pair", "is deactivated", "is of another company", "is closed by a lead"}
ASKS_LEADS = {"becomes a guest", "moves across the world", "is put below the mentor"}


def told(office: Office, event: str, state: str) -> dict[str, list[Kind]]:
    """Who is told what by an event while a pair is in that state."""
    {"proposed": office.proposed, "approved": office.approved, "introduced": office.introduced}[state]()
    if state != "introduced":
        office.delivers()
    before = len(office.said)
    EVENTS[event](office)
    office.passes(hours=1)
    new = [one for one in office.said[before:] if one.is_new]
    readers = {"partner": MENTOR, "themselves": MENTEE}
    heard = {
        name: [one.kind for one in new if one.recipient == f"person:{who}"] for name, who in readers.items()
    }
    rest = [one.kind for one in new if one.recipient not in {f"person:{who}" for who in readers.values()}]
    return heard | {"leads": rest}


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_while_a_pair_goes_on(office: Office, event: str) -> None:
    heard = told(office, event, "introduced")
    partner = [Kind.RESTING] if event == "pauses" else [Kind.PAIR_CLOSED] if event in CLOSES else []
    themselves = [Kind.PAIR_CLOSED] if event == "is closed by a lead" else []
    leads = [Kind.MISFIT] if event in ASKS_LEADS else []
    assert heard == {"partner": partner, "themselves": themselves, "leads": leads}
    asked = [one for one in office.heard(MENTOR) if one.kind in (Kind.RESTING, Kind.PAIR_CLOSED)]
    for one in asked:
        assert "Find somebody new" in render(one.content).text, "a rematch is offered"
    assert (office.pair().state is PairState.ENDED) == (event in CLOSES)


@pytest.mark.parametrize("state", ["proposed", "approved"])
@pytest.mark.parametrize("event", sorted(set(EVENTS) - {"ends the pair", "is closed by a lead"}))
def test_each_event_before_the_two_know_of_each_other(office: Office, event: str, state: str) -> None:
    """The card changes; neither of the two reads anything of a pair that they have never heard of."""
    assert told(office, event, state) == {"partner": [], "themselves": [], "leads": []}
    gone = event not in {"is renamed", "moves next door", "goes on vacation"}
    assert (office.pair().state is PairState.WITHDRAWN) == gone


def test_silence_asks_the_partner_who_answers(office: Office) -> None:
    office.sets_up(cycle_weeks=8)
    office.introduced_in_place()
    for week in range(4):
        office.lives_until(CHECKIN + week * WEEK)
        with suppress(ProgramError):
            _answers(office)
    office.lives_until(CHECKIN + 3 * WEEK + timedelta(days=1))
    assert office.member(MENTEE).standing is Standing.PAUSED
    (asked,) = office.heard(MENTOR, Kind.RESTING)
    assert "is taking a break" in render(asked.content).text
    assert len(office.checkins(MENTOR)) == 3, (
        "the pause comes before the partner is asked about a fourth week"
    )
    asked_them = [
        one
        for one in office.every_letter()
        if one.notice.kind in (Kind.CHECKIN, Kind.REASK) and one.notice.reader == MENTEE
    ]
    shown = [render(office.on_screen[one.id]).text for one in asked_them]
    assert len(shown) == 6
    assert all(one.startswith("That week has passed") for one in shown), (
        "a break changes nothing of what has passed"
    )


def _answers(office: Office) -> None:
    checkins.answer(office.ctx, office.workspace, MENTOR, office.checkins(MENTOR)[-1].id, Answer.MET)


def test_two_partners_who_rest_at_once_are_one_note_with_a_choice_for_each(office: Office) -> None:
    office.sets_up()
    office.couple(1, mentor_capacity=2)
    office.joins("UTWO", role="learn", level=5, shares=(), wants=("Topic number 1",))
    office.at(PROPOSAL)
    office.approves(1, 2)
    office.at(INTRO)
    for who in (MENTEE, "UTWO"):
        members.pause(office.ctx, office.workspace, who)
    office.delivers()
    (note,) = office.heard(MENTOR, Kind.RESTING)
    assert isinstance(note.content, PartnersRest)
    assert {one.partner_id for one in note.content.asked} == {MENTEE, "UTWO"}
    parting.choose(office.ctx, office.workspace, MENTOR, 1, Choice.NEW)
    parting.choose(office.ctx, office.workspace, MENTOR, 2, Choice.WAIT)
    assert [office.pair(n).state for n in (1, 2)] == [PairState.ENDED, PairState.INTRODUCED]


def test_in_a_group_each_mentor_chooses_for_themselves(office: Office) -> None:
    """The senior takes a break: one mentor waits, the other asks for somebody new, and the group goes on with one."""
    office.sets_up()
    office.couple(1, mentee_capacity=1)
    office.edit(MENTEE, mentee_capacity="2 together")
    office.joins("UTWO", role="share", level=2, shares=("Topic number 1",), wants=())
    office.at(PROPOSAL)
    office.approves(1, 2)
    office.at(INTRO)
    members.pause(office.ctx, office.workspace, MENTEE)
    office.delivers()
    mine = {pair.mentor_id: pair.id for pair in office.pairs}
    parting.choose(office.ctx, office.workspace, MENTOR, mine[MENTOR], Choice.NEW)
    parting.choose(office.ctx, office.workspace, "UTWO", mine["UTWO"], Choice.WAIT)
    office.clock.passes(days=1)
    members.resume(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert office.pair(mine[MENTOR]).state is PairState.ENDED
    assert office.pair(mine["UTWO"]).state is PairState.INTRODUCED
    assert len(office.heard("UTWO", Kind.PAIR_GOES_ON)) == 1
    assert office.heard(MENTOR, Kind.PAIR_GOES_ON) == []


def test_both_rest_and_whoever_is_back_first_is_asked_then(office: Office) -> None:
    office.introduced()
    for who in (MENTEE, MENTOR):
        members.pause(office.ctx, office.workspace, who)
    office.delivers()
    # Neither the mentee, who was away first, nor the mentor, who was away before the question reached them.
    assert [len(office.heard(who, Kind.RESTING)) for who in (MENTOR, MENTEE)] == [0, 0]
    members.resume(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert len(office.heard(MENTEE, Kind.RESTING)) == 1
    members.pause(office.ctx, office.workspace, MENTEE)
    members.resume(office.ctx, office.workspace, MENTOR)
    office.delivers()
    assert len(office.heard(MENTOR, Kind.RESTING)) == 1


ASKED, OVER, ON = Kind.RESTING, Kind.PAUSE_OVER, Kind.PAIR_GOES_ON


@pytest.mark.parametrize(
    ("mentee", "mentor", "between", "read"),
    [
        (2, 2, False, ([OVER], [OVER])),
        (2, 2, True, ([OVER], [ASKED, OVER])),
        (2, 4, False, ([OVER, ASKED, ON], [OVER])),
        (2, 4, True, ([OVER, ASKED, ON], [ASKED, OVER])),
        (4, 2, False, ([OVER], [OVER, ASKED, ON])),
        (4, 2, True, ([OVER], [ASKED, OVER, ON])),
    ],
)
def test_two_breaks_at_the_same_time_take_few_words(
    office: Office, mentee: int, mentor: int, between: bool, read: tuple[list[Kind], list[Kind]]
) -> None:
    """Breaks of so many days; the mentee's begins first, and word of it may reach the mentor before theirs begins."""
    office.introduced()
    before, today = len(office.said), office.clock().date()
    members.pause(office.ctx, office.workspace, MENTEE, today + timedelta(days=mentee))
    if between:
        office.delivers()
    members.pause(office.ctx, office.workspace, MENTOR, today + timedelta(days=mentor))
    office.lives_until(office.clock() + timedelta(days=6))
    for who, kinds in zip((MENTEE, MENTOR), read, strict=True):
        new = [one for one in office.said[before:] if one.is_new and one.recipient == f"person:{who}"]
        assert sorted(one.kind for one in new if one.kind in (ASKED, OVER, ON)) == sorted(kinds)
        over = [one.content for one in new if one.kind is OVER]
        assert ("goes on" in render(over[0]).text) == (ON not in kinds), (
            "and each is told that the pair goes on"
        )


def test_nobody_is_asked_during_a_vacation_that_their_status_names(office: Office) -> None:
    office.introduced()
    office.directory_says(MENTEE, away_until=CHECKIN + timedelta(days=4))
    office.lives_until(CHECKIN + timedelta(days=5))
    assert office.heard(MENTEE, Kind.CHECKIN) == []
    assert len(office.heard(MENTOR, Kind.CHECKIN)) == 1
    assert office.heard(MENTOR, Kind.RESTING) == [], "a vacation is no break from the program"
    office.lives_until(CHECKIN + WEEK)
    assert len(office.heard(MENTEE, Kind.CHECKIN)) == 1


# --- whatever happens, in whatever order


class Lives:
    """Six people in three pairs, and everything that can befall them."""

    people: ClassVar = [f"U{role}{number}" for number in (1, 2, 3) for role in ("MENTOR", "MENTEE")]

    def __init__(self, office: Office, random: Random) -> None:
        self.office, self.random = office, random
        office.sets_up()
        for number in (1, 2, 3):
            office.couple(number)
        office.at(PROPOSAL)
        office.approves(1, 2, 3)
        office.at(INTRO)

    def step(self) -> None:
        office, who = self.office, self.random.choice(self.people)
        by = (office.ctx, office.workspace, who)
        number = self.random.choice((1, 2, 3))
        acts: tuple[Callable[[], object], ...] = (
            lambda: members.pause(*by),
            lambda: members.pause(*by, office.clock().date() + timedelta(days=self.random.choice((1, 4)))),
            lambda: returning.resume(*by),
            lambda: returning.resume(*by),
            lambda: members.leave(*by),
            lambda: parting.part(*by, number),
            lambda: parting.choose(*by, number, self.random.choice([*Choice])),
            lambda: parting.choose(*by, number, self.random.choice([*Choice])),
            lambda: office.directory_says(who, deactivated=self.random.random() < 0.5),
            lambda: office.passes(hours=self.random.choice((1, 30))),
            office.delivers,
        )
        with suppress(ProgramError):
            self.random.choice(acts)()

    def check(self) -> None:
        """Whoever takes part, with somebody who does not, has been asked once; nobody else is asked any more."""
        with self.office.ctx.database.read() as tx:
            for pair in self.office.pairs:
                asked = {who: partings.alone(tx, pair.id, who) for who in pair.people}
                if pair.state is PairState.INTRODUCED and pair.introduced_at:
                    for who in pair.people:
                        self.has_been_asked(who, pair.partner_of(who), asked[who])
                if pair.state is PairState.ENDED and pair.introduced_at and pair.why:
                    open_ = sum(one is not None for one in asked.values())
                    assert open_ >= (2 if pair.why.cause is Cause.PARTED else 1)

    def has_been_asked(self, who: str, partner: str, asked: LeftAlone | None) -> None:
        me, other = self.office.member(who), self.office.member(partner)
        if other.takes_part:
            assert asked is None, f"{who} is not alone any more"
        elif me.takes_part:
            assert asked is not None, f"{who} is alone with {partner} away"
            notes = [one for one in self.office.letters(Kind.RESTING, asked.note) if one.notice.reader == who]
            assert len(notes) == 1


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", seeds(4, 10))
def test_nobody_who_takes_part_is_left_alone_without_a_word(office: Office, seed: int) -> None:
    lives = Lives(office, Random(seed))
    for _ in range(40):
        lives.step()
        lives.check()
