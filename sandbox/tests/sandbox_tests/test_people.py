"""People at the screen: finding, reading, waiting; and what the sandbox tells about it all."""

from __future__ import annotations

import threading

import pytest
from slack_sdk import WebClient

from sandbox import (
    Happening,
    NoModal,
    NoSuchButton,
    NoSuchField,
    NothingSeen,
    Person,
    PersonError,
    Sandbox,
    Settings,
)
from sandbox_tests.kit import (
    Ticking,
    action_of,
    bolt,
    button,
    config,
    field_block,
    keeping,
    modal,
    option,
    plain,
    section,
    web_client,
)
from sandbox_tests.patience import PATIENCE


def test_a_message_reads_as_on_screen(slack: Sandbox, client: WebClient, ana: Person, ben: Person) -> None:
    room = slack.add_channel("room", [ana], bot=True)
    words = f"<@{ben.id}> in <#{room.id}>, see <https://a.b|the docs> &amp; <!date^1^{{date}}|Monday>"
    client.chat_postMessage(channel=ana.id, text="fallback", blocks=[section(words), button("Go")])
    (message,) = ana.messages()
    assert message.full_text.splitlines() == [
        "fallback",
        "@Ben Example in #room, see the docs & Monday",
        "Go",
    ]
    assert "the docs" in message
    assert "fallback" in message


def test_people_see_only_what_is_theirs(slack: Sandbox, client: WebClient, ana: Person, ben: Person) -> None:
    secret = slack.add_channel("secret", [ana], private=True, bot=True)
    client.chat_postMessage(channel=secret.id, text="hidden")
    client.chat_postMessage(channel=ana.id, text="yours")
    assert [bool(p.sees("hidden")) for p in (ana, ben)] == [True, False]
    assert ben.messages(secret) == []
    assert ben.sees("yours") is None
    assert ana.sees("hidden", ana.dm) is None
    assert [m.text for m in slack.messages(secret)] == ["hidden"]


def test_the_newest_button_is_pressed(slack: Sandbox, client: WebClient, ana: Person) -> None:
    with bolt(slack) as app:
        pressed: list[str] = []
        app.action("go")(keeping(pressed, lambda body: action_of(body)["value"]))
        for name in ("first", "second"):
            client.chat_postMessage(
                channel=ana.id, text=name, blocks=[section(name), button("Go", value=name)]
            )
        old = ana.messages()[0]
        ana.clicks("Go")
        ana.clicks("Go", containing="first")
        ana.clicks("go", message=old)
        assert pressed == ["second", "first", "first"]


def test_what_is_not_there_cannot_be_pressed(slack: Sandbox, client: WebClient, ana: Person) -> None:
    client.chat_postMessage(channel=ana.id, text="x", blocks=[button("Go")])
    with pytest.raises(NoSuchButton, match=r"no button 'Stop'; there are \['Go'\]"):
        ana.clicks("Stop", wait=0)
    with pytest.raises(NoSuchField, match="no field 'Menu'"):
        ana.selects("Menu", "x", wait=0)
    with pytest.raises(NoModal):
        ana.fills("Name", "x", wait=0)
    with pytest.raises(NoModal):
        ana.submits(wait=0)
    with pytest.raises(PersonError, match="no Home tab"):
        ana.opens_home(timeout=0)


def test_a_modal_covers_messages(slack: Sandbox, client: WebClient, ana: Person) -> None:
    client.chat_postMessage(channel=ana.id, text="x", blocks=[button("Go")])
    client.views_open(trigger_id=slack.backend.triggers.mint(ana.id), view=modal(section("x")))
    with pytest.raises(NoSuchButton):
        ana.clicks("Go", wait=0)
    with bolt(slack) as app:
        app.action("go")(lambda ack: ack())
        assert ana.clicks("Go", where="messages").ok


def test_fields_are_found_by_label_part_placeholder_and_id(
    slack: Sandbox, client: WebClient, ana: Person
) -> None:
    element = {"type": "plain_text_input", "placeholder": plain("e.g. Python")}
    view = modal(
        field_block("What can you share?", "skills", element),
        field_block("Your team", "team", {"type": "plain_text_input"}),
        field_block("Your level", "level", {"type": "plain_text_input"}),
    )
    client.views_open(trigger_id=slack.backend.triggers.mint(ana.id), view=view)
    for number, name in enumerate(["What can you share?", "can you share", "e.g. Python", "skills"]):
        ana.fills(name, str(number))
        assert ana.modal is not None
        assert ana.modal.values["What can you share?"]["value"] == str(number)
    with pytest.raises(NoSuchField, match="Your team"):
        ana.fills("Your", "x", wait=0)


def test_home_buttons(slack: Sandbox, client: WebClient, ana: Person) -> None:
    with bolt(slack) as app:
        pressed: list[str] = []

        @app.event("app_home_opened")
        def opened(event: dict[str, str]) -> None:
            home = {"type": "home", "blocks": [section("Welcome"), button("Pause")]}
            client.views_publish(user_id=event["user"], view=home)

        app.action("go")(keeping(pressed, lambda body: action_of(body)["action_id"]))
        home = ana.opens_home()
        assert (home.text, home.buttons) == ("Welcome\nPause", ("Pause",))
        assert ana.clicks("Pause").ok
        assert ana.clicks("Pause", where="home").ok
        assert pressed == ["go", "go"]


def test_home_opened_again_waits_for_the_new_version(slack: Sandbox, client: WebClient, ana: Person) -> None:
    with bolt(slack) as app:
        versions = iter(range(9))

        @app.event("app_home_opened")
        def opened(event: dict[str, str]) -> None:
            home = {"type": "home", "blocks": [section(f"version {next(versions)}")]}
            client.views_publish(user_id=event["user"], view=home)

        assert [ana.opens_home().text, ana.opens_home().text] == ["version 0", "version 1"]


