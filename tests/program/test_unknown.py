"""Many messages of unknown fate are one question to each lead, about what that lead may hear of and no more."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from handlers.views import render
from mentoring.errors import AlreadySettled, NoSuchMessage, NotAllowed
from mentoring.messages import Kind
from mentoring.troubles import ManyUnconfirmed, Unconfirmed
from program import outgoing, unknown
from program.outgoing import Letter, RowState
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

MANY = 7


def lose(office: Office, *kinds: Kind, most: int = 99) -> list[Letter]:
    """What is due of these kinds goes on the wire, and no answer comes."""
    lost = []
    for letter in [one for one in outgoing.due(office.ctx) if one.notice.kind in kinds][:most]:
        leased = outgoing.lease(office.ctx, letter, "courier")
        assert leased is not None
        outgoing.give_up(office.ctx, leased, "timeout")
        lost.append(letter)
    return lost


def lost_intros(office: Office, couples: int = MANY) -> list[Letter]:
    office.sets_up()
    for number in range(couples):
        office.couple(number)
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.delivers()
    office.clock.time = INTRO
    office.tick()
    return lose(office, Kind.INTRO)


def shown(office: Office, lead: str = LEAD) -> list[Unconfirmed | ManyUnconfirmed]:
    """The questions that a lead has on screen now."""
    office.delivers(lambda one: one.notice.kind is Kind.UNCONFIRMED)
    theirs = [
        one.id
        for one in office.every_letter()
        if one.notice.kind is Kind.UNCONFIRMED and one.notice.reader == lead and one.id in office.on_screen
    ]
    found = [office.on_screen[one] for one in theirs]
    return [one for one in found if isinstance(one, Unconfirmed | ManyUnconfirmed)]


def the_one(office: Office, lead: str = LEAD) -> ManyUnconfirmed:
    (found,) = shown(office, lead)
    assert isinstance(found, ManyUnconfirmed)
    return found


def state(office: Office, letter: Letter) -> RowState:
    return next(one.state for one in office.every_letter() if one.id == letter.id)


def test_after_an_outage_each_lead_has_one_question_about_all(office: Office) -> None:
    lost = lost_intros(office)
    for lead in (LEAD, OTHER_LEAD):
        content = the_one(office, lead)
        assert [one.row_id for one in content.waiting] == [str(one.id) for one in lost]
    said = render(the_one(office)).text
    assert f"I can't say whether these {MANY} messages arrived" in said
    assert f"{MANY} introductions" in said
    assert len(office.kinds(Kind.UNCONFIRMED)) == 2


def test_while_it_stands_unanswered_more_are_added_to_it(office: Office) -> None:
    lost_intros(office, 2)
    assert len(the_one(office).waiting) == 2
    lose(office, Kind.INTRO_TIME)
    assert [one.kind for one in the_one(office).waiting] == [Kind.INTRO, Kind.INTRO, Kind.INTRO_TIME]
    assert len(office.kinds(Kind.UNCONFIRMED)) == 2


def test_after_it_is_answered_the_next_one_is_a_new_question(office: Office) -> None:
    lost_intros(office, 2)
    the_one(office)
    assert unknown.settle_all(*office.as_lead(), arrived=True) == 2
    (later,) = lose(office, Kind.INTRO_TIME)
    answered, new = shown(office)
    assert isinstance(answered, ManyUnconfirmed)
    assert "all of them are settled" in render(answered).text
    assert isinstance(new, Unconfirmed)
    assert new.row_id == str(later.id)


def test_only_what_the_question_showed_is_settled_with_it(office: Office) -> None:
    lost = lost_intros(office, 3)
    content = the_one(office)
    (later,) = lose(office, Kind.INTRO_TIME)
    done = unknown.settle_all(*office.as_lead(), arrived=False, subject=lost[0].id, up_to=content.up_to)
    assert done == 3
    assert state(office, later) is RowState.UNKNOWN
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 3


def test_the_second_lead_hears_who_was_faster(office: Office) -> None:
    lost = lost_intros(office, 2)
    the_one(office)
    outgoing.settle(office.ctx, office.workspace, LEAD, lost[0].id, arrived=True)
    assert unknown.settle_all(office.ctx, office.workspace, OTHER_LEAD, arrived=False) == 1
    with pytest.raises(AlreadySettled) as told:
        unknown.settle_all(*office.as_lead(), arrived=True)
    assert (told.value.by, told.value.what) == (OTHER_LEAD, "send again")
    settled = [(one.settled, one.by) for one in the_one(office).messages]
    assert settled == [("it arrived", LEAD), ("sent again", OTHER_LEAD)]


def test_a_lead_is_not_asked_about_a_pair_of_their_own(office: Office) -> None:
    office.sets_up(leads=(LEAD, "UMENTOR1"))
    lost = lost_intros(office, 3)
    of_theirs = [one for one in lost if "UMENTOR1" in office.pair(int(one.notice.subject)).people]
    office.sets_up(leads=(LEAD, "UMENTOR1"))
    office.tick()
    asked = {one.row_id for one in the_one(office, "UMENTOR1").messages}
    assert asked == {str(one.id) for one in lost} - {str(one.id) for one in of_theirs}
    assert len(the_one(office).messages) == 3
    assert unknown.settle_all(office.ctx, office.workspace, "UMENTOR1", arrived=True) == 2
    assert state(office, of_theirs[0]) is RowState.UNKNOWN


def test_nobody_else_settles_or_looks(office: Office) -> None:
    (first, *_) = lost_intros(office, 2)
    office.delivers()
    for person in ("UMENTOR0", "UADMIN", "USTRANGER"):
        with pytest.raises(NotAllowed):
            unknown.settle_all(office.ctx, office.workspace, person, arrived=True, subject=first.id)
        with pytest.raises(NotAllowed):
            unknown.one_by_one(office.ctx, office.workspace, person, first.id)
    for number in (-1, 0, 999):
        with pytest.raises(NoSuchMessage):
            unknown.one_by_one(*office.as_lead(), number)


def test_questions_of_an_older_version_go_on(office: Office) -> None:
    """They have one message each and stand in no new table; both can be answered, and more joins the newest."""
    lost = lost_intros(office, 2)
    with office.ctx.database.write() as tx:
        tx.execute(text("DELETE FROM doubts"))
    (old,) = shown(office)
    assert isinstance(old, Unconfirmed)
    assert old.row_id == str(lost[0].id)
    lose(office, Kind.INTRO_TIME)
    assert len(the_one(office).messages) == 2
    outgoing.settle(*office.as_lead(), lost[0].id, arrived=True)
    assert the_one(office).messages[0].settled == "it arrived"


def test_a_new_lead_is_asked_too_and_one_who_leads_no_more_reads_that(office: Office) -> None:
    lost_intros(office, 2)
    office.delivers()
    office.sets_up(leads=(OTHER_LEAD, "UNEW"))
    office.tick()
    assert len(the_one(office, "UNEW").waiting) == 2
    gone_on = the_one(office)
    assert (gone_on.messages, gone_on.moved, gone_on.gone_to) == ((), 2, (OTHER_LEAD, "UNEW"))
    assert "There is nothing to do for you." in render(gone_on).text
    assert len(office.heard(OTHER_LEAD, Kind.UNCONFIRMED)) == 1


def test_what_nobody_needs_any_more_is_let_go(office: Office) -> None:
    (lost,) = lost_intros(office, 1)
    office.delivers()
    office.directory_says("UMENTEE0", deactivated=True)
    office.tick()
    assert state(office, lost) is RowState.MOOT
    (told,) = shown(office)
    assert isinstance(told, Unconfirmed)
    assert told.settled == "not sent, because nothing was left to say"
    with pytest.raises(AlreadySettled):
        outgoing.settle(*office.as_lead(), lost.id, arrived=False)
