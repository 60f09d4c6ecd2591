"""Pairs that go on and break a rule by now: leads are asked, the two read nothing, and nothing ends by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers.views import render
from mentoring.errors import NotAllowed
from mentoring.for_leads import Misfit
from mentoring.matching import Rule
from mentoring.messages import LEADS_CHANNEL, Kind
from mentoring.pairings import PairState
from program import closing, misfits
from storage import members
from tests.program.office import INTRO, LEAD, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def hr_says(office: Office, level: int, who: str = MENTOR) -> None:
    """Somebody's level changes without their own doing."""
    member = office.member(who)
    after = replace(member, profile=replace(member.profile, level=level))
    office.behind_the_scenes(lambda tx, _: members.correct(tx, [(member, after)]))


def notes(office: Office) -> list[Misfit]:
    return [one.content for one in office.said if isinstance(one.content, Misfit)]


@pytest.mark.parametrize("by", ["HR", "themselves"])
def test_leads_are_asked_once_and_the_two_read_nothing(office: Office, by: str) -> None:
    office.introduced()
    before = [len(office.heard(one)) for one in (MENTOR, MENTEE)]
    if by == "HR":
        hr_says(office, 7)
    else:
        office.edit(MENTOR, level=7)
    office.passes(minutes=1)
    (asked,) = office.kinds(Kind.MISFIT)
    assert asked.recipient == LEADS_CHANNEL
    assert isinstance(asked.content, Misfit)
    assert [one.rule for one in asked.content.broken] == [Rule.LEVEL]
    assert [len(office.heard(one)) for one in (MENTOR, MENTEE)] == before
    office.edit(MENTOR, department="Elsewhere")
    office.lives_until(INTRO + WEEK)
    assert len(office.kinds(Kind.MISFIT)) == 1
    assert office.pair().state is PairState.INTRODUCED


def test_a_lead_lets_it_go_on_and_is_not_asked_again(office: Office) -> None:
    office.introduced()
    hr_says(office, 7)
    office.passes(minutes=1)
    with pytest.raises(NotAllowed):
        misfits.keep(office.ctx, office.workspace, MENTEE, 1)
    assert misfits.keep(office.ctx, office.workspace, LEAD, 1).bent == (Rule.LEVEL,)
    office.delivers()
    assert "goes on as it is" in render(notes(office)[-1]).text
    hr_says(office, 8)
    office.passes(minutes=1)
    assert len(office.kinds(Kind.MISFIT)) == 1


def test_the_note_follows_what_becomes_of_it(office: Office) -> None:
    office.introduced()
    hr_says(office, 7)
    office.passes(minutes=1)
    hr_says(office, 2)
    office.delivers()
    assert "fits the rules again" in render(notes(office)[-1]).text
    closing.end(office.ctx, office.workspace, LEAD, 1)
    office.delivers()
    assert "is over" in render(notes(office)[-1]).text


@pytest.mark.parametrize(
    "answers",
    [{"avoid": (MENTEE,)}, {"manager_id": MENTEE}, {"shares": ("Something else",)}, {"hours": None}],
    ids=["a private list", "a reporting line", "other skills", "nothing"],
)
def test_what_is_private_or_settled_between_two_people_asks_nobody(
    office: Office, answers: dict[str, Any]
) -> None:
    office.introduced()
    changed = {name: value for name, value in answers.items() if value is not None}
    office.edit(MENTOR, **changed)
    office.lives_until(INTRO + WEEK)
    assert office.kinds(Kind.MISFIT) == []


@pytest.mark.parametrize(
    ("facts", "rule"),
    [({"guest": True}, Rule.GUEST), ({"time_zone": "Pacific/Auckland"}, Rule.HOURS)],
)
def test_a_guest_and_a_move_across_the_world_ask_too(
    office: Office, facts: dict[str, Any], rule: Rule
) -> None:
    office.introduced()
    office.directory_says(MENTOR, **facts)
    office.passes(minutes=1)
    assert [one.rule for one in notes(office)[-1].broken] == [rule]
    assert office.pair().state is PairState.INTRODUCED