def test_waiting_ends_with_the_message_or_with_a_clear_error(
    slack: Sandbox, client: WebClient, ana: Person
) -> None:
    an_hour = 3600.0
    timer = threading.Timer(0.1, lambda: client.chat_postMessage(channel=ana.id, text="at last"))
    timer.start()
    assert ana.waits_to_see("at last", timeout=an_hour).text == "at last"
    timer.join()
    with pytest.raises(NothingSeen, match=r"did not see 'never'; the newest: .'at last'"):
        ana.waits_to_see("never", timeout=0.05)


def test_people_who_are_gone_cannot_act(slack: Sandbox, ana: Person) -> None:
    slack.deactivate(ana)
    for act in (lambda: ana.says("x"), lambda: ana.clicks("x"), lambda: ana.opens_home()):
        with pytest.raises(PersonError, match="deactivated"):
            act()
    slack.reactivate(ana)
    assert ana.says("x").text == "x"


def test_read_only_apps_take_no_messages() -> None:
    with Sandbox(config(home={"messages_tab_read_only_enabled": True})) as slack:
        ana = slack.add_person("Ana Example")
        with pytest.raises(PersonError, match="cannot write to this app"):
            ana.says("hello")


def test_the_sandbox_must_run_before_people_act() -> None:
    slack = Sandbox(config())
    ana = slack.add_person("Ana Example")
    with pytest.raises(RuntimeError, match="not been started"):
        ana.types("/tiny")


def test_business_time_stamps_messages_and_the_timeline() -> None:
    now = Ticking()
    with Sandbox(config(), now=now) as slack:
        ana, seen = slack.add_person("Ana Example"), list[Happening]()
        stop = slack.timeline.subscribe(seen.append)
        web_client(slack).chat_postMessage(channel=ana.id, text="one\ntwo")
        now.forward(3600)
        ana.says("later")
        stop()
        ana.says("unheard")
        first, second = ana.messages()[:2]
        assert float(second.ts) - float(first.ts) == pytest.approx(3600)
        assert [str(h) for h in seen] == [
            "Mon 09:00 Tiny posted in DM with Ana Example: one two",
            "Mon 10:00 Ana Example posted in DM with Ana Example: later",
        ]
        assert isinstance(slack.timeline[0], Happening)


def test_timestamps_never_repeat() -> None:
    now = Ticking()
    with Sandbox(config(), now=now, rate_clock="off") as slack:
        ana, client = slack.add_person("Ana Example"), web_client(slack)
        stamps = [client.chat_postMessage(channel=ana.id, text="x")["ts"] for _ in range(20)]
        now.forward(-60)
        stamps.append(client.chat_postMessage(channel=ana.id, text="x")["ts"])
    assert stamps == sorted(set(stamps))


def test_duplicates(slack: Sandbox, client: WebClient, ana: Person, ben: Person) -> None:
    def post(person: Person, text: str, oid: str | None = None) -> None:
        metadata = {"event_type": "made", "event_payload": {"oid": oid}} if oid else None
        client.chat_postMessage(channel=person.id, text=text, metadata=metadata)

    post(ana, "same")
    post(ben, "same")
    post(ana, "other")
    post(ana, "weekly", "1")
    post(ana, "weekly", "2")
    assert slack.duplicates() == []
    post(ana, "same")
    post(ana, "reworded", "1")
    assert [(a.text, b.text) for a, b in slack.duplicates()] == [("same", "same"), ("weekly", "reworded")]


def test_choices_in_messages_are_remembered_per_person(
    slack: Sandbox, client: WebClient, ana: Person, ben: Person
) -> None:
    room = slack.add_channel("room", [ana, ben], bot=True)
    menu = {"type": "static_select", "action_id": "menu", "options": [option("Red"), option("Blue")]}
    blocks = [{"type": "actions", "block_id": "m", "elements": [menu]}, button("Go")]
    client.chat_postMessage(channel=room.id, text="x", blocks=blocks)
    with bolt(slack) as app:
        states: list[object] = []
        app.action("menu")(lambda ack: ack())
        app.action("go")(keeping(states, lambda body: body["state"]["values"]["m"]["menu"]))
        ana.selects("menu", "Blue")
        ana.clicks("Go")
        ben.clicks("Go")
    chosen = [s["selected_option"] for s in states if isinstance(s, dict)]
    assert [c and c["value"] for c in chosen] == ["blue", None]


def test_channels_tell_about_themselves(slack: Sandbox, ana: Person) -> None:
    room = slack.add_channel("room", [ana], private=True)
    assert (room.name, room.kind, room.archived, room.members) == ("room", "private", False, (ana.id,))
    slack.archive(room)
    assert room.archived
    with pytest.raises(PersonError, match="cannot write in #room"):
        ana.says("x", room)


def test_a_taken_port_is_told_at_start(slack: Sandbox) -> None:
    port = int(slack.api_url.rsplit(":", 1)[1].split("/")[0])
    with pytest.raises(OSError, match="in use"):
        Sandbox(config(), settings=Settings(port=port)).start()


def test_many_people_at_once(slack: Sandbox, client: WebClient) -> None:
    """Threads acting side by side neither block each other nor lose an answer."""
    people = [slack.add_person(f"Person {n} Example", announce=False) for n in range(12)]
    with bolt(slack) as app:
        app.command("/tiny")(lambda ack, body: ack(body["user_id"]))
        replies: dict[str, str] = {}

        def act(person: Person) -> None:
            for _ in range(5):
                replies[person.id] = person.types("/tiny").text

        threads = [threading.Thread(target=act, args=(p,)) for p in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    assert replies == {p.id: p.id for p in people}
