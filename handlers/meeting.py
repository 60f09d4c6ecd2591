"""A pair's next meeting on demand, and the tap that signs what the two agree on."""

from __future__ import annotations

from slack_bolt import App

from handlers.errors import heard
from handlers.ids import Action
from handlers.payloads import Kind
from handlers.replying import Asked
from handlers.services import Services
from handlers.views import Rendered
from handlers.views import meeting as views
from handlers.wording import notice, stacked
from program import agreements, next_meeting
from program.next_meeting import NextMeeting

NOTHING = -1
"""No pair has this number: a button whose value is none of ours means no pair, and not all of them."""


def register(app: App, services: Services) -> None:
    """Listen for the buttons of introductions."""
    app.action(Action.AGREE)(heard(services, agree))
    app.action(Action.MEETING)(heard(services, show))


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
    asked.open(notice(_whole(found), views.TITLE))


def typed_meeting(asked: Asked) -> None:
    """`meeting`: the same as answers, for each pair that somebody is in; `meeting begin` has how to begin."""
    found = next_meeting.next_meetings(*asked.by)
    if asked.rest.casefold() == views.BEGIN:
        asked.say(stacked(*map(views.beginning, found)))
    else:
        asked.say(stacked(*map(views.meeting, found), views.how_to_begin()))


def _whole(found: NextMeeting) -> Rendered:
    """All of it for a first meeting, or while somebody has to sign; later what the next one needs."""
    begins = found.progress.held == 0 or found.waits
    return stacked(views.meeting(found), views.beginning(found)) if begins else views.meeting(found)
