"""conversations.*: who may see, open, read and manage what.

Sources: docs.slack.dev/reference/methods/conversations.* and the error tables in slack-ruby/slack-api-ref.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox_tests.kit import Json, Ticking, config, error_of, refused, web_client


def crowd(slack: Sandbox, number: int) -> list[Person]:
    """Add people."""
    return [slack.add_person(f"Person {n} Example") for n in range(number)]


def test_open_gives_the_same_conversation_for_the_same_people(slack: Sandbox, client: WebClient) -> None:
    """One person: a DM. More: a group DM; the same set in any order is the same one."""
    a, b, c = crowd(slack, 3)
    dm = client.conversations_open(users=[a.id])
    assert dm["channel"]["id"].startswith("D")
    assert client.conversations_open(users=[a.id])["already_open"] is True
    group = client.conversations_open(users=[a.id, b.id])
    again = client.conversations_open(users=[b.id, a.id], return_im=True)
    other = client.conversations_open(users=[a.id, b.id, c.id])
    assert group["channel"]["id"] == again["channel"]["id"] != other["channel"]["id"]
    assert again["no_op"] is True
    assert again["channel"]["is_mpim"] is True
    members = client.conversations_members(channel=group["channel"]["id"])["members"]
    assert members == [slack.bot_user_id, a.id, b.id]
    assert [g.id for g in c.group_dms()] == [other["channel"]["id"]]


def test_open_refusals(slack: Sandbox, client: WebClient) -> None:
    """1 to 8 people; bots, deactivated and unknown people are refused."""
    people = crowd(slack, 9)
    call = client.conversations_open
    users = [p.id for p in people]
    assert call(users=users[:8])["ok"]
    assert error_of(call, users=users) == "too_many_users"
    assert error_of(client.api_call, api_method="conversations.open") == "users_list_not_supplied"
    assert error_of(call, users=[slack.bot_user_id]) == "not_enough_users"
    assert error_of(call, users=["U404"]) == "user_not_found"
    assert error_of(call, users=[slack.add_bot("Other")]) == "cannot_dm_bot"
    assert error_of(call, users=["USLACKBOT"]) == "cannot_dm_bot"
    slack.deactivate(people[0])
    assert error_of(call, users=users[:2]) == "user_disabled"
    assert error_of(call, channel="D404") == "channel_not_found"
    only_look = {"users": users[3:5], "prevent_creation": True}
    assert error_of(call, **only_look) == "channel_not_found"


def test_open_needs_the_scope_of_what_it_opens(slack: Sandbox, client: WebClient) -> None:
    """im:write for one person, mpim:write for more."""
    a, b = crowd(slack, 2)
    slack.revoke_scopes("mpim:write")
    assert client.conversations_open(users=[a.id])["ok"]
    assert refused(client.conversations_open, users=[a.id, b.id])["needed"] == "mpim:write"


def test_close(slack: Sandbox, client: WebClient, ana: Person) -> None:
    room = slack.add_channel("room", bot=True)
    dm = ana.dm.id
    assert client.conversations_close(channel=dm)["ok"]
    assert client.conversations_close(channel=dm)["already_closed"] is True
    call = client.conversations_close
    assert error_of(call, channel=room.id) == "method_not_supported_for_channel_type"


def test_what_a_bot_sees(slack: Sandbox, client: WebClient, ana: Person) -> None:
    public = slack.add_channel("public", [ana])
    secret = slack.add_channel("secret", [ana], private=True)
    assert client.conversations_info(channel=public.id)["channel"]["is_member"] is False
    assert error_of(client.conversations_info, channel=secret.id) == "channel_not_found"
    assert error_of(client.conversations_members, channel=secret.id) == "channel_not_found"
    slack.invite_bot(secret)
    shown = client.conversations_info(channel=secret.id, include_num_members=True)["channel"]
    assert (shown["is_private"], shown["is_group"], shown["num_members"]) == (True, True, 2)
    im = client.conversations_info(channel=ana.dm.id)["channel"]
    assert (im["is_im"], im["user"]) == (True, ana.id)


def test_list_by_type(slack: Sandbox, client: WebClient, ana: Person) -> None:
    slack.add_channel("public")
    slack.add_channel("hidden", private=True)
    slack.add_channel("secret", private=True, bot=True)
    old = slack.add_channel("old")
    slack.archive(old)
    ana.dm  # noqa: B018  # opens it
    names = [c["name"] for c in client.conversations_list()["channels"]]
    assert names == ["public", "old"]
    active = client.conversations_list(exclude_archived=True, types="public_channel,private_channel")[
        "channels"
    ]
    assert [c["name"] for c in active] == ["public", "secret"]
    assert [c["user"] for c in client.conversations_list(types="im")["channels"]] == [ana.id]
    assert error_of(client.conversations_list, types="public") == "invalid_types"
    slack.revoke_scopes("groups:read")
    assert refused(client.conversations_list, types="private_channel")["needed"] == "groups:read"


def test_users_conversations(slack: Sandbox, client: WebClient, ana: Person) -> None:
    slack.add_channel("both", [ana], bot=True)
    slack.add_channel("hers", [ana], private=True)
    mine = client.users_conversations(types="public_channel,private_channel")["channels"]
    hers = client.users_conversations(user=ana.id, types="public_channel,private_channel")["channels"]
    assert [c["name"] for c in mine] == [c["name"] for c in hers] == ["both"]


@pytest.mark.parametrize(
    ("method", "key", "extra"),
    [
        ("conversations.list", "channels", {}),
        ("users.conversations", "channels", {}),
        ("conversations.members", "members", {"channel": True}),
        ("users.list", "members", {}),
    ],
)
def test_cursor_pagination(slack: Sandbox, client: WebClient, method: str, key: str, extra: Json) -> None:
    """docs.slack.dev/apis/web-api/pagination: an empty next_cursor ends; foreign cursors are refused."""
    people = crowd(slack, 5)
    for number in range(5):
        slack.add_channel(f"room{number}", bot=True)
    big = slack.add_channel("big", people, bot=True)
    args: Json = {"channel": big.id} if extra else {}
    whole = client.api_call(method, params=args)[key]
    found: list[object] = []
    cursor = ""
    while True:
        answer = client.api_call(method, params={**args, "limit": "2", "cursor": cursor})
        assert len(answer[key]) <= 2
        found += answer[key]
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert found == whole
    call: Callable[..., object] = client.api_call
    assert error_of(call, api_method=method, params={**args, "cursor": "bogus"}) == "invalid_cursor"
    assert error_of(call, api_method=method, params={**args, "limit": "0"}) == "invalid_limit"
    assert error_of(call, api_method=method, params={**args, "limit": "1001"}) == "invalid_limit"


def test_history_window_and_order() -> None:
    """Newest first; ``oldest`` and ``latest`` exclude their own moment unless ``inclusive``."""
    now = Ticking()
    with Sandbox(config(), now=now, rate_clock="off") as slack:
        client, ana = web_client(slack), slack.add_person("Ana Example")
        stamps = []
        for text in "abcd":
            stamps.append(client.chat_postMessage(channel=ana.dm.id, text=text)["ts"])
            now.forward(10)

        def history(**args: object) -> str:
            answer = client.conversations_history(channel=ana.dm.id, **args)  # type: ignore[arg-type]  # as given
            return "".join(m["text"] for m in answer["messages"])

        assert history() == "dcba"
        assert history(oldest=stamps[1]) == "dc"
        assert history(oldest=stamps[1], inclusive=True) == "dcb"
        assert history(latest=stamps[2]) == "ba"
        assert history(oldest=stamps[0], latest=stamps[3], inclusive=True) == "dcba"
        first = client.conversations_history(channel=ana.dm.id, limit=3)
        assert first["has_more"] is True
        cursor = first["response_metadata"]["next_cursor"]
        assert history(limit=3, cursor=cursor) == "a"
        call = client.conversations_history
        assert error_of(call, channel=ana.dm.id, oldest="yesterday") == "invalid_ts_oldest"
        assert error_of(call, channel=ana.dm.id, latest="x") == "invalid_ts_latest"


def test_history_only_where_the_bot_is(slack: Sandbox, client: WebClient) -> None:
    public, secret = slack.add_channel("public"), slack.add_channel("secret", private=True)
    assert error_of(client.conversations_history, channel=public.id) == "not_in_channel"
    assert error_of(client.conversations_history, channel=secret.id) == "channel_not_found"


def test_join_and_leave(slack: Sandbox, client: WebClient, ana: Person) -> None:
    room, secret = slack.add_channel("room", [ana]), slack.add_channel("secret", private=True, bot=True)
    assert client.conversations_join(channel=room.id)["channel"]["is_member"] is True
    assert client.conversations_join(channel=room.id)["warning"] == "already_in_channel"
    call = client.conversations_join
    assert error_of(call, channel=secret.id) == "method_not_supported_for_channel_type"
    assert error_of(call, channel=ana.dm.id) == "method_not_supported_for_channel_type"
    assert client.conversations_leave(channel=room.id)["ok"]
    assert client.conversations_leave(channel=room.id)["not_in_channel"] is True
    assert error_of(client.conversations_leave, channel=secret.id) == "last_member"
    slack.archive(room)
    assert error_of(call, channel=room.id) == "is_archived"


def test_invite_and_kick(slack: Sandbox, client: WebClient, ana: Person, ben: Person) -> None:
    room, foreign = slack.add_channel("room", bot=True), slack.add_channel("foreign")
    invite, kick = client.conversations_invite, client.conversations_kick
    assert invite(channel=room.id, users=[ana.id])["ok"]
    assert error_of(invite, channel=room.id, users=[ana.id]) == "already_in_channel"
    assert error_of(invite, channel=room.id, users=["U404"]) == "user_not_found"
    assert error_of(invite, channel=room.id, users=[slack.bot_user_id]) == "cant_invite_self"
    assert error_of(invite, channel=room.id, users=[]) == "no_user"
    assert error_of(invite, channel=foreign.id, users=[ana.id]) == "not_in_channel"
    assert error_of(kick, channel=room.id, user=ben.id) == "not_in_channel"
    assert error_of(kick, channel=room.id, user=slack.bot_user_id) == "cant_kick_self"
    assert kick(channel=room.id, user=ana.id)["ok"]
    assert ana.id not in room.members
    slack.deactivate(ana)
    assert error_of(invite, channel=room.id, users=[ana.id]) == "cant_invite"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("Upper", "invalid_name_specials"),
        ("two words", "invalid_name_specials"),
        ("taken", "name_taken"),
    ],
)
def test_channel_names(slack: Sandbox, client: WebClient, name: str, error: str) -> None:
    slack.add_channel("taken")
    assert error_of(client.conversations_create, name=name) == error


def test_create_rename_archive(slack: Sandbox, client: WebClient) -> None:
    made = client.conversations_create(name="made", is_private=True)["channel"]
    assert (made["is_private"], made["is_member"]) == (True, True)
    renamed = client.conversations_rename(channel=made["id"], name="renamed")["channel"]
    assert (renamed["name"], renamed["previous_names"]) == ("renamed", ["made"])
    assert client.conversations_archive(channel=made["id"])["ok"]
    assert error_of(client.conversations_archive, channel=made["id"]) == "already_archived"
    assert client.conversations_unarchive(channel=made["id"])["ok"]
    assert error_of(client.conversations_unarchive, channel=made["id"]) == "not_archived"
    general = slack.add_channel("general", bot=True)
    assert error_of(client.conversations_archive, channel=general.id) == "cant_archive_general"
    foreign = slack.add_channel("foreign", crowd(slack, 1), bot=True)
    assert error_of(client.conversations_rename, channel=foreign.id, name="x") == "not_authorized"


def test_a_deleted_channel_is_not_found(slack: Sandbox, client: WebClient) -> None:
    room = slack.add_channel("room", bot=True)
    slack.delete_channel(room)
    assert error_of(client.conversations_info, channel=room.id) == "channel_not_found"


def test_a_closed_dm_can_be_resumed_by_id(client: WebClient, ana: Person) -> None:
    client.conversations_close(channel=ana.dm.id)
    resumed = client.conversations_open(channel=ana.dm.id)
    assert resumed["channel"]["id"] == ana.dm.id
    assert "already_open" not in resumed.data


@pytest.mark.parametrize("method", ["invite", "kick", "leave", "archive", "unarchive", "rename"])
def test_dms_are_not_managed(client: WebClient, ana: Person, method: str) -> None:
    args = {"channel": ana.dm.id, "users": ana.id, "user": ana.id, "name": "x"}
    error = error_of(client.api_call, api_method=f"conversations.{method}", params=args)
    assert error == "method_not_supported_for_channel_type"


def test_general_is_special_and_strangers_cannot_manage(
    slack: Sandbox, client: WebClient, ana: Person
) -> None:
    general, foreign = slack.add_channel("general", [ana], bot=True), slack.add_channel("foreign", [ana])
    assert error_of(client.conversations_kick, channel=general.id, user=ana.id) == "cant_kick_from_general"
    assert error_of(client.conversations_leave, channel=general.id) == "cant_leave_general"
    assert (
        error_of(client.api_call, api_method="conversations.kick", params={"channel": general.id})
        == "no_user"
    )
    assert error_of(client.conversations_archive, channel=foreign.id) == "not_in_channel"
    assert error_of(client.conversations_rename, channel=foreign.id, name="x") == "not_in_channel"
    slack.archive(general)
    assert error_of(client.conversations_leave, channel=general.id) == "is_archived"
    assert error_of(client.conversations_invite, channel=general.id, users=[ana.id]) == "is_archived"


def test_people_write_to_each_other_and_the_app_sees_nothing(
    slack: Sandbox, client: WebClient, ana: Person, ben: Person
) -> None:
    """A DM has two people in it; an app that is neither gets ``channel_not_found`` and no event."""
    dm = slack.dm_between(ana, ben)
    assert dm.id.startswith("D")
    assert slack.dm_between(ben, ana) == dm != ana.dm
    ana.says("Soup?", dm)
    assert ben.waits_to_see("Soup?").channel == dm.id
    listed = client.conversations_list(types="im")["channels"]
    assert dm.id not in [each["id"] for each in listed]
    assert error_of(client.chat_postMessage, channel=dm.id, text="Me too") == "channel_not_found"
    assert slack.settle()
    assert all("Soup?" not in str(each.payload) for each in slack.backend.ws.record.deliveries)


def test_people_write_to_each_other_where_the_app_takes_no_messages() -> None:
    """The Messages tab is the app's; what people say to each other has nothing to do with it."""
    with Sandbox(config(home={"messages_tab_enabled": False})) as slack:
        ana, ben = crowd(slack, 2)
        ana.says("Soup?", slack.dm_between(ana, ben))
        assert ben.sees("Soup?")


def test_channels_are_shared_and_made_public(slack: Sandbox, client: WebClient) -> None:
    room = slack.add_channel("room", private=True, bot=True)

    def facts() -> dict[str, object]:
        found = client.conversations_info(channel=room.id)["channel"]
        names = ("is_private", "is_shared", "is_ext_shared", "is_pending_ext_shared", "is_org_shared")
        return {name: found[name] for name in names if found[name]}

    assert facts() == {"is_private": True}
    slack.share(room, "pending")
    assert facts() == {"is_private": True, "is_pending_ext_shared": True}
    slack.share(room)
    assert facts() == {"is_private": True, "is_shared": True, "is_ext_shared": True}
    slack.share(room, "org")
    assert facts() == {"is_private": True, "is_shared": True, "is_org_shared": True}
    slack.unshare(room)
    slack.convert(room, private=False)
    assert facts() == {}
    slack.convert(room, private=True)
    assert facts() == {"is_private": True}
