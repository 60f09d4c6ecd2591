"""What is told of a profile is what its form says: answers that nobody sees change nothing that anybody reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handlers.views import meeting, render, replies
from handlers.views.review import review_modal
from mentoring.messages import LEADS_CHANNEL, Kind
from program import approvals, next_meeting
from storage.database import Database
from tests.fixtures.databases import empty
from tests.program.office import CHECKIN, INTRO, LEAD, PROPOSAL, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
SECRET = "Deep sea research"
UNSEEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "how many people": (
        {"mentor_capacity": 2, "mentee_capacity": 3},
        {"mentor_capacity": 5, "mentee_capacity": 4},
    ),
    "languages that are not shared": ({}, {"languages": ("English", "Suomi")}),
    "working days": ({}, {"working_days": (0, 1, 2, 3, 4, 5, 6)}),
    "hours that are not shared": ({"starts": "08:00"}, {"starts": "06:30"}),
    "another department than the partner's": ({"department": "Legal"}, {"department": "Sales"}),
}
SEEN_BY_LEADS = ("another department than the partner's",)


def lived(database: Database, **answers: Any) -> Office:
    """A program with one pair, whose mentor gave these answers, until its first check-in."""
    office = Office(empty(database))
    office.sets_up()
    office.couple(department=SECRET)
    office.edit(MENTOR, **({"department": "Legal"} | answers))
    office.at(PROPOSAL)
    office.approves(office.pairs[0].id)
    office.delivers()
    office.at(INTRO)
    office.at(CHECKIN)
    assert office.kinds(Kind.INTRO)
    assert office.kinds(Kind.CHECKIN)
    return office


def to_others(office: Office) -> list[str]:
    """Everything that was sent, but for what the leads read."""
    return sorted(_words(office, lambda recipient: recipient != LEADS_CHANNEL))


def on_demand(office: Office) -> list[str]:
    """What those in pairs read behind the button of their introduction."""
    everybody = {person for pair in office.pairs for person in pair.people}
    found = (next_meeting.next_meetings(office.ctx, office.workspace, person) for person in sorted(everybody))
    return [
        shown(one).text for each in found for one in each for shown in (meeting.meeting, meeting.beginning)
    ]


def to_leads(office: Office) -> list[str]:
    """Everything in the leads' channel, and all that they can ask for."""
    waiting = approvals.pending(office.ctx, office.workspace, LEAD)
    return [
        *sorted(_words(office, lambda recipient: recipient == LEADS_CHANNEL)),
        replies.pending(waiting.cards, waiting.left_out, waiting.held, waiting.others).text,
        str(review_modal(approvals.review(office.ctx, office.workspace, LEAD))),
    ]


def _words(office: Office, to: Callable[[str], bool]) -> list[str]:
    return [
        f"{one.kind} {one.recipient} {render(one.content).text}" for one in office.said if to(one.recipient)
    ]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("answer", UNSEEN)
def test_an_answer_that_is_not_shown_changes_nothing_that_is_read(sqlite: Database, answer: str) -> None:
    one, other = UNSEEN[answer]
    first = lived(sqlite, **one)
    told = ([*to_others(first), *on_demand(first)], to_leads(first))
    second = lived(sqlite, **other)
    assert [*to_others(second), *on_demand(second)] == told[0]
    if answer not in SEEN_BY_LEADS:
        assert to_leads(second) == told[1]


def test_what_is_told_of_a_profile_is_what_its_form_says(sqlite: Database) -> None:
    office = lived(sqlite)
    partner = "\n".join([*to_others(office), *on_demand(office)])
    leads = "\n".join(to_leads(office))
    for told in ("Topic number 1", "Three levels apart", "Different departments", "teaches"):
        assert told in partner
    for told in (SECRET, "Associate", "(first choice)"):
        assert told in leads
        assert told not in partner
    for never in ("English", "Monday to Friday"):
        assert never not in partner + leads
