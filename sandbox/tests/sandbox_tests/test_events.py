"""Events: sent only when subscribed, only with the scope, only about what the bot may see.

Sources: docs.slack.dev/reference/events/* and slack-ruby/slack-api-ref events; group_* and channel_* from
slackapi/slack-api-specs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from sandbox import Channel, Person, PersonError, Sandbox
from sandbox_tests.kit import (
    ALL_EVENTS,
    ALL_SCOPES,
    Json,
    acknowledge,
    config,
    raw_socket,
    received,
    section,
    web_client,
)


class Listener:
    """An app that only listens."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        received(socket)

    def next(self) -> Json:
        """Return the next event."""
        envelope = received(self._socket)
        acknowledge(self._socket, envelope)
        event: Json = envelope["payload"]["event"]
        return event

    def silent(self) -> bool:
        """Return whether nothing comes."""
        try:
            received(self._socket, 0.15)
        except TimeoutError:
            return True
        return False


@contextmanager
def listening(slack: Sandbox) -> Iterator[Listener]:
    """Connect a listener."""
    with raw_socket(slack) as socket:
        yield Listener(socket)


def test_channel_events(slack: Sandbox, ana: Person) -> None:
    room = slack.add_channel("room", [ana], bot=True)
    acts: list[tuple[Callable[[], Any], str]] = [
        (lambda: slack.rename(room, "hall"), "channel_rename"),
        (lambda: slack.archive(room), "channel_archive"),
        (lambda: slack.unarchive(room), "channel_unarchive"),
        (lambda: slack.delete_channel(room), "channel_deleted"),
    ]
    with listening(slack) as app:
        for act, kind in acts:
            act()
            event = app.next()
            assert event["type"] == kind
            channel = event["channel"]
            assert room.id == (channel["id"] if kind == "channel_rename" else channel)
            assert ("user" in event) == (kind in ("channel_archive", "channel_unarchive"))


def test_private_channels_send_group_events_to_members_only(slack: Sandbox, ana: Person) -> None:
    secret = slack.add_channel("secret", [ana], private=True)
    with listening(slack) as app:
        slack.rename(secret, "hidden")
        assert app.silent()
        slack.invite_bot(secret)
        assert app.next()["type"] == "member_joined_channel"
        slack.rename(secret, "known")
        assert app.next()["type"] == "group_rename"


def test_membership_events(slack: Sandbox, ana: Person) -> None:
    """Only for conversations the bot is in; it also hears of its own coming and going."""
    room, foreign = slack.add_channel("room", bot=True), slack.add_channel("foreign")
    slack.revoke_scopes("channels:history")
    with listening(slack) as app:
        slack.join(foreign, ana)
        slack.join(room, ana)
        event = app.next()
        assert (event["type"], event["user"], event["channel"], event["channel_type"]) == (
            "member_joined_channel",
            ana.id,
            room.id,
            "C",
        )
        slack.leave(room, ana)
        assert app.next()["type"] == "member_left_channel"
        slack.kick_bot(room)
        assert app.next()["user"] == slack.bot_user_id


def test_people_events(slack: Sandbox, ana: Person) -> None:
    """user_change on activation, role and profile; not when only custom fields change."""
    with listening(slack) as app:
        slack.deactivate(ana)
        event = app.next()
        assert (event["type"], event["user"]["deleted"]) == ("user_change", True)
        slack.reactivate(ana)
        assert app.next()["user"]["deleted"] is False
        slack.update_person(ana, tz="Asia/Tokyo", real_name="Ana Sample")
        user = app.next()["user"]
        assert (user["tz"], user["real_name"]) == ("Asia/Tokyo", "Ana Sample")
        slack.update_person(ana, fields={"X1": {"value": "L4"}})
        assert app.silent()


def test_home_opened_carries_the_view(slack: Sandbox, ana: Person) -> None:
    client = web_client(slack)
    client.views_publish(user_id=ana.id, view={"type": "home", "blocks": [section("hi")]})
    with listening(slack) as app:
        ana.opens_home(timeout=0)
        event = app.next()
    assert (event["type"], event["tab"], event["user"]) == ("app_home_opened", "home", ana.id)
    assert event["channel"] == ana.dm.id
    assert event["view"]["blocks"][0]["text"]["text"] == "hi"


def test_opening_the_messages_tab(slack: Sandbox, ana: Person) -> None:
    with listening(slack) as app:
        assert ana.opens_messages() == []
        event = app.next()
    assert (event["type"], event["tab"]) == ("app_home_opened", "messages")
    assert "view" not in event


def test_message_events(slack: Sandbox, ana: Person) -> None:
    room = slack.add_channel("room", [ana], bot=True)
    with listening(slack) as app:
        ana.says("hello")
        event = app.next()
        assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "hello")
        web_client(slack).chat_postMessage(channel=room.id, text="from the app")
        assert "bot_id" in app.next()
        ana.says(f"hey <@{slack.bot_user_id}>", room)
        assert {app.next()["type"], app.next()["type"]} == {"message", "app_mention"}
        slack.revoke_scopes("im:history")
        ana.says("unheard")
        assert app.silent()


