"""chat.*: what is accepted, stored and shown again.

Sources: docs.slack.dev/reference/methods/chat.* with the error tables in slack-ruby/slack-api-ref; other
sources stand with their rule.
"""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Channel, Person, Sandbox
from sandbox_tests.kit import Ticking, button, config, error_of, form, plain, refused, section, web_client


@pytest.fixture
def room(slack: Sandbox, ana: Person) -> Channel:
    """A public channel with Ana and the bot."""
    return slack.add_channel("room", [ana], bot=True)


def test_post_and_read_back(slack: Sandbox, client: WebClient, room: Channel, ana: Person) -> None:
    answer = client.chat_postMessage(channel=room.id, text="hello", blocks=[section("*hello* there")])
    assert answer["channel"] == room.id
    message = answer["message"]
    assert (message["bot_id"], message["user"], message["type"]) == (
        message["bot_profile"]["id"],
        slack.bot_user_id,
        "message",
    )
    (seen,) = ana.messages(room)
    assert (seen.ts, seen.text) == (answer["ts"], "hello")
    assert "*hello* there" in seen.full_text


def test_stored_blocks_get_ids_and_text_defaults(client: WebClient, room: Channel) -> None:
    """Slack returns block_id, ``emoji: true`` and ``verbatim: false`` where they were left out."""
    raw = [section("a"), {"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}]
    first, second = client.chat_postMessage(channel=room.id, text="x", blocks=raw)["message"]["blocks"]
    assert first["block_id"]
    assert first["text"] == {"type": "mrkdwn", "text": "a", "verbatim": False}
    assert second["elements"][0]["action_id"]
    assert second["elements"][0]["text"]["emoji"] is True


_REFUSED_CONTENT: list[tuple[dict[str, Any], str]] = [
    ({}, "no_text"),
    ({"text": ""}, "no_text"),
    ({"text": "  "}, "no_text"),
    ({"blocks": "not json"}, "invalid_blocks_format"),
    ({"blocks": '{"type":"divider"}'}, "invalid_blocks_format"),
    ({"text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
    ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ({"text": "x", "metadata": {"event_type": "x", "event_payload": []}}, "invalid_metadata_format"),
    (
        {"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "b" * 17000}}},
        "metadata_too_large",
    ),
    ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ({"markdown_text": "y" * 12001}, "msg_too_long"),
    ({"text": "x", "blocks": [{"type": "markdown", "text": "y" * 6001}] * 2}, "msg_blocks_too_long"),
]


@pytest.mark.parametrize(("content", "error"), _REFUSED_CONTENT)
def test_refused_content(slack: Sandbox, room: Channel, content: dict[str, Any], error: str) -> None:
    call = web_client(slack).api_call
    assert error_of(call, api_method="chat.postMessage", json={"channel": room.id, **content}) == error


def test_invalid_blocks_say_why(client: WebClient, room: Channel) -> None:
    """Error text from node-slack-sdk packages/web-api/src/WebClient.test.ts."""
    answer = refused(client.chat_postMessage, channel=room.id, text="x", blocks=[{"type": "sections"}])
    assert answer["error"] == "invalid_blocks"
    messages = answer["response_metadata"]["messages"]
    assert "[ERROR] unsupported type: sections [json-pointer:/blocks/0/type]" in messages


def test_fifty_blocks_are_the_limit(client: WebClient, room: Channel) -> None:
    """docs.slack.dev/reference/block-kit/blocks: up to 50 blocks in a message."""
    assert client.chat_postMessage(channel=room.id, text="x", blocks=[{"type": "divider"}] * 50)["ok"]
    answer = refused(client.chat_postMessage, channel=room.id, text="x", blocks=[{"type": "divider"}] * 51)
    assert answer["error"] == "invalid_blocks"
    assert "50" in answer["response_metadata"]["messages"][-1]


def test_blocks_without_text_post_with_a_warning(client: WebClient, room: Channel) -> None:
    api = client.api_call
    answer = api("chat.postMessage", json={"channel": room.id, "blocks": [section("a")]})
    assert answer["warning"] == "missing_text_in_message"


def test_long_text_is_cut_at_40000(client: WebClient, room: Channel) -> None:
    """Slack changelog 2018-04, "truncating really long messages"."""
    answer = client.chat_postMessage(channel=room.id, text="x" * 40001)
    assert len(answer["message"]["text"]) == 40000


def test_where_a_bot_may_post(slack: Sandbox, client: WebClient, ana: Person) -> None:
    public = slack.add_channel("public", [ana])
    secret = slack.add_channel("secret", [ana], private=True)
    gone = slack.add_channel("gone", [ana], bot=True)
    slack.archive(gone)
    people_only = slack.add_group_dm([ana, slack.add_person("Cal Example")])
    post = client.chat_postMessage
    assert error_of(post, channel=public.id, text="x") == "not_in_channel"
    assert error_of(post, channel=secret.id, text="x") == "channel_not_found"
    assert error_of(post, channel=people_only.id, text="x") == "channel_not_found"
    assert error_of(post, channel=gone.id, text="x") == "is_archived"
    assert error_of(post, channel="C404", text="x") == "channel_not_found"
    slack.grant("chat:write.public")
    assert post(channel=public.id, text="x")["ok"]
    assert post(channel="#public", text="x")["channel"] == public.id


def test_a_person_id_opens_the_dm(slack: Sandbox, client: WebClient, ana: Person) -> None:
    answer = client.chat_postMessage(channel=ana.id, text="hi")
    assert answer["channel"] == ana.dm.id
    assert error_of(client.chat_postMessage, channel=slack.add_bot("Other"), text="x") == "cannot_dm_bot"


def test_posting_to_a_deactivated_person_succeeds(slack: Sandbox, client: WebClient, ana: Person) -> None:
    """python-slack-sdk#1156: chat.postMessage does not tell."""
    slack.deactivate(ana)
    assert client.chat_postMessage(channel=ana.id, text="hi")["ok"]


def test_messages_tab_must_be_on() -> None:
    """``messages_tab_disabled`` when the app has no Messages tab (AR; PostHog#58962)."""
    with Sandbox(config(home={"messages_tab_enabled": False})) as slack:
        ana = slack.add_person("Ana Example")
        assert (
            error_of(web_client(slack).chat_postMessage, channel=ana.id, text="x") == "messages_tab_disabled"
        )


def test_update_keeps_blocks_that_are_not_given(client: WebClient, room: Channel, ana: Person) -> None:
    """chat.update: without ``blocks`` the previous ones are kept, an empty list removes them."""
    ts = client.chat_postMessage(channel=room.id, text="one", blocks=[button("Go")])["ts"]
    client.chat_update(channel=room.id, ts=ts, text="two")
    (seen,) = ana.messages(room)
    assert (seen.text, seen.buttons, seen.edited) == ("two", ("Go",), True)
    client.chat_update(channel=room.id, ts=ts, text="three", blocks=[])
    assert ana.messages(room)[0].buttons == ()


def test_update_refusals(slack: Sandbox, client: WebClient, room: Channel, ana: Person) -> None:
    update = client.chat_update
    ts = client.chat_postMessage(channel=room.id, text="x")["ts"]
    said = ana.says("mine", room)
    assert error_of(update, channel=room.id, ts="1.000000", text="x") == "message_not_found"
    assert error_of(update, channel=room.id, ts=said.ts, text="x") == "cant_update_message"
    assert error_of(update, channel=room.id, ts=ts, text="x" * 4001) == "msg_too_long"
    assert form(slack, "chat.update", channel=room.id, ts=ts).body["error"] == "no_text"
    slack.archive(room)
    assert error_of(update, channel=room.id, ts=ts, text="x") == "is_inactive"


def test_delete(client: WebClient, room: Channel, ana: Person) -> None:
    ts = client.chat_postMessage(channel=room.id, text="x")["ts"]
    said = ana.says("mine", room)
    client.chat_delete(channel=room.id, ts=ts)
    assert [m.ts for m in ana.messages(room)] == [said.ts]
    assert error_of(client.chat_delete, channel=room.id, ts=ts) == "message_not_found"
    assert error_of(client.chat_delete, channel=room.id, ts=said.ts) == "cant_delete_message"


def test_ephemeral_is_seen_by_one_and_kept_nowhere(
    slack: Sandbox, client: WebClient, room: Channel, ana: Person, ben: Person
) -> None:
    slack.join(room, ben)
    answer = client.chat_postEphemeral(channel=room.id, user=ana.id, text="psst")
    assert [m.text for m in ana.messages(room) if m.ephemeral] == ["psst"]
    assert ben.sees("psst") is None
    history = client.conversations_history(channel=room.id)["messages"]
    assert answer["message_ts"] not in [m["ts"] for m in history]
    assert (
        error_of(client.chat_update, channel=room.id, ts=answer["message_ts"], text="x")
        == "message_not_found"
    )
    slack.leave(room, ben)
    call = client.chat_postEphemeral
    assert error_of(call, channel=room.id, user=ben.id, text="x") == "user_not_in_channel"
    assert error_of(call, channel=room.id, user=ana.id, text="x" * 40001) == "msg_too_long"


def test_threads(client: WebClient, room: Channel) -> None:
    root = client.chat_postMessage(channel=room.id, text="root")["ts"]
    reply = client.chat_postMessage(channel=room.id, text="reply", thread_ts=root)
    nested = client.chat_postMessage(channel=room.id, text="nested", thread_ts=reply["ts"])
    assert nested["message"]["thread_ts"] == root
    thread = client.conversations_replies(channel=room.id, ts=root)["messages"]
    assert [m["text"] for m in thread] == ["root", "reply", "nested"]
    assert thread[0]["reply_count"] == 2
    assert [m["text"] for m in client.conversations_history(channel=room.id)["messages"]] == ["root"]
    call = client.chat_postMessage
    assert error_of(call, channel=room.id, text="x", thread_ts="1.000000") == "cannot_reply_to_message"
    assert error_of(client.conversations_replies, channel=room.id, ts="1.000000") == "thread_not_found"


def test_permalink(client: WebClient, room: Channel) -> None:
    ts = client.chat_postMessage(channel=room.id, text="x")["ts"]
    link = client.chat_getPermalink(channel=room.id, message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/{room.id}/p{ts.replace('.', '')}")
    assert error_of(client.chat_getPermalink, channel=room.id, message_ts="1.0") == "message_not_found"


def test_reactions(client: WebClient, room: Channel) -> None:
    ts = client.chat_postMessage(channel=room.id, text="x")["ts"]
    add = client.reactions_add
    assert add(channel=room.id, timestamp=ts, name="eyes")["ok"]
    assert error_of(add, channel=room.id, timestamp=ts, name="eyes") == "already_reacted"
    assert error_of(add, channel=room.id, timestamp="1.0", name="eyes") == "message_not_found"
    assert error_of(add, channel=room.id, timestamp=ts, name="no spaces") == "invalid_name"
    (message,) = client.conversations_history(channel=room.id)["messages"]
    assert message["reactions"][0]["count"] == 1


def test_metadata_comes_back_only_on_request(client: WebClient, room: Channel) -> None:
    """``include_all_metadata`` (docs.slack.dev, conversations.history)."""
    metadata = {"event_type": "made", "event_payload": {"oid": "1"}}
    client.chat_postMessage(channel=room.id, text="x", metadata=metadata)
    (bare,) = client.conversations_history(channel=room.id)["messages"]
    assert "metadata" not in bare
    (full,) = client.conversations_history(channel=room.id, include_all_metadata=True)["messages"]
    assert full["metadata"] == metadata


def test_scheduled_messages_are_posted_when_business_time_comes() -> None:
    now = Ticking()
    with Sandbox(config(), now=now, rate_clock="off") as slack:
        client, ana = web_client(slack), slack.add_person("Ana Example")
        at = int(now().timestamp())
        schedule = client.chat_scheduleMessage
        later = schedule(channel=ana.dm.id, text="later", post_at=at + 60)
        never = schedule(channel=ana.dm.id, text="never", post_at=at + 61)["scheduled_message_id"]
        listed = client.chat_scheduledMessages_list(channel=ana.dm.id)["scheduled_messages"]
        assert [m["id"] for m in listed] == [later["scheduled_message_id"], never]
        client.chat_deleteScheduledMessage(channel=ana.dm.id, scheduled_message_id=never)
        assert ana.messages() == []
        now.forward(120)
        assert ana.waits_to_see("later").text == "later"
        assert client.chat_scheduledMessages_list()["scheduled_messages"] == []
        call = client.chat_deleteScheduledMessage
        error = error_of(call, channel=ana.dm.id, scheduled_message_id=never)
        assert error == "invalid_scheduled_message_id"


def test_schedule_refusals() -> None:
    """At most 120 days ahead and 30 messages per channel in 5 minutes (docs.slack.dev)."""
    now = Ticking()
    with Sandbox(config(), now=now, rate_clock="off") as slack:
        client, ana = web_client(slack), slack.add_person("Ana Example")
        at, call = int(now().timestamp()), client.chat_scheduleMessage
        assert error_of(call, channel=ana.dm.id, text="x", post_at=at) == "time_in_past"
        assert error_of(call, channel=ana.dm.id, text="x", post_at=at + 121 * 86400) == "time_too_far"
        assert error_of(call, channel=ana.dm.id, text="x" * 40001, post_at=at + 9) == "msg_too_long"
        assert form(slack, "chat.scheduleMessage", channel=ana.dm.id, text="x", post_at="soon").body[
            "error"
        ] == ("invalid_time")
        for second in range(30):
            call(channel=ana.dm.id, text="x", post_at=at + 60 + second)
        assert error_of(call, channel=ana.dm.id, text="x", post_at=at + 100) == "restricted_too_many"


def test_a_scheduled_message_with_metadata_never_posts() -> None:
    """docs.slack.dev, chat.scheduleMessage warns of it."""
    now = Ticking()
    with Sandbox(config(), now=now) as slack:
        client, ana = web_client(slack), slack.add_person("Ana Example")
        at = int(now().timestamp())
        metadata = {"event_type": "made", "event_payload": {}}
        client.chat_scheduleMessage(channel=ana.dm.id, text="lost", post_at=at + 5, metadata=metadata)
        client.chat_scheduleMessage(channel=ana.dm.id, text="kept", post_at=at + 6)
        now.forward(10)
        ana.waits_to_see("kept")
        assert ana.sees("lost") is None


def test_markdown_text(client: WebClient, room: Channel, ana: Person) -> None:
    """``markdown_text`` becomes a markdown block (docs.slack.dev, chat.postMessage)."""
    client.chat_postMessage(channel=room.id, markdown_text="**bold** words")
    assert "**bold** words" in ana.messages(room)[0].full_text


def test_attachments_are_kept_or_removed_like_blocks(client: WebClient, room: Channel) -> None:
    attached = [{"text": "a", "fallback": "a"}]
    ts = client.chat_postMessage(channel=room.id, text="x", attachments=attached)["ts"]
    kept = client.chat_update(channel=room.id, ts=ts, text="y")["message"]
    assert kept["attachments"] == attached
    assert (
        "attachments" not in client.chat_update(channel=room.id, ts=ts, text="z", attachments=[])["message"]
    )


def test_an_admin_or_a_retention_rule_can_delete_messages(
    slack: Sandbox, client: WebClient, room: Channel, ana: Person
) -> None:
    ts = client.chat_postMessage(channel=room.id, text="x")["ts"]
    slack.delete_message(ana.messages(room)[0])
    assert error_of(client.chat_update, channel=room.id, ts=ts, text="y") == "message_not_found"
