"""When something goes wrong: the person reads a sentence, Slack gets its 200, the log gets a reference."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handlers.ids import Callback
from program import members, profiles
from tests.handlers import raw
from tests.handlers.world import World

APOLOGY = re.compile(r"Something went wrong on my side \(reference ([0-9a-f]{6})\)")
SECRET = "what Ana wrote in confidence"


@pytest.fixture
def broken(led: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A program whose use cases fail in a way that nobody thought of."""

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    for module, name in ((members, "status"), (members, "pause"), (profiles, "save"), (profiles, "suggest")):
        monkeypatch.setattr(module, name, fail)
    return led


def reference(text: str) -> str:
    found = APOLOGY.search(text)
    assert found, text
    return found[1]


def test_a_command_that_fails_is_answered_with_a_reference(
    broken: World, caplog: pytest.LogCaptureFixture
) -> None:
    told = broken.outsider.types(f"/reverse-mentor status {SECRET}").text
    assert f"reference {reference(told)}" in caplog.text
    assert "the disk is full" in caplog.text
    assert SECRET not in caplog.text
    assert f"You typed `/reverse-mentor status {SECRET}`. Nothing you typed is lost" in told


def test_a_click_that_fails_after_its_ack_is_told_of_privately(broken: World) -> None:
    answer = raw.dispatch(broken, raw.click(broken, broken.lead.id, "pause"))
    assert answer.status == 200
    assert broken.lead.waits_to_see("Something went wrong on my side").ephemeral


def test_a_form_that_fails_stays_open_with_everything_in_it(broken: World) -> None:
    ana = broken.outsider
    ana.types(f"/reverse-mentor share {SECRET}")
    ana.fills("My level", "Associate")
    outcome = ana.submits()
    assert outcome.view is not None
    assert APOLOGY.search(outcome.errors["What would you like to do?"])
    assert SECRET in str(outcome.view.values["Skills I can share"])


def test_a_search_that_fails_offers_nothing(broken: World) -> None:
    broken.outsider.types("/reverse-mentor")
    assert broken.outsider.searches("Skills I can share", "video") == []


def test_a_form_that_opens_too_late_asks_for_another_try(led: World) -> None:
    led.slack.faults.error("views.open", "expired_trigger_id", times=2)
    told = led.outsider.types("/reverse-mentor").text
    assert "Please try again" in told
    assert "reference" not in told
    raw.dispatch(led, raw.click(led, led.outsider.id, "join"))
    assert led.outsider.waits_to_see("longer than Slack allows").ephemeral


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            "fatal_error",
            "Slack has trouble right now, so this did not work. Nothing you typed is lost; please try",
        ),
        (
            "ratelimited",
            "Slack asks me to slow down, so this did not work. Nothing you typed is lost; please try",
        ),
        ("invalid_blocks", "Slack does not let me do that (invalid_blocks, reference "),
        ("missing_scope", "Slack does not let me do that (missing_scope, reference "),
        ("an_error_of_next_year", "Slack does not let me do that (an_error_of_next_year, reference "),
    ],
)
def test_slacks_trouble_is_called_slacks(
    led: World, error: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    led.slack.faults.error("views.open", error, times=2)
    typed = led.outsider.types("/reverse-mentor").text
    raw.dispatch(led, raw.click(led, led.outsider.id, "join"))
    assert typed.startswith(told)
    assert led.outsider.waits_to_see(told[:60]).ephemeral
    assert "on my side" not in typed
    assert error in caplog.text


@pytest.mark.parametrize("trouble", ["reset", "http_error", "ratelimit"])
def test_a_connection_that_breaks_is_slacks_trouble_too(led: World, trouble: str) -> None:
    getattr(led.slack.faults, trouble)("views.open", times=1)
    typed = led.outsider.types("/reverse-mentor").text
    assert typed.startswith("Slack ")
    assert "please try again" in typed


@pytest.mark.parametrize("error", ["internal_error", "user_not_found"])
def test_an_answer_that_cannot_be_shown_is_only_logged(
    led: World, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    led.slack.faults.error("chat.postEphemeral", error, times=1)
    raw.dispatch(led, raw.click(led, led.lead.id, "approve", "7"))
    led.soon(lambda: error in caplog.text)


def test_a_home_tab_that_cannot_be_shown_is_only_logged(led: World, caplog: pytest.LogCaptureFixture) -> None:
    led.slack.faults.error("views.publish", "internal_error", times=1)
    event = {"type": "app_home_opened", "user": led.lead.id, "tab": "home"}
    raw.dispatch(led, {"type": "event_callback", "team_id": led.workspace, "event": event})
    led.soon(lambda: "a Home tab could not be shown: internal_error" in caplog.text)


def test_a_button_of_another_age_says_so(led: World) -> None:
    assert raw.dispatch(led, raw.click(led, led.lead.id, "survey", "1")).status == 200
    assert led.lead.waits_to_see("belongs to an older version of me").ephemeral


def test_a_form_of_another_age_says_so_in_the_form(led: World) -> None:
    answer = raw.dispatch(led, raw.submission(led, led.lead.id, "survey", {"q1": {"value": "x"}}))
    assert "older version" in answer.body["errors"]["q1"]
    assert raw.dispatch(led, raw.submission(led, led.lead.id, "survey", {})).status == 200


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/gone", "/gone"])
def test_an_answer_finds_another_way_when_its_address_fails(led: World, address: str) -> None:
    led.couple()
    url = address if address.startswith("http") else led.slack.api_url.removesuffix("/api/") + address
    answer = raw.dispatch(led, raw.command(led, led.lead.id, "match", response_url=url))
    assert answer.text == ""
    assert led.lead.waits_to_see("1 new pair proposed").ephemeral


def test_a_refused_window_without_fields_becomes_the_sentence(led: World) -> None:
    for callback in Callback:
        answer = raw.dispatch(led, raw.submission(led, "U0ELSEWHERE", callback, {}, "1"))
        assert answer.body["response_action"] == "update", callback
        assert "its own workspace" in str(answer.body["view"]["blocks"]), callback
