"""A pair from its introduction to its meetings: times, what is signed, guides, and "3 of 6"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.views import render
from handlers.views.meeting import beginning, meeting
from mentoring.at_risk import SIGNED_WITHIN, Reason
from mentoring.checkins import Answer
from mentoring.errors import Invalid, NotAllowed
from mentoring.first_times import MEETING, suits
from mentoring.guides import Part
from mentoring.messages import Intro, Kind
from mentoring.pacts import REMIND_AFTER, NoMeeting, NothingToSign, Unsigned
from mentoring.working_time import WorkingTime
from program import agreements, checkins, guides, home, members, next_meeting, planning, quiet
from program.next_meeting import NextMeeting
from tests.program.office import CHECKIN, HOME, INTRO, LEAD, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def intro(office: Office) -> Intro:
    """The introduction as it stands on screen now."""
    content = next(one for one in office.on_screen.values() if isinstance(one, Intro))
    assert isinstance(content, Intro)
    return content


def answers(office: Office, given: Answer, person_id: str) -> None:
    number = office.checkins(person_id)[-1].id
    checkins.answer(office.ctx, office.workspace, person_id, number, given)
    office.delivers()


def signs(office: Office, person_id: str, pair_id: int = 0) -> None:
    agreements.sign(office.ctx, office.workspace, person_id, pair_id)
    office.delivers()


def reads(office: Office, person_id: str) -> NextMeeting:
    (found,) = next_meeting.next_meetings(office.ctx, office.workspace, person_id)
    return found


def test_a_pair_begins_signs_meets_and_counts(office: Office) -> None:
    """The whole story of a pair in a program of six meetings."""
    office.sets_up(meetings=6, rhythm="2")
    pair = office.introduced_in_place()
    first = intro(office)
    lisbon = WorkingTime(HOME, (540, 1020))
    assert len(first.times) == 3
    assert all(suits([lisbon, lisbon], one) for one in first.times)
    assert "3 of 6" not in render(first).text
    assert f"Still to sign: <@{MENTOR}> and <@{MENTEE}>." in render(first).text

    signs(office, MENTEE, pair.id)
    assert f"Signed: <@{MENTEE}>. Still to sign: <@{MENTOR}>." in render(intro(office)).text
    signs(office, MENTOR, pair.id)
    assert "Agreed by all of you" in render(intro(office)).text

    guide = reads(office, MENTEE)
    assert (guide.number, guide.progress.words) == (1, "0 of 6")
    assert [one.begins for one in guide.appointments] == list(first.times)
    assert {one.part for one in guide.guides} == {Part.MENTEE}
    assert "The senior of you answers first" in beginning(guide).text

    office.at(CHECKIN)
    answers(office, Answer.MET, MENTEE)
    answers(office, Answer.MET, MENTOR)
    assert "That makes 1 of 6 meetings." in render(office.said[-1].content).text
    assert "*So far:* 1 of 6 meetings." in render(intro(office)).text
    assert intro(office).times == ()
    office.at(CHECKIN + WEEK)
    answers(office, Answer.PLANNED, MENTOR)
    answers(office, Answer.MET, MENTEE)
    after = reads(office, MENTOR)
    assert (after.number, after.progress.words, after.starters) == (3, "2 of 6", ())
    assert "first 20 minutes" not in beginning(after).text


def test_a_meeting_that_is_planned_is_the_one_for_the_calendar(office: Office) -> None:
    pair = office.introduced()
    day = timedelta(days=1)
    said = [INTRO + 2 * day, INTRO + 3 * day]
    seen = []
    for when, who in zip(said, (MENTOR, MENTEE), strict=True):
        planning.plan(office.ctx, office.workspace, who, pair.id, when)
        office.delivers()
        assert f"planned:* <!date^{when.timestamp():.0f}^" in render(intro(office)).text
        seen.append(reads(office, MENTEE))
    assert [one.begins for found in seen for one in found.appointments] == said
    first, corrected = (found.appointments[0] for found in seen)
    assert first.uid == corrected.uid
    assert first.version < corrected.version, "in a calendar, the correction takes the place of the first"
    assert [found.planned.said_by for found in seen if found.planned] == [MENTOR, MENTEE]

    office.lives_until(said[-1] + MEETING - timedelta(minutes=1))
    assert reads(office, MENTOR).planned
    office.lives_until(said[-1] + MEETING + timedelta(minutes=1))
    assert reads(office, MENTOR).planned is None
    assert all(one.begins > office.clock() for one in reads(office, MENTOR).appointments)


def test_while_the_partner_takes_a_break_no_time_is_offered(office: Office) -> None:
    office.introduced()
    members.pause(office.ctx, office.workspace, MENTOR)
    shown = reads(office, MENTEE)
    assert (shown.rests, shown.appointments) == (True, ())
    assert "There is nothing to plan right now, because of a break." in meeting(shown).text
    assert next_meeting.calendar_files(office.ctx, office.workspace, MENTEE) == ()
    members.resume(office.ctx, office.workspace, MENTOR)
    assert len(reads(office, MENTEE).appointments) == 3


def test_an_answer_of_last_week_keeps_the_number_of_its_week(office: Office) -> None:
    office.sets_up(meetings=6, rhythm="2")
    office.introduced_in_place()
    office.at(CHECKIN)
    answers(office, Answer.MET, MENTEE)
    office.at(CHECKIN + WEEK)
    answers(office, Answer.MET, MENTEE)
    told = [render(one).text for one in office.on_screen.values()]
    assert sum("That makes 1 of 6 meetings." in text for text in told) == 1
    assert sum("That makes 2 of 6 meetings." in text for text in told) == 1


def test_a_program_in_weeks_counts_without_a_number_to_reach(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    answers(office, Answer.MET, MENTEE)
    assert "That makes 1 meeting." in render(office.said[-1].content).text
    assert reads(office, MENTOR).progress.words == "1 meeting"


def test_settings_saved_as_they_are_change_no_length(office: Office) -> None:
    before = office.sets_up()
    assert office.sets_up(rhythm="as it is", meetings="", cycle_weeks="12").calendar == before.calendar
    planned = office.sets_up(meetings=6, rhythm="monthly").calendar
    assert planned.cycle_weeks == 26
    assert office.sets_up().calendar == planned


# --- what is signed


@pytest.mark.parametrize("signed", [(), (MENTEE,), (MENTOR, MENTEE)])
def test_a_stall_goes_to_the_pair_after_a_week_and_to_leads_after_two(
    office: Office, signed: tuple[str, ...]
) -> None:
    office.sets_up(cycle_weeks=8)
    pair = office.introduced_in_place()
    for person_id in signed:
        signs(office, person_id)
    waits = len(signed) < 2
    office.lives_until(INTRO + REMIND_AFTER - timedelta(minutes=5))
    assert office.kinds(Kind.UNSIGNED) == []
    office.lives_until(INTRO + REMIND_AFTER + timedelta(days=1))
    assert [one.content for one in office.kinds(Kind.UNSIGNED)] == (
        [Unsigned("Upside Down", pair.id, (MENTOR, MENTEE), signed)] if waits else []
    )
    lead = office.ctx, office.workspace, office.member(MENTOR).person
    shown = home.home(*lead[:2], replace(lead[2], id=LEAD)).lead
    assert shown is not None
    assert Reason.NOT_SIGNED not in shown.stands.figures.risks
    office.lives_until(INTRO + SIGNED_WITHIN + timedelta(days=1))
    shown = home.home(*lead[:2], replace(lead[2], id=LEAD)).lead
    assert shown is not None
    assert shown.stands.figures.risks.get(Reason.NOT_SIGNED, 0) == waits
    assert len(office.kinds(Kind.UNSIGNED)) == waits


@pytest.mark.sampled(1)
@pytest.mark.parametrize("away", ["by status", "as they said", "paused"])
def test_nobody_is_reminded_to_sign_while_one_of_the_two_is_away(office: Office, away: str) -> None:
    office.sets_up(cycle_weeks=8)
    office.introduced_in_place()
    due, back = INTRO + REMIND_AFTER, INTRO + REMIND_AFTER + timedelta(days=6)
    by = office.ctx, office.workspace, MENTEE
    match away:
        case "by status":
            office.directory_says(MENTEE, away_until=back)
        case "as they said":
            quiet.go_away(*by, back.date())
        case _:
            members.pause(*by)
    office.lives_until(back - timedelta(hours=1))
    assert office.kinds(Kind.UNSIGNED) == []
    office.lives_until(due + 2 * WEEK)
    assert len(office.kinds(Kind.UNSIGNED)) == (away != "paused")


def test_the_reminder_follows_who_signs(office: Office) -> None:
    office.sets_up(cycle_weeks=8)
    office.introduced_in_place()
    office.lives_until(INTRO + REMIND_AFTER + timedelta(days=1))
    for person_id in (MENTOR, MENTEE):
        signs(office, person_id)
    (last,) = (one for one in office.on_screen.values() if isinstance(one, Unsigned))
    assert render(last).text.startswith("All of you have signed")


def test_nobody_signs_for_others_or_twice(office: Office) -> None:
    pair = office.introduced()
    office.joins("UOTHER")
    for stranger, number in (("UOTHER", pair.id), ("UOTHER", 0), (MENTOR, 999)):
        with pytest.raises(NothingToSign):
            signs(office, stranger, number)
    with pytest.raises(NoMeeting):
        reads(office, "UOTHER")
    signs(office, MENTOR)
    signs(office, MENTOR)
    assert intro(office).signed == (MENTOR,)


def test_who_shares_no_hour_is_told_so_kindly(office: Office) -> None:
    office.sets_up()
    office.introduced_in_place()
    office.edit(MENTOR, starts="05:00", ends="08:00")
    office.delivers()
    text = render(intro(office)).text
    assert intro(office).times == ()
    assert "I found none in two weeks at which all of you are at work" in text
    assert "change them with `/reverse-mentor`" in text


# --- guides in leads' own words


def test_leads_put_their_words_into_a_guide_and_take_them_back(office: Office) -> None:
    office.introduced()
    ours = reads(office, MENTOR).guides[0].lines
    lead = office.ctx, office.workspace, LEAD
    assert guides.write(*lead, "any", "mentor", "  Show the \n shop floor. ")
    assert reads(office, MENTOR).guides[0].lines == ("Show the shop floor.", *ours[1:])
    assert "shop floor" not in meeting(reads(office, MENTEE)).text
    assert guides.edited(*lead) == {("any", "mentor"): "Show the shop floor."}
    assert not guides.write(*lead, "any", "mentor", "")
    assert reads(office, MENTOR).guides[0].lines == ours


def test_only_leads_write_guides_and_mistakes_get_a_sentence(office: Office) -> None:
    office.introduced()
    with pytest.raises(NotAllowed):
        guides.write(office.ctx, office.workspace, MENTOR, "any", "mentor", "Hello.")
    with pytest.raises(Invalid) as told:
        guides.write(office.ctx, office.workspace, LEAD, "", "boss", "x" * 401)
    assert set(told.value.fields) == {"topic", "part", "words"}
