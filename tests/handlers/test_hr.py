"""Where HR and a person say different things: a lead sees it in Slack, and one tap decides."""

from __future__ import annotations

import pytest

from mentoring.hr import Meaning, SlackField, said_in_slack
from mentoring.people import Profile
from program import hr, slack_profiles
from sandbox import Person
from storage import members, programs
from tests.handlers.world import World


def hr_says(led: World, person: Person, **facts: str) -> None:
    said = {person.id: facts}
    hr.apply(led.ctx, led.workspace, hr.planned(led.ctx, led.workspace, said, frozenset(facts)))


@pytest.fixture
def ana(led: World) -> Person:
    """Ana says Senior, and HR says Associate."""
    ana = led.joins("Ana Example", level=4, shares=["Chess"])
    hr_says(led, ana, level="Associate")
    return ana


def profile_of(led: World, person: Person) -> Profile:
    with led.ctx.read() as act:
        program = programs.find(act.tx, led.workspace)
        assert program is not None
        member = members.get(act.tx, program.id, person.id)
    assert member is not None
    return member.profile


def test_a_lead_sees_a_difference_and_one_tap_takes_hrs(led: World, ana: Person) -> None:
    shown = led.lead.types("/reverse-mentor hr")
    assert led.lead.sees("@Ana Example has the level “Senior”; HR has “Associate”.")
    assert "`/reverse-mentor hr use 1` or `/reverse-mentor hr keep 1`" in shown.text
    led.lead.clicks("Use HR's")
    now = led.lead.waits_to_see("counts with the level “Associate” now")
    assert "Nobody's profile differs from HR's records" in now.full_text
    assert profile_of(led, ana).level == 2
    assert led.complaints() == []


def test_a_lead_keeps_the_persons_own_by_typing(led: World, ana: Person) -> None:
    assert "the level “Senior” now" in led.lead.types("/reverse-mentor hr keep 1").text
    assert profile_of(led, ana).level == 4
    assert "Another lead has decided that already" in led.other_lead.types("/reverse-mentor hr use 1").text
    assert "That is settled, or has changed since" in led.lead.types("/reverse-mentor hr use 77").text
    assert "Say which one by its number" in led.lead.types("/reverse-mentor hr use").text


def test_home_leads_to_the_list(led: World, ana: Person) -> None:
    led.lead.opens_home()
    led.lead.clicks("Compare with HR (1)")
    assert "@Ana Example has the level “Senior”" in led.lead.waits_for_modal().text
    led.lead.clicks("Keep theirs")
    led.lead.waits_for_modal(title="Reverse Mentor")
    assert profile_of(led, ana).level == 4


@pytest.mark.slow
def test_the_form_says_where_a_value_comes_from(led: World, ana: Person) -> None:
    ana.types("/reverse-mentor")
    ana.clicks("More details")
    form = ana.waits_for_modal().text
    assert "Your HR records say “Associate”; a lead decides which counts." in form
    ben = led.joins("Ben Example", level=None, shares=["Chess"])
    hr_says(led, ben, level="Senior", department="Sales")
    ben.types("/reverse-mentor")
    ben.clicks("More details")
    form = ben.waits_for_modal().text
    assert form.count("From your HR records; tell a lead if it is wrong.") == 2


def test_who_says_something_else_than_hr_reads_that_a_lead_decides(led: World) -> None:
    ben = led.joins("Ben Example", level=None, shares=["Chess"])
    hr_says(led, ben, level="Senior")
    ben.types("/reverse-mentor")
    ben.clicks("More details")
    ben.fills("My level", "Director")
    ben.submits()
    told = ben.waits_for_modal(title="Saved").text
    assert "Your HR records say something else about your level; a lead decides which counts." in told


def test_before_any_file_was_read_a_lead_is_told_so(led: World) -> None:
    assert "HR's records have not been read yet." in led.lead.types("/reverse-mentor hr").text


def test_without_the_scope_no_field_of_slacks_profiles_is_offered(led: World, ana: Person) -> None:
    shown = led.lead.types("/reverse-mentor hr")
    assert "Slack profile fields" not in shown.full_text
    assert "optional scope `users.profile:read`" in led.lead.types("/reverse-mentor hr fields").text
    assert "Only the program's leads" in led.outsider.types("/reverse-mentor hr fields").text


def test_a_lead_chooses_fields_in_a_form_and_by_typing(led: World, ana: Person) -> None:
    led.fields.there = (SlackField("Xf1", "Grade"), SlackField("Xf2", "Boss", people=True))
    led.lead.types("/reverse-mentor hr")
    led.lead.clicks("Slack profile fields")
    form = led.lead.waits_for_modal(title="Slack profile fields")
    assert "where the two differ, a lead decides" in form.text
    led.lead.fills("Level", "Grade")
    led.lead.fills("Manager", "Boss")
    led.lead.submits()
    assert (
        "level from “Grade” and manager from “Boss”" in led.lead.waits_for_modal(title="Reverse Mentor").text
    )
    assert fields_of(led) == {"level": "Xf1", "manager_id": "Xf2"}
    led.lead.types("/reverse-mentor hr fields level none")
    assert fields_of(led) == {"manager_id": "Xf2"}
    assert "There is no field “Rank” that fits" in led.lead.types("/reverse-mentor hr fields level Rank").text
    assert "There is no field “boss” that fits" in led.lead.types("/reverse-mentor hr fields level boss").text
    led.lead.types("/reverse-mentor hr fields level grade")
    assert fields_of(led) == {"level": "Xf1", "manager_id": "Xf2"}
    listed = led.lead.types("/reverse-mentor hr fields").text
    assert "For level and department: “Grade”." in listed
    assert led.complaints() == []


def fields_of(led: World) -> dict[str, str]:
    chosen = slack_profiles.chosen(led.ctx, led.workspace, led.lead.id)
    return {meaning.value: field.id for meaning, field in chosen.items()}


def test_the_form_says_that_a_value_is_that_of_slack(led: World) -> None:
    ben = led.joins("Ben Example", level=None, shares=["Chess"])
    grade = SlackField("Xf1", "Grade")
    slack_profiles.choose(led.ctx, led.workspace, led.lead.id, {Meaning.LEVEL: grade})
    slack_profiles.keep(
        led.ctx, led.workspace, [said_in_slack(ben.id, {Meaning.LEVEL: grade}, {"Xf1": "Senior"})]
    )
    ben.types("/reverse-mentor")
    ben.clicks("More details")
    assert "From your Slack profile; tell a lead if it is wrong." in ben.waits_for_modal().text
