"""What Slack reports on its own: people who change, a channel that is archived or shared, an app that is removed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from slack_bolt import App

from handlers import entries, payloads
from handlers.payloads import Body
from handlers.services import Services, SlackDoesNotSay
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
    app.event("app_uninstalled")(partial(removed, services))
    app.event("tokens_revoked")(partial(removed, services))


def user_changed(services: Services, body: Body) -> None:
    """Keep what changed about somebody the program knows; about everybody else it keeps nothing.

    What is said of them in another workspace of the organization is no more than a reason to ask: who was taken off
    that one, or administers it, may be somebody else here.
    """
    changed = entries.changed_person(payloads.event(body), services.workspace)
    if changed and payloads.is_elsewhere(body, services.workspace):
        _ask_anew(services, changed.id)
    elif changed:
        services.directory.heard(changed)


def _ask_anew(services: Services, person_id: str) -> None:
    """Read somebody the program knows again; where Slack does not say, the regular look does."""
    if services.directory.known(person_id) is None:
        return
    with suppress(SlackDoesNotSay):
        services.directory.person(person_id, anew=True)


def archived(services: Services, body: Body) -> None:
    """If it is the leads' channel, tell each lead before its next message fails, unless it is open again."""
    channel = payloads.event_text(body, "channel")
    trouble = _looked_at(services, channel)
    if trouble:
        why = "" if trouble is Trouble.UNKNOWN else trouble
        outgoing.cannot_reach_leads(services.ctx, services.workspace, channel, why)


def shared(services: Services, body: Body) -> None:
    """If it is the leads' channel, tell each lead if others can read it."""
    channel = payloads.event_text(body, "channel")
    trouble = _looked_at(services, channel)
    if trouble and trouble is not Trouble.UNKNOWN:
        outgoing.cannot_reach_leads(services.ctx, services.workspace, channel, trouble)


def _looked_at(services: Services, channel: str) -> Trouble | None:
    """What is wrong with the leads' channel now: an event tells that it is time to look, and may have come late."""
    program = programs.find(services.ctx.seeing(InChannel(channel)), services.workspace)
    if program is None or channel != program.leads_channel:
        return None
    return services.directory.channel(channel)


def removed(services: Services, body: Body) -> None:
    """Note that the app was removed from the workspace or its token was taken back: nothing can be sent any more.

    A token that was taken back may be that of a person, or of another workspace; the bot uses none of those.
    """
    if payloads.is_elsewhere(body, services.workspace):
        return
    tokens = payloads.event(body).get("tokens")
    if isinstance(tokens, Mapping) and tokens and not tokens.get("bot"):
        return
    log.error(
        "Slack reports %s: install the app again and set its new token", payloads.event(body).get("type")
    )
