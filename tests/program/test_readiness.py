"""Before a cycle: who is asked, who is reminded, and what leads may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.views.readiness import before_the_run
from mentoring.errors import CycleBegun, NotAllowed, NotEnrolled
from mentoring.messages import Kind
from mentoring.people import Person
from mentoring.rule_sheet import sheet_of
from program import readiness, rules
from storage import programs
from tests.program.office import ADMIN, LEAD, PROPOSAL, WEEK, Office

SECOND = PROPOSAL + 4 * WEEK
"""When the pairs of the second cycle are proposed."""


def kinds(office: Office, kind: Kind) -> list[str]:
    return [one.recipient for one in office.said if one.kind is kind and one.is_new]


def test_leads_read_a_number_of_those_without_a_manager_and_no_name(office: Office) -> None:
    office.sets_up()
    office.joins("UNOBODY", shares=("Chess",), wants=("Go",))
    office.joins("UNAMED", manager_id="UNOBODY")
    found = readiness.look(*office.as_lead())
    assert (found.without_line, found.not_ready) == (1, ())
    told = before_the_run(found, table=False).text
    assert "1 person has named no manager" in told
    assert "UNOBODY" not in told


def test_only_leads_look_and_remind(office: Office) -> None:
    office.sets_up()
    office.joins("USOMEBODY")
    for use_case in (readiness.look, readiness.remind):
        with pytest.raises(NotAllowed):
            use_case(office.ctx, office.workspace, "USOMEBODY")
    with pytest.raises(NotEnrolled):
        readiness.answer(office.ctx, office.workspace, "USTRANGER", is_in=False)


def test_everybody_is_asked_once_before_a_cycle_and_who_just_joined_is_not(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.lives_until(SECOND - timedelta(days=6))
    office.joins("UNEW")
    office.lives_until(SECOND + timedelta(days=3))
    assert len(kinds(office, Kind.NEXT_CYCLE)) == 2
    assert "UNEW" not in " ".join(kinds(office, Kind.NEXT_CYCLE))


def test_what_was_said_before_is_not_asked(office: Office) -> None:
    office.sets_up()
    mentor, mentee = office.couple()
    office.lives_until(SECOND - timedelta(days=20))
    assert readiness.answer(office.ctx, office.workspace, mentor, is_in=False).number == 2
    office.lives_until(SECOND - timedelta(minutes=1))
    (asked,) = kinds(office, Kind.NEXT_CYCLE)
    assert mentee in asked


def test_an_old_question_cannot_be_answered_for_a_later_cycle(office: Office) -> None:
    office.sets_up()
    mentor, _ = office.couple()
    office.lives_until(SECOND)
    with pytest.raises(CycleBegun):
        readiness.answer(office.ctx, office.workspace, mentor, is_in=True, number=1)


def test_what_if_counts_what_a_matching_then_fills(office: Office) -> None:
    office.sets_up()
    for number in range(3):
        office.couple(number)
    sheet = sheet_of(office.program)
    told = rules.what_if(office.ctx, office.workspace, ADMIN, sheet)
    assert (told.now, told.under, told.places) == (6, 6, 6)
    office.matches()
    assert rules.what_if(office.ctx, office.workspace, ADMIN, sheet).under == 6, "as if nothing were proposed"


def test_a_change_is_looked_at_in_the_pairs_that_wait(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.proposes()
    lead = Person(LEAD, LEAD)
    rules.save(office.ctx, office.workspace, lead, replace(sheet_of(office.program), min_gap="7"))
    with office.ctx.database.read() as tx:
        assert programs.to_recheck(tx) == [office.program.id]


def test_for_whom_leads_introduce_early_the_cycle_has_begun(office: Office) -> None:
    """They speak of the one after it, and nobody reminds them; for the others it is still to come."""
    office.sets_up()
    both = office.couple()
    office.joins("UALONE")
    office.matches()
    office.approves(1)
    office.introduces()
    late = readiness.look(*office.as_lead())
    assert (late.cycle_number, late.to_remind) == (1, 1), "only whoever has no partner yet"
    said = [readiness.answer(office.ctx, office.workspace, one, is_in=False) for one in (*both, "UALONE")]
    assert [one.number for one in said] == [2, 2, 1]
    with pytest.raises(CycleBegun):
        readiness.answer(office.ctx, office.workspace, both[0], is_in=False, number=1)
