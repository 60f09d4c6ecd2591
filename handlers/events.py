"""What Slack reports on its own: people who change, a channel that is archived or shared, an app that is removed."""

from __future__ import annotations

import logging
from functools import partial

from slack_bolt import App

from handlers import payloads
from handlers.payloads import Body
from handlers.services import Services
from mentoring.channels import Trouble
from program import outgoing, programs
from program.subjects import InChannel

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Listen to every event that the manifest subscribes to, beside the Home tab's."""
    app.event("user_change")(partial(user_changed, services))
    app.event("channel_archive")(partial(archived, services))
    app.event("group_archive")(partial(archived, services))
    app.event("channel_shared")(partial(shared, services))
    app.event("channel_unshared")(partial(shared, services))
    app.event("app_uninstalled")(removed)
    app.event("tokens_revoked")(removed)


def user_changed(services: Services, body: Body) -> None:
    """Keep what changed about somebody the program knows; about everybody else it keeps nothing."""
    changed = payloads.changed_person(body, services.workspace)
    if changed:
        services.directory.heard(changed)


def archived(services: Services, body: Body) -> None:
    """If it was the leads' channel, tell each lead before its next message fails."""
    outgoing.cannot_reach_leads(services.ctx, services.workspace, payloads.event_text(body, "channel"))


def shared(services: Services, body: Body) -> None:
    """If it is the leads' channel, look who can read it now, and tell each lead if others can."""
    channel = payloads.event_text(body, "channel")
    program = programs.find(services.ctx.seeing(InChannel(channel)), services.workspace)
    if program is None or channel != program.leads_channel:
        return
    trouble = services.directory.channel(channel)
    if trouble and trouble is not Trouble.UNKNOWN:
        outgoing.cannot_reach_leads(services.ctx, services.workspace, channel, trouble)


def removed(body: Body) -> None:
    """Note that the app was removed from the workspace or its token was taken back: nothing can be sent any more."""
    log.error(
        "Slack reports %s: install the app again and set its new token", payloads.event(body).get("type")
    )
