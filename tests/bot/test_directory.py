"""Reading people and channels, and what becomes of the program when they changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.directory import SLICE
from mentoring.people import Standing
from program import people
from storage import members
from tests.bot.office import Office

LOOK = "users.info"


def standing(office: Office, person_id: str) -> Standing:
    with office.database.read() as tx:
        member = members.get(tx, 1, person_id)
    assert member is not None
    return member.standing


def test_a_person_as_slack_knows_them(office: Office) -> None:
    ana = office.slack.add_person("Ana", tz="Asia/Kolkata", guest=True, admin=True)
    found = office.directory.person(ana.id)
    assert (found.id, found.name.title(), found.time_zone) == (ana.id, "Ana", "Asia/Kolkata")
    assert (found.guest, found.admin, found.deactivated, found.bot) == (True, True, False, False)


def test_what_has_changed_is_kept(office: Office) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.slack.update_person(ana, tz="Europe/Berlin")
    assert office.directory.person(ana.id).time_zone == "Europe/Berlin"
    known = people.known(office.ctx, office.slack.team_id, ana.id)
    assert known is not None
    assert known.time_zone == "Europe/Berlin"


def test_about_a_stranger_nothing_is_kept(office: Office) -> None:
    ben = office.slack.add_person("Ben")
    assert office.directory.person(ben.id).name.title() == "Ben"
    assert people.known(office.ctx, office.slack.team_id, ben.id) is None


def test_without_an_answer_it_is_the_person_as_last_seen(office: Office) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    seen = office.directory.person(ana.id)
    stranger = office.slack.add_person("Ben")
    office.slack.faults.http_error(LOOK, times=2)
    assert office.directory.person(ana.id) == seen
    assert office.directory.person(stranger.id).name == stranger.id


def test_whoever_acts_is_there_even_if_slack_says_not_found(office: Office) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.slack.faults.error(LOOK, "user_not_found")
    assert not office.directory.person(ana.id).deactivated
    assert standing(office, ana.id) is Standing.ACTIVE


def test_slack_is_not_asked_again_before_retry_after_is_over(office: Office) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    asked = len(office.slack.calls.to(LOOK))
    office.slack.faults.ratelimit(LOOK, retry_after=60)
    for _ in range(5):
        office.directory.person(ana.id)
        office.time += timedelta(seconds=10)
    assert len(office.slack.calls.to(LOOK)) == asked + 1
    office.time += timedelta(seconds=10)
    office.directory.person(ana.id)
    assert len(office.slack.calls.to(LOOK)) == asked + 2


def test_everybody_who_takes_part_is_looked_up_again_each_hour(office: Office) -> None:
    for number in range(SLICE + 5):
        office.joins(f"Person {number}", 2, shares=("Podcasting",))
    assert office.directory.look_again() == 0
    office.time += timedelta(hours=1, seconds=1)
    assert [office.directory.look_again() for _ in range(3)] == [SLICE, 5, 0]


@pytest.mark.parametrize("how", ["deactivated", "user_not_found"])
def test_a_look_finds_who_is_gone(office: Office, how: str) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    ben = office.joins("Ben", 2, shares=("Podcasting",))
    office.slack.faults.drop_events()
    if how == "deactivated":
        office.slack.deactivate(ana)
    else:
        office.slack.faults.error(LOOK, how)  # the first who is looked up is Ana
    office.time += timedelta(hours=2)
    office.directory.look_again()
    assert standing(office, ana.id) is Standing.LEFT
    assert standing(office, ben.id) is Standing.ACTIVE
    assert office.directory.look_again() == 0


def test_a_look_that_fails_ends_the_round_and_is_due_again(office: Office) -> None:
    for name in ("Ana", "Ben", "Cleo"):
        office.joins(name, 2, shares=("Podcasting",))
    office.time += timedelta(hours=2)
    asked = len(office.slack.calls.to(LOOK))
    office.slack.faults.reset(LOOK)
    assert office.directory.look_again() == 3
    assert len(office.slack.calls.to(LOOK)) == asked + 1
    assert office.directory.look_again() == 3
    assert office.directory.look_again() == 0
