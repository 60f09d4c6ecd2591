"""Experiences: for one cycle and one partner, by both their words, and nobody else reads any of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers.views import render
from mentoring.errors import Invalid
from mentoring.experiences import MOST_OPEN, NOTHING_SAID
from mentoring.messages import Content, Intro, Kind
from mentoring.people import draft_of
from program import experiences, matching, members, profiles
from storage import experiences as stored
from storage import tables as t
from tests.program.office import INTRO, PROPOSAL, Office

WORDS = tuple(f"Zq{word} experience" for word in ("amber", "birch", "cedar", "delta"))


@pytest.fixture
def offers(office: Office) -> Office:
    """A program whose experiences are words that stand nowhere else."""
    office.sets_up()
    office.rules(experiences=WORDS)
    return office


def says(office: Office, person_id: str, **chosen: Any) -> None:
    office.edit(person_id, **chosen)


def act(office: Office, person_id: str) -> Any:
    return office.ctx.read(office.workspace, person_id)


def intro_of(office: Office) -> Intro:
    (said,) = office.kinds(Kind.INTRO)
    assert isinstance(said.content, Intro)
    return said.content


def readers(content: Content) -> str:
    return str(render(content))


def test_a_partner_who_asked_reads_what_was_opened_and_nobody_else_does(offers: Office) -> None:
    mentor, mentee = offers.couple()
    says(offers, mentor, opens=WORDS[:2])
    says(offers, mentee, asks=(WORDS[2], WORDS[1]))
    offers.at(PROPOSAL)
    offers.approves(offers.pair().id)
    offers.at(INTRO)
    assert intro_of(offers).experiences == (WORDS[1],)
    for said in offers.said:
        shown = [word for word in WORDS if word in readers(said.content)]
        assert shown == ([WORDS[1]] if said.kind is Kind.INTRO else []), said.kind


def test_nobody_reads_what_was_opened_and_not_asked_for(offers: Office) -> None:
    mentor, mentee = offers.couple()
    says(offers, mentor, opens=WORDS[:2])
    says(offers, mentee, asks=WORDS[2:])
    offers.at(PROPOSAL)
    offers.approves(offers.pair().id)
    offers.at(INTRO)
    assert not [word for word in WORDS for said in offers.said if word in readers(said.content)]
    with offers.ctx.database.read() as tx:
        kept = [
            str(row) for table in (t.pairs, t.cycles, t.audit, t.outbox) for row in tx.execute(table.select())
        ]
    assert not [word for word in WORDS for row in kept if word in row], "no reason, note or record names one"


def test_what_leads_take_off_the_list_before_the_introduction_is_told_to_nobody(offers: Office) -> None:
    mentor, mentee = offers.couple()
    says(offers, mentor, opens=WORDS[:2])
    says(offers, mentee, asks=WORDS[:2])
    offers.at(PROPOSAL)
    offers.approves(offers.pair().id)
    offers.rules(experiences=WORDS[1:])
    offers.at(INTRO)
    assert intro_of(offers).experiences == (WORDS[1],)


def test_it_is_taken_back_at_any_time_also_after_it_was_read(offers: Office) -> None:
    mentor, mentee = offers.couple()
    says(offers, mentor, opens=WORDS[:1])
    says(offers, mentee, asks=WORDS[:1])
    offers.at(PROPOSAL)
    offers.approves(offers.pair().id)
    offers.at(INTRO)
    assert intro_of(offers).experiences == WORDS[:1]
    before = len(offers.said)
    experiences.take_back(offers.ctx, offers.workspace, mentor)
    offers.delivers()
    (again,) = offers.said[before:]
    assert again.kind is Kind.INTRO, "nobody is told anything else"
    assert WORDS[0] not in readers(again.content)


def test_consent_is_for_one_cycle(offers: Office) -> None:
    mentor, _ = offers.couple()
    says(offers, mentor, opens=WORDS[:1])
    with act(offers, mentor) as one:
        assert experiences.of_form(one)[1].opens == WORDS[:1]
    offers.at(INTRO)
    with act(offers, mentor) as one:
        assert experiences.of_form(one) == (2, NOTHING_SAID)
    with offers.ctx.database.read() as tx:
        assert stored.of_cycle(tx, offers.program.id, 2) == {}


def test_a_form_that_does_not_ask_changes_nothing(offers: Office) -> None:
    mentor, _ = offers.couple()
    says(offers, mentor, opens=WORDS[:2])
    says(offers, mentor, department="Sales")
    with act(offers, mentor) as one:
        assert experiences.of_form(one)[1].opens == WORDS[:2]
    says(offers, mentor, opens=())
    with act(offers, mentor) as one:
        assert experiences.of_form(one)[1] == NOTHING_SAID


def test_too_many_are_refused_and_what_is_not_offered_is_let_go(offers: Office) -> None:
    mentor, _ = offers.couple()
    with pytest.raises(Invalid) as refused:
        says(offers, mentor, opens=WORDS[: MOST_OPEN + 1])
    assert refused.value.fields == {"opens": f"Please choose at most {MOST_OPEN} experiences."}
    says(offers, mentor, opens=("Made up", WORDS[0]))
    with act(offers, mentor) as one:
        assert experiences.of_form(one)[1].opens == WORDS[:1]


def test_one_partner_a_cycle_at_most_reads_it(offers: Office) -> None:
    offers.couple(1)
    offers.edit("UMENTOR1", mentor_capacity=2, opens=WORDS[:1])
    offers.joins("UMENTEE2", role="learn", level=5, shares=(), wants=("Topic number 1",), asks=WORDS[:1])
    offers.edit("UMENTEE1", asks=WORDS[:1])
    offers.at(PROPOSAL)
    for pair in offers.pairs:
        offers.approves(pair.id)
    offers.at(INTRO)
    shown = [said.content.experiences for said in offers.kinds(Kind.INTRO) if isinstance(said.content, Intro)]
    assert sorted(shown) == [(), WORDS[:1]]


def test_the_matching_prefers_the_two_where_all_else_is_equal(offers: Office) -> None:
    for number in (1, 2, 3):
        offers.joins(f"UMENTOR{number}", role="share", level=2, shares=("Chess", "Go"), wants=())
    offers.joins("UMENTEE", role="learn", level=5, shares=(), wants=("Chess", "Rowing"), asks=WORDS[:1])
    offers.edit("UMENTOR3", opens=WORDS[:1])
    offers.at(PROPOSAL)
    assert offers.pair().mentor_id == "UMENTOR3"
    with act(offers, "UMENTEE") as one:
        plain = matching.problem_of(one.tx, one.program, offers.cycles[0])
        (without,) = matching.propose(replace(plain, keep=frozenset())).new
    assert offers.pair().score == without.score, "what leads read of a pair does not show it"


def test_who_leaves_leaves_nothing_behind(offers: Office) -> None:
    mentor, _ = offers.couple()
    says(offers, mentor, opens=WORDS[:1])
    members.leave(offers.ctx, offers.workspace, mentor)
    with offers.ctx.database.read() as tx:
        assert stored.cycles_of(tx, offers.program.id, mentor) == {}


def test_the_form_shows_them_to_nobody_but_who_said_so(offers: Office) -> None:
    mentor, mentee = offers.couple()
    says(offers, mentor, opens=WORDS[:1])
    forms = [
        profiles.form(offers.ctx, offers.workspace, offers.member(one).person) for one in (mentor, mentee)
    ]
    assert [form.draft.opens for form in forms] == [WORDS[:1], ()]
    assert draft_of(offers.member(mentor).profile).opens is None, "they are no part of the profile"
