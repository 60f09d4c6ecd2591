"""Setting up the program and changing its settings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import choices, drafts, home, payloads
from handlers.errors import heard
from handlers.ids import Action, Callback, SetupField
from handlers.payloads import Act, Body
from handlers.replying import Asked, open_form, remembered
from handlers.services import Services
from handlers.views.options import zone_options
from handlers.views.setup import setup_modal
from handlers.views.troubles import unfit
from handlers.wording import saved_program
from mentoring.channels import Trouble
from mentoring.errors import Invalid, ProgramError
from mentoring.ids import is_channel, is_person
from mentoring.people import Person
from mentoring.programs import MAX_LEADS, ProgramDraft
from program import access, programs


def register(app: App, services: Services) -> None:
    """Listen for the Settings button, the form and its time zones."""
    app.action(Action.SETUP)(heard(services, settings))
    app.view(Callback.SETUP)(heard(services, save))
    app.options(SetupField.TIME_ZONE)(heard(services, time_zones))


def typed_setup(asked: Asked) -> None:
    """`setup`: open the settings; the channel where it was typed is proposed for the leads if it can be theirs."""
    asked.open(_form(asked.services, asked.act, _proposed(asked.services, asked.act)))


def settings(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Open the settings from a button."""
    ack()
    act = payloads.act(body)
    open_form(client, act, _form(services, act))


def save(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Store the settings and say so."""
    act = payloads.act(body)
    draft = drafts.program_draft(act.answers)
    _check_channel(services, draft)
    first = programs.find(services.ctx, services.workspace) is None
    person = _who(services, act.person_id)
    program = programs.set_up(services.ctx, services.workspace, person, draft, _chosen(services, draft))
    ack(response_action="update", view=saved_program(program, first))
    home.refresh(services, client, act)


def time_zones(_services: Services, ack: Ack, body: Body, _client: WebClient) -> None:
    """Offer time zones that fit what was typed."""
    ack(zone_options(choices.time_zones(payloads.act(body).value)))


def _proposed(services: Services, act: Act) -> str | None:
    """The channel in which a new program's setup was typed, if leads can have it, with the bot still to be invited."""
    channel = act.typed_in_channel
    if channel is None or programs.find(services.ctx, services.workspace) is not None:
        return None
    return channel if services.directory.channel(channel) in (None, Trouble.ABSENT) else None


def _check_channel(services: Services, draft: ProgramDraft) -> None:
    """Refuse a channel that others than the leads' company could read, or in which they could never read anything."""
    trouble = services.directory.channel(draft.leads_channel) if is_channel(draft.leads_channel) else None
    if trouble:
        raise Invalid({"leads_channel": unfit(trouble)})


def _chosen(services: Services, draft: ProgramDraft) -> list[Person]:
    """The chosen leads as the directory knows them, all asked for at once, because Slack waits for three seconds.

    Those who lead already are looked up again and again anyway; what is no id is refused with the other answers.
    """
    now = programs.leads_now(services.ctx, services.workspace)
    new = [lead for lead in draft.leads if lead not in now and is_person(lead)]
    if not 1 <= len(new) <= MAX_LEADS:
        return []
    with ThreadPoolExecutor(len(new), thread_name_prefix="look-up") as pool:
        return list(pool.map(partial(_looked_up, services), new))


def _looked_up(services: Services, person_id: str) -> Person:
    """One chosen lead; whoever Slack does not know, or does not tell of now, is told of on the field."""
    try:
        return services.directory.person(person_id)
    except ProgramError as unknown:
        raise Invalid({"leads": unknown.sentence}) from unknown


def _who(services: Services, person_id: str) -> Person:
    """Who sets up. Slack is asked, and may not say, only where being an admin decides."""
    program = programs.find(services.ctx, services.workspace)
    by_id = Person(person_id, name=person_id)
    if access.may_set_up(program, by_id, services.ctx.admins):
        return services.directory.known(person_id) or by_id
    return services.directory.person(person_id)


def _form(services: Services, act: Act, channel: str | None = None) -> dict[str, Any]:
    person = _who(services, act.person_id)
    form = programs.setup_form(services.ctx, services.workspace, person, channel)
    return remembered(setup_modal(form), act)
