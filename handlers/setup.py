"""Setting up the program and changing its settings."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from handlers import choices, drafts, home
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, RuleOption, SetupField
from handlers.replying import Asked, remembered
from handlers.services import Services, SlackDoesNotSay
from handlers.views.greeting import saved
from handlers.views.options import zone_options
from handlers.views.setup import setup_modal
from handlers.views.troubles import unfit
from handlers.wording import notice
from mentoring.channels import Trouble
from mentoring.errors import Invalid, ProgramError
from mentoring.ids import is_channel, is_person
from mentoring.people import Person
from mentoring.programs import MAX_LEADS, ProgramDraft
from program import access, programs


def register(on: Hearing) -> None:
    """Listen for the Settings button, the form and its time zones."""
    on.action(Action.SETUP, settings)
    on.view(Callback.SETUP, save)
    on.options(SetupField.TIME_ZONE, time_zones)


def settings(asked: Asked) -> None:
    """Open the settings; the channel where `setup` was typed is proposed for the leads if it can be theirs."""
    channel = _proposed(asked)
    form = programs.setup_form(asked.ctx, asked.workspace, who(asked), channel)
    asked.open(remembered(setup_modal(form), asked.act))


def save(asked: Asked) -> None:
    """Store the settings and say so."""
    draft = _with_rules_of_now(asked, drafts.program_draft(asked.act.answers))
    _check_channel(asked.services, draft)
    before = programs.find(*asked.by)
    person = who(asked)
    chosen = _chosen(asked.services, draft, programs.leads_now(*asked.by))
    program = programs.set_up(asked.ctx, asked.workspace, person, draft, chosen, greets=True)
    moved = before is not None and before.calendar != program.calendar
    told = saved(program, programs.dates_to_come(*asked.by), before is None, moved)
    asked.ack(response_action="update", view=notice(told, "Saved"))
    home.refresh(asked)


def _with_rules_of_now(asked: Asked, draft: ProgramDraft) -> ProgramDraft:
    """The rules that nobody touched in this form as they are now: the window on top of it may have changed them."""
    program = programs.find(*asked.by)
    if program is None or asked.act.view is None:
        return draft
    shown, rules = drafts.program_draft(asked.act.view.shown), program.rules
    kept = {
        name: getattr(rules, name)
        for name in ("min_gap", *RuleOption)
        if getattr(shown, name) == getattr(draft, name)
    }
    return replace(draft, **kept)


def time_zones(asked: Asked) -> None:
    """Offer time zones that fit what was typed."""
    asked.ack(zone_options(choices.time_zones(asked.act.value)))


def _proposed(asked: Asked) -> str | None:
    """The channel in which a new program's setup was typed, if leads can have it, with the bot still to be invited."""
    channel = asked.act.typed_in_channel
    if channel is None or programs.find(*asked.by) is not None:
        return None
    return channel if asked.services.directory.channel(channel) in (None, Trouble.ABSENT) else None


def _check_channel(services: Services, draft: ProgramDraft) -> None:
    """Refuse a channel that others than the leads' company could read, or in which they could never read anything."""
    trouble = services.directory.channel(draft.leads_channel) if is_channel(draft.leads_channel) else None
    if trouble:
        raise Invalid({"leads_channel": unfit(trouble)})


def _chosen(services: Services, draft: ProgramDraft, now: Collection[str] = ()) -> list[Person]:
    """The chosen leads as the directory knows them, all asked for at once, because somebody waits.

    Those who lead `now` are looked up again and again anyway; what is no id is refused with the other answers.
    """
    new = [lead for lead in draft.leads if lead not in now and is_person(lead)]
    if not 1 <= len(new) <= MAX_LEADS:
        return []
    with ThreadPoolExecutor(len(new), thread_name_prefix="look-up") as pool:
        return list(pool.map(partial(looked_up, services), new))


_NOT_SAID = (
    "Slack does not say right now who somebody you chose is. Nothing is lost, please try again in a minute."
)


def looked_up(services: Services, person_id: str) -> Person:
    """One chosen lead; whoever Slack does not know, or does not tell of now, is told of on the field."""
    try:
        return services.directory.person(person_id)
    except SlackDoesNotSay as unsaid:
        raise Invalid({"leads": _NOT_SAID}) from unsaid
    except ProgramError as unknown:
        raise Invalid({"leads": unknown.sentence}) from unknown


def who(asked: Asked) -> Person:
    """Who sets up. Slack is asked, and may not say, only where being an admin decides."""
    directory, by_id = asked.services.directory, Person(asked.person_id, name=asked.person_id)
    program = programs.find(*asked.by)
    if access.may_set_up(program, by_id, asked.ctx.admins):
        return directory.known(asked.person_id) or by_id
    return directory.person(asked.person_id)
