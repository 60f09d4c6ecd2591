"""Who has no partner reads the class of the true reason, for each side, and something that helps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handlers.views import render
from mentoring import sentences
from mentoring.cycles import LeftOut, Why
from mentoring.messages import Kind, NoPartner
from program import approvals
from storage import tables as t
from storage.database import Tx
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
MINUTE = timedelta(minutes=1)


def mentor(**changes: Any) -> Callable[[Office], object]:
    return lambda office: office.edit(MENTOR, **changes)


def mentee(**changes: Any) -> Callable[[Office], object]:
    return lambda office: office.edit(MENTEE, **changes)


def departments(office: Office) -> None:
    office.sets_up(other_department_only=True)
    office.edit(MENTOR, department="Sales")
    office.edit(MENTEE, department="sales")


def no_department(office: Office) -> None:
    office.sets_up(other_department_only=True)
    office.edit(MENTOR, department="Sales")


def taken(office: Office) -> None:
    """The mentor has a partner who is better: their levels are at the ideal distance."""
    office.joins("UBETTER", role="learn", level=5, shares=(), wants=("Topic number 1",))
    office.edit(MENTEE, level=8)


CASES: dict[str, tuple[str, Callable[[Office], object], Why, str, str]] = {
    "nobody offers it": (MENTEE, mentor(shares=("Chess",)), Why.SKILL, "Nobody here offers", "more skills"),
    "nobody wants it": (MENTOR, mentee(wants=("Chess",)), Why.SKILL, "Nobody here wants", "you can share"),
    "the lowest level": (
        MENTEE,
        mentee(level=1),
        Why.LADDER,
        "far enough below yours",
        "sharing a skill as a mentor",
    ),
    "the highest level": (
        MENTOR,
        mentor(level=8),
        Why.LADDER,
        "far enough above yours",
        "learning a skill as a mentee",
    ),
    "a level between": (MENTEE, mentee(level=2), Why.LEVEL, "a level that fits yours", "would like to learn"),
    "and for mentors": (MENTOR, mentee(level=2), Why.LEVEL, "a level that fits yours", "can share"),
    "hours": (MENTEE, mentee(starts="16:00", ends="23:00"), Why.HOURS, "working time", "wider working hours"),
    "a language": (
        MENTOR,
        mentee(languages=("Suomi",)),
        Why.LANGUAGE,
        "a language that you named",
        "another language",
    ),
    "departments": (MENTEE, departments, Why.DEPARTMENT, "different departments", "more skills"),
    "no department": (
        MENTEE,
        no_department,
        Why.NO_DEPARTMENT,
        "no department yet",
        "adding your department",
    ),
    "all are taken": (
        MENTEE,
        taken,
        Why.NOBODY_FREE,
        "is free for a new pairing with you",
        "has waited goes first",
    ),
    "a manager": (
        MENTEE,
        mentor(manager_id=MENTEE),
        Why.NOBODY_FREE,
        "is free for a new pairing",
        "has waited",
    ),
    "a list": (MENTEE, mentor(avoid=(MENTEE,)), Why.NOBODY_FREE, "is free for a new pairing", "has waited"),
}


def told(office: Office, person_id: str) -> NoPartner:
    (said,) = office.heard(person_id, Kind.NO_PARTNER)
    assert isinstance(said.content, NoPartner)
    return said.content


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("person", "cause", "why", "says", "helps"), CASES.values(), ids=CASES)
def test_the_reason_is_the_true_one_and_the_advice_helps(
    office: Office, person: str, cause: Callable[[Office], object], why: Why, says: str, helps: str
) -> None:
    office.sets_up()
    office.couple()
    cause(office)
    office.at(PROPOSAL)
    office.at(INTRO)
    office.passes(hours=7)  # some begin to work in the afternoon
    message = told(office, person)
    assert [one.why for one in message.sides] == [why]
    text = render(message).text
    assert says in text
    assert helps in text
    assert "Open my profile" in text


def test_a_guest_reads_whom_to_ask_and_is_not_sent_to_the_profile(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.unseen(MENTEE, guest=True)
    office.at(PROPOSAL)
    office.at(INTRO)
    text = render(told(office, MENTEE)).text
    assert (
        f"not open to guests. Only its leads can change that. Your way is to ask <@{LEAD}> and <@{OTHER_LEAD}>"
        in text
    )
    assert "Open my profile" not in text
    assert "next introductions" not in text


def test_whoever_is_a_guest_by_now_reads_that(office: Office) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.at(INTRO)
    assert "Nobody here offers" in render(told(office, "UALONE")).text
    office.directory_says("UALONE", guest=True)
    office.delivers()
    (row,) = office.letters(Kind.NO_PARTNER, 1)
    assert "You are here as a guest" in render(office.on_screen[row.id]).text


def test_without_a_level_the_way_is_to_choose_one(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit(MENTEE, level=None)
    office.at(PROPOSAL)
    office.at(INTRO)
    text = render(told(office, MENTEE)).text
    assert "*What helps:* Your profile has no level yet." in text
    assert "more skills" not in text


def test_each_side_is_told_of_and_the_other_side_is_the_way_out_at_the_end_of_the_ladder(
    office: Office,
) -> None:
    office.sets_up()
    office.couple()
    office.joins("UBOTH", level=1, shares=("Chess",), wants=("Topic number 1",))
    office.at(PROPOSAL)
    office.at(INTRO)
    text = render(told(office, "UBOTH")).text
    assert "*To learn:* Mentors are earlier in their career" in text
    assert "the other side, for which you have signed up: sharing what you know, as a mentor." in text
    assert "*To share:* Nobody here wants to learn what you share yet." in text


def test_one_side_with_a_partner_is_enough(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit(MENTEE, role="both", shares=("Chess",))
    office.at(PROPOSAL)
    office.approves(office.pairs[0].id)
    office.at(INTRO)
    assert office.kinds(Kind.NO_PARTNER) == []


def test_who_joined_after_the_matching_reads_that(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(PROPOSAL)
    office.at(PROPOSAL + MINUTE)
    office.joins("ULATE")
    office.at(INTRO)
    assert "You joined after the pairs of this cycle were chosen." in render(told(office, "ULATE")).text


def test_a_pair_that_was_declined_is_not_told_of(office: Office) -> None:
    pair = office.proposed()
    approvals.decline(office.ctx, office.workspace, LEAD, pair.id, "Not these two")
    office.at(INTRO)
    message = told(office, MENTEE)
    assert [one.why for one in message.sides] == [Why.NOBODY_FREE]
    text = render(message).text
    assert "decline" not in text.lower()
    assert "What helps" not in text
    assert "next introductions" in text


def test_a_side_that_somebody_gave_up_is_not_told_of(office: Office) -> None:
    office.sets_up()
    office.joins("UBOTH", level=4)
    office.at(PROPOSAL)
    office.edit("UBOTH", role="share")
    office.at(INTRO)
    assert [one.side for one in told(office, "UBOTH").sides] == ["mentor"]


def test_cycles_that_were_stored_without_a_class_are_read(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit(MENTOR, shares=("Chess",))
    office.at(PROPOSAL)

    def age(tx: Tx, _: object) -> None:
        told = {"reason": "No mentor.", "help": "One more.", "why": ""}
        tx.execute(t.left_out.update().where(t.left_out.c.person_id == MENTEE).values(told))

    office.behind_the_scenes(age)
    assert LeftOut(MENTEE, "mentee", "No mentor.", "One more.", Why.UNSAID) in office.left_out
    office.at(INTRO)
    assert "We did not find a partner" in render(told(office, MENTEE)).text


def test_leads_are_not_told_what_cannot_help(office: Office) -> None:
    """At either end of the ladder, and where nobody but oneself offers what one wants."""
    office.sets_up()
    office.joins("ULOW", level=1, role="learn", shares=(), wants=("Chess",))
    office.joins("UHIGH", level=8, role="share", shares=("Origami",), wants=())
    office.joins("UONESELF", level=4)
    office.at(PROPOSAL)
    helps = {
        (one.person_id, one.side): (sentences.stop(one.reason), sentences.helps(one.help))
        for one in office.left_out
    }
    assert "they can take part only as a mentor" in helps["ULOW", "mentee"][1]
    assert "they can take part only as a mentee" in helps["UHIGH", "mentor"][1]
    assert helps["UONESELF", "mentee"][0] == "No mentor offers a wanted skill"


def test_the_class_survives_storage(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit(MENTOR, manager_id=MENTEE)
    office.at(PROPOSAL)
    assert [one.why for one in office.left_out] == [Why.NOBODY_FREE, Why.NOBODY_FREE]
    assert all(isinstance(one.why, Why) for one in office.left_out)