@pytest.mark.parametrize("private", [True, False])
def test_another_company_comes_into_a_channel_and_leaves_it(private: bool) -> None:
    scopes, events = ["groups:read", "channels:read"], ["channel_shared", "channel_unshared"]
    with Sandbox(config(scopes=scopes, events=events)) as slack, listening(slack) as app:
        room = slack.add_channel("room", private=private, bot=True)
        slack.share(room, "pending")
        slack.share(room, "org")
        slack.share(room)
        shared = app.next()
        assert (shared["type"], shared["channel"]) == ("channel_shared", room.id)
        slack.unshare(room)
        unshared = app.next()
        assert (unshared["type"], unshared["is_ext_shared"]) == ("channel_unshared", False)
        slack.share(slack.add_channel("foreign", private=True))
        slack.revoke_scopes("groups:read" if private else "channels:read")
        slack.share(room)
        assert app.silent()


def test_changes_of_messages_come_as_hidden_messages(slack: Sandbox, ana: Person) -> None:
    client = web_client(slack)
    with listening(slack) as app:
        posted = client.chat_postMessage(channel=ana.dm.id, text="before")
        assert app.next()["text"] == "before"
        channel, ts = str(posted["channel"]), str(posted["ts"])
        client.chat_update(channel=channel, ts=ts, text="after")
        changed = app.next()
        assert (changed["subtype"], changed["hidden"], changed["channel_type"]) == (
            "message_changed",
            True,
            "im",
        )
        assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("after", "before")
        assert "user" not in changed
        client.chat_delete(channel=channel, ts=ts)
        deleted = app.next()
        assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)
        client.chat_postEphemeral(channel=channel, user=ana.id, text="psst")
        assert app.silent()


def test_uninstall_says_goodbye_and_then_nothing(slack: Sandbox, ana: Person) -> None:
    with listening(slack) as app:
        slack.uninstall_app()
        assert [app.next()["type"], app.next()["type"]] == ["tokens_revoked", "app_uninstalled"]
        slack.add_person("Late Example")
        assert app.silent()


def _new_member(slack: Sandbox, _person: Person, room: Channel) -> None:
    slack.join(room, slack.add_person("New Example", announce=False))


_SCOPED: list[tuple[str, Callable[[Sandbox, Person, Channel], Any]]] = [
    ("users:read", lambda slack, person, _room: slack.deactivate(person)),
    ("channels:read", lambda slack, _person, room: slack.archive(room)),
    ("channels:read", _new_member),
    ("im:history", lambda _slack, person, _room: person.says("x")),
]


@pytest.mark.parametrize(("scope", "act"), _SCOPED)
def test_no_event_without_its_scope(scope: str, act: Callable[[Sandbox, Person, Channel], Any]) -> None:
    scopes = [s for s in ALL_SCOPES if s not in (scope, "channels:history")]
    with Sandbox(config(scopes=scopes, events=ALL_EVENTS)) as slack:
        person = slack.add_person("Ana Example", announce=False)
        room = slack.add_channel("room", [person], bot=True)
        with listening(slack) as app:
            act(slack, person, room)
            assert app.silent()


def test_no_event_without_a_subscription() -> None:
    with Sandbox(config(events=["team_join"])) as slack, listening(slack) as app:
        person = slack.add_person("Ana Example")
        assert app.next()["type"] == "team_join"
        slack.deactivate(person)
        assert app.silent()


def test_reactions_are_told_where_the_app_is() -> None:
    """``reaction_added`` and ``reaction_removed`` need ``reactions:read`` and a conversation the bot is in."""
    events = ("reaction_added", "reaction_removed")
    with Sandbox(config(events=events, scopes=["reactions:read", "commands"]), rate_clock="off") as slack:
        person = slack.add_person("Ana Example", announce=False)
        room = slack.add_channel("room", [person], bot=True)
        foreign = slack.add_channel("foreign", [person])
        with listening(slack) as app:
            person.reacts("eyes", person.says("Psst", foreign))
            message = person.says("Soup?", room)
            for kind in events:
                person.reacts("tada", message)
                told = app.next()
                assert (told["type"], told["reaction"], told["item_user"]) == (kind, "tada", person.id)
                assert told["item"] == {"type": "message", "channel": room.id, "ts": message.ts}
            slack.revoke_scopes("reactions:read")
            person.reacts("tada", message)
            assert app.silent()


def test_who_cannot_react(slack: Sandbox, ana: Person, ben: Person) -> None:
    room = slack.add_channel("room", [ana])
    message = ana.says("Soup?", room)
    with pytest.raises(PersonError, match="cannot react"):
        ben.reacts("tada", message)
    slack.archive(room)
    with pytest.raises(PersonError, match="cannot react"):
        ana.reacts("tada", message)
