"""Journey: the first weeks of a program, from the settings to the first answered check-in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sandbox import Person
from tests.journeys.town import INTRO, PROPOSAL, Town

FIRST_CHECKINS = datetime(2027, 1, 14, 0, 0, tzinfo=UTC)
HOSTILE = "<!channel> & <@U000> *bold* `code`"

MENTORS = (
    ("Ana", "Intern/Graduate", "Podcasting", "Europe/Lisbon"),
    ("Ben", "Associate", "Data storytelling", "Europe/Berlin"),
    ("Cleo", "Associate", "Short video", "Europe/London"),
    ("Dan", "Professional", HOSTILE, "Europe/Warsaw"),
)
MENTEES = (
    ("Eva", "Director", "Podcasting", "Europe/Berlin"),
    ("Finn", "VP", "Data storytelling", "Europe/Lisbon"),
    ("Gus", "Executive", "Short video", "Africa/Lagos"),
    ("Hal", "Director", HOSTILE, "Asia/Kolkata"),
)
HOUR_IN_UTC = {
    "Europe/Lisbon": 10,
    "Europe/London": 10,
    "Europe/Berlin": 9,
    "Europe/Warsaw": 9,
    "Africa/Lagos": 9,
    "Asia/Kolkata": 4.5,
}
"""When it is 10:00 in those places, in January."""


def test_the_first_weeks_of_a_program(town: Town) -> None:
    town.sets_up(Name="Upside Down <!here>", Time_zone="Europe/London")
    everybody = eight_people_join(town)
    town.quiet()
    for person in everybody.values():
        assert [one for one in person.messages() if "You are in *Upside Down <!here>*" in one]

    town.lives_until(PROPOSAL - timedelta(minutes=1))
    (welcome,) = town.lead.messages(town.leads_channel)
    assert "This is the leads' channel of *Upside Down <!here>*" in welcome
    town.lives_until(PROPOSAL)
    (cards,) = town.open_cards()
    assert cards.buttons == ("Approve", "Decline", "Swap") * 4
    town.approves_all()
    (cards,) = town.cards()
    assert cards.text.count(f"Approved by <@{town.lead.id}>") == 4

    town.lives_until(INTRO - timedelta(minutes=1))
    assert not any(person.group_dms() for person in everybody.values())
    town.lives_until(INTRO)
    for mentor, mentee in zip(MENTORS, MENTEES, strict=True):
        assert_introduced_to_each_other(town, everybody[mentor[0]], everybody[mentee[0]])

    town.lives_until(FIRST_CHECKINS + timedelta(days=1))
    for name, _, _, zone in MENTORS + MENTEES:
        (question,) = town.questions(everybody[name])
        asked_at = datetime.fromtimestamp(float(question.ts), UTC)
        hour = FIRST_CHECKINS + timedelta(hours=HOUR_IN_UTC[zone])
        assert hour <= asked_at < hour + timedelta(minutes=2), f"{name} is asked at 10:00 in {zone}"

    for person in everybody.values():
        person.clicks("We met", containing="Have you and")
        person.waits_to_see("Thank you. It is good to know that you and")
    town.quiet()
    town.lives_until(INTRO + timedelta(days=7))
    assert all(len(town.questions(person)) == 1 for person in everybody.values()), (
        "whoever answered is left alone"
    )


def eight_people_join(town: Town) -> dict[str, Person]:
    mentors = {
        name: town.joins(name, level, shares=[skill], tz=zone, My_department=HOSTILE)
        for name, level, skill, zone in MENTORS
    }
    mentees = {
        name: town.joins(name, level, wants=[skill], tz=zone, My_working_day_ends="19:00")
        for name, level, skill, zone in MENTEES
    }
    return mentors | mentees


def assert_introduced_to_each_other(town: Town, mentor: Person, mentee: Person) -> None:
    (group,) = mentor.group_dms()
    assert set(group.members) == {mentor.id, mentee.id, town.slack.bot_user_id}
    (intro,) = town.introductions(mentor)
    assert f"@{mentor.name} teaches" in intro
    assert f"@{mentee.name}, choose one of these" in intro
    assert town.introductions(mentee) == [intro]
