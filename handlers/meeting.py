"""A pair's next meeting on demand, its calendar file, and the tap that signs what the two agree on."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError

from handlers import trouble
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.payloads import Kind
from handlers.replying import SLACK_TROUBLE, Asked, slack_error, trouble_words
from handlers.views import Rendered
from handlers.views import meeting as views
from handlers.wording import notice, stacked
from mentoring.calendar_links import CalendarFile
from program import agreements, next_meeting
from program.next_meeting import NextMeeting

NOTHING = -1
"""No pair has this number: a button whose value is none of ours means no pair, and not all of them."""

_NOT_SENT = (*SLACK_TROUBLE, LookupError, TypeError, ValueError, AttributeError)
"""What sending a file raises: Slack's trouble, and what the SDK makes of an answer of odd shape."""

log = logging.getLogger(__name__)


def register(on: Hearing) -> None:
    """Listen for the buttons of introductions, and of what is behind them."""
    on.action(Action.AGREE, agree)
    on.action(Action.MEETING, show)
    on.action(Action.CALENDAR_FILE, send_file)


def agree(asked: Asked) -> None:
    """`agree`, or its button: a message in the conversation shows by itself who signed; whoever else did is told."""
    act = asked.act
    if act.kind is not Kind.CLICK:
        asked.say(views.agreed(agreements.sign(*asked.by)))
        return
    signed_with = agreements.sign(*asked.by, act.row_id or NOTHING)
    if act.view is not None:
        show(asked)
    elif act.in_answer:
        asked.say(views.agreed(signed_with), instead=True)


def show(asked: Asked) -> None:
    """The button of an introduction: everything for the next meeting, in a modal of one's own."""
    (found,) = next_meeting.next_meetings(*asked.by, asked.act.row_id or NOTHING)
    asked.open(notice(_whole(asked, found), views.TITLE))


def typed_meeting(asked: Asked) -> None:
    """`meeting`: the same as answers, for each pair that somebody is in.

    `meeting begin` has how to begin, and `meeting file` sends the times as files.
    """
    rest = asked.rest.casefold()
    if rest == views.FILE:
        files = next_meeting.calendar_files(*asked.by)
        asked.takes_longer()
        asked.say(_sent(asked, files))
        return
    found = next_meeting.next_meetings(*asked.by)
    if rest == views.BEGIN:
        asked.say(stacked(*map(views.beginning, found)))
    else:
        asked.say(stacked(*(_meeting(asked, one) for one in found), views.how_to_begin()))


def send_file(asked: Asked) -> None:
    """The button beside the times: the file goes into the person's own conversation with the bot, and nowhere else."""
    files = next_meeting.calendar_files(*asked.by, asked.act.row_id or NOTHING)
    if asked.act.view is None:
        asked.takes_longer()
        asked.say(_sent(asked, files))
    else:
        shown = asked.wait(views.sending(), views.TITLE)
        asked.update(notice(_sent(asked, files), views.TITLE), shown)


def _sent(asked: Asked, files: Sequence[CalendarFile]) -> Rendered:
    """What came of sending them. It is done once: an upload carries nothing by which a second look could find it."""
    if not files:
        return views.no_time()
    several = len(files) > 1
    try:
        # Slack takes the id of a conversation here, and none of a person.
        opened = asked.client.conversations_open(users=[asked.person_id])
        asked.client.files_upload_v2(
            channel=opened["channel"]["id"],
            file_uploads=[
                {"filename": one.name, "title": one.title, "content": one.content} for one in files
            ],
            initial_comment=views.in_files(several),
        )
    except _NOT_SENT as problem:
        log.warning("a calendar file could not be sent: %s", trouble_words(problem))
        return _why_not(problem)
    return views.sent(several)


def _why_not(problem: Exception) -> Rendered:
    if not isinstance(problem, SlackApiError):
        return views.unsure()
    if trouble.asks_to_wait(problem):
        return views.too_many()
    return views.unsure() if trouble.passing(problem) else views.not_allowed(slack_error(problem))


def _meeting(asked: Asked, found: NextMeeting) -> Rendered:
    return views.meeting(found, files=asked.services.may_send_files())


def _whole(asked: Asked, found: NextMeeting) -> Rendered:
    """All of it for a first meeting, or while somebody has to sign; later what the next one needs."""
    begins = found.progress.held == 0 or found.waits
    return stacked(_meeting(asked, found), views.beginning(found)) if begins else _meeting(asked, found)
