"""The calendar file of a meeting: sent when somebody asks for it, and every failure told where they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import vobject

from mentoring.first_times import MEETING
from mentoring.pacts import NoMeeting
from program import next_meeting, planning
from sandbox import Person, Sandbox
from tests.handlers.test_meeting import introduced, introduction
from tests.handlers.world import World

LINKS = "`/reverse-mentor meeting` has links that put the same times into Google's calendar and Outlook."
URL, DONE, OPEN = "files.getUploadURLExternal", "files.completeUploadExternal", "conversations.open"


def files(led: World, person: Person) -> list[str]:
    """What is in the files in somebody's conversation with the bot, in the order of sending."""
    posts = led.client.conversations_history(channel=person.dm.id)["messages"]
    found = [led.slack.backend.files.get(file["id"]) for post in posts for file in post.get("files", ())]
    return [(file.content or b"").decode() for file in found]


def events(led: World, person: Person) -> list[Any]:
    calendars = [vobject.readOne(one) for one in files(led, person)]
    return [event for one in calendars for event in one.vevent_list]


def asks_in_the_modal(led: World, person: Person) -> str:
    """What the modal says in the end, after a tap on the button behind the introduction."""
    person.clicks("How to begin", introduction(led, person))
    person.waits_for_modal()
    person.clicks("Calendar file")
    led.soon(lambda: not re.search("Meeting 1 with|I am sending", person.waits_for_modal().text))
    return person.waits_for_modal().text


def test_a_file_for_each_time_comes_into_the_own_conversation(led: World) -> None:
    mentor, mentee = introduced(led)
    (offered,) = next_meeting.next_meetings(led.ctx, led.workspace, mentee.id)
    told = asks_in_the_modal(led, mentee)
    assert told.startswith("Your conversation with me has a calendar file for each time.")
    found = events(led, mentee)
    assert [one.dtstart.value for one in found] == [one.begins for one in offered.appointments]
    assert {one.dtend.value - one.dtstart.value for one in found} == {MEETING}
    assert len({one.uid.value for one in found}) == 1, "whichever is chosen, it is the same meeting"
    assert files(led, mentor) == []
    assert led.complaints() == []


def test_once_it_is_planned_there_is_one_file_and_a_word_sends_it_too(led: World) -> None:
    _, mentee = introduced(led)
    when = led.clock() + timedelta(days=3)
    (meeting,) = next_meeting.next_meetings(led.ctx, led.workspace, mentee.id)
    planning.plan(led.ctx, led.workspace, mentee.id, meeting.pairs[0].id, when)
    mentee.types("/reverse-mentor meeting file")
    mentee.waits_to_see("The calendar file is in your conversation with me.")
    assert [one.dtstart.value for one in events(led, mentee)] == [when]
    mentee.types("/reverse-mentor meeting")
    mentee.clicks("Calendar file", containing="When you meet")
    led.soon(lambda: len(files(led, mentee)) == 2)
    assert files(led, mentee)[0] == files(led, mentee)[1]
    assert led.complaints() == []


def test_without_the_scope_there_is_no_button_and_the_word_says_why(led: World) -> None:
    _, mentee = introduced(led)
    led.slack.revoke_scopes("files:write")
    mentee.clicks("How to begin", introduction(led, mentee))
    shown = mentee.waits_for_modal()
    assert "Calendar file" not in shown.text
    assert "calendar.google.com" in str(shown.blocks)
    mentee.closes_modal()
    mentee.types("/reverse-mentor meeting file")
    mentee.waits_to_see(f"Slack does not let me send files here (missing_scope). {LINKS}")
    assert files(led, mentee) == []


def _error(method: str, error: str) -> Callable[[Sandbox], None]:
    return lambda slack: slack.faults.error(method, error, times=1)


NOT_HERE, UNSURE = (
    "Slack does not let me send files here ({}).",
    "Slack did not say whether the file arrived.",
)
TROUBLES: dict[str, tuple[Callable[[Sandbox], None], str, int]] = {
    "the scope was taken away": (_error(URL, "missing_scope"), NOT_HERE.format("missing_scope"), 0),
    "nobody may upload": (_error(URL, "file_uploads_disabled"), NOT_HERE.format("file_uploads_disabled"), 0),
    "no room": (_error(URL, "storage_limit_reached"), NOT_HERE.format("storage_limit_reached"), 0),
    "not of this type": (_error(DONE, "file_type_not_allowed"), NOT_HERE.format("file_type_not_allowed"), 0),
    "no conversation": (_error(OPEN, "user_disabled"), NOT_HERE.format("user_disabled"), 0),
    "too many calls": (lambda slack: slack.faults.ratelimit(URL, times=1), "Slack asks me to slow down.", 0),
    "trouble in Slack": (_error(DONE, "internal_error"), UNSURE, 0),
    "a gateway": (lambda slack: slack.faults.http_error(URL, times=1), UNSURE, 0),
    "no answer, and it arrived": (
        lambda slack: slack.faults.reset(DONE, times=1, after_effect=True),
        UNSURE,
        3,
    ),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_failure_is_told_where_the_person_is_and_nothing_is_sent_again(led: World, trouble: str) -> None:
    _, mentee = introduced(led)
    breaks, told, arrived = TROUBLES[trouble]
    breaks(led.slack)
    shown = asks_in_the_modal(led, mentee)
    assert shown.startswith(told)
    assert shown.endswith(LINKS)
    assert len(files(led, mentee)) == arrived


def test_a_stranger_gets_no_file(led: World) -> None:
    introduced(led)
    ned = led.joins("Ned Nobody")
    assert ned.types("/reverse-mentor meeting file").text == NoMeeting.words
    assert files(led, ned) == []
