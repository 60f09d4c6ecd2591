"""Setting up the program and changing its settings."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import choices, home, payloads
from handlers.errors import heard
from handlers.ids import Action, Callback, SetupField
from handlers.payloads import Act, Body
from handlers.replying import Asked, open_form, remembered
from handlers.services import Services
from handlers.views.options import name_options
from handlers.views.setup import setup_modal
from handlers.wording import saved_program
from mentoring.errors import Invalid
from mentoring.ids import is_channel
from mentoring.programs import ProgramDraft
from program import programs

_INVITE_FIRST = "I am not in that channel yet. Type /invite @Reverse Mentor there, then save again."


def register(app: App, services: Services) -> None:
    """Listen for the Settings button, the form and its time zones."""
    app.action(Action.SETUP)(heard(services, settings))
    app.view(Callback.SETUP)(heard(services, save))
    app.options(SetupField.TIME_ZONE)(heard(services, time_zones))


def typed_setup(asked: Asked) -> None:
    """`setup`: open the settings; the channel where it was typed is proposed for the leads."""
    asked.open(_form(asked.services, asked.act, asked.act.typed_in_channel))


def settings(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Open the settings from a button."""
    ack()
    act = payloads.act(body)
    open_form(client, act, _form(services, act))


def save(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Store the settings and say so."""
    act = payloads.act(body)
    draft = payloads.program_draft(act.answers)
    _check_channel(services, draft)
    first = programs.find(services.ctx, services.workspace) is None
    person = services.directory.person(act.person_id)
    program = programs.set_up(services.ctx, services.workspace, person, draft)
    ack(response_action="update", view=saved_program(program, first))
    home.refresh(services, client, act)


def time_zones(_services: Services, ack: Ack, body: Body, _client: WebClient) -> None:
    """Offer time zones that fit what was typed."""
    ack(name_options(choices.time_zones(payloads.act(body).value)))


def _check_channel(services: Services, draft: ProgramDraft) -> None:
    """Refuse a channel in which the leads could never read anything."""
    if is_channel(draft.leads_channel) and services.directory.bot_in_channel(draft.leads_channel) is False:
        raise Invalid({"leads_channel": _INVITE_FIRST})


def _form(services: Services, act: Act, channel: str | None = None) -> dict[str, Any]:
    person = services.directory.person(act.person_id)
    form = programs.setup_form(services.ctx, services.workspace, person, channel)
    return remembered(setup_modal(form), act)
