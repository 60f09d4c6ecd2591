"""What the leads' channel gets of a matching: news, once, and as far as it has happened."""

from __future__ import annotations

from datetime import timedelta

from mentoring.for_leads import Summary
from mentoring.messages import Kind
from program import cycles, introductions
from storage.outbox.letters import Letter
from tests.harness import every_letter
from tests.program.office import INTRO, LEAD, PROPOSAL, Office

HOUR = timedelta(hours=1)


def test_a_planned_matching_without_news_says_nothing(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.proposes()
    office.approves(1)
    office.delivers()
    office.joins("ULATE")
    office.at(PROPOSAL)
    (cycle,) = office.cycles
    assert (cycle.runs, cycle.matched_at) == (1, PROPOSAL)
    # The summary that is there shows who has no partner now, and nothing else came.
    summary = shown_summary(office)
    assert (summary.asked_by, {one.person_id for one in summary.left_out.first}) == (LEAD, {"ULATE"})
    assert len(office.kinds(Kind.SUMMARY, Kind.CARD)) == 2
    office.lives_until(INTRO - HOUR)
    assert len(every_letter_of(office, Kind.SUMMARY)) == 1


def test_a_lead_who_asks_again_without_news_gets_no_second_summary(office: Office) -> None:
    office.proposed()
    for _ in range(3):
        again = cycles.match_now(office.ctx, office.workspace, LEAD)
        assert (again.proposed, again.replaced) == (0, 0)
        office.delivers()
    assert len(every_letter_of(office, Kind.SUMMARY)) == 1
    assert office.cycles[0].runs == 1
    office.couple(2)
    office.proposes()
    assert (len(every_letter_of(office, Kind.SUMMARY)), office.cycles[0].runs) == (2, 2)


def test_a_first_summary_comes_also_without_any_pair(office: Office) -> None:
    """The first matching of an empty program says nothing, so the first that has people does."""
    office.sets_up()
    office.at(INTRO - HOUR)
    assert (office.cycles[0].runs, office.kinds(Kind.SUMMARY)) == (1, [])
    office.joins("UALONE")
    office.proposes()
    assert len(every_letter_of(office, Kind.SUMMARY)) == 1


def test_introductions_are_told_as_done_when_they_are(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.proposes()
    office.approves(1)
    office.delivers()
    introductions.introduce_now(office.ctx, office.workspace, LEAD)
    office.clock.passes(minutes=1)
    office.delivers(lambda letter: letter.notice.kind is Kind.SUMMARY)
    summary = shown_summary(office)
    assert (summary.introduced, summary.to_introduce, summary.on_their_way) == (False, 0, 1)
    office.delivers()
    office.clock.passes(minutes=1)
    office.delivers()
    summary = shown_summary(office)
    assert (summary.approved, summary.on_their_way) == (1, 0)


def shown_summary(office: Office) -> Summary:
    """The one summary that there is, as it is on screen."""
    (letter,) = every_letter_of(office, Kind.SUMMARY)
    content = office.on_screen[letter.id]
    assert isinstance(content, Summary)
    return content


def every_letter_of(office: Office, kind: Kind) -> list[Letter]:
    return [one for one in every_letter(office.ctx.database) if one.notice.kind is kind]
