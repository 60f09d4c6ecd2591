"""The page's server side: who may come in, what is told, and how time moves."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox.page import Scene, Show, Step, TimeControl, Tour
from sandbox.page.acts import MOST_BYTES
from sandbox_tests.kit import ALL_EVENTS, config
from sandbox_tests.patience import soon


class Town:
    """A host with a clock that stands still and an event every day at noon."""

    def __init__(self) -> None:
        self.moment = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
        self.leaps: list[datetime] = []
        self.happens: Callable[[], object] = self.next_event

    def now(self) -> datetime:
        return self.moment

    def leap_to(self, moment: datetime) -> None:
        self.leaps.append(moment)
        self.moment = moment
        self.happens()

    def next_event(self) -> datetime | None:
        noon = self.moment.replace(hour=12, minute=0)
        return noon if noon > self.moment else noon + timedelta(days=1)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def slack(town: Town) -> Iterator[Sandbox]:
    tour = Tour("A walk", (Step("Say hello", "Write to anybody.", done="Ana Example posted"),))
    time = TimeControl(town.now, town.leap_to, town.next_event)
    with Sandbox(config(events=ALL_EVENTS), now=town.now, rate_clock="off", time=time, tour=tour) as running:
        running.add_channel("food", [running.add_person("Ana Example", announce=False)])
        yield running


def client(slack: Sandbox, **headers: str) -> httpx.Client:
    return httpx.Client(base_url=slack.page_url, headers=headers, trust_env=False)


def act(slack: Sandbox, name: str, /, **details: Any) -> httpx.Response:
    ana = slack.people()[0].id
    with client(slack) as http:
        return http.post(f"/page/{name}", json={"as": ana, **details})


def sections(slack: Sandbox, wanted: str, viewer: Person | None = None) -> str:
    """The first event of that name in the stream."""
    asked = {"as": viewer.id} if viewer else {}
    with client(slack) as http, http.stream("GET", "/page/stream", params=asked) as stream:
        lines = stream.iter_lines()
        for line in lines:
            if line == f"event: {wanted}":
                return next(lines)
    return ""


def test_the_page_brings_everything_and_lets_nothing_else_in(slack: Sandbox) -> None:
    with client(slack) as http:
        answer = http.get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "sandbox.local:80"])
def test_another_host_name_is_refused(slack: Sandbox, host: str) -> None:
    with client(slack, host=host) as http:
        assert http.get("/").status_code == 403
        assert http.get("/page/stream").status_code == 403


def test_another_site_is_refused(slack: Sandbox) -> None:
    with client(slack, origin="https://evil.example") as http:
        answer = http.post("/page/leap", json={"by": "day"})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_a_form_of_another_site_is_refused(slack: Sandbox) -> None:
    with client(slack) as http:
        assert (
            http.post("/page/leap", content="{}", headers={"Content-Type": "text/plain"}).status_code == 403
        )


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}"])
def test_nonsense_gets_a_sentence(slack: Sandbox, body: bytes) -> None:
    with client(slack) as http:
        answer = http.post("/page/say", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_files_outside_the_page_stay_outside(slack: Sandbox) -> None:
    with client(slack) as http:
        assert http.get("/page/static/..%2fpage.py").status_code == 404


def test_nobody_reads_a_private_place_of_others(slack: Sandbox) -> None:
    ben = slack.add_person("Ben Example", announce=False)
    secret = slack.add_channel("secret", [ben], private=True)
    ben.says("psst", secret)
    answer = act(slack, "say", channel=secret.id, text="hello")
    assert answer.status_code == 409
    ana = slack.people()[0].id
    with client(slack) as http, http.stream("GET", f"/page/stream?as={ana}&at={secret.id}") as stream:
        text = next(stream.iter_text())
    assert "psst" not in text
    assert "secret" not in text


def test_a_press_on_a_home_that_was_shown_anew_still_counts(slack: Sandbox) -> None:
    ana = slack.people()[0]
    bot = WebClient(slack.bot_token, base_url=slack.api_url)

    def shows(*names: str) -> Any:
        buttons = [
            {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": name}}
            for name in names
        ]
        blocks = [{"type": "actions", "elements": [one]} for one in buttons]
        return bot.views_publish(user_id=ana.id, view={"type": "home", "blocks": blocks})["view"]

    view = shows("pause", "leave")
    old = {"view": view["id"], "block_id": view["blocks"][0]["block_id"], "action_id": "pause"}
    assert shows("pause", "leave")["blocks"][0]["block_id"] != old["block_id"]
    assert act(slack, "press", at=old).status_code == 200
    assert shows("leave")
    assert act(slack, "press", at=old).status_code == 409, "that button is gone"


def test_writing_to_people(slack: Sandbox) -> None:
    ana, ben = slack.people()[0], slack.add_person("Ben Example", announce=False)
    channel = act(slack, "write", to=[ben.id]).json()["channel"]
    assert act(slack, "write", to=[ben.id]).json()["channel"] == channel
    assert act(slack, "write", to=[]).json()["channel"] != channel, "notes to oneself"
    assert channel not in sections(slack, "places", ben), "nothing is written yet"
    assert act(slack, "say", channel=channel, text="Soup?").status_code == 200
    assert channel in sections(slack, "places", ben)
    assert ben.sees("Soup?")
    assert ana.sees("Soup?")


def test_who_cannot_be_written_to(slack: Sandbox) -> None:
    others = [slack.add_person(f"Person {n}", announce=False) for n in range(9)]
    slack.deactivate(others[0])
    for to, sentence in (
        ([slack.bot_user_id], "Apps are written to under Apps."),
        ([others[0].id], "Somebody among them has left."),
        ([each.id for each in others[1:]] + [others[0].id], "Choose at most 8 people."),
        (["U404"], "Nobody here has that id."),
    ):
        answer = act(slack, "write", to=to)
        assert (answer.status_code, answer.json()["error"]) == (409, sentence)


def test_files_arrive_whole_or_not_at_all(slack: Sandbox) -> None:
    arrived = act(slack, "upload", name="menu.txt", content=base64.b64encode(b"soup").decode())
    assert (arrived.json()["name"], arrived.json()["size"]) == ("menu.txt", 4)
    assert act(slack, "upload", name="menu.txt", content="so!up").status_code == 409
    large = base64.b64encode(bytes(MOST_BYTES + 1)).decode()
    assert "10 MB" in act(slack, "upload", name="menu.txt", content=large).json()["error"]


def test_a_file_is_shown_as_a_picture_only_if_it_is_one(slack: Sandbox) -> None:
    with client(slack) as http:
        for name, how, kind in (
            ("dot.png", "picture", "image/png"),
            ("dot.png", "download", "application/octet-stream"),
            ("page.html", "picture", "application/octet-stream"),
            ("dot.svg", "picture", "application/octet-stream"),
        ):
            file = act(slack, "upload", name=name, content="").json()["id"]
            answer = http.get(f"/page/files/{file}/{how}")
            assert answer.headers["content-type"] == kind
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert http.get("/page/files/F404/picture").status_code == 404


def test_a_day_and_a_week_pass(slack: Sandbox, town: Town) -> None:
    before = town.moment
    assert act(slack, "leap", by="day").status_code == 200
    assert act(slack, "leap", by="week").status_code == 200
    assert town.moment == before + timedelta(days=8)


def test_the_next_event_is_the_first_one_that_shows(slack: Sandbox, town: Town) -> None:
    def happens() -> None:
        if len(town.leaps) == 3:
            slack.people()[0].says("noon", slack.channel(food(slack)))

    town.happens = happens
    assert act(slack, "leap", by="next").status_code == 200
    assert town.moment == datetime(2027, 1, 13, 12, 0, tzinfo=UTC)


def food(slack: Sandbox) -> str:
    return next(c.id for c in slack.backend.ws.conversations.values() if c.name == "food")


def test_a_sandbox_without_hands_says_so() -> None:
    with Sandbox(config(events=ALL_EVENTS)) as slack, client(slack) as http:
        answer = http.post("/page/leap", json={"by": "day"})
    assert answer.status_code == 409
    assert "move the time" in answer.json()["error"]


def test_the_tour_ticks_off_what_happened(slack: Sandbox) -> None:
    assert '"ticked":[]' in sections(slack, "tour")
    act(slack, "say", channel=food(slack), text="hello")
    assert '"ticked":[0]' in sections(slack, "tour")


class Play:
    """A host whose show waits for somebody to end it."""

    def __init__(self) -> None:
        self.scene: Scene | None = Scene(1, 2, "Morning", "People come in.")
        self.asked: list[str] = []

    @property
    def show(self) -> Show:
        return Show(lambda: self.scene, self.skips("skip"), self.skips("skip all"), self.skips("take over"))

    def skips(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.append(what)


def test_a_show_is_seen_and_directed_and_holds_the_clock(town: Town) -> None:
    play, time = Play(), TimeControl(town.now, town.leap_to, town.next_event)
    tour = Tour("A walk", (Step("Say hello", "Write to anybody.", done="Ana Example posted"),))
    with Sandbox(config(events=ALL_EVENTS), now=town.now, time=time, tour=tour, show=play.show) as slack:
        slack.add_channel("food", [slack.add_person("Ana Example", announce=False)])
        assert '"title":"Morning"' in sections(slack, "show")
        assert '"movable":false' in sections(slack, "clock")
        assert "story" in act(slack, "leap", by="day").json()["error"]
        for what in ("skip", "skip all", "take over"):
            assert act(slack, "show", do=what).status_code == 200
        assert play.asked == ["skip", "skip all", "take over"]
        assert act(slack, "show", do="rewind").status_code == 400
        act(slack, "say", channel=food(slack), text="hello")
        play.scene = None
        assert sections(slack, "show") == "data: null"
        assert '"ticked":[]' in sections(slack, "tour")
        assert act(slack, "show", do="skip").status_code == 409
        assert act(slack, "leap", by="day").status_code == 200


def test_the_host_knows_whom_visitors_act_as(slack: Sandbox) -> None:
    ana, ben = slack.people()[0], slack.add_person("Ben Example")
    assert slack.acted_as() == frozenset()
    with client(slack) as http, http.stream("GET", "/page/stream", params={"as": ana.id}):
        soon(lambda: slack.acted_as() == {ana.id})
        assert slack.acted_as(busy=True) == frozenset()
        act(slack, "say", channel=food(slack), text="hello")
        assert slack.acted_as(busy=True) == {ana.id}
        ben.says("Not by a visitor", ben.dm)
    soon(lambda: not slack.acted_as())
    with client(slack) as http, http.stream("GET", "/page/stream", params={"as": ana.id}):
        soon(lambda: slack.acted_as() == {ana.id})
        assert slack.acted_as(busy=True) == frozenset()


def test_faults_are_switched_on_listed_and_ended(slack: Sandbox) -> None:
    assert act(slack, "fault", kind="http", method="chat.postMessage", times=2).status_code == 200
    assert '"left":2' in sections(slack, "wire")
    assert act(slack, "fault", kind="clear").status_code == 200
    assert '"faults":[]' in sections(slack, "wire")
    assert act(slack, "fault", kind="earthquake").status_code == 409
    assert act(slack, "fault", kind="http", times=0).status_code == 409


def test_the_socket_can_be_asked_to_reconnect_and_cut(slack: Sandbox) -> None:
    heard: list[str] = []
    slack.faults.connect(heard.append, lambda: heard.append("cut"), lambda end: heard.append(str(end)))
    assert act(slack, "fault", kind="disconnect").status_code == 200
    assert act(slack, "fault", kind="cut").status_code == 200
    assert heard == ["refresh_requested", "cut"]


def test_the_wire_is_told_in_order_with_errors_named(slack: Sandbox) -> None:
    with client(slack) as http:
        http.post("/api/auth.test", headers={"Authorization": "Bearer xoxb-wrong"})
        entries = http.get("/page/wire?after=0").json()
    assert [(e["number"], e["name"], e["error"]) for e in entries] == [(1, "auth.test", "invalid_auth")]
    assert "xoxb" not in str(entries)
