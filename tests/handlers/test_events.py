"""What Slack reports on its own."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import update

from handlers.events import user_changed
from mentoring.messages import Kind
from mentoring.people import Standing
from program import outgoing, people
from storage import members
from storage import tables as t
from tests.handlers import raw
from tests.handlers.world import MANIFEST, World

EVENTS: list[str] = MANIFEST["settings"]["event_subscriptions"]["bot_events"]


def event(world: World, kind: str, **more: object) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": world.workspace, "event": {"type": kind, **more}}


def test_every_event_of_the_manifest_has_a_listener(world: World, caplog: pytest.LogCaptureFixture) -> None:
    for kind in EVENTS:
        name, _, channel_type = kind.partition(".")  # `message.im` comes as a `message`
        assert raw.dispatch(world, event(world, name, channel_type=channel_type)).status == 200
    assert "no listener" not in caplog.text
    assert raw.dispatch(world, event(world, "team_join")).status == 200, "Slack must not send it again"
    assert "no listener" in caplog.text


def test_a_member_who_is_deactivated_leaves_and_the_partner_hears_it(led: World) -> None:
    mentor, mentee = led.couple()
    led.proposes()
    led.lead.types("/reverse-mentor approve 1")
    led.introduces()
    led.delivers()
    led.slack.deactivate(mentor)
    led.soon(lambda: _standing(led, mentor.id) is Standing.LEFT)
    led.delivers()
    mentee.waits_to_see("has closed your pair")


def _standing(world: World, person_id: str) -> Standing | None:
    with world.ctx.database.read() as tx:
        member = members.get(tx, 1, person_id)
    return member.standing if member else None


def test_a_member_who_moves_is_known_at_the_new_place(led: World) -> None:
    ana = led.joins("Ana Example")
    led.slack.update_person(ana, tz="America/Lima", display_name="Ana Nova")
    led.soon(lambda: _zone(led, ana.id) == "America/Lima")
    known = people.known(led.ctx, led.workspace, ana.id)
    assert known is not None
    assert known.name == "Ana Nova"


def _zone(world: World, person_id: str) -> str | None:
    known = people.known(world.ctx, world.workspace, person_id)
    return known.time_zone if known else None


def test_nothing_is_kept_about_people_the_program_does_not_know(led: World) -> None:
    stranger = led.slack.add_person("Sam Stranger")
    led.slack.update_person(stranger, tz="America/Lima")
    assert led.slack.settle()
    assert people.known(led.ctx, led.workspace, stranger.id) is None


def test_a_change_of_nobody_changes_nothing(led: World, caplog: pytest.LogCaptureFixture) -> None:
    for user in (None, "U1", {}, {"id": ""}, {"id": 7}):
        assert raw.dispatch(led, event(led, "user_change", user=user)).status == 200
    assert led.complaints() == []
    assert "reference" not in caplog.text


def test_an_event_that_fails_is_logged_with_a_reference(
    led: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(people, "heard", lambda *_: 1 / 0)
    user = {"id": led.lead.id, "real_name": "Lea"}
    assert raw.dispatch(led, event(led, "user_change", user=user)).status == 200
    led.soon(lambda: "event_callback failed, reference" in caplog.text)


def test_each_lead_hears_that_their_channel_was_archived(led: World) -> None:
    led.slack.archive(led.slack.add_channel("other", bot=True))
    led.slack.archive(led.leads_channel)
    told = led.soon(
        lambda: [one.notice for one in outgoing.due(led.ctx) if one.notice.kind is Kind.CHANNEL_TROUBLE]
    )
    assert {notice.recipient for notice in told} == {
        f"person:{lead.id}" for lead in (led.lead, led.other_lead)
    }
    assert all(notice.subject.startswith(led.leads_channel.id) for notice in told)


@pytest.mark.parametrize("kind", ["channel_archive", "group_archive"])
def test_a_channel_that_is_open_again_when_the_news_come_is_no_trouble(led: World, kind: str) -> None:
    assert raw.dispatch(led, event(led, kind, channel=led.leads_channel.id)).status == 200
    assert troubles_of(led) == []


@pytest.mark.parametrize(
    ("tokens", "noted"),
    [
        ({"oauth": ["U1"]}, False),
        ({"oauth": ["U1"], "bot": []}, False),
        ({"bot": ["U2"]}, True),
        (None, True),
    ],
)
def test_only_a_token_of_the_bot_is_missed(
    led: World, caplog: pytest.LogCaptureFixture, tokens: object, noted: bool
) -> None:
    assert raw.dispatch(led, event(led, "tokens_revoked", tokens=tokens)).status == 200
    assert led.slack.settle()
    assert ("tokens_revoked" in caplog.text) is noted


# --- late, twice, and out of order


def told(person_id: str, second: int, **more: Any) -> dict[str, Any]:
    """What Slack says of somebody since that second; each carries another name, time zone and mark."""
    zone = ("Europe/Berlin", "America/Lima", "Asia/Tokyo", "Africa/Cairo")[second % 4]
    profile = {"display_name": f"Ana {second}"}
    return {"id": person_id, "profile": profile, "tz": zone, "is_admin": second % 2 == 0, **more}


def shown_of(world: World, person_id: str) -> tuple[str, str | None, bool]:
    known = people.known(world.ctx, world.workspace, person_id)
    assert known is not None
    return known.name, known.time_zone, known.admin


HOW_IT_SAYS_WHEN: dict[str, Any] = {
    "by the second of the entry": lambda at: ({"updated": at}, {}),
    "by the moment of the event": lambda at: ({}, {"event_ts": f"{at}.000100"}),
    "by both": lambda at: ({"updated": at}, {"event_ts": f"{at}.5"}),
    "in one second": lambda at: ({"updated": 1_700_000_000}, {"event_ts": f"1700000000.{at % 10}"}),
    "in milliseconds": lambda at: ({"updated": at * 1000}, {"event_ts": f"{at}.100000"}),
    "with a stamp that is a number": lambda at: ({"updated": at}, {"event_ts": at + 0.25}),
}


@pytest.mark.parametrize("how", HOW_IT_SAYS_WHEN)
def test_the_same_news_in_any_order_and_again_end_in_the_same(led: World, how: str) -> None:
    ana = led.joins("Ana Example")
    seconds = range(1_700_000_001, 1_700_000_005)
    for number, order in enumerate(permutations((*seconds, seconds[1]))):
        if number % 7:
            continue  # 18 of the 120 orders, one of the four coming twice
        forgotten(led, ana.id)
        for second in order:
            user, about = HOW_IT_SAYS_WHEN[how](second)
            body = event(led, "user_change", user=told(ana.id, second, **user), **about)
            user_changed(led.services, body)
        assert shown_of(led, ana.id) == ("Ana 1700000004", "Europe/Berlin", True), order


def forgotten(world: World, person_id: str) -> None:
    """Let nothing be known of when anything was said of somebody."""
    with world.ctx.database.write() as tx:
        tx.execute(update(t.people).where(t.people.c.id == person_id).values(updated=None, reported=None))


def test_who_was_let_go_is_not_called_back_by_older_news(led: World) -> None:
    ana = led.joins("Ana Example")
    now = int(led.clock().timestamp())
    user_changed(led.services, event(led, "user_change", user=told(ana.id, now, updated=now)))
    people.gone(led.ctx, led.workspace, ana.id)
    late = event(led, "user_change", user=told(ana.id, now - 60, updated=now - 60), event_ts=f"{now - 59}.1")
    again = event(led, "user_change", user=told(ana.id, now, updated=now), event_ts=f"{now - 1}.1")
    for body in (late, again):
        user_changed(led.services, body)
        assert _standing(led, ana.id) is Standing.LEFT
    back = event(led, "user_change", user=told(ana.id, now + 9, updated=now + 9), event_ts=f"{now + 9}.1")
    user_changed(led.services, back)
    known = people.known(led.ctx, led.workspace, ana.id)
    assert known is not None
    assert not known.gone


def test_news_from_the_far_future_are_no_measure(led: World) -> None:
    ana = led.joins("Ana Example")
    now = int(led.clock().timestamp())
    for second in (now + 10**9, now):
        user_changed(led.services, event(led, "user_change", user=told(ana.id, second, updated=second)))
    assert shown_of(led, ana.id)[0] == f"Ana {now}"


def troubles_of(world: World) -> list[str]:
    found = [one.notice for one in outgoing.due(world.ctx) if one.notice.kind is Kind.CHANNEL_TROUBLE]
    return sorted(f"{notice.recipient} {notice.subject}" for notice in found)


def test_each_lead_hears_that_their_channel_was_shared(led: World) -> None:
    led.slack.share(led.slack.add_channel("other", bot=True))
    led.slack.share(led.leads_channel)
    told = led.soon(lambda: troubles_of(led))
    day = led.clock().date().isoformat()
    leads = sorted((led.lead.id, led.other_lead.id))
    assert told == [f"person:{lead} {led.leads_channel.id}.{day}.shared" for lead in leads]
    led.delivers()
    assert led.lead.sees("it is shared with another company, or is about to be")


def test_a_channel_that_is_shared_no_more_is_no_trouble(led: World) -> None:
    body = event(led, "channel_unshared", channel=led.leads_channel.id, is_ext_shared=False)
    assert raw.dispatch(led, body).status == 200
    body = event(led, "channel_shared", channel=led.leads_channel.id)
    assert raw.dispatch(led, body).status == 200, "inside the organization, as a look tells"
    assert troubles_of(led) == []


@pytest.mark.parametrize("channel", ["", "CELSEWHERE", None, {"id": "CELSEWHERE"}])
def test_another_channel_that_is_shared_is_not_looked_at(led: World, channel: object) -> None:
    asked = len(led.slack.calls.to("conversations.info"))
    assert raw.dispatch(led, event(led, "channel_shared", channel=channel)).status == 200
    assert len(led.slack.calls.to("conversations.info")) == asked
    assert troubles_of(led) == []


def test_when_slack_cannot_be_asked_about_a_shared_channel_nobody_is_alarmed(led: World) -> None:
    led.slack.faults.http_error("conversations.info")
    assert raw.dispatch(led, event(led, "channel_shared", channel=led.leads_channel.id)).status == 200
    assert troubles_of(led) == []


def test_an_app_that_is_removed_is_noted(led: World, caplog: pytest.LogCaptureFixture) -> None:
    led.slack.uninstall_app()
    led.soon(lambda: "app_uninstalled" in caplog.text and "tokens_revoked" in caplog.text)


SISTER = "T0SISTER"


@pytest.mark.parametrize(
    "said",
    [
        {"deleted": True},
        {"is_admin": True},
        {"is_owner": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_bot": True},
        {"is_stranger": True},
        {"tz": "America/Lima"},
        {"enterprise_user": {"teams": [SISTER]}},
    ],
    ids=str,
)
def test_what_is_said_of_another_workspace_is_a_reason_to_ask_and_no_fact(
    led: World, said: dict[str, Any]
) -> None:
    ana = led.joins("Ana Example")
    before = people.known(led.ctx, led.workspace, ana.id)
    user = {"id": ana.id, "team_id": SISTER, "updated": int(led.clock().timestamp()) + 5, "is_admin": False}
    told = event(led, "user_change", user=user | said, event_ts="1900000000.000100")
    raw.dispatch(led, told | {"team_id": SISTER})
    led.rests()
    assert people.known(led.ctx, led.workspace, ana.id) == before
    assert _standing(led, ana.id) is Standing.ACTIVE


def test_what_is_said_of_another_workspace_finds_what_changed_here_too(led: World) -> None:
    ana, stranger = led.joins("Ana Example"), led.slack.add_person("Sam Stranger")
    led.slack.backend.ws.users[ana.id].tz = "America/Lima"
    asked = len(led.calls("users.info"))
    for one in (ana, stranger):
        raw.dispatch(led, event(led, "user_change", user={"id": one.id}) | {"team_id": SISTER})
    led.rests()
    assert _zone(led, ana.id) == "America/Lima"
    assert len(led.calls("users.info")) == asked + 1, "nobody is asked about who does not take part"


def test_an_app_that_another_workspace_removes_is_still_here(
    led: World, caplog: pytest.LogCaptureFixture
) -> None:
    for kind in ("app_uninstalled", "tokens_revoked"):
        raw.dispatch(led, event(led, kind, tokens={"bot": ["B1"]}) | {"team_id": SISTER})
    led.rests()
    assert "install the app again" not in caplog.text
