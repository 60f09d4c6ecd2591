"""Setting up the program, and changing its settings while it lives."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from mentoring.cycles import CycleState
from mentoring.errors import AdminsOnly, Invalid, NotAllowed, NothingToMatch
from mentoring.messages import Kind
from mentoring.pairings import PairState
from mentoring.people import Person
from mentoring.programs import ProgramDraft, RuleSettings
from program import approvals, calendar, cycles, matching, programs
from storage import audit
from tests.program.office import ADMIN, CHECKIN, HOME, INTRO, LEAD, OTHER_LEAD, PROPOSAL, WEEK, Office, on
from tests.storage.together import together

STRANGER = Person("USTRANGER", "Sam", HOME)


def test_an_admin_sets_up_the_program(office: Office) -> None:
    assert programs.find(office.ctx, office.workspace) is None
    program = office.sets_up(name="Upside Down", min_gap=2)
    assert programs.find(office.ctx, office.workspace) == program == office.program
    assert (program.name, program.leads, program.rules.min_gap) == ("Upside Down", (LEAD, OTHER_LEAD), 2)
    with office.ctx.database.read() as tx:
        assert [entry[1:3] for entry in audit.entries(tx, program.id)] == [("UADMIN", "set up")]


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (ADMIN, True),
        (Person("UOPERATOR", "Opal"), True),
        (Person(LEAD, "Lea"), True),
        (STRANGER, False),
        (replace(STRANGER, guest=True), False),
    ],
)
def test_who_may_change_the_settings(office: Office, person: Person, may: bool) -> None:
    office.sets_up()
    if may:
        assert office.sets_up(person, name="Renamed").name == "Renamed"
        assert programs.setup_form(office.ctx, office.workspace, person).draft.name == "Renamed"
        return
    with pytest.raises(AdminsOnly):
        office.sets_up(person, name="Renamed")
    with pytest.raises(AdminsOnly):
        programs.setup_form(office.ctx, office.workspace, person)
    assert office.program.name == "Upside Down"


def test_a_lead_is_nobody_special_before_there_is_a_program(office: Office) -> None:
    with pytest.raises(AdminsOnly):
        office.sets_up(Person(LEAD, "Lea"))


def test_a_mistake_keeps_the_old_settings(office: Office) -> None:
    before = office.sets_up()
    with pytest.raises(Invalid) as told:
        office.sets_up(name="New", time_zone="Mars/Base", min_gap=0, first_start="soon")
    assert sorted(told.value.fields) == ["first_start", "min_gap", "time_zone"]
    assert office.program == before


def test_an_unknown_time_zone_is_told_even_at_the_first_set_up(office: Office) -> None:
    with pytest.raises(Invalid) as told:
        office.sets_up(time_zone="Mars/Base")
    assert list(told.value.fields) == ["time_zone"]


def test_today_is_today_at_the_programs_place(office: Office) -> None:
    office.clock.time = office.clock.time.replace(hour=23)
    with pytest.raises(Invalid, match="2026-03-02 has passed"):
        office.sets_up(time_zone="Asia/Tokyo", first_start="2026-03-02")
    assert office.sets_up(first_start="2026-03-02").calendar.first_start == on("2026-03-02")


def test_the_form_begins_with_what_is_known(office: Office) -> None:
    first = programs.setup_form(office.ctx, office.workspace, ADMIN, channel="C7")
    assert (first.exists, first.running) == (False, False)
    draft = first.draft
    assert (draft.leads, draft.leads_channel, draft.time_zone) == (("UADMIN",), "C7", HOME)
    assert draft.first_start == "2026-03-02"
    office.sets_up(cycle_weeks=6)
    again = programs.setup_form(office.ctx, office.workspace, ADMIN)
    assert (again.exists, again.running, again.draft.cycle_weeks) == (True, False, 6)
    office.couple()
    office.at(PROPOSAL)
    assert programs.setup_form(office.ctx, office.workspace, ADMIN).running


def test_rules_that_the_form_does_not_ask_for_stay(office: Office) -> None:
    office.sets_up()
    office.rules(max_gap=5, min_overlap=60, repeat_cycles=3)
    office.sets_up(min_gap=2, guests_allowed=True)
    assert office.program.rules == RuleSettings(2, 5, False, True, 60, 3)


@pytest.mark.parametrize("rule", [one.name for one in fields(ProgramDraft) if one.type == "bool"])
def test_a_rule_that_leads_switch_on_is_kept_and_shown_and_goes_into_the_matching(
    rule: str, office: Office
) -> None:
    office.sets_up()
    for on_or_off in (True, False):
        answers: dict[str, Any] = {rule: on_or_off}
        rules = office.sets_up(**answers).rules
        shown = programs.setup_form(office.ctx, office.workspace, ADMIN).draft
        assert [getattr(one, rule) for one in (rules, shown, matching.rules_of(rules))] == [on_or_off] * 3


def test_the_first_start_moves_only_until_a_cycle_is_proposed(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(PROPOSAL - timedelta(hours=1))
    assert office.sets_up(first_start="2026-03-16").calendar.first_start == on("2026-03-16")
    office.at(INTRO)
    assert office.pairs == []
    office.at(PROPOSAL + WEEK)
    assert len(office.pairs) == 1
    with pytest.raises(Invalid, match="the first start stays 2026-03-16"):
        office.sets_up(first_start="2026-03-23")


def test_a_lead_who_was_taken_off_the_list_decides_nothing_more(office: Office) -> None:
    pair = office.proposed()
    office.sets_up(leads=(OTHER_LEAD,))
    with pytest.raises(NotAllowed):
        approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    with pytest.raises(NotAllowed):
        cycles.match_now(office.ctx, office.workspace, LEAD)
    assert approvals.approve(office.ctx, office.workspace, OTHER_LEAD, pair.id).decided_by == OTHER_LEAD


def test_intros_move_with_the_calendar_before_they_happen(office: Office) -> None:
    pair = office.approved()
    office.sets_up(intro_weekday=3, intro_time="15:00")
    office.at(INTRO)
    assert office.pair(pair.id).state is PairState.APPROVED
    office.at(INTRO + timedelta(days=2, hours=5))
    assert office.pair(pair.id).state is PairState.INTRODUCED
    assert len(office.kinds(Kind.INTRO)) == 1


def test_a_new_length_counts_from_the_next_cycle_when_one_is_running(office: Office) -> None:
    office.introduced()
    office.at(INTRO + WEEK)
    (running,) = office.cycles
    program = office.sets_up(cycle_weeks=2)
    assert [cycle.times for cycle in office.cycles] == [running.times]
    assert calendar.next_intro(program.calendar, office.clock()) == running.times.ends_at
    office.lives_until(running.times.ends_at + timedelta(hours=1))
    first, second = office.cycles
    assert (first.state, second.state) == (CycleState.CLOSED, CycleState.RUNNING)
    assert second.times.intro_at == running.times.ends_at
    # In the meantime Portugal went over to summer time, and nothing changes any more.
    assert second.times.ends_at - second.times.intro_at == 2 * WEEK


def test_a_longer_cycle_does_not_silence_the_program(office: Office) -> None:
    """Counted from the first start, the number that is due would be one of a cycle that is long over."""
    office.sets_up(cycle_weeks=2)
    office.couple()
    office.lives_until(INTRO + 6 * WEEK + timedelta(days=1))
    assert [cycle.number for cycle in office.cycles] == [1, 2, 3, 4]
    office.sets_up(cycle_weeks=12)
    ends = office.cycles[-1].times.ends_at
    office.lives_until(ends + timedelta(days=1))
    assert [cycle.number for cycle in office.cycles] == [1, 2, 3, 4, 5]
    assert office.cycles[-1].state is CycleState.RUNNING
    assert office.cycles[-1].times.ends_at - ends == 12 * WEEK


def test_a_new_length_counts_for_a_proposed_cycle(office: Office) -> None:
    office.proposed()
    office.sets_up(cycle_weeks=2)
    (cycle,) = office.cycles
    assert (cycle.times.intro_at, cycle.times.ends_at) == (INTRO, office.times(2).intro_at)
    assert cycle.times.ends_at < INTRO + 2 * WEEK + timedelta(hours=1)


def test_a_lead_matches_the_running_cycle_after_its_length_changed(office: Office) -> None:
    office.introduced()
    office.at(INTRO + WEEK)
    office.sets_up(cycle_weeks=8)
    office.couple(2)
    office.proposes()
    assert [(pair.cycle_id, pair.state) for pair in office.pairs] == [
        (1, PairState.PROPOSED),
        (1, PairState.INTRODUCED),
    ]


def test_checkins_move_with_the_calendar(office: Office) -> None:
    office.introduced()
    office.sets_up(checkin_weekday=4, checkin_time="16:00")
    office.at(CHECKIN)
    assert office.kinds(Kind.CHECKIN) == []
    office.at(CHECKIN + timedelta(days=1, hours=6))
    assert len(office.kinds(Kind.CHECKIN)) == 2


def test_a_set_up_after_the_intro_time_with_nobody_enrolled_is_quiet(office: Office) -> None:
    office.clock.time = INTRO + timedelta(hours=5)
    office.sets_up(first_start="2026-03-10")
    office.lives_until(office.clock.time + WEEK)
    assert office.said == []
    with pytest.raises(NothingToMatch):
        cycles.match_now(office.ctx, office.workspace, LEAD)
    office.couple()
    office.proposes()
    pair = approvals.approve(office.ctx, office.workspace, LEAD, office.pair().id)
    assert pair.state is PairState.INTRODUCED
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 1


def test_two_admins_at_once_make_one_program(offices: list[Office]) -> None:
    made = together(4, lambda number: offices[number % 2].sets_up(name=f"Program {number}").id)
    assert [one for one in made if isinstance(one, Exception)] == []
    assert set(made) == {offices[0].program.id}
