"""The Home tab."""

from __future__ import annotations

from mentoring.pairings import PairState
from program import approvals, programs
from tests.handlers import raw
from tests.handlers.world import World


def test_home_before_there_is_a_program(world: World) -> None:
    assert "A workspace admin can set one up" in world.outsider.opens_home().text
    assert world.admin.opens_home().buttons == ("Set up the program",)
    world.admin.clicks("Set up the program")
    world.admin.waits_for_modal()
    world.admin.fills("Leads' channel", world.leads_channel)
    world.admin.submits()
    world.soon(lambda: world.admin.home is not None and "Settings" in world.admin.home.buttons)
    assert programs.find(world.ctx, world.workspace) is not None
    assert world.complaints() == []


def test_home_of_a_member_from_joining_to_leaving(led: World) -> None:
    ana = led.outsider
    assert ana.opens_home().buttons == ("Join the program",)
    ana.clicks("Join the program")
    ana.waits_for_modal()
    ana.fills("Skills I can share", ["Video editing"])
    ana.fills("Skills I want to learn, most wanted first", ["Negotiation"])
    ana.fills("My level", "Associate")
    assert ana.submits().closed
    led.soon(lambda: ana.home is not None and "Pause" in ana.home.buttons)
    ana.clicks("Pause", where="home")
    led.soon(lambda: ana.home is not None and "Take part again" in ana.home.buttons)
    ana.clicks("Take part again", where="home")
    led.soon(lambda: ana.home is not None and "Pause" in ana.home.buttons)
    ana.clicks("Skip cycle 1", where="home")
    led.soon(lambda: ana.home is not None and "You skip cycle 1." in ana.home.text)
    ana.clicks("Take part in cycle 1", where="home")
    led.soon(lambda: ana.home is not None and "Skip cycle 1" in ana.home.buttons)
    ana.clicks("Leave", where="home", confirm=False)
    ana.clicks("Leave", where="home")
    led.soon(lambda: ana.home is not None and ana.home.buttons == ("Join the program",))
    assert ana.messages() == [], "what Home shows by itself is not said again"
    assert led.complaints() == []


def test_leads_match_review_and_introduce_from_home(led: World) -> None:
    led.couple()
    lead = led.lead
    assert "Look for pairs" in lead.opens_home().buttons
    lead.clicks("Look for pairs", where="home")
    assert "1 new pair proposed" in lead.waits_for_modal().text
    lead.closes_modal()
    led.soon(lambda: lead.home is not None and "Review pairs" in lead.home.buttons)
    lead.clicks("Review pairs", where="home")
    lead.waits_for_modal(title="Review pairs")
    lead.clicks("Approve")
    led.soon(lambda: "Approved by" in lead.waits_for_modal().text)
    lead.closes_modal()
    assert "Introduce approved pairs" in lead.opens_home().buttons
    lead.clicks("Introduce approved pairs", where="home")
    assert "1 pair is being introduced now" in lead.waits_for_modal().text
    page = approvals.review(led.ctx, led.workspace, lead.id)
    assert page.cards[0].pair.state is PairState.INTRODUCED
    assert led.complaints() == []


def test_a_refusal_on_home_is_told_in_a_small_window(led: World) -> None:
    led.lead.opens_home()
    led.sets_up([led.admin])
    led.lead.clicks("Look for pairs", where="home")
    assert "Only the program's leads can do that." in led.lead.waits_for_modal().text
    assert led.complaints() == []


def test_a_refusal_with_a_way_in_becomes_the_form(led: World) -> None:
    ana = led.joins("Ana Example")
    ana.opens_home()
    ana.types("/reverse-mentor leave yes")
    ana.clicks("Pause", where="home")
    assert "You are not in the program yet" in ana.waits_for_modal().text
    led.soon(lambda: ana.home is not None and ana.home.buttons == ("Join the program",))
    ana.clicks("Join the program")
    ana.waits_for_modal(title="Your mentoring profile")
    assert ana.submits().closed
    assert ana.modal is None
    led.soon(lambda: ana.home is not None and "You take part" in ana.home.text)
    assert led.complaints() == []


def test_opening_the_messages_tab_shows_nothing_new(led: World) -> None:
    event = {"type": "app_home_opened", "user": led.outsider.id, "tab": "messages"}
    answer = raw.dispatch(led, {"type": "event_callback", "team_id": led.workspace, "event": event})
    assert answer.status == 200
    assert led.outsider.home is None
    del event["tab"]
    raw.dispatch(led, {"type": "event_callback", "team_id": led.workspace, "event": event})
    led.soon(lambda: led.outsider.home)
