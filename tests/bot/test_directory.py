"""Reading people and channels, and what becomes of the program when they changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from bot.slack.directory import SLICE, SlackDirectory
from bot.slack.look_ups import IN_BACKGROUND, PER_MINUTE
from handlers import entries
from handlers.services import SlackDoesNotSay
from mentoring.people import Standing
from program import people
from storage import members
from storage import people as stored_people
from tests.bot.post_office import PostOffice

LOOK = "users.info"


def standing(office: PostOffice, person_id: str) -> Standing:
    with office.database.read() as tx:
        member = members.get(tx, 1, person_id)
    assert member is not None
    return member.standing


def test_a_person_as_slack_knows_them(office: PostOffice) -> None:
    ana = office.slack.add_person("Ana", tz="Asia/Kolkata", guest=True, admin=True)
    found = office.directory.person(ana.id)
    assert (found.id, found.name.title(), found.time_zone) == (ana.id, "Ana", "Asia/Kolkata")
    assert (found.guest, found.admin, found.deactivated, found.bot) == (True, True, False, False)


def test_what_has_changed_is_kept(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.slack.update_person(ana, tz="Europe/Berlin")
    office.clock.passes(seconds=61)
    assert office.directory.person(ana.id).time_zone == "Europe/Berlin"
    known = people.known(office.ctx, office.workspace, ana.id)
    assert known is not None
    assert known.time_zone == "Europe/Berlin"


def test_about_a_stranger_nothing_is_kept(office: PostOffice) -> None:
    ben = office.slack.add_person("Ben")
    assert office.directory.person(ben.id).name.title() == "Ben"
    assert people.known(office.ctx, office.workspace, ben.id) is None


def test_without_an_answer_it_is_the_person_as_last_seen(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    seen = office.directory.person(ana.id)
    newcomer = office.slack.add_person("Ben")
    office.clock.passes(minutes=59)
    office.slack.faults.http_error(LOOK, times=4)
    assert office.directory.person(ana.id) == seen
    assert office.directory.lately(ana.id) == seen
    with pytest.raises(SlackDoesNotSay, match="Slack does not tell me about your account right now"):
        office.directory.person(newcomer.id)
    assert office.directory.known(newcomer.id) is None
    office.clock.passes(minutes=2)
    with pytest.raises(SlackDoesNotSay):
        office.directory.lately(ana.id)
    assert office.directory.known(ana.id) == seen


@pytest.mark.parametrize("look", ["person", "lately"])
def test_a_hundred_questions_about_one_person_are_one_call(office: PostOffice, look: str) -> None:
    for somebody in (office.slack.add_person("Ben"), office.joins("Ana", 2, shares=("Podcasting",))):
        before = len(office.slack.calls.to(LOOK))
        for _ in range(100):
            getattr(office.directory, look)(somebody.id)
        assert len(office.slack.calls.to(LOOK)) <= before + 1
        office.clock.passes(seconds=61)
        getattr(office.directory, look)(somebody.id)
        assert len(office.slack.calls.to(LOOK)) <= before + (2 if look == "person" else 1)


def test_what_is_recorded_or_reported_is_newer_than_what_was_said(office: PostOffice) -> None:
    ana, ben = office.joins("Ana", 2, shares=("Podcasting",)), office.slack.add_person("Ben")
    seen = office.directory.person(ana.id)
    people.record(office.ctx, office.workspace, [replace(seen, admin=True)])
    known = office.directory.known(ana.id)
    assert known is not None
    assert known.admin
    assert not office.directory.person(ana.id).admin, "Slack is asked which of the two is so"
    office.directory.heard(replace(seen, time_zone="Asia/Tokyo"))
    assert office.directory.known(ana.id) == replace(seen, time_zone="Asia/Tokyo")
    office.directory.heard(office.directory.person(ben.id))
    office.slack.update_person(ben, admin=True)
    assert office.directory.person(ben.id).admin, "what was said is forgotten with the report"
    assert people.known(office.ctx, office.workspace, ben.id) is None


def test_look_ups_stay_within_a_budget_of_which_a_part_is_for_people_who_wait(office: PostOffice) -> None:
    crowd = [office.slack.add_person(f"Person {number}") for number in range(PER_MINUTE + 5)]
    office.clock.passes(minutes=5)
    for somebody in crowd:
        office.directory.look_at(somebody.id)
    asked = len(office.slack.calls.to(LOOK))
    seen = 0
    for somebody in crowd[::-1]:
        with suppress(SlackDoesNotSay):
            office.directory.person(somebody.id)
            seen += 1
    spent = len(office.slack.calls.to(LOOK)) - asked
    assert spent == PER_MINUTE - IN_BACKGROUND
    office.clock.passes(seconds=61)
    assert office.directory.person(crowd[0].id).id == crowd[0].id


@pytest.mark.slow
def test_one_act_does_not_wait_for_a_slow_slack_twice(office: PostOffice) -> None:
    ben = office.slack.add_person("Ben")
    office.client.timeout = 2
    office.slack.faults.slow(LOOK, delay=4, times=1)  # whoever asked again would be told
    for look in (office.directory.lately, office.directory.person):
        with pytest.raises(SlackDoesNotSay):
            look(ben.id)


def test_somebody_slack_does_not_know_and_we_do_not_either_is_a_stranger(office: PostOffice) -> None:
    assert office.directory.person("U0NOBODY").stranger


# Who the admins are


def admins(office: PostOffice) -> list[str]:
    with office.database.read() as tx:
        return [person.name for person in stored_people.admins(tx, office.workspace)]


def test_the_admins_are_found_page_by_page(office: PostOffice) -> None:
    for number in range(450):
        office.slack.add_person(f"Person {number}", announce=False)
    ada = office.slack.add_person("Ada", admin=True)
    office.slack.add_person("Olga", owner=True)
    office.slack.add_person("Gil", admin=True, guest=True)
    office.slack.deactivate(office.slack.add_person("Dee", admin=True))
    office.slack.add_stranger("Sid").user.admin = True
    before = stored(office)
    for _ in range(5):
        office.directory.look_for_admins()
    assert len(office.slack.calls.to("users.list")) == 3
    assert admins(office) == ["lea.lead", "ada", "olga"]
    assert stored(office) == before + 2, "about nobody else anything is kept"

    office.slack.update_person(ada, admin=False)
    office.clock.passes(hours=23)
    office.directory.look_for_admins()
    assert admins(office) == ["lea.lead", "ada", "olga"]
    office.clock.passes(hours=2)
    for _ in range(3):
        office.directory.look_for_admins()
    assert admins(office) == ["lea.lead", "olga"]
    office.clock.passes(hours=25)
    office.directory.look_for_admins()
    assert len(office.slack.calls.to("users.list")) == 7


def stored(office: PostOffice) -> int:
    with office.database.read() as tx:
        return len(tx.exec_driver_sql("SELECT id FROM people").all())


def test_a_list_that_slack_does_not_give_is_asked_for_later(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    faults, calls = office.slack.faults, office.slack.calls
    faults.ratelimit("users.list", retry_after=60)
    faults.reset("users.list")
    for seconds in (0, 59, 61, 299, 301):
        office.directory.look_for_admins()
        office.clock.passes(seconds=seconds)
    assert len(calls.to("users.list")) == 2
    office.directory.look_for_admins()
    assert admins(office) == ["lea.lead"]

    for _ in range(3):
        faults.error("users.list", "unknown_method")
        office.clock.passes(hours=25)
        office.directory.look_for_admins()
    office.directory.look_for_admins()
    assert len(calls.to("users.list")) == 6
    assert admins(office) == ["lea.lead"]
    assert caplog.text.count("users.list did not answer") == 1


def test_whoever_acts_is_there_even_if_slack_says_not_found(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.slack.faults.error(LOOK, "user_not_found")
    assert not office.directory.person(ana.id).deactivated
    assert standing(office, ana.id) is Standing.ACTIVE


def test_slack_is_not_asked_again_before_retry_after_is_over(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.clock.passes(seconds=61)
    asked = len(office.slack.calls.to(LOOK))
    office.slack.faults.ratelimit(LOOK, retry_after=60)
    for _ in range(5):
        office.directory.person(ana.id)
        office.clock.passes(seconds=10)
    assert len(office.slack.calls.to(LOOK)) == asked + 1
    office.clock.passes(seconds=10)
    office.directory.person(ana.id)
    assert len(office.slack.calls.to(LOOK)) == asked + 2, "one that was refused, and one after the pause"


def test_everybody_who_takes_part_is_looked_up_again_each_hour(office: PostOffice) -> None:
    for number in range(SLICE + 5):
        office.joins(f"Person {number}", 2, shares=("Podcasting",))
    assert office.directory.look_again() == 1, "the other lead, whom nobody has looked at yet"
    assert office.directory.look_again() == 0
    office.clock.passes(hours=1, seconds=1)
    assert [office.directory.look_again() for _ in range(3)] == [SLICE, 5 + 2, 0]


def test_who_is_back_is_found_though_the_event_was_lost(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.slack.deactivate(ana)
    office.slack.deactivate(office.other_lead)
    office.clock.passes(hours=2)
    office.directory.look_again()
    office.slack.reactivate(ana)
    office.slack.reactivate(office.other_lead)
    office.clock.passes(hours=26)
    office.directory.look_again()
    for somebody in (ana, office.other_lead):
        known = people.known(office.ctx, office.workspace, somebody.id)
        assert known is not None
        assert not known.deactivated


@pytest.mark.parametrize("how", ["deactivated", "user_not_found"])
def test_a_look_finds_who_is_gone(office: PostOffice, how: str) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    ben = office.joins("Ben", 2, shares=("Podcasting",))
    office.slack.faults.drop_events()
    office.clock.passes(hours=2)
    for lead in (office.lead, office.other_lead):
        office.directory.look_at(lead.id)
    if how == "deactivated":
        office.slack.deactivate(ana)
    else:
        office.slack.faults.error(LOOK, how)  # the first who is looked up is Ana
    office.directory.look_again()
    assert standing(office, ana.id) is Standing.LEFT
    assert standing(office, ben.id) is Standing.ACTIVE
    assert office.directory.look_again() == 0


def test_a_look_that_fails_ends_the_round_and_is_due_again(office: PostOffice) -> None:
    for name in ("Ana", "Ben", "Cleo"):
        office.joins(name, 2, shares=("Podcasting",))
    office.clock.passes(hours=2)
    office.directory.look_at(office.lead.id)
    office.directory.look_at(office.other_lead.id)
    asked = len(office.slack.calls.to(LOOK))
    office.slack.faults.reset(LOOK)
    assert office.directory.look_again() == 3
    assert len(office.slack.calls.to(LOOK)) == asked + 1
    assert office.directory.look_again() == 3
    assert office.directory.look_again() == 0


# What an answer leaves out


LEFT_OUT: dict[str, tuple[str, ...]] = {
    "everything": (),
    "who they are": ("id", "team_id"),
    "what they may do": ("id", "name", "profile", "tz", "team_id", "deleted", "is_bot"),
    "where they are": ("id", "name", "profile", "is_admin", "is_restricted", "team_id", "is_bot"),
    "their home": ("id", "name", "profile", "is_admin", "is_restricted", "tz", "is_bot"),
    "their profile": ("id", "name", "is_admin", "is_restricted", "tz", "team_id", "is_bot"),
}


@pytest.mark.parametrize("way", ["asks", "looks", "hears", "lists"])
@pytest.mark.parametrize("left", LEFT_OUT)
def test_what_slack_leaves_out_stays_as_it_was_known(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, left: str, way: str
) -> None:
    gil = office.joins("Gil", 2, shares=("Podcasting",))
    office.slack.update_person(gil, tz="America/Lima", guest=True, admin=True)
    known = office.directory.person(gil.id, anew=True)
    assert (known.guest, known.admin, known.time_zone) == (True, True, "America/Lima")
    whole: dict[str, Any] = office.client.users_info(user=gil.id)["user"]
    entry = {name: value for name, value in whole.items() if name in LEFT_OUT[left]}
    office.clock.passes(hours=3)
    monkeypatch.setattr(office.client, "users_info", lambda **_: {"ok": True, "user": entry})
    monkeypatch.setattr(office.client, "users_list", lambda **_: {"ok": True, "members": [entry]})
    match way:
        case "asks":
            assert office.directory.person(gil.id) == known
        case "looks":
            office.directory.look_at(gil.id)
        case "hears":
            heard = entries.changed_person({"user": entry}, office.workspace)
            assert (heard is None) == ("id" not in entry)
            if heard is not None:
                office.directory.heard(heard)
        case _:
            office.directory.look_for_admins()
    assert people.known(office.ctx, office.workspace, gil.id) == known


def test_what_slack_says_is_taken_also_where_it_leaves_out_the_rest(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    known = office.directory.person(ana.id, anew=True)
    for said in ({"is_restricted": True}, {"is_admin": True}, {"tz": "Asia/Tokyo"}, {"deleted": True}):
        monkeypatch.setattr(
            office.client, "users_info", lambda said=said, **_: {"ok": True, "user": {"id": ana.id, **said}}
        )
        office.directory.look_at(ana.id)
    found = people.known(office.ctx, office.workspace, ana.id)
    assert found == replace(known, guest=True, admin=True, time_zone="Asia/Tokyo", deactivated=True)


@pytest.mark.parametrize("left", ["guest", "bot", "stranger"])
def test_nobody_new_is_taken_for_what_slack_left_out(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    """Once this Slack has said it of somebody; a stand-in that never does goes on being believed."""
    flags = {"guest": ("is_restricted", "is_ultra_restricted"), "bot": ("is_bot",)}
    missing = flags.get(left, ("team_id", "is_stranger", "enterprise_user"))
    ana, ben, dee = (office.slack.add_person(name) for name in ("Ana", "Ben", "Dee"))
    office.slack.deactivate(dee)
    whole, less = office.client.users_info, {}

    def users_info(*, user: str) -> dict[str, Any]:
        found = dict(whole(user=user)["user"])
        return {"ok": True, "user": {name: one for name, one in found.items() if name not in less}}

    monkeypatch.setattr(office.client, "users_info", users_info)
    less = dict.fromkeys(missing)
    new = SlackDirectory(office.client, office.ctx, office.workspace)
    assert new.person(ben.id).id == ben.id, "it was said of nobody yet"
    less = {}
    assert office.directory.person(ana.id).unsaid == frozenset()
    less = dict.fromkeys(missing)
    office.clock.passes(hours=3)
    with pytest.raises(SlackDoesNotSay):
        office.directory.person(ben.id)
    assert office.directory.person(dee.id).deactivated, "of those who are gone Slack says less"
    office.clock.passes(minutes=2)
    less = {}
    assert office.directory.person(ben.id).unsaid == frozenset()


def test_a_slack_that_marks_only_those_of_whom_something_is_so(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As stand-ins may: what it leaves out of the others is believed to be no, since it says no of nobody."""
    guest, ana = office.slack.add_person("Gil", guest=True), office.slack.add_person("Ana")
    whole = office.client.users_info

    def users_info(*, user: str) -> dict[str, Any]:
        found = dict(whole(user=user)["user"])
        return {"ok": True, "user": {name: one for name, one in found.items() if one is not False}}

    monkeypatch.setattr(office.client, "users_info", users_info)
    new = SlackDirectory(office.client, office.ctx, office.workspace)
    assert new.person(guest.id).guest
    assert not new.person(ana.id).guest


@pytest.mark.parametrize("odd", ["no", "", 1, 0, None, [], {}], ids=repr)
def test_what_is_neither_yes_nor_no_is_not_said(odd: object) -> None:
    flags = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_bot")
    found = entries.person({"id": "U1", "team_id": "T1", **dict.fromkeys((*flags, "deleted"), odd)}, "T1")
    assert found is not None
    assert {"admin", "guest", "bot"} <= found.unsaid
    assert [found.admin, found.guest, found.bot, found.deactivated] == [False] * 4
