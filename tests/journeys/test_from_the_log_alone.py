"""Journey: a day in the life, as the log tells it; one id leads from a click to its message, and nobody is named."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack import post as slack_post
from tests.journeys.town import PROPOSAL, Town
from tests.journeys.written import Log

WRITTEN = ("Podcasting", "Mia ", "Max ", "Lea Lead", "Lou Lead", "Ada Admin", "whispered", "Knitting")
"""Names, skills and words of people, none of which any line may hold."""


def test_a_click_is_followed_to_its_message(log: Log, town: Town) -> None:
    town.sets_up()
    mia, _ = town.couple()
    mia.types("/reverse-mentor share Knitting, whispered words")
    mia.says("whispered words that are no command")
    town.quiet()
    (word,) = log.acts("share")
    assert (word["kind"], word["person"], word["outcome"]) == ("command", mia.id, "done")
    assert word["seconds"] >= 0
    assert [one["kind"] for one in log.acts("other")] == ["message"]
    (joined,) = (one for one in log.acts("profile") if one["kind"] == "form" and one["person"] == mia.id)
    welcome = next(one for one in log.messages(joined["act"]) if one["kind"] == "welcome")
    assert (welcome["outcome"], welcome["level"]) == ("posted", "INFO")
    assert welcome["message_id"] > 0

    town.lives_until(PROPOSAL)
    (card,) = town.open_cards()
    town.lead.clicks("Approve", card)
    town.quiet()
    (approved,) = log.acts("approve")
    follows = [one for one in log.lines if one.get("act") == approved["act"]]
    assert any("(card) updated" in one["message"] for one in follows)

    assert [one for one in WRITTEN if one.casefold() in log.text.casefold()] == []


def test_each_failure_is_told_once_with_its_message(log: Log, town: Town) -> None:
    town.sets_up()
    town.expects_trouble = True
    town.slack.faults.error("chat.postMessage", "not_a_known_error")
    town.joins("Mia Podcasting", "Associate", shares=["Podcasting"])
    town.quiet()
    told = [one for one in log.troubles() if one.get("event") == "message"]
    assert len(told) == 1
    assert told[0]["outcome"] == "failed"
    assert told[0]["message_id"] > 0
    assert [one for one in WRITTEN if one.casefold() in log.text.casefold()] == []


def test_what_slack_repeats_of_a_message_is_not_written(
    log: Log, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = slack_post.post
    refused: list[Any] = []
    said = "[ERROR] unsupported type: Mia Podcasting whispered [json-pointer:/blocks/0/text]"
    answer = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": [said]}}

    def refuses(*given: Any) -> tuple[str, str]:
        if not refused:
            refused.append(given)
            raise SlackApiError(said, answer)  # type: ignore[no-untyped-call]  # the SDK has no types there
        return post(*given)

    town.sets_up()
    town.expects_trouble = True
    monkeypatch.setattr(slack_post, "post", refuses)
    town.joins("Mia Podcasting", "Associate", shares=["Podcasting"])
    town.quiet()
    (told,) = (one["message"] for one in log.troubles() if one["level"] == "ERROR")
    assert told.endswith("(invalid_blocks: [ERROR] unsupported type: … [json-pointer:/blocks/0/text])")
    assert [one for one in WRITTEN if one.casefold() in log.text.casefold()] == []


def test_a_mistake_of_ours_repeats_nothing_that_was_typed(
    log: Log, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_given: object, **_more: object) -> None:
        raise ValueError(WRITTEN[6])

    town.sets_up()
    monkeypatch.setattr("handlers.command.COMMANDS", {"help": breaks})
    told = town.lead.types("/reverse-mentor help")
    assert "reference" in told.text
    (failed,) = (one for one in log.troubles() if one["level"] == "ERROR")
    assert "Traceback" in failed["exception"]
    assert "whispered" not in log.text
    (act,) = log.acts("help")
    assert (act["outcome"], act["act"]) == ("failed", failed["act"])
