"""Leads invite the people of a channel: a form, what it will look like, and one reminder."""

from __future__ import annotations

import re

from handlers import words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, InviteField
from handlers.metadata import Invites
from handlers.replying import Asked, remembered
from handlers.views import inviting as views
from handlers.wording import notice
from mentoring.errors import Invalid, NoSuchInvitation
from mentoring.invitations import Invitation
from program import inviting

_CHANNEL = re.compile(r"^<#(\w+)(?:\|[^>]*)?>\s*")
"""A channel as Slack writes it where somebody names one: https://docs.slack.dev/messaging/formatting-message-text."""


def register(on: Hearing) -> None:
    """Listen for the two buttons and the two forms."""
    on.action(Action.INVITE, open_form)
    on.action(Action.REMIND_INVITED, remind)
    on.view(Callback.INVITE, preview)
    on.view(Callback.INVITE_PREVIEW, post)


def typed_invite(asked: Asked) -> None:
    """`invite #general Come and join`, `invite remind 7`, or alone: what was posted before, and the form."""
    line = words.read(asked.rest, ("remind",))
    named = _CHANNEL.match(asked.rest)
    if line.word == "remind":
        asked.say(views.reminded(_remind(asked, _number(line.rest))))
    elif named:
        own = asked.rest[named.end() :]
        inviting.preview(*asked.by, named[1], own)  # only leads hear more
        _require_open(asked, named[1])
        asked.say(views.invited(inviting.invite(*asked.by, named[1], own)))
    else:
        asked.say(views.invitations(inviting.listed(*asked.by).earlier))


def open_form(asked: Asked) -> None:
    """Open the form."""
    found = inviting.listed(*asked.by)
    asked.open(remembered(views.invite_modal(found.earlier, found.preview.program), asked.act))


def preview(asked: Asked) -> None:
    """Show what people will read, on top of the form, which keeps what was typed."""
    answers = asked.act.answers
    channel, own = answers.one(InviteField.CHANNEL), answers.one(InviteField.WORDS)
    shown = inviting.preview(*asked.by, channel, own)
    _require_open(asked, channel)
    asked.ack(response_action="push", view=views.preview_modal(shown, Invites(channel, own)))


def post(asked: Asked) -> None:
    """Post it, and show the form below with it among those posted before."""
    carried = asked.act.carried
    told = carried if isinstance(carried, Invites) else Invites("", "")
    inviting.preview(*asked.by, told.channel, told.words)  # only leads hear more
    _require_open(asked, told.channel)
    done = inviting.invite(*asked.by, told.channel, told.words)
    asked.ack(response_action="update", view=notice(views.invited(done), "Invite people"))
    _list_anew(asked)


def remind(asked: Asked) -> None:
    """Remind people of an invitation from the list, which is then shown anew."""
    done = _remind(asked, asked.act.row_id)
    if asked.act.view is None:
        asked.say(views.reminded(done), instead=True)
    else:
        _list_anew(asked)


def _remind(asked: Asked, invitation_id: int) -> Invitation:
    """Remind people, unless the channel has become none to write to since it was invited."""
    _require_open(asked, inviting.channel_of(*asked.by, invitation_id))
    return inviting.remind(*asked.by, invitation_id)


def _list_anew(asked: Asked) -> None:
    found = inviting.listed(*asked.by)
    view = asked.act.view
    asked.update(views.invite_modal(found.earlier, found.preview.program), view.root if view else "")


def _require_open(asked: Asked, channel: str) -> None:
    """Raise `Invalid` unless the bot can post in that channel."""
    trouble = asked.services.directory.posting(channel)
    if trouble is not None:
        raise Invalid({InviteField.CHANNEL: views.uninvitable(trouble)})


def _number(text: str) -> int:
    found = words.numbers(text)
    if not found:
        raise NoSuchInvitation
    return found[0]
