"""Who gets in: every kind of payload, from every kind of person, whatever the payload says of their home."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.request import BoltRequest

import handlers
from bot.slack import directory
from bot.slack.directory import SlackDirectory
from handlers.services import Services
from mentoring.people import Person
from mentoring.programs import ProgramDraft
from program import people, programs
from scheduler.rehearsal import rehearse
from storage.database import Database
from tests.bot.post_office import PostOffice, open_post_office

IN = ""
ELSEWHERE = "for people of its own workspace"
DEACTIVATED = "this account is deactivated"
APP = "the account of an app"
UNSAID = "Slack does not tell me about your account right now"

Body = dict[str, Any]


class House(PostOffice):
    """An office in an organization, with the listeners."""

    def opens(self) -> None:
        self.slack.join_enterprise()
        self.sister = self.slack.other_workspace()
        self.sets_up()
        self.listens()

    def listens(self) -> None:
        """Begin anew with a directory that remembers nothing."""
        self.directory = SlackDirectory(self.client, self.ctx, self.workspace, self._monotonic)
        self.app = App(
            name="Office",
            client=self.client,
            raise_error_for_unhandled_request=True,
            token_verification_enabled=False,
        )
        handlers.register(self.app, Services(self.ctx, self.workspace, self.directory, rehearse))

    def hears(self, body: Body) -> Body:
        given = self.app.dispatch(BoltRequest(mode="socket_mode", body=body))
        assert given.status == 200
        is_json = given.headers.get("content-type", [""])[0].startswith("application/json")
        answer: Body = json.loads(given.body) if given.body and is_json else {"text": given.body or ""}
        return answer

    def rests(self) -> None:
        """Wait for the listeners that go on after their acknowledgment."""
        self.app.listener_runner.listener_executor.shutdown(wait=True)


@pytest.fixture
def house(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    # On a busy machine an answer that somebody is unknown may take a second; here that means nothing.
    monkeypatch.setattr(directory, "SLOW", 60.0)
    with open_post_office(sqlite) as office:
        office.__class__ = House
        assert isinstance(office, House)
        office.opens()
        yield office
        office.rests()


def member(house: House) -> str:
    return house.slack.add_person("Mia").id


def guest(house: House) -> str:
    return house.slack.add_person("Gil", guest=True).id


def colleague(house: House) -> str:
    return house.slack.add_person("Cleo", home=house.sister).id


def admin_of_the_organization(house: House) -> str:
    return house.slack.add_person("Olga", home=house.sister, org_admin=True).id


def colleague_of_another_workspace_only(house: House) -> str:
    person = house.slack.add_person("Odo", home=house.sister)
    house.slack.update_person(person, teams=(house.sister,))
    return person.id


def stranger_in_a_shared_channel(house: House) -> str:
    return house.slack.add_stranger("Sid").id


def stranger_at_large(house: House) -> str:
    return house.slack.add_stranger("Sue", shares_channel=False).id


def deactivated(house: House) -> str:
    person = house.slack.add_person("Dee")
    house.slack.deactivate(person)
    return person.id


def app(house: House) -> str:
    return house.slack.add_bot("Robo")


def unknown_to_slack(_house: House) -> str:
    return "U0FORGED"


def nobody_can_say(house: House) -> str:
    house.slack.faults.ratelimit("users.info", times=50, retry_after=60)
    return house.slack.add_person("Rita").id


def nobody_can_say_but_known(house: House) -> str:
    ana = house.joins("Ana", 2, shares=("Podcasting",))
    house.clock.passes(hours=5)
    house.slack.faults.ratelimit("users.info", times=50, retry_after=60)
    house.listens()
    return ana.id


def came_back_unheard(house: House) -> str:
    ana = house.joins("Ana", 2, shares=("Podcasting",))
    people.gone(house.ctx, house.workspace, ana.id)
    return ana.id


PEOPLE: dict[Callable[[House], str], str] = {
    member: IN,
    guest: IN,
    colleague: IN,
    admin_of_the_organization: IN,
    nobody_can_say_but_known: IN,
    came_back_unheard: IN,
    colleague_of_another_workspace_only: ELSEWHERE,
    stranger_in_a_shared_channel: ELSEWHERE,
    stranger_at_large: ELSEWHERE,
    unknown_to_slack: ELSEWHERE,
    deactivated: DEACTIVATED,
    app: APP,
    nobody_can_say: UNSAID,
}

HOMES: dict[str, Callable[[House], Body]] = {
    "no home": lambda _: {},
    "this workspace": lambda house: {"team_id": house.workspace},
    "another workspace": lambda house: {"team_id": house.sister},
}

FILLED = {"role": "both", "shares": "Podcasting", "wants": "SQL", "level": "2", "languages": "English"}


@dataclass(frozen=True)
class Visit:
    """Somebody who acts, with what the payload says of their home; tells what they read, or that they got in."""

    house: House
    person: str
    home: Body

    def command(self) -> str:
        told = self.house.hears(
            {"command": "/reverse-mentor", "text": "help", "user_id": self.person, "trigger_id": "1.2.x"}
        )
        return IN if "/reverse-mentor status" in json.dumps(told) else str(told["text"])

    def click(self) -> str:
        channel = {"channel": {"id": self.house.leads_channel.id}, "message": {"ts": "1.2"}}
        told = len(self.house.calls("chat.postEphemeral"))
        actions = [{"action_id": "status", "block_id": "b", "type": "button"}]
        self.house.hears(self._acts("block_actions") | channel | {"actions": actions})
        self.house.rests()
        (call,) = self.house.calls("chat.postEphemeral")[told:]
        self.house.listens()
        text = str(call.args["text"])
        return text if any(words in text for words in (ELSEWHERE, DEACTIVATED, APP, UNSAID)) else IN

    def search(self) -> str:
        found = self.house.hears(
            self._acts("block_suggestion") | {"action_id": "shares", "block_id": "shares", "value": "pod"}
        )
        return IN if found["options"] else "nothing"

    def submission(self) -> str:
        state = {name: {name: {"value": text}} for name, text in FILLED.items()}
        for name in ("shares", "wants", "languages"):
            state[name] = {name: {"selected_options": [{"value": FILLED[name]}]}}  # type: ignore[dict-item]  # as Slack nests them
        blocks = [{"type": "input", "block_id": name} for name in FILLED]
        view = {"id": "V1", "type": "modal", "callback_id": "profile", "blocks": blocks}
        told = self.house.hears(self._acts("view_submission") | {"view": view | {"state": {"values": state}}})
        if "errors" in told:
            assert list(told["errors"]) == ["role"], (
                "the form stays open, and the sentence is on its first field"
            )
        return str(told.get("errors", {"role": IN})["role"])

    def event(self) -> str:
        shown = len(self.house.calls("views.publish"))
        event = {"type": "app_home_opened", "user": self.person, "tab": "home"}
        self.house.hears({"type": "event_callback", "team_id": self.house.workspace, "event": event})
        self.house.rests()
        seen = self.house.calls("views.publish")[shown:]
        self.house.listens()
        return IN if seen else "nothing"

    def _acts(self, kind: str) -> Body:
        return {"type": kind, "user": {"id": self.person, **self.home}, "trigger_id": "1.2.x"}


@pytest.mark.sampled(13)
@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: str(who.__name__))
def test_who_gets_in_and_what_the_others_read(house: House, who: Callable[[House], str], home: str) -> None:
    person, right = who(house), PEOPLE[who]
    visit = Visit(house, person, HOMES[home](house))
    waits = right is UNSAID and home != "another workspace"
    # Where Slack does not say and nothing speaks against somebody, only what depends on who they are has to wait.
    in_for_now = IN if waits else right
    told = {
        "command": visit.command(),
        "click": visit.click(),
        "search": visit.search(),
        "event": visit.event(),
        "submission": visit.submission(),
    }
    command = IN if right is UNSAID else right  # a command names nobody's home
    wanted = {"command": command, "click": in_for_now, "submission": right}
    for kind, sentence in wanted.items():
        assert (told[kind] == IN) if sentence is IN else (sentence in told[kind]), (kind, told[kind])
    assert told["search"] == (IN if in_for_now is IN else "nothing")
    assert told["event"] == (IN if command is IN else "nothing")
    kept = people.known(house.ctx, house.workspace, person)
    assert (kept is not None and not kept.gone) == (right is IN)
    if kept is not None:
        assert kept.guest == (who is guest)


def test_who_could_not_be_looked_up_joins_a_minute_later_as_who_they_are(house: House) -> None:
    person = guest(house)
    visit = Visit(house, person, {})
    house.slack.faults.ratelimit("users.info", retry_after=30)
    assert UNSAID in visit.submission()
    assert people.known(house.ctx, house.workspace, person) is None
    house.clock.passes(seconds=31)
    assert visit.submission() == IN
    kept = people.known(house.ctx, house.workspace, person)
    assert kept is not None
    assert kept.guest


@pytest.mark.parametrize("flaw", ["minimal", "no user"])
def test_a_stand_in_that_tells_nothing_of_a_home(house: House, flaw: str) -> None:
    """Somebody known who is no stranger belongs here, unless the payload says otherwise."""
    person = member(house)
    answer = {"ok": True, "user": {"id": person} if flaw == "minimal" else {}}
    house.client.users_info = lambda **_: answer  # type: ignore[method-assign, assignment]  # the least that a stand-in answers
    for name, home in HOMES.items():
        house.listens()
        told = Visit(house, person, home(house)).submission()
        assert (ELSEWHERE in told) if name == "another workspace" else (told == IN)


def test_a_hundred_commands_are_one_look_up_and_an_admin_still_sets_up(house: House) -> None:
    admin = house.slack.add_person("Ada", admin=True)
    visit = Visit(house, admin.id, {})
    asked = len(house.calls("users.info"))
    for _ in range(100):
        assert visit.command() == IN
    assert len(house.calls("users.info")) == asked + 1
    house.slack.faults.ratelimit("users.info", times=99)
    setup = {"command": "/reverse-mentor", "text": "setup", "user_id": admin.id, "trigger_id": "1.2.x"}
    assert "Only workspace admins" not in json.dumps(house.hears(setup))
    newcomer = setup | {"user_id": house.slack.add_person("Adi", admin=True).id}
    assert UNSAID in json.dumps(house.hears(newcomer))
    lead = house.other_lead.id
    assert UNSAID not in json.dumps(house.hears(setup | {"user_id": lead})), "leads need no word of Slack's"
    programs.set_up(
        house.ctx,
        house.workspace,
        Person(lead, name=lead),
        ProgramDraft(leads=[lead], leads_channel="C1", first_start="2027-02-01"),
    )
    assert people.known(house.ctx, house.workspace, lead) is None, "what Slack did not say is not stored"


def test_a_pair_is_approved_with_what_was_seen_within_the_hour(house: House) -> None:
    house.couple()
    house.matches()
    approve = {"command": "/reverse-mentor", "text": "approve 1", "user_id": house.lead.id, "trigger_id": "1"}
    house.clock.passes(hours=2)
    house.slack.faults.ratelimit("users.info", times=1, retry_after=60)
    told = str(house.hears(approve)["text"])
    assert told.startswith("Pair 1: Slack does not tell me right now whether both people are still here")
    house.clock.passes(seconds=61)
    for one in house.slack.people():
        house.directory.look_at(one.id)
    house.clock.passes(minutes=30)
    house.slack.faults.ratelimit("users.info", times=1, retry_after=60)
    assert "Approved by" in str(house.hears(approve)["text"])


def test_what_apps_write_costs_no_look_up_and_what_slack_reports_comes_through(house: House) -> None:
    asked = len(house.calls("users.info"))
    team = {"type": "event_callback", "team_id": house.workspace}
    for user in (house.slack.bot_user_id, "U0ANOTHERAPP"):
        house.hears(team | {"event": {"type": "message", "bot_id": "B1", "user": user}})
    assert len(house.calls("users.info")) == asked
    archived = {
        "type": "channel_archive",
        "channel": house.leads_channel.id,
        "user": stranger_at_large(house),
    }
    house.slack.archive(house.leads_channel)
    house.hears(team | {"event": archived})
    house.rests()
    house.delivers()
    assert house.lead.sees("I cannot post in")
